// Slips of the parser that the tree itself gives away, put right.
#pragma once

#include "language/language.h"

namespace polybius {

/// Turns "premier <- pledged <- reforms" with `reforms` as root, `premier` its subject and `pledged` its
/// modifier into the clause that it is: a noun that has a subject but no copula is no predicate. Needs
/// `children`.
void mend_clauses(Analysis& analysis);

/// "met Chancellor Jane Roe": a title right before a person's name hangs on the name, and not beside it as a
/// second object. Needs `names`.
void mend_titles(Analysis& analysis);

}  // namespace polybius
