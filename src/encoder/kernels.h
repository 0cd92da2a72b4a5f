// The engine's arithmetic: a table of functions for each instruction set, all with the same bits.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <span>
#include <vector>

namespace polybius {

constexpr int kOutputPanel = 64;  ///< outputs of a packed matrix are padded to a multiple of it
constexpr int kLanes = 16;        ///< virtual lanes of all float sums; every row's length is a multiple of it
constexpr int kHeadWidth = 32;    ///< of one attention head

struct FreeMemory {
  void operator()(void* memory) const {
    std::free(memory);
  }
};

/// Uninitialized memory at a cache line's begin.
template <typename T>
class AlignedArray {
 public:
  AlignedArray() = default;
  explicit AlignedArray(std::size_t size) : data_(allocate(size)), size_(size) {}
  /// Room for `size` elements; what was there is lost if it grows.
  void reserve(std::size_t size) {
    if (size > size_) *this = AlignedArray(size);
  }
  T* data() {
    return data_.get();
  }
  const T* data() const {
    return data_.get();
  }
  std::size_t size() const {
    return size_;
  }

 private:
  static T* allocate(std::size_t size) {
    void* memory = std::aligned_alloc(64, (size * sizeof(T) + 127) / 64 * 64);
    if (memory == nullptr) std::abort();
    return static_cast<T*>(memory);
  }
  std::unique_ptr<T, FreeMemory> data_;
  std::size_t size_ = 0;
};

/// w[outputs, inputs] in the layout of one family; outputs padded to whole panels with zeros.
struct PackedMatrix {
  int outputs = 0;  ///< padded
  int inputs = 0;   ///< a multiple of kLanes
  AlignedArray<std::int8_t> weights;
  std::vector<std::uint32_t> panel_steps;  ///< AVX2: the first step of each panel, and the end of the last
  std::vector<std::uint16_t> step_inputs;  ///< AVX2: the first of the eight inputs that a step takes
  std::vector<float> scale;                ///< of each output
  std::vector<float> bias;                 ///< of each output
  std::vector<float> column;  ///< scale times the sum of the output's weights: what the rows' lows add
};

/// Rows quantized one by one: x = low + scale * value, value 0 to 255.
struct QuantizedRows {
  int rows = 0;
  int inputs = 0;
  std::uint8_t* values = nullptr;  ///< rows * inputs * Kernels::value_size bytes, in the family's own form
  float* scale = nullptr;
  float* low = nullptr;
};

/// What is done to y = x · wᵀ + bias before it is stored.
enum class Finish : std::uint8_t { plain, gelu, leaky, add };

/// The functions of one family. Integer sums are exact; floats are added, multiplied, divided and rooted in
/// one order, without FMA. All pointers may be unaligned; lengths are multiples of kLanes.
struct Kernels {
  const char* name;
  int value_size;  ///< bytes of one quantized value
  /// Brings w[packed.outputs, packed.inputs], row-major and padded already, into the family's order.
  void (*pack)(const std::int8_t* weights, PackedMatrix& packed);
  /// Row `row` of `rows` becomes the quantized x[inputs].
  void (*quantize)(const float* x, const QuantizedRows& rows, int row);
  /// y[rows, w.outputs] = finish(x · wᵀ + bias); with `add` the product is added to what y holds.
  void (*multiply)(const QuantizedRows& x, const PackedMatrix& w, float* y, Finish finish);
  /// y = (x - mean) / sqrt(variance + 1e-12) * weight + bias; x and y may be the same.
  void (*normalize)(const float* x, const float* weight, const float* bias, int width, float* y);
  /// Attention within one sentence: qkv[length, 3 * width], the scores' factor in q already; out[length,
  /// width]. `scratch`: (kHeadWidth + 4) * (length rounded up to kLanes) floats.
  void (*attend)(const float* qkv, int length, int width, float* scratch, float* out);
  /// y += factor * x
  void (*mix)(const float* x, float factor, int width, float* y);
  /// The sum of a[i] * b[i].
  float (*dot)(const float* a, const float* b, int size);
};

const Kernels& plain_kernels();
/// Null where the CPU or the compiler's target lacks the instructions.
const Kernels* avx2_kernels();
const Kernels* vnni_kernels();

/// Pads, packs and sums a matrix for `kernels`.
PackedMatrix pack_matrix(const Kernels& kernels, std::span<const std::int8_t> weights,
                         std::span<const float> scale, std::span<const float> bias, int inputs);

/// Whether a family multiplies a matrix of its own making as the plain one does: a CPU or an emulator whose
/// vector instructions are wrong must cost speed, not truth.
bool multiplies_rightly(const Kernels& kernels);

}  // namespace polybius
