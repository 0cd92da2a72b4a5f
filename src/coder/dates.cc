// News is told in the simple past: what bears no day is of the day that the text is about.
#include "coder/dates.h"

#include <algorithm>

#include "polybius/date.h"

namespace polybius {
namespace {

constexpr long news_days = 3;          // days before the document's date that may be the day of its news
constexpr std::uint32_t lead = 4;      // sentences in which the text names it
constexpr std::uint32_t in_sight = 6;  // sentences after which what a speaker said is of another day

bool is_finite_past(const Analysis& analysis, std::uint32_t verb) {
  const Token& word = analysis.tokens[verb];
  if (word.upos != Upos::VERB) return false;
  bool past = word.is("Tense=Past") && word.is("VerbForm=Fin");
  for (const std::uint32_t child : analysis.children[verb]) {
    const Token& below = analysis.tokens[child];
    if (!below.depends_as("aux")) continue;
    if (below.lower == "had" || below.upos != Upos::AUX) return false;
    past = past || below.lower == "was" || below.lower == "were" || below.lower == "has" ||
           below.lower == "have";
  }
  return past;
}

/// Whether the verb tells what the text reports: the root, what is joined to it, or what somebody said.
bool is_told(const Analysis& analysis, std::uint32_t verb) {
  for (std::uint32_t at = verb; analysis.tokens[at].head >= 0;
       at = static_cast<std::uint32_t>(analysis.tokens[at].head)) {
    const Token& word = analysis.tokens[at];
    const bool joined = word.depends_as("conj") || word.depends_as("ccomp") || word.depends_as("parataxis");
    if (!joined || word.deprel == "conj:relcl") return false;
  }
  return true;
}

/// The verb of a trigger, if it tells news; -1 if not.
int news_verb(const Analysis& analysis, Span trigger) {
  const int token = analysis.token_at(trigger.begin);
  if (token < 0) return -1;
  const auto verb = static_cast<std::uint32_t>(token);
  return is_finite_past(analysis, verb) && is_told(analysis, verb) ? token : -1;
}

std::uint32_t sentence_of(const Analysis& analysis, Span span) {
  const int token = analysis.token_at(span.begin);
  return token < 0 ? 0 : analysis.tokens[static_cast<std::size_t>(token)].sentence;
}

/// A day of the last few before the document, or of an undated text a weekday.
bool is_news_day(const std::string& value, const std::optional<Date>& published) {
  if (!published) return value.starts_with("XXXX-WXX-") && value.size() == 10;
  const auto day = Date::from_iso(value.substr(0, 10));
  return day && day->days() <= published->days() && day->days() >= published->days() - news_days;
}

/// The day that the first sentences name for something told as news; empty if none.
std::string news_day(const Record& record, const Analysis& analysis, const std::optional<Date>& published) {
  for (const Time& time : record.times) {
    const int token = analysis.token_at(time.span.begin);
    if (token < 0 || !is_news_day(time.value, published)) continue;
    std::uint32_t at = static_cast<std::uint32_t>(token);
    if (analysis.tokens[at].sentence >= lead) break;
    while (analysis.tokens[at].head >= 0 && analysis.tokens[at].upos != Upos::VERB)
      at = static_cast<std::uint32_t>(analysis.tokens[at].head);
    if (is_finite_past(analysis, at) && is_told(analysis, at)) return time.value.substr(0, 10);
  }
  return {};
}

void date_events(Record& record, const Analysis& analysis, const EventTime& day) {
  for (Event& event : record.events) {
    if (event.time || !event.said_by.empty() || event.trigger.empty()) continue;
    if (event.status != Status::occurred && event.status != Status::ongoing) continue;
    const bool told = std::any_of(event.trigger.begin(), event.trigger.end(),
                                  [&](Span trigger) { return news_verb(analysis, trigger) >= 0; });
    if (told) event.time = day;
  }
}

/// The day on which the speaker was heard last, if that is near.
std::string day_of_speaker(const Record& record, const Analysis& analysis, std::size_t number) {
  const Statement& statement = record.statements[number];
  if (!statement.speaker || statement.speaker->entity.empty()) return {};
  const std::uint32_t here = sentence_of(analysis, statement.cue.front());
  for (std::size_t before = number; before-- > 0;) {
    const Statement& other = record.statements[before];
    if (other.time.empty() || !other.speaker || other.cue.empty()) continue;
    if (other.speaker->entity != statement.speaker->entity) continue;
    return sentence_of(analysis, other.cue.front()) + in_sight >= here ? other.time : std::string{};
  }
  return {};
}

void date_statements(Record& record, const Analysis& analysis, const std::string& day) {
  for (std::size_t number = 0; number < record.statements.size(); ++number) {
    Statement& statement = record.statements[number];
    if (!statement.time.empty() || statement.cue.empty() || !statement.within.empty()) continue;
    const int cue = analysis.token_at(statement.cue.front().begin);
    if (cue < 0 || !is_finite_past(analysis, static_cast<std::uint32_t>(cue))) continue;
    statement.time = day_of_speaker(record, analysis, number);
    if (statement.time.empty()) statement.time = day;
  }
}

}  // namespace

void date_by_neighbours(Record& record, const Analysis& analysis) {
  const auto published = Date::from_iso(record.published);
  const std::string named = news_day(record, analysis, published);
  EventTime day{named, "neighbours"};
  if (named.empty() && published) day = EventTime{published->iso(), "document"};
  if (day.value.empty()) return;
  date_events(record, analysis, day);
  date_statements(record, analysis, day.value);
}

}  // namespace polybius
