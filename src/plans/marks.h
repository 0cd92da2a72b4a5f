// Which words of a text are entities, times and events, for the finding of plans.
#pragma once

#include <string>
#include <vector>

#include "plans/mentions.h"

namespace polybius {

/// Entities and times by the token that they are.
struct Marks {
  std::vector<int> entity;  // longest mention whose head is the token
  std::vector<int> time;    // time expression whose head is the token
  std::vector<int> event;   // event one of whose triggers holds the token
  std::string report_day;   // the latest day on which the text says that something was said or done
};

Marks marks_of(const PlanSource& source);

}  // namespace polybius
