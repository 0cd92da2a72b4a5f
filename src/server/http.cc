// The only file that knows libmicrohttpd.
//
// Its threads only read and send. A request that is whole is suspended and handed on; whoever has the answer
// wakes the connection up.
#include "server/http.h"

#include <microhttpd.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <set>
#include <thread>

namespace polybius {
namespace {

using Clock = std::chrono::steady_clock;

constexpr unsigned sending_threads = 2;
constexpr unsigned most_connections = 8192;
constexpr std::size_t connection_memory = std::size_t{128} << 10;  // a request's head and what answers it
constexpr std::size_t longest_target = std::size_t{32} << 10;
constexpr std::size_t largest_fields = std::size_t{32} << 10;
constexpr std::size_t stream_block = std::size_t{64} << 10;
constexpr unsigned silent_seconds = 60;
constexpr std::size_t tolerated = 4;  // times the limit of a body, before the connection is cut

/// A connection as it is watched for slowness.
struct Connection {
  int socket = -1;
  std::atomic<Clock::rep> waiting_since{0};  ///< for the client; 0: it waits for us

  void wait_for_client() {
    waiting_since = Clock::now().time_since_epoch().count();
  }
};

class HttpExchange final : public Exchange {
 public:
  enum class Phase { fresh, reading, working, ready };

  explicit HttpExchange(std::string raw_target) {
    request_.raw_target = std::move(raw_target);
  }
  const Request& request() const override {
    return request_;
  }
  void send(Reply reply) override {
    if (answered_.exchange(true)) return;
    reply_ = std::move(reply);
    wake_up();
  }
  std::shared_ptr<ReplyStream> begin(Reply head) override {
    auto stream = std::make_shared<ReplyStream>();
    stream->wake = [connection = connection_] { MHD_resume_connection(connection); };
    if (answered_.exchange(true)) {
      stream->abandon();
      return stream;
    }
    stream_ = stream;
    reply_ = std::move(head);
    wake_up();
    return stream;
  }
  bool answered() const override {
    return answered_;
  }

  Request request_;
  MHD_Connection* connection_ = nullptr;
  std::atomic<Phase> phase_{Phase::fresh};
  std::size_t discarded_ = 0;
  bool counted_ = false;
  Reply reply_;
  std::shared_ptr<ReplyStream> stream_;

 private:
  void wake_up() {
    phase_ = Phase::ready;
    MHD_resume_connection(connection_);  // from here on the connection may be gone
  }
  std::atomic<bool> answered_{false};
};

using ExchangePtr = std::shared_ptr<HttpExchange>;

void free_bytes(void* bytes) {
  delete static_cast<Bytes*>(bytes);
}

/// A stream as libmicrohttpd pulls it.
struct PulledStream {
  std::shared_ptr<ReplyStream> stream;
  MHD_Connection* connection;
};

ssize_t pull_stream(void* given, std::uint64_t /*position*/, char* into, std::size_t size) {
  auto* pulled = static_cast<PulledStream*>(given);
  std::size_t count = 0;
  const auto suspend = [&] { MHD_suspend_connection(pulled->connection); };
  switch (pulled->stream->pull(into, size, count, suspend)) {
    case ReplyStream::Pulled::end:
      return MHD_CONTENT_READER_END_OF_STREAM;
    case ReplyStream::Pulled::broken:
      return MHD_CONTENT_READER_END_WITH_ERROR;
    default:
      return static_cast<ssize_t>(count);
  }
}

void free_stream(void* given) {
  auto* pulled = static_cast<PulledStream*>(given);
  pulled->stream->abandon();
  delete pulled;
}

MHD_Response* response_of(MHD_Connection* connection, const Reply& reply,
                          const std::shared_ptr<ReplyStream>& stream) {
  if (stream)
    return MHD_create_response_from_callback(MHD_SIZE_UNKNOWN, stream_block, pull_stream,
                                             new PulledStream{stream, connection}, free_stream);
  if (!reply.body) return MHD_create_response_from_buffer(0, nullptr, MHD_RESPMEM_PERSISTENT);
  return MHD_create_response_from_buffer_with_free_callback_cls(
      reply.body->size(), const_cast<char*>(reply.body->data()), free_bytes, new Bytes(reply.body));
}

/// The fields that every answer bears: nothing stored is ever run, framed, sniffed or read by another site.
constexpr std::pair<const char*, const char*> safety_fields[] = {
    {"X-Content-Type-Options", "nosniff"},
    {"X-Frame-Options", "DENY"},
    {"Referrer-Policy", "no-referrer"},
    {"Cross-Origin-Resource-Policy", "same-origin"},
    {"Cross-Origin-Opener-Policy", "same-origin"}};
constexpr const char* nothing_runs = "default-src 'none'; frame-ancestors 'none'; sandbox";

MHD_Result queue_reply(MHD_Connection* connection, const Reply& reply,
                       const std::shared_ptr<ReplyStream>& stream) {
  MHD_Response* response = response_of(connection, reply, stream);
  if (response == nullptr) return MHD_NO;
  for (const auto& [name, value] : safety_fields) MHD_add_response_header(response, name, value);
  if (!reply.type.empty()) MHD_add_response_header(response, "Content-Type", reply.type.c_str());
  bool policy = false;
  for (const auto& [name, value] : reply.headers) {
    MHD_add_response_header(response, name.c_str(), value.c_str());
    policy = policy || name == "Content-Security-Policy";
  }
  if (!policy) MHD_add_response_header(response, "Content-Security-Policy", nothing_runs);
  const MHD_Result queued = MHD_queue_response(connection, static_cast<unsigned>(reply.status), response);
  MHD_destroy_response(response);
  return queued;
}

bool same_name(std::string_view name, std::string_view lower) {
  if (name.size() != lower.size()) return false;
  for (std::size_t i = 0; i < name.size(); ++i) {
    const char letter = name[i] >= 'A' && name[i] <= 'Z' ? static_cast<char>(name[i] - 'A' + 'a') : name[i];
    if (letter != lower[i]) return false;
  }
  return true;
}

struct FieldPlace {
  std::string_view name;
  std::string Request::*place;
};
constexpr FieldPlace field_places[] = {{"host", &Request::host},
                                       {"origin", &Request::origin},
                                       {"authorization", &Request::authorization},
                                       {"cookie", &Request::cookie},
                                       {"accept", &Request::accept},
                                       {"accept-encoding", &Request::accept_encoding},
                                       {"if-none-match", &Request::if_none_match},
                                       {"sec-fetch-site", &Request::fetch_site},
                                       {"sec-fetch-mode", &Request::fetch_mode}};

MHD_Result take_field(void* given, MHD_ValueKind /*kind*/, const char* key, std::size_t key_size,
                      const char* value, std::size_t value_size) {
  auto& request = *static_cast<Request*>(given);
  const std::string_view name(key, key_size);
  request.fields_size += key_size + value_size;
  for (const FieldPlace& field : field_places) {
    if (!same_name(name, field.name)) continue;
    std::string& place = request.*field.place;
    if (!place.empty()) place += ", ";
    if (value != nullptr) place.append(value, value_size);
    if (field.name == "host") ++request.hosts;
  }
  return MHD_YES;
}

std::uint64_t announced_size(MHD_Connection* connection) {
  const char* field = MHD_lookup_connection_value(connection, MHD_HEADER_KIND, "Content-Length");
  std::uint64_t size = 0;
  for (; field != nullptr && *field >= '0' && *field <= '9' && size < (std::uint64_t{1} << 50U); ++field)
    size = size * 10 + static_cast<std::uint64_t>(*field - '0');
  return size;
}

/// What is too much for us but not for the library, which would answer in HTML.
std::optional<Reply> oversize_refusal(const Request& request) {
  if (request.raw_target.size() > longest_target)
    return problem_reply(414, {"E-SRV-25", "", "the address is too long",
                               "use at most " + std::to_string(longest_target) + " bytes"});
  if (request.fields_size > largest_fields)
    return problem_reply(431, {"E-SRV-26", "", "the header fields are too large",
                               "send at most " + std::to_string(largest_fields) + " bytes of them"});
  return std::nullopt;
}

Reply too_large(std::size_t limit) {
  return problem_reply(
      413, {"E-SRV-24", "", "the body is too large", "send at most " + std::to_string(limit) + " bytes"});
}

}  // namespace

struct HttpServer::Parts {
  HttpOptions options;
  HttpListener* listener = nullptr;
  MHD_Daemon* daemon = nullptr;
  std::mutex mutex;
  std::set<Connection*> connections;
  std::set<std::shared_ptr<ReplyStream>> streams;  // that are being sent
  bool breaking = false;                           // streams are broken off
  std::size_t in_flight = 0;
  std::condition_variable changed;
  bool stopping = false;
  std::thread sweeper;

  MHD_Result take(MHD_Connection* connection, HttpExchange& exchange, const ExchangePtr& shared,
                  const char* method, const char* data, std::size_t* size);
  MHD_Result take_head(MHD_Connection* connection, HttpExchange& exchange, const char* method);
  MHD_Result take_data(HttpExchange& exchange, const char* data, std::size_t* size) const;
  void hand_on(MHD_Connection* connection, const ExchangePtr& exchange);
  MHD_Result answer(MHD_Connection* connection, const HttpExchange& exchange);
  void completed(const ExchangePtr& exchange);
  void sweep();
  static Connection* connection_of(MHD_Connection* connection);
};

namespace {

void* begin_exchange(void* /*parts*/, const char* target, MHD_Connection* /*connection*/) {
  return new ExchangePtr(std::make_shared<HttpExchange>(target));
}

MHD_Result on_access(void* given, MHD_Connection* connection, const char* /*url*/, const char* method,
                     const char* /*version*/, const char* data, std::size_t* size, void** context) {
  if (*context == nullptr) return MHD_NO;
  const ExchangePtr& exchange = *static_cast<ExchangePtr*>(*context);
  try {
    return static_cast<HttpServer::Parts*>(given)->take(connection, *exchange, exchange, method, data, size);
  } catch (const std::exception&) {
    return MHD_NO;  // out of memory: this connection ends
  }
}

void on_completed(void* given, MHD_Connection* /*connection*/, void** context,
                  MHD_RequestTerminationCode /*code*/) {
  auto* exchange = static_cast<ExchangePtr*>(*context);
  if (exchange == nullptr) return;
  static_cast<HttpServer::Parts*>(given)->completed(*exchange);
  delete exchange;
  *context = nullptr;
}

void on_connection(void* given, MHD_Connection* connection, void** context,
                   MHD_ConnectionNotificationCode code) {
  auto* parts = static_cast<HttpServer::Parts*>(given);
  const std::scoped_lock lock(parts->mutex);
  if (code == MHD_CONNECTION_NOTIFY_STARTED) {
    auto* watched = new Connection;
    const auto* info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
    watched->socket = info == nullptr ? -1 : info->connect_fd;
    watched->wait_for_client();
    parts->connections.insert(watched);
    *context = watched;
  } else if (*context != nullptr) {
    auto* watched = static_cast<Connection*>(*context);
    parts->connections.erase(watched);
    delete watched;
    *context = nullptr;
  }
}

}  // namespace

Connection* HttpServer::Parts::connection_of(MHD_Connection* connection) {
  const auto* info = MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
  return info == nullptr ? nullptr : static_cast<Connection*>(info->socket_context);
}

MHD_Result HttpServer::Parts::take(MHD_Connection* connection, HttpExchange& exchange,
                                   const ExchangePtr& shared, const char* method, const char* data,
                                   std::size_t* size) {
  switch (exchange.phase_) {
    case HttpExchange::Phase::fresh:
      return take_head(connection, exchange, method);
    case HttpExchange::Phase::reading:
      if (*size > 0) return take_data(exchange, data, size);
      if (exchange.discarded_ > 0) return queue_reply(connection, too_large(options.body_limit), nullptr);
      hand_on(connection, shared);
      return MHD_YES;
    case HttpExchange::Phase::working:
      return MHD_YES;
    case HttpExchange::Phase::ready:
      return answer(connection, exchange);
  }
  return MHD_NO;
}

MHD_Result HttpServer::Parts::take_head(MHD_Connection* connection, HttpExchange& exchange,
                                        const char* method) {
  exchange.connection_ = connection;
  exchange.phase_ = HttpExchange::Phase::reading;
  exchange.request_.method = method;
  MHD_get_connection_values_n(connection, MHD_HEADER_KIND, take_field, &exchange.request_);
  if (Connection* watched = connection_of(connection)) watched->wait_for_client();
  if (const auto refusal = oversize_refusal(exchange.request_))
    return queue_reply(connection, *refusal, nullptr);
  if (const auto refusal = listener->refuse(exchange.request_))
    return queue_reply(connection, *refusal, nullptr);
  // A body that is a little too large is read and dropped: many clients look for an answer only then.
  if (announced_size(connection) > tolerated * options.body_limit)
    return queue_reply(connection, too_large(options.body_limit), nullptr);
  return MHD_YES;
}

MHD_Result HttpServer::Parts::take_data(HttpExchange& exchange, const char* data, std::size_t* size) const {
  std::string& body = exchange.request_.body;
  if (exchange.discarded_ > 0 || body.size() + *size > options.body_limit) {
    exchange.discarded_ += *size;
    body.clear();
    if (exchange.discarded_ > tolerated * options.body_limit) return MHD_NO;  // it goes on and on
  } else {
    body.append(data, *size);
  }
  *size = 0;
  return MHD_YES;
}

void HttpServer::Parts::hand_on(MHD_Connection* connection, const ExchangePtr& exchange) {
  if (Connection* watched = connection_of(connection)) watched->waiting_since = 0;
  {
    const std::scoped_lock lock(mutex);
    ++in_flight;
  }
  exchange->counted_ = true;
  exchange->phase_ = HttpExchange::Phase::working;
  MHD_suspend_connection(connection);
  listener->handle(exchange);
}

MHD_Result HttpServer::Parts::answer(MHD_Connection* connection, const HttpExchange& exchange) {
  bool too_late = false;
  if (exchange.stream_) {
    const std::scoped_lock lock(mutex);
    streams.insert(exchange.stream_);
    too_late = breaking;
  }
  if (too_late) exchange.stream_->end(true);
  return queue_reply(connection, exchange.reply_, exchange.stream_);
}

void HttpServer::Parts::completed(const ExchangePtr& exchange) {
  if (exchange->stream_) exchange->stream_->abandon();
  if (exchange->connection_ != nullptr)
    if (Connection* watched = connection_of(exchange->connection_)) watched->wait_for_client();
  if (!exchange->counted_) return;
  const std::scoped_lock lock(mutex);
  streams.erase(exchange->stream_);
  --in_flight;
  changed.notify_all();
}

/// Shuts connections whose clients take too long to ask. They are erased before their sockets are closed, so
/// that no other's is shut.
void HttpServer::Parts::sweep() {
  std::unique_lock lock(mutex);
  while (!changed.wait_for(lock, std::chrono::seconds(1), [&] { return stopping; })) {
    const Clock::rep now = Clock::now().time_since_epoch().count();
    const Clock::rep patience = Clock::duration(options.patience).count();
    for (const Connection* connection : connections) {
      const Clock::rep since = connection->waiting_since;
      if (since != 0 && now - since > patience) shutdown(connection->socket, SHUT_RDWR);
    }
  }
}

HttpServer::HttpServer(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}

HttpServer::~HttpServer() {
  stop();
}

Result<std::unique_ptr<HttpServer>> HttpServer::start(const ListeningSocket& socket,
                                                      const HttpOptions& options, HttpListener& listener) {
  auto parts = std::make_unique<Parts>();
  parts->options = options;
  parts->listener = &listener;
  const unsigned flags = MHD_USE_INTERNAL_POLLING_THREAD | MHD_USE_EPOLL | MHD_ALLOW_SUSPEND_RESUME |
                         (socket.six ? MHD_USE_IPv6 : MHD_NO_FLAG);
  void* given = parts.get();
  parts->daemon = MHD_start_daemon(
      flags, 0, nullptr, nullptr, on_access, given, MHD_OPTION_LISTEN_SOCKET, socket.descriptor,
      MHD_OPTION_THREAD_POOL_SIZE, sending_threads, MHD_OPTION_CONNECTION_LIMIT, most_connections,
      MHD_OPTION_CONNECTION_MEMORY_LIMIT, connection_memory, MHD_OPTION_CONNECTION_TIMEOUT, silent_seconds,
      MHD_OPTION_STRICT_FOR_CLIENT, 1, MHD_OPTION_URI_LOG_CALLBACK, begin_exchange, given,
      MHD_OPTION_NOTIFY_COMPLETED, on_completed, given, MHD_OPTION_NOTIFY_CONNECTION, on_connection, given,
      MHD_OPTION_END);
  if (parts->daemon == nullptr) {
    close(socket.descriptor);
    return Error{"E-SRV-11", socket.url, "the HTTP server cannot start",
                 "are there files and threads left to open?"};
  }
  parts->sweeper = std::thread([given = parts.get()] { given->sweep(); });
  return std::unique_ptr<HttpServer>(new HttpServer(std::move(parts)));
}

void HttpServer::refuse_new() {
  const MHD_socket socket = MHD_quiesce_daemon(parts_->daemon);
  if (socket != MHD_INVALID_SOCKET) close(socket);
}

void HttpServer::finish(std::chrono::milliseconds longest) {
  std::unique_lock lock(parts_->mutex);
  parts_->changed.wait_for(lock, longest, [&] { return parts_->in_flight == 0; });
  parts_->breaking = true;
  const auto open = parts_->streams;
  lock.unlock();  // ending a stream wakes its connection up, which may want the lock
  for (const auto& stream : open) stream->end(true);
}

void HttpServer::stop() {
  if (parts_->daemon == nullptr) return;
  {
    const std::scoped_lock lock(parts_->mutex);
    parts_->stopping = true;
  }
  parts_->changed.notify_all();
  parts_->sweeper.join();
  MHD_stop_daemon(parts_->daemon);
  parts_->daemon = nullptr;
}

}  // namespace polybius
