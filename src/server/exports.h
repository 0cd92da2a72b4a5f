// /api/export: all that a filter finds as a file, written while it is made.
#pragma once

#include "lexicon/lexicon.h"
#include "server/parameters.h"
#include "server/reply.h"
#include "store/store.h"

namespace polybius {

/// Answers the exchange, well or with a problem. Throws StoreFailure; what was begun is then broken off by
/// the caller.
void answer_export(Exchange& exchange, Store& store, const Catalogue& catalogue, const Lexicon& lexicon);

}  // namespace polybius
