// Puts prepared documents into the store: one transaction a batch, loading again changes nothing.
#include <algorithm>
#include <array>

#include "store/parts.h"
#include "store/prepare.h"

namespace polybius {
namespace {

constexpr std::string_view add_words_sqlite = "INSERT INTO document_words(rowid, words) VALUES($1, $2)";
constexpr std::string_view add_words_postgres =
    "INSERT INTO document_words(document, words) VALUES($1, to_tsvector('simple', $2::text))";

/// A table of things that many documents share.
struct SharedTable {
  SqlTable table;
  std::string_view number_of;  ///< the statement that finds a number by its key
  std::string_view highest;
};
constexpr SharedTable shared_sources{sources_table, "SELECT number FROM sources WHERE name=$1",
                                     "SELECT COALESCE(MAX(number),0) FROM sources"};
constexpr SharedTable shared_entities{entities_table, "SELECT number FROM entities WHERE key=$1",
                                      "SELECT COALESCE(MAX(number),0) FROM entities"};
constexpr SharedTable shared_places{places_table, "SELECT number FROM places WHERE key=$1",
                                    "SELECT COALESCE(MAX(number),0) FROM places"};

std::int64_t number_from(SqlConnection& sql, std::string_view statement, std::span<const Cell> values) {
  std::int64_t number = 0;
  sql.query(statement, values, [&](const SqlRow& row) { number = row.integer(0); });
  return number;
}

/// One transaction's worth of rows, in the order in which they may be added.
class Batch {
 public:
  Batch(Store::Parts& store, std::int64_t revision) : sql_(*store.sql), store_(store), revision_(revision) {
    next_document_ = number_from(sql_, "SELECT COALESCE(MAX(number),0) FROM documents", {}) + 1;
  }

  void place(const PreparedDocument& document, const PutOptions& options, PutCount& count) {
    std::string id = document.id;
    for (int number = 2;; ++number) {
      const auto stored = stored_as(id);
      if (!stored) break;
      const bool same_input = !document.input_hash.empty() && stored->input_hash == document.input_hash;
      if (same_input || stored->text_hash == document.text_hash)
        return meet(document, id, *stored, options, count);
      id = document.id + "#" + std::to_string(number);
    }
    if (id == document.id) {
      add(document, next_document_++);
    } else {
      count.renamed.push_back(document.id + " -> " + id);
      add(*renamed(document, id), next_document_++);
    }
    ++count.added;
    count.events += document.events;
  }

  void write() {
    sql_.insert(sources_table, sources_);
    sql_.insert(places_table, places_);
    sql_.insert(entities_table, entities_);
    sql_.insert(documents_table, documents_);
    for (std::size_t table = 0; table < kItemTables; ++table)
      sql_.insert(item_tables[table].table, rows_[table]);
    const std::string_view add_words = sql_.is_postgres() ? add_words_postgres : add_words_sqlite;
    for (auto& [document, words] : words_)
      sql_.run(add_words, std::array<Cell, 2>{document, std::move(words)});
  }

 private:
  std::optional<StoredIdentity> stored_as(const std::string& id) {
    const auto here = placed_.find(id);
    if (here != placed_.end()) return here->second;
    return identity_of(sql_, id);
  }

  /// The document is there already.
  void meet(const PreparedDocument& document, const std::string& id, const StoredIdentity& stored,
            const PutOptions& options, PutCount& count) {
    if (!options.recode || stored.coder == document.coder || placed_.contains(id)) {
      ++count.unchanged;
      return;
    }
    remove_rows_of(sql_, stored.number);
    sql_.run("DELETE FROM documents WHERE number=$1", std::array<Cell, 1>{stored.number});
    // A record that came ready has no input of its own: what the document once came from stays known.
    if (id == document.id && (!document.input_hash.empty() || stored.input_hash.empty())) {
      add(document, stored.number);
    } else {
      const auto other = renamed(document, id);
      if (other->input_hash.empty()) set_input_hash(*other, stored.input_hash);
      add(*other, stored.number);
    }
    ++count.replaced;
    count.events += document.events;
  }

  static void set_input_hash(PreparedDocument& document, const std::string& hash) {
    document.input_hash = hash;
    document.cells[6] = hash;  // documents_table: input_sha256
  }

  /// The same document under another id.
  PreparedDocumentPtr renamed(const PreparedDocument& document, const std::string& id) {
    Record record = from_json(body_of(document)).value();
    if (record.id != id) {
      Warning warning;
      warning.code = "id_again";
      warning.message = "the id \"" + document.id + "\" is another text's in the store";
      record.warnings.push_back(std::move(warning));
      record.id = id;
    }
    return preparer_.prepare(std::move(record), document.input_hash, document.keep_text);
  }

  /// The number of a shared thing; its row is added when it is new.
  std::int64_t shared(const SharedTable& table, SharedNumbers& numbers, const std::string& key,
                      std::span<const Cell> cells, std::vector<Cell>& rows) {
    const auto known = numbers.known.find(key);
    if (known != numbers.known.end()) return known->second;
    std::int64_t number = number_from(sql_, table.number_of, std::array<Cell, 1>{key});
    if (number == 0) {
      if (numbers.next == 0) numbers.next = number_from(sql_, table.highest, {}) + 1;
      number = numbers.next++;
      rows.emplace_back(number);
      rows.emplace_back(key);
      rows.insert(rows.end(), cells.begin(), cells.end());
    }
    numbers.known.emplace(key, number);
    return number;
  }

  void add(const PreparedDocument& document, std::int64_t number) {
    std::vector<std::int64_t> entities;
    std::vector<std::int64_t> places;
    for (const SharedRow& entity : document.entities)
      entities.push_back(shared(shared_entities, store_.entities, entity.key, entity.cells, entities_));
    for (const SharedRow& place : document.places)
      places.push_back(shared(shared_places, store_.places, place.key, place.cells, places_));
    documents_.emplace_back(number);
    documents_.emplace_back(shared(shared_sources, store_.sources, document.source, {}, sources_));
    documents_.emplace_back(revision_);
    documents_.insert(documents_.end(), document.cells.begin(), document.cells.end());
    for (std::size_t table = 0; table < kItemTables; ++table)
      number_rows(item_tables[table], document.rows[table], number, entities, places, rows_[table]);
    words_.emplace_back(number, document.words);
    placed_[document.id] = {number, document.input_hash, document.text_hash, document.coder};
  }

  static void number_rows(const ItemTable& table, const std::vector<Cell>& from, std::int64_t document,
                          const std::vector<std::int64_t>& entities, const std::vector<std::int64_t>& places,
                          std::vector<Cell>& to) {
    const std::size_t width = table.table.width;
    for (std::size_t at = 0; at < from.size(); ++at) {
      const std::size_t column = at % width;
      const Cell& cell = from[at];
      const ColumnUse use = column < table.uses.size() ? table.uses[column] : ColumnUse::plain;
      const auto* value = std::get_if<std::int64_t>(&cell);
      if (use == ColumnUse::document) {
        to.emplace_back(document);
      } else if (use == ColumnUse::plain || value == nullptr) {
        to.push_back(cell);
      } else if (use == ColumnUse::item) {
        to.emplace_back(document * items_per_document + *value);
      } else {
        to.emplace_back((use == ColumnUse::entity ? entities : places)[static_cast<std::size_t>(*value)]);
      }
    }
  }

  SqlConnection& sql_;
  Store::Parts& store_;
  const std::int64_t revision_;
  std::int64_t next_document_ = 0;
  DocumentPreparer preparer_;
  std::unordered_map<std::string, StoredIdentity> placed_;  // by id; asked only
  std::vector<Cell> sources_, entities_, places_, documents_;
  std::array<std::vector<Cell>, kItemTables> rows_;
  std::vector<std::pair<std::int64_t, std::string>> words_;
};

}  // namespace

Known Store::knows(const std::string& id, const std::string& input_hash, const CoderId& coder) {
  std::string candidate = id;
  for (int number = 2;; ++number) {
    const auto stored = identity_of(*parts_->sql, candidate);
    if (!stored) return Known::no;
    if (stored->input_hash == input_hash)
      return stored->coder == coder ? Known::yes : Known::by_another_coder;
    candidate = id + "#" + std::to_string(number);
  }
}

PutCount Store::put(std::span<const PreparedDocumentPtr> documents, const PutOptions& options) {
  PutCount count;
  if (documents.empty()) return count;
  try {
    Transaction transaction(*parts_->sql, true);
    if (revision_of(*parts_->sql) != parts_->revision) parts_->forget_numbers();  // somebody else wrote
    const std::int64_t revision = revision_of(*parts_->sql) + 1;
    Batch batch(*parts_, revision);
    for (const auto& document : documents) batch.place(*document, options, count);
    if (count.added + count.replaced == 0) return count;
    batch.write();
    raise_revision(*parts_->sql);
    transaction.commit();
    parts_->revision = revision;
  } catch (...) {
    parts_->forget_numbers();
    throw;
  }
  return count;
}

}  // namespace polybius
