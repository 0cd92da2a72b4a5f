// Surface tokens that are several words: "don't" is "do" and "n't", "cannot" is "can" and "not".
#include <algorithm>
#include <array>

#include "language/shapes.h"
#include "language/tokenise.h"

namespace polybius {
namespace {

struct Contraction {
  std::string_view form;
  std::uint32_t cut;       ///< where the second word begins
  std::uint32_t cut2 = 0;  ///< where the third begins, 0 if there is none
};

// Those without an apostrophe, or cut where no apostrophe stands.
constexpr std::array<Contraction, 49> kContractions = {{
    {"cannot", 3},   {"gonna", 3},  {"wanna", 3},   {"gotta", 3},  {"gimme", 3},    {"lemme", 3},
    {"dunno", 2, 3}, {"outta", 3},  {"dont", 2},    {"im", 1},     {"wont", 2},     {"cant", 2},
    {"ive", 1},      {"didnt", 3},  {"thats", 4},   {"theres", 5}, {"hes", 2},      {"shes", 3},
    {"doesnt", 4},   {"youre", 3},  {"couldnt", 5}, {"youll", 3},  {"aint", 2},     {"wouldnt", 5},
    {"whats", 4},    {"theyre", 4}, {"itll", 2},    {"heres", 4},  {"arent", 3},    {"isnt", 2},
    {"wasnt", 3},    {"werent", 4}, {"hasnt", 3},   {"havent", 4}, {"shouldnt", 6}, {"theyll", 4},
    {"youve", 3},    {"weve", 2},   {"theyve", 4},  {"hadnt", 3},  {"elses", 4},    {"wheres", 5},
    {"whos", 3},     {"'tis", 2},   {"'twas", 2},   {"c'mon", 3},  {"y'all", 2},    {"d'ye", 2},
    {"todays", 5},
}};

const Contraction* contraction_of(std::string_view form) {
  const auto* const found = std::find_if(kContractions.begin(), kContractions.end(),
                                         [&](const Contraction& entry) { return entry.form == form; });
  return found == kContractions.end() ? nullptr : found;
}

// Code points that the clitic at the end of `low` takes; 0 if there is none.
std::uint32_t clitic_length(std::string_view low) {
  if (low.size() > 3 && low.ends_with("n't")) return 3;
  for (const std::string_view clitic : {"'s", "'m", "'d", "'re", "'ve", "'ll"}) {
    if (low.size() > clitic.size() && low.ends_with(clitic)) return static_cast<std::uint32_t>(clitic.size());
  }
  if (low.size() > 2 && low.ends_with("s'")) return 1;
  if (low.size() > 2 && (low.ends_with("z'") || low.ends_with("x'"))) return 1;
  return 0;
}

bool is_decade(std::string_view low) {
  return low.size() >= 4 && low.ends_with("0's") &&
         std::all_of(low.begin(), low.end() - 3, [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace

std::vector<Span> words_of(std::u32string_view codes, Span token) {
  const std::string low = ascii_lower(codes.substr(token.begin, token.size()));
  if (const Contraction* entry = contraction_of(low)) {
    const std::uint32_t cut = token.begin + entry->cut;
    if (entry->cut2 == 0) return {{token.begin, cut}, {cut, token.end}};
    const std::uint32_t cut2 = token.begin + entry->cut2;
    return {{token.begin, cut}, {cut, cut2}, {cut2, token.end}};
  }
  if (is_decade(low) || low.find("'") == std::string::npos) return {token};
  std::vector<Span> words;
  std::uint32_t end = token.end;
  // "wouldn't've" has two clitics.
  for (int round = 0; round < 2; ++round) {
    const std::uint32_t length = clitic_length(std::string_view(low).substr(0, end - token.begin));
    if (length == 0) break;
    words.push_back({end - length, end});
    end -= length;
  }
  words.push_back({token.begin, end});
  std::reverse(words.begin(), words.end());
  return words;
}

}  // namespace polybius
