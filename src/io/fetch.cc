// Addresses fetched by libcurl, one hop at a time, so that each is held against robots.txt and private
// networks.
#include <curl/curl.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <map>
#include <new>

#include "io/io.h"
#include "io/networks.h"
#include "io/robots.h"

namespace polybius {
namespace {

constexpr std::size_t longest_address = 8192;
constexpr std::size_t robots_size = std::size_t{4} << 20;
constexpr unsigned robots_redirects = 5;
constexpr std::size_t most_origins = 10'000;
constexpr const char* accepted = "Accept: text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";

char lowered(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
}

/// An address taken apart; empty members are not there.
struct Address {
  std::string origin;  ///< "https://example.org:443"
  std::string host;
  std::string path;  ///< with the query
};

std::string part_of(CURLU* address, CURLUPart part, unsigned flags) {
  char* text = nullptr;
  if (curl_url_get(address, part, &text, flags) != CURLUE_OK) return "";
  std::string out(text);
  curl_free(text);
  return out;
}

std::optional<Address> address_of(const std::string& url) {
  if (url.size() > longest_address || !is_address(url)) return std::nullopt;
  CURLU* address = curl_url();
  if (address == nullptr) throw std::bad_alloc();
  std::optional<Address> out;
  if (curl_url_set(address, CURLUPART_URL, url.c_str(), 0) == CURLUE_OK) {
    out.emplace();
    out->host = part_of(address, CURLUPART_HOST, 0);
    std::transform(out->host.begin(), out->host.end(), out->host.begin(), lowered);
    out->origin = part_of(address, CURLUPART_SCHEME, 0) + "://" + out->host + ":" +
                  part_of(address, CURLUPART_PORT, CURLU_DEFAULT_PORT);
    out->path = part_of(address, CURLUPART_PATH, 0);
    const std::string query = part_of(address, CURLUPART_QUERY, 0);
    if (!query.empty()) out->path += "?" + query;
  }
  curl_url_cleanup(address);
  if (out && out->host.empty()) out.reset();
  return out;
}

/// One request and what came of it.
struct Hop {
  long status = 0;
  std::string redirect;
  Fetched answer;
};

/// What libcurl's callbacks see.
struct Transfer {
  const FetchOptions* options = nullptr;
  std::size_t limit = 0;
  std::string* body = nullptr;
  bool overflow = false;
  bool refused = false;  // a private network
  bool stopped = false;
};

std::size_t take_body(char* bytes, std::size_t /*one*/, std::size_t size, void* user) {
  auto& transfer = *static_cast<Transfer*>(user);
  const std::size_t room = transfer.limit - transfer.body->size();
  transfer.body->append(bytes, std::min(size, room));
  transfer.overflow |= size > room;
  return size > room ? 0 : size;
}

int ask_whether_to_stop(void* user, curl_off_t /*of*/, curl_off_t /*got*/, curl_off_t /*to*/,
                        curl_off_t /*sent*/) {
  auto& transfer = *static_cast<Transfer*>(user);
  transfer.stopped |= transfer.options->stop && transfer.options->stop();
  return transfer.stopped ? 1 : 0;
}

// Here the name is resolved and the connection not yet made: the one place where nothing can slip past.
curl_socket_t open_socket(void* user, curlsocktype /*purpose*/, curl_sockaddr* address) {
  auto& transfer = *static_cast<Transfer*>(user);
  if (!transfer.options->private_networks && !is_public_address(address->addr)) {
    transfer.refused = true;
    return CURL_SOCKET_BAD;
  }
  return ::socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

bool start_curl() {
  static const bool ready = curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK;
  return ready;
}

std::string header_of(CURL* handle, const char* name) {
  curl_header* header = nullptr;
  return curl_easy_header(handle, name, 0, CURLH_HEADER, -1, &header) == CURLHE_OK ? header->value : "";
}

std::string seconds_of(unsigned seconds) {
  return std::to_string(seconds) + (seconds == 1 ? " second" : " seconds");
}

Error status_fault(const std::string& url, long status, const std::string& retry_after) {
  std::string remedy;
  if (status == 401 || status == 403 || status == 451)
    remedy = "the site does not give it to programs; save it by hand";
  if (status == 404 || status == 410) remedy = "it is not there, or not any more";
  if (status == 429 || status >= 500) {
    remedy = "try again later";
    if (!retry_after.empty()) remedy += " (the server says: " + retry_after + ")";
  }
  return {"E-NET-08", url, "skipped: the server answered " + std::to_string(status), remedy};
}

}  // namespace

struct Fetcher::Parts {
  explicit Parts(FetchOptions given) : options(std::move(given)) {
    handle = start_curl() ? curl_easy_init() : nullptr;
    if (handle == nullptr) throw std::bad_alloc();
  }
  ~Parts() {
    curl_easy_cleanup(handle);
  }
  Parts(const Parts&) = delete;
  Parts& operator=(const Parts&) = delete;

  Result<Hop> request(const std::string& url, const Validators& known, Transfer& transfer);
  Result<Hop> follow(std::string url, const Validators& known, std::size_t limit, unsigned redirects,
                     bool robots);
  std::optional<Error> robots_fault(const Address& address, const std::string& url);
  Result<RobotsRules> read_robots(const Address& address);
  void set_up(const std::string& url, Transfer& transfer, curl_slist* headers);
  Error fault_of(CURLcode code, const std::string& url, const Transfer& transfer) const;
  std::string token() const {
    return options.user_agent.substr(0, options.user_agent.find_first_of("/ "));
  }

  FetchOptions options;
  CURL* handle = nullptr;
  std::map<std::string, RobotsRules> robots;  // by origin
  long milliseconds_left = 0;                 // of the address at hand
  char reason[CURL_ERROR_SIZE] = {};
};

void Fetcher::Parts::set_up(const std::string& url, Transfer& transfer, curl_slist* headers) {
  curl_easy_reset(handle);
  reason[0] = '\0';
  curl_easy_setopt(handle, CURLOPT_URL, url.c_str());
  curl_easy_setopt(handle, CURLOPT_PROTOCOLS_STR, "http,https");
  curl_easy_setopt(handle, CURLOPT_FOLLOWLOCATION, 0L);
  curl_easy_setopt(handle, CURLOPT_PROXY, "");  // nothing is read from the environment
  curl_easy_setopt(handle, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(handle, CURLOPT_ERRORBUFFER, reason);
  curl_easy_setopt(handle, CURLOPT_HTTPHEADER, headers);
  curl_easy_setopt(handle, CURLOPT_USERAGENT, options.user_agent.c_str());
  curl_easy_setopt(handle, CURLOPT_ACCEPT_ENCODING, "gzip, deflate, br");
  curl_easy_setopt(handle, CURLOPT_TIMEOUT_MS, std::max(1L, milliseconds_left));
  curl_easy_setopt(handle, CURLOPT_MAXFILESIZE_LARGE, static_cast<curl_off_t>(transfer.limit));
  curl_easy_setopt(handle, CURLOPT_WRITEFUNCTION, take_body);
  curl_easy_setopt(handle, CURLOPT_WRITEDATA, &transfer);
  curl_easy_setopt(handle, CURLOPT_NOPROGRESS, 0L);
  curl_easy_setopt(handle, CURLOPT_XFERINFOFUNCTION, ask_whether_to_stop);
  curl_easy_setopt(handle, CURLOPT_XFERINFODATA, &transfer);
  curl_easy_setopt(handle, CURLOPT_OPENSOCKETFUNCTION, open_socket);
  curl_easy_setopt(handle, CURLOPT_OPENSOCKETDATA, &transfer);
  if (!options.certificates.empty()) curl_easy_setopt(handle, CURLOPT_CAINFO, options.certificates.c_str());
}

Error Fetcher::Parts::fault_of(CURLcode code, const std::string& url, const Transfer& transfer) const {
  if (transfer.refused) {
    return {"E-NET-03", url, "skipped: the address lies in a private network",
            "allow it with --allow-private"};
  }
  if (transfer.stopped) return {"E-NET-10", url, "skipped: stopped", ""};
  if (transfer.overflow || code == CURLE_FILESIZE_EXCEEDED) {
    return {"E-NET-05", url, "skipped: longer than " + std::to_string(transfer.limit) + " bytes",
            "allow more with --fetch-limit"};
  }
  if (code == CURLE_OPERATION_TIMEDOUT) {
    return {"E-NET-06", url, "skipped: no whole answer within " + seconds_of(options.seconds),
            "allow more with --fetch-seconds"};
  }
  const std::string why = reason[0] != '\0' ? reason : curl_easy_strerror(code);
  switch (code) {
    case CURLE_COULDNT_RESOLVE_HOST:
      return {"E-NET-02", url, "skipped: " + why, "check the name and the network"};
    case CURLE_PEER_FAILED_VERIFICATION:
      return {"E-NET-02", url, "skipped: " + why, "name the site's root with --certificates"};
    case CURLE_COULDNT_CONNECT:
    case CURLE_SSL_CONNECT_ERROR:
      return {"E-NET-02", url, "skipped: " + why, "is the server there?"};
    default:
      return {"E-NET-09", url, "skipped: " + why, "the answer is broken; try again later"};
  }
}

Result<Hop> Fetcher::Parts::request(const std::string& url, const Validators& known, Transfer& transfer) {
  Hop hop;
  transfer.body = &hop.answer.body;
  curl_slist* headers = curl_slist_append(nullptr, accepted);
  if (!known.etag.empty()) headers = curl_slist_append(headers, ("If-None-Match: " + known.etag).c_str());
  if (!known.last_modified.empty()) {
    headers = curl_slist_append(headers, ("If-Modified-Since: " + known.last_modified).c_str());
  }
  set_up(url, transfer, headers);
  const CURLcode code = curl_easy_perform(handle);
  curl_slist_free_all(headers);
  curl_off_t microseconds = 0;
  curl_easy_getinfo(handle, CURLINFO_TOTAL_TIME_T, &microseconds);
  milliseconds_left -= static_cast<long>(microseconds / 1000);
  curl_easy_getinfo(handle, CURLINFO_RESPONSE_CODE, &hop.status);
  if (code != CURLE_OK) return fault_of(code, url, transfer);
  char* redirect = nullptr;
  curl_easy_getinfo(handle, CURLINFO_REDIRECT_URL, &redirect);
  if (redirect != nullptr && hop.status != 304) hop.redirect = redirect;
  hop.answer.url = url;
  hop.answer.content_type = header_of(handle, "Content-Type");
  hop.answer.validators = {header_of(handle, "ETag"), header_of(handle, "Last-Modified")};
  hop.answer.unchanged = hop.status == 304;
  return hop;
}

Result<Hop> Fetcher::Parts::follow(std::string url, const Validators& known, std::size_t limit,
                                   unsigned redirects, bool robots_first) {
  for (unsigned hops = 0;; ++hops) {
    const auto address = address_of(url);
    if (!address)
      return Error{"E-NET-01", url, "skipped: not an address that can be fetched",
                   "write http:// or https://"};
    if (robots_first) {
      if (auto fault = robots_fault(*address, url)) return *fault;
    }
    if (milliseconds_left <= 0) return fault_of(CURLE_OPERATION_TIMEDOUT, url, {});
    if (options.before) options.before(address->host);
    Transfer transfer;
    transfer.options = &options;
    transfer.limit = limit;
    auto hop = request(url, known, transfer);
    if (!hop || hop.value().redirect.empty()) return hop;
    if (hops == redirects) {
      return Error{"E-NET-07", url, "skipped: more than " + std::to_string(redirects) + " redirects",
                   "give the address it leads to"};
    }
    url = hop.value().redirect;
  }
}

// No file is leave to read; a server in trouble is none.
Result<RobotsRules> Fetcher::Parts::read_robots(const Address& address) {
  auto hop = follow(address.origin + "/robots.txt", {}, robots_size, robots_redirects, false);
  if (!hop) {
    if (hop.error().code == "E-NET-07" || hop.error().code == "E-NET-01") return RobotsRules{};
    return hop.error();
  }
  const long status = hop.value().status;
  if (status >= 500 || status == 429) return RobotsRules::none_allowed();
  if (status != 200) return RobotsRules{};
  return RobotsRules::parse(hop.value().answer.body, token());
}

std::optional<Error> Fetcher::Parts::robots_fault(const Address& address, const std::string& url) {
  auto known = robots.find(address.origin);
  if (known == robots.end()) {
    auto rules = read_robots(address);
    if (!rules) {
      Error fault = rules.error();
      if (fault.code != "E-NET-05") {
        fault.place = url;
        return fault;
      }
      rules = RobotsRules::none_allowed();
    }
    if (robots.size() >= most_origins) robots.clear();
    known = robots.emplace(address.origin, std::move(rules).value()).first;
  }
  if (known->second.allows(address.path)) return std::nullopt;
  return Error{"E-NET-04", url, "skipped: the site's robots.txt does not allow it",
               "ask the site, or save the page by hand"};
}

Fetcher::Fetcher(FetchOptions options) : parts_(std::make_unique<Parts>(std::move(options))) {}
Fetcher::~Fetcher() = default;

Result<Fetched> Fetcher::get(const std::string& url, const Validators& known) {
  Parts& parts = *parts_;
  parts.milliseconds_left = 1000L * static_cast<long>(parts.options.seconds);
  auto hop = parts.follow(url, known, parts.options.size_limit, parts.options.redirects, true);
  if (!hop) return hop.error();
  const long status = hop.value().status;
  if (status != 200 && status != 203 && status != 304) {
    return status_fault(url, status, header_of(parts.handle, "Retry-After"));
  }
  return std::move(hop).value().answer;
}

void Fetcher::forget_robots() {
  parts_->robots.clear();
}

bool is_address(std::string_view input) {
  for (const std::string_view scheme : {"http://", "https://"}) {
    const auto same = [](char a, char b) { return lowered(a) == b; };
    if (input.size() > scheme.size() &&
        std::equal(scheme.begin(), scheme.end(), input.begin(), [&](char b, char a) { return same(a, b); })) {
      return true;
    }
  }
  return false;
}

std::string resolved_address(const std::string& base, const std::string& reference) {
  CURLU* address = curl_url();
  if (address == nullptr) throw std::bad_alloc();
  std::string out = reference;
  if (curl_url_set(address, CURLUPART_URL, base.c_str(), 0) == CURLUE_OK &&
      curl_url_set(address, CURLUPART_URL, reference.c_str(), 0) == CURLUE_OK) {
    out = part_of(address, CURLUPART_URL, 0);
  }
  curl_url_cleanup(address);
  return out;
}

}  // namespace polybius
