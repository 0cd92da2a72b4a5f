// `polybius query`: asks a store.
#include <sys/ioctl.h>
#include <unistd.h>

#include <memory>
#include <optional>

#include "cli/filter_options.h"
#include "cli/sheet.h"
#include "store/store.h"

namespace polybius {
namespace {

constexpr std::size_t rows_at_once = 1000;
constexpr std::size_t table_limit = 100;

struct QueryOptions {
  std::string db, kind, output, format, by = "month";
  Filter filter;
  Page page;
  std::size_t limit = 0;
  bool limit_given = false;
  bool count = false;
};

std::size_t terminal_width(const QueryOptions& options) {
  winsize size{};
  if (!options.output.empty() || ioctl(1, TIOCGWINSZ, &size) != 0) return 0;
  return size.ws_col;
}

/// Writes rows in the form asked for; a table waits for the last row.
template <typename Row>
class RowOutput {
 public:
  RowOutput(const QueryOptions& options, Output& output) : options_(options), output_(output) {
    if (options.format == "csv") output_.write(csv_line(heading_of(static_cast<const Row*>(nullptr))));
  }
  void add(const Row& row) {
    if (options_.format == "jsonl") {
      output_.write(to_json(row) + "\n");
    } else if (options_.format == "csv") {
      output_.write(csv_line(cells_of(row)));
    } else {
      rows_.push_back(cells_of(row));
    }
  }
  void end() {
    if (options_.format != "table") return;
    output_.write(sheet_table(heading_of(static_cast<const Row*>(nullptr)), rows_, terminal_width(options_)));
  }

 private:
  const QueryOptions& options_;
  Output& output_;
  std::vector<RowCells> rows_;
};

template <typename Row>
using Find = Result<Found<Row>> (*)(Store&, const Catalogue&, const Filter&, const Page&);

/// All pages of a list up to the limit.
template <typename Row>
std::optional<Error> write_list(const QueryOptions& options, Store& store, const Catalogue& catalogue,
                                Output& output, Find<Row> find) {
  std::optional<RowOutput<Row>> rows;  // its head is written once the question is known to be sound
  Page page = options.page;
  std::size_t left = options.limit;
  while (left > 0) {
    page.limit = std::min(left, rows_at_once);
    auto found = find(store, catalogue, options.filter, page);
    if (!found) return found.error();
    if (!rows) rows.emplace(options, output);
    for (const Row& row : found.value().rows) rows->add(row);
    left -= std::min(left, std::max<std::size_t>(found.value().rows.size(), 1));
    page.cursor = found.value().next;
    if (page.cursor.empty()) break;
  }
  if (rows) rows->end();
  if (!page.cursor.empty())
    std::fprintf(stderr, "polybius: there is more; --cursor '%s'\n", page.cursor.c_str());
  return std::nullopt;
}

std::optional<Error> write_timeline(const QueryOptions& options, Store& store, const Catalogue& catalogue,
                                    Output& output) {
  const auto found = find_timeline(store, catalogue, options.filter, options.by);
  if (!found) return found.error();
  RowOutput<TimelineRow> rows(options, output);
  for (const TimelineRow& row : found.value()) rows.add(row);
  rows.end();
  return std::nullopt;
}

std::optional<Error> write_kind(const QueryOptions& options, Store& store, const Catalogue& catalogue,
                                Output& output) {
  if (options.kind == "events") return write_list<EventRow>(options, store, catalogue, output, find_events);
  if (options.kind == "statements")
    return write_list<StatementRow>(options, store, catalogue, output, find_statements);
  if (options.kind == "plans") return write_list<PlanRow>(options, store, catalogue, output, find_plans);
  if (options.kind == "entities")
    return write_list<EntityRow>(options, store, catalogue, output, find_entities);
  if (options.kind == "documents")
    return write_list<DocumentRow>(options, store, catalogue, output, find_documents);
  return write_timeline(options, store, catalogue, output);
}

int run_query(QueryOptions options) {
  const bool terminal = isatty(1) != 0 && options.output.empty();
  if (options.format.empty()) options.format = terminal ? "table" : "csv";
  if (!options.limit_given) options.limit = options.format == "table" ? table_limit : 0;
  if (options.limit == 0) options.limit = static_cast<std::size_t>(-1);
  auto store = open_store(options.db, StoreMode::read);
  if (!store) return fail_with(store.error());
  const auto catalogue = Catalogue::read(store.value());
  Output output(options.output);
  const auto fault = write_kind(options, store.value(), *catalogue, output);
  if (fault) {
    show_fault(*fault);
    return kUsage;
  }
  output.commit();
  return kDone;
}

}  // namespace

void add_query_command(CLI::App& program, int& status) {
  auto* command = program.add_subcommand("query", "ask a store for events, statements, plans, entities ...");
  command->footer(
      "Newest first. On a terminal a table of at most 100 rows, else CSV of all.\n\n"
      "Examples:\n"
      "  polybius query --db news.db events --actor RUS --recipient Ukraine --type THREATEN --from 2025-05\n"
      "  polybius query --db news.db plans --text summit --format jsonl\n"
      "  polybius query --db news.db timeline --place Iraq --by week --format csv");
  const auto options = std::make_shared<QueryOptions>();
  add_store_option(*command, options->db);
  command->add_option("KIND", options->kind, "events, statements, plans, entities, documents or timeline")
      ->required()
      ->type_name("")
      ->check(CLI::IsMember({"events", "statements", "plans", "entities", "documents", "timeline"}));
  add_filter_options(*command, options->filter);
  command->add_option("--format", options->format, "table, csv or jsonl")
      ->check(CLI::IsMember({"table", "csv", "jsonl"}));
  auto* limit =
      command->add_option("--limit", options->limit, "at most so many rows; 0: all")->type_name("N");
  command->add_option("--cursor", options->page.cursor, "go on after an earlier page")->type_name("CURSOR");
  command->add_flag("--oldest-first", options->page.oldest_first, "oldest first");
  command->add_option("--by", options->by, "periods of the timeline: day, week, month (default) or year");
  add_output_option(*command, options->output);
  command->callback([options, limit, &status] {
    options->limit_given = limit->count() > 0;
    status = run_query(*options);
  });
}

}  // namespace polybius
