// What persons say of the machine's work: kept apart from it and laid over it when it is shown.
#include "store/corrections.h"

#include <algorithm>
#include <array>

#include "store/parts.h"
#include "store/prepare.h"

namespace polybius {
namespace {

constexpr std::string_view kWrongEvent = "wrong_event";
constexpr std::string_view kMerge = "merge_entities";
constexpr std::string_view kSplit = "split_entity";

std::vector<std::string> cut_words(std::string_view text) {
  std::vector<std::string> words;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(' '), text.size());
    if (end > 0) words.emplace_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return words;
}

/// "CONSULT 102-110" read again.
struct EventPlace {
  std::string type;
  std::vector<std::string> spans;
};
EventPlace read_event_place(const std::string& detail) {
  EventPlace place;
  place.spans = cut_words(detail);
  if (place.spans.empty()) return place;
  place.type = place.spans.front();
  place.spans.erase(place.spans.begin());
  return place;
}

std::optional<StoredEntity> entity_of_key(SqlConnection& sql, const std::string& key) {
  std::optional<StoredEntity> found;
  sql.query("SELECT name,wikidata,iso3,cameo,sector,geonames FROM entities WHERE key=$1",
            std::array<Cell, 1>{key}, [&](const SqlRow& row) {
              found.emplace();
              found->name = row.text(0);
              found->codes = {cut_words(row.text(3)), std::string(row.text(4)), std::string(row.text(2)),
                              std::string(row.text(1)), std::string(row.text(5))};
            });
  return found;
}

Error no_such(const std::string& what) {
  return Error{"E-STO-21", "", "there is no " + what, "take ids from polybius query"};
}

void add_warning(Record& record, std::string message) {
  Warning warning;
  warning.code = "corrected";
  warning.message = std::move(message);
  record.warnings.push_back(std::move(warning));
}

std::string said_by(const Correction& correction) {
  return correction.by.empty() ? "a person" : correction.by;
}

}  // namespace

std::string split_key(const std::string& document, const std::string& key) {
  return key + "@" + document;
}

Corrections Corrections::read(SqlConnection& sql) {
  Corrections out;
  sql.query(
      "SELECT number,kind,document,subject,object,made_by,made_at,note,detail FROM corrections ORDER BY "
      "number",
      {}, [&](const SqlRow& row) {
        const auto text = [&](int column) { return std::string(row.text(column)); };
        out.all_.push_back(
            {row.integer(0), text(1), text(2), text(3), text(4), text(5), text(6), text(7), text(8)});
      });
  for (const Correction& correction : out.all_) {
    if (correction.kind == kSplit) {
      out.splits_[{correction.document, correction.subject}] = correction.object;
    } else if (correction.kind == kMerge) {
      out.merges_[correction.subject] = correction.object;
      const auto target = entity_of_key(sql, correction.object);
      if (target) out.targets_[correction.object] = *target;
    }
  }
  return out;
}

std::string Corrections::key_of(const std::string& document, const std::string& key) const {
  if (splits_.contains({document, key})) return split_key(document, key);
  std::string out = key;
  for (std::size_t steps = 0; steps <= merges_.size();
       ++steps) {  // a circle ends somewhere, the same for all
    const auto next = merges_.find(out);
    if (next == merges_.end()) break;
    out = next->second;
  }
  return out;
}

std::vector<const Correction*> Corrections::wrong_events_of(const std::string& document) const {
  std::vector<const Correction*> found;
  for (const Correction& correction : all_) {
    if (correction.kind == kWrongEvent && correction.document == document) found.push_back(&correction);
  }
  return found;
}

std::set<std::string> Corrections::documents() const {
  std::set<std::string> ids;
  for (const Correction& correction : all_) {
    if (!correction.document.empty()) ids.insert(correction.document);
  }
  return ids;
}

void Corrections::apply(Record& record) const {
  if (all_.empty()) return;
  apply_to_events(record);
  apply_to_entities(record);
}

void Corrections::apply_to_events(Record& record) const {
  std::set<std::size_t> wrong;
  for (const Correction* correction : wrong_events_of(record.id)) {
    const auto event = corrected_event(record, *correction);
    if (!event || !wrong.insert(*event).second) continue;
    add_warning(record, "the event " + record.events[*event].id + " was taken out: wrong, says " +
                            said_by(*correction));
  }
  for (auto index = wrong.rbegin(); index != wrong.rend(); ++index) {
    const std::string id = record.events[*index].id;
    record.events.erase(record.events.begin() + static_cast<std::ptrdiff_t>(*index));
    for (Statement& statement : record.statements) std::erase(statement.events, id);
  }
}

void Corrections::apply_to_entities(Record& record) const {
  for (Entity& entity : record.entities) {
    const std::string key = entity_key(entity);
    const auto split = splits_.find({record.id, key});
    if (split != splits_.end()) {
      add_warning(record, "the entity " + entity.id + " is not " + entity.name + " but " + split->second +
                              ", says a person");
      entity.name = split->second;
      entity.codes.wikidata.clear();
      entity.codes.geonames.clear();
      continue;
    }
    const std::string merged = key_of(record.id, key);
    const auto target = targets_.find(merged);
    if (merged == key || target == targets_.end()) continue;
    add_warning(record, "the entity " + entity.id + " (" + entity.name + ") is " + target->second.name +
                            ", says a person");
    entity.name = target->second.name;
    entity.codes = target->second.codes;
  }
}

std::optional<std::size_t> corrected_event(const Record& record, const Correction& correction) {
  const EventPlace place = read_event_place(correction.detail);
  std::optional<std::size_t> near;
  for (std::size_t i = 0; i < record.events.size(); ++i) {
    const Event& event = record.events[i];
    if (name_of(event.type) != place.type) continue;
    const EventPlace here = read_event_place(event_place(event));
    if (here.spans == place.spans) return i;
    const bool shares = std::any_of(here.spans.begin(), here.spans.end(), [&](const std::string& span) {
      return std::find(place.spans.begin(), place.spans.end(), span) != place.spans.end();
    });
    if (shares && !near) near = i;
  }
  return near;
}

std::optional<Record> Store::record(const std::string& id, bool corrected) {
  const auto json = stored_json(*parts_->sql, id);
  if (!json) return std::nullopt;
  Record record = from_json(*json).value();
  if (corrected) Corrections::read(*parts_->sql).apply(record);
  return record;
}

void Store::each_record(bool corrected, const std::function<bool(Record&&)>& take) {
  SqlConnection& sql = *parts_->sql;
  const Corrections corrections = corrected ? Corrections::read(sql) : Corrections();
  std::vector<std::string> ids;
  sql.query("SELECT id FROM documents ORDER BY published,id", {},
            [&](const SqlRow& row) { ids.emplace_back(row.text(0)); });
  for (const std::string& id : ids) {
    const auto json = stored_json(sql, id);
    if (!json) continue;  // deleted meanwhile
    Record record = from_json(*json).value();
    corrections.apply(record);
    if (!take(std::move(record))) return;
  }
}

Result<std::int64_t> Store::correct(const Correction& correction) {
  SqlConnection& sql = *parts_->sql;
  Correction made = correction;
  if (made.kind == kWrongEvent) {
    const auto record = this->record(made.document, false);
    if (!record) return no_such("document \"" + made.document + "\"");
    const auto event = std::find_if(record->events.begin(), record->events.end(),
                                    [&](const Event& candidate) { return candidate.id == made.subject; });
    if (event == record->events.end()) return no_such("event \"" + made.subject + "\" in " + made.document);
    made.detail = event_place(*event);
  } else if (made.kind == kMerge || made.kind == kSplit) {
    if (!entity_of_key(sql, made.subject)) return no_such("entity \"" + made.subject + "\"");
    if (made.kind == kMerge && !entity_of_key(sql, made.object))
      return no_such("entity \"" + made.object + "\"");
    if (made.kind == kSplit && !identity_of(sql, made.document))
      return no_such("document \"" + made.document + "\"");
    if (made.object.empty()) return no_such("name for the entity that is split off");
  } else {
    return Error{"E-STO-20", "", "a correction of the unknown kind \"" + made.kind + "\"",
                 "use wrong_event, merge_entities or split_entity"};
  }
  Transaction transaction(sql, true);
  sql.query("SELECT COALESCE(MAX(number),0)+1 FROM corrections", {},
            [&](const SqlRow& row) { made.number = row.integer(0); });
  sql.insert({"corrections", "number,kind,document,subject,object,detail,made_by,made_at,note", 9},
             std::array<Cell, 9>{made.number, made.kind, made.document, made.subject, made.object,
                                 made.detail, made.by, made.at, made.note});
  raise_revision(sql);
  transaction.commit();
  return made.number;
}

bool Store::undo_correction(std::int64_t number) {
  Transaction transaction(*parts_->sql, true);
  const std::size_t gone =
      parts_->sql->run("DELETE FROM corrections WHERE number=$1", std::array<Cell, 1>{number});
  raise_revision(*parts_->sql);
  transaction.commit();
  return gone > 0;
}

std::vector<Correction> Store::corrections() {
  return Corrections::read(*parts_->sql).all();
}

}  // namespace polybius
