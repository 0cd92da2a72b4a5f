// Puts what the encoder's heads say into the words of a text.
#include <numeric>

#include "language/language.h"
#include "language/mend.h"

namespace polybius {
namespace {

/// Labels of the model in the forms that tokens keep.
class LabelReader {
 public:
  explicit LabelReader(const Encoder& encoder) : encoder_(encoder) {
    for (const auto& label : encoder.labels(Column::upos)) upos_.push_back(upos_of(label).value_or(Upos::X));
  }

  void fill(Token& token, const WordReading& reading) const {
    token.upos = reading.upos < upos_.size() ? upos_[reading.upos] : Upos::X;
    const std::string& feats = label(Column::feats, reading.feats);
    token.feats = feats == "_" ? std::string{} : feats;
    token.lemma = apply_lemma_script(token.form, label(Column::lemma, reading.lemma));
    token.deprel = label(Column::deprel, reading.deprel);
  }

  const std::string& label(Column column, std::uint16_t number) const {
    static const std::string none;
    const auto& labels = encoder_.labels(column);
    return number < labels.size() ? labels[number] : none;
  }

 private:
  const Encoder& encoder_;
  std::vector<Upos> upos_;
};

std::optional<NameKind> name_kind_of(std::string_view label) {
  if (label.ends_with("-PER")) return NameKind::PER;
  if (label.ends_with("-ORG")) return NameKind::ORG;
  if (label.ends_with("-LOC")) return NameKind::LOC;
  if (label.ends_with("-NORP")) return NameKind::NORP;
  return std::nullopt;
}

void add_names(Analysis& analysis, const Sentence& sentence, const SentenceReading& reading,
               const LabelReader& labels) {
  for (std::uint32_t word = 0; word < reading.words.size(); ++word) {
    const std::string& label = labels.label(Column::ner, reading.words[word].ner);
    const auto kind = name_kind_of(label);
    if (!kind) continue;
    const std::uint32_t token = sentence.first + word;
    if (label.starts_with("B-") || analysis.names.empty() || analysis.names.back().last != token) {
      analysis.names.push_back({token, token + 1, *kind});
    } else {
      analysis.names.back().last = token + 1;
    }
  }
}

SaidRole said_role_of(std::string_view label) {
  if (label.ends_with("source")) return SaidRole::source;
  if (label.ends_with("cue")) return SaidRole::cue;
  return label.ends_with("content") ? SaidRole::content : SaidRole::none;
}

void add_said(Analysis& analysis, const Sentence& sentence, const SentenceReading& reading,
              const LabelReader& labels) {
  for (const WordReading& word : reading.words) {
    const std::string& label = labels.label(Column::said, word.said);
    analysis.said.push_back(
        {said_role_of(label), label.starts_with("B-"), word.source, word.cue, word.content});
  }
  for (const WordLink& link : reading.said_links) {
    const SaidRole role = said_role_of(labels.label(Column::said_links, link.role));
    analysis.said_ties.push_back({sentence.first + link.from, sentence.first + link.to, role, link.share});
  }
}

void add_event_words(Analysis& analysis, const Sentence& sentence, const SentenceReading& reading,
                     const LabelReader& labels) {
  auto link = reading.event_links.begin();
  for (const EventReading& event : reading.events) {
    EventWord& word = analysis.event_words.emplace_back();
    word.word = sentence.first + event.word;
    word.share = reading.words[event.word].eventful;
    word.type = labels.label(Column::event, event.event.label);
    word.type_share = event.event.share;
    word.mode = labels.label(Column::mode, event.mode.label);
    word.mode_share = event.mode.share;
    word.status = labels.label(Column::status, event.status.label);
    word.status_share = event.status.share;
    word.happened = event.happened.share;
    for (; link != reading.event_links.end() && link->from == event.word; ++link) {
      const bool recipient = labels.label(Column::event_links, link->role) == "recipient";
      word.parties.push_back({sentence.first + link->to, recipient, link->share});
    }
  }
}

}  // namespace

void read_sentences(Analysis& analysis, std::span<const std::uint32_t> which, const Encoder& encoder,
                    EncoderWorkspace& workspace) {
  std::vector<Encoder::Words> sentences;
  sentences.reserve(which.size());
  for (const std::uint32_t number : which) {
    const Sentence& sentence = analysis.sentences[number];
    Encoder::Words& words = sentences.emplace_back();
    for (std::uint32_t token = sentence.first; token < sentence.last; ++token) {
      words.push_back(analysis.tokens[token].form);
    }
  }
  std::vector<SentenceReading> readings;
  encoder.read(sentences, workspace, readings);

  const LabelReader labels(encoder);
  analysis.names.clear();
  analysis.said.clear();
  analysis.said_ties.clear();
  analysis.event_words.clear();
  const bool reads_said = !encoder.labels(Column::said).empty();
  for (std::size_t number = 0; number < readings.size(); ++number) {
    const Sentence& sentence = analysis.sentences[which[number]];
    const auto& words = readings[number].words;
    for (std::uint32_t word = 0; word < words.size(); ++word) {
      Token& token = analysis.tokens[sentence.first + word];
      labels.fill(token, words[word]);
      token.head = words[word].head < 0 ? -1 : static_cast<int>(sentence.first) + words[word].head;
    }
    add_names(analysis, sentence, readings[number], labels);
    if (reads_said) add_said(analysis, sentence, readings[number], labels);
    add_event_words(analysis, sentence, readings[number], labels);
  }
  if (analysis.said.size() != analysis.tokens.size()) analysis.said.clear();  // by token, or not at all
  link_children(analysis);
  mend_clauses(analysis);
  mend_titles(analysis);
}

void read_words(Analysis& analysis, const Encoder& encoder, EncoderWorkspace& workspace,
                const Lexicon& lexicon) {
  std::vector<std::uint32_t> all(analysis.sentences.size());
  std::iota(all.begin(), all.end(), 0U);
  read_sentences(analysis, all, encoder, workspace);
  match_lexicon(analysis, lexicon);
}

Analysis analyse(Text text, const Encoder& encoder, EncoderWorkspace& workspace, const Lexicon& lexicon) {
  Analysis analysis = segment(std::move(text), lexicon);
  read_words(analysis, encoder, workspace, lexicon);
  return analysis;
}

}  // namespace polybius
