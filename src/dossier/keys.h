// Names by which an entity of one document is known again in another.
#pragma once

#include <string>
#include <vector>

#include "lexicon/lexicon.h"
#include "polybius/record.h"

namespace polybius {

/// Keys of one entity; two entities may be the same if they share one. A key's first letter tells its sort:
/// `@` a country, `%` a person, `#` a place, `&` a word of an organization or group, `^` a word written with
/// a capital, `$` a Wikidata id. Who is told of without a name ("the envoy") has words only. A person has
/// also the country that he holds an office of: a leader speaks for his country.
std::vector<std::string> keys_of_entity(const Entity& entity, const Lexicon& lexicon);

/// Whether some mention of the entity is a name.
bool bears_a_name(const Entity& entity);

/// Whether the key names one thing in the world: no common word.
bool is_naming_key(const std::string& key);

/// Sorts and makes unique.
void settle_keys(std::vector<std::string>& keys);

/// How many keys two settled lists share.
std::size_t count_shared(const std::vector<std::string>& left, const std::vector<std::string>& right);

}  // namespace polybius
