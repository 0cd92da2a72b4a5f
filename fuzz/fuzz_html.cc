// Any bytes into the page reader: tokens lie in the source one behind the other, the tree is a tree, what is
// chosen exists.
#include <cstdint>
#include <cstdlib>

#include "article/html.h"
#include "article/page.h"
#include "article/page_model.h"
#include "text/text.h"

namespace {

void require(bool holds) {
  if (!holds) std::abort();
}

void check_tokens(std::string_view source) {
  polybius::HtmlTokenizer tokenizer(source);
  polybius::HtmlToken token;
  std::size_t count = 0;
  while (tokenizer.next(token)) {
    require(++count <= source.size());
    require(token.rest.empty() || (token.rest.data() >= source.data() &&
                                   token.rest.data() + token.rest.size() <= source.data() + source.size()));
    polybius::HtmlAttributes attributes(token.rest);
    polybius::HtmlAttribute attribute;
    if (token.kind == polybius::HtmlToken::Kind::start) {
      while (attributes.next(attribute)) require(!attribute.name.empty());
    }
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const polybius::PageModel model(polybius::Lexicon::builtin());
  const std::string source = polybius::repair_utf8({reinterpret_cast<const char*>(data), size});
  check_tokens(source);
  const polybius::HtmlPage page = polybius::parse_html(source);
  for (std::uint32_t node = 1; node < page.nodes.size(); ++node) {
    const polybius::HtmlNode& here = page.nodes[node];
    require(here.parent < node && here.last > node && here.last <= page.nodes[here.parent].last);
    require(here.begin <= here.end && here.end <= source.size());
  }
  const auto blocks = polybius::blocks_of(page);
  for (const auto& block : blocks)
    require(polybius::valid_utf8(block.text) && block.node < page.nodes.size());
  const auto meta = polybius::meta_of(page, blocks);
  require(polybius::valid_utf8(meta.title) && polybius::valid_utf8(meta.url));
  for (const auto& author : meta.authors) require(polybius::valid_utf8(author) && !author.empty());
  for (const std::size_t number : polybius::article_blocks(page, blocks, meta.title, model))
    require(number < blocks.size());
  return 0;
}
