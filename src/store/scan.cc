// Goes over the items that match, 64 at a time, in either direction.
#include "store/scan.h"

#include <algorithm>

namespace polybius {
namespace {

/// The bits of a word whose items lie in [first, last).
std::uint64_t bits_within(std::size_t word, std::size_t first, std::size_t last) {
  std::uint64_t bits = ~std::uint64_t{0};
  const std::size_t begin = word * 64;
  if (first > begin) bits = first - begin < 64 ? bits << (first - begin) : 0;
  if (last < begin + 64) bits = last > begin ? bits & (~std::uint64_t{0} >> (begin + 64 - last)) : 0;
  return bits;
}

}  // namespace

std::size_t count_bits(std::span<const std::uint64_t> words, std::size_t first, std::size_t last) {
  std::size_t count = 0;
  for (std::size_t word = first / 64; word * 64 < last; ++word)
    count += static_cast<std::size_t>(std::popcount(words[word] & bits_within(word, first, last)));
  return count;
}

MatchScan::MatchScan(const CatalogueItems& items, const Matcher& matcher, bool all)
    : items_(items), matcher_(matcher) {
  std::tie(first_, last_) = matcher.range(items);
  // A list that ends after a few looks at the parties of those sooner than at all that a great power did.
  constexpr std::size_t few = 256;
  gather(all ? items.party_pool.size() : items.all.size() / few);
}

void MatchScan::gather(std::size_t most) {
  few_ = matcher_.items_of_parties(items_, most, parties_left_);
}

std::uint64_t MatchScan::matches_of(std::size_t word) const {
  std::uint64_t bits = bits_within(word, first_, last_);
  if (!few_.empty()) bits &= few_[word];
  return bits == 0 ? 0 : matcher_.matches_in(items_, word * 64, bits, parties_left_);
}

ItemBits MatchScan::matches() const {
  ItemBits words(items_.words());
  for (std::size_t word = first_ / 64; word * 64 < last_; ++word) words[word] = matches_of(word);
  return words;
}

std::size_t MatchScan::count() const {
  std::size_t count = 0;
  for (std::size_t word = first_ / 64; word * 64 < last_; ++word)
    count += static_cast<std::size_t>(std::popcount(matches_of(word)));
  return count;
}

}  // namespace polybius
