// One row an event with all that the record knows of it: CSV, and the rows of Parquet; and whole records.
#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "export/formats.h"
#include "io/io.h"
#include "polybius/json.h"

namespace polybius {
namespace {

using Json = nlohmann::ordered_json;
using Texts = std::vector<std::string>;

enum class ColumnKind { text, list, number, integer };
struct FlatColumn {
  const char* name;
  ColumnKind kind;
};
constexpr std::array flat_columns{FlatColumn{"document", ColumnKind::text},
                                  FlatColumn{"event", ColumnKind::text},
                                  FlatColumn{"date", ColumnKind::text},
                                  FlatColumn{"date_end", ColumnKind::text},
                                  FlatColumn{"time", ColumnKind::text},
                                  FlatColumn{"status", ColumnKind::text},
                                  FlatColumn{"type", ColumnKind::text},
                                  FlatColumn{"mode", ColumnKind::text},
                                  FlatColumn{"contexts", ColumnKind::list},
                                  FlatColumn{"quad", ColumnKind::integer},
                                  FlatColumn{"cameo", ColumnKind::text},
                                  FlatColumn{"actor", ColumnKind::list},
                                  FlatColumn{"actor_wikidata", ColumnKind::list},
                                  FlatColumn{"actor_cameo", ColumnKind::list},
                                  FlatColumn{"actor_country", ColumnKind::list},
                                  FlatColumn{"recipient", ColumnKind::list},
                                  FlatColumn{"recipient_wikidata", ColumnKind::list},
                                  FlatColumn{"recipient_cameo", ColumnKind::list},
                                  FlatColumn{"recipient_country", ColumnKind::list},
                                  FlatColumn{"place", ColumnKind::text},
                                  FlatColumn{"place_geonames", ColumnKind::text},
                                  FlatColumn{"place_country", ColumnKind::text},
                                  FlatColumn{"lat", ColumnKind::number},
                                  FlatColumn{"lon", ColumnKind::number},
                                  FlatColumn{"said_by", ColumnKind::list},
                                  FlatColumn{"plan", ColumnKind::text},
                                  FlatColumn{"plan_status", ColumnKind::text},
                                  FlatColumn{"confidence", ColumnKind::number},
                                  FlatColumn{"begin", ColumnKind::integer},
                                  FlatColumn{"end", ColumnKind::integer},
                                  FlatColumn{"sentence", ColumnKind::text},
                                  FlatColumn{"why", ColumnKind::text},
                                  FlatColumn{"published", ColumnKind::text},
                                  FlatColumn{"source", ColumnKind::text},
                                  FlatColumn{"url", ColumnKind::text},
                                  FlatColumn{"title", ColumnKind::text},
                                  FlatColumn{"coder", ColumnKind::text}};

/// The cells of a row, each of its column's kind.
struct FlatCell {
  std::string text;
  Texts list;
  std::optional<double> number;
};

class FlatMaker {
 public:
  FlatMaker(const Record& record, bool no_text) : record_(record), entities_(record), no_text_(no_text) {}

  std::vector<FlatCell> row(const Event& event) const {
    std::vector<FlatCell> out;
    const auto text = [&](std::string value) { out.push_back({std::move(value), {}, {}}); };
    const auto list = [&](Texts values) { out.push_back({{}, std::move(values), {}}); };
    const auto number = [&](std::optional<double> value) { out.push_back({{}, {}, value}); };
    const auto days = days_of_event(record_, event);
    text(record_.id);
    text(event.id);
    text(days ? days->first.iso() : "");
    text(days ? days->last.iso() : "");
    text(event.time ? event.time->value : "");
    text(std::string(name_of(event.status)));
    text(std::string(name_of(event.type)));
    text(event.mode);
    list(event.contexts);
    number(event.quad);
    text(event.cameo);
    for (const auto* side : {&event.actor, &event.recipient}) add_side(*side, list);
    const Place place = event.place.value_or(Place{});
    text(place.name);
    text(place.geonames);
    text(place.iso3);
    number(place.lat);
    number(place.lon);
    list(speakers_of(event.said_by));
    text(event.plan);
    text(status_of_plan(event.plan));
    number(event.confidence);
    number(event.trigger.empty() ? std::nullopt : std::optional<double>(event.trigger.front().begin));
    number(event.trigger.empty() ? std::nullopt : std::optional<double>(event.trigger.back().end));
    text(no_text_ ? std::string() : words_of_event(record_, event).sentence);
    text(no_text_ ? std::string() : event.why);
    text(record_.published);
    text(site_of(record_));
    text(record_.origin.url);
    text(record_.title);
    text(record_.coder.version + " " + record_.coder.model + " " + record_.coder.lexicon);
    return out;
  }

 private:
  template <typename Add>
  void add_side(const Texts& ids, Add add) const {
    std::array<Texts, 4> columns;
    for (const Entity* entity : entities_.of(ids)) {
      columns[0].push_back(entity->name);
      columns[1].push_back(entity->codes.wikidata);
      columns[2].push_back(actor_code(*entity));
      columns[3].push_back(entity->codes.iso3.empty() && entity->role ? entity->role->country
                                                                      : entity->codes.iso3);
    }
    for (Texts& column : columns) add(std::move(column));
  }

  Texts speakers_of(const std::string& id) const {
    Texts names;
    for (const Statement& statement : record_.statements) {
      if (statement.id != id || !statement.speaker) continue;
      Texts ids = statement.speaker->also;
      ids.insert(ids.begin(), statement.speaker->entity);
      for (const Entity* entity : entities_.of(ids)) names.push_back(entity->name);
    }
    return names;
  }

  std::string status_of_plan(const std::string& id) const {
    for (const Plan& plan : record_.plans) {
      if (plan.id == id && !plan.history.empty()) return std::string(name_of(plan.history.back().status));
    }
    return {};
  }

  const Record& record_;
  EntityIndex entities_;
  bool no_text_;
};

/// A cell of CSV: RFC 4180; lists joined by `;`, which within becomes `,`.
std::string csv_cell(const FlatColumn& column, const FlatCell& cell) {
  std::string text = cell.text;
  if (cell.number) text = number_text(*cell.number);
  for (std::size_t i = 0; column.kind == ColumnKind::list && i < cell.list.size(); ++i) {
    std::string part = cell.list[i];
    std::replace(part.begin(), part.end(), ';', ',');
    text += (i > 0 ? ";" : "") + part;
  }
  if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
  std::string out = "\"";
  for (const char byte : text) out += byte == '"' ? std::string("\"\"") : std::string(1, byte);
  return out + "\"";
}

/// One line an event, the columns those of `flat_columns`.
class FlatExporter : public TableExporter {
 public:
  using TableExporter::TableExporter;
  void add(const Record& record, std::span<const std::size_t> events) override {
    heading();
    const FlatMaker maker(record, options_.no_text);
    for (const std::size_t index : events) line(text_of(maker.row(record.events[index])));
  }

 private:
  virtual std::string text_of(const std::vector<FlatCell>& row) const = 0;
};

class CsvExporter final : public FlatExporter {
 public:
  using FlatExporter::FlatExporter;

 private:
  std::string text_of(const std::vector<FlatCell>& row) const override {
    std::string text;
    for (std::size_t i = 0; i < row.size(); ++i)
      text += (i > 0 ? "," : "") + csv_cell(flat_columns[i], row[i]);
    return text;
  }
  void write_heading() override {
    std::string text;
    for (const FlatColumn& column : flat_columns)
      text += (text.empty() ? "" : ",") + std::string(column.name);
    line(text);
  }
};

class ParquetRows final : public FlatExporter {
 public:
  using FlatExporter::FlatExporter;

 private:
  std::string text_of(const std::vector<FlatCell>& row) const override {
    Json json = Json::array();
    for (std::size_t i = 0; i < row.size(); ++i) json.push_back(value_of(flat_columns[i], row[i]));
    return json.dump(-1, ' ', false, Json::error_handler_t::replace);
  }
  /// The first line: names and kinds of the columns.
  void write_heading() override {
    Json json = Json::array();
    for (const FlatColumn& column : flat_columns) {
      const char* kind = column.kind == ColumnKind::text     ? "text"
                         : column.kind == ColumnKind::list   ? "list"
                         : column.kind == ColumnKind::number ? "number"
                                                             : "integer";
      json.push_back({column.name, kind});
    }
    line(json.dump());
  }
  static Json value_of(const FlatColumn& column, const FlatCell& cell) {
    if (column.kind == ColumnKind::list) return cell.list;
    if (column.kind == ColumnKind::number) return cell.number ? Json(*cell.number) : Json();
    if (column.kind == ColumnKind::integer)
      return cell.number ? Json(static_cast<std::int64_t>(*cell.number)) : Json();
    return cell.text.empty() ? Json() : Json(cell.text);
  }
};

/// Whole records, as `polybius code` writes them.
class JsonLinesExporter final : public ExporterBase {
 public:
  using ExporterBase::ExporterBase;
  void add(const Record& record, std::span<const std::size_t> /*events*/) override {
    if (!options_.no_text || record.text.empty()) return line(to_json(record));
    Record bare = record;
    std::uint32_t points = 0;
    for (const char byte : bare.text) points += (static_cast<unsigned char>(byte) & 0xC0U) != 0x80U;
    bare.extra.emplace_back("text_sha256", "\"" + sha256_hex(bare.text) + "\"");
    bare.extra.emplace_back("text_length", std::to_string(points));
    bare.text.clear();
    for (Removed& removed : bare.removed) removed.text.clear();
    line(to_json(bare));
  }
};

}  // namespace

std::unique_ptr<Exporter> make_csv(const Lexicon& lexicon, const ExportOptions& options,
                                   Exporter::Write write) {
  return make_exporter<CsvExporter>(lexicon, options, std::move(write));
}

std::unique_ptr<Exporter> make_parquet_rows(const Lexicon& lexicon, const ExportOptions& options,
                                            Exporter::Write write) {
  return make_exporter<ParquetRows>(lexicon, options, std::move(write));
}

std::unique_ptr<Exporter> make_jsonl(const Lexicon& lexicon, const ExportOptions& options,
                                     Exporter::Write write) {
  return make_exporter<JsonLinesExporter>(lexicon, options, std::move(write));
}

std::string_view parquet_script() {
  return R"py(
import json, sys
try:
    import pyarrow as pa, pyarrow.parquet as pq
except ImportError:
    sys.exit(88)
kinds = {"text": pa.string(), "list": pa.list_(pa.string()), "number": pa.float64(), "integer": pa.int64()}
lines = iter(sys.stdin.buffer)
schema = pa.schema([(name, kinds[kind]) for name, kind in json.loads(next(lines))])
with pq.ParquetWriter(sys.argv[1], schema, compression="zstd") as writer:
    rows = []
    def flush():
        columns = list(zip(*rows)) or [[] for _ in schema]
        writer.write_table(pa.table([pa.array(column, field.type) for column, field in zip(columns, schema)], schema=schema))
        rows.clear()
    for line in lines:
        rows.append(json.loads(line))
        if len(rows) == 20000:
            flush()
    flush()
)py";
}

}  // namespace polybius
