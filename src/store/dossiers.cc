// Plans as all documents tell them: put together elsewhere, kept here.
#include <array>

#include "store/parts.h"

namespace polybius {

void keep_dossiers(Store& store, std::span<const StoredDossier> dossiers) {
  SqlConnection& sql = StoreAccess::sql(store);
  Transaction transaction(sql, true);
  sql.run("DELETE FROM dossier_plans", {});
  sql.run("DELETE FROM dossiers", {});
  std::vector<Cell> rows;
  std::vector<Cell> members;
  std::int64_t number = 0;
  for (const StoredDossier& dossier : dossiers) {
    for (Cell cell : {Cell(++number), Cell(dossier.id), Cell(dossier.json)}) rows.push_back(std::move(cell));
    for (const auto& [document, plan] : dossier.members)
      for (Cell cell : {Cell(document), Cell(plan), Cell(number)}) members.push_back(std::move(cell));
  }
  sql.insert({"dossiers", "number,id,body", 3}, rows);
  sql.insert({"dossier_plans", "document,plan,dossier", 3}, members);
  sql.run("DELETE FROM meta WHERE key='dossiers'", {});
  sql.run("INSERT INTO meta VALUES('dossiers',$1)", std::array<Cell, 1>{raise_revision(sql)});
  transaction.commit();
}

bool dossiers_are_current(Store& store) {
  bool current = false;
  StoreAccess::sql(store).query(
      "SELECT 1 FROM meta a JOIN meta b ON a.value=b.value WHERE a.key='dossiers' AND b.key='revision'", {},
      [&](const SqlRow&) { current = true; });
  return current;
}

std::optional<std::string> dossier_json(Store& store, const std::string& id) {
  std::optional<std::string> json;
  StoreAccess::sql(store).query("SELECT body FROM dossiers WHERE id=$1", std::array<Cell, 1>{id},
                                [&](const SqlRow& row) { json = row.text(0); });
  return json;
}

}  // namespace polybius
