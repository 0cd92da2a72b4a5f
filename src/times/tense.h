// Whether the clause around a time looks back, forward or at the present.
#pragma once

#include "language/language.h"

namespace polybius {

enum class Tense : std::uint8_t { unknown, past, present, future };

/// The tense of the clause that holds `token`: of the verb above it where there is a tree, else of the
/// nearest verb form.
Tense tense_at(const Analysis& analysis, std::uint32_t token);

}  // namespace polybius
