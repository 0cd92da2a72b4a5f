// A line of text to its surface tokens, and a surface token to its words; English as UD cuts it.
#pragma once

#include <functional>
#include <string_view>
#include <vector>

#include "polybius/span.h"

namespace polybius {

/// Whether a word with its stop ("Gen.") is an abbreviation; asked of whoever holds the table.
using AbbreviationTest = std::function<bool(std::u32string_view)>;

/// Cuts `codes[range]`, which holds no line end, into surface tokens in text order; spans are disjoint, never
/// empty and cover all but white space. Cost: linear.
void tokenise_line(std::u32string_view codes, Span range, const AbbreviationTest& is_abbreviation,
                   std::vector<Span>& out);

/// Whether a word with its stop is one of the abbreviations that every text has ("Mr.", "Sept."), case aside
/// where all do.
bool is_known_abbreviation(std::u32string_view form);

/// The words of a surface token: one span, or several where it is a contraction ("don't": "do", "n't").
/// `codes` is the whole text; the result covers `token`.
std::vector<Span> words_of(std::u32string_view codes, Span token);

}  // namespace polybius
