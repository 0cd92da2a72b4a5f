// A day of the proleptic Gregorian calendar, with the arithmetic that news needs.
#pragma once

#include <compare>
#include <optional>
#include <string>
#include <string_view>

namespace polybius {

/// A valid day, 1000-01-01 to 9999-12-31.
struct Date {
  int year = 1970;
  int month = 1;  ///< 1 to 12
  int day = 1;    ///< 1 to 31

  /// Reads `YYYY-MM-DD`, alone or before `T`; nothing if that is no valid day.
  static std::optional<Date> from_iso(std::string_view text);
  /// The day `days` after 1970-01-01.
  static Date from_days(long days);

  long days() const;    ///< since 1970-01-01
  int weekday() const;  ///< 1 Monday to 7 Sunday
  Date plus_days(long count) const;
  Date plus_months(long count) const;  ///< clipped to the month's last day
  std::string iso() const;             ///< "2025-10-24"
  std::string iso_week() const;        ///< "2025-W43" (ISO 8601; the year may differ from the day's)
  bool valid() const;

  friend auto operator<=>(const Date&, const Date&) = default;
};

}  // namespace polybius
