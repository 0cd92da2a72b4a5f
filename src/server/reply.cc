// Bodies, problems, and streams between threads.
#include "server/reply.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstring>

#include "polybius/json.h"
#include "server/gzip.h"

namespace polybius {
namespace {

constexpr std::size_t worth_packing = 1024;
constexpr std::size_t stream_room = std::size_t{256} << 10;
constexpr auto longest_stall = std::chrono::seconds(60);

struct Title {
  int status;
  std::string_view words;
};
constexpr std::array titles{Title{400, "Bad Request"},
                            Title{401, "Unauthorized"},
                            Title{403, "Forbidden"},
                            Title{404, "Not Found"},
                            Title{405, "Method Not Allowed"},
                            Title{413, "Content Too Large"},
                            Title{414, "URI Too Long"},
                            Title{421, "Misdirected Request"},
                            Title{422, "Unprocessable Content"},
                            Title{431, "Request Header Fields Too Large"},
                            Title{500, "Internal Server Error"},
                            Title{503, "Service Unavailable"}};

std::string_view title_of(int status) {
  const auto found =
      std::find_if(titles.begin(), titles.end(), [&](const Title& title) { return title.status == status; });
  return found == titles.end() ? "Error" : found->words;
}

void add_member(std::string& out, std::string_view name, const std::string& value) {
  if (value.empty()) return;
  out += ",\"" + std::string(name) + "\":";
  append_json_string(out, value);
}

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
  while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
  return text;
}

/// Calls `take` with each of the parts between commas until it returns true.
template <typename Take>
bool any_part(std::string_view list, Take take) {
  while (!list.empty()) {
    const std::size_t end = std::min(list.find(','), list.size());
    if (take(trimmed(list.substr(0, end)))) return true;
    list.remove_prefix(std::min(end + 1, list.size()));
  }
  return false;
}

/// Whether If-None-Match names this content, in whichever form it went out.
bool names_etag(const std::string& if_none_match, const std::string& etag) {
  return any_part(if_none_match, [&](std::string_view part) {
    if (part == "*") return true;
    if (part.starts_with("W/")) part.remove_prefix(2);
    return part == "\"" + etag + "\"" || part == "\"" + etag + "-gzip\"";
  });
}

}  // namespace

bool takes_gzip(const Request& request) {
  return any_part(request.accept_encoding, [](std::string_view part) {
    const std::size_t end = std::min(part.find(';'), part.size());
    const std::string_view name = trimmed(part.substr(0, end));
    if (name != "gzip" && name != "*") return false;
    const std::string_view weight = trimmed(part.substr(std::min(end + 1, part.size())));
    return !weight.starts_with("q=0") || weight.find_first_of("123456789") != std::string_view::npos;
  });
}

std::string problem_json(int status, const Error& error) {
  std::string out = R"({"type":"about:blank","title":)";
  append_json_string(out, title_of(status));
  out += ",\"status\":" + std::to_string(status);
  add_member(out, "detail", error.remedy.empty() ? error.fault : error.fault + "; " + error.remedy);
  add_member(out, "code", error.code);
  if (status == 400) add_member(out, "parameter", error.place);
  return out + "}";
}

Reply problem_reply(int status, const Error& error) {
  return {status,
          "application/problem+json",
          std::make_shared<const std::string>(problem_json(status, error)),
          {}};
}

int status_of_error(const Error& error) {
  if (error.code == "E-SRV-04") return 404;
  if (error.code.starts_with("E-SRV-0") || error.code.starts_with("E-QRY-")) return 400;
  if (error.code.starts_with("E-STO-") || error.code.starts_with("E-MOD-") ||
      error.code.starts_with("E-LEX-"))
    return 503;
  return 422;
}

ReplyBody make_body(std::string plain, bool pack) {
  ReplyBody body;
  body.etag = std::to_string(plain.size()) + "-" + std::to_string(std::hash<std::string_view>()(plain));
  if (pack && plain.size() >= worth_packing) {
    std::string packed = gzip_bytes(plain);
    if (packed.size() < plain.size()) body.packed = std::make_shared<const std::string>(std::move(packed));
  }
  body.plain = std::make_shared<const std::string>(std::move(plain));
  return body;
}

Reply reply_with(const Request& request, const ReplyBody& body, const std::string& type,
                 const std::string& cache) {
  const bool packed = body.packed && takes_gzip(request);
  Reply reply{200, type, packed ? body.packed : body.plain, {}};
  reply.headers.emplace_back("ETag", "\"" + body.etag + (packed ? "-gzip\"" : "\""));
  reply.headers.emplace_back("Cache-Control", cache);
  reply.headers.emplace_back("Vary", "Accept-Encoding");
  if (names_etag(request.if_none_match, body.etag)) {
    reply.status = 304;
    reply.type.clear();
    reply.body.reset();
  } else if (packed) {
    reply.headers.emplace_back("Content-Encoding", "gzip");
  }
  return reply;
}

void ReplyStream::wake_sender(std::unique_lock<std::mutex>& lock) {
  const bool asleep = std::exchange(asleep_, false);
  lock.unlock();
  if (asleep && wake) wake();
}

bool ReplyStream::write(std::string_view bytes) {
  while (!bytes.empty()) {
    std::unique_lock lock(mutex_);
    const bool room = room_.wait_for(lock, longest_stall,
                                     [&] { return unsent_.size() < stream_room || abandoned_ || ended_; });
    if (!room || abandoned_ || ended_) return false;
    const std::string_view part = bytes.substr(0, stream_room);
    unsent_ += part;
    bytes.remove_prefix(part.size());
    wake_sender(lock);
  }
  return true;
}

bool ReplyStream::offer(std::string_view bytes) {
  std::unique_lock lock(mutex_);
  if (abandoned_ || ended_ || unsent_.size() > stream_room) return false;
  unsent_ += bytes;
  wake_sender(lock);
  return true;
}

void ReplyStream::end(bool broken) {
  std::unique_lock lock(mutex_);
  if (ended_) return;
  ended_ = true;
  broken_ = broken;
  room_.notify_all();
  wake_sender(lock);
}

ReplyStream::Pulled ReplyStream::pull(char* into, std::size_t size, std::size_t& count,
                                      const std::function<void()>& sleep) {
  const std::scoped_lock lock(mutex_);
  count = std::min(size, unsent_.size());
  if (count == 0) {
    if (ended_) return broken_ ? Pulled::broken : Pulled::end;
    asleep_ = true;
    sleep();
    return Pulled::nothing_yet;
  }
  std::memcpy(into, unsent_.data(), count);
  unsent_.erase(0, count);
  room_.notify_all();
  return Pulled::some;
}

void ReplyStream::abandon() {
  const std::scoped_lock lock(mutex_);
  abandoned_ = true;
  unsent_.clear();
  room_.notify_all();
}

}  // namespace polybius
