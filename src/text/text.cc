// UTF-8 decoding, the index from code points to bytes, and the few properties of characters that reading
// needs.
#include "text/text.h"

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <algorithm>

namespace polybius {
namespace {

constexpr char32_t kReplacement = 0xFFFD;

// Length of the well-formed sequence at `position`, or 0. Unicode 15, table 3-7.
std::size_t sequence_length(std::string_view bytes, std::size_t position) {
  const auto byte = [&](std::size_t offset) -> unsigned {
    return position + offset < bytes.size() ? static_cast<unsigned char>(bytes[position + offset]) : 0U;
  };
  const auto tail = [&](std::size_t offset) { return (byte(offset) & 0xC0U) == 0x80U; };
  const unsigned lead = byte(0);
  if (lead < 0x80) return 1;
  if (lead >= 0xC2 && lead <= 0xDF) return tail(1) ? 2 : 0;
  if (lead >= 0xE0 && lead <= 0xEF) {
    const unsigned low = lead == 0xE0 ? 0xA0U : 0x80U;
    const unsigned high = lead == 0xED ? 0x9FU : 0xBFU;
    return byte(1) >= low && byte(1) <= high && tail(2) ? 3 : 0;
  }
  if (lead >= 0xF0 && lead <= 0xF4) {
    const unsigned low = lead == 0xF0 ? 0x90U : 0x80U;
    const unsigned high = lead == 0xF4 ? 0x8FU : 0xBFU;
    return byte(1) >= low && byte(1) <= high && tail(2) && tail(3) ? 4 : 0;
  }
  return 0;
}

bool all_ascii(std::string_view bytes) {
  return std::all_of(bytes.begin(), bytes.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

// Letters that Unicode does not decompose but names are written without.
char32_t plain_letter(char32_t code_point) {
  switch (code_point) {
    case U'ø':
      return U'o';
    case U'đ':
      return U'd';
    case U'ð':
      return U'd';
    case U'ł':
      return U'l';
    case U'ı':
      return U'i';
    case U'ħ':
      return U'h';
    case U'’':
    case U'ʼ':
    case U'ʻ':
    case U'`':
    case U'‘':
      return U'\'';
    case U'‐':
    case U'‑':
    case U'–':
      return U'-';
    default:
      return code_point;
  }
}

}  // namespace

Text::Text(std::string utf8) : utf8_(std::move(utf8)) {
  if (all_ascii(utf8_)) return;
  starts_.reserve(utf8_.size() + 1);
  for (std::size_t position = 0; position < utf8_.size();) {
    starts_.push_back(static_cast<std::uint32_t>(position));
    next_code_point(utf8_, position);
  }
  starts_.push_back(static_cast<std::uint32_t>(utf8_.size()));
}

std::uint32_t Text::size() const {
  return static_cast<std::uint32_t>(starts_.empty() ? utf8_.size() : starts_.size() - 1);
}

ByteRange Text::bytes_of(Span span) const {
  const std::uint32_t end = std::min(span.end, size());
  const std::uint32_t begin = std::min(span.begin, end);
  if (starts_.empty()) return {begin, end};
  return {starts_[begin], starts_[end]};
}

std::string_view Text::slice(Span span) const {
  const ByteRange bytes = bytes_of(span);
  return std::string_view(utf8_).substr(bytes.begin, bytes.end - bytes.begin);
}

char32_t Text::at(std::uint32_t offset) const {
  if (offset >= size()) return 0;
  if (starts_.empty()) return static_cast<unsigned char>(utf8_[offset]);
  std::size_t position = starts_[offset];
  return next_code_point(utf8_, position);
}

Span Text::span_of(ByteRange bytes) const {
  if (starts_.empty()) return {std::min(bytes.begin, size()), std::min(bytes.end, size())};
  const auto offset = [&](std::uint32_t byte) {
    const auto at = std::lower_bound(starts_.begin(), starts_.end(), byte);
    return static_cast<std::uint32_t>(std::min<std::ptrdiff_t>(at - starts_.begin(), size()));
  };
  return {offset(bytes.begin), offset(bytes.end)};
}

bool valid_utf8(std::string_view bytes) {
  for (std::size_t position = 0; position < bytes.size();) {
    const std::size_t length = sequence_length(bytes, position);
    if (length == 0) return false;
    position += length;
  }
  return true;
}

std::string repair_utf8(std::string_view bytes, std::size_t* replaced) {
  std::string out;
  out.reserve(bytes.size());
  for (std::size_t position = 0; position < bytes.size();) {
    const std::size_t length = sequence_length(bytes, position);
    if (length == 0) {
      append_utf8(out, kReplacement);
      if (replaced != nullptr) ++*replaced;
      ++position;
    } else {
      out.append(bytes.substr(position, length));
      position += length;
    }
  }
  return out;
}

char32_t next_code_point(std::string_view bytes, std::size_t& position) {
  const std::size_t length = sequence_length(bytes, position);
  const auto byte = [&](std::size_t offset) {
    return static_cast<char32_t>(static_cast<unsigned char>(bytes[position + offset]));
  };
  char32_t code_point = kReplacement;
  switch (length) {
    case 1:
      code_point = byte(0);
      break;
    case 2:
      code_point = (byte(0) & 0x1FU) << 6 | (byte(1) & 0x3FU);
      break;
    case 3:
      code_point = (byte(0) & 0x0FU) << 12 | (byte(1) & 0x3FU) << 6 | (byte(2) & 0x3FU);
      break;
    case 4:
      code_point =
          (byte(0) & 0x07U) << 18 | (byte(1) & 0x3FU) << 12 | (byte(2) & 0x3FU) << 6 | (byte(3) & 0x3FU);
      break;
    default:
      break;
  }
  position += std::max<std::size_t>(length, 1);
  return code_point;
}

char32_t windows_1252_of(unsigned char byte) {
  static constexpr char16_t upper[32] = {0x20ac, 0x81,   0x201a, 0x192,  0x201e, 0x2026, 0x2020, 0x2021,
                                         0x2c6,  0x2030, 0x160,  0x2039, 0x152,  0x8d,   0x17d,  0x8f,
                                         0x90,   0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014,
                                         0x2dc,  0x2122, 0x161,  0x203a, 0x153,  0x9d,   0x17e,  0x178};
  return byte >= 0x80 && byte < 0xa0 ? upper[byte - 0x80] : byte;
}

void append_utf8(std::string& out, char32_t code_point) {
  const auto put = [&](char32_t byte) { out.push_back(static_cast<char>(static_cast<unsigned char>(byte))); };
  if (code_point < 0x80) {
    put(code_point);
  } else if (code_point < 0x800) {
    put(0xC0U | code_point >> 6);
    put(0x80U | (code_point & 0x3FU));
  } else if (code_point < 0x10000) {
    put(0xE0U | code_point >> 12);
    put(0x80U | (code_point >> 6 & 0x3FU));
    put(0x80U | (code_point & 0x3FU));
  } else {
    put(0xF0U | code_point >> 18);
    put(0x80U | (code_point >> 12 & 0x3FU));
    put(0x80U | (code_point >> 6 & 0x3FU));
    put(0x80U | (code_point & 0x3FU));
  }
}

char32_t lower_of(char32_t code_point) {
  if (code_point < 0x80) return code_point >= 'A' && code_point <= 'Z' ? code_point + 32 : code_point;
  return static_cast<char32_t>(u_tolower(static_cast<UChar32>(code_point)));
}

bool is_upper(char32_t code_point) {
  if (code_point < 0x80) return code_point >= 'A' && code_point <= 'Z';
  return u_isupper(static_cast<UChar32>(code_point)) != 0 || u_istitle(static_cast<UChar32>(code_point)) != 0;
}

bool is_letter(char32_t code_point) {
  if (code_point < 0x80) return (code_point | 32U) >= 'a' && (code_point | 32U) <= 'z';
  return u_isalpha(static_cast<UChar32>(code_point)) != 0;
}

bool is_digit(char32_t code_point) {
  if (code_point < 0x80) return code_point >= '0' && code_point <= '9';
  return u_isdigit(static_cast<UChar32>(code_point)) != 0;
}

bool is_space(char32_t code_point) {
  if (code_point < 0x80) return code_point == ' ' || (code_point >= '\t' && code_point <= '\r');
  return u_isUWhiteSpace(static_cast<UChar32>(code_point)) != 0;
}

bool is_double_quote(char32_t code_point) {
  switch (code_point) {
    case U'"':
    case U'“':
    case U'”':
    case U'„':
    case U'‟':
    case U'«':
    case U'»':
    case U'‹':
    case U'›':
    case U'″':
    case U'＂':
    case U'「':
    case U'」':
      return true;
    default:
      return false;
  }
}

bool is_single_quote(char32_t code_point) {
  switch (code_point) {
    case U'\'':
    case U'‘':
    case U'’':
    case U'‚':
    case U'‛':
    case U'`':
      return true;
    default:
      return false;
  }
}

std::string lower_utf8(std::string_view utf8) {
  std::string out;
  out.reserve(utf8.size());
  for (std::size_t position = 0; position < utf8.size();)
    append_utf8(out, lower_of(next_code_point(utf8, position)));
  return out;
}

std::string folded(std::string_view utf8) {
  if (all_ascii(utf8)) return lower_utf8(utf8);
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* decomposer = icu::Normalizer2::getNFKDInstance(status);
  const auto length = static_cast<std::int32_t>(utf8.size());
  const icu::UnicodeString decomposed =
      decomposer->normalize(icu::UnicodeString::fromUTF8(icu::StringPiece(utf8.data(), length)), status);
  std::string out;
  for (std::int32_t at = 0; at < decomposed.length(); at = decomposed.moveIndex32(at, 1)) {
    const UChar32 code_point = decomposed.char32At(at);
    if (u_charType(code_point) == U_NON_SPACING_MARK) continue;
    const char32_t letter = plain_letter(lower_of(static_cast<char32_t>(code_point)));
    if (letter == U'ß') {
      out += "ss";
    } else if (letter == U'æ') {
      out += "ae";
    } else if (letter == U'œ') {
      out += "oe";
    } else {
      append_utf8(out, letter);
    }
  }
  return out;
}

std::string_view head_of(std::string_view utf8, std::size_t most) {
  if (utf8.size() <= most) return utf8;
  while (most > 0 && (static_cast<unsigned char>(utf8[most]) & 0xC0U) == 0x80U) --most;
  return utf8.substr(0, most);
}

std::vector<std::string_view> split_at(std::string_view text, char mark) {
  std::vector<std::string_view> parts;
  while (true) {
    const auto end = text.find(mark);
    parts.push_back(text.substr(0, end));
    if (end == std::string_view::npos) return parts;
    text.remove_prefix(end + 1);
  }
}

std::string_view host_of_url(std::string_view url) {
  const std::size_t scheme = url.find("://");
  if (scheme == std::string_view::npos) return {};
  url.remove_prefix(scheme + 3);
  url = url.substr(0, url.find_first_of("/?#"));
  const std::size_t user = url.rfind('@');
  if (user != std::string_view::npos) url.remove_prefix(user + 1);
  return url.substr(0, url.find(':'));
}

}  // namespace polybius
