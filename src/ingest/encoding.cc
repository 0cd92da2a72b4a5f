// Bytes of any usual encoding to UTF-8: what is declared, what is valid, what is likely, in that order of
// trust.
#include <unicode/ucnv.h>
#include <unicode/ucsdet.h>

#include <algorithm>
#include <array>
#include <memory>

#include "ingest/forms.h"
#include "text/text.h"

namespace polybius {
namespace {

bool is_high(char c) {
  return static_cast<unsigned char>(c) >= 0x80;
}

std::size_t count_replacements(std::string_view utf8) {
  std::size_t count = 0;
  for (std::size_t at = 0; (at = utf8.find("\xef\xbf\xbd", at)) != std::string_view::npos; at += 3) ++count;
  return count;
}

/// Nothing if ICU knows no such charset. Piece by piece, so that a long text is held once, not as UTF-16 too.
std::optional<std::string> converted(std::string_view bytes, const std::string& charset) {
  UErrorCode status = U_ZERO_ERROR;
  const std::unique_ptr<UConverter, void (*)(UConverter*)> from(ucnv_open(charset.c_str(), &status),
                                                                ucnv_close);
  const std::unique_ptr<UConverter, void (*)(UConverter*)> to(ucnv_open("UTF-8", &status), ucnv_close);
  if (U_FAILURE(status)) return std::nullopt;
  std::string out;
  out.reserve(bytes.size() + bytes.size() / 8);
  std::array<UChar, 4096> pivot{};
  std::array<char, 16384> piece{};
  UChar* pivot_from = pivot.data();
  UChar* pivot_to = pivot.data();
  const char* source = bytes.data();
  bool first = true;
  do {
    status = U_ZERO_ERROR;
    char* target = piece.data();
    ucnv_convertEx(to.get(), from.get(), &target, piece.data() + piece.size(), &source,
                   bytes.data() + bytes.size(), pivot.data(), &pivot_from, &pivot_to,
                   pivot.data() + pivot.size(), static_cast<UBool>(first), 1, &status);
    out.append(piece.data(), target);
    first = false;
  } while (status == U_BUFFER_OVERFLOW_ERROR);
  if (U_FAILURE(status)) return std::nullopt;
  return out;
}

/// The names under which the web and ICU mean different tables: what pages call Latin-1 is windows-1252.
std::string usual_charset(std::string_view name) {
  static constexpr std::array<std::array<std::string_view, 2>, 12> aliases{{{"iso-8859-1", "windows-1252"},
                                                                            {"iso8859-1", "windows-1252"},
                                                                            {"latin1", "windows-1252"},
                                                                            {"us-ascii", "windows-1252"},
                                                                            {"ascii", "windows-1252"},
                                                                            {"iso-8859-9", "windows-1254"},
                                                                            {"iso-8859-11", "windows-874"},
                                                                            {"gb2312", "gb18030"},
                                                                            {"gbk", "gb18030"},
                                                                            {"shift_jis", "windows-31j"},
                                                                            {"sjis", "windows-31j"},
                                                                            {"utf8", "utf-8"}}};
  const std::string lower = lower_ascii(trimmed(name));
  for (const auto& [from, to] : aliases) {
    if (lower == from) return std::string(to);
  }
  return lower;
}

/// UTF-8 in which some bytes are of another hand: those are read as windows-1252.
std::string mended_utf8(std::string_view bytes) {
  std::string out;
  out.reserve(bytes.size() + bytes.size() / 8);
  std::size_t at = 0;
  while (at < bytes.size()) {
    if (!is_high(bytes[at])) {
      out += bytes[at++];
      continue;
    }
    std::size_t next = at;
    const char32_t code_point = next_code_point(bytes, next);
    if (code_point == 0xfffd && bytes.substr(at, 3) != "\xef\xbf\xbd") {
      append_utf8(out, windows_1252_of(static_cast<unsigned char>(bytes[at])));
      ++at;
    } else {
      out.append(bytes, at, next - at);
      at = next;
    }
  }
  return out;
}

struct HighBytes {
  std::size_t letters = 0;  ///< ASCII letters
  std::size_t high = 0;
  std::size_t sequences = 0;  ///< well-formed UTF-8 sequences of several bytes
  std::size_t broken = 0;     ///< bytes that belong to none
};

HighBytes count_high_bytes(std::string_view bytes) {
  HighBytes out;
  for (std::size_t at = 0; at < bytes.size();) {
    const char c = bytes[at];
    if (!is_high(c)) {
      out.letters += static_cast<std::size_t>((c | 0x20) >= 'a' && (c | 0x20) <= 'z');
      ++at;
      continue;
    }
    std::size_t next = at;
    const char32_t code_point = next_code_point(bytes, next);
    const bool good = code_point != 0xfffd || bytes.substr(at, 3) == "\xef\xbf\xbd";
    out.high += good ? next - at : 1;
    out.sequences += static_cast<std::size_t>(good);
    out.broken += static_cast<std::size_t>(!good);
    at = good ? next : at + 1;
  }
  return out;
}

/// The likeliest charset of bytes that are not UTF-8, and the text in it.
Decoded guessed(std::string_view bytes, const HighBytes& counts) {
  constexpr std::size_t enough = 256 * 1024;
  // A few high bytes among many letters are quotation marks, dashes and an accent: nothing to detect a
  // language from.
  if (counts.high * 50 < counts.letters) {
    return {converted(bytes, "windows-1252").value_or(""), "windows-1252", true, 0};
  }
  UErrorCode status = U_ZERO_ERROR;
  const std::unique_ptr<UCharsetDetector, void (*)(UCharsetDetector*)> detector(ucsdet_open(&status),
                                                                                ucsdet_close);
  const std::string_view sample = bytes.substr(0, enough);
  ucsdet_setText(detector.get(), sample.data(), static_cast<int32_t>(sample.size()), &status);
  int32_t count = 0;
  const UCharsetMatch** matches = ucsdet_detectAll(detector.get(), &count, &status);
  for (int32_t i = 0; U_SUCCESS(status) && i < count; ++i) {
    const std::string name = usual_charset(ucsdet_getName(matches[i], &status));
    if (ucsdet_getConfidence(matches[i], &status) < 10 || name.starts_with("utf-") ||
        name.starts_with("ibm4"))
      continue;
    auto text = converted(bytes, name);
    if (!text) continue;
    const std::size_t replaced = count_replacements(*text);
    if (replaced * 200 < counts.high + 200) return {std::move(*text), name, true, replaced};
  }
  return {converted(bytes, "windows-1252").value_or(""), "windows-1252", true, 0};
}

}  // namespace

Decoded decode_text(std::string bytes, std::string_view declared) {
  if (bytes.starts_with("\xef\xbb\xbf")) bytes.erase(0, 3);
  const std::string named = usual_charset(declared);
  // These are made of ASCII bytes, so that being valid UTF-8 says nothing.
  if (named.starts_with("iso-2022") || named.starts_with("hz") || named.starts_with("utf-16")) {
    auto text = named.starts_with("utf-16") && valid_utf8(bytes) ? std::nullopt : converted(bytes, named);
    if (text) {
      const std::size_t replaced = count_replacements(*text);
      return {std::move(*text), named, false, replaced};
    }
  }
  if (valid_utf8(bytes)) return {std::move(bytes), "UTF-8", false, 0};
  const HighBytes counts = count_high_bytes(bytes);
  if (counts.sequences >= 4 * counts.broken) return {mended_utf8(bytes), "UTF-8", false, counts.broken};
  if (!named.empty() && named != "utf-8") {
    auto text = converted(bytes, named);
    const std::size_t replaced = text ? count_replacements(*text) : 0;
    if (text && replaced * 50 <= counts.high) return {std::move(*text), named, false, replaced};
  }
  return guessed(bytes, counts);
}

std::string decode_noting(std::string bytes, std::string_view declared, std::vector<Warning>& warnings) {
  Decoded decoded = decode_text(std::move(bytes), declared);
  if (decoded.guessed) {
    warnings.push_back({"encoding", false, 0, 0, "read as " + decoded.charset + ", which is a guess"});
  } else if (decoded.replaced > 0) {
    warnings.push_back({"encoding", false, 0, 0,
                        std::to_string(decoded.replaced) + " bytes were not valid " + decoded.charset +
                            " and were replaced or read as windows-1252"});
  }
  return std::move(decoded.utf8);
}

std::string declared_charset(std::string_view head) {
  head = head.substr(0, 4096);
  for (const std::string_view key : {"charset", "encoding"}) {
    for (std::size_t at = 0; at + key.size() < head.size(); ++at) {
      if (!begins_ignoring_case(head.substr(at), key)) continue;
      std::string_view rest = trimmed(head.substr(at + key.size()));
      if (!rest.starts_with('=')) continue;
      rest = trimmed(rest.substr(1));
      if (rest.starts_with('"') || rest.starts_with('\'')) rest.remove_prefix(1);
      const std::size_t end = std::min(rest.find_first_of(" \t\r\n\"'>;/?"), rest.size());
      if (end > 0 && end < 32) return std::string(rest.substr(0, end));
    }
  }
  return "";
}

}  // namespace polybius
