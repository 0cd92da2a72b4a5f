// The days that a TIMEX3 value covers: what is needed to sort and to filter by time.
#include "polybius/time_value.h"

#include <array>

namespace polybius {
namespace {

std::optional<int> number_at(std::string_view text, std::size_t from, std::size_t size) {
  if (text.size() < from + size) return std::nullopt;
  int value = 0;
  for (const char digit : text.substr(from, size)) {
    if (digit < '0' || digit > '9') return std::nullopt;
    value = value * 10 + (digit - '0');
  }
  return value;
}

DayRange months_of(int year, int month, int count) {
  const Date first{year, month, 1};
  return {first, first.plus_months(count).plus_days(-1)};
}

struct Season {
  std::string_view name;
  int month;  ///< the first of three
};
constexpr std::array seasons{Season{"SP", 3}, Season{"SU", 6}, Season{"FA", 9}, Season{"AU", 9},
                             Season{"WI", 12}};

std::optional<DayRange> week_of(int year, std::string_view rest) {
  const auto week = number_at(rest, 1, 2);
  if (!week || *week < 1 || *week > 53) return std::nullopt;
  const Date fourth{year, 1, 4};  // always in the first week
  const Date monday = fourth.plus_days(1 - fourth.weekday() + 7L * (*week - 1));
  if (rest.substr(3) == "-WE") return DayRange{monday.plus_days(5), monday.plus_days(6)};
  if (rest.size() == 5 && rest[3] == '-') {
    const auto day = number_at(rest, 4, 1);
    if (day && *day >= 1 && *day <= 7)
      return DayRange{monday.plus_days(*day - 1), monday.plus_days(*day - 1)};
  }
  if (rest.size() != 3) return std::nullopt;
  return DayRange{monday, monday.plus_days(6)};
}

/// What follows "2025-": a month, week, quarter, half or season.
std::optional<DayRange> part_of_year(int year, std::string_view rest) {
  if (rest.starts_with('W') && rest.size() > 2 && rest[1] <= '9') return week_of(year, rest);
  for (const Season& season : seasons) {
    if (rest == season.name) return months_of(year, season.month, 3);
  }
  if (rest.size() == 2 && (rest[0] == 'Q' || rest[0] == 'H')) {
    const int part = rest[1] - '0';
    const int months = rest[0] == 'Q' ? 3 : 6;
    if (part < 1 || part > 12 / months) return std::nullopt;
    return months_of(year, (part - 1) * months + 1, months);
  }
  const auto month = number_at(rest, 0, 2);
  if (!month || *month < 1 || *month > 12) return std::nullopt;
  if (rest.size() == 2) return months_of(year, *month, 1);
  const auto day = number_at(rest, 3, 2);
  if (rest[2] != '-' || !day || (rest.size() > 5 && rest[5] != 'T')) return std::nullopt;
  const Date date{year, *month, *day};
  if (!date.valid()) return std::nullopt;
  return DayRange{date, date};
}

}  // namespace

std::optional<DayRange> days_of_time_value(std::string_view value) {
  const auto year = number_at(value, 0, 4);
  if (!year || *year < 1000) return std::nullopt;
  if (value.size() == 4) return DayRange{{*year, 1, 1}, {*year, 12, 31}};
  if (value[4] != '-') return std::nullopt;
  return part_of_year(*year, value.substr(5));
}

}  // namespace polybius
