// JSON Lines, JSON arrays and single objects: named fields to documents.
#include <algorithm>
#include <nlohmann/json.hpp>

#include "ingest/forms.h"

namespace polybius {
namespace {

using nlohmann::json;

constexpr int depth_limit = 100;

/// Whether brackets nest deeper than we follow (writing such values back would recurse as deep).
bool nests_too_deep(std::string_view text) {
  int depth = 0;
  bool quoted = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (quoted) {
      if (c == '\\') ++i;
      if (c == '"') quoted = false;
    } else if (c == '"') {
      quoted = true;
    } else if (c == '{' || c == '[') {
      if (++depth > depth_limit) return true;
    } else if (c == '}' || c == ']') {
      --depth;
    }
  }
  return false;
}

int hex_value(std::string_view digits) {
  int out = 0;
  for (const char c : digits) {
    const char lower = static_cast<char>(c | 0x20);
    if (c >= '0' && c <= '9') {
      out = out * 16 + (c - '0');
    } else if (lower >= 'a' && lower <= 'f') {
      out = out * 16 + (lower - 'a' + 10);
    } else {
      return -1;
    }
  }
  return digits.size() == 4 ? out : -1;
}

/// Replaces escaped halves of surrogate pairs, as some writers leave them, by U+FFFD. Returns how many there
/// were.
std::size_t replace_lone_surrogates(std::string& text) {
  const auto unit_at = [&text](std::size_t at) {
    const bool escape = at + 6 <= text.size() && text[at] == '\\' && text[at + 1] == 'u';
    return escape ? hex_value(std::string_view(text).substr(at + 2, 4)) : -1;
  };
  std::size_t replaced = 0;
  for (std::size_t at = 0; at + 1 < text.size(); ++at) {
    if (text[at] != '\\') continue;
    const int unit = unit_at(at);
    if (unit >= 0xd800 && unit < 0xdc00) {
      const int next = unit_at(at + 6);
      if (next >= 0xdc00 && next < 0xe000) {
        at += 11;
        continue;
      }
    }
    if (unit >= 0xd800 && unit < 0xe000) {
      text.replace(at, 6, "\\ufffd");
      ++replaced;
    }
    ++at;
  }
  return replaced;
}

/// A scalar as text; nothing if the value is missing, null or no scalar.
std::optional<std::string> scalar_of(const json& object, const std::string& key) {
  const auto found = object.find(key);
  if (found == object.end() || found->is_null()) return std::nullopt;
  if (found->is_string()) return found->get<std::string>();
  if (found->is_number() || found->is_boolean()) return found->dump();
  return std::nullopt;
}

class JsonLinesReader final : public FormReader {
 public:
  using FormReader::FormReader;

  std::optional<Result<Item>> next() override {
    for (;;) {
      bool cut = false;
      auto line = source_.bytes->line(source_.options.item_limit, &cut);
      if (!line) {
        auto fault = packing_fault();
        if (!fault) return std::nullopt;
        go_on_behind_fault();
        return *fault;
      }
      ++number_;
      const std::string place = source_.name + ":" + std::to_string(number_);
      if (cut) {
        return Error{
            "E-ING-02", place,
            "skipped: the line is longer than " + std::to_string(source_.options.item_limit) + " bytes", ""};
      }
      if (number_ == 1 && line->starts_with("\xef\xbb\xbf")) line->erase(0, 3);
      if (trimmed(*line).empty()) continue;
      return item_of_json(std::move(*line), source_, place);
    }
  }

 private:
  std::size_t number_ = 0;
};

/// The elements of an array, cut out by brackets and quotation marks, so that one broken element costs no
/// other.
class JsonArrayReader final : public FormReader {
 public:
  using FormReader::FormReader;

  std::optional<Result<Item>> next() override {
    while (!done_) {
      if (!find_element()) break;
      const std::uint64_t at = source_.bytes->offset();
      const std::string place = source_.name + ": byte " + std::to_string(at);
      const std::size_t length = element_length();
      if (length == 0) {
        done_ = true;
        if (auto fault = packing_fault()) return *fault;
        return Error{"E-ING-14", place, "skipped: the element does not end within the limit",
                     "write one object a line"};
      }
      std::string element(source_.bytes->peek(length).substr(0, length));
      source_.bytes->skip(length);
      return item_of_json(std::move(element), source_, place);
    }
    done_ = true;
    if (auto fault = packing_fault()) return *fault;
    return std::nullopt;
  }

 private:
  /// Moves to the next '{'; false at the end.
  bool find_element() {
    for (;;) {
      const std::string_view bytes = source_.bytes->peek(1);
      if (bytes.empty()) return false;
      const std::size_t at = bytes.find('{');
      source_.bytes->skip(std::min(at, bytes.size()));
      if (at != std::string_view::npos) return true;
    }
  }

  /// 0 if the element does not end.
  std::size_t element_length() {
    int depth = 0;
    bool quoted = false;
    bool escaped = false;
    for (std::size_t i = 0;;) {
      const std::string_view bytes = source_.bytes->peek(i + 1);
      if (i >= bytes.size() || i > source_.options.item_limit) return 0;
      for (; i < bytes.size(); ++i) {
        const char c = bytes[i];
        if (escaped) {
          escaped = false;
        } else if (quoted) {
          escaped = c == '\\';
          quoted = c != '"';
        } else if (c == '"') {
          quoted = true;
        } else if (c == '{' || c == '[') {
          ++depth;
        } else if ((c == '}' || c == ']') && --depth <= 0) {
          return i + 1;
        }
      }
    }
  }

  bool done_ = false;
};

/// One object over several lines; a JSON Feed has its items.
class JsonObjectReader final : public FormReader {
 public:
  using FormReader::FormReader;

  std::optional<Result<Item>> next() override {
    if (!read_) {
      read_ = true;
      auto bytes = read_whole(source_);
      if (!bytes) return bytes.error();
      std::string text = std::move(bytes).value();
      json feed;
      if (text.find("jsonfeed.org/version") != std::string::npos && !nests_too_deep(text)) {
        feed = json::parse(text, nullptr, false);
      }
      if (!feed.is_object() || !feed.contains("items") || !feed["items"].is_array()) {
        return item_of_json(std::move(text), source_, source_.name);
      }
      language_ = scalar_of(feed, "language").value_or("").substr(0, 2);
      add_authors(feed, authors_);
      items_ = std::move(feed["items"]);
    }
    if (position_ >= items_.size()) return std::nullopt;
    const std::size_t number = position_ + 1;
    return item_of_feed(items_[position_++], source_.name + ": item " + std::to_string(number));
  }

 private:
  /// Version 1.1 lists authors, version 1 names one.
  static void add_authors(const json& object, std::vector<std::string>& authors) {
    const auto add = [&authors](const json& author) {
      const auto name = author.is_object() ? scalar_of(author, "name") : std::nullopt;
      if (name && !name->empty()) authors.push_back(*name);
    };
    if (object.contains("authors") && object["authors"].is_array()) {
      for (const json& author : object["authors"]) add(author);
    } else if (object.contains("author")) {
      add(object["author"]);
    }
  }

  Result<Item> item_of_feed(const json& entry, const std::string& place) const {
    if (!entry.is_object()) return Error{"E-ING-10", place, "skipped: the item is no object", ""};
    Item item;
    item.place = place;
    item.of_feed = true;
    Document& document = item.document;
    const auto html = scalar_of(entry, "content_html");
    const auto text = scalar_of(entry, "content_text");
    if (!html && !text) return Error{"E-ING-11", place, "skipped: the item has no content", ""};
    document.form = html ? BodyForm::html : BodyForm::plain;
    document.text = html ? *html : *text;
    document.id = scalar_of(entry, "id").value_or("");
    document.origin.url = scalar_of(entry, "url").value_or("");
    document.title = scalar_of(entry, "title").value_or("");
    if (document.origin.url.empty()) document.origin.url = scalar_of(entry, "external_url").value_or("");
    document.language = scalar_of(entry, "language").value_or(language_).substr(0, 2);
    add_authors(entry, document.authors);
    if (document.authors.empty()) document.authors = authors_;
    document.published = scalar_of(entry, "date_published").value_or("");
    if (document.published.empty()) document.published = scalar_of(entry, "date_modified").value_or("");
    if (!document.published.empty()) document.published_by = PublishedBy::metadata;
    complete_document(document, source_, document.text);
    return item;
  }

  bool read_ = false;
  json items_ = json::array();
  std::string language_;
  std::vector<std::string> authors_;
  std::size_t position_ = 0;
};

/// Whether a line is JSON; without `whole` that is believed of any line that may hold no half of a surrogate
/// pair.
bool reads_as_json(std::string_view text, bool whole) {
  if (!whole && text.find("\\ud") == std::string_view::npos && text.find("\\uD") == std::string_view::npos)
    return true;
  return !nests_too_deep(text) && json::accept(text);
}

Result<json> parse_object(std::string& text, const std::string& place, std::vector<Warning>& warnings) {
  if (nests_too_deep(text)) {
    return Error{"E-ING-13", place, "skipped: brackets nest deeper than " + std::to_string(depth_limit), ""};
  }
  json object = json::parse(text, nullptr, false);
  if (object.is_discarded()) {
    const std::size_t replaced = replace_lone_surrogates(text);
    if (replaced > 0) {
      warnings.push_back(
          {"encoding", false, 0, 0, std::to_string(replaced) + " halves of surrogate pairs were replaced"});
      object = json::parse(text, nullptr, false);
    }
  }
  if (object.is_discarded()) {
    return Error{"E-ING-10", place, "skipped: broken JSON", "write one whole object a line"};
  }
  if (!object.is_object()) {
    return Error{"E-ING-10", place, "skipped: not a JSON object", "write one whole object a line"};
  }
  return object;
}

}  // namespace

Result<Item> item_of_json(std::string text, const Source& source, const std::string& place) {
  Item item;
  item.place = place;
  Document& document = item.document;
  const std::string own_bytes = source.stem.empty() ? text : std::string();
  text = decode_noting(std::move(text), "", document.warnings);
  // A record of our own spelling is read once, by whoever wants it; here it is enough that it is JSON.
  if (text.starts_with(R"({"schema":"polybius/)") && reads_as_json(text, source.options.check_records)) {
    item.record_line = std::move(text);
    return item;
  }
  auto parsed = parse_object(text, place, document.warnings);
  if (!parsed) return parsed.error();
  const json object = std::move(parsed).value();
  const auto schema = object.find("schema");
  if (schema != object.end() && schema->is_string() &&
      schema->get_ref<const std::string&>().starts_with("polybius/")) {
    item.record_line = std::move(text);
    return item;
  }
  const std::string& field = source.options.text_field;
  const auto body = object.find(field);
  if (body == object.end() || body->is_null()) {
    return Error{"E-ING-11", place, "skipped: \"" + field + "\" is missing",
                 "name the column with --text-field"};
  }
  if (!body->is_string()) {
    return Error{"E-ING-12", place, "skipped: \"" + field + "\" is not a string",
                 "name the column with --text-field"};
  }
  document.text = body->get<std::string>();
  document.id = scalar_of(object, "id").value_or("");
  document.origin.url = scalar_of(object, "url").value_or("");
  document.title = scalar_of(object, "title").value_or("");
  document.published = scalar_of(object, "published").value_or("");
  if (!document.published.empty()) document.published_by = PublishedBy::given;
  for (const auto& [key, value] : object.items()) {
    const bool known = key == "id" || key == "url" || key == "title" || key == "published" || key == field;
    if (!known && !value.is_null()) document.extra.emplace_back(key, value.dump());
  }
  if (!source.options.only_text && document.text.size() > 1 && trimmed(document.text).starts_with('<') &&
      looks_like_html(std::string_view(document.text).substr(0, 64 * 1024))) {
    document.form = BodyForm::html;
  }
  complete_document(document, source, own_bytes);
  return item;
}

std::unique_ptr<FormReader> open_json_lines(Source source) {
  return std::make_unique<JsonLinesReader>(std::move(source));
}

std::unique_ptr<FormReader> open_json_array(Source source) {
  return std::make_unique<JsonArrayReader>(std::move(source));
}

std::unique_ptr<FormReader> open_json_object(Source source) {
  return std::make_unique<JsonObjectReader>(std::move(source));
}

}  // namespace polybius
