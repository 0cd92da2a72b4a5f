// The weights that choose whom a pronoun or nominal means: a sum for each entity, and the highest.
#include <algorithm>
#include <charconv>

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
  const auto& names = reference_feature_names();
  for (const Row row : lexicon.rows("reference_weights")) {
    const auto found = std::find(names.begin(), names.end(), row["feature"]);
    if (found == names.end()) continue;  // of another version
    const auto feature = static_cast<std::size_t>(found - names.begin());
    for (std::size_t form = 0; form < reference_class_count; ++form) {
      const std::string_view number = row[reference_class_names()[form]];
      std::from_chars(number.data(), number.data() + number.size(), weights_[form][feature]);
    }
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
