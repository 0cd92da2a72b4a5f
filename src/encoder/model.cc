// Brings a model file's tensors into the engine's form, each one checked.
#include "encoder/model.h"

#include <algorithm>
#include <tuple>
#include <utility>

#include "encoder/filling.h"

namespace polybius {

namespace {

class ModelFiller : private TensorFiller {
 public:
  explicit ModelFiller(Encoder::Model& model) : TensorFiller(model.file, *model.kernels), model_(model) {}

  void fill_encoder() {
    const EncoderShape& shape = model_.shape;
    const auto words = model_.file.bytes("words.weight", {shape.vocabulary, shape.width});
    if (note(words)) model_.words = words.value();
    model_.word_scale = floats("words.scale", {shape.vocabulary});
    model_.positions = floats("positions", {shape.positions, shape.width});
    model_.shapes = floats("shapes", {kCaseShapes, shape.width});
    if (!model_.names.empty()) model_.known = floats("known.weight", {KnownNames::kMarks, shape.width});
    model_.input_norm = norm("input_norm", shape.width);
    for (int i = 0; i < shape.layers && !fault(); ++i)
      model_.layers.push_back(layer("layers." + std::to_string(i), shape));
  }

  void fill_class_head(const std::string& key, const HeadDescription& described, Column column) {
    const std::string name = "heads." + key;
    ClassHeadWeights head;
    head.column = column;
    head.classes = described.labels.size();
    head.sequence = described.kind == "spans";
    head.hidden = described.hidden;
    head.mix = floats(name + ".mix", {model_.shape.layers});
    if (head.hidden % kOutputPanel != 0)
      return reject("head \"" + key + "\" has a hidden layer of a width that is no multiple of 64");
    if (head.hidden > 0) head.hidden_layer = matrix(name + ".hidden", head.hidden, model_.shape.width);
    head.output = matrix(name + ".output", static_cast<int>(head.classes),
                         head.hidden > 0 ? head.hidden : model_.shape.width);
    if (head.sequence) fill_sequence(name, head, described.labels);
    if (column == Column::said) fill_said_parts(head, described.labels);
    const auto special =
        std::find(described.labels.begin(), described.labels.end(), column == Column::happened ? "yes" : "O");
    head.special = static_cast<std::size_t>(special - described.labels.begin());
    model_.labels[column] = described.labels;
    model_.class_heads.push_back(std::move(head));
  }

  void fill_tree_head(const std::string& key, const HeadDescription& described) {
    const std::string name = "heads." + key;
    TreeHeadWeights head;
    head.arc = described.arc;
    head.label = described.label;
    head.labels = described.labels.size();
    if (head.arc == 0 || head.label == 0 || head.arc % kLanes != 0 || head.label % kLanes != 0 ||
        head.labels > 1024) {
      return reject("head \"" + key + "\" has widths that are no multiples of 16");
    }
    const auto root = std::find(described.labels.begin(), described.labels.end(), "root");
    const auto join = std::find(described.labels.begin(), described.labels.end(), "parataxis");
    if (root == described.labels.end() || join == described.labels.end()) {
      return reject("head \"" + key + "\" lacks the label root or parataxis");
    }
    head.root_label = static_cast<std::size_t>(root - described.labels.begin());
    head.join_label = static_cast<std::size_t>(join - described.labels.begin());
    head.mix = floats(name + ".mix", {model_.shape.layers});
    const auto labels = static_cast<int>(head.labels);
    head.project = matrix(name + ".project", 2 * (head.arc + head.label), model_.shape.width);
    head.arc_layer = matrix(name + ".arc", head.arc, head.arc);
    head.label_layer = matrix(name + ".label", labels * (head.label + 1), head.label);
    head.label_head = matrix(name + ".label_head", labels, head.label);
    model_.labels[Column::deprel] = described.labels;
    model_.tree_heads.push_back(std::move(head));
  }

  void fill_link_head(const std::string& key, const HeadDescription& described, Column column) {
    const std::string name = "heads." + key;
    LinkHeadWeights head;
    head.column = column;
    head.size = described.size;
    head.labels = described.labels.size();
    if (head.size == 0 || head.size % kLanes != 0 || head.labels > 64)
      return reject("head \"" + key + "\" has a width that is no multiple of 16");
    head.mix = floats(name + ".mix", {model_.shape.layers});
    head.project = matrix(name + ".project", 2 * head.size, model_.shape.width);
    head.pair = matrix(name + ".pair", static_cast<int>(head.labels) * (head.size + 1), head.size);
    model_.labels[column] = described.labels;
    model_.link_heads.push_back(std::move(head));
  }

  /// Links start from words that another head points out: without it they are not read.
  void fill_link_heads() {
    constexpr std::tuple<const char*, Column, Column> kLinkHeads[] = {
        {"said_links", Column::said_links, Column::said},
        {"event_links", Column::event_links, Column::event}};
    for (const auto& [key, column, from] : kLinkHeads) {
      const auto found = model_.file.heads().find(key);
      if (found == model_.file.heads().end() || fault() || !model_.labels.contains(from)) continue;
      if (found->second.kind != "links") return reject("head \"" + found->first + "\" is of an unknown kind");
      fill_link_head(found->first, found->second, column);
    }
  }

  void fill_heads() {
    // `event` stands before the heads that are asked only of words that may name one.
    constexpr std::pair<const char*, Column> kClassHeads[] = {
        {"upos", Column::upos},        {"xpos", Column::xpos}, {"feats", Column::feats},
        {"lemma", Column::lemma},      {"ner", Column::ner},   {"said", Column::said},
        {"event", Column::event},      {"mode", Column::mode}, {"status", Column::status},
        {"happened", Column::happened}};
    for (const auto& [key, column] : kClassHeads) {
      const auto found = model_.file.heads().find(key);
      if (found == model_.file.heads().end() || fault()) continue;
      if (found->second.kind != "classes" && found->second.kind != "spans")
        return reject("head \"" + found->first + "\" is of an unknown kind");
      fill_class_head(found->first, found->second, column);
    }
    const auto tree = model_.file.heads().find("tree");
    if (tree != model_.file.heads().end() && !fault()) fill_tree_head(tree->first, tree->second);
    fill_link_heads();
  }

  using TensorFiller::fault;
  using TensorFiller::reject;

 private:
  static void fill_said_parts(ClassHeadWeights& head, const std::vector<std::string>& labels) {
    for (const std::string& tag : labels) {
      SaidPart part = SaidPart::none;
      if (tag.ends_with("-source")) part = SaidPart::source;
      if (tag.ends_with("-cue")) part = SaidPart::cue;
      if (tag.ends_with("-content")) part = SaidPart::content;
      head.parts.push_back(part);
    }
  }

  /// Which tags may follow each other, and what that costs where the file tells it.
  void fill_sequence(const std::string& name, ClassHeadWeights& head,
                     const std::vector<std::string>& labels) {
    const auto classes = static_cast<std::int64_t>(head.classes);
    head.moves.assign(head.classes * head.classes, 0.0F);
    head.begins.assign(head.classes, 0.0F);
    if (model_.file.has(name + ".moves")) {
      const auto moves = floats(name + ".moves", {classes, classes});
      const auto begins = floats(name + ".begins", {classes});
      head.moves.assign(moves.begin(), moves.end());
      head.begins.assign(begins.begin(), begins.end());
      if (fault()) return;
    }
    for (std::size_t tag = 0; tag < head.classes; ++tag) {
      const std::string& label = labels[tag];
      if (!label.starts_with("I-")) continue;
      head.begins[tag] = kNoMove;
      for (std::size_t before = 0; before < head.classes; ++before) {
        const bool same = labels[before].size() > 2 && labels[before].substr(2) == label.substr(2);
        if (!same) head.moves[before * head.classes + tag] = kNoMove;
      }
    }
  }

  Encoder::Model& model_;
};

}  // namespace

Result<bool> fill_model(Encoder::Model& model) {
  model.shape = model.file.shape();
  const EncoderShape& shape = model.shape;
  ModelFiller filler(model);
  if (shape.width % kOutputPanel != 0 || shape.inner % kOutputPanel != 0 ||
      shape.width != shape.attention_heads * kHeadWidth) {
    filler.reject("width and inner must be multiples of 64, and an attention head 32 wide");
  }
  if (shape.positions < shape.pieces_a_word + 2)
    filler.reject("the model has fewer positions than a word may have subwords");
  if (filler.fault()) return *filler.fault();
  Result<WordPieces> pieces = WordPieces::from(model.file);
  if (!pieces) return pieces.error();
  model.pieces = std::move(pieces).value();
  Result<KnownNames> names = KnownNames::from(model.file);
  if (!names) return names.error();
  model.names = std::move(names).value();
  filler.fill_encoder();
  if (filler.fault()) return *filler.fault();
  filler.fill_heads();
  if (filler.fault()) return *filler.fault();
  Result<LemmaTable> lemmas = LemmaTable::from(model.file, model.labels[Column::lemma].size());
  if (!lemmas) return lemmas.error();
  model.lemmas = std::move(lemmas).value();
  return true;
}

void decode_sequence(const ClassHeadWeights& head, const float* scores, std::size_t stride,
                     std::size_t length, std::vector<float>& best, std::vector<std::uint16_t>& came,
                     std::vector<std::uint16_t>& tags) {
  const std::size_t classes = head.classes;
  best.assign(2 * classes, kNoMove);
  came.resize(length * classes);
  tags.resize(length);
  if (length == 0) return;
  float* now = best.data();
  float* next = best.data() + classes;
  for (std::size_t tag = 0; tag < classes; ++tag) now[tag] = scores[tag] + head.begins[tag];
  for (std::size_t at = 1; at < length; ++at) {
    const float* row = scores + at * stride;
    for (std::size_t tag = 0; tag < classes; ++tag) {
      std::size_t from = 0;
      float most = 4 * kNoMove;
      for (std::size_t before = 0; before < classes; ++before) {
        const float option = now[before] + head.moves[before * classes + tag];
        if (option > most) {
          most = option;
          from = before;
        }
      }
      came[at * classes + tag] = static_cast<std::uint16_t>(from);
      next[tag] = most + row[tag];
    }
    std::swap(now, next);
  }
  tags[length - 1] = static_cast<std::uint16_t>(std::max_element(now, now + classes) - now);
  for (std::size_t at = length - 1; at > 0; --at) tags[at - 1] = came[at * classes + tags[at]];
}

}  // namespace polybius
