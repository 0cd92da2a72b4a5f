// By what words a pattern may know a token, besides its form and lemma.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "language/language.h"

namespace polybius {

/// Further names of tokens: "sit-in" and "tear-gas" of words that the tokenizer cut at the hyphen (said of
/// the word that heads them), "petrol bomb" of a noun with a noun or adjective before it, "gas" of a "gassed"
/// whose lemma no table knows.
class WordNames {
 public:
  WordNames(const Analysis& analysis, const Lexicon& lexicon);
  std::span<const std::string> of(std::uint32_t token) const {
    return names_[token];
  }

 private:
  void add_hyphened(std::uint32_t first);
  void add_compound(std::uint32_t token);
  void add_guesses(std::uint32_t token, const Lexicon& lexicon);

  const Analysis& analysis_;
  std::vector<std::vector<std::string>> names_;
};

}  // namespace polybius
