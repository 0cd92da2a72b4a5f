// What lists know of names, word by word: the encoder hears it beside a word's case shape.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "encoder/model_file.h"
#include "polybius/error.h"

namespace polybius {

/// A sorted list of names in lower case with a mark each; views into the model file. training/known_names.py
/// makes it and marks words in the same way.
class KnownNames {
 public:
  static constexpr std::uint8_t kPlace = 1;
  static constexpr std::uint8_t kBody = 2;
  static constexpr std::uint8_t kGiven = 4;
  static constexpr std::uint8_t kFamily = 8;
  static constexpr std::uint8_t kLater = 16;  ///< a later word of a place or body of several words
  static constexpr int kMarks = 32;           ///< sums of the above

  /// An empty list where the file has none. Errors: E-MOD-05.
  static Result<KnownNames> from(const ModelFile& file);

  bool empty() const {
    return begins_.empty();
  }

  /// Room that `mark` works in, kept from sentence to sentence.
  struct Scratch {
    std::string text;                   ///< the words in lower case, a blank after each
    std::vector<std::size_t> begins;    ///< of each word, then the text's end
    std::vector<std::uint32_t> places;  ///< where each word stands in the list, or would stand
  };

  /// One mark a word. From each word on, the longest place or body decides for its words; given and family
  /// names are of one word. Cost: some binary searches a word.
  void mark(std::span<const std::string_view> words, Scratch& scratch,
            std::vector<std::uint8_t>& marks) const;

 private:
  struct Found {
    std::size_t words = 0;
    std::uint8_t mark = 0;
  };

  /// The longest place or body that begins at a word.
  Found longest_from(std::size_t first, const Scratch& scratch) const;
  std::string_view name(std::size_t number) const;
  std::uint32_t place_of(std::string_view key) const;

  std::string_view text_;              ///< a name a line
  std::vector<std::uint32_t> begins_;  ///< of each name's line, then the text's end and one
  std::span<const std::uint8_t> marks_;
};

}  // namespace polybius
