// Character references: all names that HTML knows, and numbers.
#include <algorithm>
#include <charconv>

#include "article/html_tokens.h"
#include "text/text.h"

namespace polybius {
namespace {

struct Reference {
  std::string_view name;
  std::string_view utf8;
  bool alone;  ///< counts without its semicolon
};

constexpr Reference references[] = {
#include "article/html_entities.inc"
};

constexpr std::size_t longest_name = 32;
constexpr std::size_t longest_alone = 6;

bool letter_or_digit(char c) {
  return ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') || (c >= '0' && c <= '9');
}

const Reference* find_reference(std::string_view name) {
  const auto* const found =
      std::lower_bound(std::begin(references), std::end(references), name,
                       [](const Reference& known, std::string_view wanted) { return known.name < wanted; });
  return found != std::end(references) && found->name == name ? found : nullptr;
}

/// Reads a numeric reference, "&#". Returns the bytes it takes up, 0 if it is none.
std::size_t decode_number(std::string_view text, std::string& out) {
  const bool hex = text.size() > 2 && (text[2] == 'x' || text[2] == 'X');
  const std::size_t begin = hex ? 3 : 2;
  if (text.size() <= begin) return 0;
  std::uint32_t number = 0;
  const auto [end, fault] =
      std::from_chars(text.data() + begin, text.data() + text.size(), number, hex ? 16 : 10);
  auto length = static_cast<std::size_t>(end - text.data());
  if (fault == std::errc::invalid_argument) return 0;
  char32_t c = fault == std::errc() ? number : 0xfffd;
  if (c >= 0x80 && c < 0xa0) c = windows_1252_of(static_cast<unsigned char>(c));  // what pages mean by them
  if (c == 0 || c > 0x10ffff || (c >= 0xd800 && c < 0xe000)) c = 0xfffd;
  append_utf8(out, c);
  if (length < text.size() && text[length] == ';') ++length;
  return length;
}

std::size_t decode_name(std::string_view text, ReferencePlace place, std::string& out) {
  const NamedReference known = named_reference(text.substr(1));
  if (known.length == 0) return 0;
  const std::size_t length = known.length + 1;
  const char next = length < text.size() ? text[length] : ' ';
  const bool open = text[known.length] != ';';
  if (place == ReferencePlace::attribute && open && (next == '=' || letter_or_digit(next))) return 0;
  out += known.utf8;
  return length;
}

}  // namespace

NamedReference named_reference(std::string_view text) {
  std::size_t length = 0;
  while (length < text.size() && length < longest_name && letter_or_digit(text[length])) ++length;
  if (length < text.size() && text[length] == ';') {
    if (const Reference* known = find_reference(text.substr(0, length))) return {length + 1, known->utf8};
  }
  for (length = std::min(length, longest_alone); length > 1; --length) {
    const Reference* known = find_reference(text.substr(0, length));
    if (known != nullptr && known->alone) return {length, known->utf8};
  }
  return {};
}

std::string decode_references(std::string_view text, ReferencePlace place) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t mark = std::min(text.find('&', at), text.size());
    out.append(text, at, mark - at);
    at = mark;
    if (at == text.size()) break;
    const std::string_view rest = text.substr(at);
    const bool number = rest.size() > 1 && rest[1] == '#';
    const std::size_t length = number ? decode_number(rest, out) : decode_name(rest, place, out);
    if (length == 0) out += '&';
    at += std::max<std::size_t>(length, 1);
  }
  return out;
}

}  // namespace polybius
