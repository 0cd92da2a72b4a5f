// The AVX2 family: vpmaddubsw on weights so packed that no 16-bit sum can overflow, whatever the activations.
#include <immintrin.h>

#include <cmath>
#include <cstring>

#include "encoder/kernels.h"

#pragma GCC diagnostic ignored "-Wpsabi"  // vectors are never passed between files

#define KERNEL [[gnu::always_inline]] __attribute__((target("avx2"))) inline
#define KERNEL_CALL __attribute__((target("avx2")))

namespace polybius {
namespace {

constexpr int kStepInputs = 8;
constexpr int kStepOutputs = 16;
constexpr int kStepBytes = kStepInputs * kStepOutputs;

KERNEL __m256i load_bytes(const std::int8_t* p) {
  return _mm256_loadu_si256(reinterpret_cast<const __m256i*>(p));
}

/// Whether no 16-bit sum of a step can overflow. Such a sum adds four products: two within vpmaddubsw, which
/// would saturate, and those of two vpmaddubsw, which would wrap. Each factor from the activations is 0 to
/// 255, so the sum lies between -255 * n and 255 * p, with p the sum of the positive weights of the four and
/// -n that of the negative ones: p and n of at most 128 keep it within -32640 and 32640. A sum of two lies
/// within the same bounds.
KERNEL_CALL bool is_bounded(const std::int8_t* step) {
  const __m256i zero = _mm256_setzero_si256();
  const __m256i ones = _mm256_set1_epi8(1);
  __m256i most = zero;
  for (int half = 0; half < 64; half += 32) {
    const __m256i a = load_bytes(step + half);
    const __m256i b = load_bytes(step + 64 + half);
    const __m256i above = _mm256_add_epi16(_mm256_maddubs_epi16(ones, _mm256_max_epi8(a, zero)),
                                           _mm256_maddubs_epi16(ones, _mm256_max_epi8(b, zero)));
    const __m256i below = _mm256_add_epi16(_mm256_maddubs_epi16(ones, _mm256_min_epi8(a, zero)),
                                           _mm256_maddubs_epi16(ones, _mm256_min_epi8(b, zero)));
    most = _mm256_max_epi16(most, _mm256_max_epi16(above, _mm256_sub_epi16(zero, below)));
  }
  return _mm256_movemask_epi8(_mm256_cmpgt_epi16(most, _mm256_set1_epi16(128))) == 0;
}

/// Weights [16 outputs, 8 inputs] in the order of a step: the first four inputs of all outputs, then the
/// rest.
void gather_step(const std::int8_t* weights, int inputs, std::int8_t* step) {
  for (int i = 0; i < kStepOutputs; ++i) {
    const std::int8_t* from = weights + static_cast<std::size_t>(i) * static_cast<std::size_t>(inputs);
    std::memcpy(step + 4 * i, from, 4);
    std::memcpy(step + 64 + 4 * i, from + 4, 4);
  }
}

/// Part `part` of `parts` that add up to the step; of four parts each is bounded, since no weight passes 32.
void take_part(const std::int8_t* step, int part, int parts, std::int8_t* out) {
  if (parts == 1) {
    std::memcpy(out, step, kStepBytes);
    return;
  }
  for (int i = 0; i < kStepBytes; ++i) {
    const int moved = step[i] + part + 128 * parts;  // positive, so that the division rounds down
    out[i] = static_cast<std::int8_t>(moved / parts - 128);
  }
}

bool are_parts_bounded(const std::int8_t* step, int parts) {
  std::int8_t share[kStepBytes];
  for (int part = 0; part < parts; ++part) {
    take_part(step, part, parts, share);
    if (!is_bounded(share)) return false;
  }
  return true;
}

int parts_needed(const std::int8_t* step) {
  if (is_bounded(step)) return 1;
  int parts = 2;
  while (parts < 4 && !are_parts_bounded(step, parts)) ++parts;
  return parts;
}

struct Tile {
  static constexpr int kPanel = kStepOutputs;
  static constexpr int kRows = 4;
  static constexpr int kValueSize = 1;

  /// Panels of 16 outputs; of each panel steps of eight inputs [2][16][4]. Steps that are not bounded are
  /// split into some that are and that add up to them: exact for any weights, slower for large ones.
  static void pack(const std::int8_t* weights, PackedMatrix& packed) {
    packed.panel_steps.assign(1, 0);
    packed.step_inputs.clear();
    for_each_step(weights, packed, [&](const std::int8_t* step, int k) {
      packed.step_inputs.insert(packed.step_inputs.end(), static_cast<std::size_t>(parts_needed(step)),
                                static_cast<std::uint16_t>(k));
      if (k + kStepInputs == packed.inputs)
        packed.panel_steps.push_back(static_cast<std::uint32_t>(packed.step_inputs.size()));
    });
    packed.weights.reserve(packed.step_inputs.size() * kStepBytes);
    std::int8_t* out = packed.weights.data();
    const std::uint16_t* input = packed.step_inputs.data();
    const std::uint16_t* end = input + packed.step_inputs.size();
    for_each_step(weights, packed, [&](const std::int8_t* step, int k) {
      int parts = 1;
      while (input + parts != end && input[parts] == k) ++parts;
      for (int part = 0; part < parts; ++part, out += kStepBytes) take_part(step, part, parts, out);
      input += parts;
    });
  }

  template <typename Function>
  static void for_each_step(const std::int8_t* weights, const PackedMatrix& packed, Function&& function) {
    const auto inputs = static_cast<std::size_t>(packed.inputs);
    std::int8_t step[kStepBytes];
    for (int output = 0; output < packed.outputs; output += kPanel) {
      for (int k = 0; k < packed.inputs; k += kStepInputs) {
        gather_step(weights + static_cast<std::size_t>(output) * inputs + static_cast<std::size_t>(k),
                    packed.inputs, step);
        function(step, k);
      }
    }
  }

  template <int rows>
  KERNEL static void multiply_panel(const std::uint8_t* x, std::size_t row_bytes, const PackedMatrix& w,
                                    int output, std::int32_t* sums) {
    const __m256i ones = _mm256_set1_epi16(1);
    __m256i s[rows][2];
#pragma GCC unroll 8
    for (int r = 0; r < rows; ++r) s[r][0] = s[r][1] = _mm256_setzero_si256();
    const std::uint32_t* panel = w.panel_steps.data() + output / kPanel;
    const std::int8_t* step = w.weights.data() + std::size_t{panel[0]} * kStepBytes;
    const std::uint16_t* end = w.step_inputs.data() + panel[1];
    for (const std::uint16_t* input = w.step_inputs.data() + panel[0]; input != end;
         ++input, step += kStepBytes) {
      const __m256i first_low = load_bytes(step);
      const __m256i first_high = load_bytes(step + 32);
      const __m256i second_low = load_bytes(step + 64);
      const __m256i second_high = load_bytes(step + 96);
#pragma GCC unroll 8
      for (int r = 0; r < rows; ++r) {
        std::int32_t four[2];
        std::memcpy(four, x + *input + static_cast<std::size_t>(r) * row_bytes, sizeof four);
        const __m256i a = _mm256_set1_epi32(four[0]);
        const __m256i b = _mm256_set1_epi32(four[1]);
        const __m256i low =
            _mm256_add_epi16(_mm256_maddubs_epi16(a, first_low), _mm256_maddubs_epi16(b, second_low));
        const __m256i high =
            _mm256_add_epi16(_mm256_maddubs_epi16(a, first_high), _mm256_maddubs_epi16(b, second_high));
        s[r][0] = _mm256_add_epi32(s[r][0], _mm256_madd_epi16(low, ones));
        s[r][1] = _mm256_add_epi32(s[r][1], _mm256_madd_epi16(high, ones));
      }
    }
#pragma GCC unroll 8
    for (int r = 0; r < rows; ++r) {
      _mm256_storeu_si256(reinterpret_cast<__m256i*>(sums + r * kPanel), s[r][0]);
      _mm256_storeu_si256(reinterpret_cast<__m256i*>(sums + r * kPanel + 8), s[r][1]);
    }
  }

#include "encoder/avx2_lanes.inc"
};

#include "encoder/float_kernels.inc"

}  // namespace

const Kernels* avx2_kernels() {
  static constexpr Kernels table = kernel_table("avx2");
  return __builtin_cpu_supports("avx2") ? &table : nullptr;
}

}  // namespace polybius
