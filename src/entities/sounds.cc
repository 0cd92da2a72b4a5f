// How alike two names are: by sound and by spelling.
#include <algorithm>
#include <vector>

#include "entities/mentions.h"
#include "text/text.h"

namespace polybius {
namespace {

/// Groups of letters that sound alike, longest first; a simplified Metaphone for names from many languages.
struct Sound {
  std::string_view letters;
  std::string_view key;
};
constexpr Sound kSounds[] = {
    {"tsch", "X"}, {"shch", "X"}, {"sch", "X"}, {"tch", "X"}, {"zh", "X"}, {"kh", "H"}, {"ch", "X"},
    {"sh", "X"},   {"ph", "F"},   {"gh", "K"},  {"th", "T"},  {"dh", "T"}, {"ts", "S"}, {"tz", "S"},
    {"dj", "J"},   {"dz", "S"},   {"ck", "K"},  {"qu", "K"},  {"wh", "F"}, {"x", "KS"}, {"c", "K"},
    {"q", "K"},    {"k", "K"},    {"g", "K"},   {"b", "P"},   {"p", "P"},  {"v", "F"},  {"w", "F"},
    {"f", "F"},    {"d", "T"},    {"t", "T"},   {"z", "S"},   {"s", "S"},  {"j", "J"},  {"h", ""},
    {"l", "L"},    {"m", "M"},    {"n", "N"},   {"r", "R"},
};

}  // namespace

std::string sound_key(std::string_view name) {
  const std::string letters = folded(name);
  std::string key;
  for (std::size_t at = 0; at < letters.size();) {
    const std::string_view rest = std::string_view(letters).substr(at);
    const auto* sound =
        std::ranges::find_if(kSounds, [&](const Sound& one) { return rest.starts_with(one.letters); });
    if (sound == std::end(kSounds)) {
      // A vowel counts only at the start, all vowels alike.
      if (key.empty() && std::string_view("aeiouy").find(letters[at]) != std::string_view::npos) key = "A";
      ++at;
      continue;
    }
    if (!key.ends_with(sound->key) || sound->key.empty()) key += sound->key;
    at += sound->letters.size();
  }
  return key;
}

std::uint32_t edit_distance(std::string_view left, std::string_view right) {
  const std::size_t width = right.size() + 1;
  std::vector<std::uint32_t> cells((left.size() + 1) * width);
  const auto cell = [&](std::size_t row, std::size_t column) -> std::uint32_t& {
    return cells[row * width + column];
  };
  for (std::size_t row = 0; row <= left.size(); ++row) cell(row, 0) = static_cast<std::uint32_t>(row);
  for (std::size_t column = 0; column < width; ++column) cell(0, column) = static_cast<std::uint32_t>(column);
  for (std::size_t row = 1; row <= left.size(); ++row) {
    for (std::size_t column = 1; column < width; ++column) {
      const std::uint32_t change = left[row - 1] == right[column - 1] ? 0 : 1;
      std::uint32_t best = std::min(
          {cell(row - 1, column) + 1, cell(row, column - 1) + 1, cell(row - 1, column - 1) + change});
      if (row > 1 && column > 1 && left[row - 1] == right[column - 2] && left[row - 2] == right[column - 1]) {
        best = std::min(best, cell(row - 2, column - 2) + 1);
      }
      cell(row, column) = best;
    }
  }
  return cell(left.size(), width - 1);
}

}  // namespace polybius
