// Where sentences end within a block of surface tokens.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "polybius/span.h"

namespace polybius {

/// For each token of a block whether a sentence ends after it; the last one's always does.
std::vector<bool> sentence_ends(std::u32string_view codes, const std::vector<Span>& tokens);

}  // namespace polybius
