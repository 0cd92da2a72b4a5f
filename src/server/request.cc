// Reads what is asked for: percent-encoded UTF-8 and nothing else.
#include "server/request.h"

#include "text/text.h"

namespace polybius {
namespace {

int digit_of(char letter) {
  if (letter >= '0' && letter <= '9') return letter - '0';
  if (letter >= 'a' && letter <= 'f') return letter - 'a' + 10;
  if (letter >= 'A' && letter <= 'F') return letter - 'A' + 10;
  return -1;
}

/// Decodes `raw`; false if it is not percent-encoded UTF-8.
bool decode(std::string_view raw, bool plus_is_blank, std::string& out) {
  for (std::size_t i = 0; i < raw.size(); ++i) {
    char byte = raw[i];
    if (byte == '+' && plus_is_blank) {
      byte = ' ';
    } else if (byte == '%') {
      const int high = i + 2 < raw.size() ? digit_of(raw[i + 1]) : -1;
      const int low = i + 2 < raw.size() ? digit_of(raw[i + 2]) : -1;
      if (high < 0 || low < 0) return false;
      byte = static_cast<char>(high * 16 + low);
      i += 2;
    }
    if (byte == '\0') {
      out += "\xEF\xBF\xBD";  // no database takes U+0000
    } else {
      out += byte;
    }
  }
  return valid_utf8(out);
}

}  // namespace

Result<RequestTarget> parse_target(std::string_view raw) {
  const Error fault{"E-SRV-01", "", "the address is not percent-encoded UTF-8",
                    "encode it as URLSearchParams does"};
  if (raw.empty() || raw.front() != '/') return fault;
  const std::size_t mark = std::min(raw.find('?'), raw.size());
  RequestTarget target;
  if (!decode(raw.substr(0, mark), false, target.path)) return fault;
  std::string_view query = raw.substr(std::min(mark + 1, raw.size()));
  while (!query.empty()) {
    const std::size_t end = std::min(query.find('&'), query.size());
    const std::string_view piece = query.substr(0, end);
    query.remove_prefix(std::min(end + 1, query.size()));
    if (piece.empty()) continue;
    const std::size_t sign = std::min(piece.find('='), piece.size());
    RequestParameter parameter;
    if (!decode(piece.substr(0, sign), true, parameter.name) ||
        !decode(piece.substr(std::min(sign + 1, piece.size())), true, parameter.value))
      return fault;
    target.parameters.push_back(std::move(parameter));
  }
  return target;
}

}  // namespace polybius
