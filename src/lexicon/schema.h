// What the tables are: columns, which are required, what values they take; read from the table `schema`.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "lexicon/table_file.h"
#include "polybius/error.h"

namespace polybius {

struct SchemaColumn {
  std::string name;
  bool required = false;
  std::string values;
};

/// Columns by table, in the schema's order; the first column of a table is its key.
using Schema = std::map<std::string, std::vector<SchemaColumn>, std::less<>>;

/// The schema in a file of table `schema`; empty if it is another table.
Schema schema_of(const TableFile& file);

/// Whether "-" in a column of that kind is the same as an empty cell (a required number that nobody knows).
bool dash_is_empty(std::string_view kind);

/// Whether a table has a row with that key, wherever it stands.
using KnownKey = std::function<bool(std::string_view table, std::string_view key)>;

/// Holds a file against the schema; rows that are faulty are named and dropped from `file`.
void check_table(TableFile& file, const Schema& schema, const KnownKey& known, std::vector<Error>& faults);

}  // namespace polybius
