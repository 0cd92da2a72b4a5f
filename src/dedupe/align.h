// Two texts laid side by side: the passages that both have, in whatever order, and where they contradict.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace polybius {

/// `size` words that both texts have: from word `a` of the one, from word `b` of the other.
struct WordBlock {
  std::uint32_t a = 0;
  std::uint32_t b = 0;
  std::uint32_t size = 0;
};

/// What two texts share.
struct Alignment {
  std::vector<WordBlock> blocks;  ///< by `a`; each word of either text is in one block at most
  std::uint32_t matched = 0;      ///< words in blocks
  std::uint32_t anchors = 0;      ///< names and numbers among them
  std::uint32_t conflicts =
      0;  ///< places within a passage where one text has a name or number, the other another
};

/// Aligns texts of packed words (see `packed_word`). Keeps its scratch memory; one for each thread.
class Aligner {
 public:
  /// Valid until the next call. Passages are runs of three words or more and what lies between two of them in
  /// both texts, if that is short. Cost: about linear, however repetitive the texts.
  const Alignment& align(std::span<const std::uint16_t> a, std::span<const std::uint16_t> b);

 private:
  void index_runs(std::span<const std::uint16_t> b);
  WordBlock longest_run(std::span<const std::uint16_t> a, std::span<const std::uint16_t> b,
                        std::uint32_t at) const;
  void find_runs(std::span<const std::uint16_t> a, std::span<const std::uint16_t> b);
  void fill_gaps(std::span<const std::uint16_t> a, std::span<const std::uint16_t> b);
  void fill_gap(std::span<const std::uint16_t> a, std::span<const std::uint16_t> b, WordBlock before,
                WordBlock after);
  void take(WordBlock block);

  Alignment alignment_;
  std::vector<WordBlock> runs_;
  std::vector<std::uint32_t> heads_;  // by hash of a run: 1 + where it stands first in b
  std::vector<std::uint32_t> nexts_;  // 1 + where the same hash stands next
  std::vector<bool> used_;            // words of b
  std::uint32_t expected_ = 0;        // where in b the passage at hand would go on
};

/// Whether texts of so many words with such an alignment tell the same story in nearly the same words.
bool are_reprints(const Alignment& alignment, std::size_t a_words, std::size_t b_words);
/// Twice the words that both share by the words of both; 1 for two empty texts.
double similarity_of(const Alignment& alignment, std::size_t a_words, std::size_t b_words);

}  // namespace polybius
