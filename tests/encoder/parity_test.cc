// The shipped weights, held to what the float model reads of the same sentences (training/predict.py wrote
// the file).
#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <string>

#include "encoder/encoder.h"

using namespace polybius;

namespace {

std::vector<std::string> columns_of(const std::string& line) {
  std::vector<std::string> columns(1);
  for (const char c : line) {
    if (c == '\t') {
      columns.emplace_back();
    } else {
      columns.back() += c;
    }
  }
  return columns;
}

/// The columns LEMMA to DEPREL and the name's tag, as the float model's file has them.
std::vector<std::string> columns_of(const Encoder& encoder, const std::string& form,
                                    const WordReading& word) {
  const std::string& name = encoder.labels(Column::ner)[word.ner];
  return {apply_lemma_script(form, encoder.labels(Column::lemma)[word.lemma]),
          encoder.labels(Column::upos)[word.upos],
          encoder.labels(Column::xpos)[word.xpos],
          encoder.labels(Column::feats)[word.feats],
          std::to_string(word.head + 1),
          encoder.labels(Column::deprel)[word.deprel],
          name == "O" ? "_" : "NER=" + name};
}

}  // namespace

TEST_CASE("the engine decides as the float model does, for 99.5 % of the words") {
  const std::filesystem::path root = POLYBIUS_SOURCE_DIR;
  if (!std::filesystem::exists(root / "models/en.safetensors")) {
    MESSAGE("skipped: models/en.safetensors is not there");
    return;
  }
  const Result<Encoder> opened = Encoder::open(root / "models/en.safetensors");
  REQUIRE(opened);
  const Encoder& encoder = opened.value();
  std::vector<std::vector<std::vector<std::string>>> sentences(1);
  std::ifstream file(root / "tests/encoder/parity.conllu");
  for (std::string line; std::getline(file, line);) {
    if (line.empty()) {
      sentences.emplace_back();
    } else if (line[0] != '#') {
      sentences.back().push_back(columns_of(line));
    }
  }
  std::vector<Encoder::Words> words(sentences.size());
  for (std::size_t i = 0; i < sentences.size(); ++i) {
    for (const auto& row : sentences[i]) words[i].push_back(row[1]);
  }
  EncoderWorkspace workspace;
  std::vector<SentenceReading> readings;
  encoder.read(words, workspace, readings);
  std::size_t decisions = 0;
  std::size_t same = 0;
  for (std::size_t i = 0; i < sentences.size(); ++i) {
    for (std::size_t w = 0; w < sentences[i].size(); ++w) {
      const auto& row = sentences[i][w];
      const std::vector<std::string> wanted = {row[2], row[3], row[4], row[5], row[6], row[7], row[9]};
      const auto found = columns_of(encoder, row[1], readings[i].words[w]);
      for (std::size_t c = 0; c < wanted.size(); ++c) same += wanted[c] == found[c] ? 1 : 0;
      decisions += wanted.size();
    }
  }
  REQUIRE(decisions > 1000);
  CHECK(static_cast<double>(same) >= 0.995 * static_cast<double>(decisions));
}
