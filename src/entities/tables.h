// What this room takes from the lexicon once for many documents.
#pragma once

#include <array>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "entities/entities.h"
#include "entities/place_senses.h"
#include "entities/place_spots.h"
#include "entities/references.h"

namespace polybius {

struct EntityTables::Parts {
  ReferenceModel references;
  SenseFeatures sense_alone;  ///< weights of the model `sense_alone` of `place_weights`
  SenseFeatures sense;
  SpotFeatures spot;
  std::map<std::string, std::vector<std::string>, std::less<>>
      offices_of_noun;  ///< ids by the nouns that name them
};

template <std::size_t N>
float weighted_sum(const std::array<float, N>& weights, const std::array<float, N>& features) {
  float sum = 0;
  for (std::size_t at = 0; at < N; ++at) sum += weights[at] * features[at];
  return sum;
}

}  // namespace polybius
