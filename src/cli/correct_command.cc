// `polybius correct`: what a person says of the machine's work; kept apart, shown everywhere.
#include <chrono>
#include <memory>

#include "cli/command.h"
#include "store/store.h"

namespace polybius {
namespace {

struct CorrectOptions {
  std::string db;
  Correction correction;
  std::int64_t undo = 0;
};

std::string now_text() {
  const std::time_t now = std::chrono::system_clock::to_time_t(std::chrono::system_clock::now());
  std::tm parts{};
  gmtime_r(&now, &parts);
  char text[32];
  std::strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &parts);
  return text;
}

int run_correct(CorrectOptions options) {
  auto store = open_store(options.db, StoreMode::read);  // never makes a store
  if (!store) return fail_with(store.error());
  if (options.correction.kind == "list") {
    for (const Correction& correction : store.value().corrections())
      std::printf("%s\n", to_json(correction).c_str());
    return kDone;
  }
  store = open_store(options.db, StoreMode::write);
  if (!store) return fail_with(store.error());
  if (options.correction.kind == "undo") {
    if (store.value().undo_correction(options.undo)) return kDone;
    return fail_with({"E-STO-21", "", "there is no correction " + std::to_string(options.undo),
                      "polybius correct list shows them"});
  }
  options.correction.at = now_text();
  const auto number = store.value().correct(options.correction);
  if (!number) return fail_with(number.error());
  std::printf("%lld\n", static_cast<long long>(number.value()));
  return kDone;
}

/// A kind of correction with the members that its words fill.
struct CorrectionKind {
  const char* command;
  const char* kind;
  const char* what;
  std::vector<std::pair<const char*, std::string Correction::*>> words;
};

std::vector<CorrectionKind> correction_kinds() {
  return {{"wrong-event",
           "wrong_event",
           "the event is not so: it leaves lists, counts and exports",
           {{"DOCUMENT", &Correction::document}, {"EVENT", &Correction::subject}}},
          {"merge-entities",
           "merge_entities",
           "the first entity is the second",
           {{"ENTITY", &Correction::subject}, {"INTO", &Correction::object}}},
          {"split-entity",
           "split_entity",
           "in that document the entity is somebody else",
           {{"DOCUMENT", &Correction::document},
            {"ENTITY", &Correction::subject},
            {"NAME", &Correction::object}}}};
}

}  // namespace

void add_correct_command(CLI::App& program, int& status) {
  auto* command =
      program.add_subcommand("correct", "say what the machine got wrong: kept apart, survives recoding");
  command->require_subcommand(1);
  command->footer(
      "Ids of entities, documents and events are those of polybius query --format jsonl.\n\n"
      "Examples:\n"
      "  polybius correct wrong-event --db news.db article-17 e3 --by kim --note \"the speech, not the "
      "war\"\n"
      "  polybius correct merge-entities --db news.db \"person:jane roe\" Q42\n"
      "  polybius correct list --db news.db");
  const auto options = std::make_shared<CorrectOptions>();
  for (const CorrectionKind& kind : correction_kinds()) {
    auto* one = command->add_subcommand(kind.command, kind.what);
    add_store_option(*one, options->db);
    for (const auto& [name, member] : kind.words)
      one->add_option(name, options->correction.*member)->required()->type_name("");
    one->add_option("--by", options->correction.by, "who says so")->type_name("NAME");
    one->add_option("--note", options->correction.note, "why")->type_name("TEXT");
    one->callback([options, name = kind.kind, &status] {
      options->correction.kind = name;
      status = run_correct(*options);
    });
  }
  auto* list = command->add_subcommand("list", "all corrections, one a line (JSON Lines)");
  add_store_option(*list, options->db);
  list->callback([options, &status] {
    options->correction.kind = "list";
    status = run_correct(*options);
  });
  auto* undo = command->add_subcommand("undo", "take one back");
  add_store_option(*undo, options->db);
  undo->add_option("NUMBER", options->undo, "its number")->required()->type_name("");
  undo->callback([options, &status] {
    options->correction.kind = "undo";
    status = run_correct(*options);
  });
}

}  // namespace polybius
