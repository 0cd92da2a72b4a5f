// Every family of kernels against the plain one, bit for bit.
#include "encoder/kernels.h"

#include <doctest/doctest.h>

#include <cmath>
#include <cstring>

#include "emulated_dot.h"
#include "tiny_model.h"

using namespace polybius;
using polybius_test::Dice;

namespace {

std::vector<const Kernels*> vector_families() {
  std::vector<const Kernels*> families;
  for (const Kernels* kernels : {avx2_kernels(), vnni_kernels()}) {
    if (kernels != nullptr) families.push_back(kernels);
  }
  if (families.empty()) MESSAGE("skipped: this CPU has neither AVX2 nor AVX-512 VNNI");
  return families;
}

bool same_bits(const std::vector<float>& a, const std::vector<float>& b) {
  return a.size() == b.size() && std::memcmp(a.data(), b.data(), a.size() * sizeof(float)) == 0;
}

std::vector<float> made_up(std::size_t size, std::uint32_t seed, float low, float high) {
  Dice dice(seed);
  std::vector<float> values(size);
  for (float& value : values) value = dice.between(low, high);
  return values;
}

std::vector<std::int8_t> made_up_weights(std::size_t size, std::uint32_t seed) {
  Dice dice(seed);
  std::vector<std::int8_t> values(size);
  for (std::int8_t& value : values)
    value = static_cast<std::int8_t>(static_cast<int>(dice.next() % 255U) - 127);
  return values;
}

/// finish(x · wᵀ + bias) of one family, as rows of `outputs`.
std::vector<float> product(const Kernels& kernels, int rows, int outputs, int inputs, Finish finish,
                           int largest = 127) {
  auto weights = made_up_weights(static_cast<std::size_t>(outputs * inputs), 3);
  for (std::int8_t& w : weights) w = static_cast<std::int8_t>(w * largest / 127);
  const auto scale = made_up(static_cast<std::size_t>(outputs), 4, 0.001F, 0.01F);
  const auto bias = made_up(static_cast<std::size_t>(outputs), 5, -1.0F, 1.0F);
  const auto x = made_up(static_cast<std::size_t>(rows * inputs), 6, -3.0F, 2.0F);
  const PackedMatrix packed = pack_matrix(kernels, weights, scale, bias, inputs);
  std::vector<std::uint8_t> values(static_cast<std::size_t>(rows * inputs * kernels.value_size));
  std::vector<float> row_scale(static_cast<std::size_t>(rows));
  std::vector<float> row_low(static_cast<std::size_t>(rows));
  const QuantizedRows quantized{rows, inputs, values.data(), row_scale.data(), row_low.data()};
  for (int row = 0; row < rows; ++row) kernels.quantize(x.data() + row * inputs, quantized, row);
  auto y = made_up(static_cast<std::size_t>(rows * packed.outputs), 7, -1.0F, 1.0F);
  kernels.multiply(quantized, packed, y.data(), finish);
  return y;
}

}  // namespace

TEST_CASE("products have the same bits in every family, whatever the rows, outputs and finish") {
  for (const Kernels* kernels : vector_families()) {
    for (const int rows : {1, 2, 3, 4, 5, 6, 7, 13}) {
      for (const Finish finish : {Finish::plain, Finish::gelu, Finish::leaky, Finish::add}) {
        CAPTURE(kernels->name);
        CAPTURE(rows);
        CHECK(same_bits(product(*kernels, rows, 192, 64, finish),
                        product(plain_kernels(), rows, 192, 64, finish)));
        CHECK(same_bits(product(*kernels, rows, 17, 48, finish),
                        product(plain_kernels(), rows, 17, 48, finish)));
      }
    }
  }
}

TEST_CASE("weights of any size give the same bits, whether or not their sums fit 16 bits as they are") {
  for (const Kernels* kernels : vector_families()) {
    for (const int largest : {1, 32, 50, 64, 90, 127}) {
      CAPTURE(kernels->name);
      CAPTURE(largest);
      CHECK(same_bits(product(*kernels, 5, 64, 256, Finish::plain, largest),
                      product(plain_kernels(), 5, 64, 256, Finish::plain, largest)));
    }
  }
}

TEST_CASE("the largest activations meet the largest weights without overflow") {
  constexpr int kInputs = 64;
  const std::vector<float> scale(16, 1.0F);
  const std::vector<float> bias(16, 0.0F);
  std::vector<float> x(kInputs, 255.0F);
  x[kInputs - 1] = 0.0F;  // so that the rest is 255 as a byte
  std::vector<const Kernels*> families = vector_families();
  families.push_back(&plain_kernels());
  for (const int weight : {-128, -127, -65, -64, -33, 33, 64, 65, 127}) {
    for (const Kernels* kernels : families) {
      const std::vector<std::int8_t> weights(16 * kInputs, static_cast<std::int8_t>(weight));
      const PackedMatrix packed = pack_matrix(*kernels, weights, scale, bias, kInputs);
      std::vector<std::uint8_t> values(static_cast<std::size_t>(kInputs * kernels->value_size));
      float row_scale = 0;
      float row_low = 0;
      const QuantizedRows rows{1, kInputs, values.data(), &row_scale, &row_low};
      kernels->quantize(x.data(), rows, 0);
      std::vector<float> y(static_cast<std::size_t>(packed.outputs));
      kernels->multiply(rows, packed, y.data(), Finish::plain);
      CHECK(y[0] == static_cast<float>(255 * (kInputs - 1) * weight));
      CHECK(y[15] == y[0]);
    }
  }
}

TEST_CASE("a product is near the product in floats") {
  const int rows = 5;
  const int inputs = 64;
  const auto y = product(plain_kernels(), rows, 64, inputs, Finish::plain);
  const auto weights = made_up_weights(64 * 64, 3);
  const auto scale = made_up(64, 4, 0.001F, 0.01F);
  const auto bias = made_up(64, 5, -1.0F, 1.0F);
  const auto x = made_up(5 * 64, 6, -3.0F, 2.0F);
  for (std::size_t r = 0; r < 5; ++r) {
    for (std::size_t n = 0; n < 64; ++n) {
      double sum = bias[n];
      for (std::size_t k = 0; k < 64; ++k)
        sum += static_cast<double>(x[r * 64 + k]) * weights[n * 64 + k] * scale[n];
      CHECK(std::abs(y[r * 64 + n] - sum) < 0.15);
    }
  }
}

TEST_CASE("norms, attention, mixtures and dot products have the same bits in every family") {
  const auto x = made_up(400 * 192, 11, -2.0F, 2.0F);
  const auto weight = made_up(192, 12, 0.5F, 1.5F);
  for (const Kernels* kernels : vector_families()) {
    for (const int length : {1, 2, 15, 16, 17, 31}) {
      std::vector<float> scratch((kHeadWidth + 4) * 64);
      std::vector<float> a(static_cast<std::size_t>(length) * 64);
      std::vector<float> b(a.size());
      kernels->attend(x.data(), length, 64, scratch.data(), a.data());
      plain_kernels().attend(x.data(), length, 64, scratch.data(), b.data());
      CHECK(same_bits(a, b));
    }
    std::vector<float> a(192, 0.5F);
    std::vector<float> b(192, 0.5F);
    kernels->normalize(x.data(), weight.data(), weight.data(), 192, a.data());
    plain_kernels().normalize(x.data(), weight.data(), weight.data(), 192, b.data());
    CHECK(same_bits(a, b));
    kernels->mix(x.data(), 0.3F, 192, a.data());
    plain_kernels().mix(x.data(), 0.3F, 192, b.data());
    CHECK(same_bits(a, b));
    const float one = kernels->dot(x.data(), x.data() + 192, 192);
    CHECK(one == plain_kernels().dot(x.data(), x.data() + 192, 192));
  }
}

TEST_CASE("attention is a mean of the values, weighted by the softmax of the scores") {
  const int length = 9;
  const auto qkv = made_up(9 * 96, 21, -1.0F, 1.0F);
  std::vector<float> scratch((kHeadWidth + 4) * 32);
  std::vector<float> out(9 * 32);
  plain_kernels().attend(qkv.data(), length, 32, scratch.data(), out.data());
  for (std::size_t i = 0; i < 9; ++i) {
    std::vector<double> shares(9);
    double sum = 0;
    for (std::size_t j = 0; j < 9; ++j) {
      double score = 0;
      for (std::size_t d = 0; d < 32; ++d)
        score += static_cast<double>(qkv[i * 96 + d]) * qkv[j * 96 + 32 + d];
      sum += shares[j] = std::exp(score);
    }
    for (std::size_t d = 0; d < 32; ++d) {
      double mean = 0;
      for (std::size_t j = 0; j < 9; ++j) mean += shares[j] / sum * qkv[j * 96 + 64 + d];
      CHECK(std::abs(out[i * 32 + d] - mean) < 1e-5);
    }
  }
}

TEST_CASE("a row of equal numbers is quantized without loss") {
  const std::vector<float> x(64, 0.75F);
  std::vector<std::uint8_t> values(128);
  float scale = 1;
  float low = 0;
  plain_kernels().quantize(x.data(), QuantizedRows{1, 64, values.data(), &scale, &low}, 0);
  CHECK(scale == 0.0F);
  CHECK(low == 0.75F);
}

namespace {

struct EmulatedTile {
  POLYBIUS_DOT_TILE(inline, polybius_test::add_dots)
};

}  // namespace

TEST_CASE("the tile of the byte dot product sums what it should, on any CPU") {
  constexpr int kInputs = 32;
  Dice dice(31);
  const auto weights = made_up_weights(64 * kInputs, 32);
  std::vector<std::uint8_t> x(6 * kInputs);
  for (std::uint8_t& value : x) value = static_cast<std::uint8_t>(dice.next());
  std::vector<std::int8_t> packed(weights.size());
  pack_by_fours(weights.data(), 64, kInputs, packed.data());
  alignas(64) std::int32_t sums[6 * 64];
  EmulatedTile::multiply<6>(x.data(), kInputs, packed.data(), kInputs, sums);
  for (int r = 0; r < 6; ++r) {
    for (int n = 0; n < 64; ++n) {
      std::int32_t sum = 0;
      for (int k = 0; k < kInputs; ++k)
        sum +=
            x[static_cast<std::size_t>(r * kInputs + k)] * weights[static_cast<std::size_t>(n * kInputs + k)];
      CHECK(sums[r * 64 + n] == sum);
    }
  }
}

TEST_CASE("a family that multiplies wrongly is found out") {
  Kernels broken = plain_kernels();
  CHECK(multiplies_rightly(broken));
  broken.multiply = [](const QuantizedRows& rows, const PackedMatrix& w, float* y, Finish finish) {
    plain_kernels().multiply(rows, w, y, finish);
    y[70] += 1.0F;
  };
  CHECK_FALSE(multiplies_rightly(broken));
}
