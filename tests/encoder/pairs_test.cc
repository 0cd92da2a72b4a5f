// A tiny model of marked pairs: what it reads depends on the marks, not on the instruction set, and files
// that do not fit are refused.
#include <doctest/doctest.h>

#include "encoder/encoder.h"
#include "tiny_model.h"

using namespace polybius;
using polybius_test::TinyModel;

namespace {

std::vector<std::byte> pair_bytes() {
  TinyModel model;
  model.become_pairs();
  return model.bytes();
}

PairReading read_pair(const Encoder& encoder, const std::vector<std::byte>& pairs,
                      std::span<const std::string_view> words, std::span<const PairRole> roles) {
  const PairReader reader = PairReader::open_bytes(pairs, "pairs", encoder).value();
  PairWorkspace workspace;
  PairReading reading;
  reader.read(words, roles, workspace, reading);
  return reading;
}

constexpr PairRole no = PairRole::none;
constexpr PairRole actor = PairRole::actor;
constexpr PairRole recipient = PairRole::recipient;
const std::vector<std::string_view> words = {"The", "minister", "met", "the", "ministers", "."};

}  // namespace

TEST_CASE("a marked pair is read alike in every family") {
  const auto bytes = TinyModel().bytes();
  const auto pairs = pair_bytes();
  const std::vector<PairRole> roles = {no, actor, no, no, recipient, no};
  const Encoder plain = Encoder::open_bytes(bytes, "tiny", KernelFamily::plain).value();
  const PairReading expected = read_pair(plain, pairs, words, roles);
  CHECK(expected.types.size() == 3);
  CHECK(expected.told.size() == words.size());
  for (const KernelFamily family : {KernelFamily::avx2, KernelFamily::vnni, KernelFamily::best}) {
    const Encoder encoder = Encoder::open_bytes(bytes, "tiny", family).value();
    CHECK(read_pair(encoder, pairs, words, roles) == expected);
  }
}

TEST_CASE("who acts and who is acted on makes a difference; either may be missing") {
  const auto bytes = TinyModel().bytes();
  const auto pairs = pair_bytes();
  const Encoder encoder = Encoder::open_bytes(bytes, "tiny").value();
  const auto marked = [&](std::vector<PairRole> roles) { return read_pair(encoder, pairs, words, roles); };
  CHECK(marked({no, actor, no, no, recipient, no}) != marked({no, recipient, no, no, actor, no}));
  CHECK(marked({no, actor, no, no, no, no}) != marked({no, no, no, no, recipient, no}));
  CHECK(marked({no, no, no, no, no, no}).types.size() == 3);
  CHECK(read_pair(encoder, pairs, {}, {}).told.empty());
}

TEST_CASE("of a long text the window around the marks is read") {
  const auto bytes = TinyModel().bytes();
  const auto pairs = pair_bytes();
  const Encoder encoder = Encoder::open_bytes(bytes, "tiny").value();
  std::vector<std::string_view> many(200, "the");
  many[150] = "minister";
  many[152] = "ministers";
  std::vector<PairRole> roles(200, no);
  roles[150] = actor;
  roles[152] = recipient;
  const PairReading far = read_pair(encoder, pairs, many, roles);
  CHECK(far.told[0] == 0);
  CHECK(far.told.size() == 200);
  many[10] = "visits";
  CHECK(read_pair(encoder, pairs, many, roles) == far);
}

TEST_CASE("a model of pairs is refused beside another encoder, and where it lacks something") {
  TinyModel changed;
  changed.become_pairs();
  changed.remove("roles");
  const auto bytes = TinyModel().bytes();
  const Encoder encoder = Encoder::open_bytes(bytes, "tiny").value();
  const auto code_of = [&](const std::vector<std::byte>& pairs) {
    const auto opened = PairReader::open_bytes(pairs, "pairs", encoder);
    return opened ? std::string() : opened.error().code;
  };
  CHECK(code_of(changed.bytes()) == "E-MOD-05");
  CHECK(code_of(bytes) == "E-MOD-03");
  TinyModel unlike;
  unlike.become_pairs();
  unlike.metadata["needs"] = "00000000";
  CHECK(code_of(unlike.bytes()) == "E-MOD-07");
  CHECK(code_of(pair_bytes()).empty());
}
