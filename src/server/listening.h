// The socket on which a server listens.
#pragma once

#include <cstdint>
#include <string>

#include "polybius/error.h"

namespace polybius {

struct ListeningSocket {
  int descriptor = -1;
  bool loopback = true;  ///< nobody else's machine can reach it
  bool six = false;      ///< IPv6
  std::string url;       ///< "http://127.0.0.1:8080/"
};

/// Whether a numeric address, or "localhost", is of the loopback. Errors: E-SRV-10 (no such address).
Result<bool> is_loopback(const std::string& address);
/// Listens. Errors: E-SRV-10, E-SRV-11 (in use, or not ours).
Result<ListeningSocket> listen_on(const std::string& address, std::uint16_t port);

}  // namespace polybius
