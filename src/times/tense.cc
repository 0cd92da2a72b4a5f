// Reads tense from trees and features where they are there, else from the forms of the words around.
#include "times/tense.h"

#include <algorithm>
#include <array>

namespace polybius {
namespace {

template <std::size_t size>
bool is_one_of(std::string_view word, const std::array<std::string_view, size>& words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

constexpr std::array<std::string_view, 7> kFutureWords = {"will", "wo", "shall", "'ll", "’ll", "ll", "to"};
constexpr std::array<std::string_view, 15> kForward = {"plan",    "expect", "schedule", "intend",  "agree",
                                                       "hope",    "vow",    "want",     "prepare", "aim",
                                                       "promise", "pledge", "set",      "due",     "go"};

bool is_verbal(const Token& token) {
  return token.upos == Upos::VERB || token.upos == Upos::AUX;
}

/// "Would have begun" lies behind, "would begin" ahead of the one who said so.
bool has_perfect(const Analysis& analysis, std::uint32_t verb) {
  return std::any_of(analysis.children[verb].begin(), analysis.children[verb].end(),
                     [&](std::uint32_t below) { return analysis.tokens[below].lower == "have"; });
}

bool is_future_word(const Analysis& analysis, std::uint32_t verb, std::string_view word) {
  if (word == "will" || word == "wo" || word == "shall" || word.ends_with("ll")) return true;
  return (word == "would" || word == "'d") && !has_perfect(analysis, verb);
}

// The tense of one verb with its auxiliaries; an infinitive takes it from what it depends on.
Tense verb_tense(const Analysis& analysis, std::uint32_t verb) {
  const auto& tokens = analysis.tokens;
  bool past = tokens[verb].is("Tense=Past") && tokens[verb].is("VerbForm=Fin");
  bool present = tokens[verb].is("Tense=Pres") && tokens[verb].is("VerbForm=Fin");
  bool participle = tokens[verb].is("VerbForm=Part") && tokens[verb].is("Tense=Past");
  for (const std::uint32_t below : analysis.children[verb]) {
    if (!tokens[below].depends_as("aux") && !tokens[below].depends_as("cop")) {
      if (tokens[below].lower == "to" && tokens[below].depends_as("mark")) return Tense::future;
      continue;
    }
    const std::string_view word = tokens[below].lower;
    if (is_future_word(analysis, verb, word)) return Tense::future;
    if (word == "have" || word == "has" || word == "'ve" || word == "had") return Tense::past;
    past = past || tokens[below].is("Tense=Past");
    present = present || tokens[below].is("Tense=Pres");
  }
  if (past) return Tense::past;
  if (present) return Tense::present;
  return participle ? Tense::past : Tense::unknown;
}

/// "Due to end on Wednesday", "scheduled to meet on Friday", whatever the tree makes of it.
bool is_due(const Analysis& analysis, std::uint32_t token) {
  constexpr std::array<std::string_view, 5> kDue = {"due", "scheduled", "slated", "expected", "set"};
  const std::uint32_t first = analysis.sentences[analysis.tokens[token].sentence].first;
  for (std::uint32_t i = token; i-- > first && token - i < 8;) {
    const std::string_view word = analysis.tokens[i].lower;
    if (word == "," || word == ";" || word == "and") return false;
    if (is_one_of(word, kDue)) return analysis.tokens[i + 1].lower == "to";
  }
  return false;
}

/// "Planned for Tuesday", "put off until Monday": the day lies ahead of the verb, whatever its tense.
bool is_aimed_at(const Analysis& analysis, std::uint32_t token) {
  constexpr std::array<std::string_view, 18> kAiming = {
      "plan",     "schedule", "set",  "slate", "due",        "expect",  "fix",     "book", "delay",
      "postpone", "put",      "push", "defer", "reschedule", "adjourn", "arrange", "move", "shift"};
  std::uint32_t head = token;
  for (int steps = 0; steps < 4 && analysis.tokens[head].head >= 0; ++steps) {
    const Token& above = analysis.tokens[static_cast<std::size_t>(analysis.tokens[head].head)];
    if (is_verbal(above) || above.upos == Upos::ADJ) break;
    head = static_cast<std::uint32_t>(analysis.tokens[head].head);
  }
  if (analysis.tokens[head].head < 0) return false;
  const int marker = analysis.child(head, "case");
  if (marker < 0) return false;
  const std::string_view word = analysis.tokens[static_cast<std::size_t>(marker)].lower;
  return (word == "for" || word == "until" || word == "till" || word == "to") &&
         is_one_of(analysis.tokens[static_cast<std::size_t>(analysis.tokens[head].head)].lemma, kAiming);
}

/// "Banned Thursday's march": what is forbidden, put off or called off lies ahead.
bool is_of_what_is_stopped(const Analysis& analysis, std::uint32_t token) {
  constexpr std::array<std::string_view, 14> kStopping = {"ban",   "cancel",  "call",   "postpone", "put",
                                                          "delay", "scrap",   "forbid", "suspend",  "adjourn",
                                                          "defer", "boycott", "skip",   "abandon"};
  const std::uint32_t next = token + 1;
  if (next >= analysis.tokens.size()) return false;
  if (analysis.tokens[next].lower != "'s" && analysis.tokens[next].lower != "’s") return false;
  const int noun = analysis.tokens[token].head;
  const int verb = noun < 0 ? -1 : analysis.tokens[static_cast<std::size_t>(noun)].head;
  return verb >= 0 && is_one_of(analysis.tokens[static_cast<std::size_t>(verb)].lemma, kStopping);
}

Tense tree_tense(const Analysis& analysis, std::uint32_t token) {
  const auto& tokens = analysis.tokens;
  if (is_aimed_at(analysis, token) || is_due(analysis, token) || is_of_what_is_stopped(analysis, token))
    return Tense::future;
  int at = static_cast<int>(token);
  for (int steps = 0; at >= 0 && steps < 40; ++steps) {
    const auto here = static_cast<std::uint32_t>(at);
    const bool predicate = is_verbal(tokens[here]) || analysis.child(here, "cop") >= 0;
    if (predicate) {
      const Tense tense = verb_tense(analysis, here);
      if (tense != Tense::unknown) return tense;
      if (tokens[here].head >= 0 &&
          is_one_of(tokens[static_cast<std::size_t>(tokens[here].head)].lemma, kForward))
        return Tense::future;
    }
    at = tokens[here].head;
  }
  return Tense::unknown;
}

bool looks_past(const Analysis& analysis, std::uint32_t i) {
  constexpr std::array<std::string_view, 62> kPast = {
      "said",   "told",    "met",     "went",   "came",  "took",  "made",   "gave", "began",
      "became", "held",    "left",    "rose",   "fell",  "won",   "lost",   "led",  "sent",
      "kept",   "found",   "got",     "had",    "did",   "was",   "were",   "saw",  "spoke",
      "struck", "brought", "thought", "fought", "shot",  "grew",  "ran",    "sat",  "stood",
      "wrote",  "broke",   "drew",    "flew",   "knew",  "threw", "paid",   "sold", "bought",
      "built",  "felt",    "sought",  "called", "ended", "hit",   "put",    "set",  "has",
      "have",   "'ve",     "been",    "swore",  "chose", "drove", "closed", "ate"};
  const std::string_view word = analysis.tokens[i].lower;
  if (is_one_of(word, kPast)) return true;
  if (word.size() < 5 || !word.ends_with("ed")) return false;
  constexpr std::array<std::string_view, 8> kOthers = {"hundred",  "united",    "indeed",  "speed",
                                                       "expected", "scheduled", "planned", "proposed"};
  return !is_one_of(word, kOthers);
}

Tense word_tense(const Analysis& analysis, std::uint32_t i) {
  const std::string_view word = analysis.tokens[i].lower;
  if (word == "to") {
    // A preposition where a name, a determiner or a number follows.
    if (i + 1 >= analysis.tokens.size()) return Tense::unknown;
    const std::string& next = analysis.tokens[i + 1].form;
    constexpr std::array<std::string_view, 8> kNominal = {"the", "a",   "an",    "this",
                                                          "his", "her", "their", "its"};
    const bool name = !next.empty() && (next[0] < 'a' || next[0] > 'z');
    return name || is_one_of(analysis.tokens[i + 1].lower, kNominal) ? Tense::unknown : Tense::future;
  }
  if (is_one_of(word, kFutureWords)) return Tense::future;
  if (word == "scheduled" || word == "expected" || word == "planned" || word == "plans" || word == "due")
    return Tense::future;
  if (looks_past(analysis, i)) return Tense::past;
  if (word == "is" || word == "are" || word == "says" || word == "'s") return Tense::present;
  return Tense::unknown;
}

Tense surface_tense(const Analysis& analysis, std::uint32_t token) {
  const Sentence& sentence = analysis.sentences[analysis.tokens[token].sentence];
  Tense weak = Tense::unknown;
  for (std::uint32_t i = token; i-- > sentence.first && token - i < 16;) {
    const std::string_view word = analysis.tokens[i].lower;
    if (word == ";" || word == ":" || word == "``" || word == "“") break;
    const Tense tense = word_tense(analysis, i);
    if (tense == Tense::past || tense == Tense::future) return tense;
    if (weak == Tense::unknown) weak = tense;
  }
  if (weak != Tense::unknown) return weak;
  for (std::uint32_t i = token + 1; i < sentence.last && i - token < 16; ++i) {
    const Tense tense = word_tense(analysis, i);
    if (tense != Tense::unknown) return tense;
  }
  return Tense::unknown;
}

constexpr std::uint32_t kNear = 3;  // "said on late Tuesday"

}  // namespace

bool is_tense_plain(const Analysis& analysis, std::uint32_t token) {
  const Sentence& sentence = analysis.sentences[analysis.tokens[token].sentence];
  bool past = false;
  bool future = false;
  for (std::uint32_t i = token; i-- > sentence.first;) {
    const Tense tense = word_tense(analysis, i);
    if (token - i <= kNear && tense == Tense::past && !past && !future) return true;
    past = past || tense == Tense::past;
    future = future || tense == Tense::future;
  }
  if (!past && !future) return false;
  for (std::uint32_t i = token + 1; i < sentence.last; ++i) {
    const Tense tense = word_tense(analysis, i);
    past = past || tense == Tense::past;
    future = future || tense == Tense::future;
  }
  return past != future;
}

Tense tense_at(const Analysis& analysis, std::uint32_t token) {
  if (token >= analysis.tokens.size()) return Tense::unknown;
  const Token& word = analysis.tokens[token];
  if (word.head >= 0 || !word.deprel.empty()) {
    const Tense tense = tree_tense(analysis, token);
    if (tense != Tense::unknown) return tense;
  }
  return surface_tense(analysis, token);
}

}  // namespace polybius
