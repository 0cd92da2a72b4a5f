// Who did what to whom, and did it happen: PLOVER events with status and reason.
#pragma once

#include <optional>
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

/// Which event the first of two marked places directs at the second; either may be absent. PLOVER's own rule
/// holds: future cooperation is AGREE. `status` is that of the act.
///
/// Spans lie within the text and are not empty. Errors: none, whatever the text. Threads: each with its own
/// workspace. Cost: one pass of the pair model, whatever the text's length.
Relation relate_pair(const Text& text, std::optional<Span> actor, std::optional<Span> recipient,
                     const Encoder& encoder, const PairReader& reader, PairWorkspace& workspace,
                     const Lexicon& lexicon);

}  // namespace polybius
