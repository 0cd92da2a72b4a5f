// Reads the tables of this room.
#include "entities/tables.h"

#include <algorithm>
#include <string_view>

namespace polybius {
namespace {

template <std::size_t N>
std::array<float, N> place_weights(const Lexicon& lexicon, std::string_view model,
                                   const std::array<std::string_view, N>& names) {
  std::array<float, N> weights{};
  std::ranges::transform(weights_of(lexicon, "place_weights", "weight", names, model), weights.begin(),
                         [](double weight) { return static_cast<float>(weight); });
  return weights;
}

}  // namespace

EntityTables::EntityTables(const Lexicon& lexicon) {
  Parts parts{ReferenceModel(lexicon),
              place_weights(lexicon, "sense_alone", sense_feature_names()),
              place_weights(lexicon, "sense", sense_feature_names()),
              place_weights(lexicon, "spot", spot_feature_names()),
              {}};
  for (const Row& office : lexicon.rows("offices")) {
    for (const std::string_view noun : office.list("names"))
      parts.offices_of_noun[std::string(noun)].emplace_back(office["office"]);
  }
  parts_ = std::make_shared<const Parts>(std::move(parts));
}

}  // namespace polybius
