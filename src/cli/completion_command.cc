// `polybius completion SHELL`: what bash, zsh and fish need to complete commands and options.
#include <cstdio>
#include <memory>

#include "cli/command.h"

namespace polybius {
namespace {

std::vector<std::string> option_names(const CLI::App& command) {
  std::vector<std::string> names;
  for (const CLI::Option* option : command.get_options()) {
    for (const auto& name : option->get_lnames()) names.push_back("--" + name);
  }
  return names;
}

std::string joined(const std::vector<std::string>& words) {
  std::string out;
  for (const auto& word : words) out += (out.empty() ? "" : " ") + word;
  return out;
}

std::string bash_completion(const CLI::App& program) {
  std::vector<std::string> commands;
  std::string cases;
  for (const CLI::App* command : program.get_subcommands({})) {
    commands.push_back(command->get_name());
    std::vector<std::string> words = option_names(*command);
    for (const CLI::App* below : command->get_subcommands({})) words.push_back(below->get_name());
    cases += "    " + command->get_name() + ") words=\"" + joined(words) + "\" ;;\n";
  }
  return "_polybius() {\n"
         "  local word=\"${COMP_WORDS[COMP_CWORD]}\" words\n"
         "  case \"${COMP_WORDS[1]}\" in\n" +
         cases + "    *) words=\"" + joined(commands) +
         " --help --version\" ;;\n"
         "  esac\n"
         "  COMPREPLY=($(compgen -W \"$words\" -- \"$word\") $(compgen -f -- \"$word\"))\n"
         "}\n"
         "complete -F _polybius polybius\n";
}

std::string zsh_completion(const CLI::App& program) {
  return "#compdef polybius\nautoload -U +X bashcompinit && bashcompinit\n" + bash_completion(program);
}

std::string fish_completion(const CLI::App& program) {
  std::string out;
  for (const CLI::App* command : program.get_subcommands({})) {
    const std::string& name = command->get_name();
    out += "complete -c polybius -n __fish_use_subcommand -a " + name + " -d '" + command->get_description() +
           "'\n";
    for (const auto& option : option_names(*command)) {
      out +=
          "complete -c polybius -n '__fish_seen_subcommand_from " + name + "' -l " + option.substr(2) + "\n";
    }
  }
  return out;
}

}  // namespace

void add_completion_command(CLI::App& program, int& status) {
  auto* command = program.add_subcommand("completion", "print completions for a shell");
  command->footer("Example:\n  polybius completion bash > /etc/bash_completion.d/polybius");
  const auto shell = std::make_shared<std::string>();
  command->add_option("SHELL", *shell, "bash, zsh or fish")
      ->required()
      ->check(CLI::IsMember({"bash", "zsh", "fish"}));
  command->callback([shell, &program, &status] {
    const std::string text = *shell == "fish"  ? fish_completion(program)
                             : *shell == "zsh" ? zsh_completion(program)
                                               : bash_completion(program);
    std::fwrite(text.data(), 1, text.size(), stdout);
    status = kDone;
  });
}

}  // namespace polybius
