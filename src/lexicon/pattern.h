// The pattern language of docs/lexicons.md, cut into words.
#pragma once

#include <string>
#include <string_view>

#include "lexicon/lexicon.h"

namespace polybius {

/// What is wrong with a pattern, in words; empty if nothing is.
std::string pattern_fault(std::string_view text);

/// Cuts a pattern that has no fault. Views point into `text`.
Pattern parse_pattern(std::string_view text, RulePos pos);

/// The part of speech of a cell of `pos`.
RulePos rule_pos_of(std::string_view cell);

/// The slots of a cell; empty for "-" and for an empty cell.
Slots parse_slots(std::string_view cell);

}  // namespace polybius
