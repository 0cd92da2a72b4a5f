// Reads a text with two marked places: the encoder's lower layers, layers of its own, and what three heads
// say of the pair.
#include <algorithm>
#include <utility>

#include "encoder/filling.h"
#include "encoder/layer_pass.h"
#include "encoder/model.h"
#include "encoder/shares.h"

namespace polybius {

namespace {

constexpr std::size_t kParts = 4;  ///< of what the heads read: [CLS], actor, recipient, the words of the act

constexpr std::size_t kBareLayers = 1;  ///< before the roles are added

struct PairHead {
  std::vector<std::string> labels;
  PackedMatrix output;
};

/// Where the window of a long text begins: the marked subwords stand in its middle.
std::size_t window_start(std::span<const PairRole> roles, std::size_t most) {
  const auto marked = [](PairRole role) { return role != PairRole::none; };
  const auto first = std::ranges::find_if(roles, marked);
  if (roles.size() <= most || first == roles.end()) return 0;
  std::size_t last = roles.size() - 1;
  while (!marked(roles[last])) --last;
  const std::size_t middle = (static_cast<std::size_t>(first - roles.begin()) + last) / 2;
  return std::min(middle - std::min(middle, most / 2), roles.size() - most);
}

}  // namespace

struct PairWorkspace::Buffers : PassBuffers {
  WordPieces::Scratch scratch;
  std::vector<std::int32_t> ids;
  std::vector<std::uint8_t> shapes;
  std::vector<PairRole> roles;      ///< of each subword
  std::vector<std::size_t> origin;  ///< the word of each subword
  AlignedArray<float> told;         ///< what the heads read, [kParts * width]
  AlignedArray<float> hidden;
  std::vector<float> scores;
  std::vector<double> weights;
  std::vector<double> word_weights;
};

PairWorkspace::PairWorkspace() : buffers_(std::make_unique<Buffers>()) {}
PairWorkspace::~PairWorkspace() = default;
PairWorkspace::PairWorkspace(PairWorkspace&&) noexcept = default;
PairWorkspace& PairWorkspace::operator=(PairWorkspace&&) noexcept = default;

struct PairReader::Model {
  ModelFile file;
  const Encoder::Model* below = nullptr;
  std::span<const float> positions;
  std::span<const float> shapes;
  NormWeights input_norm;
  std::vector<LayerWeights> layers;
  std::span<const float> roles;   ///< [2, width]: added at the actor's and at the recipient's subwords
  std::span<const float> absent;  ///< [2, width]: in the place of who is not marked
  std::span<const float> act;     ///< [width]: scores how much a subword tells of the act
  PackedMatrix hidden;
  PairHead types;
  PairHead modes;
  PairHead statuses;
};

namespace {

class PairPass {
 public:
  PairPass(const PairReader::Model& model, PairWorkspace::Buffers& buffers)
      : model_(model),
        kernels_(*model.below->kernels),
        buffers_(buffers),
        width_(static_cast<std::size_t>(model.below->shape.width)) {}

  /// Fills the subwords between [CLS] and [SEP].
  void take(std::span<const std::string_view> words, std::span<const PairRole> roles) {
    Buffers& b = buffers_;
    const WordPieces& pieces = model_.below->pieces;
    b.ids.assign(1, pieces.begin_id());
    b.shapes.assign(1, WordPieces::kSpecialShape);
    b.roles.clear();
    b.origin.clear();
    for (std::size_t word = 0; word < words.size(); ++word) {
      pieces.append(words[word], b.scratch, b.ids, b.shapes);
      b.roles.resize(b.ids.size() - 1, roles[word]);
      b.origin.resize(b.ids.size() - 1, word);
    }
    const auto most = static_cast<std::size_t>(model_.file.shape().positions) - 2;
    if (b.roles.size() > most) cut(window_start(b.roles, most), most);
    b.ids.push_back(pieces.end_id());
    b.shapes.push_back(WordPieces::kSpecialShape);
  }

  void run() {
    Buffers& b = buffers_;
    const RowRange all{0, b.ids.size()};
    b.x.reserve(all.count * width_);
    for (std::size_t i = 0; i < all.count; ++i) embed(i);
    for (std::size_t number = 0; number < model_.layers.size(); ++number) {
      if (number == kBareLayers) add_roles();
      run_layer(kernels_, model_.file.shape(), model_.layers[number], {&all, 1}, all.count, b);
    }
  }

  /// What the heads read: the states of [CLS], of the first subwords of actor and recipient, and the mean of
  /// all by how much they tell of the act.
  void gather(std::size_t words, PairReading& reading) {
    Buffers& b = buffers_;
    b.told.reserve(kParts * width_);
    float* out = b.told.data();
    std::copy_n(row(0), width_, out);
    for (const PairRole role : {PairRole::actor, PairRole::recipient}) {
      const auto found = std::ranges::find(b.roles, role);
      const float* from = found == b.roles.end() ? role_row(model_.absent, role)
                                                 : row(static_cast<std::size_t>(found - b.roles.begin()) + 1);
      out = std::copy_n(from, width_, out + width_) - width_;
    }
    out += width_;
    std::fill_n(out, width_, 0.0F);
    b.scores.clear();
    for (std::size_t i = 0; i < b.ids.size(); ++i)
      b.scores.push_back(kernels_.dot(row(i), model_.act.data(), static_cast<int>(width_)));
    const double sum = weigh_scores(b.scores, b.weights);
    b.word_weights.assign(words, 0.0);
    for (std::size_t i = 0; i < b.ids.size(); ++i) {
      kernels_.mix(row(i), static_cast<float>(b.weights[i] / sum), static_cast<int>(width_), out);
      if (i > 0 && i <= b.origin.size()) b.word_weights[b.origin[i - 1]] += b.weights[i];
    }
    reading.told.clear();
    for (const double weight : b.word_weights) reading.told.push_back(per_mille(weight, sum));
  }

  void decide(PairReading& reading) {
    Buffers& b = buffers_;
    const auto hidden = static_cast<std::size_t>(model_.hidden.outputs);
    const std::size_t inputs = kParts * width_;
    b.hidden.reserve(hidden);
    kernels_.multiply(quantize_rows(kernels_, b, b.told.data(), inputs, 1, static_cast<int>(inputs)),
                      model_.hidden, b.hidden.data(), Finish::leaky);
    const QuantizedRows rows = quantize_rows(kernels_, b, b.hidden.data(), hidden, 1, model_.hidden.outputs);
    decide(rows, model_.types, reading.types);
    decide(rows, model_.modes, reading.modes);
    decide(rows, model_.statuses, reading.statuses);
  }

 private:
  using Buffers = PairWorkspace::Buffers;

  void embed(std::size_t number) {
    const auto id = static_cast<std::size_t>(buffers_.ids[number]);
    const std::int8_t* word = model_.below->words.data() + id * width_;
    const float* position = model_.positions.data() + number * width_;
    const float* shape = model_.shapes.data() + buffers_.shapes[number] % kCaseShapes * width_;
    const float scale = model_.below->word_scale[id];
    float* x = row(number);
    for (std::size_t k = 0; k < width_; ++k)
      x[k] = (static_cast<float>(word[k]) * scale + position[k]) + shape[k];
    kernels_.normalize(x, model_.input_norm.weight.data(), model_.input_norm.bias.data(),
                       static_cast<int>(width_), x);
  }

  void add_roles() {
    for (std::size_t i = 0; i < buffers_.roles.size(); ++i) {
      if (buffers_.roles[i] != PairRole::none)
        kernels_.mix(role_row(model_.roles, buffers_.roles[i]), 1.0F, static_cast<int>(width_), row(i + 1));
    }
  }

  void cut(std::size_t start, std::size_t most) {
    const auto keep = [&](auto& values, std::size_t first) {
      const auto begin = values.begin() + static_cast<std::ptrdiff_t>(first);
      values.erase(begin + static_cast<std::ptrdiff_t>(start + most), values.end());
      values.erase(begin, begin + static_cast<std::ptrdiff_t>(start));
    };
    keep(buffers_.ids, 1);
    keep(buffers_.shapes, 1);
    keep(buffers_.roles, 0);
    keep(buffers_.origin, 0);
  }

  float* row(std::size_t number) {
    return buffers_.x.data() + number * width_;
  }
  const float* role_row(std::span<const float> rows, PairRole role) const {
    return rows.data() + (role == PairRole::actor ? 0 : width_);
  }

  void decide(const QuantizedRows& rows, const PairHead& head, std::vector<std::uint16_t>& shares) {
    Buffers& b = buffers_;
    b.wide.reserve(static_cast<std::size_t>(head.output.outputs));
    kernels_.multiply(rows, head.output, b.wide.data(), Finish::plain);
    const double sum = weigh_scores({b.wide.data(), head.labels.size()}, b.weights);
    shares.clear();
    for (const double weight : b.weights) shares.push_back(per_mille(weight, sum));
  }

  const PairReader::Model& model_;
  const Kernels& kernels_;
  Buffers& buffers_;
  std::size_t width_;
};

void fill_pair_head(TensorFiller& filler, const ModelFile& file, const std::string& key, int hidden,
                    PairHead& head) {
  const auto found = file.heads().find(key);
  if (found == file.heads().end() || found->second.kind != "classes")
    return filler.reject("the head \"" + key + "\" is missing");
  head.labels = found->second.labels;
  head.output = filler.matrix("heads." + key + ".output", static_cast<int>(head.labels.size()), hidden);
}

}  // namespace

PairReader::PairReader(std::unique_ptr<const Model> model) : model_(std::move(model)) {}
PairReader::PairReader(PairReader&&) noexcept = default;
PairReader& PairReader::operator=(PairReader&&) noexcept = default;
PairReader::~PairReader() = default;

Result<PairReader> PairReader::build(ModelFile file, const Encoder& below) {
  auto model = std::make_unique<Model>();
  model->file = std::move(file);
  model->below = &below.model();
  const EncoderShape& shape = model->file.shape();
  const EncoderShape& beneath = model->below->shape;
  const std::string needed[] = {"words.weight", "words.scale", "vocabulary"};
  if (shape.width != beneath.width || shape.vocabulary != beneath.vocabulary ||
      model->below->file.checksum_of(needed) != model->file.checksum_needed()) {
    return model->file.fault("E-MOD-07", "these weights need the words of another encoder",
                             "take the two model files of one version");
  }
  TensorFiller filler(model->file, *model->below->kernels);
  for (int i = 0; i < shape.layers && !filler.fault(); ++i)
    model->layers.push_back(filler.layer("layers." + std::to_string(i), shape));
  if (shape.width != shape.attention_heads * kHeadWidth || shape.inner % kOutputPanel != 0)
    filler.reject("inner must be a multiple of 64, and an attention head 32 wide");
  model->positions = filler.floats("positions", {shape.positions, shape.width});
  model->shapes = filler.floats("shapes", {kCaseShapes, shape.width});
  model->input_norm = filler.norm("input_norm", shape.width);
  model->roles = filler.floats("roles", {2, shape.width});
  model->absent = filler.floats("absent", {2, shape.width});
  model->act = filler.floats("act", {shape.width});
  const auto described = model->file.heads().find("type");
  const int hidden = described == model->file.heads().end() ? 0 : described->second.hidden;
  if (hidden == 0 || hidden % kOutputPanel != 0)
    filler.reject("the hidden layer's width is no multiple of 64");
  if (filler.fault()) return *filler.fault();
  model->hidden = filler.matrix("hidden", hidden, static_cast<int>(kParts) * shape.width);
  fill_pair_head(filler, model->file, "type", hidden, model->types);
  fill_pair_head(filler, model->file, "mode", hidden, model->modes);
  fill_pair_head(filler, model->file, "status", hidden, model->statuses);
  if (filler.fault()) return *filler.fault();
  return PairReader(std::move(model));
}

Result<PairReader> PairReader::open(const std::filesystem::path& path, const Encoder& below) {
  Result<ModelFile> file = ModelFile::map(path, kPairsFormat);
  if (!file) return file.error();
  return build(std::move(file).value(), below);
}

Result<PairReader> PairReader::open_bytes(std::span<const std::byte> bytes, std::string place,
                                          const Encoder& below) {
  Result<ModelFile> file = ModelFile::parse(bytes, std::move(place), kPairsFormat);
  if (!file) return file.error();
  return build(std::move(file).value(), below);
}

void PairReader::read(std::span<const std::string_view> words, std::span<const PairRole> roles,
                      PairWorkspace& workspace, PairReading& reading) const {
  PairPass pass(*model_, workspace.buffers());
  pass.take(words, roles);
  pass.run();
  pass.gather(words.size(), reading);
  pass.decide(reading);
}

const std::vector<std::string>& PairReader::types() const {
  return model_->types.labels;
}

const std::vector<std::string>& PairReader::modes() const {
  return model_->modes.labels;
}

const std::vector<std::string>& PairReader::statuses() const {
  return model_->statuses.labels;
}

const std::string& PairReader::name() const {
  return model_->file.name();
}

}  // namespace polybius
