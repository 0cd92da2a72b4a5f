// Verbs that say what is planned: their particles, their rows in the table, the words they are told in.
#pragma once

#include <cstdint>
#include <string>

#include "plans/marks.h"
#include "plans/mentions.h"

namespace polybius {

/// The row of `plan_verbs` for a verb with its particle or object ("step down", "stop work"), if what it
/// needs is there.
Row verb_row(const PlanSource& source, const Marks& marks, std::uint32_t token);

/// The row of `plan_nouns` for a noun, also where a sentence that begins with it lends it a capital.
Row noun_row(const PlanSource& source, std::uint32_t token);

/// "Hold exercises", "pay a visit": the verb only lends its tense to the noun that is planned.
bool lends_to_noun(const PlanSource& source, std::uint32_t verb);

/// "peace talks", "prisoner swap": the noun with the nouns and adjectives right before it that are no cues;
/// a verb with its object and particle.
std::string words_of_plan(const PlanSource& source, std::uint32_t token, bool noun);

}  // namespace polybius
