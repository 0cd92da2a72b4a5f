// The words of a text as they are compared: where they stand, their hashes, and which are names or numbers.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

namespace polybius {

/// One word; offsets are bytes and code points of the text.
struct ComparedWord {
  std::uint64_t hash = 0;
  std::uint32_t byte = 0;
  std::uint32_t begin = 0;  ///< code points
  std::uint32_t end = 0;
  bool anchor = false;   ///< a number, or a capital within a sentence
  bool weighty = false;  ///< five letters or more, or an ideograph: seldom a mere function word
};

/// The first `limit` words of a valid UTF-8 text.
void find_compared_words(std::string_view text, std::size_t limit, std::vector<ComparedWord>& words);

/// 15 bits of the hash, and the anchor in the top bit.
std::uint16_t packed_word(const ComparedWord& word);

}  // namespace polybius
