// Looks up codes in the ontology and puts confidence and reason into words.
#include "events/coding.h"

#include <algorithm>
#include <charconv>
#include <cmath>

namespace polybius {
namespace {

int default_quad(EventType type) {
  switch (type) {
    case EventType::AGREE:
    case EventType::CONSULT:
    case EventType::SUPPORT:
    case EventType::CONCEDE:
      return 1;
    case EventType::COOPERATE:
    case EventType::AID:
    case EventType::RETREAT:
      return 2;
    case EventType::REQUEST:
    case EventType::ACCUSE:
    case EventType::REJECT:
    case EventType::THREATEN:
      return 3;
    default:
      return 4;
  }
}

/// Which rows of the way to CAMEO fit, and how closely; -1 if one does not.
int closeness(const Row& row, std::string_view mode, std::string_view status) {
  int points = 0;
  const std::string_view row_mode = row["mode"];
  const std::string_view row_status = row["status"];
  if (!row_status.empty()) {
    if (row_status != status) return -1;
    points += 2;
  }
  if (!row_mode.empty()) {
    if (row_mode != mode) return -1;
    points += 1;
  }
  return points;
}

std::string quoted(const Analysis& analysis, std::vector<std::uint32_t> tokens) {
  std::sort(tokens.begin(), tokens.end());
  tokens.erase(std::unique(tokens.begin(), tokens.end()), tokens.end());
  std::string words = "\"";
  for (const std::uint32_t token : tokens) {
    if (words.size() > 1) words += ' ';
    words += analysis.tokens[token].form;
  }
  return words + '"';
}

}  // namespace

Ontology::Ontology(const Lexicon& lexicon) : lexicon_(lexicon), rows_(lexicon.rows("plover_to_cameo")) {}

int Ontology::quad_of(EventType type) const {
  const std::string_view cell = lexicon_.find("plover_types", name_of(type))["quad"];
  int quad = 0;
  std::from_chars(cell.data(), cell.data() + cell.size(), quad);
  return quad >= 1 && quad <= 4 ? quad : default_quad(type);
}

std::string Ontology::cameo_of(EventType type, std::string_view mode, std::string_view own,
                               Status status) const {
  const std::string_view type_name = name_of(type);
  const std::string_view status_name = name_of(status);
  // The rule's own code is finer than any row without a status; base codes ("120") give way to the mode's
  // ("124").
  const bool base = own.size() == 3 && own.back() == '0';
  int best = own.empty() ? -1 : (base ? 0 : 1);
  std::string code(own);
  for (const Row& row : rows_) {
    if (row["type"] != type_name) continue;
    const int points = closeness(row, mode, status_name);
    if (points <= best) continue;
    best = points;
    code = row["code"];
  }
  return code;
}

double confidence_of(const EventRule& rule, const EventFrame& frame, const Parties& parties,
                     const MentionIndex& mentions, const WordStatus& status) {
  const auto coded = [&](const std::vector<int>& side) {
    return std::count_if(side.begin(), side.end(), [&](int entity) { return is_coded(mentions[entity]); });
  };
  const auto actors = coded(parties.actor);
  const auto recipients = coded(parties.recipient);
  double confidence = 0.50;
  if (actors > 0) confidence += 0.15;
  if (recipients > 0 || (rule.mutual && actors > 1)) confidence += 0.15;
  if (rule.pattern.words.size() > 1) confidence += 0.08;
  if (!frame.noun || frame.light.token >= 0) confidence += 0.05;
  if (!status.cues.empty()) confidence += 0.02;
  if (rule.weak) confidence -= 0.15;
  if (actors + recipients == 0) confidence -= 0.20;
  return std::round(std::clamp(confidence, 0.05, 0.95) * 100) / 100;
}

std::string reason_of(const Analysis& analysis, const RuleMatch& match, const EventRule& rule,
                      const EventFrame& frame, const WordStatus& status, const Lexicon& lexicon) {
  std::vector<std::uint32_t> words = match.tokens;
  words.push_back(match.head);
  if (frame.light.token >= 0) words.push_back(static_cast<std::uint32_t>(frame.light.token));
  std::string reason = "events: ";
  reason += rule.pattern.text;
  reason += ' ' + quoted(analysis, words) + " (" + rule.row.place() + ')';
  if (status.cues.empty() && status.words.empty()) return reason;
  reason += "; status ";
  reason += name_of(status.status);
  reason += ':';
  for (const std::uint32_t cue : status.cues) {
    const RuleMatch& decided = analysis.status_matches[cue];
    const StatusRule& status_rule = lexicon.status_rules()[decided.rule];
    std::vector<std::uint32_t> cue_words = decided.tokens;
    cue_words.push_back(decided.head);
    reason += ' ';
    reason += status_rule.pattern.text;
    reason += ' ' + quoted(analysis, cue_words) + " (" + status_rule.row.place() + ')';
  }
  if (!status.words.empty()) reason += ' ' + quoted(analysis, status.words);
  return reason;
}

}  // namespace polybius
