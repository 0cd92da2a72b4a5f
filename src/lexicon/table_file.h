// A file of one table as it stands: its name, columns and rows with their lines; nothing is judged here but
// the form.
#pragma once

#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include "polybius/error.h"

namespace polybius {

struct TableRow {
  std::uint32_t line = 0;  ///< from 1
  std::vector<std::string> cells;
};

struct TableFile {
  std::string path;   ///< as shown in messages
  std::string table;  ///< from "# table: NAME"
  std::uint32_t header_line = 0;
  std::vector<std::string> columns;
  std::vector<TableRow> rows;
};

/// Reads table text. Faults go to `faults`; rows that can be read are kept.
TableFile read_table(std::string_view text, std::string path, std::vector<Error>& faults);

/// The `.tsv` files among `paths`, folders searched recursively, in name order; then read. Missing paths are
/// faults.
std::vector<TableFile> read_tables(std::span<const std::filesystem::path> paths, std::vector<Error>& faults);

/// "path:line" or "path:line:column".
std::string place_of(std::string_view path, std::uint32_t line, std::uint32_t column = 0);

}  // namespace polybius
