// Turns the event rules that match a text into events: who, whom, when, where, and what became of it.
#include "events/events.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "events/coding.h"
#include "events/finds.h"
#include "events/learned.h"
#include "events/merge.h"

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

/// The confidence below which nothing is told, by how many of its sides bear a code.
struct Least {
  double two;
  double one;
  double none;
};

/// The confidence below which nothing is told: more is asked where nobody is named whom a reader could look
/// up, more in a long text, which tells what matters more than once, and more still where hardly anybody acts
/// in politics.
double least_confidence(const Reader& reader, const Find& find) {
  constexpr Least in_brief{0.20, 0.24, 0.32};
  constexpr Least in_short{0.22, 0.26, 0.34};
  constexpr Least in_short_quiet{0.36, 0.46, 0.72};
  constexpr Least in_long{0.25, 0.30, 0.42};
  constexpr Least in_long_quiet{0.44, 0.54, 0.76};
  constexpr double of_nobody = 0.60;     // in a long text, where no side is named at all
  constexpr double not_happened = 0.50;  // in a long text, what may or will not happen
  const auto coded = [&](const std::vector<int>& side) {
    return std::any_of(side.begin(), side.end(),
                       [&](int entity) { return is_coded(reader.mentions[entity]); });
  };
  const bool mutual = find.rule().mutual && find.parties.actor.size() > 1;
  const bool actor = coded(find.parties.actor);
  const bool recipient = coded(find.parties.recipient) || (actor && mutual);
  const Setting setting =
      reader.surroundings.setting_of(find.time, reader.analysis.tokens[find.match.head].sentence);
  const bool quiet = setting.few_act || setting.hardly_any_act;
  const Least& least = setting.long_text ? (quiet ? in_long_quiet : in_long)
                                         : (quiet ? in_short_quiet : (setting.brief ? in_brief : in_short));
  const Status status = find.status.status;
  const bool open = setting.long_text && (status == Status::hypothetical || status == Status::denied);
  const double floor = open ? not_happened : 0.0;
  if (actor && recipient) return std::max(least.two, floor);
  if (actor || recipient) return std::max(least.one, floor);
  const bool nobody = find.parties.actor.empty() && find.parties.recipient.empty();
  return std::max({least.none, floor, nobody && setting.long_text ? of_nobody : 0.0});
}

/// Fills in what a mention needs to be merged, and codes, trigger, time and place of its event.
EventMention mention_of(const Reader& reader, Find&& find) {
  const Analysis& analysis = reader.analysis;
  const EventFrame& frame = find.frame;
  const EventRule& rule = find.rule();
  EventMention found;
  found.parties = std::move(find.parties);
  found.token = frame.head;
  if (frame.noun && analysis.tokens[frame.head].depends_as("obl"))
    found.within = analysis.tokens[frame.head].head;
  found.lemma = analysis.tokens[frame.head].lemma;
  found.noun = frame.noun;
  found.result = reader.lexicon.in_class(found.lemma, "harm_result");
  found.definite = frame.noun && is_definite(analysis, frame.head);
  found.assumed = find.status.cues.empty() && find.status.words.empty();
  found.mutual = rule.mutual;
  found.bare =
      frame.noun && frame.light.token < 0 && found.assumed && stands_alone(analysis.tokens[frame.head]);
  Event& event = found.event;
  event.type = rule.type;
  event.contexts.assign(rule.contexts.begin(), rule.contexts.end());
  event.confidence = std::round(find.confidence * 1000) / 1000;
  event.mode = find.word == nullptr ? std::string(rule.mode) : mode_by(rule, *find.word, reader.lexicon);
  event.trigger = trigger_of(analysis, find.match, frame, rule.type, reader.lexicon);
  if (!find.refusing.empty()) {
    event.why = reason_of_refusal(analysis, find.refusing);
  } else if (find.row != nullptr) {
    event.why = reason_of(analysis, find.match, rule, frame, find.status, reader.lexicon);
    if (find.word != nullptr) event.why += reason_of_head(analysis, *find.word, find.settled);
  } else {
    event.why = reason_without_rule(analysis, *find.word, rule.type, frame, find.status, reader.lexicon);
    if (find.settled) event.why += reason_of_head(analysis, *find.word, find.settled);
  }
  event.time = std::move(find.time);
  event.quad = reader.ontology.quad_of(rule.type);
  event.cameo = reader.ontology.cameo_of(rule.type, event.mode, rule.cameo, find.status.status);
  event.sentence = analysis.tokens[frame.head].sentence;
  event.place = place_of(analysis, frame, reader.mentions);
  event.status = find.status.status;
  event.said_by = innermost_statement(reader.statements, analysis.tokens[frame.head].span.begin);
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

/// Of the finds at each head the likeliest; of equals the first, which is the longest row. "Test-fired" is
/// no "fired".
std::vector<Find> likeliest_of_each(const Reader& reader, std::vector<Find> finds) {
  std::vector<Find> chosen;
  for (Find& find : finds) {
    if (find.confidence < least_confidence(reader, find)) continue;
    if (chosen.empty() || chosen.back().match.head != find.match.head) {
      chosen.push_back(std::move(find));
    } else if (find.hyphened != chosen.back().hyphened ? find.hyphened
                                                       : find.confidence > chosen.back().confidence) {
      chosen.back() = std::move(find);
    }
  }
  return chosen;
}

/// One event a head; longer patterns first, so that "launch attack" leaves no second event at "attack"; of
/// the type that the head sees there a pattern counts as one word longer.
std::vector<EventMention> read_mentions(const Reader& reader) {
  std::vector<Find> finds = likeliest_of_each(reader, find_all(reader));
  const auto length = [&](const Find& find) {
    if (find.row == nullptr) return std::size_t{0};
    const bool agreed =
        find.word != nullptr && reader.learned.share_of(find.word->word, find.row->type) >= 500;
    return find.match.tokens.size() + (agreed ? 1 : 0);
  };
  std::stable_sort(finds.begin(), finds.end(),
                   [&](const Find& left, const Find& right) { return length(left) > length(right); });
  UsedWords used(reader.analysis.tokens.size());
  std::vector<EventMention> found;
  for (Find& find : finds) {
    const EventType type = find.rule().type;
    if (used.has(find.match.head, type)) continue;
    used.take(find.match, type);
    found.push_back(mention_of(reader, std::move(find)));
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

const Statement* statement_at(const Reader& reader, std::uint32_t token) {
  const std::string id = innermost_statement(reader.statements, reader.analysis.tokens[token].span.begin);
  const auto found = std::find_if(reader.statements.begin(), reader.statements.end(),
                                  [&](const Statement& statement) { return statement.id == id; });
  return found == reader.statements.end() ? nullptr : &*found;
}

int speaker_of(const Reader& reader, const Statement& statement) {
  if (!statement.speaker || statement.speaker->entity.empty()) return -1;
  const auto found = std::find_if(reader.entities.begin(), reader.entities.end(), [&](const Entity& entity) {
    return entity.id == statement.speaker->entity;
  });
  return found == reader.entities.end() ? -1 : static_cast<int>(found - reader.entities.begin());
}

Reader reader_of(const Analysis& analysis, std::span<const Entity> entities, std::span<const Time> times,
                 std::span<const Statement> statements, const Judge& judge, const Lexicon& lexicon) {
  return {analysis,
          lexicon,
          MentionIndex(analysis, entities, lexicon),
          TimeIndex(analysis, times),
          Ontology(lexicon),
          LearnedEvents(analysis),
          judge,
          Surroundings(analysis, entities, times, lexicon),
          entities,
          statements};
}

std::vector<Event> find_events(const Analysis& analysis, std::span<const Entity> entities,
                               std::span<const Time> times, std::span<const Statement> statements,
                               const Judge& judge, const Lexicon& lexicon) {
  const Reader reader = reader_of(analysis, entities, times, statements, judge, lexicon);
  std::vector<Event> events;
  std::vector<EventMention> mentions = read_mentions(reader);
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
