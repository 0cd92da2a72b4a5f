// HTML as tokens: where text, tags and comments begin and end, as WHATWG's tokenizer has it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace polybius {

/// A token, as ranges of the source.
struct HtmlToken {
  enum class Kind : std::uint8_t { text, start, end, comment, doctype };
  Kind kind = Kind::text;
  bool self_closed = false;
  std::string_view name;  ///< of a tag, as written
  std::string_view rest;  ///< a tag's attributes; a text as written; what a comment says
};

/// An attribute as written, references and all.
struct HtmlAttribute {
  std::string_view name;
  std::string_view value;
};

/// Attributes, one after another, of what stands between a tag's name and its '>'.
class HtmlAttributes {
 public:
  explicit HtmlAttributes(std::string_view bytes) : rest_(bytes) {}
  /// False at the end. A name that comes again is given again: the first one counts.
  bool next(HtmlAttribute& attribute);

 private:
  std::string_view rest_;
};

/// Cuts a page into tokens in one pass, whatever the bytes: linear in the source, without memory of its own.
/// What the end of the source cuts off, a tag or a comment, ends there as it does in browsers.
///
/// Source: WHATWG HTML 13.2.5. The caller says which elements hold no markup (`read_raw`); a document type
/// is one token without its parts. Held against html5lib's tests by tests/article/html5lib_tests.py.
class HtmlTokenizer {
 public:
  /// How the inside of an element is read.
  enum class Inside : std::uint8_t {
    markup,
    text,       ///< a title, a text area: references count, tags do not
    raw,        ///< a style sheet, a frame: neither counts
    script,     ///< as raw, and comments may hide an end tag
    plain_text  ///< to the end of the page
  };

  explicit HtmlTokenizer(std::string_view source) : source_(source) {}
  /// False at the end.
  bool next(HtmlToken& token);
  /// What follows is the inside of the element `name`, up to its end tag.
  void read_inside(Inside inside, std::string_view name) {
    inside_ = inside;
    name_ = name;
  }

 private:
  bool give_text(HtmlToken& token, std::size_t end);
  bool take_markup(HtmlToken& token);
  bool take_declaration(HtmlToken& token);
  bool take_comment(HtmlToken& token);
  bool take_bogus_comment(HtmlToken& token, std::size_t from);
  bool take_tag(HtmlToken& token, std::size_t name_begin, HtmlToken::Kind kind);
  bool ends_inside(std::size_t at) const;
  bool names_element(std::size_t at) const;
  std::size_t end_of_inside() const;
  std::size_t end_of_script() const;

  std::string_view source_;
  std::size_t at_ = 0;
  Inside inside_ = Inside::markup;
  std::string_view name_;
};

/// Whether two names are the same but for the case of ASCII letters.
bool same_html_name(std::string_view a, std::string_view b);

/// Where a reference stands decides whether "&copy=2" is one.
enum class ReferencePlace : std::uint8_t { text, attribute };
/// Text with character references decoded. Unknown ones stay as they are. Source: WHATWG HTML 13.2.5.72.
std::string decode_references(std::string_view text, ReferencePlace place = ReferencePlace::text);

/// A named reference: how many bytes of `text`, which begins behind the '&', it takes up (0: none), and what
/// it stands for.
struct NamedReference {
  std::size_t length = 0;
  std::string_view utf8;
};
NamedReference named_reference(std::string_view text);

}  // namespace polybius
