// Finds the subject of the cue beside each quotation, for "I" and "the president" inside it.
#include <algorithm>

#include "entities/mentions.h"

namespace polybius {
namespace {

/// The speech head nearest to a quotation among tokens [first, last), outside all quotations; -1 if none.
int nearest_cue(const Reading& reading, const Quotation& quotation, std::uint32_t first, std::uint32_t last) {
  const Analysis& analysis = reading.analysis;
  int best = -1;
  std::uint32_t nearest = UINT32_MAX;
  for (std::uint32_t token = first; token < last && token < analysis.tokens.size(); ++token) {
    if (reading.quotation_of[token] >= 0 || !is_speech_head(analysis, token)) continue;
    const Span span = analysis.tokens[token].span;
    const std::uint32_t gap = span.begin >= quotation.span.end
                                  ? span.begin - quotation.span.end
                                  : quotation.span.begin - std::min(span.end, quotation.span.begin);
    if (gap < nearest && find_subject(analysis, token, false) >= 0) {
      nearest = gap;
      best = static_cast<int>(token);
    }
  }
  return best;
}

}  // namespace

void find_quotation_speakers(Reading& reading) {
  const Analysis& analysis = reading.analysis;
  reading.quotations = find_quotations(analysis);
  // A quotation that is not closed cannot be trusted, unless the next paragraph goes on.
  std::erase_if(reading.quotations,
                [](const Quotation& quotation) { return !quotation.closed && !quotation.goes_on; });
  reading.quotation_of.assign(analysis.tokens.size(), -1);
  std::uint32_t token = 0;
  for (std::size_t number = 0; number < reading.quotations.size(); ++number) {
    const Span span = reading.quotations[number].span;
    while (token < analysis.tokens.size() && analysis.tokens[token].span.begin < span.begin) ++token;
    for (std::uint32_t inside = token;
         inside < analysis.tokens.size() && analysis.tokens[inside].span.end <= span.end; ++inside) {
      reading.quotation_of[inside] = static_cast<int>(number);
    }
  }
  reading.speaker_token_of.assign(reading.quotations.size(), -1);
  for (std::size_t number = 0; number < reading.quotations.size(); ++number) {
    const Quotation& quotation = reading.quotations[number];
    const int begin = analysis.token_at(quotation.span.begin);
    const int end = analysis.token_at(quotation.span.end - 1);
    if (begin < 0 || end < 0) continue;
    const Sentence& opening = analysis.sentences[analysis.tokens[static_cast<std::uint32_t>(begin)].sentence];
    const Sentence& closing = analysis.sentences[analysis.tokens[static_cast<std::uint32_t>(end)].sentence];
    int cue = nearest_cue(reading, quotation, static_cast<std::uint32_t>(end) + 1,
                          std::max(closing.last, static_cast<std::uint32_t>(end) + 7));
    if (cue < 0) cue = nearest_cue(reading, quotation, opening.first, static_cast<std::uint32_t>(begin));
    if (cue >= 0) {
      reading.speaker_token_of[number] = find_subject(analysis, static_cast<std::uint32_t>(cue), false);
    } else if (number > 0) {  // the same one goes on
      reading.speaker_token_of[number] = reading.speaker_token_of[number - 1];
    }
  }
}

}  // namespace polybius
