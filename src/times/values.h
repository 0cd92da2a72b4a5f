// Arithmetic on TIMEX3 values of days, weeks, months, quarters and years, open ones included.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "polybius/date.h"
#include "times/vocabulary.h"

namespace polybius {

/// The day that a value names or, for weeks, months and longer, its first day; nothing for open values.
/// `2025-10-23T10:00` is its day.
std::optional<Date> first_day_of(std::string_view value);
/// 1 to 7 of "XXXX-WXX-4"; 0 otherwise.
int open_weekday_of(std::string_view value);
bool is_quarter_value(std::string_view value);
/// The value of the unit that holds `day`: "2025-10-23", "2025-W43", "2025-10", "2025-Q4", "2025", "202",
/// "20", "2025-W43-WE".
std::string unit_value(const Date& day, TimeUnit unit);
/// The same with nothing known: "XXXX-XX-XX", "XXXX-WXX", "XXXX-XX", "XXXX-QX", "XXXX".
std::string open_value(TimeUnit unit);
/// `day` moved by a count of units.
Date moved(const Date& day, int count, TimeUnit unit);
/// A value moved by a count of units, in that unit's grain: a year before 1989-Q3 is 1988-Q3, a day before
/// XXXX-WXX-4 XXXX-WXX-3.
std::string moved_value(std::string_view value, int count, TimeUnit unit);

}  // namespace polybius
