// What the places of documents are decided by, for training/places.py.
// Usage: dump_places --parse MODEL INPUT... > parsed.jsonl; dump_places parsed.jsonl [TABLE...] > seen.jsonl
#include <fstream>
#include <iostream>
#include <nlohmann/json.hpp>

#include "article/article.h"
#include "encoder/encoder.h"
#include "entities/place_senses.h"
#include "entities/place_spots.h"
#include "ingest/ingest.h"
#include "language/language.h"

using namespace polybius;
using nlohmann::json;

namespace {

Span span_of(const Analysis& analysis, std::uint32_t first, std::uint32_t last) {
  return {analysis.tokens[first].span.begin, analysis.tokens[last - 1].span.end};
}

json trials_of(const Reading& reading) {
  json out = json::array();
  for (const PlaceTrial& trial : place_trials(reading, name_spots(reading))) {
    const Span span = span_of(reading.analysis, trial.first, trial.last);
    out.push_back(
        {{"begin", span.begin}, {"end", span.end}, {"features", trial.features}, {"sum", trial.sum}});
  }
  return out;
}

json groups_of(const Reading& reading) {
  std::vector<SenseGroup> groups = sense_groups(reading);
  json out = json::array();
  for (const SenseGroup& group : groups) {
    json mentions = json::array();
    for (const std::uint32_t mention : group.mentions) {
      const Span span =
          span_of(reading.analysis, reading.candidates[mention].first, reading.candidates[mention].last);
      mentions.push_back({span.begin, span.end});
    }
    json places = json::array();
    for (const NamedPlace& named : group.places) places.push_back(reading.gazetteer[named.place].geonames);
    out.push_back({{"mentions", mentions}, {"places", places}, {"rounds", json::array()}});
  }
  for (const bool alone : {true, false, false}) {
    weigh_senses(reading, groups, alone);
    for (std::size_t at = 0; at < groups.size(); ++at) out[at]["rounds"].push_back(groups[at].features);
  }
  for (std::size_t at = 0; at < groups.size(); ++at) out[at]["shares"] = groups[at].shares;
  return out;
}

json read_places(const std::string& id, const Analysis& analysis, const Lexicon& lexicon,
                 const Gazetteer& gazetteer) {
  const EntityTables tables(lexicon);
  Reading reading = begin_reading(analysis, std::nullopt, tables, lexicon, gazetteer);
  json line = {{"id", id}, {"text", analysis.text.utf8()}, {"trials", trials_of(reading)}};
  find_name_candidates(reading);
  line["groups"] = groups_of(reading);
  return line;
}

/// The costly part, done once: documents to CoNLL-U.
int parse_documents(const std::string& model, const std::vector<std::string>& names) {
  auto encoder = Encoder::open(model);
  if (!encoder) return 3;
  const Lexicon lexicon = Lexicon::builtin();
  const Cleaner cleaner(lexicon);
  EncoderWorkspace workspace;
  InputReader reader(names, {});
  while (const auto item = reader.next()) {
    if (!item->ok()) continue;
    const Article article = cleaner.clean(item->value().document);
    const Analysis analysis = analyse(Text(article.text), encoder.value(), workspace, lexicon);
    std::cout << json({{"id", item->value().document.id}, {"conllu", write_conllu(analysis)}}).dump() << "\n";
  }
  return 0;
}

int dump_documents(const std::string& file, const std::vector<std::filesystem::path>& tables) {
  auto lexicon = tables.empty() ? Result<Lexicon>(Lexicon::builtin()) : Lexicon::builtin().with(tables);
  if (!lexicon) {
    std::cerr << lexicon.error().message() << "\n";
    return 3;
  }
  const Gazetteer gazetteer = Gazetteer::builtin();
  std::cout << json({{"spot", spot_feature_names()}, {"sense", sense_feature_names()}}).dump() << "\n";
  std::ifstream in(file);
  for (std::string line; std::getline(in, line);) {
    const json document = json::parse(line);
    auto analysis = read_conllu(document["conllu"].get<std::string>(), lexicon.value());
    if (!analysis) continue;
    match_lexicon(analysis.value(), lexicon.value());
    std::cout << read_places(document["id"], analysis.value(), lexicon.value(), gazetteer).dump() << "\n";
  }
  return 0;
}

}  // namespace

int main(int count, char** arguments) {
  const std::vector<std::string> names(arguments + 1, arguments + count);
  if (names.size() > 2 && names[0] == "--parse")
    return parse_documents(names[1], {names.begin() + 2, names.end()});
  if (names.empty()) return 2;
  return dump_documents(names[0], {names.begin() + 1, names.end()});
}
