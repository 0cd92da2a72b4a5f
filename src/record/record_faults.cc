// What the schema cannot say of a record: ids that are unique and lead somewhere, offsets inside the text,
// lists in text order.
#include <algorithm>
#include <set>
#include <string>

#include "polybius/record.h"
#include "text/text.h"

namespace polybius {
namespace {

std::uint32_t code_points_in(std::string_view utf8) {
  std::uint32_t count = 0;
  for (const char byte : utf8) count += (static_cast<unsigned char>(byte) & 0xC0U) != 0x80U;
  return count;
}

struct FaultFinder {
  explicit FaultFinder(const Record& checked) : record(checked), length(code_points_in(checked.text)) {}

  void add(const std::string& where, std::string_view what) {
    faults.push_back(where + ": " + std::string(what));
  }

  void check_span(const std::string& where, Span span) {
    if (span.begin >= span.end) add(where, "is empty");
    if (span.end > length) add(where, "ends after the text");
  }

  void check_spans(const std::string& where, const std::vector<Span>& spans) {
    for (std::size_t i = 0; i < spans.size(); ++i) {
      check_span(where, spans[i]);
      if (i > 0 && spans[i].begin < spans[i - 1].end) add(where, "is not in text order");
    }
  }

  void check_id(const std::string& where, const std::string& id) {
    if (id.empty()) add(where, "has no id");
    if (!ids.insert(id).second) add(where, "has the id of another thing");
  }

  void check_link(const std::string& where, const std::string& id, const std::set<std::string>& known) {
    if (!id.empty() && !known.contains(id)) add(where, "leads to \"" + id + "\", which is not there");
  }

  void check_links(const std::string& where, const std::vector<std::string>& links,
                   const std::set<std::string>& known) {
    for (const std::string& id : links) {
      if (id.empty()) add(where, "holds an empty id");
      check_link(where, id, known);
    }
  }

  void collect_ids();
  void check_entities();
  void check_times();
  void check_statements();
  void check_statement(const Statement& statement);
  void check_nesting(const Statement& statement);
  void check_events();
  void check_plans();
  void check_rest();

  const Record& record;
  std::uint32_t length;
  std::set<std::string> ids, entities, statements, events, plans;
  std::vector<std::string> faults;
};

void FaultFinder::collect_ids() {
  for (const Entity& entity : record.entities) {
    check_id("entity " + entity.id, entity.id);
    entities.insert(entity.id);
  }
  for (const Statement& statement : record.statements) {
    check_id("statement " + statement.id, statement.id);
    statements.insert(statement.id);
  }
  for (const Event& event : record.events) {
    check_id("event " + event.id, event.id);
    events.insert(event.id);
  }
  for (const Plan& plan : record.plans) {
    check_id("plan " + plan.id, plan.id);
    plans.insert(plan.id);
  }
}

void FaultFinder::check_entities() {
  std::uint32_t last = 0;
  for (const Entity& entity : record.entities) {
    const std::string where = "entity " + entity.id;
    if (entity.mentions.empty()) {
      add(where, "is mentioned nowhere");
      continue;
    }
    Span before;
    for (const Mention& mention : entity.mentions) {
      check_span(where + " mention", mention.span);
      if (mention.span < before) add(where + " mention", "is not in text order");
      before = mention.span;
    }
    if (entity.mentions.front().span.begin < last) add(where, "is not in text order");
    last = entity.mentions.front().span.begin;
  }
}

void FaultFinder::check_times() {
  Span before;
  for (const Time& time : record.times) {
    const std::string where = "time " + time.value;
    check_span(where, time.span);
    if (time.span < before) add(where, "is not in text order");
    before = time.span;
    if (!time.anchor) continue;
    const auto begins_there = [&](const Time& other) { return other.span.begin == *time.anchor; };
    if (std::none_of(record.times.begin(), record.times.end(), begins_there))
      add(where, "is anchored where no time begins");
  }
}

void FaultFinder::check_statement(const Statement& statement) {
  const std::string where = "statement " + statement.id;
  if (statement.content.empty()) add(where, "has no content");
  check_spans(where + " content", statement.content);
  check_spans(where + " cue", statement.cue);
  check_link(where + " addressee", statement.addressee, entities);
  check_links(where + " events", statement.events, events);
  check_nesting(statement);
  if (!statement.speaker) return;
  check_link(where + " speaker", statement.speaker->entity, entities);
  check_links(where + " speaker", statement.speaker->also, entities);
  if (statement.speaker->span) check_span(where + " speaker", *statement.speaker->span);
}

void FaultFinder::check_nesting(const Statement& statement) {
  const std::string where = "statement " + statement.id;
  check_link(where + " within", statement.within, statements);
  const Statement* inner = &statement;
  for (std::size_t steps = 0; !inner->within.empty(); ++steps) {
    const auto outer = std::find_if(record.statements.begin(), record.statements.end(),
                                    [&](const Statement& other) { return other.id == inner->within; });
    if (outer == record.statements.end()) return;
    if (steps > record.statements.size()) return add(where, "is quoted within itself");
    inner = &*outer;
  }
}

void FaultFinder::check_statements() {
  std::uint32_t last_begin = 0;
  std::uint32_t last_content = 0;
  for (const Statement& statement : record.statements) {
    check_statement(statement);
    if (statement.content.empty()) continue;
    const std::uint32_t content = statement.content.front().begin;
    std::uint32_t begin = content;
    if (!statement.cue.empty()) begin = std::min(begin, statement.cue.front().begin);
    if (statement.speaker && statement.speaker->span) begin = std::min(begin, statement.speaker->span->begin);
    // In the order of what is said or of where its sentence begins: both are text order.
    if (content < last_content && begin < last_begin)
      add("statement " + statement.id, "is not in text order");
    last_begin = begin;
    last_content = content;
  }
}

void FaultFinder::check_events() {
  std::uint32_t last = 0;
  for (const Event& event : record.events) {
    const std::string where = "event " + event.id;
    check_spans(where + " trigger", event.trigger);
    check_links(where + " actor", event.actor, entities);
    check_links(where + " recipient", event.recipient, entities);
    check_link(where + " plan", event.plan, plans);
    check_link(where + " said_by", event.said_by, statements);
    if (event.quad < 1 || event.quad > 4) add(where + " quad", "is not 1 to 4");
    if (!(event.confidence >= 0 && event.confidence <= 1)) add(where + " confidence", "is not from 0 to 1");
    if (event.sentence >= record.sentences.size()) add(where + " sentence", "is not there");
    if (event.trigger.empty()) {
      add(where, "has no trigger");
      continue;
    }
    const std::uint32_t begin = event.trigger.front().begin;
    if (event.sentence < record.sentences.size()) {
      const Span sentence = record.sentences[event.sentence];
      if (begin < sentence.begin || begin >= sentence.end) add(where + " trigger", "is not in its sentence");
    }
    if (begin < last) add(where, "is not in text order");
    last = begin;
  }
}

void FaultFinder::check_plans() {
  for (const Plan& plan : record.plans) {
    const std::string where = "plan " + plan.id;
    check_links(where + " parties", plan.parties, entities);
    if (plan.history.empty()) add(where, "has no history");
    for (const PlanStep& step : plan.history) {
      check_span(where + " evidence", step.evidence);
      check_link(where + " said_by", step.said_by, statements);
    }
  }
}

void FaultFinder::check_rest() {
  if (!valid_utf8(record.text)) add("text", "is not UTF-8");
  check_spans("sentences", record.sentences);
  std::uint32_t last = 0;
  for (const Removed& removed : record.removed) {
    if (removed.at > length) add("removed", "stood after the text");
    if (removed.at < last) add("removed", "is not in text order");
    last = removed.at;
  }
  for (const Warning& warning : record.warnings) {
    if (warning.placed && (warning.begin > warning.end || warning.end > length))
      add("warning " + warning.code, "points outside the text");
  }
}

}  // namespace

std::vector<std::string> faults_of(const Record& record) {
  FaultFinder finder(record);
  finder.collect_ids();
  finder.check_entities();
  finder.check_times();
  finder.check_statements();
  finder.check_events();
  finder.check_plans();
  finder.check_rest();
  return std::move(finder.faults);
}

}  // namespace polybius
