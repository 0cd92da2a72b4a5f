// The transformer's pass over a block of sentences, one after another without padding, and what the heads
// decide.
#include <algorithm>
#include <utility>

#include "encoder/layer_pass.h"
#include "encoder/model.h"
#include "encoder/shares.h"

namespace polybius {

namespace {

constexpr int kLabelRows = 32;

/// A sentence, or a range of a longer one's words, within a block.
struct Part {
  std::size_t sentence = 0;
  std::size_t first_word = 0;
  std::size_t words = 0;
  std::size_t first_row = 0;  ///< of its [CLS] in the block's subwords
  std::size_t rows = 0;
  std::size_t first_node = 0;  ///< of its root in the block's nodes: the root, then the words
};

/// A word that a head is asked of, which is not asked of all.
struct AskedWord {
  std::size_t part = 0;
  std::size_t word = 0;   ///< within the part
  std::size_t event = 0;  ///< its place in the sentence's `events`, where it may name one
};

}  // namespace

struct EncoderWorkspace::Buffers : PassBuffers {
  // The block's parts and subwords.
  std::vector<Part> parts;
  std::vector<std::int32_t> ids;
  std::vector<std::uint8_t> shapes;
  std::vector<std::uint8_t> marks;     ///< what is known of the name that each subword is of
  std::vector<std::size_t> node_rows;  ///< the row of each node's first subword
  std::vector<bool> node_is_word;
  // One sentence's subwords before they are cut into parts.
  WordPieces::Scratch scratch;
  std::vector<std::int32_t> word_ids;
  std::vector<std::uint8_t> word_shapes;
  std::vector<std::size_t> word_ends;
  KnownNames::Scratch names;
  std::vector<std::uint8_t> word_marks;
  // Activations beside those of the layers.
  std::vector<RowRange> ranges;  ///< the rows of each part
  AlignedArray<float> mixed;     ///< [head][node][width]
  AlignedArray<float> hidden;
  AlignedArray<float> arcs;
  AlignedArray<float> label_scores;
  // Decisions.
  std::vector<float> tree_scores;
  std::vector<std::int32_t> heads;
  std::vector<float> best;
  std::vector<std::uint16_t> came;
  std::vector<std::uint16_t> tags;
  std::vector<double> weights;
  std::vector<AskedWord> event_words;
  std::vector<AskedWord> asked;
  std::string lemma_key;
};

EncoderWorkspace::EncoderWorkspace() : buffers_(std::make_unique<Buffers>()) {}
EncoderWorkspace::~EncoderWorkspace() = default;
EncoderWorkspace::EncoderWorkspace(EncoderWorkspace&&) noexcept = default;
EncoderWorkspace& EncoderWorkspace::operator=(EncoderWorkspace&&) noexcept = default;

namespace {

bool ends_clause(std::string_view word) {
  constexpr std::string_view kMarks[] = {",", ";", ":", "-", "--", ".", "–", "—"};
  return std::find(std::begin(kMarks), std::end(kMarks), word) != std::end(kMarks);
}

/// Reads batches of sentences with one model and one workspace.
class BlockReader {
 public:
  BlockReader(const Encoder::Model& model, EncoderWorkspace::Buffers& buffers,
              std::span<const Encoder::Words> sentences, std::vector<SentenceReading>& readings)
      : model_(model),
        kernels_(*model.kernels),
        buffers_(buffers),
        sentences_(sentences),
        readings_(readings),
        width_(static_cast<std::size_t>(model.shape.width)) {
    clear();
  }

  /// Cuts a sentence into parts and adds them; a full block is read.
  void add(std::size_t sentence) {
    const Encoder::Words& words = sentences_[sentence];
    Buffers& b = buffers_;
    b.word_ids.clear();
    b.word_shapes.clear();
    b.word_ends.clear();
    model_.names.mark(words, b.names, b.word_marks);
    for (const std::string_view word : words) {
      model_.pieces.append(word, b.scratch, b.word_ids, b.word_shapes);
      b.word_ends.push_back(b.word_ids.size());
    }
    for (std::size_t begin = 0; begin < words.size();) {
      const std::size_t end = end_of_part(words, begin);
      const std::size_t first = begin == 0 ? 0 : b.word_ends[begin - 1];
      const std::size_t rows = b.word_ends[end - 1] - first + 2;
      if (!b.parts.empty() && b.ids.size() + rows > static_cast<std::size_t>(model_.block)) read();
      add_part(sentence, begin, end, first, rows);
      begin = end;
    }
  }

  /// Reads what has been added.
  void read() {
    if (!buffers_.parts.empty()) {
      embed();
      buffers_.ranges.clear();
      for (const Part& part : buffers_.parts) buffers_.ranges.push_back({part.first_row, part.rows});
      for (std::size_t layer = 0; layer < model_.layers.size(); ++layer) {
        run_layer(kernels_, model_.shape, model_.layers[layer], buffers_.ranges, buffers_.ids.size(),
                  buffers_);
        mix_layer(layer);
      }
      buffers_.event_words.clear();
      std::size_t number = 0;
      for (const ClassHeadWeights& head : model_.class_heads) {
        const float* x = mixed(number++);
        asked_of_all(head.column) ? decide_classes(head, x) : decide_events(head, x);
      }
      look_up_lemmas();
      for (const TreeHeadWeights& head : model_.tree_heads) decide_trees(head, mixed(number++));
      for (const LinkHeadWeights& head : model_.link_heads) decide_links(head, mixed(number++));
    }
    clear();
  }

 private:
  using Buffers = EncoderWorkspace::Buffers;

  void clear() {
    buffers_.parts.clear();
    buffers_.ids.clear();
    buffers_.shapes.clear();
    buffers_.marks.clear();
    buffers_.node_rows.clear();
    buffers_.node_is_word.clear();
  }

  std::size_t end_of_part(const Encoder::Words& words, std::size_t begin) const {
    const auto& ends = buffers_.word_ends;
    const std::size_t before = begin == 0 ? 0 : ends[begin - 1];
    const auto most = static_cast<std::size_t>(model_.shape.positions) - 2;
    std::size_t end = begin;
    while (end < words.size() && ends[end] - before <= most) ++end;
    if (end == words.size()) return end;
    for (std::size_t at = end; at > begin + (end - begin) / 2; --at) {
      if (ends_clause(words[at - 1])) return at;
    }
    return end;
  }

  void add_part(std::size_t sentence, std::size_t begin, std::size_t end, std::size_t first,
                std::size_t rows) {
    Buffers& b = buffers_;
    b.parts.push_back(Part{sentence, begin, end - begin, b.ids.size(), rows, b.node_rows.size()});
    const std::size_t row = b.ids.size();
    b.node_rows.push_back(row);
    b.node_is_word.push_back(false);
    for (std::size_t word = begin; word < end; ++word) {
      b.node_rows.push_back(row + 1 + (word == 0 ? 0 : b.word_ends[word - 1]) - first);
      b.node_is_word.push_back(true);
    }
    b.ids.push_back(model_.pieces.begin_id());
    b.shapes.push_back(WordPieces::kSpecialShape);
    b.marks.push_back(0);
    for (std::size_t word = begin, at = first; word < end; at = b.word_ends[word++])
      b.marks.insert(b.marks.end(), b.word_ends[word] - at, b.word_marks[word]);
    b.marks.push_back(0);
    const auto from = static_cast<std::ptrdiff_t>(first);
    const auto to = static_cast<std::ptrdiff_t>(b.word_ends[end - 1]);
    b.ids.insert(b.ids.end(), b.word_ids.begin() + from, b.word_ids.begin() + to);
    b.shapes.insert(b.shapes.end(), b.word_shapes.begin() + from, b.word_shapes.begin() + to);
    b.ids.push_back(model_.pieces.end_id());
    b.shapes.push_back(WordPieces::kSpecialShape);
  }

  float* mixed(std::size_t head) {
    return buffers_.mixed.data() + head * buffers_.node_rows.size() * width_;
  }

  void embed() {
    Buffers& b = buffers_;
    b.x.reserve(b.ids.size() * width_);
    const std::size_t heads = model_.class_heads.size() + model_.tree_heads.size() + model_.link_heads.size();
    b.mixed.reserve(heads * b.node_rows.size() * width_);
    std::fill_n(b.mixed.data(), heads * b.node_rows.size() * width_, 0.0F);
    for (const Part& part : b.parts) {
      for (std::size_t i = 0; i < part.rows; ++i) {
        const std::size_t row = part.first_row + i;
        const auto id = static_cast<std::size_t>(b.ids[row]);
        const std::int8_t* word = model_.words.data() + id * width_;
        const float* position = model_.positions.data() + i * width_;
        const float* shape = model_.shapes.data() + b.shapes[row] * width_;
        const float scale = model_.word_scale[id];
        float* x = b.x.data() + row * width_;
        for (std::size_t k = 0; k < width_; ++k)
          x[k] = (static_cast<float>(word[k]) * scale + position[k]) + shape[k];
        if (b.marks[row] != 0) {
          const float* known = model_.known.data() + b.marks[row] * width_;
          for (std::size_t k = 0; k < width_; ++k) x[k] += known[k];
        }
        normalize(x, model_.input_norm);
      }
    }
  }

  void normalize(float* x, const NormWeights& norm) {
    kernels_.normalize(x, norm.weight.data(), norm.bias.data(), model_.shape.width, x);
  }

  QuantizedRows quantize(const float* x, std::size_t stride, std::size_t rows, int inputs) {
    return quantize_rows(kernels_, buffers_, x, stride, rows, inputs);
  }

  void mix_layer(std::size_t layer) {
    const Buffers& b = buffers_;
    const auto add = [&](std::span<const float> mix, float* out) {
      for (std::size_t node = 0; node < b.node_rows.size(); ++node) {
        kernels_.mix(b.x.data() + b.node_rows[node] * width_, mix[layer], model_.shape.width,
                     out + node * width_);
      }
    };
    std::size_t number = 0;
    for (const ClassHeadWeights& head : model_.class_heads) add(head.mix, mixed(number++));
    for (const TreeHeadWeights& head : model_.tree_heads) add(head.mix, mixed(number++));
    for (const LinkHeadWeights& head : model_.link_heads) add(head.mix, mixed(number++));
  }

  WordReading& reading_of(const Part& part, std::size_t word) {
    return readings_[part.sentence].words[part.first_word + word];
  }

  static void put(WordReading& reading, Column column, std::uint16_t label) {
    constexpr std::pair<Column, std::uint16_t WordReading::*> kPlaces[] = {
        {Column::upos, &WordReading::upos},   {Column::xpos, &WordReading::xpos},
        {Column::feats, &WordReading::feats}, {Column::lemma, &WordReading::lemma},
        {Column::ner, &WordReading::ner},     {Column::said, &WordReading::said}};
    for (const auto& [filled, place] : kPlaces) {
      if (filled == column) reading.*place = label;
    }
  }

  /// Heads of what becomes of an event are asked of words that may name one only.
  static bool asked_of_all(Column column) {
    return column != Column::mode && column != Column::status && column != Column::happened;
  }

  /// Fills `wide` with the head's scores, [count, the width that is returned].
  std::size_t score(const ClassHeadWeights& head, QuantizedRows rows, std::size_t count) {
    Buffers& b = buffers_;
    if (head.hidden > 0) {
      const auto hidden = static_cast<std::size_t>(head.hidden);
      b.hidden.reserve(count * hidden);
      kernels_.multiply(rows, head.hidden_layer, b.hidden.data(), Finish::leaky);
      rows = quantize(b.hidden.data(), hidden, count, head.hidden);
    }
    const auto stride = static_cast<std::size_t>(head.output.outputs);
    b.wide.reserve(count * stride);
    kernels_.multiply(rows, head.output, b.wide.data(), Finish::plain);
    return stride;
  }

  void decide_classes(const ClassHeadWeights& head, const float* x) {
    Buffers& b = buffers_;
    const std::size_t nodes = b.node_rows.size();
    const QuantizedRows rows = quantize(x, width_, nodes, model_.shape.width);
    const std::size_t stride = score(head, rows, nodes);
    for (const Part& part : b.parts) {
      const float* scores = b.wide.data() + (part.first_node + 1) * stride;
      if (head.sequence) decode_sequence(head, scores, stride, part.words, b.best, b.came, b.tags);
      for (std::size_t word = 0; word < part.words; ++word) {
        const float* row = scores + word * stride;
        const auto best = static_cast<std::uint16_t>(std::max_element(row, row + head.classes) - row);
        put(reading_of(part, word), head.column, head.sequence ? b.tags[word] : best);
        if (head.column == Column::said) weigh_said(head, row, reading_of(part, word));
        if (head.column == Column::event) weigh_event(head, row, part, word);
      }
    }
  }

  void weigh_said(const ClassHeadWeights& head, const float* row, WordReading& reading) {
    const double sum = weigh_scores({row, head.classes}, buffers_.weights);
    double parts[4] = {};
    for (std::size_t tag = 0; tag < head.classes; ++tag)
      parts[static_cast<std::size_t>(head.parts[tag])] += buffers_.weights[tag];
    reading.source = per_mille(parts[static_cast<std::size_t>(SaidPart::source)], sum);
    reading.cue = per_mille(parts[static_cast<std::size_t>(SaidPart::cue)], sum);
    reading.content = per_mille(parts[static_cast<std::size_t>(SaidPart::content)], sum);
  }

  void weigh_event(const ClassHeadWeights& head, const float* row, const Part& part, std::size_t word) {
    if (head.special >= head.classes || head.classes < 2) return;
    std::vector<double>& weights = buffers_.weights;
    const double sum = weigh_scores({row, head.classes}, weights);
    WordReading& reading = reading_of(part, word);
    reading.eventful = per_mille(sum - weights[head.special], sum);
    if (reading.eventful < kLeastEventful) return;
    weights[head.special] = -1.0;
    const auto best = static_cast<std::size_t>(std::ranges::max_element(weights) - weights.begin());
    std::vector<EventReading>& events = readings_[part.sentence].events;
    const auto number = static_cast<std::size_t>(&part - buffers_.parts.data());
    buffers_.event_words.push_back({number, word, events.size()});
    EventReading& event = events.emplace_back();
    event.word = static_cast<std::uint32_t>(part.first_word + word);
    event.event = {static_cast<std::uint16_t>(best), per_mille(weights[best], sum)};
  }

  /// Quantizes the rows of some words; `first` the row of node 0.
  QuantizedRows quantize_words(const float* first, std::size_t stride, std::span<const AskedWord> words,
                               int inputs) {
    Buffers& b = buffers_;
    b.values.reserve(words.size() * static_cast<std::size_t>(inputs) *
                     static_cast<std::size_t>(kernels_.value_size));
    b.value_scale.reserve(words.size());
    b.value_low.reserve(words.size());
    const QuantizedRows quantized{static_cast<int>(words.size()), inputs, b.values.data(),
                                  b.value_scale.data(), b.value_low.data()};
    for (std::size_t i = 0; i < words.size(); ++i) {
      const std::size_t node = b.parts[words[i].part].first_node + 1 + words[i].word;
      kernels_.quantize(first + node * stride, quantized, static_cast<int>(i));
    }
    return quantized;
  }

  /// What becomes of the event that a word may name.
  void decide_events(const ClassHeadWeights& head, const float* x) {
    Buffers& b = buffers_;
    const std::size_t count = b.event_words.size();
    if (count == 0) return;
    const QuantizedRows rows = quantize_words(x, width_, b.event_words, model_.shape.width);
    const std::size_t stride = score(head, rows, count);
    for (std::size_t i = 0; i < count; ++i) {
      const double sum = weigh_scores({b.wide.data() + i * stride, head.classes}, b.weights);
      auto best = static_cast<std::size_t>(std::ranges::max_element(b.weights) - b.weights.begin());
      if (head.column == Column::happened && head.special < head.classes) best = head.special;
      const Guess guess{static_cast<std::uint16_t>(best), per_mille(b.weights[best], sum)};
      EventReading& event = readings_[b.parts[b.event_words[i].part].sentence].events[b.event_words[i].event];
      if (head.column == Column::mode) event.mode = guess;
      if (head.column == Column::status) event.status = guess;
      if (head.column == Column::happened) event.happened = guess;
    }
  }

  /// The words of the block that a head links from, in text order.
  void find_linking(const LinkHeadWeights& head) {
    Buffers& b = buffers_;
    if (head.column == Column::event_links) {
      b.asked = b.event_words;
      return;
    }
    b.asked.clear();
    for (std::size_t number = 0; number < b.parts.size(); ++number) {
      for (std::size_t word = 0; word < b.parts[number].words; ++word) {
        if (reading_of(b.parts[number], word).cue >= kLeastCue) b.asked.push_back({number, word, 0});
      }
    }
  }

  void decide_links(const LinkHeadWeights& head, const float* x) {
    Buffers& b = buffers_;
    find_linking(head);
    if (b.asked.empty()) return;
    const std::size_t nodes = b.node_rows.size();
    const auto size = static_cast<std::size_t>(head.size);
    const auto stride = static_cast<std::size_t>(head.project.outputs);
    b.hidden.reserve(nodes * stride);
    kernels_.multiply(quantize(x, width_, nodes, model_.shape.width), head.project, b.hidden.data(),
                      Finish::leaky);
    const auto pair_stride = static_cast<std::size_t>(head.pair.outputs);
    b.wide.reserve(b.asked.size() * pair_stride);
    kernels_.multiply(quantize_words(b.hidden.data(), stride, b.asked, head.size), head.pair, b.wide.data(),
                      Finish::plain);
    for (std::size_t i = 0; i < b.asked.size(); ++i) {
      const Part& part = b.parts[b.asked[i].part];
      const float* pair = b.wide.data() + i * pair_stride;
      const float* linked = b.hidden.data() + (part.first_node + 1) * stride + size;
      for (std::size_t role = 0; role < head.labels; ++role) {
        const float own = pair[head.labels * size + role];
        for (std::size_t word = 0; word < part.words; ++word) {
          const float score = kernels_.dot(pair + role * size, linked + word * stride, head.size) + own;
          add_link(head.column, b.asked[i], word, role, share_of_score(score));
        }
      }
    }
  }

  void add_link(Column column, const AskedWord& from, std::size_t word, std::size_t role,
                std::uint16_t share) {
    if (share < kLeastLink) return;
    const Part& part = buffers_.parts[from.part];
    SentenceReading& reading = readings_[part.sentence];
    auto& links = column == Column::said_links ? reading.said_links : reading.event_links;
    links.push_back({static_cast<std::uint32_t>(part.first_word + from.word),
                     static_cast<std::uint32_t>(part.first_word + word), static_cast<std::uint16_t>(role),
                     share});
  }

  /// Where the table knows a word or its ending, it knows better than the head.
  void look_up_lemmas() {
    const std::vector<std::string>* upos = label_list(Column::upos);
    if (upos == nullptr || label_list(Column::lemma) == nullptr) return;
    for (const Part& part : buffers_.parts) {
      for (std::size_t word = 0; word < part.words; ++word) {
        WordReading& reading = reading_of(part, word);
        const std::string_view form = sentences_[part.sentence][part.first_word + word];
        const std::int32_t script = model_.lemmas.find(form, (*upos)[reading.upos], buffers_.lemma_key);
        if (script >= 0) reading.lemma = static_cast<std::uint16_t>(script);
      }
    }
  }

  const std::vector<std::string>* label_list(Column column) const {
    const auto found = model_.labels.find(column);
    return found == model_.labels.end() || found->second.empty() ? nullptr : &found->second;
  }

  void decide_trees(const TreeHeadWeights& head, const float* x) {
    Buffers& b = buffers_;
    const std::size_t nodes = b.node_rows.size();
    const auto arc = static_cast<std::size_t>(head.arc);
    const auto label = static_cast<std::size_t>(head.label);
    const auto stride = static_cast<std::size_t>(head.project.outputs);
    b.hidden.reserve(nodes * stride);
    kernels_.multiply(quantize(x, width_, nodes, model_.shape.width), head.project, b.hidden.data(),
                      Finish::leaky);
    const auto arc_stride = static_cast<std::size_t>(head.arc_layer.outputs);
    b.arcs.reserve(nodes * arc_stride);
    kernels_.multiply(quantize(b.hidden.data(), stride, nodes, head.arc), head.arc_layer, b.arcs.data(),
                      Finish::plain);
    for (const Part& part : b.parts) {
      const std::size_t size = part.words + 1;
      b.tree_scores.resize(size * size);
      for (std::size_t d = 1; d < size; ++d) {
        const float* dependent = b.arcs.data() + (part.first_node + d) * arc_stride;
        for (std::size_t h = 0; h < size; ++h) {
          const float* candidate = b.hidden.data() + (part.first_node + h) * stride + arc;
          b.tree_scores[d * size + h] = kernels_.dot(dependent, candidate, head.arc);
        }
      }
      decode_tree(b.tree_scores, size, b.heads);
      for (std::size_t word = 0; word < part.words; ++word)
        reading_of(part, word).head = b.heads[word + 1] - 1;
    }
    decide_labels(head, b.hidden.data() + 2 * arc, b.hidden.data() + 2 * arc + label, stride);
  }

  /// `dependents` and `heads`: the label vectors of each node, `stride` apart.
  void decide_labels(const TreeHeadWeights& head, const float* dependents, const float* heads,
                     std::size_t stride) {
    Buffers& b = buffers_;
    const std::size_t nodes = b.node_rows.size();
    const auto head_stride = static_cast<std::size_t>(head.label_head.outputs);
    const auto pair_stride = static_cast<std::size_t>(head.label_layer.outputs);
    b.label_scores.reserve(nodes * head_stride);
    kernels_.multiply(quantize(heads, stride, nodes, head.label), head.label_head, b.label_scores.data(),
                      Finish::plain);
    b.wide.reserve(std::min<std::size_t>(nodes, kLabelRows) * pair_stride);
    std::size_t part_index = 0;
    for (std::size_t first = 0; first < nodes; first += kLabelRows) {
      const std::size_t count = std::min<std::size_t>(kLabelRows, nodes - first);
      kernels_.multiply(quantize(dependents + first * stride, stride, count, head.label), head.label_layer,
                        b.wide.data(), Finish::plain);
      for (std::size_t node = first; node < first + count; ++node) {
        while (node > b.parts[part_index].first_node + b.parts[part_index].words) ++part_index;
        if (!b.node_is_word[node]) continue;
        const Part& part = b.parts[part_index];
        WordReading& reading = reading_of(part, node - part.first_node - 1);
        const std::size_t head_node = part.first_node + static_cast<std::size_t>(reading.head + 1);
        reading.deprel =
            best_label(head, b.wide.data() + (node - first) * pair_stride, heads + head_node * stride,
                       b.label_scores.data() + head_node * head_stride, reading.head < 0);
      }
    }
    for (const Part& part : b.parts) join_part(head, part);
  }

  std::uint16_t best_label(const TreeHeadWeights& head, const float* pairs, const float* head_vector,
                           const float* head_scores, bool is_root) const {
    if (is_root) return static_cast<std::uint16_t>(head.root_label);
    const float* own = pairs + head.labels * static_cast<std::size_t>(head.label);
    float most = -3e38F;
    std::size_t best = head.join_label;
    for (std::size_t i = 0; i < head.labels; ++i) {
      if (i == head.root_label) continue;
      const float score =
          (kernels_.dot(pairs + i * static_cast<std::size_t>(head.label), head_vector, head.label) + own[i]) +
          head_scores[i];
      if (score > most) {
        most = score;
        best = i;
      }
    }
    return static_cast<std::uint16_t>(best);
  }

  /// Makes the heads of a part those of its sentence; a later part's root hangs on the first part's.
  void join_part(const TreeHeadWeights& head, const Part& part) {
    if (part.first_word == 0) return;
    auto& words = readings_[part.sentence].words;
    std::int32_t root = 0;
    while (words[static_cast<std::size_t>(root)].head >= 0) ++root;
    for (std::size_t word = 0; word < part.words; ++word) {
      WordReading& reading = reading_of(part, word);
      if (reading.head < 0) {
        reading.head = root;
        reading.deprel = static_cast<std::uint16_t>(head.join_label);
      } else {
        reading.head += static_cast<std::int32_t>(part.first_word);
      }
    }
  }

  const Encoder::Model& model_;
  const Kernels& kernels_;
  Buffers& buffers_;
  std::span<const Encoder::Words> sentences_;
  std::vector<SentenceReading>& readings_;
  std::size_t width_;
};

}  // namespace

void Encoder::read(std::span<const Words> sentences, EncoderWorkspace& workspace,
                   std::vector<SentenceReading>& readings) const {
  readings.resize(sentences.size());
  for (std::size_t i = 0; i < sentences.size(); ++i) {
    readings[i].words.assign(sentences[i].size(), WordReading{});
    readings[i].said_links.clear();
    readings[i].events.clear();
    readings[i].event_links.clear();
  }
  BlockReader reader(*model_, workspace.buffers(), sentences, readings);
  for (std::size_t i = 0; i < sentences.size(); ++i) reader.add(i);
  reader.read();
}

}  // namespace polybius
