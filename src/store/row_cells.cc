// Rows as cells of a sheet, and as lines of CSV.
#include "polybius/json.h"
#include "store/store.h"

namespace polybius {
namespace {

std::string names_of(const std::vector<EntityName>& names) {
  std::string out;
  for (const EntityName& name : names) out += (out.empty() ? "" : "; ") + name.name;
  return out;
}

std::string number_of(double number) {
  std::string out;
  append_json_number(out, number);
  return out;
}

std::string place_name(const std::optional<Place>& place) {
  if (!place) return {};
  return place->iso3.empty() ? place->name : place->name + " (" + place->iso3 + ")";
}

}  // namespace

std::string csv_line(const RowCells& row) {
  std::string out;
  for (std::size_t i = 0; i < row.size(); ++i) {
    if (i > 0) out += ',';
    if (row[i].find_first_of(",\"\r\n") == std::string::npos) {
      out += row[i];
      continue;
    }
    out += '"';
    for (const char byte : row[i]) out += byte == '"' ? std::string("\"\"") : std::string(1, byte);
    out += '"';
  }
  return out + "\n";
}

RowCells heading_of(const EventRow* /*kind*/) {
  return {"day",     "status",     "type",     "mode",  "actor", "recipient", "place",
          "speaker", "confidence", "document", "event", "cameo", "sentence"};
}
RowCells cells_of(const EventRow& row) {
  return {row.day,
          row.status,
          row.type,
          row.mode,
          names_of(row.actor),
          names_of(row.recipient),
          place_name(row.place),
          names_of(row.speaker),
          number_of(row.confidence),
          row.document,
          row.id,
          row.cameo,
          row.sentence};
}

RowCells heading_of(const StatementRow* /*kind*/) {
  return {"day", "kind", "speaker", "addressee", "document", "statement", "words"};
}
RowCells cells_of(const StatementRow& row) {
  return {row.day, row.kind, names_of(row.speaker), names_of(row.addressee), row.document, row.id, row.words};
}

RowCells heading_of(const PlanRow* /*kind*/) {
  return {"day", "status", "what", "parties", "place", "when", "document", "plan", "history"};
}
RowCells cells_of(const PlanRow& row) {
  std::string history;
  for (const PlanStepRow& step : row.history) {
    history += (history.empty() ? "" : " → ") + step.status;
    if (!step.time.empty()) history += " " + step.time;
  }
  return {row.day,  row.status,   row.what, names_of(row.parties), place_name(row.place),
          row.when, row.document, row.id,   std::move(history)};
}

RowCells heading_of(const EntityRow* /*kind*/) {
  return {"events", "documents", "kind", "name", "id", "cameo", "iso3", "titles"};
}
RowCells cells_of(const EntityRow& row) {
  std::string titles;
  for (const std::string& title : row.titles) titles += (titles.empty() ? "" : "; ") + title;
  std::string codes;
  for (const std::string& code : row.codes.cameo) codes += (codes.empty() ? "" : " ") + code;
  return {std::to_string(row.events),
          std::to_string(row.documents),
          row.kind,
          row.name,
          row.id,
          std::move(codes),
          row.codes.iso3,
          std::move(titles)};
}

RowCells heading_of(const DocumentRow* /*kind*/) {
  return {"published", "id", "source", "events", "statements", "plans", "title", "url"};
}
RowCells cells_of(const DocumentRow& row) {
  return {row.published,
          row.id,
          row.source,
          std::to_string(row.events),
          std::to_string(row.statements),
          std::to_string(row.plans),
          row.title,
          row.url};
}

RowCells heading_of(const TimelineRow* /*kind*/) {
  RowCells out{"period", "events", "quad_1", "quad_2", "quad_3", "quad_4"};
  for (int type = 0; type < 16; ++type) out.emplace_back(name_of(static_cast<EventType>(type)));
  return out;
}
RowCells cells_of(const TimelineRow& row) {
  RowCells out{row.period, std::to_string(row.events)};
  for (const std::size_t count : row.quads) out.push_back(std::to_string(count));
  for (const std::size_t count : row.types) out.push_back(std::to_string(count));
  return out;
}

}  // namespace polybius
