// Where contents begin and end: what speaks for a border, as numbers, and the weights that choose.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "statements/frames.h"

namespace polybius {

// Names of features, in their order: each is a row of the table `content_borders`. "In" is the content's side
// of the border, "out" the other; of words that a border takes in or lets go, all are counted.
// clang-format off
#define POLYBIUS_BORDER_FEATURES(X) \
  X(tagged) X(tied) X(moved) X(moved_far) X(stays) X(begins) X(out_is_cue) X(out_is_source) X(out_is_content) X(sentence_edge) \
  X(sentence_edge_at_cue) X(sentence_edge_alone) X(comma) X(mark) X(colon_or_dash) X(bracket) X(clause_edge) X(object_edge) X(that_in) X(that_out) X(to_in) X(to_out) \
  X(preposition_in) X(preposition_out) X(conjunction_in) X(conjunction_out) X(relative_out) X(relative_after_comma) \
  X(adverbial_out) X(adverbial_after_comma) X(participle_after_comma) X(conjunct_out) X(conjunct_after_comma) X(apposition_out) X(cut_phrase) \
  X(cut_subject) X(cut_small) X(cut_complement) X(cut_oblique) X(cut_relative) X(cut_clause) X(cut_conjunct) \
  X(cut_apposition) X(cut_other) X(roots) X(dangles)
// clang-format on

enum class BorderFeature : std::uint8_t {
#define POLYBIUS_FEATURE(name) name,
  POLYBIUS_BORDER_FEATURES(POLYBIUS_FEATURE)
#undef POLYBIUS_FEATURE
      count
};

constexpr std::size_t border_feature_count = static_cast<std::size_t>(BorderFeature::count);
using BorderFeatures = std::array<float, border_feature_count>;
const std::array<std::string_view, border_feature_count>& border_feature_names();

enum class BorderSide : std::uint8_t { first, last };

/// A border that a content may have: its first word, or its last.
struct BorderOption {
  std::uint32_t word = 0;
  BorderFeatures features{};
};

/// All borders that one side of a content may have; for training.
struct BorderChoice {
  BorderSide side = BorderSide::first;
  std::uint32_t cue = 0;    ///< its first word
  std::uint32_t first = 0;  ///< the content as it was, words
  std::uint32_t last = 0;   ///< one past
  std::vector<BorderOption> options;
};

/// The weights of the table `content_borders`, made by training/borders.py: a column a side.
class BorderModel {
 public:
  explicit BorderModel(const Lexicon& lexicon);
  double weigh(BorderSide side, const BorderFeatures& features) const;

 private:
  std::array<std::array<double, border_feature_count>, 2> weights_{};
};

/// Moves the borders of contents to where the weights say; borders at quotation marks that can be as meant
/// stay. `choices`, if not null, takes all that was weighed. Cost: square within a sentence.
void settle_borders(Hearing& hearing, std::vector<BorderChoice>* choices);

}  // namespace polybius
