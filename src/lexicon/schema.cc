// The checker of cells: one small function for each kind of value in data/schema.tsv.
#include "lexicon/schema.h"

#include <algorithm>
#include <charconv>
#include <optional>

#include "lexicon/pattern.h"
#include "polybius/date.h"
#include "polybius/record.h"
#include "text/text.h"

namespace polybius {
namespace {

/// What is wrong with a cell, and what to write.
struct CellFault {
  std::string fault;
  std::string remedy;
};
using Verdict = std::optional<CellFault>;

bool all_of_kind(std::string_view text, bool (*kind)(char)) {
  return !text.empty() && std::all_of(text.begin(), text.end(), kind);
}
bool capital(char c) {
  return c >= 'A' && c <= 'Z';
}
bool digit(char c) {
  return c >= '0' && c <= '9';
}
bool code_letter(char c) {
  return capital(c) || digit(c) || c == '-' || c == '+';
}
bool id_letter(char c) {
  return (c >= 'a' && c <= 'z') || digit(c) || c == '_';
}

// Edits between two short words (Levenshtein); enough to guess what was meant.
std::size_t edits_between(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t corner = row[0];
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t change = corner + (a[i - 1] == b[j - 1] ? 0 : 1);
      corner = row[j];
      row[j] = std::min({row[j] + 1, row[j - 1] + 1, change});
    }
  }
  return row[b.size()];
}

Verdict one_of(std::string_view cell, const std::vector<std::string_view>& allowed, std::string_view what) {
  if (std::find(allowed.begin(), allowed.end(), cell) != allowed.end()) return std::nullopt;
  const std::string_view* best = nullptr;
  std::size_t fewest = 3;
  for (const auto& value : allowed) {
    const std::size_t edits = edits_between(cell, value);
    if (edits < fewest) {
      fewest = edits;
      best = &value;
    }
  }
  std::string remedy = best != nullptr ? "write \"" + std::string(*best) + "\"" : "write one of:";
  if (best == nullptr) {
    for (const auto& value : allowed) remedy += " " + std::string(value);
  }
  return CellFault{"unknown " + std::string(what) + " \"" + std::string(cell) + "\"", remedy};
}

template <typename Enum>
std::vector<std::string_view> names_up_to(Enum last) {
  std::vector<std::string_view> names;
  for (int value = 0; value <= static_cast<int>(last); ++value)
    names.push_back(name_of(static_cast<Enum>(value)));
  return names;
}

Verdict check_number(std::string_view cell, bool whole) {
  double value = 0;
  const auto [end, fault] = std::from_chars(cell.data(), cell.data() + cell.size(), value);
  const bool number = fault == std::errc() && end == cell.data() + cell.size();
  if (number && (!whole || all_of_kind(cell, digit))) return std::nullopt;
  return CellFault{"\"" + std::string(cell) + "\" is no number",
                   whole ? "write digits only" : "write it as 12.5"};
}

Verdict check_date(std::string_view cell) {
  const auto parts = split_at(cell, '-');
  const bool digits =
      std::all_of(parts.begin(), parts.end(), [](auto part) { return all_of_kind(part, digit); });
  const bool shape = parts.size() <= 3 && parts[0].size() == 4 && (parts.size() < 2 || parts[1].size() == 2);
  std::string day(cell);
  if (parts.size() == 1) day += "-01";
  if (parts.size() <= 2) day += "-01";
  if (digits && shape && Date::from_iso(day)) return std::nullopt;
  return CellFault{"\"" + std::string(cell) + "\" is no date", "write 2012-05-07, 2012-05 or 2012"};
}

Verdict check_governs(std::string_view cell) {
  if (cell.starts_with("prep:") && cell.size() > 5) return std::nullopt;
  return one_of(cell, {"comp", "obj", "subj", "mod", "clause", "prep:of"}, "place");
}

Verdict check_slots(std::string_view cell) {
  if (cell == "-") return std::nullopt;
  for (const auto slot : split_at(cell, '|')) {
    for (const auto part : split_at(slot, '+')) {
      if (!all_of_kind(part, id_letter)) {
        return CellFault{"\"" + std::string(part) + "\" is no slot",
                         "write slots such as subj, obj, poss or a preposition, separated by |"};
      }
    }
  }
  return std::nullopt;
}

Verdict check_list(std::string_view cell) {
  const auto parts = split_at(cell, '|');
  if (std::none_of(parts.begin(), parts.end(), [](auto part) { return part.empty(); })) return std::nullopt;
  return CellFault{"an empty value between two |", "take one | out"};
}

Verdict check_code(std::string_view cell) {
  if (cell == "-" || all_of_kind(cell, code_letter)) return std::nullopt;
  return CellFault{"\"" + std::string(cell) + "\" is no code", "write capitals and digits (GOV, RUSMIL)"};
}

Verdict check_known(std::string_view cell, std::string_view table, const KnownKey& known,
                    std::string_view what) {
  for (const auto part : split_at(cell, '|')) {
    if (!known(table, part)) {
      return CellFault{"unknown " + std::string(what) + " \"" + std::string(part) + "\"",
                       "take one of the table " + std::string(table) + ", or add it there"};
    }
  }
  return std::nullopt;
}

Verdict check_status_like(std::string_view cell, std::string_view kind) {
  if (kind == "plan_status") return one_of(cell, names_up_to(PlanStatus::held), "status");
  auto allowed = names_up_to(Status::hypothetical);
  if (kind == "status_or_same") allowed.push_back("same");
  return one_of(cell, allowed, "status");
}

Verdict check_cell(std::string_view cell, std::string_view kind, const KnownKey& known) {
  if (kind == "text" || kind == "sentence" || (cell == "-" && dash_is_empty(kind))) return std::nullopt;
  if (kind == "list") return check_list(cell);
  if (kind == "number") return check_number(cell, true);
  if (kind == "float") return check_number(cell, false);
  if (kind == "date") return check_date(cell);
  if (kind == "code") return check_code(cell);
  if (kind == "slots") return check_slots(cell);
  if (kind == "governs") return check_governs(cell);
  if (kind == "plover_type") return one_of(cell, names_up_to(EventType::ASSAULT), "type");
  if (kind == "status" || kind == "status_or_same" || kind == "plan_status")
    return check_status_like(cell, kind);
  if (kind == "plover_mode") return check_known(cell, "plover_modes:mode", known, "mode");
  if (kind == "plover_contexts") return check_known(cell, "plover_contexts", known, "context");
  if (kind == "cameo_code") return check_known(cell, "cameo_codes", known, "CAMEO code");
  if (kind == "pattern") {
    const auto fault = pattern_fault(cell);
    return fault.empty() ? Verdict{} : CellFault{fault, "see Patterns in docs/lexicons.md"};
  }
  if (kind == "iso3" && !(cell.size() == 3 && all_of_kind(cell, capital))) {
    return CellFault{"\"" + std::string(cell) + "\" is no country code",
                     "write ISO 3166 alpha-3, three capitals"};
  }
  if (kind == "qid" && !(cell.starts_with('Q') && all_of_kind(cell.substr(1), digit))) {
    return CellFault{"\"" + std::string(cell) + "\" is no Wikidata id", "write Q and digits"};
  }
  if (kind == "id" && !all_of_kind(cell, id_letter)) {
    return CellFault{"\"" + std::string(cell) + "\" is no id", "write small letters, digits and _"};
  }
  if (kind.find(',') != std::string_view::npos) return one_of(cell, split_at(kind, ','), "value");
  return std::nullopt;
}

std::uint32_t column_of(const TableRow& row, std::size_t cell) {
  std::uint32_t column = 1;
  for (std::size_t at = 0; at < cell; ++at) column += static_cast<std::uint32_t>(row.cells[at].size()) + 1;
  return column;
}

// Columns of the file in the schema's terms; unknown ones are faults and get no column.
std::vector<const SchemaColumn*> columns_of(const TableFile& file, const std::vector<SchemaColumn>& columns,
                                            std::vector<Error>& faults) {
  std::vector<const SchemaColumn*> out;
  std::vector<std::string_view> names;
  for (const auto& column : columns) names.push_back(column.name);
  for (const auto& name : file.columns) {
    const auto at = std::find(names.begin(), names.end(), name);
    out.push_back(at == names.end() ? nullptr : &columns[static_cast<std::size_t>(at - names.begin())]);
    if (at == names.end()) {
      const auto fault = one_of(name, names, "column");
      faults.push_back({"E-LEX-04", place_of(file.path, file.header_line), fault->fault, fault->remedy});
    }
  }
  return out;
}

bool check_row(const TableFile& file, const TableRow& row, const std::vector<const SchemaColumn*>& columns,
               const KnownKey& known, std::vector<Error>& faults) {
  const std::size_t before = faults.size();
  for (std::size_t cell = 0; cell < columns.size(); ++cell) {
    if (columns[cell] == nullptr) continue;
    const std::string_view value =
        cell < row.cells.size() ? std::string_view(row.cells[cell]) : std::string_view{};
    if (value.empty()) {
      if (columns[cell]->required) {
        faults.push_back({"E-LEX-05", place_of(file.path, row.line),
                          "\"" + columns[cell]->name + "\" is empty", "give it a value"});
      }
      continue;
    }
    if (const auto fault = check_cell(value, columns[cell]->values, known)) {
      faults.push_back(
          {"E-LEX-06", place_of(file.path, row.line, column_of(row, cell)), fault->fault, fault->remedy});
    }
  }
  return faults.size() == before;
}

}  // namespace

bool dash_is_empty(std::string_view kind) {
  return kind == "number" || kind == "float" || kind == "iso3" || kind == "qid" || kind == "date";
}

Schema schema_of(const TableFile& file) {
  Schema schema;
  if (file.table != "schema") return schema;
  for (const auto& row : file.rows) {
    if (row.cells.size() < 4) continue;
    schema[row.cells[0]].push_back({row.cells[1], row.cells[2] == "yes", row.cells[3]});
  }
  return schema;
}

void check_table(TableFile& file, const Schema& schema, const KnownKey& known, std::vector<Error>& faults) {
  if (file.table.empty() || file.table == "schema") return;
  const auto table = schema.find(file.table);
  if (table == schema.end()) {
    std::vector<std::string_view> names;
    for (const auto& [name, columns] : schema) names.push_back(name);
    const auto fault = one_of(file.table, names, "table");
    faults.push_back({"E-LEX-03", place_of(file.path, 1), fault->fault, fault->remedy});
    file.rows.clear();
    return;
  }
  const auto columns = columns_of(file, table->second, faults);
  for (const auto& column : table->second) {
    if (column.required &&
        std::find(file.columns.begin(), file.columns.end(), column.name) == file.columns.end()) {
      faults.push_back({"E-LEX-04", place_of(file.path, file.header_line),
                        "no column \"" + column.name + "\"", "add it to the header"});
      file.rows.clear();
      return;
    }
  }
  std::erase_if(file.rows,
                [&](const TableRow& row) { return !check_row(file, row, columns, known, faults); });
}

}  // namespace polybius
