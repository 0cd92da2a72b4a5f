// Plans told by many documents, for `plans` and for what keeps a store.
#pragma once

#include <string>
#include <vector>

#include "cli/command.h"
#include "dedupe/dedupe.h"
#include "dossier/dossier.h"
#include "store/store.h"

namespace polybius {

/// What is gathered of all records before the first plan can be told.
class PlanGatherer {
 public:
  PlanGatherer(const Lexicon& lexicon, ReprintFinder& finder) : dossier_(lexicon), finder_(finder) {}

  void add(const Record& record);
  /// All plans; a story counts once, however many have printed it.
  std::vector<DossierPlan> plans(unsigned threads);

 private:
  PlanDossier dossier_;
  ReprintFinder& finder_;
  std::vector<std::uint32_t> numbers_;  // of the records, as the finder counts them
};

/// Puts the plans of all stored documents together and keeps them in the store, if it has changed since that
/// was last done. Errors: those of the tables in `lexicons` and of a scratch folder.
std::optional<Error> tell_stored_plans(Store& store, const std::vector<std::string>& lexicons,
                                       unsigned threads);

}  // namespace polybius
