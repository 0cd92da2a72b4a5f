// Reads what each row and each word of the learned head would tell: parties, status, how surely.
#include "events/finds.h"

#include <algorithm>

#include "events/learned.h"
#include "events/outcome.h"

namespace polybius {
namespace {

/// The other parts of a word that is cut at its hyphens: "sit" of "sit-in" for its "in".
std::vector<std::uint32_t> hyphened_with(const Analysis& analysis, std::uint32_t token) {
  const auto& tokens = analysis.tokens;
  const auto joined = [&](std::uint32_t left) {
    return left + 1 < tokens.size() && tokens[left].span.end == tokens[left + 1].span.begin;
  };
  std::vector<std::uint32_t> parts;
  for (std::uint32_t at = token; at >= 2 && tokens[at - 1].form == "-" && joined(at - 1) && joined(at - 2);
       at -= 2)
    parts.push_back(at - 2);
  for (std::uint32_t at = token;
       at + 2 < tokens.size() && tokens[at + 1].form == "-" && joined(at) && joined(at + 1); at += 2)
    parts.push_back(at + 2);
  return parts;
}

/// What the head says of a pattern's find: of the word of the pattern where it sees the type most, else of
/// the pattern's own head; nullptr if it sees nothing there.
const EventWord* word_of(const Reader& reader, const RuleMatch& match, EventType type) {
  const EventWord* best = reader.learned.at(match.head);
  const auto share = [&](const EventWord* word) {
    return word == nullptr ? -1 : reader.learned.share_of(word->word, type);
  };
  for (const std::uint32_t token : match.tokens) {
    const EventWord* word = reader.learned.at(token);
    if (share(word) > share(best)) best = word;
  }
  return best;
}

/// What a user's own tables say for a find: whoever writes a row means it, and whoever brings his actors
/// wants to read of them.
void add_user_evidence(const Reader& reader, Find& find) {
  const Judge& judge = reader.judge;
  if (find.row != nullptr && judge.is_of_user(find.rule().row))
    find.evidence.push_back({"row of a user", 1.0});
  if (!judge.has_actors_of_user()) return;
  const auto of_user = [&](const std::vector<int>& side) {
    return std::any_of(side.begin(), side.end(),
                       [&](int entity) { return judge.is_of_user(reader.mentions[entity]); });
  };
  const Parties& parties = find.parties;
  const bool actor = of_user(parties.actor);
  const bool recipient = of_user(parties.recipient);
  const auto add = [&](std::string_view name) { find.evidence.push_back({name, 1.0}); };
  if (actor) add("actor of a user");
  if (recipient) add("recipient of a user");
  if ((actor && recipient) || (actor && find.rule().mutual && parties.actor.size() > 1))
    add("two sides of a user");
  if (!actor && !parties.actor.empty()) add("another actor than a user's");
  if (!actor && !recipient) add("nobody of a user");
}

void judge(const Reader& reader, Find& find) {
  find.time = reader.times.time_of(find.frame);
  find.status = outcome_of(reader, find.frame, find.rule(), find.parties);
  if (!reader.learned.present()) {
    const bool political =
        is_political(reader.analysis, find.frame, find.rule(), find.parties, reader.mentions);
    const int strength = strength_of(find.rule(), find.frame, find.parties, reader.mentions, find.status);
    find.confidence = political ? std::clamp(strength, 5, 95) / 100.0 : 0;
    return;
  }
  find.settled = find.word != nullptr && settle_status(find.status, *find.word);
  const EventWord* own = reader.learned.at(find.match.head);
  const int elsewhere = find.word == own ? 0 : reader.learned.share_of(find.word->word, find.rule().type);
  find.evidence = evidence_on(
      reader.analysis, reader.mentions, reader.learned,
      {find.match, find.rule(), find.frame, find.parties, own, elsewhere, find.row != nullptr,
       reader.surroundings.setting_of(find.time, reader.analysis.tokens[find.match.head].sentence)});
  // What the head says of the parts of a hyphened word says nothing of the whole.
  if (find.hyphened) {
    std::erase_if(find.evidence, [](const Evidence& piece) { return piece.name.starts_with("head"); });
    find.evidence.push_back({"row of a hyphened word", 1.0});
  }
  add_user_evidence(reader, find);
  find.confidence = reader.judge.confidence_of(find.evidence);
}

Find read_row(const Reader& reader, const RuleMatch& match) {
  Find find;
  find.match = match;
  find.row = &reader.lexicon.event_rules()[match.rule];
  // A word that the tokenizer cuts at its hyphen is one: what its parts would tell is told by the row.
  for (const std::uint32_t token : match.tokens) {
    for (const std::uint32_t part : hyphened_with(reader.analysis, token)) {
      if (!pattern_names_hyphened(*find.row, reader.analysis, token, part)) continue;
      find.match.tokens.push_back(part);
      find.hyphened = true;
    }
  }
  std::sort(find.match.tokens.begin(), find.match.tokens.end());
  find.match.tokens.erase(std::unique(find.match.tokens.begin(), find.match.tokens.end()),
                          find.match.tokens.end());
  find.frame = frame_of(reader.analysis, find.match, *find.row, reader.lexicon);
  find.parties = parties_of(reader.analysis, find.frame, *find.row, reader.mentions);
  find.word = word_of(reader, find.match, find.row->type);
  if (find.word != nullptr) add_linked_parties(find.parties, *find.word, find.row->mutual, reader.mentions);
  judge(reader, find);
  return find;
}

Find read_word(const Reader& reader, const EventWord& word, EventType type) {
  Find find;
  find.bare = bare_rule(type, reader.analysis.tokens[word.word].upos == Upos::NOUN);
  find.match = RuleMatch{word.word, 0, {word.word}};
  find.frame = frame_of(reader.analysis, find.match, find.bare, reader.lexicon);
  find.word = &word;
  add_linked_parties(find.parties, word, false, reader.mentions);
  if (find.parties.actor.empty() && find.parties.recipient.empty())
    find.parties = parties_of(reader.analysis, find.frame, find.bare, reader.mentions);
  judge(reader, find);
  return find;
}

}  // namespace

std::vector<Find> find_all(const Reader& reader) {
  std::vector<Find> finds;
  for (const RuleMatch& match : reader.analysis.event_matches) finds.push_back(read_row(reader, match));
  const std::size_t rows = finds.size();
  for (const EventWord& word : reader.analysis.event_words) {
    const auto type = event_type_of(word.type);
    if (!type) continue;
    const bool met = std::any_of(
        finds.begin(), finds.begin() + static_cast<std::ptrdiff_t>(rows),
        [&](const Find& find) { return find.match.head == word.word && find.row->type == *type; });
    if (!met) finds.push_back(read_word(reader, word, *type));
  }
  std::stable_sort(finds.begin(), finds.end(),
                   [](const Find& left, const Find& right) { return left.match.head < right.match.head; });
  return finds;
}

}  // namespace polybius
