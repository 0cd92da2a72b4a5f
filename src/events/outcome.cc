// Status of an event by its words, its type, its parties and who tells of it.
#include "events/outcome.h"

#include <algorithm>

namespace polybius {
namespace {

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

bool is_cue_of_class(const Analysis& analysis, std::uint32_t cue, const Lexicon& lexicon,
                     std::string_view name) {
  return lexicon.in_class(analysis.tokens[analysis.status_matches[cue].head].lemma, name);
}

bool decided_by_class(const Analysis& analysis, const WordStatus& status, const Lexicon& lexicon,
                      std::string_view name) {
  return std::any_of(status.cues.begin(), status.cues.end(),
                     [&](std::uint32_t cue) { return is_cue_of_class(analysis, cue, lexicon, name); });
}

/// Acts of speech and of decision, done as soon as they are uttered.
bool is_uttered(EventType type) {
  return type == EventType::REQUEST || type == EventType::ACCUSE || type == EventType::REJECT ||
         type == EventType::THREATEN || type == EventType::SUPPORT || type == EventType::AGREE;
}

bool has_condition(const Analysis& analysis, std::uint32_t token) {
  return std::any_of(
      analysis.children[token].begin(), analysis.children[token].end(), [&](std::uint32_t child) {
        const std::string mark = marker_of(analysis, child);
        return analysis.tokens[child].depends_as("advcl") && (mark == "if" || mark == "unless");
      });
}

/// Whether the one who tells of an event is another than those who act in it: "may strike, analysts say".
bool told_by_others(const Reader& reader, std::uint32_t token, const Parties& parties) {
  const Statement* told = statement_at(reader, token);
  const int teller = told == nullptr ? -1 : speaker_of(reader, *told);
  if (teller < 0 || parties.actor.empty()) return false;
  const Entity& speaker = reader.entities[static_cast<std::size_t>(teller)];
  return std::none_of(parties.actor.begin(), parties.actor.end(), [&](int actor) {
    const Entity& one = reader.mentions[actor];
    return one.id == speaker.id || (!one.codes.iso3.empty() && one.codes.iso3 == speaker.codes.iso3);
  });
}

/// "will strike unless ...": a hostile act on a condition is a threat of those who would do it; what may be
/// done, or what others foresee, is not.
bool is_menace_on_condition(const Reader& reader, const EventFrame& frame, const WordStatus& status,
                            const Parties& parties) {
  const bool possible = std::any_of(status.words.begin(), status.words.end(), [&](std::uint32_t token) {
    const std::string& word = reader.analysis.tokens[token].lower;
    return word == "may" || word == "might" || word == "could" || word == "can";
  });
  return !possible && has_condition(reader.analysis, frame.head) &&
         !told_by_others(reader, frame.head, parties);
}

/// "His country", "their fighters": whoever speaks speaks of his own.
bool own_possessive(const Analysis& analysis, std::uint32_t noun) {
  const int owner = analysis.child(noun, "nmod:poss");
  return owner >= 0 && analysis.tokens[static_cast<std::size_t>(owner)].upos == Upos::PRON;
}

/// Whether somebody warns of what he would do himself: a measure that nobody else is named for, or what his
/// own side will do. A warning of what others may do supposes.
bool warns_of_own(const Reader& reader, const EventFrame& frame, const EventRule& rule,
                  const WordStatus& status, const Parties& parties) {
  const Analysis& analysis = reader.analysis;
  if (status.cues.size() != 1 || !decided_by_class(analysis, status, reader.lexicon, "warning")) return false;
  const std::uint32_t verb = analysis.status_matches[status.cues.front()].head;
  if (analysis.tokens[verb].upos != Upos::VERB) return false;
  if (frame.noun) {
    const bool measure = rule.type == EventType::SANCTION || rule.type == EventType::COERCE;
    const int warner = subject_of(analysis, verb);
    const bool own_protest = rule.type == EventType::PROTEST && warner >= 0 &&
                             (analysis.tokens[warner].upos == Upos::PRON || has_condition(analysis, verb) ||
                              has_condition(analysis, frame.head));
    return (measure || own_protest) && marker_of(analysis, frame.head) == "of";
  }
  const bool modal = std::any_of(analysis.children[frame.head].begin(), analysis.children[frame.head].end(),
                                 [&](std::uint32_t child) {
                                   const std::string& form = analysis.tokens[child].lower;
                                   return analysis.tokens[child].upos == Upos::AUX &&
                                          (form == "will" || form == "would" || form == "'ll");
                                 });
  const int doer = subject_of(analysis, frame.head);
  if (!modal || doer < 0 || is_passive_verb(analysis, frame.head)) return false;
  const bool pronoun = (analysis.tokens[doer].upos == Upos::PRON && analysis.tokens[doer].lower != "there") ||
                       own_possessive(analysis, static_cast<std::uint32_t>(doer));
  return pronoun || (!parties.actor.empty() && !told_by_others(reader, frame.head, parties) &&
                     analysis.tokens[frame.head].depends_as("parataxis"));
}

/// Whether a noun names what lasts, and nothing says that it was only begun or ended: "despite a truce", "on
/// a visit to Chad", "the two-week-old strike".
bool is_under_way(const Analysis& analysis, const EventFrame& frame, const Lexicon& lexicon) {
  if (!frame.noun || frame.light.token >= 0) return false;
  const Token& word = analysis.tokens[frame.head];
  const auto& children = analysis.children[frame.head];
  const bool aged = std::any_of(children.begin(), children.end(), [&](std::uint32_t child) {
    return analysis.tokens[child].lower == "old" || analysis.tokens[child].lower.ends_with("-old");
  });
  if (aged) return true;
  const std::string mark = marker_of(analysis, frame.head);
  if (mark == "on" && lexicon.in_class(word.lemma, "travelling")) {
    const int determiner = analysis.child(frame.head, "det");
    const bool named = determiner >= 0 && analysis.tokens[determiner].lower != "a" &&
                       analysis.tokens[determiner].lower != "an";
    return !named && analysis.child(frame.head, "nmod:poss") < 0;
  }
  if (!lexicon.in_class(word.lemma, "lasting")) return false;
  return mark == "despite" || mark == "under" || mark == "amid" || mark == "during" || mark == "in" ||
         word.depends_as("nsubj");
}

/// "Voted to reject the bill".
bool is_voted(const Analysis& analysis, std::uint32_t token, const Lexicon& lexicon) {
  const Token& word = analysis.tokens[token];
  if (word.head < 0 || (!word.depends_as("xcomp") && !word.depends_as("advcl"))) return false;
  const Token& above = analysis.tokens[static_cast<std::size_t>(word.head)];
  return lexicon.in_class(above.lemma, "voting") && above.is("Tense=Past");
}

/// Whether an act is done whatever the words around it say of such things in general: a demand that is
/// rejected was uttered, threats that are renewed too; who votes to reject rejects; talks that collapse had
/// been held.
bool is_done_after_all(const Reader& reader, const EventFrame& frame, const EventRule& rule,
                       const WordStatus& status) {
  const Analysis& analysis = reader.analysis;
  const Lexicon& lexicon = reader.lexicon;
  const std::string& lemma = analysis.tokens[frame.head].lemma;
  const auto decided_by = [&](std::string_view name) {  // by the nearest cue
    return !status.cues.empty() && is_cue_of_class(analysis, status.cues.front(), lexicon, name);
  };
  switch (status.status) {
    case Status::denied: {
      const bool uttered = rule.type == EventType::REQUEST || rule.type == EventType::ACCUSE ||
                           lexicon.in_class(lemma, "offer");
      return frame.noun && uttered && status.words.empty() && decided_by("declining");
    }
    case Status::cancelled:
      return lexicon.in_class(lemma, "conversing") && decided_by("collapsing");
    case Status::ongoing:
      return frame.noun && is_uttered(rule.type) && rule.mode != "investigate" && status.words.empty() &&
             decided_by("repeating");
    case Status::planned:
      return !frame.noun && is_uttered(rule.type) && is_voted(analysis, frame.head, lexicon);
    default:
      return false;
  }
}

/// What is promised, foretold or warned of and meant to harm is a menace of those who would do it.
void settle_menace(const Reader& reader, const EventFrame& frame, const EventRule& rule,
                   const Parties& parties, WordStatus& status) {
  const Analysis& analysis = reader.analysis;
  const Lexicon& lexicon = reader.lexicon;
  const bool hostile = is_hostile(rule.type);
  const bool conditional = status.status == Status::planned || status.status == Status::hypothetical;
  const bool menacing = hostile || rule.type == EventType::PROTEST;
  if (conditional && menacing && status.cues.empty() &&
      is_menace_on_condition(reader, frame, status, parties)) {
    status.status = Status::threatened;
  } else if (status.status == Status::planned && hostile) {
    if (decided_by_class(analysis, status, lexicon, "vowing")) {
      status.status = Status::threatened;
    } else if (frame.noun && decided_by_class(analysis, status, lexicon, "disclosing")) {
      status.status = Status::occurred;
    }
  }
  if (status.status == Status::hypothetical && warns_of_own(reader, frame, rule, status, parties))
    status.status = Status::threatened;
}

}  // namespace

WordStatus outcome_of(const Reader& reader, const EventFrame& frame, const EventRule& rule,
                      const Parties& parties) {
  const Analysis& analysis = reader.analysis;
  const Lexicon& lexicon = reader.lexicon;
  WordStatus status = status_of_word(analysis, frame.head, lexicon);
  settle_menace(reader, frame, rule, parties, status);
  if (is_done_after_all(reader, frame, rule, status)) status.status = Status::occurred;
  const Token& word = analysis.tokens[frame.head];
  const bool unfixed = frame.noun || word.is("Tense=Pres");
  const bool open = status.status == Status::occurred || status.status == Status::ongoing;
  if (open && frame.noun) {
    const auto said = said_by_phrase(analysis, frame.head, lexicon);
    if (said) status.status = *said;
  }
  // "They meet Monday": a present tense with a day is a timetable.
  const bool timetable =
      !frame.noun && word.is("Tense=Pres") && word.is("VerbForm=Fin") && reader.times.has_day(frame);
  if (open && unfixed && (timetable || reader.times.looks_forward(frame))) status.status = Status::planned;
  const bool lasts = rule.state || (status.cues.empty() && is_under_way(analysis, frame, lexicon));
  if (lasts && status.status == Status::occurred) status.status = Status::ongoing;
  return status;
}

}  // namespace polybius
