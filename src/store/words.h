// Words as they are looked for: folded letters and digits, a blank between them.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace polybius {

/// The words of a text, in lower case without diacritics, a blank between. `stem`: plurals become singular.
std::string words_of(std::string_view text, bool stem);
/// Whether `words` holds the words `wanted` in a row; both as `words_of` gives them. Nothing is in
/// everything.
bool holds_words(std::string_view words, std::string_view wanted);

/// A search text in the form that the database's index asks for; nothing if it has no words.
///   FTS5:     "call" "off" "budapest summit" "pro"*
///   tsquery:  'call' & 'off' & ('budapest' <-> 'summit') & 'pro':*
std::optional<std::string> text_query(std::string_view text, bool postgres);

}  // namespace polybius
