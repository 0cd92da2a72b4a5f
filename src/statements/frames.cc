// Finds cues of speech and thought, their source and, by the tree, their content.
#include "statements/frames.h"

#include <algorithm>
#include <set>

#include "text/text.h"

namespace polybius {
namespace {

using Tokens = std::vector<std::uint32_t>;

bool before_words(const Token& token) {
  return token.depends_as("aux") || token.depends_as("advmod") || token.deprel == "compound:prt" ||
         token.depends_as("cop");
}

/// Auxiliaries, negation and adverbs that stand unbroken around the verb belong to the cue, as do the words
/// of the pattern.
Tokens cue_tokens(const Analysis& analysis, const RuleMatch& match) {
  std::set<std::uint32_t> out(match.tokens.begin(), match.tokens.end());
  out.insert(match.head);
  const auto& children = analysis.children[match.head];
  std::uint32_t first = match.head;
  for (auto child = children.rbegin(); child != children.rend(); ++child) {
    if (*child >= first) continue;
    if (*child + 1 != first || !before_words(analysis.tokens[*child])) break;
    first = *child;
    out.insert(first);
  }
  return {out.begin(), out.end()};
}

void add_subtree(const Analysis& analysis, std::uint32_t token, std::set<std::uint32_t>& out) {
  for (const std::uint32_t below : analysis.subtree_tokens(token)) out.insert(below);
}

void remove_subtree(const Analysis& analysis, std::uint32_t token, std::set<std::uint32_t>& out) {
  for (const std::uint32_t below : analysis.subtree_tokens(token)) out.erase(below);
}

bool wants(const SpeechRule& rule, std::string_view slot) {
  return std::ranges::find(rule.content, slot) != rule.content.end();
}

int binding_word_of(const Analysis& analysis, std::uint32_t token) {
  const int marker = analysis.child(token, "case");
  return marker >= 0 ? marker : analysis.child(token, "mark");
}

bool marked_by(const Analysis& analysis, std::uint32_t token, std::string_view word) {
  const int marker = binding_word_of(analysis, token);
  return marker >= 0 && analysis.tokens[static_cast<std::uint32_t>(marker)].lower == word;
}

/// The phrase or clause of a head that begins with the word: "of corruption", "about the war".
int content_after(const Analysis& analysis, std::uint32_t head, std::string_view word) {
  for (const std::uint32_t child : analysis.children[head]) {
    const Token& token = analysis.tokens[child];
    const bool phrase = token.depends_as("obl") || token.depends_as("nmod") || token.depends_as("advcl") ||
                        token.depends_as("acl");
    if (phrase && marked_by(analysis, child, word)) return static_cast<int>(child);
  }
  return -1;
}

/// The clause, infinitive, object or phrase that a cue's rule names as its content; -1 if there is none.
int content_clause(const Analysis& analysis, const SpeechRule& rule, std::uint32_t head) {
  const int clause = analysis.child(head, "ccomp");
  if (clause >= 0) return clause;
  for (const std::uint32_t child : analysis.children[head]) {
    if (child > head + 1 && analysis.tokens[child].depends_as("parataxis")) return static_cast<int>(child);
  }
  if (wants(rule, "to")) {
    const int infinitive = analysis.child(head, "xcomp");
    if (infinitive > static_cast<int>(head)) return infinitive;
  }
  if (wants(rule, "that") || rule.pos == RulePos::noun) {
    const int relative = analysis.child(head, "acl");
    if (relative >= 0 && analysis.child(static_cast<std::uint32_t>(relative), "mark") >= 0) return relative;
  }
  if (wants(rule, "obj")) {
    const int object = analysis.child(head, "obj");
    if (object >= 0) return object;
    const int passive = analysis.child(head, "nsubj:pass");
    if (passive >= 0) return passive;
  }
  for (const std::string_view slot : rule.content) {
    if (slot == "comp" || slot == "to" || slot == "obj" || slot == "that") continue;
    const int phrase = content_after(analysis, head, slot);
    if (phrase >= 0) return phrase;
  }
  const int purpose = wants(rule, "to") ? analysis.child(head, "advcl") : -1;
  return purpose > static_cast<int>(head) && marked_by(analysis, static_cast<std::uint32_t>(purpose), "to")
             ? purpose
             : -1;
}

/// Whether a cue with its source begins at the token, as in "...” Weiss said".
bool attribution_follows(const Hearing& hearing, std::uint32_t token) {
  const Analysis& analysis = hearing.analysis;
  const std::uint32_t last =
      std::min<std::uint32_t>(token + 7, static_cast<std::uint32_t>(analysis.tokens.size()));
  for (std::uint32_t here = token; here < last; ++here) {
    if (analysis.tokens[here].upos == Upos::PUNCT) return false;
    const auto [first, last_match] = matches_at(analysis.speech_matches, here);
    if (first != last_match) return true;
  }
  return false;
}

/// The noun phrase that ends right before a verb whose subject the tree does not show.
int neighbour_subject(const Analysis& analysis, std::uint32_t head, std::uint32_t floor) {
  std::uint32_t token = head;
  while (token > floor &&
         (analysis.tokens[token - 1].upos == Upos::ADV || analysis.tokens[token - 1].upos == Upos::AUX))
    --token;
  if (token == floor) return -1;
  std::uint32_t noun = token - 1;
  const auto nominal = [&](std::uint32_t here) {
    const Upos upos = analysis.tokens[here].upos;
    return upos == Upos::PROPN || upos == Upos::NOUN || upos == Upos::PRON;
  };
  if (!nominal(noun)) return -1;
  // Up to the head of the run of nominals that ends here.
  for (int steps = 0; steps < 4; ++steps) {
    const int above = analysis.tokens[noun].head;
    if (above < 0 || above >= static_cast<int>(head) || above < static_cast<int>(floor)) break;
    bool unbroken = true;
    for (std::uint32_t here = static_cast<std::uint32_t>(above); here < token; ++here)
      unbroken = unbroken && nominal(here);
    if (!unbroken) break;
    noun = static_cast<std::uint32_t>(above);
  }
  return static_cast<int>(noun);
}

/// "..., he said, adding that": the subject of a participle is the one of the cue before it.
int subject_of_earlier_cue(const Hearing& hearing, std::uint32_t head) {
  const Analysis& analysis = hearing.analysis;
  const Token& token = analysis.tokens[head];
  const bool hangs = token.depends_as("advcl") || token.depends_as("conj") || token.depends_as("parataxis");
  if (!hangs || !token.is("VerbForm=Part") || token.is("Tense=Past")) return -1;
  for (auto match = std::ranges::lower_bound(analysis.speech_matches, head, {}, &RuleMatch::head);
       match != analysis.speech_matches.begin();) {
    --match;
    if (hearing.segment[match->head] != hearing.segment[head]) return -1;
    if (hearing.lexicon.speech_rules()[match->rule].attitude || analysis.child(match->head, "nsubj") < 0)
      continue;
    return analysis.child(match->head, "nsubj");
  }
  return -1;
}

/// The words that stand before a closing "..., he said" in its sentence, where the tree has no clause for it.
std::set<std::uint32_t> words_before(const Hearing& hearing, std::uint32_t head, int subject) {
  const Analysis& analysis = hearing.analysis;
  std::set<std::uint32_t> out;
  std::uint32_t begin = head;
  while (begin > 0 && hearing.segment[begin - 1] == hearing.segment[head]) --begin;
  std::uint32_t from = head;
  if (subject >= 0) {
    for (const std::uint32_t token : analysis.subtree_tokens(static_cast<std::uint32_t>(subject)))
      from = std::min(from, token);
  }
  if (subject > static_cast<int>(head)) from = head;
  if (from < begin + 3) return out;
  const Token& comma = analysis.tokens[from - 1];
  if (comma.upos != Upos::PUNCT) return out;
  bool clause = false;
  for (std::uint32_t token = begin; token < from; ++token) {
    out.insert(token);
    clause = clause || analysis.tokens[token].is("VerbForm=Fin");
  }
  return clause ? out : std::set<std::uint32_t>{};
}

/// Whether a verb has no complement of its own, so that what it reports may stand before it.
bool closes_clause(const Analysis& analysis, std::uint32_t head) {
  return std::ranges::none_of(analysis.children[head], [&](std::uint32_t child) {
    const Token& token = analysis.tokens[child];
    return token.depends_as("obj") || token.depends_as("ccomp") || token.depends_as("xcomp");
  });
}

/// The sentence around a parenthesis such as "he said" or "according to the army".
std::set<std::uint32_t> around(const Analysis& analysis, std::uint32_t governor, std::uint32_t parenthesis) {
  std::set<std::uint32_t> out;
  add_subtree(analysis, governor, out);
  remove_subtree(analysis, parenthesis, out);
  return out;
}

bool is_edge_sign(const Token& token) {
  return token.lower == "," || token.lower == "-" || token.lower == "—" || token.lower == "–" ||
         token.lower == ";" || token.lower == ":";
}

Tokens trimmed(const Analysis& analysis, const std::set<std::uint32_t>& tokens) {
  Tokens out(tokens.begin(), tokens.end());
  while (!out.empty() && is_edge_sign(analysis.tokens[out.front()])) out.erase(out.begin());
  while (!out.empty() &&
         (is_edge_sign(analysis.tokens[out.back()]) || analysis.tokens[out.back()].lower == "."))
    out.pop_back();
  return out;
}

int addressee_of(const Analysis& analysis, const SpeechRule& rule, std::uint32_t head) {
  for (const auto& slots : rule.addressee) {
    for (const std::string_view slot : slots) {
      if (slot == "obj" || slot == "iobj") {
        int object = analysis.child(head, "iobj");
        if (object < 0) object = analysis.child(head, "obj");
        if (object < 0) object = analysis.child(head, "nsubj:pass");
        if (object >= 0) return object;
        continue;
      }
      for (const std::uint32_t child : analysis.children[head]) {
        if (!analysis.tokens[child].depends_as("obl")) continue;
        const int marker = analysis.child(child, "case");
        if (marker >= 0 && analysis.tokens[static_cast<std::uint32_t>(marker)].lower == slot)
          return static_cast<int>(child);
      }
    }
  }
  return -1;
}

int agent_of_passive(const Analysis& analysis, std::uint32_t head) {
  const int agent = analysis.child(head, "obl:agent");
  if (agent >= 0) return agent;
  for (const std::uint32_t child : analysis.children[head]) {
    if (!analysis.tokens[child].depends_as("obl")) continue;
    const int marker = analysis.child(child, "case");
    if (marker >= 0 && analysis.tokens[static_cast<std::uint32_t>(marker)].lower == "by")
      return static_cast<int>(child);
  }
  return -1;
}

/// Takes out of a content what is no part of it: the cue, its source, other sentences, later cues beside the
/// clause.
void tidy_content(const Hearing& hearing, const Frame& frame, std::set<std::uint32_t>& content) {
  const Analysis& analysis = hearing.analysis;
  for (const std::uint32_t word : frame.cue) content.erase(word);
  std::erase_if(content,
                [&](std::uint32_t token) { return hearing.segment[token] != hearing.segment[frame.head]; });
  if (!frame.inverted) return;
  if (frame.subject >= 0) remove_subtree(analysis, static_cast<std::uint32_t>(frame.subject), content);
  for (auto later = std::ranges::upper_bound(analysis.speech_matches, frame.head, {}, &RuleMatch::head);
       later != analysis.speech_matches.end(); ++later) {
    const RuleMatch& match = *later;
    const Token& token = analysis.tokens[match.head];
    if (content.empty() || match.head > *content.rbegin()) break;
    if (!content.contains(match.head)) continue;
    if (token.depends_as("advcl") || token.depends_as("conj") || token.depends_as("parataxis"))
      remove_subtree(analysis, match.head, content);
  }
}

/// Fills a frame of a verb or a predicative adjective.
bool read_verb(Hearing& hearing, const SpeechRule& rule, const RuleMatch& match, Frame& frame) {
  const Analysis& analysis = hearing.analysis;
  const std::uint32_t head = match.head;
  const Token& token = analysis.tokens[head];
  const bool passive = analysis.child(head, "aux:pass") >= 0 || analysis.child(head, "nsubj:pass") >= 0;
  frame.subject = passive ? agent_of_passive(analysis, head) : subject_of_earlier_cue(hearing, head);
  if (frame.subject < 0 && !passive) frame.subject = find_subject(analysis, head);
  std::uint32_t floor = head;
  while (floor > 0 && hearing.segment[floor - 1] == hearing.segment[head]) --floor;
  if (frame.subject < 0 && !passive && token.is("VerbForm=Fin"))
    frame.subject = neighbour_subject(analysis, head, floor);
  frame.addressee = addressee_of(analysis, rule, head);
  const int clause = content_clause(analysis, rule, head);
  std::set<std::uint32_t> content;
  if (clause >= 0 && clause != frame.subject && clause != frame.addressee) {
    add_subtree(analysis, static_cast<std::uint32_t>(clause), content);
    frame.inverted = clause < static_cast<int>(head);
  } else if (token.depends_as("parataxis") && token.head >= 0 && frame.subject >= 0) {
    content = around(analysis, static_cast<std::uint32_t>(token.head), head);
    frame.inverted = token.head < static_cast<int>(head);
  } else if (frame.subject >= 0 && !rule.attitude && closes_clause(analysis, head)) {
    content = words_before(hearing, head, frame.subject);
    frame.inverted = !content.empty();
  }
  tidy_content(hearing, frame, content);
  frame.content = runs_of(analysis, trimmed(analysis, content));
  return true;
}

/// "According to X": the source is the noun that it governs, the content the clause around.
bool read_preposition(Hearing& hearing, const RuleMatch& match, Frame& frame) {
  const Analysis& analysis = hearing.analysis;
  const Token& token = analysis.tokens[match.head];
  if (token.head < 0) return false;
  std::uint32_t source = static_cast<std::uint32_t>(token.head);
  if (!token.depends_as("case") && !token.depends_as("mark")) {
    const int object = analysis.child(match.head, "obl");
    if (object < 0) return false;
    source = static_cast<std::uint32_t>(object);
  }
  std::uint32_t phrase = source;
  if (!token.depends_as("case") && !token.depends_as("mark")) phrase = match.head;
  const Token& top = analysis.tokens[phrase];
  if (top.head < 0) return false;
  frame.subject = static_cast<int>(source);
  std::uint32_t governor = static_cast<std::uint32_t>(top.head);
  std::set<std::uint32_t> content = around(analysis, governor, phrase);
  frame.content = runs_of(analysis, trimmed(analysis, content));
  frame.inverted = governor < phrase;
  return !frame.content.empty();
}

/// "The claim that ...", "his statement that ...".
bool read_noun(Hearing& hearing, const SpeechRule& rule, const RuleMatch& match, Frame& frame) {
  const Analysis& analysis = hearing.analysis;
  const std::uint32_t head = match.head;
  const int clause = content_clause(analysis, rule, head);
  if (clause < 0) return false;
  std::set<std::uint32_t> content;
  add_subtree(analysis, static_cast<std::uint32_t>(clause), content);
  for (const std::uint32_t word : frame.cue) content.erase(word);
  frame.content = runs_of(analysis, trimmed(analysis, content));
  frame.subject = analysis.child(head, "nmod:poss");
  if (frame.subject < 0) {
    for (const std::uint32_t child : analysis.children[head]) {
      if (static_cast<int>(child) == clause || !analysis.tokens[child].depends_as("nmod")) continue;
      const int marker = analysis.child(child, "case");
      const std::string_view word =
          marker < 0 ? std::string_view{}
                     : std::string_view(analysis.tokens[static_cast<std::uint32_t>(marker)].lower);
      if (word == "by" || word == "of" || word == "from") frame.subject = static_cast<int>(child);
    }
  }
  const Token& token = analysis.tokens[head];
  if (frame.subject < 0 && token.depends_as("obj") && token.head >= 0)
    frame.subject = find_subject(analysis, static_cast<std::uint32_t>(token.head), false);
  return !frame.content.empty();
}

/// "announced it", "what he says": a pronoun tells nothing.
bool is_empty_content(const Analysis& analysis, const Frame& frame) {
  if (frame.content.empty()) return false;  // a quotation may yet come
  for (const Span piece : frame.content) {
    for (int token = analysis.token_at(piece.begin);
         token >= 0 && token < static_cast<int>(analysis.tokens.size()); ++token) {
      const Token& word = analysis.tokens[static_cast<std::uint32_t>(token)];
      if (word.span.begin >= piece.end) break;
      if (word.upos != Upos::PRON && word.upos != Upos::DET && word.upos != Upos::PUNCT &&
          word.upos != Upos::ADP)
        return false;
    }
  }
  return true;
}

}  // namespace

std::vector<Span> runs_of(const Analysis& analysis, const std::vector<std::uint32_t>& tokens) {
  std::vector<Span> out;
  int last = -2;
  for (const std::uint32_t token : tokens) {
    const Span span = analysis.tokens[token].span;
    if (static_cast<int>(token) == last + 1 || (!out.empty() && span.begin < out.back().end)) {
      out.back().end = std::max(out.back().end, span.end);
    } else {
      out.push_back(span);
    }
    last = static_cast<int>(token);
  }
  return out;
}

Span source_span(const Analysis& analysis, std::uint32_t subject) {
  std::uint32_t first = subject;
  std::uint32_t last = subject;
  for (const std::uint32_t child : analysis.children[subject]) {
    const Token& token = analysis.tokens[child];
    // What tells more of the source, in commas or in a clause of its own, stays out, as does "according to".
    if (token.deprel.starts_with("acl:relcl") || token.depends_as("parataxis") || token.depends_as("punct") ||
        token.depends_as("case") || token.depends_as("cop") || token.depends_as("advcl") ||
        token.depends_as("nsubj") || token.depends_as("aux")) {
      const bool possessive = token.depends_as("case") && child > subject && child == subject + 1;
      if (possessive) last = std::max(last, child);
      continue;
    }
    for (const std::uint32_t below : analysis.subtree_tokens(child)) {
      first = std::min(first, below);
      last = std::max(last, below);
    }
  }
  while (last > subject && analysis.tokens[last].upos == Upos::PUNCT && analysis.tokens[last].lower == ",")
    --last;
  return {analysis.tokens[first].span.begin, analysis.tokens[last].span.end};
}

void cut_segments(Hearing& hearing) {
  const Analysis& analysis = hearing.analysis;
  hearing.segment.assign(analysis.tokens.size(), 0);
  std::uint32_t number = 0;
  for (std::uint32_t token = 1; token < analysis.tokens.size(); ++token) {
    const Token& word = analysis.tokens[token];
    bool cut = word.sentence != analysis.tokens[token - 1].sentence;
    if (!cut && token > 2 && analysis.tokens[token - 1].upos == Upos::PUNCT) {
      const std::uint32_t mark = analysis.tokens[token - 1].span.begin;
      const char32_t stop = mark > 0 ? analysis.text.at(mark - 1) : U' ';
      const bool closes =
          is_double_quote(analysis.text.at(mark)) && (stop == U'.' || stop == U'!' || stop == U'?');
      cut = closes && is_upper(analysis.text.at(word.span.begin)) && !attribution_follows(hearing, token);
    }
    if (cut) ++number;
    hearing.segment[token] = number;
  }
}

void find_frames(Hearing& hearing) {
  const Analysis& analysis = hearing.analysis;
  const auto rules = hearing.lexicon.speech_rules();
  std::set<std::uint32_t> seen;
  for (const RuleMatch& match : analysis.speech_matches) {
    if (!seen.insert(match.head).second) continue;  // the first has most words
    const SpeechRule& rule = rules[match.rule];
    Frame frame;
    frame.head = match.head;
    frame.attitude = rule.attitude;
    frame.cue = cue_tokens(analysis, match);
    bool good = false;
    if (rule.pos == RulePos::noun) {
      good = read_noun(hearing, rule, match, frame);
    } else if (rule.pos == RulePos::prep) {
      frame.cue.assign(match.tokens.begin(), match.tokens.end());
      good = read_preposition(hearing, match, frame);
    } else {
      good = read_verb(hearing, rule, match, frame);
    }
    if (good && !is_empty_content(analysis, frame)) hearing.frames.push_back(std::move(frame));
  }
}

}  // namespace polybius
