// Patterns on trees: hyphened words, words of two, phrases that the parser hung on the object, mended
// clauses.
#include <doctest/doctest.h>

#include <algorithm>

#include "entities/tree_text.h"
#include "language/mend.h"

namespace polybius {
namespace {

/// The patterns of `events` that match at a token.
std::vector<std::string> patterns_at(const Analysis& analysis, std::uint32_t head) {
  std::vector<std::string> found;
  for (const RuleMatch& match : analysis.event_matches) {
    if (match.head == head) found.emplace_back(test_lexicon().event_rules()[match.rule].pattern.text);
  }
  return found;
}

bool has(const std::vector<std::string>& patterns, std::string_view pattern) {
  return std::find(patterns.begin(), patterns.end(), pattern) != patterns.end();
}

TEST_CASE("a word cut at its hyphen is met as one word, whichever part heads it") {
  const Analysis analysis =
      analysis_of({"Students/NOUN/2/nsubj/student ended/VERB/0//end/Fin a/DET/6/det "
                   "sit+/NOUN/6/compound/sit -+/PUNCT/4/punct in/NOUN/2/obj/in "
                   "./PUNCT/2/punct"});
  CHECK(has(patterns_at(analysis, 5), "sit-in"));
  CHECK(has(patterns_at(analysis, 1), "end sit-in"));
}

TEST_CASE("a word of two in a class is met where the first part hangs on the second") {
  const Analysis analysis =
      analysis_of({"Youths/NOUN/2/nsubj/youth hurled/VERB/0//hurl/Fin petrol/NOUN/4/compound "
                   "bombs/NOUN/2/obj/bomb at/ADP/6/case police/NOUN/2/obl ./PUNCT/2/punct"});
  CHECK(has(patterns_at(analysis, 1), "hurl <firebomb>"));
}

TEST_CASE("a phrase of the verb may hang on its object") {
  const Analysis analysis =
      analysis_of({"Prosecutors/NOUN/2/nsubj/prosecutor accused/VERB/0//accuse/Fin the/DET/4/det "
                   "general/NOUN/2/obj of/ADP/6/case fraud/NOUN/4/nmod ./PUNCT/2/punct"});
  CHECK(has(patterns_at(analysis, 1), "accuse of <crime>"));
}

TEST_CASE("a phrase below another phrase counts only where the pattern took that one") {
  const Analysis below =
      analysis_of({"France/PROPN/2/nsubj came/VERB/0//come/Fin to/ADP/5/case the/DET/5/det "
                   "aid/NOUN/2/obl of/ADP/7/case "
                   "Mali/PROPN/5/nmod ./PUNCT/2/punct"});
  CHECK(has(patterns_at(below, 1), "come to aid of"));
  const Analysis elsewhere =
      analysis_of({"She/PRON/2/nsubj accused/VERB/0//accuse/Fin him/PRON/2/obj at/ADP/6/case a/DET/6/det "
                   "trial/NOUN/2/obl of/ADP/8/case fraud/NOUN/6/nmod ./PUNCT/2/punct"});
  CHECK_FALSE(has(patterns_at(elsewhere, 1), "accuse of <crime>"));
}

TEST_CASE("a lemma that no table knows is guessed from the form") {
  const Analysis analysis = analysis_of({"Police/NOUN/2/nsubj gassed/VERB/0//gass/Fin them/PRON/2/obj",
                                         "Bern/PROPN/2/nsubj froze/VERB/0//froze/Fin aid/NOUN/2/obj"});
  CHECK(has(patterns_at(analysis, 1), "gas"));
  CHECK(has(patterns_at(analysis, 4), "freeze <aid>"));
}

TEST_CASE("a noun with a subject and a past verb before it is a clause") {
  Analysis analysis =
      analysis_of({"The/DET/2/det premier/NOUN/3/nsubj pledged/VERB/4/amod/pledge/Fin "
                   "reforms/NOUN/0//reform ./PUNCT/4/punct"});
  mend_clauses(analysis);
  CHECK(analysis.tokens[2].head == -1);
  CHECK(analysis.tokens[2].deprel == "root");
  CHECK(analysis.tokens[3].head == 2);
  CHECK(analysis.tokens[3].deprel == "obj");
  CHECK(analysis.tokens[1].head == 2);
  CHECK(analysis.tokens[4].head == 2);
}

TEST_CASE("a title read as an object beside its name hangs on the name") {
  Analysis analysis =
      analysis_of({"He/PRON/2/nsubj met/VERB/0//meet/Fin Chancellor/PROPN/2/obj Jane/PROPN/2/obj "
                   "Roe/PROPN/4/flat ./PUNCT/2/punct"});
  analysis.names = {{3, 5, NameKind::PER}};
  mend_titles(analysis);
  CHECK(analysis.tokens[2].head == 3);
  CHECK(analysis.tokens[2].deprel == "nmod:desc");
  CHECK(analysis.children[3].size() == 2);
}

TEST_CASE("a noun that is a predicate stays one") {
  Analysis analysis =
      analysis_of({"He/PRON/4/nsubj was/AUX/4/cop wounded/VERB/4/amod/wound/Fin "
                   "veteran/NOUN/0 ./PUNCT/4/punct"});
  mend_clauses(analysis);
  CHECK(analysis.tokens[3].head == -1);
}

}  // namespace
}  // namespace polybius
