// Finds the quotations of a text from its marks, whatever their form, and says which marks are missing.
#include <algorithm>

#include "language/language.h"

namespace polybius {
namespace {

enum class Side { open, close, either };

struct Mark {
  std::uint32_t at = 0;
  std::uint32_t length = 1;
  Side side = Side::either;
};

bool is_apostrophe(char32_t sign) {
  return sign == U'\'' || sign == U'\u2019';
}

/// The side that a neutral mark faces, from what stands beside it.
Side facing(const Text& text, std::uint32_t at, std::uint32_t length) {
  const char32_t before = at == 0 ? U' ' : text.at(at - 1);
  const char32_t after = at + length >= text.size() ? U' ' : text.at(at + length);
  const bool free_before =
      is_space(before) || before == U'(' || before == U'[' || before == U'\u2014' || before == U'-';
  const bool free_after = is_space(after);
  if (free_before && !free_after) return Side::open;
  if (!free_before) return Side::close;
  return Side::either;
}

/// The double mark that stands at an offset; length 0 if there is none.
Mark double_mark_at(const Text& text, std::uint32_t at) {
  const char32_t sign = text.at(at);
  const char32_t next = at + 1 < text.size() ? text.at(at + 1) : U' ';
  if ((sign == U'\'' && next == U'\'') || (sign == U'\u2019' && next == U'\u2019')) {
    return {at, 2, facing(text, at, 2)};
  }
  if ((sign == U'`' && next == U'`') || (sign == U'\u2018' && next == U'\u2018')) return {at, 2, Side::open};
  if (!is_double_quote(sign)) return {at, 0, Side::either};
  switch (sign) {
    case U'\u201E':
    case U'\u00AB':
    case U'\u2039':
      return {at, 1, Side::open};
    case U'\u00BB':
    case U'\u203A':
      return {at, 1, Side::close};
    case U'\u201C':
    case U'\u201D': {
      const Side place = facing(text, at, 1);
      // German and mended texts close with the opening form: the neighbours decide where they are plain.
      if (place == Side::either) return {at, 1, sign == U'\u201C' ? Side::open : Side::close};
      return {at, 1, place};
    }
    default:
      return {at, 1, facing(text, at, 1)};
  }
}

std::vector<Mark> double_marks(const Text& text, std::uint32_t begin, std::uint32_t end) {
  std::vector<Mark> marks;
  for (std::uint32_t at = begin; at < end;) {
    const Mark mark = double_mark_at(text, at);
    if (mark.length != 0) marks.push_back(mark);
    at += std::max(mark.length, 1U);
  }
  return marks;
}

bool opens_single(const Text& text, std::uint32_t at, std::uint32_t begin) {
  const char32_t sign = text.at(at);
  if (sign != U'\u2018' && sign != U'\'') return false;
  if (at > begin && !is_space(text.at(at - 1)) && text.at(at - 1) != U'(') return false;
  return at + 1 < text.size() && is_letter(text.at(at + 1));
}

/// Whether an apostrophe may close: nothing of a word follows it.
bool closes_single(const Text& text, std::uint32_t at) {
  return is_apostrophe(text.at(at)) && (at + 1 >= text.size() || !is_letter(text.at(at + 1)));
}

/// Quotations set off by single marks between two offsets without double ones.
void add_single(const Text& text, std::uint32_t begin, std::uint32_t end, std::vector<Quotation>& out) {
  for (std::uint32_t at = begin; at < end; ++at) {
    if (!opens_single(text, at, begin)) continue;
    std::uint32_t close = 0;
    for (std::uint32_t i = at + 2; i < end && !(close == 0 && opens_single(text, i, begin)); ++i) {
      if (!closes_single(text, i)) continue;
      const bool plural = lower_of(text.at(i - 1)) == U's';
      if (close == 0 || !plural) close = i;
      if (!plural) break;
    }
    if (close == 0) continue;
    out.push_back({{at, close + 1}, true, true, false, true});
    at = close;
  }
}

/// Pairs the marks of a paragraph. `goes_on`: the next paragraph begins with an opening mark.
void pair_marks(const Text& text, std::uint32_t begin, std::uint32_t end, bool goes_on,
                std::vector<Quotation>& out) {
  const std::vector<Mark> marks = double_marks(text, begin, end);
  const Mark* open = nullptr;
  std::uint32_t free_from = begin;
  const auto add = [&](std::uint32_t from, std::uint32_t to, bool opened, bool closed) {
    if (from < to) out.push_back({{from, to}, opened, closed, false, false});
  };
  for (const Mark& mark : marks) {
    const bool opens = mark.side == Side::open || (mark.side == Side::either && open == nullptr);
    if (opens) {
      if (open != nullptr) {
        add(open->at, mark.at, true, false);
      } else {
        add_single(text, free_from, mark.at, out);
      }
      open = &mark;
    } else if (open != nullptr) {
      add(open->at, mark.at + mark.length, true, true);
      open = nullptr;
    } else {
      add(free_from, mark.at + mark.length, false, true);
    }
    free_from = mark.at + mark.length;
  }
  if (open == nullptr) {
    add_single(text, free_from, end, out);
    return;
  }
  add(open->at, end, true, false);
  out.back().goes_on = goes_on;
}

}  // namespace

std::vector<Quotation> find_quotations(const Analysis& analysis) {
  const Text& text = analysis.text;
  std::vector<Quotation> out;
  std::uint32_t begin = 0;
  while (begin < text.size()) {
    std::uint32_t end = begin;
    while (end < text.size() && text.at(end) != U'\n') ++end;
    std::uint32_t next = end;
    while (next < text.size() && is_space(text.at(next))) ++next;
    const Mark following = next < text.size() ? double_mark_at(text, next) : Mark{0, 0, Side::either};
    pair_marks(text, begin, end, following.length != 0 && following.side != Side::close, out);
    begin = std::max(next, end + 1);
  }
  std::erase_if(out, [&](Quotation& quotation) {  // white space at the edges is no part of it
    while (quotation.span.begin < quotation.span.end && is_space(text.at(quotation.span.begin)))
      ++quotation.span.begin;
    while (quotation.span.end > quotation.span.begin && is_space(text.at(quotation.span.end - 1)))
      --quotation.span.end;
    return quotation.span.size() < 2;
  });
  std::ranges::sort(out, {}, [](const Quotation& quotation) { return quotation.span; });
  return out;
}

}  // namespace polybius
