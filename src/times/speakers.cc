// Finds the statement around a time and the day that its words tell of.
#include "times/speakers.h"

#include <algorithm>

#include "times/values.h"

namespace polybius {
namespace {

bool is_quoted(const Statement& statement, Span span) {
  if (statement.kind != StatementKind::direct && statement.kind != StatementKind::mixed) return false;
  return std::any_of(statement.content.begin(), statement.content.end(),
                     [&](Span content) { return content.contains(span); });
}

bool is_day(const std::string& value) {
  return open_weekday_of(value) > 0 ||
         (value.size() >= 10 && value[0] != 'X' && first_day_of(value).has_value());
}

/// Whether a time says when the cue's act was, not some other verb's: "addressed sanctions revealed on
/// Wednesday".
bool hangs_on_cue(const Analysis& analysis, const Statement& statement, Span span) {
  int token = analysis.token_at(span.begin);
  for (int steps = 0; steps < 12 && token >= 0; ++steps) {
    const Token& word = analysis.tokens[static_cast<std::size_t>(token)];
    if (std::any_of(statement.cue.begin(), statement.cue.end(),
                    [&](Span cue) { return cue.contains(word.span); }))
      return true;
    if (word.upos == Upos::VERB) {  // one between the cue and the time has it; else the tree is taken to err
      return std::none_of(statement.cue.begin(), statement.cue.end(), [&](Span cue) {
        return cue.begin < word.span.begin && word.span.begin < span.begin;
      });
    }
    token = word.head;
  }
  return false;
}

// A day in the sentence of the cue, outside of what is quoted; if `hanging`, one that the cue itself bears.
std::optional<SpeakersDay> day_at_cue(const Statement& statement, const Analysis& analysis,
                                      const std::vector<Time>& times, bool hanging) {
  if (is_day(statement.time)) {
    for (const Time& time : times) {
      if (time.value == statement.time) return SpeakersDay{time.value, time.span.begin};
    }
    return SpeakersDay{statement.time, std::nullopt};
  }
  for (const Span cue : statement.cue) {
    const std::uint32_t sentence = analysis.sentence_at(cue.begin);
    for (const Time& time : times) {
      if (analysis.sentence_at(time.span.begin) != sentence || is_quoted(statement, time.span) ||
          !is_day(time.value) || (hanging && !hangs_on_cue(analysis, statement, time.span)))
        continue;
      return SpeakersDay{time.value.substr(0, 10), time.span.begin};
    }
  }
  return std::nullopt;
}

bool same_speaker(const Statement& a, const Statement& b) {
  return a.speaker && b.speaker && !a.speaker->entity.empty() && a.speaker->entity == b.speaker->entity;
}

}  // namespace

std::optional<SpeakersDay> speakers_day_at(Span span, const Analysis& analysis,
                                           std::span<const Statement> statements,
                                           const std::vector<Time>& times) {
  const auto around = std::find_if(statements.begin(), statements.end(),
                                   [&](const Statement& statement) { return is_quoted(statement, span); });
  if (around == statements.end()) return std::nullopt;
  if (auto day = day_at_cue(*around, analysis, times, false)) return day;
  for (auto earlier = around; earlier != statements.begin();) {
    --earlier;
    if (!same_speaker(*earlier, *around)) continue;
    if (auto day = day_at_cue(*earlier, analysis, times, true)) return day;
  }
  return std::nullopt;
}

}  // namespace polybius
