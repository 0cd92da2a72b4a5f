// What is seen of a pronoun or nominal beside an entity that it may mean, as numbers, and their weights.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "lexicon/lexicon.h"

namespace polybius {

// Names of features, in their order: each is a row of the table `reference_weights`. Those from `nobody` to
// `nobody_thing` speak of the words alone and stand beside "nobody named before"; all others of an entity.
// clang-format off
#define POLYBIUS_REFERENCE_FEATURES(X) \
  X(nobody) X(nobody_the) X(nobody_this) X(nobody_possessed) X(nobody_indefinite) X(nobody_bare) \
  X(nobody_many) X(nobody_modified) X(nobody_of) X(nobody_clause) X(nobody_early) X(nobody_word_met) \
  X(nobody_fits) X(nobody_subject) X(nobody_object) X(nobody_oblique) X(nobody_agent) X(nobody_place) \
  X(nobody_body) X(nobody_quoted) X(nobody_thing) \
  X(here) X(sentence_1) X(sentence_2) X(sentence_3) X(sentence_6) X(sentence_far) X(paragraph) \
  X(nearest) X(second) X(third) X(later) X(most_present) X(presence) X(most_named) X(named_2) X(named_3) \
  X(named_6) X(opening) X(by_name) X(by_noun) X(by_pronoun) X(same_pronoun) X(has_name) X(only_pronouns) \
  X(subject) X(object) X(possessor) X(oblique) X(conjunct) X(modifier) X(parallel) X(both_subjects) \
  X(subject_over) X(subject_beside) X(inside) X(person) X(group) X(organization) X(country) X(place) \
  X(gender_same) X(gender_open) X(number_same) X(number_other) X(kind_same) X(kind_guessed) X(quoted_both) \
  X(quoted_it) X(quoted_this) X(speaker) X(cue_subject) X(closes_again) \
  X(word_same) X(word_same_latest) X(word_same_the) X(word_same_bare) X(word_in_name) X(modifiers_same) \
  X(modifiers_new) X(modifiers_none) X(country_same) X(country_other) X(role_same) X(owner_same) \
  X(owner_other) X(this_near) X(the_near) \
  X(turn_i) X(turn_we) X(turn_you) X(turn_before_i) X(turn_before_we) X(turn_before_you) X(turn_two_i) \
  X(turn_two_you) X(ever_i) X(ever_we) X(ever_you)
// clang-format on

enum class ReferenceFeature : std::uint8_t {
#define POLYBIUS_FEATURE(name) name,
  POLYBIUS_REFERENCE_FEATURES(POLYBIUS_FEATURE)
#undef POLYBIUS_FEATURE
      count
};

constexpr std::size_t reference_feature_count = static_cast<std::size_t>(ReferenceFeature::count);
using ReferenceFeatures = std::array<float, reference_feature_count>;
/// The names of the features, in their order.
const std::array<std::string_view, reference_feature_count>& reference_feature_names();

/// Each has weights of its own: a column of the table.
enum class ReferenceClass : std::uint8_t { he, it, they, i, we, you, noun, count };
constexpr std::size_t reference_class_count = static_cast<std::size_t>(ReferenceClass::count);
const std::array<std::string_view, reference_class_count>& reference_class_names();

/// One whom a word may mean.
struct ReferenceOption {
  int draft = -1;  ///< -1: nobody who was named before
  ReferenceFeatures features{};
  std::vector<std::uint32_t> mentions;  ///< the entity's mentions so far; filled only for training
};

/// A word with all whom it may mean; "nobody" first.
struct ReferenceChoice {
  std::uint32_t candidate = 0;
  ReferenceClass form = ReferenceClass::noun;
  std::vector<ReferenceOption> options;
};

/// The weights of the table `reference_weights`, made by training/references.py.
class ReferenceModel {
 public:
  explicit ReferenceModel(const Lexicon& lexicon);
  /// The entity that fits best, -1 for nobody; of equals the first.
  int best(const ReferenceChoice& choice) const;

 private:
  std::array<std::array<double, reference_feature_count>, reference_class_count> weights_{};
};

}  // namespace polybius
