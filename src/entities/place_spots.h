// Stretches that may name a place, with the features by which it is decided.
#pragma once

#include <array>
#include <string_view>
#include <vector>

#include "entities/spots.h"

namespace polybius {

// Names of features, in their order: each may have a row of `place_weights` (model spot). All are 0 or 1, or
// between.
// clang-format off
#define POLYBIUS_SPOT_FEATURES(F)                                                                       \
  F(bias) F(loc_exact) F(loc_start) F(loc_end) F(loc_part) F(loc_wider) F(per_exact) F(per_part)        \
  F(org_exact) F(org_start) F(org_end) F(org_part) F(norp) F(no_model) F(lexicon_country)               \
  F(lexicon_place) F(lexicon_person) F(lexicon_organization) F(known) F(country) F(state) F(county)     \
  F(capital) F(seat) F(town) F(size) F(one_word) F(given_name) F(all_caps) F(abbreviation) F(in_before) \
  F(of_before) F(to_before) F(state_after) F(after_comma) F(dateline) F(proper_before) F(proper_after)  \
  F(title_before) F(speaks) F(possessive) F(county_after) F(counties_ahead) F(noun_after)               \
  F(street_tail) F(building_tail) F(digits) F(lower_inside) F(again_loc) F(again_person) F(again_in)    \
  F(direction_first) F(not_proper) F(sentence_start) F(org_of) F(known_org_start) F(known_per)          \
  F(known_free) F(road_number) F(dash_person)
// clang-format on

enum class SpotFeature : std::uint8_t {
#define POLYBIUS_FEATURE(name) name,
  POLYBIUS_SPOT_FEATURES(POLYBIUS_FEATURE)
#undef POLYBIUS_FEATURE
      count
};
inline constexpr std::size_t kSpotFeatures = static_cast<std::size_t>(SpotFeature::count);
using SpotFeatures = std::array<float, kSpotFeatures>;
const std::array<std::string_view, kSpotFeatures>& spot_feature_names();

/// A stretch that may name a place.
struct PlaceTrial {
  std::uint32_t first = 0;
  std::uint32_t last = 0;
  std::string key;
  SpotFeatures features{};
  float sum = 0;
};

/// All stretches worth a look: names of the model and the lexicon as they stand and cut, names of the
/// gazetteer, streets.
std::vector<PlaceTrial> place_trials(const Reading& reading, const std::vector<Spot>& spots);

}  // namespace polybius
