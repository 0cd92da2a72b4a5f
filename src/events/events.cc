// Turns the event rules that match a text into events: who, whom, when, where, and what became of it.
#include "events/events.h"

#include <algorithm>
#include <string>

#include "events/circumstances.h"
#include "events/coding.h"
#include "events/frame.h"
#include "events/judge.h"
#include "events/learned.h"
#include "events/merge.h"
#include "events/parties.h"

namespace polybius {
namespace {

/// Whether the word heads a noun rule of the type, so that it names the same event as the verb beside it.
bool names_same_event(const Lexicon& lexicon, const Token& token, EventType type) {
  const auto rules = lexicon.event_rules_of(token.lemma);
  return std::any_of(rules.begin(), rules.end(), [&](std::uint32_t number) {
    const EventRule& rule = lexicon.event_rules()[number];
    return rule.pos == RulePos::noun && rule.type == type;
  });
}

/// Whether the word is the head of an event of another type: "warned of sanctions" leaves "sanctions" its
/// own.
bool is_other_event(const Analysis& analysis, const Lexicon& lexicon, std::uint32_t token, EventType type) {
  const auto [first, last] = matches_at(analysis.event_matches, token);
  return first != last && lexicon.event_rules()[analysis.event_matches[first].rule].type != type;
}

std::vector<Span> trigger_of(const Analysis& analysis, const RuleMatch& match, const EventFrame& frame,
                             EventType type, const Lexicon& lexicon) {
  std::vector<std::uint32_t> tokens{frame.head};
  for (const std::uint32_t token : match.tokens) {
    const bool own = std::find(frame.own.begin(), frame.own.end(), token) != frame.own.end();
    if (token != frame.head && !own && names_same_event(lexicon, analysis.tokens[token], type))
      tokens.push_back(token);
  }
  for (const std::uint32_t token : frame.own) {
    const Upos upos = analysis.tokens[token].upos;
    const bool bare = upos == Upos::ADP || upos == Upos::PART || upos == Upos::SCONJ;
    const bool particle = analysis.tokens[token].depends_as("compound:prt");
    const bool other = is_other_event(analysis, lexicon, token, type);
    if (token != frame.head && !other && (!bare || particle)) tokens.push_back(token);
  }
  std::sort(tokens.begin(), tokens.end());
  std::vector<Span> spans;
  std::uint32_t last = 0;
  for (const std::uint32_t token : tokens) {
    const Span span = analysis.tokens[token].span;
    if (!spans.empty() && token == last + 1) {
      spans.back().end = span.end;
    } else {
      spans.push_back(span);
    }
    last = token;
  }
  return spans;
}

/// What a phrase of `plan_cues` in the sentence says of a noun: "A summit ... It is not completely ruled
/// out".
std::optional<Status> said_by_phrase(const Analysis& analysis, std::uint32_t noun, const Lexicon& lexicon) {
  for (const RuleMatch& match : analysis.plan_matches) {
    if (analysis.tokens[match.head].sentence != analysis.tokens[noun].sentence || match.head < noun) continue;
    int subject = -1;
    for (const std::uint32_t token : match.tokens) {
      if (subject < 0 && analysis.tokens[token].upos != Upos::AUX) subject = subject_of(analysis, token);
    }
    const bool stands_for =
        subject >= 0 && (analysis.tokens[subject].lower == "it" || analysis.tokens[subject].lower == "this");
    const Token& word = analysis.tokens[noun];
    const bool loose =
        word.head < 0 || word.depends_as("dislocated") || word.depends_as("nsubj") || word.depends_as("obj");
    if (subject != static_cast<int>(noun) && !(stands_for && loose)) continue;
    switch (lexicon.plan_rules()[match.rule].status) {
      case PlanStatus::not_ruled_out:
      case PlanStatus::proposed:
        return Status::hypothetical;
      case PlanStatus::announced:
      case PlanStatus::confirmed:
        return Status::planned;
      case PlanStatus::postponed:
        return Status::postponed;
      case PlanStatus::cancelled:
        return Status::cancelled;
      default:
        break;
    }
  }
  return std::nullopt;
}

bool is_hostile(EventType type) {
  return type == EventType::ASSAULT || type == EventType::COERCE || type == EventType::SANCTION ||
         type == EventType::MOBILIZE || type == EventType::THREATEN;
}

bool decided_by_class(const Analysis& analysis, const WordStatus& status, const Lexicon& lexicon,
                      std::string_view name) {
  return !status.cues.empty() &&
         lexicon.in_class(analysis.tokens[analysis.status_matches[status.cues.front()].head].lemma, name);
}

/// "will strike unless ...": a hostile act on a condition is a threat.
bool on_condition(const Analysis& analysis, std::uint32_t token) {
  return std::any_of(
      analysis.children[token].begin(), analysis.children[token].end(), [&](std::uint32_t child) {
        const std::string mark = marker_of(analysis, child);
        return analysis.tokens[child].depends_as("advcl") && (mark == "if" || mark == "unless");
      });
}

/// Status of the match: its word's, seen with the event's type. What lies ahead by its date is not yet; a
/// state is under way; a vow of violence is a threat; and what is announced or confirmed of a deed is that it
/// was done.
WordStatus status_of_match(const Analysis& analysis, const EventFrame& frame, const EventRule& rule,
                           const TimeIndex& times, const Lexicon& lexicon) {
  WordStatus status = status_of_word(analysis, frame.head, lexicon);
  const bool hostile = is_hostile(rule.type);
  const bool conditional = status.status == Status::planned || status.status == Status::hypothetical;
  const bool menacing = hostile || rule.type == EventType::PROTEST;
  if (conditional && menacing && status.cues.empty() && on_condition(analysis, frame.head)) {
    status.status = Status::threatened;
  } else if (status.status == Status::planned && hostile) {
    if (decided_by_class(analysis, status, lexicon, "vowing")) {
      status.status = Status::threatened;
    } else if (frame.noun && decided_by_class(analysis, status, lexicon, "disclosing")) {
      status.status = Status::occurred;
    }
  }
  const Token& word = analysis.tokens[frame.head];
  const bool unfixed = frame.noun || word.is("Tense=Pres");
  const bool open = status.status == Status::occurred || status.status == Status::ongoing;
  if (open && frame.noun) {
    const auto said = said_by_phrase(analysis, frame.head, lexicon);
    if (said) status.status = *said;
  }
  // "They meet Monday": a present tense with a day is a timetable.
  const bool timetable =
      !frame.noun && word.is("Tense=Pres") && word.is("VerbForm=Fin") && times.has_day(frame);
  if (open && unfixed && (timetable || times.looks_forward(frame))) status.status = Status::planned;
  if (rule.state && status.status == Status::occurred) status.status = Status::ongoing;
  return status;
}

/// "the attack", "these talks": a noun that may point back to what was told.
bool is_definite(const Analysis& analysis, std::uint32_t noun) {
  const int determiner = analysis.child(noun, "det");
  if (determiner < 0) return false;
  const Token& word = analysis.tokens[static_cast<std::uint32_t>(determiner)];
  return word.lower == "the" || word.is("PronType=Dem");
}

/// A noun that no preposition ties to what happened before or after it.
bool stands_alone(const Token& token) {
  return token.depends_as("nsubj") || token.depends_as("root") || token.depends_as("dislocated") ||
         token.depends_as("ccomp") || token.depends_as("parataxis");
}

constexpr int sure_of_another =
    500;  ///< share, per mille, of another type from which the head tells its own event
constexpr double least_confidence = 0.37;  ///< of what the learned head has judged; below it nothing is told

struct Reader {
  const Analysis& analysis;
  const Lexicon& lexicon;
  MentionIndex mentions;
  TimeIndex times;
  Ontology ontology;
  LearnedEvents learned;
  ConfidenceTable confidence;
  Surroundings surroundings;
  std::span<const Statement> statements;
};

/// What the head says of a pattern's find: of the word of the pattern where it sees the type most, else of
/// the pattern's own head; nullptr if it sees nothing there.
const EventWord* word_of(const Reader& reader, const RuleMatch& match, EventType type) {
  const EventWord* best = reader.learned.at(match.head);
  const auto share = [&](const EventWord* word) {
    return word == nullptr ? -1 : reader.learned.share_of(word->word, type);
  };
  for (const std::uint32_t token : match.tokens) {
    const EventWord* word = reader.learned.at(token);
    if (share(word) > share(best)) best = word;
  }
  return best;
}

/// Fills in what rule and head have in common: codes, trigger, time, place.
void tell(const Reader& reader, const EventFrame& frame, const EventRule& rule, const WordStatus& status,
          EventMention& found) {
  const Analysis& analysis = reader.analysis;
  found.token = frame.head;
  if (frame.noun && analysis.tokens[frame.head].depends_as("obl"))
    found.within = analysis.tokens[frame.head].head;
  found.lemma = analysis.tokens[frame.head].lemma;
  found.noun = frame.noun;
  found.result = reader.lexicon.in_class(found.lemma, "harm_result");
  found.definite = frame.noun && is_definite(analysis, frame.head);
  found.assumed = status.cues.empty() && status.words.empty();
  found.mutual = rule.mutual;
  found.bare = frame.noun && frame.light.token < 0 && status.cues.empty() && status.words.empty() &&
               stands_alone(analysis.tokens[frame.head]);
  Event& event = found.event;
  event.type = rule.type;
  event.contexts.assign(rule.contexts.begin(), rule.contexts.end());
  event.quad = reader.ontology.quad_of(rule.type);
  event.cameo = reader.ontology.cameo_of(rule.type, event.mode, rule.cameo, status.status);
  event.sentence = analysis.tokens[frame.head].sentence;
  event.place = place_of(analysis, frame, reader.mentions);
  event.status = status.status;
  event.said_by = innermost_statement(reader.statements, analysis.tokens[frame.head].span.begin);
}

std::optional<EventMention> read_match(const Reader& reader, const RuleMatch& match) {
  const Analysis& analysis = reader.analysis;
  const EventRule& rule = reader.lexicon.event_rules()[match.rule];
  const EventFrame frame = frame_of(analysis, match, rule, reader.lexicon);
  EventMention found;
  found.parties = parties_of(analysis, frame, rule, reader.mentions);
  const EventWord* word = word_of(reader, match, rule.type);
  const bool another =
      word != nullptr && word->type != name_of(rule.type) && word->type_share >= sure_of_another;
  if (another && rule.pattern.words.size() == 1) return std::nullopt;
  if (word != nullptr) add_linked_parties(found.parties, *word, rule.mutual, reader.mentions);
  WordStatus status = status_of_match(analysis, frame, rule, reader.times, reader.lexicon);
  const bool settled = word != nullptr && settle_status(status, *word);
  const int strength = strength_of(rule, frame, found.parties, reader.mentions, status);
  Event& event = found.event;
  event.time = reader.times.time_of(frame);
  if (reader.learned.present()) {
    const int share = word == nullptr ? 0 : reader.learned.share_of(word->word, rule.type);
    const int discount = reader.surroundings.discount_of(event.time);
    event.confidence = reader.confidence.of("rule", std::max(0, strength - discount), share);
    if (event.confidence < least_confidence) return std::nullopt;
  } else {
    if (!is_political(analysis, frame, rule, found.parties, reader.mentions)) return std::nullopt;
    event.confidence = std::clamp(strength, 5, 95) / 100.0;
  }
  add_inner_recipient(found.parties, analysis, frame, rule, reader.mentions);
  event.mode = word == nullptr ? std::string(rule.mode) : mode_by(rule, *word, reader.lexicon);
  event.trigger = trigger_of(analysis, match, frame, rule.type, reader.lexicon);
  event.why = reason_of(analysis, match, rule, frame, status, reader.lexicon);
  if (word != nullptr) event.why += reason_of_head(analysis, *word, settled);
  tell(reader, frame, rule, status, found);
  return found;
}

/// An event that the learned head alone finds.
std::optional<EventMention> read_word(const Reader& reader, const EventWord& word) {
  const Analysis& analysis = reader.analysis;
  const auto type = event_type_of(word.type);
  if (!type) return std::nullopt;
  const EventRule rule = bare_rule(*type, analysis.tokens[word.word].upos == Upos::NOUN);
  const RuleMatch match{word.word, 0, {word.word}};
  const EventFrame frame = frame_of(analysis, match, rule, reader.lexicon);
  EventMention found;
  add_linked_parties(found.parties, word, false, reader.mentions);
  if (found.parties.actor.empty() && found.parties.recipient.empty())
    found.parties = parties_of(analysis, frame, rule, reader.mentions);
  Event& event = found.event;
  event.time = reader.times.time_of(frame);
  const int strength =
      strength_of(found.parties, reader.mentions) - reader.surroundings.discount_of(event.time);
  event.confidence = reader.confidence.of("head", std::max(0, strength), word.type_share);
  if (event.confidence < least_confidence) return std::nullopt;
  add_inner_recipient(found.parties, analysis, frame, rule, reader.mentions);
  WordStatus status = status_of_match(analysis, frame, rule, reader.times, reader.lexicon);
  const bool settled = settle_status(status, word);
  event.mode = mode_by(rule, word, reader.lexicon);
  event.trigger = trigger_of(analysis, match, frame, rule.type, reader.lexicon);
  event.why = reason_without_rule(analysis, word, *type, frame, status, reader.lexicon);
  if (settled) event.why += reason_of_head(analysis, word, settled);
  tell(reader, frame, rule, status, found);
  return found;
}

/// Words that an accepted pattern has used up: they make no other event of its type.
class UsedWords {
 public:
  explicit UsedWords(std::size_t tokens) : types_(tokens) {}

  void take(const RuleMatch& match, EventType type) {
    for (const std::uint32_t token : match.tokens) types_[token].push_back(type);
  }
  bool has(std::uint32_t token, EventType type) const {
    return std::find(types_[token].begin(), types_[token].end(), type) != types_[token].end();
  }

 private:
  std::vector<std::vector<EventType>> types_;
};

/// Longer patterns first, so that "launch attack" leaves no second event at "attack"; of the type that the
/// learned head sees there a pattern counts as one word longer.
std::vector<std::uint32_t> in_order_of_trust(const Reader& reader) {
  const auto& matches = reader.analysis.event_matches;
  std::vector<std::uint32_t> order;
  std::vector<std::size_t> length;
  order.reserve(matches.size());
  length.reserve(matches.size());
  for (std::uint32_t index = 0; index < matches.size(); ++index) {
    const EventType type = reader.lexicon.event_rules()[matches[index].rule].type;
    const EventWord* word = word_of(reader, matches[index], type);
    const bool agreed = word != nullptr && reader.learned.share_of(word->word, type) >= 500;
    length.push_back(matches[index].tokens.size() + (agreed ? 1 : 0));
    order.push_back(index);
  }
  std::stable_sort(order.begin(), order.end(),
                   [&](std::uint32_t left, std::uint32_t right) { return length[left] > length[right]; });
  return order;
}

/// One event a head; what no pattern tells the learned head may.
std::vector<EventMention> read_matches(const Reader& reader) {
  UsedWords used(reader.analysis.tokens.size());
  std::vector<bool> told(reader.analysis.tokens.size(), false);  // heads that have their event
  std::vector<EventMention> found;
  for (const std::uint32_t index : in_order_of_trust(reader)) {
    const RuleMatch& match = reader.analysis.event_matches[index];
    const EventRule& rule = reader.lexicon.event_rules()[match.rule];
    if (told[match.head] || used.has(match.head, rule.type)) continue;
    auto mention = read_match(reader, match);
    if (!mention) continue;
    used.take(match, rule.type);
    told[match.head] = true;
    found.push_back(std::move(*mention));
  }
  for (const EventWord& word : reader.analysis.event_words) {
    const auto type = event_type_of(word.type);
    if (!type || told[word.word] || used.has(word.word, *type)) continue;
    auto mention = read_word(reader, word);
    if (mention) found.push_back(std::move(*mention));
  }
  std::stable_sort(found.begin(), found.end(), [](const EventMention& left, const EventMention& right) {
    return left.event.trigger.front() < right.event.trigger.front();
  });
  return found;
}

/// The mode of a demand, a refusal or a threat by what is demanded, refused or threatened.
std::string mode_by_content(EventType act, EventType content, const std::string& mode) {
  if (act == EventType::THREATEN) {
    if (content == EventType::ASSAULT || content == EventType::MOBILIZE) return "violence";
    if (content == EventType::SANCTION) return mode == "expel" ? "expel" : "relations";
    if (content == EventType::COERCE) return mode == "arrest" ? "arrest" : "restrict";
    return {};
  }
  if (content == EventType::AID || content == EventType::COOPERATE) return "assist";
  if (content == EventType::CONSULT) return "meet";
  if (content == EventType::RETREAT || content == EventType::CONCEDE) return "yield";
  return {};
}

/// Gives demands, refusals and threats without a mode that of the event in their complement or object.
void add_modes(const Reader& reader, std::vector<EventMention>& mentions) {
  for (EventMention& act : mentions) {
    Event& event = act.event;
    const bool open = event.type == EventType::REQUEST || event.type == EventType::REJECT ||
                      event.type == EventType::THREATEN;
    if (!open || !event.mode.empty()) continue;
    for (const EventMention& content : mentions) {
      if (reader.analysis.tokens[content.token].head != static_cast<int>(act.token)) continue;
      event.mode = mode_by_content(event.type, content.event.type, content.event.mode);
      if (event.mode.empty()) continue;
      event.cameo = reader.ontology.cameo_of(event.type, event.mode, event.cameo, event.status);
      break;
    }
  }
}

/// "The king met the emir": who is met is the recipient, unless that leaves nobody to meet him.
void part_opposite(Parties& parties) {
  if (!parties.recipient.empty() || parties.opposite.empty()) return;
  std::vector<int> near;
  for (const int entity : parties.actor) {
    const bool across =
        std::find(parties.opposite.begin(), parties.opposite.end(), entity) != parties.opposite.end();
    (across ? parties.recipient : near).push_back(entity);
  }
  if (near.empty()) {
    parties.recipient.clear();
  } else {
    parties.actor = std::move(near);
  }
}

std::vector<std::string> ids_of(const std::vector<int>& side, const MentionIndex& mentions) {
  std::vector<std::string> ids;
  ids.reserve(side.size());
  for (const int entity : side) ids.push_back(mentions[entity].id);
  return ids;
}

}  // namespace

std::vector<Event> find_events(const Analysis& analysis, std::span<const Entity> entities,
                               std::span<const Time> times, std::span<const Statement> statements,
                               const Lexicon& lexicon) {
  const Reader reader{analysis,
                      lexicon,
                      MentionIndex(analysis, entities, lexicon),
                      TimeIndex(analysis, times),
                      Ontology(lexicon),
                      LearnedEvents(analysis),
                      ConfidenceTable(lexicon),
                      Surroundings(analysis, entities, times),
                      statements};
  std::vector<Event> events;
  std::vector<EventMention> mentions = read_matches(reader);
  add_modes(reader, mentions);
  for (EventMention& mention : merge_mentions(std::move(mentions), reader.mentions)) {
    Event& event = mention.event;
    event.id = 'v' + std::to_string(events.size() + 1);
    part_opposite(mention.parties);
    event.actor = ids_of(mention.parties.actor, reader.mentions);
    event.recipient = ids_of(mention.parties.recipient, reader.mentions);
    std::sort(event.trigger.begin(), event.trigger.end());
    events.push_back(std::move(event));
  }
  return events;
}

}  // namespace polybius
