// The closed classes of words that times are made of.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "language/language.h"

namespace polybius {

enum class TimeUnit : std::uint8_t {
  second,
  minute,
  hour,
  day,
  week,
  weekend,
  month,
  quarter,
  year,
  decade,
  century
};

/// The words of one sentence; out of it `at` is empty, so that no expression leaves the sentence.
struct Words {
  const Analysis& analysis;
  std::uint32_t first;
  std::uint32_t last;

  std::string_view at(std::uint32_t i) const {
    return i >= first && i < last ? std::string_view(analysis.tokens[i].lower) : std::string_view();
  }
  std::string_view form(std::uint32_t i) const {
    return i >= first && i < last ? std::string_view(analysis.tokens[i].form) : std::string_view();
  }
  bool capital(std::uint32_t i) const;
};

struct UnitWord {
  TimeUnit unit;
  bool plural;
};

/// A number in words or digits and where it ends. `count` is -1 where it is not told ("a few", "several").
struct NumberWords {
  int count = 0;
  bool half = false;  ///< "two and a half", "2 1/2"
  std::uint32_t last = 0;
};

int month_of(std::string_view lower);                  ///< 1 to 12; 0 if it is none
int weekday_of(std::string_view lower);                ///< 1 Monday to 7 Sunday; 0 if it is none
std::string_view season_of(std::string_view lower);    ///< "SP", "SU", "FA", "WI" or empty
std::string_view day_part_of(std::string_view lower);  ///< "MO", "MI", "AF", "EV", "NI" or empty
std::optional<UnitWord> unit_of(std::string_view lower);
int ordinal_of(std::string_view lower);  ///< "third" and "3rd" are 3; 0 if it is none
/// Digits only, up to nine of them; -1 if it is something else.
int digits_of_word(std::string_view lower);
std::optional<NumberWords> number_at(const Words& words, std::uint32_t i);
/// A year in digits (1600 to 2100), or in words ("nineteen ninety-seven"); 0 if none. `last` gets its end.
int year_at(const Words& words, std::uint32_t i, std::uint32_t& last);
/// "P2W", "PT5H", "PXD" for a count of -1; decades and centuries as years.
std::string duration_value(int count, bool half, TimeUnit unit);

}  // namespace polybius
