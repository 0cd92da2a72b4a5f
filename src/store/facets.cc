// Counts over all that a filter finds: facets, timeline, who to whom, places.
#include <algorithm>
#include <array>
#include <map>
#include <unordered_map>

#include "polybius/date.h"
#include "store/catalogue.h"
#include "store/tables.h"

namespace polybius {
namespace {

using Parts = Catalogue::Parts;

constexpr std::array<std::string_view, 12> facet_names{"type",  "mode",      "status",  "quad",
                                                       "actor", "recipient", "speaker", "country",
                                                       "place", "source",    "month",   "year"};

/// Calls `take` with each event that matches, by day.
template <typename Take>
void each_event(const Parts& catalogue, const Matcher& matcher, Take take) {
  matcher.each_match(catalogue.events, [&](std::size_t index) { take(catalogue.events.all[index]); });
}

/// Items that match, some at a time: each facet counts them in a loop of its own.
using Block = std::span<const CatalogueItem* const>;
constexpr std::size_t block_size = 2048;

template <typename Take>
void each_block(const Parts& catalogue, const Matcher& matcher, Take take) {
  std::vector<const CatalogueItem*> block;
  block.reserve(block_size);
  each_event(catalogue, matcher, [&](const CatalogueItem& item) {
    block.push_back(&item);
    if (block.size() < block_size) return;
    take(Block(block));
    block.clear();
  });
  take(Block(block));
}

/// One facet while it is counted: values are numbers until the end.
class FacetCounter {
 public:
  FacetCounter(const Parts& catalogue, std::string_view name)
      : catalogue_(catalogue),
        name_(name),
        party_role_(name == "actor"       ? kActor
                    : name == "recipient" ? kRecipient
                    : name == "speaker"   ? kSpeaker
                                          : -1) {
    counts_.resize(size());
    if (name == "country") index_countries();
  }

  void count(Block items) {
    if (party_role_ >= 0) return count_parties(items);
    if (name_ == "month" || name_ == "year") return count_days(items);
    if (name_ == "type") return count_values(items, [](const auto& item) { return item.type; });
    if (name_ == "status") return count_values(items, [](const auto& item) { return item.status; });
    if (name_ == "quad") return count_values(items, [](const auto& item) { return item.quad; });
    if (name_ == "mode") return count_values(items, [](const auto& item) { return item.mode; });
    if (name_ == "source")
      return count_values(items,
                          [&](const auto& item) { return catalogue_.documents[item.document].source; });
    if (name_ == "country")
      return count_values(items, [&](const auto& item) {
        return item.place == nowhere ? nowhere : first_of_country_[item.place];
      });
    count_values(items, [](const auto& item) { return item.place; });
  }

  Facet done(std::size_t top) const {
    Facet facet;
    facet.name = name_;
    for (std::size_t value = 0; value < counts_.size(); ++value) {
      if (counts_[value] > 0) add(facet, named(value), counts_[value]);
    }
    for (const auto& [period, count] : periods_) facet.values.push_back({period, period, count});
    const auto order = [](const FacetValue& a, const FacetValue& b) {
      return a.count != b.count ? a.count > b.count : a.value < b.value;
    };
    const auto middle =
        facet.values.begin() + static_cast<std::ptrdiff_t>(std::min(top, facet.values.size()));
    std::partial_sort(facet.values.begin(), middle, facet.values.end(), order);
    facet.values.erase(middle, facet.values.end());
    return facet;
  }

 private:
  static void add(Facet& facet, FacetValue value, std::size_t count) {
    if (value.value.empty()) return;
    value.count = count;
    facet.values.push_back(std::move(value));
  }

  std::size_t size() const {
    if (party_role_ >= 0) return catalogue_.entities.size();
    if (name_ == "type") return 16;
    if (name_ == "status") return 8;
    if (name_ == "quad") return 5;
    if (name_ == "mode") return catalogue_.modes.size();
    if (name_ == "place" || name_ == "country") return catalogue_.places.size();
    if (name_ == "source") return catalogue_.sources.size();
    return 0;
  }

  template <typename Value>
  void count_values(Block items, Value value_of) {
    for (const CatalogueItem* item : items) {
      const std::uint32_t value = value_of(*item);
      if (value < counts_.size()) ++counts_[value];
    }
  }

  void count_parties(Block items) {
    const auto role = static_cast<std::uint32_t>(party_role_);
    for (const CatalogueItem* item : items) {
      for (const CatalogueParty party : catalogue_.events.parties(*item))
        if (party.role == role) ++counts_[party.entity];
    }
  }

  FacetValue named(std::size_t value) const {
    const auto same = [](const std::string& text) { return FacetValue{text, text, 0}; };
    if (party_role_ >= 0) return {catalogue_.entities[value].key, catalogue_.entities[value].name, 0};
    if (name_ == "type") return same(std::string(name_of(static_cast<EventType>(value))));
    if (name_ == "status") return same(std::string(name_of(static_cast<Status>(value))));
    if (name_ == "quad") return same(std::to_string(value));
    if (name_ == "mode") return same(catalogue_.modes[value]);
    if (name_ == "source") return same(catalogue_.sources[value]);
    const Place& place = catalogue_.places[value].place;
    if (name_ == "country") return same(place.iso3);
    return {place.geonames.empty() ? place.name : place.geonames, place.name, 0};
  }

  /// All places of a country count at the first of them.
  void index_countries() {
    std::unordered_map<std::string, std::uint32_t> first;
    for (std::uint32_t i = 0; i < catalogue_.places.size(); ++i)
      first_of_country_.push_back(first.try_emplace(catalogue_.places[i].place.iso3, i).first->second);
  }

  void count_days(Block items) {
    for (const CatalogueItem* item : items) {
      if (item->day == no_day) continue;
      if (item->day != last_day_) {
        const std::string iso = Date::from_days(item->day).iso();
        last_count_ = &periods_[iso.substr(0, name_ == "month" ? 7 : 4)];
        last_day_ = item->day;
      }
      ++*last_count_;
    }
  }

  const Parts& catalogue_;
  std::string_view name_;
  int party_role_;
  std::vector<std::uint32_t> counts_;
  std::vector<std::uint32_t> first_of_country_;
  std::map<std::string, std::size_t> periods_;
  std::int32_t last_day_ = no_day;
  std::size_t* last_count_ = nullptr;
};

std::string period_of(std::int32_t day, const std::string& period) {
  const Date date = Date::from_days(day);
  if (period == "week") return date.iso_week();
  const std::string iso = date.iso();
  return period == "day" ? iso : iso.substr(0, period == "month" ? 7 : 4);
}

struct Sums {
  std::size_t events = 0;
  std::array<std::size_t, 4> quads{};
  void add(const CatalogueItem& item) {
    ++events;
    if (item.quad >= 1 && item.quad <= 4) ++quads[item.quad - 1U];
  }
};

/// The pairs of one event: actor and recipient, or the actors of a mutual one among each other.
template <typename Take>
void each_pair(std::span<const CatalogueParty> parties, Take take) {
  const bool mutual = std::none_of(parties.begin(), parties.end(),
                                   [](CatalogueParty party) { return party.role == kRecipient; });
  for (std::size_t i = 0; i < parties.size(); ++i) {
    if (parties[i].role != kActor) continue;
    for (std::size_t j = mutual ? i + 1 : 0; j < parties.size(); ++j) {
      if (parties[j].role != (mutual ? kActor : kRecipient) || parties[i].entity == parties[j].entity)
        continue;
      const std::uint32_t a = parties[i].entity;
      const std::uint32_t b = parties[j].entity;
      if (mutual) {
        take(std::min(a, b), std::max(a, b));
      } else {
        take(a, b);
      }
    }
  }
}

/// The `top` with most events, then in the order of their keys.
template <typename Key, typename Map>
std::vector<std::pair<Key, Sums>> most_events(const Map& sums, std::size_t top) {
  std::vector<std::pair<Key, Sums>> all(sums.begin(), sums.end());
  std::sort(all.begin(), all.end(), [](const auto& a, const auto& b) {
    return a.second.events != b.second.events ? a.second.events > b.second.events : a.first < b.first;
  });
  if (all.size() > top) all.resize(top);
  return all;
}

}  // namespace

Result<std::vector<Facet>> count_facets(Store& store, const Catalogue& catalogue, const Filter& filter,
                                        std::span<const std::string> names, std::size_t top) {
  const Parts& parts = catalogue.parts();
  const auto matcher = Matcher::of(store, parts, filter, Matcher::Kind::events);
  if (!matcher) return matcher.error();
  std::vector<FacetCounter> counters;
  for (const std::string& name : names) {
    const auto known = std::find(facet_names.begin(), facet_names.end(), name);
    if (known == facet_names.end()) {
      return Error{
          "E-QRY-01", "facet", "unknown facet \"" + name + "\"",
          "use type, mode, status, quad, actor, recipient, speaker, country, place, source, month or year"};
    }
    counters.emplace_back(parts, *known);
  }
  each_block(parts, matcher.value(), [&](Block items) {
    for (FacetCounter& counter : counters) counter.count(items);
  });
  std::vector<Facet> facets;
  facets.reserve(counters.size());
  for (const FacetCounter& counter : counters) facets.push_back(counter.done(top));
  return facets;
}

Result<std::vector<TimelineRow>> find_timeline(Store& store, const Catalogue& catalogue, const Filter& filter,
                                               const std::string& period) {
  if (period != "day" && period != "week" && period != "month" && period != "year")
    return Error{"E-QRY-01", "by", "unknown period \"" + period + "\"", "use day, week, month or year"};
  const auto matcher = Matcher::of(store, catalogue.parts(), filter, Matcher::Kind::events);
  if (!matcher) return matcher.error();
  std::vector<TimelineRow> rows;
  std::int32_t last_day = no_day;
  each_event(catalogue.parts(), matcher.value(), [&](const CatalogueItem& item) {
    if (item.day == no_day) return;
    if (item.day != last_day) {
      std::string name = period_of(item.day, period);
      if (rows.empty() || rows.back().period != name) rows.emplace_back().period = std::move(name);
      last_day = item.day;
    }
    TimelineRow& row = rows.back();
    ++row.events;
    ++row.types[item.type];
    if (item.quad >= 1 && item.quad <= 4) ++row.quads[item.quad - 1U];
  });
  return rows;
}

Result<std::vector<PairCount>> count_pairs(Store& store, const Catalogue& catalogue, const Filter& filter,
                                           std::size_t top) {
  const Parts& parts = catalogue.parts();
  const auto matcher = Matcher::of(store, parts, filter, Matcher::Kind::events);
  if (!matcher) return matcher.error();
  std::unordered_map<std::uint64_t, Sums> sums;
  each_event(parts, matcher.value(), [&](const CatalogueItem& item) {
    each_pair(parts.events.parties(item),
              [&](std::uint32_t a, std::uint32_t b) { sums[std::uint64_t{a} << 32 | b].add(item); });
  });
  std::vector<PairCount> out;
  for (const auto& [pair, sum] : most_events<std::uint64_t>(sums, top)) {
    out.push_back({entity_name(parts, static_cast<std::uint32_t>(pair >> 32)),
                   entity_name(parts, static_cast<std::uint32_t>(pair)), sum.events, sum.quads});
  }
  return out;
}

Result<std::vector<PlaceCount>> count_places(Store& store, const Catalogue& catalogue, const Filter& filter,
                                             std::size_t top) {
  const Parts& parts = catalogue.parts();
  const auto matcher = Matcher::of(store, parts, filter, Matcher::Kind::events);
  if (!matcher) return matcher.error();
  std::vector<Sums> sums(parts.places.size());
  each_event(parts, matcher.value(), [&](const CatalogueItem& item) {
    if (item.place != nowhere) sums[item.place].add(item);
  });
  std::map<std::uint32_t, Sums> placed;
  for (std::uint32_t i = 0; i < sums.size(); ++i) {
    if (sums[i].events > 0 && parts.places[i].place.lat && parts.places[i].place.lon) placed[i] = sums[i];
  }
  std::vector<PlaceCount> out;
  for (const auto& [place, sum] : most_events<std::uint32_t>(placed, top))
    out.push_back({parts.places[place].place, sum.events, sum.quads});
  return out;
}

}  // namespace polybius
