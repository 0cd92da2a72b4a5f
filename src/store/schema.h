// The tables of the store and how an older store is brought up to date.
#pragma once

#include <optional>

#include "store/sql.h"

namespace polybius {

/// The version of the tables that this program writes.
inline constexpr int schema_version = 4;
/// Items are numbered `document * items_per_document + position`, so that those of a document lie together.
inline constexpr std::int64_t items_per_document = std::int64_t{1} << 20;

/// The version that the store has; 0 if it is empty.
int schema_version_of(SqlConnection& sql);
/// Brings the tables up to `target`, each step whole or not at all.
void migrate_schema(SqlConnection& sql, int target = schema_version);

}  // namespace polybius
