// A page cut into text, tags and comments, as browsers cut it.
#include "article/html_tokens.h"

#include <algorithm>

namespace polybius {
namespace {

using Kind = HtmlToken::Kind;

bool blank(char c) {
  return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f';
}

bool letter(char c) {
  return (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
}

char lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c;
}

/// Where the '>' of a tag stands, from behind its name on; npos if the page ends before.
struct TagEnd {
  std::size_t close = std::string_view::npos;
  bool self_closed = false;
};

/// Past an attribute's value, which begins at `at` or after blanks. `open`: it had no quotation marks.
std::size_t past_value(std::string_view source, std::size_t at, bool& open) {
  while (at < source.size() && blank(source[at])) ++at;
  open = false;
  if (at == source.size() || source[at] == '>') return at;
  if (source[at] == '"' || source[at] == '\'') {
    const std::size_t end = source.find(source[at], at + 1);
    return end == std::string_view::npos ? source.size() : end + 1;
  }
  open = true;
  while (at < source.size() && !blank(source[at]) && source[at] != '>') ++at;
  return at;
}

TagEnd end_of_tag(std::string_view source, std::size_t at) {
  bool open = false;  // the last thing was a value without quotation marks
  for (;;) {
    while (at < source.size() && (blank(source[at]) || source[at] == '/')) {
      open = false;
      ++at;
    }
    if (at >= source.size()) return {};
    if (source[at] == '>') return {at, !open && source[at - 1] == '/'};
    ++at;  // a name may begin with any byte, '=' too
    while (at < source.size() && !blank(source[at]) && source[at] != '/' && source[at] != '>' &&
           source[at] != '=')
      ++at;
    open = false;
    std::size_t mark = at;
    while (mark < source.size() && blank(source[mark])) ++mark;
    if (mark < source.size() && source[mark] == '=') at = past_value(source, mark + 1, open);
  }
}

}  // namespace

bool same_html_name(std::string_view a, std::string_view b) {
  return a.size() == b.size() &&
         std::equal(a.begin(), a.end(), b.begin(), [](char x, char y) { return lower(x) == lower(y); });
}

bool HtmlAttributes::next(HtmlAttribute& attribute) {
  std::size_t at = 0;
  while (at < rest_.size() && (blank(rest_[at]) || rest_[at] == '/')) ++at;
  rest_.remove_prefix(at);
  if (rest_.empty()) return false;
  at = 1;
  while (at < rest_.size() && !blank(rest_[at]) && rest_[at] != '/' && rest_[at] != '=') ++at;
  attribute = {rest_.substr(0, at), {}};
  rest_.remove_prefix(at);
  at = 0;
  while (at < rest_.size() && blank(rest_[at])) ++at;
  if (at == rest_.size() || rest_[at] != '=') return true;
  ++at;
  while (at < rest_.size() && blank(rest_[at])) ++at;
  rest_.remove_prefix(at);
  if (rest_.empty()) return true;
  std::size_t end = 0;
  if (rest_[0] == '"' || rest_[0] == '\'') {
    end = std::min(rest_.find(rest_[0], 1), rest_.size());
    attribute.value = rest_.substr(1, end - 1);
    rest_.remove_prefix(std::min(end + 1, rest_.size()));
  } else {
    while (end < rest_.size() && !blank(rest_[end])) ++end;
    attribute.value = rest_.substr(0, end);
    rest_.remove_prefix(end);
  }
  return true;
}

bool HtmlTokenizer::next(HtmlToken& token) {
  token = {};
  if (inside_ != Inside::markup) {
    const std::size_t end = end_of_inside();
    inside_ = end == source_.size() ? inside_ : Inside::markup;
    if (end > at_) return give_text(token, end);
  }
  while (at_ < source_.size()) {
    const std::size_t mark = std::min(source_.find('<', at_), source_.size());
    if (mark > at_) return give_text(token, mark);
    const std::size_t before = at_;
    if (take_markup(token)) return true;
    // Nothing began here: the mark is text. Or a tag that said nothing, or that the end cut off, was passed.
    if (at_ == before) return give_text(token, before + 1);
  }
  return false;
}

bool HtmlTokenizer::give_text(HtmlToken& token, std::size_t end) {
  token.kind = Kind::text;
  token.rest = source_.substr(at_, end - at_);
  at_ = end;
  return true;
}

/// Reads what the '<' at `at_` begins, and moves past it. If that gives no token, it returns false.
bool HtmlTokenizer::take_markup(HtmlToken& token) {
  const std::string_view rest = source_.substr(at_, 3);
  if (rest.size() < 2) return false;
  if (letter(rest[1])) return take_tag(token, at_ + 1, Kind::start);
  if (rest[1] == '!') return take_declaration(token);
  if (rest[1] == '?') return take_bogus_comment(token, at_ + 1);
  if (rest[1] != '/' || rest.size() < 3) return false;
  if (letter(rest[2])) return take_tag(token, at_ + 2, Kind::end);
  if (rest[2] != '>') return take_bogus_comment(token, at_ + 2);
  at_ += 3;  // "</>" is nothing
  return false;
}

bool HtmlTokenizer::take_tag(HtmlToken& token, std::size_t name_begin, Kind kind) {
  std::size_t at = name_begin;
  while (at < source_.size() && !blank(source_[at]) && source_[at] != '/' && source_[at] != '>') ++at;
  const TagEnd end = end_of_tag(source_, at);
  if (end.close == std::string_view::npos) {
    at_ = source_.size();
    return false;
  }
  token.kind = kind;
  token.name = source_.substr(name_begin, at - name_begin);
  token.rest = source_.substr(at, end.close - at);
  token.self_closed = end.self_closed;
  at_ = end.close + 1;
  return true;
}

bool HtmlTokenizer::take_declaration(HtmlToken& token) {
  if (source_.substr(at_, 4) == "<!--") return take_comment(token);
  if (!same_html_name(source_.substr(at_ + 2, 7), "doctype")) return take_bogus_comment(token, at_ + 2);
  take_bogus_comment(token, at_ + 9);
  token.kind = Kind::doctype;
  return true;
}

bool HtmlTokenizer::take_comment(HtmlToken& token) {
  token.kind = Kind::comment;
  std::string_view inside = source_.substr(at_ + 4);
  const std::size_t begun = at_ + 4;
  for (const std::string_view abrupt : {">", "->"}) {
    if (!inside.starts_with(abrupt)) continue;
    at_ = begun + abrupt.size();
    return true;
  }
  std::size_t at = 0;
  while ((at = inside.find("--", at)) != std::string_view::npos) {
    const std::string_view tail = inside.substr(at + 2, 2);
    const std::size_t length = tail.starts_with('>') ? 3 : tail == "!>" ? 4 : 0;
    if (length > 0) {
      token.rest = inside.substr(0, at);
      at_ = begun + at + length;
      return true;
    }
    ++at;
  }
  for (const std::string_view tail : {"--!", "--", "-"}) {
    if (!inside.ends_with(tail)) continue;
    inside.remove_suffix(tail.size());
    break;
  }
  token.rest = inside;
  at_ = source_.size();
  return true;
}

bool HtmlTokenizer::take_bogus_comment(HtmlToken& token, std::size_t from) {
  const std::size_t end = std::min(source_.find('>', from), source_.size());
  token.kind = Kind::comment;
  token.rest = source_.substr(from, end - from);
  at_ = std::min(end + 1, source_.size());
  return true;
}

/// Whether the name of the element whose inside is read stands at `at`, and ends there.
bool HtmlTokenizer::names_element(std::size_t at) const {
  const std::size_t behind = at + name_.size();
  return behind < source_.size() && same_html_name(source_.substr(at, name_.size()), name_) &&
         (blank(source_[behind]) || source_[behind] == '/' || source_[behind] == '>');
}

/// Whether the element's end tag begins at `at`, a '<'.
bool HtmlTokenizer::ends_inside(std::size_t at) const {
  return at + 1 < source_.size() && source_[at + 1] == '/' && names_element(at + 2);
}

std::size_t HtmlTokenizer::end_of_inside() const {
  if (inside_ == Inside::plain_text) return source_.size();
  if (inside_ == Inside::script) return end_of_script();
  for (std::size_t at = at_; (at = source_.find('<', at)) != std::string_view::npos; ++at) {
    if (ends_inside(at)) return at;
  }
  return source_.size();
}

/// A script may hide itself in a comment, and within that another script: its end tag ends only that one.
std::size_t HtmlTokenizer::end_of_script() const {
  bool escaped = false;
  bool doubly = false;
  for (std::size_t at = at_; at < source_.size(); ++at) {
    at = escaped ? source_.find_first_of("<-", at) : source_.find('<', at);
    if (at == std::string_view::npos) break;
    const std::string_view rest = source_.substr(at, 4);
    if (source_[at] == '-') {
      if (rest.starts_with("-->")) escaped = doubly = false;
    } else if (doubly) {
      doubly = !ends_inside(at);
    } else if (ends_inside(at)) {
      return at;
    } else if (escaped) {
      doubly = names_element(at + 1);
    } else if (rest == "<!--") {
      escaped = true;
      ++at;  // "<!-->" ends what it begins
    }
  }
  return source_.size();
}

}  // namespace polybius
