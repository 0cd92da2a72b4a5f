// The steps of a plan put in the order of time.
#pragma once

#include <vector>

#include "plans/mentions.h"

namespace polybius {

/// One history of all steps told: repeated ones once, in time order; undated ones keep their place among
/// their neighbours.
std::vector<PlanStep> history_of(std::vector<ToldStep> told);

}  // namespace polybius
