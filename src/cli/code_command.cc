// `polybius code`: one document record a line.
#include <memory>

#include "cli/command.h"

namespace polybius {
namespace {

Outcome code_item(Coder::Worker& worker, const Item& item) {
  if (!item.record_line.empty()) return {item.record_line + "\n", std::nullopt};
  auto record = worker.code(item.document);
  if (!record) {
    Error fault = record.error();
    if (fault.place.empty()) fault.place = item.place;
    return {"", fault};
  }
  return {to_json(record.value()) + "\n", std::nullopt};
}

int run_code(const NewsOptions& options) {
  const auto coder = open_coder(options);
  if (!coder) return fail_with(coder.error());
  return run_over_inputs(options, coder.value(), code_item);
}

}  // namespace

void add_code_command(CLI::App& program, int& status) {
  auto* command = program.add_subcommand("code", "write one document record a line (JSON Lines)");
  command->footer(
      "Examples:\n"
      "  polybius code article.txt\n"
      "  polybius code --published 2025-10-24 --jobs 2 folder/ -o records.jsonl\n"
      "  polybius code - < feed.jsonl | jq '.events[] | {type, status, why}'");
  const auto options = std::make_shared<NewsOptions>();
  add_news_options(*command, *options);
  add_resume_option(*command, *options);
  command->callback([options, &status] { status = run_code(*options); });
}

}  // namespace polybius
