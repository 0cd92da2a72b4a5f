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

bool decided_by_class(const Analysis& analysis, const WordStatus& status, const Lexicon& lexicon,
                      std::string_view name) {
  return !status.cues.empty() &&
         lexicon.in_class(analysis.tokens[analysis.status_matches[status.cues.front()].head].lemma, name);
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
  const std::string id = innermost_statement(reader.statements, reader.analysis.tokens[token].span.begin);
  const auto told = std::find_if(reader.statements.begin(), reader.statements.end(),
                                 [&](const Statement& statement) { return statement.id == id; });
  if (told == reader.statements.end() || !told->speaker || told->speaker->entity.empty()) return false;
  const auto speaker = std::find_if(reader.entities.begin(), reader.entities.end(),
                                    [&](const Entity& entity) { return entity.id == told->speaker->entity; });
  if (speaker == reader.entities.end() || parties.actor.empty()) return false;
  return std::none_of(parties.actor.begin(), parties.actor.end(), [&](int actor) {
    const Entity& one = reader.mentions[actor];
    return one.id == speaker->id || (!one.codes.iso3.empty() && one.codes.iso3 == speaker->codes.iso3);
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

}  // namespace

WordStatus outcome_of(const Reader& reader, const EventFrame& frame, const EventRule& rule,
                      const Parties& parties) {
  const Analysis& analysis = reader.analysis;
  const Lexicon& lexicon = reader.lexicon;
  WordStatus status = status_of_word(analysis, frame.head, lexicon);
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
  if (rule.state && status.status == Status::occurred) status.status = Status::ongoing;
  return status;
}

}  // namespace polybius
