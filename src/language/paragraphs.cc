// Finds lines and, where a text is hard-wrapped at a width, joins what the wrapping cut.
#include "language/paragraphs.h"

#include <algorithm>
#include <optional>

#include "text/text.h"

namespace polybius {
namespace {

constexpr std::uint32_t kNarrowest = 40;  // a text is not wrapped at less
constexpr std::uint32_t kWidest = 140;    // nor at more

struct Line {
  Span span;                ///< without the white space around it
  bool blank_after = true;  ///< the next line is blank or there is none
};

std::vector<Line> lines_of(std::u32string_view codes) {
  std::vector<Line> lines;
  std::uint32_t position = 0;
  const auto size = static_cast<std::uint32_t>(codes.size());
  bool blank = true;
  while (position < size) {
    std::uint32_t end = position;
    while (end < size && !is_line_end(codes[end])) ++end;
    Span span{position, end};
    while (span.begin < span.end && is_space(codes[span.begin])) ++span.begin;
    while (span.begin < span.end && is_space(codes[span.end - 1])) --span.end;
    position = end + 1;
    if (end + 1 < size && codes[end] == U'\r' && codes[end + 1] == U'\n') ++position;
    if (span.begin == span.end) {
      blank = true;
      continue;
    }
    if (!blank && !lines.empty()) lines.back().blank_after = false;
    lines.push_back({span, true});
    blank = false;
  }
  return lines;
}

std::uint32_t first_word_length(std::u32string_view codes, Span line) {
  std::uint32_t end = line.begin;
  while (end < line.end && !is_space(codes[end])) ++end;
  return end - line.begin;
}

// The line is full: the next line's first word would not have fitted.
bool is_full(std::u32string_view codes, const Line& line, const Line& next, std::uint32_t width) {
  return line.span.size() + 1 + first_word_length(codes, next.span) > width;
}

// The width below which nearly all lines stay: a few long addresses may stand out of a wrapped text.
std::uint32_t width_of(const std::vector<Line>& lines) {
  std::vector<std::uint32_t> lengths;
  for (const Line& line : lines) lengths.push_back(line.span.size());
  std::sort(lengths.begin(), lengths.end());
  return lengths[lengths.size() - 1 - lengths.size() / 50];
}

bool goes_on(std::u32string_view codes, const Line& line, const Line& next) {
  const char32_t last = codes[line.span.end - 1];
  const char32_t first = codes[next.span.begin];
  const bool stops = last == U'.' || last == U'!' || last == U'?' || last == U':' || is_double_quote(last);
  return !stops && is_letter(first) && !is_upper(first);
}

/// The width that the text is wrapped at, if it is: most line ends inside paragraphs stand where the next
/// word no longer fitted, and many of them amid a clause.
std::optional<std::uint32_t> wrap_width(std::u32string_view codes, const std::vector<Line>& lines) {
  if (lines.size() < 2) return std::nullopt;
  const std::uint32_t width = width_of(lines);
  if (width < kNarrowest || width > kWidest) return std::nullopt;
  std::size_t inner = 0;
  std::size_t full = 0;
  std::size_t amid = 0;
  for (std::size_t i = 0; i + 1 < lines.size(); ++i) {
    if (lines[i].blank_after) continue;
    ++inner;
    const bool filled = is_full(codes, lines[i], lines[i + 1], width + 1);
    full += filled ? 1 : 0;
    amid += filled && goes_on(codes, lines[i], lines[i + 1]) ? 1 : 0;
  }
  if (inner == 0 || amid == 0) return std::nullopt;
  const bool wrapped = full * 10 >= inner * 6 && amid * 10 >= full * 3;
  if (!wrapped) return std::nullopt;
  return width;
}

}  // namespace

bool is_line_end(char32_t c) {
  return c == U'\n' || c == U'\r' || c == U'\v' || c == U'\f' || c == 0x85 || c == 0x2028 || c == 0x2029;
}

std::vector<Span> blocks_of(std::u32string_view codes) {
  const std::vector<Line> lines = lines_of(codes);
  const std::optional<std::uint32_t> width = wrap_width(codes, lines);
  std::vector<Span> blocks;
  bool joined = false;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (joined) {
      blocks.back().end = lines[i].span.end;
    } else {
      blocks.push_back(lines[i].span);
    }
    // A ragged right margin, as of old wire copy, leaves lines a word short of the width.
    joined = width && !lines[i].blank_after && i + 1 < lines.size() &&
             (is_full(codes, lines[i], lines[i + 1], *width) ||
              (lines[i].span.size() * 2 > *width && goes_on(codes, lines[i], lines[i + 1])));
  }
  return blocks;
}

}  // namespace polybius
