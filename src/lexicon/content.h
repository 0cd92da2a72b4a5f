// What a Lexicon holds: images and the rules decoded from them.
#pragma once

#include <memory>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "lexicon/image.h"
#include "lexicon/lexicon.h"

namespace polybius {

/// Rules of one table and where to find them by the lemma of their head.
template <typename Rule>
struct RuleSet {
  std::vector<Rule> rules;
  std::unordered_map<std::string_view, std::vector<std::uint32_t>> by_head;

  std::span<const std::uint32_t> with_head(std::string_view lemma) const {
    const auto at = by_head.find(lemma);
    return at == by_head.end() ? std::span<const std::uint32_t>{} : at->second;
  }
};

struct Lexicon::Content {
  std::vector<std::shared_ptr<const LexiconImage>> images;  ///< the user's first, the built-in one last
  std::unordered_map<std::string_view, std::unordered_set<std::string_view>> classes;
  std::unordered_set<std::string_view> event_words;
  RuleSet<EventRule> events;
  RuleSet<StatusRule> statuses;
  RuleSet<PlanRule> plans;
  RuleSet<SpeechRule> speech;
};

/// Decodes the rules and classes of `images` into `content`, built-in ones first so that the user's win.
void decode_rules(const Lexicon& lexicon, Lexicon::Content& content);

}  // namespace polybius
