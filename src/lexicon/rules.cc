// Decodes the rows of rule tables once, when a lexicon is opened.
#include <algorithm>

#include "lexicon/content.h"
#include "lexicon/pattern.h"

namespace polybius {
namespace {

Slots slots_or(std::string_view cell, Slots fallback) {
  return cell.empty() ? std::move(fallback) : parse_slots(cell);
}

bool has_flag(Row row, std::string_view flag) {
  const auto flags = row.list("flags");
  return std::find(flags.begin(), flags.end(), flag) != flags.end();
}

template <typename Rule>
Rule pattern_rule(Row row) {
  Rule rule;
  rule.row = row;
  rule.pos = rule_pos_of(row["pos"]);
  rule.pattern = parse_pattern(row["pattern"], rule.pos);
  return rule;
}

EventRule event_rule(Row row) {
  auto rule = pattern_rule<EventRule>(row);
  const bool noun = rule.pos == RulePos::noun;
  rule.type = event_type_of(row["type"]).value_or(EventType::CONSULT);
  rule.mode = row["mode"];
  rule.cameo = row["cameo"];
  rule.actor = slots_or(row["actor"], default_actor(noun));
  rule.recipient = slots_or(row["recipient"], default_recipient(noun));
  rule.contexts = row.list("contexts");
  rule.mutual = has_flag(row, "mutual");
  rule.weak = has_flag(row, "weak");
  rule.state = has_flag(row, "state");
  return rule;
}

StatusRule status_rule(Row row) {
  auto rule = pattern_rule<StatusRule>(row);
  rule.governs = row["governs"];
  rule.status = status_of(row["status"]);
  rule.plan = plan_status_of(row["plan"]);
  return rule;
}

PlanRule plan_rule(Row row) {
  auto rule = pattern_rule<PlanRule>(row);
  rule.status = plan_status_of(row["status"]).value_or(PlanStatus::announced);
  return rule;
}

SpeechRule speech_rule(Row row) {
  auto rule = pattern_rule<SpeechRule>(row);
  rule.attitude = row["kind"] == "attitude";
  rule.content = row.list("content");
  rule.addressee = parse_slots(row["addressee"]);
  return rule;
}

template <typename Rule>
void decode(const Lexicon& lexicon, const Lexicon::Content& content, std::string_view table,
            Rule (*read)(Row), RuleSet<Rule>& set) {
  for (const Row row : lexicon.rows(table)) set.rules.push_back(read(row));
  for (std::uint32_t number = 0; number < set.rules.size(); ++number) {
    const Pattern& pattern = set.rules[number].pattern;
    const PatternWord& head = pattern.words[pattern.head];
    const auto add = [&](std::string_view lemma) {
      auto& group = set.by_head[lemma];
      if (group.empty() || group.back() != number) group.push_back(number);
    };
    for (const auto form : head.forms) add(form);
    for (const auto name : head.classes) {
      const auto words = content.classes.find(name);
      if (words != content.classes.end()) {
        for (const auto lemma : words->second) add(lemma);
      }
    }
    if (head.any_event) {
      for (const auto lemma : content.event_words) add(lemma);
    }
  }
}

}  // namespace

void decode_rules(const Lexicon& lexicon, Lexicon::Content& content) {
  for (const Row row : lexicon.rows("classes")) {
    auto& words = content.classes[row["class"]];
    for (const auto word : row.list("words")) words.insert(word);
  }
  for (const Row row : lexicon.rows("events")) {
    if (row["pattern"].find_first_of(" <{") != std::string_view::npos) continue;
    for (const auto lemma : row.list("pattern")) content.event_words.insert(lemma);
  }
  decode<EventRule>(lexicon, content, "events", event_rule, content.events);
  decode<StatusRule>(lexicon, content, "status_cues", status_rule, content.statuses);
  decode<PlanRule>(lexicon, content, "plan_cues", plan_rule, content.plans);
  decode<SpeechRule>(lexicon, content, "speech_cues", speech_rule, content.speech);
}

Slots default_actor(bool noun) {
  return parse_slots(noun ? "poss|mod|by|of|subj" : "subj");
}

Slots default_recipient(bool noun) {
  return parse_slots(noun ? "against|on|to|with|of|obj" : "obj");
}

std::string plan_kind_of(const Event& event) {
  switch (event.type) {
    case EventType::CONSULT:
      return event.mode == "visit" ? "visit" : "meeting";
    case EventType::AGREE:
      return "deal";
    case EventType::ASSAULT:
    case EventType::MOBILIZE:
      return "operation";
    case EventType::SANCTION:
      return "sanctions";
    case EventType::AID:
      return "aid";
    case EventType::PROTEST:
      return "protest";
    case EventType::COERCE:
      return "law";
    case EventType::COOPERATE:
      return "exercise";
    case EventType::RETREAT:
      if (event.mode == "release" || event.mode == "ceasefire") return event.mode;
      return event.mode == "resign" ? "resignation" : "operation";
    default:
      return {};
  }
}

}  // namespace polybius
