// On which day a quoted speaker speaks.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "times/times.h"

namespace polybius {

/// What "yesterday" in a quotation is counted from: a value of day grain, and where that time stands if it
/// stands in the text.
struct SpeakersDay {
  std::string value;
  std::optional<std::uint32_t> anchor;
};

/// The day on which the words at `span` were spoken, if they are quoted and the day is told: at the cue, or
/// at an earlier statement of the same speaker. `times` are resolved as far as they stand outside of
/// quotations.
std::optional<SpeakersDay> speakers_day_at(Span span, const Analysis& analysis,
                                           std::span<const Statement> statements,
                                           const std::vector<Time>& times);

}  // namespace polybius
