// Runs the examples of tables through the reading that they are meant for: the table is its own test.
#include <algorithm>

#include "coder/coder.h"
#include "encoder/encoder.h"
#include "language/language.h"

namespace polybius {
namespace {

/// What the matches of one rule table have in common.
struct RuleTable {
  std::string_view name;
  const std::vector<RuleMatch> Analysis::*matches;
  Row (*row_of)(const Lexicon&, std::uint32_t rule);
};

constexpr RuleTable kRuleTables[] = {
    {"events", &Analysis::event_matches,
     [](const Lexicon& lexicon, auto rule) { return lexicon.event_rules()[rule].row; }},
    {"status_cues", &Analysis::status_matches,
     [](const Lexicon& lexicon, auto rule) { return lexicon.status_rules()[rule].row; }},
    {"plan_cues", &Analysis::plan_matches,
     [](const Lexicon& lexicon, auto rule) { return lexicon.plan_rules()[rule].row; }},
    {"speech_cues", &Analysis::speech_matches,
     [](const Lexicon& lexicon, auto rule) { return lexicon.speech_rules()[rule].row; }},
};

class ExampleRunner {
 public:
  ExampleRunner(const Encoder& encoder, const Lexicon& lexicon) : encoder_(encoder), lexicon_(lexicon) {}

  bool matches(Row row, std::string_view sentence, const RuleTable& table) {
    const Analysis analysis = analyse(Text(std::string(sentence)), encoder_, workspace_, lexicon_);
    const auto& found = analysis.*table.matches;
    return std::any_of(found.begin(), found.end(), [&](const RuleMatch& match) {
      const Row other = table.row_of(lexicon_, match.rule);
      return other == row || (other["pattern"] == row["pattern"] && other["pos"] == row["pos"]);
    });
  }

 private:
  const Encoder& encoder_;
  const Lexicon& lexicon_;
  EncoderWorkspace workspace_;
};

}  // namespace

std::vector<Error> check_examples(std::span<const std::filesystem::path> paths,
                                  const std::filesystem::path& model) {
  const auto encoder = Encoder::open(model);
  if (!encoder) return {encoder.error()};
  const auto lexicon = Lexicon::builtin().with(paths);
  if (!lexicon) return {lexicon.error()};
  ExampleRunner runner(encoder.value(), lexicon.value());
  std::vector<Error> faults;
  for (const RuleTable& table : kRuleTables) {
    for (const Row row : lexicon.value().user_rows(table.name)) {
      const std::string pattern = "\"" + std::string(row["pattern"]) + "\"";
      if (!row["example"].empty() && !runner.matches(row, row["example"], table)) {
        faults.push_back({"E-LEX-20", row.place(), pattern + " does not match its example",
                          "mend the pattern or the example"});
      }
      if (!row["counter"].empty() && runner.matches(row, row["counter"], table)) {
        faults.push_back(
            {"E-LEX-21", row.place(), pattern + " matches its counter-example", "narrow the pattern"});
      }
    }
  }
  return faults;
}

}  // namespace polybius
