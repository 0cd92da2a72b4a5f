// Tells which place a name means by its inhabitants, by what the text says of it and by the other names of
// the document.
#include "entities/place_senses.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "entities/spots.h"
#include "entities/tables.h"
#include "text/text.h"

namespace polybius {
namespace {

constexpr int kContextRounds = 2;
constexpr float kSmallShare = 0.01F;

/// e^x for x <= 0, the same on every machine.
float falling(float x) {
  if (x < -30) return 0;
  float power = 1 + x / 1024;
  for (int step = 0; step < 10; ++step) power *= power;
  return power;
}

/// About log2(1 + x) for x >= 0: whole numbers by the exponent, a line between.
float growth(float x) {
  int exponent = 0;
  const float part = std::frexp(1 + x, &exponent);  // 0.5 <= part < 1
  return static_cast<float>(exponent - 1) + (part * 2 - 1);
}

bool is_region(PlaceKind kind) {
  return kind == PlaceKind::country || kind == PlaceKind::state || kind == PlaceKind::county;
}

bool lies_at_a_point(PlaceKind kind) {
  return kind != PlaceKind::country && kind != PlaceKind::state;
}

/// Words from `first` that name a country, state or county: the longest such.
std::vector<std::uint32_t> regions_at(const Reading& reading, std::uint32_t first) {
  const auto& tokens = reading.analysis.tokens;
  std::vector<std::uint32_t> regions;
  if (first >= tokens.size() || !starts_upper(tokens[first])) return regions;
  for (std::uint32_t last = first + 1; last <= std::min<std::size_t>(first + 4, tokens.size()); ++last) {
    if (tokens[last - 1].sentence != tokens[first].sentence) break;
    std::vector<std::uint32_t> here;
    for (const NamedPlace& named : reading.gazetteer.named(place_key(reading.analysis.words(first, last)))) {
      if (is_region(reading.gazetteer[named.place].kind) && named.use != NameUse::foreign)
        here.push_back(named.place);
    }
    if (!here.empty()) regions = std::move(here);
  }
  return regions;
}

std::vector<std::uint32_t> qualifiers_of(const Reading& reading, const Candidate& candidate) {
  const auto& tokens = reading.analysis.tokens;
  if (candidate.last + 1 >= tokens.size()) return {};
  const Token& mark = tokens[candidate.last];
  if (mark.sentence != tokens[candidate.first].sentence || (mark.form != "," && mark.form != "(")) return {};
  return regions_at(reading, candidate.last + 1);
}

/// What all groups together speak for: shares by country, state and county.
struct Neighbourhood {
  using Region = std::array<std::uint32_t, 3>;
  struct Point {
    std::size_t group;
    std::uint32_t place;
    float share;
  };
  std::map<Region, float> shares;  // with zeros for what is not said
  std::vector<std::map<Region, float>> of_group;
  std::vector<Point> points;
  std::vector<float> weights;  ///< by group
  float total = 0;

  float others(std::size_t group, const Region& region) const {
    const auto all = shares.find(region);
    if (all == shares.end()) return 0;
    const auto own = of_group[group].find(region);
    return std::max(0.0F, all->second - (own == of_group[group].end() ? 0.0F : own->second));
  }
};

Neighbourhood::Region country_region(const GazetteerPlace& place) {
  return {place.country, 0, 0};
}
Neighbourhood::Region state_region(const GazetteerPlace& place) {
  return {place.country, place.admin1, 0};
}
Neighbourhood::Region county_region(const GazetteerPlace& place) {
  return {place.country, place.admin1, place.admin2};
}

Neighbourhood neighbourhood_of(const Reading& reading, const std::vector<SenseGroup>& groups) {
  Neighbourhood around;
  around.of_group.resize(groups.size());
  for (std::size_t number = 0; number < groups.size(); ++number) {
    const SenseGroup& group = groups[number];
    const float weight = std::sqrt(static_cast<float>(std::min<std::size_t>(group.mentions.size(), 3)));
    around.weights.push_back(weight);
    around.total += weight;
    for (std::size_t at = 0; at < group.places.size(); ++at) {
      const float share = group.shares[at] * weight;
      if (group.shares[at] < kSmallShare) continue;
      const GazetteerPlace& place = reading.gazetteer[group.places[at].place];
      auto& own = around.of_group[number];
      own[country_region(place)] += share;
      if (place.kind != PlaceKind::country && place.admin1 != 0) own[state_region(place)] += share;
      if (lies_at_a_point(place.kind) && place.admin2 != 0) own[county_region(place)] += share;
      if (lies_at_a_point(place.kind) && place.placed)
        around.points.push_back({number, group.places[at].place, share});
    }
    for (const auto& [region, share] : around.of_group[number]) around.shares[region] += share;
  }
  return around;
}

class SenseReader {
 public:
  SenseReader(const Reading& reading, std::vector<SenseGroup>& groups) : reading_(reading), groups_(groups) {
    for (const Candidate& candidate : reading.candidates) {
      if (candidate.adjective && !candidate.row["iso3"].empty()) adjectives_[candidate.row["iso3"]] += 1;
      if (candidate.kind == EntityKind::group && !candidate.description.iso3.empty())
        adjectives_[candidate.description.iso3] += 1;
    }
    for (std::size_t number = 0; number < groups.size(); ++number) {
      for (const std::uint32_t mention : groups[number].mentions)
        ends_at_[reading.candidates[mention].last] = number;
    }
  }

  void read_alone(std::size_t number) {
    SenseGroup& group = groups_[number];
    float most = 0;
    for (const NamedPlace& named : group.places) most = std::max(most, reading_.gazetteer[named.place].size);
    group.features.assign(group.places.size(), {});
    for (std::size_t at = 0; at < group.places.size(); ++at) {
      features_ = &group.features[at];
      read_place(group.places[at], most);
      read_words(group, group.places[at].place);
    }
  }

  void read_context(std::size_t number, const Neighbourhood& around) {
    SenseGroup& group = groups_[number];
    const float rest = std::max(around.total - around.weights[number], 0.5F);
    for (std::size_t at = 0; at < group.places.size(); ++at) {
      features_ = &group.features[at];
      const std::uint32_t place = group.places[at].place;
      const GazetteerPlace& entry = reading_.gazetteer[place];
      const float country = around.others(number, country_region(entry));
      put(SenseFeature::same_country, country / rest);
      put(SenseFeature::in_country, growth(country));
      if (entry.kind == PlaceKind::country || entry.admin1 == 0) continue;
      const float state = around.others(number, state_region(entry));
      put(SenseFeature::same_state, state / rest);
      put(SenseFeature::in_state, growth(state));
      if (!lies_at_a_point(entry.kind)) continue;
      if (entry.admin2 != 0)
        put(SenseFeature::in_county, growth(around.others(number, county_region(entry))));
      if (entry.placed) read_distances(number, entry, around);
    }
  }

 private:
  void put(SenseFeature feature, float value) {
    (*features_)[static_cast<std::size_t>(feature)] = value;
  }
  void set(SenseFeature feature, bool value) {
    if (value) put(feature, 1);
  }

  void read_place(const NamedPlace& named, float most) {
    const GazetteerPlace& place = reading_.gazetteer[named.place];
    switch (place.kind) {
      case PlaceKind::country:
        put(SenseFeature::country, 1);
        break;
      case PlaceKind::state:
        put(SenseFeature::state, 1);
        put(SenseFeature::people_state, place.size - 5);
        break;
      case PlaceKind::county:
        put(SenseFeature::county, 1);
        put(SenseFeature::people_county, place.size - 4);
        break;
      default:
        put(SenseFeature::people, place.size - 4);
    }
    set(SenseFeature::capital, place.kind == PlaceKind::capital);
    set(SenseFeature::state_seat, place.kind == PlaceKind::state_seat);
    set(SenseFeature::county_seat, place.kind == PlaceKind::county_seat);
    set(SenseFeature::seat, place.kind == PlaceKind::seat);
    set(SenseFeature::section, place.kind == PlaceKind::section);
    set(SenseFeature::most, place.size == most);
    set(SenseFeature::unpeopled, place.population == 0);
    set(SenseFeature::without_kind, named.use == NameUse::without_kind);
    set(SenseFeature::foreign, named.use == NameUse::foreign);
    set(SenseFeature::abbreviation, named.use == NameUse::abbreviation);
    const auto said = adjectives_.find(reading_.gazetteer.iso3(named.place));
    if (said != adjectives_.end()) put(SenseFeature::adjective, growth(said->second));
  }

  void read_words(const SenseGroup& group, std::uint32_t place) {
    const auto& tokens = reading_.analysis.tokens;
    const GazetteerPlace& entry = reading_.gazetteer[place];
    float within = 0;
    float asked = 0;
    float names = 0;
    float county = 0;
    for (std::size_t at = 0; at < group.mentions.size(); ++at) {
      const Candidate& candidate = reading_.candidates[group.mentions[at]];
      const auto& regions = group.qualifiers[at];
      asked += regions.empty() ? 0.0F : 1.0F;
      within +=
          std::ranges::any_of(
              regions, [&](std::uint32_t region) { return reading_.gazetteer.is_within(place, region); })
              ? 1.0F
              : 0.0F;
      if (is_region(entry.kind) && candidate.first > 1 && tokens[candidate.first - 1].form == ",")
        names += names_region(candidate.first - 1, place) ? 1.0F : 0.0F;
      county += county_is_said(candidate) ? 1.0F : 0.0F;
      set(SenseFeature::lexicon, std::to_string(entry.geonames) == candidate.row["geonames"]);
    }
    const float many = std::sqrt(static_cast<float>(group.mentions.size()));
    put(SenseFeature::within, std::min(1.5F, within / many));
    set(SenseFeature::not_within, asked > 0 && within == 0);
    put(SenseFeature::names_region, std::min(1.5F, names / many));
    set(entry.kind == PlaceKind::county ? SenseFeature::county_said : SenseFeature::county_not_said,
        county > 0);
  }

  /// Whether the name that ends before the comma is one of a place in the region.
  bool names_region(std::uint32_t comma, std::uint32_t region) const {
    const auto group = ends_at_.find(comma);
    if (group == ends_at_.end()) return false;
    return std::ranges::any_of(groups_[group->second].places, [&](const NamedPlace& named) {
      return reading_.gazetteer.is_within(named.place, region);
    });
  }

  /// "Clarke and Oconee counties", "the county of Mayo".
  bool county_is_said(const Candidate& candidate) const {
    const auto& tokens = reading_.analysis.tokens;
    const std::uint32_t sentence = tokens[candidate.first].sentence;
    for (std::uint32_t at = candidate.last; at < std::min<std::size_t>(candidate.last + 8, tokens.size());
         ++at) {
      const Token& token = tokens[at];
      if (token.sentence != sentence) return false;
      if (token.lower == "counties" || token.lower == "parishes" ||
          (at == candidate.last && token.lower == "county"))
        return true;
      if (!starts_upper(token) && token.form != "," && token.lower != "and" && token.lower != "or")
        return false;
    }
    return false;
  }

  void read_distances(std::size_t number, const GazetteerPlace& entry, const Neighbourhood& around) {
    float near = 0;
    float wide = 0;
    for (const Neighbourhood::Point& point : around.points) {
      if (point.group == number) continue;
      const float distance = chord_km(entry.point, reading_.gazetteer[point.place].point);
      if (distance > 400) continue;
      near += point.share * falling(-distance / 30);
      wide += point.share * falling(-distance / 150);
    }
    put(SenseFeature::near, growth(near));
    put(SenseFeature::around, growth(wide));
  }

  const Reading& reading_;
  std::vector<SenseGroup>& groups_;
  SenseFeatures* features_ = nullptr;
  std::map<std::string_view, float> adjectives_;
  std::map<std::uint32_t, std::size_t> ends_at_;  ///< groups by the token behind a mention
};

void share_out(SenseGroup& group, const SenseFeatures& weights) {
  std::vector<float> sums;
  float most = -1e9F;
  for (const SenseFeatures& features : group.features) {
    sums.push_back(weighted_sum(weights, features));
    most = std::max(most, sums.back());
  }
  float total = 0;
  for (float& sum : sums) {
    sum = falling(sum - most);
    total += sum;
  }
  for (float& sum : sums) sum /= total;
  group.shares = std::move(sums);
}

/// The best place of a group; of those in one of `regions`, if it has any.
int best_place(const Reading& reading, const SenseGroup& group, const std::vector<std::uint32_t>& regions) {
  int best = -1;
  bool best_within = false;
  for (std::size_t at = 0; at < group.places.size(); ++at) {
    const bool within = std::ranges::any_of(regions, [&](std::uint32_t region) {
      return reading.gazetteer.is_within(group.places[at].place, region);
    });
    const bool better =
        best < 0 || (within && !best_within) ||
        (within == best_within && group.shares[at] > group.shares[static_cast<std::size_t>(best)]);
    if (!better) continue;
    best = static_cast<int>(at);
    best_within = within;
  }
  return best;
}

void settle(const Reading& reading, Candidate& candidate, std::uint32_t place) {
  candidate.place = static_cast<int>(place);
  const GazetteerPlace& entry = reading.gazetteer[place];
  if (entry.kind == PlaceKind::country) {
    candidate.row = reading.lexicon.find("countries", reading.gazetteer.iso3(place));
    candidate.kind = EntityKind::country;
    return;
  }
  candidate.kind = EntityKind::place;
  if (candidate.row.table() != "places" || candidate.row["geonames"] != std::to_string(entry.geonames))
    candidate.row = reading.lexicon.find("places", std::to_string(entry.geonames));
}

}  // namespace

const std::array<std::string_view, kSenseFeatures>& sense_feature_names() {
  static constexpr std::array<std::string_view, kSenseFeatures> names{
#define POLYBIUS_FEATURE(name) #name,
      POLYBIUS_SENSE_FEATURES(POLYBIUS_FEATURE)
#undef POLYBIUS_FEATURE
  };
  return names;
}

std::vector<SenseGroup> sense_groups(const Reading& reading) {
  std::map<std::string, std::size_t> by_key;
  std::vector<SenseGroup> groups;
  for (std::uint32_t number = 0; number < reading.candidates.size(); ++number) {
    const Candidate& candidate = reading.candidates[number];
    if (candidate.form != MentionForm::name || candidate.adjective || candidate.metonym) continue;
    if (candidate.kind != EntityKind::place && candidate.kind != EntityKind::country) continue;
    if (candidate.row["kind"] == "feature") continue;
    if (candidate.row.table() == "actors") continue;  // a user's dictionary says what it means
    const std::string key = place_key(reading.analysis.words(candidate.first, candidate.last));
    const auto places = reading.gazetteer.named(key);
    if (places.empty()) continue;
    const auto [at, fresh] = by_key.try_emplace(key, groups.size());
    if (fresh) groups.push_back({{}, {}, {places.begin(), places.end()}, {}, {}});
    groups[at->second].mentions.push_back(number);
    groups[at->second].qualifiers.push_back(qualifiers_of(reading, candidate));
  }
  return groups;
}

void weigh_senses(const Reading& reading, std::vector<SenseGroup>& groups, bool alone) {
  SenseReader reader(reading, groups);
  const Neighbourhood around = alone ? Neighbourhood{} : neighbourhood_of(reading, groups);
  for (std::size_t number = 0; number < groups.size(); ++number) {
    if (alone) {
      reader.read_alone(number);
    } else {
      reader.read_context(number, around);
    }
  }
  const SenseFeatures& weights = alone ? reading.tables.sense_alone : reading.tables.sense;
  for (SenseGroup& group : groups) share_out(group, weights);
}

void resolve_places(Reading& reading) {
  std::vector<SenseGroup> groups = sense_groups(reading);
  weigh_senses(reading, groups, true);
  for (int round = 0; round < kContextRounds; ++round) weigh_senses(reading, groups, false);
  for (const SenseGroup& group : groups) {
    for (std::size_t at = 0; at < group.mentions.size(); ++at) {
      const int best = best_place(reading, group, group.qualifiers[at]);
      if (best >= 0)
        settle(reading, reading.candidates[group.mentions[at]],
               group.places[static_cast<std::size_t>(best)].place);
    }
  }
}

}  // namespace polybius
