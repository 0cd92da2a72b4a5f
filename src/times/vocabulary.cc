// Looks words up in the closed classes and reads numbers.
#include "times/vocabulary.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

#include "text/text.h"

namespace polybius {
namespace {

template <typename Value, std::size_t size>
Value look_up(const std::array<std::pair<std::string_view, Value>, size>& table, std::string_view word,
              Value none) {
  const auto* const found =
      std::find_if(table.begin(), table.end(), [&](const auto& row) { return row.first == word; });
  return found == table.end() ? none : found->second;
}

constexpr std::array<std::pair<std::string_view, int>, 35> kMonths = {
    {{"january", 1}, {"february", 2}, {"march", 3},     {"april", 4},    {"may", 5},       {"june", 6},
     {"july", 7},    {"august", 8},   {"september", 9}, {"october", 10}, {"november", 11}, {"december", 12},
     {"jan.", 1},    {"jan", 1},      {"feb.", 2},      {"feb", 2},      {"mar.", 3},      {"mar", 3},
     {"apr.", 4},    {"apr", 4},      {"jun.", 6},      {"jul.", 7},     {"jul", 7},       {"aug.", 8},
     {"aug", 8},     {"sept.", 9},    {"sept", 9},      {"sep.", 9},     {"sep", 9},       {"oct.", 10},
     {"oct", 10},    {"nov.", 11},    {"nov", 11},      {"dec.", 12},    {"dec", 12}}};
constexpr std::array<std::pair<std::string_view, int>, 20> kWeekdays = {
    {{"monday", 1},   {"tuesday", 2}, {"wednesday", 3}, {"thursday", 4}, {"friday", 5},
     {"saturday", 6}, {"sunday", 7},  {"mon.", 1},      {"tue.", 2},     {"tues.", 2},
     {"wed.", 3},     {"thu.", 4},    {"thur.", 4},     {"thurs.", 4},   {"fri.", 5},
     {"tues", 2},     {"thurs", 4},   {"sat.", 6},      {"sun.", 7},     {"wednseday", 3}}};
constexpr std::array<std::pair<std::string_view, std::string_view>, 5> kSeasons = {
    {{"spring", "SP"}, {"summer", "SU"}, {"autumn", "FA"}, {"fall", "FA"}, {"winter", "WI"}}};
constexpr std::array<std::pair<std::string_view, std::string_view>, 9> kDayParts = {{{"morning", "MO"},
                                                                                     {"midday", "MI"},
                                                                                     {"afternoon", "AF"},
                                                                                     {"evening", "EV"},
                                                                                     {"night", "NI"},
                                                                                     {"midmorning", "MO"},
                                                                                     {"mid-morning", "MO"},
                                                                                     {"mid-afternoon", "AF"},
                                                                                     {"overnight", "NI"}}};
constexpr std::array<std::pair<std::string_view, TimeUnit>, 24> kUnits = {
    {{"second", TimeUnit::second},  {"minute", TimeUnit::minute},   {"hour", TimeUnit::hour},
     {"day", TimeUnit::day},        {"week", TimeUnit::week},       {"weekend", TimeUnit::weekend},
     {"month", TimeUnit::month},    {"quarter", TimeUnit::quarter}, {"year", TimeUnit::year},
     {"decade", TimeUnit::decade},  {"century", TimeUnit::century}, {"centurie", TimeUnit::century},
     {"min", TimeUnit::minute},     {"sec", TimeUnit::second},      {"hr", TimeUnit::hour},
     {"yr", TimeUnit::year},        {"mins.", TimeUnit::minute},    {"yrs.", TimeUnit::year},
     {"hrs.", TimeUnit::hour},      {"yr.", TimeUnit::year},        {"night", TimeUnit::day},
     {"fortnight", TimeUnit::week}, {"weekday", TimeUnit::day},     {"hrs", TimeUnit::hour}}};
constexpr std::array<std::pair<std::string_view, int>, 38> kNumbers = {
    {{"zero", 0},     {"one", 1},      {"two", 2},        {"three", 3},     {"four", 4},
     {"five", 5},     {"six", 6},      {"seven", 7},      {"eight", 8},     {"nine", 9},
     {"ten", 10},     {"eleven", 11},  {"twelve", 12},    {"thirteen", 13}, {"fourteen", 14},
     {"fifteen", 15}, {"sixteen", 16}, {"seventeen", 17}, {"eighteen", 18}, {"nineteen", 19},
     {"twenty", 20},  {"thirty", 30},  {"forty", 40},     {"fifty", 50},    {"sixty", 60},
     {"seventy", 70}, {"eighty", 80},  {"ninety", 90},    {"a", 1},         {"an", 1},
     {"couple", 2},   {"dozen", 12},   {"few", -1},       {"several", -1},  {"many", -1},
     {"some", -1},    {"dozens", -1},  {"hundreds", -1}}};
constexpr std::array<std::pair<std::string_view, int>, 24> kOrdinals = {
    {{"first", 1},      {"second", 2},       {"third", 3},       {"fourth", 4},      {"fifth", 5},
     {"sixth", 6},      {"seventh", 7},      {"eighth", 8},      {"ninth", 9},       {"tenth", 10},
     {"eleventh", 11},  {"twelfth", 12},     {"thirteenth", 13}, {"fourteenth", 14}, {"fifteenth", 15},
     {"sixteenth", 16}, {"seventeenth", 17}, {"eighteenth", 18}, {"nineteenth", 19}, {"twentieth", 20},
     {"final", 4},      {"thirtieth", 30},   {"last", 4},        {"opening", 1}}};

int plain_number(std::string_view word) {
  return look_up(kNumbers, word, -2);
}

bool is_tens(int value) {
  return value >= 20 && value <= 90 && value % 10 == 0;
}

// "twenty-five" stands as three words; "twenty five" as two.
int tens_at(const Words& words, std::uint32_t i, std::uint32_t& last) {
  const int first = plain_number(words.at(i));
  last = i + 1;
  if (!is_tens(first)) return first;
  const std::uint32_t unit = words.at(i + 1) == "-" ? i + 2 : i + 1;
  const int second = plain_number(words.at(unit));
  if (second < 1 || second > 9 || words.at(unit) == "a" || words.at(unit) == "an") return first;
  last = unit + 1;
  return first + second;
}

}  // namespace

bool Words::capital(std::uint32_t i) const {
  const std::string_view word = form(i);
  if (word.empty()) return false;
  std::size_t position = 0;
  return is_upper(next_code_point(word, position));
}

int month_of(std::string_view lower) {
  return look_up(kMonths, lower, 0);
}

int weekday_of(std::string_view lower) {
  return look_up(kWeekdays, lower, 0);
}

std::string_view season_of(std::string_view lower) {
  return look_up(kSeasons, lower, std::string_view());
}

std::string_view day_part_of(std::string_view lower) {
  return look_up(kDayParts, lower, std::string_view());
}

std::optional<UnitWord> unit_of(std::string_view lower) {
  for (const auto& [word, unit] : kUnits) {
    if (lower == word) return UnitWord{unit, false};
    if (lower.size() == word.size() + 1 && lower.starts_with(word) && lower.back() == 's')
      return UnitWord{unit, true};
  }
  return std::nullopt;
}

int digits_of_word(std::string_view lower) {
  int value = 0;
  if (lower.empty() || lower.size() > 9 || lower[0] == '-') return -1;
  const auto [end, fault] = std::from_chars(lower.data(), lower.data() + lower.size(), value);
  return fault == std::errc() && end == lower.data() + lower.size() ? value : -1;
}

int ordinal_of(std::string_view lower) {
  if (lower.size() > 2 &&
      (lower.ends_with("th") || lower.ends_with("st") || lower.ends_with("nd") || lower.ends_with("rd"))) {
    const int value = digits_of_word(lower.substr(0, lower.size() - 2));
    if (value > 0) return value;
  }
  return look_up(kOrdinals, lower, 0);
}

std::optional<NumberWords> number_at(const Words& words, std::uint32_t i) {
  NumberWords number;
  const int digits = digits_of_word(words.at(i));
  if (digits >= 0) {
    number = {digits, false, i + 1};
    if (words.at(i + 1) == "1/2") number = {digits, true, i + 2};
    return number;
  }
  if (words.at(i) == "a" &&
      (words.at(i + 1) == "few" || words.at(i + 1) == "couple" || words.at(i + 1) == "dozen"))
    ++i;
  std::uint32_t last = i + 1;
  const int value = tens_at(words, i, last);
  if (value == -2) return std::nullopt;
  number = {value, false, last};
  if (words.at(last) == "hundred" && value > 0) number = {value * 100, false, last + 1};
  if (words.at(i) == "couple" && words.at(last) == "of") ++number.last;
  if (words.at(last) == "and" && words.at(last + 1) == "a" && words.at(last + 2) == "half")
    number = {value, true, last + 3};
  return number;
}

int year_at(const Words& words, std::uint32_t i, std::uint32_t& last) {
  const std::string_view word = words.at(i);
  last = i + 1;
  if (word.size() == 4) {
    const int value = digits_of_word(word);
    if (value >= 1600 && value <= 2100) return value;
  }
  if (word.size() == 3 && word[0] == '\'' && digits_of_word(word.substr(1)) >= 0) {
    const int value = digits_of_word(word.substr(1));
    return value + (value > 40 ? 1900 : 2000);
  }
  const int first = plain_number(word);
  if (first == 2 && words.at(i + 1) == "thousand" && words.at(i - 1) == "year") {
    last = i + 2;
    return 2000;
  }
  if (first != 18 && first != 19 && first != 20) return 0;
  const int rest = tens_at(words, i + 1, last);
  return rest >= 10 && rest <= 99 && words.at(i + 1) != "a" ? first * 100 + rest : 0;
}

std::string duration_value(int count, bool half, TimeUnit unit) {
  constexpr std::array<std::string_view, 11> kLetters = {"S", "M", "H", "D", "W", "WE",
                                                         "M", "Q", "Y", "Y", "Y"};
  constexpr std::array<int, 11> kSmaller = {0, 30, 30, 12, 0, 0, 15, 0, 6, 5, 50};
  constexpr std::array<std::string_view, 11> kSmallerLetters = {"",  "S", "M", "H", "", "",
                                                                "D", "",  "M", "Y", "Y"};
  const auto at = static_cast<std::size_t>(unit);
  const bool clock = unit <= TimeUnit::hour;
  const int factor = unit == TimeUnit::decade ? 10 : unit == TimeUnit::century ? 100 : 1;
  std::string value = clock ? "PT" : "P";
  if (count < 0) {
    value += unit == TimeUnit::decade    ? "XDE"
             : unit == TimeUnit::century ? "XCE"
                                         : "X" + std::string(kLetters[at]);
    return value;
  }
  if (half && factor > 1) return value + std::to_string(count * factor + kSmaller[at]) + "Y";
  if (count > 0 || !half) value += std::to_string(count * factor) + std::string(kLetters[at]);
  if (half && kSmaller[at] > 0) {
    if (unit == TimeUnit::day) value += "T";
    value += std::to_string(kSmaller[at]) + std::string(kSmallerLetters[at]);
  }
  return value;
}

}  // namespace polybius
