// Who may ask: the Host must be ours, a page that asks must be our own, and the token must be right where
// there is one.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "server/reply.h"
#include "server/request.h"

namespace polybius {

struct AccessRules {
  bool loopback = true;            ///< the server listens on the loopback only
  std::vector<std::string> hosts;  ///< further names that it goes by, lower case
  std::string token;               ///< empty: none is needed
};

/// The host of "example.org:8080" or "[::1]:8080" in lower case; nothing if it is not of that form.
std::optional<std::string> host_without_port(std::string_view field);
/// "127.0.0.1" or "::1": an address, which no name server can point elsewhere.
bool is_numeric_host(std::string_view host);

/// Why a request is refused; nothing if it is not. A foreign Host (421) could be a name that somebody made
/// point at this server, a foreign Origin (403) a page that makes a browser ask.
std::optional<Reply> refusal_of(const AccessRules& rules, const Request& request);
/// "/?token=..." with the right token: the browser shall keep it.
bool brings_token(const AccessRules& rules, const Request& request);
/// What makes the browser keep it, and forget the address that held it.
Reply token_reply(const AccessRules& rules);

}  // namespace polybius
