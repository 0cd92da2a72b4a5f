// Reads the days that a TIMEX3 value names.
#include "dossier/days.h"

#include "polybius/date.h"
#include "polybius/time_value.h"

namespace polybius {
namespace {

bool is_number_at(std::string_view value, std::size_t at) {
  return value.size() > at && value[at] >= '0' && value[at] <= '9';
}

std::optional<ReportDays> one_value(std::string_view value) {
  // A quarter, a half or a season is too wide to tell plans by.
  const bool narrow =
      value.size() < 6 || is_number_at(value, 5) || (value[5] == 'W' && is_number_at(value, 6));
  const auto days = narrow ? days_of_time_value(value) : std::nullopt;
  if (!days) return std::nullopt;
  return ReportDays{days->first.days(), days->last.days()};
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
