// The calendar arithmetic of Date. Source: H. Hinnant, "chrono-compatible low-level date algorithms"; ISO
// 8601 weeks.
#include "polybius/date.h"

#include <algorithm>
#include <charconv>
#include <chrono>

namespace polybius {
namespace {

std::optional<int> digits_of(std::string_view text) {
  int value = 0;
  const auto [end, fault] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (fault != std::errc() || end != text.data() + text.size() || text.front() == '-') return std::nullopt;
  return value;
}

std::chrono::year_month_day calendar_day(const Date& date) {
  return {std::chrono::year(date.year), std::chrono::month(static_cast<unsigned>(date.month)),
          std::chrono::day(static_cast<unsigned>(date.day))};
}

void append_padded(std::string& out, int value, std::size_t width) {
  const std::string digits = std::to_string(value);
  out.append(width > digits.size() ? width - digits.size() : 0, '0');
  out += digits;
}

}  // namespace

bool Date::valid() const {
  return year >= 1000 && year <= 9999 && month >= 1 && day >= 1 && calendar_day(*this).ok();
}

std::optional<Date> Date::from_iso(std::string_view text) {
  if (text.size() < 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  if (text.size() > 10 && text[10] != 'T' && text[10] != ' ') return std::nullopt;
  const auto year = digits_of(text.substr(0, 4));
  const auto month = digits_of(text.substr(5, 2));
  const auto day = digits_of(text.substr(8, 2));
  if (!year || !month || !day) return std::nullopt;
  const Date date{*year, *month, *day};
  if (!date.valid()) return std::nullopt;
  return date;
}

Date Date::from_days(long days) {
  const std::chrono::year_month_day day{std::chrono::sys_days(std::chrono::days(days))};
  return {static_cast<int>(day.year()), static_cast<int>(static_cast<unsigned>(day.month())),
          static_cast<int>(static_cast<unsigned>(day.day()))};
}

long Date::days() const {
  return std::chrono::sys_days(calendar_day(*this)).time_since_epoch().count();
}

int Date::weekday() const {
  return static_cast<int>(std::chrono::weekday(std::chrono::sys_days(calendar_day(*this))).iso_encoding());
}

Date Date::plus_days(long count) const {
  return from_days(days() + count);
}

Date Date::plus_months(long count) const {
  const long months = static_cast<long>(year) * 12 + (month - 1) + count;
  Date out{static_cast<int>(months / 12), static_cast<int>(months % 12) + 1, day};
  while (out.day > 28 && !calendar_day(out).ok()) --out.day;
  return out;
}

std::string Date::iso() const {
  std::string out;
  append_padded(out, year, 4);
  out += '-';
  append_padded(out, month, 2);
  out += '-';
  append_padded(out, day, 2);
  return out;
}

std::string Date::iso_week() const {
  const Date thursday = plus_days(4 - weekday());
  const long week = (thursday.days() - Date{thursday.year, 1, 1}.days()) / 7 + 1;
  std::string out;
  append_padded(out, thursday.year, 4);
  out += "-W";
  append_padded(out, static_cast<int>(week), 2);
  return out;
}

}  // namespace polybius
