// Finds the words that name something planned, with the cues that tell what becomes of it.
#include "plans/mentions.h"

#include <algorithm>
#include <map>

#include "plans/ahead.h"
#include "plans/marks.h"
#include "plans/steps.h"
#include "plans/verbs.h"

namespace polybius {
namespace {

bool is_here(std::string_view preposition) {
  return preposition == "in" || preposition == "at" || preposition == "near" || preposition == "outside";
}

/// A deal is a plan only where a noun names it: "agreed to" is what was agreed on.
std::string kind_of_type(const Event& event) {
  return event.type == EventType::AGREE ? std::string{} : plan_kind_of(event);
}

void add_party(std::vector<std::size_t>& parties, int entity) {
  if (entity < 0) return;
  const auto number = static_cast<std::size_t>(entity);
  if (std::find(parties.begin(), parties.end(), number) == parties.end()) parties.push_back(number);
}

void add_joined_parties(const PlanSource& source, const Marks& marks, int token,
                        std::vector<std::size_t>& parties) {
  if (token < 0) return;
  const auto at = static_cast<std::uint32_t>(token);
  const int entity = marks.entity[at];
  if (entity >= 0 && source.entities[static_cast<std::size_t>(entity)].kind != EntityKind::place)
    add_party(parties, entity);
  for (const std::uint32_t child : source.analysis.children[at]) {
    if (source.analysis.tokens[child].depends_as("conj") && source.analysis.tokens[child].upos != Upos::VERB)
      add_joined_parties(source, marks, static_cast<int>(child), parties);
  }
}

bool binds_a_party(std::string_view preposition) {
  for (const std::string_view word : {"between", "with", "of", "by", "among", "against", "on", "to"}) {
    if (preposition == word) return true;
  }
  return false;
}

/// Parties of a word that is no event's trigger: around it; of a noun the subject of what governs it.
std::vector<std::size_t> parties_around(const PlanSource& source, const Marks& marks, std::uint32_t token) {
  const Analysis& analysis = source.analysis;
  std::vector<std::size_t> parties;
  for (const std::uint32_t child : analysis.children[token]) {
    const Token& word = analysis.tokens[child];
    const std::string preposition = marker_of(analysis, child);
    const bool before =
        preposition.empty() || preposition == "'s" || preposition == "’s" || preposition == "'";
    const bool modifier = word.depends_as("amod") || word.depends_as("compound") || word.depends_as("nmod");
    if (modifier && (before || binds_a_party(preposition)))
      add_joined_parties(source, marks, static_cast<int>(child), parties);
  }
  const Token& word = analysis.tokens[token];
  if (word.upos == Upos::VERB) {
    add_joined_parties(source, marks, subject_of(analysis, token), parties);
    add_joined_parties(source, marks, object_of(analysis, token), parties);
  }
  if (word.head >= 0 && word.depends_as("obj")) {
    const auto verb = static_cast<std::uint32_t>(word.head);
    if (!is_passive_verb(analysis, verb))
      add_joined_parties(source, marks, subject_of(analysis, verb), parties);
  }
  return parties;
}

std::vector<std::size_t> parties_of_event(const PlanSource& source, const Event& event) {
  std::map<std::string_view, std::size_t> numbers;
  for (std::size_t number = 0; number < source.entities.size(); ++number)
    numbers.emplace(source.entities[number].id, number);
  std::vector<std::size_t> parties;
  for (const auto* side : {&event.actor, &event.recipient}) {
    for (const std::string& id : *side) {
      const auto found = numbers.find(id);
      if (found != numbers.end()) add_party(parties, static_cast<int>(found->second));
    }
  }
  return parties;
}

/// "will be held on Friday", "is to begin on Friday": the day is the plan's.
bool lies_ahead(const Analysis& analysis, std::uint32_t token) {
  if (analysis.tokens[token].is("Tense=Past") && !is_passive_verb(analysis, token)) return false;
  return std::any_of(analysis.children[token].begin(), analysis.children[token].end(),
                     [&](std::uint32_t child) {
                       return is_will(analysis.tokens[child]) || analysis.tokens[child].depends_as("cop");
                     });
}

/// The day ahead that a noun bears by itself: "called off tomorrow's meeting".
void add_own_day(const PlanSource& source, const Marks& marks, PlanMention& mention) {
  for (const std::uint32_t child : source.analysis.children[mention.token]) {
    if (marks.time[child] < 0) continue;
    const std::string& day = source.times[static_cast<std::size_t>(marks.time[child])].value;
    if (Date::from_iso(day) && day > marks.report_day) mention.when = day;
  }
}

/// The words whose day may be the plan's: its own, its cues, "planned" beside it or beside what it is of.
std::vector<std::uint32_t> words_with_planned_day(const PlanSource& source, const PlanMention& mention) {
  const Analysis& analysis = source.analysis;
  const PlanStatus status = mention.steps.front().step.status;
  const bool open = status != PlanStatus::cancelled && status != PlanStatus::not_ruled_out;
  std::vector<std::uint32_t> words{mention.token};
  for (const ToldStep& told : mention.steps) {
    if (open && told.token != mention.token) words.push_back(told.token);
  }
  for (const std::uint32_t child : analysis.children[mention.token]) {
    if (analysis.tokens[child].depends_as("acl")) words.push_back(child);
    if (!analysis.tokens[child].depends_as("nmod")) continue;
    std::copy_if(analysis.children[child].begin(), analysis.children[child].end(), std::back_inserter(words),
                 [&](std::uint32_t below) {  // "the strike of nurses planned for May"
                   const Token& word = analysis.tokens[below];
                   return word.depends_as("acl") && source.lexicon.in_class(word.lemma, "scheduling");
                 });
  }
  return words;
}

void add_planned_day(const PlanSource& source, const Marks& marks, PlanMention& mention) {
  if (mention.steps.empty()) {
    if (mention.noun) add_own_day(source, marks, mention);
    return;
  }
  for (const std::uint32_t word : words_with_planned_day(source, mention)) {
    const bool own = word == mention.token || fixes_a_day(source, word) ||
                     lies_ahead(source.analysis, word) || is_scheduled(source, marks, word);
    for (const std::uint32_t child : source.analysis.children[word]) {
      if (marks.time[child] < 0) continue;
      if (!own && !binds_planned_day(marker_of(source.analysis, child))) continue;
      const std::string& day = source.times[static_cast<std::size_t>(marks.time[child])].value;
      if (day == "PRESENT_REF" || day == "PAST_REF") continue;  // "will now be signed on Thursday"
      mention.when = day;
      return;
    }
  }
}

void add_place(const PlanSource& source, const Marks& marks, PlanMention& mention) {
  const Analysis& analysis = source.analysis;
  std::vector<std::uint32_t> words{mention.token};
  const Token& word = analysis.tokens[mention.token];
  if (mention.noun && word.head >= 0 && (word.depends_as("obj") || word.depends_as("nsubj")))
    words.push_back(static_cast<std::uint32_t>(word.head));
  for (const std::uint32_t at : words) {
    for (const std::uint32_t child : analysis.children[at]) {
      if (marks.entity[child] < 0 || !is_here(marker_of(analysis, child))) continue;
      const Entity& entity = source.entities[static_cast<std::size_t>(marks.entity[child])];
      if (entity.kind != EntityKind::place && entity.kind != EntityKind::country) continue;
      mention.place = Place{entity.name, entity.codes.geonames, entity.codes.iso3, entity.lat, entity.lon};
      return;
    }
  }
}

bool has_child_in(const PlanSource& source, std::uint32_t token, std::string_view list) {
  const auto& children = source.analysis.children[token];
  return std::any_of(children.begin(), children.end(), [&](std::uint32_t child) {
    return source.lexicon.in_class(source.analysis.tokens[child].lower, list);
  });
}

std::optional<PlanMention> mention_at(const PlanSource& source, const Marks& marks, std::uint32_t token) {
  const Token& word = source.analysis.tokens[token];
  const bool noun = word.upos == Upos::NOUN || word.upos == Upos::PROPN;
  if (noun && (carries_a_plan(source, marks, token) || is_earlier_one(source, token))) return std::nullopt;
  if (!noun && lends_to_noun(source, token)) return std::nullopt;
  const Row row = noun ? noun_row(source, token) : verb_row(source, marks, token);
  PlanMention mention;
  mention.token = token;
  mention.noun = noun;
  mention.event = marks.event[token];
  if (noun && row && mention.event < 0 && word.depends_as("obj") && word.head >= 0 &&
      lends_to_noun(source, static_cast<std::uint32_t>(word.head)))
    mention.event = marks.event[static_cast<std::size_t>(word.head)];
  mention.listed = static_cast<bool>(row);
  if (row) mention.kind = row["what"];
  if (mention.event >= 0) {
    const Event& event = source.events[static_cast<std::size_t>(mention.event)];
    if (mention.kind.empty()) mention.kind = kind_of_type(event);
    mention.parties = parties_of_event(source, event);
    mention.place = event.place;
  }
  if (mention.kind.empty()) return std::nullopt;
  mention.what = words_of_plan(source, token, noun);
  if (noun && marker_of(source.analysis, token) == "without") mention.noun = false;  // names no plan
  mention.further = noun && has_child_in(source, token, "further_ones");
  if (mention.parties.empty()) mention.parties = parties_around(source, marks, token);
  add_steps(source, marks, mention);
  add_planned_day(source, marks, mention);
  if (!mention.place) add_place(source, marks, mention);
  return mention;
}

/// The word of the second day that a verb bears: "on 25 July and again on 1 August"; -1 if there is none.
int second_day_on(const PlanSource& source, const Marks& marks, const PlanMention& mention) {
  const Analysis& analysis = source.analysis;
  bool first = false;
  const auto value_at = [&](std::uint32_t token) {
    return marks.time[token] < 0 ? std::string{}
                                 : source.times[static_cast<std::size_t>(marks.time[token])].value;
  };
  for (const std::uint32_t child : analysis.children[mention.token]) {
    const std::string value = value_at(child);
    if (!Date::from_iso(value) || marker_of(analysis, child) != "on") continue;
    if (first && value != mention.when) return static_cast<int>(child);
    first = first || value == mention.when;
    for (const std::uint32_t beside : analysis.children[child]) {
      const bool joined = first && analysis.tokens[beside].depends_as("conj");
      const std::string other = joined ? value_at(beside) : std::string{};
      if (Date::from_iso(other) && other != mention.when) return static_cast<int>(beside);
    }
  }
  return -1;
}

/// "Will strike on 25 July and again on 1 August", "will elect mayors on 23 March and a president on 13
/// April": the second of two plans that one verb tells of.
std::optional<PlanMention> second_of_two(const PlanSource& source, const Marks& marks,
                                         const PlanMention& mention) {
  if (mention.noun || mention.steps.empty() || mention.steps.front().step.status != PlanStatus::announced)
    return std::nullopt;
  const int day = Date::from_iso(mention.when) ? second_day_on(source, marks, mention) : -1;
  if (day < 0) return std::nullopt;
  const Analysis& analysis = source.analysis;
  PlanMention second = mention;
  second.when = source.times[static_cast<std::size_t>(marks.time[static_cast<std::uint32_t>(day)])].value;
  const int object = analysis.child(mention.token, "obj");
  if (object < 0) return second;
  for (const std::uint32_t other : analysis.children[static_cast<std::uint32_t>(object)]) {
    if (!analysis.tokens[other].depends_as("conj") || static_cast<int>(other) > day) continue;
    second.what = analysis.tokens[mention.token].form + ' ' + analysis.tokens[other].form;
    std::erase_if(second.parties, [&](std::size_t party) {
      return static_cast<int>(party) == marks.entity[static_cast<std::uint32_t>(object)];
    });
    add_party(second.parties, marks.entity[other]);
  }
  return second;
}

bool is_pronoun_for_a_plan(const Token& token) {
  return token.lower == "it" || token.lower == "this" || token.lower == "that" || token.lower == "they";
}

/// The mention named last before a word, at most two sentences back.
PlanMention* mention_before(const Analysis& analysis, std::vector<PlanMention>& mentions,
                            std::uint32_t token) {
  PlanMention* nearest = nullptr;
  for (PlanMention& mention : mentions) {
    const std::uint32_t sentences = analysis.tokens[token].sentence - analysis.tokens[mention.token].sentence;
    if (mention.token < token && mention.noun && sentences <= 2) nearest = &mention;
  }
  return nearest;
}

/// Adds what cues say of a pronoun to the plan that it stands for: "after it was announced".
void add_pronoun_steps(const PlanSource& source, const Marks& marks, std::vector<PlanMention>& mentions) {
  const Analysis& analysis = source.analysis;
  for (std::uint32_t token = 0; token < analysis.tokens.size(); ++token) {
    if (!is_pronoun_for_a_plan(analysis.tokens[token])) continue;
    for (const std::uint32_t cue : cues_over(analysis, token, source.lexicon)) {
      const RuleMatch& match = analysis.status_matches[cue];
      const StatusRule& rule = source.lexicon.status_rules()[match.rule];
      if (!rule.plan || analysis.tokens[match.head].upos != Upos::VERB) continue;
      if (*rule.plan == PlanStatus::held || *rule.plan == PlanStatus::under_way) continue;
      PlanMention* plan = mention_before(analysis, mentions, token);
      const Status above = status_of_cue(analysis, cue, source.lexicon).status;
      if (plan == nullptr ||
          (above != Status::occurred && above != Status::ongoing && above != Status::planned))
        continue;
      plan->steps.push_back(step_at(source, marks, *rule.plan, match.head, match.head));
    }
  }
}

/// Whether the phrase is said of somebody, not of a plan: "I have spent more time on hold", "the member was
/// suspended".
bool speaks_of_another(const PlanSource& source, const Marks& marks, std::uint32_t verb, int subject,
                       const std::vector<PlanMention>& mentions) {
  if (subject < 0) return false;
  const auto at = static_cast<std::uint32_t>(subject);
  if (std::any_of(mentions.begin(), mentions.end(),
                  [&](const PlanMention& mention) { return mention.token == at; }))
    return false;
  const std::string& word = source.analysis.tokens[at].lower;
  if (word == "i" || word == "you") return true;
  if (is_thing_of_its_own(source, at, mentions)) return true;
  const int entity = marks.entity[at];
  const bool person =
      (entity >= 0 && source.entities[static_cast<std::size_t>(entity)].kind == EntityKind::person) ||
      word == "he" || word == "she";
  return person && is_passive_verb(source.analysis, verb);
}

/// "Withdrew from the region": whoever leaves a place calls nothing off.
bool leaves_a_place(const PlanSource& source, const Marks& marks, std::uint32_t verb) {
  return std::any_of(
      source.analysis.children[verb].begin(), source.analysis.children[verb].end(), [&](std::uint32_t child) {
        if (marks.entity[child] < 0 || !source.analysis.tokens[child].depends_as("obl")) return false;
        if (marker_of(source.analysis, child) == "with") return false;
        const EntityKind kind = source.entities[static_cast<std::size_t>(marks.entity[child])].kind;
        return kind == EntityKind::place || kind == EntityKind::country;
      });
}

/// The mention that a phrase speaks of: an argument of its verb, else the nearest before it, two sentences
/// back at most.
PlanMention* mention_of_phrase(const Analysis& analysis, std::vector<PlanMention>& mentions,
                               std::uint32_t head, std::uint32_t verb) {
  const int subject = subject_of(analysis, verb);
  const int object = object_of(analysis, verb);
  const std::uint32_t here = analysis.tokens[head].sentence;
  PlanMention* nearest = nullptr;
  for (PlanMention& mention : mentions) {
    const std::uint32_t there = analysis.tokens[mention.token].sentence;
    const auto at = static_cast<int>(mention.token);
    if (at == subject || at == object || analysis.tokens[mention.token].head == static_cast<int>(verb))
      return &mention;
    const bool in_sight = there <= here && here - there <= 2;
    if (in_sight && (mention.token < head || nearest == nullptr)) nearest = &mention;
  }
  return nearest;
}

bool is_yet_to_be(const PlanSource& source, std::uint32_t verb) {
  if (source.analysis.tokens[verb].upos != Upos::VERB) return false;
  const Status status = status_of_word(source.analysis, verb, source.lexicon).status;
  return status != Status::occurred && status != Status::ongoing;
}

/// What a phrase tells at its verb; nothing where that is yet to be: "will not be opened on Friday".
std::optional<PlanStatus> step_of_phrase(const PlanSource& source, std::uint32_t rule, std::uint32_t verb) {
  const PlanStatus status = source.lexicon.plan_rules()[rule].status;
  if (status == PlanStatus::announced && source.analysis.tokens[verb].lemma == "go" &&
      is_told_as_past(source.analysis, verb))
    return PlanStatus::held;  // "went to the polls"
  const bool done = status == PlanStatus::held || status == PlanStatus::under_way;
  return done && is_yet_to_be(source, verb) ? std::nullopt : std::optional(status);
}

/// Adds what the phrases of `plan_cues` tell to the mention they speak of: in their clause, else the one
/// named before.
void add_phrases(const PlanSource& source, const Marks& marks, std::vector<PlanMention>& mentions) {
  const Analysis& analysis = source.analysis;
  for (std::size_t index = 0; index < analysis.plan_matches.size(); ++index) {
    const RuleMatch& match = analysis.plan_matches[index];
    if (index > 0 && analysis.plan_matches[index - 1].head == match.head) continue;
    std::uint32_t word = match.head;  // the phrase's verb: it has the subject and the clause
    for (const std::uint32_t token : match.tokens) {
      if (analysis.tokens[token].upos == Upos::VERB) word = token;
    }
    const auto said = step_of_phrase(source, match.rule, word);
    if (!said) continue;
    const PlanStatus status = *said;
    PlanMention* nearest = mention_of_phrase(analysis, mentions, match.head, word);
    if (nearest == nullptr) continue;
    const int subject = subject_of(analysis, word);
    const bool below =
        nearest->token > word && analysis.tokens[nearest->token].head == static_cast<int>(word);
    if (!below && speaks_of_another(source, marks, word, subject, mentions)) continue;
    if (status == PlanStatus::cancelled && leaves_a_place(source, marks, word)) continue;
    if (status == PlanStatus::confirmed) {  // "will go ahead": the same words announce nothing
      std::erase_if(nearest->steps, [&](const ToldStep& known) {
        return known.token == word && known.step.status == PlanStatus::announced;
      });
    }
    ToldStep told = step_at(source, marks, status, word, word);
    nearest->steps.push_back(std::move(told));
  }
}

}  // namespace

std::vector<PlanMention> find_plan_mentions(const PlanSource& source) {
  const Marks marks = marks_of(source);
  std::vector<PlanMention> mentions;
  for (std::uint32_t token = 0; token < source.analysis.tokens.size(); ++token) {
    auto mention = mention_at(source, marks, token);
    if (!mention) continue;
    auto second = second_of_two(source, marks, *mention);
    mentions.push_back(std::move(*mention));
    if (second) mentions.push_back(std::move(*second));
  }
  add_pronoun_steps(source, marks, mentions);
  add_phrases(source, marks, mentions);
  return mentions;
}

}  // namespace polybius
