// The weights of the block classifier: a sum, and what it means.
#include "article/page_model.h"

#include <algorithm>
#include <cmath>

namespace polybius {

const std::array<std::string_view, page_feature_count>& page_feature_names() {
  static constexpr std::array<std::string_view, page_feature_count> names{
#define POLYBIUS_FEATURE(name) #name,
      POLYBIUS_PAGE_FEATURES(POLYBIUS_FEATURE)
#undef POLYBIUS_FEATURE
  };
  return names;
}

PageModel::PageModel(const Lexicon& lexicon) {
  std::ranges::copy(weights_of(lexicon, "page_weights", "weight", page_feature_names()), weights_.begin());
  known_ = std::ranges::any_of(weights_, [](double weight) { return weight != 0; });
}

int PageModel::chance(const BlockFeatures& features) const {
  double sum = 0;
  for (std::size_t i = 0; i < features.size(); ++i) sum += weights_[i] * static_cast<double>(features[i]);
  // The logistic function at these sums, and straight lines between: no exp(), which differs by machine.
  static constexpr std::array<int, 9> steps{500, 622, 731, 818, 881, 924, 953, 971, 982};
  const double size = std::min(std::abs(sum) * 2, 7.999);
  const auto step = static_cast<std::size_t>(size);
  const double part = size - static_cast<double>(step);
  const int above = steps[step] + static_cast<int>(part * (steps[step + 1] - steps[step]));
  return sum < 0 ? 1000 - above : above;
}

}  // namespace polybius
