// Cues of speech and thought with their source and content, as the files of this room pass them on.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "language/language.h"
#include "polybius/record.h"
#include "statements/statements.h"

namespace polybius {

/// A cue and what the tree and the quotation marks put beside it.
struct Frame {
  std::uint32_t head = 0;  ///< the cue's head token
  bool attitude = false;
  bool inverted = false;                  ///< the content stands before: "X, he said"
  std::vector<std::uint32_t> cue;         ///< tokens, text order
  int subject = -1;                       ///< the head token of the source; -1 if none is named
  std::optional<Span> source;             ///< its span, where the model has told it
  std::vector<Span> content;              ///< text order
  int addressee = -1;                     ///< head token
  bool spoken = false;                    ///< in the speaker's words without marks: "WEISS: We are ready."
  bool quoted = false;                    ///< some quotation belongs to the content
  std::vector<std::uint32_t> quotations;  ///< those, indices
};

/// All that the room knows while it works on one document.
struct Hearing {
  const Analysis& analysis;
  std::span<const Entity> entities;
  const Lexicon& lexicon;
  const BorderModel& borders;
  std::vector<Quotation> quotations;
  std::vector<int> quotation_of;       ///< by token, -1 if outside
  std::vector<bool> trusted;           ///< by quotation: the marks can be as meant
  std::vector<bool> claimed;           ///< by quotation: it belongs to a frame
  std::vector<std::uint32_t> segment;  ///< by token: sentences, cut also where a quotation ends one
  std::vector<std::vector<std::pair<std::uint32_t, std::uint32_t>>>
      mentions_at;  ///< by token: length, entity
  std::vector<Frame> frames;
};

/// Fills `mentions_at`.
void index_mentions(Hearing& hearing);
/// Fills `segment`: "... recover.” Despite this, ..." are two sentences, though the splitter saw one.
void cut_segments(Hearing& hearing);
/// Finds cues with content by the tree: clauses, infinitives, objects, what a parenthesis stands in.
void find_frames(Hearing& hearing);
/// Widens contents to the quotations that they touch and gives quotations without a cue to a speaker nearby.
void attach_quotations(Hearing& hearing);
/// Lets the model's tags decide where it has them: cues, sources and contents are its spans, joined over
/// sentences and quotations; frames of the rules stay where the model has none, in contents and beside them.
void hear_frames(Hearing& hearing);
struct BorderChoice;
/// All of it in order: cues, contents, their borders. `choices`, if not null, takes all borders that were
/// weighed.
void hear_all(Hearing& hearing, std::vector<Warning>& warnings, std::vector<BorderChoice>* choices);
/// Says which quotation marks cannot be as meant, and marks them as not trusted.
void judge_quotations(Hearing& hearing, std::vector<Warning>& warnings);

/// The span of the noun phrase that names the source: "Anna Weiss, the minister", without what merely
/// follows.
Span source_span(const Analysis& analysis, std::uint32_t subject);
/// The entities that a noun phrase names at its head and its conjuncts, in text order.
std::vector<std::string> entities_at(const Hearing& hearing, std::uint32_t head);
/// Whether there is no letter, digit or line end in `[begin, end)`.
bool only_signs(const Analysis& analysis, std::uint32_t begin, std::uint32_t end);
bool crosses_paragraph(const Analysis& analysis, std::uint32_t begin, std::uint32_t end);
/// Adds a span to others; those that overlap or have only signs between them become one.
void add_span(const Analysis& analysis, std::vector<Span>& spans, Span added);
/// Spans of tokens, joined where nothing or only white space lies between; `tokens` in text order.
std::vector<Span> runs_of(const Analysis& analysis, const std::vector<std::uint32_t>& tokens);

}  // namespace polybius
