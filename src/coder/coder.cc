// The way of a document through the house, stage by stage.
#include "coder/coder.h"

#include <algorithm>

#include "article/article.h"
#include "coder/dates.h"
#include "coder/link.h"
#include "encoder/encoder.h"
#include "entities/entities.h"
#include "events/events.h"
#include "gazetteer/gazetteer.h"
#include "language/language.h"
#include "plans/plans.h"
#include "statements/statements.h"
#include "times/times.h"

namespace polybius {

namespace {

/// What the stages take from the lexicon once for all documents.
struct StageTables {
  EntityTables entities;
  StatementTables statements;
  Judge judge;

  explicit StageTables(const Lexicon& lexicon) : entities(lexicon), statements(lexicon), judge(lexicon) {}
};

}  // namespace

struct Coder::Parts {
  Lexicon lexicon;
  StageTables tables;
  Gazetteer gazetteer;
  Cleaner cleaner;
  Encoder encoder;
  std::optional<PairReader> pairs;
  CoderId id;
};

struct Coder::Worker::Parts {
  std::shared_ptr<const Coder::Parts> coder;
  EncoderWorkspace workspace;
  PairWorkspace pair_workspace;
};

/// Part n: the sentences from `begins[n]` to before `begins[n + 1]`.
struct Coder::Cut::Parts {
  Analysis analysis;
  std::vector<std::uint32_t> begins;

  /// So many words that the encoder's blocks are full and that several threads have something to do.
  static constexpr std::uint32_t kWordsAPart = 1000;

  explicit Parts(Analysis&& cut) : analysis(std::move(cut)), begins(1, 0) {
    std::uint32_t words = 0;
    for (std::uint32_t i = 0; i < analysis.sentences.size(); ++i) {
      words += analysis.sentences[i].last - analysis.sentences[i].first;
      if (words < kWordsAPart && i + 1 < analysis.sentences.size()) continue;
      begins.push_back(i + 1);
      words = 0;
    }
  }
};

namespace {

Record record_of(const Document& document, Article&& article) {
  Record record;
  record.id = document.id;
  record.extra = document.extra;
  record.origin = document.origin;
  if (!article.url.empty()) record.origin.url = std::move(article.url);
  record.title = std::move(article.title);
  record.authors = std::move(article.authors);
  record.language = std::move(article.language);
  record.published = std::move(article.published);
  record.published_by = article.published_by;
  record.text = std::move(article.text);
  record.removed = std::move(article.removed);
  record.warnings = std::move(article.warnings);
  return record;
}

void read_stages(Record& record, const Analysis& analysis, const StageTables& tables, const Lexicon& lexicon,
                 const Gazetteer& gazetteer) {
  const auto published = Date::from_iso(record.published);
  for (const Sentence& sentence : analysis.sentences) record.sentences.push_back(sentence.span);
  record.times = find_times(analysis, lexicon);
  record.entities = find_entities(analysis, published, tables.entities, lexicon, gazetteer, record.warnings);
  record.statements = find_statements(analysis, record.entities, tables.statements, lexicon, record.warnings);
  resolve_times(record.times, analysis, record.statements, published);  // "yesterday" is the speaker's
  record.events =
      find_events(analysis, record.entities, record.times, record.statements, tables.judge, lexicon);
  record.plans =
      follow_plans(analysis, record.entities, record.times, record.statements, record.events, lexicon);
  link(record);  // ids across the fields, nothing else
  date_by_neighbours(record, analysis);
}

}  // namespace

Result<Coder> Coder::open(const CoderOptions& options) {
  Lexicon lexicon = Lexicon::builtin();
  if (!options.lexicons.empty()) {
    auto extended = lexicon.with(options.lexicons);
    if (!extended) return extended.error();
    lexicon = std::move(extended).value();
  }
  auto encoder = Encoder::open(options.model);
  if (!encoder) return encoder.error();
  std::optional<PairReader> pairs;
  if (!options.pairs.empty()) {
    auto opened = PairReader::open(options.pairs, encoder.value());
    if (!opened) return opened.error();
    pairs = std::move(opened).value();
  }
  CoderId id{POLYBIUS_VERSION, encoder.value().name(), lexicon.fingerprint()};
  Cleaner cleaner(lexicon);
  StageTables tables(lexicon);
  return Coder(std::make_shared<const Parts>(
      Parts{std::move(lexicon), std::move(tables), Gazetteer::builtin(), std::move(cleaner),
            std::move(encoder).value(), std::move(pairs), std::move(id)}));
}

Coder::Coder(std::shared_ptr<const Parts> parts) : parts_(std::move(parts)) {}

const CoderId& Coder::id() const {
  return parts_->id;
}

std::size_t Coder::Cut::parts() const {
  return parts_->begins.size() - 1;
}

Coder::Cut Coder::cut(const std::string& text) const {
  Cut cut;
  cut.parts_ = std::make_shared<const Cut::Parts>(segment(Text(text), parts_->lexicon));
  return cut;
}

Result<Coder::Cut> Coder::cut_conllu(const std::string& conllu) const {
  auto analysis = read_conllu(conllu, parts_->lexicon);
  if (!analysis) return analysis.error();
  Cut cut;
  cut.parts_ = std::make_shared<const Cut::Parts>(std::move(analysis).value());
  return cut;
}

Coder::Worker Coder::worker() const {
  return Worker(std::make_unique<Worker::Parts>(Worker::Parts{parts_, EncoderWorkspace{}, PairWorkspace{}}));
}

Coder::Worker::Worker(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
Coder::Worker::Worker(Worker&&) noexcept = default;
Coder::Worker& Coder::Worker::operator=(Worker&&) noexcept = default;
Coder::Worker::~Worker() = default;

Result<Record> Coder::Worker::code(const Document& document) {
  const Lexicon& lexicon = parts_->coder->lexicon;
  Article article = parts_->coder->cleaner.clean(document);
  if (article.foreign) {
    return Error{"E-COD-01", "", "skipped: the text is " + article.language + ", not English",
                 "give English news, or use extract"};
  }
  Record record = record_of(document, std::move(article));
  record.coder = parts_->coder->id;
  const Analysis analysis = analyse(Text(record.text), parts_->coder->encoder, parts_->workspace, lexicon);
  read_stages(record, analysis, parts_->coder->tables, lexicon, parts_->coder->gazetteer);
  return record;
}

Record Coder::Worker::extract(const Document& document) {
  return record_of(document, parts_->coder->cleaner.clean(document));
}

std::string Coder::Worker::parse(const Cut& cut, std::size_t part) {
  const Cut::Parts& parts = *cut.parts_;
  const std::uint32_t first = parts.begins[part];
  Analysis analysis = take_sentences(parts.analysis, first, parts.begins[part + 1]);
  read_words(analysis, parts_->coder->encoder, parts_->workspace, parts_->coder->lexicon);
  return write_conllu(analysis, first + 1);
}

std::vector<Time> Coder::Worker::times(const std::string& text, const std::string& published) {
  const Lexicon& lexicon = parts_->coder->lexicon;
  const auto day = Date::from_iso(published);
  Analysis analysis = segment(Text(text), lexicon);
  auto times = find_times(analysis, lexicon);
  const auto in_doubt = sentences_in_doubt(analysis, times, day);
  if (!in_doubt.empty()) {
    read_sentences(analysis, in_doubt, parts_->coder->encoder, parts_->workspace);
    times = find_times(analysis, lexicon);
  }
  resolve_times(times, analysis, {}, day);
  return times;
}

Result<Relation> Coder::Worker::relate(const std::string& text, std::optional<Span> actor,
                                       std::optional<Span> recipient) {
  const Coder::Parts& coder = *parts_->coder;
  if (!coder.pairs) return Error{"E-COD-03", "", "the model of pairs is not open", "name it in the options"};
  const Text whole(text);
  for (const auto& span : {actor, recipient}) {
    if (span && (span->begin >= span->end || span->end > whole.size())) {
      return Error{"E-COD-02", "", "a marked place is empty or not within the text",
                   "count code points: [begin, end)"};
    }
  }
  return relate_pair(whole, actor, recipient, coder.encoder, *coder.pairs, parts_->pair_workspace,
                     coder.lexicon);
}

}  // namespace polybius
