// `polybius delete`: takes documents out of a store, with all that was read in them.
#include <iostream>
#include <memory>

#include "cli/command.h"
#include "store/store.h"

namespace polybius {
namespace {

struct DeleteOptions {
  std::string db;
  std::vector<std::string> ids;
};

/// The ids given; "-" stands for the lines of standard input.
std::vector<std::string> ids_of(const DeleteOptions& options) {
  std::vector<std::string> ids;
  for (const std::string& id : options.ids) {
    if (id != "-") {
      ids.push_back(id);
      continue;
    }
    for (std::string line; std::getline(std::cin, line);) {
      if (!line.empty() && line.back() == '\r') line.pop_back();
      if (!line.empty()) ids.push_back(line);
    }
  }
  return ids;
}

int run_delete(const DeleteOptions& options) {
  auto store = open_store(options.db, StoreMode::read);  // never makes a store
  if (!store) return fail_with(store.error());
  store = open_store(options.db, StoreMode::write);
  if (!store) return fail_with(store.error());
  const auto ids = ids_of(options);
  const auto missing = store.value().remove(ids);
  for (const std::string& id : missing)
    show_fault({"E-STO-21", "", "there is no document \"" + id + "\"",
                "take ids from polybius query ... documents"});
  std::fprintf(stderr, "polybius: %zu documents deleted\n", ids.size() - missing.size());
  if (missing.empty()) return kDone;
  return missing.size() == ids.size() ? kFailed : kSkipped;
}

}  // namespace

void add_delete_command(CLI::App& program, int& status) {
  auto* command =
      program.add_subcommand("delete", "take documents out of a store, with all that was read in them");
  command->footer(
      "Examples:\n"
      "  polybius delete --db news.db https://example.org/article-17\n"
      "  polybius query --db news.db documents --to 2019 --format jsonl | jq -r .id | polybius delete --db "
      "news.db -");
  const auto options = std::make_shared<DeleteOptions>();
  add_store_option(*command, options->db);
  command->add_option("ID", options->ids, "ids of documents; - reads them from standard input, one a line")
      ->required()
      ->type_name("");
  command->callback([options, &status] { status = run_delete(*options); });
}

}  // namespace polybius
