// Pieces of the article as a brief quotes them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "brief/phrases.h"
#include "polybius/record.h"
#include "text/text.h"

namespace polybius {

/// White space of any kind as one blank each; none at the ends.
std::string one_line(std::string_view text);

/// The piece of text around `hits` that is about `limit` code points long, the hits set off; `…` where it is
/// cut. Spans outside the text are clipped.
std::vector<Run> quote_of(const Text& text, Span sentence, const std::vector<Span>& hits,
                          std::uint32_t limit);

/// What follows a dateline ("SEOUL, May 26 —") at the head of a sentence; all of it if there is none.
Span without_dateline(const Text& text, Span sentence);

/// The sentence in which a span begins; the span itself if there is none.
Span sentence_around(const Record& record, Span span);

/// What a statement says, in one line; a direct quotation within one pair of quotation marks, whatever marks
/// the text has.
std::string content_of(const Statement& statement, const Text& text);

}  // namespace polybius
