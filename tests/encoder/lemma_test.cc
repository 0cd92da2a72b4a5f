// Lemma scripts.
#include <doctest/doctest.h>

#include "encoder/encoder.h"

using namespace polybius;

TEST_CASE("a script lowers, cuts and adds") {
  CHECK(apply_lemma_script("Armies", "lower 3 y") == "army");
  CHECK(apply_lemma_script("met", "lower 1 et") == "meet");
  CHECK(apply_lemma_script("Kyiv", "keep 0 ") == "Kyiv");
  CHECK(apply_lemma_script("TEHRAN", "title 0 ") == "Tehran");
  CHECK(apply_lemma_script("nato", "upper 0 ") == "NATO");
  CHECK(apply_lemma_script("were", "= be") == "be");
}

TEST_CASE("letters beyond ASCII count as one") {
  CHECK(apply_lemma_script("Éléments", "lower 1 ") == "élément");
}

TEST_CASE("a script that does not fit leaves the form as it is") {
  CHECK(apply_lemma_script("it", "lower 5 y") == "it");
  CHECK(apply_lemma_script("it", "lower 2 ") == "it");
  CHECK(apply_lemma_script("it", "") == "it");
  CHECK(apply_lemma_script("it", "sideways 1 x") == "it");
  CHECK(apply_lemma_script("it", "lower x y") == "it");
}
