// Plans told by several documents: put together, kept apart, reprints counted once.
#include "dossier/dossier.h"

#include <doctest/doctest.h>

#include <algorithm>

#include "dossier/days.h"

namespace polybius::tests {
namespace {

struct Told {
  PlanStatus status;
  std::string time;
};

/// A record whose text is one sentence and whose plan is a meeting of two named persons.
Record meeting_record(const std::string& id, const std::string& published, const std::string& text,
                      const std::vector<std::string>& persons, const std::string& when,
                      const std::vector<Told>& history) {
  Record record;
  record.id = id;
  record.published = published;
  record.text = text;
  const auto size = static_cast<std::uint32_t>(text.size());
  record.sentences = {Span{0, size}};
  Plan plan;
  plan.id = "p1";
  plan.what = "meeting";
  plan.when = when;
  for (const std::string& name : persons) {
    Entity entity;
    entity.id = "e" + std::to_string(record.entities.size() + 1);
    entity.kind = EntityKind::person;
    entity.name = name;
    entity.mentions = {{Span{0, 1}, MentionForm::name}};
    plan.parties.push_back(entity.id);
    record.entities.push_back(std::move(entity));
  }
  for (const Told& told : history) plan.history.push_back({told.status, told.time, Span{0, size}, {}});
  record.plans.push_back(std::move(plan));
  return record;
}

std::vector<DossierPlan> plans_of(std::vector<Record> records, std::vector<std::uint32_t> groups = {}) {
  PlanDossier dossier(Lexicon::builtin());
  for (const Record& record : records) dossier.add(record);
  return dossier.plans(groups);
}

std::string statuses_of(const DossierPlan& plan) {
  std::string all;
  for (const DossierStep& step : plan.history)
    all += std::string(all.empty() ? "" : " ") + std::string(name_of(step.status));
  return all;
}

const std::vector<std::string> rivals{"Ada Quill", "Bruno Tarn"};

Record announcing() {
  return meeting_record("a", "2031-03-03",
                        "Ada Quill will meet Bruno Tarn on 10 March, her office said on Monday.", rivals,
                        "2031-03-10", {{PlanStatus::announced, "2031-03-03"}});
}
Record putting_off() {
  return meeting_record("b", "2031-03-08", "The meeting of Quill and Tarn has been put off to 20 March.",
                        rivals, "2031-03-20", {{PlanStatus::postponed, ""}});
}

}  // namespace

TEST_CASE("two documents that tell of one meeting make one plan in the order of time") {
  const auto plans = plans_of({putting_off(), announcing()});
  REQUIRE(plans.size() == 1);
  CHECK(statuses_of(plans[0]) == "announced postponed");
  CHECK(plans[0].when == "2031-03-20");
  CHECK(plans[0].history[1].time == "2031-03-08");
  CHECK(plans[0].history[1].document == "b");
  CHECK(plans[0].parties.size() == 2);
}

TEST_CASE("the order in which records come changes nothing") {
  const auto one = plans_of({announcing(), putting_off()});
  const auto other = plans_of({putting_off(), announcing()});
  CHECK(one == other);
}

TEST_CASE("other people's meeting of the same week is another plan") {
  const Record other =
      meeting_record("c", "2031-03-04", "Cora Vane will meet Dan Holt on 10 March.",
                     {"Cora Vane", "Dan Holt"}, "2031-03-10", {{PlanStatus::announced, "2031-03-04"}});
  CHECK(plans_of({announcing(), other}).size() == 2);
}

TEST_CASE("a meeting with another is another plan, though one of the two is the same") {
  const Record other =
      meeting_record("c", "2031-03-04", "Ada Quill will meet Dan Holt on 11 March.",
                     {"Ada Quill", "Dan Holt"}, "2031-03-11", {{PlanStatus::announced, "2031-03-04"}});
  CHECK(plans_of({announcing(), other}).size() == 2);
}

TEST_CASE("a plan names the plans of the records that tell of it") {
  const auto plans = plans_of({announcing(), putting_off()});
  REQUIRE(plans.size() == 1);
  CHECK(plans[0].members == std::vector<DossierMember>{{"a", "p1"}, {"b", "p1"}});
}

TEST_CASE("a second meeting after the first took place is another plan") {
  const Record held = meeting_record("b", "2031-03-10", "Quill met Tarn on Monday.", rivals, "2031-03-10",
                                     {{PlanStatus::held, "2031-03-10"}});
  const Record again = meeting_record("c", "2031-04-02", "Quill and Tarn will meet again on 15 April.",
                                      rivals, "2031-04-15", {{PlanStatus::announced, "2031-04-02"}});
  const auto plans = plans_of({announcing(), held, again});
  REQUIRE(plans.size() == 2);
  CHECK(statuses_of(plans[0]) == "announced held");
  CHECK(statuses_of(plans[1]) == "announced");
}

TEST_CASE("what another document saw on the day ends the plan") {
  Record seen =
      meeting_record("b", "2031-03-10", "Ada Quill met Bruno Tarn on Monday in the rain.", rivals, "", {});
  seen.plans.clear();
  for (Entity& entity : seen.entities) entity.mentions = {{Span{0, 9}, MentionForm::name}};
  seen.times = {{Span{25, 31}, TimeType::DATE, "2031-03-10", true, {}}};
  const auto plans = plans_of({announcing(), seen});
  REQUIRE(plans.size() == 1);
  CHECK(statuses_of(plans[0]) == "announced held");
  CHECK(plans[0].documents.size() == 2);
}

TEST_CASE("a reprint adds no step and is named with the first print") {
  Record reprint = announcing();
  reprint.id = "z";
  reprint.published = "2031-03-04";
  const auto plans = plans_of({reprint, announcing()}, {7, 7});
  REQUIRE(plans.size() == 1);
  CHECK(statuses_of(plans[0]) == "announced");
  CHECK(plans[0].history[0].document == "a");
  REQUIRE(plans[0].documents.size() == 2);
  CHECK(plans[0].documents[1] == DossierDocument{"z", "a"});
}

TEST_CASE("values of times are stretches of days") {
  CHECK(days_of_value("2031-02") ==
        ReportDays{days_of_value("2031-02-01")->first, days_of_value("2031-02-28")->first});
  CHECK(days_of_value("2031-W10")->last == days_of_value("2031-W10")->first + 6);
  CHECK(days_of_value("2031-03-03/2031-03-05")->last == days_of_value("2031-03-05")->first);
  CHECK_FALSE(days_of_value("XXXX-WXX-3").has_value());
  CHECK_FALSE(days_of_value("FUTURE_REF").has_value());
  CHECK_FALSE(days_of_value("").has_value());
}

}  // namespace polybius::tests
