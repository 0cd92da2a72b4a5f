// Spans of time and what is counted by them: "two weeks", "two weeks ago", "a day earlier", "every day",
// "daily".
#include <array>

#include "times/expression.h"

namespace polybius {
namespace {

template <std::size_t size>
bool is_one_of(std::string_view word, const std::array<std::string_view, size>& words) {
  for (const std::string_view candidate : words) {
    if (word == candidate) return true;
  }
  return false;
}

// "about", "nearly", "more than", "at least": part of the expression. Returns where the number begins.
std::uint32_t after_approximation(const Words& words, std::uint32_t i) {
  constexpr std::array<std::string_view, 10> kSingle = {
      "about", "nearly", "almost", "around", "roughly", "approximately", "over", "only", "just", "some"};
  if ((words.at(i) == "more" || words.at(i) == "less" || words.at(i) == "fewer" || words.at(i) == "longer") &&
      words.at(i + 1) == "than")
    return i + 2;
  if (words.at(i) == "at" && (words.at(i + 1) == "least" || words.at(i + 1) == "most")) return i + 2;
  if (words.at(i) == "up" && words.at(i + 1) == "to") return i + 2;
  if (is_one_of(words.at(i), kSingle)) return i + 1;
  return i;
}

struct Amount {
  int count = 0;
  bool half = false;
  TimeUnit unit = TimeUnit::day;
  std::uint32_t last = 0;
  bool adjective = false;  ///< "two-week", "five-year-old"
  bool article = false;    ///< "a week": the number is an article
};

// "half a year"
std::optional<Amount> half_unit_at(const Words& words, std::uint32_t i) {
  const auto unit = unit_of(words.at(i + 2));
  const bool article = words.at(i + 1) == "a" || words.at(i + 1) == "an";
  if (!article || !unit || unit->unit == TimeUnit::second) return std::nullopt;
  return Amount{0, true, unit->unit, i + 3, false, false};
}

// "a second" and "the 1988 quarter" are no amounts.
bool can_be_counted(const UnitWord& unit, const NumberWords& number, bool article, bool hyphen) {
  if (unit.unit == TimeUnit::weekend) return false;
  if (unit.unit == TimeUnit::second) return unit.plural || hyphen;
  return unit.unit != TimeUnit::quarter || (!article && !hyphen && number.count <= 1600);
}

// "two weeks", "two-week", "a few more days", "12 to 18 months", "half a year"
std::optional<Amount> amount_at(const Words& words, std::uint32_t i) {
  if (words.at(i) == "half") return half_unit_at(words, i);
  const auto number = number_at(words, i);
  if (!number) return std::nullopt;
  std::uint32_t at = number->last;
  const bool article = words.at(i) == "a" || words.at(i) == "an";
  if ((words.at(at) == "to" || words.at(at) == "or") && number_at(words, at + 1))
    at = number_at(words, at + 1)->last;
  constexpr std::array<std::string_view, 12> kBetween = {"more",     "full",       "straight", "consecutive",
                                                         "whole",    "additional", "trading",  "working",
                                                         "business", "-",          "long",     "calendar"};
  bool hyphen = false;
  for (int skipped = 0; skipped < 2 && is_one_of(words.at(at), kBetween); ++skipped)
    hyphen = words.at(at++) == "-" || hyphen;
  const auto unit = unit_of(words.at(at));
  if (unit && unit->plural && article && number->last == i + 1) return std::nullopt;  // "a decades-long war"
  const bool title = words.capital(at) && !words.capital(i);                          // "60 Minutes"
  if (!unit || title || !can_be_counted(*unit, *number, article, hyphen)) return std::nullopt;
  Amount amount = {number->count, number->half, unit->unit, at + 1, hyphen, article && number->last == i + 1};
  if (words.at(amount.last) == "and" && words.at(amount.last + 1) == "a" &&
      words.at(amount.last + 2) == "half") {
    amount.half = true;
    amount.last += 3;
  }
  // An age is no span of time that the text tells of.
  const std::uint32_t behind = words.at(amount.last) == "-" ? amount.last + 1 : amount.last;
  if (words.at(behind) == "old" || words.at(behind) == "olds") return std::nullopt;
  if (words.at(amount.last) == "or" && words.at(amount.last + 1) == "so") amount.last += 2;
  if (!unit->plural && !hyphen && number->count != 1 && !number->half) amount.adjective = true;
  return amount;
}

TimeExpression counted(std::uint32_t first, const Amount& amount, int sign, TimeBase base) {
  TimeExpression found;
  found.first = first;
  found.last = amount.last;
  found.base = base;
  found.unit = amount.unit;
  if (amount.count < 0) {
    found.base = TimeBase::fixed;
    found.value = sign < 0 ? "PAST_REF" : "FUTURE_REF";
  } else {
    const int factor = amount.unit == TimeUnit::decade ? 10 : amount.unit == TimeUnit::century ? 100 : 1;
    if (factor > 1) found.unit = TimeUnit::year;
    found.count = sign * amount.count * factor;
  }
  return found;
}

// What follows the amount makes it a point in time.
FoundTime point_after(const Words& words, std::uint32_t i, const Amount& amount) {
  const std::string_view next = words.at(amount.last);
  const bool clock = amount.unit <= TimeUnit::hour;
  const auto point = [&](int sign, TimeBase base, std::uint32_t taken) -> FoundTime {
    TimeExpression found = counted(i, amount, sign, base);
    found.last += taken;
    if (clock) {
      found.type = TimeType::DURATION;
      found.base = TimeBase::fixed;
      found.value = duration_value(amount.count, amount.half, amount.unit);
    }
    return found;
  };
  if (next == "ago") return point(-1, TimeBase::published, 1);
  if (next == "from" && words.at(amount.last + 1) == "now") return point(1, TimeBase::published, 2);
  if (next == "hence") return point(1, TimeBase::published, 1);
  const bool article_or_number = !amount.adjective;
  if (next == "earlier" && article_or_number) return point(-1, TimeBase::reference, 1);
  if (next == "later" && article_or_number) return point(1, TimeBase::reference, 1);
  if (next == "before" || next == "previously") {
    const std::string_view then = words.at(amount.last + 1);
    const bool ends =
        then.empty() || then == "." || then == "," || then == ";" || then == ")" || then == "when";
    if (ends && (next == "previously" || amount.unit != TimeUnit::day || amount.count != 1))
      return point(-1, TimeBase::reference, 1);
  }
  return std::nullopt;
}

bool is_rate(const Words& words, std::uint32_t i, const Amount& amount) {
  if (!amount.article) return false;
  const std::string_view before = words.at(i - 1);
  constexpr std::array<std::string_view, 12> kRated = {"times",   "twice", "once",    "million",
                                                       "billion", "share", "percent", "dollars",
                                                       "barrels", "tons",  "hours",   "%"};
  const bool number = digits_of_word(before) >= 0 || before.find(',') != std::string_view::npos;
  return is_one_of(before, kRated) || (number && words.at(i - 2) == "$");
}

// "the last two weeks", "the nine months", "the first six months"
std::uint32_t after_determiner(const Words& words, std::uint32_t i, std::string_view& pointer) {
  std::uint32_t at = i;
  if (words.at(at) == "the" || words.at(at) == "these" || words.at(at) == "those") ++at;
  constexpr std::array<std::string_view, 11> kPointers = {"last",     "past",      "next",      "first",
                                                          "previous", "coming",    "following", "latest",
                                                          "final",    "preceding", "recent"};
  if (is_one_of(words.at(at), kPointers)) pointer = words.at(at++);
  return at;
}

// "recent months", "the coming weeks", "the past few years"; also "for years", "within days".
FoundTime match_vague_plural(const Words& words, std::uint32_t i) {
  std::string_view pointer;
  const std::uint32_t at = after_determiner(words, i, pointer);
  const auto unit = unit_of(words.at(at));
  if (!unit || !unit->plural || unit->unit == TimeUnit::second || unit->unit == TimeUnit::weekend)
    return std::nullopt;
  constexpr std::array<std::string_view, 6> kBefore = {"for", "within", "after", "over", "of", "in"};
  const bool pointed = pointer == "recent" || pointer == "coming" || pointer == "past" || pointer == "last" ||
                       pointer == "next";
  if (!pointed && !(at == i && is_one_of(words.at(i - 1), kBefore))) return std::nullopt;
  if (!pointed && words.at(at + 1) == "of" && unit->unit == TimeUnit::hour) return std::nullopt;
  TimeExpression found;
  found.first = i;
  found.last = at + 1;
  found.type = TimeType::DURATION;
  found.value = duration_value(-1, false, unit->unit);
  if (words.at(found.last) == "ago") {
    ++found.last;
    found.type = TimeType::DATE;
    found.value = "PAST_REF";
  } else if (words.at(found.last) == "later" || words.at(found.last) == "earlier") {
    return std::nullopt;
  }
  return found;
}

// "months ago", "years later"
FoundTime match_vague_ago(const Words& words, std::uint32_t i) {
  const auto unit = unit_of(words.at(i));
  if (!unit || !unit->plural || words.at(i + 1) != "ago") return std::nullopt;
  TimeExpression found;
  found.first = i;
  found.last = i + 2;
  found.value = "PAST_REF";
  return found;
}

// "decades-long", "day-long": a span before its noun.
FoundTime match_long(const Words& words, std::uint32_t i) {
  const auto unit = unit_of(words.at(i));
  if (!unit || words.at(i + 1) != "-" || words.at(i + 2) != "long") return std::nullopt;
  TimeExpression found;
  found.first = i;
  found.last = i + 3;
  found.type = TimeType::DURATION;
  found.value = duration_value(unit->plural ? -1 : 1, false, unit->unit);
  return found;
}

// "year-earlier", "year-ago": with "the year-earlier quarter".
FoundTime match_year_earlier(const Words& words, std::uint32_t i) {
  const std::uint32_t at = words.at(i) == "the" ? i + 1 : i;
  const auto unit = unit_of(words.at(at));
  if (!unit || unit->plural || words.at(at + 1) != "-" ||
      (words.at(at + 2) != "earlier" && words.at(at + 2) != "ago"))
    return std::nullopt;
  TimeExpression found;
  found.first = i;
  found.last = at + 3;
  found.base = TimeBase::reference;
  found.unit = unit->unit;
  found.count = -1;
  constexpr std::array<std::string_view, 4> kNouns = {"quarter", "period", "month", "week"};
  if (is_one_of(words.at(found.last), kNouns)) ++found.last;
  const int quarter = ordinal_of(words.at(found.last));
  if (quarter >= 1 && quarter <= 4 && words.at(found.last + 1) == "quarter") {
    found.last += 2;
    found.base = TimeBase::quarter;
    found.quarter = quarter;
    found.pointed = true;
  }
  return found;
}

}  // namespace

FoundTime match_duration(const Words& words, std::uint32_t i) {
  if (FoundTime found = match_year_earlier(words, i)) return found;
  if (FoundTime found = match_vague_ago(words, i)) return found;
  if (FoundTime found = match_long(words, i)) return found;
  const std::uint32_t start = after_approximation(words, i);
  std::string_view pointer;
  const std::uint32_t at = start == i ? after_determiner(words, i, pointer) : start;
  auto amount = amount_at(words, at);
  if (!amount && start != i) return std::nullopt;
  if (!amount) return match_vague_plural(words, i);
  const bool the_alone = at == i + 1 && words.at(i) == "the" && pointer.empty();
  if (amount->article && at != i && start == i) return std::nullopt;
  if (at == i || start != i) {
    if (FoundTime point = point_after(words, i, *amount)) return point;
  }
  // "a year" in "a share a year" is a rate; "the day" or "one" alone are no spans.
  if (the_alone && amount->count == 1) return std::nullopt;
  if (at == i && amount->article && amount->unit == TimeUnit::second) return std::nullopt;
  TimeExpression found;
  found.first = i;
  found.last = amount->last;
  found.type = is_rate(words, i, *amount) ? TimeType::SET : TimeType::DURATION;
  found.value = duration_value(amount->count, amount->half, amount->unit);
  if (amount->count == 0 && amount->half) found.value = duration_value(0, true, amount->unit);
  return found;
}

FoundTime match_set(const Words& words, std::uint32_t i) {
  TimeExpression found;
  found.first = i;
  found.type = TimeType::SET;
  constexpr std::array<std::pair<std::string_view, std::string_view>, 8> kAdverbs = {{{"daily", "P1D"},
                                                                                      {"weekly", "P1W"},
                                                                                      {"monthly", "P1M"},
                                                                                      {"annually", "P1Y"},
                                                                                      {"yearly", "P1Y"},
                                                                                      {"hourly", "PT1H"},
                                                                                      {"nightly", "P1D"},
                                                                                      {"biweekly", "P2W"}}};
  for (const auto& [word, value] : kAdverbs) {
    if (words.at(i) != word) continue;
    found.last = i + 1;
    found.value = value;
    return found;
  }
  if (words.at(i) != "every" && words.at(i) != "each") return std::nullopt;
  std::uint32_t at = i + 1;
  int count = 1;
  if (words.at(at) == "other") {
    count = 2;
    ++at;
  } else if (const auto number = number_at(words, at)) {
    count = number->count;
    at = number->last;
  }
  if (const int weekday = weekday_of(words.at(at))) {
    found.value = "XXXX-WXX-" + std::to_string(weekday);
  } else if (const int month = month_of(words.at(at)); month > 0 && words.capital(at)) {
    found.value = std::string("XXXX-") + (month < 10 ? "0" : "") + std::to_string(month);
  } else if (const auto unit = unit_of(words.at(at)); unit && unit->unit != TimeUnit::weekend) {
    found.value = duration_value(count, false, unit->unit);
  } else if (!season_of(words.at(at)).empty()) {
    found.value = "XXXX-" + std::string(season_of(words.at(at)));
  } else if (!day_part_of(words.at(at)).empty()) {
    found.value = "XXXX-XX-XXT" + std::string(day_part_of(words.at(at)));
  } else {
    return std::nullopt;
  }
  found.last = at + 1;
  return found;
}

}  // namespace polybius
