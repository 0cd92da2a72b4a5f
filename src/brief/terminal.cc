// Lines of a terminal: wrapped by the width that signs really take, coloured if wanted, free of control
// characters.
#include "brief/terminal.h"

#include <unicode/uchar.h>

#include <algorithm>

#include "text/text.h"

namespace polybius {
namespace {

int code_point_width(char32_t code_point) {
  const auto sign = static_cast<UChar32>(code_point);
  const auto category = U_MASK(u_charType(sign));
  if (category & (U_GC_MN_MASK | U_GC_ME_MASK | U_GC_CF_MASK)) return 0;
  const int width = u_getIntPropertyValue(sign, UCHAR_EAST_ASIAN_WIDTH);
  return width == U_EA_WIDE || width == U_EA_FULLWIDTH ? 2 : 1;
}

/// Whether a terminal may act on it instead of showing it, or read the line in another direction.
bool is_unsafe(char32_t code_point) {
  return code_point < 0x20 || (code_point >= 0x7F && code_point < 0xA0) ||
         (code_point >= 0x202A && code_point <= 0x202E) || (code_point >= 0x2066 && code_point <= 0x2069);
}

std::string_view ansi_of(Look look) {
  switch (look) {
    case Look::plain:
      return "";
    case Look::strong:
      return "\x1b[1m";
    case Look::dim:
      return "\x1b[2m";
    case Look::heading:
      return "\x1b[1;4m";
    case Look::fact:
      return "\x1b[1;32m";
    case Look::under_way:
      return "\x1b[1;36m";
    case Look::planned:
      return "\x1b[34m";
    case Look::put_off:
      return "\x1b[33m";
    case Look::undone:
      return "\x1b[31m";
    case Look::warning:
      return "\x1b[1;33m";
    case Look::speech:
      return "\x1b[3m";
  }
  return "";
}

}  // namespace

int display_width(std::string_view utf8) {
  int width = 0;
  for (std::size_t at = 0; at < utf8.size();) width += code_point_width(next_code_point(utf8, at));
  return width;
}

TerminalPage::TerminalPage(int width, bool colour) : width_(std::clamp(width, 40, 110)), colour_(colour) {}

void TerminalPage::blank_line() {
  if (!out_.empty() && !out_.ends_with("\n\n")) out_ += '\n';
}

void TerminalPage::rule() {
  std::string line;
  for (int i = 0; i < width_; ++i) line += "─";
  put(line, Look::dim);
  end_line();
}

/// Changes how what follows looks; words that look alike share one change.
void TerminalPage::turn(Look look) {
  if (!colour_ || look == look_) return;
  if (look_ != Look::plain) out_ += "\x1b[0m";
  out_ += ansi_of(look);
  look_ = look;
}

void TerminalPage::end_line() {
  turn(Look::plain);
  out_ += '\n';
}

void TerminalPage::put(std::string_view text, Look look) {
  if (text.empty()) return;
  turn(look);
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t from = at;
    const char32_t code_point = next_code_point(text, at);
    out_ += is_unsafe(code_point) ? std::string_view("\xEF\xBF\xBD") : text.substr(from, at - from);
  }
}

void TerminalPage::put_word(const std::vector<Piece>& word, int word_width, std::string_view margin) {
  const bool starts_line = column_ == margin_width_;
  if (!starts_line && column_ + 1 + word_width > width_) {
    end_line();
    put(margin, margin_look_);
    column_ = margin_width_ = display_width(margin);
  } else if (!starts_line) {
    if (word.front().look != look_) turn(Look::plain);
    out_ += ' ';
    ++column_;
  }
  if (column_ + word_width <= width_) {
    for (const Piece& piece : word) put(piece.text, piece.look);
    column_ += word_width;
    return;
  }
  for (const Piece& piece : word) {  // longer than a line: broken where the line ends
    for (std::size_t at = 0; at < piece.text.size();) {
      const std::size_t from = at;
      const int width = code_point_width(next_code_point(piece.text, at));
      if (column_ + width > width_) {
        end_line();
        put(margin, margin_look_);
        column_ = margin_width_ = display_width(margin);
      }
      put(std::string_view(piece.text).substr(from, at - from), piece.look);
      column_ += width;
    }
  }
}

void TerminalPage::paragraph(const std::vector<Piece>& pieces, const Piece& first, std::string_view margin) {
  put(first.text, first.look);
  margin_look_ = first.look;
  column_ = margin_width_ = display_width(first.text);
  std::vector<Piece> word;
  int word_width = 0;
  const auto end_word = [&] {
    if (!word.empty()) put_word(word, word_width, margin);
    word.clear();
    word_width = 0;
  };
  for (const Piece& piece : pieces) {
    std::string part;
    const auto end_part = [&] {
      if (!part.empty()) word.push_back({std::move(part), piece.look});
      part.clear();
    };
    for (std::size_t at = 0; at < piece.text.size();) {
      const std::size_t from = at;
      const char32_t code_point = next_code_point(piece.text, at);
      if (code_point == ' ' || code_point == '\n') {
        end_part();
        end_word();
        continue;
      }
      part.append(piece.text, from, at - from);
      word_width += code_point_width(code_point);
    }
    end_part();
  }
  end_word();
  end_line();
}

}  // namespace polybius
