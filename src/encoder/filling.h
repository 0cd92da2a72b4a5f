// Takes tensors out of a model file one by one, each checked; the first fault stays and ends the filling.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "encoder/model.h"

namespace polybius {

/// `file` and `kernels` must outlive it; what it gives out lives as long as the file.
class TensorFiller {
 public:
  TensorFiller(const ModelFile& file, const Kernels& kernels) : file_(file), kernels_(kernels) {}

  PackedMatrix matrix(const std::string& name, int outputs, int inputs) {
    const auto weights = file_.bytes(name + ".weight", {outputs, inputs});
    const auto scale = file_.floats(name + ".scale", {outputs});
    const auto bias = file_.floats(name + ".bias", {outputs});
    if (!note(weights) || !note(scale) || !note(bias)) return {};
    return pack_matrix(kernels_, weights.value(), scale.value(), bias.value(), inputs);
  }

  std::span<const float> floats(const std::string& name, std::vector<std::int64_t> shape) {
    const auto found = file_.floats(name, std::move(shape));
    return note(found) ? found.value() : std::span<const float>();
  }

  NormWeights norm(const std::string& name, int width) {
    return NormWeights{floats(name + ".weight", {width}), floats(name + ".bias", {width})};
  }

  LayerWeights layer(const std::string& name, const EncoderShape& shape) {
    LayerWeights layer;
    layer.qkv = matrix(name + ".qkv", 3 * shape.width, shape.width);
    layer.attended = matrix(name + ".attended", shape.width, shape.width);
    layer.inner = matrix(name + ".inner", shape.inner, shape.width);
    layer.outer = matrix(name + ".outer", shape.width, shape.inner);
    layer.attention_norm = norm(name + ".attention_norm", shape.width);
    layer.output_norm = norm(name + ".output_norm", shape.width);
    return layer;
  }

  void reject(std::string what) {
    if (!fault_) fault_ = file_.fault("E-MOD-06", std::move(what));
  }
  const std::optional<Error>& fault() const {
    return fault_;
  }
  template <typename T>
  bool note(const Result<T>& result) {
    if (!result && !fault_) fault_ = result.error();
    return !fault_;
  }

 private:
  const ModelFile& file_;
  const Kernels& kernels_;
  std::optional<Error> fault_;
};

}  // namespace polybius
