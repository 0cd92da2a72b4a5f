// Reads the reports out of a record.
#include "dossier/digest.h"

#include <algorithm>
#include <map>

#include "dossier/keys.h"
#include "dossier/kinds.h"
#include "polybius/date.h"
#include "text/text.h"

namespace polybius {
namespace {

constexpr long longest_memory = 30;  // days: a time farther back is not the day of the news

const Entity* entity_of_id(const Record& record, const std::string& id) {
  const auto found = std::find_if(record.entities.begin(), record.entities.end(),
                                  [&](const Entity& entity) { return entity.id == id; });
  return found == record.entities.end() ? nullptr : &*found;
}

Span sentence_around(const Record& record, Span span) {
  for (const Span& sentence : record.sentences) {
    if (sentence.begin <= span.begin && span.begin < sentence.end) return sentence;
  }
  return span;
}

std::optional<long> day_published(const Record& record) {
  const auto date = Date::from_iso(record.published);
  return date ? std::optional(date->days()) : std::nullopt;
}

bool may_be_day_of_change(std::string_view value, std::optional<long> published) {
  const auto days = days_of_value(value);
  if (!published) return !value.empty() && value.starts_with("XXXX-W");
  return days && days->first <= *published && days->last >= *published - longest_memory &&
         days->last - days->first < 8;
}

/// The day on which a step was told or done: its own, the statement's, the last past one of its sentence, the
/// document's.
std::string day_of_step(const Record& record, const PlanStep& step) {
  const auto published = day_published(record);
  const auto own = days_of_value(step.time);
  if (own && (!published || own->first <= *published)) return step.time;
  if (!published && step.time.starts_with("XXXX-W")) return step.time;
  for (const Statement& statement : record.statements) {
    if (statement.id == step.said_by && may_be_day_of_change(statement.time, published))
      return statement.time;
  }
  const Span sentence = sentence_around(record, step.evidence);
  std::string last;
  for (const Time& time : record.times) {
    if (sentence.contains(time.span) && time.type == TimeType::DATE &&
        may_be_day_of_change(time.value, published))
      last = time.value;
  }
  if (last.empty() && published) last = record.published.substr(0, 10);
  return last;
}

Report report_of(const Record& record, const Plan& plan, const Lexicon& lexicon) {
  Report report;
  report.plan = plan.id;
  report.what = plan.what;
  report.kind = kind_of_plan(plan.what, lexicon);
  report.heads = heads_of_plan(plan.what, lexicon);
  settle_keys(report.heads);
  for (const std::string& id : plan.parties) {
    const Entity* entity = entity_of_id(record, id);
    if (entity == nullptr) continue;
    auto& keys = entity->kind == EntityKind::place ? report.place_keys : report.party_keys;
    if (entity->kind != EntityKind::place) report.parties.push_back({entity->name, entity->codes});
    for (std::string& key : keys_of_entity(*entity, lexicon)) keys.push_back(std::move(key));
  }
  settle_keys(report.party_keys);
  report.place = plan.place;
  if (plan.place) report.place_keys.push_back('#' + folded(plan.place->name));
  settle_keys(report.place_keys);
  report.when = plan.when;
  for (const PlanStep& step : plan.history) {
    report.steps.push_back(
        {step.status, day_of_step(record, step), speaker_of(record, step.said_by), record.id, step.evidence});
    const Span sentence = sentence_around(record, step.evidence);
    for (std::string& word : content_words(record, sentence, lexicon))
      report.words.push_back(std::move(word));
    for (const std::string& head : report.heads) {
      for (std::string& word : topic_words(record, sentence, head, lexicon))
        report.topic.push_back(std::move(word));
    }
    for (std::string& key : keys_near(record, sentence, lexicon)) report.near_keys.push_back(std::move(key));
  }
  settle_keys(report.words);
  settle_keys(report.topic);
  settle_keys(report.near_keys);
  return report;
}

}  // namespace

std::optional<DossierParty> speaker_of(const Record& record, const std::string& id) {
  for (const Statement& statement : record.statements) {
    if (id.empty() || statement.id != id || !statement.speaker) continue;
    const Entity* entity = entity_of_id(record, statement.speaker->entity);
    if (entity != nullptr) return DossierParty{entity->name, entity->codes};
    if (statement.speaker->span)
      return DossierParty{std::string(Text(record.text).slice(*statement.speaker->span)), Codes{}};
  }
  return std::nullopt;
}

std::vector<std::string> keys_near(const Record& record, Span span, const Lexicon& lexicon) {
  std::vector<std::string> keys;
  for (const Entity& entity : record.entities) {
    const bool here = std::any_of(entity.mentions.begin(), entity.mentions.end(),
                                  [&](const Mention& mention) { return span.contains(mention.span); });
    if (!here) continue;
    for (std::string& key : keys_of_entity(entity, lexicon)) keys.push_back(std::move(key));
    if (!bears_a_name(entity)) continue;
    for (std::string& name : capital_words("- " + entity.name)) keys.push_back('^' + name);
  }
  for (std::string& name : capital_words(Text(record.text).slice(span))) keys.push_back('^' + name);
  settle_keys(keys);
  return keys;
}

std::vector<std::string> content_words(const Record& record, Span span, const Lexicon& lexicon) {
  std::vector<std::string> words;
  for (const std::string& word : words_in(Text(record.text).slice(span))) {
    std::string stem = stem_of(word, lexicon);
    if (stem.size() >= 4 && !lexicon.find("pronouns", stem)) words.push_back(std::move(stem));
  }
  settle_keys(words);
  return words;
}

std::vector<std::string> topic_words(const Record& record, Span sentence, const std::string& stem,
                                     const Lexicon& lexicon) {
  constexpr std::size_t before = 7;  // words: "Lund's first submarine in forty years will be launched"
  constexpr std::size_t after = 6;   // "referendum on the future of the monarchy"
  const std::vector<std::string> words = words_in(Text(record.text).slice(sentence));
  std::vector<std::string> stems;
  stems.reserve(words.size());
  for (const std::string& word : words) stems.push_back(stem_of(word, lexicon));
  std::vector<std::string> topic;
  for (std::size_t at = 0; at < stems.size(); ++at) {
    if (stems[at] != stem) continue;
    for (std::size_t near = at > before ? at - before : 0; near < std::min(stems.size(), at + after);
         ++near) {
      const std::string& word = stems[near];
      const bool telling = !lexicon.speech_rules_of(word).empty() || !lexicon.status_rules_of(word).empty();
      if (word.size() >= 4 && near != at && !telling && !lexicon.find("pronouns", word))
        topic.push_back(word);
    }
  }
  settle_keys(topic);
  return topic;
}

ReportDigest digest_of(const Record& record, const Lexicon& lexicon) {
  ReportDigest digest;
  digest.id = record.id;
  digest.published = day_published(record) ? record.published : std::string{};
  for (const Plan& plan : record.plans) digest.reports.push_back(report_of(record, plan, lexicon));
  digest.sightings = find_sightings(record, lexicon);
  for (const Entity& entity : record.entities) {
    for (std::string& key : keys_of_entity(entity, lexicon)) digest.context.push_back(std::move(key));
    if (!bears_a_name(entity)) continue;
    for (std::string& name : capital_words("- " + entity.name)) digest.context.push_back('^' + name);
  }
  for (const std::string& word : words_in(record.title)) {
    std::string stem = stem_of(word, lexicon);
    if (stem.size() >= 4) digest.context.push_back(std::move(stem));
  }
  for (std::string& name : capital_words(record.text)) digest.context.push_back('^' + name);
  for (const Report& report : digest.reports)
    digest.context.insert(digest.context.end(), report.words.begin(), report.words.end());
  settle_keys(digest.context);
  return digest;
}

}  // namespace polybius
