// HTTP/1.1 by libmicrohttpd: connections, slow clients, bodies; what is asked is the listener's business.
#pragma once

#include <chrono>
#include <memory>
#include <optional>

#include "server/listening.h"
#include "server/reply.h"

namespace polybius {

/// What the requests are handed to; called from any thread.
class HttpListener {
 public:
  HttpListener() = default;
  HttpListener(const HttpListener&) = delete;
  HttpListener& operator=(const HttpListener&) = delete;
  virtual ~HttpListener() = default;
  /// The head is there: reads the target, and says what is answered at once, without the body.
  virtual std::optional<Reply> refuse(Request& request) = 0;
  /// The whole request is there. Must not wait.
  virtual void handle(std::shared_ptr<Exchange> exchange) = 0;
};

struct HttpOptions {
  std::size_t body_limit = 0;
  std::chrono::seconds patience{20};  ///< for a request to come in, and between two
};

class HttpServer {
 public:
  /// Takes the socket over. Errors: E-SRV-11.
  static Result<std::unique_ptr<HttpServer>> start(const ListeningSocket& socket, const HttpOptions& options,
                                                   HttpListener& listener);
  ~HttpServer();
  HttpServer(const HttpServer&) = delete;
  HttpServer& operator=(const HttpServer&) = delete;

  /// Takes no more connections.
  void refuse_new();
  /// Waits until what is asked is answered, at most so long; then breaks off streams that are still written.
  void finish(std::chrono::milliseconds longest);
  /// Ends its threads. All exchanges must be answered.
  void stop();

  struct Parts;  ///< private to http.cc

 private:
  explicit HttpServer(std::unique_ptr<Parts> parts);
  std::unique_ptr<Parts> parts_;
};

}  // namespace polybius
