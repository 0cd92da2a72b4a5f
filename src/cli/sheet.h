// Rows of text cells as CSV or as a table for a terminal.
#pragma once

#include <string>
#include <vector>

namespace polybius {

using SheetRow = std::vector<std::string>;

/// One line of CSV (RFC 4180, line feed at the end).
std::string csv_line(const SheetRow& row);
/// A table with a heading, its columns as wide as what they hold, cut so that a line has at most `width`
/// columns (0: as wide as it gets).
std::string sheet_table(const SheetRow& heading, const std::vector<SheetRow>& rows, std::size_t width);

}  // namespace polybius
