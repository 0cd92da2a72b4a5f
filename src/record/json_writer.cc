// JSON text by hand: several times as fast as a tree of values, and every byte of it decided here.
#include "record/json_writer.h"

#include <charconv>
#include <cmath>
#include <nlohmann/json.hpp>

#include "record/json_reader.h"

namespace polybius {
namespace {

void append_unicode_escape(std::string& out, unsigned code) {
  constexpr std::string_view digits = "0123456789abcdef";
  out += "\\u";
  for (int shift = 12; shift >= 0; shift -= 4) out += digits[(code >> shift) & 15U];
}

void append_control(std::string& out, char byte) {
  switch (byte) {
    case '"':
      out += "\\\"";
      break;
    case '\\':
      out += "\\\\";
      break;
    case '\n':
      out += "\\n";
      break;
    case '\r':
      out += "\\r";
      break;
    case '\t':
      out += "\\t";
      break;
    default:
      append_unicode_escape(out, static_cast<unsigned char>(byte));
  }
}

/// The length of a separator that some readers of lines take for an end of line (U+0085, U+2028, U+2029); 0
/// if there is none.
std::size_t line_separator_at(std::string_view text, std::size_t at, unsigned& code) {
  const std::string_view rest = text.substr(at, 3);
  if (rest.starts_with("\xC2\x85")) {
    code = 0x85;
    return 2;
  }
  if (rest == "\xE2\x80\xA8" || rest == "\xE2\x80\xA9") {
    code = rest[2] == '\xA8' ? 0x2028 : 0x2029;
    return 3;
  }
  return 0;
}

template <typename Number>
void append_integer(std::string& out, Number number) {
  char digits[16];
  const auto end = std::to_chars(digits, digits + sizeof digits, number).ptr;
  out.append(digits, end);
}

}  // namespace

void append_json_string(std::string& out, std::string_view text) {
  out += '"';
  std::size_t copied = 0;  // everything before it stands in `out`
  for (std::size_t at = 0; at < text.size(); ++at) {
    const auto byte = static_cast<unsigned char>(text[at]);
    if (byte >= 0x20 && byte != '"' && byte != '\\' && byte != 0xC2 && byte != 0xE2) continue;
    unsigned code = 0;
    const std::size_t separator = byte >= 0x80 ? line_separator_at(text, at, code) : 0;
    if (byte >= 0x80 && separator == 0) continue;
    out.append(text, copied, at - copied);
    if (separator != 0) {
      append_unicode_escape(out, code);
      at += separator - 1;
    } else {
      append_control(out, text[at]);
    }
    copied = at + 1;
  }
  out.append(text, copied);
  out += '"';
}

void append_json_number(std::string& out, double number) {
  char digits[400];
  if (!std::isfinite(number) || number == 0) number = 0;
  const auto end = std::to_chars(digits, digits + sizeof digits, number, std::chars_format::fixed).ptr;
  out.append(digits, end);
}

std::string canonical_json(std::string_view text) {
  if (json_depth_allowed(text)) {
    const auto value = nlohmann::ordered_json::parse(text, nullptr, false);
    if (!value.is_discarded()) return value.dump();
  }
  std::string out;
  append_json_string(out, text);
  return out;
}

void ObjectWriter::name(std::string_view key) {
  if (!first_) out_ += ',';
  first_ = false;
  out_ += '"';
  out_ += key;
  out_ += "\":";
}

void ObjectWriter::put(std::uint32_t value) {
  append_integer(out_, value);
}

void ObjectWriter::put(int value) {
  append_integer(out_, value);
}

void ObjectWriter::put(Span value) {
  out_ += '[';
  put(value.begin);
  out_ += ',';
  put(value.end);
  out_ += ']';
}

void ObjectWriter::share(std::string_view key, double value) {
  name(key);
  const double within = value > 0 ? std::fmin(value, 1) : 0;  // not a number: 0
  put(std::round(within * 1000) / 1000);
}

void ObjectWriter::anchor(std::string_view key, bool published, const std::optional<std::uint32_t>& offset) {
  if (published) {
    required(key, std::string("published"));
  } else if (offset) {
    required(key, *offset);
  }
}

void ObjectWriter::extra(std::string_view key,
                         const std::vector<std::pair<std::string, std::string>>& columns) {
  if (columns.empty()) return;
  name(key);
  out_ += '{';
  bool first = true;
  for (const auto& [column, value] : columns) {
    if (!first) out_ += ',';
    first = false;
    append_json_string(out_, column);
    out_ += ':';
    out_ += canonical_json(value);
  }
  out_ += '}';
}

}  // namespace polybius
