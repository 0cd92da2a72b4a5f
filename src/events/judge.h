// Whether a candidate is an event, and how surely: the pattern and the learned head judge together.
#pragma once

#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "events/frame.h"
#include "events/parties.h"

namespace polybius {

/// What the learned head says of words.
class LearnedEvents {
 public:
  explicit LearnedEvents(const Analysis& analysis) : analysis_(analysis) {}
  /// Whether the model reads events at all (it reads attributions then, too); if not, patterns judge alone.
  bool present() const {
    return !analysis_.said.empty();
  }
  /// Nothing if the head sees no event there.
  const EventWord* at(std::uint32_t token) const;
  /// The share, per mille, of one type at a word; of a type that is not the likeliest at most what others
  /// leave.
  int share_of(std::uint32_t token, EventType type) const;

 private:
  const Analysis& analysis_;
};

/// How much less a find is worth for where it stands, in percent.
class Surroundings {
 public:
  Surroundings(const Analysis& analysis, std::span<const Entity> entities, std::span<const Time> times);
  /// 40 in a text that hardly names anybody who acts in politics, 20 in one that names few; 30 more for what
  /// is dated long ago, and for all that a text tells whose dates all lie there.
  int discount_of(const std::optional<EventTime>& time) const;

 private:
  int text_ = 0;
  int latest_ = 0;  // the latest year that the text's times name; 0 if none
};

/// How strong a pattern's find is by itself, in percent: 50, and for each: a coded actor +15, a coded
/// recipient or second party +15, a pattern of several words +8, a verb or a noun with a light verb +5,
/// status by an explicit cue +2; a weak rule -15, nobody coded -20.
int strength_of(const EventRule& rule, const EventFrame& frame, const Parties& parties,
                const MentionIndex& mentions, const WordStatus& status);

/// How strong a find of the learned head alone is: 20, and for each coded side 30, each named one 15.
int strength_of(const Parties& parties, const MentionIndex& mentions);

/// The table `event_confidence`, read once a document: how many of such finds are right.
class ConfidenceTable {
 public:
  explicit ConfidenceTable(const Lexicon& lexicon);
  /// Of the row with the greatest strength, then share, that the find reaches; 0 if there is none.
  double of(std::string_view by, int strength, int share) const;

 private:
  struct Cell {
    std::string_view by;
    int strength = 0;
    int share = 0;
    double confidence = 0;
  };
  std::vector<Cell> cells_;
};

/// Whether parties and surroundings make a pattern's find an event of politics, not of sport or fiction: the
/// judge where there is no learned head.
bool is_political(const Analysis& analysis, const EventFrame& frame, const EventRule& rule,
                  const Parties& parties, const MentionIndex& mentions);

}  // namespace polybius
