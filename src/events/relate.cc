// What a marked actor does to a marked recipient: the pair model decides, the lexicon says what it is near
// to.
#include <algorithm>
#include <array>
#include <string>

#include "events/coding.h"
#include "events/events.h"

namespace polybius {
namespace {

constexpr int least_none = 500;  ///< share, per mille, of "no event" from which there is none
constexpr int least_told = 30;   ///< share of a word that may be named as a reason

/// A text's words, cut where a marked place begins or ends, with their parts.
struct MarkedText {
  std::vector<Span> spans;
  std::vector<std::string_view> words;
  std::vector<PairRole> roles;
};

bool is_blank(char32_t code) {
  return code == U' ' || (code >= U'\t' && code <= U'\r');
}

MarkedText mark_text(const Text& text, const std::optional<Span>& actor,
                     const std::optional<Span>& recipient) {
  MarkedText marked;
  const auto borders = [&](std::uint32_t at) {
    const auto touches = [&](const std::optional<Span>& span) {
      return span && (span->begin == at || span->end == at);
    };
    return touches(actor) || touches(recipient);
  };
  const auto add = [&](Span span) {
    marked.spans.push_back(span);
    marked.words.push_back(text.slice(span));
    const bool acts = actor && actor->contains(span);
    const bool receives = recipient && recipient->contains(span);
    marked.roles.push_back(acts ? PairRole::actor : receives ? PairRole::recipient : PairRole::none);
  };
  std::uint32_t begin = 0;
  for (std::uint32_t at = 0; at <= text.size(); ++at) {
    const bool blank = at == text.size() || is_blank(text.at(at));
    if (!blank && !borders(at)) continue;
    if (at > begin) add({begin, at});
    begin = blank ? at + 1 : at;
  }
  return marked;
}

/// Types with their shares: CONCEDE and RETREAT, which few texts tell apart, are weighed together first.
struct TypeChoice {
  std::optional<EventType> type;
  int share = 0;
};

TypeChoice choose_type(const std::vector<std::string>& labels, const std::vector<std::uint16_t>& shares) {
  std::array<int, 16> by_type{};
  int none = 0;
  for (std::size_t i = 0; i < labels.size(); ++i) {
    const auto type = event_type_of(labels[i]);
    (type ? by_type[static_cast<std::size_t>(*type)] : none) = shares[i];
  }
  if (none >= least_none) return {std::nullopt, none};
  const auto of = [&](EventType type) { return by_type[static_cast<std::size_t>(type)]; };
  const bool retreats = of(EventType::RETREAT) > of(EventType::CONCEDE);
  auto weighed = by_type;
  weighed[static_cast<std::size_t>(retreats ? EventType::RETREAT : EventType::CONCEDE)] =
      of(EventType::RETREAT) + of(EventType::CONCEDE);
  const auto best = static_cast<std::size_t>(std::ranges::max_element(weighed) - weighed.begin());
  return {static_cast<EventType>(best), by_type[best]};
}

std::string choose_mode(EventType type, const std::vector<std::string>& labels,
                        const std::vector<std::uint16_t>& shares) {
  const std::string prefix = std::string(name_of(type)) + ':';
  std::string mode;
  int most = -1;
  for (std::size_t i = 0; i < labels.size(); ++i) {
    const bool none = labels[i] == "-";
    if ((!none && !labels[i].starts_with(prefix)) || shares[i] <= most) continue;
    most = shares[i];
    mode = none ? std::string() : labels[i].substr(prefix.size());
  }
  return mode;
}

Status choose_status(const std::vector<std::string>& labels, const std::vector<std::uint16_t>& shares) {
  const auto best = static_cast<std::size_t>(std::ranges::max_element(shares) - shares.begin());
  return status_of(labels[best]).value_or(Status::occurred);
}

/// A word without the marks around it.
std::string_view bare_word(std::string_view word) {
  const auto outer = [](char c) {
    return static_cast<unsigned char>(c) < 0x80 &&
           !((c >= '0' && c <= '9') || ((c | 32) >= 'a' && (c | 32) <= 'z'));
  };
  while (!word.empty() && outer(word.front())) word.remove_prefix(1);
  while (!word.empty() && outer(word.back())) word.remove_suffix(1);
  return word;
}

/// What the lemma of a word may be: as the table of lemmas has it, the word itself, the word without an
/// ending.
std::vector<std::string> lemmas_of(std::string_view word, const Encoder& encoder) {
  const std::string lower = lower_utf8(bare_word(word));
  std::vector<std::string> lemmas = {encoder.known_lemma(lower, "VERB"), encoder.known_lemma(lower, "NOUN"),
                                     lower};
  for (const std::string_view ending : {"s", "es", "d", "ed", "ing"}) {
    if (lower.size() < ending.size() + 3 || !lower.ends_with(ending)) continue;
    lemmas.push_back(lower.substr(0, lower.size() - ending.size()));
    if (ending == "ing") lemmas.push_back(lemmas.back() + 'e');
  }
  return lemmas;
}

/// The row of `events` of that type with one word only, which the word may be; nullptr if there is none.
const EventRule* rule_of_word(std::string_view word, EventType type, const Encoder& encoder,
                              const Lexicon& lexicon) {
  for (const std::string& lemma : lemmas_of(word, encoder)) {
    for (const std::uint32_t number : lexicon.event_rules_of(lemma)) {
      const EventRule& rule = lexicon.event_rules()[number];
      if (rule.type == type && rule.pattern.words.size() == 1) return &rule;
    }
  }
  return nullptr;
}

/// The words that tell most of the act, most first.
std::vector<std::size_t> telling_words(const std::vector<std::uint16_t>& told) {
  std::vector<std::size_t> order;
  for (std::size_t i = 0; i < told.size(); ++i) {
    if (told[i] >= least_told) order.push_back(i);
  }
  std::ranges::stable_sort(order,
                           [&](std::size_t left, std::size_t right) { return told[left] > told[right]; });
  if (order.size() > 4) order.resize(4);
  return order;
}

/// The row that the words which tell most of the act are nearest to.
const EventRule* nearest_of_words(const MarkedText& marked, const std::vector<std::size_t>& telling,
                                  EventType type, const Encoder& encoder, const Lexicon& lexicon) {
  for (const std::size_t word : telling) {
    const EventRule* rule = rule_of_word(marked.words[word], type, encoder, lexicon);
    if (rule != nullptr) return rule;
  }
  return nullptr;
}

/// The words that have at least a third of what the first one has, in text order, in quotation marks.
std::string quoted_words(const MarkedText& marked, const std::vector<std::uint16_t>& told,
                         std::vector<std::size_t> order) {
  std::erase_if(order, [&, first = order.empty() ? 0 : told[order.front()]](std::size_t word) {
    return told[word] * 3 < first;
  });
  std::ranges::sort(order);
  std::string words;
  for (const std::size_t word : order) {
    words += words.empty() ? " \"" : " ";
    words += bare_word(marked.words[word]);
  }
  return words.empty() ? words : words + '"';
}

/// 912 as "0.91".
std::string hundredths(int share) {
  const std::string text = std::to_string(std::min(99, share / 10));
  return (text.size() < 2 ? "0.0" : "0.") + text;
}

}  // namespace

Relation relate_pair(const Text& text, std::optional<Span> actor, std::optional<Span> recipient,
                     const Encoder& encoder, const PairReader& reader, PairWorkspace& workspace,
                     const Lexicon& lexicon) {
  const MarkedText marked = mark_text(text, actor, recipient);
  PairReading reading;
  reader.read(marked.words, marked.roles, workspace, reading);
  const TypeChoice choice = choose_type(reader.types(), reading.types);
  const std::vector<std::size_t> telling = telling_words(reading.told);
  Relation relation;
  relation.type = choice.type;
  relation.confidence = choice.share / 1000.0;
  relation.why = "events: pair head ";
  relation.why += choice.type ? name_of(*choice.type) : "none";
  relation.why += ' ' + hundredths(choice.share) + quoted_words(marked, reading.told, telling);
  if (!choice.type) return relation;
  const EventRule* nearest = nearest_of_words(marked, telling, *choice.type, encoder, lexicon);
  if (nearest != nullptr) {
    relation.why += ", nearest ";
    relation.why += nearest->pattern.text;
    relation.why += " (" + nearest->row.place() + ')';
  }
  const bool named = nearest != nullptr && !nearest->mode.empty();
  relation.mode =
      named ? std::string(nearest->mode) : choose_mode(*choice.type, reader.modes(), reading.modes);
  relation.status = choose_status(reader.statuses(), reading.statuses);
  relation.cameo = Ontology(lexicon).cameo_of(
      *choice.type, relation.mode, nearest == nullptr ? std::string_view() : nearest->cameo, relation.status);
  return relation;
}

}  // namespace polybius
