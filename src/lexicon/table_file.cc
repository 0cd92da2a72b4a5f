// Cuts table files into cells.
#include "lexicon/table_file.h"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <optional>

#include "text/text.h"

namespace polybius {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kTableMark = "# table:";

std::string_view trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(" \t\r");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t\r") - first + 1);
}

std::vector<std::string> cells_of(std::string_view line) {
  std::vector<std::string> cells;
  while (true) {
    const auto tab = line.find('\t');
    cells.emplace_back(trimmed(line.substr(0, tab)));
    if (tab == std::string_view::npos) break;
    line.remove_prefix(tab + 1);
  }
  while (cells.size() > 1 && cells.back().empty()) cells.pop_back();
  return cells;
}

std::optional<std::string> bytes_of_file(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) return std::nullopt;
  return std::string(std::istreambuf_iterator<char>(in), {});
}

void take_line(TableFile& file, std::string_view line, std::uint32_t number, std::vector<Error>& faults) {
  if (line.starts_with(kTableMark) && file.table.empty()) {
    file.table = std::string(trimmed(line.substr(kTableMark.size())));
    return;
  }
  if (trimmed(line).empty() || line.front() == '#') return;
  if (file.columns.empty()) {
    file.columns = cells_of(line);
    file.header_line = number;
    return;
  }
  TableRow row{number, cells_of(line)};
  if (row.cells.size() > file.columns.size()) {
    faults.push_back({"E-LEX-07", place_of(file.path, number),
                      "a row of " + std::to_string(row.cells.size()) + " cells under " +
                          std::to_string(file.columns.size()) + " columns",
                      "separate cells by one TAB and name every column in the header"});
    row.cells.resize(file.columns.size());
  }
  file.rows.push_back(std::move(row));
}

}  // namespace

std::string place_of(std::string_view path, std::uint32_t line, std::uint32_t column) {
  std::string out(path);
  out += ':' + std::to_string(line);
  if (column > 0) out += ':' + std::to_string(column);
  return out;
}

TableFile read_table(std::string_view text, std::string path, std::vector<Error>& faults) {
  TableFile file;
  file.path = std::move(path);
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  std::uint32_t number = 0;
  while (!text.empty()) {
    const auto end = text.find('\n');
    std::string_view line = text.substr(0, end);
    if (line.ends_with('\r')) line.remove_suffix(1);
    ++number;
    if (valid_utf8(line)) {
      take_line(file, line, number, faults);
    } else {
      faults.push_back({"E-LEX-09", place_of(file.path, number), "not UTF-8", "save the file as UTF-8"});
    }
    if (end == std::string_view::npos) break;
    text.remove_prefix(end + 1);
  }
  if (file.table.empty()) {
    faults.push_back(
        {"E-LEX-02", place_of(file.path, 1), "no table named", "begin the file with \"# table: NAME\""});
  }
  return file;
}

std::vector<TableFile> read_tables(std::span<const fs::path> paths, std::vector<Error>& faults) {
  std::vector<fs::path> files;
  for (const fs::path& path : paths) {
    std::error_code fault;
    if (fs::is_directory(path, fault)) {
      for (const auto& entry : fs::recursive_directory_iterator(path, fault)) {
        if (entry.path().extension() == ".tsv" && entry.is_regular_file()) files.push_back(entry.path());
      }
    } else {
      files.push_back(path);
    }
  }
  std::sort(files.begin(), files.end());
  files.erase(std::unique(files.begin(), files.end()), files.end());
  std::vector<TableFile> tables;
  for (const fs::path& path : files) {
    if (const auto bytes = bytes_of_file(path)) {
      tables.push_back(read_table(*bytes, path.generic_string(), faults));
    } else {
      faults.push_back(
          {"E-LEX-01", path.generic_string(), "cannot be read", "give a .tsv file or a folder of them"});
    }
  }
  return tables;
}

}  // namespace polybius
