// What happened, to whom, and whether it did: events on small trees.
#include "events/events.h"

#include <doctest/doctest.h>

#include "events/trees.h"

namespace polybius::tests {
namespace {

constexpr std::string_view called_off =
    "Norland norland PROPN 2 nsubj\n"
    "called call VERB 0 root Mood=Ind|Tense=Past|VerbForm=Fin\n"
    "off off ADP 2 compound:prt\n"
    "a a DET 6 det\n"
    "planned planned ADJ 6 amod\n"
    "summit summit NOUN 2 obj\n"
    "with with ADP 8 case\n"
    "Sudmark sudmark PROPN 6 nmod\n"
    ". . PUNCT 2 punct\n";

std::vector<Entity> two_states(const Analysis& analysis) {
  return {entity_of(analysis, "e1", EntityKind::country, "Norland", "NOR", "NOR", {"Norland"}),
          entity_of(analysis, "e2", EntityKind::country, "Sudmark", "SUD", "SUD", {"Sudmark"})};
}

std::vector<Event> events_of(std::string_view lines) {
  const Analysis analysis = tree_of(lines);
  return find_events(analysis, two_states(analysis), {}, {}, Judge(tables()), tables());
}

}  // namespace

TEST_CASE("calling off is a refusal that occurred, and the summit a meeting that was cancelled") {
  const auto events = events_of(called_off);
  const Event rejected = event_of(events, EventType::REJECT);
  CHECK(rejected.status == Status::occurred);
  CHECK(rejected.actor == std::vector<std::string>{"e1"});
  const Event meeting = event_of(events, EventType::CONSULT);
  CHECK(meeting.status == Status::cancelled);
  CHECK(meeting.actor == std::vector<std::string>{"e1"});
  CHECK(meeting.recipient == std::vector<std::string>{"e2"});
  CHECK(meeting.why.find("call") != std::string::npos);
}

TEST_CASE("a passive verb's agent acts and its subject suffers") {
  const auto events = events_of(
      "Sudmark sudmark PROPN 3 nsubj:pass\n"
      "was be AUX 3 aux:pass Mood=Ind|Tense=Past|VerbForm=Fin\n"
      "attacked attack VERB 0 root Tense=Past|VerbForm=Part|Voice=Pass\n"
      "by by ADP 5 case\n"
      "Norland norland PROPN 3 obl:agent\n");
  const Event attack = event_of(events, EventType::ASSAULT);
  CHECK(attack.actor == std::vector<std::string>{"e1"});
  CHECK(attack.recipient == std::vector<std::string>{"e2"});
  CHECK(attack.status == Status::occurred);
}

TEST_CASE("what will be is planned, and its code follows") {
  const auto events = events_of(
      "Norland norland PROPN 3 nsubj\n"
      "will will AUX 3 aux VerbForm=Fin\n"
      "meet meet VERB 0 root VerbForm=Inf\n"
      "with with ADP 5 case\n"
      "Sudmark sudmark PROPN 3 obl\n");
  const Event meeting = event_of(events, EventType::CONSULT);
  CHECK(meeting.status == Status::planned);
  CHECK(meeting.cameo == "036");
  CHECK(meeting.why.find("will") != std::string::npos);
}

TEST_CASE("who refused to attack did not attack, and is the one who did not") {
  const auto events = events_of(
      "Norland norland PROPN 2 nsubj\n"
      "refused refuse VERB 0 root Mood=Ind|Tense=Past|VerbForm=Fin\n"
      "to to PART 4 mark\n"
      "attack attack VERB 2 xcomp VerbForm=Inf\n"
      "Sudmark sudmark PROPN 4 obj\n");
  const Event attack = event_of(events, EventType::ASSAULT);
  CHECK(attack.status == Status::denied);
  CHECK(attack.actor == std::vector<std::string>{"e1"});
  CHECK(event_of(events, EventType::REJECT).status == Status::occurred);
}

TEST_CASE("who is urged to withdraw is the one to withdraw, and has not yet") {
  const auto events = events_of(
      "Norland norland PROPN 2 nsubj\n"
      "urged urge VERB 0 root Mood=Ind|Tense=Past|VerbForm=Fin\n"
      "Sudmark sudmark PROPN 2 obj\n"
      "to to PART 5 mark\n"
      "withdraw withdraw VERB 2 xcomp VerbForm=Inf\n");
  const Event request = event_of(events, EventType::REQUEST);
  CHECK(request.actor == std::vector<std::string>{"e1"});
  CHECK(request.recipient == std::vector<std::string>{"e2"});
  const Event withdrawal = event_of(events, EventType::RETREAT);
  CHECK(withdrawal.status == Status::hypothetical);
  CHECK(withdrawal.actor == std::vector<std::string>{"e2"});
}

TEST_CASE("two mentions of one meeting are one event with two triggers") {
  const auto events = events_of(
      "Norland norland PROPN 2 nsubj\n"
      "held hold VERB 0 root Mood=Ind|Tense=Past|VerbForm=Fin\n"
      "talks talk NOUN 2 obj Number=Plur\n"
      "with with ADP 5 case\n"
      "Sudmark sudmark PROPN 3 nmod\n"
      "\n"
      "The the DET 2 det\n"
      "talks talk NOUN 6 nsubj Number=Plur\n"
      "between between ADP 4 case\n"
      "Norland norland PROPN 2 nmod\n"
      "were be AUX 6 cop Mood=Ind|Tense=Past|VerbForm=Fin\n"
      "short short ADJ 0 root\n");
  int meetings = 0;
  for (const Event& event : events) meetings += event.type == EventType::CONSULT ? 1 : 0;
  CHECK(meetings == 1);
  CHECK(event_of(events, EventType::CONSULT).trigger.size() >= 2);
}

TEST_CASE("who is killed in an attack suffers it, and its agent did it") {
  const auto events = events_of(
      "Sudmark sudmark PROPN 3 nsubj:pass\n"
      "was be AUX 3 aux:pass Mood=Ind|Tense=Past|VerbForm=Fin\n"
      "bombed bomb VERB 0 root Tense=Past|VerbForm=Part|Voice=Pass\n"
      "in in ADP 6 case\n"
      "an a DET 6 det\n"
      "attack attack NOUN 3 obl\n"
      "by by ADP 8 case\n"
      "Norland norland PROPN 6 nmod\n");
  REQUIRE(events.size() == 1);
  CHECK(events.front().actor == std::vector<std::string>{"e1"});
  CHECK(events.front().recipient == std::vector<std::string>{"e2"});
}

TEST_CASE("a fight among unnamed persons is no event") {
  const Analysis analysis = tree_of(
      "Two two NUM 2 nummod\n"
      "boys boy NOUN 3 nsubj Number=Plur\n"
      "attacked attack VERB 0 root Mood=Ind|Tense=Past|VerbForm=Fin\n"
      "a a DET 5 det\n"
      "wasp wasp NOUN 3 obj\n");
  CHECK(find_events(analysis, {}, {}, {}, Judge(tables()), tables()).empty());
}

TEST_CASE("the day of the clause is the event's, not that of the report") {
  const Analysis analysis = tree_of(
      "Norland norland PROPN 3 nsubj\n"
      "had have AUX 3 aux Mood=Ind|Tense=Past|VerbForm=Fin\n"
      "attacked attack VERB 8 ccomp Tense=Past|VerbForm=Part\n"
      "Sudmark sudmark PROPN 3 obj\n"
      "on on ADP 6 case\n"
      "Monday Monday PROPN 3 obl\n"
      "officials official NOUN 8 nsubj\n"
      "said say VERB 0 root Mood=Ind|Tense=Past|VerbForm=Fin\n"
      "Friday Friday PROPN 8 obl:unmarked\n");
  const std::vector<Time> times{time_of(analysis, "Monday", "2031-03-03"),
                                time_of(analysis, "Friday", "2031-03-07")};
  const auto events = find_events(analysis, two_states(analysis), times, {}, Judge(tables()), tables());
  const Event attack = event_of(events, EventType::ASSAULT);
  REQUIRE(attack.time);
  CHECK(attack.time->value == "2031-03-03");
  CHECK(attack.time->from == "words");
}

}  // namespace polybius::tests
