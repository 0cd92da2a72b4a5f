// The program: finds the command and runs it; whatever is thrown ends here.
#include <cstdio>
#include <exception>

#include "cli/command.h"

namespace {

constexpr const char* kExamples =
    "Examples:\n"
    "  polybius brief article.txt\n"
    "  polybius brief --format html -o brief.html folder/\n"
    "  polybius code --published 2025-10-24 feed.jsonl > records.jsonl\n"
    "  polybius code --lexicon my_tables/ articles.csv -o records.jsonl\n"
    "  polybius load --db news.db folder/\n"
    "  polybius query --db news.db events --actor RUS --from 2025\n"
    "  polybius export --db news.db --format gdelt -o events.CSV\n"
    "  polybius serve --db news.db\n"
    "  polybius relate pairs.jsonl\n"
    "  polybius lexicon check my_tables/\n"
    "\nEach command has its own help: polybius COMMAND --help";

constexpr polybius::AddCommand kCommands[] = {
    polybius::add_brief_command,   polybius::add_code_command,       polybius::add_extract_command,
    polybius::add_parse_command,   polybius::add_relate_command,     polybius::add_plans_command,
    polybius::add_times_command,   polybius::add_dedupe_command,     polybius::add_load_command,
    polybius::add_watch_command,   polybius::add_query_command,      polybius::add_export_command,
    polybius::add_serve_command,   polybius::add_delete_command,     polybius::add_correct_command,
    polybius::add_lexicon_command, polybius::add_completion_command,
};

int run(int count, char** arguments) {
  CLI::App program(
      "Turns news into an auditable record: who did what to whom, who said what, what was planned and\n"
      "what became of it. Everything in the record points at the characters it came from.",
      "polybius");
  program.set_version_flag("--version", "polybius " POLYBIUS_VERSION);
  program.footer(kExamples);
  program.require_subcommand(1);
  int status = polybius::kDone;
  for (const auto add : kCommands) add(program, status);
  try {
    program.parse(count, arguments);
  } catch (const CLI::ParseError& error) {
    const bool asked = error.get_exit_code() == 0;  // --help and --version
    program.exit(error);
    return asked ? polybius::kDone : polybius::kUsage;
  }
  return status;
}

}  // namespace

int main(int count, char** arguments) {
  try {
    return run(count, arguments);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "polybius: %s\n", error.what());
    return polybius::kFailed;
  }
}
