// The blocks of pages with their features, for training/pages.py. Usage: dump_blocks FILE... > blocks.jsonl
#include <iostream>
#include <nlohmann/json.hpp>

#include "article/article.h"
#include "article/page.h"
#include "article/page_model.h"
#include "article/parts.h"
#include "ingest/ingest.h"

using namespace polybius;
using nlohmann::json;

namespace {

/// The lines of each block as the article would have them: "" where a boilerplate rule takes them out.
std::vector<std::string> lines_of_blocks(const std::vector<PageBlock>& blocks,
                                         const Boilerplate& boilerplate) {
  std::vector<std::string> out;
  for (const PageBlock& block : blocks) {
    std::size_t controls = 0;
    std::vector<Line> lines = lines_of(block.text, controls);
    boilerplate.mark(lines);
    std::string text;
    for (const Line& line : lines) {
      if (line.why.empty()) text += line.text + "\n";
    }
    out.push_back(text);
  }
  return out;
}

json dump_of(const Document& document, const Boilerplate& boilerplate) {
  const HtmlPage page = parse_html(document.text);
  const std::vector<PageBlock> blocks = blocks_of(page);
  const PageMeta meta = meta_of(page, blocks);
  const Selection selection = select_blocks(page, blocks, meta.title);
  const auto features = features_of(page, blocks, meta.title, selection);
  const auto lines = lines_of_blocks(blocks, boilerplate);
  json rows = json::array();
  for (std::size_t i = 0; i < blocks.size(); ++i) {
    rows.push_back({{"text", blocks[i].text},
                    {"lines", lines[i]},
                    {"chosen", bool(selection.chosen[i])},
                    {"features", features[i]}});
  }
  return {{"id", document.id}, {"blocks", rows}};
}

}  // namespace

int main(int count, char** names) {
  const Boilerplate boilerplate(Lexicon::builtin());
  std::cout << json({{"features", page_feature_names()}}).dump() << "\n";
  InputReader reader(std::vector<std::string>(names + 1, names + count), {});
  while (const auto item = reader.next()) {
    if (item->ok()) std::cout << dump_of(item->value().document, boilerplate).dump() << "\n";
  }
}
