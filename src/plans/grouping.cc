// Puts mentions of one plan together by kind, parties and place.
#include "plans/grouping.h"

#include <algorithm>

namespace polybius {
namespace {

/// A draft of a plan: what its mentions say together.
struct Draft {
  std::vector<PlanMention> mentions;
  std::vector<std::size_t> parties;
  std::string place_country;
  std::string place_name;
};

std::string_view family_of(std::string_view kind) {
  if (kind == "visit") return "meeting";
  if (kind == "election") return "vote";
  return kind;
}

bool same_party(const Entity& left, const Entity& right) {
  if (left.id == right.id) return true;
  if (left.codes.iso3.empty() || left.codes.iso3 != right.codes.iso3) return false;
  const auto governs = [](const Entity& entity) {
    return entity.kind == EntityKind::country || entity.codes.plover_sector.starts_with("GOV");
  };
  return governs(left) && governs(right);
}

std::size_t shared_parties(const std::vector<std::size_t>& left, const std::vector<std::size_t>& right,
                           std::span<const Entity> entities) {
  return static_cast<std::size_t>(std::count_if(left.begin(), left.end(), [&](std::size_t one) {
    return std::any_of(right.begin(), right.end(),
                       [&](std::size_t other) { return same_party(entities[one], entities[other]); });
  }));
}

bool places_fit(const Draft& draft, const PlanMention& mention) {
  if (!mention.place || draft.place_name.empty()) return true;
  return mention.place->name == draft.place_name ||
         (!mention.place->iso3.empty() && mention.place->iso3 == draft.place_country);
}

bool is_moved(const PlanMention& mention) {
  return std::any_of(mention.steps.begin(), mention.steps.end(), [](const ToldStep& told) {
    return told.step.status == PlanStatus::postponed || told.step.status == PlanStatus::cancelled;
  });
}

/// Whether both are announced for days that differ: two launches, two votes.
bool days_differ(const Draft& draft, const PlanMention& mention) {
  const auto day = Date::from_iso(mention.when);
  if (!day || is_moved(mention)) return false;
  return std::any_of(draft.mentions.begin(), draft.mentions.end(),
                     [&](const PlanMention& known) {
                       const auto other = Date::from_iso(known.when);
                       return other && *other != *day;
                     }) &&
         std::none_of(draft.mentions.begin(), draft.mentions.end(), is_moved);
}

/// A meeting on the way: "the minister, on a visit to Lebanon, is also to meet Siniora".
bool is_stop_of_visit(const Draft& draft, const PlanMention& mention, std::span<const Entity> entities) {
  if (draft.mentions.front().kind != "visit" || mention.kind != "meeting" || mention.noun ||
      mention.steps.empty())
    return false;
  return std::any_of(mention.parties.begin(), mention.parties.end(), [&](std::size_t party) {
    return entities[party].kind == EntityKind::person &&
           std::find(draft.parties.begin(), draft.parties.end(), party) == draft.parties.end();
  });
}

/// "The second strike, on 1 August": no strike that bears another day or none.
bool is_further_one(const Draft& draft, const PlanMention& mention) {
  return mention.further && !mention.when.empty() &&
         std::none_of(draft.mentions.begin(), draft.mentions.end(),
                      [&](const PlanMention& known) { return known.when == mention.when || known.further; });
}

/// How well a mention fits a draft; 0 if it is another plan.
int fit_of(const Draft& draft, const PlanMention& mention, std::uint32_t distance,
           std::span<const Entity> entities) {
  const PlanMention& first = draft.mentions.front();
  if (family_of(first.kind) != family_of(mention.kind)) return 0;
  if (!places_fit(draft, mention) || days_differ(draft, mention)) return 0;
  if (is_stop_of_visit(draft, mention, entities) || is_further_one(draft, mention)) return 0;
  const bool same_event = mention.event >= 0 &&
                          std::any_of(draft.mentions.begin(), draft.mentions.end(),
                                      [&](const PlanMention& known) { return known.event == mention.event; });
  if (same_event) return 10;
  if (mention.parties.empty() || draft.parties.empty()) return distance < 400 ? 2 : 1;
  const std::size_t shared = shared_parties(mention.parties, draft.parties, entities);
  const std::size_t needed = std::min({mention.parties.size(), draft.parties.size(), std::size_t{2}});
  if (shared < needed) return 0;
  return static_cast<int>(2 + shared);
}

void join(Draft& draft, PlanMention mention, std::span<const Entity> entities) {
  for (const std::size_t party : mention.parties) {
    if (shared_parties({party}, draft.parties, entities) == 0) draft.parties.push_back(party);
  }
  if (mention.place && draft.place_name.empty()) {
    draft.place_name = mention.place->name;
    draft.place_country = mention.place->iso3;
  }
  draft.mentions.push_back(std::move(mention));
}

}  // namespace

std::vector<std::vector<PlanMention>> group_plan_mentions(std::vector<PlanMention> mentions,
                                                          std::span<const Entity> entities) {
  std::vector<Draft> drafts;
  for (PlanMention& mention : mentions) {
    Draft* best = nullptr;
    int best_fit = 0;
    for (auto draft = drafts.rbegin(); draft != drafts.rend(); ++draft) {
      const std::uint32_t distance = mention.token - draft->mentions.back().token;
      const int fit = fit_of(*draft, mention, distance, entities);
      if (fit <= best_fit) continue;
      best = &*draft;
      best_fit = fit;
    }
    if (best == nullptr) {
      drafts.emplace_back();
      best = &drafts.back();
    }
    join(*best, std::move(mention), entities);
  }
  std::vector<std::vector<PlanMention>> groups;
  groups.reserve(drafts.size());
  for (Draft& draft : drafts) groups.push_back(std::move(draft.mentions));
  return groups;
}

}  // namespace polybius
