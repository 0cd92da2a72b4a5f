// Walks the tree from an event's head to the phrases that fill its slots.
#include "events/frame.h"

#include <algorithm>

namespace polybius {
namespace {

bool contains(const std::vector<std::uint32_t>& tokens, std::uint32_t token) {
  return std::find(tokens.begin(), tokens.end(), token) != tokens.end();
}

void add_joined(const Analysis& analysis, const EventFrame& frame, int token,
                std::vector<std::uint32_t>& fillers) {
  if (token < 0) return;
  for (const std::uint32_t head : joined_heads(analysis, static_cast<std::uint32_t>(token))) {
    if (!contains(frame.own, head) && !contains(fillers, head)) fillers.push_back(head);
  }
}

int agent_of(const Analysis& analysis, std::uint32_t verb) {
  for (const std::uint32_t child : analysis.children[verb]) {
    const Token& word = analysis.tokens[child];
    if (word.deprel == "obl:agent") return static_cast<int>(child);
    if (word.depends_as("obl") && marker_of(analysis, child) == "by") return static_cast<int>(child);
  }
  return -1;
}

/// The one who does what a verb says: the subject, of a passive the agent.
int doer_of(const Analysis& analysis, std::uint32_t verb) {
  return is_passive_verb(analysis, verb) ? agent_of(analysis, verb) : subject_of(analysis, verb);
}

bool takes_part(const StatusRule& rule) {
  if (rule.pos != RulePos::verb || rule.governs == "subj" || rule.governs == "mod") return false;
  return rule.status != Status::hypothetical && rule.status != Status::occurred;
}

/// The verb above a noun whose subject takes part in what the noun names, by a cue that governs it.
int governing_verb(const Analysis& analysis, std::uint32_t noun, const Lexicon& lexicon) {
  for (const std::uint32_t cue : cues_over(analysis, noun, lexicon)) {
    const RuleMatch& match = analysis.status_matches[cue];
    const StatusRule& rule = lexicon.status_rules()[match.rule];
    if (analysis.tokens[match.head].upos == Upos::VERB && takes_part(rule))
      return static_cast<int>(match.head);
  }
  return -1;
}

bool has_marked_child(const Analysis& analysis, std::uint32_t noun, std::string_view marker) {
  return std::any_of(analysis.children[noun].begin(), analysis.children[noun].end(),
                     [&](std::uint32_t child) { return marker_of(analysis, child) == marker; });
}

/// The nearest verb above a word that has a subject of its own; -1 if there is none.
int clause_over(const Analysis& analysis, std::uint32_t token) {
  constexpr int reach = 6;
  int above = analysis.tokens[token].head;
  for (int step = 0; step < reach && above >= 0; ++step) {
    const auto verb = static_cast<std::uint32_t>(above);
    const bool clause = analysis.tokens[verb].upos == Upos::VERB && !is_passive_verb(analysis, verb);
    if (clause && find_subject(analysis, verb, false) >= 0 && !analysis.tokens[verb].depends_as("acl"))
      return above;
    above = analysis.tokens[verb].head;
  }
  return -1;
}

/// The verb whose subject takes part in a meeting or visit beside it: "said on a visit to Chad", "flew in for
/// talks with the emir"; -1 if the noun names its own or another preposition ties it. What happens during a
/// visit may hang on any word of the clause.
int verb_of_guest(const Analysis& analysis, std::uint32_t noun, EventType type) {
  const Token& word = analysis.tokens[noun];
  if (type != EventType::CONSULT || word.head < 0) return -1;
  if (marker_of(analysis, noun) == "during" && (word.depends_as("obl") || word.depends_as("nmod")) &&
      analysis.child(noun, "nmod:poss") < 0 && !has_marked_child(analysis, noun, "by") &&
      !has_marked_child(analysis, noun, "between"))
    return clause_over(analysis, noun);
  if (!word.depends_as("obl")) return -1;
  const auto verb = static_cast<std::uint32_t>(word.head);
  if (analysis.tokens[verb].upos != Upos::VERB || is_passive_verb(analysis, verb)) return -1;
  if (analysis.child(noun, "nmod:poss") >= 0 &&
      analysis.tokens[analysis.child(noun, "nmod:poss")].upos != Upos::PRON)
    return -1;
  if (has_marked_child(analysis, noun, "between") || has_marked_child(analysis, noun, "by")) return -1;
  const std::string marker = marker_of(analysis, noun);
  if (marker == "on" || marker == "for") return word.head;
  const bool besides = marker == "after" || marker == "before" || marker == "in" || marker == "at" ||
                       marker == "following" || marker == "ahead of";
  return besides && has_marked_child(analysis, noun, "with") ? word.head : -1;
}

void add_by_relation(const Analysis& analysis, const EventFrame& frame, std::string_view deprel,
                     std::vector<std::uint32_t>& fillers) {
  for (const std::uint32_t child : analysis.children[frame.head]) {
    if (analysis.tokens[child].deprel == deprel)
      add_joined(analysis, frame, static_cast<int>(child), fillers);
  }
}

/// Names and adjectives before a noun: "US sanctions", "Russia-US summit".
void add_modifiers(const Analysis& analysis, const EventFrame& frame, std::uint32_t noun,
                   std::vector<std::uint32_t>& fillers) {
  for (const std::uint32_t child : analysis.children[noun]) {
    const Token& word = analysis.tokens[child];
    const bool before = child < noun;
    const bool modifier = word.depends_as("amod") || word.depends_as("compound") || word.deprel == "nmod" ||
                          word.deprel == "nmod:unmarked";
    if (!before || !modifier || !marker_of(analysis, child).empty()) continue;
    if (word.depends_as("compound") || word.deprel == "nmod") add_modifiers(analysis, frame, child, fillers);
    add_joined(analysis, frame, static_cast<int>(child), fillers);
  }
}

/// The first of those joined: a clause on the last of two ("the king and the emir, who met") is of both.
int first_of_joined(const Analysis& analysis, int token) {
  while (token >= 0 && analysis.tokens[static_cast<std::uint32_t>(token)].depends_as("conj"))
    token = analysis.tokens[static_cast<std::uint32_t>(token)].head;
  return token;
}

void add_subjects(const Analysis& analysis, const EventFrame& frame, std::vector<std::uint32_t>& fillers) {
  if (!frame.noun) {
    const int doer = doer_of(analysis, frame.head);
    const bool clause = doer >= 0 && analysis.tokens[frame.head].head == doer;
    add_joined(analysis, frame, frame.mutual && clause ? first_of_joined(analysis, doer) : doer, fillers);
    return;
  }
  if (frame.light.token >= 0) {
    add_joined(analysis, frame, doer_of(analysis, static_cast<std::uint32_t>(frame.light.token)), fillers);
  } else if (frame.governor >= 0) {
    add_joined(analysis, frame, doer_of(analysis, static_cast<std::uint32_t>(frame.governor)), fillers);
  }
}

/// "Sealed off the road": the object, where the pattern's particle was read as its preposition; -1 if it was
/// not.
int object_of_particle(const Analysis& analysis, const EventFrame& frame) {
  for (const std::uint32_t particle : frame.own) {
    const Token& word = analysis.tokens[particle];
    if (!word.depends_as("case") || word.head < 0) continue;
    const Token& object = analysis.tokens[static_cast<std::uint32_t>(word.head)];
    if (object.depends_as("obl") && object.head == static_cast<int>(frame.head)) return word.head;
  }
  return -1;
}

void add_objects(const Analysis& analysis, const EventFrame& frame, std::vector<std::uint32_t>& fillers) {
  if (!frame.noun) {
    const int object = object_of(analysis, frame.head);
    add_joined(analysis, frame, object >= 0 ? object : object_of_particle(analysis, frame), fillers);
    return;
  }
  if (frame.light.token < 0) return;
  for (const std::uint32_t child : analysis.children[static_cast<std::uint32_t>(frame.light.token)]) {
    const Token& word = analysis.tokens[child];
    if (child != frame.head && (word.depends_as("iobj") || word.deprel == "obj"))
      add_joined(analysis, frame, static_cast<int>(child), fillers);
  }
}

void add_complement_subjects(const Analysis& analysis, const EventFrame& frame,
                             std::vector<std::uint32_t>& fillers) {
  for (const std::uint32_t child : analysis.children[frame.head]) {
    const Token& word = analysis.tokens[child];
    if (!word.depends_as("xcomp") && !word.depends_as("ccomp") && !word.depends_as("advcl") &&
        !word.depends_as("acl"))
      continue;
    const int subject = subject_of(analysis, child);
    const int own = doer_of(analysis, frame.head);
    if (subject >= 0 && subject != own) add_joined(analysis, frame, subject, fillers);
  }
}

void add_by_preposition(const Analysis& analysis, const EventFrame& frame, std::string_view preposition,
                        std::vector<std::uint32_t>& fillers) {
  for (const std::uint32_t word : frame.attachments) {
    for (const std::uint32_t child : analysis.children[word]) {
      const Token& phrase = analysis.tokens[child];
      if (!phrase.depends_as("obl") && !phrase.depends_as("nmod")) continue;
      if (phrase.deprel == "nmod:poss" || marker_of(analysis, child) != preposition) continue;
      add_joined(analysis, frame, static_cast<int>(child), fillers);
    }
  }
}

}  // namespace

bool pattern_names(const EventRule& rule, const Token& token) {
  return std::any_of(rule.pattern.words.begin(), rule.pattern.words.end(), [&](const PatternWord& word) {
    return std::find(word.forms.begin(), word.forms.end(), token.lemma) != word.forms.end() ||
           std::find(word.forms.begin(), word.forms.end(), token.lower) != word.forms.end() ||
           std::any_of(word.prefixes.begin(), word.prefixes.end(),
                       [&](std::string_view prefix) { return token.lower.starts_with(prefix); });
  });
}

bool pattern_names_hyphened(const EventRule& rule, const Analysis& analysis, std::uint32_t one,
                            std::uint32_t other) {
  const std::string& first = analysis.tokens[std::min(one, other)].lower;
  const std::string& last = analysis.tokens[std::max(one, other)].lemma;
  return std::any_of(rule.pattern.words.begin(), rule.pattern.words.end(), [&](const PatternWord& word) {
    return std::any_of(word.forms.begin(), word.forms.end(), [&](std::string_view form) {
      const std::size_t hyphen = form.find('-');
      return hyphen != std::string_view::npos && form.substr(0, hyphen) == first &&
             form.substr(form.rfind('-') + 1) == last;
    });
  });
}

std::vector<std::uint32_t> joined_heads(const Analysis& analysis, std::uint32_t token) {
  std::vector<std::uint32_t> heads{token};
  for (std::size_t next = 0; next < heads.size() && heads.size() < 64; ++next) {
    for (const std::uint32_t child : analysis.children[heads[next]]) {
      const Token& word = analysis.tokens[child];
      if (word.depends_as("conj") && word.upos != Upos::VERB) heads.push_back(child);
    }
  }
  std::sort(heads.begin(), heads.end());
  return heads;
}

EventFrame frame_of(const Analysis& analysis, const RuleMatch& match, const EventRule& rule,
                    const Lexicon& lexicon) {
  EventFrame frame;
  frame.head = match.head;
  frame.noun = rule.pos == RulePos::noun;
  frame.mutual = rule.mutual;
  frame.attachments.push_back(match.head);
  for (const std::uint32_t token : match.tokens) {
    if (pattern_names(rule, analysis.tokens[token])) frame.own.push_back(token);
    if (token != match.head) frame.attachments.push_back(token);
  }
  if (!frame.noun) {
    const int object = object_of(analysis, match.head);  // "called off talks with Iran"
    if (object >= 0 && !contains(frame.attachments, static_cast<std::uint32_t>(object)) &&
        !is_passive_verb(analysis, match.head))
      frame.attachments.push_back(static_cast<std::uint32_t>(object));
    return frame;
  }
  frame.light = light_verb_over(analysis, match.head, lexicon);
  if (frame.light.token >= 0) {
    frame.attachments.push_back(static_cast<std::uint32_t>(frame.light.token));
    return frame;
  }
  frame.governor = governing_verb(analysis, match.head, lexicon);
  if (frame.governor < 0) frame.governor = verb_of_guest(analysis, match.head, rule.type);
  const Token& word = analysis.tokens[match.head];
  const bool argument = word.depends_as("nsubj") || word.depends_as("obj");
  if (word.head >= 0 && argument && analysis.tokens[word.head].upos == Upos::VERB)
    frame.attachments.push_back(static_cast<std::uint32_t>(word.head));
  return frame;
}

std::vector<std::uint32_t> slot_fillers(const Analysis& analysis, const EventFrame& frame,
                                        std::string_view slot) {
  std::vector<std::uint32_t> fillers;
  if (slot == "subj") {
    add_subjects(analysis, frame, fillers);
  } else if (slot == "obj") {
    add_objects(analysis, frame, fillers);
  } else if (slot == "iobj") {
    add_by_relation(analysis, frame, "iobj", fillers);
    if (frame.noun) add_objects(analysis, frame, fillers);
  } else if (slot == "poss") {
    add_by_relation(analysis, frame, "nmod:poss", fillers);
  } else if (slot == "mod") {
    add_modifiers(analysis, frame, frame.head, fillers);
  } else if (slot == "comp") {
    add_complement_subjects(analysis, frame, fillers);
  } else {
    add_by_preposition(analysis, frame, slot, fillers);
  }
  return fillers;
}

}  // namespace polybius
