// What every step of the room looks at: one document with its indices, and the tables.
#pragma once

#include <span>

#include "events/circumstances.h"
#include "events/coding.h"
#include "events/judge.h"
#include "events/parties.h"

namespace polybius {

struct Reader {
  const Analysis& analysis;
  const Lexicon& lexicon;
  MentionIndex mentions;
  TimeIndex times;
  Ontology ontology;
  LearnedEvents learned;
  const Judge& judge;
  Surroundings surroundings;
  std::span<const Entity> entities;
  std::span<const Statement> statements;
};

/// The innermost statement that holds a word; nullptr if there is none.
const Statement* statement_at(const Reader& reader, std::uint32_t token);

/// The entity that makes a statement, an index into `entities`; -1 if it is not known.
int speaker_of(const Reader& reader, const Statement& statement);

Reader reader_of(const Analysis& analysis, std::span<const Entity> entities, std::span<const Time> times,
                 std::span<const Statement> statements, const Judge& judge, const Lexicon& lexicon);

}  // namespace polybius
