// Who and what a text names: mentions grouped into entities, with codes and dated roles.
#pragma once

#include <memory>
#include <optional>
#include <vector>

#include "gazetteer/gazetteer.h"
#include "language/language.h"
#include "polybius/date.h"
#include "polybius/record.h"

namespace polybius {

/// What the stage takes from the lexicon once for many documents: weights of references and places, offices
/// by the nouns that name them. Threads: safe. The lexicon must outlive it.
class EntityTables {
 public:
  struct Parts;
  explicit EntityTables(const Lexicon& lexicon);
  const Parts& parts() const {
    return *parts_;
  }

 private:
  std::shared_ptr<const Parts> parts_;
};

/// Finds mentions (names, nominals, pronouns) and groups them; ids "e1", "e2", ... in order of first mention.
///
/// `published`  the day on which roles are looked up; if absent, the latest known holders count.
/// `warnings`   gets `garbled_name` where a name was matched in spite of its spelling.
/// Errors: none, whatever the text. Threads: safe.
std::vector<Entity> find_entities(const Analysis& analysis, std::optional<Date> published,
                                  const EntityTables& tables, const Lexicon& lexicon,
                                  const Gazetteer& gazetteer, std::vector<Warning>& warnings);

}  // namespace polybius
