// Rows of text cells as a table for a terminal.
#pragma once

#include <string>
#include <vector>

#include "store/store.h"

namespace polybius {

/// A table with a heading, its columns as wide as what they hold, cut so that a line has at most `width`
/// columns (0: as wide as it gets).
std::string sheet_table(const RowCells& heading, const std::vector<RowCells>& rows, std::size_t width);

}  // namespace polybius
