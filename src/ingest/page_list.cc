// Lists of addresses, GDELT's tables among them, whose pages lie in a folder.
#include <algorithm>
#include <array>
#include <filesystem>
#include <unordered_set>

#include "ingest/forms.h"

namespace polybius {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t longest_row = std::size_t{4} << 20;  // of GDELT's knowledge graph

std::vector<std::string_view> cells_of(std::string_view row) {
  std::vector<std::string_view> out;
  for (;;) {
    const std::size_t end = row.find('\t');
    out.push_back(trimmed(row.substr(0, end)));
    if (end == std::string_view::npos) return out;
    row.remove_prefix(end + 1);
  }
}

/// The day on which GDELT saw the page, by the count of its table's columns: events 2.0 and 1.0, mentions,
/// knowledge graph.
std::string day_of_row(const std::vector<std::string_view>& cells) {
  static constexpr std::array<std::array<std::size_t, 2>, 5> columns{
      {{61, 59}, {58, 56}, {57, 56}, {16, 2}, {27, 1}}};
  for (const auto& [count, column] : columns) {
    if (cells.size() != count) continue;
    const std::string_view stamp = cells[column];
    const bool digits = stamp.find_first_not_of("0123456789") == std::string_view::npos;
    if (digits && (stamp.size() == 8 || stamp.size() == 14))
      return std::string(stamp.substr(0, 4)) + "-" + std::string(stamp.substr(4, 2)) + "-" +
             std::string(stamp.substr(6, 2));
  }
  return "";
}

/// Whether a path stays below the folder it starts from.
bool stays_below(std::string_view path) {
  if (path.empty() || path.starts_with('/') || path.find('\0') != std::string_view::npos) return false;
  for (const auto& part : fs::path(path)) {
    if (part == "..") return false;
  }
  return true;
}

/// The names under which a page may lie: the hash of its address, or the address as wget lays it down.
std::vector<std::string> file_names(std::string_view address, std::string_view named) {
  std::vector<std::string> out;
  if (!named.empty()) out.emplace_back(named);
  const std::string hash = sha256_hex(address);
  out.push_back(hash + ".html");
  out.push_back(hash);
  std::string path(address.substr(address.find("://") + 3));
  path.erase(std::min(path.find('#'), path.size()));
  if (path.find('/') == std::string::npos) path += '/';
  if (path.ends_with('/')) {
    out.push_back(path + "index.html");
  } else {
    out.push_back(path);
    out.push_back(path + ".html");
    out.push_back(path + "/index.html");
  }
  return out;
}

class PageListReader final : public FormReader {
 public:
  using FormReader::FormReader;

  std::optional<Result<Item>> next() override {
    const std::string& folder = source_.options.pages;
    if (folder.empty()) {
      if (line_++ > 0) return std::nullopt;
      return Error{"E-ING-40", source_.name, "skipped: a list of addresses",
                   "name the folder that holds their pages with --pages"};
    }
    for (;;) {
      bool cut = false;
      const auto line = source_.bytes->line(longest_row, &cut);
      if (!line) return packing_fault_as_item();
      ++line_;
      const std::string place = source_.name + ":" + std::to_string(line_);
      if (trimmed(*line).empty()) continue;
      const std::size_t column = address_column(*line);
      if (column == std::string_view::npos)
        return Error{"E-ING-41", place, "skipped: no address in this line", ""};
      const std::vector<std::string_view> cells = cells_of(*line);
      const std::string address(cells[column]);
      if (!seen_.insert(sha256_hex(address).substr(0, 16)).second)
        continue;  // GDELT names a page once an event
      const std::string_view named = column == 0 && cells.size() == 2 ? cells[1] : std::string_view();
      return item_of(address, named, day_of_row(cells), place);
    }
  }

 private:
  std::optional<Result<Item>> packing_fault_as_item() {
    auto fault = packing_fault();
    if (!fault) return std::nullopt;
    return *fault;
  }

  Result<Item> item_of(const std::string& address, std::string_view named, const std::string& day,
                       const std::string& place) const {
    for (const std::string& name : file_names(address, named)) {
      if (!stays_below(name)) continue;
      const std::string path = (fs::path(source_.options.pages) / name).string();
      std::error_code fault;
      if (!fs::is_regular_file(path, fault)) continue;
      return page_of(path, address, day, place);
    }
    return Error{"E-ING-42", place, "skipped: no page of " + address + " in " + source_.options.pages, ""};
  }

  Result<Item> page_of(const std::string& path, const std::string& address, const std::string& day,
                       const std::string& place) const {
    IngestOptions options = source_.options;
    options.pages.clear();
    if (!day.empty()) options.published = day;
    auto reader = DocumentReader::open(path, options);
    if (!reader) return reader.error();
    auto item = reader.value().next();
    if (!item) return Error{"E-ING-03", path, "skipped: nothing in it that could be read", ""};
    if (!item->ok()) return item->error();
    Item out = std::move(*item).value();
    out.place = place;
    Document& document = out.document;
    document.id = address;
    document.origin.url = address;
    document.origin.site = site_of(address);
    return out;
  }

  std::size_t line_ = 0;
  std::unordered_set<std::string> seen_;  // looked up only
};

}  // namespace

std::size_t address_column(std::string_view row) {
  const std::vector<std::string_view> cells = cells_of(row);
  if (is_address(cells[0])) return 0;
  for (std::size_t i = cells.size(); i-- > 0;) {
    if (is_address(cells[i])) return i;
  }
  return std::string_view::npos;
}

std::unique_ptr<FormReader> open_page_list(Source source) {
  return std::make_unique<PageListReader>(std::move(source));
}

}  // namespace polybius
