// The shipped weights, held to what the float model reads of the same sentences (training/predict.py wrote
// the file).
#include <doctest/doctest.h>

#include <algorithm>
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

/// The value of a key in MISC, "O" if it is not there.
std::string value_of(const std::string& misc, const std::string& key) {
  std::size_t begin = 0;
  while (begin < misc.size()) {
    const std::size_t end = std::min(misc.find('|', begin), misc.size());
    const std::string part = misc.substr(begin, end - begin);
    if (part.starts_with(key + "=")) return part.substr(key.size() + 1);
    begin = end + 1;
  }
  return "O";
}

std::string label_of(const Encoder& encoder, Column column, std::uint16_t label) {
  const auto& labels = encoder.labels(column);
  return label < labels.size() ? labels[label] : "O";
}

/// The columns LEMMA to DEPREL, the name's tag, the tag of attribution and the event's type.
std::vector<std::string> columns_of(const Encoder& encoder, const std::string& form,
                                    const SentenceReading& reading, std::size_t at) {
  const WordReading& word = reading.words[at];
  std::string event = "O";
  for (const EventReading& read : reading.events) {
    if (read.word == at && read.event.share > 1000 - word.eventful)
      event = label_of(encoder, Column::event, read.event.label);
  }
  return {apply_lemma_script(form, encoder.labels(Column::lemma)[word.lemma]),
          encoder.labels(Column::upos)[word.upos],
          encoder.labels(Column::xpos)[word.xpos],
          encoder.labels(Column::feats)[word.feats],
          std::to_string(word.head + 1),
          encoder.labels(Column::deprel)[word.deprel],
          label_of(encoder, Column::ner, word.ner),
          label_of(encoder, Column::said, word.said),
          event};
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
      const std::vector<std::string> wanted = {row[2],
                                               row[3],
                                               row[4],
                                               row[5],
                                               row[6],
                                               row[7],
                                               value_of(row[9], "NER"),
                                               value_of(row[9], "Said"),
                                               value_of(row[9], "Event")};
      const auto found = columns_of(encoder, row[1], readings[i], w);
      for (std::size_t c = 0; c < wanted.size(); ++c) same += wanted[c] == found[c] ? 1 : 0;
      decisions += wanted.size();
    }
  }
  REQUIRE(decisions > 1000);
  CHECK(static_cast<double>(same) >= 0.995 * static_cast<double>(decisions));
}
