// A filter's answer, 64 items at a time, is a plain filter's.
#include "store/scan.h"

#include <doctest/doctest.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <random>
#include <string>

#include "polybius/date.h"
#include "store/tables.h"

namespace polybius {
namespace {

constexpr std::uint32_t entity_count = 12;
constexpr std::uint32_t place_count = 4;

std::string key_of(std::uint32_t entity) {
  return "key-" + std::to_string(entity);
}

/// Items at random; some parts of them alike, so that whole words match, too.
Catalogue::Parts random_parts(std::mt19937& random, std::size_t count) {
  Catalogue::Parts parts;
  for (std::uint32_t i = 0; i < entity_count; ++i) {
    CatalogueEntity entity;
    entity.key = key_of(i);
    entity.same_as = i;
    parts.entities.push_back(entity);
  }
  for (std::uint32_t i = 0; i < place_count; ++i)
    parts.places.push_back({{"", std::to_string(100 + i), "", std::nullopt, std::nullopt}, ""});
  parts.modes = {"", "raid", "siege"};
  parts.documents.resize(1);
  const bool alike = random() % 3 == 0;
  for (std::size_t i = 0; i < count; ++i) {
    CatalogueItem item;
    item.position = static_cast<std::uint32_t>(i);
    item.day = random() % 20 == 0 ? no_day : static_cast<std::int32_t>(random() % 3000);
    if (!alike) {
      item.type = static_cast<std::uint8_t>(random() % 16);
      item.status = static_cast<std::uint8_t>(random() % 8);
      item.quad = static_cast<std::uint8_t>(random() % 5);
      item.mode = static_cast<std::uint16_t>(random() % 3);
      item.wrong = random() % 9 == 0;
      item.confidence = static_cast<float>(random() % 100) / 100;
      if (random() % 2 == 0) item.place = random() % place_count;
    }
    item.parties = static_cast<std::uint32_t>(parts.events.party_pool.size());
    for (auto party = random() % 4; party > 0; --party, ++item.party_count)
      parts.events.party_pool.push_back({static_cast<std::uint32_t>(random() % entity_count),
                                         static_cast<std::uint32_t>(random() % role_count)});
    parts.events.all.push_back(item);
  }
  std::shuffle(parts.events.all.begin(), parts.events.all.end(), random);
  std::stable_sort(parts.events.all.begin(), parts.events.all.end(),
                   [](const CatalogueItem& a, const CatalogueItem& b) { return a.day < b.day; });
  parts.events.index(parts.entities.size(), parts.places.size());
  return parts;
}

Filter random_filter(std::mt19937& random) {
  const auto maybe = [&] { return random() % 4 == 0; };
  Filter filter;
  if (maybe()) filter.actor = key_of(random() % (entity_count + 1));
  if (maybe()) filter.recipient = key_of(random() % entity_count);
  if (maybe()) filter.entity = key_of(random() % entity_count);
  if (maybe()) filter.speaker = key_of(random() % entity_count);
  if (maybe()) filter.types = {"AGREE", "AID", "ASSAULT"};
  if (maybe()) filter.statuses = {"occurred", "denied"};
  if (maybe()) filter.quads = {1, 4};
  if (maybe()) filter.modes = {"raid"};
  if (maybe()) filter.place = std::to_string(100 + random() % place_count);
  if (maybe()) filter.from = "1972";
  if (maybe()) filter.to = "1975-06";
  if (maybe()) filter.confidence = 0.5;
  filter.wrong = maybe();
  return filter;
}

bool holds(std::string_view name, const std::vector<std::string>& wanted) {
  return wanted.empty() || std::find(wanted.begin(), wanted.end(), name) != wanted.end();
}

/// The manual's words, read one item at a time.
bool plainly_matches(const Catalogue::Parts& parts, const CatalogueItem& item, const Filter& filter) {
  const auto plays = [&](const std::string& key, std::initializer_list<unsigned> roles) {
    const auto parties = parts.events.parties(item);
    return std::any_of(parties.begin(), parties.end(), [&](CatalogueParty party) {
      return key_of(party.entity) == key && std::find(roles.begin(), roles.end(), party.role) != roles.end();
    });
  };
  const auto parties = parts.events.parties(item);
  const bool no_recipient = std::none_of(parties.begin(), parties.end(),
                                         [](CatalogueParty party) { return party.role == kRecipient; });
  const bool mutual = !filter.actor.empty() && no_recipient && filter.actor != filter.recipient &&
                      plays(filter.actor, {kActor}) && plays(filter.recipient, {kActor});
  const auto from = static_cast<std::int32_t>(Date{1972, 1, 1}.days());
  const auto to = static_cast<std::int32_t>(Date{1975, 6, 30}.days());
  return (filter.actor.empty() || plays(filter.actor, {kActor})) &&
         (filter.recipient.empty() || plays(filter.recipient, {kRecipient}) || mutual) &&
         (filter.entity.empty() || plays(filter.entity, {kActor, kRecipient})) &&
         (filter.speaker.empty() || plays(filter.speaker, {kSpeaker})) &&
         holds(name_of(static_cast<EventType>(item.type)), filter.types) &&
         holds(name_of(static_cast<Status>(item.status)), filter.statuses) &&
         (filter.quads.empty() || item.quad == 1 || item.quad == 4) &&
         holds(parts.modes[item.mode], filter.modes) &&
         (filter.place.empty() ||
          (item.place != nowhere && parts.places[item.place].place.geonames == filter.place)) &&
         (filter.from.empty() || item.day >= from) &&
         (filter.to.empty() || (item.day <= to && item.day != no_day)) &&
         item.confidence >= filter.confidence && (filter.wrong || !item.wrong);
}

std::vector<std::size_t> each_of(MatchScan& scan, bool falling, std::size_t most) {
  std::vector<std::size_t> found;
  scan.each(falling, [&](std::size_t index) {
    found.push_back(index);
    return found.size() < most;
  });
  return found;
}

void check_scan(Store& store, const Catalogue::Parts& parts, const Filter& filter) {
  const auto matcher = Matcher::of(store, parts, filter, Matcher::Kind::events);
  REQUIRE(matcher.ok());
  const std::size_t count = parts.events.all.size();
  std::vector<std::size_t> wanted;
  for (std::size_t i = 0; i < count; ++i)
    if (plainly_matches(parts, parts.events.all[i], filter)) wanted.push_back(i);
  for (const bool all : {true, false}) {
    MatchScan scan(parts.events, matcher.value(), all);
    CHECK(scan.count() == wanted.size());
    CHECK(each_of(scan, false, count + 1) == wanted);
    std::vector<std::size_t> falling = each_of(scan, true, count + 1);
    std::reverse(falling.begin(), falling.end());
    CHECK(falling == wanted);
    const ItemBits bits = scan.matches();
    CHECK(count_bits(bits, 0, count) == wanted.size());
    std::vector<std::size_t> set;
    each_bit(bits, [&](std::size_t index) { set.push_back(index); });
    CHECK(set == wanted);
    scan.begin_at(count / 3);
    scan.end_at(count / 2 + 7);
    const auto between = std::count_if(wanted.begin(), wanted.end(),
                                       [&](std::size_t i) { return i >= count / 3 && i < count / 2 + 7; });
    CHECK(scan.count() == static_cast<std::size_t>(between));
  }
}

}  // namespace

TEST_CASE("a scan finds what a plain filter finds, in either direction") {
  const auto folder =
      std::filesystem::temp_directory_path() / ("polybius_scan_" + std::to_string(::getpid()));
  std::filesystem::create_directories(folder);
  {
    auto store = open_store((folder / "empty.db").string(), StoreMode::write);
    REQUIRE(store.ok());
    std::mt19937 random(11);
    for (const std::size_t count : {0U, 1U, 63U, 64U, 65U, 700U, 3000U}) {
      const Catalogue::Parts parts = random_parts(random, count);
      for (int round = 0; round < 150; ++round) check_scan(store.value(), parts, random_filter(random));
    }
  }
  std::filesystem::remove_all(folder);
}

}  // namespace polybius
