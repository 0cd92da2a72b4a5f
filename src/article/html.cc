// A tokenizer and a tree builder that end in linear time on any bytes.
#include "article/html.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "text/text.h"

namespace polybius {
namespace {

constexpr std::size_t most_nodes = 2'000'000;
constexpr std::size_t most_wasted = std::size_t{64} << 20;  // bytes searched for an end that was not there

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

bool blank(char c) {
  return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f';
}

bool letter(char c) {
  return (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
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

/// Elements whose inside is not markup.
bool is_raw(Tag tag) {
  return tag == Tag::script || tag == Tag::style || tag == Tag::title || tag == Tag::textarea ||
         tag == Tag::iframe || tag == Tag::noscript;
}

bool is_barrier(Tag tag) {
  return tag == Tag::table || tag == Tag::td || tag == Tag::th || tag == Tag::caption ||
         tag == Tag::template_;
}

bool is_heading(Tag tag) {
  return tag >= Tag::h1 && tag <= Tag::h6;
}

/// Attributes, one after another.
struct AttributeReader {
  std::string_view rest;
  std::string_view name;
  std::string_view value;

  bool next() {
    std::size_t at = 0;
    while (at < rest.size() && (blank(rest[at]) || rest[at] == '/')) ++at;
    rest.remove_prefix(at);
    if (rest.empty()) return false;
    at = 1;  // a name may begin with any byte, '=' too
    while (at < rest.size() && !blank(rest[at]) && rest[at] != '/' && rest[at] != '=') ++at;
    name = rest.substr(0, at);
    value = {};
    rest.remove_prefix(at);
    at = 0;
    while (at < rest.size() && blank(rest[at])) ++at;
    if (at == rest.size() || rest[at] != '=') return true;
    ++at;
    while (at < rest.size() && blank(rest[at])) ++at;
    rest.remove_prefix(at);
    if (rest.empty()) return true;
    std::size_t end = 0;
    if (rest[0] == '"' || rest[0] == '\'') {
      end = std::min(rest.find(rest[0], 1), rest.size());
      value = rest.substr(1, end - 1);
      rest.remove_prefix(std::min(end + 1, rest.size()));
    } else {
      while (end < rest.size() && !blank(rest[end])) ++end;
      value = rest.substr(0, end);
      rest.remove_prefix(end);
    }
    return true;
  }
};

bool same_letters(std::string_view a, std::string_view b) {
  return a.size() == b.size() &&
         std::equal(a.begin(), a.end(), b.begin(), [](char x, char y) { return lower(x) == lower(y); });
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
  explicit HtmlParser(std::string_view source) {
    page_.source = source;
    page_.nodes.reserve(source.size() / 24 + 16);
    page_.nodes.push_back({Tag::html, 0, 0, 0, 0});
    open_.push(0, Tag::html);
  }

  HtmlPage parse() {
    const std::string_view source = page_.source;
    while (at_ < source.size() && !page_.cut) {
      const std::size_t mark = std::min(source.find('<', at_), source.size());
      const std::size_t text_begin = at_;
      std::size_t text_end = mark;
      at_ = mark;
      if (mark < source.size() && !take_markup()) at_ = text_end = mark + 1;  // the mark is text
      if (text_end > text_begin) add_node(Tag::text, text_begin, text_end);
      apply();
      if (page_.nodes.size() > most_nodes || wasted_ > most_wasted) page_.cut = true;
    }
    while (open_.depth() > 0) close_top();
    return std::move(page_);
  }

 private:
  /// What was read but not yet put into the tree, since the text in front of it comes first.
  struct Markup {
    enum Kind { none, opening, closing, raw } kind = none;
    Tag tag = Tag::other;
    std::string_view name;
    std::size_t begin = 0;
    std::size_t end = 0;
    std::size_t raw_begin = 0;
    std::size_t raw_end = 0;
    bool self_closed = false;
  };

  /// Reads what the '<' at `at_` begins, and moves past it. False if it begins nothing.
  bool take_markup() {
    const std::string_view rest = page_.source.substr(at_);
    markup_ = {};
    if (rest.size() < 2) return false;
    if (letter(rest[1])) return take_tag(1, Markup::opening);
    if (rest[1] == '/')
      return rest.size() > 2 && letter(rest[2]) ? take_tag(2, Markup::closing) : take_until(">", 2);
    if (rest[1] == '?') return take_until(">", 2);
    if (rest[1] != '!') return false;
    if (rest.starts_with("<!--")) {
      if (rest.starts_with("<!-->") || rest.starts_with("<!--->")) return take_until(">", 4);
      if (comments_end_ && take_until("-->", 4)) return true;
      comments_end_ = false;  // no other one ends either
    }
    return take_until(">", 2);
  }

  bool take_until(std::string_view end, std::size_t from) {
    const std::size_t found = page_.source.find(end, at_ + from);
    if (found == std::string_view::npos) {
      wasted_ += page_.source.size() - at_;
      return false;
    }
    at_ = found + end.size();
    return true;
  }

  bool take_tag(std::size_t from, Markup::Kind kind) {
    const std::string_view source = page_.source;
    std::size_t at = at_ + from;
    const std::size_t name_begin = at;
    while (at < source.size() && !blank(source[at]) && source[at] != '/' && source[at] != '>') ++at;
    markup_.name = source.substr(name_begin, at - name_begin);
    markup_.tag = tag_of(markup_.name);
    markup_.begin = at;
    const std::size_t close = tag_close(at);
    if (close == std::string_view::npos) {
      wasted_ += source.size() - at_;
      return false;
    }
    markup_.kind = kind;
    markup_.end = close;
    markup_.self_closed = source[close - 1] == '/';
    at_ = close + 1;
    if (kind == Markup::opening && is_raw(markup_.tag)) take_raw(markup_.name);
    return true;
  }

  /// Where the tag ends: the first '>' outside of quoted values.
  std::size_t tag_close(std::size_t at) const {
    const std::string_view source = page_.source;
    bool value = false;  // the last mark was '='
    for (; at < source.size(); ++at) {
      const char c = source[at];
      if (c == '>') return at;
      if (value && (c == '"' || c == '\'')) {
        at = source.find(c, at + 1);
        if (at == std::string_view::npos) return at;
        value = false;
      } else if (!blank(c)) {
        value = c == '=';
      }
    }
    return std::string_view::npos;
  }

  /// The inside of an element that holds no markup, up to its end tag; if there is none, its start tag stands
  /// alone.
  void take_raw(std::string_view name) {
    const auto tag = static_cast<std::size_t>(markup_.tag);
    if (raw_unclosed_[tag]) return;
    for (std::size_t at = at_; (at = page_.source.find("</", at)) != std::string_view::npos; at += 2) {
      const std::string_view found = page_.source.substr(at + 2, name.size());
      if (!same_letters(found, name)) continue;
      markup_.kind = Markup::raw;
      markup_.raw_begin = at_;
      markup_.raw_end = at;
      const std::size_t close = page_.source.find('>', at);
      at_ = close == std::string_view::npos ? page_.source.size() : close + 1;
      return;
    }
    raw_unclosed_[tag] = true;
  }

  void apply() {
    const Markup markup = markup_;
    markup_ = {};
    if (markup.kind == Markup::closing) end_tag(markup.tag, markup.name);
    if (markup.kind == Markup::opening || markup.kind == Markup::raw) start_tag(markup);
  }

  std::uint32_t add_node(Tag tag, std::size_t begin, std::size_t end) {
    const auto number = static_cast<std::uint32_t>(page_.nodes.size());
    page_.nodes.push_back(
        {tag, open_.top(), number + 1, static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)});
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

  void start_tag(const Markup& markup) {
    const Tag tag = markup.tag;
    if (tag == Tag::html) {
      if (page_.nodes[0].end == 0) {
        page_.nodes[0].begin = static_cast<std::uint32_t>(markup.begin);
        page_.nodes[0].end = static_cast<std::uint32_t>(markup.end);
      }
      return;
    }
    if (tag == Tag::body && open_.innermost(Tag::head) > 0) close_to(open_.innermost(Tag::head));
    close_implied(tag);
    const std::uint32_t node = add_node(tag, markup.begin, markup.end);
    if (markup.kind == Markup::raw) {
      page_.nodes.push_back({Tag::text, node, node + 2, static_cast<std::uint32_t>(markup.raw_begin),
                             static_cast<std::uint32_t>(markup.raw_end)});
      page_.nodes[node].last = node + 2;
      return;
    }
    if (is_void(tag) || is_raw(tag) || (markup.self_closed && (tag == Tag::other || tag == Tag::svg))) return;
    open_.push(node, tag);
  }

  /// Whether an open element of no known kind bears that name.
  bool is_named(std::uint32_t node, std::string_view name) const {
    const std::size_t begin = page_.nodes[node].begin;
    return begin > name.size() && page_.source[begin - name.size() - 1] == '<' &&
           same_letters(page_.source.substr(begin - name.size(), name.size()), name);
  }

  void end_tag(Tag tag, std::string_view name) {
    if (tag == Tag::html || tag == Tag::body) return;
    if (tag == Tag::other) {
      const std::uint32_t place = open_.innermost(tag);
      if (place > open_.innermost_barrier() && is_named(open_.node_at(place), name)) close_to(place);
      return;
    }
    if (tag == Tag::br) {
      add_node(Tag::br, at_, at_);
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
  OpenElements open_;
  Markup markup_;
  std::size_t at_ = 0;
  std::size_t wasted_ = 0;
  bool comments_end_ = true;
  std::array<bool, 128> raw_unclosed_{};
};

/// Reads a numeric reference behind "&#". Returns the bytes it takes up, 0 if it is none.
std::size_t decode_number(std::string_view text, std::string& out) {
  const bool hex = text.size() > 2 && (text[2] == 'x' || text[2] == 'X');
  const std::size_t begin = hex ? 3 : 2;
  std::uint32_t number = 0;
  const auto [end, fault] = std::from_chars(text.data() + std::min(begin, text.size()),
                                            text.data() + text.size(), number, hex ? 16 : 10);
  auto length = static_cast<std::size_t>(end - text.data());
  if (length <= begin) return 0;
  // What pages mean by 128 to 159 is windows-1252.
  static constexpr std::array<char16_t, 32> windows{
      0x20ac, 0x81,   0x201a, 0x192,  0x201e, 0x2026, 0x2020, 0x2021, 0x2c6,  0x2030, 0x160,
      0x2039, 0x152,  0x8d,   0x17d,  0x8f,   0x90,   0x2018, 0x2019, 0x201c, 0x201d, 0x2022,
      0x2013, 0x2014, 0x2dc,  0x2122, 0x161,  0x203a, 0x153,  0x9d,   0x17e,  0x178};
  char32_t c = fault == std::errc() ? number : 0xfffd;
  if (c >= 0x80 && c < 0xa0) c = windows[c - 0x80];
  if (c == 0 || c > 0x10ffff || (c >= 0xd800 && c < 0xe000)) c = 0xfffd;
  append_utf8(out, c);
  if (length < text.size() && text[length] == ';') ++length;
  return length;
}

std::size_t decode_name(std::string_view text, std::string& out) {
  std::size_t length = 1;
  while (length < text.size() && length < 32 &&
         (letter(text[length]) || (text[length] >= '0' && text[length] <= '9')))
    ++length;
  const std::string_view name = text.substr(1, length - 1);
  const bool closed = length < text.size() && text[length] == ';';
  const std::string_view known = named_reference(name);
  // Without its semicolon only the old ones count, and not within "?a=1&copy=2".
  if (known.empty() || (!closed && (name.size() > 6 || (length < text.size() && text[length] == '='))))
    return 0;
  out += known;
  return length + static_cast<std::size_t>(closed);
}

}  // namespace

bool is_block(Tag tag) {
  return (tag >= Tag::address && tag <= Tag::caption) || tag == Tag::body || tag == Tag::html ||
         tag == Tag::head;
}

std::string_view HtmlPage::attribute(std::uint32_t node, std::string_view lower_name) const {
  AttributeReader reader{bytes(node), {}, {}};
  while (reader.next()) {
    if (same_letters(reader.name, lower_name)) return reader.value;
  }
  return {};
}

bool HtmlPage::has_attribute(std::uint32_t node, std::string_view lower_name) const {
  AttributeReader reader{bytes(node), {}, {}};
  while (reader.next()) {
    if (same_letters(reader.name, lower_name)) return true;
  }
  return false;
}

HtmlPage parse_html(std::string_view source) {
  return HtmlParser(source).parse();
}

std::string decode_references(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t mark = std::min(text.find('&', at), text.size());
    out.append(text, at, mark - at);
    at = mark;
    if (at + 1 >= text.size()) break;
    const std::string_view rest = text.substr(at, 40);
    const std::size_t length = rest[1] == '#' ? decode_number(rest, out) : decode_name(rest, out);
    if (length == 0) out += '&';
    at += std::max<std::size_t>(length, 1);
  }
  if (!text.empty() && text.back() == '&') out += '&';
  return out;
}

}  // namespace polybius
