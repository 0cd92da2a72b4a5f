// What a page says of itself: title, authors, date, address, language.
#include <algorithm>
#include <array>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>

#include "article/article.h"
#include "article/page.h"
#include "text/text.h"

namespace polybius {
namespace {

using nlohmann::json;

constexpr std::size_t longest_json = std::size_t{2} << 20;
constexpr int deepest_json = 60;

std::string single_spaced(std::string_view text) {
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

std::string readable(std::string_view raw) {
  return single_spaced(decode_references(raw));
}

/// Letters and digits in lower case, words parted by one space.
std::string comparable(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const char32_t c = lower_of(next_code_point(text, at));
    if (is_letter(c) || is_digit(c)) {
      append_utf8(out, c);
    } else if (!out.empty() && out.back() != ' ') {
      out += ' ';
    }
  }
  if (out.ends_with(' ')) out.pop_back();
  return out;
}

/// How much of the shorter text's words, in order, the longer one has: 1 if all stand together.
bool same_title(std::string_view a, std::string_view b) {
  const std::string first = comparable(a);
  const std::string second = comparable(b);
  if (first.empty() || second.empty()) return false;
  const std::string& shorter = first.size() < second.size() ? first : second;
  const std::string& longer = first.size() < second.size() ? second : first;
  return longer.find(shorter) != std::string::npos && shorter.size() * 3 >= longer.size();
}

/// A page's title without the site's name behind or before it.
std::string without_site(const std::string& title, std::string_view site) {
  for (const std::string_view mark : {" | ", " - ", " – ", " — ", " :: ", " » ", " « ", " · "}) {
    const std::size_t at = title.rfind(mark);
    if (at == std::string::npos) continue;
    const std::string_view tail = std::string_view(title).substr(at + mark.size());
    const auto words = static_cast<std::size_t>(
                           std::count(title.begin(), title.begin() + static_cast<std::ptrdiff_t>(at), ' ')) +
                       1;
    const auto tail_words = static_cast<std::size_t>(std::count(tail.begin(), tail.end(), ' ')) + 1;
    if (same_title(tail, site) || (words >= 3 && tail_words <= 4))
      return without_site(title.substr(0, at), site);
  }
  return title;
}

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
  return value.is_string() ? readable(value.get_ref<const std::string&>()) : std::string();
}

void add_author(std::vector<std::string>& authors, std::string name) {
  const std::string lower = lower_utf8(name.substr(0, 8));
  if (lower == "by" || lower == "by:") return;
  if (lower.starts_with("by ")) name.erase(0, 3);
  if (name.empty() || name.size() > 80 || name.find("://") != std::string::npos || lower == "admin") return;
  if (std::find(authors.begin(), authors.end(), name) == authors.end()) authors.push_back(std::move(name));
}

/// What the page's JSON-LD says of its article.
struct LinkedData {
  std::string headline;
  std::string published;
  std::vector<std::string> authors;

  void read(const json& value) {
    if (value.is_array()) {
      for (const json& part : value) read(part);
    } else if (value.is_object()) {
      if (value.contains("@graph")) read(value["@graph"]);
      if (is_article(value)) read_article(value);
    }
  }

 private:
  static bool is_article(const json& object) {
    const auto type = object.find("@type");
    if (type == object.end()) return false;
    const std::string name = type->is_array() && !type->empty() ? string_of((*type)[0]) : string_of(*type);
    return name.ends_with("Article") || name.ends_with("Posting") || name == "Report" || name == "NewsStory";
  }

  void read_authors(const json& value) {
    if (value.is_array()) {
      for (const json& part : value) read_authors(part);
    } else if (value.is_object()) {
      if (value.contains("name")) read_authors(value["name"]);
    } else {
      add_author(authors, string_of(value));
    }
  }

  void read_article(const json& object) {
    if (headline.empty() && object.contains("headline")) headline = string_of(object["headline"]);
    if (published.empty() && object.contains("datePublished")) {
      published = iso_date_of(string_of(object["datePublished"])).value_or("");
    }
    if (authors.empty() && object.contains("author")) read_authors(object["author"]);
  }
};

class MetaReader {
 public:
  MetaReader(const HtmlPage& page, const std::vector<PageBlock>& blocks) : page_(page), blocks_(blocks) {}

  PageMeta read() {
    for (std::uint32_t node = 1; node < page_.nodes.size(); ++node) read_node(node);
    PageMeta out;
    out.language = readable(page_.attribute(0, "lang"));
    if (out.language.empty()) out.language = first_of({"og:locale", "content-language", "dc.language"});
    out.url = canonical_.empty() ? first_of({"og:url"}) : canonical_;
    if (out.url.find("://") == std::string::npos) out.url.clear();
    out.title = title();
    out.authors = linked_.authors;
    for (const char* name :
         {"author", "article:author", "parsely-author", "sailthru.author", "dc.creator", "byl"}) {
      if (out.authors.empty()) add_author(out.authors, first_of({name}));
    }
    if (out.authors.empty()) out.authors = marked_authors_;
    out.published = published();
    return out;
  }

 private:
  void read_node(std::uint32_t node) {
    const HtmlNode& here = page_.nodes[node];
    if (here.tag == Tag::meta) {
      read_meta(node);
    } else if (here.tag == Tag::link) {
      if (canonical_.empty() && page_.attribute(node, "rel") == "canonical")
        canonical_ = readable(page_.attribute(node, "href"));
    } else if (here.tag == Tag::title) {
      if (page_title_.empty() && here.last > node + 1) page_title_ = readable(page_.bytes(node + 1));
    } else if (here.tag == Tag::script) {
      read_script(node);
    } else if (here.tag == Tag::time) {
      read_time(node);
    } else if (here.tag != Tag::text && here.begin != here.end) {
      read_marked(node);
    }
  }

  void read_meta(std::uint32_t node) {
    std::string_view name = page_.attribute(node, "property");
    if (name.empty()) name = page_.attribute(node, "name");
    if (name.empty()) name = page_.attribute(node, "itemprop");
    if (name.empty()) name = page_.attribute(node, "http-equiv");
    if (name.empty() || name.size() > 60) return;
    std::string value = readable(page_.attribute(node, "content").substr(0, 2000));
    if (!value.empty())
      meta_.emplace(lower_utf8(valid_utf8(name) ? name : std::string_view()), std::move(value));
  }

  void read_script(std::uint32_t node) {
    if (page_.attribute(node, "type") != "application/ld+json" || page_.nodes[node].last == node + 1) return;
    std::string text(page_.bytes(node + 1).substr(0, longest_json));
    std::replace_if(
        text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20; }, ' ');
    const std::size_t begin = text.find_first_of("{[");
    const std::size_t end = text.find_last_of("}]");
    if (begin == std::string::npos || end == std::string::npos || end < begin || nests_deeply(text)) return;
    linked_.read(json::parse(text.begin() + static_cast<std::ptrdiff_t>(begin),
                             text.begin() + static_cast<std::ptrdiff_t>(end + 1), nullptr, false));
  }

  void read_time(std::uint32_t node) {
    std::string_view value = page_.attribute(node, "datetime");
    if (value.empty() && page_.nodes[node].last > node + 1 && page_.nodes[node + 1].tag == Tag::text)
      value = page_.bytes(node + 1);
    auto date = iso_date_of(readable(value.substr(0, 100)));
    if (!date) return;
    const std::string_view kind = page_.attribute(node, "class");
    const bool said = page_.attribute(node, "itemprop") == "datePublished" ||
                      page_.has_attribute(node, "pubdate") || kind.find("publish") != std::string_view::npos;
    if (said && marked_date_.empty()) marked_date_ = *date;
    if (time_date_.empty()) time_date_ = std::move(*date);
  }

  void read_marked(std::uint32_t node) {
    const std::string_view property = page_.attribute(node, "itemprop");
    if (property == "datePublished" && marked_date_.empty()) {
      std::string_view value = page_.attribute(node, "content");
      if (value.empty()) value = page_.attribute(node, "datetime");
      marked_date_ = iso_date_of(value.empty() ? readable(inner_text(node)) : readable(value.substr(0, 100)))
                         .value_or("");
    } else if (marked_authors_.size() < 8 &&
               (property == "author" || page_.attribute(node, "rel") == "author")) {
      const std::string_view value = page_.attribute(node, "content");
      add_author(marked_authors_,
                 value.empty() ? readable(inner_text(node)) : readable(value.substr(0, 200)));
    }
  }

  /// The text within an element, of its first nodes.
  std::string inner_text(std::uint32_t node) const {
    const std::uint32_t last = std::min(page_.nodes[node].last, node + 20);
    std::string out;
    for (std::uint32_t inner = node + 1; inner < last && out.size() < 200; ++inner) {
      if (page_.nodes[inner].tag == Tag::text) out += std::string(page_.bytes(inner).substr(0, 200)) + ' ';
    }
    return out;
  }

  std::string first_of(std::initializer_list<const char*> names) const {
    for (const char* name : names) {
      const auto found = meta_.find(name);
      if (found != meta_.end()) return found->second;
    }
    return "";
  }

  /// The heading that the page's other titles confirm, else the best of those.
  std::string title() const {
    const std::string site = first_of({"og:site_name"});
    const std::string shared =
        without_site(first_of({"og:title", "twitter:title", "dc.title", "sailthru.title"}), site);
    const std::string page_title = without_site(page_title_, site);
    std::string first_heading;
    for (const Tag level : {Tag::h1, Tag::h2}) {
      for (const PageBlock& block : blocks_) {
        if (block.tag != level || block.text.size() > 400) continue;
        if (level == Tag::h1 && first_heading.empty()) first_heading = block.text;
        for (const std::string& known : {linked_.headline, shared, page_title}) {
          if (same_title(block.text, known)) return single_spaced(block.text);
        }
      }
    }
    for (const std::string& known : {linked_.headline, shared, page_title}) {
      if (!known.empty()) return known;
    }
    return single_spaced(first_heading);
  }

  std::string published() const {
    if (!linked_.published.empty()) return linked_.published;
    static constexpr std::array names{"article:published_time",
                                      "og:article:published_time",
                                      "article:published",
                                      "og:published_time",
                                      "datepublished",
                                      "article.published",
                                      "parsely-pub-date",
                                      "sailthru.date",
                                      "pubdate",
                                      "publishdate",
                                      "publish-date",
                                      "publish_date",
                                      "publication_date",
                                      "published_time",
                                      "published-date",
                                      "ptime",
                                      "article_date_original",
                                      "originalpublicationdate",
                                      "cxenseparse:recs:publishtime",
                                      "dc.date.issued",
                                      "dcterms.created",
                                      "dc.date",
                                      "dcterms.date",
                                      "date",
                                      "displaydate"};
    for (const char* name : names) {
      if (auto date = iso_date_of(first_of({name}))) return *date;
    }
    if (!marked_date_.empty()) return marked_date_;
    return time_date_.empty() ? date_near_title() : time_date_;
  }

  /// A date that stands in a short line next to the first heading.
  std::string date_near_title() const {
    std::size_t heading = 0;
    while (heading < blocks_.size() && blocks_[heading].tag != Tag::h1) ++heading;
    if (heading == blocks_.size()) heading = 0;
    const std::size_t last = std::min(heading + 8, blocks_.size());
    for (std::size_t i = heading > 3 ? heading - 3 : 0; i < last; ++i) {
      if (blocks_[i].words > 20) continue;
      if (auto date = iso_date_of(blocks_[i].text)) return *date;
    }
    return "";
  }

  const HtmlPage& page_;
  const std::vector<PageBlock>& blocks_;
  std::map<std::string, std::string> meta_;
  LinkedData linked_;
  std::string page_title_;
  std::string canonical_;
  std::string marked_date_;
  std::string time_date_;
  std::vector<std::string> marked_authors_;
};

}  // namespace

PageMeta meta_of(const HtmlPage& page, const std::vector<PageBlock>& blocks) {
  return MetaReader(page, blocks).read();
}

}  // namespace polybius
