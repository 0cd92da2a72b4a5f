// Greedy tiling by runs of equal words, then a small alignment in the gaps between them.
#include "dedupe/align.h"

#include <algorithm>
#include <array>
#include <bit>

namespace polybius {
namespace {

constexpr std::uint32_t shortest_run = 3;
constexpr std::uint32_t most_places = 24;  // of one run that are tried
constexpr std::uint32_t widest_gap = 16;   // words

constexpr double few_words = 20;
constexpr double enough_words = 60;
constexpr double cover_of_few = .8;
constexpr double cover_of_enough = .5;
constexpr double cover_of_longer = .2;
constexpr std::uint32_t few_conflicts = 2;
constexpr double most_conflicts = .3;  // of all anchors

std::uint16_t bare(std::uint16_t word) {
  return word & 0x7fffU;
}

bool is_anchor(std::uint16_t word) {
  return (word & 0x8000U) != 0;
}

std::uint32_t hash_of_run_at(std::span<const std::uint16_t> words, std::uint32_t at) {
  const std::uint64_t run =
      std::uint64_t{bare(words[at])} << 30 | std::uint64_t{bare(words[at + 1])} << 15 | bare(words[at + 2]);
  return static_cast<std::uint32_t>((run * 0x9e3779b97f4a7c15u) >> 32);
}

std::uint32_t anchors_in(std::span<const std::uint16_t> words) {
  return static_cast<std::uint32_t>(std::count_if(words.begin(), words.end(), is_anchor));
}

// Short items of one frame ("has been delayed by a month, ... said on ...") share much without being one
// story, so the shorter a text, the more of it must be shared.
double least_cover_of(double words) {
  const double part = std::clamp((words - few_words) / (enough_words - few_words), 0.0, 1.0);
  return cover_of_few + (cover_of_enough - cover_of_few) * part;
}

}  // namespace

void Aligner::index_runs(std::span<const std::uint16_t> b) {
  const auto size = static_cast<std::uint32_t>(b.size());
  heads_.assign(std::bit_ceil(2 * b.size()), 0);
  nexts_.assign(b.size(), 0);
  used_.assign(b.size(), false);
  const auto mask = static_cast<std::uint32_t>(heads_.size() - 1);
  for (std::uint32_t at = size - shortest_run + 1; at-- > 0;) {
    std::uint32_t& head = heads_[hash_of_run_at(b, at) & mask];
    nexts_[at] = head;
    head = at + 1;
  }
}

WordBlock Aligner::longest_run(std::span<const std::uint16_t> a, std::span<const std::uint16_t> b,
                               std::uint32_t at) const {
  WordBlock best{at, 0, 0};
  const auto distance = [this](std::uint32_t place) {
    return place > expected_ ? place - expected_ : expected_ - place;
  };
  std::uint32_t tried = 0;
  const auto mask = static_cast<std::uint32_t>(heads_.size() - 1);
  for (std::uint32_t place = heads_[hash_of_run_at(a, at) & mask]; place != 0 && tried < most_places;
       place = nexts_[place - 1], ++tried) {
    const std::uint32_t begin = place - 1;
    std::uint32_t size = 0;
    while (at + size < a.size() && begin + size < b.size() && bare(a[at + size]) == bare(b[begin + size]) &&
           !used_[begin + size]) {
      ++size;
    }
    if (size > best.size || (size == best.size && distance(begin) < distance(best.b)))
      best = {at, begin, size};
  }
  return best;
}

void Aligner::find_runs(std::span<const std::uint16_t> a, std::span<const std::uint16_t> b) {
  index_runs(b);
  expected_ = 0;
  const auto size = static_cast<std::uint32_t>(a.size());
  for (std::uint32_t at = 0; at + shortest_run <= size;) {
    const WordBlock run = longest_run(a, b, at);
    if (run.size < shortest_run) {
      ++at;
      ++expected_;
      continue;
    }
    std::fill_n(used_.begin() + run.b, run.size, true);
    runs_.push_back(run);
    at += run.size;
    expected_ = run.b + run.size;
  }
}

void Aligner::take(WordBlock block) {
  alignment_.matched += block.size;
  if (!alignment_.blocks.empty()) {
    WordBlock& last = alignment_.blocks.back();
    if (last.a + last.size == block.a && last.b + last.size == block.b) {
      last.size += block.size;
      return;
    }
  }
  alignment_.blocks.push_back(block);
}

// The words of a gap that both texts have, in order: a longest common subsequence.
void Aligner::fill_gap(std::span<const std::uint16_t> a, std::span<const std::uint16_t> b, WordBlock before,
                       WordBlock after) {
  const std::uint32_t a_begin = before.a + before.size;
  const std::uint32_t b_begin = before.b + before.size;
  const std::uint32_t a_size = after.a - a_begin;
  const std::uint32_t b_size = after.b - b_begin;
  std::array<std::array<std::uint8_t, widest_gap + 1>, widest_gap + 1> common{};
  for (std::uint32_t i = a_size; i-- > 0;) {
    for (std::uint32_t j = b_size; j-- > 0;) {
      const bool same = bare(a[a_begin + i]) == bare(b[b_begin + j]) && !used_[b_begin + j];
      common[i][j] = same ? static_cast<std::uint8_t>(common[i + 1][j + 1] + 1)
                          : std::max(common[i + 1][j], common[i][j + 1]);
    }
  }
  std::uint32_t matched_anchors = 0;
  for (std::uint32_t i = 0, j = 0; i < a_size && j < b_size && common[i][j] > 0;) {
    if (bare(a[a_begin + i]) == bare(b[b_begin + j]) && !used_[b_begin + j]) {
      used_[b_begin + j] = true;
      matched_anchors += static_cast<std::uint32_t>(is_anchor(a[a_begin + i]));
      take({a_begin + i++, b_begin + j++, 1});
    } else if (common[i + 1][j] >= common[i][j + 1]) {
      ++i;
    } else {
      ++j;
    }
  }
  alignment_.anchors += matched_anchors;
  const std::uint32_t left =
      std::min(anchors_in(a.subspan(a_begin, a_size)), anchors_in(b.subspan(b_begin, b_size)));
  alignment_.conflicts += left - std::min(left, matched_anchors);
}

void Aligner::fill_gaps(std::span<const std::uint16_t> a, std::span<const std::uint16_t> b) {
  for (std::size_t i = 0; i < runs_.size(); ++i) {
    take(runs_[i]);
    alignment_.anchors += anchors_in(a.subspan(runs_[i].a, runs_[i].size));
    if (i + 1 == runs_.size()) break;
    const WordBlock& before = runs_[i];
    const WordBlock& after = runs_[i + 1];
    const std::uint32_t a_gap = after.a - before.a - before.size;
    const bool onward = after.b >= before.b + before.size;
    const std::uint32_t b_gap = onward ? after.b - before.b - before.size : 0;
    if (onward && a_gap > 0 && b_gap > 0 && a_gap <= widest_gap && b_gap <= widest_gap)
      fill_gap(a, b, before, after);
  }
}

const Alignment& Aligner::align(std::span<const std::uint16_t> a, std::span<const std::uint16_t> b) {
  alignment_.blocks.clear();
  alignment_.matched = alignment_.anchors = alignment_.conflicts = 0;
  runs_.clear();
  const auto same = [](std::uint16_t x, std::uint16_t y) { return bare(x) == bare(y); };
  if (a.size() == b.size() && std::equal(a.begin(), a.end(), b.begin(), same)) {
    if (!a.empty()) take({0, 0, static_cast<std::uint32_t>(a.size())});
    alignment_.anchors = anchors_in(a);
  } else if (std::min(a.size(), b.size()) >= shortest_run) {
    find_runs(a, b);
    fill_gaps(a, b);
  }
  return alignment_;
}

bool are_reprints(const Alignment& alignment, std::size_t a_words, std::size_t b_words) {
  const auto shorter = static_cast<double>(std::min(a_words, b_words));
  const auto longer = static_cast<double>(std::max(a_words, b_words));
  const double matched = alignment.matched;
  if (matched == 0) return a_words + b_words == 0;
  if (matched < shorter * least_cover_of(shorter)) return false;
  if (matched < longer * cover_of_longer) return false;
  // The same frame with other names and numbers is another story: a market report, a match, a forecast.
  const double anchors = alignment.anchors + alignment.conflicts;
  return alignment.conflicts <= few_conflicts || alignment.conflicts <= anchors * most_conflicts;
}

double similarity_of(const Alignment& alignment, std::size_t a_words, std::size_t b_words) {
  if (a_words + b_words == 0) return 1;
  return 2.0 * alignment.matched / static_cast<double>(a_words + b_words);
}

}  // namespace polybius
