// Maps a model file and reads its header; docs/model-format.md is its grammar.
#include "encoder/model_file.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

#include <cstring>
#include <nlohmann/json.hpp>
#include <utility>

namespace polybius {

using nlohmann::json;

namespace {

constexpr std::size_t kLargestHeader = 16U << 20U;
constexpr std::string_view kVersion = "1";

struct TypeName {
  std::string_view name;
  std::int64_t size;
};
constexpr TypeName kTypes[] = {{"F32", 4}, {"I32", 4}, {"I8", 1}, {"U8", 1}};

std::int64_t size_of_type(std::string_view name) {
  for (const TypeName& type : kTypes) {
    if (type.name == name) return type.size;
  }
  return 0;
}

std::string text_of(const json& object, const char* key) {
  const auto found = object.find(key);
  return found != object.end() && found->is_string() ? found->get<std::string>() : std::string();
}

/// A positive number of an object, at most `most`; 0 if it has none.
int number_of(const json& object, const char* key, int most) {
  const auto found = object.find(key);
  if (found == object.end() || !found->is_number_integer()) return 0;
  const auto value = found->get<std::int64_t>();
  return value >= 1 && value <= most ? static_cast<int>(value) : 0;
}

uLong add_to_checksum(uLong sum, std::span<const std::byte> bytes) {
  return crc32_z(sum, reinterpret_cast<const Bytef*>(bytes.data()), bytes.size());
}

std::string hexadecimal(std::uint32_t value) {
  std::string out;
  for (int shift = 28; shift >= 0; shift -= 4)
    out += "0123456789abcdef"[(value >> static_cast<unsigned>(shift)) & 15U];
  return out;
}

}  // namespace

struct ModelFile::Mapping {
  Mapping(void* memory, std::size_t length) : address(memory), size(length) {}
  Mapping(const Mapping&) = delete;
  Mapping& operator=(const Mapping&) = delete;
  ~Mapping() {
    munmap(address, size);
  }
  void* address;
  std::size_t size;
};

/// Fills a ModelFile from the header's JSON.
class ModelHeaderReader {
 public:
  ModelHeaderReader(ModelFile& file, std::span<const std::byte> data) : file_(file), data_(data) {}

  std::string read_tensors(const json& header) {
    for (const auto& [name, entry] : header.items()) {
      if (name == "__metadata__") continue;
      if (!entry.is_object()) return "tensor \"" + name + "\" is no object";
      std::string fault = read_tensor(name, entry);
      if (!fault.empty()) return fault;
    }
    return {};
  }

  std::string read_shape(const json& shape) {
    constexpr int kMost = 1 << 20;
    EncoderShape& s = file_.shape_;
    s.width = number_of(shape, "width", 4096);
    s.layers = number_of(shape, "layers", 64);
    s.attention_heads = number_of(shape, "attention_heads", 128);
    s.inner = number_of(shape, "inner", 16384);
    s.positions = number_of(shape, "positions", 4096);
    s.vocabulary = number_of(shape, "vocabulary", kMost);
    s.pieces_a_word = number_of(shape, "pieces_a_word", 4096);
    s.longest_run = number_of(shape, "longest_run", 4096);
    const bool whole = s.width && s.layers && s.attention_heads && s.inner && s.positions && s.vocabulary &&
                       s.pieces_a_word && s.longest_run;
    return whole ? std::string() : "a dimension is missing or out of range";
  }

  std::string read_heads(const json& heads) {
    for (const auto& [name, entry] : heads.items()) {
      if (!entry.is_object()) return "head \"" + name + "\" is no object";
      HeadDescription head;
      head.kind = text_of(entry, "kind");
      const auto labels = entry.find("labels");
      if (labels == entry.end() || !labels->is_array()) return "head \"" + name + "\" has no labels";
      for (const json& label : *labels) {
        if (!label.is_string()) return "head \"" + name + "\" has a label that is no text";
        head.labels.push_back(label.get<std::string>());
      }
      if (head.labels.empty() || head.labels.size() > 65535)
        return "head \"" + name + "\" has no labels, or too many";
      head.hidden = number_of(entry, "hidden", 4096);
      head.arc = number_of(entry, "arc", 4096);
      head.label = number_of(entry, "label", 4096);
      head.size = number_of(entry, "size", 4096);
      file_.heads_.emplace(name, std::move(head));
    }
    return {};
  }

 private:
  std::string read_tensor(const std::string& name, const json& entry) {
    ModelFile::Tensor tensor;
    tensor.type = text_of(entry, "dtype");
    std::int64_t bytes = size_of_type(tensor.type);
    const auto shape = entry.find("shape");
    const auto offsets = entry.find("data_offsets");
    if (bytes == 0) return "tensor \"" + name + "\" has an unknown type";
    if (shape == entry.end() || !shape->is_array() || offsets == entry.end() || !offsets->is_array() ||
        offsets->size() != 2 || !(*offsets)[0].is_number_unsigned() || !(*offsets)[1].is_number_unsigned()) {
      return "tensor \"" + name + "\" has no shape or no offsets";
    }
    const auto align = static_cast<std::uint64_t>(bytes);
    for (const json& size : *shape) {
      if (!size.is_number_unsigned() || size.get<std::uint64_t>() > (1U << 30U))
        return "tensor \"" + name + "\" has a wrong shape";
      tensor.shape.push_back(size.get<std::int64_t>());
      bytes *= tensor.shape.back();
      if (bytes > (std::int64_t{1} << 32)) return "tensor \"" + name + "\" is too large";
    }
    const auto begin = (*offsets)[0].get<std::uint64_t>();
    const auto end = (*offsets)[1].get<std::uint64_t>();
    if (begin > end || end > data_.size() || end - begin != static_cast<std::uint64_t>(bytes) ||
        begin % align != 0) {
      return "tensor \"" + name + "\" lies outside of the file or has another size than its shape";
    }
    tensor.data = data_.subspan(begin, end - begin);
    file_.tensors_.emplace(name, std::move(tensor));
    return {};
  }

  ModelFile& file_;
  std::span<const std::byte> data_;
};

Error ModelFile::fault(std::string code, std::string what, std::string remedy) const {
  return Error{std::move(code), place_, std::move(what), std::move(remedy)};
}

Result<ModelFile> ModelFile::map(const std::filesystem::path& path, std::string_view format) {
  const Error unreadable{"E-MOD-01", path.string(), "the model cannot be read", "name it with --model"};
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) return unreadable;
  struct stat status {};
  const bool regular = fstat(descriptor, &status) == 0 && S_ISREG(status.st_mode) && status.st_size > 0;
  const auto size = static_cast<std::size_t>(status.st_size);
  void* address = regular ? mmap(nullptr, size, PROT_READ, MAP_PRIVATE, descriptor, 0) : MAP_FAILED;
  close(descriptor);
  if (address == MAP_FAILED) return unreadable;
  auto mapping = std::make_shared<const Mapping>(address, size);
  Result<ModelFile> file = parse({static_cast<const std::byte*>(address), size}, path.string(), format);
  if (file) file.value().mapping_ = std::move(mapping);
  return file;
}

Result<ModelFile> ModelFile::parse(std::span<const std::byte> bytes, std::string place,
                                   std::string_view format) {
  ModelFile file;
  file.place_ = std::move(place);
  std::uint64_t length = 0;
  if (bytes.size() > 8) std::memcpy(&length, bytes.data(), 8);
  if (length == 0 || length > kLargestHeader || length > bytes.size() - 8) {
    return file.fault("E-MOD-02", "this is no safetensors file");
  }
  const std::byte* begin = bytes.data() + 8 + length;
  if (reinterpret_cast<std::uintptr_t>(begin) % alignof(float) != 0) {
    return file.fault("E-MOD-02",
                      "the header's length is no multiple of four, so the data cannot be read in place");
  }
  const auto* text = reinterpret_cast<const char*>(bytes.data()) + 8;
  const json header = json::parse(text, text + length, nullptr, false);
  if (!header.is_object()) return file.fault("E-MOD-02", "the header is no JSON object");
  const json metadata = header.value("__metadata__", json::object());
  if (!metadata.is_object() || text_of(metadata, "format") != format ||
      text_of(metadata, "version") != kVersion) {
    return file.fault("E-MOD-03", "the file is no " + std::string(format) + " of version 1");
  }
  const std::span<const std::byte> data = bytes.subspan(8 + length);
  ModelHeaderReader reader(file, data);
  if (std::string what = reader.read_tensors(header); !what.empty())
    return file.fault("E-MOD-05", std::move(what));
  const json shape = json::parse(text_of(metadata, "shape"), nullptr, false);
  const json heads = json::parse(text_of(metadata, "heads"), nullptr, false);
  if (!shape.is_object() || !heads.is_object())
    return file.fault("E-MOD-06", "the metadata lacks shape or heads");
  if (std::string what = reader.read_shape(shape); !what.empty())
    return file.fault("E-MOD-06", std::move(what));
  if (std::string what = reader.read_heads(heads); !what.empty())
    return file.fault("E-MOD-06", std::move(what));
  file.checksum_needed_ = text_of(metadata, "needs");
  const std::string checksum = hexadecimal(static_cast<std::uint32_t>(add_to_checksum(0, data)));
  if (checksum != text_of(metadata, "crc32")) {
    return file.fault("E-MOD-04", "the file is damaged: its checksum is another", "copy it anew");
  }
  file.name_ = text_of(metadata, "language") + "-" + std::string(kVersion) + "-" + checksum;
  return file;
}

std::string ModelFile::checksum_of(std::span<const std::string> names) const {
  uLong sum = 0;
  for (const std::string& name : names) {
    const auto found = tensors_.find(name);
    if (found == tensors_.end()) return {};
    sum = add_to_checksum(sum, found->second.data);
  }
  return hexadecimal(static_cast<std::uint32_t>(sum));
}

Result<const ModelFile::Tensor*> ModelFile::find(const std::string& name, std::string_view type) const {
  const auto found = tensors_.find(name);
  if (found == tensors_.end()) return fault("E-MOD-05", "tensor \"" + name + "\" is missing");
  if (found->second.type != type) return fault("E-MOD-05", "tensor \"" + name + "\" has another type");
  return &found->second;
}

Result<const ModelFile::Tensor*> ModelFile::find_shaped(const std::string& name, std::string_view type,
                                                        const std::vector<std::int64_t>& shape) const {
  Result<const Tensor*> found = find(name, type);
  if (found && found.value()->shape != shape)
    return fault("E-MOD-05", "tensor \"" + name + "\" has another shape");
  return found;
}

Result<std::span<const float>> ModelFile::floats(const std::string& name,
                                                 std::vector<std::int64_t> shape) const {
  const auto found = find_shaped(name, "F32", shape);
  if (!found) return found.error();
  const std::span<const std::byte> data = found.value()->data;
  return std::span<const float>(reinterpret_cast<const float*>(data.data()), data.size() / sizeof(float));
}

Result<std::span<const std::int8_t>> ModelFile::bytes(const std::string& name,
                                                      std::vector<std::int64_t> shape) const {
  const auto found = find_shaped(name, "I8", shape);
  if (!found) return found.error();
  const std::span<const std::byte> data = found.value()->data;
  return std::span<const std::int8_t>(reinterpret_cast<const std::int8_t*>(data.data()), data.size());
}

Result<std::span<const std::int32_t>> ModelFile::integers(const std::string& name) const {
  const auto found = find(name, "I32");
  if (!found) return found.error();
  const std::span<const std::byte> data = found.value()->data;
  return std::span<const std::int32_t>(reinterpret_cast<const std::int32_t*>(data.data()), data.size() / 4);
}

Result<std::span<const std::uint8_t>> ModelFile::octets(const std::string& name) const {
  const auto found = find(name, "U8");
  if (!found) return found.error();
  const std::span<const std::byte> data = found.value()->data;
  return std::span<const std::uint8_t>(reinterpret_cast<const std::uint8_t*>(data.data()), data.size());
}

}  // namespace polybius
