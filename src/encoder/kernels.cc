// Packs matrices for a family, and tries a family before it is trusted.
#include "encoder/kernels.h"

#include <algorithm>

namespace polybius {

PackedMatrix pack_matrix(const Kernels& kernels, std::span<const std::int8_t> weights,
                         std::span<const float> scale, std::span<const float> bias, int inputs) {
  const auto outputs = static_cast<int>(scale.size());
  PackedMatrix packed;
  packed.inputs = inputs;
  packed.outputs = (outputs + kOutputPanel - 1) / kOutputPanel * kOutputPanel;
  const auto padded = static_cast<std::size_t>(packed.outputs);
  const auto width = static_cast<std::size_t>(inputs);
  packed.scale.assign(padded, 0.0F);
  packed.bias.assign(padded, 0.0F);
  packed.column.assign(padded, 0.0F);
  std::copy(scale.begin(), scale.end(), packed.scale.begin());
  std::copy(bias.begin(), bias.end(), packed.bias.begin());
  for (std::size_t output = 0; output < scale.size(); ++output) {
    std::int32_t sum = 0;
    for (std::size_t k = 0; k < width; ++k) sum += weights[output * width + k];
    packed.column[output] = scale[output] * static_cast<float>(sum);
  }
  if (scale.size() == padded) {
    kernels.pack(weights.data(), packed);
  } else {
    std::vector<std::int8_t> whole(padded * width, 0);
    std::copy(weights.begin(), weights.end(), whole.begin());
    kernels.pack(whole.data(), packed);
  }
  return packed;
}

namespace {

/// y of a small made-up product that reaches the ends of both ranges.
std::vector<float> trial_product(const Kernels& kernels) {
  constexpr int kInputs = 64;
  constexpr int kOutputs = 64;
  constexpr int kRows = 7;
  std::vector<std::int8_t> weights(kInputs * kOutputs);
  std::uint32_t state = 12345;
  const auto next = [&state] {
    state = state * 1664525U + 1013904223U;
    return static_cast<int>(state >> 24U);
  };
  for (std::int8_t& w : weights) w = static_cast<std::int8_t>(std::max(-127, next() - 128));
  std::fill_n(weights.begin(), kInputs, std::int8_t{127});
  std::fill_n(weights.begin() + kInputs, kInputs, std::int8_t{-127});
  const std::vector<float> scale(kOutputs, 0.01F);
  const std::vector<float> bias(kOutputs, 0.5F);
  const PackedMatrix packed = pack_matrix(kernels, weights, scale, bias, kInputs);
  std::vector<std::uint8_t> values(static_cast<std::size_t>(kRows * kInputs * kernels.value_size));
  std::vector<float> row_scale(kRows);
  std::vector<float> row_low(kRows);
  const QuantizedRows rows{kRows, kInputs, values.data(), row_scale.data(), row_low.data()};
  for (int row = 0; row < kRows; ++row) {
    std::vector<float> x(kInputs);
    for (float& v : x) v = static_cast<float>(next()) / 32.0F - 4.0F;
    kernels.quantize(x.data(), rows, row);
  }
  std::vector<float> y(static_cast<std::size_t>(kRows * kOutputs));
  kernels.multiply(rows, packed, y.data(), Finish::gelu);
  return y;
}

}  // namespace

bool multiplies_rightly(const Kernels& kernels) {
  return trial_product(kernels) == trial_product(plain_kernels());
}

}  // namespace polybius
