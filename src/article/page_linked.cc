// JSON-LD: the article's headline, authors and date, wherever in the graph they stand.
#include "article/page_linked.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "article/article.h"
#include "text/text.h"

namespace polybius {
namespace {

using nlohmann::json;

constexpr std::size_t longest_json = std::size_t{2} << 20;
constexpr int deepest_json = 60;
constexpr std::size_t most_names = 2000;
constexpr std::size_t most_authors = 12;

bool nests_deeply(std::string_view text) {
  int depth = 0;
  int deepest = 0;
  for (const char c : text) {
    depth += c == '{' || c == '[' ? 1 : c == '}' || c == ']' ? -1 : 0;
    deepest = std::max(deepest, depth);
  }
  return deepest > deepest_json;
}

std::string string_of(const json& value) {
  return value.is_string() ? readable_text(value.get_ref<const std::string&>()) : std::string();
}

std::string string_at(const json& object, const char* key) {
  const auto found = object.find(key);
  return found == object.end() ? std::string() : string_of(*found);
}

std::string type_of(const json& object) {
  const auto type = object.find("@type");
  if (type == object.end()) return "";
  return type->is_array() && !type->empty() ? string_of((*type)[0]) : string_of(*type);
}

bool is_article_type(std::string_view name) {
  return name.ends_with("Article") || name.ends_with("Posting") || name == "Report" || name == "NewsStory";
}

/// The string behind `"key":` in text that is no JSON; empty if there is none.
std::string loose_value(std::string_view text, std::string_view key) {
  const std::string quoted = "\"" + std::string(key) + "\"";
  const std::size_t at = text.find(quoted);
  if (at == std::string_view::npos) return "";
  text.remove_prefix(at + quoted.size());
  const std::size_t mark = text.find_first_not_of(" \t\r\n:");
  if (mark == std::string_view::npos || text[mark] != '"' || mark > 20) return "";
  text.remove_prefix(mark + 1);
  const std::size_t end = text.find('"');
  return end == std::string_view::npos || end > 400 ? "" : readable_text(text.substr(0, end));
}

}  // namespace

/// Walks the graph.
struct LinkedData::Tree {
  LinkedData& out;

  void read(const json& value) {
    if (value.is_array()) {
      for (const json& part : value) read(part);
    } else if (value.is_object()) {
      if (value.contains("@graph")) read(value["@graph"]);
      note_name(value);
      const std::string type = type_of(value);
      if (is_article_type(type)) read_article(value);
      if (type.ends_with("WebPage")) read_page(value);
    }
  }

  void note_name(const json& value) {
    const std::string id = string_at(value, "@id");
    std::string name = string_at(value, "name");
    if (!id.empty() && !name.empty() && out.names_.size() < most_names)
      out.names_.emplace(id, std::move(name));
  }

  void read_page(const json& object) {
    if (out.page_published_.empty())
      out.page_published_ = iso_date_of(string_at(object, "datePublished")).value_or("");
    if (object.contains("author") && object["author"].is_object())
      note_id(object["author"], out.page_author_ids_);
    if (object.contains("mainEntity") && object["mainEntity"].is_object() &&
        is_article_type(type_of(object["mainEntity"])))
      read_article(object["mainEntity"]);
  }

  static void note_id(const json& object, std::vector<std::string>& ids) {
    std::string id = string_at(object, "@id");
    if (!id.empty() && ids.size() < most_authors) ids.push_back(std::move(id));
  }

  void read_authors(const json& value) {
    if (out.authors.size() >= most_authors) return;
    if (value.is_array()) {
      for (const json& part : value) read_authors(part);
    } else if (value.is_object()) {
      note_name(value);
      if (type_of(value).ends_with("Organization")) out.authors_are_people = false;
      if (value.contains("name")) {
        read_authors(value["name"]);
      } else {
        note_id(value, out.author_ids_);
      }
    } else {
      std::string name = string_of(value);
      if (!name.empty()) out.authors.push_back(std::move(name));
    }
  }

  void read_article(const json& object) {
    if (out.headline.empty()) out.headline = string_at(object, "headline");
    if (out.published.empty()) out.published = iso_date_of(string_at(object, "datePublished")).value_or("");
    if (out.publisher.empty() && object.contains("publisher") && object["publisher"].is_object())
      out.publisher = string_at(object["publisher"], "name");
    const auto free = object.find("isAccessibleForFree");
    if (free != object.end())
      out.free = free->is_boolean() ? free->get<bool>() : lower_utf8(string_of(*free)) != "false";
    if (out.authors.empty() && out.author_ids_.empty() && object.contains("author"))
      read_authors(object["author"]);
  }
};

std::string readable_text(std::string_view raw, ReferencePlace place) {
  const std::string text = decode_references(raw, place);
  std::string out;
  bool space = false;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t begin = at;
    const char32_t c = next_code_point(text, at);
    if (is_space(c)) {
      space = !out.empty();
      continue;
    }
    if (space) out += ' ';
    space = false;
    out.append(text, begin, at - begin);
  }
  return out;
}

void LinkedData::read_script(std::string_view script) {
  std::string text(script.substr(0, longest_json));
  std::replace_if(
      text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20; }, ' ');
  const std::size_t begin = text.find_first_of("{[");
  const std::size_t end = text.find_last_of("}]");
  if (begin == std::string::npos || end == std::string::npos || end < begin || nests_deeply(text)) return;
  const json value = json::parse(text.begin() + static_cast<std::ptrdiff_t>(begin),
                                 text.begin() + static_cast<std::ptrdiff_t>(end + 1), nullptr, false);
  if (value.is_discarded()) {
    read_broken(text);
  } else {
    Tree{*this}.read(value);
  }
}

/// A description with quotation marks of its own spoils the whole; the dates are still there to read.
void LinkedData::read_broken(std::string_view text) {
  if (!is_article_type(loose_value(text, "@type"))) return;
  if (headline.empty()) headline = loose_value(text, "headline");
  if (published.empty()) published = iso_date_of(loose_value(text, "datePublished")).value_or("");
  std::string author = loose_value(text, "author");
  if (authors.empty() && !author.empty()) authors.push_back(std::move(author));
}

void LinkedData::settle() {
  if (published.empty()) published = page_published_;
  if (authors.empty() && author_ids_.empty()) author_ids_ = page_author_ids_;
  for (const std::string& id : author_ids_) {
    const auto found = names_.find(id);
    if (found != names_.end()) authors.push_back(found->second);
  }
}

}  // namespace polybius
