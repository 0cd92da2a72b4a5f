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
  std::vector<std::string> words;
  std::vector<std::string> stems;
};

bool looks_back(const Time& time, long published) {
  if (time.type != TimeType::DATE && time.type != TimeType::TIME) return false;
  const auto days = days_of_value(time.value);
  return days && days->last - days->first < 8 && days->first <= published &&
         days->last >= published - longest_memory;
}

/// The sentence up to what did not happen: "returned on Friday without the lease".
Span without_the_lacking(const Text& text, Span sentence) {
  const std::string_view words = text.slice(sentence);
  const std::size_t at = words.find(" without the ");
  if (at == std::string_view::npos) return sentence;
  return {sentence.begin,
          sentence.begin + static_cast<std::uint32_t>(Text(std::string(words.substr(0, at))).size())};
}

/// Something else than a plain telling of what was done: "will", "not", "if" before the day is named.
bool is_not_yet(const std::vector<std::string>& words, const Lexicon& lexicon) {
  for (std::size_t at = 0; at < words.size(); ++at) {
    const bool name = at + 1 < words.size() && (words[at + 1] == "confidence" || words[at + 1] == "guilty");
    if (!name && lexicon.in_class(words[at], "not_yet")) return true;
  }
  return false;
}

/// The words before "without": "ended on Wednesday without a deal" has ended.
std::vector<std::string> before_without(std::vector<std::string> words) {
  words.erase(std::find(words.begin(), words.end(), "without"), words.end());
  return words;
}

/// Whether the day is that of a telling: "..., the palace said on Monday".
bool is_of_telling(const std::vector<std::string>& before, const Lexicon& lexicon) {
  const std::size_t from = before.size() > 4 ? before.size() - 4 : 0;
  return std::any_of(
      before.begin() + static_cast<std::ptrdiff_t>(from), before.end(),
      [&](const std::string& word) { return !lexicon.speech_rules_of(stem_of(word, lexicon)).empty(); });
}

/// A day ahead before or in the sentence's own clause: the sentence tells of something to come.
bool names_a_day_ahead(const Record& record, Span before, long published) {
  return std::any_of(record.times.begin(), record.times.end(), [&](const Time& time) {
    const auto days = days_of_value(time.value);
    return before.contains(time.span) && days && days->first > published;
  });
}

bool has_word(const std::vector<std::string>& stems, const PatternWord& wanted) {
  return std::any_of(wanted.forms.begin(), wanted.forms.end(), [&](std::string_view form) {
    return std::any_of(stems.begin(), stems.end(), [&](const std::string& stem) {
      return stem == form || stem + 'e' == form;  // a stem may have lost its e: "postpon"
    });
  });
}

std::vector<std::uint32_t> status_rules_of_stem(const std::string& stem, const Lexicon& lexicon) {
  const auto rules = lexicon.status_rules_of(stem);
  std::vector<std::uint32_t> found(rules.begin(), rules.end());
  const auto more = lexicon.status_rules_of(stem + 'e');
  found.insert(found.end(), more.begin(), more.end());
  return found;
}

bool says(const std::vector<std::string>& stems, const StatusRule& rule) {
  return std::all_of(rule.pattern.words.begin(), rule.pattern.words.end(),
                     [&](const PatternWord& word) { return has_word(stems, word); });
}

/// A word that itself names what is planned is no cue: "was launched", "lifted off".
bool names_the_thing(const std::vector<std::string>& stems, std::size_t at, const Lexicon& lexicon) {
  if (at + 1 < stems.size() && lexicon.find("plan_verbs", stems[at] + ' ' + stems[at + 1])) return true;
  const Row row = lexicon.find("plan_verbs", stems[at]);
  return row && row["what"] != "other";
}

/// The step that a cue among the words tells, if it is one of change: "put off", "call off", "begin".
std::optional<PlanStatus> step_by_cue(const std::vector<std::string>& stems, const Lexicon& lexicon,
                                      std::string& cue) {
  for (std::size_t at = 0; at < stems.size(); ++at) {
    const std::string& stem = stems[at];
    if (names_the_thing(stems, at, lexicon)) continue;
    for (const std::uint32_t index : status_rules_of_stem(stem, lexicon)) {
      const StatusRule& rule = lexicon.status_rules()[index];
      const bool verbal = rule.pos == RulePos::verb && (rule.governs == "obj" || rule.governs == "subj");
      if (!rule.plan || !verbal || rule.pattern.negated || !says(stems, rule)) continue;
      if (*rule.plan == PlanStatus::postponed || *rule.plan == PlanStatus::cancelled ||
          *rule.plan == PlanStatus::under_way) {
        cue = stem;
        return rule.plan;
      }
    }
  }
  return std::nullopt;
}

/// The step that a phrase tells as it stands: "came into force".
std::optional<PlanStatus> step_by_phrase(const std::vector<std::string>& words, const Lexicon& lexicon) {
  for (const PlanRule& rule : lexicon.plan_rules()) {
    if (rule.pos != RulePos::phrase || rule.status != PlanStatus::under_way) continue;
    const auto& wanted = rule.pattern.words;
    const auto fits = [](const std::string& word, const PatternWord& form) {
      return std::find(form.forms.begin(), form.forms.end(), word) != form.forms.end();
    };
    if (std::search(words.begin(), words.end(), wanted.begin(), wanted.end(), fits) != words.end())
      return rule.status;
  }
  return std::nullopt;
}

void add_kinds(const Record& record, const PastSentence& sentence, const Lexicon& lexicon,
               std::vector<std::string>& kinds) {
  for (const std::string& kind : kinds_of_stems(sentence.stems, lexicon)) kinds.push_back(kind);
  for (const Event& event : record.events) {
    const bool here = !event.trigger.empty() && sentence.span.contains(event.trigger.front());
    const bool done = event.status == Status::occurred || event.status == Status::ongoing;
    const std::string kind = here && done ? plan_kind_of(event) : std::string{};
    if (!kind.empty()) kinds.push_back(kind);
  }
  settle_keys(kinds);
}

/// Whether a plan of the record has a step in the sentence already.
bool tells_of_change(const Record& record, Span sentence) {
  return std::any_of(record.plans.begin(), record.plans.end(), [&](const Plan& plan) {
    return std::any_of(plan.history.begin(), plan.history.end(), [&](const PlanStep& step) {
      return sentence.begin <= step.evidence.begin && step.evidence.begin < sentence.end;
    });
  });
}

Sighting sighting_of(const Record& record, const PastSentence& sentence, const Lexicon& lexicon) {
  Sighting sighting;
  sighting.keys = keys_near(record, sentence.span, lexicon);
  add_kinds(record, sentence, lexicon, sighting.kinds);
  sighting.words = content_words(record, sentence.span, lexicon);
  sighting.day = *days_of_value(sentence.time->value);
  auto cue = step_by_cue(sentence.stems, lexicon, sighting.cue);
  if (!cue) cue = step_by_phrase(sentence.words, lexicon);
  sighting.undone = cue && *cue != PlanStatus::under_way;
  for (const std::string& stem : sentence.stems) {
    if (lexicon.in_class(stem, "thwarting")) sighting.thwarting.push_back(stem);
  }
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
  for (const Span& whole : record.sentences) {
    const Span span = without_the_lacking(text, whole);
    PastSentence sentence{span, nullptr, {}, {}};
    for (const Time& time : record.times) {
      if (sentence.time == nullptr && span.contains(time.span) && looks_back(time, published->days()))
        sentence.time = &time;
    }
    if (sentence.time == nullptr) continue;
    const Span to_the_day{span.begin, sentence.time->span.begin};
    const std::vector<std::string> words = words_in(text.slice(span));
    const std::vector<std::string> before = words_in(text.slice(to_the_day));
    if (names_a_day_ahead(record, to_the_day, published->days())) continue;
    if (is_not_yet(is_of_telling(before, lexicon) ? before_without(words) : before, lexicon)) continue;
    for (const std::string& word : words) sentence.stems.push_back(stem_of(word, lexicon));
    sentence.words = words;
    const bool beside_report = tells_of_change(record, span);
    if (beside_report && is_of_telling(before, lexicon)) continue;
    sightings.push_back(sighting_of(record, sentence, lexicon));
    sightings.back().beside_report = beside_report;
  }
  return sightings;
}

}  // namespace polybius
