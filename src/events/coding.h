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

/// 0.50, and for each: a coded actor +.15, a coded recipient or second party +.15, a pattern of several words
/// +.08, a verb or a noun with a light verb +.05, status by an explicit cue +.02; a weak rule -.15, nobody
/// coded -.20. Not yet calibrated.
double confidence_of(const EventRule& rule, const EventFrame& frame, const Parties& parties,
                     const MentionIndex& mentions, const WordStatus& status);

/// The rule and the cue with the words that decided, as in `events: hold talk "held talks"
/// (data/en/events/consult.tsv:12)`.
std::string reason_of(const Analysis& analysis, const RuleMatch& match, const EventRule& rule,
                      const EventFrame& frame, const WordStatus& status, const Lexicon& lexicon);

}  // namespace polybius
