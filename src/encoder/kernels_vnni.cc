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

#include "encoder/avx2_lanes.inc"
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
