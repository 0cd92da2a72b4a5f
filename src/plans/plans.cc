// Follows each plan of a document through announcement, change and end.
#include "plans/plans.h"

#include <algorithm>
#include <string>

#include "plans/grouping.h"
#include "plans/history.h"
#include "plans/mentions.h"

namespace polybius {
namespace {

/// Whether something was ahead at some time: a meeting only told as held is no plan.
bool looks_ahead(const std::vector<PlanMention>& mentions) {
  return std::any_of(mentions.begin(), mentions.end(), [](const PlanMention& mention) {
    return std::any_of(mention.steps.begin(), mention.steps.end(), [](const ToldStep& told) {
      return told.step.status != PlanStatus::held && told.step.status != PlanStatus::under_way;
    });
  });
}

/// "The strike has been called off": the word tells what became of the plan, it names no other.
bool is_cue_of_another(const std::vector<PlanMention>& mentions, std::uint32_t token) {
  return std::any_of(mentions.begin(), mentions.end(), [&](const PlanMention& mention) {
    return std::any_of(mention.steps.begin(), mention.steps.end(),
                       [&](const ToldStep& told) { return told.token == token; });
  });
}

/// "The freed men", "the leaders, who met in Lima": told by the way and without a day.
bool is_background(const PlanSource& source, const PlanMention& mention, const Event& event) {
  const Token& word = source.analysis.tokens[mention.token];
  const bool dated = event.time && event.time->from == "words";
  return word.upos == Upos::VERB && !dated && (word.deprel == "acl:relcl" || word.depends_as("amod"));
}

/// Whether a step tells of the day as one to come.
bool is_day_ahead(const std::vector<PlanMention>& mentions, const std::string& day) {
  return std::any_of(mentions.begin(), mentions.end(), [&](const PlanMention& known) {
    return known.when == day && Date::from_iso(day) &&
           std::any_of(known.steps.begin(), known.steps.end(), [&](const ToldStep& told) {
             return told.step.status == PlanStatus::announced && !told.step.time.empty() &&
                    told.step.time < day;
           });
  });
}

/// "Started a round of talks": the same sentence tells that it is under way.
bool has_just_begun(const std::vector<PlanMention>& mentions, const Analysis& analysis,
                    const PlanMention& mention) {
  const std::uint32_t sentence = analysis.tokens[mention.token].sentence;
  return std::any_of(mentions.begin(), mentions.end(), [&](const PlanMention& known) {
    return analysis.tokens[known.token].sentence == sentence &&
           std::any_of(known.steps.begin(), known.steps.end(),
                       [](const ToldStep& told) { return told.step.status == PlanStatus::under_way; });
  });
}

/// What came to pass: a mention that simply occurred or goes on closes the history of what was planned
/// before.
void add_fulfilment(std::vector<PlanMention>& mentions, const PlanSource& source) {
  for (PlanMention& mention : mentions) {
    if (!mention.steps.empty() || mention.event < 0) continue;
    const Event& event = source.events[static_cast<std::size_t>(mention.event)];
    if (event.time && is_day_ahead(mentions, event.time->value)) continue;
    if (event.status != Status::occurred && event.status != Status::ongoing) continue;
    if (is_cue_of_another(mentions, mention.token)) continue;
    // "Announced following a conversation of the two": what went before is not what was planned.
    const std::string mark = marker_of(source.analysis, mention.token);
    if (mark == "following" || mark == "after" || mark == "since") continue;
    if (is_background(source, mention, event) || has_just_begun(mentions, source.analysis, mention)) continue;
    ToldStep told;
    told.token = mention.token;
    told.step.status = event.status == Status::occurred ? PlanStatus::held : PlanStatus::under_way;
    if (event.time) told.step.time = event.time->value;
    told.dated = event.time && event.time->from == "words";
    told.step.evidence = source.analysis.subtree(clause_of(source.analysis, mention.token));
    told.step.said_by = event.said_by;
    mention.steps.push_back(std::move(told));
  }
}

/// The name of the plan: of its mentions the first that is a noun, else the first.
std::string name_of_plan(const std::vector<PlanMention>& mentions) {
  const auto noun =
      std::find_if(mentions.begin(), mentions.end(), [](const PlanMention& mention) { return mention.noun; });
  return noun != mentions.end() ? noun->what : mentions.front().what;
}

void add_parties(Plan& plan, const PlanMention& mention, std::span<const Entity> entities) {
  for (const std::size_t party : mention.parties) {
    const std::string& id = entities[party].id;
    if (std::find(plan.parties.begin(), plan.parties.end(), id) == plan.parties.end())
      plan.parties.push_back(id);
  }
}

Plan plan_of(const std::vector<PlanMention>& mentions, const PlanSource& source) {
  Plan plan;
  plan.what = name_of_plan(mentions);
  std::vector<ToldStep> told;
  for (const PlanMention& mention : mentions) {
    add_parties(plan, mention, source.entities);
    if (!plan.place) plan.place = mention.place;
    if (!mention.when.empty()) plan.when = mention.when;  // a new date for the same thing replaces the old
    told.insert(told.end(), mention.steps.begin(), mention.steps.end());
  }
  plan.history = history_of(std::move(told));
  return plan;
}

/// Neither who nor when nor where is told, nor that anything became of it.
bool is_vague(const Plan& plan) {
  if (!plan.parties.empty() || !plan.when.empty() || plan.place) return false;
  return std::all_of(plan.history.begin(), plan.history.end(), [](const PlanStep& step) {
    return step.status == PlanStatus::proposed || step.status == PlanStatus::announced;
  });
}

/// Help or some program that somebody asks for, or an act of no sort that is planned, in passing, without a
/// day.
bool is_passing_wish(const Plan& plan, const std::vector<PlanMention>& mentions,
                     std::span<const Time> times) {
  const std::string& kind = mentions.front().kind;
  const bool grave = kind == "trial" || kind == "sanctions";
  const bool by_the_way =
      mentions.size() == 1 && !grave && !mentions.front().noun && !mentions.front().listed;
  if (by_the_way && plan.when.empty() && plan.history.size() == 1) {
    const PlanStep& only = plan.history.front();
    const bool dated = std::any_of(times.begin(), times.end(),
                                   [&](const Time& time) { return only.evidence.contains(time.span); });
    if (!dated && (only.status == PlanStatus::announced || only.status == PlanStatus::proposed))
      return true;  // "the office will pay for trousers torn on duty"
  }
  if ((kind != "aid" && kind != "other") || !plan.when.empty()) return false;
  return std::all_of(plan.history.begin(), plan.history.end(),
                     [](const PlanStep& step) { return step.status == PlanStatus::proposed; });
}

bool holds(const Event& event, Span span) {
  return std::any_of(event.trigger.begin(), event.trigger.end(),
                     [&](Span trigger) { return trigger.overlaps(span); });
}

/// Links the events of the plan itself, and those that are its cues (the calling off, the promise).
void link_events(const Plan& plan, const std::vector<PlanMention>& mentions, const Analysis& analysis,
                 std::span<Event> events) {
  for (const PlanMention& mention : mentions) {
    if (mention.event >= 0) events[static_cast<std::size_t>(mention.event)].plan = plan.id;
    for (const ToldStep& told : mention.steps) {
      if (told.token == mention.token) continue;
      for (Event& event : events) {
        if (event.plan.empty() && holds(event, analysis.tokens[told.token].span)) event.plan = plan.id;
      }
    }
  }
}

}  // namespace

std::vector<Plan> follow_plans(const Analysis& analysis, std::span<const Entity> entities,
                               std::span<const Time> times, std::span<const Statement> statements,
                               std::span<Event> events, const Lexicon& lexicon) {
  const PlanSource source{analysis, entities, times, statements, events, lexicon};
  std::vector<std::pair<Plan, std::vector<PlanMention>>> found;
  for (auto& mentions : group_plan_mentions(find_plan_mentions(source), entities)) {
    if (!looks_ahead(mentions)) continue;
    add_fulfilment(mentions, source);
    Plan plan = plan_of(mentions, source);
    if (plan.history.empty() || is_vague(plan) || is_passing_wish(plan, mentions, times)) continue;
    found.emplace_back(std::move(plan), std::move(mentions));
  }
  const auto first_evidence = [](const Plan& plan) {
    return std::min_element(
               plan.history.begin(), plan.history.end(),
               [](const PlanStep& left, const PlanStep& right) { return left.evidence < right.evidence; })
        ->evidence;
  };
  std::stable_sort(found.begin(), found.end(), [&](const auto& left, const auto& right) {
    return first_evidence(left.first) < first_evidence(right.first);
  });
  std::vector<Plan> plans;
  for (auto& [plan, mentions] : found) {
    plan.id = 'p' + std::to_string(plans.size() + 1);
    link_events(plan, mentions, analysis, events);
    plans.push_back(std::move(plan));
  }
  return plans;
}

}  // namespace polybius
