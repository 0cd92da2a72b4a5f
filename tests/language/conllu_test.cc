// CoNLL-U in and out.
#include <doctest/doctest.h>

#include <string>

#include "language/language.h"

namespace polybius {
namespace {

constexpr std::string_view kSample =
    "# newdoc id = d1\n"
    "# sent_id = s1\n"
    "# text = Iran didn't agree.\n"
    "1\tIran\tIran\tPROPN\t_\tNumber=Sing\t4\tnsubj\t_\tNER=B-LOC\n"
    "2-3\tdidn't\t_\t_\t_\t_\t_\t_\t_\t_\n"
    "2\tdid\tdo\tAUX\t_\tTense=Past\t4\taux\t_\t_\n"
    "3\tn't\tnot\tPART\t_\t_\t4\tadvmod\t_\t_\n"
    "4\tagree\tagree\tVERB\t_\tVerbForm=Inf\t0\troot\t_\tSpaceAfter=No\n"
    "4.1\tagreed\tagree\tVERB\t_\t_\t_\t_\t0:root\t_\n"
    "5\t.\t.\tPUNCT\t_\t_\t4\tpunct\t_\t_\n\n";

Result<Analysis> read(std::string_view text) {
  return read_conllu(text, Lexicon::builtin());
}

}  // namespace

TEST_CASE("what was read is written again") {
  const auto analysis = read(kSample);
  REQUIRE(analysis.ok());
  CHECK(write_conllu(analysis.value()) == kSample);
  CHECK(analysis.value().text.utf8() == "Iran didn't agree. ");
}

TEST_CASE("words of a range have the letters that are theirs") {
  const auto analysis = read(kSample);
  REQUIRE(analysis.ok());
  const auto& tokens = analysis.value().tokens;
  CHECK(analysis.value().text.slice(tokens[1].span) == "did");
  CHECK(analysis.value().text.slice(tokens[2].span) == "n't");
  CHECK(tokens[1].surface == tokens[2].surface);
  CHECK(tokens[0].head == 3);
  CHECK(analysis.value().child(3, "nsubj") == 0);
  REQUIRE(analysis.value().names.size() == 1);
  CHECK(analysis.value().names[0].kind == NameKind::LOC);
}

TEST_CASE("broken files are told with their line") {
  CHECK(read("1\ta\tb\n").error().message() ==
        "1: not ten columns; CoNLL-U has ten columns cut by tabs and ids that count from 1 (E-CNL-01)");
  CHECK_FALSE(read("2\ta\t_\t_\t_\t_\t_\t_\t_\t_\n").ok());
  CHECK_FALSE(read("1-2\tab\t_\t_\t_\t_\t_\t_\t_\t_\n1\ta\t_\t_\t_\t_\t_\t_\t_\t_\n\n").ok());
}

TEST_CASE("heads that make a circle become roots") {
  const auto analysis = read("1\ta\t_\t_\t_\t_\t2\tdep\t_\t_\n2\tb\t_\t_\t_\t_\t1\tdep\t_\t_\n\n");
  REQUIRE(analysis.ok());
  CHECK(analysis.value().tokens[0].head == -1);
  CHECK(analysis.value().tokens[1].head == 0);
}

TEST_CASE("carriage returns at a line's end are no part of it, however many") {
  const auto once = read("# note\r\r\n1\tGo\tgo\tVERB\t_\t_\t0\troot\t_\t_\r\r\n\r\n");
  REQUIRE(once.ok());
  const std::string written = write_conllu(once.value());
  CHECK(written.find('\r') == std::string::npos);
  CHECK(write_conllu(read(written).value()) == written);
}

}  // namespace polybius
