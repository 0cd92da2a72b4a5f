// One layer over a block of sentences, the same bits whatever stands together in a block.
#include "encoder/layer_pass.h"

#include <algorithm>

namespace polybius {

namespace {

constexpr std::size_t kInnerRows =
    96;  ///< rows that go through the wide layer together: its output stays in the cache

void normalize_row(const Kernels& kernels, const NormWeights& norm, int width, float* x) {
  kernels.normalize(x, norm.weight.data(), norm.bias.data(), width, x);
}

}  // namespace

QuantizedRows quantize_rows(const Kernels& kernels, PassBuffers& buffers, const float* x, std::size_t stride,
                            std::size_t rows, int inputs) {
  buffers.values.reserve(rows * static_cast<std::size_t>(inputs) *
                         static_cast<std::size_t>(kernels.value_size));
  buffers.value_scale.reserve(rows);
  buffers.value_low.reserve(rows);
  const QuantizedRows quantized{static_cast<int>(rows), inputs, buffers.values.data(),
                                buffers.value_scale.data(), buffers.value_low.data()};
  for (std::size_t row = 0; row < rows; ++row)
    kernels.quantize(x + row * stride, quantized, static_cast<int>(row));
  return quantized;
}

void run_layer(const Kernels& kernels, const EncoderShape& shape, const LayerWeights& layer,
               std::span<const RowRange> sentences, std::size_t rows, PassBuffers& buffers) {
  const int width = shape.width;
  const int inner = shape.inner;
  const auto row_size = static_cast<std::size_t>(width);
  buffers.wide.reserve(std::max(rows * 3 * row_size, kInnerRows * static_cast<std::size_t>(inner)));
  buffers.heard.reserve(rows * row_size);
  kernels.multiply(quantize_rows(kernels, buffers, buffers.x.data(), row_size, rows, width), layer.qkv,
                   buffers.wide.data(), Finish::plain);
  for (const RowRange& sentence : sentences) {
    buffers.attention.reserve((kHeadWidth + 4) * (sentence.count + kLanes));
    kernels.attend(buffers.wide.data() + sentence.first * 3 * row_size, static_cast<int>(sentence.count),
                   width, buffers.attention.data(), buffers.heard.data() + sentence.first * row_size);
  }
  kernels.multiply(quantize_rows(kernels, buffers, buffers.heard.data(), row_size, rows, width),
                   layer.attended, buffers.x.data(), Finish::add);
  for (std::size_t row = 0; row < rows; ++row)
    normalize_row(kernels, layer.attention_norm, width, buffers.x.data() + row * row_size);
  for (std::size_t first = 0; first < rows; first += kInnerRows) {
    const std::size_t count = std::min(kInnerRows, rows - first);
    float* x = buffers.x.data() + first * row_size;
    kernels.multiply(quantize_rows(kernels, buffers, x, row_size, count, width), layer.inner,
                     buffers.wide.data(), Finish::gelu);
    kernels.multiply(
        quantize_rows(kernels, buffers, buffers.wide.data(), static_cast<std::size_t>(inner), count, inner),
        layer.outer, x, Finish::add);
    for (std::size_t row = 0; row < count; ++row)
      normalize_row(kernels, layer.output_norm, width, x + row * row_size);
  }
}

}  // namespace polybius
