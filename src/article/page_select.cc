// Which blocks of a page are its article: the element that holds most prose, without what its classes and
// links give away.
#include <algorithm>
#include <array>
#include <cctype>

#include "article/page.h"
#include "article/page_model.h"

namespace polybius {
namespace {

constexpr int sure_chance =
    881;  // thousandths at which the model overrules the rules: training/pages.py says why
constexpr std::size_t shortest_list = 3;       // teasers that make a list of other stories
constexpr std::uint32_t teaser_discount = 20;  // not zero: a guide of linked things is nothing but teasers

/// Words of classes and ids that name something other than the article. `exact`: the whole word, else its
/// beginning.
struct Mark {
  std::string_view word;
  bool exact;
};

constexpr std::array<Mark, 74> marks{{{"comment", false},
                                      {"disqus", false},
                                      {"sidebar", false},
                                      {"related", false},
                                      {"recommend", false},
                                      {"newsletter", false},
                                      {"subscri", false},
                                      {"signup", false},
                                      {"promo", false},
                                      {"share", true},
                                      {"shares", true},
                                      {"sharing", true},
                                      {"sharebar", true},
                                      {"sharedaddy", true},
                                      {"sharetools", true},
                                      {"social", false},
                                      {"advert", false},
                                      {"sponsor", false},
                                      {"outbrain", false},
                                      {"taboola", false},
                                      {"popular", false},
                                      {"trending", false},
                                      {"breadcrumb", false},
                                      {"breadcrumbs", true},
                                      {"nav", true},
                                      {"navbar", true},
                                      {"navigation", true},
                                      {"menu", true},
                                      {"footer", true},
                                      {"byline", false},
                                      {"bio", true},
                                      {"tags", true},
                                      {"taglist", true},
                                      {"toolbar", false},
                                      {"widget", true},
                                      {"widgets", true},
                                      {"cookie", false},
                                      {"consent", false},
                                      {"gdpr", true},
                                      {"modal", true},
                                      {"popup", false},
                                      {"overlay", true},
                                      {"banner", true},
                                      {"caption", false},
                                      {"credit", true},
                                      {"credits", true},
                                      {"slideshow", false},
                                      {"carousel", false},
                                      {"copyright", false},
                                      {"pagination", false},
                                      {"pager", true},
                                      {"timestamp", false},
                                      {"login", true},
                                      {"teaser", false},
                                      {"rail", true},
                                      {"mostread", false},
                                      {"ad", true},
                                      {"ads", true},
                                      {"adsense", true},
                                      {"yarpp", false},
                                      {"relatedposts", false},
                                      {"figcaption", true},
                                      {"dropdown", true},
                                      {"jp-relatedposts", true},
                                      {"reply", true},
                                      {"respond", true},
                                      {"authorbio", false},
                                      {"postmeta", true},
                                      {"attribution", true},
                                      {"printonly", true},
                                      {"screenreader", true},
                                      {"sro", true},
                                      {"disclaimer", true},
                                      {"mailmunch", false}}};

/// Of these, the words that no wrapper of an article bears: they hold even where most of the prose lies
/// within.
constexpr std::array<std::string_view, 10> plain_marks{
    "footer", "cookie", "consent", "gdpr", "modal", "popup", "comment", "disqus", "newsletter", "disclaimer"};

/// Attribute values by which pages name the element of the article's text, words joined by '-'.
constexpr std::array<std::string_view, 24> body_names{
    "articlebody",  "article-body",   "article-content", "article-text",  "entry-content", "post-content",
    "story-body",   "storybody",      "post-body",       "story-content", "body-content",  "content-body",
    "article-main", "post-entry",     "story-text",      "articletext",   "article-copy",  "body-copy",
    "news-body",    "article-detail", "field-body",      "main-content",  "article-page",  "td-post-content"};

/// Gives each word of a class attribute to `take`: cut at anything but letters and digits, and before
/// capitals ("relatedStories").
template <typename Take>
void for_each_word(std::string_view value, const Take& take) {
  char word[64];
  std::size_t size = 0;
  char before = ' ';
  const auto end_word = [&] {
    if (size > 0) take(std::string_view(word, size));
    size = 0;
  };
  for (const char c : value.substr(0, 500)) {
    const auto byte = static_cast<unsigned char>(c);
    const bool capital = c >= 'A' && c <= 'Z';
    if (byte < 0x80 && std::isalnum(byte) == 0) {
      end_word();
    } else {
      if (capital && before >= 'a' && before <= 'z') end_word();
      if (size < sizeof word) word[size++] = capital ? static_cast<char>(c | 0x20) : c;
    }
    before = c;
  }
  end_word();
}

Naming names_other_things(std::string_view value) {
  Naming out = Naming::none;
  if (value.empty()) return out;
  for_each_word(value, [&out](std::string_view word) {
    for (const Mark& mark : marks) {
      if (word[0] != mark.word[0]) continue;
      if (mark.exact ? word != mark.word : !word.starts_with(mark.word)) continue;
      const bool plain = std::any_of(plain_marks.begin(), plain_marks.end(),
                                     [&word](std::string_view name) { return word.starts_with(name); });
      out = std::max(out, plain ? Naming::plain : Naming::likely);
    }
  });
  return out;
}

bool names_body(std::string_view value) {
  if (value.empty()) return false;
  std::string joined = "-";
  for_each_word(value, [&joined](std::string_view word) { joined.append(word).append("-"); });
  return std::any_of(body_names.begin(), body_names.end(), [&joined](std::string_view name) {
    for (std::size_t at = 0; (at = joined.find(name, at)) != std::string::npos; ++at) {
      if (joined[at - 1] == '-' && joined[at + name.size()] == '-') return true;
    }
    return false;
  });
}

bool is_heading(Tag tag) {
  return tag >= Tag::h1 && tag <= Tag::h6;
}

bool ends_like_sentence(std::string_view text) {
  for (const std::string_view close : {"”", "’", "\"", ")", "'"}) {
    if (text.ends_with(close)) text.remove_suffix(close.size());
  }
  return text.ends_with('.') || text.ends_with('!') || text.ends_with('?') || text.ends_with("…") ||
         text.ends_with("。") || text.ends_with(':') || text.ends_with(".”") || text.ends_with(".\"");
}

/// How much prose a block is, in letters.
std::uint32_t prose_of(const PageBlock& block) {
  if (is_heading(block.tag) || block.tag == Tag::figcaption || block.tag == Tag::caption) return 0;
  if (block.link_letters * 3 > block.letters) return 0;
  const bool wide_letters = block.letters > 12 * block.words;  // scripts that write no spaces
  const bool sentence = ends_like_sentence(block.text);
  if (wide_letters ? block.letters < 60 : block.words < (sentence ? 6u : 14u)) return 0;
  return block.letters - block.link_letters;
}

class Selector {
 public:
  Selector(const HtmlPage& page, const std::vector<PageBlock>& blocks)
      : page_(page), blocks_(blocks), sums_(page.nodes.size() + 1) {}

  Selection select(std::string_view title) {
    Selection out;
    out.chosen.assign(blocks_.size(), false);
    for (const std::size_t number : choose(title)) out.chosen[number] = true;
    out.named = std::move(named_);
    out.prose = std::move(prose_);
    out.named_body = std::move(named_body_);
    out.body = body_;
    return out;
  }

 private:
  std::vector<std::size_t> choose(std::string_view title) {
    named_.assign(page_.nodes.size(), Naming::none);
    named_body_.assign(page_.nodes.size(), false);
    weigh_blocks();
    sum_prose({});
    find_other_things();
    sum_prose(other_);
    if (prose(0) == 0) {
      sum_prose({});
      if (prose(0) > 0) std::fill(other_.begin(), other_.end(), false);
    }
    const std::uint32_t body = body_ = find_body();
    std::vector<std::size_t> out;
    for (std::size_t i = 0; i < blocks_.size(); ++i) {
      const PageBlock& block = blocks_[i];
      if (block.node < body || block.node >= page_.nodes[body].last || other_[block.node]) continue;
      if (belongs(block, title)) out.push_back(i);
    }
    trim(out);
    return out;
  }

  /// How much prose each block is. One paragraph between two linked headings is the teaser of another story.
  void weigh_blocks() {
    std::vector<std::size_t> headings;  // linked ones
    for (std::size_t i = 0; i < blocks_.size(); ++i) {
      const PageBlock& block = blocks_[i];
      prose_.push_back(prose_of(block));
      const bool linked = block.link_letters * 10 > block.letters * 9;
      if (linked && (is_heading(block.tag) ? block.words > 2 : block.words > 4)) headings.push_back(i);
    }
    std::vector<std::size_t> list;  // texts of teasers that follow one another
    for (std::size_t k = 0; k < headings.size(); ++k) {
      const bool followed = k + 1 < headings.size() && headings[k + 1] - headings[k] <= 5;
      const std::size_t end = followed ? headings[k + 1] : std::min(headings[k] + 5, blocks_.size());
      std::vector<std::size_t> texts;
      for (std::size_t i = headings[k] + 1; i < end; ++i) {
        if (prose_[i] > 0) texts.push_back(i);
      }
      if (!texts.empty() && (texts.size() == 1 || !followed)) list.push_back(texts[0]);
      if (followed && texts.size() <= 1) continue;
      if (list.size() >= shortest_list) {
        for (const std::size_t text : list) prose_[text] /= teaser_discount;
      }
      list.clear();
    }
  }

  std::uint64_t prose(std::uint32_t node) const {
    return sums_[page_.nodes[node].last] - sums_[node];
  }

  void sum_prose(const std::vector<bool>& without) {
    std::fill(sums_.begin(), sums_.end(), 0);
    for (std::size_t i = 0; i < blocks_.size(); ++i) {
      const std::uint32_t node = blocks_[i].node;
      if (without.empty() || !without[node]) sums_[node + 1] += prose_[i];
    }
    for (std::size_t i = 1; i < sums_.size(); ++i) sums_[i] += sums_[i - 1];
  }

  /// Marks the subtrees that are something else by their element or their name, unless most of the prose lies
  /// there.
  void find_other_things() {
    other_.assign(page_.nodes.size(), false);
    const std::uint64_t all = prose(0);
    const auto count = static_cast<std::uint32_t>(page_.nodes.size());
    for (std::uint32_t node = 1; node < count;) {
      const HtmlNode& here = page_.nodes[node];
      const Naming naming = here.tag == Tag::text || here.tag == Tag::body ? Naming::none : naming_of(node);
      const std::uint64_t most = naming == Naming::plain ? 90 : 40;
      named_[node] = naming;
      named_body_[node] = is_named_body(node);
      if (naming == Naming::none || prose(node) * 100 > all * most) {
        ++node;
        continue;
      }
      std::fill(other_.begin() + node, other_.begin() + here.last, true);
      node = here.last;
    }
  }

  Naming naming_of(std::uint32_t node) const {
    const HtmlNode& here = page_.nodes[node];
    switch (here.tag) {
      case Tag::nav:
      case Tag::aside:
      case Tag::footer:
      case Tag::figure:
      case Tag::figcaption:
      case Tag::caption:
      case Tag::label:
      case Tag::form:
        return Naming::likely;
      default:
        break;
    }
    if (here.begin == here.end) return Naming::none;
    const std::string_view role = page_.attribute(node, "role");
    if (role == "navigation" || role == "complementary" || role == "contentinfo" || role == "dialog")
      return Naming::likely;
    return std::max(names_other_things(page_.attribute(node, "class")),
                    names_other_things(page_.attribute(node, "id")));
  }

  bool is_named_body(std::uint32_t node) const {
    const HtmlNode& here = page_.nodes[node];
    if (here.begin == here.end || !is_block(here.tag)) return false;
    const std::string_view property = page_.attribute(node, "itemprop");
    return property == "articleBody" || names_body(page_.attribute(node, "class")) ||
           names_body(page_.attribute(node, "id"));
  }

  /// The element that holds the article.
  std::uint32_t find_body() const {
    const std::uint64_t all = prose(0);
    std::uint32_t node = 0;
    if (all == 0) return node;
    for (;;) {
      std::uint32_t best = 0;
      for (std::uint32_t child = node + 1; child < page_.nodes[node].last; child = page_.nodes[child].last) {
        if (page_.nodes[child].tag != Tag::text && (best == 0 || prose(child) > prose(best))) best = child;
      }
      if (best == 0 || !is_container(best)) return node;
      const std::uint64_t inside = prose(best);
      const bool named = is_named_body(best) || page_.nodes[best].tag == Tag::article;
      const bool most = inside * 100 >= prose(node) * 85;
      if (!most && !(named && inside * 2 >= all)) return node;
      node = best;
    }
  }

  bool is_container(std::uint32_t node) const {
    const Tag tag = page_.nodes[node].tag;
    return (is_block(tag) && tag != Tag::p && tag != Tag::li && !is_heading(tag) && tag != Tag::blockquote) ||
           tag == Tag::other || tag == Tag::span || tag == Tag::font;
  }

  bool belongs(const PageBlock& block, std::string_view title) const {
    if (block.text == title) return false;
    if (is_heading(block.tag)) return block.link_letters * 2 < block.letters;
    const bool linked = block.link_letters * 2 > block.letters;
    if (linked && block.words < 40)
      return block.tag == Tag::p && block.words >= 8 && block.link_letters * 10 < block.letters * 8;
    if (block.words < 4 && block.tag != Tag::p && block.tag != Tag::li && block.tag != Tag::td &&
        !ends_like_sentence(block.text)) {
      return block.letters > 12 * block.words;
    }
    return true;
  }

  /// Whether a block at the rim of the article is a byline, a date, a button rather than its first or last
  /// paragraph.
  static bool is_trimming(const PageBlock& block) {
    if (is_heading(block.tag)) return true;
    return block.words < 12 && block.letters < 12 * block.words && !ends_like_sentence(block.text);
  }

  void trim(std::vector<std::size_t>& chosen) const {
    std::size_t begin = 0;
    while (begin < chosen.size() && is_trimming(blocks_[chosen[begin]])) ++begin;
    std::size_t end = chosen.size();
    while (end > begin) {
      const PageBlock& block = blocks_[chosen[end - 1]];
      if (!is_trimming(block) || block.tag == Tag::li || block.tag == Tag::td || block.tag == Tag::blockquote)
        break;
      --end;
    }
    if (begin == end) return;  // nothing but short lines: a table, a list of results
    chosen.erase(chosen.begin() + static_cast<std::ptrdiff_t>(end), chosen.end());
    chosen.erase(chosen.begin(), chosen.begin() + static_cast<std::ptrdiff_t>(begin));
  }

  const HtmlPage& page_;
  const std::vector<PageBlock>& blocks_;
  std::vector<std::uint32_t> prose_;  // by block
  std::vector<std::uint32_t> sums_;   // prose of the nodes before
  std::vector<bool> other_;           // within something that is not the article
  std::vector<Naming> named_;
  std::vector<bool> named_body_;
  std::uint32_t body_ = 0;
};

}  // namespace

Selection select_blocks(const HtmlPage& page, const std::vector<PageBlock>& blocks, std::string_view title) {
  return Selector(page, blocks).select(title);
}

std::vector<std::size_t> article_blocks(const HtmlPage& page, const std::vector<PageBlock>& blocks,
                                        std::string_view title, const PageModel& model) {
  const Selection selection = select_blocks(page, blocks, title);
  std::vector<BlockFeatures> features;
  if (model.known()) features = features_of(page, blocks, title, selection);
  std::vector<std::size_t> out;
  for (std::size_t i = 0; i < blocks.size(); ++i) {
    bool keep = selection.chosen[i];
    if (model.known()) {
      const int chance = model.chance(features[i]);
      keep = keep ? chance > 1000 - sure_chance : chance > sure_chance;
    }
    if (keep) out.push_back(i);
  }
  return out;
}

}  // namespace polybius
