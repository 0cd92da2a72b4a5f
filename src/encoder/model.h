// A model as the engine holds it: matrices packed for this CPU, the rest as views into the file.
#pragma once

#include <map>
#include <span>
#include <string>
#include <vector>

#include "encoder/encoder.h"
#include "encoder/kernels.h"
#include "encoder/known_names.h"
#include "encoder/lemma_table.h"
#include "encoder/model_file.h"
#include "encoder/wordpiece.h"

namespace polybius {

struct NormWeights {
  std::span<const float> weight;
  std::span<const float> bias;
};

struct LayerWeights {
  PackedMatrix qkv;
  PackedMatrix attended;
  PackedMatrix inner;
  PackedMatrix outer;
  NormWeights attention_norm;
  NormWeights output_norm;
};

constexpr float kNoMove = -1e9F;

/// What a tag of the head `said` is of.
enum class SaidPart : std::uint8_t { none, source, cue, content };

/// One label a word; with `sequence`, tags in IOB2 of which only valid sequences are chosen.
struct ClassHeadWeights {
  Column column = Column::upos;
  std::span<const float> mix;  ///< share of each layer
  int hidden = 0;
  PackedMatrix hidden_layer;
  PackedMatrix output;
  std::size_t classes = 0;
  bool sequence = false;
  std::vector<float>
      moves;  ///< [before * classes + tag]: added to the score of a tag after another; kNoMove: may not
  std::vector<float> begins;    ///< likewise for the first tag
  std::vector<SaidPart> parts;  ///< of `said`: what each tag is of
  std::size_t special = 0;  ///< of `event` the label "O", of `happened` "yes"; `classes` where there is none
};

/// From words that name an act to the words that have a role in it.
struct LinkHeadWeights {
  Column column = Column::said_links;
  std::span<const float> mix;
  int size = 0;
  std::size_t labels = 0;
  PackedMatrix project;  ///< as the word that links, as the word linked to
  PackedMatrix
      pair;  ///< for each label the row that meets the other word's vector; then each label's own score
};

struct TreeHeadWeights {
  std::span<const float> mix;
  int arc = 0;
  int label = 0;
  std::size_t labels = 0;
  std::size_t root_label = 0;
  std::size_t join_label = 0;  ///< "parataxis", for cut sentences
  PackedMatrix project;        ///< arc dependent, arc head, label dependent, label head
  PackedMatrix arc_layer;
  PackedMatrix
      label_layer;  ///< for each label the row that meets the head's vector; then each label's own score
  PackedMatrix label_head;
};

struct Encoder::Model {
  ModelFile file;
  EncoderShape shape;
  const Kernels* kernels = nullptr;
  KernelFamily family = KernelFamily::plain;
  int block = 0;
  WordPieces pieces;
  std::span<const std::int8_t> words;
  std::span<const float> word_scale;
  std::span<const float> positions;
  std::span<const float> shapes;
  KnownNames names;
  std::span<const float> known;  ///< what a mark of `names` adds to a word; empty if there are none
  NormWeights input_norm;
  std::vector<LayerWeights> layers;
  std::vector<ClassHeadWeights> class_heads;
  std::vector<TreeHeadWeights> tree_heads;  ///< none or one
  std::vector<LinkHeadWeights> link_heads;
  std::map<Column, std::vector<std::string>> labels;
  LemmaTable lemmas;
};

/// Packs all that the file holds. Errors: E-MOD-05 and -06, if tensors or dimensions do not fit the engine.
Result<bool> fill_model(Encoder::Model& model);

/// The best valid sequence of tags; scores[length, stride]. Ties go to the lowest tag.
void decode_sequence(const ClassHeadWeights& head, const float* scores, std::size_t stride,
                     std::size_t length, std::vector<float>& best, std::vector<std::uint16_t>& came,
                     std::vector<std::uint16_t>& tags);

}  // namespace polybius
