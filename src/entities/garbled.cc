// Reads names that translation or typing spoilt, where the sentence asks for somebody the document knows.
#include <algorithm>
#include <utility>

#include "entities/mentions.h"
#include "text/text.h"

namespace polybius {
namespace {

bool is_capital(const Token& token) {
  std::size_t position = 0;
  return !token.form.empty() && is_upper(next_code_point(token.form, position));
}

/// Whether the sentence treats the token as somebody who acts or speaks.
bool acts(const Reading& reading, std::uint32_t token) {
  const Analysis& analysis = reading.analysis;
  if (is_subject(analysis, token)) return true;
  const std::string_view preposition = governing_preposition(analysis, token);
  return reading.lexicon.in_class(preposition, "government_preposition");
}

/// A noun phrase with an article or a modifier is a thing: "the Triumph", "a great triumph".
bool stands_bare(const Analysis& analysis, std::uint32_t token) {
  return std::ranges::all_of(analysis.children[token], [&](std::uint32_t child) {
    const Token& word = analysis.tokens[child];
    return !word.depends_as("det") && !word.depends_as("amod") && !word.depends_as("nmod:poss") &&
           !word.depends_as("nummod");
  });
}

std::string surname_of(const Draft& draft) {
  const auto cut = draft.name.rfind(' ');
  return folded(cut == std::string::npos ? std::string_view(draft.name)
                                         : std::string_view(draft.name).substr(cut + 1));
}

bool confusable(const Reading& reading, const std::string& word, const std::string& surname) {
  const Row row = reading.lexicon.find("name_confusions", word);
  if (!row) return false;
  return std::ranges::any_of(row.list("names"),
                             [&](std::string_view name) { return folded(name) == surname; });
}

/// Whether one spelling may be meant for the other: near in letters, or near and alike in sound.
bool alike(const std::string& word, const std::string& surname) {
  if (word.size() < 4 || surname.size() < 4 || word == surname) return false;
  const std::uint32_t distance = edit_distance(word, surname);
  const auto longest = static_cast<std::uint32_t>(std::max(word.size(), surname.size()));
  if (distance <= 1 && longest >= 5 && word[0] == surname[0]) return true;
  if (distance * 4 <= longest && longest >= 8 && word[0] == surname[0]) return true;
  return distance * 5 <= longest * 2 && sound_key(word) == sound_key(surname) && sound_key(word).size() >= 3;
}

/// The person of the document whom a spoilt name means; -1 if nobody or more than one.
int person_meant(const Reading& reading, const std::string& word, bool by_letters) {
  int meant = -1;
  for (std::uint32_t number = 0; number < reading.drafts.size(); ++number) {
    const Draft& draft = reading.drafts[number];
    if (draft.kind != EntityKind::person) continue;
    const std::string surname = surname_of(draft);
    if (!confusable(reading, word, surname) && !(by_letters && alike(word, surname))) continue;
    if (meant >= 0) return -1;
    meant = static_cast<int>(number);
  }
  return meant;
}

void warn(const Reading& reading, const Candidate& candidate, const Draft& draft,
          std::vector<Warning>& warnings) {
  const Analysis& analysis = reading.analysis;
  Warning warning;
  warning.code = "garbled_name";
  warning.placed = true;
  warning.begin = analysis.tokens[candidate.first].span.begin;
  warning.end = analysis.tokens[candidate.last - 1].span.end;
  warning.message =
      "read \"" + std::string(analysis.words(candidate.first, candidate.last)) + "\" as " + draft.name;
  warnings.push_back(std::move(warning));
}

/// An unknown one-word person whose name is nearly another's joins that one; the other's name must be the
/// better known.
void join_misspelt(Reading& reading, std::vector<Warning>& warnings) {
  for (std::uint32_t number = 0; number < reading.drafts.size(); ++number) {
    Draft& draft = reading.drafts[number];
    if (draft.row || draft.mentions.size() > 1 || draft.description.agent ||
        draft.kind == EntityKind::country || draft.kind == EntityKind::place) {
      continue;
    }
    const std::uint32_t mention = draft.mentions.front();
    Candidate& candidate = reading.candidates[mention];
    if (candidate.last - candidate.first != 1 || !acts(reading, candidate.head)) continue;
    const std::string word = folded(draft.name);
    draft.kind = EntityKind::group;  // so that it does not find itself
    const int meant = person_meant(reading, word, true);
    draft.kind = candidate.kind;
    if (meant < 0 || (!reading.drafts[static_cast<std::uint32_t>(meant)].row &&
                      reading.drafts[static_cast<std::uint32_t>(meant)].mentions.size() < 2))
      continue;
    draft.mentions.clear();
    candidate.drafts.clear();
    candidate.kind = EntityKind::person;
    candidate.garbled = true;
    warn(reading, candidate, reading.drafts[static_cast<std::uint32_t>(meant)], warnings);
    join(reading, mention, static_cast<std::uint32_t>(meant));
  }
}

}  // namespace

void link_garbled_names(Reading& reading, std::vector<Warning>& warnings) {
  join_misspelt(reading, warnings);
  const Analysis& analysis = reading.analysis;
  std::vector<bool> taken(analysis.tokens.size(), false);
  for (const Candidate& candidate : reading.candidates) {
    if (candidate.drafts.empty() && candidate.form == MentionForm::nominal) continue;
    std::fill(taken.begin() + candidate.first, taken.begin() + candidate.last, true);
  }
  std::vector<std::pair<Candidate, std::uint32_t>> added;
  for (std::uint32_t token = 0; token < analysis.tokens.size(); ++token) {
    const Token& word = analysis.tokens[token];
    if (taken[token] || !is_capital(word) ||
        (word.upos != Upos::NOUN && word.upos != Upos::PROPN && word.upos != Upos::X))
      continue;
    if (!acts(reading, token) || !stands_bare(analysis, token)) continue;
    const int meant = person_meant(reading, folded(word.form), word.upos == Upos::PROPN);
    if (meant < 0) continue;
    Candidate candidate;
    candidate.first = candidate.head = token;
    candidate.last = token + 1;
    candidate.definite = true;
    candidate.garbled = true;
    warn(reading, candidate, reading.drafts[static_cast<std::uint32_t>(meant)], warnings);
    added.emplace_back(std::move(candidate), static_cast<std::uint32_t>(meant));
  }
  for (auto& [candidate, draft] : added) {
    reading.candidates.push_back(std::move(candidate));
    join(reading, static_cast<std::uint32_t>(reading.candidates.size() - 1), draft);
  }
}

}  // namespace polybius
