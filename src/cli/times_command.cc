// `polybius times`: the time expressions of a text and their TIMEX3 values.
#include <memory>

#include "cli/command.h"

namespace polybius {
namespace {

Outcome times_of_item(Coder::Worker& worker, const Item& item) {
  if (!item.record_line.empty()) {
    return {"", Error{"E-CLI-02", item.place, "a document record, not a text",
                      "its times are in the record already"}};
  }
  const Document& document = item.document;
  return {times_to_json(document.id, worker.times(document.text, document.published)) + "\n", std::nullopt};
}

int run_times(const NewsOptions& options) {
  const auto coder = open_coder(options);
  if (!coder) return fail_with(coder.error());
  return run_over_inputs(options, coder.value(), times_of_item);
}

}  // namespace

void add_times_command(CLI::App& program, int& status) {
  auto* command = program.add_subcommand("times", "write the time expressions of each text (JSON Lines)");
  command->footer(
      "The text is taken as it is; offsets count its code points.\n\n"
      "Examples:\n"
      "  echo 'They met on Tuesday.' | polybius times --published 2025-10-24 -\n"
      "  polybius times articles.jsonl | jq '.times[].value'");
  const auto options = std::make_shared<NewsOptions>();
  add_news_options(*command, *options);
  command->callback([options, &status] { status = run_times(*options); });
}

}  // namespace polybius
