// Which cues of status govern a word: as complement, object, subject, modifier or in a phrase.
#include "language/governing.h"

#include <algorithm>

namespace polybius {
namespace {

bool governs_as_complement(const Analysis& analysis, std::uint32_t cue, std::uint32_t token) {
  const Token& word = analysis.tokens[token];
  if (word.head != static_cast<int>(cue)) return false;
  const bool nominal = word.upos == Upos::NOUN || word.upos == Upos::PROPN;  // "considered the worst attack"
  if (nominal && analysis.child(token, "cop") < 0) return false;
  if (word.depends_as("xcomp") || word.depends_as("ccomp") || word.depends_as("csubj")) return true;
  if (word.deprel == "acl") return is_infinitive(analysis, token) || word.is("VerbForm=Ger");
  if (!word.depends_as("advcl")) return false;
  return is_infinitive(analysis, token) && analysis.tokens[cue].upos != Upos::NOUN;
}

bool governs_as_object(const Analysis& analysis, std::uint32_t cue, std::uint32_t token) {
  const Token& word = analysis.tokens[token];
  const Token& verb = analysis.tokens[cue];
  const auto target = static_cast<int>(token);
  if (word.head == static_cast<int>(cue) && (word.deprel == "obj" || word.deprel == "nsubj:pass"))
    return true;
  if (object_of(analysis, cue) == target) return true;
  // "called a general shutdown", "called off threatened action": read by the tree as what somebody is called.
  if (word.head == static_cast<int>(cue) && word.depends_as("xcomp") && word.upos == Upos::NOUN &&
      !is_passive_verb(analysis, cue) && analysis.child(cue, "obj") < 0)
    return true;
  const bool bare = word.deprel == "obl" && marker_of(analysis, token).empty();  // "froze talks", misread
  if (word.head == static_cast<int>(cue) && bare && analysis.child(cue, "obj") < 0) return true;
  if (verb.depends_as("xcomp") && verb.head >= 0) {  // "wants the talks postponed", "is to be postponed"
    return is_passive_verb(analysis, cue) && subject_of(analysis, cue) == target;
  }
  return false;
}

bool governs_as_modifier(const Analysis& analysis, std::uint32_t cue, std::uint32_t token) {
  const Token& word = analysis.tokens[cue];
  if (word.head == static_cast<int>(token) &&
      (word.depends_as("amod") || word.depends_as("compound") || word.depends_as("advmod") ||
       word.depends_as("acl") || word.depends_as("det") || word.depends_as("nmod")))
    return true;
  return word.upos == Upos::ADJ && subject_of(analysis, cue) == static_cast<int>(token);
}

bool governs_by_preposition(const Analysis& analysis, std::uint32_t cue, std::uint32_t token,
                            std::string_view wanted) {
  const Token& word = analysis.tokens[token];
  if (word.head != static_cast<int>(cue)) return false;
  if (!word.depends_as("obl") && !word.depends_as("nmod") && !word.depends_as("advcl") &&
      !word.depends_as("acl") && !word.depends_as("xcomp"))
    return false;
  return marker_of(analysis, token) == wanted;
}

/// Whether a conjunction or preposition of one or more words opens the phrase of the word: "ahead of", "in
/// the run-up to".
bool opens_phrase(const Analysis& analysis, const RuleMatch& match, std::uint32_t token) {
  const auto target = static_cast<int>(token);
  const auto stands_over = [&](std::uint32_t part) {
    const Token& word = analysis.tokens[part];
    if (word.head == target)
      return !word.depends_as("nsubj") && !word.depends_as("obj") && !word.depends_as("conj");
    const Token& governed = analysis.tokens[token];
    return governed.head == static_cast<int>(part) &&
           (governed.depends_as("nmod") || governed.depends_as("obl"));
  };
  return stands_over(match.head) || std::any_of(match.tokens.begin(), match.tokens.end(), stands_over);
}

bool is_subject_of_any(const Analysis& analysis, const RuleMatch& match, std::uint32_t token) {
  const auto has_subject = [&](std::uint32_t part) {
    return subject_of(analysis, part) == static_cast<int>(token);
  };
  if (has_subject(match.head)) return true;
  const bool predicate = analysis.tokens[match.head].upos != Upos::VERB;  // "on hold", "out of the question"
  return predicate && std::any_of(match.tokens.begin(), match.tokens.end(), has_subject);
}

bool rule_governs(const Analysis& analysis, const RuleMatch& match, const StatusRule& rule,
                  std::uint32_t token) {
  const std::uint32_t cue = match.head;
  if (rule.pos == RulePos::prep || rule.governs == "clause") return opens_phrase(analysis, match, token);
  if (rule.governs == "comp") return governs_as_complement(analysis, cue, token);
  if (rule.pos == RulePos::aux || rule.pos == RulePos::adv)
    return analysis.tokens[cue].head == static_cast<int>(token);
  if (rule.governs == "obj") return governs_as_object(analysis, cue, token);
  if (rule.governs == "subj") return is_subject_of_any(analysis, match, token);
  if (rule.governs == "mod") return governs_as_modifier(analysis, cue, token);
  if (rule.governs.starts_with("prep:"))
    return governs_by_preposition(analysis, cue, token, rule.governs.substr(5));
  return false;
}

/// The word itself and those through which something governs it: "a round of talks", "plans to visit and
/// meet".
std::vector<std::uint32_t> governed_as(const Analysis& analysis, std::uint32_t token,
                                       const Lexicon& lexicon) {
  std::vector<std::uint32_t> words{token};
  std::uint32_t current = token;
  while (words.size() < 5) {
    const Token& word = analysis.tokens[current];
    if (word.head < 0) break;
    const auto head = static_cast<std::uint32_t>(word.head);
    const bool noun_above = analysis.tokens[head].upos == Upos::NOUN;
    const bool transparent = word.depends_as("nmod") && noun_above && marker_of(analysis, current) == "of" &&
                             !lexicon.is_event_word(analysis.tokens[head].lemma);
    const bool compound = word.depends_as("compound") && noun_above &&
                          !lexicon.is_event_word(analysis.tokens[head].lemma);  // "strike action"
    const bool shared = word.depends_as("conj") && !is_finite(word) && analysis.child(current, "nsubj") < 0 &&
                        analysis.child(current, "aux") < 0;
    if (!transparent && !compound && !shared && !word.depends_as("appos")) break;
    current = head;
    words.push_back(current);
  }
  return words;
}

void add_cue(const Analysis& analysis, std::uint32_t head, std::uint32_t token, const Lexicon& lexicon,
             std::vector<std::uint32_t>& cues) {
  if (is_timetable(analysis, head, token, lexicon)) return;
  const auto [begin, end] = matches_at(analysis.status_matches, head);
  for (std::uint32_t index = begin; index < end; ++index) {
    const RuleMatch& match = analysis.status_matches[index];
    if (!rule_governs(analysis, match, lexicon.status_rules()[match.rule], token)) continue;
    if (std::find(cues.begin(), cues.end(), index) == cues.end()) cues.push_back(index);
    return;
  }
}

}  // namespace

bool is_infinitive(const Analysis& analysis, std::uint32_t token) {
  return std::any_of(
      analysis.children[token].begin(), analysis.children[token].end(), [&](std::uint32_t child) {
        return analysis.tokens[child].depends_as("mark") && analysis.tokens[child].lower == "to";
      });
}

bool is_finite(const Token& token) {
  return token.is("VerbForm=Fin") || token.is("Mood=Ind");
}

bool is_timetable(const Analysis& analysis, std::uint32_t noun, std::uint32_t verb, const Lexicon& lexicon) {
  const Token& word = analysis.tokens[verb];
  const Token& above = analysis.tokens[noun];
  return word.head == static_cast<int>(noun) && word.deprel == "acl" && is_infinitive(analysis, verb) &&
         above.upos == Upos::NOUN && lexicon.is_event_word(above.lemma) &&
         lexicon.in_class(word.lemma, "taking_place");
}

std::vector<std::uint32_t> cues_over(const Analysis& analysis, std::uint32_t token, const Lexicon& lexicon) {
  std::vector<std::uint32_t> cues;
  for (const std::uint32_t word : governed_as(analysis, token, lexicon)) {
    const int head = analysis.tokens[word].head;
    for (const std::uint32_t child : analysis.children[word]) {
      // What stands with the first of two verbs ("not", "still") is not said of the second.
      const Upos upos = analysis.tokens[child].upos;
      const bool light = upos == Upos::ADV || upos == Upos::PART || upos == Upos::AUX;
      if (word == token || !light) add_cue(analysis, child, word, lexicon, cues);
    }
    if (head < 0) continue;
    const auto above = static_cast<std::uint32_t>(head);
    add_cue(analysis, above, word, lexicon, cues);
    for (const std::uint32_t sibling : analysis.children[above]) {  // "the talks are set to resume"
      const Token& other = analysis.tokens[sibling];
      const bool may_govern = other.depends_as("xcomp") || other.depends_as("conj") ||
                              other.depends_as("advcl") || other.depends_as("case");  // "are on hold"
      if (sibling != word && may_govern) add_cue(analysis, sibling, word, lexicon, cues);
    }
  }
  return cues;
}

}  // namespace polybius
