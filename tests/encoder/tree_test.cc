// Trees from arc scores.
#include <doctest/doctest.h>

#include <vector>

#include "encoder/encoder.h"
#include "tiny_model.h"

using namespace polybius;

namespace {

bool is_tree_with_one_root(const std::vector<std::int32_t>& heads) {
  int roots = 0;
  for (std::size_t i = 1; i < heads.size(); ++i) {
    roots += heads[i] == 0 ? 1 : 0;
    std::size_t at = i;
    for (std::size_t steps = 0; at != 0; ++steps) {
      if (steps > heads.size()) return false;
      at = static_cast<std::size_t>(heads[at]);
    }
  }
  return roots == 1;
}

double score_of(const std::vector<float>& scores, const std::vector<std::int32_t>& heads) {
  double sum = 0;
  for (std::size_t i = 1; i < heads.size(); ++i)
    sum += scores[i * heads.size() + static_cast<std::size_t>(heads[i])];
  return sum;
}

/// The best score of all trees with one root, by trying every one.
double best_score(const std::vector<float>& scores, std::size_t size) {
  double best = -1e9;
  std::vector<std::int32_t> heads(size, 0);
  std::size_t choices = 1;
  for (std::size_t i = 1; i < size; ++i) choices *= size;
  for (std::size_t choice = 0; choice < choices; ++choice) {
    std::size_t rest = choice;
    for (std::size_t i = 1; i < size; ++i, rest /= size) heads[i] = static_cast<std::int32_t>(rest % size);
    if (is_tree_with_one_root(heads)) best = std::max(best, score_of(scores, heads));
  }
  return best;
}

}  // namespace

TEST_CASE("the decoded tree is the best of all trees with one root") {
  polybius_test::Dice dice(5);
  std::vector<std::int32_t> heads;
  for (int trial = 0; trial < 60; ++trial) {
    const std::size_t size = 2 + static_cast<std::size_t>(trial) % 5;
    std::vector<float> scores(size * size);
    for (float& score : scores) score = dice.between(-4.0F, 4.0F);
    decode_tree(scores, size, heads);
    CHECK(is_tree_with_one_root(heads));
    CHECK(score_of(scores, heads) == doctest::Approx(best_score(scores, size)));
  }
}

TEST_CASE("scores that are no numbers still make a tree") {
  std::vector<float> scores(49, std::numeric_limits<float>::quiet_NaN());
  std::vector<std::int32_t> heads;
  decode_tree(scores, 7, heads);
  CHECK(is_tree_with_one_root(heads));
}

TEST_CASE("a sentence of one word is its own root, and none makes none") {
  std::vector<std::int32_t> heads;
  decode_tree(std::vector<float>{0, 0, -3, 5}, 2, heads);
  CHECK(heads == std::vector<std::int32_t>{0, 0});
  decode_tree(std::vector<float>{0}, 1, heads);
  CHECK(heads == std::vector<std::int32_t>{0});
}
