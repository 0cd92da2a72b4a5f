// Rows of text cells as a table for a terminal.
#include "cli/sheet.h"

#include <algorithm>

namespace polybius {
namespace {

constexpr std::size_t narrowest = 8;

bool begins_letter(char byte) {
  return (static_cast<unsigned char>(byte) & 0xC0U) != 0x80U;
}

std::size_t length_of(const std::string& cell) {
  return static_cast<std::size_t>(std::count_if(cell.begin(), cell.end(), begins_letter));
}

/// A cell as it may go to a terminal: controls become blanks, what is too long is cut.
std::string fitted(const std::string& cell, std::size_t width, bool last) {
  std::string out;
  std::size_t letters = 0;
  const bool cut = length_of(cell) > width;
  for (const char byte : cell) {
    if (begins_letter(byte) && letters++ >= (cut ? width - 1 : width)) break;
    const auto code = static_cast<unsigned char>(byte);
    out += code < 0x20 || code == 0x7F ? ' ' : byte;
  }
  if (cut) out += "…";
  const std::size_t used = std::min(length_of(cell), width);
  if (!last) out.append(width - used, ' ');
  return out;
}

/// Takes from the widest column until the line fits.
void narrow(std::vector<std::size_t>& widths, std::size_t width) {
  std::size_t sum = widths.empty() ? 0 : 2 * (widths.size() - 1);
  for (const std::size_t column : widths) sum += column;
  while (sum > width) {
    const auto widest = std::max_element(widths.begin(), widths.end());
    if (*widest <= narrowest) return;
    --*widest;
    --sum;
  }
}

}  // namespace

std::string sheet_table(const RowCells& heading, const std::vector<RowCells>& rows, std::size_t width) {
  std::vector<std::size_t> widths;
  for (const std::string& cell : heading) widths.push_back(length_of(cell));
  for (const RowCells& row : rows)
    for (std::size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], length_of(row[i]));
  if (width > 0) narrow(widths, width);
  std::string out;
  const auto add = [&](const RowCells& row) {
    for (std::size_t i = 0; i < row.size(); ++i)
      out += (i > 0 ? "  " : "") + fitted(row[i], widths[i], i + 1 == row.size());
    out.erase(out.find_last_not_of(' ') + 1);
    out += '\n';
  };
  add(heading);
  for (const RowCells& row : rows) add(row);
  return out;
}

}  // namespace polybius
