// Finds the sentences that look back on something done on a certain day.
#include <algorithm>

#include "dossier/digest.h"
#include "dossier/keys.h"
#include "dossier/kinds.h"
#include "polybius/date.h"
#include "text/text.h"

namespace polybius {
namespace {

constexpr long longest_memory = 30;

/// A sentence at work: where it stands and its words up to the day that it names.
struct PastSentence {
  Span span;
  const Time* time = nullptr;
  std::vector<std::string> stems;
};

bool looks_back(const Time& time, long published) {
  if (time.type != TimeType::DATE && time.type != TimeType::TIME) return false;
  const auto days = days_of_value(time.value);
  return days && days->last - days->first < 8 && days->first <= published &&
         days->last >= published - longest_memory;
}

/// Something else than a plain telling of what was done: "will", "not", "if" before the day is named.
bool is_not_yet(const std::vector<std::string>& words, const Lexicon& lexicon) {
  return std::any_of(words.begin(), words.end(),
                     [&](const std::string& word) { return lexicon.in_class(word, "not_yet"); });
}

bool has_word(const std::vector<std::string>& stems, const PatternWord& wanted) {
  return std::any_of(wanted.forms.begin(), wanted.forms.end(), [&](std::string_view form) {
    return std::find(stems.begin(), stems.end(), form) != stems.end();
  });
}

bool says(const std::vector<std::string>& stems, const StatusRule& rule) {
  return std::all_of(rule.pattern.words.begin(), rule.pattern.words.end(),
                     [&](const PatternWord& word) { return has_word(stems, word); });
}

/// The step that a cue among the words tells, if it is one of change: "put off", "call off", "begin".
std::optional<PlanStatus> step_by_cue(const std::vector<std::string>& stems, const Lexicon& lexicon) {
  for (const std::string& stem : stems) {
    for (const std::uint32_t index : lexicon.status_rules_of(stem)) {
      const StatusRule& rule = lexicon.status_rules()[index];
      const bool verbal = rule.pos == RulePos::verb && (rule.governs == "obj" || rule.governs == "subj");
      if (!rule.plan || !verbal || rule.pattern.negated || !says(stems, rule)) continue;
      if (*rule.plan == PlanStatus::postponed || *rule.plan == PlanStatus::cancelled ||
          *rule.plan == PlanStatus::under_way)
        return rule.plan;
    }
  }
  return std::nullopt;
}

void add_keys(const Record& record, Span sentence, const Lexicon& lexicon, std::vector<std::string>& keys) {
  for (const Entity& entity : record.entities) {
    const bool here = std::any_of(entity.mentions.begin(), entity.mentions.end(),
                                  [&](const Mention& mention) { return sentence.contains(mention.span); });
    if (!here) continue;
    for (std::string& key : keys_of_entity(entity, lexicon)) keys.push_back(std::move(key));
  }
  settle_keys(keys);
}

void add_kinds(const Record& record, const PastSentence& sentence, const Lexicon& lexicon,
               std::vector<std::string>& kinds) {
  for (const std::string& stem : sentence.stems) {
    std::string kind = kind_of_words(stem, lexicon);
    if (!kind.empty()) kinds.emplace_back(family_of_kind(kind));
  }
  for (const Event& event : record.events) {
    const bool here = !event.trigger.empty() && sentence.span.contains(event.trigger.front());
    const bool done = event.status == Status::occurred || event.status == Status::ongoing;
    const std::string kind = here && done ? kind_of_event(event) : std::string{};
    if (!kind.empty()) kinds.emplace_back(family_of_kind(kind));
  }
  settle_keys(kinds);
}

bool tells_of_change(const Record& record, Span sentence) {
  return std::any_of(record.plans.begin(), record.plans.end(), [&](const Plan& plan) {
    return std::any_of(plan.history.begin(), plan.history.end(),
                       [&](const PlanStep& step) { return sentence.overlaps(step.evidence); });
  });
}

Sighting sighting_of(const Record& record, const PastSentence& sentence, const Lexicon& lexicon) {
  Sighting sighting;
  add_keys(record, sentence.span, lexicon, sighting.keys);
  add_kinds(record, sentence, lexicon, sighting.kinds);
  sighting.words = content_words(record, sentence.span, lexicon);
  sighting.day = *days_of_value(sentence.time->value);
  const auto cue = step_by_cue(sentence.stems, lexicon);
  sighting.undone = cue && *cue != PlanStatus::under_way;
  sighting.step.status = cue.value_or(PlanStatus::held);
  sighting.step.time = sentence.time->value.substr(0, 10);
  sighting.step.document = record.id;
  sighting.step.evidence = sentence.span;
  sighting.step.said_by =
      speaker_of(record, innermost_statement(record.statements, sentence.time->span.begin));
  return sighting;
}

}  // namespace

std::vector<Sighting> find_sightings(const Record& record, const Lexicon& lexicon) {
  std::vector<Sighting> sightings;
  const auto published = Date::from_iso(record.published);
  if (!published) return sightings;
  const Text text(record.text);
  for (const Span& span : record.sentences) {
    PastSentence sentence{span, nullptr, {}};
    for (const Time& time : record.times) {
      if (sentence.time == nullptr && span.contains(time.span) && looks_back(time, published->days()))
        sentence.time = &time;
    }
    if (sentence.time == nullptr || tells_of_change(record, span)) continue;
    std::vector<std::string> before = words_in(text.slice(Span{span.begin, sentence.time->span.begin}));
    if (is_not_yet(before, lexicon)) continue;
    for (const std::string& word : words_in(text.slice(span)))
      sentence.stems.push_back(stem_of(word, lexicon));
    sightings.push_back(sighting_of(record, sentence, lexicon));
  }
  return sightings;
}

}  // namespace polybius
