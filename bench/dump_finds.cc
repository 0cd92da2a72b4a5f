// What rows and head find in texts with the evidence on each, for bench/calibration.py --fit.
// Usage: dump_finds MODEL NEWS.jsonl [LEXICON...] > finds.jsonl
#include <fstream>
#include <iostream>
#include <nlohmann/json.hpp>

#include "encoder/encoder.h"
#include "entities/entities.h"
#include "events/finds.h"
#include "events/outcome.h"
#include "language/language.h"
#include "statements/statements.h"
#include "times/times.h"

using namespace polybius;
using nlohmann::json;

namespace {

json dumped(const Reader& reader, const Find& find) {
  const Analysis& analysis = reader.analysis;
  json evidence = json::object();
  for (const Evidence& piece : find.evidence) evidence[std::string(piece.name)] = piece.value;
  json places = json::array();
  std::vector<std::uint32_t> own = find.frame.own;
  own.push_back(find.match.head);
  for (const std::uint32_t token : own) {
    const Token& word = analysis.tokens[token];
    const bool small = word.upos == Upos::ADP || word.upos == Upos::PART || word.upos == Upos::SCONJ;
    if (small && token != find.match.head) continue;
    places.push_back({word.span.begin, word.span.end});
  }
  const WordStatus ruled = outcome_of(reader, find.frame, find.rule(), find.parties);
  json cues = json::array();
  for (const std::uint32_t cue : ruled.cues) {
    const StatusRule& rule = reader.lexicon.status_rules()[analysis.status_matches[cue].rule];
    cues.push_back(std::string(rule.pattern.text) + " " + rule.row.place());
  }
  for (const std::uint32_t token : ruled.words) cues.push_back(analysis.tokens[token].form);
  return {{"head", find.match.head},
          {"ruled", name_of(ruled.status)},
          {"cues", cues},
          {"type", name_of(find.rule().type)},
          {"row", find.row != nullptr ? find.row->row.place() : std::string()},
          {"places", places},
          {"evidence", evidence},
          {"status", name_of(find.status.status)},
          {"head_status", find.word != nullptr ? find.word->status : std::string()},
          {"head_status_share", find.word != nullptr ? find.word->status_share : 0},
          {"confidence", find.confidence}};
}

}  // namespace

int main(int count, char** arguments) {
  if (count < 3) {
    std::cerr << "Usage: dump_finds MODEL NEWS.jsonl [LEXICON...] > finds.jsonl\n";
    return 2;
  }
  const std::vector<std::filesystem::path> tables(arguments + 3, arguments + count);
  const auto extended = Lexicon::builtin().with(tables);
  if (!extended) {
    std::cerr << extended.error().message() << '\n';
    return 3;
  }
  const Lexicon& lexicon = extended.value();
  const Judge judge(lexicon);
  const EntityTables entity_tables(lexicon);
  const StatementTables statement_tables(lexicon);
  const Gazetteer gazetteer = Gazetteer::builtin();
  const auto encoder = Encoder::open(arguments[1]);
  if (!encoder) {
    std::cerr << encoder.error().message() << '\n';
    return 3;
  }
  EncoderWorkspace workspace;
  std::ifstream input(arguments[2]);
  for (std::string line; std::getline(input, line);) {
    const json row = json::parse(line);
    const Analysis analysis =
        analyse(Text(row["text"].get<std::string>()), encoder.value(), workspace, lexicon);
    std::vector<Warning> warnings;
    std::vector<Time> times = find_times(analysis, lexicon);
    const auto entities = find_entities(analysis, std::nullopt, entity_tables, lexicon, gazetteer, warnings);
    const auto statements = find_statements(analysis, entities, statement_tables, lexicon, warnings);
    resolve_times(times, analysis, statements, std::nullopt);
    const Reader reader = reader_of(analysis, entities, times, statements, judge, lexicon);
    json finds = json::array();
    for (const Find& find : find_all(reader)) finds.push_back(dumped(reader, find));
    std::cout << json{{"id", row["id"]}, {"finds", finds}}.dump() << '\n';
  }
}
