// Gives open times their values: from the day of writing, the speaker's day, tense, and the times before
// them.
#include <algorithm>
#include <array>
#include <cstdlib>

#include "times/phrases.h"
#include "times/speakers.h"
#include "times/tense.h"
#include "times/times.h"
#include "times/values.h"

namespace polybius {
namespace {

bool is_dated(const Time& time) {
  if (time.type != TimeType::DATE && time.type != TimeType::TIME) return false;
  return open_weekday_of(time.value) > 0 || first_day_of(time.value).has_value();
}

// 0 day, 1 week, 2 month, 3 quarter or season, 4 year
int grain_of(std::string_view value) {
  if (open_weekday_of(value) > 0) return 0;
  if (value.size() == 4) return 4;
  if (value.substr(4, 2) == "-W" && value.size() <= 8) return 1;
  if (value.size() == 7) return value[5] == 'Q' || value[5] == 'S' || value[5] == 'F' ? 3 : 2;
  return 0;
}

int grain_of(TimeUnit unit) {
  switch (unit) {
    case TimeUnit::week:
    case TimeUnit::weekend:
      return 1;
    case TimeUnit::month:
      return 2;
    case TimeUnit::quarter:
      return 3;
    case TimeUnit::year:
    case TimeUnit::decade:
    case TimeUnit::century:
      return 4;
    default:
      return 0;
  }
}

std::string two_digits(int value) {
  return (value < 10 ? "0" : "") + std::to_string(value);
}

/// Resolves in text order; each time sees those before it.
class TimeResolver {
 public:
  TimeResolver(std::vector<Time>& times, const Analysis& analysis, std::span<const Statement> statements,
               std::optional<Date> published)
      : times_(times),
        analysis_(analysis),
        statements_(statements),
        published_(published),
        compared_(times.size(), false) {}

  void run() {
    std::vector<std::size_t> deictic;
    for (std::size_t i = 0; i < times_.size(); ++i) {
      if (!times_[i].value.empty() && times_[i].value[0] != '@') continue;
      if (resolve(i)) deictic.push_back(i);
    }
    // "yesterday" in a quotation is the speaker's; the speaker's day may stand behind it.
    for (const std::size_t i : deictic) {
      const auto day = speakers_day_at(times_[i].span, analysis_, statements_, times_);
      if (day) from_speakers_day(i, *day);
    }
  }

 private:
  /// Whether the time points from the day of speaking.
  bool resolve(std::size_t i) {
    Time& time = times_[i];
    const int token = analysis_.token_at(time.span.begin);
    if (token < 0) return false;
    const auto at = static_cast<std::uint32_t>(token);
    if (time.value == "@day") return same_month(i), false;
    if (!time.value.empty()) return feast(time, at), false;
    const FoundTime found = expression_at(at);
    if (!found) return false;
    switch (found->base) {
      case TimeBase::published:
        from_published(i, *found);
        return found->unit == TimeUnit::day || !found->clock.empty();
      case TimeBase::reference:
        from_reference(i, *found);
        break;
      case TimeBase::weekday:
        weekday(time, *found, at);
        break;
      case TimeBase::month:
        month(time, *found, at);
        break;
      case TimeBase::season:
        season(time, *found, at);
        break;
      case TimeBase::quarter:
        quarter(time, *found, at);
        break;
      case TimeBase::clock:
        clock(i, *found);
        break;
      case TimeBase::fixed:
        time.value = found->value;
        break;
    }
    if (found->unit == TimeUnit::week && found->day > 0) {
      if (const auto day = first_day_of(time.value)) time.value = day->iso_week();
    }
    return false;
  }

  FoundTime expression_at(std::uint32_t token) const {
    const Sentence& sentence = analysis_.sentences[analysis_.tokens[token].sentence];
    return match_time({analysis_, sentence.first, sentence.last}, token);
  }

  void set_from_published(Time& time, std::string value) const {
    time.value = std::move(value);
    time.anchored_to_published = published_.has_value();
  }

  // "Sept. 12-15"
  void same_month(std::size_t i) {
    Time& time = times_[i];
    const int day = digits_of_word(analysis_.text.slice(time.span));
    const std::string before = i > 0 ? times_[i - 1].value : "";
    time.value =
        before.size() == 10 && day > 0 ? before.substr(0, 8) + two_digits(day) : open_value(TimeUnit::day);
    if (i > 0) time.anchor = times_[i - 1].span.begin;
  }

  void feast(Time& time, std::uint32_t token) const {
    const std::string feast = time.value;
    if (!published_) {
      const auto day = feast_day(feast, 2001);
      const bool fixed = day && feast.find("easter") == std::string::npos &&
                         std::count(feast.begin(), feast.end(), '-') == 1;
      time.value = fixed ? "XXXX" + day->iso().substr(4) : open_value(TimeUnit::day);
      return;
    }
    const std::string_view before =
        token > 0 ? std::string_view(analysis_.tokens[token - 1].lower) : std::string_view();
    const Tense tense = before == "last" || before == "next" ? Tense::unknown : tense_at(analysis_, token);
    std::optional<Date> best;
    for (int year = published_->year - 1; year <= published_->year + 1; ++year) {
      const auto day = feast_day(feast, year);
      if (!day || (before == "last" && *day >= *published_) || (before == "next" && *day <= *published_))
        continue;
      if (!best || cost_of(*day, tense) < cost_of(*best, tense)) best = day;
    }
    set_from_published(time, best ? best->iso() : open_value(TimeUnit::day));
  }

  // Tense bends the choice: a past act is not likely to lie ahead, a planned one not behind.
  long cost_of(const Date& day, Tense tense) const {
    const long distance = day.days() - published_->days();
    const bool against = (tense == Tense::past && distance > 0) || (tense == Tense::future && distance < 0);
    return std::labs(distance) * (against ? 3 : 1);
  }

  // The nearest earlier time of at most that grain, in the same or one of the sentences before.
  std::optional<std::size_t> reference_before(std::size_t i, TimeUnit unit) const {
    const int wanted = grain_of(unit);
    for (std::size_t k = i; k-- > 0;) {
      if (!is_dated(times_[k]) || grain_of(times_[k].value) > wanted || compared_[k]) continue;
      return k;
    }
    return std::nullopt;
  }

  bool is_near(std::size_t i, std::size_t k, std::uint32_t sentences) const {
    return analysis_.sentence_at(times_[i].span.begin) - analysis_.sentence_at(times_[k].span.begin) <=
           sentences;
  }

  // "a year earlier" beside "the third quarter" is that quarter of the year before.
  std::optional<std::size_t> quarter_near(std::size_t i) const {
    for (std::size_t k = i; k-- > 0;) {
      if (!is_near(i, k, 2)) return std::nullopt;
      if (is_quarter_value(times_[k].value) && !compared_[k]) return k;
    }
    return std::nullopt;
  }

  void from_published(std::size_t i, const TimeExpression& found) {
    Time& time = times_[i];
    if (found.month > 0) return month_of_year(time, found);
    if (found.unit == TimeUnit::year && found.count < 0 && !found.pointed) {
      if (const auto near = quarter_near(i)) {
        compared_[i] = true;
        time.value = moved_value(times_[*near].value, found.count, found.unit);
        time.anchor = times_[*near].span.begin;
        return;
      }
    }
    const TimeUnit unit = found.unit;
    const int count = weekend_is_over(time, found) ? -1 : found.count;
    const std::string value =
        published_ ? unit_value(moved(*published_, count, unit), unit) : open_value(unit);
    set_from_published(time, value + found.clock);
  }

  // "They met over the weekend", on a Monday.
  bool weekend_is_over(const Time& time, const TimeExpression& found) const {
    if (found.unit != TimeUnit::weekend || found.count != 0 || !published_ || published_->weekday() > 5)
      return false;
    const auto token = static_cast<std::uint32_t>(analysis_.token_at(time.span.begin));
    return tense_at(analysis_, token) == Tense::past;
  }

  // "June last year"
  void month_of_year(Time& time, const TimeExpression& found) const {
    const std::string year =
        published_ ? unit_value(moved(*published_, found.count, TimeUnit::year), TimeUnit::year) : "XXXX";
    set_from_published(
        time, year + "-" + two_digits(found.month) + (found.day > 0 ? "-" + two_digits(found.day) : ""));
  }

  void from_reference(std::size_t i, const TimeExpression& found) {
    Time& time = times_[i];
    if (found.unit == TimeUnit::quarter && found.count == 0) return spoken_quarter(i);
    std::optional<std::size_t> reference;
    if (found.unit == TimeUnit::year && found.count != 0) reference = quarter_near(i);
    if (!reference) reference = reference_before(i, found.unit);
    if (found.unit == TimeUnit::year && found.count < 0) compared_[i] = true;
    if (reference) {
      const std::string& base = times_[*reference].value;
      time.value = moved_value(base.size() > 10 && open_weekday_of(base) == 0 ? base.substr(0, 10) : base,
                               found.count, found.unit) +
                   found.clock;
      time.anchor = times_[*reference].span.begin;
      return;
    }
    const TimeUnit unit = found.unit;
    set_from_published(
        time, (published_ ? unit_value(moved(*published_, found.count, unit), unit) : open_value(unit)) +
                  found.clock);
  }

  // "the quarter", "the latest quarter": the one spoken of, or the last that has ended.
  void spoken_quarter(std::size_t i) {
    for (std::size_t k = i; k-- > 0;) {
      if (!is_quarter_value(times_[k].value) || compared_[k]) continue;
      times_[i].value = times_[k].value;
      times_[i].anchor = times_[k].span.begin;
      return;
    }
    set_from_published(times_[i],
                       published_ ? unit_value(moved(*published_, -1, TimeUnit::quarter), TimeUnit::quarter)
                                  : open_value(TimeUnit::quarter));
  }

  // "until Tuesday" looks forward; where tense does not tell, the nearer Tuesday is meant.
  bool looks_forward(std::uint32_t token, int days_back) const {
    const std::string_view before =
        token > 0 ? std::string_view(analysis_.tokens[token - 1].lower) : std::string_view();
    if (before == "until" || before == "by" || before == "till") return true;
    const Tense tense = tense_at(analysis_, token);
    return tense == Tense::future || (tense != Tense::past && days_back > 3);
  }

  void weekday(Time& time, const TimeExpression& found, std::uint32_t token) const {
    if (!published_) {
      time.value = "XXXX-WXX-" + std::to_string(found.weekday) + found.clock;
      return;
    }
    const int back = (published_->weekday() - found.weekday + 7) % 7;
    int shift = -back;
    if (found.pointed && found.count < 0)
      shift = back == 0 ? -7 : -back;
    else if (found.pointed && found.count > 0)
      shift = 7 - back;
    else if (found.pointed || looks_forward(token, back))
      shift = back == 0 ? 0 : 7 - back;
    set_from_published(time, published_->plus_days(shift).iso() + found.clock);
  }

  // "on the 29th": of the month of writing or the one beside it, as tense has it.
  void day_of_month(Time& time, const TimeExpression& found, std::uint32_t token) const {
    if (!published_) {
      time.value = "XXXX-XX-" + two_digits(found.day);
      return;
    }
    const Tense tense = tense_at(analysis_, token);
    std::optional<Date> best;
    for (int month = -1; month <= 1; ++month) {
      Date day = Date{published_->year, published_->month, 1}.plus_months(month);
      day.day = found.day;
      if (day.valid() && (!best || cost_of(day, tense) < cost_of(*best, tense))) best = day;
    }
    set_from_published(time, best ? best->iso() : "XXXX-XX-" + two_digits(found.day));
  }

  void month(Time& time, const TimeExpression& found, std::uint32_t token) const {
    if (found.month == 0) return day_of_month(time, found, token);
    const std::string tail =
        "-" + two_digits(found.month) + (found.day > 0 ? "-" + two_digits(found.day) : "");
    if (!published_) {
      time.value = "XXXX" + tail + found.clock;
      return;
    }
    const Tense tense = found.pointed ? Tense::unknown : tense_at(analysis_, token);
    std::optional<Date> best;
    for (int year = published_->year - 1; year <= published_->year + 1; ++year) {
      const Date day{year, found.month, found.day > 0 ? found.day : std::min(published_->day, 28)};
      if (!day.valid()) continue;
      if (found.pointed && found.count < 0 && day >= *published_) continue;
      if (found.pointed && found.count > 0 && day <= *published_) continue;
      if (found.weekday > 0 && found.day > 0 && day.weekday() != found.weekday && best) continue;
      const bool wrong_day = best && found.weekday > 0 && found.day > 0 && best->weekday() != found.weekday;
      if (!best || wrong_day || cost_of(day, tense) < cost_of(*best, tense)) best = day;
    }
    set_from_published(time, (best ? std::to_string(best->year) : "XXXX") + tail + found.clock);
  }

  void season(Time& time, const TimeExpression& found, std::uint32_t token) const {
    if (!published_) {
      time.value = "XXXX-" + found.season;
      return;
    }
    constexpr std::array<std::pair<std::string_view, int>, 4> kEnds = {
        {{"SP", 5}, {"SU", 8}, {"FA", 11}, {"WI", 14}}};
    int end = 12;
    for (const auto& [name, month] : kEnds) {
      if (found.season == name) end = month;
    }
    int year = published_->year;
    const bool over = published_->month > end;
    if (found.count < 0 && !over) --year;
    if (found.count > 0 && (over || published_->month > end - 3)) ++year;
    (void)token;
    set_from_published(time, std::to_string(year) + "-" + found.season);
  }

  void quarter(Time& time, const TimeExpression& found, std::uint32_t token) const {
    const bool half = found.quarter > 10;
    const int number = half ? found.quarter - 10 : found.quarter;
    const std::string tail = (half ? "-H" : "-Q") + std::to_string(number);
    if (!published_) {
      time.value = "XXXX" + tail;
      return;
    }
    int year = published_->year + found.count;
    const int begins = (number - 1) * (half ? 6 : 3) + 1;
    if (!found.pointed && begins > published_->month && tense_at(analysis_, token) != Tense::future) --year;
    if (!found.pointed && begins + 5 < published_->month && tense_at(analysis_, token) == Tense::future)
      ++year;
    set_from_published(time, std::to_string(year) + tail);
  }

  // "at 10 a.m." is of the day spoken of in the sentence, else of the day of writing.
  void clock(std::size_t i, const TimeExpression& found) {
    Time& time = times_[i];
    const auto reference = reference_before(i, TimeUnit::day);
    if (reference && is_near(i, *reference, 1)) {
      const std::string& base = times_[*reference].value;
      time.value = base.substr(0, 10) + found.clock;
      time.anchor = times_[*reference].span.begin;
      return;
    }
    set_from_published(time, (published_ ? published_->iso() : open_value(TimeUnit::day)) + found.clock);
  }

  void from_speakers_day(std::size_t i, const SpeakersDay& day) {
    Time& time = times_[i];
    const int token = analysis_.token_at(time.span.begin);
    const FoundTime found = expression_at(static_cast<std::uint32_t>(token));
    if (!found) return;
    time.value = moved_value(day.value, found->count, found->unit) + found->clock;
    time.anchor = day.anchor;
    time.anchored_to_published = false;
  }

  std::vector<Time>& times_;
  const Analysis& analysis_;
  std::span<const Statement> statements_;
  std::optional<Date> published_;
  std::vector<bool>
      compared_;  // "a year earlier": what a thing is compared with is not what the text goes on about
};

}  // namespace

void resolve_times(std::vector<Time>& times, const Analysis& analysis, std::span<const Statement> statements,
                   std::optional<Date> published) {
  TimeResolver(times, analysis, statements, published).run();
}

}  // namespace polybius
