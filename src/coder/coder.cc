// The way of a document through the house, stage by stage.
#include "coder/coder.h"

#include <algorithm>

#include "article/article.h"
#include "coder/link.h"
#include "encoder/encoder.h"
#include "entities/entities.h"
#include "events/events.h"
#include "language/language.h"
#include "plans/plans.h"
#include "statements/statements.h"
#include "times/times.h"

namespace polybius {

struct Coder::Parts {
  Lexicon lexicon;
  Cleaner cleaner;
  Encoder encoder;
  CoderId id;
};

struct Coder::Worker::Parts {
  std::shared_ptr<const Coder::Parts> coder;
  EncoderWorkspace workspace;
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

void read_stages(Record& record, const Analysis& analysis, const Lexicon& lexicon) {
  const auto published = Date::from_iso(record.published);
  for (const Sentence& sentence : analysis.sentences) record.sentences.push_back(sentence.span);
  record.times = find_times(analysis, lexicon);
  record.entities = find_entities(analysis, published, lexicon, record.warnings);
  record.statements = find_statements(analysis, record.entities, lexicon, record.warnings);
  resolve_times(record.times, analysis, record.statements, published);  // "yesterday" is the speaker's
  record.events = find_events(analysis, record.entities, record.times, record.statements, lexicon);
  record.plans =
      follow_plans(analysis, record.entities, record.times, record.statements, record.events, lexicon);
  link(record);  // ids across the fields, nothing else
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
  CoderId id{POLYBIUS_VERSION, encoder.value().name(), lexicon.fingerprint()};
  Cleaner cleaner(lexicon);
  return Coder(std::make_shared<const Parts>(
      Parts{std::move(lexicon), std::move(cleaner), std::move(encoder).value(), std::move(id)}));
}

Coder::Coder(std::shared_ptr<const Parts> parts) : parts_(std::move(parts)) {}

const CoderId& Coder::id() const {
  return parts_->id;
}

Coder::Worker Coder::worker() const {
  return Worker(std::make_unique<Worker::Parts>(Worker::Parts{parts_, EncoderWorkspace{}}));
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
  read_stages(record, analysis, lexicon);
  return record;
}

Record Coder::Worker::extract(const Document& document) {
  return record_of(document, parts_->coder->cleaner.clean(document));
}

std::string Coder::Worker::parse(const std::string& text, const std::string& heading) {
  const Analysis analysis =
      analyse(Text(text), parts_->coder->encoder, parts_->workspace, parts_->coder->lexicon);
  return heading + write_conllu(analysis);
}

Result<std::string> Coder::Worker::parse_conllu(const std::string& conllu) {
  const Lexicon& lexicon = parts_->coder->lexicon;
  auto analysis = read_conllu(conllu, lexicon);
  if (!analysis) return analysis.error();
  read_words(analysis.value(), parts_->coder->encoder, parts_->workspace, lexicon);
  return write_conllu(analysis.value());
}

std::vector<Time> Coder::Worker::times(const std::string& text, const std::string& published) {
  const Lexicon& lexicon = parts_->coder->lexicon;
  const Analysis analysis = analyse(Text(text), parts_->coder->encoder, parts_->workspace, lexicon);
  auto times = find_times(analysis, lexicon);
  resolve_times(times, analysis, {}, Date::from_iso(published));
  return times;
}

}  // namespace polybius
