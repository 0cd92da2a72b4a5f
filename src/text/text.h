// UTF-8 text that can be addressed by code points: the only place where bytes and code points meet.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "polybius/span.h"

namespace polybius {

/// A text with an index from code points to bytes. Copyable; views into it live as long as it does and is not
/// moved.
class Text {
 public:
  Text() = default;
  /// `utf8` must be valid (see `valid_utf8`).
  explicit Text(std::string utf8);

  const std::string& utf8() const {
    return utf8_;
  }
  /// Length in code points.
  std::uint32_t size() const;
  /// The bytes of a span; spans beyond the end are cut.
  std::string_view slice(Span span) const;
  /// The code point at an offset; 0 at or beyond the end.
  char32_t at(std::uint32_t offset) const;
  ByteRange bytes_of(Span span) const;
  /// The span of a byte range that starts and ends at code points.
  Span span_of(ByteRange bytes) const;

 private:
  std::string utf8_;
  std::vector<std::uint32_t> starts_;  // empty if all is ASCII: then byte n is code point n
};

/// Whether `bytes` are well-formed UTF-8 (no surrogates, no overlong forms).
bool valid_utf8(std::string_view bytes);
/// `bytes` with each ill-formed sequence replaced by U+FFFD; counts them into `replaced` if given.
std::string repair_utf8(std::string_view bytes, std::size_t* replaced = nullptr);
/// Decodes the code point at `position` and moves past it; U+FFFD for ill-formed bytes. `position <
/// bytes.size()`.
char32_t next_code_point(std::string_view bytes, std::size_t& position);
void append_utf8(std::string& out, char32_t code_point);
/// What a byte means in windows-1252; the five that mean nothing stay what they are, as browsers have it.
char32_t windows_1252_of(unsigned char byte);

/// Lower case, one code point to one (so offsets stay); simple mapping of Unicode.
char32_t lower_of(char32_t code_point);
bool is_upper(char32_t code_point);
bool is_letter(char32_t code_point);
bool is_digit(char32_t code_point);
/// White space of any kind, no-break spaces included.
bool is_space(char32_t code_point);
/// Any of " “ ” „ ‟ « » ‹ › ″ and doubled '' and `` are not covered: one code point only.
bool is_double_quote(char32_t code_point);
/// Any of ' ‘ ’ ‚ ‛ `
bool is_single_quote(char32_t code_point);
std::string lower_utf8(std::string_view utf8);
/// The first `most` bytes of `utf8`, or as many fewer as whole characters need.
std::string_view head_of(std::string_view utf8, std::size_t most);
/// The parts of `text` between `mark`s; one part if there is no mark, an empty one of an empty text.
std::vector<std::string_view> split_at(std::string_view text, char mark);
/// The host of an address as it stands, without user and port: "www.example.org" of
/// "https://me@www.example.org:80/a"; empty if there is no "://".
std::string_view host_of_url(std::string_view url);
/// Lower case without diacritics (é → e, ß → ss, ø → o): the form by which names are looked up.
std::string folded(std::string_view utf8);

}  // namespace polybius
