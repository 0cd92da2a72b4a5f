// The way of subwords through a layer of the transformer.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

#include "encoder/model.h"

namespace polybius {

/// The rows of one sentence within a block.
struct RowRange {
  std::size_t first = 0;
  std::size_t count = 0;
};

/// Activations, kept from call to call.
struct PassBuffers {
  AlignedArray<float> x;     ///< [row][width]: the states, layer after layer in place
  AlignedArray<float> wide;  ///< queries, keys and values; the inner layer; the heads' scores
  AlignedArray<float> heard;
  AlignedArray<float> attention;
  AlignedArray<std::uint8_t> values;
  AlignedArray<float> value_scale;
  AlignedArray<float> value_low;
};

/// Quantizes `rows` rows of `inputs` floats that lie `stride` apart; good until the next call.
QuantizedRows quantize_rows(const Kernels& kernels, PassBuffers& buffers, const float* x, std::size_t stride,
                            std::size_t rows, int inputs);

/// `buffers.x` of `rows` rows through one layer; each sentence attends to its own rows only.
void run_layer(const Kernels& kernels, const EncoderShape& shape, const LayerWeights& layer,
               std::span<const RowRange> sentences, std::size_t rows, PassBuffers& buffers);

}  // namespace polybius
