// Mentions of one event within a document become one event with several triggers.
#pragma once

#include <vector>

#include "events/frame.h"
#include "events/parties.h"

namespace polybius {

/// A mention of an event as found, with what decides whether another tells of the same.
struct EventMention {
  Event event;
  Parties parties;
  std::uint32_t token = 0;  ///< head of the pattern
  int within = -1;          ///< of a noun: the verb that it stands below, "killed in an attack"; -1 if none
  std::string lemma;
  bool noun = false;
  bool result = false;    ///< "killed", "wounded": what another act of the sentence may have led to
  bool definite = false;  ///< "the attack", "these talks"
  bool assumed = false;   ///< its status rests on no tense and no cue
  bool mutual = false;
  bool bare = false;  ///< a noun whose status rests on no tense and no cue: "the summit between them"
};

/// Merges mentions in text order; each joins the first event that it may be a further mention of.
std::vector<EventMention> merge_mentions(std::vector<EventMention> found, const MentionIndex& mentions);

}  // namespace polybius
