// A request as the rest of the room sees it: no library, no socket.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "polybius/error.h"

namespace polybius {

struct RequestParameter {
  std::string name;
  std::string value;
};

/// What is asked for: decoded, valid UTF-8, free of U+0000 (it becomes U+FFFD).
struct RequestTarget {
  std::string path;
  std::vector<RequestParameter> parameters;  ///< in order
};

/// Reads "/api/events?actor=Anna+Holt". Errors: E-SRV-01 (not percent-encoded UTF-8, or no path).
Result<RequestTarget> parse_target(std::string_view raw);

struct Request {
  std::string method;
  std::string raw_target;
  RequestTarget target;
  std::string host;
  int hosts = 0;  ///< how many Host fields there are
  std::string origin, authorization, cookie, accept, accept_encoding, if_none_match, fetch_site, fetch_mode;
  std::size_t fields_size = 0;  ///< bytes of all header fields, names and values
  std::string body;

  /// HEAD is GET without the body.
  bool gets() const {
    return method == "GET" || method == "HEAD";
  }
};

}  // namespace polybius
