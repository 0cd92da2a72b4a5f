// Groups out of links, and the likely original of each: by date, by byline, by completeness.
#include "dedupe/groups.h"

#include <algorithm>
#include <numeric>

#include "polybius/date.h"

namespace polybius {
namespace {

constexpr double about_as_long = .95;
constexpr std::int32_t seconds_a_day = 86'400;

using Members = std::vector<std::uint32_t>;

template <typename Keep>
void keep_if_any(Members& members, Keep keep) {
  const bool any = std::any_of(members.begin(), members.end(), keep);
  if (any) members.erase(std::remove_if(members.begin(), members.end(), std::not_fn(keep)), members.end());
}

std::uint32_t longest_of(const Members& members, const std::vector<IndexedDocument>& documents) {
  return *std::max_element(members.begin(), members.end(), [&](std::uint32_t a, std::uint32_t b) {
    return documents[a].words != documents[b].words ? documents[a].words < documents[b].words : a > b;
  });
}

// Step by step, each leaving out who cannot be first: so the order of the members does not matter.
std::uint32_t original_of(Members members, const std::vector<IndexedDocument>& documents) {
  std::vector<std::uint32_t> lengths;
  for (const auto member : members) lengths.push_back(documents[member].words);
  std::sort(lengths.begin(), lengths.end());
  std::int32_t day = IndexedDocument::no_day;
  for (const auto member : members) day = std::min(day, documents[member].day);
  keep_if_any(members, [&](std::uint32_t member) { return documents[member].day == day; });
  std::int32_t second = seconds_a_day;
  for (const auto member : members) {
    if (documents[member].second != IndexedDocument::no_second)
      second = std::min(second, documents[member].second);
  }
  keep_if_any(members, [&](std::uint32_t member) {
    return documents[member].second == IndexedDocument::no_second || documents[member].second <= second;
  });
  keep_if_any(members, [&](std::uint32_t member) { return documents[member].byline; });
  // What somebody printed as it was is the story; a longer text may be the story with something added.
  keep_if_any(members, [&](std::uint32_t member) {
    const auto as_long = std::equal_range(lengths.begin(), lengths.end(), documents[member].words);
    return as_long.second - as_long.first > 1;
  });
  return longest_of(members, documents);
}

std::uint32_t most_complete(const Members& members, std::uint32_t original,
                            const std::vector<IndexedDocument>& documents) {
  const std::uint32_t longest = longest_of(members, documents);
  return documents[original].words >= documents[longest].words * about_as_long ? original : longest;
}

int two_digits(std::string_view text, std::size_t at) {
  if (at + 2 > text.size() || text[at] < '0' || text[at] > '9' || text[at + 1] < '0' || text[at + 1] > '9')
    return -1;
  return (text[at] - '0') * 10 + (text[at + 1] - '0');
}

/// Seconds east of UTC of "Z", "+02:00", "-0530"; nothing said is nothing added.
std::int32_t offset_in(std::string_view text) {
  const std::size_t sign = text.find_first_of("+-");
  if (sign == std::string_view::npos) return 0;
  const int hours = two_digits(text, sign + 1);
  const std::size_t colon = text.size() > sign + 3 && text[sign + 3] == ':' ? 1 : 0;
  const int minutes = two_digits(text, sign + 3 + colon);
  if (hours < 0) return 0;
  const std::int32_t out = hours * 3600 + std::max(0, minutes) * 60;
  return text[sign] == '-' ? -out : out;
}

}  // namespace

void DisjointSets::grow(std::size_t size) {
  const std::size_t old = parents_.size();
  if (size <= old) return;
  parents_.resize(size);
  std::iota(parents_.begin() + static_cast<std::ptrdiff_t>(old), parents_.end(),
            static_cast<std::uint32_t>(old));
}

std::uint32_t DisjointSets::root_of(std::uint32_t number) {
  while (parents_[number] != number) {
    parents_[number] = parents_[parents_[number]];
    number = parents_[number];
  }
  return number;
}

bool DisjointSets::unite(std::uint32_t first, std::uint32_t second) {
  first = root_of(first);
  second = root_of(second);
  if (first == second) return false;
  parents_[std::max(first, second)] = std::min(first, second);
  return true;
}

std::vector<GroupFacts> find_groups(DisjointSets& sets, const std::vector<IndexedDocument>& documents) {
  std::vector<std::pair<std::uint32_t, std::uint32_t>> by_root;  // root, member
  const auto count = static_cast<std::uint32_t>(documents.size());
  std::vector<bool> joined(count, false);
  for (std::uint32_t number = 0; number < count; ++number) {
    const std::uint32_t root = sets.root_of(number);
    if (root == number) continue;
    by_root.emplace_back(root, number);
    if (!joined[root]) by_root.emplace_back(root, root);
    joined[root] = true;
  }
  std::sort(by_root.begin(), by_root.end());
  std::vector<GroupFacts> out;
  Members members;
  for (std::size_t i = 0; i < by_root.size();) {
    const std::uint32_t root = by_root[i].first;
    members.clear();
    for (; i < by_root.size() && by_root[i].first == root; ++i) members.push_back(by_root[i].second);
    const std::uint32_t original = original_of(members, documents);
    out.push_back({root, original, most_complete(members, original, documents),
                   static_cast<std::uint32_t>(members.size())});
  }
  return out;
}

void read_instant(std::string_view published, IndexedDocument& document) {
  document.day = IndexedDocument::no_day;
  document.second = IndexedDocument::no_second;
  const auto date = Date::from_iso(published);
  if (!date) return;
  document.day = static_cast<std::int32_t>(date->days());
  const int hours = two_digits(published, 11);
  const int minutes = two_digits(published, 14);
  if (published.size() < 16 || hours < 0 || minutes < 0) return;
  const int seconds = published.size() > 16 && published[16] == ':' ? two_digits(published, 17) : 0;
  std::int32_t second = hours * 3600 + minutes * 60 + std::max(0, seconds) - offset_in(published.substr(16));
  document.day += second < 0 ? -1 : second / seconds_a_day;
  document.second = (second % seconds_a_day + seconds_a_day) % seconds_a_day;
}

}  // namespace polybius
