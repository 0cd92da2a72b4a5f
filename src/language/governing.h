// What the search for cues and the reading of tense both ask of a verb.
#pragma once

#include "language/language.h"

namespace polybius {

/// "to visit": bears the mark of the infinitive.
bool is_infinitive(const Analysis& analysis, std::uint32_t token);

bool is_finite(const Token& token);

/// "The talks to begin on Tuesday": the infinitive says of an event itself when it takes place.
bool is_timetable(const Analysis& analysis, std::uint32_t noun, std::uint32_t verb, const Lexicon& lexicon);

}  // namespace polybius
