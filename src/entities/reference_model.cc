// The weights that choose whom a pronoun or nominal means: a sum for each entity, and the highest.
#include <algorithm>

#include "entities/references.h"

namespace polybius {

const std::array<std::string_view, reference_feature_count>& reference_feature_names() {
  static constexpr std::array<std::string_view, reference_feature_count> names{
#define POLYBIUS_FEATURE(name) #name,
      POLYBIUS_REFERENCE_FEATURES(POLYBIUS_FEATURE)
#undef POLYBIUS_FEATURE
  };
  return names;
}

const std::array<std::string_view, reference_class_count>& reference_class_names() {
  static constexpr std::array<std::string_view, reference_class_count> names{"he", "it",  "they", "i",
                                                                             "we", "you", "noun"};
  return names;
}

ReferenceModel::ReferenceModel(const Lexicon& lexicon) {
  for (std::size_t form = 0; form < reference_class_count; ++form) {
    std::ranges::copy(
        weights_of(lexicon, "reference_weights", reference_class_names()[form], reference_feature_names()),
        weights_[form].begin());
  }
}

int ReferenceModel::best(const ReferenceChoice& choice) const {
  const auto& weights = weights_[static_cast<std::size_t>(choice.form)];
  int meant = -1;
  double most = 0;
  bool first = true;
  for (const ReferenceOption& option : choice.options) {
    double sum = 0;
    for (std::size_t i = 0; i < weights.size(); ++i) {
      if (option.features[i] != 0) sum += weights[i] * static_cast<double>(option.features[i]);
    }
    if (first || sum > most) {
      most = sum;
      meant = option.draft;
    }
    first = false;
  }
  return meant;
}

}  // namespace polybius
