// Questions that stages ask of an analysis, and the names of its enumerations.
#include <algorithm>
#include <array>

#include "language/language.h"

namespace polybius {
namespace {

constexpr std::array<std::string_view, 17> kUpos = {"ADJ",   "ADP",   "ADV", "AUX",  "CCONJ", "DET",
                                                    "INTJ",  "NOUN",  "NUM", "PART", "PRON",  "PROPN",
                                                    "PUNCT", "SCONJ", "SYM", "VERB", "X"};
constexpr std::array<std::string_view, 4> kNameKinds = {"PER", "ORG", "LOC", "NORP"};

}  // namespace

bool Token::is(std::string_view feature) const {
  std::string_view rest = feats;
  while (!rest.empty()) {
    const std::size_t bar = std::min(rest.find('|'), rest.size());
    if (rest.substr(0, bar) == feature) return true;
    rest.remove_prefix(std::min(bar + 1, rest.size()));
  }
  return false;
}

bool Token::depends_as(std::string_view name) const {
  if (!std::string_view(deprel).starts_with(name)) return false;
  return deprel.size() == name.size() || deprel[name.size()] == ':';
}

int Analysis::child(std::uint32_t token, std::string_view deprel) const {
  if (token >= children.size()) return -1;
  for (const std::uint32_t below : children[token]) {
    if (tokens[below].depends_as(deprel)) return static_cast<int>(below);
  }
  return -1;
}

std::vector<std::uint32_t> Analysis::subtree_tokens(std::uint32_t token) const {
  std::vector<std::uint32_t> found = {token};
  std::vector<bool> seen(tokens.size(), false);
  seen[token] = true;
  for (std::size_t i = 0; i < found.size(); ++i) {
    for (const std::uint32_t below : children[found[i]]) {
      if (seen[below]) continue;
      seen[below] = true;
      found.push_back(below);
    }
  }
  std::sort(found.begin(), found.end());
  return found;
}

Span Analysis::subtree(std::uint32_t token) const {
  const std::vector<std::uint32_t> below = subtree_tokens(token);
  return {tokens[below.front()].span.begin, tokens[below.back()].span.end};
}

int Analysis::token_at(std::uint32_t offset) const {
  const auto after =
      std::upper_bound(tokens.begin(), tokens.end(), offset,
                       [](std::uint32_t at, const Token& token) { return at < token.span.begin; });
  return static_cast<int>(after - tokens.begin()) - 1;
}

std::uint32_t Analysis::sentence_at(std::uint32_t offset) const {
  const auto after =
      std::upper_bound(sentences.begin(), sentences.end(), offset,
                       [](std::uint32_t at, const Sentence& sentence) { return at < sentence.span.begin; });
  return after == sentences.begin() ? 0 : static_cast<std::uint32_t>(after - sentences.begin()) - 1;
}

std::string_view Analysis::words(std::uint32_t first, std::uint32_t last) const {
  if (first >= last || last > tokens.size()) return {};
  return text.slice({tokens[first].span.begin, tokens[last - 1].span.end});
}

std::pair<std::uint32_t, std::uint32_t> matches_at(const std::vector<RuleMatch>& matches,
                                                   std::uint32_t head) {
  const auto less = [](const RuleMatch& match, std::uint32_t token) { return match.head < token; };
  const auto begin = std::lower_bound(matches.begin(), matches.end(), head, less);
  auto end = begin;
  while (end != matches.end() && end->head == head) ++end;
  return {static_cast<std::uint32_t>(begin - matches.begin()),
          static_cast<std::uint32_t>(end - matches.begin())};
}

void link_children(Analysis& analysis) {
  analysis.children.assign(analysis.tokens.size(), {});
  for (std::uint32_t i = 0; i < analysis.tokens.size(); ++i) {
    const int head = analysis.tokens[i].head;
    if (head >= 0 && static_cast<std::size_t>(head) < analysis.tokens.size()) {
      analysis.children[static_cast<std::size_t>(head)].push_back(i);
    }
  }
}

std::string_view name_of(Upos upos) {
  return kUpos[static_cast<std::size_t>(upos)];
}

std::optional<Upos> upos_of(std::string_view name) {
  const auto* const found = std::find(kUpos.begin(), kUpos.end(), name);
  if (found == kUpos.end()) return std::nullopt;
  return static_cast<Upos>(found - kUpos.begin());
}

std::string_view name_of(NameKind kind) {
  return kNameKinds[static_cast<std::size_t>(kind)];
}

}  // namespace polybius
