// A text to its blocks: paragraphs whose inner line ends, if any, are mere wrapping.
#pragma once

#include <string_view>
#include <vector>

#include "polybius/span.h"

namespace polybius {

bool is_line_end(char32_t c);

/// The blocks of a text in order, without the white space around them; no sentence goes beyond a block. A
/// block is a line, unless the text is hard-wrapped: then lines that were cut at the width, and only those,
/// are joined with the next.
std::vector<Span> blocks_of(std::u32string_view codes);

}  // namespace polybius
