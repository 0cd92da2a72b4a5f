// Opens, extends, checks and compiles sets of tables.
#include <set>

#include "lexicon/content.h"
#include "lexicon/lexicon.h"

namespace polybius {
namespace {

const std::vector<SchemaColumn> kSchemaColumns = {{"table", true, "text"},
                                                  {"column", true, "text"},
                                                  {"required", true, "yes,no"},
                                                  {"values", true, "text"},
                                                  {"what", false, "text"}};

Schema schema_of_rows(const std::vector<Row>& rows) {
  Schema schema;
  for (const Row row : rows) {
    schema[std::string(row["table"])].push_back(
        {std::string(row["column"]), row["required"] == "yes", std::string(row["values"])});
  }
  return schema;
}

/// Keys that files bring along: "table\tkey", and modes, which are no key of their table.
std::set<std::string, std::less<>> keys_of(std::span<const TableFile> files, const Schema& schema) {
  std::set<std::string, std::less<>> keys;
  for (const TableFile& file : files) {
    const auto table = schema.find(file.table);
    if (table == schema.end()) continue;
    for (std::size_t column = 0; column < file.columns.size(); ++column) {
      const bool key = file.columns[column] == table->second.front().name;
      const bool mode = file.table == "plover_modes" && file.columns[column] == "mode";
      if (!key && !mode) continue;
      const std::string prefix = file.table + (mode ? ":mode\t" : "\t");
      for (const TableRow& row : file.rows) {
        if (column < row.cells.size()) keys.insert(prefix + row.cells[column]);
      }
    }
  }
  return keys;
}

void check_files(std::vector<TableFile>& files, const Schema& schema, const Lexicon* beneath,
                 std::vector<Error>& faults) {
  const auto keys = keys_of(files, schema);
  std::set<std::string, std::less<>> modes;
  if (beneath != nullptr) {
    for (const Row row : beneath->rows("plover_modes")) modes.insert(std::string(row["mode"]));
  }
  const KnownKey known = [&](std::string_view table, std::string_view key) {
    if (keys.contains(std::string(table) + "\t" + std::string(key))) return true;
    if (beneath == nullptr) return false;
    return table == "plover_modes:mode" ? modes.contains(key) : static_cast<bool>(beneath->find(table, key));
  };
  for (TableFile& file : files) check_table(file, schema, known, faults);
}

}  // namespace

Result<Lexicon> Lexicon::with(std::span<const std::filesystem::path> paths) const {
  std::vector<Error> faults;
  auto files = read_tables(paths, faults);
  const Schema schema = schema_of_rows(rows("schema"));
  check_files(files, schema, this, faults);
  if (!faults.empty()) return faults.front();
  auto content = std::make_shared<Content>();
  content->images = content_->images;
  content->images.insert(content->images.begin(), LexiconImage::owning(compile_image(files, schema)));
  const Lexicon raw(content);
  decode_rules(raw, *content);
  return raw;
}

Lexicon Lexicon::of_image(std::string_view bytes) {
  auto content = std::make_shared<Content>();
  content->images.push_back(std::make_shared<const LexiconImage>(bytes));
  const Lexicon raw(content);
  decode_rules(raw, *content);
  return raw;
}

std::vector<Error> check_tables(std::span<const std::filesystem::path> paths, const Lexicon& beneath) {
  std::vector<Error> faults;
  auto files = read_tables(paths, faults);
  check_files(files, schema_of_rows(beneath.rows("schema")), &beneath, faults);
  return faults;
}

Result<std::string> compile_tables(std::span<const std::filesystem::path> paths) {
  std::vector<Error> faults;
  auto files = read_tables(paths, faults);
  Schema schema;
  for (const TableFile& file : files) schema.merge(schema_of(file));
  if (schema.empty())
    return Error{"E-LEX-03", "", "no schema among the tables", "give the folder with schema.tsv"};
  check_files(files, schema, nullptr, faults);
  if (!faults.empty()) return faults.front();
  schema["schema"] = kSchemaColumns;
  return compile_image(files, schema);
}

}  // namespace polybius
