// `polybius extract`: the article without the page around it, one a line, whatever its language.
#include <memory>

#include "cli/command.h"

namespace polybius {
namespace {

/// The article; what of the page was not read is named, since an article bears no warnings.
Outcome extract_page(Coder::Worker& worker, const Item& item) {
  const Record record = worker.extract(item.document);
  Outcome out{to_article_json(record) + "\n", std::nullopt};
  for (const Warning& warning : record.warnings) {
    if (warning.code == "page_cut") out.fault = Error{"E-ART-01", item.place, warning.message, ""};
    if (warning.code == "no_text") out.fault = Error{"E-ART-02", item.place, warning.message, ""};
  }
  return out;
}

Outcome extract_item(Coder::Worker& worker, const Item& item) {
  if (item.record_line.empty()) return extract_page(worker, item);
  const auto record = from_json(item.record_line);
  if (record) return {to_article_json(record.value()) + "\n", std::nullopt};
  Error fault = record.error();
  fault.place = item.place;
  return {"", fault};
}

int run_extract(const NewsOptions& options) {
  const auto coder = open_coder(options);
  if (!coder) return fail_with(coder.error());
  return run_over_inputs(options, coder.value(), extract_item);
}

}  // namespace

void add_extract_command(CLI::App& program, int& status) {
  auto* command = program.add_subcommand("extract", "write the article of each page or text (JSON Lines)");
  command->footer(
      "Reads HTML, WARC, RSS, Atom and every other form of news; writes "
      "{id,origin,url,title,authors,published,\n"
      "language,text} a line.\n\n"
      "Examples:\n"
      "  polybius extract page.html\n"
      "  polybius extract crawl.warc.gz -o articles.jsonl\n"
      "  curl -s https://example.org/news | polybius extract - | polybius code -");
  const auto options = std::make_shared<NewsOptions>();
  add_news_options(*command, *options);
  add_resume_option(*command, *options);
  command->callback([options, &status] { status = run_extract(*options); });
}

}  // namespace polybius
