// Fixed phrases of the table `time_phrases`: "recently", "one day", "Christmas Eve".
#pragma once

#include <string>
#include <vector>

#include "polybius/date.h"
#include "times/expression.h"

namespace polybius {

struct TimePhrase {
  std::vector<std::string> words;
  TimeType type = TimeType::DATE;
  std::string value;
  std::vector<std::string> not_after;   ///< words that must not stand before it
  std::vector<std::string> not_before;  ///< words that must not follow
  bool capital = false;                 ///< a name: the text must write it with a capital
};

std::vector<TimePhrase> time_phrases(const Lexicon& lexicon);
/// The longest phrase at word `i`; its value may be a feast ("@12-25"), see `feast_day`.
FoundTime match_phrase(const Words& words, std::uint32_t i, const std::vector<TimePhrase>& phrases);
/// The day of a feast in a year: "@12-25"; "@11-4-4" is the fourth Thursday of November, "@5-1--1" the last
/// Monday of May;
/// "@easter+1" the day after Easter Sunday. Nothing if the form is another.
std::optional<Date> feast_day(std::string_view feast, int year);

}  // namespace polybius
