// Compiles checked tables to the flat form that image.h describes.
#include <algorithm>
#include <cstring>
#include <map>
#include <unordered_map>

#include "lexicon/image.h"
#include "text/text.h"

namespace polybius {
namespace {

constexpr std::uint32_t kPrefixBit = 0x80000000U;

template <typename T>
void append_part(std::string& out, const std::vector<T>& part) {
  out.append(reinterpret_cast<const char*>(part.data()), part.size() * sizeof(T));
  out.resize((out.size() + 7) / 8 * 8);
}

std::vector<std::string_view> values_of(std::string_view cell) {
  std::vector<std::string_view> values;
  while (!cell.empty()) {
    const auto end = cell.find('|');
    values.push_back(cell.substr(0, end));
    cell.remove_prefix(end == std::string_view::npos ? cell.size() : end + 1);
  }
  return values;
}

// "US", "NATO": such forms are ordinary words in small letters, so their case counts.
bool exact_case(std::string_view form) {
  std::size_t letters = 0;
  for (std::size_t at = 0; at < form.size();) {
    const char32_t letter = next_code_point(form, at);
    if (!is_letter(letter)) continue;
    if (!is_upper(letter)) return false;
    ++letters;
  }
  return letters <= 5;
}

}  // namespace

std::vector<std::string> name_words(std::string_view name) {
  std::vector<std::string> words;
  std::string word;
  const std::string plain = folded(name);
  const auto finish = [&] {
    if (!word.empty()) words.push_back(std::move(word));
    word.clear();
  };
  for (std::size_t at = 0; at < plain.size();) {
    const char32_t letter = next_code_point(plain, at);
    if (is_space(letter) || letter == U'-' || letter == U',') {
      finish();
    } else if (letter == U'\'' && plain.compare(at, 1, "s") == 0 &&
               (at + 1 == plain.size() || plain[at + 1] == ' ')) {
      finish();  // "People's" is two words, as tokens have it
    } else if (letter != U'.' && letter != U'\'') {
      append_utf8(word, letter);
    }
  }
  finish();
  return words;
}

class ImageWriter {
 public:
  explicit ImageWriter(const Schema& schema) : schema_(schema) {
    number_of("");
  }

  void add_table(const std::string& name, const std::vector<const TableFile*>& files) {
    const auto& columns = schema_.at(name);
    LexiconImage::TableHead head{number_of(name),
                                 static_cast<std::uint32_t>(columns_.size()),
                                 static_cast<std::uint32_t>(columns.size()),
                                 row_number(),
                                 0,
                                 0};
    for (const auto& column : columns) columns_.push_back(number_of(column.name));
    for (const TableFile* file : files) add_rows(*file, columns, static_cast<std::uint32_t>(tables_.size()));
    head.rows = row_number() - head.first_row;
    tables_.push_back(head);
  }

  std::string finish() {
    const auto [key_slots, key_rows] = key_index();
    const auto [name_slots, names] = name_index();
    const std::uint32_t counts[] = {
        size_of(tables_),   size_of(columns_), size_of(rows_),      size_of(cells_), size_of(ends_),
        size_of(key_slots), size_of(key_rows), size_of(name_slots), size_of(names),  size_of(strings_)};
    std::string body;
    append_part(body, tables_);
    append_part(body, columns_);
    append_part(body, rows_);
    append_part(body, cells_);
    append_part(body, ends_);
    append_part(body, key_slots);
    append_part(body, key_rows);
    append_part(body, name_slots);
    append_part(body, names);
    body += strings_;
    const std::uint64_t fingerprint = hash_on(kHashStart, body);
    std::string out = "PLXIMG01";
    out.append(reinterpret_cast<const char*>(counts), sizeof counts);
    out.append(reinterpret_cast<const char*>(&fingerprint), sizeof fingerprint);
    return out + body;
  }

 private:
  template <typename C>
  static std::uint32_t size_of(const C& container) {
    return static_cast<std::uint32_t>(container.size());
  }
  std::uint32_t row_number() const {
    return size_of(rows_);
  }

  std::uint32_t number_of(std::string_view text) {
    const auto [at, fresh] = numbers_.try_emplace(std::string(text), size_of(ends_));
    if (fresh) {
      strings_ += text;
      ends_.push_back(size_of(strings_));
    }
    return at->second;
  }

  void add_rows(const TableFile& file, const std::vector<SchemaColumn>& columns, std::uint32_t table) {
    const std::uint32_t path = number_of(file.path);
    for (const TableRow& row : file.rows) {
      std::map<std::string, std::string, std::less<>> cells;
      for (std::size_t at = 0; at < std::min(row.cells.size(), file.columns.size()); ++at) {
        cells[file.columns[at]] = row.cells[at];
      }
      rows_.push_back({table, path, row.line, size_of(cells_)});
      for (const auto& column : columns) {
        std::string& cell = cells[column.name];
        if (cell == "-" && dash_is_empty(column.values)) cell.clear();
        cells_.push_back(number_of(cell));
      }
      index_row(file.table, columns.front().name, cells);
    }
  }

  void index_row(const std::string& table, const std::string& key,
                 std::map<std::string, std::string, std::less<>>& cells) {
    const std::uint32_t row = row_number() - 1;
    keys_[table + "\t" + cells[key]].push_back(row);
    if (table == "roles") keys_["roles:office\t" + cells["office"] + "|" + cells["iso3"]].push_back(row);
    if (table != "countries" && table != "places" && table != "organizations" && table != "persons" &&
        table != "actors") {
      return;
    }
    add_name(cells["name"], row, 0);
    for (const auto form : values_of(cells["aliases"])) add_name(form, row, 0);
    for (const auto form : values_of(cells["adjectives"])) add_name(form, row, kAdjective);
    for (const auto form : values_of(cells["demonyms"])) add_name(form, row, kAdjective);
  }

  void add_name(std::string_view form, std::uint32_t row, std::uint32_t flags) {
    const auto words = name_words(form);
    if (words.empty()) return;
    std::uint64_t hash = kHashStart;
    for (std::size_t at = 0; at < words.size(); ++at) {
      hash = hash_on(hash, words[at]);
      if (at + 1 < words.size()) prefixes_.push_back(hash);
    }
    if (exact_case(form)) flags |= kExactCase;
    entries_.push_back({hash, {row, number_of(form), size_of(words), flags}});
  }

  static void put_slot(std::vector<LexiconImage::Slot>& slots, LexiconImage::Slot slot) {
    const std::size_t mask = slots.size() - 1;
    std::size_t at = slot.hash & mask;
    while (slots[at].count != 0) at = (at + 1) & mask;
    slots[at] = slot;
  }
  static std::vector<LexiconImage::Slot> empty_slots(std::size_t groups) {
    std::size_t size = 8;
    while (size < groups * 2) size *= 2;
    return std::vector<LexiconImage::Slot>(size, LexiconImage::Slot{0, 0, 0});
  }

  std::pair<std::vector<LexiconImage::Slot>, std::vector<std::uint32_t>> key_index() const {
    auto slots = empty_slots(keys_.size());
    std::vector<std::uint32_t> rows;
    for (const auto& [key, group] : keys_) {
      put_slot(slots, {hash_on(kHashStart, key), size_of(rows), size_of(group)});
      rows.insert(rows.end(), group.begin(), group.end());
    }
    return {std::move(slots), std::move(rows)};
  }

  std::pair<std::vector<LexiconImage::Slot>, std::vector<NameEntry>> name_index() {
    std::stable_sort(entries_.begin(), entries_.end(), [](auto& a, auto& b) { return a.first < b.first; });
    std::map<std::uint64_t, LexiconImage::Slot> groups;
    std::vector<NameEntry> names;
    for (const auto& [hash, entry] : entries_) {
      auto& slot = groups.try_emplace(hash, LexiconImage::Slot{hash, size_of(names), 0}).first->second;
      ++slot.count;
      names.push_back(entry);
    }
    for (const std::uint64_t hash : prefixes_) {
      groups.try_emplace(hash, LexiconImage::Slot{hash, 0, 0}).first->second.count |= kPrefixBit;
    }
    auto slots = empty_slots(groups.size());
    for (const auto& [hash, slot] : groups) put_slot(slots, slot);
    return {std::move(slots), std::move(names)};
  }

  const Schema& schema_;
  std::unordered_map<std::string, std::uint32_t> numbers_;
  std::string strings_;
  std::vector<std::uint32_t> ends_;
  std::vector<LexiconImage::TableHead> tables_;
  std::vector<std::uint32_t> columns_;
  std::vector<LexiconImage::RowHead> rows_;
  std::vector<std::uint32_t> cells_;
  std::map<std::string, std::vector<std::uint32_t>> keys_;
  std::vector<std::pair<std::uint64_t, NameEntry>> entries_;
  std::vector<std::uint64_t> prefixes_;
};

std::string compile_image(std::span<const TableFile> files, const Schema& schema) {
  std::map<std::string, std::vector<const TableFile*>> tables;
  for (const TableFile& file : files) {
    if (schema.contains(file.table)) tables[file.table].push_back(&file);
  }
  ImageWriter writer(schema);
  for (const auto& [name, parts] : tables) writer.add_table(name, parts);
  return writer.finish();
}

}  // namespace polybius
