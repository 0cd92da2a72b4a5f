// The 6 by 64 tile of byte products, apart from the instruction: tests run it where no CPU has the
// instruction.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>

namespace polybius {

/// 64 bytes, or 16 sums.
using Wide = std::int32_t __attribute__((vector_size(64)));

/// w[outputs, inputs] as [outputs / 64][inputs / 4][64][4].
inline void pack_by_fours(const std::int8_t* weights, int outputs, int inputs, std::int8_t* packed) {
  for (int output = 0; output < outputs; output += 64) {
    for (int k = 0; k < inputs; k += 4) {
      for (int i = 0; i < 64; ++i, packed += 4) {
        std::memcpy(packed,
                    weights + static_cast<std::size_t>(output + i) * static_cast<std::size_t>(inputs) + k, 4);
      }
    }
  }
}

}  // namespace polybius

/// Defines `multiply<rows>` of a Tile: sums[rows, 64] = x[rows, inputs] · w[64, inputs]ᵀ, with
/// DOT(sums, x, w) adding, in each of 16 places, the four products of unsigned bytes of x with signed bytes
/// of w. A macro, since the functions' target differs and attributes cannot be a template's parameter.
#define POLYBIUS_DOT_TILE(ATTRIBUTES, DOT)                                                            \
  template <int rows>                                                                                 \
  ATTRIBUTES static void multiply(const std::uint8_t* x, std::size_t row_bytes, const std::int8_t* w, \
                                  int inputs, std::int32_t* sums) {                                   \
    Wide s[rows][4];                                                                                  \
    for (int r = 0; r < rows; ++r) s[r][0] = s[r][1] = s[r][2] = s[r][3] = Wide{};                    \
    for (int k = 0; k < inputs; k += 4, w += 256) {                                                   \
      Wide v[4];                                                                                      \
      std::memcpy(&v[0], w, 64);                                                                      \
      std::memcpy(&v[1], w + 64, 64);                                                                 \
      std::memcpy(&v[2], w + 128, 64);                                                                \
      std::memcpy(&v[3], w + 192, 64);                                                                \
      for (int r = 0; r < rows; ++r) {                                                                \
        std::int32_t four;                                                                            \
        std::memcpy(&four, x + static_cast<std::size_t>(r) * row_bytes + k, sizeof four);             \
        const Wide same = Wide{} + four;                                                              \
        DOT(s[r][0], same, v[0]);                                                                     \
        DOT(s[r][1], same, v[1]);                                                                     \
        DOT(s[r][2], same, v[2]);                                                                     \
        DOT(s[r][3], same, v[3]);                                                                     \
      }                                                                                               \
    }                                                                                                 \
    for (int r = 0; r < rows; ++r) std::memcpy(sums + r * 64, s[r], sizeof s[r]);                     \
  }
