// Finds time expressions sentence by sentence, the longest at each word.
#include "times/phrases.h"
#include "times/times.h"

namespace polybius {
namespace {

/// Keeps what is known already; what is still open has no value, a feast or the second day of a range one
/// that begins with "@".
Time time_of(const Analysis& analysis, const TimeExpression& found) {
  Time time;
  time.span = {analysis.tokens[found.first].span.begin, analysis.tokens[found.last - 1].span.end};
  time.type = found.type;
  if (found.base == TimeBase::fixed && found.unit != TimeUnit::week) time.value = found.value;
  return time;
}

// "Sept. 12-15", "Sept. 12 and 13": the second day has the month of the first.
FoundTime match_second_day(const Words& words, const TimeExpression& first) {
  if (first.day == 0 || first.month == 0 || first.type != TimeType::DATE) return std::nullopt;
  const std::string_view mark = words.at(first.last);
  if (mark != "-" && mark != "–" && mark != "to" && mark != "and") return std::nullopt;
  const int day = digits_of_word(words.at(first.last + 1));
  if (day < 1 || day > 31 || unit_of(words.at(first.last + 2)) || month_of(words.at(first.last + 2)) > 0)
    return std::nullopt;
  TimeExpression found;
  found.first = first.last + 1;
  found.last = first.last + 2;
  found.value = "@day";
  return found;
}

}  // namespace

std::vector<Time> find_times(const Analysis& analysis, const Lexicon& lexicon) {
  const std::vector<TimePhrase> phrases = time_phrases(lexicon);
  std::vector<Time> times;
  for (const Sentence& sentence : analysis.sentences) {
    const Words words{analysis, sentence.first, sentence.last};
    for (std::uint32_t i = sentence.first; i < sentence.last;) {
      FoundTime found = match_phrase(words, i, phrases);
      FoundTime other = match_time(words, i);
      if (!found || (other && other->last > found->last)) found = std::move(other);
      if (!found) {
        ++i;
        continue;
      }
      times.push_back(time_of(analysis, *found));
      i = found->last;
      const FoundTime second = match_second_day(words, *found);
      if (!second) continue;
      times.push_back(time_of(analysis, *second));
      i = second->last;
    }
  }
  return times;
}

}  // namespace polybius
