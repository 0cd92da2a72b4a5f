// Looks verbs up in the table of what may be planned.
#include "plans/verbs.h"

#include <algorithm>

#include "plans/ahead.h"

namespace polybius {
namespace {

/// The particle that a verb has behind its object: "give forty statues back", "hand the village over"; -1 if
/// there is none.
int far_particle(const PlanSource& source, std::uint32_t verb) {
  const Analysis& analysis = source.analysis;
  const int object = analysis.child(verb, "obj");
  if (object < 0) return -1;
  const std::uint32_t last = analysis.sentences[analysis.tokens[verb].sentence].last;
  for (auto at = static_cast<std::uint32_t>(object) + 1; at < std::min(last, verb + 9); ++at) {
    const Token& word = analysis.tokens[at];
    if (word.upos == Upos::VERB || word.upos == Upos::PUNCT) return -1;
    const bool after_noun = word.upos == Upos::ADV || word.upos == Upos::ADP;
    if (after_noun && (word.lower == "back" || word.lower == "over")) return static_cast<int>(at);
  }
  return -1;
}

/// Whether a day hangs on the word, or if `place` does, a place.
bool has_day_or_place(const PlanSource& source, const Marks& marks, std::uint32_t token, bool place) {
  return std::any_of(source.analysis.children[token].begin(), source.analysis.children[token].end(),
                     [&](std::uint32_t child) {
                       if (marks.time[child] >= 0) return true;
                       if (!place || marks.entity[child] < 0) return false;
                       const Entity& entity = source.entities[static_cast<std::size_t>(marks.entity[child])];
                       return entity.kind == EntityKind::place || entity.kind == EntityKind::country;
                     });
}

bool is_plan_noun(const PlanSource& source, int token) {
  if (token < 0) return false;
  const Token& word = source.analysis.tokens[static_cast<std::size_t>(token)];
  return word.upos == Upos::NOUN && source.lexicon.find("plan_nouns", word.lemma);
}

bool is_about_a_plan(const PlanSource& source, std::uint32_t verb) {
  const int subject = subject_of(source.analysis, verb);
  if (is_plan_noun(source, object_of(source.analysis, verb))) return true;
  return is_plan_noun(source, subject) && !is_doer_of(source, static_cast<std::uint32_t>(subject), verb);
}

/// The base form of a verb; the table of irregular forms knows better than the model ("flown" is no "flow").
std::string lemma_of_verb(const PlanSource& source, std::uint32_t token) {
  const Token& word = source.analysis.tokens[token];
  const Row irregular = source.lexicon.find("irregular_forms", word.lower);
  if (irregular) return std::string(irregular["lemma"]);
  if (source.lexicon.find("plan_verbs", word.lemma) || word.lower.size() < 5) return word.lemma;
  for (const std::size_t ending : {std::size_t{1}, std::size_t{2}}) {  // "freed" is no "fre"
    std::string shorter = word.lower.substr(0, word.lower.size() - ending);
    if (word.lower.ends_with("ed") && source.lexicon.find("plan_verbs", shorter)) return shorter;
  }
  return word.lemma;
}

}  // namespace

Row verb_row(const PlanSource& source, const Marks& marks, std::uint32_t token) {
  const Analysis& analysis = source.analysis;
  if (analysis.tokens[token].upos != Upos::VERB) return Row{};
  const std::string lemma = lemma_of_verb(source, token);
  Row row = source.lexicon.find("plan_verbs", lemma);
  for (const std::uint32_t child : analysis.children[token]) {
    const Token& word = analysis.tokens[child];
    if (!word.depends_as("compound") && !word.depends_as("obj") && !word.depends_as("advmod") &&
        !word.depends_as("obl"))
      continue;
    const Row whole = source.lexicon.find("plan_verbs", lemma + ' ' + word.lemma);
    if (whole) row = whole;
  }
  if (const int particle = far_particle(source, token); particle >= 0) {
    const std::string& word = analysis.tokens[static_cast<std::size_t>(particle)].lower;
    if (const Row whole = source.lexicon.find("plan_verbs", lemma + ' ' + word)) row = whole;
  }
  if (!row || is_about_a_plan(source, token)) return Row{};  // "attend the summit": the noun is the plan
  if (row["needs"].empty()) return row;
  return has_day_or_place(source, marks, token, row["needs"] == "place") ? row : Row{};
}

Row noun_row(const PlanSource& source, std::uint32_t token) {
  const Token& word = source.analysis.tokens[token];
  Row row = source.lexicon.find("plan_nouns", word.lemma);
  if (row || word.upos != Upos::PROPN || token != source.analysis.sentences[word.sentence].first) return row;
  std::string lower = word.lower;  // "Polls open on Sunday": the capital is the sentence's
  row = source.lexicon.find("plan_nouns", lower);
  if (row || !lower.ends_with('s')) return row;
  lower.pop_back();
  return source.lexicon.find("plan_nouns", lower);
}

bool lends_to_noun(const PlanSource& source, std::uint32_t verb) {
  return source.analysis.tokens[verb].upos == Upos::VERB &&
         source.lexicon.in_class(source.analysis.tokens[verb].lemma, "lending") &&
         is_plan_noun(source, source.analysis.child(verb, "obj"));
}

std::string words_of_plan(const PlanSource& source, std::uint32_t token, bool noun) {
  const Analysis& analysis = source.analysis;
  std::uint32_t first = token;
  std::uint32_t last = token + 1;
  if (noun) {
    for (const std::uint32_t child : analysis.children[token]) {
      if (analysis.tokens[child].depends_as("compound") && child < first) first = child;
    }
  } else {
    const int object = analysis.child(token, "obj");
    if (object >= 0 && static_cast<std::uint32_t>(object) > token && object - static_cast<int>(token) <= 6)
      last = static_cast<std::uint32_t>(object) + 1;
    if (const int particle = far_particle(source, token); particle >= 0 && last > token + 1)
      last = static_cast<std::uint32_t>(particle) + 1;
  }
  return std::string(analysis.words(first, last));
}

}  // namespace polybius
