// Exponentials without libm, and the shares that come of them.
#include "encoder/shares.h"

#include <algorithm>
#include <cmath>

namespace polybius {

double exponential(double x) {
  constexpr double kLog2E = 1.4426950408889634;
  constexpr double kLn2High = 0.693147180369123816490;
  constexpr double kLn2Low = 1.90821492927058770002e-10;
  x = std::clamp(x, -60.0, 60.0);
  const double power = std::floor(x * kLog2E + 0.5);
  const double rest = (x - power * kLn2High) - power * kLn2Low;
  double sum = 1.0;
  for (int i = 12; i > 0; --i) sum = 1.0 + rest * sum / i;
  return std::ldexp(sum, static_cast<int>(power));
}

double weigh_scores(std::span<const float> scores, std::vector<double>& weights) {
  weights.clear();
  const double most = static_cast<double>(*std::ranges::max_element(scores));
  double sum = 0.0;
  for (const float score : scores) {
    weights.push_back(exponential(static_cast<double>(score) - most));
    sum += weights.back();
  }
  return sum;
}

std::uint16_t per_mille(double part, double whole) {
  return static_cast<std::uint16_t>(std::floor(1000.0 * part / whole + 0.5));
}

std::uint16_t share_of_score(float score) {
  const double odds = exponential(static_cast<double>(score));
  return per_mille(odds, 1.0 + odds);
}

}  // namespace polybius
