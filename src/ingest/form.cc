// Which form an input has, told from its first bytes.
#include <algorithm>
#include <array>

#include "ingest/forms.h"

namespace polybius {
namespace {

bool is_blank(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

std::string_view first_line(std::string_view text) {
  return text.substr(0, text.find('\n'));
}

bool is_binary(std::string_view head) {
  const std::string_view sample = head.substr(0, 4096);
  std::size_t nulls = 0;
  std::size_t controls = 0;
  for (const char c : sample) {
    nulls += static_cast<std::size_t>(c == '\0');
    controls += static_cast<std::size_t>(static_cast<unsigned char>(c) < 0x20 && !is_blank(c) &&
                                         c != '\x1b' && c != '\v');
  }
  return !binary_kind(head).empty() || nulls * 100 > sample.size() || controls * 10 > sample.size();
}

/// The name of the tag that `text`, which begins with '<', opens; lower case. Empty if there is nothing.
std::string tag_name(std::string_view text) {
  if (text.empty()) return "";
  std::size_t end = 1;
  while (end < text.size() && end < 40 && !is_blank(text[end]) && text[end] != '>' && text[end] != '/') ++end;
  return lower_ascii(text.substr(1, end - 1));
}

/// Moves past declarations and comments in front of the root element.
std::string_view root_of(std::string_view text) {
  for (;;) {
    text = trimmed(text);
    std::string_view close;
    if (text.starts_with("<!--")) close = "-->";
    if (text.starts_with("<?")) close = "?>";
    if (begins_ignoring_case(text, "<!doctype")) close = ">";
    if (close.empty()) return text;
    const std::size_t end = text.find(close);
    if (end == std::string_view::npos) return text;
    text.remove_prefix(end + close.size());
  }
}

/// Whether the first lines are addresses, or rows of many cells of which one is an address.
bool is_page_list(std::string_view text) {
  int lines = 0;
  for (; !text.empty() && lines < 5; ++lines) {
    const bool whole = text.find('\n') != std::string_view::npos || text.size() < 4096;
    const std::string_view line = trimmed(first_line(text));
    if (!whole) break;
    const std::size_t column = address_column(line);
    const bool row = std::count(line.begin(), line.end(), '\t') >= 15;
    if (column == std::string_view::npos || (column > 0 && !row)) return false;
    if (!row && line.substr(0, line.find('\t')).find(' ') != std::string_view::npos) return false;
    text = trimmed(text.substr(std::min(text.find('\n'), text.size())));
  }
  return lines > 0;
}

InputForm json_form(std::string_view text, const IngestOptions& options) {
  const std::string_view line = trimmed(first_line(text));
  const std::string_view next = trimmed(text.substr(1));
  if (text[0] == '[') {
    const bool objects = next.starts_with('{') || next.starts_with(']');
    return objects && !options.only_text ? InputForm::json_array : InputForm::plain;
  }
  if (!next.starts_with('"') && !next.starts_with('}')) return InputForm::plain;
  // A line that stops within an object is a document over several lines, not a line that is broken.
  const char last = line.back();
  const bool feed = text.substr(0, 4096).find("jsonfeed.org/version") != std::string_view::npos;
  if (feed && !options.only_text) return InputForm::json_object;
  const bool open = last == '{' || last == ',' || last == '[' || last == ':';
  return open && line.size() < text.size() ? InputForm::json_object : InputForm::json_lines;
}

bool has_csv_header(std::string_view text, std::string_view name, const IngestOptions& options) {
  const std::string_view line = trimmed(first_line(text));
  if (line.size() > 4096) return false;
  std::size_t cells = 0;
  bool named = false;
  for (const char separator : {',', ';', '\t'}) {
    std::size_t count = 0;
    std::string_view rest = line;
    for (bool more = true; more; ++count) {
      const std::size_t end = rest.find(separator);
      more = end != std::string_view::npos;
      std::string_view cell = trimmed(rest.substr(0, end));
      if (cell.size() > 1 && cell.front() == '"' && cell.back() == '"')
        cell = cell.substr(1, cell.size() - 2);
      named = named || lower_ascii(cell) == lower_ascii(options.text_field);
      if (more) rest.remove_prefix(end + 1);
    }
    cells = std::max(cells, count);
  }
  const std::string extension = lower_ascii(name.substr(std::min(name.rfind('.'), name.size())));
  if (extension == ".csv" || extension == ".tsv") return cells > 1 || named;
  return named && cells > 1;
}

}  // namespace

std::string_view binary_kind(std::string_view head) {
  static constexpr std::array<std::array<std::string_view, 2>, 15> kinds{
      {{"%PDF-", "PDF"},
       {"PK\x03\x04", "ZIP (or an office file)"},
       {"\x89PNG", "PNG"},
       {"\xff\xd8\xff", "JPEG"},
       {"GIF8", "GIF"},
       {"\x7f"
        "ELF",
        "ELF"},
       {"SQLite format 3", "SQLite"},
       {"PAR1", "Parquet"},
       {"Rar!", "RAR"},
       {"7z\xbc\xaf", "7-Zip"},
       {"BZh", "bzip2"},
       {"\xfd"
        "7zXZ",
        "xz"},
       {"\xd0\xcf\x11\xe0", "an old office file"},
       {"{\\rtf", "RTF"},
       {"ID3", "MP3"}}};
  for (const auto& [magic, kind] : kinds) {
    if (head.starts_with(magic)) return kind;
  }
  return "";
}

bool looks_like_html(std::string_view head) {
  static constexpr std::array<std::string_view, 24> tags{
      "html",  "head",    "body",  "div",   "p",    "meta",   "script", "article",
      "title", "section", "table", "span",  "main", "header", "h1",     "h2",
      "ul",    "a",       "link",  "style", "base", "br",     "img",    "center"};
  const std::string_view root = root_of(head);
  if (begins_ignoring_case(trimmed(head), "<!doctype html")) return true;
  if (root.starts_with('<') && std::find(tags.begin(), tags.end(), tag_name(root)) != tags.end()) return true;
  // A fragment that begins with words: closing tags give it away.
  std::size_t closing = 0;
  for (std::size_t at = 0; (at = head.find("</", at)) != std::string_view::npos; at += 2) {
    const std::string name = tag_name(head.substr(at + 1));
    closing += static_cast<std::size_t>(name == "p" || name == "div" || name == "html" || name == "body" ||
                                        name == "a");
  }
  return closing >= 3;
}

InputForm form_of(std::string_view head, std::string_view name, const IngestOptions& options) {
  if (head.starts_with("\xef\xbb\xbf")) head.remove_prefix(3);
  const std::string_view text = trimmed(head);
  if (text.empty() && head.size() < 4096) return InputForm::empty;
  if (is_binary(head) && !head.starts_with("WARC/")) return InputForm::binary;
  if (text.empty()) return InputForm::plain;
  if (text[0] == '{' || text[0] == '[') {
    const InputForm form = json_form(text, options);
    if (form != InputForm::plain) return form;
  }
  if (options.only_text) return InputForm::plain;
  if (text.starts_with("WARC/")) return InputForm::warc;
  if (text[0] == '<') {
    const std::string root = tag_name(root_of(text));
    if (root == "rss" || root == "feed" || root == "rdf:rdf" || root == "atom:feed") return InputForm::feed;
  }
  if (looks_like_html(text)) return InputForm::html;
  if (is_page_list(text)) return InputForm::page_list;
  return has_csv_header(text, name, options) ? InputForm::csv : InputForm::plain;
}

}  // namespace polybius
