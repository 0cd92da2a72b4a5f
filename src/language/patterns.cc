// Matches the lexicon on trees: each pattern's words must stand around its head as docs/lexicons.md says.
#include <algorithm>

#include "language/language.h"

namespace polybius {
namespace {

constexpr std::string_view kMayHold[] = {"obj",    "iobj",     "obl",  "xcomp",     "ccomp",      "nmod",
                                         "advmod", "compound", "amod", "case",      "mark",       "fixed",
                                         "flat",   "nummod",   "acl",  "advcl",     "nsubj:pass", "det",
                                         "cop",    "aux",      "expl", "discourse", "appos",      "dep"};
constexpr std::string_view kMayHoldBelow[] = {"case", "mark", "compound", "amod", "fixed", "advmod", "obj"};

bool is_one_of(const Token& token, std::span<const std::string_view> relations) {
  return std::any_of(relations.begin(), relations.end(), [&](auto name) { return token.depends_as(name); });
}

bool pos_fits(RulePos pos, const Token& token) {
  switch (pos) {
    case RulePos::verb:
      return token.upos == Upos::VERB || token.upos == Upos::AUX || token.is("VerbForm=Part");
    case RulePos::noun:
      return token.upos == Upos::NOUN || token.upos == Upos::PROPN;
    case RulePos::adj:  // "on hold", "off" and "over" are said of things as adjectives are
      return token.upos == Upos::ADJ || token.upos == Upos::ADP || token.upos == Upos::ADV ||
             (token.upos == Upos::VERB && token.is("VerbForm=Part"));
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

bool word_fits(const PatternWord& word, const Token& token, const Lexicon& lexicon) {
  for (const auto form : word.forms) {
    if (token.lemma == form || token.lower == form) return true;
  }
  for (const auto prefix : word.prefixes) {
    if (token.lower.starts_with(prefix)) return true;
  }
  for (const auto name : word.classes) {
    if (lexicon.in_class(token.lemma, name) || lexicon.in_class(token.lower, name)) return true;
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
  PatternFit(const Analysis& analysis, const Lexicon& lexicon, const Pattern& pattern, std::uint32_t head)
      : analysis_(analysis), lexicon_(lexicon), pattern_(pattern), head_(head) {}

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
          !word_fits(word, analysis_.tokens[token], lexicon_)) {
        ++token;
      }
      if (!is_in_sentence(token) || !word_fits(word, analysis_.tokens[token], lexicon_)) return false;
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
  bool take(const PatternWord& word, std::uint32_t token) {
    if (std::find(tokens_.begin(), tokens_.end(), token) != tokens_.end()) return false;
    if (!word_fits(word, analysis_.tokens[token], lexicon_)) return false;
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
    // "the troops that it deployed", "sanctions imposed on": the object stands above.
    const Token& head = analysis_.tokens[head_];
    return head.depends_as("acl") && head.head >= 0 && take(word, static_cast<std::uint32_t>(head.head));
  }

  bool place_below(const PatternWord& word, std::uint32_t child) {
    for (const std::uint32_t below : analysis_.children[child]) {
      if (is_one_of(analysis_.tokens[below], kMayHoldBelow) && take(word, below)) return true;
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
  const Lexicon& lexicon_;
  const Pattern& pattern_;
  std::uint32_t head_;
  std::vector<std::uint32_t> tokens_;
};

template <typename Rule>
void match_rules(const Analysis& analysis, const Lexicon& lexicon, std::span<const Rule> rules,
                 std::span<const std::uint32_t> candidates, std::uint32_t head,
                 std::vector<RuleMatch>& matches) {
  const std::size_t before = matches.size();
  for (const std::uint32_t number : candidates) {
    const Rule& rule = rules[number];
    if (!pos_fits(rule.pos, analysis.tokens[head])) continue;
    PatternFit fit(analysis, lexicon, rule.pattern, head);
    const bool fits =
        rule.pos == RulePos::phrase
            ? fit.fits_in_a_row()
            : fit.fits_on_tree() || (may_stand_in_a_row(rule.pos, rule.pattern) && fit.fits_in_a_row());
    if (fits) matches.push_back({head, number, fit.tokens()});
  }
  std::sort(matches.begin() + static_cast<std::ptrdiff_t>(before), matches.end(),
            [&](const RuleMatch& a, const RuleMatch& b) {
              const auto size = [&](const RuleMatch& match) {
                return match.tokens.size() + (rules[match.rule].pattern.negated ? 1 : 0);
              };
              return size(a) != size(b) ? size(a) > size(b) : a.rule > b.rule;
            });
}

// Rules indexed by the lemma, then those by the form as it stands ("peacekeeping", "rising"), without twice
// the same.
std::vector<std::uint32_t> candidates_of(std::span<const std::uint32_t> by_lemma,
                                         std::span<const std::uint32_t> by_form) {
  std::vector<std::uint32_t> out(by_lemma.begin(), by_lemma.end());
  out.insert(out.end(), by_form.begin(), by_form.end());
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

void match_rules_at(Analysis& analysis, const Lexicon& lexicon, std::uint32_t token) {
  const std::string& lemma = analysis.tokens[token].lemma;
  const std::string& form = analysis.tokens[token].lower;
  match_rules(analysis, lexicon, lexicon.event_rules(),
              candidates_of(lexicon.event_rules_of(lemma), lexicon.event_rules_of(form)), token,
              analysis.event_matches);
  match_rules(analysis, lexicon, lexicon.status_rules(),
              candidates_of(lexicon.status_rules_of(lemma), lexicon.status_rules_of(form)), token,
              analysis.status_matches);
  match_rules(analysis, lexicon, lexicon.plan_rules(),
              candidates_of(lexicon.plan_rules_of(lemma), lexicon.plan_rules_of(form)), token,
              analysis.plan_matches);
  match_rules(analysis, lexicon, lexicon.speech_rules(),
              candidates_of(lexicon.speech_rules_of(lemma), lexicon.speech_rules_of(form)), token,
              analysis.speech_matches);
}

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
  for (std::uint32_t token = 0; token < analysis.tokens.size(); ++token)
    match_rules_at(analysis, lexicon, token);
}

}  // namespace polybius
