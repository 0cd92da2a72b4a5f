// Words and endings whose edit script is known: a table beside the lemma head, which sees subwords and not
// letters.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "encoder/model_file.h"

namespace polybius {

/// Keys are `word/UPOS` and `-ending/UPOS`, lower case; training/lemma_table.py makes them. Views into the
/// model file.
class LemmaTable {
 public:
  /// An empty table where the file has none. Errors: E-MOD-05.
  static Result<LemmaTable> from(const ModelFile& file, std::size_t scripts);

  /// The script of the longest key that fits; -1 if none does. `scratch` is kept from word to word.
  std::int32_t find(std::string_view form, std::string_view upos, std::string& scratch) const;

 private:
  std::unordered_map<std::string_view, std::int32_t> scripts_;
};

}  // namespace polybius
