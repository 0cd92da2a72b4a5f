// What a row of events or the learned head finds at a word, read and judged, before one is chosen.
#pragma once

#include <vector>

#include "events/reader.h"

namespace polybius {

/// A possible event: a row's match, or a word of the learned head.
struct Find {
  RuleMatch match;
  EventRule bare;                  ///< of a find of the head alone
  const EventRule* row = nullptr;  ///< of `events`; nullptr if the head alone found it
  EventFrame frame;
  Parties parties;
  const EventWord* word = nullptr;  ///< what the head says there; nullptr if nothing
  WordStatus status;
  std::optional<EventTime> time;
  bool hyphened = false;  ///< the row names a word that is cut at its hyphen, "test-fired"
  bool settled = false;   ///< the head gave the status
  std::vector<std::uint32_t>
      refusing;  ///< of a refusal without a verb of its own: "said", "would", "not", "send"
  double confidence = 0;
  std::vector<Evidence> evidence;

  const EventRule& rule() const {
    return row != nullptr ? *row : bare;
  }
};

/// Every row's match and every word of the head that no row of its type meets, by head, then as matched.
/// Cost: linear in matches and words.
std::vector<Find> find_all(const Reader& reader);

}  // namespace polybius
