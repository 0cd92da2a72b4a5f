// The days that a TIMEX3 value covers: what is needed to sort and to filter by time.
#pragma once

#include <optional>
#include <string_view>

#include "polybius/date.h"

namespace polybius {

/// Days from `first` to `last`, both within.
struct DayRange {
  Date first;
  Date last;
  friend bool operator==(const DayRange&, const DayRange&) = default;
};

/// The days of a value ("2025", "2025-10", "2025-W43", "2025-Q3", "2025-10-24T09:00"); nothing for durations,
/// sets, references and values with unknown parts.
std::optional<DayRange> days_of_time_value(std::string_view value);

}  // namespace polybius
