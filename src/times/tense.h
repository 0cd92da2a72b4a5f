// Whether the clause around a time looks back, forward or at the present.
#pragma once

#include "language/language.h"

namespace polybius {

enum class Tense : std::uint8_t { unknown, past, present, future };

/// The tense of the clause that holds `token`: of the verb above it where there is a tree, else of the
/// nearest verb form.
Tense tense_at(const Analysis& analysis, std::uint32_t token);

/// Whether words tell the tense around `token` well enough without a tree: the nearest verb form stands right
/// before it, or all of the sentence look one way.
bool is_tense_plain(const Analysis& analysis, std::uint32_t token);

}  // namespace polybius
