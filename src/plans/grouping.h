// Which mentions speak of one plan.
#pragma once

#include <vector>

#include "plans/mentions.h"

namespace polybius {

/// Mentions by plan, each list in text order; plans in order of their first mention.
std::vector<std::vector<PlanMention>> group_plan_mentions(std::vector<PlanMention> mentions,
                                                          std::span<const Entity> entities);

}  // namespace polybius
