// The learned head beside the patterns: what both see, what one alone sees.
#include "events/judge.h"

#include <doctest/doctest.h>

#include "events/events.h"
#include "events/trees.h"

namespace polybius::tests {
namespace {

/// Norland does what the verb says to Sudmark.
Analysis act_of(const std::string& form, const std::string& lemma) {
  return tree_of("Norland norland PROPN 2 nsubj\n" + form + ' ' + lemma +
                 " VERB 0 root Mood=Ind|Tense=Past|VerbForm=Fin\n"
                 "Sudmark sudmark PROPN 2 obj\n");
}

/// As if a model with heads for events had read the text and seen `words`.
std::vector<Event> judged(Analysis analysis, std::vector<EventWord> words) {
  analysis.said.resize(analysis.tokens.size());
  analysis.event_words = std::move(words);
  const std::vector<Entity> states{
      entity_of(analysis, "e1", EntityKind::country, "Norland", "NOR", "NOR", {"Norland"}),
      entity_of(analysis, "e2", EntityKind::country, "Sudmark", "SUD", "SUD", {"Sudmark"})};
  return find_events(analysis, states, {}, {}, Judge(tables()), tables());
}

EventWord seen(const std::string& type, std::uint16_t share) {
  EventWord word;
  word.word = 1;
  word.share = share;
  word.type = type;
  word.type_share = share;
  word.mode = "-";
  word.mode_share = 990;
  word.status = "occurred";
  word.status_share = 990;
  word.parties = {{0, false, 950}, {2, true, 950}};
  return word;
}

}  // namespace

TEST_CASE("what pattern and learned head see is surer than what the pattern sees alone") {
  const Analysis attack = act_of("attacked", "attack");
  const auto both = judged(attack, {seen("ASSAULT", 970)});
  REQUIRE(both.size() == 1);
  CHECK(both[0].confidence > 0.8);
  CHECK(both[0].why.find("head ASSAULT 0.97") != std::string::npos);
  for (const Event& alone : judged(attack, {})) CHECK(alone.confidence < both[0].confidence);
}

TEST_CASE("what only the learned head sees is told if it is sure, by whom and to whom") {
  const auto events = judged(act_of("harrumphed", "harrumph"), {seen("ACCUSE", 980)});
  REQUIRE(events.size() == 1);
  CHECK(events[0].type == EventType::ACCUSE);
  CHECK(events[0].actor == std::vector<std::string>{"e1"});
  CHECK(events[0].recipient == std::vector<std::string>{"e2"});
  CHECK(events[0].why.starts_with("events: head ACCUSE 0.98 \"harrumphed\""));
  CHECK(judged(act_of("harrumphed", "harrumph"), {seen("ACCUSE", 80)}).empty());
}

TEST_CASE("what speaks for a find makes it surer, what speaks against it less sure") {
  const Judge judge(tables());
  const double likely = judge.confidence_of({{"always", 1}, {"row", 1}, {"head", 4}});
  CHECK(likely > judge.confidence_of({{"always", 1}, {"row", 1}, {"head", -4}}));
  CHECK(likely > judge.confidence_of({{"always", 1}, {"row", 1}, {"head", 4}, {"long ago", 1}}));
  CHECK(judge.confidence_of({{"no such evidence", 1}}) == 0.5);
}

}  // namespace polybius::tests
