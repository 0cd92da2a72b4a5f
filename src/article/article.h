// A document to its article: the text that is news, and what was taken out around it.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "lexicon/lexicon.h"
#include "polybius/document.h"
#include "polybius/record.h"

namespace polybius {

/// The article of one document. Offsets count code points of `text`.
struct Article {
  std::string text;  ///< paragraphs separated by one LF; no control characters, no blank lines, single spaces
  std::string title;
  std::vector<std::string> authors;
  std::string url;        ///< canonical address, if the page names one
  std::string language;   ///< ISO 639-1; empty if neither found nor told
  bool foreign = false;   ///< surely not English, and more than 200 letters
  std::string published;  ///< ISO 8601 date or date-time; empty if unknown
  PublishedBy published_by = PublishedBy::none;
  std::vector<Removed> removed;
  std::vector<Warning> warnings;
};

/// Cleans documents by the tables `boilerplate` and `language_words`. Immutable; threads may share it.
class Cleaner {
 public:
  explicit Cleaner(const Lexicon& lexicon);
  ~Cleaner();
  Cleaner(Cleaner&&) noexcept;
  Cleaner& operator=(Cleaner&&) noexcept;

  /// Plain text loses boilerplate lines; hard line ends within paragraphs become spaces; of HTML the main
  /// content is found.
  ///
  /// Errors: none, whatever the text. Cost: linear in the text. Warnings: `control_characters`, `no_date`,
  /// `bad_date`, `page_cut`, `no_text`, `paywall`.
  Article clean(const Document& document) const;

 private:
  struct Tables;
  std::unique_ptr<const Tables> tables_;
};

/// One call for one document; for many keep a Cleaner.
Article clean_article(const Document& document, const Lexicon& lexicon);

/// A date as people and machines write it ("Fri, 24 Oct 2025 08:00:00 GMT", "October 24, 2025", "20251024")
/// as an ISO 8601 date or date-time; nothing if it is none. "10/11/2025" is read as the American form.
std::optional<std::string> iso_date_of(std::string_view text);
/// The day that an address carries ("/2025/10/24/", "-20251024"); empty if none.
std::string date_of_url(std::string_view url);

}  // namespace polybius
