// Takes from the learned head what the rules leave open.
#include "events/learned.h"

#include <algorithm>

namespace polybius {
namespace {

// Shares per mille from which the head is believed; set on the development themes of training/corpus.
constexpr int fills_side = 500;   // an empty side takes a linked party
constexpr int moves_party = 850;  // a party that a slot put on the other side
constexpr int decides_status = 700;
constexpr int adds_mode = 500;
constexpr int changes_mode = 850;

bool holds(const std::vector<int>& side, int entity) {
  return std::find(side.begin(), side.end(), entity) != side.end();
}

void drop(std::vector<int>& side, int entity) {
  side.erase(std::remove(side.begin(), side.end(), entity), side.end());
}

/// Adds those that stand on neither side.
void add_new(std::vector<int>& side, const std::vector<int>& entities, const std::vector<int>& other) {
  for (const int entity : entities) {
    if (!holds(side, entity) && !holds(other, entity)) side.push_back(entity);
  }
}

/// Moves those that the head links to the other side, unless it links them to this one too.
void move_linked(std::vector<int>& from, std::vector<int>& to, const std::vector<int>& entities,
                 const std::vector<int>& stay) {
  for (const int entity : entities) {
    if (holds(stay, entity) || !holds(from, entity)) continue;
    drop(from, entity);
    to.push_back(entity);
  }
}

std::vector<int> linked(const EventWord& word, bool recipient, int least, const MentionIndex& mentions) {
  std::vector<int> found;
  for (const EventParty& party : word.parties) {
    if (party.recipient != recipient || party.share < least) continue;
    const int entity = mentions.phrase_entity(party.word, !recipient);
    if (entity >= 0 && !holds(found, entity)) found.push_back(entity);
  }
  return found;
}

bool is_mode_of(std::string_view mode, EventType type, const Lexicon& lexicon) {
  for (const Row& row : lexicon.rows("plover_modes")) {
    if (row["mode"] == mode && row["type"] == name_of(type)) return true;
  }
  return false;
}

bool names_lemma(const EventRule& rule, const std::string& lemma) {
  return std::any_of(rule.pattern.words.begin(), rule.pattern.words.end(), [&](const PatternWord& word) {
    return std::find(word.forms.begin(), word.forms.end(), lemma) != word.forms.end();
  });
}

}  // namespace

EventRule bare_rule(EventType type, bool noun) {
  EventRule rule;
  rule.pos = noun ? RulePos::noun : RulePos::verb;
  rule.type = type;
  rule.actor = default_actor(noun);
  rule.recipient = default_recipient(noun);
  return rule;
}

void add_linked_parties(Parties& parties, const EventWord& word, bool mutual, const MentionIndex& mentions) {
  const std::vector<int> actors = linked(word, false, fills_side, mentions);
  const std::vector<int> recipients = linked(word, true, fills_side, mentions);
  if (mutual) {  // all who take part stand on one side
    if (parties.actor.empty()) {
      for (const int entity : recipients) {
        if (!holds(actors, entity) && !actors.empty()) parties.opposite.push_back(entity);
      }
    }
    // Where the words name two, the head adds only those of whom it is sure.
    const int least = parties.actor.size() > 1 ? moves_party : fills_side;
    add_new(parties.actor, linked(word, false, least, mentions), parties.recipient);
    add_new(parties.actor, linked(word, true, least, mentions), parties.recipient);
    return;
  }
  move_linked(parties.actor, parties.recipient, linked(word, true, moves_party, mentions), actors);
  move_linked(parties.recipient, parties.actor, linked(word, false, moves_party, mentions), recipients);
  if (parties.actor.empty()) add_new(parties.actor, actors, parties.recipient);
  if (parties.recipient.empty()) add_new(parties.recipient, recipients, parties.actor);
}

bool settle_status(WordStatus& status, const EventWord& word) {
  const auto said = status_of(word.status);
  if (!said || word.status_share < decides_status || *said == status.status) return false;
  if (*said == Status::occurred)
    return false;  // what may not have happened is not told as done on the head's word alone
  // What rules read from tense, negation and cues stands; what they merely assume gives way.
  const bool assumed = status.cues.empty() && status.words.empty();
  // "We will block every road": whether a mere future is meant as a menace the rules cannot tell.
  const bool menace = *said == Status::threatened && status.status == Status::planned && status.cues.empty();
  if (assumed || menace) status.status = *said;
  return assumed || menace;
}

std::string mode_by(const EventRule& rule, const EventWord& word, const Lexicon& lexicon) {
  std::string mode(rule.mode);
  if (word.mode.empty() || word.mode == "-" || word.mode == mode) return mode;
  if (word.mode_share < (mode.empty() ? adds_mode : changes_mode)) return mode;
  return is_mode_of(word.mode, rule.type, lexicon) ? word.mode : mode;
}

const EventRule* nearest_rule(const Analysis& analysis, std::uint32_t token, EventType type,
                              const Lexicon& lexicon) {
  std::vector<std::uint32_t> words{token};
  words.insert(words.end(), analysis.children[token].begin(), analysis.children[token].end());
  for (const std::uint32_t word : words) {
    if (analysis.tokens[word].upos != Upos::NOUN && analysis.tokens[word].upos != Upos::VERB) continue;
    for (const EventRule& rule : lexicon.event_rules()) {
      if (rule.type == type && names_lemma(rule, analysis.tokens[word].lemma)) return &rule;
    }
  }
  return nullptr;
}

}  // namespace polybius
