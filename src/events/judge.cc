// Puts the strength of a pattern beside the share of the learned head, and reads off how sure both are.
#include "events/judge.h"

#include <algorithm>
#include <charconv>

namespace polybius {
namespace {

std::int64_t coded_count(const std::vector<int>& side, const MentionIndex& mentions) {
  return std::count_if(side.begin(), side.end(), [&](int entity) { return is_coded(mentions[entity]); });
}

bool heads_event(const Analysis& analysis, std::uint32_t token) {
  const auto [first, last] = matches_at(analysis.event_matches, token);
  return first != last;
}

/// Whether what the verb speaks of is politics: an actor or another event in its object or complement.
bool speaks_of_politics(const Analysis& analysis, std::uint32_t head, const MentionIndex& mentions) {
  for (const std::uint32_t child : analysis.children[head]) {
    const Token& word = analysis.tokens[child];
    const bool content = word.deprel == "obj" || word.depends_as("ccomp") || word.depends_as("xcomp") ||
                         word.depends_as("advcl") || word.depends_as("obl");
    if (!content) continue;
    for (const std::uint32_t token : analysis.subtree_tokens(child)) {
      const int entity = mentions.named_at(token);
      if ((entity >= 0 && is_coded(mentions[entity])) || heads_event(analysis, token)) return true;
    }
  }
  return false;
}

/// Deeds are news even if nobody is named; a word like "agreement" or "request" with nobody is no event.
bool told_without_parties(EventType type) {
  return type == EventType::ASSAULT || type == EventType::PROTEST || type == EventType::CONSULT ||
         type == EventType::RETREAT || type == EventType::COERCE;
}

constexpr int oldest_news = 1980;  // what is dated before is told as history, whenever the text was written
constexpr int long_ago = 20;       // years before the latest that the text names

bool acts_in_politics(const Entity& entity) {
  if (entity.kind == EntityKind::country) return true;
  return !entity.codes.cameo.empty() && !entity.codes.cameo.front().ends_with("CVL");
}

template <typename Number>
Number number_in(std::string_view cell) {
  Number value{};
  std::from_chars(cell.data(), cell.data() + cell.size(), value);
  return value;
}

/// The year of a TIMEX3 value; 0 if it has none.
int year_in(std::string_view value) {
  const bool digits = value.size() >= 4 && std::all_of(value.begin(), value.begin() + 4,
                                                       [](char c) { return c >= '0' && c <= '9'; });
  return digits ? number_in<int>(value.substr(0, 4)) : 0;
}

}  // namespace

Surroundings::Surroundings(const Analysis& analysis, std::span<const Entity> entities,
                           std::span<const Time> times) {
  std::size_t mentions =
      1;  // one and a short sentence more than there are, so that short texts are not condemned
  for (const Entity& entity : entities) {
    if (acts_in_politics(entity)) mentions += entity.mentions.size();
  }
  const std::size_t words = analysis.tokens.size() + 25;
  if (mentions * 1000 < words * 30) text_ = mentions * 1000 < words * 16 ? 40 : 20;
  for (const Time& time : times) latest_ = std::max(latest_, year_in(time.value));
  if (latest_ > 0 && latest_ < oldest_news) text_ += 30;
}

int Surroundings::discount_of(const std::optional<EventTime>& time) const {
  const int year = time ? year_in(time->value) : 0;
  const bool history = year > 0 && (year < oldest_news || year + long_ago < latest_);
  return history && latest_ >= oldest_news ? text_ + 30 : text_;
}

const EventWord* LearnedEvents::at(std::uint32_t token) const {
  const auto& words = analysis_.event_words;
  const auto found =
      std::lower_bound(words.begin(), words.end(), token,
                       [](const EventWord& word, std::uint32_t here) { return word.word < here; });
  return found != words.end() && found->word == token ? &*found : nullptr;
}

int LearnedEvents::share_of(std::uint32_t token, EventType type) const {
  const EventWord* word = at(token);
  if (word == nullptr) return 0;
  return word->type == name_of(type) ? word->type_share : std::max(0, word->share - word->type_share);
}

int strength_of(const EventRule& rule, const EventFrame& frame, const Parties& parties,
                const MentionIndex& mentions, const WordStatus& status) {
  const auto actors = coded_count(parties.actor, mentions);
  const auto recipients = coded_count(parties.recipient, mentions);
  int strength = 50;
  if (actors > 0) strength += 15;
  if (recipients > 0 || (rule.mutual && actors > 1)) strength += 15;
  if (rule.pattern.words.size() > 1) strength += 8;
  if (!frame.noun || frame.light.token >= 0) strength += 5;
  if (!status.cues.empty()) strength += 2;
  if (rule.weak) strength -= 15;
  if (actors + recipients == 0) strength -= 20;
  return strength;
}

int strength_of(const Parties& parties, const MentionIndex& mentions) {
  int strength = 20;
  for (const auto* side : {&parties.actor, &parties.recipient}) {
    if (!side->empty()) strength += coded_count(*side, mentions) > 0 ? 30 : 15;
  }
  return strength;
}

ConfidenceTable::ConfidenceTable(const Lexicon& lexicon) {
  for (const Row& row : lexicon.rows("event_confidence")) {
    cells_.push_back({row["by"], number_in<int>(row["strength"]), number_in<int>(row["share"]),
                      number_in<double>(row["confidence"])});
  }
}

double ConfidenceTable::of(std::string_view by, int strength, int share) const {
  const Cell* best = nullptr;
  for (const Cell& cell : cells_) {
    if (cell.by != by || cell.strength > strength || cell.share > share) continue;
    const bool nearer = best == nullptr || cell.strength > best->strength ||
                        (cell.strength == best->strength && cell.share >= best->share);
    if (nearer) best = &cell;
  }
  return best == nullptr ? 0.0 : best->confidence;
}

bool is_political(const Analysis& analysis, const EventFrame& frame, const EventRule& rule,
                  const Parties& parties, const MentionIndex& mentions) {
  const auto actors = coded_count(parties.actor, mentions);
  const auto recipients = coded_count(parties.recipient, mentions);
  if (rule.weak) {
    if (rule.mutual) return actors + recipients > 0 && parties.actor.size() + parties.recipient.size() > 1;
    if (actors == 0) return false;
    return recipients > 0 || (!frame.noun && speaks_of_politics(analysis, frame.head, mentions));
  }
  if (actors + recipients > 0) return true;
  if (!parties.actor.empty() || !parties.recipient.empty()) return mentions.political_document();
  return told_without_parties(rule.type) && mentions.political_sentence(analysis.tokens[frame.head].sentence);
}

}  // namespace polybius
