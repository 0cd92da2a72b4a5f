// What a page says of itself: title, authors, date, address, language.
#include <algorithm>
#include <array>
#include <map>
#include <optional>

#include "article/article.h"
#include "article/page.h"
#include "article/page_linked.h"
#include "text/text.h"

namespace polybius {
namespace {

std::string readable_attribute(std::string_view raw) {
  return readable_text(raw, ReferencePlace::attribute);
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

std::vector<std::string> words_of_title(std::string_view title) {
  std::vector<std::string> out;
  const std::string text = comparable(title);
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find(' ', at), text.size());
    out.emplace_back(text, at, end - at);
    at = end + 1;
  }
  return out;
}

/// The shares of words that two titles have in common, of the shorter one's.
double shared_words(std::string_view a, std::string_view b) {
  std::vector<std::string> first = words_of_title(a);
  std::vector<std::string> second = words_of_title(b);
  std::sort(first.begin(), first.end());
  std::sort(second.begin(), second.end());
  std::vector<std::string> both;
  std::set_intersection(first.begin(), first.end(), second.begin(), second.end(), std::back_inserter(both));
  const std::size_t shorter = std::min(first.size(), second.size());
  return shorter == 0 ? 0 : static_cast<double>(both.size()) / static_cast<double>(shorter);
}

constexpr std::size_t most_bylines = 64;
constexpr std::size_t longest_byline = 300;
constexpr std::uint64_t most_searched = 5'000'000;  // nodes, for headings within comments

class MetaReader {
 public:
  MetaReader(const HtmlPage& page, const std::vector<PageBlock>& blocks) : page_(page), blocks_(blocks) {}

  PageMeta read() {
    for (std::uint32_t node = 1; node < page_.nodes.size(); ++node) read_node(node);
    linked_.settle();
    site_ = first_of({"og:site_name", "application-name"});
    PageMeta out;
    out.language = readable_attribute(page_.attribute(0, "lang"));
    if (out.language.empty()) out.language = first_of({"og:locale", "content-language", "dc.language"});
    out.url = canonical_.empty() ? first_of({"og:url"}) : canonical_;
    out.title = title();
    find_title_block(out.title);
    out.authors = authors();
    out.published = published();
    out.free = linked_.free;
    return out;
  }

 private:
  void read_node(std::uint32_t node) {
    const HtmlNode& here = page_.nodes[node];
    if (here.tag == Tag::meta) {
      read_meta(node);
    } else if (here.tag == Tag::link) {
      if (canonical_.empty() && page_.attribute(node, "rel") == "canonical")
        canonical_ = readable_attribute(page_.attribute(node, "href"));
    } else if (here.tag == Tag::title) {
      if (page_title_.empty() && here.last > node + 1) page_title_ = readable_text(page_.bytes(node + 1));
    } else if (here.tag == Tag::script) {
      read_script(node);
    } else if (here.tag == Tag::time) {
      read_time(node);
    } else if (here.tag != Tag::text && here.begin != here.end) {
      note_comments(node);
      if (node >= comments_end_) read_marked(node);
    }
  }

  void read_meta(std::uint32_t node) {
    std::string_view name = page_.attribute(node, "property");
    if (name.empty()) name = page_.attribute(node, "name");
    if (name.empty()) name = page_.attribute(node, "itemprop");
    if (name.empty()) name = page_.attribute(node, "http-equiv");
    if (name.empty() || name.size() > 60) return;
    std::string value = readable_attribute(head_of(page_.attribute(node, "content"), 2000));
    if (!value.empty())
      meta_.emplace(lower_utf8(valid_utf8(name) ? name : std::string_view()), std::move(value));
  }

  void read_script(std::uint32_t node) {
    if (page_.attribute(node, "type") != "application/ld+json" || page_.nodes[node].last == node + 1) return;
    linked_.read_script(page_.bytes(node + 1));
  }

  /// Notes where readers' comments stand: their authors and times are not the article's.
  void note_comments(std::uint32_t node) {
    if (node < comments_end_ || (page_.nodes[node].tag != Tag::div && page_.nodes[node].tag != Tag::section &&
                                 page_.nodes[node].tag != Tag::ol && page_.nodes[node].tag != Tag::ul &&
                                 page_.nodes[node].tag != Tag::li && page_.nodes[node].tag != Tag::article))
      return;
    for (const std::string_view name : {"class", "id"}) {
      const std::string_view value = head_of(page_.attribute(node, name), 200);
      const std::size_t at = lower_utf8(valid_utf8(value) ? value : std::string_view()).find("comment");
      if (at == std::string::npos || (at > 0 && is_letter(static_cast<unsigned char>(value[at - 1]))))
        continue;
      // A page that merely takes comments is not one: its heading lies within.
      bool holds_heading = false;
      for (std::uint32_t inner = node; inner < page_.nodes[node].last && !holds_heading; ++inner)
        holds_heading = page_.nodes[inner].tag == Tag::h1;
      searched_for_headings_ += page_.nodes[node].last - node;
      if (!holds_heading || searched_for_headings_ > most_searched) comments_end_ = page_.nodes[node].last;
    }
  }

  void read_time(std::uint32_t node) {
    if (node < comments_end_) return;
    std::string_view value = page_.attribute(node, "datetime");
    if (value.empty() && page_.nodes[node].last > node + 1 && page_.nodes[node + 1].tag == Tag::text)
      value = page_.bytes(node + 1);
    auto date = iso_date_of(readable_attribute(head_of(value, 100)));
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
      marked_date_ = iso_date_of(value.empty() ? readable_text(inner_text(node))
                                               : readable_attribute(head_of(value, 100)))
                         .value_or("");
    } else if (bylines_.size() < most_bylines) {
      read_byline(node, property);
    }
  }

  /// An element that is marked as the author, or whose name says that it holds one.
  void read_byline(std::uint32_t node, std::string_view property) {
    const bool marked = property == "author" || page_.attribute(node, "rel") == "author";
    if (!marked && !names_byline(node)) return;
    const std::string_view value = marked ? page_.attribute(node, "content") : std::string_view();
    std::string text =
        value.empty() ? readable_text(inner_text(node)) : readable_attribute(value.substr(0, 200));
    if (!text.empty() && text.size() <= longest_byline)
      bylines_.push_back({node, marked || says_by(text), std::move(text)});
  }

  bool names_byline(std::uint32_t node) const {
    const std::string_view value = page_.attribute(node, "class").substr(0, 200);
    if (value.empty() || page_.nodes[node].last == node + 1) return false;
    const std::string name = lower_utf8(valid_utf8(value) ? value : std::string_view());
    return name.find("byline") != std::string::npos || name.find("author") != std::string::npos;
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
    const std::string shared =
        without_site(first_of({"og:title", "twitter:title", "dc.title", "sailthru.title"}), site_);
    const std::array<std::string, 3> known{linked_.headline, shared, without_site(page_title_, site_)};
    std::string first_heading;
    for (const Tag level : {Tag::h1, Tag::h2}) {
      const PageBlock* like = nullptr;  // not the same words, but many of them
      for (const PageBlock& block : blocks_) {
        if (block.tag != level || block.text.size() > 400) continue;
        if (level == Tag::h1 && first_heading.empty()) first_heading = block.text;
        for (const std::string& one : known) {
          if (same_title(block.text, one)) return readable_text(block.text);
          if (level == Tag::h1 && like == nullptr && block.words > 2 && shared_words(block.text, one) >= 0.3)
            like = &block;
        }
      }
      if (like != nullptr) return readable_text(like->text);
    }
    for (const std::string& one : known) {
      if (!one.empty()) return one;
    }
    return readable_text(first_heading);
  }

  void find_title_block(std::string_view title) {
    const auto is_title = [title](const PageBlock& block) { return same_title(block.text, title); };
    auto found = std::find_if(blocks_.begin(), blocks_.end(), [&](const PageBlock& block) {
      return block.tag == Tag::h1 && is_title(block);
    });
    if (found == blocks_.end()) found = std::find_if(blocks_.begin(), blocks_.end(), is_title);
    if (found == blocks_.end())
      found = std::find_if(blocks_.begin(), blocks_.end(),
                           [](const PageBlock& block) { return block.tag == Tag::h1; });
    title_block_ = found == blocks_.end() ? 0 : static_cast<std::size_t>(found - blocks_.begin());
  }

  /// Metadata first; a printed byline where that names nobody, or only some of those who wrote it.
  std::vector<std::string> authors() const {
    std::vector<std::string> out;
    const bool own_name =
        !linked_.authors_are_people || (linked_.authors.size() == 1 && is_site(linked_.authors[0]));
    if (!own_name) {
      for (const std::string& author : linked_.authors) add_names(out, author);
    }
    for (const char* name :
         {"author", "parsely-author", "sailthru.author", "dc.creator", "byl", "article:author"}) {
      const std::string value = first_of({name});
      if (out.empty() && value.find("://") == std::string::npos && !is_site(value)) add_names(out, value);
    }
    const std::vector<std::string> printed = printed_authors();
    const bool more = printed.size() > out.size() &&
                      std::all_of(out.begin(), out.end(), [&printed](const std::string& name) {
                        return std::find(printed.begin(), printed.end(), name) != printed.end();
                      });
    return out.empty() || more ? printed : out;
  }

  /// "Sky" of "Sky News" is nobody; "Jo Roe, Sky News" is somebody.
  bool is_site(std::string_view name) const {
    const std::string own = comparable(name);
    return !own.empty() && (comparable(site_).find(own) != std::string::npos ||
                            comparable(linked_.publisher).find(own) != std::string::npos);
  }

  /// Whether the next byline lies within this one and says as much: then that one has less around it.
  bool holds_better(std::size_t number) const {
    if (number + 1 >= bylines_.size()) return false;
    const Byline& outer = bylines_[number];
    const Byline& inner = bylines_[number + 1];
    return inner.node < page_.nodes[outer.node].last && inner.sure >= outer.sure &&
           says_by(inner.text) == says_by(outer.text);
  }

  void add_names(std::vector<std::string>& out, std::string_view byline) const {
    for (std::string& name : names_of_byline(byline, site_)) {
      const std::string lower = lower_utf8(name);
      if (lower == "admin" || lower == "by" || out.size() >= 12) continue;
      if (std::find(out.begin(), out.end(), name) == out.end()) out.push_back(std::move(name));
    }
  }

  /// The first byline that stands at the title or behind it: one that says "by", else one that is marked so.
  std::vector<std::string> printed_authors() const {
    const std::uint32_t from = blocks_.empty() ? 0 : blocks_[title_block_ > 6 ? title_block_ - 6 : 0].node;
    std::vector<std::string> out;
    for (const bool sure : {true, false}) {
      for (std::size_t i = 0; i < bylines_.size() && out.empty(); ++i) {
        const Byline& byline = bylines_[i];
        if (byline.node < from || byline.sure != sure || holds_better(i)) continue;
        const std::vector<std::string> names = names_of_byline(byline.text, site_);
        if (sure || (!names.empty() && names[0].size() <= 40 && names_person(names[0])))
          add_names(out, byline.text);
      }
      if (out.empty() && sure) add_block_byline(out);
    }
    return out;
  }

  /// A short line next to the title that begins with "By".
  void add_block_byline(std::vector<std::string>& out) const {
    const std::size_t last = std::min(title_block_ + 8, blocks_.size());
    for (std::size_t i = title_block_ > 3 ? title_block_ - 3 : 0; i < last && out.empty(); ++i) {
      std::string_view text = blocks_[i].text;
      if (blocks_[i].words > 30 || i == title_block_) continue;
      const std::size_t inner = text.find("| by ");
      if (inner != std::string_view::npos) text.remove_prefix(inner + 2);
      if (says_by(text)) add_names(out, text);
    }
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

  /// A date that stands in a short line next to the title.
  std::string date_near_title() const {
    const std::size_t last = std::min(title_block_ + 8, blocks_.size());
    for (std::size_t i = title_block_ > 3 ? title_block_ - 3 : 0; i < last; ++i) {
      if (blocks_[i].words > 20 || i == title_block_) continue;
      if (auto date = iso_date_of(blocks_[i].text)) return *date;
    }
    return "";
  }

  struct Byline {
    std::uint32_t node = 0;
    bool sure = false;  ///< marked as the author, or it says "by"
    std::string text;
  };

  const HtmlPage& page_;
  const std::vector<PageBlock>& blocks_;
  std::map<std::string, std::string> meta_;
  LinkedData linked_;
  std::string page_title_;
  std::string canonical_;
  std::string marked_date_;
  std::string time_date_;
  std::string site_;
  std::vector<Byline> bylines_;
  std::size_t title_block_ = 0;
  std::uint32_t comments_end_ = 0;
  std::uint64_t searched_for_headings_ = 0;
};

}  // namespace

PageMeta meta_of(const HtmlPage& page, const std::vector<PageBlock>& blocks) {
  return MetaReader(page, blocks).read();
}

}  // namespace polybius
