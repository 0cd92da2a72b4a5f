// Cuts a line into surface tokens, from left to right: shapes first, then words, then marks.
#include "language/tokenise.h"

#include <algorithm>
#include <array>

#include "language/shapes.h"
#include "text/text.h"

namespace polybius {
namespace {

// First parts that stay joined to what follows their hyphen, as the English treebanks write them.
constexpr std::array<std::string_view, 44> kPrefixes = {
    "non",   "e",     "re",    "mid",   "anti",    "co",     "pre",   "pro",   "post",   "cross", "over",
    "semi",  "multi", "ex",    "sub",   "counter", "mini",   "neo",   "socio", "psycho", "inter", "intra",
    "super", "ultra", "un",    "de",    "bio",     "pseudo", "quasi", "trans", "arch",   "micro", "macro",
    "mega",  "hyper", "extra", "proto", "meta",    "geo",    "poly",  "uni",   "tele",   "agro",  "cyber"};

bool is_prefix(std::u32string_view word) {
  const std::string low = ascii_lower(word);
  return std::find(kPrefixes.begin(), kPrefixes.end(), low) != kPrefixes.end();
}

/// Walks over one run without white space.
class ChunkCutter {
 public:
  ChunkCutter(std::u32string_view codes, Span chunk, Span line, const AbbreviationTest& is_abbreviation,
              std::vector<Span>& out)
      : codes_(codes), chunk_(chunk), line_(line), is_abbreviation_(is_abbreviation), out_(out) {}

  void cut() {
    std::uint32_t position = chunk_.begin;
    while (position < chunk_.end) {
      const auto length = static_cast<std::uint32_t>(token_length(position));
      out_.push_back({position, position + length});
      position += length;
    }
  }

 private:
  std::u32string_view rest_of(std::uint32_t position) const {
    return codes_.substr(position, chunk_.end - position);
  }

  char32_t at(std::uint32_t position) const {
    return position < chunk_.end ? codes_[position] : U' ';
  }

  std::size_t token_length(std::uint32_t position) const {
    const std::u32string_view rest = rest_of(position);
    const bool fresh = position == chunk_.begin || !is_word_character(codes_[position - 1]);
    if (fresh) {
      if (const std::size_t length = match_address(rest)) return length;
      if (const std::size_t length = match_acronym(rest)) return with_clitic(position, length);
    }
    if (const std::size_t length = match_smiley(rest)) return length;
    if (const std::size_t length = match_number(rest)) return number_length(position, length);
    if (is_word_character(rest[0])) return word_length(position);
    if (const std::size_t length = match_elision(rest)) return length;
    return match_marks(rest);
  }

  // "'em", "'cause", "'til": an apostrophe that stands for letters.
  static std::size_t match_elision(std::u32string_view rest) {
    if (!is_apostrophe(rest[0])) return 0;
    std::size_t end = 1;
    while (end < rest.size() && is_word_character(rest[end])) ++end;
    const std::string low = ascii_lower(rest.substr(1, end - 1));
    constexpr std::array<std::string_view, 10> kElided = {"em", "cause", "til",  "till", "cuz",
                                                          "n",  "tis",   "twas", "nt",   "bout"};
    return std::find(kElided.begin(), kElided.end(), low) != kElided.end() ? end : 0;
  }

  std::size_t number_length(std::uint32_t position, std::size_t length) const {
    return with_clitic(position, length);
  }

  // "Iran's", "U.S.'s", "1980's", "don't": the clitic belongs to the surface token. "parents'" too, where no
  // quotation is open.
  std::size_t with_clitic(std::uint32_t position, std::size_t length) const {
    const std::uint32_t end = position + static_cast<std::uint32_t>(length);
    if (!is_apostrophe(at(end))) return length;
    std::uint32_t tail = end + 1;
    while (is_word_character(at(tail))) ++tail;
    const std::string low = ascii_lower(codes_.substr(end + 1, tail - end - 1));
    constexpr std::array<std::string_view, 7> kClitics = {"s", "t", "m", "re", "ve", "ll", "d"};
    if (std::find(kClitics.begin(), kClitics.end(), low) != kClitics.end()) return tail - position;
    const bool sibilant = lower_of(codes_[end - 1]) == U's' || lower_of(codes_[end - 1]) == U'z' ||
                          lower_of(codes_[end - 1]) == U'x';
    if (low.empty() && sibilant && can_be_possessive(end)) return length + 1;
    return length;
  }

  bool can_be_possessive(std::uint32_t apostrophe) const {
    std::uint32_t next = apostrophe + 1;
    if (next < chunk_.end && codes_[next] != U'-') return false;  // "boys'," closes a quotation more often
    while (next < line_.end && is_space(codes_[next])) ++next;
    if (next >= line_.end || !is_word_character(codes_[next])) return false;
    for (std::uint32_t before = apostrophe; before-- > line_.begin;) {
      const char32_t c = codes_[before];
      if (c != U'\'' && c != U'‘' && c != U'`') continue;
      const bool opens = (before == line_.begin || !is_word_character(codes_[before - 1])) &&
                         before + 1 < line_.end && !is_space(codes_[before + 1]);
      if (opens) return false;
      if (is_space(codes_[before + 1 < line_.end ? before + 1 : before])) break;  // a quotation closed there
    }
    return true;
  }

  std::uint32_t plain_word_end(std::uint32_t position) const {
    std::uint32_t end = position;
    while (true) {
      while (is_word_character(at(end)) || at(end) == U'_') ++end;
      const bool joins_apostrophe =
          is_apostrophe(at(end)) && at(end) != U'`' && is_letter(at(end + 1)) && end > position;
      const bool joins_ampersand = at(end) == U'&' && is_upper(at(end + 1)) && is_upper(at(end - 1)) &&
                                   end - position <= 3 &&
                                   !(is_word_character(at(end + 2)) && !is_upper(at(end + 2)));
      const bool joins_dot = at(end) == U'.' && is_digit(at(end + 1)) && is_digit(at(end - 1));
      if (!joins_apostrophe && !joins_ampersand && !joins_dot) return end;
      end += 1;
    }
  }

  std::size_t word_length(std::uint32_t position) const {
    std::uint32_t end = plain_word_end(position);
    if (at(end) == U'.' && (end + 1 == chunk_.end || !is_word_character(at(end + 1)))) {
      const bool stop_run = at(end + 1) == U'.';
      const std::u32string_view with_stop = codes_.substr(position, end + 1 - position);
      if (!stop_run && (is_initial(position, end) || stop_belongs(with_stop, end + 1))) {
        return with_clitic(position, end + 1 - position);
      }
    }
    if (at(end) == U'-' && is_word_character(at(end + 1)) &&
        is_prefix(codes_.substr(position, end - position))) {
      end = plain_word_end(end + 1);
    }
    return with_clitic(position, end - position);
  }

  // "No." is an abbreviation before a number only; "etc." gives its stop to the sentence that it ends.
  bool stop_belongs(std::u32string_view with_stop, std::uint32_t next) const {
    if (!is_abbreviation_(with_stop)) return false;
    while (next < line_.end && is_space(codes_[next])) ++next;
    const char32_t after = next < line_.end ? codes_[next] : U' ';
    const std::string low = ascii_lower(with_stop);
    if (low == "no." || low == "nos.") return is_digit(after);
    if (low == "etc.") return next < line_.end && !is_upper(after);
    return true;
  }

  // "J." before another word is a name's initial; at a line's end it is a letter and a stop.
  bool is_initial(std::uint32_t position, std::uint32_t end) const {
    if (end - position != 1 || !is_upper(codes_[position])) return false;
    std::uint32_t next = end + 1;
    if (next < chunk_.end) return codes_[next] == U',' || is_upper(codes_[next]);
    while (next < line_.end && is_space(codes_[next])) ++next;
    return next < line_.end && is_upper(codes_[next]) && (codes_[position] != U'I' || position > line_.begin);
  }

  std::u32string_view codes_;
  Span chunk_;
  Span line_;
  const AbbreviationTest& is_abbreviation_;
  std::vector<Span>& out_;
};

}  // namespace

void tokenise_line(std::u32string_view codes, Span range, const AbbreviationTest& is_abbreviation,
                   std::vector<Span>& out) {
  std::uint32_t position = range.begin;
  while (position < range.end) {
    while (position < range.end && is_space(codes[position])) ++position;
    std::uint32_t end = position;
    while (end < range.end && !is_space(codes[end])) ++end;
    if (end > position) ChunkCutter(codes, {position, end}, range, is_abbreviation, out).cut();
    position = end;
  }
}

}  // namespace polybius
