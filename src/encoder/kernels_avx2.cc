// The AVX2 family: bytes widened to 16 bits and vpmaddwd, which cannot overflow, where vpmaddubsw would
// saturate.
#include <immintrin.h>

#include <cmath>
#include <cstring>

#include "encoder/kernels.h"

#pragma GCC diagnostic ignored "-Wpsabi"  // vectors are never passed between files

#define KERNEL [[gnu::always_inline]] __attribute__((target("avx2"))) inline
#define KERNEL_CALL __attribute__((target("avx2")))

namespace polybius {
namespace {

struct Tile {
  static constexpr int kPanel = 16;
  static constexpr int kValueSize = 2;

  static void pack(const std::int8_t* weights, int outputs, int inputs, std::int8_t* packed) {
    plain_kernels().pack(weights, outputs, inputs, packed);
  }

  template <int rows>
  KERNEL static void multiply(const std::uint8_t* x, std::size_t row_bytes, const std::int8_t* w, int inputs,
                              std::int32_t* sums) {
    __m256i s[rows][2];
    for (int r = 0; r < rows; ++r) s[r][0] = s[r][1] = _mm256_setzero_si256();
    for (int k = 0; k < inputs; k += 2, w += 2 * kPanel) {
      const __m256i a = _mm256_cvtepi8_epi16(_mm_loadu_si128(reinterpret_cast<const __m128i*>(w)));
      const __m256i b = _mm256_cvtepi8_epi16(_mm_loadu_si128(reinterpret_cast<const __m128i*>(w + kPanel)));
      for (int r = 0; r < rows; ++r) {
        std::int32_t pair;
        std::memcpy(&pair, x + static_cast<std::size_t>(r) * row_bytes + static_cast<std::size_t>(k) * 2,
                    sizeof pair);
        const __m256i both = _mm256_set1_epi32(pair);
        s[r][0] = _mm256_add_epi32(s[r][0], _mm256_madd_epi16(both, a));
        s[r][1] = _mm256_add_epi32(s[r][1], _mm256_madd_epi16(both, b));
      }
    }
    for (int r = 0; r < rows; ++r) {
      _mm256_storeu_si256(reinterpret_cast<__m256i*>(sums + r * kPanel), s[r][0]);
      _mm256_storeu_si256(reinterpret_cast<__m256i*>(sums + r * kPanel + 8), s[r][1]);
    }
  }

  template <typename Ints>
  KERNEL static void store(const Ints& low, const Ints& high, std::uint8_t* out) {
    const __m256i packed =
        _mm256_packus_epi32(reinterpret_cast<const __m256i&>(low), reinterpret_cast<const __m256i&>(high));
    _mm256_storeu_si256(reinterpret_cast<__m256i*>(out), _mm256_permute4x64_epi64(packed, 0xD8));
  }
};

#include "encoder/float_kernels.inc"

}  // namespace

const Kernels* avx2_kernels() {
  static constexpr Kernels table = kernel_table("avx2");
  return __builtin_cpu_supports("avx2") ? &table : nullptr;
}

}  // namespace polybius
