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
  const bool two = !parties.recipient.empty() || (find.rule().mutual && parties.actor.size() > 1);
  if (!two || parties.actor.empty()) add("one side beside a user's actors");
  if (!recipient && !parties.recipient.empty()) add("another recipient than a user's");
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
       reader.surroundings.setting_of(find.time, reader.analysis.tokens[find.match.head].sentence),
       find.status});
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
  add_inner_recipient(find.parties, reader.analysis, find.frame, *find.row, reader.mentions);
  judge(reader, find);
  return find;
}

/// Judges an act done in words at the verb of saying; `evidence` names the sort.
void judge_words(const Reader& reader, Find& find, std::string_view evidence) {
  find.word = reader.learned.at(find.match.head);
  judge(reader, find);
  find.evidence.push_back({evidence, 1.0});
  if (reader.learned.present()) find.confidence = reader.judge.confidence_of(find.evidence);
  find.settled = false;
}

/// Whether whoever says what the row names does it by that.
bool is_charge(const EventRule& rule) {
  const auto flags = rule.row.list("flags");
  return std::find(flags.begin(), flags.end(), "said") != flags.end();
}

/// The verb of a statement's cue; -1 if it has none.
int verb_of_cue(const Analysis& analysis, const Statement& statement) {
  for (const Span& part : statement.cue) {
    const int first = analysis.token_at(part.begin);
    if (first < 0) continue;
    for (auto token = static_cast<std::uint32_t>(first);
         token < analysis.tokens.size() && analysis.tokens[token].span.begin < part.end; ++token) {
      if (analysis.tokens[token].upos == Upos::VERB) return static_cast<int>(token);
    }
  }
  return -1;
}

/// "An attempt by the emirate to intimidate us, he said": a charge in words by the one who speaks, at the
/// verb that says so. Nothing if nobody is named who says it, or who is charged.
std::optional<Find> read_charge(const Reader& reader, const RuleMatch& match) {
  const Analysis& analysis = reader.analysis;
  const Statement* told = statement_at(reader, match.head);
  if (told == nullptr) return std::nullopt;
  const int verb = verb_of_cue(analysis, *told);
  const int speaker = speaker_of(reader, *told);
  if (verb < 0 || speaker < 0) return std::nullopt;
  Find find;
  find.row = &reader.lexicon.event_rules()[match.rule];
  const EventFrame charge = frame_of(analysis, match, *find.row, reader.lexicon);
  find.parties.recipient = parties_of(analysis, charge, *find.row, reader.mentions).recipient;
  find.parties.actor = {speaker};
  const auto& charged = find.parties.recipient;
  if (charged.empty() || std::find(charged.begin(), charged.end(), speaker) != charged.end())
    return std::nullopt;
  const auto said = static_cast<std::uint32_t>(verb);
  find.match = RuleMatch{said, match.rule, match.tokens};
  find.frame = frame_of(analysis, {said, 0, {said}}, bare_rule(find.row->type, false), reader.lexicon);
  judge_words(reader, find, "charge in words");
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
  add_inner_recipient(find.parties, reader.analysis, find.frame, find.bare, reader.mentions);
  judge(reader, find);
  return find;
}

/// "Would", "not" of a verb that says what its subject will not do; empty if it says nothing of the kind.
std::vector<std::uint32_t> words_of_unwillingness(const Analysis& analysis, std::uint32_t verb) {
  std::vector<std::uint32_t> will;
  std::vector<std::uint32_t> words;
  for (const std::uint32_t child : analysis.children[verb]) {
    const Token& word = analysis.tokens[child];
    if (word.upos == Upos::AUX && (word.lemma == "will" || word.lemma == "would")) will.push_back(child);
    if (word.lower == "not" || word.lower == "n't" || word.lower == "n’t") words.push_back(child);
  }
  if (will.empty() || words.empty()) return {};
  words.push_back(will.front());
  return words;
}

bool may_be_refused(EventType type) {
  return type == EventType::AID || type == EventType::COOPERATE || type == EventType::CONSULT ||
         type == EventType::RETREAT || type == EventType::CONCEDE || type == EventType::AGREE;
}

/// "Said that it would not send troops": a refusal in words by the one who speaks, of what he is to do
/// himself.
std::optional<Find> read_refusal(const Reader& reader, const Find& denied) {
  const Analysis& analysis = reader.analysis;
  const Token& act = analysis.tokens[denied.match.head];
  if (denied.status.status != Status::denied || denied.frame.noun || !may_be_refused(denied.rule().type))
    return std::nullopt;
  if (!act.depends_as("ccomp") || act.head < 0) return std::nullopt;
  const int doer = subject_of(analysis, denied.match.head);  // "said it would not", not "that talks will not"
  if (is_passive_verb(analysis, denied.match.head) || doer < 0 || analysis.tokens[doer].upos != Upos::PRON)
    return std::nullopt;
  const auto said = static_cast<std::uint32_t>(act.head);
  if (!reader.lexicon.in_class(analysis.tokens[said].lemma, "uttering")) return std::nullopt;
  Find find;
  find.refusing = words_of_unwillingness(analysis, denied.match.head);
  if (find.refusing.empty()) return std::nullopt;
  find.refusing.push_back(denied.match.head);
  find.refusing.push_back(said);
  find.bare = bare_rule(EventType::REJECT, false);
  find.match = RuleMatch{said, 0, {said}};
  find.frame = frame_of(analysis, find.match, find.bare, reader.lexicon);
  find.parties = parties_of(analysis, find.frame, find.bare, reader.mentions);
  const auto& doers = denied.parties.actor;
  if (find.parties.actor.empty() || (!doers.empty() && doers != find.parties.actor)) return std::nullopt;
  if (find.parties.recipient.empty()) find.parties.recipient = denied.parties.recipient;
  judge_words(reader, find, "refusal in words");
  return find;
}

}  // namespace

std::vector<Find> find_all(const Reader& reader) {
  std::vector<Find> finds;
  for (const RuleMatch& match : reader.analysis.event_matches) {
    if (!is_charge(reader.lexicon.event_rules()[match.rule])) {
      finds.push_back(read_row(reader, match));
    } else if (auto charge = read_charge(reader, match)) {
      finds.push_back(std::move(*charge));
    }
  }
  const std::size_t rows = finds.size();
  for (const EventWord& word : reader.analysis.event_words) {
    const auto type = event_type_of(word.type);
    if (!type) continue;
    const bool met = std::any_of(
        finds.begin(), finds.begin() + static_cast<std::ptrdiff_t>(rows),
        [&](const Find& find) { return find.match.head == word.word && find.row->type == *type; });
    if (!met) finds.push_back(read_word(reader, word, *type));
  }
  const std::size_t read = finds.size();
  std::vector<std::uint32_t> refusals;  // verbs of saying, each told once
  for (std::size_t number = 0; number < read; ++number) {
    auto refusal = read_refusal(reader, finds[number]);
    if (!refusal || std::find(refusals.begin(), refusals.end(), refusal->match.head) != refusals.end())
      continue;
    refusals.push_back(refusal->match.head);
    finds.push_back(std::move(*refusal));
  }
  std::stable_sort(finds.begin(), finds.end(),
                   [](const Find& left, const Find& right) { return left.match.head < right.match.head; });
  return finds;
}

}  // namespace polybius
