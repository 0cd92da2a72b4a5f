// Takes documents away, with all that was read in them.
#include <array>

#include "store/parts.h"
#include "store/prepare.h"

namespace polybius {
namespace {

constexpr std::array<std::string_view, 6> rows_by_item{
    "DELETE FROM event_parties WHERE item>=$1 AND item<$2",
    "DELETE FROM statement_parties WHERE item>=$1 AND item<$2",
    "DELETE FROM plan_parties WHERE item>=$1 AND item<$2",
    "DELETE FROM plan_steps WHERE item>=$1 AND item<$2",
    "DELETE FROM events WHERE number>=$1 AND number<$2",
    "DELETE FROM statements WHERE number>=$1 AND number<$2"};

constexpr std::array<std::string_view, 3> rows_by_document{"DELETE FROM evidence WHERE document=$1",
                                                           "DELETE FROM appearances WHERE document=$1",
                                                           "DELETE FROM records WHERE document=$1"};

/// The words of a document as they stand in the index: a contentless one wants them back to forget them.
std::string words_in_index(SqlConnection& sql, std::int64_t document) {
  std::string title;
  std::string text;
  sql.query("SELECT d.title,r.text FROM documents d JOIN records r ON r.document=d.number WHERE d.number=$1",
            std::array<Cell, 1>{document}, [&](const SqlRow& row) {
              title = row.text(0);
              if (!row.null(1)) text = unpack_stored(row.bytes(1));
            });
  return document_words(title, text);
}

void remove_words(SqlConnection& sql, std::int64_t document) {
  if (sql.is_postgres()) {
    sql.run("DELETE FROM document_words WHERE document=$1", std::array<Cell, 1>{document});
  } else {
    sql.run("INSERT INTO document_words(document_words, rowid, words) VALUES('delete', $1, $2)",
            std::array<Cell, 2>{document, words_in_index(sql, document)});
  }
}

}  // namespace

void remove_rows_of(SqlConnection& sql, std::int64_t document) {
  remove_words(sql, document);
  const std::array<Cell, 2> items{document * items_per_document, (document + 1) * items_per_document};
  for (const auto statement : rows_by_item) sql.run(statement, items);
  sql.run("DELETE FROM plans WHERE number>=$1 AND number<$2", items);
  for (const auto statement : rows_by_document) sql.run(statement, std::array<Cell, 1>{document});
}

void remove_orphans(SqlConnection& sql) {
  sql.run("DELETE FROM entities WHERE NOT EXISTS(SELECT 1 FROM appearances a WHERE a.entity=entities.number)",
          {});
  sql.run(
      "DELETE FROM places WHERE number NOT IN (SELECT place FROM events WHERE place IS NOT NULL UNION SELECT "
      "place "
      "FROM plans WHERE place IS NOT NULL)",
      {});
  sql.run("DELETE FROM sources WHERE number NOT IN (SELECT source FROM documents)", {});
}

std::vector<std::string> Store::remove(std::span<const std::string> ids) {
  SqlConnection& sql = *parts_->sql;
  std::vector<std::string> missing;
  Transaction transaction(sql, true);
  for (const std::string& id : ids) {
    const auto stored = identity_of(sql, id);
    if (!stored) {
      missing.push_back(id);
      continue;
    }
    const std::array<Cell, 1> by_id{id};
    remove_rows_of(sql, stored->number);
    sql.run("DELETE FROM documents WHERE number=$1", std::array<Cell, 1>{stored->number});
    sql.run("DELETE FROM corrections WHERE document=$1", by_id);
    sql.run(
        "DELETE FROM dossier_plans WHERE dossier IN (SELECT dossier FROM dossier_plans WHERE document=$1)",
        by_id);
  }
  if (missing.size() == ids.size()) return missing;
  sql.run("DELETE FROM dossiers WHERE number NOT IN (SELECT dossier FROM dossier_plans)", {});
  remove_orphans(sql);
  raise_revision(sql);
  transaction.commit();
  parts_->forget_numbers();
  return missing;
}

}  // namespace polybius
