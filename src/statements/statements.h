// Who said or thought what, whatever the quotation marks do.
#pragma once

#include <memory>
#include <span>
#include <vector>

#include "language/language.h"
#include "polybius/record.h"

namespace polybius {

class BorderModel;

/// What the stage takes from the lexicon once for many documents. Threads: safe.
class StatementTables {
 public:
  explicit StatementTables(const Lexicon& lexicon);
  const BorderModel& borders() const {
    return *borders_;
  }

 private:
  std::shared_ptr<const BorderModel> borders_;
};

/// Finds attributed statements and attitudes; ids "s1", "s2", ... in text order. `time` and `events` are
/// filled later (coder).
///
/// `warnings`  gets `scrambled_quotes` where quotation marks cannot be what was meant.
/// Errors: none, whatever the text. Threads: safe.
std::vector<Statement> find_statements(const Analysis& analysis, std::span<const Entity> entities,
                                       const StatementTables& tables, const Lexicon& lexicon,
                                       std::vector<Warning>& warnings);

}  // namespace polybius
