// TIMEX3 values and ISO dates in the words of a reader.
#include "brief/spoken_time.h"

#include <array>
#include <charconv>
#include <optional>

#include "polybius/date.h"

namespace polybius {
namespace {

using std::string_view;

constexpr std::array<string_view, 12> month_names{"January",   "February", "March",    "April",
                                                  "May",       "June",     "July",     "August",
                                                  "September", "October",  "November", "December"};
constexpr std::array<string_view, 7> weekday_names{"Monday", "Tuesday",  "Wednesday", "Thursday",
                                                   "Friday", "Saturday", "Sunday"};

std::optional<int> number_in(string_view digits) {
  int number = 0;
  const auto [end, fault] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  if (digits.empty() || fault != std::errc() || end != digits.data() + digits.size()) return std::nullopt;
  return number;
}

std::string spoken_day(const Date& day) {
  return std::to_string(day.day) + " " + std::string(month_names[static_cast<std::size_t>(day.month - 1)]) +
         " " + std::to_string(day.year);
}

std::string_view part_of_day(string_view code) {
  if (code == "MO") return "morning";
  if (code == "MI") return "noon";
  if (code == "AF") return "afternoon";
  if (code == "EV") return "evening";
  if (code == "NI") return "night";
  if (code == "DT") return "daytime";
  return "";
}

std::string_view season_of(string_view code) {
  if (code == "SP") return "spring";
  if (code == "SU") return "summer";
  if (code == "FA" || code == "AU") return "autumn";
  if (code == "WI") return "winter";
  return "";
}

/// The Monday of an ISO week.
Date monday_of(int year, int week) {
  const Date fourth{year, 1, 4};  // always in week 1
  return fourth.plus_days(1 - fourth.weekday() + 7L * (week - 1));
}

std::string spoken_week(string_view value) {  // 2025-W43, 2025-W43-WE, 2025-W43-4, XXXX-WXX-4
  const auto year = number_in(value.substr(0, 4));
  const auto week = number_in(value.substr(6, 2));
  const string_view rest = value.size() > 9 ? value.substr(9) : string_view();
  const auto weekday = number_in(rest.substr(0, 1));
  if (!year || !week || *year < 1000 || *week < 1 || *week > 53) {
    if (weekday && *weekday >= 1 && *weekday <= 7)
      return "a " + std::string(weekday_names[static_cast<std::size_t>(*weekday - 1)]) + ", date not known";
    return std::string(value);
  }
  const Date monday = monday_of(*year, *week);
  if (rest == "WE") return "weekend of " + spoken_day(monday.plus_days(5));
  if (weekday && *weekday >= 1 && *weekday <= 7) return spoken_day(monday.plus_days(*weekday - 1));
  return "week of " + spoken_day(monday);
}

std::string spoken_duration(string_view value) {  // P3D, P2W, PT4H, PXM
  const bool clock = value.size() > 1 && value[1] == 'T';
  const string_view body = value.substr(clock ? 2 : 1);
  if (body.size() < 2) return std::string(value);
  const char unit = body.back();
  const string_view amount = body.substr(0, body.size() - 1);
  string_view name;
  if (unit == 'Y') name = "year";
  if (unit == 'M') name = clock ? "minute" : "month";
  if (unit == 'W') name = "week";
  if (unit == 'D') name = "day";
  if (unit == 'H') name = "hour";
  if (unit == 'S') name = "second";
  if (name.empty()) return std::string(value);
  if (amount == "X") return "some " + std::string(name) + "s";
  if (amount.find_first_not_of("0123456789.") != string_view::npos) return std::string(value);
  return std::string(amount) + " " + std::string(name) + (amount == "1" ? "" : "s");
}

std::string spoken_date(string_view value) {
  if (const auto day = Date::from_iso(value); day && value.size() == 10) return spoken_day(*day);
  const auto year = number_in(value.substr(0, 4));
  if (value.size() == 3 && number_in(value)) return "the " + std::string(value) + "0s";
  if (value.size() == 4 && year) return std::string(value);
  if (value.size() == 4 && value[3] == 'X' && number_in(value.substr(0, 3)))
    return "the " + std::string(value.substr(0, 3)) + "0s";
  if (value.size() != 7 || value[4] != '-' || !year) return std::string(value);
  const string_view rest = value.substr(5);
  if (const auto month = number_in(rest); month && *month >= 1 && *month <= 12)
    return std::string(month_names[static_cast<std::size_t>(*month - 1)]) + " " + std::to_string(*year);
  if (!season_of(rest).empty()) return std::string(season_of(rest)) + " " + std::to_string(*year);
  if (rest.starts_with('Q') || rest.starts_with('H')) return std::string(rest) + " " + std::to_string(*year);
  return std::string(value);
}

}  // namespace

std::string spoken_time(std::string_view value) {
  if (value == "PAST_REF") return "in the past";
  if (value == "PRESENT_REF") return "now";
  if (value == "FUTURE_REF") return "some time to come";
  if (value.size() >= 2 && value[0] == 'P') return spoken_duration(value);
  const std::size_t clock = value.find('T');
  if (clock == std::string_view::npos) {
    return value.size() >= 8 && value.substr(4, 2) == "-W" ? spoken_week(value) : spoken_date(value);
  }
  const std::string day = spoken_time(value.substr(0, clock));
  const std::string_view time = value.substr(clock + 1);
  if (!part_of_day(time).empty()) return day + ", " + std::string(part_of_day(time));
  if (time.size() >= 5 && time[2] == ':') {
    const bool utc = time.back() == 'Z';
    return day + ", " + std::string(time.substr(0, 5)) + (utc ? " UTC" : "");
  }
  return day + ", " + std::string(time);
}

}  // namespace polybius
