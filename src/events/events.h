// Who did what to whom, and did it happen: PLOVER events with status and reason.
#pragma once

#include <span>
#include <vector>

#include "language/language.h"
#include "polybius/record.h"

namespace polybius {

/// Finds events; ids "v1", "v2", ... in text order. `plan` is filled later (plans).
///
/// Mentions of one event are one event with several triggers. `said_by` is the innermost statement that holds
/// the trigger. Errors: none, whatever the text. Threads: safe. Source: PLOVER manual; CONTRACT, "Type and
/// status".
std::vector<Event> find_events(const Analysis& analysis, std::span<const Entity> entities,
                               std::span<const Time> times, std::span<const Statement> statements,
                               const Lexicon& lexicon);

}  // namespace polybius
