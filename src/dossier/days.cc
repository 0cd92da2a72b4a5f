// Reads the days that a TIMEX3 value names.
#include "dossier/days.h"

#include <algorithm>
#include <charconv>

#include "polybius/date.h"

namespace polybius {
namespace {

int number_in(std::string_view digits) {
  int number = -1;
  const auto [end, fault] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  return fault == std::errc{} && end == digits.data() + digits.size() ? number : -1;
}

std::optional<ReportDays> week_of(std::string_view value, int year) {
  const int week = value.size() >= 8 ? number_in(value.substr(6, 2)) : -1;
  if (week < 1 || week > 53) return std::nullopt;
  const Date fourth{year, 1, 4};
  const long monday = fourth.days() + 7L * (week - 1) - (fourth.weekday() - 1);
  if (value.ends_with("-WE")) return ReportDays{monday + 5, monday + 6};
  const int weekday = value.size() == 10 ? number_in(value.substr(9)) : -1;
  if (weekday >= 1 && weekday <= 7) return ReportDays{monday + weekday - 1, monday + weekday - 1};
  return ReportDays{monday, monday + 6};
}

std::optional<ReportDays> one_value(std::string_view value) {
  if (const auto day = Date::from_iso(value.substr(0, 10))) return ReportDays{day->days(), day->days()};
  const int year = value.size() >= 4 ? number_in(value.substr(0, 4)) : -1;
  if (year < 1000) return std::nullopt;
  if (value.size() == 4) return ReportDays{Date{year, 1, 1}.days(), Date{year, 12, 31}.days()};
  if (value.size() >= 8 && value[5] == 'W' && value[6] >= '0' && value[6] <= '9') return week_of(value, year);
  const int month = value.size() == 7 ? number_in(value.substr(5, 2)) : -1;
  if (month < 1 || month > 12) return std::nullopt;
  const Date first{year, month, 1};
  return ReportDays{first.days(), first.plus_months(1).days() - 1};
}

}  // namespace

std::optional<ReportDays> days_of_value(std::string_view value) {
  const std::size_t slash = value.find('/');
  if (slash == std::string_view::npos) return one_value(value);
  const auto first = one_value(value.substr(0, slash));
  const auto last = one_value(value.substr(slash + 1));
  if (!first || !last || last->last < first->first) return first;
  return ReportDays{first->first, last->last};
}

std::string time_sort_key(std::string_view value, std::string_view published) {
  if (const auto days = days_of_value(value)) return Date::from_days(days->first).iso();
  if (Date::from_iso(published)) return std::string(published.substr(0, 10));
  return value.starts_with("XXXX-W") ? "X" + std::string(value) : std::string("Y");
}

}  // namespace polybius
