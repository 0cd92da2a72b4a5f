// Scores of heads to shares of a thousand, the same numbers on every machine.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace polybius {

/// e to the power of x, for x from -60 to 60 (what is beyond counts as the bound): additions and products in
/// a fixed order, no libm.
double exponential(double x);

/// The share of labels by softmax: `weights` becomes e^(score - best), the result their sum.
double weigh_scores(std::span<const float> scores, std::vector<double>& weights);

/// `part` of `whole` per mille, rounded.
std::uint16_t per_mille(double part, double whole);

/// The share per mille of a yes-or-no score.
std::uint16_t share_of_score(float score);

}  // namespace polybius
