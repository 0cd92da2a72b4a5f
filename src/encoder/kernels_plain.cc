// The plain family: what every x86-64 CPU can do, and the one that all others are held to.
#include <cmath>
#include <cstring>

#include "encoder/kernels.h"

#pragma GCC diagnostic ignored "-Wpsabi"  // vectors are never passed between files

#define KERNEL [[gnu::always_inline]] inline
#define KERNEL_CALL

namespace polybius {
namespace {

struct Tile {
  static constexpr int kPanel = 16;
  static constexpr int kValueSize = 2;

  /// [outputs / 16][inputs / 2][16][2]
  static void pack(const std::int8_t* weights, int outputs, int inputs, std::int8_t* packed) {
    for (int output = 0; output < outputs; output += kPanel) {
      for (int k = 0; k < inputs; k += 2) {
        for (int i = 0; i < kPanel; ++i) {
          const std::int8_t* from =
              weights + static_cast<std::size_t>(output + i) * static_cast<std::size_t>(inputs) + k;
          *packed++ = from[0];
          *packed++ = from[1];
        }
      }
    }
  }

  template <int rows>
  KERNEL static void multiply(const std::uint8_t* x, std::size_t row_bytes, const std::int8_t* w, int inputs,
                              std::int32_t* sums) {
    for (int i = 0; i < rows * kPanel; ++i) sums[i] = 0;
    for (int k = 0; k < inputs; k += 2, w += 2 * kPanel) {
      for (int r = 0; r < rows; ++r) {
        std::int16_t pair[2];
        std::memcpy(pair, x + static_cast<std::size_t>(r) * row_bytes + static_cast<std::size_t>(k) * 2,
                    sizeof pair);
        for (int i = 0; i < kPanel; ++i) sums[r * kPanel + i] += pair[0] * w[2 * i] + pair[1] * w[2 * i + 1];
      }
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
};

#include "encoder/float_kernels.inc"

}  // namespace

const Kernels& plain_kernels() {
  static constexpr Kernels table = kernel_table("plain");
  return table;
}

}  // namespace polybius
