// The slots of an event rule, filled from the tree.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "language/language.h"

namespace polybius {

/// An event match with what its slots are looked for in.
struct EventFrame {
  std::uint32_t head = 0;
  bool noun = false;
  bool mutual = false;
  LightVerb light;    ///< of a noun: the verb that lends it a subject
  int governor = -1;  ///< of a noun: the verb of a cue whose subject takes part ("cancelled the summit")
  std::vector<std::uint32_t> own;          ///< words of the pattern itself: never fillers
  std::vector<std::uint32_t> attachments;  ///< words whose phrases may fill a preposition's slot
};

EventFrame frame_of(const Analysis& analysis, const RuleMatch& match, const EventRule& rule,
                    const Lexicon& lexicon);

/// The heads of the phrases that fill a slot, those joined by "and" one by one; text order.
std::vector<std::uint32_t> slot_fillers(const Analysis& analysis, const EventFrame& frame,
                                        std::string_view slot);

/// A phrase's head and the heads joined to it: "Britain, France and Germany".
std::vector<std::uint32_t> joined_heads(const Analysis& analysis, std::uint32_t token);

/// Whether the pattern names the word itself, not merely a class or any event.
bool pattern_names(const EventRule& rule, const Token& token);

/// Whether the pattern names the word that two parts of a hyphened one make: "sit-in".
bool pattern_names_hyphened(const EventRule& rule, const Analysis& analysis, std::uint32_t one,
                            std::uint32_t other);

}  // namespace polybius
