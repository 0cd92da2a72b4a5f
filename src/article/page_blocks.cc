// A page's text as blocks.
#include <algorithm>

#include "article/page.h"
#include "text/text.h"

namespace polybius {
namespace {

constexpr std::size_t most_blocks = 200'000;  // what follows is one block, a line each

/// Elements whose text nobody reads as text.
bool is_silent(Tag tag) {
  switch (tag) {
    case Tag::head:
    case Tag::script:
    case Tag::style:
    case Tag::noscript:
    case Tag::template_:
    case Tag::svg:
    case Tag::math:
    case Tag::iframe:
    case Tag::object:
    case Tag::audio:
    case Tag::video:
    case Tag::canvas:
    case Tag::map:
    case Tag::select:
    case Tag::button:
    case Tag::textarea:
    case Tag::title:
    case Tag::dialog:
      return true;
    default:
      return false;
  }
}

bool is_hidden(const HtmlPage& page, std::uint32_t node) {
  const Tag tag = page.nodes[node].tag;
  // Scripts show these once they run.
  if (tag == Tag::body || tag == Tag::main || tag == Tag::article) return false;
  if (page.nodes[node].begin == page.nodes[node].end) return false;
  const std::string_view style = page.attribute(node, "style");
  if (!style.empty() && (style.find("display:none") != std::string_view::npos ||
                         style.find("display: none") != std::string_view::npos)) {
    return true;
  }
  return page.has_attribute(node, "hidden");
}

class BlockBuilder {
 public:
  explicit BlockBuilder(const HtmlPage& page) : page_(page) {}

  std::vector<PageBlock> build() {
    open_blocks_.push_back(0);
    const auto count = static_cast<std::uint32_t>(page_.nodes.size());
    for (std::uint32_t node = 1; node < count;) {
      leave(node);
      const HtmlNode& here = page_.nodes[node];
      if (here.tag != Tag::text && (is_silent(here.tag) || is_hidden(page_, node))) {
        node = here.last;
        continue;
      }
      enter(node, here);
      ++node;
    }
    flush();
    trim_block();
    finish_block();
    return std::move(blocks_);
  }

 private:
  void leave(std::uint32_t node) {
    while (open_blocks_.size() > 1 && page_.nodes[open_blocks_.back()].last <= node) {
      flush();
      open_blocks_.pop_back();
    }
  }

  void enter(std::uint32_t node, const HtmlNode& here) {
    if (here.tag == Tag::text) {
      add_text(page_.bytes(node), node < link_end_);
    } else if (here.tag == Tag::br) {
      if (!block_.text.empty()) break_line();
    } else if (is_block(here.tag)) {
      flush();
      open_blocks_.push_back(node);
    } else if (here.tag == Tag::a && page_.has_attribute(node, "href")) {
      link_end_ = std::max(link_end_, here.last);
    }
  }

  void break_line() {
    if (block_.text.back() == ' ') block_.text.pop_back();
    if (!block_.text.empty() && block_.text.back() != '\n') block_.text += '\n';
  }

  void add_text(std::string_view raw, bool linked) {
    const std::string decoded =
        raw.find('&') == std::string_view::npos ? std::string() : decode_references(raw);
    const std::string_view text = decoded.empty() ? raw : std::string_view(decoded);
    std::string& out = block_.text;
    for (std::size_t at = 0; at < text.size();) {
      const std::size_t begin = at;
      const auto byte = static_cast<unsigned char>(text[at]);
      const char32_t c = byte < 0x80 ? (++at, byte) : next_code_point(text, at);
      if (c == ' ' || c == '\n' || c == '\t' || c == '\r' || (c >= 0x80 && c != 0x200b && is_space(c))) {
        if (!out.empty() && out.back() != ' ' && out.back() != '\n') out += ' ';
        continue;
      }
      if (out.empty() || out.back() == ' ' || out.back() == '\n') ++block_.words;
      out.append(text, begin, at - begin);
      block_.letters += static_cast<std::uint32_t>(at - begin);
      if (linked) block_.link_letters += static_cast<std::uint32_t>(at - begin);
    }
  }

  void trim_block() {
    while (!block_.text.empty() && (block_.text.back() == ' ' || block_.text.back() == '\n'))
      block_.text.pop_back();
  }

  void flush() {
    trim_block();
    if (blocks_.size() >= most_blocks) {
      if (!block_.text.empty()) break_line();
      return;
    }
    finish_block();
  }

  void finish_block() {
    if (block_.words > 0 && !block_.text.empty()) {
      block_.node = open_blocks_.back();
      block_.tag = page_.nodes[block_.node].tag;
      blocks_.push_back(std::move(block_));
    }
    block_ = {};
  }

  const HtmlPage& page_;
  std::vector<PageBlock> blocks_;
  std::vector<std::uint32_t> open_blocks_;
  PageBlock block_;
  std::uint32_t link_end_ = 0;
};

}  // namespace

std::vector<PageBlock> blocks_of(const HtmlPage& page) {
  return BlockBuilder(page).build();
}

}  // namespace polybius
