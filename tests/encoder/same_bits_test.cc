// One hash of all readings: whatever the instruction set, the number of threads and the size of blocks. The
// AVX-512 VNNI family runs here with its one instruction emulated, so that it is tested on every CPU.
#include <doctest/doctest.h>

#include <cmath>
#include <cstring>
#include <thread>

#include "emulated_dot.h"
#include "encoder/encoder.h"
#include "encoder/kernels.h"
#include "io/io.h"
#include "tiny_model.h"

#pragma GCC diagnostic ignored "-Wpsabi"  // vectors are never passed between files

#define KERNEL [[gnu::always_inline]] inline
#define KERNEL_CALL

using namespace polybius;
using polybius_test::Dice;
using polybius_test::TinyModel;

namespace {

struct Tile {
  static constexpr int kPanel = 64;
  static constexpr int kRows = 6;
  static constexpr int kValueSize = 1;

  static void pack(const std::int8_t* weights, PackedMatrix& packed) {
    packed.weights.reserve(static_cast<std::size_t>(packed.outputs) *
                           static_cast<std::size_t>(packed.inputs));
    pack_by_fours(weights, packed.outputs, packed.inputs, packed.weights.data());
  }

  POLYBIUS_DOT_TILE(inline, polybius_test::add_dots)

  template <int rows>
  static void multiply_panel(const std::uint8_t* x, std::size_t row_bytes, const PackedMatrix& w, int output,
                             std::int32_t* sums) {
    const auto begin = static_cast<std::size_t>(output) * static_cast<std::size_t>(w.inputs);
    multiply<rows>(x, row_bytes, w.weights.data() + begin, w.inputs, sums);
  }

  template <typename Ints>
  static void store(const Ints& low, const Ints& high, std::uint8_t* out) {
    for (int i = 0; i < 8; ++i) {
      out[i] = static_cast<std::uint8_t>(low[i]);
      out[8 + i] = static_cast<std::uint8_t>(high[i]);
    }
  }

  template <typename Floats>
  static Floats smaller(const Floats& a, const Floats& b) {
    return a < b ? a : b;
  }
  template <typename Floats>
  static Floats larger(const Floats& a, const Floats& b) {
    return a > b ? a : b;
  }
};

#include "encoder/float_kernels.inc"

constexpr Kernels kEmulated = kernel_table("vnni, emulated");

std::vector<Encoder::Words> made_up_sentences() {
  constexpr std::string_view kWords[] = {"The", "minister", "MET",   "visits", "U.", "café", "24",     ",",
                                         "bc",  "stopped",  "rain.", "'",      "平", "xyz",  "visitb", "-"};
  Dice dice(77);
  std::vector<Encoder::Words> sentences(60);
  for (Encoder::Words& words : sentences) {
    for (std::uint32_t left = dice.next() % 30U; left > 0; --left)
      words.push_back(kWords[dice.next() % std::size(kWords)]);
  }
  return sentences;
}

std::string bytes_of(const SentenceReading& reading) {
  std::string bytes;
  const auto add = [&](auto... values) { ((bytes += std::to_string(values) + ' '), ...); };
  for (const WordReading& word : reading.words) {
    add(word.upos, word.xpos, word.feats, word.lemma, word.deprel, word.ner, word.said, word.head,
        word.source, word.cue, word.content, word.eventful);
  }
  for (const auto* links : {&reading.said_links, &reading.event_links}) {
    for (const WordLink& link : *links) add(link.from, link.to, link.role, link.share);
  }
  for (const EventReading& event : reading.events) {
    add(event.word, event.event.label, event.event.share, event.mode.label, event.mode.share,
        event.status.label, event.status.share, event.happened.label, event.happened.share);
  }
  return bytes + '\n';
}

/// The hash of what `threads` threads read, each every so many sentences.
std::string hash_of(const Encoder& encoder, std::size_t threads) {
  const std::vector<Encoder::Words> sentences = made_up_sentences();
  std::vector<std::string> bytes(sentences.size());
  std::vector<std::thread> running;
  for (std::size_t first = 0; first < threads; ++first) {
    running.emplace_back([&, first] {
      std::vector<Encoder::Words> mine;
      for (std::size_t i = first; i < sentences.size(); i += threads) mine.push_back(sentences[i]);
      EncoderWorkspace workspace;
      std::vector<SentenceReading> readings;
      encoder.read(mine, workspace, readings);
      for (std::size_t i = 0; i < readings.size(); ++i) bytes[first + i * threads] = bytes_of(readings[i]);
    });
  }
  for (std::thread& thread : running) thread.join();
  std::string whole;
  for (const std::string& one : bytes) whole += one;
  return sha256_hex(whole);
}

}  // namespace

TEST_CASE("plain, AVX2 and VNNI code, threads and blocks of any number: one hash") {
  const auto bytes = TinyModel().bytes();
  const std::string expected = hash_of(Encoder::open_bytes(bytes, "tiny", plain_kernels(), 192).value(), 1);
  for (const Kernels* kernels : {&plain_kernels(), avx2_kernels(), vnni_kernels(), &kEmulated}) {
    if (kernels == nullptr) {
      MESSAGE("skipped: a family that this CPU lacks");
      continue;
    }
    for (const int block : {1, 64, 384}) {
      const Encoder encoder = Encoder::open_bytes(bytes, "tiny", *kernels, block).value();
      for (const std::size_t threads : {1, 2, 7}) {
        CAPTURE(kernels->name);
        CAPTURE(block);
        CAPTURE(threads);
        CHECK(hash_of(encoder, threads) == expected);
      }
    }
  }
}

TEST_CASE("the emulated family is tried like any other") {
  CHECK(multiplies_rightly(kEmulated));
}
