// Addresses and the sockets bound to them.
#include "server/listening.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <system_error>

namespace polybius {
namespace {

constexpr int backlog = 1024;

union Address {
  sockaddr any;
  sockaddr_in four;
  sockaddr_in6 six;
};

Result<Address> parse_address(const std::string& text) {
  Address address{};
  const std::string numeric = text == "localhost" ? "127.0.0.1" : text;
  if (inet_pton(AF_INET, numeric.c_str(), &address.four.sin_addr) == 1) {
    address.four.sin_family = AF_INET;
  } else if (inet_pton(AF_INET6, numeric.c_str(), &address.six.sin6_addr) == 1) {
    address.six.sin6_family = AF_INET6;
  } else {
    return Error{"E-SRV-10", text, "is no address", "give a numeric one: 127.0.0.1, ::1, 0.0.0.0"};
  }
  return address;
}

bool is_loopback_address(const Address& address) {
  if (address.any.sa_family == AF_INET6) return IN6_IS_ADDR_LOOPBACK(&address.six.sin6_addr);
  return (ntohl(address.four.sin_addr.s_addr) >> 24U) == 127;
}

}  // namespace

Result<bool> is_loopback(const std::string& text) {
  const auto address = parse_address(text);
  if (!address) return address.error();
  return is_loopback_address(address.value());
}

Result<ListeningSocket> listen_on(const std::string& text, std::uint16_t port) {
  auto parsed = parse_address(text);
  if (!parsed) return parsed.error();
  Address& address = parsed.value();
  ListeningSocket out;
  out.six = address.any.sa_family == AF_INET6;
  out.loopback = is_loopback_address(address);
  socklen_t size = out.six ? sizeof(sockaddr_in6) : sizeof(sockaddr_in);
  (out.six ? address.six.sin6_port : address.four.sin_port) = htons(port);
  out.descriptor = socket(address.any.sa_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  const int yes = 1;
  const bool bound = out.descriptor >= 0 &&
                     setsockopt(out.descriptor, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes) == 0 &&
                     bind(out.descriptor, &address.any, size) == 0 && listen(out.descriptor, backlog) == 0 &&
                     getsockname(out.descriptor, &address.any, &size) == 0;
  if (!bound) {
    const std::string why = std::generic_category().message(errno);
    if (out.descriptor >= 0) close(out.descriptor);
    return Error{"E-SRV-11", text + ":" + std::to_string(port), "cannot listen there: " + why,
                 "choose another with --port, 0 for any"};
  }
  const std::string name = out.six ? "[" + text + "]" : text;
  out.url = "http://" + name + ":" +
            std::to_string(ntohs(out.six ? address.six.sin6_port : address.four.sin_port)) + "/";
  return out;
}

}  // namespace polybius
