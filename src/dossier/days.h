// TIMEX3 values as stretches of days, so that dates of documents can be compared.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace polybius {

/// Days since 1970-01-01, both included.
struct ReportDays {
  long first = 0;
  long last = 0;

  bool holds(const ReportDays& other) const {
    return first <= other.first && other.last <= last;
  }
  bool overlaps(const ReportDays& other) const {
    return first <= other.last && other.first <= last;
  }
  friend bool operator==(const ReportDays&, const ReportDays&) = default;
};

/// The days of a value: a day, a week, a month, a year, or from one to another; nothing if it names none
/// ("FUTURE_REF", "XXXX-WXX-3").
std::optional<ReportDays> days_of_value(std::string_view value);

/// Something that sorts by time: the first day of the value, else of the document; an open weekday among
/// others of the sort, last.
std::string time_sort_key(std::string_view value, std::string_view published);

}  // namespace polybius
