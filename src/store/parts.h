// What a Store is made of; for the files of the room.
#pragma once

#include <string>
#include <unordered_map>

#include "store/schema.h"
#include "store/sql.h"
#include "store/store.h"

namespace polybius {

/// Numbers of things that many documents share, by their keys; right for one revision of the store.
struct SharedNumbers {
  std::unordered_map<std::string, std::int64_t> known;
  std::int64_t next = 0;  ///< 0: not asked yet
};

struct Store::Parts {
  std::unique_ptr<SqlConnection> sql;
  SharedNumbers sources, entities, places;
  std::int64_t revision = -1;  ///< that the numbers are right for

  void forget_numbers() {
    sources = entities = places = {};
    revision = -1;
  }
};

/// The way for functions of the room to a store's connection.
struct StoreAccess {
  static SqlConnection& sql(Store& store) {
    return *store.parts_->sql;
  }
};

/// The revision that the store is at.
std::int64_t revision_of(SqlConnection& sql);
/// Raises it by one within a transaction that writes.
std::int64_t raise_revision(SqlConnection& sql);

/// What of a document decides whether another is the same.
struct StoredIdentity {
  std::int64_t number = 0;
  std::string input_hash;
  std::string text_hash;
  CoderId coder;
};
std::optional<StoredIdentity> identity_of(SqlConnection& sql, const std::string& id);

/// Takes all rows of a document away but its own.
void remove_rows_of(SqlConnection& sql, std::int64_t document);
/// Takes entities, places and sources away that nothing refers to any more, among those of `entities`.
void remove_orphans(SqlConnection& sql);

/// The JSON of a stored record; nothing if there is none.
std::optional<std::string> stored_json(SqlConnection& sql, const std::string& id);

}  // namespace polybius
