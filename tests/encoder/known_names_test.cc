// Which words lists know as names, and of what.
#include "encoder/known_names.h"

#include <doctest/doctest.h>

#include "tiny_model.h"

using namespace polybius;
using polybius_test::TinyModel;

namespace {

using Marks = std::vector<std::uint8_t>;

Marks marks_of(TinyModel model, const std::vector<std::string_view>& words) {
  const auto bytes = model.bytes();
  const ModelFile file = ModelFile::parse(bytes, "tiny").value();
  const KnownNames names = KnownNames::from(file).value();
  KnownNames::Scratch scratch;
  Marks marks;
  names.mark(words, scratch, marks);
  return marks;
}

}  // namespace

TEST_CASE("the longest name that stands there gives its words' marks, whatever their case") {
  const TinyModel tiny;
  CHECK(marks_of(tiny, {"rain", "stop", "the", "rain", "rain"}) ==
        Marks{1 + 8, 1 + 16, 1 + 16, 1 + 8 + 16, 1 + 8});
  CHECK(marks_of(tiny, {"RAIN", "Stop", "the", "visit"}) == Marks{2 + 8, 2 + 16, 0, 4 + 8});
  CHECK(marks_of(tiny, {"Minister", "Visit"}) == Marks{4, 4 + 8});
}

TEST_CASE("what only begins or only ends like a name has no mark") {
  const TinyModel tiny;
  CHECK(marks_of(tiny, {"rai", "raining", "stop", "the"}) == Marks{0, 0, 0, 0});
  CHECK(marks_of(tiny, {"zzz", "", "\xff", "the rain"}) == Marks{0, 0, 0, 0});
  CHECK(marks_of(tiny, {}).empty());
}

TEST_CASE("a model without a list knows no names") {
  TinyModel model;
  for (const char* tensor : {"known.names", "known.marks", "known.weight"}) model.remove(tensor);
  CHECK(marks_of(model, {"rain", "stop"}) == Marks{0, 0});
}
