// The best tree with one root: greedy heads, and Chu-Liu and Edmonds where they make no tree.
#include <algorithm>

#include "encoder/encoder.h"

namespace polybius {

namespace {

constexpr double kRootPenalty = 1e8;  // dearer than any tree: so one root is used and no more
constexpr double kNever = -1e18;

/// A square matrix of arc scores, [dependent][head].
struct ArcScores {
  std::size_t size = 0;
  std::vector<double> values;
  double at(std::size_t dependent, std::size_t head) const {
    return values[dependent * size + head];
  }
  double& at(std::size_t dependent, std::size_t head) {
    return values[dependent * size + head];
  }
};

std::vector<std::int32_t> best_heads(const ArcScores& scores) {
  std::vector<std::int32_t> heads(scores.size, 0);
  for (std::size_t d = 1; d < scores.size; ++d) {
    std::size_t best = 0;
    for (std::size_t h = 1; h < scores.size; ++h) {
      if (h != d && scores.at(d, h) > scores.at(d, best)) best = h;
    }
    heads[d] = static_cast<std::int32_t>(best);
  }
  return heads;
}

/// The nodes of one cycle, in the order of their heads; empty if there is none.
std::vector<std::size_t> cycle_in(const std::vector<std::int32_t>& heads) {
  std::vector<std::size_t> seen(heads.size(), 0);
  for (std::size_t start = 1; start < heads.size(); ++start) {
    std::vector<std::size_t> path;
    std::size_t at = start;
    while (at != 0 && seen[at] == 0) {
      seen[at] = start;
      path.push_back(at);
      at = static_cast<std::size_t>(heads[at]);
    }
    if (at != 0 && seen[at] == start) {
      path.erase(path.begin(), std::find(path.begin(), path.end(), at));
      return path;
    }
  }
  return {};
}

/// A cycle seen as one node, which stands last in the smaller matrix.
struct Contraction {
  std::vector<std::size_t> outside;  ///< the other nodes by their new number
  std::vector<std::size_t> enter;    ///< by new head: the cycle's node that it would take
  std::vector<std::size_t> leave;    ///< by new dependent: the cycle's node that would take it
  ArcScores scores;
};

Contraction contract(const ArcScores& scores, const std::vector<std::int32_t>& heads,
                     std::vector<std::size_t> cycle) {
  std::sort(cycle.begin(), cycle.end());
  Contraction small;
  for (std::size_t node = 0; node < scores.size; ++node) {
    if (!std::binary_search(cycle.begin(), cycle.end(), node)) small.outside.push_back(node);
  }
  const std::size_t last = small.outside.size();
  small.scores = ArcScores{last + 1, std::vector<double>((last + 1) * (last + 1), kNever)};
  small.enter.assign(last, 0);
  small.leave.assign(last, 0);
  for (std::size_t i = 0; i < last; ++i) {
    const std::size_t node = small.outside[i];
    for (std::size_t j = 0; j < last; ++j) small.scores.at(i, j) = scores.at(node, small.outside[j]);
    double out = kNever * 2;
    double in = kNever * 2;
    for (const std::size_t member : cycle) {
      if (scores.at(node, member) > out) {
        out = scores.at(node, member);
        small.leave[i] = member;
      }
      const double gain =
          scores.at(member, node) - scores.at(member, static_cast<std::size_t>(heads[member]));
      if (gain > in) {
        in = gain;
        small.enter[i] = member;
      }
    }
    small.scores.at(i, last) = out;
    small.scores.at(last, i) = in;
  }
  return small;
}

/// Contracts cycle after cycle until the best heads are a tree, then opens them again.
std::vector<std::int32_t> best_arborescence(const ArcScores& scores) {
  std::vector<Contraction> steps;
  std::vector<std::vector<std::int32_t>> chosen;
  std::vector<std::int32_t> heads = best_heads(scores);
  for (auto cycle = cycle_in(heads); !cycle.empty(); cycle = cycle_in(heads)) {
    const ArcScores& now = steps.empty() ? scores : steps.back().scores;
    Contraction step = contract(now, heads, std::move(cycle));
    chosen.push_back(std::move(heads));
    heads = best_heads(step.scores);
    steps.push_back(std::move(step));
  }
  while (!steps.empty()) {
    const Contraction& step = steps.back();
    std::vector<std::int32_t> opened = std::move(chosen.back());
    const std::size_t last = step.outside.size();
    for (std::size_t i = 1; i < last; ++i) {
      const auto head = static_cast<std::size_t>(heads[i]);
      opened[step.outside[i]] = static_cast<std::int32_t>(head == last ? step.leave[i] : step.outside[head]);
    }
    const auto came = static_cast<std::size_t>(heads[last]);
    opened[step.enter[came]] = static_cast<std::int32_t>(step.outside[came]);
    heads = std::move(opened);
    chosen.pop_back();
    steps.pop_back();
  }
  return heads;
}

}  // namespace

void decode_tree(std::span<const float> scores, std::size_t size, std::vector<std::int32_t>& heads) {
  heads.assign(size, 0);
  std::size_t roots = 0;
  for (std::size_t d = 1; d < size; ++d) {
    const float* row = scores.data() + d * size;
    std::size_t best = 0;
    for (std::size_t h = 1; h < size; ++h) {
      if (h != d && row[h] > row[best]) best = h;
    }
    heads[d] = static_cast<std::int32_t>(best);
    roots += best == 0 ? 1 : 0;
  }
  if (size < 2 || (roots == 1 && cycle_in(heads).empty())) return;
  ArcScores arcs{
      size, std::vector<double>(scores.begin(), scores.begin() + static_cast<std::ptrdiff_t>(size * size))};
  for (std::size_t d = 0; d < size; ++d) {
    for (std::size_t h = 0; h < size; ++h) {
      // A damaged model's scores may be no numbers; they must not keep the search from ending.
      double& value = arcs.at(d, h);
      if (!(value > -1e3 && value < 1e3)) value = value > 0 ? 1e3 : -1e3;
    }
    arcs.at(d, 0) -= kRootPenalty;
  }
  heads = best_arborescence(arcs);
}

}  // namespace polybius
