// Counts over all that a filter finds: facets, timeline, who to whom, places.
#include <algorithm>
#include <array>
#include <map>
#include <unordered_map>

#include "polybius/date.h"
#include "store/catalogue.h"
#include "store/scan.h"
#include "store/tables.h"

namespace polybius {
namespace {

using Parts = Catalogue::Parts;

constexpr std::array<std::string_view, 12> facet_names{"type",  "mode",      "status",  "quad",
                                                       "actor", "recipient", "speaker", "country",
                                                       "place", "source",    "month",   "year"};

std::string period_of(std::int32_t day, const std::string& period) {
  const Date date = Date::from_days(day);
  if (period == "week") return date.iso_week();
  const std::string iso = date.iso();
  return period == "day" ? iso : iso.substr(0, period == "month" ? 7 : 4);
}

/// The first day of the month or year after that of `day`.
std::int64_t first_day_after(std::int32_t day, bool month) {
  const Date date = Date::from_days(day);
  const bool same_year = month && date.month < 12;
  return Date{same_year ? date.year : date.year + 1, same_year ? date.month + 1 : 1, 1}.days();
}

/// The events that match, one bit each.
ItemBits matching_events(const Parts& catalogue, const Matcher& matcher) {
  return MatchScan(catalogue.events, matcher, true).matches();
}

/// Calls `take` with each event that matches, by day.
template <typename Take>
void each_event(const Parts& catalogue, const Matcher& matcher, Take take) {
  each_bit(matching_events(catalogue, matcher),
           [&](std::size_t index) { take(catalogue.events.all[index]); });
}

using Counts = std::vector<std::uint32_t>;

/// The parts of a kind's number.
template <typename Part>
Counts count_kinds(const CatalogueItems& items, std::span<const std::uint64_t> matches, Part part_of) {
  std::array<std::array<std::uint32_t, kind_count>, 2> counts{};  // in turns: none waits for the one before
  each_bit(matches, [&](std::size_t index) { ++counts[index % 2][items.kinds[index]]; });
  Counts sums(kind_count);
  for (unsigned kind = 0; kind < kind_count; ++kind) sums[part_of(kind)] += counts[0][kind] + counts[1][kind];
  return sums;
}

/// Entities in a role.
Counts count_parties(const Parts& catalogue, std::span<const std::uint64_t> matches, unsigned role) {
  const CatalogueItems& items = catalogue.events;
  Counts counts(catalogue.entities.size() + 1);  // the last: those of another role
  const auto others = static_cast<std::uint32_t>(catalogue.entities.size());
  const auto add = [&](std::size_t from, std::size_t to) {
    for (std::size_t at = from; at < to; ++at) {
      const CatalogueParty party = items.party_pool[at];
      ++counts[party.role == role ? party.entity : others];
    }
  };
  for (std::size_t word = 0; word < matches.size(); ++word) {
    const std::size_t begin = word * 64;
    std::uint64_t bits = matches[word];
    if (bits == ~std::uint64_t{0}) {
      add(items.party_starts[begin], items.party_starts[begin + 64]);
      continue;
    }
    for (; bits != 0; bits &= bits - 1) {
      const std::size_t index = begin + static_cast<std::size_t>(std::countr_zero(bits));
      add(items.party_starts[index], items.party_starts[index + 1]);
    }
  }
  counts.pop_back();
  return counts;
}

template <typename Value>
Counts count_values(std::span<const std::uint64_t> matches, std::size_t size, Value value_of) {
  Counts counts(size + 1);  // the last: none
  each_bit(matches, [&](std::size_t index) { ++counts[std::min<std::size_t>(value_of(index), size)]; });
  counts.pop_back();
  return counts;
}

/// The first place of each place's country: there all of them count.
std::vector<std::uint32_t> first_of_country(const Parts& catalogue) {
  std::unordered_map<std::string_view, std::uint32_t> first;
  std::vector<std::uint32_t> out;
  for (std::uint32_t i = 0; i < catalogue.places.size(); ++i)
    out.push_back(first.try_emplace(catalogue.places[i].place.iso3, i).first->second);
  out.push_back(nowhere);
  return out;
}

/// How often each value of a facet occurs among those that match: values are numbers, see `text_of`.
Counts count_facet(const Parts& catalogue, std::string_view name, std::span<const std::uint64_t> matches) {
  const CatalogueItems& items = catalogue.events;
  if (name == "type") return count_kinds(items, matches, type_of_kind);
  if (name == "status") return count_kinds(items, matches, status_of_kind);
  if (name == "quad") return count_kinds(items, matches, quad_of_kind);
  if (name == "actor") return count_parties(catalogue, matches, kActor);
  if (name == "recipient") return count_parties(catalogue, matches, kRecipient);
  if (name == "speaker") return count_parties(catalogue, matches, kSpeaker);
  if (name == "mode")
    return count_values(matches, catalogue.modes.size(), [&](auto index) { return items.all[index].mode; });
  if (name == "source")
    return count_values(matches, catalogue.sources.size(),
                        [&](auto index) { return catalogue.documents[items.all[index].document].source; });
  if (name == "place")
    return count_values(matches, catalogue.places.size(), [&](auto index) { return items.places[index]; });
  const auto countries = first_of_country(catalogue);
  return count_values(matches, catalogue.places.size(),
                      [&](auto index) { return countries[items.places[index]]; });
}

/// What a filter would be given for a value; empty for what has no name.
std::string_view text_of(const Parts& catalogue, std::string_view name, std::size_t value) {
  constexpr std::array<std::string_view, 8> digits{"0", "1", "2", "3", "4", "5", "6", "7"};
  if (name == "type") return name_of(static_cast<EventType>(value));
  if (name == "status") return name_of(static_cast<Status>(value));
  if (name == "quad") return digits[value];
  if (name == "mode") return catalogue.modes[value];
  if (name == "source") return catalogue.sources[value];
  if (name == "actor" || name == "recipient" || name == "speaker") return catalogue.entities[value].key;
  const Place& place = catalogue.places[value].place;
  if (name == "country") return place.iso3;
  return place.geonames.empty() ? place.name : place.geonames;
}

std::string_view label_of(const Parts& catalogue, std::string_view name, std::size_t value) {
  if (name == "actor" || name == "recipient" || name == "speaker") return catalogue.entities[value].name;
  if (name == "place") return catalogue.places[value].place.name;
  return text_of(catalogue, name, value);
}

/// The `top` values with most events, then by their texts.
template <typename Value>
void keep_most(std::vector<std::pair<Value, std::size_t>>& values, std::size_t top) {
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(std::min(top, values.size()));
  std::partial_sort(values.begin(), middle, values.end(), [](const auto& a, const auto& b) {
    return a.second != b.second ? a.second > b.second : a.first < b.first;
  });
  values.erase(middle, values.end());
}

/// The months or years of those that match: items lie by day, so a period is a stretch of them.
Facet facet_of_periods(const Parts& catalogue, std::string_view name, std::span<const std::uint64_t> matches,
                       std::size_t top) {
  const std::vector<CatalogueItem>& items = catalogue.events.all;
  const auto index_of_day = [&](std::int64_t day, std::size_t from) {
    const auto found = std::partition_point(items.begin() + static_cast<std::ptrdiff_t>(from), items.end(),
                                            [&](const CatalogueItem& item) { return item.day < day; });
    return static_cast<std::size_t>(found - items.begin());
  };
  std::vector<std::pair<std::string, std::size_t>> periods;
  std::size_t from = index_of_day(std::int64_t{no_day} + 1, 0);
  while (from < items.size()) {
    const std::string period = period_of(items[from].day, std::string(name));
    const std::size_t to = index_of_day(first_day_after(items[from].day, name == "month"), from);
    const std::size_t count = count_bits(matches, from, to);
    if (count > 0) periods.emplace_back(period, count);
    from = to;
  }
  keep_most(periods, top);
  Facet facet;
  facet.name = name;
  for (const auto& [period, count] : periods) facet.values.push_back({period, period, count});
  return facet;
}

Facet facet_of(const Parts& catalogue, std::string_view name, std::span<const std::uint64_t> matches,
               std::size_t top) {
  if (name == "month" || name == "year") return facet_of_periods(catalogue, name, matches, top);
  const Counts counts = count_facet(catalogue, name, matches);
  std::vector<std::pair<std::pair<std::string_view, std::size_t>, std::size_t>> values;
  for (std::size_t value = 0; value < counts.size(); ++value) {
    if (counts[value] == 0) continue;
    const std::string_view text = text_of(catalogue, name, value);
    if (!text.empty()) values.push_back({{text, value}, counts[value]});
  }
  keep_most(values, top);
  Facet facet;
  facet.name = name;
  for (const auto& [value, count] : values)
    facet.values.push_back(
        {std::string(value.first), std::string(label_of(catalogue, name, value.second)), count});
  return facet;
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
  for (const std::string& name : names) {
    if (std::find(facet_names.begin(), facet_names.end(), name) != facet_names.end()) continue;
    return Error{
        "E-QRY-01", "facet", "unknown facet \"" + name + "\"",
        "use type, mode, status, quad, actor, recipient, speaker, country, place, source, month or year"};
  }
  const ItemBits matches = matching_events(parts, matcher.value());
  std::vector<Facet> facets;
  facets.reserve(names.size());
  for (const std::string& name : names) facets.push_back(facet_of(parts, name, matches, top));
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
