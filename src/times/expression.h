// A time expression as its words say it, before it is resolved; the matchers that read it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "polybius/record.h"
#include "times/vocabulary.h"

namespace polybius {

/// What an expression is counted from.
enum class TimeBase : std::uint8_t {
  fixed,      ///< `value` is all: "2001", "for two weeks", "now"
  published,  ///< `count` units from the day of writing: "yesterday", "last week", "two weeks ago"
  reference,  ///< `count` units from the time spoken of: "a day earlier", "the following month"
  weekday,    ///< "Tuesday", "last Tuesday"
  month,      ///< "May", "May 3", without a year; "the 3rd", without a month
  season,     ///< "this summer"
  quarter,    ///< "the third quarter", without a year
  clock       ///< a time of day without a day
};

struct TimeExpression {
  std::uint32_t first = 0;  ///< tokens [first, last)
  std::uint32_t last = 0;
  TimeType type = TimeType::DATE;
  TimeBase base = TimeBase::fixed;
  std::string value;  ///< complete if `base` is fixed
  TimeUnit unit = TimeUnit::day;
  int count = 0;         ///< units from the base; of weekdays, months, seasons: -1 last, +1 next
  bool pointed = false;  ///< "last", "next" or "this" is said
  int weekday = 0;
  int month = 0;
  int day = 0;
  int quarter = 0;
  std::string season;
  std::string clock;  ///< "T10:35", "TMO": added to the day
};

using FoundTime = std::optional<TimeExpression>;

/// Each reads an expression that begins at word `i`, the longest that it knows.
FoundTime match_calendar(const Words& words,
                         std::uint32_t i);  ///< dates by name and number, months, years, quarters
FoundTime match_weekday(const Words& words, std::uint32_t i);  ///< weekdays, with a date or a part of the day
FoundTime match_clock(const Words& words, std::uint32_t i);    ///< "10 p.m. Wednesday", "noon"
FoundTime match_duration(const Words& words,
                         std::uint32_t i);  ///< "two weeks", "two weeks ago", "a day earlier"
FoundTime match_relative(const Words& words,
                         std::uint32_t i);                 ///< "yesterday", "last week", "the previous month"
FoundTime match_set(const Words& words, std::uint32_t i);  ///< "every day", "daily"
/// The expression at `i`, longest of all.
FoundTime match_time(const Words& words, std::uint32_t i);

/// Whether a bare number at `i` would be a year if the tree said so: "after its 1990 invasion".
bool may_be_year(const Words& words, std::uint32_t i);
/// A time of day at `i` ("10:35 a.m. EST", "noon"): its value "T10:35" and end; empty if there is none.
std::string clock_at(const Words& words, std::uint32_t i, std::uint32_t& last);

}  // namespace polybius
