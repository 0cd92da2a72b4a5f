// Dates by name and number: "Oct. 23, 2025", "May", "the third quarter of 1984", "10 p.m. Wednesday".
#include <algorithm>
#include <array>

#include "text/text.h"
#include "times/expression.h"

namespace polybius {
namespace {

std::string padded(int value, std::size_t width = 2) {
  std::string digits = std::to_string(value);
  return std::string(width > digits.size() ? width - digits.size() : 0, '0') + digits;
}

bool is_day_number(int day) {
  return day >= 1 && day <= 31;
}

// Day of the month: "23", "23rd", "the 23rd".
int day_at(const Words& words, std::uint32_t i, std::uint32_t& last) {
  last = i + 1;
  if (words.at(i).size() > 4) return 0;
  const int plain = digits_of_word(words.at(i));
  if (is_day_number(plain)) return plain;
  const bool has_digit = !words.at(i).empty() && words.at(i)[0] >= '0' && words.at(i)[0] <= '9';
  const int ordinal = has_digit ? ordinal_of(words.at(i)) : 0;
  return is_day_number(ordinal) ? ordinal : 0;
}

// A month's name that is sure to be one: "may" and "march" are other words too.
int sure_month(const Words& words, std::uint32_t i) {
  const int month = month_of(words.at(i));
  if (month == 0 || !words.capital(i)) return 0;
  const std::string_view lower = words.at(i);
  if (lower != "may" && lower != "march" && lower != "mar" && lower != "jan" && lower != "august" &&
      lower != "april")
    return month;
  std::uint32_t end = 0;
  if (day_at(words, i + 1, end) > 0 || year_at(words, i + 1, end) > 0 || day_at(words, i - 1, end) > 0)
    return month;
  if (lower == "april" || lower == "august") return month;
  if (lower == "jan" || lower == "mar") return 0;
  constexpr std::array<std::string_view, 21> kBefore = {
      "in",   "of",    "last",   "next",  "since", "until", "by",      "this", "from", "to",     "during",
      "late", "early", "before", "after", "and",   "for",   "through", "till", "mid",  "between"};
  for (const std::string_view before : kBefore) {
    if (words.at(i - 1) == before) return month;
  }
  return 0;
}

TimeExpression dated(std::uint32_t first, std::uint32_t last, int year, int month, int day) {
  TimeExpression found;
  found.first = first;
  found.last = last;
  found.month = month;
  found.day = day;
  found.unit = day > 0 ? TimeUnit::day : month > 0 ? TimeUnit::month : TimeUnit::year;
  if (year == 0) {
    found.base = TimeBase::month;
    return found;
  }
  found.value = std::to_string(year);
  if (month > 0) found.value += "-" + padded(month);
  if (day > 0) found.value += "-" + padded(day);
  return found;
}

// "last year" after a month; -9 if it is not there.
int year_offset_at(const Words& words, std::uint32_t i) {
  if (words.at(i + 1) != "year") return -9;
  if (words.at(i) == "last") return -1;
  if (words.at(i) == "this") return 0;
  return words.at(i) == "next" ? 1 : -9;
}

// After "Month" or "Month day": the year, "of last year", or nothing.
TimeExpression with_year(const Words& words, std::uint32_t first, std::uint32_t last, int month, int day) {
  std::uint32_t end = last;
  std::uint32_t at = last;
  if (words.at(at) == "," || words.at(at) == "of") ++at;
  if (const int year = year_at(words, at, end)) return dated(first, end, year, month, day);
  if (words.at(last) == "of")
    at = last + 1;
  else
    at = last;
  const int offset = year_offset_at(words, at);
  TimeExpression found = dated(first, last, 0, month, day);
  if (offset == -9) return found;
  found.last = at + 2;
  found.base = TimeBase::published;
  found.unit = TimeUnit::year;
  found.count = offset;
  return found;
}

FoundTime match_month_first(const Words& words, std::uint32_t i) {
  const bool middle = words.at(i) == "mid" && words.at(i + 1) == "-";
  if (middle && month_of(words.at(i + 2)) > 0) {
    return with_year(words, i, i + 3, month_of(words.at(i + 2)), 0);
  }
  if (words.at(i).starts_with("mid-") && month_of(words.at(i).substr(4)) > 0) {
    return with_year(words, i, i + 1, month_of(words.at(i).substr(4)), 0);
  }
  const int month = sure_month(words, i);
  if (month == 0) return std::nullopt;
  std::uint32_t last = i + 1;
  std::uint32_t end = 0;
  const int day = day_at(words, i + 1, end);
  const bool counts = unit_of(words.at(end)).has_value() && digits_of_word(words.at(i + 1)) >= 0;
  if (day > 0 && !counts) last = end;
  return with_year(words, i, last, month, day > 0 && !counts ? day : 0);
}

/// Whether what follows an ordinal cannot be its noun: "on the 29th, he said".
bool ends_a_phrase(std::string_view word) {
  constexpr std::array<std::string_view, 33> kAfter = {
      "",    ".",  ",",   ";",    ":",    ")",   "to",  "at",  "in",    "by",   "for",
      "and", "or", "but", "with", "from", "is",  "are", "was", "were",  "will", "would",
      "has", "he", "she", "it",   "they", "the", "as",  "if",  "after", "when", "because"};
  return std::find(kAfter.begin(), kAfter.end(), word) != kAfter.end();
}

// "on the 29th": its month is that of the news.
FoundTime match_day_alone(const Words& words, std::uint32_t i) {
  constexpr std::array<std::string_view, 8> kBefore = {"on",  "until", "till",  "by",
                                                       "for", "from",  "since", "before"};
  if (words.at(i) != "the" || words.at(i + 1).size() < 3) return std::nullopt;
  std::uint32_t end = 0;
  const int day = day_at(words, i + 1, end);
  if (day == 0 || !ends_a_phrase(words.at(end))) return std::nullopt;
  if (std::find(kBefore.begin(), kBefore.end(), words.at(i - 1)) == kBefore.end()) return std::nullopt;
  return dated(i, end, 0, 0, day);
}

FoundTime match_day_first(const Words& words, std::uint32_t i) {
  std::uint32_t at = words.at(i) == "the" ? i + 1 : i;
  std::uint32_t end = 0;
  const int day = day_at(words, at, end);
  if (day == 0) return std::nullopt;
  if (words.at(end) == "of") ++end;
  const int month = month_of(words.at(end));
  if (month == 0 || !words.capital(end)) return std::nullopt;
  return with_year(words, i, end + 1, month, day);
}

// "2025-10-23", "10/23/2025", "1999-2001" stays two years.
FoundTime match_numeric(const Words& words, std::uint32_t i) {
  const std::string_view word = words.at(i);
  std::array<int, 3> parts{};
  std::size_t count = 0;
  std::string_view rest = word;
  char mark = 0;
  while (count < 3 && !rest.empty()) {
    const std::size_t cut = rest.find_first_of("/-.");
    parts[count++] = digits_of_word(rest.substr(0, cut));
    if (parts[count - 1] < 0) return std::nullopt;
    if (cut == std::string_view::npos) {
      rest = {};
      break;
    }
    if (mark != 0 && rest[cut] != mark) return std::nullopt;
    mark = rest[cut];
    rest.remove_prefix(cut + 1);
  }
  if (count != 3 || !rest.empty()) return std::nullopt;
  const auto date = [&](int year, int month, int day) -> FoundTime {
    if (year < 100) year += year > 40 ? 1900 : 2000;
    if (year < 1600 || year > 2100 || month < 1 || month > 12 || !is_day_number(day)) return std::nullopt;
    return dated(i, i + 1, year, month, day);
  };
  if (parts[0] > 999) return date(parts[0], parts[1], parts[2]);
  if (parts[0] > 12) return date(parts[2], parts[1], parts[0]);
  return date(parts[2], parts[0], parts[1]);
}

bool is_money_or_count(const Words& words, std::uint32_t i, std::uint32_t last) {
  const std::string_view before = words.at(i - 1);
  const std::string_view after = words.at(last);
  if (before == "$" || before == "#" || before == "€" || before == "£" || before == "no." ||
      before == "us$" || before == "c$")
    return true;
  return after == "%" || after == "percent" || after == "million" || after == "billion" ||
         after == "people" || after == "shares" || after == "miles" || after == "troops" ||
         after == "soldiers" || after == "jobs" || after == "dollars";
}

// "a 1996 law", "its 1990 invasion", "bonds due 1993": a number in front of its noun that is no count of it.
bool dates_a_noun(const Words& words, std::uint32_t i) {
  const Token& number = words.analysis.tokens[i];
  const int year = digits_of_word(number.lower);
  if (number.form.size() != 4 || year < 1800 || year > 2060 || year % 100 == 0) return false;
  if (words.at(i - 1) == "due") return true;
  if (number.head <= static_cast<int>(i) || number.head >= static_cast<int>(words.last)) return false;
  if (i == words.first) return false;
  const Token& before = words.analysis.tokens[i - 1];
  const bool owned =
      before.is("Poss=Yes") || before.lower == "'s" || before.lower == "a" || before.lower == "an";
  const Upos noun = words.analysis.tokens[static_cast<std::uint32_t>(number.head)].upos;
  return (owned || before.upos == Upos::ADJ) && (noun == Upos::NOUN || noun == Upos::PROPN);
}

// A bare number is a year where the words around it say so.
bool reads_as_year(const Words& words, std::uint32_t i, std::uint32_t last) {
  if (is_money_or_count(words, i, last)) return false;
  if (last > i + 1) return true;  // "nineteen ninety-seven"
  constexpr std::array<std::string_view, 34> kBefore = {
      "in",      "since",   "of",     "by",     "from",   "until", "till",   "to",   "during",
      "early",   "late",    "mid",    "after",  "before", "for",   "fiscal", "year", "and",
      "between", "through", "than",   "summer", "spring", "fall",  "winter", "the",  "(",
      "in",      "about",   "around", ",",      "post",   "-",     "–"};
  const std::string_view before = words.at(i - 1);
  for (const std::string_view word : kBefore) {
    if (before == word) return true;
  }
  const Token& number = words.analysis.tokens[i];
  return (number.upos == Upos::NUM && number.depends_as("obl")) || dates_a_noun(words, i);
}

FoundTime match_year(const Words& words, std::uint32_t i) {
  std::uint32_t last = 0;
  std::uint32_t at = i;
  if (words.at(i) == "fiscal") at = words.at(i + 1) == "year" ? i + 2 : i + 1;
  if (words.at(i) == "mid" && words.at(i + 1) == "-") at = i + 2;
  if (const int year = year_at(words, at, last)) {
    if (at == i && !reads_as_year(words, i, last)) return std::nullopt;
    return dated(i, last, year, 0, 0);
  }
  const std::string_view word = words.at(i);
  if (word.starts_with("mid-") && word.size() == 8 && digits_of_word(word.substr(4)) > 1600) {
    return dated(i, i + 1, digits_of_word(word.substr(4)), 0, 0);
  }
  return std::nullopt;
}

// "nineties" as "199"; empty if it is none.
std::string named_decade(std::string_view word) {
  constexpr std::array<std::string_view, 8> kNames = {"twenties", "thirties",  "forties",  "fifties",
                                                      "sixties",  "seventies", "eighties", "nineties"};
  for (std::size_t n = 0; n < kNames.size(); ++n) {
    if (word == kNames[n]) return "19" + std::to_string(n + 2);
  }
  return {};
}

// "1990s" and "1990's" as "199", "90s" only after "the"; empty if it is none.
std::string decade_in_digits(std::string_view word, bool the) {
  if (word.starts_with("mid-")) word.remove_prefix(4);
  if (word.starts_with("'")) word.remove_prefix(1);
  if (!word.ends_with("0s") && !word.ends_with("0's")) return {};
  word.remove_suffix(word.ends_with("'s") ? 2 : 1);
  const int year = digits_of_word(word);
  if (word.size() == 4 && year >= 1500 && year <= 2090) return std::string(word.substr(0, 3));
  if (word.size() == 2 && year >= 20 && the) return "19" + std::string(word.substr(0, 1));
  return {};
}

// "1990s", "the nineties", "mid-1980s": the digits of the decade.
FoundTime match_decade(const Words& words, std::uint32_t i) {
  const bool the = words.at(i) == "the";
  std::uint32_t at = the ? i + 1 : i;
  if (the && (words.at(at) == "late" || words.at(at) == "early" || words.at(at) == "mid"))
    at += words.at(at + 1) == "-" ? 2 : 1;
  TimeExpression found;
  found.first = i;
  found.last = at + 1;
  found.value = decade_in_digits(words.at(at), the);
  if (found.value.empty() && the) found.value = named_decade(words.at(at));
  if (found.value.empty()) return std::nullopt;
  return found;
}

// "20th century", "the nineteenth century"
FoundTime match_century(const Words& words, std::uint32_t i) {
  std::uint32_t at = words.at(i) == "the" ? i + 1 : i;
  const int ordinal = ordinal_of(words.at(at));
  if (ordinal < 5 || ordinal > 21) return std::nullopt;
  ++at;
  if (words.at(at) == "-") ++at;
  if (words.at(at) != "century") return std::nullopt;
  TimeExpression found;
  found.first = i;
  found.last = at + 1;
  found.value = padded(ordinal - 1);
  return found;
}

// "third quarter" is 3, "Q3" too, "first half" 11; 0 if it is none. `last` gets its end.
int quarter_at(const Words& words, std::uint32_t i, std::uint32_t& last) {
  const std::string_view word = words.at(i);
  last = i + 1;
  if (word.size() == 2 && word[0] == 'q' && word[1] >= '1' && word[1] <= '4') return word[1] - '0';
  const int number = ordinal_of(word);
  if (number < 1 || number > 4 || word == "last") return 0;
  const std::uint32_t at = words.at(i + 1) == "-" ? i + 2 : i + 1;
  last = at + 1;
  if (words.at(at) == "quarter" || words.at(at) == "quarters") return number;
  return words.at(at) == "half" && number <= 2 && words.at(last) == "of" ? number + 10 : 0;
}

// The year may stand before a quarter or behind it: "the fiscal first quarter", "the 1988 second quarter",
// "Q3 of 2024".
FoundTime match_quarter(const Words& words, std::uint32_t i) {
  std::uint32_t at = words.at(i) == "the" ? i + 1 : i;
  std::uint32_t end = 0;
  int year = year_at(words, at, end);
  if (year != 0) at = end;
  if (words.at(at) == "fiscal") at += words.at(at + 1) == "-" ? 2 : 1;
  TimeExpression found;
  found.first = i;
  found.base = TimeBase::quarter;
  found.quarter = quarter_at(words, at, found.last);
  if (found.quarter == 0) return std::nullopt;
  const std::uint32_t behind = words.at(found.last) == "of" ? found.last + 1 : found.last;
  const std::uint32_t number = words.at(found.last) == "," ? found.last + 1 : behind;
  if (year == 0) {
    year = year_at(words, number, end);
    if (year != 0) found.last = end;
  }
  const int offset = year_offset_at(words, behind);
  if (year != 0) {
    const bool half = found.quarter > 10;
    found.base = TimeBase::fixed;
    found.value = std::to_string(year) + (half ? "-H" : "-Q") + std::to_string(found.quarter % 10);
  } else if (offset != -9) {
    found.pointed = true;
    found.count = offset;
    found.last = behind + 2;
  }
  return found;
}

FoundTime match_season_year(const Words& words, std::uint32_t i) {
  const std::uint32_t at = words.at(i) == "the" ? i + 1 : i;
  const std::string_view season = season_of(words.at(at));
  if (season.empty()) return std::nullopt;
  std::uint32_t end = 0;
  const int year = year_at(words, words.at(at + 1) == "of" ? at + 2 : at + 1, end);
  if (year == 0) return std::nullopt;
  TimeExpression found;
  found.first = i;
  found.last = end;
  found.value = std::to_string(year) + "-" + std::string(season);
  return found;
}

// "a.m." and the like; 0 if it is none, else 1 (before noon) or 2.
int half_day(std::string_view word) {
  if (word == "a.m." || word == "am" || word == "a.m") return 1;
  if (word == "p.m." || word == "pm" || word == "p.m") return 2;
  return 0;
}

bool is_zone(std::string_view form) {
  constexpr std::array<std::string_view, 18> kZones = {"EST", "EDT", "GMT", "UTC", "PST", "PDT",
                                                       "CST", "CDT", "BST", "CET", "ET",  "MST",
                                                       "MDT", "IST", "EET", "MSK", "JST", "PT"};
  for (const std::string_view zone : kZones) {
    if (form == zone) return true;
  }
  return false;
}

// "p.m.", "o'clock", "in the afternoon": moves the hour; false if nothing of that follows.
bool read_half_day(const Words& words, int& hour, std::uint32_t& last) {
  const int half = half_day(words.at(last));
  if (half != 0) {
    ++last;
    if (half == 2 && hour < 12) hour += 12;
    if (half == 1 && hour == 12) hour = 0;
    return true;
  }
  if (words.at(last) == "o'clock") {
    ++last;
    return true;
  }
  const std::string_view part = words.at(last + 2);
  const bool later = part == "afternoon" || part == "evening";
  if (words.at(last) != "in" || words.at(last + 1) != "the" || (part != "morning" && !later)) return false;
  if (later && hour < 12) hour += 12;
  last += 3;
  return true;
}

// A weekday's number where the word is sure to be one: "sun." and "wed." are other words too. 0 if it is
// none.
int sure_weekday(const Words& words, std::uint32_t i, std::string_view word) {
  const int weekday = weekday_of(word);
  if (weekday == 0 || !words.capital(i)) return 0;
  const bool doubtful = word == "sun." || word == "sat." || word == "wed.";
  return doubtful && words.at(i + 1) != "," && month_of(words.at(i + 1)) == 0 ? 0 : weekday;
}

// "last", "next", "this" before a weekday.
bool read_pointer(std::string_view pointer, TimeExpression& found) {
  const bool back = pointer == "last" || pointer == "past";
  const bool forth = pointer == "next" || pointer == "coming";
  found.pointed = back || forth || pointer == "this";
  found.count = back ? -1 : forth ? 1 : 0;
  return found.pointed;
}

}  // namespace

std::string clock_at(const Words& words, std::uint32_t i, std::uint32_t& last) {
  const std::string_view word = words.at(i);
  last = i + 1;
  if (word == "noon" || word == "midday") return "T12:00";
  if (word == "midnight") return "T24:00";
  const std::size_t colon = word.find(':');
  const bool has_colon = colon != std::string_view::npos;
  const bool military = !has_colon && word.size() == 4 && is_zone(words.form(i + 1));
  int hour = digits_of_word(word.substr(0, colon));
  int minute = has_colon ? digits_of_word(word.substr(colon + 1)) : 0;
  if (military) {
    minute = hour % 100;
    hour /= 100;
  }
  if (hour < 0) hour = number_at(words, i).value_or(NumberWords{}).count;
  const bool possible = hour >= 0 && hour <= 23 && minute >= 0 && minute <= 59;
  if (!possible || (hour == 0 && !has_colon && !military)) return {};
  const bool said = read_half_day(words, hour, last);
  const std::string_view before = words.at(i - 1);
  const bool placed =
      has_colon && (before == "at" || before == "until" || before == "by" || is_zone(words.form(last)));
  if (!said && !military && !placed) return {};
  if (is_zone(words.form(last))) ++last;
  return "T" + padded(hour) + ":" + padded(minute);
}

bool may_be_year(const Words& words, std::uint32_t i) {
  std::uint32_t last = 0;
  const int year = digits_of_word(words.at(i));
  if (words.at(i).size() != 4 || year < 1800 || year > 2060 || year_at(words, i, last) == 0) return false;
  return !is_money_or_count(words, i, last) && !reads_as_year(words, i, last);
}

FoundTime match_calendar(const Words& words, std::uint32_t i) {
  FoundTime best;
  for (const auto matcher : {match_month_first, match_day_first, match_day_alone, match_numeric, match_year,
                             match_decade, match_century, match_quarter, match_season_year}) {
    FoundTime found = matcher(words, i);
    if (found && (!best || found->last > best->last)) best = std::move(found);
  }
  return best;
}

FoundTime match_weekday(const Words& words, std::uint32_t i) {
  TimeExpression found;
  found.base = TimeBase::weekday;
  const std::uint32_t at = read_pointer(words.at(i), found) ? i + 1 : i;
  std::string_view word = words.at(at);
  const bool plural = word.size() > 4 && word.ends_with("days");
  if (plural) word.remove_suffix(1);
  found.weekday = sure_weekday(words, at, word);
  if (found.weekday == 0) return std::nullopt;
  found.first = i;
  found.last = at + 1;
  const std::string_view after = words.at(at + 1);
  const bool nights = after == "nights";
  if (plural || nights || after == "mornings") {
    found.type = TimeType::SET;
    found.base = TimeBase::fixed;
    found.value = "XXXX-WXX-" + std::to_string(found.weekday) + (plural ? "" : nights ? "TNI" : "TMO");
    if (!plural) ++found.last;
    return found;
  }
  FoundTime date = match_calendar(words, after == "," ? at + 2 : at + 1);
  if (date && date->day > 0 && date->month > 0) {
    date->first = i;
    date->weekday = found.weekday;
    return date;
  }
  const std::string_view part = day_part_of(after);
  if (part.empty()) return found;
  found.type = TimeType::TIME;
  found.clock = "T" + std::string(part);
  ++found.last;
  return found;
}

FoundTime match_clock(const Words& words, std::uint32_t i) {
  std::uint32_t last = i;
  std::string clock = clock_at(words, i, last);
  if (clock.empty()) return std::nullopt;
  TimeExpression found;
  std::uint32_t at = last;
  if (words.at(at) == "(") {  // "10:35 a.m. (0735 GMT) Friday"
    while (!words.at(at).empty() && words.at(at) != ")" && at < last + 5) ++at;
    ++at;
  }
  if (words.at(at) == "on" || words.at(at) == ",") ++at;
  FoundTime day = match_weekday(words, at);
  if (!day) day = match_relative(words, at);
  if (!day) day = match_calendar(words, at);
  const bool whole_day = day && day->type == TimeType::DATE &&
                         (day->base == TimeBase::weekday || day->day > 0 ||
                          (day->base == TimeBase::published && day->unit == TimeUnit::day));
  if (whole_day)
    found = *day;
  else
    found.base = TimeBase::clock;
  if (whole_day && found.base == TimeBase::fixed) found.value += clock;
  found.first = i;
  found.last = whole_day ? day->last : last;
  found.type = TimeType::TIME;
  found.clock = std::move(clock);
  return found;
}

}  // namespace polybius
