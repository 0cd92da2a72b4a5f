// Times that point from the day of writing or from the time spoken of: "yesterday", "last week", "the
// previous month".
#include <algorithm>
#include <array>

#include "times/expression.h"

namespace polybius {
namespace {

struct Deictic {
  std::string_view word;
  int days;
  std::string_view clock;
};

constexpr std::array<Deictic, 9> kDeictics = {{{"today", 0, ""},
                                               {"yesterday", -1, ""},
                                               {"tomorrow", 1, ""},
                                               {"tonight", 0, "TNI"},
                                               {"overnight", -1, "TNI"},
                                               {"yesterday's", -1, ""},
                                               {"today's", 0, ""},
                                               {"tonite", 0, "TNI"},
                                               {"tommorow", 1, ""}}};

bool is_part(std::string_view word) {
  constexpr std::array<std::string_view, 9> kParts = {"end",  "beginning", "start",  "middle", "close",
                                                      "rest", "remainder", "outset", "turn"};
  return std::find(kParts.begin(), kParts.end(), word) != kParts.end();
}

// "early", "late", "earlier", "later", "mid-", "the end of", "the beginning of" before another expression:
// part of it.
std::uint32_t after_part_of(const Words& words, std::uint32_t i) {
  const std::string_view word = words.at(i);
  if (word == "early" || word == "late" || word == "earlier" || word == "later" || word == "mid" ||
      word == "sometime") {
    std::uint32_t at = i + 1;
    if (words.at(at) == "-" || words.at(at) == "in" || words.at(at) == "on") ++at;
    return at;
  }
  const std::uint32_t at = word == "the" ? i + 1 : i;
  return is_part(words.at(at)) && words.at(at + 1) == "of" ? at + 2 : i;
}

FoundTime match_deictic(const Words& words, std::uint32_t i) {
  for (const Deictic& deictic : kDeictics) {
    if (words.at(i) != deictic.word) continue;
    TimeExpression found;
    found.first = i;
    found.last = i + 1;
    found.base = TimeBase::published;
    found.count = deictic.days;
    found.clock = deictic.clock;
    const std::string_view part = day_part_of(words.at(i + 1));
    if (!part.empty() && found.clock.empty()) {
      found.clock = "T" + std::string(part);
      ++found.last;
    }
    if (!found.clock.empty()) found.type = TimeType::TIME;
    return found;
  }
  // "the day before yesterday", "the day after tomorrow"
  const std::uint32_t at = words.at(i) == "the" ? i + 1 : i;
  if (words.at(at) != "day") return std::nullopt;
  const bool back = words.at(at + 1) == "before" && words.at(at + 2) == "yesterday";
  const bool forth = words.at(at + 1) == "after" && words.at(at + 2) == "tomorrow";
  if (!back && !forth) return std::nullopt;
  TimeExpression found;
  found.first = i;
  found.last = at + 3;
  found.base = TimeBase::published;
  found.count = back ? -2 : 2;
  return found;
}

// What "last", "this", "next" or "the previous" point at.
FoundTime pointed_noun(const Words& words, std::uint32_t i, std::uint32_t at, int count, TimeBase base) {
  TimeExpression found;
  found.first = i;
  found.last = at + 1;
  found.base = base;
  found.count = count;
  found.pointed = true;
  const std::string_view noun = words.at(at);
  if (noun == "fiscal" && words.at(at + 1) == "year") {
    found.last = at + 2;
    found.unit = TimeUnit::year;
    return found;
  }
  if (noun == "night" || noun == "evening" || noun == "morning" || noun == "afternoon") {
    if (base == TimeBase::published && count > 0) return std::nullopt;
    found.type = TimeType::TIME;
    found.clock = "T" + std::string(day_part_of(noun));
    return found;
  }
  if (const auto unit = unit_of(noun); unit && !unit->plural && unit->unit >= TimeUnit::day) {
    if (unit->unit == TimeUnit::day && base == TimeBase::published && noun != "night") return std::nullopt;
    found.unit = unit->unit;
    return found;
  }
  if (const int month = month_of(noun); month > 0 && words.capital(at) && base == TimeBase::published) {
    const int day = digits_of_word(words.at(at + 1));
    found.base = TimeBase::month;
    found.month = month;
    if (day >= 1 && day <= 31 && !unit_of(words.at(at + 2))) {
      found.day = day;
      found.last = at + 2;
    }
    return found;
  }
  if (!season_of(noun).empty() && base == TimeBase::published) {
    found.base = TimeBase::season;
    found.season = season_of(noun);
    return found;
  }
  return std::nullopt;
}

struct Pointer {
  std::string_view word;
  bool the;  ///< "the" stands before it
  int count;
  TimeBase base;
};

constexpr std::array<Pointer, 16> kPointers = {{{"last", false, -1, TimeBase::published},
                                                {"this", false, 0, TimeBase::published},
                                                {"next", false, 1, TimeBase::published},
                                                {"coming", false, 1, TimeBase::published},
                                                {"that", false, 0, TimeBase::reference},
                                                {"previous", true, -1, TimeBase::reference},
                                                {"preceding", true, -1, TimeBase::reference},
                                                {"prior", true, -1, TimeBase::reference},
                                                {"following", true, 1, TimeBase::reference},
                                                {"next", true, 1, TimeBase::published},
                                                {"coming", true, 1, TimeBase::published},
                                                {"past", true, -1, TimeBase::published},
                                                {"last", true, -1, TimeBase::published},
                                                {"same", true, 0, TimeBase::reference},
                                                {"current", true, 0, TimeBase::published},
                                                {"latest", true, 0, TimeBase::reference}}};

FoundTime match_pointed(const Words& words, std::uint32_t i) {
  const bool the = words.at(i) == "the";
  const std::uint32_t at = the ? i + 1 : i;
  for (const Pointer& pointer : kPointers) {
    if (words.at(at) != pointer.word || the != pointer.the) continue;
    std::uint32_t noun = at + 1;
    int count = pointer.count;
    TimeBase base = pointer.base;
    if (words.at(noun) == "past") {  // "this past spring"
      ++noun;
      count = count == 0 ? -1 : count;
    }
    const bool of_day = words.at(noun) == "day" || words.at(noun) == "morning";
    if (pointer.word == "next" && the && of_day) base = TimeBase::reference;
    if (pointer.word == "latest" && words.at(noun) != "quarter" && words.at(noun) != "period")
      return std::nullopt;
    if (pointer.word == "that" && !of_day && words.at(noun) != "night" && !unit_of(words.at(noun)))
      return std::nullopt;
    FoundTime found = pointed_noun(words, i, noun, count, base);
    if (pointer.word != "latest") return found;
    found = TimeExpression{};
    found->first = i;
    found->last = noun + 1;
    found->base = base;
    found->unit = TimeUnit::quarter;
    return found;
  }
  return std::nullopt;
}

// "the day before", "the week after" with nothing behind; "the weekend", "the quarter"
FoundTime match_the_unit(const Words& words, std::uint32_t i) {
  const auto unit = words.at(i) == "the" ? unit_of(words.at(i + 1)) : std::nullopt;
  if (!unit || unit->plural) return std::nullopt;
  const std::string_view after = words.at(i + 2);
  const std::string_view behind = words.at(i + 3);
  const bool ends = behind.empty() || behind == "." || behind == "," || behind == ";" || behind == "'s";
  if ((after == "before" || after == "after" || after == "earlier") && ends) {
    FoundTime found = pointed_noun(words, i, i + 1, after == "after" ? 1 : -1, TimeBase::reference);
    if (found) ++found->last;
    return found;
  }
  if (after == "ended" || after == "ending") {  // "for the year ended March 31": a span
    TimeExpression found;
    found.first = i;
    found.last = i + 2;
    found.type = TimeType::DURATION;
    found.value = duration_value(1, false, unit->unit);
    if (unit->unit != TimeUnit::quarter) return found;
  }
  // "the end of the year", "earlier in the week"
  const bool part = words.at(i - 1) == "of" && is_part(words.at(i - 2));
  const bool within = words.at(i - 1) == "in" && (words.at(i - 2) == "earlier" || words.at(i - 2) == "later");
  if ((part || within) && unit->unit >= TimeUnit::day) {
    TimeExpression found;
    found.first = i;
    found.last = i + 2;
    found.base = TimeBase::published;
    found.unit = unit->unit;
    return found;
  }
  if (unit->unit == TimeUnit::weekend) return pointed_noun(words, i, i + 1, 0, TimeBase::published);
  if (unit->unit == TimeUnit::quarter) return pointed_noun(words, i, i + 1, 0, TimeBase::reference);
  return std::nullopt;
}

// "the week of March 6": the week that holds the day.
FoundTime match_week_of(const Words& words, std::uint32_t i) {
  const std::uint32_t at = words.at(i) == "the" ? i + 1 : i;
  if (words.at(at) != "week" || (words.at(at + 1) != "of" && words.at(at + 1) != "ending"))
    return std::nullopt;
  FoundTime day = match_calendar(words, at + 2);
  if (!day || day->day == 0) return std::nullopt;
  day->first = i;
  day->unit = TimeUnit::week;
  return day;
}

// "last year's third quarter", "next year's first quarter"
FoundTime match_years_quarter(const Words& words, std::uint32_t i) {
  const std::string_view pointer = words.at(i);
  if ((pointer != "last" && pointer != "this" && pointer != "next") || words.at(i + 1) != "year" ||
      words.at(i + 2) != "'s")
    return std::nullopt;
  FoundTime quarter = match_calendar(words, i + 3);
  if (!quarter || quarter->base != TimeBase::quarter) return std::nullopt;
  quarter->first = i;
  quarter->pointed = true;
  quarter->count = pointer == "last" ? -1 : pointer == "this" ? 0 : 1;
  return quarter;
}

FoundTime match_year_end(const Words& words, std::uint32_t i) {
  const std::uint32_t at = words.at(i) == "the" ? i + 1 : i;
  if (words.at(at) != "year") return std::nullopt;
  const std::uint32_t end = words.at(at + 1) == "-" ? at + 2 : at + 1;
  if (words.at(end) != "end" || (end == at + 1 && words.at(i - 1) == "the")) return std::nullopt;
  TimeExpression found;
  found.first = i;
  found.last = end + 1;
  found.base = TimeBase::published;
  found.unit = TimeUnit::year;
  return found;
}

}  // namespace

FoundTime match_relative(const Words& words, std::uint32_t i) {
  FoundTime best;
  for (const auto matcher :
       {match_deictic, match_pointed, match_the_unit, match_week_of, match_years_quarter, match_year_end}) {
    FoundTime found = matcher(words, i);
    if (found && (!best || found->last > best->last)) best = std::move(found);
  }
  return best;
}

FoundTime match_time(const Words& words, std::uint32_t i) {
  FoundTime best;
  const auto consider = [&](FoundTime found) {
    if (found && (!best || found->last > best->last)) best = std::move(found);
  };
  for (const auto matcher :
       {match_weekday, match_clock, match_relative, match_calendar, match_duration, match_set}) {
    consider(matcher(words, i));
  }
  const std::uint32_t inner = after_part_of(words, i);
  if (inner == i || best) return best;
  for (const auto matcher : {match_weekday, match_relative, match_calendar}) {
    FoundTime found = matcher(words, inner);
    if (!found) continue;
    found->first = i;
    consider(std::move(found));
  }
  return best;
}

}  // namespace polybius
