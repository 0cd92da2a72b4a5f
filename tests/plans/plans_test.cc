// Plans on small trees: announced, called off, still possible.
#include "plans/plans.h"

#include <doctest/doctest.h>

#include "events/events.h"
#include "events/trees.h"

namespace polybius::tests {
namespace {

struct Followed {
  std::vector<Event> events;
  std::vector<Plan> plans;
};

Followed follow(const Analysis& analysis, const std::vector<Time>& times) {
  const std::vector<Entity> entities{
      entity_of(analysis, "e1", EntityKind::country, "Norland", "NOR", "NOR", {"Norland"}),
      entity_of(analysis, "e2", EntityKind::country, "Sudmark", "SUD", "SUD", {"Sudmark"})};
  Followed followed;
  followed.events = find_events(analysis, entities, times, {}, Judge(tables()), tables());
  followed.plans = follow_plans(analysis, entities, times, {}, followed.events, tables());
  return followed;
}

constexpr std::string_view announced_then_cancelled =
    "Norland norland PROPN 3 nsubj\n"
    "will will AUX 3 aux VerbForm=Fin\n"
    "meet meet VERB 0 root VerbForm=Inf\n"
    "Sudmark sudmark PROPN 3 obj\n"
    "next next ADJ 6 amod\n"
    "week week NOUN 3 obl:unmarked\n"
    "\n"
    "Norland norland PROPN 2 nsubj\n"
    "cancelled cancel VERB 0 root Mood=Ind|Tense=Past|VerbForm=Fin\n"
    "the the DET 4 det\n"
    "meeting meeting NOUN 2 obj\n"
    "with with ADP 6 case\n"
    "Sudmark sudmark PROPN 4 nmod\n"
    "on on ADP 8 case\n"
    "Tuesday Tuesday PROPN 2 obl\n";

}  // namespace

TEST_CASE("a meeting announced and cancelled is one plan with two steps") {
  const Analysis analysis = tree_of(announced_then_cancelled);
  const auto followed = follow(
      analysis, {time_of(analysis, "next week", "2031-W12"), time_of(analysis, "Tuesday", "2031-03-11")});
  REQUIRE(followed.plans.size() == 1);
  const Plan& plan = followed.plans.front();
  CHECK(plan.what == "meeting");
  CHECK(plan.parties == std::vector<std::string>{"e1", "e2"});
  CHECK(plan.when == "2031-W12");
  REQUIRE(plan.history.size() == 2);
  CHECK(plan.history.back().status == PlanStatus::cancelled);
  CHECK(plan.history.back().time == "2031-03-11");
  CHECK(event_of(followed.events, EventType::CONSULT).plan == plan.id);
}

TEST_CASE("a meeting that was simply held is no plan") {
  const Analysis analysis = tree_of(
      "Norland norland PROPN 2 nsubj\n"
      "met meet VERB 0 root Mood=Ind|Tense=Past|VerbForm=Fin\n"
      "Sudmark sudmark PROPN 2 obj\n");
  CHECK(follow(analysis, {}).plans.empty());
}

}  // namespace polybius::tests
