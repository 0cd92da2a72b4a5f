// The plain family: what every x86-64 CPU can do, and the one that all others are held to.
#include <emmintrin.h>

#include <cmath>
#include <cstring>

#include "encoder/kernels.h"

#pragma GCC diagnostic ignored "-Wpsabi"  // vectors are never passed between files

#define KERNEL [[gnu::always_inline]] inline
#define KERNEL_CALL

namespace polybius {
namespace {

/// What `of` makes of the halves of two vectors of eight.
template <typename Floats, typename Function>
KERNEL Floats each_half(const Floats& a, const Floats& b, Function of) {
  return __builtin_shufflevector(
      of(__builtin_shufflevector(a, a, 0, 1, 2, 3), __builtin_shufflevector(b, b, 0, 1, 2, 3)),
      of(__builtin_shufflevector(a, a, 4, 5, 6, 7), __builtin_shufflevector(b, b, 4, 5, 6, 7)), 0, 1, 2, 3, 4,
      5, 6, 7);
}

struct Tile {
  static constexpr int kPanel = 8;
  static constexpr int kRows = 2;
  static constexpr int kValueSize = 2;

  /// [outputs / 8][inputs / 2][8][2]
  static void pack(const std::int8_t* weights, PackedMatrix& packed) {
    packed.weights.reserve(static_cast<std::size_t>(packed.outputs) *
                           static_cast<std::size_t>(packed.inputs));
    std::int8_t* to = packed.weights.data();
    for (int output = 0; output < packed.outputs; output += kPanel) {
      for (int k = 0; k < packed.inputs; k += 2) {
        for (int i = 0; i < kPanel; ++i) {
          const std::int8_t* from =
              weights + static_cast<std::size_t>(output + i) * static_cast<std::size_t>(packed.inputs) + k;
          *to++ = from[0];
          *to++ = from[1];
        }
      }
    }
  }

  /// Bytes widened to 16 bits and pmaddwd, which cannot overflow. SSE2 is part of every x86-64.
  template <int rows>
  KERNEL static void multiply_panel(const std::uint8_t* x, std::size_t row_bytes, const PackedMatrix& w,
                                    int output, std::int32_t* sums) {
    const std::int8_t* pairs =
        w.weights.data() + static_cast<std::size_t>(output) * static_cast<std::size_t>(w.inputs);
    __m128i s[rows][2];
#pragma GCC unroll 4
    for (int r = 0; r < rows; ++r) s[r][0] = s[r][1] = _mm_setzero_si128();
    for (int k = 0; k < w.inputs; k += 2, pairs += 2 * kPanel) {
      const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(pairs));
      const __m128i low = _mm_srai_epi16(_mm_unpacklo_epi8(bytes, bytes), 8);
      const __m128i high = _mm_srai_epi16(_mm_unpackhi_epi8(bytes, bytes), 8);
#pragma GCC unroll 4
      for (int r = 0; r < rows; ++r) {
        std::int32_t pair = 0;
        std::memcpy(&pair, x + static_cast<std::size_t>(r) * row_bytes + static_cast<std::size_t>(k) * 2,
                    sizeof pair);
        const __m128i both = _mm_set1_epi32(pair);
        s[r][0] = _mm_add_epi32(s[r][0], _mm_madd_epi16(both, low));
        s[r][1] = _mm_add_epi32(s[r][1], _mm_madd_epi16(both, high));
      }
    }
#pragma GCC unroll 4
    for (int r = 0; r < rows; ++r) {
      _mm_storeu_si128(reinterpret_cast<__m128i*>(sums + r * kPanel), s[r][0]);
      _mm_storeu_si128(reinterpret_cast<__m128i*>(sums + r * kPanel + 4), s[r][1]);
    }
  }

  template <typename Ints>
  KERNEL static void store(const Ints& low, const Ints& high, std::uint8_t* out) {
    std::int16_t values[16];
    for (int i = 0; i < 8; ++i) {
      values[i] = static_cast<std::int16_t>(low[i]);
      values[8 + i] = static_cast<std::int16_t>(high[i]);
    }
    std::memcpy(out, values, sizeof values);
  }

  template <typename Floats>
  KERNEL static Floats smaller(const Floats& a, const Floats& b) {
    return each_half(a, b, [](__m128 x, __m128 y) { return _mm_min_ps(x, y); });
  }
  template <typename Floats>
  KERNEL static Floats larger(const Floats& a, const Floats& b) {
    return each_half(a, b, [](__m128 x, __m128 y) { return _mm_max_ps(x, y); });
  }
};

#include "encoder/float_kernels.inc"

}  // namespace

const Kernels& plain_kernels() {
  static constexpr Kernels table = kernel_table("plain");
  return table;
}

}  // namespace polybius
