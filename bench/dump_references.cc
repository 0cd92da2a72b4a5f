// Pronouns and nominals with all whom they may mean, for training/references.py.
// Usage: dump_references MODEL WEIGHTS.tsv FILE... > choices.jsonl
#include <iostream>
#include <nlohmann/json.hpp>

#include "encoder/encoder.h"
#include "entities/mentions.h"
#include "ingest/ingest.h"

using namespace polybius;
using nlohmann::json;

namespace {

json spans_of(const Reading& reading) {
  const auto& tokens = reading.analysis.tokens;
  json out = json::array();
  for (const Candidate& mention : reading.candidates) {
    out.push_back({tokens[mention.first].span.begin, tokens[mention.last - 1].span.end,
                   tokens[mention.head].span.begin, tokens[mention.head].span.end});
  }
  return out;
}

/// Features that are not 0, as index and value.
json features_of(const ReferenceFeatures& features) {
  json out = json::array();
  for (std::size_t i = 0; i < features.size(); ++i) {
    if (features[i] != 0) out.push_back({i, features[i]});
  }
  return out;
}

json dump_of(const Document& document, const Encoder& encoder, EncoderWorkspace& workspace,
             const Lexicon& lexicon, const Gazetteer& gazetteer) {
  const Analysis analysis = analyse(Text(document.text), encoder, workspace, lexicon);
  std::vector<Warning> warnings;
  std::vector<ReferenceChoice> choices;
  const EntityTables tables(lexicon);
  Reading reading = begin_reading(analysis, Date::from_iso(document.published), tables, lexicon, gazetteer);
  reading.choices = &choices;
  read_entities(reading, warnings);
  json rows = json::array();
  for (const ReferenceChoice& choice : choices) {
    json options = json::array();
    for (const ReferenceOption& option : choice.options)
      options.push_back({{"mentions", option.mentions}, {"features", features_of(option.features)}});
    rows.push_back({{"mention", choice.candidate},
                    {"form", reference_class_names()[static_cast<std::size_t>(choice.form)]},
                    {"options", options}});
  }
  return {{"id", document.id}, {"mentions", spans_of(reading)}, {"choices", rows}};
}

}  // namespace

int main(int count, char** names) {
  if (count < 4) return 2;
  const std::vector<std::filesystem::path> tables{names[2]};
  const auto lexicon = Lexicon::builtin().with(tables);
  const auto encoder = Encoder::open(names[1]);
  if (!encoder || !lexicon) {
    std::cerr << (encoder ? lexicon.error() : encoder.error()).message() << "\n";
    return 2;
  }
  EncoderWorkspace workspace;
  const Gazetteer gazetteer = Gazetteer::builtin();
  std::cout << json({{"features", reference_feature_names()}, {"forms", reference_class_names()}}).dump()
            << "\n";
  InputReader reader(std::vector<std::string>(names + 3, names + count), {});
  while (const auto item = reader.next()) {
    if (item->ok())
      std::cout
          << dump_of(item->value().document, encoder.value(), workspace, lexicon.value(), gazetteer).dump()
          << "\n";
  }
}
