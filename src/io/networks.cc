// The special ranges of IPv4 and IPv6.
#include "io/networks.h"

#include <netinet/in.h>
#include <sys/socket.h>

#include <algorithm>
#include <cstring>

namespace polybius {
namespace {

struct Range4 {
  std::uint32_t network;
  unsigned bits;
};
constexpr std::array<Range4, 15> special4 = {{{0x00000000, 8},    // this network
                                              {0x0a000000, 8},    // 10/8 private
                                              {0x64400000, 10},   // 100.64/10 shared
                                              {0x7f000000, 8},    // loopback
                                              {0xa9fe0000, 16},   // 169.254/16 link-local
                                              {0xac100000, 12},   // 172.16/12 private
                                              {0xc0000000, 24},   // 192.0.0/24 protocols
                                              {0xc0000200, 24},   // 192.0.2/24 documentation
                                              {0xc0586300, 24},   // 192.88.99/24 old 6to4 relays
                                              {0xc0a80000, 16},   // 192.168/16 private
                                              {0xc6120000, 15},   // 198.18/15 benchmarks
                                              {0xc6336400, 24},   // 198.51.100/24 documentation
                                              {0xcb007100, 24},   // 203.0.113/24 documentation
                                              {0xe0000000, 4},    // multicast
                                              {0xf0000000, 4}}};  // reserved

std::uint32_t number_at(const std::array<std::uint8_t, 16>& bytes, std::size_t at) {
  return std::uint32_t{bytes[at]} << 24 | std::uint32_t{bytes[at + 1]} << 16 |
         std::uint32_t{bytes[at + 2]} << 8 | bytes[at + 3];
}

}  // namespace

bool is_public_ipv4(std::uint32_t address) {
  return std::none_of(special4.begin(), special4.end(), [&](const Range4& range) {
    return (address ^ range.network) >> (32 - range.bits) == 0;
  });
}

bool is_public_ipv6(const std::array<std::uint8_t, 16>& address) {
  const std::uint32_t first = number_at(address, 0);
  const bool zeros = number_at(address, 4) == 0;
  const std::uint32_t third = number_at(address, 8);
  if (first == 0 && zeros && (third == 0x0000ffffU || third == 0xffff0000U))
    return is_public_ipv4(number_at(address, 12));
  if (first == 0x0064ff9bU && zeros && third == 0) return is_public_ipv4(number_at(address, 12));  // NAT64
  if (first >> 16 == 0x2002U) return is_public_ipv4(number_at(address, 2));                        // 6to4
  // Of the rest only 2000::/3 is given out; in it are protocols (2001::/23, Teredo among them) and
  // documentation.
  if (first >> 29 != 1U) return false;
  return first >> 9 != 0x20010000U >> 9 && first != 0x20010db8U && first >> 12 != 0x3fff0000U >> 12;
}

bool is_public_address(const sockaddr& address) {
  if (address.sa_family == AF_INET) {
    sockaddr_in four{};
    std::memcpy(&four, &address, sizeof four);
    return is_public_ipv4(ntohl(four.sin_addr.s_addr));
  }
  if (address.sa_family == AF_INET6) {
    sockaddr_in6 six{};
    std::memcpy(&six, &address, sizeof six);
    std::array<std::uint8_t, 16> bytes{};
    std::memcpy(bytes.data(), &six.sin6_addr, bytes.size());
    return is_public_ipv6(bytes);
  }
  return false;
}

}  // namespace polybius
