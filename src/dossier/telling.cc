// What a further document adds to a story: news, or what others told before.
#include <algorithm>

#include "dossier/kinds.h"
#include "dossier/stories.h"
#include "polybius/date.h"

namespace polybius {
namespace {

bool is_ahead(PlanStatus status) {
  return status == PlanStatus::proposed || status == PlanStatus::announced || status == PlanStatus::confirmed;
}

bool is_change(PlanStatus status) {
  return status == PlanStatus::postponed || status == PlanStatus::cancelled || status == PlanStatus::held;
}

std::string name_of_speaker(const DossierStep& step) {
  return step.said_by ? step.said_by->name : std::string{};
}

/// Whether somebody told the same before: the same step of the same day, unless two speakers say it.
bool is_told(const Story& story, const DossierStep& step) {
  return std::any_of(story.history.begin(), story.history.end(), [&](const DossierStep& known) {
    if (known.status != step.status) return false;
    const auto days = days_of_value(step.time);
    const auto known_days = days_of_value(known.time);
    const bool same_day = known.time == step.time || (days && known_days && days->overlaps(*known_days));
    const std::string name = name_of_speaker(step);
    const std::string known_name = name_of_speaker(known);
    return same_day && (name.empty() || known_name.empty() || name == known_name);
  });
}

bool has_step(const Story& story, PlanStatus status) {
  return std::any_of(story.history.begin(), story.history.end(),
                     [&](const DossierStep& known) { return known.status == status; });
}

/// Whether the plan stands as announced: what was said last of it changed nothing.
bool stands(const Story& story) {
  return !story.history.empty() && is_ahead(story.history.back().status);
}

/// What looks ahead again is no news while the plan stands and its date is the known one.
bool is_repetition(const Story& story, const Report& report, const DossierStep& step) {
  if (!is_ahead(step.status) || story.history.empty()) return false;
  const bool changed_here =
      std::any_of(report.steps.begin(), report.steps.end(), [&](const DossierStep& other) {
        return is_change(other.status) && other.evidence.begin <= step.evidence.end + 2;
      });
  if (changed_here) return true;  // "the talks that were planned for Monday have been cancelled"
  if (step.status == PlanStatus::confirmed) return has_step(story, PlanStatus::confirmed) && stands(story);
  if (!stands(story)) return false;
  const auto days = days_of_value(report.when);
  const bool new_date = days && !story.days.empty() &&
                        std::none_of(story.days.begin(), story.days.end(),
                                     [&](const ReportDays& known) { return known.overlaps(*days); });
  return !new_date && !(step.status == PlanStatus::announced && !has_step(story, PlanStatus::announced));
}

void add_step(Story& story, const DossierStep& step) {
  story.history.push_back(step);
  const auto days = days_of_value(step.time);
  if (!days) return;
  story.last_day = std::max(story.last_day.value_or(days->last), days->last);
  if (step.status == PlanStatus::held) story.ended = days->last;
}

void add_document(Story& story, const ReportDigest& digest) {
  const auto date = Date::from_iso(digest.published);
  if (date && !story.first_day) story.first_day = date->days();
  story.context.insert(digest.context.begin(), digest.context.end());
}

void add_days(Story& story, const std::string& when) {
  if (when.empty()) return;
  story.when = when;
  const auto days = days_of_value(when);
  if (days && std::find(story.days.begin(), story.days.end(), *days) == story.days.end())
    story.days.push_back(*days);
}

bool share_a_key(const DossierParty& left, const DossierParty& right) {
  if (left.name == right.name) return true;
  if (!left.codes.wikidata.empty()) return left.codes.wikidata == right.codes.wikidata;
  return false;
}

void add_parties(Story& story, const Report& report) {
  for (const DossierParty& party : report.parties) {
    const bool known = std::any_of(story.parties.begin(), story.parties.end(),
                                   [&](const DossierParty& other) { return share_a_key(other, party); });
    if (!known) story.parties.push_back(party);
  }
  story.party_keys.insert(report.party_keys.begin(), report.party_keys.end());
}

}  // namespace

void tell(Story& story, const Report& report, const ReportDigest& digest) {
  if (story.what.empty()) story.what = report.what;
  if (story.kind.empty()) story.kind = report.kind;
  for (const DossierStep& step : report.steps) {
    if (!is_told(story, step) && !is_repetition(story, report, step)) add_step(story, step);
  }
  add_document(story, digest);
  add_days(story, report.when);
  add_parties(story, report);
  if (!story.place) story.place = report.place;
  story.place_keys.insert(report.place_keys.begin(), report.place_keys.end());
  story.near_keys.insert(report.near_keys.begin(), report.near_keys.end());
  story.heads.insert(report.heads.begin(), report.heads.end());
  story.words.insert(report.words.begin(), report.words.end());
  story.topic.insert(report.topic.begin(), report.topic.end());
}

void tell(Story& story, const Sighting& sighting, const ReportDigest& digest) {
  DossierStep step = sighting.step;
  // A vote against something is a vote held; of anything else a refusal is its end.
  const bool thwarted = std::any_of(sighting.thwarting.begin(), sighting.thwarting.end(),
                                    [&](const std::string& word) { return !story.heads.contains(word); });
  if (thwarted && step.status == PlanStatus::held && family_of_kind(story.kind) != "vote")
    step.status = PlanStatus::cancelled;
  const bool own_word = !sighting.cue.empty() && story.heads.contains(sighting.cue);
  if (step.status == PlanStatus::under_way && own_word)
    step.status = PlanStatus::held;  // "opened the bridge"
  if (step.status == PlanStatus::under_way && has_step(story, PlanStatus::under_way)) return;
  if (!is_told(story, step)) add_step(story, step);
  add_document(story, digest);
}

}  // namespace polybius
