// A model file's tensors and metadata, checked before anything is read from them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "polybius/error.h"

namespace polybius {

/// A head as the metadata describes it.
struct HeadDescription {
  std::string kind;  ///< "classes", "spans", "tree" or "links"
  std::vector<std::string> labels;
  int hidden = 0;  ///< width of the layer before the labels; 0: none
  int arc = 0;     ///< of a tree: widths of its vectors
  int label = 0;
  int size = 0;  ///< of links: width of their vectors
};

/// The dimensions that the metadata gives; all positive.
struct EncoderShape {
  int width = 0;
  int layers = 0;
  int attention_heads = 0;
  int inner = 0;
  int positions = 0;
  int vocabulary = 0;
  int pieces_a_word = 0;
  int longest_run = 0;
};

constexpr std::string_view kEncoderFormat = "polybius-encoder";
constexpr std::string_view kPairsFormat = "polybius-pairs";

/// A safetensors file in memory, mapped or lent. Tensors are views into it and live as long as it does.
class ModelFile {
 public:
  /// Errors: E-MOD-01 not readable, E-MOD-02 no safetensors header, E-MOD-03 another format or version,
  /// E-MOD-04 checksum, E-MOD-06 metadata.
  static Result<ModelFile> map(const std::filesystem::path& path, std::string_view format = kEncoderFormat);
  static Result<ModelFile> parse(std::span<const std::byte> bytes, std::string place,
                                 std::string_view format = kEncoderFormat);

  /// A tensor by name and shape. Errors: E-MOD-05.
  Result<std::span<const float>> floats(const std::string& name, std::vector<std::int64_t> shape) const;
  Result<std::span<const std::int8_t>> bytes(const std::string& name, std::vector<std::int64_t> shape) const;
  /// Tensors of one dimension whose length the file decides.
  Result<std::span<const std::int32_t>> integers(const std::string& name) const;
  Result<std::span<const std::uint8_t>> octets(const std::string& name) const;

  /// CRC-32 of some tensors' bytes one after another, eight hexadecimal digits; empty if one is missing.
  std::string checksum_of(std::span<const std::string> names) const;
  /// Of a model that needs tensors of another's: their checksum.
  const std::string& checksum_needed() const {
    return checksum_needed_;
  }

  bool has(const std::string& name) const {
    return tensors_.contains(name);
  }
  const EncoderShape& shape() const {
    return shape_;
  }
  const std::map<std::string, HeadDescription>& heads() const {
    return heads_;
  }
  const std::string& name() const {
    return name_;
  }
  const std::string& place() const {
    return place_;
  }
  Error fault(std::string code, std::string what,
              std::string remedy = "take the model file of this version") const;

 private:
  struct Tensor {
    std::string type;
    std::vector<std::int64_t> shape;
    std::span<const std::byte> data;
  };
  struct Mapping;

  Result<const Tensor*> find(const std::string& name, std::string_view type) const;
  Result<const Tensor*> find_shaped(const std::string& name, std::string_view type,
                                    const std::vector<std::int64_t>& shape) const;

  std::shared_ptr<const Mapping> mapping_;
  std::string place_;
  std::string name_;
  std::map<std::string, Tensor> tensors_;
  EncoderShape shape_;
  std::string checksum_needed_;
  std::map<std::string, HeadDescription> heads_;

  friend class ModelHeaderReader;
};

}  // namespace polybius
