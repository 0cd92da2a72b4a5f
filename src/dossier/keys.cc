// Makes keys of names and codes.
#include "dossier/keys.h"

#include <algorithm>
#include <array>

#include "dossier/kinds.h"
#include "text/text.h"

namespace polybius {
namespace {

void add_words(std::vector<std::string>& keys, char sort, std::string_view name, const Lexicon& lexicon) {
  for (const std::string& word : words_in(folded(name))) {
    if (word.size() > 2) keys.push_back(sort + stem_of(word, lexicon));
  }
}

/// Governments, parliaments, courts and armies; of groups all: "Samoa's voters".
bool acts_for_country(const Entity& entity) {
  constexpr std::array<std::string_view, 4> sectors{"GOV", "LEG", "JUD", "MIL"};
  return entity.kind == EntityKind::group ||
         std::any_of(sectors.begin(), sectors.end(),
                     [&](std::string_view sector) { return entity.codes.plover_sector.starts_with(sector); });
}

}  // namespace

bool bears_a_name(const Entity& entity) {
  return std::any_of(entity.mentions.begin(), entity.mentions.end(),
                     [](const Mention& mention) { return mention.form == MentionForm::name; });
}

std::vector<std::string> keys_of_entity(const Entity& entity, const Lexicon& lexicon) {
  std::vector<std::string> keys;
  if (!entity.codes.wikidata.empty()) keys.push_back('$' + entity.codes.wikidata);
  const std::vector<std::string> words = words_in(folded(entity.name));
  switch (entity.kind) {
    case EntityKind::country:
      keys.push_back('@' + (entity.codes.iso3.empty() ? folded(entity.name) : entity.codes.iso3));
      break;
    case EntityKind::person:
      if (!bears_a_name(entity))
        add_words(keys, '&', entity.name, lexicon);  // "a Swiss envoy" may bear any name elsewhere
      else if (!words.empty())
        keys.push_back('%' + words.back());
      if (entity.role && !entity.role->country.empty()) keys.push_back('@' + entity.role->country);
      if (!entity.role && !entity.codes.iso3.empty()) keys.push_back('@' + entity.codes.iso3);
      break;
    case EntityKind::place:
      keys.push_back('#' + folded(entity.name));
      break;
    case EntityKind::organization:
    case EntityKind::group:
      add_words(keys, '&', entity.name, lexicon);
      if (!entity.codes.iso3.empty() && acts_for_country(entity)) keys.push_back('@' + entity.codes.iso3);
      break;
  }
  settle_keys(keys);
  return keys;
}

bool is_naming_key(const std::string& key) {
  return std::string_view("@%#$^").find(key.front()) != std::string_view::npos;
}

void settle_keys(std::vector<std::string>& keys) {
  std::sort(keys.begin(), keys.end());
  keys.erase(std::unique(keys.begin(), keys.end()), keys.end());
}

std::size_t count_shared(const std::vector<std::string>& left, const std::vector<std::string>& right) {
  std::size_t shared = 0;
  for (auto one = left.begin(), other = right.begin(); one != left.end() && other != right.end();) {
    if (*one == *other) ++shared;
    const bool forward = *one <= *other;
    const bool back = *other <= *one;
    if (forward) ++one;
    if (back) ++other;
  }
  return shared;
}

}  // namespace polybius
