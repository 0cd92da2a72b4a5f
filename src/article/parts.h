// The steps of cleaning, each a function from values to values.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "article/article.h"

namespace polybius {

/// A line of text on its way through cleaning.
struct Line {
  std::string text;  ///< single spaces, none at the ends; empty for a blank line
  std::string why;   ///< why it leaves the text; empty if it stays
};

/// Cuts a text into lines and mends what no reader sees: control and zero-width characters go (counted in
/// `controls`), tabs and no-break spaces become spaces, runs of spaces one. Letters are never changed.
std::vector<Line> lines_of(std::string_view utf8, std::size_t& controls);
/// Joins the lines of paragraphs that were broken at a fixed width. Texts with one paragraph a line stay as
/// they are.
void unwrap_lines(std::vector<Line>& lines);

/// The table `boilerplate`, ready to match.
class Boilerplate {
 public:
  explicit Boilerplate(const Lexicon& lexicon);
  /// Marks the lines that leave the text.
  void mark(std::vector<Line>& lines) const;

 private:
  enum class Where : std::uint8_t { line, tail, head, until_blank };
  struct Rule {
    std::string pattern;  ///< lower case, `*` for anything
    std::string why;
    Where where = Where::line;
  };
  const Rule* rule_of(std::string_view line, bool at_head) const;
  std::vector<Rule> rules_;
  std::array<std::vector<std::uint32_t>, 256>
      by_first_;  ///< indices of rules whose patterns begin with that byte or with `*`
};

/// The language of a text.
struct LanguageGuess {
  std::string language;  ///< ISO 639-1; empty if unsure
  bool sure = false;
  std::size_t letters = 0;  ///< of the part that was looked at
};

/// Tells languages by their script and their commonest words (table `language_words`).
class LanguageTable {
 public:
  explicit LanguageTable(const Lexicon& lexicon);
  LanguageGuess guess(std::string_view utf8) const;

 private:
  std::vector<std::string> languages_;
  std::unordered_map<std::string, std::vector<std::uint8_t>> words_;
};

/// The date that a text gives for itself: a dateline with a year, or a line that is a date; empty if none.
std::string date_of_text(const std::vector<Line>& lines);

}  // namespace polybius
