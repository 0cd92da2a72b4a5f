// Shares without libm against libm.
#include "encoder/shares.h"

#include <doctest/doctest.h>

#include <cmath>

using namespace polybius;

TEST_CASE("the exponential is libm's to a thousandth of a millionth") {
  for (double x = -59.0; x < 60.0; x += 0.37)
    CHECK(exponential(x) == doctest::Approx(std::exp(x)).epsilon(1e-9));
  CHECK(exponential(0.0) == 1.0);
  CHECK(exponential(-1e9) == exponential(-60.0));
}

TEST_CASE("shares are rounded thousandths") {
  CHECK(share_of_score(0.0F) == 500);
  CHECK(share_of_score(100.0F) == 1000);
  CHECK(share_of_score(-100.0F) == 0);
  CHECK(per_mille(1.0, 3.0) == 333);
  std::vector<double> weights;
  const float scores[] = {1.0F, 1.0F, 1.0F, 1.0F};
  const double sum = weigh_scores(scores, weights);
  CHECK(per_mille(weights[0], sum) == 250);
}
