// Chooses where contents begin and end, from the model's shares, the tree and the signs around.
#include "statements/borders.h"

#include <algorithm>
#include <utility>

namespace polybius {
namespace {

using F = BorderFeature;

constexpr int kDeepest = 100;  ///< steps up a tree

/// A border as it is weighed: the words beside it, and those that it takes in or lets go.
struct Edge {
  BorderSide side;
  std::uint32_t at;       ///< the content's outmost word
  int out;                ///< the next word beyond it and beyond signs, -1 if the sentence ends
  std::uint32_t first;    ///< the content with this border
  std::uint32_t last;     ///< one past
  const Sentence& frame;  ///< the border's sentence
};

void add(BorderFeatures& features, F feature, bool value) {
  if (value) features[static_cast<std::size_t>(feature)] = 1;
}

F kind_of_cut(const Token& token) {
  if (token.deprel == "acl:relcl") return F::cut_relative;
  if (token.depends_as("nsubj") || token.depends_as("csubj")) return F::cut_subject;
  if (token.depends_as("obj") || token.depends_as("xcomp") || token.depends_as("ccomp"))
    return F::cut_complement;
  if (token.depends_as("advcl") || token.depends_as("acl") || token.depends_as("parataxis"))
    return F::cut_clause;
  if (token.depends_as("conj")) return F::cut_conjunct;
  if (token.depends_as("appos")) return F::cut_apposition;
  if (token.depends_as("obl") || token.deprel == "nmod") return F::cut_oblique;
  if (token.depends_as("mark") || token.depends_as("cc") || token.depends_as("advmod") ||
      token.depends_as("aux") || token.depends_as("cop"))
    return F::cut_small;
  if (token.depends_as("det") || token.depends_as("amod") || token.depends_as("nummod") ||
      token.depends_as("compound") || token.depends_as("flat") || token.depends_as("case") ||
      token.depends_as("nmod") || token.depends_as("fixed"))
    return F::cut_phrase;
  return F::cut_other;
}

/// Settles the contents of one document.
class Borders {
 public:
  Borders(Hearing& hearing, std::vector<BorderChoice>* choices)
      : hearing_(hearing), analysis_(hearing.analysis), model_(hearing.borders), choices_(choices) {
    const auto size = static_cast<std::uint32_t>(analysis_.tokens.size());
    leftmost_.resize(size);
    rightmost_.resize(size);
    for (std::uint32_t token = 0; token < size; ++token) leftmost_[token] = rightmost_[token] = token;
    for (std::uint32_t token = 0; token < size; ++token) {
      int above = analysis_.tokens[token].head;
      for (int steps = 0; above >= 0 && steps < kDeepest; ++steps) {
        auto& left = leftmost_[static_cast<std::uint32_t>(above)];
        auto& right = rightmost_[static_cast<std::uint32_t>(above)];
        left = std::min(left, token);
        right = std::max(right, token);
        above = analysis_.tokens[static_cast<std::uint32_t>(above)].head;
      }
    }
    mark_frames();
  }

  void settle(Frame& frame) {
    if (frame.cue.empty() || frame.spoken || is_within(frame)) return;
    hear(frame);
    const std::vector<Span> pieces = std::exchange(frame.content, {});
    for (Span piece : pieces) {
      settle_piece(frame, piece);
      add_span(analysis_, frame.content, piece);
    }
  }

 private:
  /// Which words are cues, and which frames' contents hold them.
  void mark_frames() {
    cue_at_.assign(analysis_.tokens.size(), false);
    held_by_.assign(analysis_.tokens.size(), 0);
    for (const Frame& frame : hearing_.frames) {
      if (frame.cue.empty()) continue;
      for (const std::uint32_t token : frame.cue) cue_at_[token] = true;
      for (const Span piece : frame.content) {
        auto token = static_cast<std::uint32_t>(std::max(analysis_.token_at(piece.begin), 0));
        for (; token < held_by_.size() && analysis_.tokens[token].span.begin < piece.end; ++token)
          ++held_by_[token];
      }
    }
  }

  /// Whether another frame's content holds the frame's cue.
  bool is_within(const Frame& frame) const {
    const Span cue = analysis_.tokens[frame.head].span;
    const bool own = std::ranges::any_of(frame.content, [&](Span piece) { return piece.contains(cue); });
    return held_by_[frame.head] > (own ? 1U : 0U);
  }

  /// What the frame's cue ties to in its sentence.
  void hear(const Frame& frame) {
    cue_first_ = frame.cue.front();
    cue_last_ = frame.cue.back() + 1;
    const Sentence& sentence = analysis_.sentences[analysis_.tokens[cue_first_].sentence];
    ties_from_ = sentence.first;
    ties_.assign(sentence.last - sentence.first, 0);
    for (auto tie = std::ranges::lower_bound(analysis_.said_ties, cue_first_, {}, &SaidTie::cue);
         tie != analysis_.said_ties.end() && tie->cue < cue_last_; ++tie) {
      if (tie->role == SaidRole::content) ties_[tie->word - ties_from_] += tie->share;
    }
    for (std::uint32_t& share : ties_) share /= cue_last_ - cue_first_;
    source_ = frame.source;
  }

  bool is_sign(std::uint32_t token) const {
    return analysis_.tokens[token].upos == Upos::PUNCT;
  }

  bool is_cue(std::uint32_t token) const {
    return token >= cue_first_ && token < cue_last_;
  }

  bool is_source(std::uint32_t token) const {
    return source_ && source_->contains(analysis_.tokens[token].span);
  }

  bool at_mark(const Frame& frame, std::uint32_t place, bool begin) const {
    return std::ranges::any_of(frame.quotations, [&](std::uint32_t number) {
      const Span span = hearing_.quotations[number].span;
      return hearing_.trusted[number] && (begin ? span.begin : span.end) == place;
    });
  }

  void settle_piece(const Frame& frame, Span& piece) {
    auto first = static_cast<std::uint32_t>(std::max(analysis_.token_at(piece.begin), 0));
    auto last = static_cast<std::uint32_t>(analysis_.token_at(piece.end - 1)) + 1;
    while (first + 1 < last && is_sign(first)) ++first;
    while (first + 1 < last && is_sign(last - 1)) --last;
    if (!at_mark(frame, piece.begin, true)) {
      const std::uint32_t moved = choose(BorderSide::first, first, last);
      if (moved != first) piece.begin = analysis_.tokens[moved].span.begin;
      first = moved;
    }
    if (!at_mark(frame, piece.end, false)) {
      const std::uint32_t moved = choose(BorderSide::last, first, last) + 1;
      if (moved != last) piece.end = analysis_.tokens[moved - 1].span.end;
    }
  }

  /// The words that a border may have, all of one sentence and on one side of the cue: [first, second).
  std::pair<std::uint32_t, std::uint32_t> range_of(BorderSide side, std::uint32_t first,
                                                   std::uint32_t last) const {
    const std::uint32_t here = side == BorderSide::first ? first : last - 1;
    const Sentence& sentence = analysis_.sentences[analysis_.tokens[here].sentence];
    std::uint32_t low = sentence.first;
    std::uint32_t high = sentence.last;
    if (side == BorderSide::first) high = std::min(high, last);
    if (side == BorderSide::last) low = std::max(low, first);
    if (cue_last_ <= here) low = std::max(low, cue_last_);
    if (cue_first_ > here) high = std::min(high, cue_first_);
    for (std::uint32_t word = here; word > low; --word) {  // what others say stays theirs
      if (cue_at_[word - 1]) low = word;
    }
    for (std::uint32_t word = here + 1; word < high; ++word) {
      if (cue_at_[word]) high = word;
    }
    return {low, high};
  }

  std::uint32_t choose(BorderSide side, std::uint32_t first, std::uint32_t last) {
    const std::uint32_t now = side == BorderSide::first ? first : last - 1;
    const auto [low, high] = range_of(side, first, last);
    BorderChoice choice{side, cue_first_, first, last, {}};
    std::uint32_t best = now;
    double most = 0;
    bool any = false;
    for (std::uint32_t word = low; word < high; ++word) {
      if (word != now && (is_sign(word) || is_source(word))) continue;
      const BorderFeatures features = features_of(side, word, now, first, last);
      const double sum = model_.weigh(side, features);
      if (!any || sum > most) {
        best = word;
        most = sum;
      }
      any = true;
      if (choices_ != nullptr) choice.options.push_back({word, features});
    }
    if (choices_ == nullptr) return best;
    if (any) choices_->push_back(std::move(choice));
    return now;  // what is learned from does not hang on weights learned before
  }

  BorderFeatures features_of(BorderSide side, std::uint32_t word, std::uint32_t now, std::uint32_t first,
                             std::uint32_t last) const {
    const bool begins = side == BorderSide::first;
    const Sentence& sentence = analysis_.sentences[analysis_.tokens[word].sentence];
    Edge edge{side, word, -1, begins ? word : first, begins ? last : word + 1, sentence};
    for (int out = static_cast<int>(word) + (begins ? -1 : 1);
         out >= static_cast<int>(sentence.first) && out < static_cast<int>(sentence.last);
         out += begins ? -1 : 1) {
      edge.out = out;
      if (!is_sign(static_cast<std::uint32_t>(out))) break;
      edge.out = -1;
    }
    BorderFeatures features{};
    add_shares(features, edge, now);
    add_signs(features, edge);
    add_words(features, edge);
    add_tree(features, edge);
    return features;
  }

  /// What the model's heads say of the words taken in or let go.
  void add_shares(BorderFeatures& features, const Edge& edge, std::uint32_t now) const {
    const bool grows = edge.side == BorderSide::first ? edge.at < now : edge.at > now;
    const auto [low, high] = std::minmax(edge.at, now);
    int tagged = 0;
    int tied = 0;
    int moved = 0;
    // The word that stays in either way is at the border's own end.
    for (std::uint32_t token = low; token <= high; ++token) {
      if (token == (grows ? now : edge.at) || is_sign(token)) continue;
      ++moved;
      tagged += static_cast<int>(analysis_.said[token].content) - 500;
      const std::uint32_t place = token - ties_from_;
      if (token >= ties_from_ && place < ties_.size()) tied += static_cast<int>(ties_[place]) - 500;
    }
    const float sign = grows ? 1.F : -1.F;
    features[static_cast<std::size_t>(F::tagged)] = sign * static_cast<float>(tagged) / 500.F;
    features[static_cast<std::size_t>(F::tied)] = sign * static_cast<float>(tied) / 500.F;
    features[static_cast<std::size_t>(F::moved)] = static_cast<float>(std::min(moved, 5)) / 5.F;
    add(features, F::moved_far, moved > 5);
    add(features, F::stays, edge.at == now);
  }

  void add_signs(BorderFeatures& features, const Edge& edge) const {
    const bool begins = edge.side == BorderSide::first;
    add(features, F::sentence_edge, edge.out < 0);
    const bool with_cue = cue_first_ >= edge.frame.first && cue_first_ < edge.frame.last;
    add(features, F::sentence_edge_at_cue, edge.out < 0 && with_cue && (cue_first_ < edge.at) != begins);
    add(features, F::sentence_edge_alone, edge.out < 0 && !with_cue);
    const int step = begins ? -1 : 1;
    for (int sign = static_cast<int>(edge.at) + step;
         sign >= static_cast<int>(edge.frame.first) && sign < static_cast<int>(edge.frame.last) &&
         sign != edge.out;
         sign += step) {
      const std::string& form = analysis_.tokens[static_cast<std::uint32_t>(sign)].lower;
      add(features, F::comma, form == ",");
      add(features, F::colon_or_dash,
          form == ":" || form == ";" || form.find('-') == 0 || form == "–" || form == "—");
      add(features, F::bracket, form == "(" || form == ")");
      add(features, F::mark, form == "\"" || form == "“" || form == "”" || form == "''" || form == "``");
    }
  }

  void add_words(BorderFeatures& features, const Edge& edge) const {
    const Token& in = analysis_.tokens[edge.at];
    add(features, F::begins,
        edge.side == BorderSide::first && analysis_.said[edge.at].begins &&
            analysis_.said[edge.at].role == SaidRole::content);
    add(features, F::that_in, in.lower == "that" && in.depends_as("mark"));
    add(features, F::to_in, in.lower == "to" && in.upos == Upos::PART);
    add(features, F::preposition_in, in.upos == Upos::ADP);
    add(features, F::conjunction_in, in.upos == Upos::CCONJ);
    if (edge.out < 0) return;
    const auto next = static_cast<std::uint32_t>(edge.out);
    const Token& out = analysis_.tokens[next];
    const SaidRole role = analysis_.said[next].role;
    add(features, F::out_is_cue, is_cue(next) || role == SaidRole::cue);
    add(features, F::out_is_source, is_source(next) || role == SaidRole::source);
    add(features, F::out_is_content, role == SaidRole::content);
    add(features, F::that_out, out.lower == "that" && out.depends_as("mark"));
    add(features, F::to_out, out.lower == "to" && out.upos == Upos::PART);
    add(features, F::preposition_out, out.upos == Upos::ADP);
    add(features, F::conjunction_out, out.upos == Upos::CCONJ);
  }

  /// Whether a word is the outmost of what hangs on another that fits, on the border's side.
  template <class Fits>
  bool edge_of(BorderSide side, std::uint32_t word, Fits fits) const {
    const auto& outmost = side == BorderSide::first ? leftmost_ : rightmost_;
    int head = static_cast<int>(word);
    for (int steps = 0; head >= 0 && steps < kDeepest; ++steps) {
      if (outmost[static_cast<std::uint32_t>(head)] != word) return false;
      if (fits(analysis_.tokens[static_cast<std::uint32_t>(head)])) return true;
      head = analysis_.tokens[static_cast<std::uint32_t>(head)].head;
    }
    return false;
  }

  /// What begins beyond a last word: a relative clause, an adverbial one, a further conjunct.
  void add_beyond(BorderFeatures& features, const Edge& edge) const {
    const auto next = static_cast<std::uint32_t>(edge.out);
    const bool comma = features[static_cast<std::size_t>(F::comma)] > 0;
    const auto opens = [&](auto fits) { return edge_of(BorderSide::first, next, fits); };
    const bool relative = opens([](const Token& token) { return token.deprel == "acl:relcl"; });
    const bool adverbial = opens([](const Token& token) { return token.depends_as("advcl"); });
    const bool conjunct = opens([](const Token& token) { return token.depends_as("conj"); });
    add(features, comma ? F::relative_after_comma : F::relative_out, relative);
    add(features, comma ? F::adverbial_after_comma : F::adverbial_out, adverbial);
    add(features, comma ? F::conjunct_after_comma : F::conjunct_out, conjunct);
    add(features, F::apposition_out, opens([](const Token& token) { return token.depends_as("appos"); }));
    add(features, F::participle_after_comma, comma && analysis_.tokens[next].is("VerbForm=Part"));
  }

  void add_tree(BorderFeatures& features, const Edge& edge) const {
    const auto hangs_on_cue = [&](const Token& token) {
      return token.head >= 0 && is_cue(static_cast<std::uint32_t>(token.head));
    };
    add(features, F::clause_edge, edge_of(edge.side, edge.at, [&](const Token& token) {
          return hangs_on_cue(token) &&
                 (token.depends_as("ccomp") || token.depends_as("xcomp") || token.depends_as("parataxis"));
        }));
    add(features, F::object_edge, edge_of(edge.side, edge.at, [&](const Token& token) {
          return hangs_on_cue(token) && (token.depends_as("obj") || token.depends_as("obl") ||
                                         token.depends_as("nmod") || token.depends_as("acl"));
        }));
    if (edge.side == BorderSide::last && edge.out >= 0) add_beyond(features, edge);
    const auto within = [&](int token) {
      return token >= static_cast<int>(edge.first) && token < static_cast<int>(edge.last);
    };
    const bool begins = edge.side == BorderSide::first;
    const std::uint32_t from = begins ? edge.frame.first : edge.at + 1;
    const std::uint32_t until = begins ? edge.at : edge.frame.last;
    for (std::uint32_t token = from; token < until; ++token) {
      if (is_sign(token) || is_cue(token) || is_source(token) || !within(analysis_.tokens[token].head))
        continue;
      features[static_cast<std::size_t>(kind_of_cut(analysis_.tokens[token]))] += 1;
    }
    int roots = 0;
    for (std::uint32_t token = std::max(edge.first, edge.frame.first);
         token < std::min(edge.last, edge.frame.last); ++token) {
      const int head = analysis_.tokens[token].head;
      if (!is_sign(token) && !within(head)) ++roots;
    }
    features[static_cast<std::size_t>(F::roots)] = static_cast<float>(std::min(roots, 5));
    const int head = analysis_.tokens[edge.at].head;
    add(features, F::dangles,
        begins ? head >= 0 && head < static_cast<int>(edge.at) && !is_cue(static_cast<std::uint32_t>(head))
               : head >= static_cast<int>(edge.last));
  }

  Hearing& hearing_;
  const Analysis& analysis_;
  const BorderModel& model_;
  std::vector<BorderChoice>* choices_;
  std::vector<std::uint32_t> leftmost_;   ///< by token: the first word below it
  std::vector<std::uint32_t> rightmost_;  ///< likewise the last one
  std::vector<bool> cue_at_;              ///< by token
  std::vector<std::uint32_t> held_by_;    ///< by token: how many frames' contents hold it
  std::uint32_t cue_first_ = 0;
  std::uint32_t cue_last_ = 0;
  std::uint32_t ties_from_ = 0;
  std::vector<std::uint32_t> ties_;  ///< of the cue's sentence
  std::optional<Span> source_;
};

}  // namespace

const std::array<std::string_view, border_feature_count>& border_feature_names() {
  static constexpr std::array<std::string_view, border_feature_count> names{
#define POLYBIUS_FEATURE(name) #name,
      POLYBIUS_BORDER_FEATURES(POLYBIUS_FEATURE)
#undef POLYBIUS_FEATURE
  };
  return names;
}

BorderModel::BorderModel(const Lexicon& lexicon) {
  for (const BorderSide side : {BorderSide::first, BorderSide::last}) {
    const char* column = side == BorderSide::first ? "first" : "last";
    std::ranges::copy(weights_of(lexicon, "content_borders", column, border_feature_names()),
                      weights_[static_cast<std::size_t>(side)].begin());
  }
}

StatementTables::StatementTables(const Lexicon& lexicon)
    : borders_(std::make_shared<const BorderModel>(lexicon)) {}

double BorderModel::weigh(BorderSide side, const BorderFeatures& features) const {
  const auto& weights = weights_[static_cast<std::size_t>(side)];
  double sum = 0;
  for (std::size_t i = 0; i < features.size(); ++i) {
    if (features[i] != 0) sum += weights[i] * static_cast<double>(features[i]);
  }
  return sum;
}

void settle_borders(Hearing& hearing, std::vector<BorderChoice>* choices) {
  if (hearing.analysis.said.size() != hearing.analysis.tokens.size() || hearing.analysis.tokens.empty())
    return;
  Borders borders(hearing, choices);
  for (Frame& frame : hearing.frames) borders.settle(frame);
}

}  // namespace polybius
