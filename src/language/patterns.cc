// Matches the lexicon on trees: each pattern's words must stand around its head as docs/lexicons.md says.
#include <algorithm>

#include "language/language.h"
#include "language/word_names.h"

namespace polybius {
namespace {

constexpr std::string_view kMayHold[] = {"obj",    "iobj",     "obl",  "xcomp",     "ccomp",      "nmod",
                                         "advmod", "compound", "amod", "case",      "mark",       "fixed",
                                         "flat",   "nummod",   "acl",  "advcl",     "nsubj:pass", "det",
                                         "cop",    "aux",      "expl", "discourse", "appos",      "dep"};
constexpr std::string_view kMayHoldBelow[] = {"case",   "mark", "compound", "amod", "fixed",
                                              "advmod", "obj",  "det",      "flat"};
// Where the phrase of a verb may hang instead of on the verb: "accused the general of fraud".
constexpr std::string_view kObjects[] = {"obj", "iobj", "nsubj:pass"};
constexpr std::string_view kPhrases[] = {"nmod", "obl", "acl", "advcl", "appos"};

bool is_one_of(const Token& token, std::span<const std::string_view> relations) {
  return std::any_of(relations.begin(), relations.end(), [&](auto name) { return token.depends_as(name); });
}

bool pos_fits(RulePos pos, const Token& token, const PatternWord& head) {
  switch (pos) {
    case RulePos::verb:
      return token.upos == Upos::VERB || token.upos == Upos::AUX || token.is("VerbForm=Part");
    case RulePos::noun:
      if (token.is("VerbForm=Ger")) {  // "Fighting between the two sides": a row has the form itself
        return std::find(head.forms.begin(), head.forms.end(), token.lower) != head.forms.end();
      }
      return token.upos == Upos::NOUN || token.upos == Upos::PROPN;
    case RulePos::adj:  // "on hold", "off" and "over" are said of things as adjectives are; "any attack"
      return token.upos == Upos::ADJ || token.upos == Upos::ADP || token.upos == Upos::ADV ||
             token.upos == Upos::DET || (token.upos == Upos::VERB && token.is("VerbForm=Part"));
    case RulePos::adv:
      return token.upos == Upos::ADV || token.upos == Upos::PART || token.upos == Upos::ADP;
    case RulePos::aux:
      return token.upos == Upos::AUX || token.upos == Upos::VERB;
    case RulePos::prep:
      return token.upos == Upos::ADP || token.upos == Upos::SCONJ || token.upos == Upos::ADV ||
             token.upos == Upos::VERB || token.upos == Upos::ADJ;
    case RulePos::phrase:
      return true;
  }
  return false;
}

bool is_called(const PatternWord& word, std::string_view name, const Lexicon& lexicon) {
  return std::find(word.forms.begin(), word.forms.end(), name) != word.forms.end() ||
         std::any_of(word.classes.begin(), word.classes.end(),
                     [&](std::string_view group) { return lexicon.in_class(name, group); });
}

bool word_fits(const PatternWord& word, const Token& token, std::span<const std::string> names,
               const Lexicon& lexicon) {
  if (is_called(word, token.lemma, lexicon) || is_called(word, token.lower, lexicon)) return true;
  for (const auto prefix : word.prefixes) {
    if (token.lower.starts_with(prefix)) return true;
  }
  for (const std::string& name : names) {
    if (is_called(word, name, lexicon)) return true;
  }
  return word.any_event && (token.upos == Upos::NOUN || token.upos == Upos::VERB) &&
         lexicon.is_event_word(token.lemma);
}

bool is_article(const Token& token) {
  return token.lower == "the" || token.lower == "a" || token.lower == "an";
}

/// Whether the words of a pattern may also stand in a row, articles left out: "in the wake of", "on hold".
bool may_stand_in_a_row(RulePos pos, const Pattern& pattern) {
  return pattern.words.size() > 1 &&
         (pos == RulePos::prep || pos == RulePos::adj || pos == RulePos::adv || pos == RulePos::aux);
}

/// One attempt to lay a pattern over the tree at a head.
class PatternFit {
 public:
  PatternFit(const Analysis& analysis, const WordNames& names, const Lexicon& lexicon, const Pattern& pattern,
             std::uint32_t head)
      : analysis_(analysis), names_(names), lexicon_(lexicon), pattern_(pattern), head_(head) {}

  bool fits_on_tree() {
    tokens_.assign(1, head_);
    for (std::uint32_t at = 0; at < pattern_.words.size(); ++at) {
      if (at != pattern_.head && !place_word(pattern_.words[at])) return false;
    }
    return !pattern_.negated || is_negated(head_);
  }

  bool fits_in_a_row() {
    tokens_.clear();
    std::uint32_t token = head_;
    for (const PatternWord& word : pattern_.words) {
      if (!tokens_.empty() && is_in_sentence(token) && is_article(analysis_.tokens[token]) &&
          !fits(word, token)) {
        ++token;
      }
      if (!is_in_sentence(token) || !fits(word, token)) return false;
      tokens_.push_back(token++);
    }
    return !pattern_.negated ||
           std::any_of(tokens_.begin(), tokens_.end(), [&](std::uint32_t part) { return is_negated(part); });
  }

  std::vector<std::uint32_t> tokens() {
    std::sort(tokens_.begin(), tokens_.end());
    return std::move(tokens_);
  }

 private:
  bool fits(const PatternWord& word, std::uint32_t token) const {
    return word_fits(word, analysis_.tokens[token], names_.of(token), lexicon_);
  }

  bool is_taken(std::uint32_t token) const {
    return std::find(tokens_.begin(), tokens_.end(), token) != tokens_.end();
  }

  bool take(const PatternWord& word, std::uint32_t token) {
    if (is_taken(token)) return false;
    if (!fits(word, token)) return false;
    tokens_.push_back(token);
    return true;
  }

  bool place_word(const PatternWord& word) {
    for (const std::uint32_t child : analysis_.children[head_]) {
      if (is_one_of(analysis_.tokens[child], kMayHold) && take(word, child)) return true;
    }
    for (const std::uint32_t child : analysis_.children[head_]) {
      if (is_one_of(analysis_.tokens[child], kMayHold) && place_below(word, child)) return true;
    }
    for (const std::uint32_t child : analysis_.children[head_]) {
      const bool is_open = is_one_of(analysis_.tokens[child], kObjects) || is_taken(child);
      if (is_open && place_in_phrase(word, child)) return true;
    }
    // "the troops that it deployed", "sanctions imposed on": the object stands above.
    const Token& head = analysis_.tokens[head_];
    return head.depends_as("acl") && head.head >= 0 && take(word, static_cast<std::uint32_t>(head.head));
  }

  bool place_below(const PatternWord& word, std::uint32_t child) {
    // "called him on Friday" is no "call on": what binds a day belongs to the day.
    if (lexicon_.in_class(analysis_.tokens[child].lower, "calendar")) return false;
    for (const std::uint32_t below : analysis_.children[child]) {
      if (is_one_of(analysis_.tokens[below], kMayHoldBelow) && take(word, below)) return true;
    }
    return false;
  }

  bool place_in_phrase(const PatternWord& word, std::uint32_t object) {
    for (const std::uint32_t phrase : analysis_.children[object]) {
      if (!is_one_of(analysis_.tokens[phrase], kPhrases)) continue;
      if (take(word, phrase) || place_below(word, phrase)) return true;
    }
    return false;
  }

  bool is_in_sentence(std::uint32_t token) const {
    return token < analysis_.tokens.size() &&
           analysis_.tokens[token].sentence == analysis_.tokens[head_].sentence;
  }

  bool is_negated(std::uint32_t word) const {
    const auto& children = analysis_.children[word];
    return std::any_of(children.begin(), children.end(), [&](std::uint32_t child) {
      const Token& token = analysis_.tokens[child];
      return token.is("Polarity=Neg") || token.lemma == "not" || token.lemma == "never" ||
             token.lemma == "no";
    });
  }

  const Analysis& analysis_;
  const WordNames& names_;
  const Lexicon& lexicon_;
  const Pattern& pattern_;
  std::uint32_t head_;
  std::vector<std::uint32_t> tokens_;
};

/// Lays the rules of one table over a document.
template <typename Rule>
class RuleMatcher {
 public:
  using Numbers = std::span<const std::uint32_t>;
  RuleMatcher(const Analysis& analysis, const WordNames& names, const Lexicon& lexicon,
              std::span<const Rule> rules, Numbers (Lexicon::*rules_of)(std::string_view) const)
      : analysis_(analysis), names_(names), lexicon_(lexicon), rules_(rules), rules_of_(rules_of) {}

  /// From now on a verb matches with its particle or not at all: "were called off" is no "call".
  RuleMatcher& take_whole_verbs() {
    whole_verbs_ = true;
    return *this;
  }

  void match(std::uint32_t head, std::vector<RuleMatch>& matches) const {
    const std::size_t before = matches.size();
    for (const std::uint32_t number : candidates_of(head)) {
      const Rule& rule = rules_[number];
      if (!pos_fits(rule.pos, analysis_.tokens[head], rule.pattern.words[rule.pattern.head])) continue;
      PatternFit fit(analysis_, names_, lexicon_, rule.pattern, head);
      const bool fits =
          rule.pos == RulePos::phrase
              ? fit.fits_in_a_row()
              : fit.fits_on_tree() || (may_stand_in_a_row(rule.pos, rule.pattern) && fit.fits_in_a_row());
      if (!fits) continue;
      RuleMatch match{head, number, fit.tokens()};
      if (whole_verbs_ && rule.pos == RulePos::verb && leaves_particle(match)) continue;
      matches.push_back(std::move(match));
    }
    const auto size = [&](const RuleMatch& match) {
      return match.tokens.size() + (rules_[match.rule].pattern.negated ? 1 : 0);
    };
    std::sort(matches.begin() + static_cast<std::ptrdiff_t>(before), matches.end(),
              [&](const RuleMatch& a, const RuleMatch& b) {
                return size(a) != size(b) ? size(a) > size(b) : a.rule > b.rule;
              });
  }

 private:
  bool leaves_particle(const RuleMatch& match) const {
    const auto& children = analysis_.children[match.head];
    return std::any_of(children.begin(), children.end(), [&](std::uint32_t child) {
      return analysis_.tokens[child].deprel == "compound:prt" &&
             std::find(match.tokens.begin(), match.tokens.end(), child) == match.tokens.end();
    });
  }

  // Rules by the lemma, by the form as it stands ("peacekeeping", "rising") and by further names, none twice.
  std::vector<std::uint32_t> candidates_of(std::uint32_t head) const {
    std::vector<std::uint32_t> found;
    const auto add = [&](std::string_view name) {
      const Numbers numbers = (lexicon_.*rules_of_)(name);
      found.insert(found.end(), numbers.begin(), numbers.end());
    };
    add(analysis_.tokens[head].lemma);
    add(analysis_.tokens[head].lower);
    for (const std::string& name : names_.of(head)) add(name);
    std::sort(found.begin(), found.end());
    found.erase(std::unique(found.begin(), found.end()), found.end());
    return found;
  }

  const Analysis& analysis_;
  const WordNames& names_;
  const Lexicon& lexicon_;
  std::span<const Rule> rules_;
  Numbers (Lexicon::*rules_of_)(std::string_view) const;
  bool whole_verbs_ = false;
};

void match_names(Analysis& analysis, const Lexicon& lexicon) {
  for (const Sentence& sentence : analysis.sentences) {
    std::vector<std::string_view> forms;
    for (std::uint32_t token = sentence.first; token < sentence.last; ++token) {
      forms.push_back(analysis.tokens[token].form);
    }
    for (NameMatch match : lexicon.find_names(forms)) {
      match.first += sentence.first;
      match.last += sentence.first;
      analysis.matches.push_back(match);
    }
  }
}

}  // namespace

void match_lexicon(Analysis& analysis, const Lexicon& lexicon) {
  match_names(analysis, lexicon);
  const WordNames names(analysis, lexicon);
  const RuleMatcher events(analysis, names, lexicon, lexicon.event_rules(), &Lexicon::event_rules_of);
  const RuleMatcher statuses(analysis, names, lexicon, lexicon.status_rules(), &Lexicon::status_rules_of);
  const RuleMatcher plans(analysis, names, lexicon, lexicon.plan_rules(), &Lexicon::plan_rules_of);
  const RuleMatcher speech =
      RuleMatcher(analysis, names, lexicon, lexicon.speech_rules(), &Lexicon::speech_rules_of)
          .take_whole_verbs();
  for (std::uint32_t token = 0; token < analysis.tokens.size(); ++token) {
    events.match(token, analysis.event_matches);
    statuses.match(token, analysis.status_matches);
    plans.match(token, analysis.plan_matches);
    speech.match(token, analysis.speech_matches);
  }
}

}  // namespace polybius
