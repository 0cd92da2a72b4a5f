// When and where an event took place, by syntax rather than by nearness.
#pragma once

#include <optional>
#include <span>

#include "events/frame.h"
#include "events/parties.h"

namespace polybius {

/// Times by the word they hang on.
class TimeIndex {
 public:
  TimeIndex(const Analysis& analysis, std::span<const Time> times);
  /// The time of an event: of its own words, else of its clause, else the only one of its sentence.
  std::optional<EventTime> time_of(const EventFrame& frame) const;
  /// Whether the time found looks forward by its words ("next week", "tomorrow").
  bool looks_forward(const EventFrame& frame) const;
  /// Whether the event's own words name a day.
  bool has_day(const EventFrame& frame) const;

 private:
  int best(const EventFrame& frame) const;

  const Analysis& analysis_;
  std::span<const Time> times_;
  std::vector<std::uint32_t> heads_;  // token that the time expression's head is, by time
};

std::optional<Place> place_of(const Analysis& analysis, const EventFrame& frame,
                              const MentionIndex& mentions);

}  // namespace polybius
