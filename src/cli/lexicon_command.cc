// `polybius lexicon check` and `polybius lexicon import`: tables of one's own.
#include <cstdio>
#include <memory>

#include "cli/command.h"
#include "lexicon/lexicon.h"

namespace polybius {
namespace {

struct LexiconOptions {
  std::vector<std::string> paths;
  std::string output;
  std::string model;
  bool no_examples = false;
};

int run_check(const LexiconOptions& options) {
  const std::vector<std::filesystem::path> paths(options.paths.begin(), options.paths.end());
  auto faults = check_tables(paths, Lexicon::builtin());
  // Examples are read by the coder, which opens with sound tables only.
  if (faults.empty() && !options.no_examples) {
    faults = check_examples(paths, model_path(options.model));
  }
  for (const Error& fault : faults) std::printf("%s\n", fault.message().c_str());
  if (faults.empty()) std::printf("no fault\n");
  return faults.empty() ? kDone : kFailed;
}

int run_import(const LexiconOptions& options) {
  Output output(options.output);
  std::vector<Error> faults;
  bool read_one = false;
  for (const auto& path : options.paths) {
    const auto bytes = read_file(path);
    if (!bytes) {
      faults.push_back(bytes.error());
      continue;
    }
    read_one = true;
    output.write(import_dictionary(decode_text(bytes.value()).utf8, path, faults));
  }
  for (const Error& fault : faults) show_fault(fault);
  if (!read_one) return kFailed;
  output.commit();
  return faults.empty() ? kDone : kSkipped;
}

void add_check(CLI::App& lexicon, int& status) {
  auto* command = lexicon.add_subcommand("check", "say what is wrong with table files, by line");
  const auto options = std::make_shared<LexiconOptions>();
  command->add_option("PATH", options->paths, "table files or folders of them")->required()->type_name("");
  command->add_option("--model", options->model, "weights to use")->type_name("FILE");
  command->add_flag("--no-examples", options->no_examples, "check the form only, do not run the examples");
  command->footer("Example:\n  polybius lexicon check my_tables/");
  command->callback([options, &status] { status = run_check(*options); });
}

void add_import(CLI::App& lexicon, int& status) {
  auto* command =
      lexicon.add_subcommand("import", "turn a TABARI or PETRARCH dictionary into a table of ours");
  const auto options = std::make_shared<LexiconOptions>();
  command->add_option("FILE", options->paths, "actor, agent or verb dictionaries")->required()->type_name("");
  command->add_option("-o,--output", options->output, "write to FILE, whole or not at all")
      ->type_name("FILE");
  command->footer(
      "Example:\n  polybius lexicon import Phoenix.Countries.actors.txt -o my_tables/countries.tsv");
  command->callback([options, &status] { status = run_import(*options); });
}

}  // namespace

void add_lexicon_command(CLI::App& program, int& status) {
  auto* command = program.add_subcommand("lexicon", "check and import tables of your own");
  command->require_subcommand(1);
  add_check(*command, status);
  add_import(*command, status);
}

}  // namespace polybius
