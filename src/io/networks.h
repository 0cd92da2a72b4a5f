// Which addresses of the internet protocol lead out to everybody, and which into somebody's own network.
#pragma once

#include <array>
#include <cstdint>

struct sockaddr;

namespace polybius {

/// Whether an address is one of the public internet: not loopback, link-local, private, shared, reserved,
/// multicast or for documentation (IANA's special-purpose registries), also where IPv6 carries an IPv4
/// address.
bool is_public_address(const sockaddr& address);
bool is_public_ipv4(std::uint32_t address);
bool is_public_ipv6(const std::array<std::uint8_t, 16>& address);

}  // namespace polybius
