// A half-open range of Unicode code points, the only kind of offset that leaves the house.
#pragma once

#include <compare>
#include <cstdint>

namespace polybius {

/// `[begin, end)` in code points of a text. Empty if `begin == end`.
struct Span {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;

  constexpr std::uint32_t size() const {
    return end - begin;
  }
  constexpr bool contains(Span other) const {
    return begin <= other.begin && other.end <= end;
  }
  constexpr bool overlaps(Span other) const {
    return begin < other.end && other.begin < end;
  }
  friend constexpr auto operator<=>(const Span&, const Span&) = default;
};

/// `[begin, end)` in bytes of a UTF-8 string; never written to a record.
struct ByteRange {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  friend constexpr auto operator<=>(const ByteRange&, const ByteRange&) = default;
};

}  // namespace polybius
