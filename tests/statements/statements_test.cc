// Statements: who said what, with marks in their place and without.
#include "statements/statements.h"

#include <doctest/doctest.h>

#include <algorithm>

#include "entities/entities.h"
#include "entities/tree_text.h"
#include "statements/borders.h"

using namespace polybius;

namespace {

struct Heard {
  Analysis analysis;
  std::vector<Entity> entities;
  std::vector<Statement> statements;
  std::vector<Warning> warnings;

  std::string content(std::size_t number) const {
    std::string out;
    for (const Span piece : statements[number].content)
      out += (out.empty() ? "" : " | ") + std::string(analysis.text.slice(piece));
    return out;
  }
  std::string speaker(std::size_t number) const {
    if (!statements[number].speaker) return {};
    const auto entity = std::ranges::find(entities, statements[number].speaker->entity, &Entity::id);
    return entity == entities.end() ? "?" : entity->name;
  }
  bool warns(std::string_view code) const {
    return std::ranges::find(warnings, code, &Warning::code) != warnings.end();
  }
};

/// Finds who and what is named and said in an analysed text.
void read(Heard& heard) {
  heard.entities = find_entities(heard.analysis, Date{2024, 3, 5}, EntityTables(test_lexicon()),
                                 test_lexicon(), Gazetteer::builtin(), heard.warnings);
  heard.statements = find_statements(heard.analysis, heard.entities, StatementTables(test_lexicon()),
                                     test_lexicon(), heard.warnings);
}

Heard statements_of(const std::vector<std::string>& sentences) {
  Heard heard;
  heard.analysis = analysis_of(sentences);
  read(heard);
  return heard;
}

const std::string kWeiss =
    "Anna/PROPN/3/nsubj/Anna//B-PER Weiss/PROPN/1/flat/Weiss//I-PER said/VERB/0//say/Fin ";

}  // namespace

TEST_CASE("indirect speech is the clause that the cue governs") {
  const Heard heard = statements_of({kWeiss + "that/SCONJ/7/mark the/DET/6/det talks/NOUN/7/nsubj/talk/Plur "
                                              "failed/VERB/3/ccomp/fail/Fin ./PUNCT/3/punct"});
  REQUIRE(heard.statements.size() == 1);
  CHECK(heard.statements[0].kind == StatementKind::indirect);
  CHECK(heard.content(0) == "that the talks failed");
  CHECK(heard.speaker(0) == "Anna Weiss");
  CHECK_FALSE(heard.warns("scrambled_quotes"));
}

TEST_CASE("a quotation before the cue is direct, and a second one goes on") {
  const Heard heard = statements_of(
      {"“+/PUNCT/4/punct We/PRON/3/nsubj are/AUX/3/cop/be ready+/ADJ/9/ccomp/ready/Fin ,+/PUNCT/4/punct "
       "”/PUNCT/4/punct Anna/PROPN/9/nsubj/Anna//B-PER "
       "Weiss/PROPN/7/flat/Weiss//I-PER said/VERB/0//say/Fin ./PUNCT/9/punct",
       "“+/PUNCT/3/punct We/PRON/3/nsubj wait+/VERB/0//wait/Fin .+/PUNCT/3/punct ”/PUNCT/3/punct"});
  REQUIRE(heard.statements.size() == 1);
  CHECK(heard.statements[0].kind == StatementKind::direct);
  CHECK(heard.content(0) == "“We are ready,” | “We wait.”");
  CHECK(heard.speaker(0) == "Anna Weiss");
}

TEST_CASE("words before a closing cue without any marks are what was said") {
  const Heard heard =
      statements_of({"The/DET/2/det talks/NOUN/3/nsubj/talk/Plur failed/VERB/6/ccomp/fail/Fin "
                     ",/PUNCT/3/punct she/PRON/6/nsubj said/VERB/0//say/Fin ./PUNCT/6/punct"});
  REQUIRE(heard.statements.size() == 1);
  CHECK(heard.content(0) == "The talks failed");
  CHECK(heard.statements[0].kind == StatementKind::indirect);
  REQUIRE(heard.statements[0].speaker);
  CHECK(heard.statements[0].speaker->entity.empty());
}

TEST_CASE("a mark that never closes is reported and not believed") {
  const Heard heard = statements_of({"“+/PUNCT/3/punct " + kWeiss +
                                     "that/SCONJ/8/mark the/DET/7/det talks/NOUN/8/nsubj/talk/Plur "
                                     "failed/VERB/4/ccomp/fail/Fin ./PUNCT/4/punct"});
  CHECK(heard.warns("scrambled_quotes"));
}

TEST_CASE("a participle after the cue has the same speaker") {
  const Heard heard =
      statements_of({"Talks/NOUN/2/nsubj/talk/Plur failed/VERB/0//fail/Fin ,/PUNCT/5/punct "
                     "Weiss/PROPN/5/nsubj/Weiss//B-PER said/VERB/2/parataxis/say/Fin "
                     ",/PUNCT/7/punct adding/VERB/2/advcl/add/Ger that/SCONJ/10/mark she/PRON/10/nsubj "
                     "left/VERB/7/ccomp/leave/Fin ./PUNCT/2/punct"});
  REQUIRE(heard.statements.size() == 2);
  CHECK(heard.content(0) == "Talks failed");
  CHECK(heard.content(1) == "that she left");
  CHECK(heard.speaker(1) == "Weiss");
}

TEST_CASE("a statement in a statement says so") {
  const Heard heard =
      statements_of({kWeiss + "that/SCONJ/6/mark Brandt/PROPN/6/nsubj/Brandt//B-PER "
                              "claimed/VERB/3/ccomp/claim/Fin that/SCONJ/9/mark they/PRON/9/nsubj "
                              "left/VERB/6/ccomp/leave/Fin ./PUNCT/3/punct"});
  REQUIRE(heard.statements.size() == 2);
  CHECK(heard.statements[1].within == heard.statements[0].id);
  CHECK(heard.speaker(1) == "Brandt");
}

TEST_CASE("an empty text says nothing") {
  CHECK(statements_of({}).statements.empty());
}

namespace {

/// A letter a word: s source, c cue, x content, capital where a span begins, . nothing; all as sure as can
/// be.
void tag(Analysis& analysis, std::string_view tags) {
  REQUIRE(tags.size() == analysis.tokens.size());
  analysis.said.clear();
  for (const char letter : tags) {
    SaidWord word;
    word.begins = letter >= 'A' && letter <= 'Z';
    const char role = word.begins ? static_cast<char>(letter + 32) : letter;
    if (role == 's') word.role = SaidRole::source;
    if (role == 'c') word.role = SaidRole::cue;
    if (role == 'x') word.role = SaidRole::content;
    if (role == 's') word.source = 1000;
    if (role == 'c') word.cue = 1000;
    if (role == 'x') word.content = 1000;
    analysis.said.push_back(word);
  }
}

void tie(Analysis& analysis, std::uint32_t cue, SaidRole role, std::uint32_t first, std::uint32_t last) {
  for (std::uint32_t word = first; word < last; ++word) analysis.said_ties.push_back({cue, word, role, 900});
}

}  // namespace

TEST_CASE("where the model tags, its spans are the statement's, over sentences too") {
  Heard heard;
  heard.analysis =
      analysis_of({kWeiss + "talks/NOUN/5/nsubj/talk/Plur failed/VERB/3/ccomp/fail/Fin ./PUNCT/3/punct",
                   "We/PRON/2/nsubj/we/Plur wait/VERB/0//wait/Fin now/ADV/2/advmod/now ./PUNCT/2/punct"});
  tag(heard.analysis, "SsCXx.Xxxx");
  tie(heard.analysis, 2, SaidRole::source, 0, 2);
  tie(heard.analysis, 2, SaidRole::content, 3, 5);
  read(heard);
  REQUIRE(heard.statements.size() == 1);
  CHECK(heard.content(0) == "talks failed . We wait now .");
  CHECK(heard.speaker(0) == "Anna Weiss");
  REQUIRE(heard.statements[0].cue.size() == 1);
  CHECK(heard.analysis.text.slice(heard.statements[0].cue[0]) == "said");
}

TEST_CASE("a tagged cue grows to its adverbs, and a rule's cue that the model does not see goes") {
  Heard heard;
  heard.analysis =
      analysis_of({"Weiss/PROPN/3/nsubj/Weiss//B-PER also/ADV/3/advmod/also said/VERB/0//say/Fin "
                   "talks/NOUN/5/nsubj/talk/Plur failed/VERB/3/ccomp/fail/Fin ./PUNCT/3/punct",
                   kWeiss + "that/SCONJ/7/mark the/DET/6/det talks/NOUN/7/nsubj/talk/Plur "
                            "failed/VERB/3/ccomp/fail/Fin ./PUNCT/3/punct"});
  tag(heard.analysis, "S.CXx.........");
  tie(heard.analysis, 2, SaidRole::source, 0, 1);
  tie(heard.analysis, 2, SaidRole::content, 3, 5);
  read(heard);
  REQUIRE(heard.statements.size() == 1);
  CHECK(heard.analysis.text.slice(heard.statements[0].cue[0]) == "also said");
}

TEST_CASE("a content ends where the tree and the signs say, though the tags end a word before") {
  Heard heard;
  heard.analysis =
      analysis_of({kWeiss + "talks/NOUN/5/nsubj/talk/Plur failed/VERB/3/ccomp/fail/Fin in/ADP/7/case "
                            "Geneva/PROPN/5/obl/Geneva//B-LOC ./PUNCT/3/punct"});
  tag(heard.analysis, "SsCXxx..");
  tie(heard.analysis, 2, SaidRole::source, 0, 2);
  tie(heard.analysis, 2, SaidRole::content, 3, 6);
  heard.analysis.said[6].content = 400;
  read(heard);
  REQUIRE(heard.statements.size() == 1);
  CHECK(heard.content(0) == "talks failed in Geneva");
}

TEST_CASE("the weights of borders have a row for each feature and no other") {
  std::vector<std::string_view> rows;
  for (const Row row : test_lexicon().rows("content_borders")) rows.push_back(row["feature"]);
  std::vector<std::string_view> names(border_feature_names().begin(), border_feature_names().end());
  std::ranges::sort(rows);
  std::ranges::sort(names);
  CHECK(rows == names);
}
