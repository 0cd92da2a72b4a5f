// Lines and paragraphs of plain text, whatever wrote them.
#include <algorithm>

#include "article/parts.h"
#include "text/text.h"

namespace polybius {
namespace {

constexpr std::size_t most_lines = 400'000;  // what follows is one line

/// Characters that carry no text: controls, zero-width ones, marks of direction.
bool is_invisible(char32_t c) {
  return c < 0x20 || (c >= 0x7f && c < 0xa0) || c == 0xad || c == 0x200b || c == 0x200e || c == 0x200f ||
         (c >= 0x202a && c <= 0x202e) || (c >= 0x2060 && c <= 0x206f) || c == 0xfeff ||
         (c >= 0xfff0 && c <= 0xfffb) || (c & 0xfffe) == 0xfffe;
}

bool is_line_end(char32_t c) {
  return c == '\n' || c == '\r' || c == 0x85 || c == 0x2028 || c == 0x2029 || c == '\f';
}

bool ends_sentence(std::string_view line) {
  while (line.ends_with("”") || line.ends_with("’")) line.remove_suffix(3);
  while (line.ends_with('"') || line.ends_with('\'') || line.ends_with(')')) line.remove_suffix(1);
  return line.ends_with('.') || line.ends_with('!') || line.ends_with('?') || line.ends_with(':');
}

}  // namespace

std::vector<Line> lines_of(std::string_view utf8, std::size_t& controls) {
  std::vector<Line> lines;
  std::string line;
  bool space = false;  // a space is due before the next character
  char32_t before = 0;
  const auto end_line = [&] {
    lines.push_back({std::move(line), ""});
    line.clear();
    space = false;
  };
  for (std::size_t at = 0; at < utf8.size();) {
    const std::size_t begin = at;
    const auto byte = static_cast<unsigned char>(utf8[at]);
    const char32_t c = byte < 0x80 ? (++at, byte) : next_code_point(utf8, at);
    if (is_line_end(c) && lines.size() >= most_lines) {
      space = !line.empty();
    } else if (is_line_end(c)) {
      if (c != '\n' || before != '\r') end_line();
    } else if (c == '\t' || c == '\v' || (c != 0x200b && is_space(c))) {
      space = !line.empty();
    } else if (is_invisible(c)) {
      controls += static_cast<std::size_t>(c < 0x20 || (c >= 0x7f && c < 0xa0));
    } else {
      if (space) line += ' ';
      space = false;
      line.append(utf8, begin, at - begin);
    }
    before = c;
  }
  if (!line.empty()) end_line();
  return lines;
}

void unwrap_lines(std::vector<Line>& lines) {
  // Wrapped text: blank lines part the paragraphs, and within them lines of like length end anywhere.
  std::size_t inner = 0;
  std::size_t wrapped = 0;
  std::size_t blank = 0;
  for (std::size_t i = 0; i + 1 < lines.size(); ++i) {
    blank += static_cast<std::size_t>(lines[i].text.empty());
    if (lines[i].text.empty() || lines[i + 1].text.empty()) continue;
    ++inner;
    const std::size_t length = lines[i].text.size();
    wrapped += static_cast<std::size_t>(length >= 45 && length <= 100 && !ends_sentence(lines[i].text));
  }
  if (blank == 0 || wrapped < 3 || wrapped * 3 < inner * 2) return;
  std::vector<Line> out;
  bool joins = false;
  for (Line& line : lines) {
    if (joins && !line.text.empty()) {
      out.back().text += ' ' + line.text;
    } else {
      out.push_back(std::move(line));
    }
    joins = !out.back().text.empty();
  }
  lines = std::move(out);
}

}  // namespace polybius
