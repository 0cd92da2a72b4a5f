// A tiny model read whole: subwords, readings that depend on nothing but the sentence, and files that are
// refused.
#include "encoder/encoder.h"

#include <doctest/doctest.h>

#include <filesystem>
#include <thread>

#include "tiny_model.h"

using namespace polybius;
using polybius_test::TinyModel;

namespace {

const std::vector<Encoder::Words>& sentences() {
  static const std::vector<Encoder::Words> kSentences = {
      {"The", "minister", "met", "the", "ministers", "."},
      {"Rain",     "stopped", "the", "visits", ",",      "the",     "minister", "met",      "the",
       "cafe",     "-",       "the", "24",     "visits", "stopped", "rain",     ".",        "the",
       "minister", "stopped", "the", "visit",  ",",      "met",     "the",      "minister", "."},
      {},
      {"visits"},
      {"U.", "b", "bb", "bc", "'", "café", "24"},
  };
  return kSentences;
}

Encoder open_tiny(const std::vector<std::byte>& bytes, KernelFamily family = KernelFamily::best,
                  int block = 192) {
  return Encoder::open_bytes(bytes, "tiny", family, block).value();
}

std::vector<SentenceReading> read_with(const Encoder& encoder, std::span<const Encoder::Words> words) {
  EncoderWorkspace workspace;
  std::vector<SentenceReading> readings;
  encoder.read(words, workspace, readings);
  return readings;
}

std::string error_of(TinyModel& model) {
  const auto bytes = model.bytes();
  const auto opened = Encoder::open_bytes(bytes, "tiny");
  return opened ? "" : opened.error().code;
}

}  // namespace

TEST_CASE("readings are the same in every family, in blocks of any size, alone or among others") {
  const auto bytes = TinyModel().bytes();
  const auto expected = read_with(open_tiny(bytes, KernelFamily::plain), sentences());
  for (const KernelFamily family :
       {KernelFamily::plain, KernelFamily::avx2, KernelFamily::vnni, KernelFamily::best}) {
    for (const int block : {1, 40, 384}) {
      const Encoder encoder = open_tiny(bytes, family, block);
      if (encoder.family() != family && family != KernelFamily::best)
        MESSAGE("skipped: a family that this CPU lacks");
      CHECK(read_with(encoder, sentences()) == expected);
      for (std::size_t i = 0; i < sentences().size(); ++i) {
        CHECK(read_with(encoder, std::span(sentences()).subspan(i, 1))[0] == expected[i]);
      }
    }
  }
}

TEST_CASE("threads share a model") {
  const auto bytes = TinyModel().bytes();
  const Encoder encoder = open_tiny(bytes);
  const auto expected = read_with(encoder, sentences());
  std::vector<std::vector<SentenceReading>> found(3);
  std::vector<std::thread> threads;
  for (auto& readings : found) threads.emplace_back([&] { readings = read_with(encoder, sentences()); });
  for (std::thread& thread : threads) thread.join();
  for (const auto& readings : found) CHECK(readings == expected);
}

TEST_CASE("every sentence is a tree with one root, long ones too, and its names are valid sequences") {
  const auto bytes = TinyModel().bytes();
  const Encoder encoder = open_tiny(bytes);
  const auto& deprels = encoder.labels(Column::deprel);
  const auto& tags = encoder.labels(Column::ner);
  for (const SentenceReading& reading : read_with(encoder, sentences())) {
    int roots = 0;
    std::string before = "O";
    for (const WordReading& word : reading.words) {
      roots += word.head < 0 ? 1 : 0;
      CHECK((deprels[word.deprel] == "root") == (word.head < 0));
      const std::string& tag = tags[word.ner];
      if (tag.starts_with("I-")) CHECK(before.substr(1) == tag.substr(1));
      before = tag;
      std::int32_t at = word.head;
      for (std::size_t steps = 0; at >= 0; ++steps) {
        REQUIRE(steps <= reading.words.size());
        at = reading.words[static_cast<std::size_t>(at)].head;
      }
    }
    CHECK(roots == (reading.words.empty() ? 0 : 1));
  }
}

TEST_CASE("shares are of a thousand, links lead from cues and event words, and stay within the sentence") {
  const auto bytes = TinyModel().bytes();
  const Encoder encoder = open_tiny(bytes);
  std::size_t links = 0;
  std::size_t events = 0;
  for (const SentenceReading& reading : read_with(encoder, sentences())) {
    for (const WordReading& word : reading.words) {
      CHECK(word.source + word.cue + word.content <= 1002);
      CHECK(word.eventful <= 1000);
    }
    for (const WordLink& link : reading.said_links) {
      REQUIRE(link.from < reading.words.size());
      REQUIRE(link.to < reading.words.size());
      CHECK(reading.words[link.from].cue >= kLeastCue);
      CHECK(link.share >= kLeastLink);
      CHECK(link.share <= 1000);
      ++links;
    }
    for (const EventReading& event : reading.events) {
      CHECK(reading.words[event.word].eventful >= kLeastEventful);
      CHECK(encoder.labels(Column::event)[event.event.label] != "O");
      CHECK(encoder.labels(Column::happened)[event.happened.label] == "yes");
      CHECK(event.status.share >= 500);
      ++events;
    }
    for (const WordLink& link : reading.event_links) CHECK(link.to < reading.words.size());
  }
  CHECK(links > 0);
  CHECK(events > 0);
}

TEST_CASE("a model without the later heads leaves their fields empty") {
  TinyModel model;
  for (const char* head : {"said", "said_links", "event", "mode", "status", "happened", "event_links"})
    model.heads().erase(head);
  const auto bytes = model.bytes();
  const Encoder encoder = open_tiny(bytes);
  CHECK(encoder.labels(Column::said).empty());
  for (const SentenceReading& reading : read_with(encoder, sentences())) {
    CHECK(reading.said_links.empty());
    CHECK(reading.events.empty());
    CHECK(reading.event_links.empty());
  }
}

TEST_CASE("words become the longest pieces, with the case of the letters they cover") {
  const auto bytes = TinyModel().bytes();
  const Encoder encoder = open_tiny(bytes);
  const auto ids = [&](std::string_view word) { return encoder.pieces_of(word).ids; };
  const auto shapes = [&](std::string_view word) { return encoder.pieces_of(word).shapes; };
  CHECK(ids("ministers") == std::vector<std::int32_t>{5, 7});
  CHECK(ids("Café") == std::vector<std::int32_t>{17});
  CHECK(ids("Cafe\xcc\x81") == std::vector<std::int32_t>{17});
  CHECK(ids("the…") == std::vector<std::int32_t>{4, 11, 11, 11});
  CHECK(ids("平平") == std::vector<std::int32_t>{26, 26});
  CHECK(ids("xyz") == std::vector<std::int32_t>{1});
  CHECK(ids("") == std::vector<std::int32_t>{1});
  CHECK(ids("the met") == std::vector<std::int32_t>{4, 6});
  CHECK(ids("'''''''''''''''''''").size() == 12);
  CHECK(shapes("Met") == std::vector<std::uint8_t>{1});
  CHECK(shapes("MET") == std::vector<std::uint8_t>{2});
  CHECK(shapes("met") == std::vector<std::uint8_t>{0});
  CHECK(shapes("mEt") == std::vector<std::uint8_t>{6});
  CHECK(shapes("U.") == std::vector<std::uint8_t>{3, 5});
  CHECK(shapes("24") == std::vector<std::uint8_t>{4});
  CHECK(shapes("") == std::vector<std::uint8_t>{7});
}

TEST_CASE("bytes that are no UTF-8 are read as unknown letters") {
  const auto bytes = TinyModel().bytes();
  const Encoder encoder = open_tiny(bytes);
  CHECK(encoder.pieces_of("\xff\xfe").ids.size() == 1);
}

TEST_CASE("a damaged model is refused with what is wrong") {
  const auto with = [](auto change) {
    TinyModel model;
    change(model);
    return error_of(model);
  };
  CHECK(with([](TinyModel&) {}) == "");
  CHECK(with([](TinyModel& m) { m.metadata["version"] = "2"; }) == "E-MOD-03");
  CHECK(with([](TinyModel& m) { m.metadata["crc32"] = "00000000"; }) == "E-MOD-04");
  CHECK(with([](TinyModel& m) { m.remove("layers.1.qkv.scale"); }) == "E-MOD-05");
  CHECK(with([](TinyModel& m) { m.shape()["inner"] = 192; }) == "E-MOD-05");
  CHECK(with([](TinyModel& m) { m.shape()["inner"] = 100; }) == "E-MOD-06");
  CHECK(with([](TinyModel& m) { m.shape()["positions"] = 0; }) == "E-MOD-06");
  CHECK(with([](TinyModel& m) { m.shape()["attention_heads"] = 4; }) == "E-MOD-06");
  CHECK(with([](TinyModel& m) { m.heads()["tree"]["labels"][1] = "toor"; }) == "E-MOD-06");
  CHECK(with([](TinyModel& m) { m.heads()["ner"]["hidden"] = 63; }) == "E-MOD-06");
  CHECK(with([](TinyModel& m) { m.heads()["said_links"]["size"] = 15; }) == "E-MOD-06");
  CHECK(with([](TinyModel& m) { m.remove("heads.said.begins"); }) == "E-MOD-05");
  CHECK(with([](TinyModel& m) { m.heads()["event_links"]["kind"] = "classes"; }) == "E-MOD-06");
  CHECK(with([](TinyModel& m) { m.heads()["event_links"]["size"] = 32; }) == "E-MOD-05");
  CHECK(with([](TinyModel& m) { m.replace_text("vocabulary", "[UNK]"); }) == "E-MOD-05");
  CHECK(with([](TinyModel& m) { m.replace_text("lemmas.keys", "one"); }) == "E-MOD-05");
  CHECK(with([](TinyModel& m) { m.replace_text("fold.kind", "1"); }) == "E-MOD-05");
  CHECK(with([](TinyModel& m) { m.replace_text("known.names", "rain"); }) == "E-MOD-05");
  CHECK(with([](TinyModel& m) { m.replace_text("known.marks", "12345"); }) == "E-MOD-05");
  CHECK(with([](TinyModel& m) { m.remove("known.weight"); }) == "E-MOD-05");
}

TEST_CASE("a file cut anywhere is refused") {
  const auto bytes = TinyModel().bytes();
  for (std::size_t size = 0; size < bytes.size(); size += 997) {
    CHECK_FALSE(Encoder::open_bytes(std::span(bytes).first(size), "tiny").ok());
  }
}

TEST_CASE("a model that is not there is named") {
  const auto opened = Encoder::open("no/such/model");
  REQUIRE_FALSE(opened);
  CHECK(opened.error().code == "E-MOD-01");
  CHECK(opened.error().place == "no/such/model");
}
