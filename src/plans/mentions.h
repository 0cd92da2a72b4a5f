// Where a text speaks of something planned: the word, its parties and what is said of it there.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "language/language.h"
#include "polybius/date.h"
#include "polybius/record.h"

namespace polybius {

/// A step as told at one place.
struct ToldStep {
  PlanStep step;
  std::uint32_t token = 0;  ///< the cue's word, or the mention's own
  bool dated = false;       ///< `step.time` stands in the text, not taken over from elsewhere
  bool earlier = false;  ///< told as lying before its surroundings ("after it was announced", "had planned")
};

/// A word that names a thing planned.
struct PlanMention {
  std::uint32_t token = 0;
  int event = -1;    ///< index of the event whose trigger it is, -1 if none
  std::string what;  ///< as the text has it
  std::string kind;  ///< of `plan_nouns`, or what the event's type suggests
  bool noun = false;
  bool listed = false;               ///< a word of `plan_nouns` or `plan_verbs`, not only an event
  bool further = false;              ///< "the second strike": another than those named so far
  bool pronoun = false;              ///< stands for the plan named last
  std::vector<std::size_t> parties;  ///< indices of entities
  std::optional<Place> place;
  std::string when;
  std::vector<ToldStep> steps;
};

/// What the stage is given, together.
struct PlanSource {
  const Analysis& analysis;
  std::span<const Entity> entities;
  std::span<const Time> times;
  std::span<const Statement> statements;
  std::span<const Event> events;
  const Lexicon& lexicon;
};

/// All mentions in text order; those without steps only lend parties, place and day.
std::vector<PlanMention> find_plan_mentions(const PlanSource& source);

/// The clause of a word: the verb above it that has a tense, or the root.
std::uint32_t clause_of(const Analysis& analysis, std::uint32_t token);

}  // namespace polybius
