// Ids across the fields, nothing else.
#include "coder/link.h"

#include <algorithm>

namespace polybius {
namespace {

bool holds(const Statement& statement, Span span) {
  return std::any_of(statement.content.begin(), statement.content.end(),
                     [&](Span content) { return content.contains(span); });
}

void link_events(Record& record) {
  for (Statement& statement : record.statements) {
    statement.events.clear();
    for (const Event& event : record.events) {
      if (event.said_by == statement.id) statement.events.push_back(event.id);
    }
  }
}

// A statement is dated by a time in its sentence that stands outside of every content: "..., he said on
// Thursday".
void date_statements(Record& record) {
  for (Statement& statement : record.statements) {
    if (!statement.time.empty() || statement.cue.empty()) continue;
    const auto sentence = std::find_if(record.sentences.begin(), record.sentences.end(),
                                       [&](Span span) { return span.contains(statement.cue.front()); });
    if (sentence == record.sentences.end()) continue;
    for (const Time& time : record.times) {
      const bool dated = time.type == TimeType::DATE || time.type == TimeType::TIME;
      if (dated && sentence->contains(time.span) && !holds(statement, time.span) &&
          !time.value.ends_with("_REF")) {
        statement.time = time.value;
        break;
      }
    }
  }
}

void warn_of_the_whole(Record& record) {
  if (record.entities.empty() && record.events.empty() && record.statements.empty()) {
    record.warnings.push_back({"nothing_found", false, 0, 0, "no entity, statement or event found"});
  }
}

}  // namespace

void link(Record& record) {
  link_events(record);
  date_statements(record);
  warn_of_the_whole(record);
}

}  // namespace polybius
