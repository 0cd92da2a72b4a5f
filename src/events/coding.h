// Codes, confidence and reasons of an event.
#pragma once

#include <string>

#include "events/frame.h"
#include "events/parties.h"

namespace polybius {

/// The ontology's tables, read once a document.
class Ontology {
 public:
  explicit Ontology(const Lexicon& lexicon);
  /// PLOVER's quad of a type, 1 to 4.
  int quad_of(EventType type) const;
  /// The CAMEO code by type, mode and status; `own`, the rule's, unless a row asks for this status or, with a
  /// mode found later, for this mode.
  std::string cameo_of(EventType type, std::string_view mode, std::string_view own, Status status) const;

 private:
  const Lexicon& lexicon_;
  std::vector<Row> rows_;
};

/// The rule and the cue with the words that decided, as in `events: hold talk "held talks"
/// (data/en/events/consult.tsv:12)`.
std::string reason_of(const Analysis& analysis, const RuleMatch& match, const EventRule& rule,
                      const EventFrame& frame, const WordStatus& status, const Lexicon& lexicon);

/// Of a refusal told without a verb of its own, "said it would not send": the words that tell it.
std::string reason_of_refusal(const Analysis& analysis, const std::vector<std::uint32_t>& words);

/// What the learned head adds to a rule's reason: ", head CONSULT 0.91", and the status if it gave that.
std::string reason_of_head(const Analysis& analysis, const EventWord& word, bool gave_status);

/// The reason of an event that no rule has: `events: head ACCUSE 0.91 "rebuked", nearest criticise
/// (data/en/events/accuse.tsv:12)`, then the status as with a rule.
std::string reason_without_rule(const Analysis& analysis, const EventWord& word, EventType type,
                                const EventFrame& frame, const WordStatus& status, const Lexicon& lexicon);

}  // namespace polybius
