// What a page's JSON-LD says of its article.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "article/html_tokens.h"

namespace polybius {

/// Gathers from one script after another; `settle` at the end.
class LinkedData {
 public:
  /// Reads a script's text. Broken JSON gives what can be told from its keys.
  void read_script(std::string_view text);
  /// Resolves authors that are named elsewhere by their `@id`.
  void settle();

  std::string headline;
  std::string published;  ///< ISO 8601
  std::string publisher;
  std::vector<std::string> authors;  ///< as written, bylines perhaps
  bool free = true;                  ///< false: the page says that it is not
  bool authors_are_people = true;    ///< false: an organization that is named as the author

 private:
  struct Tree;  // hides the JSON library
  friend struct Tree;
  void read_broken(std::string_view text);
  std::map<std::string, std::string> names_;  ///< by `@id`
  std::vector<std::string> author_ids_;
  std::string page_published_;  ///< of the page around the article
  std::vector<std::string> page_author_ids_;
};

/// Text with references decoded and single spaces.
std::string readable_text(std::string_view raw, ReferencePlace place = ReferencePlace::text);

}  // namespace polybius
