// Finds nominals and pronouns, and reads what modifiers say of the actor they name.
#include <algorithm>
#include <utility>

#include "entities/mentions.h"
#include "entities/tables.h"
#include "text/text.h"

namespace polybius {
namespace {

/// The agents row of the longest phrase that ends at `head` and starts at or after `floor`; `first` becomes
/// its start.
Row agent_phrase(const Reading& reading, std::uint32_t head, std::uint32_t floor, std::uint32_t& first) {
  const auto& tokens = reading.analysis.tokens;
  const std::uint32_t sentence = tokens[head].sentence;
  std::uint32_t start = head;
  while (start > floor && head - start < 3 && tokens[start - 1].sentence == sentence) --start;
  for (; start <= head; ++start) {
    std::string phrase;
    std::string surface;
    for (std::uint32_t token = start; token <= head; ++token) {
      if (token > start) {
        phrase += ' ';
        surface += ' ';
      }
      phrase += token == head ? lower_utf8(tokens[token].lemma) : tokens[token].lower;
      surface += tokens[token].lower;
    }
    Row row = reading.lexicon.find("agents", phrase);
    if (!row) row = reading.lexicon.find("agents", surface);
    if (row) {
      first = start;
      return row;
    }
  }
  return {};
}

/// The agents row of "secretary of state", told by its first word; no row if the words behind are not of that
/// kind.
Row phrase_with_of(const Reading& reading, std::uint32_t head) {
  const auto& tokens = reading.analysis.tokens;
  if (head + 2 >= tokens.size() || tokens[head + 1].lower != "of") return {};
  return reading.lexicon.find("agents", lower_utf8(tokens[head].lemma) + " of " + tokens[head + 2].lower);
}

bool is_dated(const Row& row) {
  return !row["since"].empty() || !row["until"].empty();
}

bool holds_on(const Row& row, std::string_view day) {
  if (!is_dated(row)) return true;
  return !day.empty() && day >= row["since"] && (row["until"].empty() || day <= row["until"]);
}

/// The country and the organization that the names among tokens [first, last) tell.
void read_names(const Reading& reading, std::uint32_t first, std::uint32_t last, Description& out) {
  std::uint32_t width = 0;
  for (const NameMatch& match : reading.analysis.matches) {
    if (match.first < first || match.last > last) continue;
    const std::string_view table = match.row.table();
    if (table == "countries" && out.iso3.empty()) out.iso3 = match.row["iso3"];
    if (table == "actors" && holds_on(match.row, reading.day) && (!out.actor || is_dated(match.row)))
      out.actor = match.row;
    if (table == "organizations" && match.last - match.first > width) {
      out.organization = match.row;
      width = match.last - match.first;
    }
    if (table == "places" && match.row["kind"] == "capital" && out.iso3.empty()) out.iso3 = match.row["iso3"];
  }
  if (out.iso3.empty() && out.organization) out.iso3 = out.organization["iso3"];
}

/// The office that a noun phrase names: the agent's own, or the one whose names hold the phrase.
std::string office_named(const Reading& reading, Row agent) {
  if (!agent) return {};
  if (!agent["office"].empty()) return std::string(agent["office"]);
  const auto offices = reading.tables.offices_of_noun.find(agent["noun"]);
  return offices == reading.tables.offices_of_noun.end() ? std::string{} : offices->second.front();
}

void read_flags(const Reading& reading, std::uint32_t first, std::uint32_t last, Description& out) {
  for (std::uint32_t token = first; token < last; ++token) {
    const std::string& lower = reading.analysis.tokens[token].lower;
    out.former = out.former || reading.lexicon.in_class(lower, "former");
    out.deputy = out.deputy || reading.lexicon.in_class(lower, "deputy");
  }
}

bool may_be_title(const Reading& reading, std::uint32_t token) {
  const Token& word = reading.analysis.tokens[token];
  if (word.lower == "of" && token > 0 && phrase_with_of(reading, token - 1)) return true;
  if (word.upos == Upos::PUNCT) return word.lower == "-";
  if (word.upos == Upos::DET || word.upos == Upos::VERB || word.upos == Upos::AUX ||
      word.upos == Upos::PRON || word.upos == Upos::CCONJ || word.upos == Upos::ADP ||
      word.upos == Upos::ADV || word.upos == Upos::SCONJ) {
    return false;
  }
  return word.lower != "'s" && word.lower != "’s";
}

/// The leftmost token of a noun's own modifiers in front of it.
std::uint32_t left_edge(const Analysis& analysis, std::uint32_t head) {
  std::uint32_t first = head;
  for (const std::uint32_t child : analysis.children[head]) {
    if (child >= head) break;
    const Token& token = analysis.tokens[child];
    const bool inside = token.depends_as("det") || token.depends_as("amod") || token.depends_as("compound") ||
                        token.depends_as("nmod") || token.depends_as("nummod") || token.depends_as("flat") ||
                        token.depends_as("advmod");
    if (!inside || token.depends_as("case")) continue;
    const std::uint32_t edge =
        token.depends_as("nmod") || token.depends_as("amod") || token.depends_as("compound")
            ? left_edge(analysis, child)
            : child;
    first = std::min(first, edge);
  }
  return first;
}

bool is_definite(const Reading& reading, std::uint32_t first, std::uint32_t head) {
  const Analysis& analysis = reading.analysis;
  if (analysis.child(head, "nmod:poss") >= 0) return true;
  for (std::uint32_t token = first; token < head; ++token) {
    const std::string& lower = analysis.tokens[token].lower;
    if (lower == "the" || lower == "this" || lower == "these" || lower == "that" || lower == "those" ||
        lower == "both")
      return true;
    if (reading.lexicon.in_class(lower, "indefinite")) return false;
  }
  return false;
}

EntityKind kind_of_noun(Row noun, bool many) {
  const std::string_view kind = noun["kind"];
  if (kind == "place") return EntityKind::place;
  if (kind == "organization") return many ? EntityKind::group : EntityKind::organization;
  if (kind == "group" || many) return EntityKind::group;
  return EntityKind::person;
}

void add_nominal(Reading& reading, std::uint32_t head) {
  if (ends_office_phrase(reading, head)) return;
  const Token& token = reading.analysis.tokens[head];
  Candidate candidate;
  candidate.head = head;
  candidate.first = head;
  candidate.last = head + 1;
  candidate.form = MentionForm::nominal;
  candidate.description = describe_noun(reading, head, candidate.first);
  Row noun = candidate.description.agent;
  if (!noun) noun = reading.lexicon.find("common_nouns", lower_utf8(token.lemma));
  if (!noun) return;
  candidate.many = token.is("Number=Plur") || noun["number"] == "many";
  candidate.kind = kind_of_noun(noun, candidate.many);
  if (noun["gender"] == "m") candidate.gender = Gender::male;
  if (noun["gender"] == "f") candidate.gender = Gender::female;
  candidate.definite = is_definite(reading, candidate.first, head);
  if (phrase_with_of(reading, head)) {
    const auto& tokens = reading.analysis.tokens;
    if (head + 3 < tokens.size() && tokens[head + 3].upos == Upos::PROPN) return;  // the title of a name
    candidate.last = head + 3;
  }
  reading.candidates.push_back(std::move(candidate));
}

void add_pronoun(Reading& reading, std::uint32_t token, Row row) {
  const Analysis& analysis = reading.analysis;
  const std::string& lower = analysis.tokens[token].lower;
  if (lower == "it") {  // "it is clear that", "it rains"
    const Token& word = analysis.tokens[token];
    if (word.depends_as("expl") || word.head < 0) return;
  }
  Candidate candidate;
  candidate.head = token;
  candidate.first = token;
  candidate.last = token + 1;
  candidate.form = MentionForm::pronoun;
  candidate.definite = true;
  candidate.many = row["number"] == "many";
  if (row["gender"] == "m") candidate.gender = Gender::male;
  if (row["gender"] == "f") candidate.gender = Gender::female;
  candidate.row = row;
  candidate.known_kind = row["gender"] != "n" && !candidate.many;
  reading.candidates.push_back(std::move(candidate));
}

}  // namespace

bool ends_office_phrase(const Reading& reading, std::uint32_t token) {
  return token >= 2 && static_cast<bool>(phrase_with_of(reading, token - 2));
}

Description describe_noun(const Reading& reading, std::uint32_t head, std::uint32_t& first) {
  const Analysis& analysis = reading.analysis;
  Description out;
  first = left_edge(analysis, head);
  std::uint32_t noun = head;
  out.agent = phrase_with_of(reading, head);
  if (!out.agent) out.agent = agent_phrase(reading, head, first, noun);
  if (!out.agent && !reading.lexicon.find("common_nouns", lower_utf8(analysis.tokens[head].lemma)))
    return out;
  out.office = office_named(reading, out.agent);
  read_names(reading, first, head + 1, out);
  read_flags(reading, first, noun, out);
  if (out.iso3.empty() && !out.actor && out.agent) {
    for (const std::uint32_t child : analysis.children[head]) {  // "president of France", "the army in Sudan"
      const std::string_view preposition = governing_preposition(analysis, child);
      if (child < head || !analysis.tokens[child].depends_as("nmod")) continue;
      if (preposition != "of" && preposition != "for" && preposition != "from" && preposition != "in")
        continue;
      read_names(reading, left_edge(analysis, child), child + 1, out);
    }
  }
  out.title = analysis.words(noun, head + 1);
  return out;
}

Description title_before(const Reading& reading, std::uint32_t first) {
  const auto& tokens = reading.analysis.tokens;
  Description out;
  if (first == 0) return out;
  std::uint32_t start = first;
  while (start > 0 && first - start < 9 && tokens[start - 1].sentence == tokens[first].sentence &&
         may_be_title(reading, start - 1)) {
    --start;
  }
  std::uint32_t last = first;
  while (last > start &&
         (tokens[last - 1].lower == "-" || reading.lexicon.find("honorifics", tokens[last - 1].lower)))
    --last;
  if (last == start) return out;
  std::uint32_t noun = last - 1;
  out.agent = agent_phrase(reading, last - 1, start, noun);
  if (!out.agent) return out;
  out.office = office_named(reading, out.agent);
  read_names(reading, start, last, out);
  read_flags(reading, start, noun, out);
  std::uint32_t from = noun;
  while (from > start && !reading.lexicon.in_class(tokens[from - 1].lower, "former")) --from;
  out.title = reading.analysis.words(from, last);
  return out;
}

void find_nominal_candidates(Reading& reading) {
  const auto& tokens = reading.analysis.tokens;
  std::vector<bool> taken(tokens.size(), false);
  std::vector<bool> person_follows(tokens.size(), false);
  for (const Candidate& name : reading.candidates) {
    std::fill(taken.begin() + std::min(name.first, name.head), taken.begin() + name.last, true);
    if (name.first > 0 && name.kind == EntityKind::person) person_follows[name.first - 1] = true;
  }
  for (std::uint32_t token = 0; token < tokens.size(); ++token) {
    if (taken[token]) continue;
    const Token& word = tokens[token];
    if (word.upos == Upos::PRON || word.upos == Upos::DET) {
      if (const Row row = reading.lexicon.find("pronouns", word.lower)) add_pronoun(reading, token, row);
      continue;
    }
    if (word.upos != Upos::NOUN && word.upos != Upos::PROPN) continue;
    // A title in front of a name and a part of a compound are no mentions of their own.
    if (word.depends_as("compound") || word.depends_as("flat") || word.deprel == "nmod:desc") continue;
    if (person_follows[token] && reading.analysis.child(token, "det") < 0) continue;
    add_nominal(reading, token);
  }
  std::ranges::stable_sort(reading.candidates, [](const Candidate& left, const Candidate& right) {
    return std::pair(left.first, right.last) < std::pair(right.first, left.last);
  });
}

}  // namespace polybius
