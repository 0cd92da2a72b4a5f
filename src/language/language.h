// Text to sentences, tokens, trees and names; what a text says of itself, read once for all stages.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "encoder/encoder.h"
#include "lexicon/lexicon.h"
#include "polybius/error.h"
#include "polybius/span.h"
#include "text/text.h"

namespace polybius {

/// Universal part of speech (UD v2).
enum class Upos : std::uint8_t {
  ADJ,
  ADP,
  ADV,
  AUX,
  CCONJ,
  DET,
  INTJ,
  NOUN,
  NUM,
  PART,
  PRON,
  PROPN,
  PUNCT,
  SCONJ,
  SYM,
  VERB,
  X
};

/// A syntactic word. "don't" is two words ("do", "n't"), each with its own span where the letters can be told
/// apart.
struct Token {
  Span span;
  std::string form;
  std::string lower;
  std::string lemma;
  Upos upos = Upos::X;
  std::string feats;   ///< UD features, "Mood=Ind|Tense=Past"; empty if none
  int head = -1;       ///< index into `Analysis::tokens`; -1 for a root
  std::string deprel;  ///< with subtype, "nsubj:pass"
  std::uint32_t sentence = 0;
  std::uint32_t surface = 0;  ///< words of one surface token share it (multi-word tokens)
  bool space_after = true;

  /// Whether `feats` has a feature: `token.is("Tense=Past")`.
  bool is(std::string_view feature) const;
  /// Whether the relation is `name`, or `name:...`.
  bool depends_as(std::string_view name) const;
};

/// A line of CoNLL-U that is kept as it was: a comment, or an empty node ("8.1 ...").
struct KeptLine {
  std::uint32_t before = 0;  ///< index of the token that it stands before
  std::string line;
};

struct Sentence {
  Span span;
  std::uint32_t first = 0;     ///< first token
  std::uint32_t last = 0;      ///< one past the last
  std::vector<KeptLine> kept;  ///< only what `read_conllu` met
};

enum class NameKind : std::uint8_t { PER, ORG, LOC, NORP };

/// A name that the model found: tokens `[first, last)`.
struct Name {
  std::uint32_t first = 0;
  std::uint32_t last = 0;
  NameKind kind = NameKind::PER;
};

/// A word's part in a statement as the model tags it; `begins`: a span begins here.
enum class SaidRole : std::uint8_t { none, source, cue, content };
struct SaidWord {
  SaidRole role = SaidRole::none;
  bool begins = false;
  std::uint16_t source = 0;  ///< shares per mille, like all of the model's shares here
  std::uint16_t cue = 0;
  std::uint16_t content = 0;
};

/// From a cue's word to a word of its sentence that belongs to its source or content.
struct SaidTie {
  std::uint32_t cue = 0;
  std::uint32_t word = 0;
  SaidRole role = SaidRole::source;
  std::uint16_t share = 0;
};

/// A head word of one who acts in an event, or at whom it is aimed.
struct EventParty {
  std::uint32_t word = 0;
  bool recipient = false;
  std::uint16_t share = 0;
};

/// A word that may name an event, as the model sees it; each says how sure it is, nothing is decided here.
struct EventWord {
  std::uint32_t word = 0;
  std::uint16_t share = 0;       ///< how likely it names an event at all
  std::string type;              ///< PLOVER's
  std::uint16_t type_share = 0;  ///< of all labels, "no event" among them
  std::string mode;              ///< "-": none
  std::uint16_t mode_share = 0;
  std::string status;
  std::uint16_t status_share = 0;
  std::uint16_t happened = 0;  ///< that it happened by what readers of such words said
  std::vector<EventParty> parties;
};

/// A rule of the lexicon whose pattern matches at a head. `tokens`: what each word of the pattern met, head
/// included, in text order.
struct RuleMatch {
  std::uint32_t head = 0;
  std::uint32_t rule = 0;  ///< index into the lexicon's rules of that table
  std::vector<std::uint32_t> tokens;
};

/// One document as read; offsets are code points into `text`. A stage takes it by const reference and nothing
/// changes it.
struct Analysis {
  Text text;
  std::vector<Sentence> sentences;
  std::vector<Token> tokens;
  std::vector<std::vector<std::uint32_t>> children;  ///< by token, in text order
  std::vector<Name> names;                           ///< text order, disjoint
  std::vector<SaidWord> said;             ///< by token; empty if the model does not read attributions
  std::vector<SaidTie> said_ties;         ///< by cue, then source before content, then word
  std::vector<EventWord> event_words;     ///< text order; empty if the model does not read events
  std::vector<NameMatch> matches;         ///< names of the lexicon in the text, text order; may overlap
  std::vector<RuleMatch> event_matches;   ///< by head, most words first, then the later row first
  std::vector<RuleMatch> status_matches;  ///< likewise
  std::vector<RuleMatch> plan_matches;    ///< likewise
  std::vector<RuleMatch> speech_matches;  ///< likewise

  /// The child of `token` with that relation (subtypes count), or -1.
  int child(std::uint32_t token, std::string_view deprel) const;
  /// The span from the first to the last token below `token`, itself included.
  Span subtree(std::uint32_t token) const;
  /// The tokens below `token`, itself included, in text order.
  std::vector<std::uint32_t> subtree_tokens(std::uint32_t token) const;
  /// The token that holds the code point, or the last one that begins before it; -1 if there is none.
  int token_at(std::uint32_t offset) const;
  std::uint32_t sentence_at(std::uint32_t offset) const;
  std::string_view words(std::uint32_t first,
                         std::uint32_t last) const;  ///< the text of tokens [first, last)
};

/// Fills `children` from the heads. Cost: linear.
void link_children(Analysis& analysis);

/// The matches of a list whose head is that token, by index [first, second).
std::pair<std::uint32_t, std::uint32_t> matches_at(const std::vector<RuleMatch>& matches, std::uint32_t head);

/// Fills `matches` and the rule matches from trees and lemmas. Cost: linear in tokens.
void match_lexicon(Analysis& analysis, const Lexicon& lexicon);

/// Reads a text: sentences, words, tags, lemmas, trees and names, and what the lexicon finds in them.
/// Errors: none, whatever the text. Threads: each with its own workspace. Cost: linear in sentences, square
/// within one.
Analysis analyse(Text text, const Encoder& encoder, EncoderWorkspace& workspace, const Lexicon& lexicon);
/// The same for words and sentences that are given; tags, trees and names that it had are overwritten.
void read_words(Analysis& analysis, const Encoder& encoder, EncoderWorkspace& workspace,
                const Lexicon& lexicon);

/// Reads only some sentences (ascending) of a text that `segment` has split; the others keep no trees.
/// Matches of the lexicon are left out. Cost: linear in the sentences read.
void read_sentences(Analysis& analysis, std::span<const std::uint32_t> which, const Encoder& encoder,
                    EncoderWorkspace& workspace);

/// Splits a text into sentences and words, without trees or names (`upos` X, no heads).
Analysis segment(Text text, const Lexicon& lexicon);

/// Reads CoNLL-U; text and spans are rebuilt from the forms and SpaceAfter, paragraphs from newpar and
/// newdoc. Tags, trees and `NER=` are read where they are there; a head that is no number, lies outside or
/// makes a circle becomes a root. Errors: E-CNL-01 with the line.
Result<Analysis> read_conllu(std::string_view conllu, const Lexicon& lexicon);
/// Writes CoNLL-U; kept lines stand where they stood, a sentence without any gets `sent_id`, counted from
/// `number`, and `text`.
std::string write_conllu(const Analysis& analysis, std::uint32_t number = 1);

/// Sentences [first, last) with their words and text as an analysis of their own, to be read apart; trees
/// and names are not taken along. Cost: linear in what is taken.
Analysis take_sentences(const Analysis& analysis, std::uint32_t first, std::uint32_t last);

/// The token that is the subject of a verb, a noun or an adjective, though another verb may bear it ("said
/// and added", "refused to say", "a man saying"); -1 if there is none. A passive subject counts only if
/// `passive`.
int find_subject(const Analysis& analysis, std::uint32_t token, bool passive = true);

/// A stretch that quotation marks set off, as far as they can be trusted. Never crosses a paragraph.
struct Quotation {
  Span span;             ///< marks included
  bool opened = true;    ///< has its opening mark
  bool closed = true;    ///< has its closing mark
  bool goes_on = false;  ///< not closed because the next paragraph opens again
  bool single = false;   ///< set off by single marks
};

/// The quotations of a text, in text order, disjoint; doubled apostrophes and grave accents count as double
/// marks. Cost: linear in the text.
std::vector<Quotation> find_quotations(const Analysis& analysis);

/// The subject of a verb or predicate, as it stands or as understood (shared, controlled, relative); -1 if
/// there is none.
int subject_of(const Analysis& analysis, std::uint32_t token);
/// The noun that a relative pronoun stands for: the one its clause hangs on; -1 if there is none.
int antecedent_of(const Analysis& analysis, std::uint32_t pronoun);
/// The object of a verb (the subject of a passive), relative and participial ones too; -1 if there is none.
int object_of(const Analysis& analysis, std::uint32_t token);
/// Whether the verb is passive: "was attacked", "the soldiers attacked by".
bool is_passive_verb(const Analysis& analysis, std::uint32_t token);
/// The word before a phrase or clause that binds it, lower case, fixed ones whole: "with", "ahead of", "if";
/// empty if none.
std::string marker_of(const Analysis& analysis, std::uint32_t token);
/// The verb that lends a noun its tense and subject ("held talks"), with its row of `light_verbs`; -1 if
/// there is none.
struct LightVerb {
  int token = -1;
  Row row;
};
LightVerb light_verb_over(const Analysis& analysis, std::uint32_t noun, const Lexicon& lexicon);

/// What became of what a word tells of, by tense, modality, negation and the cues that govern it.
struct WordStatus {
  Status status = Status::occurred;
  std::vector<std::uint32_t>
      cues;  ///< indices into `status_matches` that decided, nearest first; none: the words alone
  std::vector<std::uint32_t> words;  ///< tokens that decided (auxiliaries, negations, conjunctions)
};
/// Cost: linear in the depth of the tree. Source: the status guidelines in docs/lexicons.md.
WordStatus status_of_word(const Analysis& analysis, std::uint32_t token, const Lexicon& lexicon);
/// The status of a cue's own word; a negation that its pattern asks for ("not rule out") is part of the cue.
WordStatus status_of_cue(const Analysis& analysis, std::uint32_t cue, const Lexicon& lexicon);
/// The cues that govern a word, as indices into `status_matches`; nearest first.
std::vector<std::uint32_t> cues_over(const Analysis& analysis, std::uint32_t token, const Lexicon& lexicon);

std::string_view name_of(Upos upos);
std::optional<Upos> upos_of(std::string_view name);
std::string_view name_of(NameKind kind);

}  // namespace polybius
