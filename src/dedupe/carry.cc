// A record carried from the story it was coded from to a reprint of it, span by span, never by guess.
#include <algorithm>
#include <set>

#include "dedupe/align.h"
#include "dedupe/dedupe.h"
#include "dedupe/words.h"
#include "text/text.h"

namespace polybius {
namespace {

constexpr std::size_t most_compared = 400'000;  // words: longer texts are coded, not compared
constexpr std::size_t few_own_words = 12;
constexpr double most_own_words = .05;  // of all

constexpr std::uint32_t nowhere = UINT32_MAX;

/// A text by code points, with its words.
struct Side {
  std::u32string text;
  std::vector<ComparedWord> words;
  std::vector<std::uint16_t> packed;

  explicit Side(const std::string& utf8) {
    for (std::size_t at = 0; at < utf8.size();) text += next_code_point(utf8, at);
    find_compared_words(utf8, most_compared, words);
    for (const ComparedWord& word : words) packed.push_back(packed_word(word));
  }
  std::uint32_t size() const {
    return static_cast<std::uint32_t>(text.size());
  }
  /// Where the gap before and behind a word ends.
  std::uint32_t gap_begin(std::size_t word) const {
    return word == 0 ? 0 : words[word - 1].end;
  }
  std::uint32_t gap_end(std::size_t word) const {
    return word + 1 == words.size() ? size() : words[word + 1].begin;
  }
};

/// Where each character and word of one text stands in the other.
class CharacterMap {
 public:
  CharacterMap(const Side& from, const Side& to)
      : from_(from), to_(to), characters_(from.text.size(), nowhere), words_(from.words.size(), nowhere) {
    Aligner aligner;
    for (const WordBlock& block : aligner.align(from.packed, to.packed).blocks) {
      for (std::uint32_t i = 0; i < block.size; ++i) place(block.a + i, block.b + i);
    }
  }

  std::uint32_t word(std::size_t number) const {
    return words_[number];
  }
  /// The span of the same characters; nothing if they do not all stand there in one piece.
  std::optional<Span> span(Span span) const {
    if (span.end > characters_.size() || span.begin >= span.end) return std::nullopt;
    const std::uint32_t begin = characters_[span.begin];
    if (begin == nowhere) return std::nullopt;
    for (std::uint32_t i = 1; i < span.size(); ++i) {
      if (characters_[span.begin + i] != begin + i) return std::nullopt;
    }
    return Span{begin, begin + span.size()};
  }

 private:
  void place(std::uint32_t from_word, std::uint32_t to_word) {
    words_[from_word] = to_word;
    const ComparedWord& a = from_.words[from_word];
    const ComparedWord& b = to_.words[to_word];
    put_right(a.begin, a.end, b.begin, b.end);
    put_right(a.end, from_.gap_end(from_word), b.end, to_.gap_end(to_word));
    std::uint32_t at = a.begin;
    std::uint32_t there = b.begin;
    while (at > from_.gap_begin(from_word) && there > to_.gap_begin(to_word) && put(at - 1, there - 1)) {
      --at;
      --there;
    }
  }
  void put_right(std::uint32_t at, std::uint32_t at_end, std::uint32_t there, std::uint32_t there_end) {
    while (at < at_end && there < there_end && put(at, there)) {
      ++at;
      ++there;
    }
  }
  bool put(std::uint32_t at, std::uint32_t there) {
    if (from_.text[at] != to_.text[there]) return false;
    if (characters_[at] == nowhere) characters_[at] = there;
    return true;
  }

  const Side& from_;
  const Side& to_;
  std::vector<std::uint32_t> characters_;
  std::vector<std::uint32_t> words_;
};

bool blank_or_line(char32_t c) {
  return is_space(c) || c == '\n';
}

/// The work of one carrying. `lost` is set where the reprint tells a sentence, but not its spans.
class Carrier {
 public:
  Carrier(const Record& coded, const Record& reprint)
      : coded_(coded), out_(reprint), from_(coded.text), to_(reprint.text), map_(from_, to_) {}

  std::optional<Record> carry() {
    if (from_.words.size() >= most_compared || to_.words.size() >= most_compared) return std::nullopt;
    find_sentences();
    const double most =
        std::max<double>(few_own_words, most_own_words * static_cast<double>(to_.words.size()));
    if (static_cast<double>(own_words_) > most) return std::nullopt;
    carry_entities();
    carry_times();
    carry_statements();
    carry_plans();
    carry_events();
    drop_dead_links();
    carry_warnings();
    out_.coder = coded_.coder;
    if (lost_ || !faults_of(out_).empty()) return std::nullopt;
    return std::move(out_);
  }

 private:
  void find_sentences();
  std::optional<Span> sentence_there(Span sentence, std::size_t& word) const;
  void add_own_sentences(std::vector<Span>& sentences);
  void add_lines(Span gap, std::vector<Span>& sentences) const;
  void carry_entities();
  void carry_times();
  void carry_statements();
  void carry_events();
  void carry_plans();
  void carry_warnings();
  void drop_dead_links();

  /// The sentences of the coded text that end behind `begin`, of those that the reprint tells word for word.
  std::vector<Span>::const_iterator told_from(std::uint32_t begin) const {
    return std::upper_bound(told_.begin(), told_.end(), begin,
                            [](std::uint32_t at, Span sentence) { return at < sentence.end; });
  }
  bool told(Span span) const {
    const auto sentence = told_from(span.begin);
    return sentence != told_.end() && sentence->contains(span);
  }
  std::optional<Span> moved(Span span) {
    const auto out = map_.span(span);
    if (!out && told(span)) lost_ = true;
    return out;
  }
  void move_spans(const std::vector<Span>& spans, std::vector<Span>& out) {
    out.clear();
    for (const Span span : spans) {
      if (const auto there = moved(span)) out.push_back(*there);
    }
    std::sort(out.begin(), out.end());
  }
  void move_content(Span content, std::vector<Span>& out);
  std::optional<Span> move_evidence(Span evidence);
  bool is_mark(std::uint32_t at) const {
    return !is_letter(from_.text[at]) && !is_digit(from_.text[at]);
  }
  static void keep_known(std::vector<std::string>& ids, const std::set<std::string>& known) {
    std::erase_if(ids, [&](const std::string& id) { return !known.contains(id); });
  }

  const Record& coded_;
  Record out_;
  Side from_;
  Side to_;
  CharacterMap map_;
  std::vector<Span> told_;                // sentences of the coded text
  std::vector<std::uint32_t> sentences_;  // of the coded text: where each begins in the reprint
  std::size_t own_words_ = 0;             // of the reprint
  bool lost_ = false;
};

/// `word` is the first word at or behind the sentence; it is moved behind it.
std::optional<Span> Carrier::sentence_there(Span sentence, std::size_t& word) const {
  while (word < from_.words.size() && from_.words[word].begin < sentence.begin) ++word;
  const std::size_t first = word;
  while (word < from_.words.size() && from_.words[word].end <= sentence.end) ++word;
  if (first == word || map_.word(first) == nowhere) return std::nullopt;
  for (std::size_t i = first; i < word; ++i) {
    if (map_.word(i) != map_.word(first) + (i - first)) return std::nullopt;
  }
  const std::uint32_t there_first = map_.word(first);
  const std::uint32_t there_last = map_.word(word - 1);
  Span out{to_.words[there_first].begin, to_.words[there_last].end};
  while (out.begin > to_.gap_begin(there_first) && !blank_or_line(to_.text[out.begin - 1])) --out.begin;
  while (out.end < to_.gap_end(there_last) && !blank_or_line(to_.text[out.end])) ++out.end;
  return out;
}

void Carrier::find_sentences() {
  std::vector<Span> there;
  std::size_t word = 0;
  sentences_.assign(coded_.sentences.size(), nowhere);
  std::vector<std::pair<Span, std::size_t>> found;
  for (std::size_t i = 0; i < coded_.sentences.size(); ++i) {
    const auto span = sentence_there(coded_.sentences[i], word);
    if (!span) continue;
    told_.push_back(coded_.sentences[i]);
    found.emplace_back(*span, i);
  }
  std::sort(found.begin(), found.end());
  for (auto& [span, number] : found) {
    if (!there.empty()) span.begin = std::max(span.begin, there.back().end);
    if (span.begin >= span.end) continue;
    there.push_back(span);
    sentences_[number] = span.begin;
  }
  add_own_sentences(there);
  out_.sentences = std::move(there);
}

// What the reprint tells on its own is not coded, but no part of its text is left without a sentence.
void Carrier::add_own_sentences(std::vector<Span>& sentences) {
  std::vector<Span> all;
  std::uint32_t end = 0;
  for (const Span sentence : sentences) {
    add_lines({end, sentence.begin}, all);
    all.push_back(sentence);
    end = sentence.end;
  }
  add_lines({end, to_.size()}, all);
  std::size_t next = 0;
  for (const ComparedWord& word : to_.words) {
    while (next < sentences.size() && sentences[next].end <= word.begin) ++next;
    own_words_ += static_cast<std::size_t>(next == sentences.size() || word.begin < sentences[next].begin);
  }
  sentences = std::move(all);
}

void Carrier::add_lines(Span gap, std::vector<Span>& sentences) const {
  for (std::uint32_t at = gap.begin; at < gap.end;) {
    std::uint32_t end = at;
    while (end < gap.end && to_.text[end] != '\n') ++end;
    Span line{at, end};
    while (line.begin < line.end && blank_or_line(to_.text[line.begin])) ++line.begin;
    while (line.begin < line.end && blank_or_line(to_.text[line.end - 1])) --line.end;
    if (line.begin < line.end) sentences.push_back(line);
    at = end + 1;
  }
}

void Carrier::carry_entities() {
  for (const Entity& entity : coded_.entities) {
    Entity moved_entity = entity;
    moved_entity.mentions.clear();
    for (const Mention& mention : entity.mentions) {
      if (const auto there = moved(mention.span)) moved_entity.mentions.push_back({*there, mention.form});
    }
    if (moved_entity.mentions.empty()) continue;
    std::sort(moved_entity.mentions.begin(), moved_entity.mentions.end(),
              [](const Mention& a, const Mention& b) { return a.span < b.span; });
    out_.entities.push_back(std::move(moved_entity));
  }
  std::stable_sort(out_.entities.begin(), out_.entities.end(), [](const Entity& a, const Entity& b) {
    return a.mentions.front().span.begin < b.mentions.front().span.begin;
  });
}

void Carrier::carry_times() {
  std::set<std::uint32_t> begins;
  for (const Time& time : coded_.times) {
    const auto there = moved(time.span);
    if (!there) continue;
    Time out = time;
    out.span = *there;
    out_.times.push_back(std::move(out));
    begins.insert(there->begin);
  }
  for (Time& time : out_.times) {
    if (!time.anchor) continue;
    const auto there = map_.span({*time.anchor, *time.anchor + 1});
    time.anchor = there && begins.contains(there->begin) ? std::optional(there->begin) : std::nullopt;
  }
  std::stable_sort(out_.times.begin(), out_.times.end(),
                   [](const Time& a, const Time& b) { return a.span < b.span; });
}

// A content may run over sentences of which the reprint has some. Marks at its ends may be other ones.
void Carrier::move_content(Span content, std::vector<Span>& out) {
  if (const auto there = map_.span(content)) return out.push_back(*there);
  for (auto next = told_from(content.begin); next != told_.end() && next->begin < content.end; ++next) {
    const Span sentence = *next;
    Span part{std::max(content.begin, sentence.begin), std::min(content.end, sentence.end)};
    while (part.begin < part.end && is_mark(part.begin) && !map_.span({part.begin, part.begin + 1}))
      ++part.begin;
    while (part.begin < part.end && is_mark(part.end - 1) && !map_.span({part.end - 1, part.end})) --part.end;
    if (part.begin >= part.end) continue;
    if (const auto there = moved(part)) out.push_back(*there);
  }
}

// Of a sentence whose quotation marks are other ones, the longest piece between them.
std::optional<Span> Carrier::move_evidence(Span evidence) {
  if (const auto there = map_.span(evidence)) return there;
  if (!told(evidence)) return std::nullopt;
  Span best;
  Span piece{evidence.begin, evidence.begin};
  for (std::uint32_t at = evidence.begin; at < evidence.end; ++at) {
    const bool here = map_.span({at, at + 1}).has_value();
    if (!here && !is_mark(at)) return moved(evidence);
    const bool blank = piece.begin == piece.end && is_space(from_.text[at]);
    if (here && !blank && (piece.begin == piece.end || map_.span({at - 1, at + 1}))) {
      piece.end = at + 1;
    } else {
      piece = here && !blank ? Span{at, at + 1} : Span{at + 1, at + 1};
    }
    if (piece.size() > best.size()) best = piece;
  }
  return moved(best);
}

void Carrier::carry_statements() {
  for (const Statement& statement : coded_.statements) {
    Statement out = statement;
    out.content.clear();
    for (const Span content : statement.content) move_content(content, out.content);
    if (out.content.empty()) continue;
    std::sort(out.content.begin(), out.content.end());
    move_spans(statement.cue, out.cue);
    if (out.speaker && out.speaker->span) out.speaker->span = moved(*out.speaker->span);
    out_.statements.push_back(std::move(out));
  }
  std::stable_sort(out_.statements.begin(), out_.statements.end(),
                   [](const Statement& a, const Statement& b) {
                     return a.content.front().begin < b.content.front().begin;
                   });
}

void Carrier::carry_events() {
  for (const Event& event : coded_.events) {
    const std::uint32_t begin = event.sentence < sentences_.size() ? sentences_[event.sentence] : nowhere;
    if (begin == nowhere) continue;
    Event out = event;
    move_spans(event.trigger, out.trigger);
    if (out.trigger.size() != event.trigger.size()) continue;
    const auto sentence = std::lower_bound(out_.sentences.begin(), out_.sentences.end(), begin,
                                           [](Span span, std::uint32_t at) { return span.begin < at; });
    out.sentence = static_cast<std::uint32_t>(sentence - out_.sentences.begin());
    out_.events.push_back(std::move(out));
  }
  std::stable_sort(out_.events.begin(), out_.events.end(), [](const Event& a, const Event& b) {
    return a.trigger.front().begin < b.trigger.front().begin;
  });
}

void Carrier::carry_plans() {
  for (const Plan& plan : coded_.plans) {
    Plan out = plan;
    out.history.clear();
    for (const PlanStep& step : plan.history) {
      const auto there = move_evidence(step.evidence);
      if (!there) continue;
      out.history.push_back(step);
      out.history.back().evidence = *there;
    }
    if (!out.history.empty()) out_.plans.push_back(std::move(out));
  }
}

void Carrier::drop_dead_links() {
  std::set<std::string> entities;
  std::set<std::string> plans;
  std::set<std::string> statements;
  std::set<std::string> events;
  for (const Entity& entity : out_.entities) entities.insert(entity.id);
  for (const Plan& plan : out_.plans) plans.insert(plan.id);
  for (const Statement& statement : out_.statements) statements.insert(statement.id);
  // An event of nobody any more is none; one that named nobody in the first place stays.
  std::erase_if(out_.events, [&](Event& event) {
    const bool somebody = !event.actor.empty() || !event.recipient.empty();
    keep_known(event.actor, entities);
    keep_known(event.recipient, entities);
    return somebody && event.actor.empty() && event.recipient.empty();
  });
  for (Event& event : out_.events) {
    events.insert(event.id);
    if (!plans.contains(event.plan)) event.plan.clear();
    if (!statements.contains(event.said_by)) event.said_by.clear();
  }
  for (Plan& plan : out_.plans) {
    keep_known(plan.parties, entities);
    for (PlanStep& step : plan.history) {
      if (!statements.contains(step.said_by)) step.said_by.clear();
    }
  }
  for (Statement& statement : out_.statements) {
    keep_known(statement.events, events);
    if (!entities.contains(statement.addressee)) statement.addressee.clear();
    if (!statements.contains(statement.within)) statement.within.clear();
    if (!statement.speaker) continue;
    keep_known(statement.speaker->also, entities);
    if (!entities.contains(statement.speaker->entity)) statement.speaker->entity.clear();
    if (*statement.speaker == Speaker{}) statement.speaker.reset();
  }
}

void Carrier::carry_warnings() {
  for (const Warning& warning : coded_.warnings) {
    if (!warning.placed) continue;
    const auto there = map_.span({warning.begin, warning.end});
    if (!there) continue;
    Warning out = warning;
    out.begin = there->begin;
    out.end = there->end;
    if (std::find(out_.warnings.begin(), out_.warnings.end(), out) == out_.warnings.end()) {
      out_.warnings.push_back(std::move(out));
    }
  }
  out_.warnings.push_back(
      {"reprint", false, 0, 0, "coded once, as \"" + coded_.id + "\"; carried from there"});
}

}  // namespace

std::optional<Record> carry_record(const Record& coded, const Record& reprint) {
  return Carrier(coded, reprint).carry();
}

}  // namespace polybius
