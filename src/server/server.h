// The HTTP API and the page: everything that a store holds, answered to programs and browsers.
//
//   ServerOptions options;
//   options.db = "news.db";
//   auto server = Server::start(options);      // answers from now on, on threads of its own
//   use(server.value()->address());            // "http://127.0.0.1:8080/"
//   server.value()->stop();                    // what is being answered is finished first
//
// docs/openapi.yaml says what is answered.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "polybius/coder.h"
#include "polybius/error.h"

namespace polybius {

struct ServerOptions {
  std::string db;                     ///< as `open_store` takes it
  std::string address = "127.0.0.1";  ///< a numeric address, or "localhost"
  std::uint16_t port = 8080;          ///< 0: any that is free
  /// Every request must bear it; at least 16 letters, digits or -._~. Must be given unless `address` is of
  /// the loopback.
  std::string token;
  std::vector<std::string> hosts;  ///< further names that the server goes by
  unsigned threads = 0;            ///< that answer; 0: as many as the machine has, at least four
  CoderOptions coder;              ///< opened by the first article that is posted
  std::size_t body_limit = std::size_t{8} << 20;
  std::chrono::seconds patience{20};      ///< for a client that is slow to ask
  std::chrono::milliseconds look{500};    ///< how often the store is looked at for what others changed
  std::function<void(const Error&)> log;  ///< what went wrong here, not with a request; any thread
};

class Server {
 public:
  /// Errors: E-STO-.. (the store), E-SRV-10 (no such address), E-SRV-11 (cannot listen there), E-SRV-12 (no
  /// token, or a weak one). Throws StoreFailure.
  static Result<std::unique_ptr<Server>> start(const ServerOptions& options);
  ~Server();
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  /// Where it answers: "http://127.0.0.1:8080/".
  const std::string& address() const;
  std::size_t documents() const;
  /// Takes no more requests, finishes those at hand, ends streams. Once.
  void stop();

 private:
  struct Parts;
  explicit Server(std::unique_ptr<Parts> parts);
  std::unique_ptr<Parts> parts_;
};

}  // namespace polybius
