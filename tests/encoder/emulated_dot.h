// The byte dot product of AVX-512 VNNI in plain code, for CPUs that lack the instruction.
#pragma once

#include <cstdint>
#include <cstring>

#include "encoder/dot_tile.h"

namespace polybius_test {

/// What vpdpbusd does.
inline void add_dots(polybius::Wide& sums, const polybius::Wide& x, const polybius::Wide& w) {
  std::uint8_t unsigned_bytes[64];
  std::int8_t signed_bytes[64];
  std::memcpy(unsigned_bytes, &x, 64);
  std::memcpy(signed_bytes, &w, 64);
  for (int i = 0; i < 64; ++i) sums[i / 4] += unsigned_bytes[i] * signed_bytes[i];
}

}  // namespace polybius_test
