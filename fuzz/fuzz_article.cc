// Any text into the cleaner: valid UTF-8 comes out, one line a paragraph, and every `removed.at` lies within
// the text.
#include <cstdint>
#include <cstdlib>

#include "article/article.h"
#include "text/text.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const polybius::Cleaner cleaner(polybius::Lexicon::builtin());
  if (size == 0) return 0;
  polybius::Document document;
  document.form = (data[0] & 1) != 0 ? polybius::BodyForm::html : polybius::BodyForm::plain;
  document.text = polybius::repair_utf8({reinterpret_cast<const char*>(data) + 1, size - 1});
  document.published = document.text.substr(0, document.text.find('\n'));
  if (!polybius::valid_utf8(document.published)) document.published.clear();
  document.origin.url = document.published;
  const polybius::Article article = cleaner.clean(document);
  if (!polybius::valid_utf8(article.text)) std::abort();
  if (article.text.find("\n\n") != std::string::npos) std::abort();
  const std::uint32_t length = polybius::Text(article.text).size();
  for (const auto& removed : article.removed) {
    if (removed.at > length || removed.text.empty() || removed.why.empty()) std::abort();
  }
  return 0;
}
