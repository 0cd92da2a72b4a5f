// What became of what an event's words tell of.
#pragma once

#include "events/reader.h"

namespace polybius {

/// Status of a find: its word's, seen with the event's type and parties. What lies ahead by its date is not
/// yet; a state is under way; a vow of violence is a threat; and what is announced or confirmed of a deed is
/// that it was done.
WordStatus outcome_of(const Reader& reader, const EventFrame& frame, const EventRule& rule,
                      const Parties& parties);

}  // namespace polybius
