// Joins what the tokenizer cut and guesses lemmas that the tables know, so that patterns meet them.
#include "language/word_names.h"

namespace polybius {
namespace {

bool touch(const Analysis& analysis, std::uint32_t left, std::uint32_t right) {
  return right < analysis.tokens.size() &&
         analysis.tokens[left].sentence == analysis.tokens[right].sentence &&
         analysis.tokens[left].span.end == analysis.tokens[right].span.begin;
}

/// One past the last token of the hyphened word that begins at `first`; `first + 1` if there is none.
std::uint32_t end_of_hyphened(const Analysis& analysis, std::uint32_t first) {
  std::uint32_t last = first;
  while (touch(analysis, last, last + 1) && analysis.tokens[last + 1].form == "-" &&
         touch(analysis, last + 1, last + 2)) {
    last += 2;
  }
  return last + 1;
}

/// The token of `[first, end)` whose head lies outside; of several the last if it is a finite verb
/// ("test-fired"), else the first.
std::uint32_t head_within(const Analysis& analysis, std::uint32_t first, std::uint32_t end) {
  std::uint32_t head = end;
  for (std::uint32_t token = end; token-- > first;) {
    const Token& part = analysis.tokens[token];
    const bool inside = part.head >= static_cast<int>(first) && part.head < static_cast<int>(end);
    if (inside || part.form == "-") continue;
    if (head == end && part.upos == Upos::VERB && part.is("VerbForm=Fin")) return token;
    head = token;
  }
  return head == end ? end - 1 : head;
}

bool has_rules(const Lexicon& lexicon, std::string_view lemma) {
  return !lexicon.event_rules_of(lemma).empty() || !lexicon.status_rules_of(lemma).empty() ||
         !lexicon.plan_rules_of(lemma).empty() || !lexicon.speech_rules_of(lemma).empty();
}

/// What a regular form may come from: "gassed" gasse, gass, gas; "sorties" sortie, sorti, sorty.
std::vector<std::string> regular_stems(std::string_view form) {
  std::vector<std::string> stems;
  for (const std::string_view ending : {"ed", "ing", "es", "s"}) {
    if (!form.ends_with(ending) || form.size() < ending.size() + 2) continue;
    const std::string stem(form.substr(0, form.size() - ending.size()));
    stems.push_back(stem);
    if (ending != "s") stems.push_back(stem + "e");
    if (ending != "s" && stem[stem.size() - 1] == stem[stem.size() - 2])
      stems.push_back(stem.substr(0, stem.size() - 1));
    if (ending != "s" && stem.ends_with("ck"))
      stems.push_back(stem.substr(0, stem.size() - 1));  // "trafficked"
    if (stem.back() == 'i' && ending != "ing") stems.push_back(stem.substr(0, stem.size() - 1) + "y");
  }
  return stems;
}

void add_once(std::vector<std::string>& names, std::string name) {
  for (const auto& known : names) {
    if (known == name) return;
  }
  names.push_back(std::move(name));
}

}  // namespace

WordNames::WordNames(const Analysis& analysis, const Lexicon& lexicon)
    : analysis_(analysis), names_(analysis.tokens.size()) {
  for (std::uint32_t token = 0; token < analysis.tokens.size(); ++token) add_guesses(token, lexicon);
  for (std::uint32_t token = 0; token < analysis.tokens.size(); ++token) add_compound(token);
  for (std::uint32_t token = 0; token < analysis.tokens.size();) {
    const std::uint32_t end = end_of_hyphened(analysis, token);
    if (end > token + 1) add_hyphened(token);
    token = end;
  }
}

void WordNames::add_hyphened(std::uint32_t first) {
  const std::uint32_t end = end_of_hyphened(analysis_, first);
  std::string before;
  for (std::uint32_t token = first; token + 1 < end; ++token) before += analysis_.tokens[token].lower;
  const std::uint32_t head = head_within(analysis_, first, end);
  const Token& last = analysis_.tokens[end - 1];
  std::vector<std::string>& names = names_[head];
  add_once(names, before + last.lower);
  add_once(names, before + last.lemma);
  for (const auto& stem : regular_stems(last.lower)) add_once(names, before + stem);
}

void WordNames::add_compound(std::uint32_t token) {
  const Token& noun = analysis_.tokens[token];
  if (token == 0 || (noun.upos != Upos::NOUN && noun.upos != Upos::PROPN)) return;
  const Token& before = analysis_.tokens[token - 1];
  if (before.sentence != noun.sentence || before.head != static_cast<int>(token)) return;
  if (before.depends_as("compound") || before.depends_as("amod") || before.depends_as("nmod")) {
    add_once(names_[token], before.lower + " " + noun.lemma);
  }
}

void WordNames::add_guesses(std::uint32_t token, const Lexicon& lexicon) {
  const Token& word = analysis_.tokens[token];
  if (word.upos != Upos::VERB && word.upos != Upos::NOUN && word.upos != Upos::ADJ) return;
  if (word.upos == Upos::NOUN && word.lemma == word.lower && word.lower.ends_with('s')) {
    add_once(names_[token], word.lower.substr(0, word.lower.size() - 1));  // "proceedings"
  }
  if (has_rules(lexicon, word.lemma)) return;
  if (const Row irregular = lexicon.find("irregular_forms", word.lower)) {
    add_once(names_[token], std::string(irregular["lemma"]));
    return;
  }
  for (auto& stem : regular_stems(word.lower)) {
    if (has_rules(lexicon, stem)) add_once(names_[token], std::move(stem));
  }
}

}  // namespace polybius
