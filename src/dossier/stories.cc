// Decides which report belongs to which story.
#include "dossier/stories.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>

#include "dossier/keys.h"
#include "dossier/kinds.h"
#include "polybius/date.h"

namespace polybius {
namespace {

constexpr std::size_t most_stories_of_key = 16;
constexpr long other_season = 240;  // days between two dates that no plan is moved by
constexpr double enough = 1.8;      // the least fit of a report
constexpr double enough_to_see = 2.4;
constexpr double enough_parties = 1.2;  // of groups without a name: "the bakers", "the nurses"
constexpr double enough_topic = 0.7;    // words beside two names that make up for names of persons and places

double shared_weight(const std::vector<std::string>& keys, const std::set<std::string>& story,
                     const KeyWeights& weights) {
  double sum = 0;
  for (const std::string& key : keys) {
    if (story.contains(key)) sum += weights.weight_of(key);
  }
  return sum;
}

/// "Extradite" and "extradition", "reopen" and "opening": one word as verb and as noun.
bool is_same_stem(const std::string& left, const std::string& right) {
  const auto [shorter, longer] =
      std::minmax(left, right,
                  [](const std::string& one, const std::string& other) { return one.size() < other.size(); });
  if (shorter.size() >= 4 && longer.starts_with(shorter)) return true;
  if (shorter.size() >= 4 && longer.starts_with("re") && longer.substr(2).starts_with(shorter)) return true;
  return shorter.size() >= 6 && longer.compare(0, 5, shorter, 0, 5) == 0;
}

bool share_a_head(const std::vector<std::string>& heads, const Story& story) {
  return std::any_of(heads.begin(), heads.end(), [&](const std::string& head) {
    return std::any_of(story.heads.begin(), story.heads.end(),
                       [&](const std::string& known) { return is_same_stem(head, known); });
  });
}

bool share_any(const std::vector<std::string>& keys, const std::set<std::string>& story) {
  return std::any_of(keys.begin(), keys.end(), [&](const std::string& key) { return story.contains(key); });
}

std::optional<long> day_of(const std::string& published) {
  const auto date = Date::from_iso(published);
  return date ? std::optional(date->days()) : std::nullopt;
}

bool same_days(const Story& story, const ReportDays& days) {
  return std::any_of(story.days.begin(), story.days.end(),
                     [&](const ReportDays& known) { return known.holds(days) || days.holds(known); });
}

/// Days between a date and the nearest that the story knows, of its steps or of the thing itself.
long distance_of(const Story& story, const ReportDays& days) {
  long nearest = story.last_day ? std::abs(days.first - *story.last_day) : 0;
  for (const ReportDays& known : story.days) {
    const long gap = known.overlaps(days)
                         ? 0
                         : std::min(std::abs(known.first - days.last), std::abs(days.first - known.last));
    nearest = std::min(nearest, gap);
  }
  return nearest;
}

/// Whether the report is of a later thing of the same sort: a second visit after the first took place.
bool comes_after_the_end(const Report& report, const ReportDigest& digest, const Story& story) {
  if (!story.ended) return false;
  const auto days = days_of_value(report.when);
  if (days && days->first > *story.ended) return true;
  const auto published = day_of(digest.published);
  const bool ahead = std::any_of(report.steps.begin(), report.steps.end(), [](const DossierStep& step) {
    return step.status != PlanStatus::held && step.status != PlanStatus::under_way;
  });
  return ahead && published && *published > *story.ended + 1 && !(days && same_days(story, *days));
}

double context_fit(const std::vector<std::string>& context, const Story& story, const KeyWeights& weights) {
  double sum = 0;
  for (const std::string& key : context) {
    if (story.context.contains(key)) sum += (is_naming_key(key) ? 0.5 : 0.2) * weights.weight_of(key);
  }
  return std::min(sum, 2.0);
}

bool knows_key(const Story& story, const std::string& key) {
  return story.party_keys.contains(key) || story.near_keys.contains(key);
}

/// Whether keys of that sort are on both sides and none is known on the other.
bool are_others(const std::vector<std::string>& keys, const std::vector<std::string>& near,
                const Story& story, std::string_view sorts) {
  const auto counts = [&](const std::string& key) {
    return sorts.find(key.front()) != std::string_view::npos;
  };
  bool here = false;
  for (const std::string& key : keys) {
    if (!counts(key)) continue;
    if (knows_key(story, key)) return false;
    here = true;
  }
  bool there = false;
  for (const std::string& key : story.party_keys) {
    if (!counts(key)) continue;
    if (std::binary_search(near.begin(), near.end(), key)) return false;
    there = true;
  }
  return here && there;
}

/// Whether other persons, or else other persons and countries, do it.
bool have_other_actors(const std::vector<std::string>& keys, const std::vector<std::string>& near,
                       const Story& story) {
  return are_others(keys, near, story, "%") || are_others(keys, near, story, "%@");
}

bool is_person_key(const std::string& key) {
  return key.front() == '%';
}

/// Whether the document speaks of persons, but of none of those whose plan it is.
bool leaves_out_its_persons(const Report& report, const ReportDigest& digest, const Story& story) {
  if (std::none_of(report.near_keys.begin(), report.near_keys.end(), is_person_key)) return false;
  bool any = false;
  for (const std::string& key : story.party_keys) {
    if (!is_person_key(key)) continue;
    const std::string letters = '^' + key.substr(1);  // "Holt" may be taken for a firm elsewhere
    for (const std::string* known : {&key, &letters}) {
      if (std::binary_search(digest.context.begin(), digest.context.end(), *known)) return false;
    }
    any = true;
  }
  return any;
}

/// Whether two persons do it here and two there, of whom at most one is the same: Ann meets Bo, Ann meets Cy.
bool pairs_others(const Report& report, const Story& story) {
  std::size_t here = 0;
  std::size_t shared = 0;
  for (const std::string& key : report.party_keys) {
    if (!is_person_key(key)) continue;
    ++here;
    shared += knows_key(story, key) ? 1U : 0U;
  }
  const auto there = static_cast<std::size_t>(
      std::count_if(story.party_keys.begin(), story.party_keys.end(), is_person_key));
  return here > 1 && there > 1 && shared < 2;
}

/// Whether one is an open weekday and the other a day on which it may fall: "XXXX-WXX-5" and a Friday.
bool may_be_one_weekday(const std::string& left, const std::string& right) {
  const auto falls_on = [](const std::string& open, const std::string& day) {
    const auto date = Date::from_iso(day);
    return date && open.size() == 10 && open.starts_with("XXXX-WXX-") && open[9] - '0' == date->weekday();
  };
  return falls_on(left, right) || falls_on(right, left);
}

/// Whether only one of the two is dated and fewer than two persons, or countries, tie them: he has met many
/// since.
bool may_be_of_any_year(const Report& report, const ReportDigest& digest, const Story& story) {
  if (digest.published.empty() != story.first_day.has_value()) return false;
  const auto days = days_of_value(report.when);
  if ((days && same_days(story, *days)) || share_any(report.place_keys, story.place_keys)) return false;
  if (may_be_one_weekday(report.when, story.when)) return false;
  const auto tie = [&](char sort) {
    return std::count_if(report.party_keys.begin(), report.party_keys.end(), [&](const std::string& key) {
             return key.front() == sort && story.party_keys.contains(key);
           }) >= 2;
  };
  return !tie('%') && !tie('@');
}

/// What words beside the name of the thing have in common; common words and kinds of things say nothing.
double topic_weight(const std::vector<std::string>& words, const Story& story, const KeyWeights& weights) {
  double sum = 0;
  for (const std::string& word : words) {
    const double weight = weights.weight_of(word);
    if (weight > 0.6 && story.topic.contains(word) && !story.heads.contains(word)) sum += weight;
  }
  return sum;
}

/// What the sentences that tell of it name in common, at least by the documents around them.
bool names_the_same(const std::vector<std::string>& near, const std::vector<std::string>& context,
                    const Story& story, const KeyWeights& weights) {
  double sum = 0;
  for (const std::string& key : near) {
    if (is_naming_key(key) && (knows_key(story, key) || story.place_keys.contains(key)))
      sum += weights.weight_of(key);
  }
  if (sum >= 0.3) return true;
  sum = 0;
  for (const std::string& key : context) {
    if (is_naming_key(key) && story.context.contains(key)) sum += weights.weight_of(key);
  }
  return sum >= 1.0;
}

/// What is for and against two lists of parties being of one plan.
double party_fit(const Report& report, const Story& story, const KeyWeights& weights) {
  const double shared = shared_weight(report.party_keys, story.party_keys, weights);
  double fit = shared > 0 ? 0.4 + std::min(shared, 2.0) : 0.0;
  fit += std::min(0.5 * shared_weight(report.near_keys, story.near_keys, weights), 1.2);
  return fit;
}

/// What words of the sentences that tell of it have in common, the plan's own name left out.
double word_fit(const std::vector<std::string>& words, const Story& story, const KeyWeights& weights) {
  double sum = 0;
  for (const std::string& word : words) {
    const double weight = weights.weight_of(word);
    if (weight > 0.6 && story.words.contains(word) && !story.heads.contains(word)) sum += 0.35 * weight;
  }
  return std::min(sum, 1.4);
}

/// How well the kinds go together; less than -2 if they are surely different things.
double kind_fit(const Report& report, const Story& story) {
  if (share_any(report.heads, story.heads)) return 0.9;
  const std::string_view here = family_of_kind(report.kind);
  const std::string_view there = family_of_kind(story.kind);
  if (here == there && share_a_head(report.heads, story)) return 0.9;
  const bool open = here.empty() || there.empty() || here == "other" || there == "other";
  if (open) return here == there ? -0.8 : -1.5;
  if (here == "operation" && there == here) return 0.0;  // a convoy, a handover: much goes by that name
  return here == there ? 0.5 : -4.0;
}

double place_fit(const Report& report, const Story& story) {
  if (report.place_keys.empty() || story.place_keys.empty()) return 0;
  if (share_any(report.place_keys, story.place_keys)) return 1.0;
  return family_of_kind(story.kind) == "meeting" ? -2.5 : -1.0;
}

/// Whether the plan was put off, so that other dates are to be expected.
bool was_moved(const std::vector<DossierStep>& steps) {
  return std::any_of(steps.begin(), steps.end(), [](const DossierStep& step) {
    return step.status == PlanStatus::postponed || step.status == PlanStatus::cancelled;
  });
}

/// Whether so much time lies between that it cannot be the same thing.
bool is_of_another_season(const Report& report, const Story& story, const ReportDigest& digest) {
  const auto days = days_of_value(report.when);
  const auto published = day_of(digest.published);
  const auto nearest = days        ? days
                       : published ? std::optional(ReportDays{*published, *published})
                                   : std::nullopt;
  return nearest && (story.last_day || !story.days.empty()) && distance_of(story, *nearest) > other_season;
}

double date_fit(const Report& report, const Story& story, const ReportDigest& digest) {
  const auto days = days_of_value(report.when);
  if (days && same_days(story, *days)) return 1.5;
  if (may_be_one_weekday(report.when, story.when)) return 1.0;
  double fit = digest.published.empty() == story.first_day.has_value() ? -0.7 : 0.0;
  if (days && !story.days.empty() && !was_moved(story.history) && !was_moved(report.steps)) {
    fit -= 0.8;
    const bool same_word = share_any(report.heads, story.heads);
    if (!same_word && report.kind != story.kind) fit -= 4.0;  // "would come in March": no summit of February
  }
  return fit;
}

/// Papers follow a plan while it is news: a report near its last step or its day is likelier to be of it.
double closeness(const Report& report, const ReportDigest& digest, const Story& story) {
  const auto published = day_of(digest.published);
  if (!published || !story.first_day) return 0;
  const auto days = days_of_value(report.when);
  const long distance = distance_of(story, days.value_or(ReportDays{*published, *published}));
  return distance <= 10 ? 0.3 : distance <= 60 ? 0.1 : -0.3;
}

/// Two names or more here and two there, of which none is on the other side: another ship, another satellite.
bool names_other_things(const std::vector<std::string>& keys, const Story& story) {
  const auto is_letters = [](const std::string& key) { return key.front() == '^'; };
  const auto unknown_here = std::count_if(keys.begin(), keys.end(), [&](const std::string& key) {
    return is_letters(key) && !story.near_keys.contains(key);
  });
  const auto unknown_there =
      std::count_if(story.near_keys.begin(), story.near_keys.end(), [&](const std::string& key) {
        return is_letters(key) && !std::binary_search(keys.begin(), keys.end(), key);
      });
  return unknown_here > 1 && unknown_there > 1;
}

/// Whether the sentence names the thing's kind; who arrives has not met anybody yet.
bool is_of_kind(const Sighting& sighting, const std::string& kind) {
  if (kind.empty() || kind == "other") return false;
  return std::any_of(sighting.kinds.begin(), sighting.kinds.end(), [&](const std::string& seen) {
    return seen == kind || (seen != "visit" && family_of_kind(seen) == family_of_kind(kind));
  });
}

/// What a sighting and a story have in common, by sort.
struct SharedKeys {
  double parties;
  double places;
  double words;
};

/// What speaks against a sighting being of the story.
double doubt_of_sighting(const Sighting& sighting, const Story& story, const SharedKeys& shared) {
  double doubt = 0;
  const bool none = shared.parties == 0;
  if (none && shared.places == 0 && shared.words < 0.5) doubt += 1.0;  // the same sort of thing, on that day
  if (none && names_other_things(sighting.keys, story)) doubt += 1.0;
  if (shared.parties < 1.0 && have_other_actors(sighting.keys, sighting.keys, story))
    doubt += !none ? 1.5 : shared.places > 0 ? 2.0 : 4.0;
  return doubt;
}

}  // namespace

void KeyWeights::count(const std::vector<std::string>& keys) {
  ++documents_;
  for (const std::string& key : keys) ++counts_[key];
}

double KeyWeights::weight_of(const std::string& key) const {
  const auto found = counts_.find(key);
  const double count = found == counts_.end() ? 1.0 : static_cast<double>(found->second);
  const double all =
      static_cast<double>(documents_) + 200.0;  // as if among others: few documents tell no more
  const double weight = std::log(all / (count + 1.0)) / std::log(all / 2.0);
  return std::max(weight, 0.1);
}

double fit_of_report(const Report& report, const ReportDigest& digest, const Story& story,
                     const KeyWeights& weights) {
  const double kind = kind_fit(report, story);
  if (kind < -2.0 || comes_after_the_end(report, digest, story)) return 0;
  if (is_of_another_season(report, story, digest)) return 0;
  if (have_other_actors(report.party_keys, report.near_keys, story)) return 0;
  if (leaves_out_its_persons(report, digest, story) || pairs_others(report, story)) return 0;
  if (may_be_of_any_year(report, digest, story)) return 0;
  const double topic = topic_weight(report.topic, story, weights);
  const bool tied =
      party_fit(report, story, weights) >= enough_parties && closeness(report, digest, story) > 0;
  if (topic < enough_topic && !tied && !names_the_same(report.near_keys, digest.context, story, weights))
    return 0;
  const double fit = kind + std::min(0.4 * topic, 0.8) + closeness(report, digest, story) +
                     party_fit(report, story, weights) + place_fit(report, story) +
                     date_fit(report, story, digest) + word_fit(report.words, story, weights) +
                     context_fit(digest.context, story, weights);
  return fit >= enough ? fit : 0;
}

double fit_of_sighting(const Sighting& sighting, const ReportDigest& digest, const Story& story,
                       const KeyWeights& weights) {
  const bool off = sighting.undone || !sighting.thwarting.empty();
  if (story.ended && !sighting.undone) return 0;
  if (story.first_day && sighting.day.last < *story.first_day) return 0;
  if (distance_of(story, sighting.day) > other_season) return 0;
  const bool kind = is_of_kind(sighting, story.kind);
  const bool head = share_any(sighting.words, story.heads);
  const bool on_the_day = same_days(story, sighting.day);
  if (!kind && !head && (!on_the_day || off)) return 0;
  const double parties = shared_weight(sighting.keys, story.party_keys, weights);
  const double places = shared_weight(sighting.keys, story.place_keys, weights);
  const double near = 0.5 * shared_weight(sighting.keys, story.near_keys, weights);
  const double words = word_fit(sighting.words, story, weights);
  const bool on_its_day = on_the_day && (kind || head) && parties + words >= 0.5;
  const bool tied = (kind || head) && parties >= 0.5 && parties + near + words >= 1.2 &&
                    distance_of(story, sighting.day) <= 10;
  if (!on_its_day && !tied && !names_the_same(sighting.keys, digest.context, story, weights)) return 0;
  if (parties + near + places + words < 0.5) return 0;
  double fit = (head ? 1.2 : kind ? 0.9 : 0.0) + (on_the_day ? 1.3 : 0.0);
  fit += std::min(parties, 1.5) + std::min(places, 1.0) + std::min(near, 1.2) + words;
  fit += 0.5 * context_fit(digest.context, story, weights);
  fit -= doubt_of_sighting(sighting, story, {parties, places, words});
  return fit >= enough_to_see ? fit : 0;
}

void StoryIndex::add(std::size_t story, const std::vector<std::string>& keys) {
  for (const std::string& key : keys) {
    auto& known = stories_[key];
    const auto there = std::find(known.begin(), known.end(), story);
    if (there != known.end()) known.erase(there);
    known.push_back(story);
    if (known.size() > most_stories_of_key) known.erase(known.begin());
  }
}

std::vector<std::size_t> StoryIndex::candidates(const std::vector<std::string>& keys) const {
  std::vector<std::size_t> found;
  for (const std::string& key : keys) {
    const auto known = stories_.find(key);
    if (known != stories_.end()) found.insert(found.end(), known->second.begin(), known->second.end());
  }
  std::sort(found.begin(), found.end());
  found.erase(std::unique(found.begin(), found.end()), found.end());
  return found;
}

}  // namespace polybius
