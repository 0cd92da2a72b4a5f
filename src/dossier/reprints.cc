// Compares texts by the runs of words that both have.
#include "dossier/reprints.h"

#include <algorithm>
#include <map>
#include <string>

#include "dossier/kinds.h"

namespace polybius {
namespace {

constexpr std::size_t run_length = 4;
constexpr std::size_t keys_of_text = 24;   // least runs by which candidates are found
constexpr std::size_t most_with_key = 32;  // a run that more texts have is a phrase, no story

std::uint64_t mixed(std::uint64_t hash, std::string_view word) {
  for (const char letter : word) hash = (hash ^ static_cast<unsigned char>(letter)) * 0x100000001b3ULL;
  return (hash ^ 0x20) * 0x100000001b3ULL;
}

std::uint64_t spread(std::uint64_t hash) {
  hash ^= hash >> 33;
  hash *= 0xff51afd7ed558ccdULL;
  return hash ^ (hash >> 33);
}

bool are_alike(const TextSketch& left, const TextSketch& right) {
  if (left.runs.empty() || right.runs.empty()) return false;
  // Of long texts only the runs beneath both samples' ends can be compared.
  const std::uint64_t end = std::min(left.runs.size() == TextSketch::most ? left.runs.back() : UINT64_MAX,
                                     right.runs.size() == TextSketch::most ? right.runs.back() : UINT64_MAX);
  const auto count = [&](const TextSketch& sketch) {
    return static_cast<std::size_t>(std::upper_bound(sketch.runs.begin(), sketch.runs.end(), end) -
                                    sketch.runs.begin());
  };
  std::vector<std::uint64_t> shared;
  std::set_intersection(left.runs.begin(), left.runs.end(), right.runs.begin(), right.runs.end(),
                        std::back_inserter(shared));
  const std::size_t shorter = std::min(count(left), count(right));
  return shorter > 0 && 5 * shared.size() >= 3 * shorter;
}

}  // namespace

TextSketch sketch_of_text(std::string_view text) {
  const std::vector<std::string> words = words_in(text);
  TextSketch sketch;
  for (std::size_t first = 0; first + run_length <= words.size(); ++first) {
    std::uint64_t hash = 0xcbf29ce484222325ULL;
    for (std::size_t word = first; word < first + run_length; ++word) hash = mixed(hash, words[word]);
    sketch.runs.push_back(spread(hash));
  }
  std::sort(sketch.runs.begin(), sketch.runs.end());
  sketch.runs.erase(std::unique(sketch.runs.begin(), sketch.runs.end()), sketch.runs.end());
  if (sketch.runs.size() > TextSketch::most) sketch.runs.resize(TextSketch::most);
  return sketch;
}

std::vector<std::size_t> first_prints(std::span<const TextSketch* const> sketches) {
  std::map<std::uint64_t, std::vector<std::size_t>> by_key;
  std::vector<std::size_t> firsts(sketches.size());
  for (std::size_t number = 0; number < sketches.size(); ++number) {
    firsts[number] = number;
    const auto& runs = sketches[number]->runs;
    std::vector<std::size_t> candidates;
    for (std::size_t key = 0; key < std::min(runs.size(), keys_of_text); ++key) {
      auto& with_key = by_key[runs[key]];
      if (with_key.size() >= most_with_key) continue;
      candidates.insert(candidates.end(), with_key.begin(), with_key.end());
      with_key.push_back(number);
    }
    std::sort(candidates.begin(), candidates.end());
    candidates.erase(std::unique(candidates.begin(), candidates.end()), candidates.end());
    for (const std::size_t candidate : candidates) {
      if (firsts[candidate] != candidate || !are_alike(*sketches[candidate], *sketches[number])) continue;
      firsts[number] = candidate;
      break;
    }
  }
  return firsts;
}

}  // namespace polybius
