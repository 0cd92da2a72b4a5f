// One plan told by many documents: what their records say of it, put together.
#pragma once

#include <memory>
#include <span>
#include <vector>

#include "lexicon/lexicon.h"
#include "polybius/record.h"
#include "polybius/told_plan.h"

namespace polybius {

/// Gathers document records and tells each plan once, with the history that all of them tell.
///
/// Reports of one plan are put together by kind, parties, place and expected date; documents are read in the
/// order of their dates, whatever the order in which they came. What came to pass is also read from documents
/// that have no plan of their own: "landed in Djibouti on Wednesday" ends a visit that another paper
/// announced. Reprints add no step: which they are, the caller says. What differs (another party, a date far
/// off, a visit after the first took place) stays apart; contradictions stay side by side, each
/// with its speaker.
///
/// Memory: about 2 KB a document, the texts are not kept. Cost: linear in the documents. Threads: one at a
/// time.
class PlanDossier {
 public:
  explicit PlanDossier(const Lexicon& lexicon);
  ~PlanDossier();
  PlanDossier(const PlanDossier&) = delete;
  PlanDossier& operator=(const PlanDossier&) = delete;

  void add(const Record& record);
  /// All plans, ids "p1", "p2", ... in the order of their first documents. The same records in any order give
  /// the same plans.
  ///
  /// `groups`   for each record, in the order in which they were added, a number that it has in common with
  ///            its reprints (`ReprintGroup::group`); empty: none is a reprint.
  std::vector<DossierPlan> plans(std::span<const std::uint32_t> groups = {}) const;

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

}  // namespace polybius
