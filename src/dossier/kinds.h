// What kind of thing a word plans: visits and meetings, votes, deals; words of one family may name one plan.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "lexicon/lexicon.h"
#include "polybius/record.h"

namespace polybius {

/// A word without its endings as far as plain rules go: "visited" and "visits" are "visit".
std::string stem_of(std::string_view word, const Lexicon& lexicon);

/// The kind that the last telling word of "state visit", "lift off", "signed" has in `plan_nouns` and
/// `plan_verbs`; empty if none.
std::string kind_of_words(std::string_view words, const Lexicon& lexicon);
/// The same for the name of a plan, whose verb may have its particle elsewhere: "hand the village" (over).
std::string kind_of_plan(std::string_view what, const Lexicon& lexicon);
/// The stems of the words of a plan's name; of a verb with its particle also the noun: "handover".
std::vector<std::string> heads_of_plan(std::string_view what, const Lexicon& lexicon);
/// The kinds of all words, verbs with their particles too ("lift off").
std::vector<std::string> kinds_of_stems(const std::vector<std::string>& stems, const Lexicon& lexicon);
/// Kinds that papers take for each other are one family: a visit is a meeting, an election a vote.
std::string_view family_of_kind(std::string_view kind);

/// The words of a text in lower case, letters and digits only.
std::vector<std::string> words_in(std::string_view text);
/// Those of three letters or more with a capital that no sentence begins with, folded; no days and months.
/// After "- " the first word counts too: a name that stands alone.
std::vector<std::string> capital_words(std::string_view text);

}  // namespace polybius
