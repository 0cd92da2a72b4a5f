// Which documents are reprints, by runs of words that they share.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace polybius {

/// A text's runs of four words, hashed: all of a short text, the least `most` of a long one.
struct TextSketch {
  static constexpr std::size_t most = 256;
  std::vector<std::uint64_t> runs;  ///< rising
};

TextSketch sketch_of_text(std::string_view text);

/// For each text the first one that it reprints or is reprinted by, itself if there is none.
///
/// Two texts are reprints if they share three fifths of the runs of the shorter one. Cost: linear, as a run
/// that very many texts have makes no candidates.
std::vector<std::size_t> first_prints(std::span<const TextSketch* const> sketches);

}  // namespace polybius
