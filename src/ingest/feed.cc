// RSS and Atom: the entries of a feed, one after another, cut out of XML that need not be well-formed.
#include <algorithm>
#include <array>
#include <charconv>

#include "ingest/forms.h"
#include "text/text.h"

namespace polybius {
namespace {

/// One element of an entry: its name without prefix rules, attributes as written, what stands inside.
struct Element {
  std::string_view name;
  std::string_view attributes;
  std::string_view inside;
};

/// XML's own entities and numbers; others are left for HTML.
std::string without_entities(std::string_view text) {
  static constexpr std::array<std::array<std::string_view, 2>, 5> names{
      {{"&amp;", "&"}, {"&lt;", "<"}, {"&gt;", ">"}, {"&quot;", "\""}, {"&apos;", "'"}}};
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t mark = std::min(text.find('&', at), text.size());
    out.append(text, at, mark - at);
    at = mark;
    if (at == text.size()) break;
    const auto named = std::find_if(names.begin(), names.end(),
                                    [&](const auto& n) { return text.substr(at).starts_with(n[0]); });
    if (named != names.end()) {
      out += (*named)[1];
      at += (*named)[0].size();
      continue;
    }
    const std::size_t end = text.substr(0, at + 12).find(';', at);
    unsigned number = 0;
    if (text.substr(at).starts_with("&#") && end != std::string_view::npos) {
      const bool hex = text[at + 2] == 'x' || text[at + 2] == 'X';
      std::from_chars(text.data() + at + (hex ? 3 : 2), text.data() + end, number, hex ? 16 : 10);
    }
    if (number > 0 && number < 0x110000 && (number < 0xd800 || number > 0xdfff)) {
      append_utf8(out, number);
      at = end + 1;
    } else {
      out += text[at++];
    }
  }
  return out;
}

/// The text of an element: CDATA sections as they stand, the rest without entities.
std::string text_of(std::string_view inside) {
  std::string out;
  for (;;) {
    const std::size_t open = inside.find("<![CDATA[");
    out += without_entities(inside.substr(0, open));
    if (open == std::string_view::npos) return out;
    inside.remove_prefix(open + 9);
    const std::size_t close = std::min(inside.find("]]>"), inside.size());
    out += inside.substr(0, close);
    inside.remove_prefix(std::min(close + 3, inside.size()));
  }
}

std::string attribute_of(std::string_view attributes, std::string_view name) {
  for (std::size_t at = 0; (at = attributes.find(name, at)) != std::string_view::npos; at += name.size()) {
    std::string_view rest = trimmed(attributes.substr(at + name.size()));
    if (at > 0 && attributes[at - 1] != ' ' && attributes[at - 1] != '\n' && attributes[at - 1] != '\t')
      continue;
    if (!rest.starts_with('=')) continue;
    rest = trimmed(rest.substr(1));
    if (rest.empty() || (rest[0] != '"' && rest[0] != '\'')) continue;
    return without_entities(rest.substr(1, rest.find(rest[0], 1) - 1));
  }
  return "";
}

/// Where the tag that begins at `at` ends (its '>'), quotation marks heeded; npos if nowhere.
std::size_t tag_end(std::string_view text, std::size_t at) {
  char quote = 0;
  for (; at < text.size(); ++at) {
    const char c = text[at];
    if (quote != 0) {
      if (c == quote) quote = 0;
    } else if (c == '"' || c == '\'') {
      quote = c;
    } else if (c == '>') {
      return at;
    }
  }
  return std::string_view::npos;
}

bool is_blank_or_close(char c) {
  return c == '>' || c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == '/';
}

/// Finds `</name` outside CDATA sections.
std::size_t closing_tag(std::string_view text, std::size_t at, std::string_view name) {
  while ((at = text.find('<', at)) != std::string_view::npos) {
    if (text.substr(at).starts_with("<![CDATA[")) {
      at = text.find("]]>", at);
      if (at == std::string_view::npos) return at;
    } else if (text.substr(at, 2) == "</" && text.substr(at + 2, name.size()) == name) {
      const std::size_t behind = at + 2 + name.size();
      if (behind >= text.size() || is_blank_or_close(text[behind])) return at;
    }
    ++at;
  }
  return at;
}

/// The next element at this level, and past it; nothing at the end or where one does not close.
std::optional<Element> next_element(std::string_view text, std::size_t& at) {
  while ((at = text.find('<', at)) != std::string_view::npos && at + 1 < text.size()) {
    const char c = text[at + 1];
    if (c == '!' || c == '?' || c == '/') {
      const std::string_view close = text.substr(at).starts_with("<!--")  ? "-->"
                                     : text.substr(at).starts_with("<![") ? "]]>"
                                                                          : ">";
      const std::size_t end = text.find(close, at);
      if (end == std::string_view::npos) return std::nullopt;
      at = end + close.size();
      continue;
    }
    const std::size_t end = tag_end(text, at);
    if (end == std::string_view::npos) return std::nullopt;
    std::string_view tag = text.substr(at + 1, end - at - 1);
    const bool alone = tag.ends_with('/');
    if (alone) tag.remove_suffix(1);
    const std::size_t name_end = std::min(tag.find_first_of(" \t\r\n"), tag.size());
    Element out{tag.substr(0, name_end), tag.substr(name_end), {}};
    const std::string_view whole_name = out.name;
    if (out.name.starts_with("atom:")) out.name.remove_prefix(5);
    at = end + 1;
    if (alone) return out;
    const std::size_t close = closing_tag(text, at, whole_name);
    if (close == std::string_view::npos) return std::nullopt;
    out.inside = text.substr(at, close - at);
    at = std::min(tag_end(text, close), text.size() - 1) + 1;
    return out;
  }
  return std::nullopt;
}

/// How much we would rather take the text from this element than from another; 0: not at all.
int content_rank(std::string_view name) {
  if (name == "content:encoded") return 4;
  if (name == "content") return 3;
  if (name == "description") return 2;
  return name == "summary" ? 1 : 0;
}

constexpr std::array<std::string_view, 3> entry_names{"item", "entry", "atom:entry"};
constexpr std::size_t longest_mark = 16;  // "<atom:entry" and what shows that the name ends

/// The name of the entry that begins with these bytes; empty if none does.
std::string_view entry_name(std::string_view bytes) {
  for (const std::string_view name : entry_names) {
    if (bytes.size() > name.size() + 1 && bytes[0] == '<' && bytes.substr(1).starts_with(name) &&
        is_blank_or_close(bytes[name.size() + 1]))
      return name;
  }
  return "";
}

class FeedReader final : public FormReader {
 public:
  using FormReader::FormReader;

  std::optional<Result<Item>> next() override {
    if (!begun_) read_head();
    if (!find_entry()) {
      auto fault = packing_fault();
      if (!fault) return std::nullopt;
      return *fault;
    }
    const std::string place = source_.name + ": byte " + std::to_string(source_.bytes->offset());
    for (std::size_t wanted = 16 * 1024;;) {
      const std::string_view bytes = source_.bytes->peek(wanted);
      const std::size_t open = tag_end(bytes, 0);
      const std::string_view name = entry_name(bytes);
      const bool alone = open != std::string_view::npos && bytes[open - 1] == '/';
      const std::size_t close =
          open == std::string_view::npos || alone ? open : closing_tag(bytes, open, name);
      if (close != std::string_view::npos && close <= source_.options.item_limit) {
        std::string inside(bytes.substr(open + 1, close > open ? close - open - 1 : 0));
        source_.bytes->skip(close + 1);
        return item_of(decode_noting(std::move(inside), charset_, warnings_), place);
      }
      if (close != std::string_view::npos) return cut_off(place, close + 1);
      if (bytes.size() > source_.options.item_limit || bytes.size() < wanted)
        return cut_off(place, bytes.size());
      wanted = std::min(2 * bytes.size(), source_.options.item_limit + 1);
    }
  }

 private:
  void read_head() {
    begun_ = true;
    std::string_view head = source_.bytes->peek(16 * 1024);
    charset_ = declared_charset(head);
    head = head.substr(0, std::min({head.find("<item"), head.find("<entry"), head.size()}));
    std::size_t at = 0;
    if ((at = head.find("<language>")) != std::string_view::npos) language_ = head.substr(at + 10, 2);
    if (language_.empty() && (at = head.find("xml:lang=")) != std::string_view::npos && at + 12 < head.size())
      language_ = head.substr(at + 10, 2);
    language_ = lower_ascii(language_);
  }

  /// Moves to the next entry; false at the end.
  bool find_entry() {
    for (;;) {
      const std::string_view bytes = source_.bytes->peek(longest_mark);
      std::size_t at = 0;
      while ((at = bytes.find('<', at)) != std::string_view::npos && at + longest_mark <= bytes.size() &&
             entry_name(bytes.substr(at)).empty())
        ++at;
      const bool here = at != std::string_view::npos && !entry_name(bytes.substr(at)).empty();
      if (!here && bytes.size() < longest_mark) {
        source_.bytes->skip(bytes.size());
        return false;
      }
      // What may be the beginning of a mark stays, but for the mark that was looked at and is none.
      std::size_t passed = at == std::string_view::npos ? bytes.size() : at;
      if (!here && passed == 0) passed = 1;
      source_.bytes->skip(passed);
      if (here) return true;
    }
  }

  Error cut_off(const std::string& place, std::size_t seen) {
    const bool long_one = seen > source_.options.item_limit;
    source_.bytes->skip(seen);
    if (auto fault = packing_fault()) return *fault;
    if (long_one)
      return {"E-ING-02", place,
              "skipped: the entry is longer than " + std::to_string(source_.options.item_limit) + " bytes",
              ""};
    return {"E-ING-15", place, "skipped: the entry does not end", ""};
  }

  Result<Item> item_of(std::string_view entry, const std::string& place) {
    Item item;
    item.place = place;
    item.of_feed = true;
    Document& document = item.document;
    document.warnings = std::exchange(warnings_, {});
    document.language = language_;
    int rank = 0;
    std::size_t at = 0;
    while (const auto element = next_element(entry, at)) read_element(*element, document, rank);
    if (rank == 0 && document.title.empty()) {
      return Error{"E-ING-11", place, "skipped: the entry has neither title nor content", ""};
    }
    if (!document.published.empty()) document.published_by = PublishedBy::metadata;
    const bool tags =
        document.text.find('<') != std::string::npos || document.text.find('&') != std::string::npos;
    document.form = tags ? BodyForm::html : BodyForm::plain;
    complete_document(document, source_, entry);
    return item;
  }

  static void read_element(const Element& element, Document& document, int& rank) {
    const std::string_view name = element.name;
    if (content_rank(name) > rank) {
      const bool markup = attribute_of(element.attributes, "type") == "xhtml";
      document.text = markup ? std::string(element.inside) : text_of(element.inside);
      rank = content_rank(name);
    } else if (name == "title") {
      document.title = trimmed(text_of(element.inside));
    } else if (name == "guid" || name == "id") {
      document.id = trimmed(text_of(element.inside));
    } else if (name == "link") {
      const std::string relation = attribute_of(element.attributes, "rel");
      std::string url = attribute_of(element.attributes, "href");
      if (url.empty()) url = trimmed(text_of(element.inside));
      if (document.origin.url.empty() || relation == "alternate") document.origin.url = std::move(url);
    } else if (name == "pubDate" || name == "published" || name == "dc:date" ||
               (name == "updated" && document.published.empty())) {
      document.published = trimmed(text_of(element.inside));
    } else if (name == "dc:language" || name == "language") {
      document.language = lower_ascii(trimmed(text_of(element.inside))).substr(0, 2);
    } else if (name == "dc:creator") {
      document.authors.emplace_back(trimmed(text_of(element.inside)));
    } else if (name == "author") {
      std::size_t at = 0;
      const auto inner = next_element(element.inside, at);
      document.authors.emplace_back(trimmed(text_of(inner ? inner->inside : element.inside)));
    }
  }

  std::string charset_;
  std::string language_;
  std::vector<Warning> warnings_;  // of the entry at hand
  bool begun_ = false;
};

}  // namespace

std::unique_ptr<FormReader> open_feed(Source source) {
  return std::make_unique<FeedReader>(std::move(source));
}

}  // namespace polybius
