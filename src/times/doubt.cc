// Tells which sentences must be read as trees before their times can be resolved.
#include <algorithm>

#include "times/expression.h"
#include "times/tense.h"
#include "times/times.h"

namespace polybius {
namespace {

bool is_bound_by_word(const Words& words, std::uint32_t i) {
  const std::string_view before = words.at(i - 1);
  return before == "until" || before == "by" || before == "till";
}

/// Whether tense decides which day, month or quarter is meant.
bool hangs_on_tense(const Words& words, std::uint32_t i, const Time& time, const Date& published) {
  if (time.value.starts_with('@')) return time.value != "@day";
  const FoundTime found = match_time(words, i);
  if (!found || found->pointed) return false;
  switch (found->base) {
    case TimeBase::weekday:
      return published.weekday() != found->weekday && !is_bound_by_word(words, i);
    case TimeBase::month:
      return true;
    case TimeBase::quarter:
      return found->count == 0;
    case TimeBase::published:
      return found->unit == TimeUnit::weekend && found->count == 0;
    default:
      return false;
  }
}

bool has_doubtful_year(const Words& words, const std::vector<Time>& times, std::size_t next) {
  for (std::uint32_t i = words.first; i < words.last; ++i) {
    const std::uint32_t at = words.analysis.tokens[i].span.begin;
    while (next < times.size() && times[next].span.end <= at) ++next;
    const bool found = next < times.size() && times[next].span.begin <= at;
    if (!found && may_be_year(words, i)) return true;
  }
  return false;
}

}  // namespace

std::vector<std::uint32_t> sentences_in_doubt(const Analysis& analysis, const std::vector<Time>& times,
                                              std::optional<Date> published) {
  std::vector<std::uint32_t> doubtful;
  std::size_t next = 0;
  for (std::uint32_t number = 0; number < analysis.sentences.size(); ++number) {
    const Sentence& sentence = analysis.sentences[number];
    const Words words{analysis, sentence.first, sentence.last};
    bool doubt = has_doubtful_year(words, times, next);
    for (; next < times.size() && times[next].span.begin < sentence.span.end; ++next) {
      if (doubt || !published) continue;
      const Time& time = times[next];
      if (!time.value.empty() && !time.value.starts_with('@')) continue;
      const auto token = static_cast<std::uint32_t>(std::max(analysis.token_at(time.span.begin), 0));
      doubt = hangs_on_tense(words, token, time, *published) && !is_tense_plain(analysis, token);
    }
    if (doubt) doubtful.push_back(number);
  }
  return doubtful;
}

}  // namespace polybius
