// Reads all records once, then tells the plans.
#include "cli/plan_gatherer.h"

#include <filesystem>

namespace polybius {

void PlanGatherer::add(const Record& record) {
  dossier_.add(record);
  numbers_.push_back(
      finder_.add({record.id, record.published, !record.authors.empty()}, fingerprint_of(record.text)));
}

std::vector<DossierPlan> PlanGatherer::plans(unsigned threads) {
  finder_.find(threads);
  std::vector<std::uint32_t> groups;
  for (const ReprintGroup& group : finder_.groups_of(numbers_, threads)) groups.push_back(group.group);
  return dossier_.plans(groups);
}

std::optional<Error> tell_stored_plans(Store& store, const std::vector<std::string>& lexicons,
                                       unsigned threads) {
  if (dossiers_are_current(store)) return std::nullopt;
  const std::vector<std::filesystem::path> tables(lexicons.begin(), lexicons.end());
  const auto lexicon = Lexicon::builtin().with(tables);
  if (!lexicon) return lexicon.error();
  const auto finder = ReprintFinder::open("", std::filesystem::temp_directory_path());
  if (!finder) return finder.error();
  PlanGatherer gatherer(lexicon.value(), *finder.value());
  store.each_record(false, [&](Record&& record) {
    gatherer.add(record);
    return true;
  });
  std::vector<StoredDossier> dossiers;
  for (const DossierPlan& plan : gatherer.plans(threads)) {
    StoredDossier dossier{plan.id, to_json(plan), {}};
    for (const DossierMember& member : plan.members)
      dossier.members.emplace_back(member.document, member.plan);
    dossiers.push_back(std::move(dossier));
  }
  keep_dossiers(store, dossiers);
  return std::nullopt;
}

}  // namespace polybius
