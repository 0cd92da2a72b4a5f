// Finds the words that name something planned, with the cues that tell what becomes of it.
#include "plans/mentions.h"

#include <algorithm>
#include <map>

#include "plans/ahead.h"
#include "plans/marks.h"

namespace polybius {
namespace {

bool is_here(std::string_view preposition) {
  return preposition == "in" || preposition == "at" || preposition == "near" || preposition == "outside";
}

bool is_clause_relation(const Token& word) {
  return word.head < 0 || word.depends_as("ccomp") || word.depends_as("advcl") ||
         word.depends_as("parataxis") || word.deprel == "acl:relcl" || word.depends_as("csubj");
}

/// Whether a phrase of time gives the day of what is planned: "planned for Tuesday", "put off until May".
bool binds_planned_day(std::string_view preposition) {
  return preposition == "for" || preposition == "until" || preposition == "till" || preposition == "to";
}

/// The time expression that hangs on a word; -1 if there is none. `forward`: one of the thing planned
/// ("planned for Tuesday").
int time_on(const PlanSource& source, const Marks& marks, std::uint32_t token, bool forward) {
  for (const std::uint32_t child : source.analysis.children[token]) {
    if (marks.time[child] < 0) continue;
    const std::string& value = source.times[static_cast<std::size_t>(marks.time[child])].value;
    if (value == "FUTURE_REF" || value == "PRESENT_REF") continue;  // "one day", "now": no day of a change
    const bool planned_day = binds_planned_day(marker_of(source.analysis, child));
    if (planned_day == forward || forward) return marks.time[child];
  }
  return -1;
}

/// Words that fix a day ahead, so that a day beside them is the plan's, not the announcement's.
bool fixes_a_day(const PlanSource& source, std::uint32_t token) {
  const Token& word = source.analysis.tokens[token];
  return source.lexicon.in_class(word.lemma, "scheduling") || word.upos != Upos::VERB;
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

/// "peace talks", "prisoner swap": the noun with the nouns and adjectives right before it that are no cues.
std::string words_of_plan(const PlanSource& source, std::uint32_t token, bool noun) {
  const Analysis& analysis = source.analysis;
  std::uint32_t first = token;
  std::uint32_t last = token + 1;
  if (noun) {
    for (const std::uint32_t child : analysis.children[token]) {
      if (analysis.tokens[child].depends_as("compound") && child < first) first = child;
    }
  } else {
    const int object = analysis.child(token, "obj");
    if (object >= 0 && static_cast<std::uint32_t>(object) > token && object - static_cast<int>(token) <= 6)
      last = static_cast<std::uint32_t>(object) + 1;
  }
  return std::string(analysis.words(first, last));
}

Span clause_span(const PlanSource& source, std::uint32_t token, std::uint32_t mention) {
  const Analysis& analysis = source.analysis;
  const std::uint32_t clause = clause_of(analysis, token);
  const Span whole = analysis.subtree(clause);
  // A speech clause holds its quotation; what is said begins at the mention's own clause.
  const Span own = analysis.subtree(clause_of(analysis, mention));
  const Span narrow = whole.size() > own.size() && own.contains(analysis.tokens[token].span) ? own : whole;
  return Span{std::min(narrow.begin, analysis.tokens[mention].span.begin),
              std::max(narrow.end, analysis.tokens[token].span.end)};
}

/// The day of a report beside the clause: "..., he said Friday"; empty if none.
std::string day_of_aside(const PlanSource& source, const Marks& marks, std::uint32_t clause) {
  for (const std::uint32_t child : source.analysis.children[clause]) {
    if (!source.analysis.tokens[child].depends_as("parataxis")) continue;
    const int time = time_on(source, marks, child, false);
    if (time >= 0) return source.times[static_cast<std::size_t>(time)].value;
  }
  return {};
}

/// The day of what is told, from the verb of the telling clause or the speech above it; empty if none is
/// named.
std::string day_of_telling(const PlanSource& source, const Marks& marks, std::uint32_t cue, bool cue_itself) {
  const Analysis& analysis = source.analysis;
  if (cue_itself) {
    const int own = time_on(source, marks, cue, false);
    if (own >= 0) return source.times[static_cast<std::size_t>(own)].value;
  }
  std::uint32_t current = clause_of(analysis, cue);
  for (int steps = 0; steps < 4; ++steps) {
    const Token& word = analysis.tokens[current];
    const bool told = (current != cue || cue_itself) && is_told_as_past(analysis, current);
    const int time = told ? time_on(source, marks, current, false) : -1;
    if (time >= 0) return source.times[static_cast<std::size_t>(time)].value;
    if (!word.depends_as("parataxis") && !word.depends_as("ccomp")) break;
    if (word.head < 0) return {};
    current = static_cast<std::uint32_t>(word.head);
  }
  return day_of_aside(source, marks, current);
}

/// "He said that it had been cancelled": the report's own past, not a time before others.
bool is_reported_change(const Analysis& analysis, std::uint32_t clause, PlanStatus status) {
  if (status == PlanStatus::held || status == PlanStatus::under_way) return false;
  const Token& word = analysis.tokens[clause];
  return word.depends_as("ccomp") && word.head >= 0 &&
         analysis.tokens[static_cast<std::size_t>(word.head)].is("Tense=Past");
}

bool is_told_earlier(const Analysis& analysis, std::uint32_t cue, PlanStatus status) {
  const std::uint32_t clause = clause_of(analysis, cue);
  if (is_reported_change(analysis, clause, status)) return false;
  const std::string mark = marker_of(analysis, clause);
  if (mark == "after" || mark == "since") return true;
  for (const std::uint32_t child : analysis.children[cue]) {
    if (analysis.tokens[child].depends_as("aux") && analysis.tokens[child].lower == "had") return true;
  }
  return false;
}

ToldStep step_at(const PlanSource& source, const Marks& marks, PlanStatus status, std::uint32_t cue,
                 std::uint32_t mention) {
  const Token& word = source.analysis.tokens[cue];
  const bool beside = word.head == static_cast<int>(mention) && word.depends_as("amod");
  const bool ahead =
      status == PlanStatus::announced || status == PlanStatus::confirmed || status == PlanStatus::proposed;
  ToldStep told;
  told.token = cue;
  told.step.status = status;
  told.step.evidence = clause_span(source, cue, mention);
  told.step.said_by = innermost_statement(source.statements, source.analysis.tokens[cue].span.begin);
  told.earlier = is_told_earlier(source.analysis, cue, status);
  if (beside) return told;
  // "It was announced last week": of a verb that makes known the day is its own.
  const bool own_word = cue != mention || source.lexicon.in_class(word.lemma, "disclosing");
  const bool cue_itself = (!ahead && !has_will(source.analysis, cue)) ||
                          (own_word && !fixes_a_day(source, cue) && is_told_as_past(source.analysis, cue));
  told.step.time = day_of_telling(source, marks, cue, cue_itself);
  told.dated = !told.step.time.empty();
  if (!told.dated && !told.earlier) told.step.time = marks.report_day;
  return told;
}

bool is_will(const Token& word) {
  return word.lemma == "will" || word.lower == "would" || word.lower == "wo" || word.lower == "shall";
}

/// Whether what is denied lies ahead: "will not go", "denied that he would go".
bool is_denied_ahead(const Analysis& analysis, std::uint32_t token, const WordStatus& status) {
  const Token& word = analysis.tokens[token];
  if (status.status != Status::denied || word.depends_as("acl") || word.depends_as("advcl")) return false;
  const auto ahead = [&](std::uint32_t other) { return is_will(analysis.tokens[other]); };
  return std::any_of(status.words.begin(), status.words.end(), ahead) ||
         std::any_of(analysis.children[token].begin(), analysis.children[token].end(), ahead);
}

std::optional<PlanStatus> step_of_status(const PlanSource& source, std::uint32_t token,
                                         const WordStatus& status) {
  if (is_denied_ahead(source.analysis, token, status)) return PlanStatus::cancelled;
  switch (status.status) {
    case Status::planned:
      return PlanStatus::announced;
    case Status::postponed:
      return PlanStatus::postponed;
    case Status::cancelled:
      return PlanStatus::cancelled;
    case Status::hypothetical:
      for (const std::uint32_t cue : status.cues) {
        const std::uint32_t head = source.analysis.status_matches[cue].head;
        if (source.analysis.tokens[head].upos == Upos::VERB && head != token) return PlanStatus::proposed;
      }
      return std::nullopt;
    default:
      return std::nullopt;
  }
}

/// The noun through which cues reach the word: "plan" in "dropped its plan for sanctions"; -1 if there is
/// none.
int carrier_of(const PlanSource& source, std::uint32_t token) {
  const Token& word = source.analysis.tokens[token];
  if (word.head < 0 || (!word.depends_as("acl") && !word.depends_as("nmod"))) return -1;
  const Token& above = source.analysis.tokens[static_cast<std::size_t>(word.head)];
  return source.lexicon.in_class(above.lemma, "plan_carriers") ? word.head : -1;
}

bool tells_of_plan(const PlanSource& source, const std::vector<std::uint32_t>& cues) {
  return std::any_of(cues.begin(), cues.end(), [&](std::uint32_t cue) {
    return source.lexicon.status_rules()[source.analysis.status_matches[cue].rule].plan.has_value();
  });
}

/// Whether a mention further down says what this noun only carries: "plan" in "its plan to send troops".
bool carries_a_plan(const PlanSource& source, const Marks& marks, std::uint32_t token) {
  if (!source.lexicon.in_class(source.analysis.tokens[token].lemma, "plan_carriers")) return false;
  return std::any_of(source.analysis.children[token].begin(), source.analysis.children[token].end(),
                     [&](std::uint32_t child) {
                       const Token& word = source.analysis.tokens[child];
                       if (!word.depends_as("acl") && !word.depends_as("nmod")) return false;
                       return marks.event[child] >= 0 || source.lexicon.find("plan_nouns", word.lemma) ||
                              source.lexicon.find("plan_verbs", word.lemma);
                     });
}

/// "Will meet on Friday to discuss the border", "an operation to free the hostages": what a clause is for,
/// told by no cue of its own, is no plan of its own.
bool is_mere_purpose(const PlanSource& source, std::uint32_t token, const WordStatus& status) {
  const Token& word = source.analysis.tokens[token];
  if (!status.cues.empty() || !word.is("VerbForm=Inf")) return false;
  if (!word.depends_as("advcl") && !word.depends_as("acl")) return false;
  return carrier_of(source, token) < 0 && source.analysis.child(token, "mark") >= 0;
}

/// Steps told by the cues that govern the word; without one, by its own tense.
void add_steps(const PlanSource& source, const Marks& marks, PlanMention& mention) {
  bool governed = false;
  std::vector<std::uint32_t> cues = cues_over(source.analysis, mention.token, source.lexicon);
  const int carrier = carrier_of(source, mention.token);
  if (carrier >= 0) {
    const auto above = cues_over(source.analysis, static_cast<std::uint32_t>(carrier), source.lexicon);
    if (tells_of_plan(source, above)) cues = above;
  }
  const WordStatus word_status = status_of_word(source.analysis, mention.token, source.lexicon);
  std::vector<std::uint32_t> beside;
  for (const std::uint32_t cue : cues) {
    const RuleMatch& match = source.analysis.status_matches[cue];
    const StatusRule& rule = source.lexicon.status_rules()[match.rule];
    if (!rule.plan) continue;
    if (source.analysis.tokens[match.head].head == static_cast<int>(mention.token)) {
      beside.push_back(cue);
      continue;
    }
    // A cue that is itself denied or supposed says nothing of the plan: "has not cancelled", "may cancel".
    const WordStatus over = status_of_cue(source.analysis, cue, source.lexicon);
    const Status above = over.status;
    const bool off = is_denied_ahead(source.analysis, match.head, over) && rule.status != Status::cancelled &&
                     rule.status != Status::postponed;
    if (above == Status::denied && !off) continue;
    if (above == Status::hypothetical || above == Status::threatened) continue;
    PlanStatus step = *rule.plan;
    if (off)  // "will not start on Monday" may start later
      step = step == PlanStatus::under_way ? PlanStatus::postponed : PlanStatus::cancelled;
    const bool told_as_done = step == PlanStatus::held || step == PlanStatus::under_way;
    if (above == Status::planned && told_as_done) step = PlanStatus::announced;  // "will take place"
    mention.steps.push_back(step_at(source, marks, step, match.head, mention.token));
    governed = true;
  }
  if (governed) return;
  const auto status = is_not_to_be(source.analysis, mention.token) ? std::optional(PlanStatus::cancelled)
                      : is_scheduled(source, marks, mention.token)
                          ? std::optional(PlanStatus::announced)
                          : step_of_status(source, mention.token, word_status);
  for (const std::uint32_t cue : beside) {
    const RuleMatch& match = source.analysis.status_matches[cue];
    mention.steps.push_back(
        step_at(source, marks, *source.lexicon.status_rules()[match.rule].plan, match.head, mention.token));
    governed = true;
  }
  if (!governed && status && !is_mere_purpose(source, mention.token, word_status))
    mention.steps.push_back(step_at(source, marks, *status, mention.token, mention.token));
}

/// "will be held on Friday", "is to begin on Friday": the day is the plan's.
bool lies_ahead(const Analysis& analysis, std::uint32_t token) {
  if (analysis.tokens[token].is("Tense=Past") && !is_passive_verb(analysis, token)) return false;
  return std::any_of(analysis.children[token].begin(), analysis.children[token].end(),
                     [&](std::uint32_t child) {
                       return is_will(analysis.tokens[child]) || analysis.tokens[child].depends_as("cop");
                     });
}

void add_planned_day(const PlanSource& source, const Marks& marks, PlanMention& mention) {
  if (mention.steps.empty()) return;
  const PlanStatus status = mention.steps.front().step.status;
  const bool open = status != PlanStatus::cancelled && status != PlanStatus::not_ruled_out;
  std::vector<std::uint32_t> words{mention.token};
  for (const ToldStep& told : mention.steps) {
    if (open && told.token != mention.token) words.push_back(told.token);
  }
  for (const std::uint32_t child : source.analysis.children[mention.token]) {
    if (source.analysis.tokens[child].depends_as("acl")) words.push_back(child);
  }
  for (const std::uint32_t word : words) {
    const bool own = word == mention.token || fixes_a_day(source, word) || lies_ahead(source.analysis, word);
    for (const std::uint32_t child : source.analysis.children[word]) {
      if (marks.time[child] < 0) continue;
      if (!own && !binds_planned_day(marker_of(source.analysis, child))) continue;
      mention.when = source.times[static_cast<std::size_t>(marks.time[child])].value;
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

/// Whether a day hangs on the word, or if `place` does, a place.
bool has_day_or_place(const PlanSource& source, const Marks& marks, std::uint32_t token, bool place) {
  return std::any_of(source.analysis.children[token].begin(), source.analysis.children[token].end(),
                     [&](std::uint32_t child) {
                       if (marks.time[child] >= 0) return true;
                       if (!place || marks.entity[child] < 0) return false;
                       const Entity& entity = source.entities[static_cast<std::size_t>(marks.entity[child])];
                       return entity.kind == EntityKind::place || entity.kind == EntityKind::country;
                     });
}

bool is_plan_noun(const PlanSource& source, int token) {
  if (token < 0) return false;
  const Token& word = source.analysis.tokens[static_cast<std::size_t>(token)];
  return word.upos == Upos::NOUN && source.lexicon.find("plan_nouns", word.lemma);
}

bool is_about_a_plan(const PlanSource& source, std::uint32_t verb) {
  const int subject = subject_of(source.analysis, verb);
  if (is_plan_noun(source, object_of(source.analysis, verb))) return true;
  return is_plan_noun(source, subject) && !is_doer_of(source, static_cast<std::uint32_t>(subject), verb);
}

/// The row of `plan_verbs` for a verb with its particle or object ("step down", "stop work"), if what it
/// needs is there.
Row verb_row(const PlanSource& source, const Marks& marks, std::uint32_t token) {
  const Analysis& analysis = source.analysis;
  if (analysis.tokens[token].upos != Upos::VERB) return Row{};
  Row row = source.lexicon.find("plan_verbs", analysis.tokens[token].lemma);
  for (const std::uint32_t child : analysis.children[token]) {
    const Token& word = analysis.tokens[child];
    if (!word.depends_as("compound") && !word.depends_as("obj") && !word.depends_as("advmod") &&
        !word.depends_as("obl"))
      continue;
    const Row whole = source.lexicon.find("plan_verbs", analysis.tokens[token].lemma + ' ' + word.lemma);
    if (whole) row = whole;
  }
  if (!row || is_about_a_plan(source, token)) return Row{};  // "attend the summit": the noun is the plan
  if (row["needs"].empty()) return row;
  return has_day_or_place(source, marks, token, row["needs"] == "place") ? row : Row{};
}

std::optional<PlanMention> mention_at(const PlanSource& source, const Marks& marks, std::uint32_t token) {
  const Token& word = source.analysis.tokens[token];
  const bool noun = word.upos == Upos::NOUN || word.upos == Upos::PROPN;
  if (noun && (carries_a_plan(source, marks, token) || is_earlier_one(source, token))) return std::nullopt;
  const Row row = noun ? source.lexicon.find("plan_nouns", word.lemma) : verb_row(source, marks, token);
  PlanMention mention;
  mention.token = token;
  mention.noun = noun;
  mention.event = marks.event[token];
  if (row) mention.kind = row["what"];
  if (mention.event >= 0) {
    const Event& event = source.events[static_cast<std::size_t>(mention.event)];
    if (mention.kind.empty()) mention.kind = kind_of_type(event);
    mention.parties = parties_of_event(source, event);
    mention.place = event.place;
  }
  if (mention.kind.empty()) return std::nullopt;
  mention.what = words_of_plan(source, token, noun);
  if (mention.event < 0) mention.parties = parties_around(source, marks, token);
  add_steps(source, marks, mention);
  add_planned_day(source, marks, mention);
  if (!mention.place) add_place(source, marks, mention);
  return mention;
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
    const int subject = subject_of(analysis, word);
    if (speaks_of_another(source, marks, word, subject, mentions)) continue;
    if (source.lexicon.plan_rules()[match.rule].status == PlanStatus::cancelled &&
        leaves_a_place(source, marks, word))
      continue;
    PlanMention* nearest = mention_of_phrase(analysis, mentions, match.head, word);
    if (nearest == nullptr) continue;
    const PlanStatus status = source.lexicon.plan_rules()[match.rule].status;
    ToldStep told = step_at(source, marks, status, word, word);
    nearest->steps.push_back(std::move(told));
  }
}

}  // namespace

std::uint32_t clause_of(const Analysis& analysis, std::uint32_t token) {
  for (int steps = 0; steps < 32 && !is_clause_relation(analysis.tokens[token]); ++steps)
    token = static_cast<std::uint32_t>(analysis.tokens[token].head);
  return token;
}

std::vector<PlanMention> find_plan_mentions(const PlanSource& source) {
  const Marks marks = marks_of(source);
  std::vector<PlanMention> mentions;
  for (std::uint32_t token = 0; token < source.analysis.tokens.size(); ++token) {
    auto mention = mention_at(source, marks, token);
    if (mention) mentions.push_back(std::move(*mention));
  }
  add_pronoun_steps(source, marks, mentions);
  add_phrases(source, marks, mentions);
  return mentions;
}

}  // namespace polybius
