// CSV with named columns (RFC 4180; comma, semicolon or tab), row by row.
#include <algorithm>
#include <nlohmann/json.hpp>

#include "ingest/forms.h"

namespace polybius {
namespace {

enum class RowState { whole, more, broken };

/// One row as cut out of the bytes.
struct CsvRow {
  std::vector<std::string> cells;
  std::size_t length = 0;  ///< bytes, line end included
  RowState state = RowState::more;
  const char* fault = "";
};

/// Reads a quoted cell whose opening mark stands at `at`, and moves past it.
RowState read_quoted(std::string_view bytes, bool at_end, std::size_t& at, std::string& cell) {
  ++at;
  for (;;) {
    const std::size_t mark = bytes.find('"', at);
    if (mark == std::string_view::npos) return at_end ? RowState::broken : RowState::more;
    cell.append(bytes, at, mark - at);
    at = mark + 1;
    if (at >= bytes.size() && !at_end) return RowState::more;
    if (at >= bytes.size() || bytes[at] != '"') return RowState::whole;
    cell += '"';
    ++at;
  }
}

/// Reads the row that begins `bytes`. `at_end`: nothing follows them.
CsvRow read_row(std::string_view bytes, bool at_end, char separator) {
  CsvRow row;
  std::size_t at = 0;
  const char ends[] = {separator, '\r', '\n'};
  for (;;) {
    std::string cell;
    if (at < bytes.size() && bytes[at] == '"') {
      row.state = read_quoted(bytes, at_end, at, cell);
      row.fault = "a quotation mark is not closed";
      if (row.state != RowState::whole) return row;
    } else {
      const std::size_t end = bytes.find_first_of(std::string_view(ends, 3), at);
      cell = bytes.substr(at, end - at);
      at = std::min(end, bytes.size());
    }
    row.cells.push_back(std::move(cell));
    row.state = RowState::more;
    if (at >= bytes.size() || (bytes[at] == '\r' && at + 1 >= bytes.size())) {
      if (at_end) row.state = RowState::whole;
      row.length = bytes.size();
      return row;
    }
    const char mark = bytes[at++];
    if (mark == separator) continue;
    if (mark == '\r' && bytes[at] == '\n') ++at;
    row.length = at;
    row.fault = "something follows a closing quotation mark";
    row.state = mark == '\r' || mark == '\n' ? RowState::whole : RowState::broken;
    return row;
  }
}

char separator_of(std::string_view header) {
  header = header.substr(0, header.find('\n'));
  char best = ',';
  std::ptrdiff_t most = 0;
  for (const char c : {',', ';', '\t'}) {
    const auto count = std::count(header.begin(), header.end(), c);
    if (count > most) {
      best = c;
      most = count;
    }
  }
  return best;
}

class CsvReader final : public FormReader {
 public:
  using FormReader::FormReader;

  std::optional<Result<Item>> next() override {
    if (!header_read_) {
      header_read_ = true;
      if (auto error = read_header()) {
        ended_ = true;
        return *error;
      }
    }
    while (!ended_) {
      const std::string place = source_.name + ":" + std::to_string(line_);
      CsvRow row = take_row();
      if (row.length == 0) break;
      if (row.state == RowState::broken) {
        return Error{"E-ING-21", place, std::string("skipped: ") + row.fault,
                     "double the quotation marks inside a cell"};
      }
      if (row.cells.size() == 1 && trimmed(row.cells[0]).empty()) continue;
      if (row.cells.size() != columns_.size()) return count_fault(row.cells.size(), place);
      return item_of(std::move(row), place);
    }
    ended_ = true;
    if (auto fault = packing_fault()) {
      ended_ = !go_on_behind_fault();
      return *fault;
    }
    return std::nullopt;
  }

 private:
  std::optional<Error> read_header() {
    if (source_.bytes->peek(3).starts_with("\xef\xbb\xbf")) source_.bytes->skip(3);
    separator_ = separator_of(source_.bytes->peek(4096).substr(0, 4096));
    CsvRow row = take_row();
    if (row.state != RowState::whole) {
      return Error{"E-ING-21", source_.name + ":1", std::string("the header is broken: ") + row.fault, ""};
    }
    const std::string wanted = lower_ascii(source_.options.text_field);
    bool has_text = false;
    for (std::string& cell : row.cells) {
      columns_.emplace_back(trimmed(decode_text(std::move(cell)).utf8));
      const std::string lower = lower_ascii(columns_.back());
      const bool known =
          lower == "id" || lower == "url" || lower == "title" || lower == "published" || lower == "text";
      if (known || lower == wanted) columns_.back() = lower == wanted ? source_.options.text_field : lower;
      has_text = has_text || lower == wanted;
    }
    if (has_text) return std::nullopt;
    return Error{"E-ING-11", source_.name + ":1", "skipped: no column \"" + source_.options.text_field + "\"",
                 "name the column with --text-field"};
  }

  /// Takes the next row; of a broken one only its first line, so that a stray quotation mark does not eat
  /// what follows.
  CsvRow take_row() {
    CsvRow row;
    std::size_t wanted = 1;
    for (;;) {
      const std::string_view bytes = source_.bytes->peek(wanted);
      if (bytes.empty()) return row;
      const bool too_long = bytes.size() > source_.options.item_limit;
      // The bytes behind a broken row may be searched in full a few times, not once a line.
      const bool searched_enough =
          budget_used_ && source_.bytes->offset() < trouble_end_ && bytes.find('\n') < bytes.size();
      row = read_row(bytes, bytes.size() < wanted || too_long || searched_enough, separator_);
      if (row.state != RowState::more) break;
      wanted = bytes.size() * 2;
    }
    const std::string_view bytes = source_.bytes->peek(1);
    if (row.state == RowState::broken) note_trouble(bytes.size());
    if (row.state == RowState::broken) row.length = std::min(bytes.find('\n'), bytes.size() - 1) + 1;
    if (row.length > source_.options.item_limit) {
      row.state = RowState::broken;
      row.fault = "the row is too long";
    }
    line_ += static_cast<std::size_t>(
        std::count(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(row.length), '\n'));
    source_.bytes->skip(row.length);
    return row;
  }

  void note_trouble(std::size_t searched) {
    const std::uint64_t end = source_.bytes->offset() + searched;
    if (source_.bytes->offset() >= trouble_end_) {
      trouble_end_ = end;
      trouble_searched_ = 0;
      budget_used_ = false;
    }
    trouble_searched_ += searched;
    const std::uint64_t budget =
        std::max<std::uint64_t>(std::uint64_t{16} << 20, 4 * source_.options.item_limit);
    budget_used_ = trouble_searched_ > budget;
  }

  Error count_fault(std::size_t cells, const std::string& place) const {
    return Error{"E-ING-22", place,
                 "skipped: " + std::to_string(cells) + " cells where the header has " +
                     std::to_string(columns_.size()),
                 "quote cells that hold the separator"};
  }

  Item item_of(CsvRow row, const std::string& place) {
    Item item;
    item.place = place;
    Document& document = item.document;
    std::string own_bytes;
    for (std::size_t i = 0; i < columns_.size(); ++i) {
      const std::string& column = columns_[i];
      if (source_.stem.empty()) own_bytes += row.cells[i] + separator_;
      std::string cell = decode_noting(std::move(row.cells[i]), "", document.warnings);
      if (column == source_.options.text_field) {
        document.text = std::move(cell);
      } else if (column == "id") {
        document.id = trimmed(cell);
      } else if (column == "url") {
        document.origin.url = trimmed(cell);
      } else if (column == "title") {
        document.title = trimmed(cell);
      } else if (column == "published") {
        document.published = trimmed(cell);
      } else if (!cell.empty()) {
        document.extra.emplace_back(column, nlohmann::json(cell).dump());
      }
    }
    if (!document.published.empty()) document.published_by = PublishedBy::given;
    if (looks_like_html(std::string_view(document.text).substr(0, 64 * 1024)) &&
        trimmed(document.text).starts_with('<')) {
      document.form = BodyForm::html;
    }
    complete_document(document, source_, own_bytes);
    return item;
  }

  std::vector<std::string> columns_;
  char separator_ = ',';
  bool header_read_ = false;
  bool ended_ = false;
  std::size_t line_ = 1;
  std::uint64_t trouble_end_ = 0;
  std::uint64_t trouble_searched_ = 0;
  bool budget_used_ = false;
};

}  // namespace

std::unique_ptr<FormReader> open_csv(Source source) {
  return std::make_unique<CsvReader>(std::move(source));
}

}  // namespace polybius
