// Finds who answers what, and on which threads.
#include "server/service.h"

#include <algorithm>
#include <array>
#include <thread>

#include "server/exports.h"
#include "server/page_files.h"

namespace polybius {
namespace {

constexpr std::size_t cache_bytes = std::size_t{64} << 20;
constexpr std::size_t most_waiting = 1000;
constexpr std::size_t most_long_waiting = 16;
constexpr std::size_t most_changes = 256;
constexpr unsigned exporting_threads = 3;
constexpr auto heartbeat = std::chrono::seconds(15);
constexpr const char* ask_again = "private, no-cache";
constexpr const char* page_policy =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

unsigned answering_threads(unsigned wanted) {
  return wanted != 0 ? wanted : std::max(4U, std::thread::hardware_concurrency());
}
unsigned coding_threads() {
  return std::clamp(std::thread::hardware_concurrency() / 2, 1U, 8U);
}

struct FileType {
  std::string_view ending, type;
};
constexpr std::array file_types{FileType{".html", "text/html; charset=utf-8"},
                                FileType{".js", "text/javascript; charset=utf-8"},
                                FileType{".css", "text/css; charset=utf-8"},
                                FileType{".svg", "image/svg+xml"},
                                FileType{".png", "image/png"},
                                FileType{".ico", "image/x-icon"},
                                FileType{".woff2", "font/woff2"},
                                FileType{".txt", "text/plain; charset=utf-8"},
                                FileType{".webmanifest", "application/manifest+json"},
                                FileType{".schema.json", "application/schema+json"},
                                FileType{".json", "application/json"},
                                FileType{".yaml", "application/yaml"}};

std::string type_of_file(std::string_view path) {
  if (path == "/") return "text/html; charset=utf-8";
  for (const FileType& known : file_types)
    if (path.ends_with(known.ending)) return std::string(known.type);
  return "application/octet-stream";
}

/// What an answer is kept under: packed and plain ones apart.
std::string cache_name(const Request& request) {
  return (takes_gzip(request) ? "gzip " : "plain ") + request.raw_target;
}

Reply busy() {
  Reply reply = problem_reply(503, {"E-SRV-31", "", "too much is asked at once", "try again in a moment"});
  reply.headers.emplace_back("Retry-After", "1");
  return reply;
}

}  // namespace

Service::Service(const ServerOptions& options, AccessRules rules, Lexicon lexicon)
    : options_(options),
      rules_(std::move(rules)),
      lexicon_(std::move(lexicon)),
      cache_(cache_bytes),
      coder_(options.coder),
      keeper_(
          options.db, options.look, [this](bool changed) { after_look(changed); },
          [this](const Error& error) { log(error); }),
      answering_(answering_threads(options.threads), most_waiting, options.db, false),
      exporting_(exporting_threads, most_long_waiting, options.db, false),
      coding_(coding_threads(), most_long_waiting, options.db, true) {
  read_files();
}

Service::~Service() {
  stop();
}

void Service::read_files() {
  for (const PageFile& embedded : page_files()) {
    const std::string path(embedded.path);
    File file{type_of_file(path), ask_again, make_body(std::string(embedded.bytes), true), path == "/"};
    if (path.starts_with("/assets/")) file.cache = "private, max-age=31536000, immutable";
    files_[path] = std::move(file);
  }
  if (!files_.contains("/"))
    files_["/"] = {"text/plain; charset=utf-8", ask_again,
                   make_body("The page is not built in; /api/openapi.yaml describes the API.\n", false),
                   false};
}

std::optional<Error> Service::start() {
  return keeper_.start();
}

std::size_t Service::documents() const {
  return keeper_.current()->documents();
}

void Service::log(const Error& error) const {
  if (options_.log) options_.log(error);
}

Service::Route Service::route_of(const std::string& path) const {
  if (files_.contains(path)) return {RouteKind::file, nullptr, {}};
  if (path == "/api/export") return {RouteKind::export_, nullptr, {}};
  if (path == "/api/code") return {RouteKind::code, nullptr, {}};
  if (path == "/api/changes") return {RouteKind::changes, nullptr, {}};
  for (const std::string_view before_id : {"/api/documents/", "/api/dossiers/"}) {
    if (path.size() > before_id.size() && path.starts_with(before_id))
      return {RouteKind::answer, answer_of_path(before_id), path.substr(before_id.size())};
  }
  const AnswerQuestion asked = path.ends_with('/') ? nullptr : answer_of_path(path);
  return {asked == nullptr ? RouteKind::none : RouteKind::answer, asked, {}};
}

std::optional<Reply> Service::refuse(Request& request) {
  std::optional<Error> unreadable;
  if (auto target = parse_target(request.raw_target)) {
    request.target = std::move(target).value();
  } else {
    unreadable = target.error();
  }
  if (auto refusal = refusal_of(rules_, request)) return refusal;
  if (unreadable) return problem_reply(400, *unreadable);
  const RouteKind kind = route_of(request.target.path).kind;
  if (kind == RouteKind::none)
    return problem_reply(
        404, {"E-SRV-06", "", "there is nothing at this address", "/api/openapi.yaml names all there is"});
  const bool posts = kind == RouteKind::code;
  if (posts ? request.method == "POST" : request.gets()) return std::nullopt;
  Reply reply = problem_reply(
      405, {"E-SRV-07", "", "this address does not take " + request.method, "see /api/openapi.yaml"});
  reply.headers.emplace_back("Allow", posts ? "POST" : "GET, HEAD");
  return reply;
}

void Service::handle(std::shared_ptr<Exchange> exchange) {
  const Request& request = exchange->request();
  if (brings_token(rules_, request)) return exchange->send(token_reply(rules_));
  const Route route = route_of(request.target.path);
  if (route.kind == RouteKind::file) return send_file(*exchange, request.target.path);
  const bool streams = route.kind == RouteKind::export_ || route.kind == RouteKind::changes;
  if (streams && request.method == "HEAD") return exchange->send({200, "", nullptr, {}});
  if (route.kind == RouteKind::changes) return begin_changes(*exchange);
  if (route.kind == RouteKind::code) {
    submit(coding_, exchange, [this](WorkerTools& tools, Exchange& asked) {
      answer_code(asked, coder_, tools, options_.body_limit);
    });
  } else if (route.kind == RouteKind::export_) {
    submit(exporting_, exchange, [this](WorkerTools& tools, Exchange& asked) {
      const auto store = tools.store();
      if (!store) return asked.send(problem_reply(503, store.error()));
      answer_export(asked, *store.value(), *keeper_.current(), lexicon_);
    });
  } else {
    const auto kept = cache_.find(cache_name(request), keeper_.current()->revision());
    if (kept) return exchange->send(reply_with(request, *kept, "application/json", ask_again));
    submit(answering_, exchange,
           [this, route](WorkerTools& tools, Exchange& asked) { answer(asked, route, tools); });
  }
}

void Service::send_file(Exchange& exchange, const std::string& path) const {
  const File& file = files_.at(path);
  Reply reply = reply_with(exchange.request(), file.body, file.type, file.cache);
  if (file.runs) reply.headers.emplace_back("Content-Security-Policy", page_policy);
  exchange.send(std::move(reply));
}

void Service::answer(Exchange& exchange, const Route& route, WorkerTools& tools) {
  const Request& request = exchange.request();
  const auto catalogue = keeper_.current();
  const auto store = tools.store();
  if (!store) return exchange.send(problem_reply(503, store.error()));
  Parameters parameters(request.target);
  Question question{parameters, route.id, *store.value(), *catalogue};
  auto json = route.answer(question);
  if (!json) return exchange.send(problem_reply(status_of_error(json.error()), json.error()));
  const ReplyBody body = make_body(std::move(json).value(), takes_gzip(request));
  cache_.keep(cache_name(request), catalogue->revision(), body);
  exchange.send(reply_with(request, body, "application/json", ask_again));
}

void Service::submit(WorkerPool& pool, const std::shared_ptr<Exchange>& exchange, Job job) {
  const bool taken = pool.submit(
      [this, exchange, done = std::move(job)](WorkerTools& tools) { run_guarded(tools, *exchange, done); });
  if (!taken) exchange->send(busy());
}

void Service::run_guarded(WorkerTools& tools, Exchange& exchange, const Job& job) const {
  for (int attempt = 0; attempt < 2; ++attempt) {
    try {
      job(tools, exchange);
    } catch (const StoreFailure& failure) {
      tools.forget_store();  // the connection may be broken; once more on a new one
      if (attempt == 0 && !exchange.answered()) continue;
      log({"E-SRV-32", "", failure.what(), ""});
      exchange.send(
          problem_reply(503, {"E-SRV-32", "", "the store does not answer", "try again in a moment"}));
    } catch (const std::exception& failure) {
      log({"E-SRV-33", "", failure.what(), ""});
    }
    if (!exchange.answered())
      exchange.send(
          problem_reply(500, {"E-SRV-33", "", "something went wrong here", "the server's log says what"}));
    return;
  }
}

void Service::begin_changes(Exchange& exchange) {
  const std::scoped_lock lock(changes_mutex_);
  if (changes_ended_ || changes_.size() >= most_changes) return exchange.send(busy());
  auto stream = exchange.begin({200, "text/event-stream", nullptr, {{"Cache-Control", "no-store"}}});
  stream->offer("retry: 2000\nevent: store\ndata: " + store_state_json(*keeper_.current()) + "\n\n");
  changes_.push_back(std::move(stream));
}

void Service::after_look(bool changed) {
  const auto now = std::chrono::steady_clock::now();
  if (!changed && now - told_ < heartbeat) return;
  told_ = now;
  const std::string words =
      changed ? "event: store\ndata: " + store_state_json(*keeper_.current()) + "\n\n" : ":\n\n";
  const std::scoped_lock lock(changes_mutex_);
  changes_.remove_if([&](const auto& stream) {
    const bool gone = !stream->offer(words);
    if (gone) stream->end(true);
    return gone;
  });
}

void Service::end_changes() {
  const std::scoped_lock lock(changes_mutex_);
  changes_ended_ = true;
  for (const auto& stream : changes_) stream->end();
  changes_.clear();
}

void Service::stop() {
  end_changes();
  keeper_.stop();
  answering_.stop();
  exporting_.stop();
  coding_.stop();
}

}  // namespace polybius
