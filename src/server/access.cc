// Host, Origin and token, held against the rules.
#include "server/access.h"

#include <algorithm>
#include <array>

namespace polybius {
namespace {

constexpr std::string_view cookie_name = "polybius_token";

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& letter : out) {
    if (letter >= 'A' && letter <= 'Z') letter = static_cast<char>(letter - 'A' + 'a');
  }
  return out;
}

/// Takes as long whatever the first difference is.
bool same_secret(std::string_view a, std::string_view b) {
  if (a.size() != b.size()) return false;
  unsigned difference = 0;
  for (std::size_t i = 0; i < a.size(); ++i)
    difference |= static_cast<unsigned>(static_cast<unsigned char>(a[i]) ^ static_cast<unsigned char>(b[i]));
  return difference == 0;
}

bool is_own_host(const AccessRules& rules, const std::string& host) {
  static constexpr std::array<std::string_view, 3> loopback{"localhost", "127.0.0.1", "::1"};
  if (std::find(loopback.begin(), loopback.end(), host) != loopback.end()) return true;
  if (!rules.loopback && is_numeric_host(host)) return true;
  return std::find(rules.hosts.begin(), rules.hosts.end(), host) != rules.hosts.end();
}

std::string_view cookie_value(std::string_view cookies) {
  while (!cookies.empty()) {
    const std::size_t end = std::min(cookies.find(';'), cookies.size());
    std::string_view piece = cookies.substr(0, end);
    while (piece.starts_with(' ')) piece.remove_prefix(1);
    if (piece.starts_with(cookie_name) && piece.substr(cookie_name.size()).starts_with('='))
      return piece.substr(cookie_name.size() + 1);
    cookies.remove_prefix(std::min(end + 1, cookies.size()));
  }
  return {};
}

bool bears_token(const AccessRules& rules, const Request& request) {
  std::string_view bearer = request.authorization;
  if (lower(bearer.substr(0, 7)) == "bearer ") {
    bearer.remove_prefix(7);
    return same_secret(bearer, rules.token);
  }
  return same_secret(cookie_value(request.cookie), rules.token) || brings_token(rules, request);
}

/// Whether a page of another site makes the browser ask; opening a link to the page is no such thing.
bool asked_by_foreign_page(const Request& request) {
  if (!request.origin.empty()) {
    const std::string own = "http://" + lower(request.host);
    const std::string behind_proxy = "https://" + lower(request.host);
    const std::string origin = lower(request.origin);
    return origin != own && origin != behind_proxy;
  }
  return request.fetch_site == "cross-site" && request.fetch_mode != "navigate";
}

}  // namespace

std::optional<std::string> host_without_port(std::string_view field) {
  std::string_view host = field;
  std::string_view port;
  if (host.starts_with('[')) {
    const std::size_t end = host.find(']');
    if (end == std::string_view::npos) return std::nullopt;
    port = host.substr(end + 1);
    host = host.substr(1, end - 1);
  } else {
    const std::size_t colon = std::min(host.find(':'), host.size());
    port = host.substr(colon);
    host = host.substr(0, colon);
  }
  if (host.empty() || (!port.empty() && port.front() != ':')) return std::nullopt;
  for (const char digit : port.substr(port.empty() ? 0 : 1))
    if (digit < '0' || digit > '9') return std::nullopt;
  return lower(host);
}

bool is_numeric_host(std::string_view host) {
  const bool six = host.find(':') != std::string_view::npos;
  const std::string_view letters = six ? "0123456789abcdef:." : "0123456789.";
  return !host.empty() && host.find_first_not_of(letters) == std::string_view::npos;
}

bool brings_token(const AccessRules& rules, const Request& request) {
  if (rules.token.empty() || request.target.path != "/") return false;
  return std::any_of(request.target.parameters.begin(), request.target.parameters.end(),
                     [&](const RequestParameter& parameter) {
                       return parameter.name == "token" && same_secret(parameter.value, rules.token);
                     });
}

Reply token_reply(const AccessRules& rules) {
  Reply reply{303, "", nullptr, {}};
  reply.headers.emplace_back("Location", "/");
  reply.headers.emplace_back("Set-Cookie", std::string(cookie_name) + "=" + rules.token +
                                               "; Path=/; HttpOnly; SameSite=Strict; Max-Age=2592000");
  reply.headers.emplace_back("Cache-Control", "no-store");
  return reply;
}

std::optional<Reply> refusal_of(const AccessRules& rules, const Request& request) {
  const auto host = request.hosts == 1 ? host_without_port(request.host) : std::nullopt;
  if (!host)
    return problem_reply(400,
                         {"E-SRV-20", "", "the request has no Host field, or no single one", "name one"});
  if (!is_own_host(rules, *host))
    return problem_reply(421, {"E-SRV-21", "", "this server does not go by that name",
                               "ask for it by its address, or start it with --host NAME"});
  if (asked_by_foreign_page(request))
    return problem_reply(403,
                         {"E-SRV-22", "", "a page of another site asks", "ask from the server's own page"});
  if (rules.token.empty() || bears_token(rules, request)) return std::nullopt;
  Reply reply = problem_reply(401, {"E-SRV-23", "", "a token is needed",
                                    "send Authorization: Bearer TOKEN, or open /?token=TOKEN once"});
  reply.headers.emplace_back("WWW-Authenticate", "Bearer");
  return reply;
}

}  // namespace polybius
