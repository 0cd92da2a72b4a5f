// What was planned and what became of it, within one document.
#pragma once

#include <span>
#include <vector>

#include "language/language.h"
#include "polybius/record.h"

namespace polybius {

/// Follows each plan through its mentions; ids "p1", "p2", ... in order of first evidence. Sets `plan` of the
/// events that belong to one.
///
/// Conflicting reports stay side by side with their speakers. Errors: none, whatever the text. Threads: safe.
std::vector<Plan> follow_plans(const Analysis& analysis, std::span<const Entity> entities,
                               std::span<const Time> times, std::span<const Statement> statements,
                               std::span<Event> events, const Lexicon& lexicon);

}  // namespace polybius
