// Words to subwords and case shapes, as the model was trained on them (training/wordpiece.py gives the same
// ones).
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "encoder/model_file.h"
#include "polybius/error.h"

namespace polybius {

constexpr int kCaseShapes = 8;

/// The model's vocabulary and its table of characters; views into the model file.
class WordPieces {
 public:
  /// Errors: E-MOD-05, if the tables do not fit each other.
  static Result<WordPieces> from(const ModelFile& file);

  /// Room that `append` works in, kept from word to word.
  struct Scratch {
    std::string run;                  ///< folded, UTF-8
    std::vector<std::uint8_t> kinds;  ///< of each code point of the run
    std::vector<std::uint32_t> starts;
    std::string piece;
  };

  /// Appends the subwords of a word, at least one and at most `pieces_a_word`.
  void append(std::string_view word, Scratch& scratch, std::vector<std::int32_t>& ids,
              std::vector<std::uint8_t>& shapes) const;

  std::int32_t begin_id() const {
    return begin_;
  }
  std::int32_t end_id() const {
    return end_;
  }
  static constexpr std::uint8_t kSpecialShape = 7;

 private:
  struct Slot {
    std::uint32_t hash = 0;
    std::int32_t id = -1;
  };
  struct Folded {
    std::uint8_t kind;
    std::span<const std::int32_t> into;
  };

  std::int32_t find(std::string_view piece) const;
  Folded fold(char32_t code, std::int32_t& self) const;
  void match_run(Scratch& scratch, std::vector<std::int32_t>& ids, std::vector<std::uint8_t>& shapes) const;

  std::vector<std::string_view> pieces_;
  std::vector<Slot> slots_;  // open addressing, a power of two
  std::span<const std::int32_t> codes_;
  std::span<const std::uint8_t> kinds_;
  std::span<const std::int32_t> begins_;
  std::span<const std::int32_t> into_;
  std::vector<std::int32_t> ascii_;  // row of each ASCII code point, or -1
  std::int32_t unknown_ = 0;
  std::int32_t begin_ = 0;
  std::int32_t end_ = 0;
  std::size_t most_pieces_ = 1;
  std::size_t longest_run_ = 1;
};

}  // namespace polybius
