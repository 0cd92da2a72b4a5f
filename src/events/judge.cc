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

constexpr std::size_t brief_text = 90;  // words
constexpr std::size_t long_text = 160;
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

// Logarithm and exponential by plain arithmetic: those of the C library differ in the last bit between CPUs.
double plain_log(double value) {
  constexpr double log_of_two = 0.69314718055994531;
  double sum = 0;
  for (; value > 1.5; value /= 2) sum += log_of_two;
  for (; value < 0.75; value *= 2) sum -= log_of_two;
  const double ratio = (value - 1) / (value + 1);
  double power = ratio;
  for (int odd = 1; odd < 30; odd += 2) {
    sum += 2 * power / odd;
    power *= ratio * ratio;
  }
  return sum;
}

double plain_exp(double exponent) {
  const double small = std::clamp(exponent, -30.0, 30.0) / 1024;
  double power = 1 + small * (1 + small / 2 * (1 + small / 3 * (1 + small / 4)));
  for (int doubling = 0; doubling < 10; ++doubling) power *= power;
  return power;
}

/// Log odds of a share per mille, between -5 and 5 or so.
double log_odds(int share) {
  return plain_log((share + 7.0) / (1007.0 - share));
}

template <typename Add>
void add_sides(const ProposedEvent& candidate, const MentionIndex& mentions, const Add& add) {
  const auto actors = coded_count(candidate.parties.actor, mentions);
  const auto recipients = coded_count(candidate.parties.recipient, mentions);
  add("coded actor", actors > 0 ? 1 : 0);
  add("named actor", actors == 0 && !candidate.parties.actor.empty() ? 1 : 0);
  add("coded recipient", recipients > 0 ? 1 : 0);
  add("named recipient", recipients == 0 && !candidate.parties.recipient.empty() ? 1 : 0);
  add("two coded sides", (actors > 0 && recipients > 0) || (candidate.rule.mutual && actors > 1) ? 1 : 0);
  int linked = 0;
  if (candidate.word != nullptr) {
    for (const EventParty& party : candidate.word->parties) linked = std::max<int>(linked, party.share);
  }
  add("party linked by the head", linked / 1000.0);
}

/// Acts that have another as their content.
bool has_content(std::string_view type) {
  return type == "REQUEST" || type == "AGREE" || type == "REJECT" || type == "THREATEN";
}

/// Whether the word stands in the complement or object of an act with content: "free" of "urged them to
/// free", also of its second ("and pay"). What is asked for, promised, refused or threatened is an act
/// itself.
bool is_content_of_act(const Analysis& analysis, const LearnedEvents& learned, std::uint32_t token) {
  constexpr int sure = 500;
  const Token* word = &analysis.tokens[token];
  for (int steps = 0; word->depends_as("conj") && word->head >= 0 && steps < 3; ++steps)
    word = &analysis.tokens[word->head];
  const bool content = word->depends_as("xcomp") || word->depends_as("ccomp") || word->depends_as("acl") ||
                       word->deprel == "obj" || word->deprel == "nmod" || word->deprel == "obl" ||
                       word->depends_as("advcl");
  if (!content || word->head < 0) return false;
  const EventWord* above = learned.at(static_cast<std::uint32_t>(word->head));
  return above != nullptr && above->type_share >= sure && has_content(above->type);
}

/// A longer text tells again, in plainer words, what matters.
template <typename Add>
void add_in_brief(const Analysis& analysis, const LearnedEvents& learned, const ProposedEvent& candidate,
                  const Add& add) {
  if (!candidate.setting.brief) return;
  add("content of an act", is_content_of_act(analysis, learned, candidate.frame.head) ? 1 : 0);
  add("status by a cue", candidate.status.cues.empty() ? 0 : 1);
}

template <typename Add>
void add_form(const Analysis& analysis, const MentionIndex& mentions, const ProposedEvent& candidate,
              const Add& add) {
  const Token& word = analysis.tokens[candidate.frame.head];
  const bool noun = candidate.frame.noun;
  add("noun", noun ? 1 : 0);
  add("noun with a light verb", noun && candidate.frame.light.token >= 0 ? 1 : 0);
  add("noun before a noun", word.depends_as("compound") || word.depends_as("amod") ? 1 : 0);
  add("participle before a noun", !noun && word.depends_as("amod") ? 1 : 0);
  add("proper noun", word.upos == Upos::PROPN ? 1 : 0);
  add("within a name", mentions.is_in_name(candidate.frame.head) ? 1 : 0);
  add("adverbial clause", word.depends_as("advcl") || word.depends_as("acl") ? 1 : 0);
}

}  // namespace

Surroundings::Surroundings(const Analysis& analysis, std::span<const Entity> entities,
                           std::span<const Time> times, const Lexicon& lexicon)
    : sport_(analysis.sentences.size(), false) {
  for (const Token& token : analysis.tokens) {
    if (lexicon.in_class(token.lemma, "sport")) sport_[token.sentence] = true;
  }
  // Three, and two short sentences, more than there are, so that short texts are not condemned.
  constexpr std::size_t spare_mentions = 3;
  constexpr std::size_t spare_words = 50;
  std::size_t mentions = spare_mentions;
  for (const Entity& entity : entities) {
    if (acts_in_politics(entity)) mentions += entity.mentions.size();
  }
  const std::size_t words = analysis.tokens.size() + spare_words;
  text_.brief = analysis.tokens.size() < brief_text;
  text_.long_text = analysis.tokens.size() >= long_text;
  text_.hardly_any_act = mentions * 1000 < words * 16;
  text_.few_act = !text_.hardly_any_act && mentions * 1000 < words * 30;
  for (const Time& time : times) latest_ = std::max(latest_, year_in(time.value));
  text_.long_ago = latest_ > 0 && latest_ < oldest_news;
}

Setting Surroundings::setting_of(const std::optional<EventTime>& time, std::uint32_t sentence) const {
  Setting setting = text_;
  setting.sport = sport_[sentence];
  const int year = time ? year_in(time->value) : 0;
  if (year > 0 && (year < oldest_news || year + long_ago < latest_)) setting.long_ago = true;
  return setting;
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

std::vector<Evidence> evidence_on(const Analysis& analysis, const MentionIndex& mentions,
                                  const LearnedEvents& learned, const ProposedEvent& candidate) {
  std::vector<Evidence> evidence{{"always", 1.0}};
  const auto add = [&](std::string_view name, double value) {
    if (value != 0) evidence.push_back({name, value});
  };
  const EventRule& rule = candidate.rule;
  const EventWord* word = candidate.word;
  const bool row = candidate.by_row;
  const std::size_t words = rule.pattern.words.size();
  add("row", row ? 1 : 0);
  add("row of two words", row && words == 2 ? 1 : 0);
  add("row of more words", row && words > 2 ? 1 : 0);
  add("weak row", row && rule.weak ? 1 : 0);
  const int share = word == nullptr ? 0 : learned.share_of(word->word, rule.type);
  add("head", log_odds(share));
  add("head beside a row", row ? log_odds(share) : 0);
  add("head is silent", word == nullptr ? 1 : 0);
  add("head at another word",
      candidate.elsewhere > share ? log_odds(candidate.elsewhere) - log_odds(share) : 0);
  add("head sees an event", word == nullptr ? 0 : log_odds(word->share));
  add("head sees another type",
      word != nullptr && word->type != name_of(rule.type) ? word->type_share / 1000.0 : 0);
  add_sides(candidate, mentions, add);
  add_form(analysis, mentions, candidate, add);
  add_in_brief(analysis, learned, candidate, add);
  const bool coded = coded_count(candidate.parties.actor, mentions) > 0 ||
                     coded_count(candidate.parties.recipient, mentions) > 0;
  const bool quiet = candidate.setting.few_act || candidate.setting.hardly_any_act;
  add("nobody coded where few act", !coded && quiet ? 1 : 0);
  add("few act in politics here", candidate.setting.few_act ? 1 : 0);
  add("hardly anybody acts in politics here", candidate.setting.hardly_any_act ? 1 : 0);
  add("sport in the sentence", candidate.setting.sport ? 1 : 0);
  add("long ago", candidate.setting.long_ago ? 1 : 0);
  add(name_of(rule.type), 1);
  return evidence;
}

Judge::Judge(const Lexicon& lexicon) : user_rows_(lexicon.user_rows("events")) {
  std::sort(user_rows_.begin(), user_rows_.end());
  for (const Row& row : lexicon.user_rows("actors")) user_actors_.emplace_back(row["cameo"]);
  std::sort(user_actors_.begin(), user_actors_.end());
  user_actors_.erase(std::unique(user_actors_.begin(), user_actors_.end()), user_actors_.end());
  for (const Row& row : lexicon.rows("event_evidence"))
    weights_.emplace_back(row["evidence"], number_in<double>(row["weight"]));
  std::stable_sort(weights_.begin(), weights_.end(),
                   [](const auto& left, const auto& right) { return left.first < right.first; });
}

bool Judge::is_of_user(const Row& row) const {
  return std::binary_search(user_rows_.begin(), user_rows_.end(), row);
}

bool Judge::is_of_user(const Entity& entity) const {
  if (entity.codes.cameo.empty()) return false;
  const std::string_view code = entity.codes.cameo.front();
  constexpr std::size_t part = 3;  // letters of a code's first part, the least that names an actor
  for (std::size_t size = part; size <= code.size(); ++size) {
    if (std::binary_search(user_actors_.begin(), user_actors_.end(), code.substr(0, size))) return true;
  }
  return false;
}

double Judge::confidence_of(const std::vector<Evidence>& evidence) const {
  double sum = 0;
  for (const Evidence& piece : evidence) {
    const auto found =
        std::upper_bound(weights_.begin(), weights_.end(), piece.name,
                         [](std::string_view name, const auto& one) { return name < one.first; });
    if (found != weights_.begin() && std::prev(found)->first == piece.name)
      sum += std::prev(found)->second * piece.value;
  }
  return 1.0 / (1.0 + plain_exp(-sum));
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
