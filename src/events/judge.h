// Whether a candidate is an event, and how surely: the pattern and the learned head judge together.
#pragma once

#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "events/events.h"
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

/// What the text around a find says for or against news of politics.
struct Setting {
  bool few_act = false;         ///< the text names few who act in politics
  bool hardly_any_act = false;  ///< it names hardly anybody
  bool sport = false;           ///< the sentence has a word of the class `sport`
  bool brief = false;           ///< an alert or a paragraph, which tells a thing once
  bool long_text = false;       ///< so long that what matters in it is told more than once
  bool long_ago = false;        ///< the find is dated long ago, or all that the text tells
};

class Surroundings {
 public:
  Surroundings(const Analysis& analysis, std::span<const Entity> entities, std::span<const Time> times,
               const Lexicon& lexicon);
  Setting setting_of(const std::optional<EventTime>& time, std::uint32_t sentence) const;

 private:
  Setting text_;
  std::vector<bool> sport_;  // by sentence
  int latest_ = 0;           // the latest year that the text's times name; 0 if none
};

/// How strong a pattern's find is by itself, in percent: 50, and for each: a coded actor +15, a coded
/// recipient or second party +15, a pattern of several words +8, a verb or a noun with a light verb +5,
/// status by an explicit cue +2; a weak rule -15, nobody coded -20. The judge where there is no learned head.
int strength_of(const EventRule& rule, const EventFrame& frame, const Parties& parties,
                const MentionIndex& mentions, const WordStatus& status);

/// What is judged: a row's match or a word of the head, as far as it has been read.
struct ProposedEvent {
  const RuleMatch& match;
  const EventRule& rule;
  const EventFrame& frame;
  const Parties& parties;
  const EventWord* word = nullptr;  ///< what the head says there; nullptr if nothing
  int elsewhere = 0;                ///< the type's share, per mille, at another word of the pattern
  bool by_row = false;              ///< a row of `events` found it, not the head alone
  Setting setting;
  const WordStatus& status;
};

/// The evidence on a candidate. Cost: linear in its words.
std::vector<Evidence> evidence_on(const Analysis& analysis, const MentionIndex& mentions,
                                  const LearnedEvents& learned, const ProposedEvent& candidate);

/// Whether parties and surroundings make a pattern's find an event of politics, not of sport or fiction: the
/// judge where there is no learned head.
bool is_political(const Analysis& analysis, const EventFrame& frame, const EventRule& rule,
                  const Parties& parties, const MentionIndex& mentions);

}  // namespace polybius
