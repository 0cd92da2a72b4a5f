// Cleaning in its order: lines, boilerplate, language, date.
#include <algorithm>

#include "article/page.h"
#include "article/page_model.h"
#include "article/parts.h"
#include "text/text.h"

namespace polybius {
namespace {

constexpr std::size_t letters_for_skipping = 200;
constexpr std::size_t longest_stub = 2'000;   // bytes that a page behind a paywall shows
constexpr std::size_t most_removed = 20'000;  // what follows is listed as one

std::uint32_t code_points_of(std::string_view utf8) {
  return static_cast<std::uint32_t>(std::count_if(
      utf8.begin(), utf8.end(), [](char c) { return (static_cast<unsigned char>(c) & 0xc0) != 0x80; }));
}

/// The lines that stay become the text, the others are listed with the place where they stood.
void assemble(std::vector<Line>& lines, Article& article) {
  std::uint32_t size = 0;
  for (Line& line : lines) {
    if (line.text.empty()) continue;
    if (!line.why.empty() && article.removed.size() >= most_removed) {
      article.removed.back().text += '\n' + line.text;
      continue;
    }
    if (!line.why.empty()) {
      article.removed.push_back({std::move(line.text), std::move(line.why), size == 0 ? 0 : size + 1});
      continue;
    }
    if (size > 0) article.text += '\n';
    size += code_points_of(line.text) + static_cast<std::uint32_t>(size > 0);
    article.text += line.text;
  }
  for (Removed& removed : article.removed) removed.at = std::min(removed.at, size);
}

void settle_date(const Document& document, const std::vector<Line>& lines, Article& article) {
  const bool fallback = document.form == BodyForm::html && document.published_by == PublishedBy::none;
  if (!document.published.empty() && !(fallback && !article.published.empty())) {
    if (auto date = iso_date_of(document.published)) {
      article.published = std::move(*date);
      article.published_by =
          document.published_by == PublishedBy::none ? PublishedBy::given : document.published_by;
      return;
    }
    article.warnings.push_back(
        {"bad_date", false, 0, 0, "\"" + document.published + "\" is no date and was not used"});
  }
  if (!article.published.empty()) return;  // the page said it
  article.published = date_of_url(article.url.empty() ? document.origin.url : article.url);
  article.published_by = PublishedBy::url;
  if (!article.published.empty()) return;
  article.published = date_of_text(lines);
  article.published_by = article.published.empty() ? PublishedBy::none : PublishedBy::text;
  if (article.published.empty()) {
    article.warnings.push_back(
        {"no_date", false, 0, 0, "the date of publication is unknown; give it with --published"});
  }
}

void settle_language(const LanguageTable& table, const Document& document, Article& article) {
  const LanguageGuess guess = table.guess(article.text);
  const std::string told = lower_utf8(
      std::string_view(document.language.empty() ? article.language : document.language).substr(0, 2));
  const bool usable =
      told.size() == 2 && told.find_first_not_of("abcdefghijklmnopqrstuvwxyz") == std::string::npos;
  article.language = guess.sure || guess.language == "en" ? guess.language : usable ? told : "";
  article.foreign = guess.sure && guess.language != "en" && guess.letters > letters_for_skipping;
}

/// An address that a page names, made whole by the page's own; empty if it cannot be.
std::string absolute_address(const std::string& address, const std::string& page) {
  if (address.find("://") != std::string::npos) return address;
  const std::size_t scheme = page.find("://");
  if (scheme == std::string::npos || !address.starts_with('/')) return "";
  if (address.starts_with("//")) return page.substr(0, scheme + 1) + address;
  return page.substr(0, page.find_first_of("/?#", scheme + 3)) + address;
}

/// The lines of a page's article; what the page says of itself goes into `article`.
std::vector<Line> lines_of_page(const Document& document, const PageModel& model, std::size_t& controls,
                                Article& article) {
  const HtmlPage page = parse_html(document.text);
  const std::vector<PageBlock> blocks = blocks_of(page);
  PageMeta meta = meta_of(page, blocks);
  if (page.cut)
    article.warnings.push_back(
        {"page_cut", false, 0, 0, "the page is too large or broken and was read in part"});
  if (article.title.empty()) article.title = std::move(meta.title);
  if (article.authors.empty()) article.authors = std::move(meta.authors);
  article.url = absolute_address(meta.url, document.origin.url);
  article.language = std::move(meta.language);
  article.published = std::move(meta.published);
  article.published_by = article.published.empty() ? PublishedBy::none : PublishedBy::metadata;
  std::string text;
  for (const std::size_t number : article_blocks(page, blocks, article.title, model))
    text += blocks[number].text + '\n';
  if (text.empty() && !document.text.empty())
    article.warnings.push_back({"no_text", false, 0, 0, "no text was found in the page"});
  if (!meta.free && text.size() < longest_stub)
    article.warnings.push_back(
        {"paywall", false, 0, 0, "the page says that it must be paid for: this may be only its beginning"});
  return lines_of(text, controls);
}

}  // namespace

struct Cleaner::Tables {
  explicit Tables(const Lexicon& given)
      : lexicon(given), boilerplate(given), languages(given), pages(given) {}
  Lexicon lexicon;  // keeps what the others view
  Boilerplate boilerplate;
  LanguageTable languages;
  PageModel pages;
};

Cleaner::Cleaner(const Lexicon& lexicon) : tables_(std::make_unique<const Tables>(lexicon)) {}
Cleaner::~Cleaner() = default;
Cleaner::Cleaner(Cleaner&&) noexcept = default;
Cleaner& Cleaner::operator=(Cleaner&&) noexcept = default;

Article Cleaner::clean(const Document& document) const {
  Article article;
  article.title = document.title;
  article.authors = document.authors;
  article.warnings = document.warnings;
  std::size_t controls = 0;
  std::vector<Line> lines;
  if (document.form == BodyForm::html) {
    lines = lines_of_page(document, tables_->pages, controls, article);
  } else {
    lines = lines_of(document.text, controls);
    unwrap_lines(lines);
  }
  tables_->boilerplate.mark(lines);
  if (controls > 0) {
    article.warnings.push_back(
        {"control_characters", false, 0, 0, std::to_string(controls) + " control characters were taken out"});
  }
  settle_date(document, lines, article);
  assemble(lines, article);
  settle_language(tables_->languages, document, article);
  return article;
}

Article clean_article(const Document& document, const Lexicon& lexicon) {
  return Cleaner(lexicon).clean(document);
}

}  // namespace polybius
