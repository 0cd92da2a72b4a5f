// An event as a plain English sentence: its actors, what its type and status say, its recipients.
#pragma once

#include <string>
#include <vector>

#include "polybius/record.h"

namespace polybius {

/// A piece of a line and what it is, so that each form of the brief can set it off in its own way.
struct Run {
  enum class Kind { plain, name, act, hit };
  std::string text;
  Kind kind = Kind::plain;
};

/// "A and B are to meet": `actors` and `recipients` are names; none means that the text names none. `plural`
/// is the subject's number.
std::vector<Run> event_sentence(const Event& event, const std::vector<std::string>& actors,
                                const std::vector<std::string>& recipients, bool plural);

/// "A", "A and B", "A, B and C", each name a run of its own.
std::vector<Run> name_list(const std::vector<std::string>& names);

/// With a capital at its head, if that is a letter of English.
std::string capitalised(std::string words);

/// The words of a status: "called off".
std::string_view words_of(Status status);
std::string_view words_of(PlanStatus status);
/// A sign of one column that tells a status without colour.
std::string_view mark_of(Status status);
std::string_view mark_of(PlanStatus status);

}  // namespace polybius
