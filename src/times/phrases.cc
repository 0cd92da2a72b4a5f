// Reads the table of fixed phrases and reckons feasts.
#include "times/phrases.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "text/text.h"

namespace polybius {
namespace {

std::vector<std::string> strings_of(const std::vector<std::string_view>& views) {
  return {views.begin(), views.end()};
}

// Cuts a phrase as the tokeniser would: at spaces, and before 's.
std::vector<std::string> words_of_phrase(std::string_view phrase) {
  std::vector<std::string> words;
  const std::string low = lower_utf8(phrase);
  std::string word;
  const auto close = [&] {
    if (!word.empty()) words.push_back(word);
    word.clear();
  };
  for (std::size_t i = 0; i < low.size(); ++i) {
    if (low[i] == ' ') {
      close();
    } else if (low.compare(i, 2, "'s") == 0 && (i + 2 == low.size() || low[i + 2] == ' ')) {
      close();
      word = "'s";
      ++i;
    } else {
      word += low[i];
    }
  }
  close();
  return words;
}

std::string_view straight(std::string_view word) {
  return word == "’s" ? std::string_view("'s") : word;
}

bool matches(const TimePhrase& phrase, const Words& words, std::uint32_t i) {
  for (std::uint32_t k = 0; k < phrase.words.size(); ++k) {
    if (straight(words.at(i + k)) != phrase.words[k]) return false;
  }
  if (phrase.capital && !words.capital(i)) return false;
  const auto holds = [](const std::vector<std::string>& list, std::string_view word) {
    return std::find(list.begin(), list.end(), word) != list.end();
  };
  const std::string_view next = words.at(i + static_cast<std::uint32_t>(phrase.words.size()));
  return !holds(phrase.not_after, words.at(i - 1)) && !holds(phrase.not_before, next);
}

// Gregorian Easter Sunday (the anonymous algorithm of 1876).
Date easter(int year) {
  const int a = year % 19;
  const int b = year / 100;
  const int c = year % 100;
  const int h = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30;
  const int l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7;
  const int m = (a + 11 * h + 22 * l) / 451;
  return {year, (h + l - 7 * m + 114) / 31, (h + l - 7 * m + 114) % 31 + 1};
}

Date nth_weekday(int year, int month, int weekday, int nth) {
  if (nth > 0) {
    const Date first{year, month, 1};
    return first.plus_days((weekday - first.weekday() + 7) % 7 + 7L * (nth - 1));
  }
  const Date last = Date{year, month, 1}.plus_months(1).plus_days(-1);
  return last.plus_days(-((last.weekday() - weekday + 7) % 7));
}

}  // namespace

std::vector<TimePhrase> time_phrases(const Lexicon& lexicon) {
  std::vector<TimePhrase> phrases;
  for (const Row& row : lexicon.rows("time_phrases")) {
    TimePhrase phrase;
    phrase.words = words_of_phrase(row["phrase"]);
    if (phrase.words.empty()) continue;
    phrase.value = row["value"];
    phrase.not_after = strings_of(row.list("not_after"));
    phrase.not_before = strings_of(row.list("not_before"));
    phrase.capital = lower_utf8(row["phrase"]) != row["phrase"];
    for (const TimeType type : {TimeType::DATE, TimeType::TIME, TimeType::DURATION, TimeType::SET}) {
      if (name_of(type) == row["type"]) phrase.type = type;
    }
    phrases.push_back(std::move(phrase));
  }
  std::stable_sort(phrases.begin(), phrases.end(), [](const TimePhrase& a, const TimePhrase& b) {
    return a.words.front() != b.words.front() ? a.words.front() < b.words.front()
                                              : a.words.size() > b.words.size();
  });
  return phrases;
}

FoundTime match_phrase(const Words& words, std::uint32_t i, const std::vector<TimePhrase>& phrases) {
  const std::string_view word = words.at(i);
  auto phrase = std::lower_bound(
      phrases.begin(), phrases.end(), word,
      [](const TimePhrase& entry, std::string_view wanted) { return entry.words.front() < wanted; });
  for (; phrase != phrases.end() && phrase->words.front() == word; ++phrase) {
    if (!matches(*phrase, words, i)) continue;
    TimeExpression found;
    found.first = i;
    found.last = i + static_cast<std::uint32_t>(phrase->words.size());
    found.type = phrase->type;
    found.value = phrase->value;
    return found;
  }
  return std::nullopt;
}

std::optional<Date> feast_day(std::string_view feast, int year) {
  if (feast.empty() || feast[0] != '@' || year < 1583 || year > 9998) return std::nullopt;
  feast.remove_prefix(1);
  std::array<int, 3> numbers{};
  std::size_t count = 0;
  const bool moves = feast.starts_with("easter");
  if (moves) feast.remove_prefix(6);
  while (!feast.empty() && count < 3) {
    if (feast[0] == '+') feast.remove_prefix(1);
    const auto [end, fault] = std::from_chars(feast.data(), feast.data() + feast.size(), numbers[count]);
    if (fault != std::errc()) return std::nullopt;
    ++count;
    feast.remove_prefix(static_cast<std::size_t>(end - feast.data()));
    if (!moves && !feast.empty() && feast[0] == '-') feast.remove_prefix(1);
  }
  if (moves) return easter(year).plus_days(numbers[0]);
  if (count < 2 || numbers[0] < 1 || numbers[0] > 12) return std::nullopt;
  if (count == 3) return nth_weekday(year, numbers[0], numbers[1], numbers[2]);
  const Date day{year, numbers[0], numbers[1]};
  return day.valid() ? std::optional(day) : std::nullopt;
}

}  // namespace polybius
