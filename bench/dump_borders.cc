// Borders of contents with all that they may be, for training/borders.py.
// Usage: dump_borders MODEL FILE... > choices.jsonl
#include <iostream>
#include <nlohmann/json.hpp>

#include "encoder/encoder.h"
#include "entities/entities.h"
#include "ingest/ingest.h"
#include "statements/borders.h"

using namespace polybius;
using nlohmann::json;

namespace {

json option_json(const Analysis& analysis, const BorderOption& option) {
  json features = json::array();
  for (std::size_t i = 0; i < option.features.size(); ++i) {
    if (option.features[i] != 0) features.push_back({i, option.features[i]});
  }
  const Span word = analysis.tokens[option.word].span;
  return {{"word", {word.begin, word.end}}, {"features", features}};
}

json dump_of(const Document& document, const Encoder& encoder, EncoderWorkspace& workspace,
             const Lexicon& lexicon, const Gazetteer& gazetteer) {
  const Analysis analysis = analyse(Text(document.text), encoder, workspace, lexicon);
  std::vector<Warning> warnings;
  const auto entities =
      find_entities(analysis, std::nullopt, EntityTables(lexicon), lexicon, gazetteer, warnings);
  std::vector<BorderChoice> choices;
  const StatementTables tables(lexicon);
  Hearing hearing{analysis, entities, lexicon, tables.borders(), {}, {}, {}, {}, {}, {}, {}};
  hear_all(hearing, warnings, &choices);
  json rows = json::array();
  for (const BorderChoice& choice : choices) {
    json options = json::array();
    for (const BorderOption& option : choice.options) options.push_back(option_json(analysis, option));
    const Span content{analysis.tokens[choice.first].span.begin, analysis.tokens[choice.last - 1].span.end};
    const Span cue = analysis.tokens[choice.cue].span;
    rows.push_back({{"cue", {cue.begin, cue.end}},
                    {"side", choice.side == BorderSide::first ? "first" : "last"},
                    {"content", {content.begin, content.end}},
                    {"options", options}});
  }
  return {{"id", document.id}, {"choices", rows}};
}

}  // namespace

int main(int count, char** names) {
  if (count < 3) return 2;
  const Lexicon lexicon = Lexicon::builtin();
  const auto encoder = Encoder::open(names[1]);
  if (!encoder) {
    std::cerr << encoder.error().message() << "\n";
    return 2;
  }
  EncoderWorkspace workspace;
  const Gazetteer gazetteer = Gazetteer::builtin();
  std::cout << json({{"features", border_feature_names()}}).dump() << "\n";
  InputReader reader(std::vector<std::string>(names + 2, names + count), {});
  while (const auto item = reader.next()) {
    if (item->ok())
      std::cout << dump_of(item->value().document, encoder.value(), workspace, lexicon, gazetteer).dump()
                << "\n";
  }
}
