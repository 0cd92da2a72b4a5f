// Dictionaries of TABARI and PETRARCH become tables of ours. Source: TABARI 0.8 manual, chapter 5; the
// PETRARCH dictionary formats.
#include "lexicon/import.h"

#include <algorithm>
#include <charconv>
#include <map>
#include <optional>

#include "lexicon/lexicon.h"
#include "lexicon/table_file.h"
#include "polybius/date.h"
#include "text/text.h"

namespace polybius {
namespace {

std::string_view trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(" \t\r");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t\r") - first + 1);
}

std::vector<std::string> bracketed(std::string_view text) {
  std::vector<std::string> codes;
  while (true) {
    const auto open = text.find('[');
    const auto close = text.find(']', open);
    if (open == std::string_view::npos || close == std::string_view::npos) return codes;
    std::string_view code = text.substr(open + 1, close - open - 1);
    // TABARI lets one bracket hold several codes: [RUSELI/RUSGOV >080508].
    while (!code.empty()) {
      const auto slash = code.find('/');
      codes.emplace_back(trimmed(code.substr(0, slash)));
      code.remove_prefix(slash == std::string_view::npos ? code.size() : slash + 1);
    }
    text.remove_prefix(close + 1);
  }
}

// Lines without comments ("#", ";", "<!-- -->"), which may go over several lines.
std::vector<DictionaryLine> lines_of(std::string_view text) {
  std::vector<DictionaryLine> lines;
  std::uint32_t number = 0;
  bool in_comment = false;
  while (!text.empty()) {
    const auto end = text.find('\n');
    std::string_view line = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    ++number;
    if (in_comment || line.starts_with("<!--")) {
      in_comment = line.find("-->") == std::string_view::npos;
      continue;
    }
    line = trimmed(line.substr(0, line.find_first_of("#;")));
    if (!line.empty()) lines.push_back({number, line});
  }
  return lines;
}

enum class DictionaryKind { actors, agents, verbs, unknown };

DictionaryKind kind_of(const std::vector<DictionaryLine>& lines) {
  std::size_t agents = 0;
  std::size_t verbs = 0;
  std::size_t coded = 0;
  for (const DictionaryLine& line : lines) {
    if (line.text.find("[~") != std::string_view::npos || line.text.find("~]") != std::string_view::npos)
      ++agents;
    if (line.text.starts_with("---") ||
        (line.text.starts_with("- ") && line.text.find('*') != std::string_view::npos))
      ++verbs;
    if (line.text.find('[') != std::string_view::npos) ++coded;
  }
  if (coded == 0) return DictionaryKind::unknown;
  if (verbs * 5 > coded) return DictionaryKind::verbs;
  return agents * 2 > coded ? DictionaryKind::agents : DictionaryKind::actors;
}

/// A date of six digits (YYMMDD, 30 and later in the last century) or eight; nothing if it is none.
std::optional<std::string> iso_of_digits(std::string_view digits) {
  if (!std::all_of(digits.begin(), digits.end(), [](char c) { return c >= '0' && c <= '9'; }))
    return std::nullopt;
  std::string full(digits);
  if (full.size() == 6) full.insert(0, full >= "30" ? "19" : "20");
  if (full.size() != 8) return std::nullopt;
  const std::string day = full.substr(0, 4) + "-" + full.substr(4, 2) + "-" + full.substr(6, 2);
  if (!Date::from_iso(day)) return std::nullopt;
  return day;
}

struct DatedCode {
  std::string code;
  std::string since;
  std::string until;
};

std::optional<DatedCode> dated_code_of(std::string_view text) {
  DatedCode dated;
  const auto space = text.find(' ');
  for (const char c : text.substr(0, space))
    dated.code.push_back(c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c);
  if (dated.code.empty()) return std::nullopt;
  if (space == std::string_view::npos) return dated;
  std::string_view dates = trimmed(text.substr(space));
  std::optional<std::string> since = "";
  std::optional<std::string> until = "";
  if (dates.starts_with('>')) {
    since = iso_of_digits(trimmed(dates.substr(1)));
  } else if (dates.starts_with('<')) {
    until = iso_of_digits(trimmed(dates.substr(1)));
  } else if (const auto dash = dates.find('-'); dash != std::string_view::npos) {
    since = iso_of_digits(trimmed(dates.substr(0, dash)));
    until = iso_of_digits(trimmed(dates.substr(dash + 1)));
  } else {
    return std::nullopt;
  }
  if (!since || !until) return std::nullopt;
  dated.since = *since;
  dated.until = *until;
  return dated;
}

bool is_code(std::string_view code) {
  return code.size() >= 3 && std::all_of(code.begin(), code.end(), [](char c) {
           return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
         });
}

std::string agent_kind_of(std::string_view noun) {
  for (const std::string_view ending :
       {"group",      "party",   "army",       "force", "forces",  "ministry", "court",
        "parliament", "council", "government", "bank",  "company", "movement", "organization",
        "media",      "police",  "committee",  "union", "agency",  "navy"}) {
    if (noun.ends_with(ending)) return "organization";
  }
  return "person";
}

/// "!MINIST! = MINISTER, MINISTERS": words to put in the place of the mark.
using Substitutions = std::map<std::string, std::vector<std::string>, std::less<>>;

std::vector<std::string> substituted(std::string_view name, const Substitutions& substitutions) {
  const auto open = name.find('!');
  const auto close = open == std::string_view::npos ? open : name.find('!', open + 1);
  if (close == std::string_view::npos) return {std::string(name)};
  const auto at = substitutions.find(name.substr(open, close - open + 1));
  std::vector<std::string> names;
  if (at == substitutions.end()) return names;
  for (const auto& word : at->second) {
    names.push_back(std::string(name.substr(0, open)) + word + std::string(name.substr(close + 1)));
  }
  return names;
}

void take_substitution(std::string_view line, Substitutions& substitutions) {
  const auto equals = line.find('=');
  if (!line.starts_with('!') || equals == std::string_view::npos) return;
  auto& words = substitutions[std::string(trimmed(line.substr(0, equals)))];
  std::string_view rest = line.substr(equals + 1);
  while (!rest.empty()) {
    const auto comma = rest.find(',');
    words.emplace_back(trimmed(rest.substr(0, comma)));
    rest.remove_prefix(comma == std::string_view::npos ? rest.size() : comma + 1);
  }
}

}  // namespace

std::string sector_of_role(std::string_view role) {
  if (role == "MED") return "JRN";
  if (role == "HLH") return "MED";
  if (role == "INS" || role == "SEP") return "REB";
  if (role == "MOP" || role == "MBR") return "OPP";
  return std::string(role);
}

std::string words_of_dictionary(std::string_view name) {
  std::string out;
  for (const char c : name) {
    if (c == '_' || c == ' ' || c == '\t') {
      if (!out.empty() && out.back() != ' ') out.push_back(' ');
    } else {
      out.push_back(c);
    }
  }
  while (out.ends_with(' ')) out.pop_back();
  return lower_utf8(out);
}

std::string name_of_dictionary(std::string_view name) {
  std::string out = words_of_dictionary(name);
  // Three letters alone are an abbreviation (UN, EU, PLO), as a rule.
  if (out.size() <= 3) {
    for (char& c : out) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
    return out;
  }
  const auto small = [](std::string_view word) {
    return word == "of" || word == "the" || word == "and" || word == "for" || word == "in" || word == "de" ||
           word == "al";
  };
  for (std::size_t begin = 0; begin < out.size();) {
    auto end = out.find_first_of(" -", begin);
    if (end == std::string::npos) end = out.size();
    const bool lower = out[begin] >= 'a' && out[begin] <= 'z';
    if (lower && (begin == 0 || !small(std::string_view(out).substr(begin, end - begin))))
      out[begin] = static_cast<char>(out[begin] - 32);
    begin = end + 1;
  }
  return out;
}

std::vector<DictionaryEntry> read_entries(const std::vector<DictionaryLine>& lines) {
  std::vector<DictionaryEntry> entries;
  for (const DictionaryLine& line : lines) {
    const auto codes = bracketed(line.text);
    const std::string_view name = trimmed(line.text.substr(0, line.text.find_first_of("[{")));
    if (name.empty()) {
      if (!entries.empty())
        entries.back().codes.insert(entries.back().codes.end(), codes.begin(), codes.end());
      continue;
    }
    const bool synonym = name.starts_with('+') && !entries.empty();
    if (!synonym) entries.push_back({line.number, {}, {}});
    entries.back().names.emplace_back(trimmed(name.substr(name.starts_with('+') ? 1 : 0)));
    entries.back().codes.insert(entries.back().codes.end(), codes.begin(), codes.end());
  }
  // Entries in a row without codes of their own share those that follow.
  for (std::size_t at = entries.size(); at-- > 1;) {
    if (entries[at - 1].codes.empty()) entries[at - 1].codes = entries[at].codes;
  }
  return entries;
}

std::string import_actors(const std::vector<DictionaryLine>& lines, std::string_view name,
                          std::vector<Error>& faults) {
  std::string out = "# table: actors\nname\taliases\tcameo\tsector\tsince\tuntil\n";
  for (const DictionaryEntry& entry : read_entries(lines)) {
    std::string aliases;
    for (std::size_t at = 1; at < entry.names.size(); ++at) {
      const std::string alias = name_of_dictionary(entry.names[at]);
      if (!alias.empty()) aliases += (aliases.empty() ? "" : "|") + alias;
    }
    if (entry.codes.empty()) {
      faults.push_back({"E-LEX-31", place_of(name, entry.line), "\"" + entry.names.front() + "\" has no code",
                        "add one in brackets"});
    }
    for (const auto& text : entry.codes) {
      if (text == "---") continue;  // "no actor", TABARI's null code
      const auto dated = dated_code_of(text);
      if (!dated || !is_code(dated->code)) {
        faults.push_back({"E-LEX-32", place_of(name, entry.line), "\"[" + text + "]\" is no code with a date",
                          "write [CODE], [CODE YYMMDD-YYMMDD], [CODE <YYMMDD] or [CODE >YYMMDD]"});
        continue;
      }
      const std::string sector =
          dated->code.size() >= 6 ? sector_of_role(std::string_view(dated->code).substr(3, 3)) : "";
      out += name_of_dictionary(entry.names.front()) + "\t" + aliases + "\t" + dated->code + "\t" + sector +
             "\t" + dated->since + "\t" + dated->until + "\n";
    }
  }
  return out;
}

std::string import_agents(const std::vector<DictionaryLine>& lines, std::string_view name,
                          std::vector<Error>& faults) {
  Substitutions substitutions;
  std::vector<DictionaryLine> rest;
  for (const DictionaryLine& line : lines) {
    if (line.text.starts_with('!') && line.text.find('=') != std::string_view::npos) {
      take_substitution(line.text, substitutions);
    } else {
      rest.push_back(line);
    }
  }
  std::string out = "# table: agents\nnoun\tcameo\tsector\tkind\n";
  for (const DictionaryEntry& entry : read_entries(rest)) {
    std::string code = entry.codes.empty() ? "" : entry.codes.front();
    std::erase(code, '~');
    if (!is_code(code)) {
      faults.push_back({"E-LEX-33", place_of(name, entry.line),
                        "\"" + entry.names.front() + "\" has no agent code", "write [~GOV]"});
      continue;
    }
    for (const auto& written : entry.names) {
      for (const auto& one : substituted(written, substitutions)) {
        const std::string noun = words_of_dictionary(one);
        if (!noun.empty())
          out += noun + "\t" + code + "\t" + sector_of_role(code.substr(0, 3)) + "\t" + agent_kind_of(noun) +
                 "\n";
      }
    }
  }
  return out;
}

std::string import_dictionary(std::string_view text, std::string_view name, std::vector<Error>& faults) {
  const auto lines = lines_of(text);
  switch (kind_of(lines)) {
    case DictionaryKind::actors:
      return import_actors(lines, name, faults);
    case DictionaryKind::agents:
      return import_agents(lines, name, faults);
    case DictionaryKind::verbs:
      return import_verbs(lines, name, faults);
    case DictionaryKind::unknown:
      break;
  }
  faults.push_back({"E-LEX-30", std::string(name),
                    "no dictionary of actors, agents or verbs: no code in brackets",
                    "give a TABARI or PETRARCH dictionary"});
  return {};
}

}  // namespace polybius
