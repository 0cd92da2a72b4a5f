// Pieces of the article as a brief quotes them.
#include "brief/quotes.h"

#include <algorithm>

namespace polybius {
namespace {

/// Moves `begin` forward to the start of a word, but not beyond `limit`.
std::uint32_t word_start(const Text& text, std::uint32_t begin, std::uint32_t limit) {
  for (std::uint32_t at = begin; at < limit; ++at) {
    if (is_space(text.at(at))) return at + 1;
  }
  return begin;
}

/// Moves `end` back to the end of a word, but not before `limit`.
std::uint32_t word_end(const Text& text, std::uint32_t end, std::uint32_t limit) {
  for (std::uint32_t at = end; at > limit; --at) {
    if (is_space(text.at(at - 1))) return at - 1;
  }
  return end;
}

/// The window of `limit` code points in which the hits stand, a third of the rest before them.
Span window_around(const Text& text, Span sentence, Span hits, std::uint32_t limit) {
  if (sentence.size() <= limit) return sentence;
  const std::uint32_t spare = hits.size() < limit ? limit - hits.size() : 0;
  std::uint32_t begin = hits.begin - std::min(hits.begin - sentence.begin, spare / 3);
  const std::uint32_t end = std::min(sentence.end, begin + limit);
  begin = std::max(sentence.begin, end - std::min(end, limit));
  Span window{begin, end};
  if (window.begin > sentence.begin)
    window.begin = word_start(text, window.begin, std::min(hits.begin, window.end));
  if (window.end < sentence.end)
    window.end = word_end(text, window.end, std::min(std::max(hits.end, window.begin), window.end));
  return window;
}

/// Appends `piece` with each stretch of white space as one blank; `open` is whether a blank is due before the
/// next word.
void append_words(std::vector<Run>& runs, std::string_view piece, Run::Kind kind, bool& due) {
  std::string words;
  for (std::size_t at = 0; at < piece.size();) {
    const std::size_t from = at;
    if (is_space(next_code_point(piece, at))) {
      due = true;
      continue;
    }
    if (due && !(runs.empty() && words.empty())) words += ' ';
    due = false;
    words += piece.substr(from, at - from);
  }
  if (words.empty()) return;
  if (kind != Run::Kind::plain &&
      words.front() == ' ') {  // the blank before it is not part of what is set off
    runs.push_back({" ", Run::Kind::plain});
    words.erase(0, 1);
  }
  runs.push_back({std::move(words), kind});
}

Span clipped(Span span, Span to) {
  const std::uint32_t begin = std::clamp(span.begin, to.begin, to.end);
  return {begin, std::clamp(span.end, begin, to.end)};
}

bool is_quotation_mark(char32_t code_point) {
  return is_double_quote(code_point) || is_single_quote(code_point);
}

}  // namespace

std::string one_line(std::string_view text) {
  std::vector<Run> runs;
  bool due = false;
  append_words(runs, text, Run::Kind::plain, due);
  return runs.empty() ? std::string() : std::move(runs.front().text);
}

std::vector<Run> quote_of(const Text& text, Span sentence, const std::vector<Span>& hits,
                          std::uint32_t limit) {
  const Span whole{0, text.size()};
  sentence = clipped(sentence, whole);
  std::vector<Span> inside;
  for (const Span hit : hits) {
    const Span part = clipped(hit, whole);
    if (part.begin < part.end && (inside.empty() || part.begin >= inside.back().end)) inside.push_back(part);
  }
  if (!inside.empty()) {  // what decided may reach over the sentence
    sentence.begin = std::min(sentence.begin, inside.front().begin);
    sentence.end = std::max(sentence.end, inside.back().end);
  }
  const Span all =
      inside.empty() ? Span{sentence.begin, sentence.begin} : Span{inside.front().begin, inside.back().end};
  const Span window = window_around(text, sentence, all, limit);
  std::vector<Run> runs;
  bool due = false;
  std::uint32_t at = window.begin;
  for (const Span hit : inside) {
    const Span seen = clipped(hit, window);
    if (seen.begin >= seen.end) continue;
    append_words(runs, text.slice({at, seen.begin}), Run::Kind::plain, due);
    append_words(runs, text.slice(seen), Run::Kind::hit, due);
    at = seen.end;
  }
  append_words(runs, text.slice({at, window.end}), Run::Kind::plain, due);
  if (window.begin > sentence.begin) runs.insert(runs.begin(), {"… ", Run::Kind::plain});
  if (window.end < sentence.end) runs.push_back({" …", Run::Kind::plain});
  return runs;
}

Span without_dateline(const Text& text, Span sentence) {
  constexpr std::uint32_t longest = 60;
  sentence = clipped(sentence, {0, text.size()});
  std::uint32_t capitals = 0;
  while (sentence.begin + capitals < sentence.end && is_upper(text.at(sentence.begin + capitals))) ++capitals;
  if (capitals < 3) return sentence;
  const std::uint32_t end = std::min(sentence.end, sentence.begin + longest);
  for (std::uint32_t at = sentence.begin; at + 2 < end; ++at) {
    const char32_t dash = text.at(at + 1);
    const bool set_off = text.at(at) == ' ' && text.at(at + 2) == ' ';
    if (set_off && (dash == U'\u2014' || dash == U'\u2013' || dash == U'-')) return {at + 3, sentence.end};
  }
  return sentence;
}

Span sentence_around(const Record& record, Span span) {
  const auto after =
      std::upper_bound(record.sentences.begin(), record.sentences.end(), span.begin,
                       [](std::uint32_t begin, Span sentence) { return begin < sentence.begin; });
  if (after == record.sentences.begin()) return span;
  const Span sentence = *std::prev(after);
  return span.begin < sentence.end ? sentence : span;
}

std::string content_of(const Statement& statement, const Text& text) {
  const bool direct = statement.kind == StatementKind::direct;
  std::string content;
  for (const Span piece : statement.content) {
    Span inner = clipped(piece, {0, text.size()});
    const auto outer = [&](std::uint32_t at) {
      return is_space(text.at(at)) || (direct && is_quotation_mark(text.at(at)));
    };
    while (inner.begin < inner.end && outer(inner.begin)) ++inner.begin;
    while (inner.begin < inner.end && outer(inner.end - 1)) --inner.end;
    if (!content.empty()) content += " … ";
    content += one_line(text.slice(inner));
  }
  return direct ? "“" + content + "”" : content;
}

}  // namespace polybius
