// Lets quotation marks widen, give and limit contents, and says where they cannot be as meant.
#include <algorithm>
#include <utility>

#include "statements/frames.h"
#include "text/text.h"

namespace polybius {

bool only_signs(const Analysis& analysis, std::uint32_t begin, std::uint32_t end) {
  for (std::uint32_t at = begin; at < end; ++at) {
    if (is_letter(analysis.text.at(at)) || is_digit(analysis.text.at(at)) || analysis.text.at(at) == U'\n')
      return false;
  }
  return true;
}

bool crosses_paragraph(const Analysis& analysis, std::uint32_t begin, std::uint32_t end) {
  for (std::uint32_t at = begin; at < end; ++at) {
    if (analysis.text.at(at) == U'\n') return true;
  }
  return false;
}

void add_span(const Analysis& analysis, std::vector<Span>& spans, Span added) {
  spans.push_back(added);
  std::ranges::sort(spans);
  std::vector<Span> out;
  for (const Span span : spans) {
    if (!out.empty() && (span.begin <= out.back().end || only_signs(analysis, out.back().end, span.begin))) {
      out.back().end = std::max(out.back().end, span.end);
    } else {
      out.push_back(span);
    }
  }
  spans = std::move(out);
}

namespace {

std::uint32_t word_count(const Analysis& analysis, Span span) {
  std::uint32_t count = 0;
  for (int token = analysis.token_at(span.begin);
       token >= 0 && token < static_cast<int>(analysis.tokens.size()); ++token) {
    const Token& word = analysis.tokens[static_cast<std::uint32_t>(token)];
    if (word.span.begin >= span.end) break;
    if (word.upos != Upos::PUNCT) ++count;
  }
  return count;
}

void claim(Hearing& hearing, Frame& frame, std::uint32_t number) {
  add_span(hearing.analysis, frame.content, hearing.quotations[number].span);
  frame.quoted = true;
  frame.quotations.push_back(number);
  hearing.claimed[number] = true;
}

/// The stretch of the cue with its source.
Span clause_of(const Hearing& hearing, const Frame& frame) {
  const auto& tokens = hearing.analysis.tokens;
  Span out = tokens[frame.head].span;
  for (const std::uint32_t token : frame.cue)
    out = {std::min(out.begin, tokens[token].span.begin), std::max(out.end, tokens[token].span.end)};
  if (frame.subject >= 0 &&
      tokens[static_cast<std::uint32_t>(frame.subject)].sentence == tokens[frame.head].sentence) {
    const Span source = source_span(hearing.analysis, static_cast<std::uint32_t>(frame.subject));
    out = {std::min(out.begin, source.begin), std::max(out.end, source.end)};
  }
  return out;
}

bool ends_with_comma(const Analysis& analysis, const Quotation& quotation) {
  const std::uint32_t end = quotation.span.end;
  const std::uint32_t signs = end >= 2 && analysis.text.at(end - 1) == analysis.text.at(end - 2) ? 3 : 2;
  const char32_t inside = end >= signs ? analysis.text.at(end - signs) : U' ';
  return inside == U',' || inside == U'?' || inside == U'!' || inside == U'-' || inside == U'\u2014' ||
         analysis.text.at(end) == U',';
}

bool is_nominal(const Token& token) {
  return token.upos == Upos::PROPN || token.upos == Upos::NOUN || token.upos == Upos::PRON;
}

/// The head of the noun phrase that begins at or after `from` and before `until`; -1 if there is none.
int phrase_head(const Analysis& analysis, std::uint32_t from, std::uint32_t until) {
  while (from < until && !is_nominal(analysis.tokens[from])) {
    if (analysis.tokens[from].upos == Upos::VERB) return -1;
    ++from;
  }
  if (from >= until) return -1;
  std::uint32_t noun = from;
  for (int steps = 0; steps < 6; ++steps) {
    const int above = analysis.tokens[noun].head;
    if (above <= static_cast<int>(noun) || above >= static_cast<int>(until) ||
        !is_nominal(analysis.tokens[static_cast<std::uint32_t>(above)]))
      break;
    noun = static_cast<std::uint32_t>(above);
  }
  return static_cast<int>(noun);
}

/// After "...,” what follows is the attribution, whatever the tree says: no content there, and the source
/// beside the cue.
void respect_closing(Hearing& hearing, Frame& frame) {
  const Analysis& analysis = hearing.analysis;
  const std::uint32_t cue = analysis.tokens[frame.head].span.begin;
  for (const std::uint32_t number : frame.quotations) {
    const Quotation& quotation = hearing.quotations[number];
    if (quotation.single || quotation.span.end > cue || !ends_with_comma(analysis, quotation)) continue;
    if (crosses_paragraph(analysis, quotation.span.end, cue)) continue;
    std::vector<Span> kept;
    for (const Span piece : frame.content) {
      const Span before{piece.begin, std::min(piece.end, quotation.span.end)};
      if (before.begin < before.end) kept.push_back(before);
      for (const std::uint32_t other : frame.quotations) {
        const Span span = hearing.quotations[other].span;
        if (span.begin >= quotation.span.end && piece.contains(span)) kept.push_back(span);
      }
    }
    frame.content = std::move(kept);
    frame.inverted = true;
    const auto first = static_cast<std::uint32_t>(analysis.token_at(quotation.span.end - 1)) + 1;
    const bool lost =
        frame.subject < 0 || hearing.quotation_of[static_cast<std::uint32_t>(frame.subject)] >= 0;
    if (lost) frame.subject = phrase_head(analysis, first, frame.head);
    if (lost && frame.subject < 0)
      frame.subject =
          phrase_head(analysis, frame.head + 1,
                      std::min<std::uint32_t>(frame.head + 8,
                                              analysis.sentences[analysis.tokens[frame.head].sentence].last));
    return;
  }
}

/// Takes the quotations that the content touches; a cue inside a quotation stays inside it.
void widen(Hearing& hearing, Frame& frame) {
  const int inside = hearing.quotation_of[frame.head];
  if (inside >= 0) {
    const Span limit = hearing.quotations[static_cast<std::uint32_t>(inside)].span;
    std::vector<Span> kept;
    for (const Span span : frame.content) {
      const Span cut{std::max(span.begin, limit.begin + 1), std::min(span.end, limit.end - 1)};
      if (cut.begin < cut.end && !only_signs(hearing.analysis, cut.begin, cut.end)) kept.push_back(cut);
    }
    frame.content = std::move(kept);
    return;
  }
  if (frame.content.empty()) return;
  const auto end_of = [](const Quotation& quotation) { return quotation.span.end; };
  const auto nearest = std::ranges::upper_bound(hearing.quotations, frame.content.front().begin, {}, end_of);
  for (auto number = static_cast<std::uint32_t>(nearest - hearing.quotations.begin());
       number < hearing.quotations.size(); ++number) {
    if (hearing.quotations[number].span.begin >= frame.content.back().end) break;
    if (!hearing.trusted[number]) continue;
    const Span span = hearing.quotations[number].span;
    const bool touched = std::ranges::any_of(frame.content, [&](Span piece) { return piece.overlaps(span); });
    if (touched && !span.contains(hearing.analysis.tokens[frame.head].span)) claim(hearing, frame, number);
  }
  respect_closing(hearing, frame);
}

/// For a cue that the tree gives no content: the quotation that ends before its clause or begins after it.
void take_neighbour(Hearing& hearing, Frame& frame) {
  const Analysis& analysis = hearing.analysis;
  const Span clause = clause_of(hearing, frame);
  const std::uint32_t end = analysis.sentences[analysis.tokens[frame.head].sentence].span.end;
  const auto end_of = [](const Quotation& quotation) { return quotation.span.end; };
  const auto nearest = std::ranges::upper_bound(hearing.quotations, clause.begin, {}, end_of);
  auto number = static_cast<std::uint32_t>(nearest - hearing.quotations.begin());
  for (number -= number > 0 ? 1 : 0;
       number < hearing.quotations.size() && hearing.quotations[number].span.begin <= end; ++number) {
    if (!hearing.trusted[number] || hearing.claimed[number]) continue;
    const Span span = hearing.quotations[number].span;
    const bool before = span.end <= clause.begin && only_signs(analysis, span.end, clause.begin);
    const bool after =
        span.begin >= clause.end && span.begin <= end && !crosses_paragraph(analysis, clause.end, span.begin);
    if (!before && !after) continue;
    claim(hearing, frame, number);
    frame.inverted = before;
    return;
  }
}

/// A verb with its subject beside a quotation that no cue of the lexicon claims: "..., he quipped".
void add_unlisted_cues(Hearing& hearing) {
  const Analysis& analysis = hearing.analysis;
  for (std::uint32_t number = 0; number < hearing.quotations.size(); ++number) {
    if (!hearing.trusted[number] || hearing.claimed[number] || hearing.quotations[number].single) continue;
    const Span span = hearing.quotations[number].span;
    if (word_count(analysis, span) < 3 || !ends_with_comma(analysis, hearing.quotations[number])) continue;
    const int last = analysis.token_at(span.end - 1);
    for (std::uint32_t token = static_cast<std::uint32_t>(last) + 1;
         token < analysis.tokens.size() && token < static_cast<std::uint32_t>(last) + 6; ++token) {
      const Token& word = analysis.tokens[token];
      if (word.upos != Upos::VERB || hearing.quotation_of[token] >= 0) continue;
      const int subject = analysis.child(token, "nsubj");
      if (subject <= last || crosses_paragraph(analysis, span.end, word.span.begin) ||
          !word.is("VerbForm=Fin"))
        break;
      const Span source = source_span(analysis, static_cast<std::uint32_t>(subject));
      if (!only_signs(analysis, span.end, std::min(source.begin, word.span.begin))) break;
      Frame frame;
      frame.head = token;
      frame.cue = {token};
      frame.subject = subject;
      frame.inverted = true;
      claim(hearing, frame, number);
      hearing.frames.push_back(std::move(frame));
      break;
    }
  }
}

/// "..." - Anna Weiss: a dash and a name up to the end of the paragraph.
void add_dash_signatures(Hearing& hearing) {
  const Analysis& analysis = hearing.analysis;
  for (std::uint32_t number = 0; number < hearing.quotations.size(); ++number) {
    if (hearing.claimed[number] || !hearing.trusted[number]) continue;
    const auto dash =
        static_cast<std::uint32_t>(analysis.token_at(hearing.quotations[number].span.end - 1)) + 1;
    if (dash + 1 >= analysis.tokens.size()) continue;
    const std::string& sign = analysis.tokens[dash].lower;
    if (sign != "-" && sign != "--" && sign != "–" && sign != "—" && sign != "―") continue;
    const Token& name = analysis.tokens[dash + 1];
    if (name.upos != Upos::PROPN ||
        crosses_paragraph(analysis, analysis.tokens[dash].span.end, name.span.begin))
      continue;
    std::uint32_t last = dash + 1;
    while (
        last + 1 < analysis.tokens.size() && last < dash + 14 &&
        !crosses_paragraph(analysis, analysis.tokens[last].span.end, analysis.tokens[last + 1].span.begin)) {
      ++last;
    }
    if (last >= dash + 14) continue;
    Frame frame;
    frame.head = dash;
    frame.cue = {dash};
    frame.subject = phrase_head(analysis, dash + 1, last + 1);
    frame.inverted = true;
    claim(hearing, frame, number);
    hearing.frames.push_back(std::move(frame));
  }
}

/// "WEISS: We are ready." at the start of a paragraph: the rest of it is what she said.
void add_dialogue(Hearing& hearing) {
  const Analysis& analysis = hearing.analysis;
  const auto size = static_cast<std::uint32_t>(analysis.tokens.size());
  const auto breaks_before = [&](std::uint32_t token) {
    return token == 0 || token >= size ||
           crosses_paragraph(analysis, analysis.tokens[token - 1].span.end,
                             analysis.tokens[token].span.begin);
  };
  for (std::uint32_t first = 0; first < size; ++first) {
    if (!breaks_before(first) || analysis.tokens[first].upos != Upos::PROPN) continue;
    std::uint32_t colon = first;
    while (colon < size && colon < first + 5 && analysis.tokens[colon].upos == Upos::PROPN) ++colon;
    if (colon >= size || analysis.tokens[colon].lower != ":" || breaks_before(colon)) continue;
    std::uint32_t last = colon;
    while (!breaks_before(last + 1)) ++last;
    if (last < colon + 3) continue;
    const Span said{analysis.tokens[colon + 1].span.begin, analysis.tokens[last].span.end};
    const bool told = std::ranges::any_of(hearing.frames, [&](const Frame& frame) {
      const Span cue = analysis.tokens[frame.head].span;
      return cue.begin >= analysis.tokens[first].span.begin && cue.end <= said.begin;
    });
    if (told) continue;
    Frame frame;
    frame.head = colon;
    frame.cue = {colon};
    frame.subject = phrase_head(analysis, first, colon);
    frame.content = {said};
    frame.spoken = true;
    for (std::uint32_t number = 0; number < hearing.quotations.size(); ++number) {
      if (said.contains(hearing.quotations[number].span)) hearing.claimed[number] = true;
    }
    hearing.frames.push_back(std::move(frame));
  }
}

/// Whether a quotation after a frame's own goes on with it: nothing but its clause and signs between, or a
/// new sentence.
bool goes_on(const Hearing& hearing, const Frame& frame, Span last, Span next) {
  const Analysis& analysis = hearing.analysis;
  if (crosses_paragraph(analysis, last.end, next.begin)) return false;
  const Span clause = clause_of(hearing, frame);
  const std::uint32_t from =
      std::max(last.end, clause.begin >= last.end && clause.end <= next.begin ? clause.end : last.end);
  if (only_signs(analysis, from, next.begin)) return true;
  const Sentence& sentence = analysis.sentences[analysis.sentence_at(next.begin)];
  const bool opens_sentence = only_signs(analysis, sentence.span.begin, next.begin);
  const std::uint32_t between =
      analysis.sentence_at(next.begin) - analysis.sentence_at(std::max(last.end, clause.end) - 1);
  return opens_sentence && between <= 1;
}

void take_following(Hearing& hearing) {
  std::vector<std::uint32_t> order;
  for (std::uint32_t number = 0; number < hearing.frames.size(); ++number) {
    if (hearing.frames[number].quoted && hearing.quotation_of[hearing.frames[number].head] < 0)
      order.push_back(number);
  }
  std::ranges::sort(order, {}, [&](std::uint32_t number) { return hearing.frames[number].head; });
  for (const std::uint32_t number : order) {
    Frame& frame = hearing.frames[number];
    for (std::uint32_t next = frame.quotations.back() + 1; next < hearing.quotations.size(); ++next) {
      if (hearing.claimed[next] || !hearing.trusted[next]) break;
      const std::uint32_t before = next - 1;
      const bool paragraph = hearing.quotations[before].goes_on;
      if (!paragraph &&
          !goes_on(hearing, frame, hearing.quotations[before].span, hearing.quotations[next].span))
        break;
      claim(hearing, frame, next);
    }
  }
}

/// Quotations of a sentence's length that nobody claims speak for themselves.
void add_bare(Hearing& hearing) {
  const Analysis& analysis = hearing.analysis;
  for (std::uint32_t number = 0; number < hearing.quotations.size(); ++number) {
    const Quotation& quotation = hearing.quotations[number];
    if (hearing.claimed[number] || !hearing.trusted[number] || quotation.single ||
        word_count(analysis, quotation.span) < 4)
      continue;
    const int first = analysis.token_at(quotation.span.begin);
    const Sentence& sentence =
        analysis.sentences[analysis.tokens[static_cast<std::uint32_t>(std::max(first, 0))].sentence];
    const bool opens = only_signs(analysis, sentence.span.begin, quotation.span.begin);
    const char32_t before = quotation.span.begin >= 2 ? analysis.text.at(quotation.span.begin - 2) : U' ';
    if (!opens && before != U':') continue;
    Frame frame;
    frame.head = static_cast<std::uint32_t>(std::max(first, 0));
    claim(hearing, frame, number);
    hearing.frames.push_back(std::move(frame));
  }
}

void warn(Hearing& hearing, std::uint32_t number, std::string message, std::vector<Warning>& warnings) {
  hearing.trusted[number] = false;
  Warning warning;
  warning.code = "scrambled_quotes";
  warning.placed = true;
  warning.begin = hearing.quotations[number].span.begin;
  warning.end = hearing.quotations[number].span.end;
  warning.message = std::move(message);
  warnings.push_back(std::move(warning));
}

/// Whether a quotation ends in its own attribution: "It is over, he said."
bool swallows_attribution(const Hearing& hearing, const Quotation& quotation) {
  const Analysis& analysis = hearing.analysis;
  int last = analysis.token_at(quotation.span.end - 1);
  while (last > 0 && analysis.tokens[static_cast<std::uint32_t>(last)].upos == Upos::PUNCT) --last;
  if (last < 3 || analysis.tokens[static_cast<std::uint32_t>(last)].span.begin <= quotation.span.begin)
    return false;
  const auto cue = static_cast<std::uint32_t>(last);
  const bool speech = std::ranges::any_of(
      hearing.frames, [&](const Frame& frame) { return frame.head == cue && frame.inverted; });
  const int subject = analysis.child(cue, "nsubj");
  if (!speech || subject < 0 || subject + 1 != last || subject < 1) return false;
  const Token& source = analysis.tokens[static_cast<std::uint32_t>(subject)];
  return analysis.tokens[static_cast<std::uint32_t>(subject) - 1].upos == Upos::PUNCT &&
         source.lower != "i" && source.lower != "we" && source.lower != "you";
}

}  // namespace

void judge_quotations(Hearing& hearing, std::vector<Warning>& warnings) {
  hearing.quotations = find_quotations(hearing.analysis);
  hearing.trusted.assign(hearing.quotations.size(), true);
  hearing.claimed.assign(hearing.quotations.size(), false);
  hearing.quotation_of.assign(hearing.analysis.tokens.size(), -1);
  for (std::uint32_t number = 0; number < hearing.quotations.size(); ++number) {
    const Quotation& quotation = hearing.quotations[number];
    if (!quotation.opened) {
      warn(hearing, number, "a closing quotation mark without an opening one", warnings);
    } else if (!quotation.closed && !quotation.goes_on) {
      warn(hearing, number, "an opening quotation mark that never closes", warnings);
    } else if (swallows_attribution(hearing, quotation)) {
      warn(hearing, number, "quotation marks that hold their own attribution", warnings);
    }
    if (!hearing.trusted[number]) continue;
    const int first = hearing.analysis.token_at(quotation.span.begin);
    for (int token = std::max(first, 0); token < static_cast<int>(hearing.analysis.tokens.size()); ++token) {
      const Span span = hearing.analysis.tokens[static_cast<std::uint32_t>(token)].span;
      if (span.begin >= quotation.span.end) break;
      if (quotation.span.contains(span))
        hearing.quotation_of[static_cast<std::uint32_t>(token)] = static_cast<int>(number);
    }
  }
}

void attach_quotations(Hearing& hearing) {
  for (Frame& frame : hearing.frames) widen(hearing, frame);
  for (Frame& frame : hearing.frames) {
    if (frame.content.empty() && frame.subject >= 0 && hearing.quotation_of[frame.head] < 0)
      take_neighbour(hearing, frame);
  }
  std::erase_if(hearing.frames, [](const Frame& frame) { return frame.content.empty(); });
  add_unlisted_cues(hearing);
  add_dash_signatures(hearing);
  take_following(hearing);
  add_dialogue(hearing);
  add_bare(hearing);
}

}  // namespace polybius
