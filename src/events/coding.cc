// Looks up codes in the ontology and puts confidence and reason into words.
#include "events/coding.h"

#include <algorithm>
#include <charconv>

#include "events/learned.h"

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

/// 912 as "0.91".
std::string share_text(int share) {
  const int hundredths = std::min(99, share / 10);
  return "0." + std::string(hundredths < 10 ? "0" : "") + std::to_string(hundredths);
}

/// "; status cancelled: call off "called off" (data/en/status_cues.tsv:7)"; empty if nothing decided it.
std::string status_reason(const Analysis& analysis, const WordStatus& status, const Lexicon& lexicon) {
  if (status.cues.empty() && status.words.empty()) return {};
  std::string reason = "; status ";
  reason += name_of(status.status);
  reason += ':';
  for (const std::uint32_t cue : status.cues) {
    const RuleMatch& decided = analysis.status_matches[cue];
    const StatusRule& rule = lexicon.status_rules()[decided.rule];
    std::vector<std::uint32_t> words = decided.tokens;
    words.push_back(decided.head);
    reason += ' ';
    reason += rule.pattern.text;
    reason += ' ' + quoted(analysis, words) + " (" + rule.row.place() + ')';
  }
  if (!status.words.empty()) reason += ' ' + quoted(analysis, status.words);
  return reason;
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

std::string reason_of(const Analysis& analysis, const RuleMatch& match, const EventRule& rule,
                      const EventFrame& frame, const WordStatus& status, const Lexicon& lexicon) {
  std::vector<std::uint32_t> words = match.tokens;
  words.push_back(match.head);
  if (frame.light.token >= 0) words.push_back(static_cast<std::uint32_t>(frame.light.token));
  std::string reason = "events: ";
  reason += rule.pattern.text;
  reason += ' ' + quoted(analysis, words) + " (" + rule.row.place() + ')';
  return reason + status_reason(analysis, status, lexicon);
}

std::string reason_of_refusal(const Analysis& analysis, const std::vector<std::uint32_t>& words) {
  return "events: refusal in words " + quoted(analysis, words);
}

std::string reason_of_head(const Analysis& analysis, const EventWord& word, bool gave_status) {
  std::string reason = "; head " + word.type + ' ' + share_text(word.type_share);
  if (gave_status) {
    reason += ", status " + word.status + ' ' + share_text(word.status_share);
  }
  return reason + ' ' + quoted(analysis, {word.word});
}

std::string reason_without_rule(const Analysis& analysis, const EventWord& word, EventType type,
                                const EventFrame& frame, const WordStatus& status, const Lexicon& lexicon) {
  std::vector<std::uint32_t> words{word.word};
  if (frame.light.token >= 0) words.push_back(static_cast<std::uint32_t>(frame.light.token));
  std::string reason = "events: head " + word.type + ' ' + share_text(word.type_share) + ' ';
  reason += quoted(analysis, words);
  if (const EventRule* rule = nearest_rule(analysis, word.word, type, lexicon)) {
    reason += ", nearest ";
    reason += rule->pattern.text;
    reason += " (" + rule->row.place() + ')';
  }
  return reason + status_reason(analysis, status, lexicon);
}

}  // namespace polybius
