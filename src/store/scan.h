// Goes over the items that match, 64 at a time, in either direction.
#pragma once

#include <bit>
#include <cstdint>
#include <span>
#include <vector>

#include "store/catalogue.h"

namespace polybius {

/// One bit an item.
using ItemBits = std::vector<std::uint64_t>;

/// Calls `take` with the index of each bit that is set, rising.
template <typename Take>
void each_bit(std::span<const std::uint64_t> words, Take take) {
  for (std::size_t word = 0; word < words.size(); ++word) {
    std::uint64_t bits = words[word];
    if (bits == ~std::uint64_t{0}) {
      for (std::size_t i = 0; i < 64; ++i) take(word * 64 + i);
      continue;
    }
    for (; bits != 0; bits &= bits - 1) take(word * 64 + static_cast<std::size_t>(std::countr_zero(bits)));
  }
}
/// How many bits of [first, last) are set.
std::size_t count_bits(std::span<const std::uint64_t> words, std::size_t first, std::size_t last);

/// The items of a filter's days, and which of them match.
class MatchScan {
 public:
  /// `all`: all that match will be asked for; else it may end after a few.
  MatchScan(const CatalogueItems& items, const Matcher& matcher, bool all);

  /// Leaves those out that lie before or behind.
  void begin_at(std::size_t index) {
    first_ = std::max(first_, index);
  }
  void end_at(std::size_t index) {
    last_ = std::min(last_, index);
  }
  /// Those that match, by words.
  ItemBits matches() const;
  std::size_t count() const;
  /// Calls `take` with the index of each that matches, rising or falling, until it returns false.
  template <typename Take>
  void each(bool falling, Take take) {
    if (first_ >= last_) return;
    const std::size_t begin = first_ / 64;
    const std::size_t end = (last_ + 63) / 64;
    for (std::size_t i = begin; i < end; ++i) {
      if (i == begin + patience) gather(items_.party_pool.size());
      const std::size_t word = falling ? end - 1 - (i - begin) : i;
      std::uint64_t bits = matches_of(word);
      while (bits != 0) {
        const auto bit =
            static_cast<std::size_t>(falling ? 63 - std::countl_zero(bits) : std::countr_zero(bits));
        if (!take(word * 64 + bit)) return;
        bits &= ~(std::uint64_t{1} << bit);
      }
    }
  }

 private:
  /// Words that are looked at before the items of the parties asked for are gathered.
  static constexpr std::size_t patience = 64;
  /// Gathers the items of parties who play a role in no more than `most`.
  void gather(std::size_t most);
  std::uint64_t matches_of(std::size_t word) const;
  const CatalogueItems& items_;
  const Matcher& matcher_;
  std::size_t first_ = 0;
  std::size_t last_ = 0;
  bool parties_left_ = false;
  ItemBits few_;
};

}  // namespace polybius
