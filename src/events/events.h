// Who did what to whom, and did it happen: PLOVER events with status and reason.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "language/language.h"
#include "polybius/record.h"

namespace polybius {

/// What speaks for or against a find, each a number by a name of the table `event_evidence`.
struct Evidence {
  std::string_view name;
  double value = 0;
};

/// The tables by which finds are judged, read once for many documents: `event_evidence`, how much each piece
/// weighs, in log odds, fitted by bench/calibration.py; and what a user's tables add. Threads: safe. The
/// lexicon must outlive it.
class Judge {
 public:
  explicit Judge(const Lexicon& lexicon);
  /// How likely a find is right, 0 to 1.
  double confidence_of(const std::vector<Evidence>& evidence) const;
  /// Whether a row stands in a user's own table: whoever writes one means it.
  bool is_of_user(const Row& row) const;
  /// Whether a user brought another program's dictionary of actors.
  bool has_actors_of_user() const {
    return !user_actors_.empty();
  }
  /// Whether an entity is an actor of that dictionary, or one of its actors in a role ("ministers of Arnor").
  bool is_of_user(const Entity& entity) const;

 private:
  std::vector<Row> user_rows_;                                // in order
  std::vector<std::string> user_actors_;                      // codes, in order
  std::vector<std::pair<std::string_view, double>> weights_;  // by name
};

/// Finds events; ids "v1", "v2", ... in text order. `plan` is filled later (plans).
///
/// Mentions of one event are one event with several triggers. `said_by` is the innermost statement that holds
/// the trigger. Errors: none, whatever the text. Threads: safe. Source: PLOVER manual; CONTRACT, "Type and
/// status".
std::vector<Event> find_events(const Analysis& analysis, std::span<const Entity> entities,
                               std::span<const Time> times, std::span<const Statement> statements,
                               const Judge& judge, const Lexicon& lexicon);

/// Which event the first of two marked places directs at the second; either may be absent. PLOVER's own rule
/// holds: future cooperation is AGREE. `status` is that of the act.
///
/// Spans lie within the text and are not empty. Errors: none, whatever the text. Threads: each with its own
/// workspace. Cost: one pass of the pair model, whatever the text's length.
Relation relate_pair(const Text& text, std::optional<Span> actor, std::optional<Span> recipient,
                     const Encoder& encoder, const PairReader& reader, PairWorkspace& workspace,
                     const Lexicon& lexicon);

}  // namespace polybius
