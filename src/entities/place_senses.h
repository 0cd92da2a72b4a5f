// Which place on Earth a name means: the places that bear it, with the features by which one is chosen.
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "entities/mentions.h"

namespace polybius {

// Names of features, in their order: each may have a row of `place_weights` (models sense_alone and sense).
//   people...     inhabitants, by kind; most: of all that bear the name the one with most
//   within, not_within  of what the text says of it: "Paris, Texas"
//   names_region  it says so of another name
//   same_...      how much of what the document names lies in the same country, state, county, or near
// clang-format off
#define POLYBIUS_SENSE_FEATURES(F)                                                                      \
  F(people) F(people_county) F(people_state) F(most) F(unpeopled) F(country) F(state) F(county)         \
  F(capital) F(state_seat) F(county_seat) F(seat) F(section) F(without_kind) F(foreign) F(abbreviation) \
  F(within) F(not_within) F(names_region) F(county_said) F(county_not_said) F(lexicon) F(same_country)  \
  F(in_country) F(same_state) F(in_state) F(in_county) F(near) F(around) F(adjective)
// clang-format on

enum class SenseFeature : std::uint8_t {
#define POLYBIUS_FEATURE(name) name,
  POLYBIUS_SENSE_FEATURES(POLYBIUS_FEATURE)
#undef POLYBIUS_FEATURE
      count
};
inline constexpr std::size_t kSenseFeatures = static_cast<std::size_t>(SenseFeature::count);
using SenseFeatures = std::array<float, kSenseFeatures>;
const std::array<std::string_view, kSenseFeatures>& sense_feature_names();

/// All mentions of a document that are spelt alike, and the places that bear the name.
struct SenseGroup {
  std::vector<std::uint32_t> mentions;  ///< indices into `Reading::candidates`
  std::vector<std::vector<std::uint32_t>>
      qualifiers;  ///< by mention: regions that the words behind it may mean
  std::vector<NamedPlace> places;
  std::vector<SenseFeatures> features;  ///< by place
  std::vector<float> shares;            ///< by place; they sum up to 1
};

/// The groups of a document, not yet weighed.
std::vector<SenseGroup> sense_groups(const Reading& reading);
/// Fills features and shares; `alone`: without regard to the other groups, else with their shares as they
/// are.
void weigh_senses(const Reading& reading, std::vector<SenseGroup>& groups, bool alone);

}  // namespace polybius
