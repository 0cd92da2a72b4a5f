// What the resolvers of pronouns and nominals share: who is present at a point of the text.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "entities/mentions.h"
#include "entities/references.h"

namespace polybius {

/// Mentions that have an entity, by head token.
using Placed = std::map<std::uint32_t, std::uint32_t>;

/// How present an entity is.
struct Presence {
  std::uint32_t draft = 0;
  double weight = 0;
  std::uint32_t sentence_distance = 0;  ///< to its latest mention
  std::vector<std::uint32_t> mentions;  ///< those before, latest first; candidates
};

/// Entities mentioned before a token, within `reach` sentences, the latest mentioned first.
std::vector<Presence> recent_before(const Reading& reading, const Placed& placed, std::uint32_t token,
                                    std::uint32_t reach);

/// Entities mentioned before a token, within `reach` sentences, the most present first.
std::vector<Presence> presences_before(const Reading& reading, const Placed& placed, std::uint32_t token,
                                       std::uint32_t reach);
/// Entities that are arguments of the same verb: a pronoun there means somebody else.
std::vector<std::uint32_t> coarguments(const Reading& reading, std::uint32_t head);
/// The country that an entity is or belongs to, ISO 3166 alpha-3; empty if not known.
std::string country_of(const Reading& reading, const Draft& draft);
/// The entity that speaks the quotation around a token; -1 if none or unknown.
int speaker_draft(const Reading& reading, std::uint32_t token);

/// Whether a pronoun is the subject of a cue whose words stand before it: "..., he said".
bool closes_speech(const Reading& reading, std::uint32_t head);
/// All whom a word may mean that are not barred, with what is seen of each.
ReferenceChoice choice_for(const Reading& reading, const Placed& placed, std::uint32_t candidate,
                           const std::vector<std::uint32_t>& barred);
/// Whom the word means by the weights, -1 for nobody named before; keeps the choice if they are wanted.
int chosen_for(Reading& reading, const Placed& placed, std::uint32_t candidate,
               const std::vector<std::uint32_t>& barred);

void resolve_pronoun(Reading& reading, const Placed& placed, std::uint32_t candidate);
void resolve_nominal(Reading& reading, const Placed& placed, std::uint32_t candidate);

}  // namespace polybius
