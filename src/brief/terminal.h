// Lines of a terminal: wrapped by the width that signs really take, coloured if wanted, free of control
// characters.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace polybius {

/// How a piece of a line looks; without colour all look plain.
enum class Look { plain, strong, dim, heading, fact, under_way, planned, put_off, undone, warning, speech };

struct Piece {
  std::string text;
  Look look = Look::plain;
};

/// Columns that UTF-8 text takes: two for wide East Asian signs and emoji, none for combining ones.
int display_width(std::string_view utf8);

/// Sets paragraphs within a width.
class TerminalPage {
 public:
  TerminalPage(int width, bool colour);

  void blank_line();
  void rule();
  /// `first` stands before the first line, `margin` before the others, in the same look.
  void paragraph(const std::vector<Piece>& pieces, const Piece& first = {}, std::string_view margin = {});
  const std::string& text() const {
    return out_;
  }
  int width() const {
    return width_;
  }

 private:
  void put(std::string_view text, Look look);
  void turn(Look look);
  void end_line();
  void put_word(const std::vector<Piece>& word, int word_width, std::string_view margin);

  int width_;
  bool colour_;
  Look look_ = Look::plain;
  Look margin_look_ = Look::plain;
  int column_ = 0;
  int margin_width_ = 0;
  std::string out_;
};

}  // namespace polybius
