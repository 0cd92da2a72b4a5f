// What became of what a word tells of: tense, modality, negation and the cues that govern it.
#include <algorithm>
#include <array>
#include <initializer_list>

#include "language/governing.h"

namespace polybius {
namespace {

constexpr int max_depth = 16;

bool is_one_of(std::string_view word, std::initializer_list<std::string_view> words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

/// What remains of a cue's word on the thing governed if the cue itself did not simply happen.
Status composed(Status said, Status cue) {
  switch (cue) {
    case Status::occurred:
    case Status::ongoing:
      return said;
    case Status::denied:
      switch (said) {
        case Status::denied:
          return Status::hypothetical;
        case Status::cancelled:
        case Status::postponed:
          return Status::planned;
        default:
          return Status::denied;
      }
    case Status::hypothetical:
      return Status::hypothetical;
    case Status::threatened:
      return said == Status::occurred || said == Status::planned || said == Status::ongoing
                 ? Status::threatened
                 : Status::hypothetical;
    case Status::planned:
      return said == Status::occurred || said == Status::ongoing ? Status::planned : said;
    case Status::cancelled:
      return said == Status::denied || said == Status::postponed ? said : cue;
    case Status::postponed:
      return said == Status::denied || said == Status::cancelled ? said : cue;
  }
  return said;
}

int decisiveness(Status status) {
  constexpr std::array order{Status::occurred,   Status::ongoing,   Status::planned,   Status::hypothetical,
                             Status::threatened, Status::postponed, Status::cancelled, Status::denied};
  return static_cast<int>(std::find(order.begin(), order.end(), status) - order.begin());
}

bool is_negation(const Token& token) {
  if (is_one_of(token.lower, {"not", "n't", "n’t", "never", "nor", "neither"})) return true;
  return token.lower == "no" && (token.depends_as("det") || token.depends_as("advmod"));
}

int negation_of(const Analysis& analysis, std::uint32_t token) {
  for (const std::uint32_t child : analysis.children[token]) {
    if (is_negation(analysis.tokens[child])) return static_cast<int>(child);
  }
  if (analysis.tokens[token].upos != Upos::VERB) return -1;
  for (const std::uint32_t child :
       analysis.children[token]) {  // "no talks were held", "held no talks", "none came"
    const Token& word = analysis.tokens[child];
    if (!word.depends_as("nsubj") && !word.depends_as("obj")) continue;
    if (is_one_of(word.lower, {"none", "nobody", "nothing", "neither"})) return static_cast<int>(child);
    for (const std::uint32_t below : analysis.children[child]) {
      if (analysis.tokens[below].depends_as("det") && analysis.tokens[below].lower == "no")
        return static_cast<int>(below);
    }
  }
  return -1;
}

struct Judgement {
  Status status = Status::occurred;
  std::vector<std::uint32_t> words;
  bool open = false;  ///< the word has no tense of its own
};

/// The auxiliaries of a verb or predicate; of a second verb those of the first ("will visit and meet").
std::vector<std::uint32_t> auxiliaries(const Analysis& analysis, std::uint32_t token) {
  std::vector<std::uint32_t> found;
  for (const std::uint32_t child : analysis.children[token]) {
    const Token& word = analysis.tokens[child];
    if (word.depends_as("aux") || word.depends_as("cop")) found.push_back(child);
  }
  const Token& word = analysis.tokens[token];
  if (found.empty() && word.depends_as("conj") && word.head >= 0 && !is_finite(word) &&
      analysis.child(token, "nsubj") < 0 && !is_infinitive(analysis, token))
    return auxiliaries(analysis, static_cast<std::uint32_t>(word.head));
  return found;
}

/// "said he would go" looks forward from then; "would go if asked" supposes.
bool would_looks_forward(const Analysis& analysis, std::uint32_t token) {
  for (const std::uint32_t child : analysis.children[token]) {
    if (analysis.tokens[child].depends_as("advcl") && is_one_of(marker_of(analysis, child), {"if", "unless"}))
      return false;
  }
  const Token* word = &analysis.tokens[token];
  for (int steps = 0; steps < max_depth && word->head >= 0; ++steps) {
    if (word->depends_as("ccomp") || word->depends_as("parataxis")) return true;
    if (!word->depends_as("conj") && !word->depends_as("acl")) return false;
    word = &analysis.tokens[word->head];
  }
  return false;
}

std::optional<Status> modal_status(const Analysis& analysis, std::uint32_t token, std::string_view modal,
                                   bool negated) {
  if (is_one_of(modal, {"will", "'ll", "’ll", "wo", "shall"}))
    return negated ? Status::denied : Status::planned;
  if (is_one_of(modal, {"would", "'d", "’d"})) {
    if (negated) return Status::denied;
    return would_looks_forward(analysis, token) ? Status::planned : Status::hypothetical;
  }
  if (is_one_of(modal, {"can", "could", "ca"})) return negated ? Status::denied : Status::hypothetical;
  if (is_one_of(modal, {"may", "might", "should", "must", "ought"})) return Status::hypothetical;
  return std::nullopt;
}

/// "The aim is to meet" says what the aim is; "the leaders are to meet" what they will do, and trees do not
/// tell the two apart.
bool is_defined(const Analysis& analysis, std::uint32_t token) {
  const int outer = analysis.child(token, "nsubj:outer");
  return outer >= 0 &&
         is_one_of(analysis.tokens[static_cast<std::size_t>(outer)].lemma,
                   {"aim",       "goal",      "plan",      "idea",  "purpose", "task",   "job",
                    "hope",      "intention", "objective", "point", "way",     "thing",  "step",
                    "challenge", "option",    "duty",      "wish",  "role",    "answer", "priority",
                    "strategy",  "what",      "this",      "that",  "it"});
}

/// "Had been due to visit", where the tree takes "due to" for a conjunction.
bool is_due(const Analysis& analysis, std::uint32_t token) {
  return std::any_of(
      analysis.children[token].begin(), analysis.children[token].end(), [&](std::uint32_t child) {
        return analysis.tokens[child].depends_as("mark") && analysis.tokens[child].lower == "due";
      });
}

bool was_to_have(const Analysis& analysis, const std::vector<std::uint32_t>& helpers) {
  bool was = false;
  bool have = false;
  for (const std::uint32_t helper : helpers) {
    const std::string& form = analysis.tokens[helper].lower;
    was = was || form == "was" || form == "were";
    have = have || form == "have";
  }
  return was && have;
}

Judgement verb_judgement(const Analysis& analysis, std::uint32_t token) {
  const Token& word = analysis.tokens[token];
  Judgement judgement;
  const int negation = negation_of(analysis, token);
  if (negation >= 0) judgement.words.push_back(static_cast<std::uint32_t>(negation));
  const std::vector<std::uint32_t> helpers = auxiliaries(analysis, token);
  bool being = false;
  for (const std::uint32_t helper : helpers) {
    const Token& aux = analysis.tokens[helper];
    being = being || aux.lemma == "be" || aux.lower == "being";
    const auto modal = modal_status(analysis, token, aux.lower, negation >= 0);
    if (!modal) continue;
    judgement.status = *modal;
    judgement.words.push_back(helper);
    return judgement;
  }
  if (negation >= 0) {
    judgement.status = Status::denied;
    return judgement;
  }
  const bool infinitive = is_infinitive(analysis, token);
  if (infinitive && was_to_have(analysis, helpers)) {  // "was to have visited": it did not come to that
    judgement.status = Status::cancelled;
    judgement.words = helpers;
    return judgement;
  }
  if (infinitive && being && word.upos == Upos::VERB && !is_defined(analysis, token) &&
      analysis.child(token, "cop") >= 0) {  // "is to visit"
    judgement.status = Status::planned;
    judgement.words = helpers;
    return judgement;
  }
  if (being && !infinitive && word.lemma == "engage" && is_passive_verb(analysis, token)) {
    judgement.status = Status::ongoing;  // "have been engaged in talks"
    judgement.words = helpers;
    return judgement;
  }
  if (being && is_due(analysis, token)) {
    judgement.status = Status::planned;
    judgement.words = helpers;
    return judgement;
  }
  const bool gerund = word.is("VerbForm=Ger") || (word.is("VerbForm=Part") && word.is("Tense=Pres"));
  const bool progressive_passive = std::any_of(helpers.begin(), helpers.end(), [&](std::uint32_t helper) {
    return analysis.tokens[helper].lower == "being";
  });
  if (being && !infinitive && (gerund || progressive_passive)) {
    judgement.status = Status::ongoing;
    judgement.words = helpers;
    return judgement;
  }
  judgement.open = infinitive || (helpers.empty() && !is_finite(word)) || word.is("VerbForm=Inf");
  return judgement;
}

WordStatus judged(const Analysis& analysis, std::uint32_t token, const Lexicon& lexicon, int depth);

/// What the type of an event says of its complement where no cue does: what is demanded is not yet.
std::optional<Status> event_says(const Analysis& analysis, std::uint32_t verb, const Lexicon& lexicon) {
  const auto [begin, end] = matches_at(analysis.event_matches, verb);
  if (begin == end) return std::nullopt;
  switch (lexicon.event_rules()[analysis.event_matches[begin].rule].type) {
    case EventType::REQUEST:
      return Status::hypothetical;
    case EventType::AGREE:
      return Status::planned;
    case EventType::THREATEN:
      return Status::threatened;
    case EventType::REJECT:
      return Status::denied;
    default:
      return std::nullopt;
  }
}

/// The status of an adverbial clause without tense: "without asking", "to ask", "after asking".
Status inherited_by_clause(std::string_view mark, Status parent) {
  if (mark == "without") return Status::denied;
  if (mark == "to") return decisiveness(parent) > decisiveness(Status::planned) ? parent : Status::planned;
  if (is_one_of(mark, {"after", "since", "for", "by"})) return Status::occurred;
  return parent;
}

/// The status that a verb without tense takes from where it stands.
Status inherited_by_verb(const Analysis& analysis, std::uint32_t token, const Lexicon& lexicon, int depth) {
  const Token& word = analysis.tokens[token];
  const bool infinitive = is_infinitive(analysis, token);
  if (word.head < 0)
    return infinitive ? Status::planned : Status::occurred;  // headline: "Putin to visit Hungary"
  const auto head = static_cast<std::uint32_t>(word.head);
  const Token& above = analysis.tokens[head];
  if (word.depends_as("xcomp") || (word.depends_as("acl") && infinitive)) {
    const Status parent = judged(analysis, head, lexicon, depth + 1).status;
    const auto said = event_says(analysis, head, lexicon);
    if (said) return composed(*said, parent);
    if (above.lemma == "go" && above.is("VerbForm=Ger")) return Status::planned;
    if (is_timetable(analysis, head, token, lexicon)) return Status::planned;
    if (above.upos == Upos::VERB || above.upos == Upos::AUX) return parent;
    return Status::hypothetical;
  }
  if (word.depends_as("advcl"))
    return inherited_by_clause(marker_of(analysis, token), judged(analysis, head, lexicon, depth + 1).status);
  if (word.depends_as("conj")) {
    // "Promised not to sign and to join": what is said of the first infinitive alone is not said of the
    // second.
    const bool both = infinitive && is_infinitive(analysis, head) && depth < max_depth;
    return both ? inherited_by_verb(analysis, head, lexicon, depth + 1)
                : judged(analysis, head, lexicon, depth + 1).status;
  }
  if (word.depends_as("csubj")) return Status::hypothetical;
  return Status::occurred;
}

/// "A meeting, which is being held on Saturday": the tense of the clause that tells of it; -1 if there is
/// none.
int telling_clause(const Analysis& analysis, std::uint32_t noun, const Lexicon& lexicon) {
  for (const std::uint32_t child : analysis.children[noun]) {
    const Token& word = analysis.tokens[child];
    if (word.depends_as("nmod") &&
        marker_of(analysis, child) == "of") {  // "a meeting of ministers, which ..."
      const int clause = telling_clause(analysis, child, lexicon);
      if (clause >= 0) return clause;
    }
    if (word.deprel == "acl:relcl" && word.upos == Upos::VERB &&
        lexicon.in_class(word.lemma, "taking_place") && subject_of(analysis, child) == static_cast<int>(noun))
      return static_cast<int>(child);
  }
  return -1;
}

/// "Will speak at a rally", "is leading a team in talks": what is taken part in is planned or goes on as the
/// verb.
std::optional<Status> status_of_attended(const Analysis& analysis, std::uint32_t token,
                                         const Lexicon& lexicon) {
  const Token& word = analysis.tokens[token];
  const auto head = static_cast<std::uint32_t>(word.head);
  if (!word.depends_as("obl") || analysis.tokens[head].upos != Upos::VERB) return std::nullopt;
  if (!lexicon.in_class(word.lemma, "meeting") && !lexicon.in_class(word.lemma, "protest"))
    return std::nullopt;
  if (!is_one_of(marker_of(analysis, token), {"in", "at", "for"})) return std::nullopt;
  const Status verb = verb_judgement(analysis, head).status;
  if (verb == Status::planned || verb == Status::ongoing) return verb;
  return std::nullopt;
}

/// The status that a noun takes from the verb above it where no cue says anything.
Status inherited_by_noun(const Analysis& analysis, std::uint32_t token, const Lexicon& lexicon, int depth) {
  const LightVerb light = light_verb_over(analysis, token, lexicon);
  if (light.token >= 0) {
    const Status verb = judged(analysis, static_cast<std::uint32_t>(light.token), lexicon, depth + 1).status;
    const auto given = status_of(light.row["status"]);
    return given ? composed(*given, verb) : verb;
  }
  const Token& word = analysis.tokens[token];
  if (marker_of(analysis, token) == "without") return Status::denied;
  if (const int clause = telling_clause(analysis, token, lexicon); clause >= 0) {
    const Judgement told = verb_judgement(analysis, static_cast<std::uint32_t>(clause));
    if (told.status != Status::occurred) return told.status;
  }
  if (word.head < 0) return Status::occurred;
  const auto head = static_cast<std::uint32_t>(word.head);
  const Token& above = analysis.tokens[head];
  if (word.depends_as("conj") && above.upos == Upos::NOUN)
    return judged(analysis, head, lexicon, depth + 1).status;
  if (word.depends_as("nsubj") && (above.upos == Upos::VERB || analysis.child(head, "cop") >= 0)) {
    const Judgement verb = verb_judgement(analysis, head);
    if (verb.status == Status::planned || verb.status == Status::hypothetical) return verb.status;
  }
  if (const auto attended = status_of_attended(analysis, token, lexicon)) return *attended;
  if (word.deprel == "obj") {
    const auto said = event_says(analysis, head, lexicon);
    if (said == Status::hypothetical || said == Status::threatened)
      return composed(*said, judged(analysis, head, lexicon, depth + 1).status);
  }
  return Status::occurred;
}

void consider(WordStatus& result, Status status, std::vector<std::uint32_t> cues,
              std::vector<std::uint32_t> words) {
  if (decisiveness(status) <= decisiveness(result.status)) return;
  result.status = status;
  result.cues = std::move(cues);
  result.words = std::move(words);
}

/// Tense and negation are read from the word itself; the same told by a cue would count twice.
bool is_read_from_word(const Analysis& analysis, const StatusRule& rule, const RuleMatch& match,
                       std::uint32_t token) {
  const Token& cue = analysis.tokens[match.head];
  if (rule.pos == RulePos::aux && rule.governs == "mod") return true;
  if (cue.head != static_cast<int>(token)) return false;
  if (is_negation(cue)) return true;
  // "has now accepted" is over, though "now" alone goes on; "before they met" looks back.
  const bool finite = is_finite(analysis.tokens[token]) || analysis.child(token, "aux") >= 0;
  const bool weak =
      rule.status == Status::ongoing || (rule.status == Status::planned && rule.pos == RulePos::prep);
  return weak && finite && !analysis.tokens[token].is("Tense=Pres");
}

/// The status of the cue's own word; a negation that its pattern asks for ("not rule out") is part of the
/// cue.
WordStatus cue_judged(const Analysis& analysis, const RuleMatch& match, const StatusRule& rule,
                      const Lexicon& lexicon, int depth) {
  WordStatus own = judged(analysis, match.head, lexicon, depth + 1);
  const bool asks_for_no =
      rule.pattern.negated || rule.pattern.text.starts_with("no ") || rule.pattern.text.starts_with("not ");
  if (asks_for_no && own.status == Status::denied) return {};
  return own;
}

/// A finite clause bears its own tense: "confirmed that the summit is postponed" plans nothing.
bool has_own_tense(const Analysis& analysis, std::uint32_t token) {
  return analysis.tokens[token].depends_as("ccomp") &&
         (is_finite(analysis.tokens[token]) || analysis.child(token, "aux") >= 0 ||
          analysis.child(token, "aux:pass") >= 0) &&
         !is_infinitive(analysis, token);
}

/// Whether a verb above says that the thing came to pass, whatever was planned: "held the planned talks".
bool came_to_pass(const StatusRule& rule, Status above) {
  const bool told = rule.plan == PlanStatus::held || rule.plan == PlanStatus::under_way;
  return told && (above == Status::occurred || above == Status::ongoing);
}

/// "Had planned to ... but", "were due to ..., but": an intention of the past that something came between.
bool came_to_nothing(const Analysis& analysis, std::uint32_t cue, const Lexicon& lexicon) {
  const Token& word = analysis.tokens[cue];
  if (!lexicon.in_class(word.lemma, "intending")) return false;
  const auto but_follows = [&](std::uint32_t token) {
    return std::any_of(analysis.children[token].begin(), analysis.children[token].end(),
                       [&](std::uint32_t child) {
                         if (!analysis.tokens[child].depends_as("conj")) return false;
                         const int link = analysis.child(child, "cc");
                         return link >= 0 && analysis.tokens[static_cast<std::size_t>(link)].lower == "but";
                       });
  };
  bool past = word.is("Tense=Past") && word.is("VerbForm=Fin");
  for (const std::uint32_t child : analysis.children[cue]) {
    const std::string& form = analysis.tokens[child].lower;
    const bool helper = analysis.tokens[child].depends_as("aux") || analysis.tokens[child].depends_as("cop");
    past = past || (helper && (form == "had" || form == "was" || form == "were"));
  }
  return past && but_follows(cue);
}

/// What a cue says of what it governs where its own word has the status `above`.
Status said_by_cue(const Analysis& analysis, const RuleMatch& match, const StatusRule& rule, Status above,
                   const Lexicon& lexicon) {
  if (!rule.status) return above;
  if (above == Status::ongoing && rule.plan == PlanStatus::held && *rule.status == Status::occurred)
    return Status::ongoing;  // "are holding talks"
  const std::string& lemma = analysis.tokens[match.head].lemma;
  const bool ended = above == Status::occurred || above == Status::ongoing;
  if (*rule.status == Status::occurred && !ended && lexicon.in_class(lemma, "ending"))
    return Status::ongoing;  // "urged an end to the embargo", which is in force
  if (above == Status::denied && *rule.status == Status::cancelled && lexicon.in_class(lemma, "preventing"))
    return Status::occurred;  // "failed to prevent the attack"
  const bool open = *rule.status == Status::planned || *rule.status == Status::hypothetical;
  if (open && (above == Status::occurred || above == Status::planned) &&
      came_to_nothing(analysis, match.head, lexicon))
    return Status::cancelled;
  return composed(*rule.status, above);
}

/// "Held the planned talks", "began the long-delayed talks": that they came to pass says more.
bool gives_way(const StatusRule& rule) {
  return rule.status == Status::planned || rule.status == Status::postponed;
}

/// What the cues say; true if one above the word says anything, so that nothing is inherited.
bool consider_cues(const Analysis& analysis, std::uint32_t token, const Lexicon& lexicon, int depth,
                   WordStatus& result) {
  bool decided = false;
  bool passed = false;
  const std::vector<std::uint32_t> cues = cues_over(analysis, token, lexicon);
  for (const bool below : {false, true}) {
    for (const std::uint32_t cue : cues) {
      const RuleMatch& match = analysis.status_matches[cue];
      const StatusRule& rule = lexicon.status_rules()[match.rule];
      const bool is_below = analysis.tokens[match.head].head == static_cast<int>(token);
      if (is_below != below || is_read_from_word(analysis, rule, match, token)) continue;
      const WordStatus above = is_below ? WordStatus{} : cue_judged(analysis, match, rule, lexicon, depth);
      if (is_below ? passed && gives_way(rule)
                   : rule.status == Status::planned && has_own_tense(analysis, token))
        continue;
      const Status said = said_by_cue(analysis, match, rule, above.status, lexicon);
      std::vector<std::uint32_t> deciding{cue};
      deciding.insert(deciding.end(), above.cues.begin(), above.cues.end());
      const bool turned = said == Status::occurred && rule.status && *rule.status != Status::occurred;
      if (!is_below && turned && result.status == said && result.words.empty()) {
        result.cues = deciding;  // "failed to prevent the attack": not assumed, but told
      }
      consider(result, said, std::move(deciding), above.words);
      passed = passed || came_to_pass(rule, above.status);
      decided = decided || !is_below;
    }
  }
  return decided;
}

/// The cue of the conjunction by which a clause supposes, whatever its tense and negation say; -1 if none.
int supposing_cue(const Analysis& analysis, std::uint32_t token, const Lexicon& lexicon) {
  for (const std::uint32_t cue : cues_over(analysis, token, lexicon)) {
    const RuleMatch& match = analysis.status_matches[cue];
    const StatusRule& rule = lexicon.status_rules()[match.rule];
    const bool opens =
        rule.governs == "clause" && analysis.tokens[match.head].head == static_cast<int>(token);
    if (opens && rule.status == Status::hypothetical) return static_cast<int>(cue);
  }
  return -1;
}

/// "Would not sail until the navy protected them": what is waited for has not come, though told in the past.
bool is_awaited(const Analysis& analysis, std::uint32_t token, const Lexicon& lexicon, int depth) {
  const Token& word = analysis.tokens[token];
  if (!word.depends_as("advcl") || word.head < 0) return false;
  const std::string mark = marker_of(analysis, token);
  const bool waits = is_one_of(mark, {"until", "till"});
  if (!waits && !is_one_of(mark, {"once", "after", "when"})) return false;
  const auto head = static_cast<std::uint32_t>(word.head);
  const Judgement main = verb_judgement(analysis, head);
  const bool modal = std::any_of(main.words.begin(), main.words.end(), [&](std::uint32_t helper) {
    return is_one_of(analysis.tokens[helper].lower, {"will", "wo", "would", "shall", "'ll", "’ll"});
  });
  if (!waits) return modal && !word.is("Tense=Past");
  if (modal) return true;
  const Status above = judged(analysis, head, lexicon, depth + 1).status;
  return above != Status::occurred && above != Status::ongoing && above != Status::postponed;
}

WordStatus judged(const Analysis& analysis, std::uint32_t token, const Lexicon& lexicon, int depth) {
  WordStatus result;
  if (depth > max_depth) return result;
  const Token& word = analysis.tokens[token];
  const bool verbal = word.upos == Upos::VERB || word.upos == Upos::AUX || word.upos == Upos::ADJ;
  Judgement own = verb_judgement(analysis, token);
  if (!verbal && own.status != Status::denied && analysis.child(token, "cop") < 0)
    own = {Status::occurred, {}, true};
  consider(result, own.status, {}, own.words);
  if (const int supposed = verbal ? supposing_cue(analysis, token, lexicon) : -1; supposed >= 0)
    result = {Status::hypothetical, {static_cast<std::uint32_t>(supposed)}, {}};
  if (verbal && result.status == Status::occurred && is_awaited(analysis, token, lexicon, depth))
    result.status = Status::hypothetical;
  const bool decided = consider_cues(analysis, token, lexicon, depth, result);
  if (own.open && !decided) {
    const Status inherited = verbal ? inherited_by_verb(analysis, token, lexicon, depth)
                                    : inherited_by_noun(analysis, token, lexicon, depth);
    const bool timetable =
        word.head >= 0 && is_timetable(analysis, static_cast<std::uint32_t>(word.head), token, lexicon);
    const int mark = timetable ? analysis.child(token, "mark") : -1;
    consider(result, inherited, {},
             mark >= 0 ? std::vector{static_cast<std::uint32_t>(mark)} : std::vector<std::uint32_t>{});
  }
  return result;
}

}  // namespace

WordStatus status_of_cue(const Analysis& analysis, std::uint32_t cue, const Lexicon& lexicon) {
  const RuleMatch& match = analysis.status_matches[cue];
  return cue_judged(analysis, match, lexicon.status_rules()[match.rule], lexicon, 0);
}

WordStatus status_of_word(const Analysis& analysis, std::uint32_t token, const Lexicon& lexicon) {
  return judged(analysis, token, lexicon, 0);
}

}  // namespace polybius
