// Tags to a tree, in linear time on any bytes.
#include "article/html.h"

#include <algorithm>
#include <array>

#include "article/html_tokens.h"

namespace polybius {
namespace {

constexpr std::size_t most_nodes = 2'500'000;

struct TagName {
  std::string_view name;
  Tag tag;
};

#define POLYBIUS_TAG(name) \
  TagName {                \
    #name, Tag::name       \
  }
constexpr std::array tag_names{POLYBIUS_TAG(a),          POLYBIUS_TAG(abbr),
                               POLYBIUS_TAG(address),    POLYBIUS_TAG(article),
                               POLYBIUS_TAG(aside),      POLYBIUS_TAG(audio),
                               POLYBIUS_TAG(b),          POLYBIUS_TAG(base),
                               POLYBIUS_TAG(blockquote), POLYBIUS_TAG(body),
                               POLYBIUS_TAG(br),         POLYBIUS_TAG(button),
                               POLYBIUS_TAG(canvas),     POLYBIUS_TAG(caption),
                               POLYBIUS_TAG(center),     POLYBIUS_TAG(cite),
                               POLYBIUS_TAG(code),       POLYBIUS_TAG(dd),
                               POLYBIUS_TAG(del),        POLYBIUS_TAG(details),
                               POLYBIUS_TAG(dialog),     POLYBIUS_TAG(div),
                               POLYBIUS_TAG(dl),         POLYBIUS_TAG(dt),
                               POLYBIUS_TAG(em),         POLYBIUS_TAG(embed),
                               POLYBIUS_TAG(fieldset),   POLYBIUS_TAG(figcaption),
                               POLYBIUS_TAG(figure),     POLYBIUS_TAG(font),
                               POLYBIUS_TAG(footer),     POLYBIUS_TAG(form),
                               POLYBIUS_TAG(h1),         POLYBIUS_TAG(h2),
                               POLYBIUS_TAG(h3),         POLYBIUS_TAG(h4),
                               POLYBIUS_TAG(h5),         POLYBIUS_TAG(h6),
                               POLYBIUS_TAG(head),       POLYBIUS_TAG(header),
                               POLYBIUS_TAG(hr),         POLYBIUS_TAG(html),
                               POLYBIUS_TAG(i),          POLYBIUS_TAG(iframe),
                               POLYBIUS_TAG(img),        POLYBIUS_TAG(input),
                               POLYBIUS_TAG(ins),        POLYBIUS_TAG(label),
                               POLYBIUS_TAG(li),         POLYBIUS_TAG(link),
                               POLYBIUS_TAG(main),       POLYBIUS_TAG(map),
                               POLYBIUS_TAG(mark),       POLYBIUS_TAG(math),
                               POLYBIUS_TAG(meta),       POLYBIUS_TAG(nav),
                               POLYBIUS_TAG(noscript),   POLYBIUS_TAG(object),
                               POLYBIUS_TAG(ol),         POLYBIUS_TAG(option),
                               POLYBIUS_TAG(p),          POLYBIUS_TAG(picture),
                               POLYBIUS_TAG(pre),        POLYBIUS_TAG(q),
                               POLYBIUS_TAG(s),          POLYBIUS_TAG(script),
                               POLYBIUS_TAG(section),    POLYBIUS_TAG(select),
                               POLYBIUS_TAG(small),      POLYBIUS_TAG(source),
                               POLYBIUS_TAG(span),       POLYBIUS_TAG(strike),
                               POLYBIUS_TAG(strong),     POLYBIUS_TAG(style),
                               POLYBIUS_TAG(sub),        POLYBIUS_TAG(summary),
                               POLYBIUS_TAG(sup),        POLYBIUS_TAG(svg),
                               POLYBIUS_TAG(table),      POLYBIUS_TAG(tbody),
                               POLYBIUS_TAG(td),         TagName{"template", Tag::template_},
                               POLYBIUS_TAG(textarea),   POLYBIUS_TAG(tfoot),
                               POLYBIUS_TAG(th),         POLYBIUS_TAG(thead),
                               POLYBIUS_TAG(time),       POLYBIUS_TAG(title),
                               POLYBIUS_TAG(tr),         POLYBIUS_TAG(u),
                               POLYBIUS_TAG(ul),         POLYBIUS_TAG(video),
                               POLYBIUS_TAG(wbr)};
#undef POLYBIUS_TAG

constexpr auto by_name = [](const TagName& a, const TagName& b) { return a.name < b.name; };
static_assert(std::is_sorted(tag_names.begin(), tag_names.end(), by_name));

char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c;
}

Tag tag_of(std::string_view name) {
  char small[12];
  if (name.size() > sizeof small) return Tag::other;
  std::transform(name.begin(), name.end(), small, lower);
  const TagName wanted{{small, name.size()}, Tag::other};
  const auto found = std::lower_bound(tag_names.begin(), tag_names.end(), wanted, by_name);
  return found != tag_names.end() && found->name == wanted.name ? found->tag : Tag::other;
}

bool is_void(Tag tag) {
  return tag == Tag::meta || tag == Tag::link || tag == Tag::base || tag == Tag::hr || tag == Tag::br ||
         tag == Tag::img || tag == Tag::input || tag == Tag::wbr || tag == Tag::embed || tag == Tag::source;
}

using Inside = HtmlTokenizer::Inside;

/// How browsers that run scripts read what stands within an element.
Inside inside_of(Tag tag) {
  switch (tag) {
    case Tag::title:
    case Tag::textarea:
      return Inside::text;
    case Tag::style:
    case Tag::iframe:
    case Tag::noscript:
      return Inside::raw;
    case Tag::script:
      return Inside::script;
    default:
      return Inside::markup;
  }
}

bool is_barrier(Tag tag) {
  return tag == Tag::table || tag == Tag::td || tag == Tag::th || tag == Tag::caption ||
         tag == Tag::template_;
}

bool is_heading(Tag tag) {
  return tag >= Tag::h1 && tag <= Tag::h6;
}

/// The elements that are open, with what must be asked of them in constant time.
class OpenElements {
 public:
  void push(std::uint32_t node, Tag tag) {
    const auto depth = static_cast<std::uint32_t>(stack_.size());
    stack_.push_back({node, tag});
    places_[index(tag)].push_back(depth);
    if (is_block(tag)) blocks_.push_back(depth);
    if (is_barrier(tag)) barriers_.push_back(depth);
    if (tag == Tag::ul || tag == Tag::ol || tag == Tag::dl || is_barrier(tag)) lists_.push_back(depth);
  }
  std::uint32_t pop() {
    const auto depth = static_cast<std::uint32_t>(stack_.size() - 1);
    const Entry entry = stack_.back();
    stack_.pop_back();
    places_[index(entry.tag)].pop_back();
    for (auto* list : {&blocks_, &barriers_, &lists_}) {
      if (!list->empty() && list->back() == depth) list->pop_back();
    }
    return entry.node;
  }
  std::uint32_t top() const {
    return stack_.back().node;
  }
  std::uint32_t node_at(std::uint32_t depth) const {
    return stack_[depth].node;
  }
  Tag top_tag() const {
    return stack_.back().tag;
  }
  std::uint32_t depth() const {
    return static_cast<std::uint32_t>(stack_.size());
  }
  /// The depth of the innermost open element of that kind; 0, the root's, if there is none.
  std::uint32_t innermost(Tag tag) const {
    return last_of(places_[index(tag)]);
  }
  std::uint32_t innermost_block() const {
    return last_of(blocks_);
  }
  std::uint32_t innermost_barrier() const {
    return last_of(barriers_);
  }
  std::uint32_t innermost_list() const {
    return last_of(lists_);
  }

 private:
  struct Entry {
    std::uint32_t node;
    Tag tag;
  };
  static std::size_t index(Tag tag) {
    return static_cast<std::size_t>(tag);
  }
  static std::uint32_t last_of(const std::vector<std::uint32_t>& places) {
    return places.empty() ? 0 : places.back();
  }
  std::vector<Entry> stack_;
  std::array<std::vector<std::uint32_t>, 128> places_;
  std::vector<std::uint32_t> blocks_;
  std::vector<std::uint32_t> barriers_;
  std::vector<std::uint32_t> lists_;
};

class HtmlParser {
 public:
  explicit HtmlParser(std::string_view source) : tokens_(source) {
    page_.source = source;
    const auto marks = static_cast<std::size_t>(std::count(source.begin(), source.end(), '<'));
    page_.nodes.reserve(std::min(2 * marks, most_nodes) + 16);
    page_.nodes.push_back({Tag::html, 0, 0, 0, 0});
    open_.push(0, Tag::html);
  }

  HtmlPage parse() {
    HtmlToken token;
    while (!page_.cut && tokens_.next(token)) {
      switch (token.kind) {
        case HtmlToken::Kind::text:
          add_node(Tag::text, token.rest);
          break;
        case HtmlToken::Kind::start:
          start_tag(token);
          break;
        case HtmlToken::Kind::end:
          end_tag(tag_of(token.name), token);
          break;
        case HtmlToken::Kind::comment:
        case HtmlToken::Kind::doctype:
          break;
      }
      page_.cut = page_.nodes.size() >= most_nodes;
    }
    while (open_.depth() > 0) close_top();
    return std::move(page_);
  }

 private:
  std::uint32_t add_node(Tag tag, std::string_view bytes) {
    const auto number = static_cast<std::uint32_t>(page_.nodes.size());
    const auto begin = static_cast<std::uint32_t>(bytes.data() - page_.source.data());
    page_.nodes.push_back(
        {tag, open_.top(), number + 1, begin, begin + static_cast<std::uint32_t>(bytes.size())});
    return number;
  }

  void close_top() {
    page_.nodes[open_.pop()].last = static_cast<std::uint32_t>(page_.nodes.size());
  }

  void close_to(std::uint32_t depth) {
    while (open_.depth() > depth && open_.depth() > 1) close_top();
  }

  /// Ends what the start of another element ends without saying so.
  void close_implied(Tag tag) {
    const std::uint32_t p = open_.innermost(Tag::p);
    if (is_block(tag) && p > 0 && p == open_.innermost_block()) close_to(p);
    const auto close_within = [this](Tag kind, std::uint32_t scope) {
      const std::uint32_t place = open_.innermost(kind);
      if (place > scope) close_to(place);
    };
    const std::uint32_t table = open_.innermost(Tag::table);
    switch (tag) {
      case Tag::li:
        close_within(Tag::li, open_.innermost_list());
        break;
      case Tag::dt:
      case Tag::dd:
        close_within(Tag::dt, open_.innermost_list());
        close_within(Tag::dd, open_.innermost_list());
        break;
      case Tag::tbody:
      case Tag::thead:
      case Tag::tfoot:
        for (const Tag kind : {Tag::tbody, Tag::thead, Tag::tfoot}) close_within(kind, table);
        break;
      case Tag::tr:
        close_within(Tag::tr, table);
        break;
      case Tag::td:
      case Tag::th:
        close_within(Tag::td, std::max(table, open_.innermost(Tag::tr)));
        close_within(Tag::th, std::max(table, open_.innermost(Tag::tr)));
        break;
      case Tag::option:
        close_within(Tag::option, open_.innermost(Tag::select));
        break;
      case Tag::a:
        close_within(Tag::a, open_.innermost_barrier());
        break;
      default:
        if (is_heading(tag) && is_heading(open_.top_tag())) close_top();
    }
  }

  void start_tag(const HtmlToken& token) {
    const Tag tag = tag_of(token.name);
    if (tag == Tag::html) {
      if (page_.nodes[0].end == 0) {
        page_.nodes[0].begin = static_cast<std::uint32_t>(token.rest.data() - page_.source.data());
        page_.nodes[0].end = page_.nodes[0].begin + static_cast<std::uint32_t>(token.rest.size());
      }
      return;
    }
    if (tag == Tag::body && open_.innermost(Tag::head) > 0) close_to(open_.innermost(Tag::head));
    close_implied(tag);
    const std::uint32_t node = add_node(tag, token.rest);
    if (is_void(tag) || (token.self_closed && (tag == Tag::other || tag == Tag::svg))) return;
    open_.push(node, tag);
    const Inside inside = inside_of(tag);
    if (inside != Inside::markup) tokens_.read_inside(inside, token.name);
  }

  /// Whether an open element of no known kind bears that name.
  bool is_named(std::uint32_t node, std::string_view name) const {
    const std::size_t begin = page_.nodes[node].begin;
    return begin > name.size() && page_.source[begin - name.size() - 1] == '<' &&
           same_html_name(page_.source.substr(begin - name.size(), name.size()), name);
  }

  void end_tag(Tag tag, const HtmlToken& token) {
    if (tag == Tag::html || tag == Tag::body) return;
    if (tag == Tag::other) {
      const std::uint32_t place = open_.innermost(tag);
      if (place > open_.innermost_barrier() && is_named(open_.node_at(place), token.name)) close_to(place);
      return;
    }
    if (tag == Tag::br) {
      add_node(Tag::br, token.rest.substr(0, 0));
      return;
    }
    const std::uint32_t place = open_.innermost(tag);
    if (place == 0) return;
    const std::uint32_t scope = is_block(tag) ? open_.innermost_barrier() : open_.innermost_block();
    if (place >= scope) {
      close_to(place);
    } else if (tag == Tag::table && place >= open_.innermost(Tag::table)) {
      close_to(place);
    } else if (tag == Tag::tr && place > open_.innermost(Tag::table)) {
      close_to(place);
    }
  }

  HtmlPage page_;
  HtmlTokenizer tokens_;
  OpenElements open_;
};

}  // namespace

bool is_block(Tag tag) {
  return (tag >= Tag::address && tag <= Tag::caption) || tag == Tag::body || tag == Tag::html ||
         tag == Tag::head;
}

std::string_view HtmlPage::attribute(std::uint32_t node, std::string_view lower_name) const {
  HtmlAttributes attributes(bytes(node));
  HtmlAttribute attribute;
  while (attributes.next(attribute)) {
    if (same_html_name(attribute.name, lower_name)) return attribute.value;
  }
  return {};
}

bool HtmlPage::has_attribute(std::uint32_t node, std::string_view lower_name) const {
  HtmlAttributes attributes(bytes(node));
  HtmlAttribute attribute;
  while (attributes.next(attribute)) {
    if (same_html_name(attribute.name, lower_name)) return true;
  }
  return false;
}

HtmlPage parse_html(std::string_view source) {
  return HtmlParser(source).parse();
}

}  // namespace polybius
