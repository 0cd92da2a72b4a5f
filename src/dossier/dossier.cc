// Reads the documents in the order of their dates and tells each plan once.
#include "dossier/dossier.h"

#include <algorithm>
#include <map>
#include <numeric>

#include "dossier/digest.h"
#include "dossier/keys.h"
#include "dossier/stories.h"

namespace polybius {
namespace {

/// Positions of all documents in the order of their dates; what has no date comes last, equal dates by id.
std::vector<std::size_t> in_order(const std::vector<ReportDigest>& digests) {
  std::vector<std::size_t> order(digests.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(), [&](std::size_t one, std::size_t other) {
    const ReportDigest& left = digests[one];
    const ReportDigest& right = digests[other];
    const bool undated = left.published.empty();
    if (undated != right.published.empty()) return !undated;
    if (left.published != right.published) return left.published < right.published;
    return left.id < right.id;
  });
  return order;
}

/// The telling of all stories, document by document.
class Chronicle {
 public:
  Chronicle(const std::vector<ReportDigest>& digests, std::span<const std::uint32_t> groups) {
    std::map<std::uint32_t, std::size_t> firsts;  // of a group: the first in the order of dates
    for (const std::size_t position : in_order(digests)) {
      const std::size_t number = order_.size();
      order_.push_back(&digests[position]);
      weights_.count(digests[position].context);
      firsts_.push_back(groups.empty() ? number : firsts.emplace(groups[position], number).first->second);
    }
  }

  void read() {
    for (std::size_t number = 0; number < order_.size(); ++number) {
      if (firsts_[number] == number) read_document(number);
    }
    for (std::size_t number = 0; number < order_.size(); ++number) {
      if (firsts_[number] != number) add_reprint(number);
    }
  }

  std::vector<DossierPlan> plans() const {
    std::vector<DossierPlan> plans;
    for (const Story& story : stories_) {
      DossierPlan plan = plan_of(story);
      plan.id = 'p' + std::to_string(plans.size() + 1);
      plans.push_back(std::move(plan));
    }
    return plans;
  }

 private:
  void read_document(std::size_t number) {
    const ReportDigest& digest = *order_[number];
    const std::vector<std::size_t> before = index_.candidates(digest.context);
    std::vector<std::size_t> told;
    for (const Report& report : digest.reports) {
      const std::size_t story = story_of(report, digest, before, told);
      tell(stories_[story], report, digest);
      stories_[story].members.push_back({digest.id, report.plan});
      told.push_back(story);
    }
    story_of_report_[number] = told;
    for (const Sighting& sighting : digest.sightings) {
      const int story = story_of(sighting, digest, before, told);
      if (story < 0) continue;
      tell(stories_[static_cast<std::size_t>(story)], sighting, digest);
      told.push_back(static_cast<std::size_t>(story));
    }
    std::sort(told.begin(), told.end());
    told.erase(std::unique(told.begin(), told.end()), told.end());
    for (const std::size_t story : told) {
      stories_[story].documents.push_back(number);
      index_.add(story, digest.context);
    }
    told_by_[number] = std::move(told);
  }

  /// The best story for a report that the document has not told of yet, else a new one.
  std::size_t story_of(const Report& report, const ReportDigest& digest,
                       const std::vector<std::size_t>& before, const std::vector<std::size_t>& told) {
    double best = 0;
    std::size_t found = stories_.size();
    for (const std::size_t story : before) {
      if (std::find(told.begin(), told.end(), story) != told.end()) continue;
      const double fit = fit_of_report(report, digest, stories_[story], weights_);
      if (fit <= best) continue;
      best = fit;
      found = story;
    }
    if (found == stories_.size()) stories_.emplace_back();
    return found;
  }

  int story_of(const Sighting& sighting, const ReportDigest& digest, const std::vector<std::size_t>& before,
               const std::vector<std::size_t>& told) const {
    double best = 0;
    int found = -1;
    for (const std::size_t story : before) {
      const bool here = std::find(told.begin(), told.end(), story) != told.end();
      if (here && sighting.beside_report) continue;
      const double fit = fit_of_sighting(sighting, digest, stories_[story], weights_);
      if (fit <= best) continue;
      best = fit;
      found = static_cast<int>(story);
    }
    return found;
  }

  /// What a copy tells like the first is told once; what the first lacks is news.
  void add_reprint(std::size_t number) {
    const ReportDigest& digest = *order_[number];
    const std::vector<std::size_t> of_first = story_of_report_[firsts_[number]];
    std::vector<std::size_t> told = told_by_[firsts_[number]];
    const std::vector<std::size_t> before = index_.candidates(digest.context);
    const bool alike = digest.reports.size() == of_first.size();
    for (std::size_t at = 0; at < digest.reports.size(); ++at) {
      const Report& report = digest.reports[at];
      const auto same = std::find_if(of_first.begin(), of_first.end(), [&](std::size_t story) {
        return std::any_of(report.heads.begin(), report.heads.end(),
                           [&](const std::string& head) { return stories_[story].heads.contains(head); });
      });
      std::size_t story = alike ? of_first[at] : same != of_first.end() ? *same : stories_.size();
      if (story == stories_.size()) {
        story = story_of(report, digest, before, told);
        tell(stories_[story], report, digest);
        told.push_back(story);
        index_.add(story, digest.context);
      }
      stories_[story].members.push_back({digest.id, report.plan});
    }
    std::sort(told.begin(), told.end());
    for (const std::size_t story : told) stories_[story].documents.push_back(number);
  }

  DossierPlan plan_of(const Story& story) const {
    DossierPlan plan;
    plan.what = story.what;
    plan.parties = story.parties;
    plan.place = story.place;
    plan.when = story.when;
    std::map<std::string, std::string> published;
    std::vector<std::size_t> documents = story.documents;
    std::sort(documents.begin(), documents.end());
    for (const std::size_t number : documents) {
      plan.documents.push_back({order_[number]->id, order_[firsts_[number]]->id});
      published[order_[number]->id] = order_[number]->published;
    }
    plan.members = story.members;
    plan.history = story.history;
    std::stable_sort(plan.history.begin(), plan.history.end(),
                     [&](const DossierStep& left, const DossierStep& right) {
                       const std::string first = time_sort_key(left.time, published[left.document]);
                       const std::string second = time_sort_key(right.time, published[right.document]);
                       if (first != second) return first < second;
                       return left.status != PlanStatus::held && right.status == PlanStatus::held;
                     });
    return plan;
  }

  std::vector<const ReportDigest*> order_;  // by date
  std::vector<std::size_t> firsts_;         // of each document's group of reprints
  KeyWeights weights_;
  StoryIndex index_;
  std::vector<Story> stories_;
  std::map<std::size_t, std::vector<std::size_t>> told_by_;
  std::map<std::size_t, std::vector<std::size_t>> story_of_report_;
};

}  // namespace

struct PlanDossier::Parts {
  Lexicon lexicon;
  std::vector<ReportDigest> digests;
};

PlanDossier::PlanDossier(const Lexicon& lexicon) : parts_(std::make_unique<Parts>(Parts{lexicon, {}})) {}
PlanDossier::~PlanDossier() = default;

void PlanDossier::add(const Record& record) {
  parts_->digests.push_back(digest_of(record, parts_->lexicon));
}

std::vector<DossierPlan> PlanDossier::plans(std::span<const std::uint32_t> groups) const {
  Chronicle chronicle(parts_->digests, groups);
  chronicle.read();
  return chronicle.plans();
}

}  // namespace polybius
