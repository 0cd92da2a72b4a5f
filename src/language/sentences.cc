// Decides sentence ends token by token.
#include "language/sentences.h"

#include "language/shapes.h"
#include "text/text.h"

namespace polybius {

std::vector<bool> sentence_ends(std::u32string_view codes, const std::vector<Span>& tokens) {
  std::vector<bool> ends(tokens.size(), false);
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    const char32_t last = codes[tokens[i].end - 1];
    const bool stop = tokens[i].size() < 4 && !is_word_character(codes[tokens[i].begin]) && (last == U'.' || last == U'!' || last == U'?');
    if (stop && i + 1 < tokens.size() && !is_letter(codes[tokens[i + 1].begin]) && tokens[i + 1].begin == tokens[i].end) continue;
    ends[i] = stop || i + 1 == tokens.size();
  }
  return ends;
}

}  // namespace polybius
