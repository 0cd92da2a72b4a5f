// Reads tense, negation and "last" off the tree.
#include "plans/ahead.h"

#include <algorithm>

namespace polybius {
namespace {

bool is_modal(const Token& word) {
  constexpr std::string_view modals[] = {"will",  "would", "shall", "should", "may",
                                         "might", "can",   "could", "must",   "wo"};
  return word.depends_as("aux") &&
         std::find(std::begin(modals), std::end(modals), word.lower) != std::end(modals);
}

/// Of a day or a time of day.
bool is_full_day(const std::string& value) {
  return Date::from_iso(value.substr(0, 10)).has_value() && (value.size() == 10 || value[10] == 'T');
}

}  // namespace

bool has_will(const Analysis& analysis, std::uint32_t verb) {
  return std::any_of(analysis.children[verb].begin(), analysis.children[verb].end(),
                     [&](std::uint32_t child) {
                       const std::string& word = analysis.tokens[child].lower;
                       return word == "will" || word == "would" || word == "shall";
                     });
}

bool is_scheduled(const PlanSource& source, const Marks& marks, std::uint32_t verb) {
  const Token& word = source.analysis.tokens[verb];
  if (word.upos != Upos::VERB || !word.is("Tense=Pres") || !word.is("VerbForm=Fin")) return false;
  if (source.analysis.child(verb, "mark") >= 0) return false;  // "if Peru votes", "when it opens"
  return std::any_of(
      source.analysis.children[verb].begin(), source.analysis.children[verb].end(), [&](std::uint32_t child) {
        if (marks.time[child] < 0) return false;
        const std::string& day = source.times[static_cast<std::size_t>(marks.time[child])].value;
        return is_full_day(day) && day > marks.report_day;
      });
}

bool is_not_to_be(const Analysis& analysis, std::uint32_t noun) {
  const Token& word = analysis.tokens[noun];
  const bool none =
      std::any_of(analysis.children[noun].begin(), analysis.children[noun].end(), [&](std::uint32_t child) {
        return analysis.tokens[child].depends_as("det") && analysis.tokens[child].lower == "no";
      });
  if (!none || word.head < 0 || !word.depends_as("nsubj")) return false;
  return has_will(analysis, static_cast<std::uint32_t>(word.head));
}

bool is_earlier_one(const PlanSource& source, std::uint32_t noun) {
  const auto& children = source.analysis.children[noun];
  return std::any_of(children.begin(), children.end(), [&](std::uint32_t child) {
    const Token& word = source.analysis.tokens[child];
    return word.depends_as("amod") && source.lexicon.in_class(word.lower, "earlier_ones");
  });
}

bool is_told_as_past(const Analysis& analysis, std::uint32_t verb) {
  const Token& word = analysis.tokens[verb];
  if (!word.is("Tense=Past")) return false;
  const auto& children = analysis.children[verb];
  if (std::any_of(children.begin(), children.end(),
                  [&](std::uint32_t child) { return is_modal(analysis.tokens[child]); }))
    return false;
  return word.is("VerbForm=Fin") || analysis.child(verb, "aux") >= 0;
}

bool is_doer_of(const PlanSource& source, std::uint32_t noun, std::uint32_t verb) {
  const Row thing = source.lexicon.find("plan_nouns", source.analysis.tokens[noun].lemma);
  const Row act = source.lexicon.find("plan_verbs", source.analysis.tokens[verb].lemma);
  const auto moves = [](std::string_view kind) {
    return kind == "operation" || kind == "visit" || kind == "aid";
  };
  return thing && act && moves(thing["what"]) && moves(act["what"]) && !act["needs"].empty() &&
         !is_passive_verb(source.analysis, verb);
}

bool is_thing_of_its_own(const PlanSource& source, std::uint32_t subject,
                         const std::vector<PlanMention>& mentions) {
  const Token& word = source.analysis.tokens[subject];
  if (word.upos != Upos::NOUN || source.lexicon.in_class(word.lemma, "plan_stand_ins")) return false;
  const Span phrase = source.analysis.subtree(subject);
  return std::none_of(mentions.begin(), mentions.end(), [&](const PlanMention& mention) {
    return phrase.contains(source.analysis.tokens[mention.token].span);
  });
}

}  // namespace polybius
