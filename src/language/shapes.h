// Surface tokens that have a shape of their own: addresses, numbers, acronyms, smileys.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace polybius {

/// Each `match_...` returns how many code points of `rest` the shape takes at its beginning, 0 if it is not
/// there. `rest` ends where the white space begins.
std::size_t match_address(std::u32string_view rest);  ///< URL, e-mail, domain, file name, @handle, #hashtag
std::size_t match_number(
    std::u32string_view rest);  ///< 1,000.5  11/28/2000  713-853-3989  5:00  '90s  20th  +44
std::size_t match_acronym(std::u32string_view rest);  ///< U.S.  a.m.  a.k.a  Ph.D.
std::size_t match_smiley(std::u32string_view rest);   ///< :-) ;) :D ^_^
std::size_t match_marks(
    std::u32string_view rest);  ///< runs of punctuation that make one token: ... -- !!! ?! '' ***

/// Letter or digit, or a mark that combines with one.
bool is_word_character(char32_t c);
bool is_ascii_letter(char32_t c);
bool is_ascii_digit(char32_t c);
bool is_apostrophe(char32_t c);  ///< ' ’ ` ´
/// Lower case, ASCII only; others become '?' so that comparisons with tables fail.
std::string ascii_lower(std::u32string_view codes);

}  // namespace polybius
