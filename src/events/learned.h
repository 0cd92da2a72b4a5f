// What the learned head says of an event: its parties, mode and status beside those of a rule.
#pragma once

#include <string>

#include "events/frame.h"
#include "events/parties.h"

namespace polybius {

/// A rule without words: the slots of any verb or noun, for what only the learned head finds.
EventRule bare_rule(EventType type, bool noun);

/// Lets the head's links fill the sides that a rule's slots left open, and move a party that stands on the
/// wrong side.
void add_linked_parties(Parties& parties, const EventWord& word, bool mutual, const MentionIndex& mentions);

/// The status of rules, unless nothing in the words decided it and the head is sure of another; true if the
/// head's holds then.
bool settle_status(WordStatus& status, const EventWord& word);

/// The mode of the rule, unless it has none, or the head is sure of another of the type's modes.
std::string mode_by(const EventRule& rule, const EventWord& word, const Lexicon& lexicon);

/// The row of `events` of that type that is nearest to a word: one that names its lemma, else one that names
/// a word that hangs on it; nullptr if there is none.
const EventRule* nearest_rule(const Analysis& analysis, std::uint32_t token, EventType type,
                              const Lexicon& lexicon);

}  // namespace polybius
