// Ties the fields of a record together by their ids.
#pragma once

#include "polybius/record.h"

namespace polybius {

/// Fills what belongs to two fields: the events of a statement, the time of a statement, the warnings that
/// speak of the whole record. The record's text, entities, times, statements, events and plans must be
/// complete.
void link(Record& record);

}  // namespace polybius
