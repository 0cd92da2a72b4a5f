// Puts the steps together: text to blocks, blocks to surface tokens, sentences and words.
#include <algorithm>

#include "language/language.h"
#include "language/paragraphs.h"
#include "language/sentences.h"
#include "language/tokenise.h"
#include "text/text.h"

namespace polybius {
namespace {

std::u32string decode(std::string_view utf8) {
  std::u32string codes;
  codes.reserve(utf8.size());
  for (std::size_t position = 0; position < utf8.size();) codes.push_back(next_code_point(utf8, position));
  return codes;
}

std::string encode(std::u32string_view codes) {
  std::string out;
  out.reserve(codes.size());
  for (const char32_t c : codes) append_utf8(out, c);
  return out;
}

/// Adds the words of one surface token.
void add_words(Analysis& analysis, std::u32string_view codes, Span surface, bool space_after) {
  const std::uint32_t number = analysis.tokens.empty() ? 0 : analysis.tokens.back().surface + 1;
  const std::vector<Span> words = words_of(codes, surface);
  for (const Span word : words) {
    Token token;
    token.span = word;
    token.form = encode(codes.substr(word.begin, word.size()));
    token.lower = lower_utf8(token.form);
    token.sentence = static_cast<std::uint32_t>(analysis.sentences.size());
    token.surface = number;
    token.space_after = word.end == surface.end && space_after;
    analysis.tokens.push_back(std::move(token));
  }
}

void add_block(Analysis& analysis, std::u32string_view codes, const std::vector<Span>& surfaces) {
  const std::vector<bool> ends = sentence_ends(codes, surfaces);
  auto first = static_cast<std::uint32_t>(analysis.tokens.size());
  for (std::size_t i = 0; i < surfaces.size(); ++i) {
    const bool space_after = surfaces[i].end == codes.size() || is_space(codes[surfaces[i].end]);
    add_words(analysis, codes, surfaces[i], space_after);
    if (!ends[i]) continue;
    const auto last = static_cast<std::uint32_t>(analysis.tokens.size());
    analysis.sentences.push_back({{analysis.tokens[first].span.begin, surfaces[i].end}, first, last, {}});
    first = last;
  }
}

}  // namespace

Analysis segment(Text text, const Lexicon& lexicon) {
  Analysis analysis;
  analysis.text = std::move(text);
  const std::u32string codes = decode(analysis.text.utf8());
  const AbbreviationTest is_abbreviation = [&](std::u32string_view form) {
    return is_known_abbreviation(form) || static_cast<bool>(lexicon.find("abbreviations", encode(form)));
  };
  std::vector<Span> surfaces;
  for (const Span block : blocks_of(codes)) {
    surfaces.clear();
    tokenise_line(codes, block, is_abbreviation, surfaces);
    add_block(analysis, codes, surfaces);
  }
  analysis.children.resize(analysis.tokens.size());
  return analysis;
}

Analysis take_sentences(const Analysis& analysis, std::uint32_t first, std::uint32_t last) {
  Analysis taken;
  if (first == last) return taken;
  const auto begin = analysis.sentences.begin() + first;
  const std::uint32_t token = begin->first;
  taken.sentences.assign(begin, analysis.sentences.begin() + last);
  taken.tokens.assign(analysis.tokens.begin() + token, analysis.tokens.begin() + taken.sentences.back().last);
  std::uint32_t from = begin->span.begin;
  std::uint32_t to = begin->span.end;
  for (const Sentence& sentence : taken.sentences) {
    from = std::min(from, sentence.span.begin);
    to = std::max(to, sentence.span.end);
  }
  taken.text = Text(std::string(analysis.text.slice({from, to})));
  for (Sentence& sentence : taken.sentences) {
    sentence.span = {sentence.span.begin - from, sentence.span.end - from};
    sentence.first -= token;
    sentence.last -= token;
    for (KeptLine& kept : sentence.kept) kept.before -= token;
  }
  for (Token& word : taken.tokens) {
    word.span = {word.span.begin - from, word.span.end - from};
    word.sentence -= first;
  }
  return taken;
}

}  // namespace polybius
