// Rows of a list as CSV or JSON Lines, or events in the formats of others.
#include "server/exports.h"

#include <array>

#include "export/export.h"
#include "server/streamed_body.h"

namespace polybius {
namespace {

constexpr std::size_t rows_at_once = 1000;
constexpr std::array<std::string_view, 6> kinds{"events",   "statements", "plans",
                                                "entities", "documents",  "timeline"};
constexpr std::array<std::string_view, 8> formats{"csv",   "jsonl", "plover",  "cameo",
                                                  "gdelt", "icews", "polecat", "records"};
constexpr std::array<std::string_view, 4> periods{"month", "day", "week", "year"};

struct ExportQuestion {
  std::string what, format, period;
  Filter filter;
  Page page;
};

ListKind kind_of(const std::string& what) {
  if (what == "statements") return ListKind::statements;
  if (what == "plans") return ListKind::plans;
  if (what == "entities") return ListKind::entities;
  return what == "documents" ? ListKind::documents : ListKind::events;
}

Result<ExportQuestion> read_question(const RequestTarget& target) {
  Parameters parameters(target);
  ExportQuestion question;
  question.what = parameters.choice("what", kinds);
  question.format = parameters.choice("format", formats);
  const ListKind kind = kind_of(question.what);
  question.filter = read_filter(parameters, kind);
  const bool rows = question.format == "csv" || question.format == "jsonl";
  if (question.what == "timeline") {
    question.period = parameters.choice("period", periods);
  } else if (rows) {
    question.page = read_page(parameters, kind, false);
  }
  question.page.limit = rows_at_once;
  if (auto fault = parameters.fault()) return *fault;
  if (!rows && question.what != "events")
    return Error{"E-SRV-03", "format", "\"" + question.format + "\" holds events only",
                 "leave `what` out, or use csv or jsonl"};
  return question;
}

std::string type_of(const std::string& format) {
  if (format == "csv") return "text/csv; charset=utf-8; header=present";
  if (format == "cameo" || format == "gdelt" || format == "icews" || format == "polecat")
    return "text/tab-separated-values; charset=utf-8";
  return "application/x-ndjson";
}

Reply head_of(const ExportQuestion& question) {
  const bool tabs = type_of(question.format).starts_with("text/tab");
  const std::string ending = question.format == "csv" ? "csv" : tabs ? "tsv" : "jsonl";
  const std::string name =
      question.format == "csv" || question.format == "jsonl" ? question.what : question.format;
  Reply head{200, type_of(question.format), nullptr, {}};
  head.headers.emplace_back("Content-Disposition",
                            "attachment; filename=\"polybius-" + name + "." + ending + "\"");
  head.headers.emplace_back("Cache-Control", "no-store");
  return head;
}

/// Writes rows in one of the two forms; false if nobody reads them any more.
template <typename Row>
bool write_rows(StreamedBody& body, bool csv, const std::vector<Row>& rows) {
  for (const Row& row : rows) {
    if (!body.write(csv ? csv_line(cells_of(row)) : to_json(row) + "\n")) return false;
  }
  return true;
}

template <typename Row>
std::optional<Error> write_list(StreamedBody& body, ExportQuestion& question, Store& store,
                                const Catalogue& catalogue,
                                Result<Found<Row>> (*find)(Store&, const Catalogue&, const Filter&,
                                                           const Page&)) {
  const bool csv = question.format == "csv";
  bool first = true;
  while (first || !question.page.cursor.empty()) {
    auto found = find(store, catalogue, question.filter, question.page);
    if (!found) return found.error();
    if (first && csv) body.write(csv_line(heading_of(static_cast<const Row*>(nullptr))));
    first = false;
    if (!write_rows(body, csv, found.value().rows)) break;
    question.page.cursor = std::move(found.value().next);
  }
  body.end();
  return std::nullopt;
}

std::optional<Error> write_timeline(StreamedBody& body, const ExportQuestion& question, Store& store,
                                    const Catalogue& catalogue) {
  const auto rows = find_timeline(store, catalogue, question.filter, question.period);
  if (!rows) return rows.error();
  if (question.format == "csv") body.write(csv_line(heading_of(static_cast<const TimelineRow*>(nullptr))));
  write_rows(body, question.format == "csv", rows.value());
  body.end();
  return std::nullopt;
}

std::optional<Error> write_format(StreamedBody& body, const ExportQuestion& question, Store& store,
                                  const Catalogue& catalogue, const Lexicon& lexicon) {
  bool read = true;
  auto exporter = open_exporter(question.format == "records" ? "jsonl" : question.format, lexicon, {},
                                [&](std::string_view bytes) { read = body.write(bytes); });
  if (!exporter) return exporter.error();
  const auto done = each_matching_record(store, catalogue, question.filter,
                                         [&](Record&& record, std::span<const std::size_t> events) {
                                           if (!events.empty()) exporter.value()->add(record, events);
                                           return read;
                                         });
  if (!done) return done.error();
  exporter.value()->end();
  body.end();
  return std::nullopt;
}

}  // namespace

void answer_export(Exchange& exchange, Store& store, const Catalogue& catalogue, const Lexicon& lexicon) {
  auto read = read_question(exchange.request().target);
  if (!read) return exchange.send(problem_reply(status_of_error(read.error()), read.error()));
  ExportQuestion& question = read.value();
  StreamedBody body(exchange, head_of(question));
  std::optional<Error> fault;
  if (question.format != "csv" && question.format != "jsonl") {
    fault = write_format(body, question, store, catalogue, lexicon);
  } else if (question.what == "events") {
    fault = write_list<EventRow>(body, question, store, catalogue, find_events);
  } else if (question.what == "statements") {
    fault = write_list<StatementRow>(body, question, store, catalogue, find_statements);
  } else if (question.what == "plans") {
    fault = write_list<PlanRow>(body, question, store, catalogue, find_plans);
  } else if (question.what == "entities") {
    fault = write_list<EntityRow>(body, question, store, catalogue, find_entities);
  } else if (question.what == "documents") {
    fault = write_list<DocumentRow>(body, question, store, catalogue, find_documents);
  } else {
    fault = write_timeline(body, question, store, catalogue);
  }
  if (fault && !exchange.answered()) exchange.send(problem_reply(status_of_error(*fault), *fault));
}

}  // namespace polybius
