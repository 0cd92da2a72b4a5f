// What the importers of other programs' dictionaries share.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "polybius/error.h"

namespace polybius {

/// A line of a dictionary without its comment.
struct DictionaryLine {
  std::uint32_t number = 0;
  std::string_view text;
};

/// An entry with its synonyms and bracketed codes: "RUSGOV >080508".
struct DictionaryEntry {
  std::uint32_t line = 0;
  std::vector<std::string> names;  ///< as written, capitals and underscores
  std::vector<std::string> codes;
};

std::vector<DictionaryEntry> read_entries(const std::vector<DictionaryLine>& lines);
/// "PRESIDENT_GEORGE_W._BUSH_" as news writes it: "President George W. Bush".
std::string name_of_dictionary(std::string_view name);
/// "RIOT_POLICE" as a lower-case phrase.
std::string words_of_dictionary(std::string_view name);
/// The PLOVER sector of a CAMEO role: MED is JRN, HLH is MED, INS and SEP are REB.
std::string sector_of_role(std::string_view role);

std::string import_actors(const std::vector<DictionaryLine>& lines, std::string_view name,
                          std::vector<Error>& faults);
std::string import_agents(const std::vector<DictionaryLine>& lines, std::string_view name,
                          std::vector<Error>& faults);
std::string import_verbs(const std::vector<DictionaryLine>& lines, std::string_view name,
                         std::vector<Error>& faults);

}  // namespace polybius
