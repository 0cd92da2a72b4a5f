// Time expressions and their TIMEX3 values.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "language/language.h"
#include "polybius/date.h"
#include "polybius/record.h"

namespace polybius {

/// Finds time expressions; values of relative ones are still open. Source: TimeML 1.2.1, TIMEX3.
std::vector<Time> find_times(const Analysis& analysis, const Lexicon& lexicon);

/// Of a text that is split but not read: the sentences, ascending, whose times hang on their trees, because
/// words alone tell no tense or two, or because a number may be a year. `times` as `find_times` gave them.
std::vector<std::uint32_t> sentences_in_doubt(const Analysis& analysis, const std::vector<Time>& times,
                                              std::optional<Date> published);

/// Resolves each time to its TIMEX3 value, in place.
///
/// `statements`  a time inside a quotation is the speaker's: "yesterday" is the day before the statement's.
/// `published`   the anchor of "on Tuesday"; if absent such values stay open ("XXXX-WXX-2") and bear no
/// anchor. Errors: none, whatever the text. Threads: safe. Cost: linear in tokens.
void resolve_times(std::vector<Time>& times, const Analysis& analysis, std::span<const Statement> statements,
                   std::optional<Date> published);

}  // namespace polybius
