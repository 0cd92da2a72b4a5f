// Reads announcement, change and end off the cues that govern a word.
#include "plans/steps.h"

#include <algorithm>

#include "plans/ahead.h"
#include "plans/verbs.h"

namespace polybius {
namespace {

bool is_clause_relation(const Token& word) {
  return word.head < 0 || word.depends_as("ccomp") || word.depends_as("advcl") ||
         word.depends_as("parataxis") || word.deprel == "acl:relcl" || word.depends_as("csubj");
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

/// Whether what is denied lies ahead: "will not go", "denied that he would go".
bool is_denied_ahead(const Analysis& analysis, std::uint32_t token, const WordStatus& status) {
  const Token& word = analysis.tokens[token];
  if (status.status != Status::denied || word.depends_as("acl") || word.depends_as("advcl")) return false;
  const auto ahead = [&](std::uint32_t other) { return is_will(analysis.tokens[other]); };
  return std::any_of(status.words.begin(), status.words.end(), ahead) ||
         std::any_of(analysis.children[token].begin(), analysis.children[token].end(), ahead);
}

/// "Attend", "take part in" what others hold.
bool goes_to_others(const PlanSource& source, std::uint32_t verb) {
  if (source.lexicon.in_class(source.analysis.tokens[verb].lemma, "attending")) return true;
  const int object = source.analysis.child(verb, "obj");
  return object >= 0 && source.analysis.tokens[static_cast<std::size_t>(object)].lower == "part";
}

std::optional<PlanStatus> step_of_status(const PlanSource& source, std::uint32_t token,
                                         const WordStatus& status) {
  const Token& word = source.analysis.tokens[token];
  const bool beside = word.upos == Upos::NOUN && word.head >= 0 &&
                      goes_to_others(source, static_cast<std::uint32_t>(word.head));
  if (beside && status.status == Status::denied) return std::nullopt;
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

/// "Will meet on Friday to discuss the border", "an operation to free the hostages": what a clause is for,
/// told by no cue of its own, is no plan of its own.
bool is_mere_purpose(const PlanSource& source, std::uint32_t token, const WordStatus& status) {
  const Token& word = source.analysis.tokens[token];
  if (!status.cues.empty() || !word.is("VerbForm=Inf")) return false;
  if (!word.depends_as("advcl") && !word.depends_as("acl")) return false;
  return carrier_of(source, token) < 0 && source.analysis.child(token, "mark") >= 0;
}

/// "Was to have opened this week": it did not, and what became of it is told elsewhere.
bool was_to_have_been(const Analysis& analysis, std::uint32_t token) {
  bool to = false;
  bool have = false;
  for (const std::uint32_t child : analysis.children[token]) {
    to = to || analysis.tokens[child].lower == "to";
    have = have || (analysis.tokens[child].depends_as("aux") && analysis.tokens[child].lower == "have");
  }
  return to && have;
}

bool is_finite_present(const Analysis& analysis, std::uint32_t verb) {
  return analysis.tokens[verb].is("Tense=Pres") && analysis.tokens[verb].is("VerbForm=Fin");
}

/// "Is to impose", whichever word the tree has as head.
bool is_to_do(const Analysis& analysis, std::uint32_t verb) {
  bool present = false;
  bool to = false;
  for (const std::uint32_t child : analysis.children[verb]) {
    const Token& word = analysis.tokens[child];
    present = present || (word.depends_as("aux") && (word.lower == "is" || word.lower == "are"));
    to = to || (word.lower == "to" && word.depends_as("mark"));
  }
  return present && to;
}

/// The verb that a noun is the object of, or in the passive the subject; -1 if there is none.
int verb_done_to(const Analysis& analysis, const PlanMention& mention) {
  const Token& word = analysis.tokens[mention.token];
  if (!mention.noun || word.head < 0) return -1;
  const bool passive =
      word.depends_as("nsubj") && is_passive_verb(analysis, static_cast<std::uint32_t>(word.head));
  return word.depends_as("obj") || passive ? word.head : -1;
}

/// "Is to impose sanctions", "will move a vote of no confidence on Thursday": the noun is what somebody will
/// do.
bool is_staged(const PlanSource& source, const Marks& marks, const PlanMention& mention) {
  const int head = verb_done_to(source.analysis, mention);
  if (head < 0) return false;
  const auto verb = static_cast<std::uint32_t>(head);
  const std::string& lemma = source.analysis.tokens[verb].lemma;
  const Row row = source.lexicon.find("plan_verbs", lemma);
  const bool same = (row && row["what"] == mention.kind) || source.lexicon.in_class(lemma, "lending");
  if (!same && !source.lexicon.in_class(lemma, "staging")) return false;
  const WordStatus status = status_of_word(source.analysis, verb, source.lexicon);
  if (status.status != Status::planned && !is_to_do(source.analysis, verb)) return false;
  const auto& children = source.analysis.children[verb];
  return same || std::any_of(children.begin(), children.end(),
                             [&](std::uint32_t child) { return marks.time[child] >= 0; });
}

/// The verb of "moved the vote to April", not to the village; -1 if there is none.
int verb_of_moving(const PlanSource& source, const Marks& marks, const PlanMention& mention) {
  const int verb = verb_done_to(source.analysis, mention);
  if (verb < 0 ||
      !source.lexicon.in_class(source.analysis.tokens[static_cast<std::size_t>(verb)].lemma, "moving"))
    return -1;
  const auto& children = source.analysis.children[static_cast<std::size_t>(verb)];
  const bool another_day = std::any_of(children.begin(), children.end(), [&](std::uint32_t child) {
    const std::string marker = marks.time[child] < 0 ? std::string{} : marker_of(source.analysis, child);
    return marker == "to" || marker == "until" || marker == "till";
  });
  return another_day ? verb : -1;
}

/// "Voted on Monday to strike", "voted not to hold a referendum": what a body has decided by vote.
std::optional<PlanStatus> step_of_vote(const PlanSource& source, const PlanMention& mention) {
  const Analysis& analysis = source.analysis;
  std::uint32_t verb = mention.token;
  const Token& word = analysis.tokens[verb];
  if (mention.noun && word.depends_as("obj") && word.head >= 0 &&
      lends_to_noun(source, static_cast<std::uint32_t>(word.head)))
    verb = static_cast<std::uint32_t>(word.head);
  const Token& act = analysis.tokens[verb];
  if (!act.is("VerbForm=Inf") || act.head < 0) return std::nullopt;
  const auto above = static_cast<std::uint32_t>(act.head);
  if (!source.lexicon.in_class(analysis.tokens[above].lemma, "deciding") || !is_told_as_past(analysis, above))
    return std::nullopt;
  const auto& children = analysis.children[verb];
  const bool not_to = std::any_of(children.begin(), children.end(),
                                  [&](std::uint32_t child) { return analysis.tokens[child].lower == "not"; });
  return not_to ? PlanStatus::cancelled : PlanStatus::announced;
}

/// What a cue over the word says of the plan. One that is itself denied or supposed says nothing: "has not
/// cancelled", "may cancel".
std::optional<PlanStatus> step_of_cue(const PlanSource& source, const Marks& marks, std::uint32_t cue) {
  const RuleMatch& match = source.analysis.status_matches[cue];
  const StatusRule& rule = source.lexicon.status_rules()[match.rule];
  const WordStatus over = status_of_cue(source.analysis, cue, source.lexicon);
  const Status above = over.status;
  const bool off = is_denied_ahead(source.analysis, match.head, over) && rule.status != Status::cancelled &&
                   rule.status != Status::postponed;
  if (above == Status::hypothetical || above == Status::threatened) return std::nullopt;
  if (above == Status::denied && !off) return std::nullopt;
  if (off && goes_to_others(source, match.head)) return std::nullopt;  // it may be held without him
  const std::string& word = source.analysis.tokens[match.head].lemma;
  if (above == Status::planned && source.lexicon.in_class(word, "ending"))
    return std::nullopt;  // not yet over
  if (off)                // "will not start on Monday" may start later
    return *rule.plan == PlanStatus::under_way ? PlanStatus::postponed : PlanStatus::cancelled;
  const bool told_as_done = *rule.plan == PlanStatus::held || *rule.plan == PlanStatus::under_way;
  if (told_as_done && (above == Status::planned || is_scheduled(source, marks, match.head)))
    return PlanStatus::announced;  // "will take place", "begins on 12 May"
  if (*rule.plan == PlanStatus::held && word == "go" && is_finite_present(source.analysis, match.head))
    return PlanStatus::confirmed;  // "goes ahead"
  return rule.plan;
}

/// The step that tense and the verbs around tell without a cue.
std::optional<PlanStatus> step_without_cue(const PlanSource& source, const Marks& marks,
                                           const PlanMention& mention, const WordStatus& status) {
  const Token& word = source.analysis.tokens[mention.token];
  const bool opens = mention.noun && word.depends_as("nsubj") && word.head >= 0 &&
                     is_scheduled(source, marks, static_cast<std::uint32_t>(word.head));
  if (opens || is_to_do(source.analysis, mention.token) || is_staged(source, marks, mention))
    return PlanStatus::announced;
  if (is_not_to_be(source.analysis, mention.token)) return PlanStatus::cancelled;
  if (is_scheduled(source, marks, mention.token)) return PlanStatus::announced;
  return step_of_status(source, mention.token, status);
}

/// The cues over the word or over the noun that carries it.
std::vector<std::uint32_t> cues_of_mention(const PlanSource& source, std::uint32_t token) {
  const int carrier = carrier_of(source, token);
  if (carrier >= 0) {
    auto above = cues_over(source.analysis, static_cast<std::uint32_t>(carrier), source.lexicon);
    if (tells_of_plan(source, above)) return above;
  }
  return cues_over(source.analysis, token, source.lexicon);
}

}  // namespace

bool binds_planned_day(std::string_view preposition) {
  return preposition == "for" || preposition == "until" || preposition == "till" || preposition == "to";
}

bool fixes_a_day(const PlanSource& source, std::uint32_t token) {
  const Token& word = source.analysis.tokens[token];
  return source.lexicon.in_class(word.lemma, "scheduling") || word.upos != Upos::VERB;
}

bool is_will(const Token& word) {
  return word.lemma == "will" || word.lower == "would" || word.lower == "wo" || word.lower == "shall";
}

std::uint32_t clause_of(const Analysis& analysis, std::uint32_t token) {
  for (int steps = 0; steps < 32 && !is_clause_relation(analysis.tokens[token]); ++steps)
    token = static_cast<std::uint32_t>(analysis.tokens[token].head);
  return token;
}

ToldStep step_at(const PlanSource& source, const Marks& marks, PlanStatus status, std::uint32_t cue,
                 std::uint32_t mention) {
  const Token& word = source.analysis.tokens[cue];
  const bool beside = word.depends_as("amod");  // "the long-delayed round of talks": of an earlier day
  const bool ahead =
      status == PlanStatus::announced || status == PlanStatus::confirmed || status == PlanStatus::proposed;
  ToldStep told;
  told.token = cue;
  told.step.status = status;
  told.step.evidence = clause_span(source, cue, mention);
  told.step.said_by = innermost_statement(source.statements, source.analysis.tokens[cue].span.begin);
  told.earlier = beside || is_told_earlier(source.analysis, cue, status);
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

void add_steps(const PlanSource& source, const Marks& marks, PlanMention& mention) {
  if (was_to_have_been(source.analysis, mention.token)) return;
  std::size_t governed = 0;
  const auto add = [&](PlanStatus status, std::uint32_t cue) {
    mention.steps.push_back(step_at(source, marks, status, cue, mention.token));
    ++governed;
  };
  std::vector<std::pair<PlanStatus, std::uint32_t>> beside;
  for (const std::uint32_t cue : cues_of_mention(source, mention.token)) {
    const RuleMatch& match = source.analysis.status_matches[cue];
    const auto& plan = source.lexicon.status_rules()[match.rule].plan;
    if (!plan) continue;
    if (source.analysis.tokens[match.head].head == static_cast<int>(mention.token)) {
      beside.emplace_back(*plan, match.head);
    } else if (const auto step = step_of_cue(source, marks, cue)) {
      add(*step, match.head);
    }
  }
  if (governed > 0) return;
  if (const auto voted = step_of_vote(source, mention)) return add(*voted, mention.token);
  if (const int moved = verb_of_moving(source, marks, mention); moved >= 0)
    return add(PlanStatus::postponed, static_cast<std::uint32_t>(moved));
  for (const auto& [status, head] : beside) add(status, head);
  if (governed > 0) return;
  const WordStatus word_status = status_of_word(source.analysis, mention.token, source.lexicon);
  const auto status = step_without_cue(source, marks, mention, word_status);
  if (status && !is_mere_purpose(source, mention.token, word_status)) add(*status, mention.token);
}

}  // namespace polybius
