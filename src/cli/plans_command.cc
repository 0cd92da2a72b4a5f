// `polybius plans`: one plan a line, its history told by all documents.
#include <filesystem>
#include <memory>

#include "cli/command.h"
#include "cli/plan_gatherer.h"
#include "cli/reprints.h"

namespace polybius {
namespace {

Outcome record_of_item(Coder::Worker& worker, const Item& item) {
  auto record = item.record_line.empty() ? worker.code(item.document) : from_json(item.record_line);
  if (record) return {to_json(record.value()), std::nullopt};
  Error fault = record.error();
  if (fault.place.empty()) fault.place = item.place;
  return {"", fault};
}

// A plan is known when the last document is read, so what the records tell of plans waits until then.
int run_plans(const NewsOptions& options) {
  const auto coder = open_coder(options);
  if (!coder) return fail_with(coder.error());
  const std::vector<std::filesystem::path> tables(options.lexicons.begin(), options.lexicons.end());
  const auto lexicon = Lexicon::builtin().with(tables);
  if (!lexicon) return fail_with(lexicon.error());
  const auto finder = ReprintFinder::open("", std::filesystem::temp_directory_path());
  if (!finder) return fail_with(finder.error());
  PlanGatherer gatherer(lexicon.value(), *finder.value());
  const int status = run_over_inputs(options, coder.value(), record_of_item, [&](Outcome&& outcome) {
    if (!outcome.output.empty()) gatherer.add(from_json(outcome.output).value());
  });
  if (status == kFailed) return status;
  Output output(options.output);
  for (const DossierPlan& plan : gatherer.plans(threads_of(options))) output.write(to_json(plan) + "\n");
  output.commit();
  return status;
}

}  // namespace

void add_plans_command(CLI::App& program, int& status) {
  auto* command = program.add_subcommand("plans", "follow each plan through all documents (JSON Lines)");
  command->footer(
      "One plan a line: what, who, where, when, and its history in the order of time, each step with the\n"
      "document that tells it. Takes news or document records. Reprints count once.\n\n"
      "Examples:\n"
      "  polybius plans folder/\n"
      "  polybius code feed.jsonl | polybius plans - | jq '{what, when, last: .history[-1].status}'");
  const auto options = std::make_shared<NewsOptions>();
  add_news_options(*command, *options);
  command->callback([options, &status] { status = run_plans(*options); });
}

}  // namespace polybius
