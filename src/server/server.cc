// Puts the parts of a server together, and takes them apart in the right order.
#include "server/server.h"

#include <algorithm>

#include "server/http.h"
#include "server/service.h"

namespace polybius {
namespace {

constexpr auto longest_farewell = std::chrono::seconds(5);
constexpr std::size_t shortest_token = 16;

/// A token goes into cookies and addresses as it is.
bool is_token(const std::string& text) {
  return text.size() >= shortest_token && std::all_of(text.begin(), text.end(), [](char c) {
           return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' ||
                  c == '.' || c == '_' || c == '~';
         });
}

Result<AccessRules> rules_of(const ServerOptions& options) {
  const auto loopback = is_loopback(options.address);
  if (!loopback) return loopback.error();
  if (options.token.empty() && !loopback.value())
    return Error{"E-SRV-12", options.address, "others can reach this address, and no token is asked of them",
                 "give --token, or listen on 127.0.0.1"};
  if (!options.token.empty() && !is_token(options.token))
    return Error{"E-SRV-12", "", "the token is too short, or holds other than letters, digits and -._~",
                 "give at least 16 of them"};
  AccessRules rules{loopback.value(), {}, options.token};
  for (const std::string& name : options.hosts) {
    const auto host = host_without_port(name);
    if (!host) return Error{"E-SRV-10", name, "is no name of a host", "give it without http:// and port"};
    rules.hosts.push_back(*host);
  }
  return rules;
}

Result<Lexicon> lexicon_of(const ServerOptions& options) {
  Lexicon lexicon = Lexicon::builtin();
  if (options.coder.lexicons.empty()) return lexicon;
  return lexicon.with(options.coder.lexicons);
}

}  // namespace

struct Server::Parts {
  std::unique_ptr<Service> service;
  std::unique_ptr<HttpServer> http;
  std::string address;
  bool stopped = false;
};

Server::Server(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}

Server::~Server() {
  stop();
}

Result<std::unique_ptr<Server>> Server::start(const ServerOptions& options) {
  auto rules = rules_of(options);
  if (!rules) return rules.error();
  auto lexicon = lexicon_of(options);
  if (!lexicon) return lexicon.error();
  auto parts = std::make_unique<Parts>();
  parts->service = std::make_unique<Service>(options, std::move(rules).value(), std::move(lexicon).value());
  if (auto fault = parts->service->start()) return *fault;
  const auto socket = listen_on(options.address, options.port);
  if (!socket) return socket.error();
  parts->address = socket.value().url;
  auto http = HttpServer::start(socket.value(), {options.body_limit, options.patience}, *parts->service);
  if (!http) return http.error();
  parts->http = std::move(http).value();
  return std::unique_ptr<Server>(new Server(std::move(parts)));
}

const std::string& Server::address() const {
  return parts_->address;
}

std::size_t Server::documents() const {
  return parts_->service->documents();
}

void Server::stop() {
  if (parts_->stopped) return;
  parts_->stopped = true;
  parts_->http->refuse_new();
  parts_->service->end_changes();
  parts_->http->finish(longest_farewell);
  parts_->service->stop();
  parts_->http->stop();
}

}  // namespace polybius
