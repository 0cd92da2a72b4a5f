// Which entity a word of a frame stands for.
#pragma once

#include <span>
#include <vector>

#include "events/frame.h"
#include "polybius/record.h"

namespace polybius {

/// Mentions by token, so that a slot's filler finds its entity at once.
class MentionIndex {
 public:
  MentionIndex(const Analysis& analysis, std::span<const Entity> entities, const Lexicon& lexicon);
  /// The entity (index) that a phrase's head stands for; -1 if there is none. Follows "members of Hezbollah",
  /// "Israeli soldiers".
  int entity_of(std::uint32_t token, bool acts = false) const;
  /// The entity that the phrase of a word stands for: of "German" in "German Chancellor Merz" the chancellor.
  int phrase_entity(std::uint32_t token, bool acts) const;
  /// The two that "the two leaders" or "both sides" stands for: the last two of their kind named before;
  /// empty if none.
  std::vector<int> pair_at(std::uint32_t token) const;
  /// The entity whose mention's head is the word, and no other way; -1 if there is none.
  int named_at(std::uint32_t token) const;
  const Entity& operator[](int entity) const {
    return entities_[static_cast<std::size_t>(entity)];
  }
  /// Whether the word is part of a name, not only of a description.
  bool is_in_name(std::uint32_t token) const {
    return in_name_[token];
  }
  /// Whether a sentence mentions somebody who acts in politics.
  bool political_sentence(std::uint32_t sentence) const;
  /// Whether the document does anywhere.
  bool political_document() const;

 private:
  /// Lengths of the mentions that the index holds so far, by token.
  struct Sizes {
    std::vector<std::uint32_t> head;
    std::vector<std::uint32_t> cover;
  };
  void add(int entity, const Mention& mention, Sizes& sizes);
  int inside(std::uint32_t token, bool acts) const;
  /// Whether a word stands for what follows "of": "members of Hezbollah", "two of the soldiers".
  bool is_part(const Token& token) const;

  const Analysis& analysis_;
  const Lexicon& lexicon_;
  std::span<const Entity> entities_;
  std::vector<int> by_head_;   // entity of the longest mention with that head
  std::vector<int> covering_;  // entity of the shortest mention that covers the token
  std::vector<bool> in_name_;
  std::vector<bool> political_;
};

/// Whether an entity bears a code that makes it an actor.
bool is_coded(const Entity& entity);

/// Entities of one side of an event, by index, in the order found.
struct Parties {
  std::vector<int> actor;
  std::vector<int> recipient;
  std::vector<int> opposite;  ///< of a mutual event: those of `actor` that another meets, "met the emir"
};

/// Where no slot names a recipient: the nearest coded one within the phrases that fill the slots, "criticized
/// the arrest of a poet in Chad"; of an act of speech then one within what it speaks of, "refused to meet the
/// emir".
void add_inner_recipient(Parties& parties, const Analysis& analysis, const EventFrame& frame,
                         const EventRule& rule, const MentionIndex& mentions);

/// Fills actor and recipient by the rule's slots, the first that names an entity of each.
Parties parties_of(const Analysis& analysis, const EventFrame& frame, const EventRule& rule,
                   const MentionIndex& mentions);

}  // namespace polybius
