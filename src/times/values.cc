// Moves TIMEX3 values along the calendar.
#include "times/values.h"

#include <array>

namespace polybius {
namespace {

std::string two(int value) {
  return (value < 10 ? "0" : "") + std::to_string(value);
}

std::string four(int value) {
  const std::string digits = std::to_string(value);
  return std::string(digits.size() < 4 ? 4 - digits.size() : 0, '0') + digits;
}

int number_in(std::string_view value, std::size_t from, std::size_t count) {
  return value.size() < from + count ? -1 : digits_of_word(value.substr(from, count));
}

Date clamped(const Date& day) {
  if (day.year < 1000) return {1000, 1, 1};
  if (day.year > 9999) return {9999, 12, 31};
  return day;
}

}  // namespace

std::optional<Date> first_day_of(std::string_view value) {
  const int year = number_in(value, 0, 4);
  if (year < 1000) return std::nullopt;
  Date day{year, 1, 1};
  if (value.size() == 4) return day;
  if (value.size() >= 8 && value.substr(4, 2) == "-W") {
    const int week = number_in(value, 6, 2);
    if (week < 1 || week > 53) return std::nullopt;
    const Date fourth{year, 1, 4};
    return fourth.plus_days(7L * (week - 1) - fourth.weekday() + 1);
  }
  if (value.size() >= 7 && value.substr(4, 2) == "-Q") {
    day.month = 3 * (number_in(value, 6, 1) - 1) + 1;
    return day.valid() ? std::optional(day) : std::nullopt;
  }
  const int month = number_in(value, 5, 2);
  if (month < 1 || month > 12)
    return value.size() >= 7 && month < 0 && value[4] == '-' ? std::optional(day) : std::nullopt;
  day.month = month;
  if (value.size() >= 10) {
    const int number = number_in(value, 8, 2);
    if (number > 0) day.day = number;
  }
  return day.valid() ? std::optional(day) : std::nullopt;
}

int open_weekday_of(std::string_view value) {
  if (!value.starts_with("XXXX-WXX-") || value.size() < 10 || value[9] < '1' || value[9] > '7') return 0;
  return value[9] - '0';
}

bool is_quarter_value(std::string_view value) {
  return value.size() == 7 && value.substr(4, 2) == "-Q" && value[0] != 'X';
}

std::string unit_value(const Date& day, TimeUnit unit) {
  switch (unit) {
    case TimeUnit::week:
      return day.iso_week();
    case TimeUnit::weekend:
      return day.iso_week() + "-WE";
    case TimeUnit::month:
      return four(day.year) + "-" + two(day.month);
    case TimeUnit::quarter:
      return four(day.year) + "-Q" + std::to_string((day.month + 2) / 3);
    case TimeUnit::year:
      return four(day.year);
    case TimeUnit::decade:
      return four(day.year).substr(0, 3);
    case TimeUnit::century:
      return four(day.year).substr(0, 2);
    default:
      return day.iso();
  }
}

std::string open_value(TimeUnit unit) {
  switch (unit) {
    case TimeUnit::week:
      return "XXXX-WXX";
    case TimeUnit::weekend:
      return "XXXX-WXX-WE";
    case TimeUnit::month:
      return "XXXX-XX";
    case TimeUnit::quarter:
      return "XXXX-QX";
    case TimeUnit::year:
      return "XXXX";
    case TimeUnit::decade:
      return "XXX";
    case TimeUnit::century:
      return "XX";
    default:
      return "XXXX-XX-XX";
  }
}

Date moved(const Date& day, int count, TimeUnit unit) {
  constexpr int kFar = 20000;
  if (count > kFar || count < -kFar) return clamped({count > 0 ? 10000 : 0, 1, 1});
  switch (unit) {
    case TimeUnit::week:
    case TimeUnit::weekend:
      return clamped(day.plus_days(7L * count));
    case TimeUnit::month:
      return clamped(day.plus_months(count));
    case TimeUnit::quarter:
      return clamped(day.plus_months(3L * count));
    case TimeUnit::year:
      return clamped(day.plus_months(12L * count));
    case TimeUnit::decade:
      return clamped(day.plus_months(count > 800 || count < -800 ? 0 : 120L * count));
    case TimeUnit::century:
      return clamped(day.plus_months(count > 80 || count < -80 ? 0 : 1200L * count));
    default:
      return clamped(day.plus_days(count));
  }
}

std::string moved_value(std::string_view value, int count, TimeUnit unit) {
  if (const int weekday = open_weekday_of(value); weekday > 0 && unit == TimeUnit::day) {
    const int shifted = ((weekday - 1 + count % 7) % 7 + 7) % 7 + 1;
    return "XXXX-WXX-" + std::to_string(shifted);
  }
  const std::optional<Date> day = first_day_of(value);
  if (!day) return open_value(unit);
  if (unit == TimeUnit::year && is_quarter_value(value))
    return unit_value(moved(*day, count, unit), TimeUnit::quarter);
  return unit_value(moved(*day, count, unit), unit);
}

}  // namespace polybius
