// Marks the words of a text that are entities, times and events.
#include "plans/marks.h"

#include <algorithm>

#include "plans/ahead.h"

namespace polybius {
namespace {

bool is_dated(const Time& time) {
  return (time.type == TimeType::DATE || time.type == TimeType::TIME) && !time.value.empty();
}

std::uint32_t head_within(const Analysis& analysis, Span span, std::uint32_t token) {
  while (analysis.tokens[token].head >= 0 && span.contains(analysis.tokens[analysis.tokens[token].head].span))
    token = static_cast<std::uint32_t>(analysis.tokens[token].head);
  return token;
}

void mark_entities(const PlanSource& source, Marks& marks) {
  std::vector<std::uint32_t> size(source.analysis.tokens.size(), 0);
  for (std::size_t number = 0; number < source.entities.size(); ++number) {
    for (const Mention& mention : source.entities[number].mentions) {
      const int first = source.analysis.token_at(mention.span.begin);
      if (first < 0) continue;
      const std::uint32_t head =
          head_within(source.analysis, mention.span, static_cast<std::uint32_t>(first));
      if (mention.span.size() <= size[head]) continue;
      size[head] = mention.span.size();
      marks.entity[head] = static_cast<int>(number);
    }
  }
}

void mark_events(const PlanSource& source, Marks& marks) {
  const auto& tokens = source.analysis.tokens;
  for (std::size_t number = 0; number < source.events.size(); ++number) {
    for (const Span& trigger : source.events[number].trigger) {
      const int first = source.analysis.token_at(trigger.begin);
      for (auto token = static_cast<std::uint32_t>(std::max(first, 0));
           token < tokens.size() && tokens[token].span.begin < trigger.end; ++token) {
        const Upos upos = tokens[token].upos;
        const int above = tokens[token].head;
        const bool inner = above >= 0 && std::any_of(source.events[number].trigger.begin(),
                                                     source.events[number].trigger.end(), [&](Span part) {
                                                       return part.contains(tokens[above].span);
                                                     });
        if (inner) continue;
        if (upos == Upos::NOUN || upos == Upos::VERB || upos == Upos::PROPN)
          marks.event[token] = static_cast<int>(number);
      }
    }
  }
}

/// The verb whose day a time expression gives, climbing over nouns; -1 if there is none.
int verb_of_time(const Analysis& analysis, std::uint32_t token) {
  int current = analysis.tokens[token].head;
  for (int steps = 0; current >= 0 && steps < 6; ++steps) {
    if (analysis.tokens[current].upos == Upos::VERB) return current;
    current = analysis.tokens[current].head;
  }
  return -1;
}

void mark_times(const PlanSource& source, Marks& marks) {
  const Analysis& analysis = source.analysis;
  for (std::size_t number = 0; number < source.times.size(); ++number) {
    const Time& time = source.times[number];
    const int first = analysis.token_at(time.span.begin);
    if (first < 0 || !is_dated(time)) continue;
    const std::uint32_t head = head_within(analysis, time.span, static_cast<std::uint32_t>(first));
    marks.time[head] = static_cast<int>(number);
    const int verb = verb_of_time(analysis, head);
    if (verb < 0 || marker_of(analysis, head) == "for") continue;
    const bool past = is_told_as_past(analysis, static_cast<std::uint32_t>(verb));
    const bool full = Date::from_iso(time.value).has_value() ||
                      (time.value.starts_with("XXXX-W") && time.value.size() == 10);
    if (past && full && analysis.child(static_cast<std::uint32_t>(verb), "mark") < 0)
      marks.report_day = std::max(marks.report_day, time.value.substr(0, 10));
  }
}

}  // namespace

Marks marks_of(const PlanSource& source) {
  const std::size_t size = source.analysis.tokens.size();
  Marks marks{std::vector<int>(size, -1), std::vector<int>(size, -1), std::vector<int>(size, -1), {}};
  if (size == 0) return marks;
  mark_entities(source, marks);
  mark_events(source, marks);
  mark_times(source, marks);
  return marks;
}

}  // namespace polybius
