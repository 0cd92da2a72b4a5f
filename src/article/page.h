// What a web page holds: the article's paragraphs without the page around them, and what the page says of
// itself.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "article/html.h"

namespace polybius {

struct PageMeta {
  std::string title;
  std::vector<std::string> authors;
  std::string published;  ///< ISO 8601; empty if the page does not say
  std::string url;        ///< canonical address
  std::string language;   ///< as the page names it, "en-US"
  bool free = true;       ///< false: it says that it must be paid for
};

/// A run of text that stands as a paragraph, heading, list item or cell of its own.
struct PageBlock {
  std::string text;        ///< single spaces; LF where the page breaks a line
  std::uint32_t node = 0;  ///< the innermost element that begins a line
  Tag tag = Tag::div;      ///< of that element
  std::uint32_t words = 0;
  std::uint32_t letters = 0;       ///< bytes without spaces
  std::uint32_t link_letters = 0;  ///< those within links
};

/// All blocks of a page in order, without scripts, forms and what is hidden.
std::vector<PageBlock> blocks_of(const HtmlPage& page);

struct Selection;  // page_model.h
class PageModel;

/// What the rules make of a page. `title` is the article's title, which is not part of it.
Selection select_blocks(const HtmlPage& page, const std::vector<PageBlock>& blocks, std::string_view title);
/// The indices of the blocks that are the article, in order: what the rules chose, put right where the model
/// is sure that they erred.
std::vector<std::size_t> article_blocks(const HtmlPage& page, const std::vector<PageBlock>& blocks,
                                        std::string_view title, const PageModel& model);

/// The names in a byline ("By Jo Roe and Max Moe, The Post | 24 October"). `site`: the page's own name, which
/// is no author.
std::vector<std::string> names_of_byline(std::string_view text, std::string_view site);
/// Whether that reads as a person's whole name: two words or more, none of them what somebody is.
bool names_person(std::string_view name);
/// Whether a line begins as a byline does.
bool says_by(std::string_view text);
/// Whether a word is a month, a day, or says that something was published.
bool is_time_word(std::string_view word);

/// What JSON-LD, Open Graph, meta elements, `<time>` and headings say, in this order of trust.
PageMeta meta_of(const HtmlPage& page, const std::vector<PageBlock>& blocks);

}  // namespace polybius
