// The AVX-512 VNNI family: vpdpbusd, four exact byte products an instruction and lane (never the saturating
// form).
#include <immintrin.h>

#include <cmath>
#include <cstring>

#include "encoder/dot_tile.h"
#include "encoder/kernels.h"

#pragma GCC diagnostic ignored "-Wpsabi"  // vectors are never passed between files

#define VNNI_TARGET target("avx512f,avx512bw,avx512vl,avx512dq,avx512vnni")
#define KERNEL [[gnu::always_inline]] __attribute__((VNNI_TARGET)) inline
#define KERNEL_CALL __attribute__((VNNI_TARGET))

namespace polybius {
namespace {

// As assembly and not as an intrinsic: GCC 12 spills every accumulator of the intrinsic's tile.
#define VNNI_DOT(sums, x, w) __asm__("vpdpbusd %2, %1, %0" : "+v"(sums) : "v"(x), "v"(w))

struct Tile {
  static constexpr int kPanel = 64;
  static constexpr int kRows = 6;
  static constexpr int kValueSize = 1;

  static void pack(const std::int8_t* weights, PackedMatrix& packed) {
    packed.weights.reserve(static_cast<std::size_t>(packed.outputs) *
                           static_cast<std::size_t>(packed.inputs));
    pack_by_fours(weights, packed.outputs, packed.inputs, packed.weights.data());
  }

  POLYBIUS_DOT_TILE(KERNEL, VNNI_DOT)

  template <int rows>
  KERNEL static void multiply_panel(const std::uint8_t* x, std::size_t row_bytes, const PackedMatrix& w,
                                    int output, std::int32_t* sums) {
    const auto begin = static_cast<std::size_t>(output) * static_cast<std::size_t>(w.inputs);
    multiply<rows>(x, row_bytes, w.weights.data() + begin, w.inputs, sums);
  }

  template <typename Ints>
  KERNEL static void store(const Ints& low, const Ints& high, std::uint8_t* out) {
    // 0 to 7 and 8 to 15 as 16 bits, in order; then as bytes.
    const __m256i packed =
        _mm256_packus_epi32(reinterpret_cast<const __m256i&>(low), reinterpret_cast<const __m256i&>(high));
    const __m256i ordered = _mm256_permute4x64_epi64(packed, 0xD8);
    const __m128i bytes =
        _mm_packus_epi16(_mm256_castsi256_si128(ordered), _mm256_extracti128_si256(ordered, 1));
    _mm_storeu_si128(reinterpret_cast<__m128i*>(out), bytes);
  }

  template <typename Floats>
  KERNEL static Floats smaller(const Floats& a, const Floats& b) {
    return _mm256_min_ps(a, b);
  }
  template <typename Floats>
  KERNEL static Floats larger(const Floats& a, const Floats& b) {
    return _mm256_max_ps(a, b);
  }
};

#include "encoder/float_kernels.inc"

bool cpu_has_vnni() {
  return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
         __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512dq") &&
         __builtin_cpu_supports("avx512vnni");
}

}  // namespace

const Kernels* vnni_kernels() {
  static constexpr Kernels table = kernel_table("vnni");
  return cpu_has_vnni() ? &table : nullptr;
}

}  // namespace polybius
