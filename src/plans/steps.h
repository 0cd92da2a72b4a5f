// What the cues around a word tell of a plan, and on which day it was told.
#pragma once

#include <cstdint>
#include <string_view>

#include "plans/marks.h"
#include "plans/mentions.h"

namespace polybius {

/// A step that a cue tells of a mention, with its evidence, speaker and day.
ToldStep step_at(const PlanSource& source, const Marks& marks, PlanStatus status, std::uint32_t cue,
                 std::uint32_t mention);

/// Steps told by the cues that govern the word; without one, by its own tense.
void add_steps(const PlanSource& source, const Marks& marks, PlanMention& mention);

/// Whether a mention further down says what this noun only carries: "plan" in "its plan to send troops".
bool carries_a_plan(const PlanSource& source, const Marks& marks, std::uint32_t token);

/// Whether a phrase of time gives the day of what is planned: "planned for Tuesday", "put off until May".
bool binds_planned_day(std::string_view preposition);

/// Words that fix a day ahead, so that a day beside them is the plan's, not the announcement's.
bool fixes_a_day(const PlanSource& source, std::uint32_t token);

bool is_will(const Token& word);

}  // namespace polybius
