// Weighted sums of features whose weights are rows of the table `place_weights`.
#pragma once

#include <algorithm>
#include <array>
#include <charconv>
#include <string_view>

#include "lexicon/lexicon.h"

namespace polybius {

/// The weights of one model, in the order of `names`; what the table lacks weighs nothing.
template <std::size_t N>
std::array<float, N> place_weights(const Lexicon& lexicon, std::string_view model,
                                   const std::array<std::string_view, N>& names) {
  std::array<float, N> weights{};
  for (const Row& row : lexicon.rows("place_weights")) {
    const auto found = std::find(names.begin(), names.end(), row["feature"]);
    if (row["model"] != model || found == names.end()) continue;
    const std::string_view number = row["weight"];
    std::from_chars(number.data(), number.data() + number.size(),
                    weights[static_cast<std::size_t>(found - names.begin())]);
  }
  return weights;
}

template <std::size_t N>
float weighted_sum(const std::array<float, N>& weights, const std::array<float, N>& features) {
  float sum = 0;
  for (std::size_t at = 0; at < N; ++at) sum += weights[at] * features[at];
  return sum;
}

}  // namespace polybius
