// Finds the time and the place of an event among the phrases of its clause.
#include "events/circumstances.h"

#include <algorithm>
#include <array>

namespace polybius {
namespace {

/// The event's word and the words above it within the clause, nearest first; then participles that hang on
/// it.
std::vector<std::uint32_t> anchors_of(const Analysis& analysis, const EventFrame& frame) {
  std::vector<std::uint32_t> anchors{frame.head};
  if (frame.light.token >= 0) anchors.push_back(static_cast<std::uint32_t>(frame.light.token));
  for (const std::uint32_t child : analysis.children[frame.head]) {
    const Token& word = analysis.tokens[child];
    if (word.depends_as("acl") || word.depends_as("nmod")) anchors.push_back(child);
  }
  std::uint32_t current = frame.head;
  for (int steps = 0; steps < 6; ++steps) {
    const Token& word = analysis.tokens[current];
    const bool clause = word.depends_as("ccomp") || word.deprel == "acl:relcl" ||
                        word.depends_as("parataxis") || word.depends_as("advcl") ||
                        word.depends_as("csubj") || word.deprel == "acl";
    if (word.head < 0 || clause) break;
    current = static_cast<std::uint32_t>(word.head);
    if (std::find(anchors.begin(), anchors.end(), current) == anchors.end()) anchors.push_back(current);
  }
  return anchors;
}

bool is_dated(const Time& time) {
  return (time.type == TimeType::DATE || time.type == TimeType::TIME) && !time.value.empty();
}

bool forward_words(std::string_view words) {
  for (const std::string_view cue : {"next ", "tomorrow", "coming ", "upcoming", "later this", "from "}) {
    if (words.find(cue) != std::string_view::npos) return true;
  }
  return false;
}

bool is_here(std::string_view preposition) {
  constexpr std::array words{"in", "at", "near", "outside", "inside", "across", "around"};
  return std::find(words.begin(), words.end(), preposition) != words.end();
}

}  // namespace

TimeIndex::TimeIndex(const Analysis& analysis, std::span<const Time> times)
    : analysis_(analysis), times_(times) {
  for (const Time& time : times) {
    const int first = analysis.token_at(time.span.begin);
    std::uint32_t head = first < 0 ? 0 : static_cast<std::uint32_t>(first);
    while (head < analysis.tokens.size() && analysis.tokens[head].head >= 0) {
      const Token& above = analysis.tokens[analysis.tokens[head].head];
      if (!time.span.contains(above.span)) break;
      head = static_cast<std::uint32_t>(analysis.tokens[head].head);
    }
    heads_.push_back(head);
  }
}

int TimeIndex::best(const EventFrame& frame) const {
  if (analysis_.tokens.empty()) return -1;
  const std::vector<std::uint32_t> anchors = anchors_of(analysis_, frame);
  int found = -1;
  std::size_t found_rank = anchors.size();
  for (std::size_t number = 0; number < times_.size(); ++number) {
    if (!is_dated(times_[number])) continue;
    const int above = analysis_.tokens[heads_[number]].head;
    if (above < 0) continue;
    const auto at = std::find(anchors.begin(), anchors.end(), static_cast<std::uint32_t>(above));
    const auto rank = static_cast<std::size_t>(at - anchors.begin());
    if (rank >= found_rank) continue;
    found = static_cast<int>(number);
    found_rank = rank;
  }
  return found;
}

std::optional<EventTime> TimeIndex::time_of(const EventFrame& frame) const {
  const int own = best(frame);
  if (own >= 0) return EventTime{times_[static_cast<std::size_t>(own)].value, "words"};
  const std::uint32_t sentence = analysis_.tokens[frame.head].sentence;
  const Time* only = nullptr;
  for (std::size_t number = 0; number < times_.size(); ++number) {
    if (!is_dated(times_[number]) || analysis_.tokens[heads_[number]].sentence != sentence) continue;
    if (only != nullptr && only->value != times_[number].value) return std::nullopt;
    only = &times_[number];
  }
  if (only == nullptr) return std::nullopt;
  return EventTime{only->value, "sentence"};
}

bool TimeIndex::has_day(const EventFrame& frame) const {
  const int own = best(frame);
  if (own < 0) return false;
  const int above = analysis_.tokens[heads_[static_cast<std::size_t>(own)]].head;
  return above == static_cast<int>(frame.head) &&
         times_[static_cast<std::size_t>(own)].type == TimeType::DATE &&
         !times_[static_cast<std::size_t>(own)].value.ends_with("_REF");
}

bool TimeIndex::looks_forward(const EventFrame& frame) const {
  const int own = best(frame);
  if (own < 0) return false;
  const Time& time = times_[static_cast<std::size_t>(own)];
  return forward_words(lower_utf8(analysis_.text.slice(time.span)) + ' ');
}

std::optional<Place> place_of(const Analysis& analysis, const EventFrame& frame,
                              const MentionIndex& mentions) {
  for (const std::uint32_t anchor : anchors_of(analysis, frame)) {
    for (const std::uint32_t child : analysis.children[anchor]) {
      const Token& word = analysis.tokens[child];
      const bool phrase = word.depends_as("obl") || word.deprel == "nmod";
      if (!phrase || !is_here(marker_of(analysis, child))) continue;
      int found = mentions.named_at(child);
      if (found < 0) found = mentions.entity_of(child);
      if (found < 0) continue;
      const Entity& entity = mentions[found];
      if (entity.kind != EntityKind::place && entity.kind != EntityKind::country) continue;
      return Place{entity.name, entity.codes.geonames, entity.codes.iso3, entity.lat, entity.lon};
    }
    if (anchor != frame.head && analysis.tokens[anchor].upos == Upos::VERB) break;
  }
  return std::nullopt;
}

}  // namespace polybius
