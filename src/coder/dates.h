// The time of events and statements that name none.
#pragma once

#include "language/language.h"
#include "polybius/record.h"

namespace polybius {

/// Gives a time to statements and to events that the article itself reports as news and that name none:
/// of the neighbours, or the document's (`EventTime::from`: "neighbours", "document"). What is told as lying
/// before ("had seized"), in passing or by somebody else stays open.
void date_by_neighbours(Record& record, const Analysis& analysis);

}  // namespace polybius
