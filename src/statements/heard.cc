// What the model's heads tag as cue, source and content, joined over sentences and quotations into frames.
#include <algorithm>
#include <limits>
#include <utility>

#include "statements/frames.h"

namespace polybius {
namespace {

constexpr std::uint32_t kLeastSource = 250;   ///< mean share of a source's words for a cue to take it
constexpr std::uint32_t kLeastContent = 200;  ///< likewise of a content's words
constexpr std::uint32_t kLoneContent = 60;    ///< likewise where the sentence has one cue only
constexpr std::uint32_t kBetween = 300;       ///< what a cue's tie loses for another cue that stands between
constexpr std::uint32_t kOpening =
    120;  ///< mean share of content for the words that open a sentence to join it
constexpr std::uint32_t kSureWord = 500;       ///< a word that a cue takes without a tag
constexpr std::uint32_t kRuleCue = 300;        ///< share of the cue's tags for a frame of the rules to stay
constexpr std::uint32_t kInQuotation = 300;    ///< mean share of content for a quotation to be one
constexpr std::uint32_t kWholeSentence = 350;  ///< likewise for a sentence where no marks help
constexpr std::uint32_t kBesideSigned = 120;   ///< likewise beside a sentence that closes with a cue
constexpr std::uint32_t kNested =
    250;  ///< mean share of content for a sentence's cues and sources to be said too
constexpr std::uint32_t kNestedBeside = 150;  ///< likewise beside a sentence that closes with a cue
constexpr std::uint32_t kGrow = 700;  ///< share of a tie that takes in an untagged word beside a content

/// Neighbouring words of one role in a sentence.
struct Stretch {
  std::uint32_t first = 0;
  std::uint32_t last = 0;  ///< one past
  SaidRole role = SaidRole::none;
};

/// A cue with what its words tie it to: shares of its sentence's words, summed over the cue's words.
struct HeardCue {
  Stretch cue;
  std::uint32_t first = 0;  ///< the sentence's first token
  std::vector<std::uint32_t> source;
  std::vector<std::uint32_t> content;
};

std::vector<Stretch> stretches_of(const Analysis& analysis) {
  std::vector<Stretch> out;
  for (std::uint32_t token = 0; token < analysis.tokens.size(); ++token) {
    const SaidWord& word = analysis.said[token];
    if (word.role == SaidRole::none) continue;
    const bool goes_on = (!word.begins || word.role == SaidRole::cue) && !out.empty() &&
                         out.back().last == token && out.back().role == word.role &&
                         analysis.tokens[token].sentence == analysis.tokens[token - 1].sentence;
    if (goes_on) {
      ++out.back().last;
    } else {
      out.push_back({token, token + 1, word.role});
    }
  }
  return out;
}

bool helps_verb(const Token& token) {
  return token.upos == Upos::AUX || token.upos == Upos::ADV || token.upos == Upos::PART;
}

/// A cue is whole: "has also | detailed" up to its verb, "also | said" from its adverbs on, "supported | by".
void settle_cue(const Analysis& analysis, Stretch& cue) {
  const Sentence& sentence = analysis.sentences[analysis.tokens[cue.first].sentence];
  const auto untagged = [&](std::uint32_t token) { return analysis.said[token].role == SaidRole::none; };
  const auto all_help = [&](std::uint32_t first, std::uint32_t last) {
    for (std::uint32_t token = first; token < last; ++token) {
      if (!helps_verb(analysis.tokens[token])) return false;
    }
    return true;
  };
  if (all_help(cue.first, cue.last)) {
    std::uint32_t verb = cue.last;
    while (verb < sentence.last && helps_verb(analysis.tokens[verb]) && untagged(verb)) ++verb;
    const bool governs = verb < sentence.last && untagged(verb) && analysis.tokens[verb].upos == Upos::VERB;
    if (governs && analysis.tokens[cue.last - 1].head == static_cast<int>(verb)) cue.last = verb + 1;
  }
  while (cue.first > sentence.first && untagged(cue.first - 1)) {
    const Token& before = analysis.tokens[cue.first - 1];
    const bool part = (before.upos == Upos::ADV || before.upos == Upos::AUX || before.lower == "n't" ||
                       before.lower == "not") &&
                      before.head >= static_cast<int>(cue.first) && before.head < static_cast<int>(cue.last);
    if (!part) break;
    --cue.first;
  }
  const Token& verb = analysis.tokens[cue.last - 1];
  if (cue.last >= sentence.last || !untagged(cue.last)) return;
  const Token& after = analysis.tokens[cue.last];
  const bool particle = after.deprel == "compound:prt" && after.head == static_cast<int>(cue.last) - 1;
  const bool agent = after.lower == "by" && verb.is("VerbForm=Part") && verb.upos == Upos::VERB;
  if (particle || agent) ++cue.last;
}

bool binds_content(const Token& token) {
  constexpr std::string_view kWords[] = {"about", "against", "at", "by", "for",  "from",
                                         "in",    "into",    "of", "on", "over", "with"};
  return std::ranges::find(kWords, token.lower) != std::end(kWords);
}

/// The preposition between cue and content is the cue's: "called for | a truce", "accused of | lying".
void settle_prepositions(const Analysis& analysis, std::vector<Stretch>& stretches) {
  for (std::size_t i = 0; i + 1 < stretches.size(); ++i) {
    Stretch& cue = stretches[i];
    Stretch& content = stretches[i + 1];
    if (cue.role != SaidRole::cue || content.role != SaidRole::content) continue;
    const Token& after = analysis.tokens[cue.last];
    if (after.sentence != analysis.tokens[cue.first].sentence || !binds_content(after)) continue;
    if (content.first == cue.last && content.last > content.first + 1) ++content.first;
    if (content.first == cue.last + 1) ++cue.last;
  }
}

/// Contents and sources do not end in a word that opens the next phrase: "in", "the", "and".
void settle_end(const Analysis& analysis, Stretch& stretch) {
  while (stretch.last > stretch.first + 1) {
    const Token& token = analysis.tokens[stretch.last - 1];
    const bool opens = token.upos == Upos::ADP || token.upos == Upos::DET || token.upos == Upos::CCONJ ||
                       token.upos == Upos::SCONJ;
    if (!opens || token.head < static_cast<int>(stretch.last)) return;
    --stretch.last;
  }
}

/// Whether a sentence closes with a cue behind what is said: "..., he said."
bool closes_with_cue(const std::vector<Stretch>& stretches, const Sentence& sentence) {
  auto at = std::ranges::lower_bound(stretches, sentence.first, {}, &Stretch::first);
  if (at == stretches.end() || at->role != SaidRole::content || at->first > sentence.first + 1) return false;
  for (; at != stretches.end() && at->first < sentence.last; ++at) {
    if (at->role == SaidRole::cue) return true;
  }
  return false;
}

/// Whether the cues and sources of a sentence are rather part of what another says.
bool cues_are_said(const Analysis& analysis, std::span<const Stretch> stretches, std::uint32_t least) {
  std::uint32_t sum = 0;
  std::uint32_t words = 0;
  for (const Stretch& stretch : stretches) {
    if (stretch.role == SaidRole::content) continue;
    for (std::uint32_t token = stretch.first; token < stretch.last; ++token)
      sum += analysis.said[token].content;
    words += stretch.last - stretch.first;
  }
  return sum >= least * words;
}

/// Where quotation marks are missing or cannot be trusted, a sentence without a cue of its own is said as a
/// whole if its words together are rather content than not, though some of them by themselves are not; less
/// is asked for beside a sentence of its paragraph that closes with a cue.
std::vector<Stretch> whole_sentences(const Analysis& analysis, const std::vector<Stretch>& stretches) {
  std::vector<Stretch> out;
  auto next = stretches.begin();
  const auto signed_beside = [&](std::size_t number, std::size_t other) {
    if (other >= analysis.sentences.size()) return false;
    const Span here = analysis.sentences[std::min(number, other)].span;
    const Span there = analysis.sentences[std::max(number, other)].span;
    return !crosses_paragraph(analysis, here.end, there.begin) &&
           closes_with_cue(stretches, analysis.sentences[other]);
  };
  for (std::size_t number = 0; number < analysis.sentences.size(); ++number) {
    const Sentence& sentence = analysis.sentences[number];
    const auto first = next;
    while (next != stretches.end() && next->first < sentence.last) ++next;
    const bool has_cue = std::any_of(first, next, [](const Stretch& s) { return s.role == SaidRole::cue; });
    std::uint32_t sum = 0;
    for (std::uint32_t token = sentence.first; token < sentence.last; ++token)
      sum += analysis.said[token].content;
    const bool beside = signed_beside(number, number + 1) || signed_beside(number, number - 1);
    const bool nested = has_cue && !closes_with_cue(stretches, sentence) &&
                        cues_are_said(analysis, {first, next}, beside ? kNestedBeside : kNested);
    const std::uint32_t least = beside ? kBesideSigned : kWholeSentence;
    if ((has_cue && !nested) || sum < least * (sentence.last - sentence.first)) {
      out.insert(out.end(), first, next);
    } else if (sentence.first < sentence.last) {
      out.push_back({sentence.first, sentence.last, SaidRole::content});
    }
  }
  return out;
}

HeardCue heard_cue(const Analysis& analysis, const Stretch& cue) {
  const Sentence& sentence = analysis.sentences[analysis.tokens[cue.first].sentence];
  HeardCue out{cue, sentence.first, {}, {}};
  out.source.assign(sentence.last - sentence.first, 0);
  out.content.assign(sentence.last - sentence.first, 0);
  for (auto tie = std::ranges::lower_bound(analysis.said_ties, cue.first, {}, &SaidTie::cue);
       tie != analysis.said_ties.end() && tie->cue < cue.last; ++tie) {
    auto& shares = tie->role == SaidRole::source ? out.source : out.content;
    shares[tie->word - sentence.first] += tie->share;
  }
  const std::uint32_t words = cue.last - cue.first;
  for (auto* shares : {&out.source, &out.content}) {
    for (std::uint32_t& share : *shares) share /= words;
  }
  return out;
}

std::uint32_t mean_of(const HeardCue& cue, const std::vector<std::uint32_t>& shares, const Stretch& stretch) {
  std::uint32_t sum = 0;
  for (std::uint32_t token = stretch.first; token < stretch.last; ++token) sum += shares[token - cue.first];
  return sum / (stretch.last - stretch.first);
}

Span span_of(const Analysis& analysis, const Stretch& stretch) {
  return {analysis.tokens[stretch.first].span.begin, analysis.tokens[stretch.last - 1].span.end};
}

/// The run of words about the surest one that are sure by themselves; empty if there is none.
Stretch sure_run(const HeardCue& cue, const std::vector<std::uint32_t>& shares, SaidRole role) {
  const auto best = static_cast<std::uint32_t>(std::ranges::max_element(shares) - shares.begin());
  if (shares.empty() || shares[best] < kSureWord) return {};
  const auto free = [&](std::uint32_t at) {
    const std::uint32_t token = cue.first + at;
    return shares[at] >= kSureWord && (token < cue.cue.first || token >= cue.cue.last);
  };
  if (!free(best)) return {};
  std::uint32_t first = best;
  std::uint32_t last = best + 1;
  while (first > 0 && free(first - 1)) --first;
  while (last < shares.size() && free(last)) ++last;
  return {cue.first + first, cue.first + last, role};
}

/// The word of a stretch that the others hang on: the first whose head lies outside, nominals before others.
std::uint32_t head_of(const Analysis& analysis, const Stretch& stretch, bool nominal) {
  int found = -1;
  for (std::uint32_t token = stretch.first; token < stretch.last; ++token) {
    const Token& word = analysis.tokens[token];
    const bool inside =
        word.head >= static_cast<int>(stretch.first) && word.head < static_cast<int>(stretch.last);
    if (inside || word.upos == Upos::PUNCT) continue;
    const bool fits = nominal ? word.upos == Upos::NOUN || word.upos == Upos::PROPN || word.upos == Upos::PRON
                              : word.upos == Upos::VERB || word.depends_as("case");
    if (fits) return token;
    if (found < 0) found = static_cast<int>(token);
  }
  return found < 0 ? stretch.first : static_cast<std::uint32_t>(found);
}

/// Joins what the heads say of one document.
class Listener {
 public:
  explicit Listener(Hearing& hearing) : hearing_(hearing), analysis_(hearing.analysis) {}

  void listen() {
    std::vector<Stretch> stretches = stretches_of(analysis_);
    if (!marks_help()) stretches = whole_sentences(analysis_, stretches);
    for (Stretch& stretch : stretches)
      stretch.role == SaidRole::cue ? settle_cue(analysis_, stretch) : settle_end(analysis_, stretch);
    settle_prepositions(analysis_, stretches);
    for (const Stretch& stretch : stretches) {
      if (stretch.role == SaidRole::cue) cues_.push_back(heard_cue(analysis_, stretch));
      if (stretch.role == SaidRole::source) sources_.push_back(stretch);
      if (stretch.role == SaidRole::content) contents_.push_back(stretch);
    }
    frames_.resize(cues_.size());
    owner_.assign(contents_.size(), -1);
    for (std::size_t number = 0; number < cues_.size(); ++number) begin_frame(number);
    share_contents();
    for (std::size_t number = 0; number < cues_.size(); ++number) {
      sign(number);
      announce(number);
    }
    hand_on_contents();
    for (std::size_t content = 0; content < contents_.size(); ++content) grow(content);
    for (std::size_t content = 0; content < contents_.size(); ++content) {
      if (owner_[content] >= 0)
        add_span(analysis_, frames_[static_cast<std::size_t>(owner_[content])].content,
                 span_of(analysis_, contents_[content]));
    }
    for (std::size_t number = 0; number < cues_.size(); ++number) complete(number);
    for (Frame& frame : frames_) take_quotations(frame);
    keep_rules();
    hearing_.frames = std::move(frames_);
  }

 private:
  /// Whether the document has quotation marks, and three of four are as meant.
  bool marks_help() const {
    const auto trusted = std::ranges::count(hearing_.trusted, true);
    return trusted > 0 && 4 * trusted >= 3 * std::ssize(hearing_.trusted);
  }

  std::uint32_t sentence_of(const Stretch& stretch) const {
    return analysis_.tokens[stretch.first].sentence;
  }

  const Frame* rule_at(std::uint32_t first, std::uint32_t last) const {
    for (const Frame& frame : hearing_.frames) {
      if (frame.head >= first && frame.head < last && !frame.cue.empty()) return &frame;
    }
    return nullptr;
  }

  void begin_frame(std::size_t number) {
    const HeardCue& cue = cues_[number];
    Frame& frame = frames_[number];
    for (std::uint32_t token = cue.cue.first; token < cue.cue.last; ++token) frame.cue.push_back(token);
    frame.head = head_of(analysis_, cue.cue, false);
    frame.attitude = attitude_of(cue.cue);
    Stretch best;
    std::uint32_t most = kLeastSource;
    for (const Stretch& source : sources_) {
      if (sentence_of(source) != sentence_of(cue.cue)) continue;
      const std::uint32_t mean = mean_of(cue, cue.source, source);
      if (mean <= most) continue;
      most = mean;
      best = source;
    }
    if (best.last == 0) best = sure_run(cue, cue.source, SaidRole::source);
    if (best.last > 0) {
      frame.subject = static_cast<int>(head_of(analysis_, best, true));
      frame.source = span_of(analysis_, best);
    }
  }

  /// By the lexicon's rule where it knows the cue; other cues tell of what somebody thinks or shows.
  bool attitude_of(const Stretch& cue) const {
    const auto rules = hearing_.lexicon.speech_rules();
    for (auto match = std::ranges::lower_bound(analysis_.speech_matches, cue.first, {}, &RuleMatch::head);
         match != analysis_.speech_matches.end() && match->head < cue.last; ++match)
      return rules[match->rule].attitude;
    for (std::uint32_t token = cue.first; token < cue.last; ++token) {
      if (analysis_.tokens[token].upos != Upos::PUNCT) return true;
    }
    return false;
  }

  static bool stands_between(const Stretch& middle, const Stretch& cue, const Stretch& content) {
    return (middle.first > cue.first && middle.first < content.first) ||
           (middle.first < cue.first && middle.first > content.first);
  }

  /// Each content goes to the cue of its sentence that its words tie to most.
  void share_contents() {
    for (std::size_t content = 0; content < contents_.size(); ++content) {
      const Stretch& stretch = contents_[content];
      int best = -1;
      int in_sentence = 0;
      std::uint32_t most = 0;
      for (std::size_t number = 0; number < cues_.size(); ++number) {
        if (sentence_of(cues_[number].cue) != sentence_of(stretch)) continue;
        ++in_sentence;
        std::uint32_t mean = mean_of(cues_[number], cues_[number].content, stretch);
        for (const HeardCue& other : cues_)
          mean -= stands_between(other.cue, cues_[number].cue, stretch) ? std::min(mean, kBetween) : 0;
        if (best >= 0 && mean <= most) continue;
        most = mean;
        best = static_cast<int>(number);
      }
      if (most >= (in_sentence == 1 ? kLoneContent : kLeastContent)) owner_[content] = best;
    }
  }

  bool has_content(std::size_t number) const {
    return std::ranges::find(owner_, static_cast<int>(number)) != owner_.end();
  }

  /// "We wait.” | Weiss said, adding that ...": a cue without content in its sentence signs the sentence
  /// before.
  void sign(std::size_t number) {
    const std::uint32_t sentence = sentence_of(cues_[number].cue);
    if (sentence == 0 || has_content(number)) return;
    for (std::size_t content = contents_.size(); content-- > 0;) {
      const Stretch& stretch = contents_[content];
      if (sentence_of(stretch) + 1 != sentence || owner_[content] >= 0) continue;
      const std::uint32_t end = analysis_.tokens[stretch.last - 1].span.end;
      if (!only_signs(analysis_, end, analysis_.sentences[sentence].span.begin)) return;
      owner_[content] = static_cast<int>(number);
      return;
    }
  }

  /// "Weiss said:" is followed by what she said, though in a paragraph of its own.
  void announce(std::size_t number) {
    const std::uint32_t sentence = sentence_of(cues_[number].cue);
    const std::uint32_t next = analysis_.sentences[sentence].last;
    if (has_content(number) || next >= analysis_.tokens.size() || analysis_.tokens[next - 1].lower != ":")
      return;
    for (std::size_t content = 0; content < contents_.size(); ++content) {
      if (sentence_of(contents_[content]) != sentence + 1 || owner_[content] >= 0) continue;
      owner_[content] = static_cast<int>(number);
      return;
    }
    const int quotation = hearing_.quotation_of[next];
    if (quotation < 0 || !hearing_.trusted[static_cast<std::size_t>(quotation)]) return;
    frames_[number].content = {hearing_.quotations[static_cast<std::size_t>(quotation)].span};
  }

  /// A content takes in the untagged words beside it that its cue ties to.
  void grow(std::size_t content) {
    if (owner_[content] < 0) return;
    const HeardCue& cue = cues_[static_cast<std::size_t>(owner_[content])];
    Stretch& stretch = contents_[content];
    if (sentence_of(cue.cue) != sentence_of(stretch)) return;
    const auto end = cue.first + static_cast<std::uint32_t>(cue.content.size());
    const auto ties = [&](std::uint32_t token) {
      return analysis_.said[token].role == SaidRole::none && cue.content[token - cue.first] > kGrow;
    };
    while (stretch.first > cue.first && ties(stretch.first - 1)) --stretch.first;
    while (stretch.last < end && ties(stretch.last)) ++stretch.last;
    if (stretch.first < cue.cue.first && opens(cue.first, stretch.first)) stretch.first = cue.first;
  }

  /// Whether words before a content are its beginning rather than a clause or a phrase of their own: "A
  /// summit | is not ruled out, she said".
  bool opens(std::uint32_t first, std::uint32_t last) const {
    std::uint32_t sum = 0;
    for (std::uint32_t token = first; token < last; ++token) {
      if (analysis_.said[token].role != SaidRole::none || analysis_.tokens[token].is("VerbForm=Fin"))
        return false;
      sum += analysis_.said[token].content;
    }
    return first < last && sum >= kOpening * (last - first);
  }

  int quotation_at(const Stretch& stretch) const {
    for (std::uint32_t token = stretch.first; token < stretch.last; ++token) {
      if (hearing_.quotation_of[token] >= 0) return hearing_.quotation_of[token];
    }
    return -1;
  }

  /// Contents that no cue of their sentence takes go on with the one before them, else with the one after.
  void hand_on_contents() {
    for (std::size_t content = 0; content < contents_.size(); ++content) {
      if (owner_[content] < 0 && content > 0 && follows(contents_[content - 1], contents_[content]))
        owner_[content] = owner_[content - 1];
    }
    for (std::size_t content = contents_.size(); content-- > 1;) {
      if (owner_[content - 1] < 0 && follows(contents_[content - 1], contents_[content]))
        owner_[content - 1] = owner_[content];
    }
  }

  /// Whether a content can go on with another: in the next sentence of its paragraph, or in one quotation.
  bool follows(const Stretch& before, const Stretch& after) const {
    const int quotation = quotation_at(before);
    if (quotation >= 0 && quotation == quotation_at(after)) return true;
    if (quotation >= 0 && hearing_.quotations[static_cast<std::size_t>(quotation)].goes_on &&
        quotation_at(after) == quotation + 1)
      return true;
    if (sentence_of(after) > sentence_of(before) + 1) return false;
    return !crosses_paragraph(analysis_, analysis_.tokens[before.last - 1].span.end,
                              analysis_.tokens[after.first].span.begin);
  }

  /// What the heads leave open comes from the ties, else from the rules.
  void complete(std::size_t number) {
    const HeardCue& cue = cues_[number];
    Frame& frame = frames_[number];
    if (frame.content.empty()) {
      const Stretch run = sure_run(cue, cue.content, SaidRole::content);
      if (run.last > 0) frame.content = {span_of(analysis_, run)};
    }
    const Frame* rule = rule_at(cue.cue.first, cue.cue.last);
    if (rule != nullptr) {
      frame.addressee = rule->addressee;
      frame.spoken = rule->spoken;
      if (frame.subject < 0) frame.subject = rule->subject;
      if (frame.content.empty()) frame.content = rule->content;
    }
    if (has_content(number)) return;
    // What another cue has already is not this one's too.
    const bool taken = std::ranges::any_of(
        frames_, [&](const Frame& other) { return &other != &frame && shares_words(other, frame); });
    if (taken) frame.content.clear();
  }

  std::uint32_t content_share(Span span) const {
    std::uint32_t sum = 0;
    std::uint32_t words = 0;
    for (int token = analysis_.token_at(span.begin);
         token >= 0 && token < static_cast<int>(analysis_.tokens.size()); ++token) {
      if (analysis_.tokens[static_cast<std::size_t>(token)].span.begin >= span.end) break;
      sum += analysis_.said[static_cast<std::size_t>(token)].content;
      ++words;
    }
    return words == 0 ? 0 : sum / words;
  }

  /// A content that lies in a quotation is the whole of it, if the marks can be as meant.
  void take_quotations(Frame& frame) {
    const Span cue{analysis_.tokens[frame.cue.front()].span.begin,
                   analysis_.tokens[frame.cue.back()].span.end};
    const auto end_of = [](const Quotation& quotation) { return quotation.span.end; };
    if (frame.content.empty()) return;
    auto at = std::ranges::upper_bound(hearing_.quotations, frame.content.front().begin, {}, end_of);
    for (; at != hearing_.quotations.end() && at->span.begin < frame.content.back().end; ++at) {
      const auto number = static_cast<std::uint32_t>(at - hearing_.quotations.begin());
      const bool touched =
          std::ranges::any_of(frame.content, [&](Span piece) { return piece.overlaps(at->span); });
      if (!touched || !hearing_.trusted[number] || at->span.overlaps(cue)) continue;
      if (content_share(at->span) < kInQuotation) continue;
      add_span(analysis_, frame.content, at->span);
      frame.quotations.push_back(number);
      frame.quoted = true;
    }
  }

  /// Frames of the rules that the model has nothing against.
  void keep_rules() {
    const std::size_t heard = frames_.size();
    for (Frame& rule : hearing_.frames) {
      if (rule.cue.empty() || rule.spoken) {
        const bool told =
            std::ranges::any_of(frames_, [&](const Frame& frame) { return shares_words(frame, rule); });
        if (!told) frames_.push_back(std::move(rule));
        continue;
      }
      const bool taken = std::ranges::any_of(cues_, [&](const HeardCue& cue) {
        return std::ranges::any_of(
            rule.cue, [&](std::uint32_t token) { return token >= cue.cue.first && token < cue.cue.last; });
      });
      if (taken) continue;
      std::uint32_t share = 0;
      for (const std::uint32_t token : rule.cue)
        share = std::max<std::uint32_t>(share, analysis_.said[token].cue);
      const bool nested = std::any_of(frames_.begin(), frames_.begin() + static_cast<std::ptrdiff_t>(heard),
                                      [&](const Frame& frame) { return limit_to(frame, rule); });
      if (nested || share >= kRuleCue) frames_.push_back(std::move(rule));
    }
    std::erase_if(frames_, [](const Frame& frame) { return frame.content.empty(); });
  }

  static bool shares_words(const Frame& one, const Frame& other) {
    return std::ranges::any_of(one.content, [&](Span a) {
      return std::ranges::any_of(other.content, [&](Span b) { return a.overlaps(b); });
    });
  }

  /// Cuts a rule's content to the content of the frame that its cue lies in; false if it lies in none.
  bool limit_to(const Frame& outer, Frame& inner) const {
    const Span cue = analysis_.tokens[inner.head].span;
    const auto piece = std::ranges::find_if(outer.content, [&](Span span) { return span.contains(cue); });
    if (piece == outer.content.end()) return false;
    std::vector<Span> kept;
    for (const Span span : inner.content) {
      const Span cut{std::max(span.begin, piece->begin), std::min(span.end, piece->end)};
      if (cut.begin < cut.end && !only_signs(analysis_, cut.begin, cut.end)) kept.push_back(cut);
    }
    if (kept.empty()) return false;
    inner.content = std::move(kept);
    return true;
  }

  Hearing& hearing_;
  const Analysis& analysis_;
  std::vector<HeardCue> cues_;
  std::vector<Stretch> sources_;
  std::vector<Stretch> contents_;
  std::vector<int> owner_;  ///< by content: a frame, -1 if none
  std::vector<Frame> frames_;
};

}  // namespace

void hear_frames(Hearing& hearing) {
  if (hearing.analysis.said.size() != hearing.analysis.tokens.size() || hearing.analysis.tokens.empty())
    return;
  Listener(hearing).listen();
}

}  // namespace polybius
