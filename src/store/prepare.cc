// Makes documents ready for the store on any thread: rows, packed record, words.
#include "store/prepare.h"

#include <zstd.h>

#include <algorithm>
#include <map>

#include "io/io.h"
#include "polybius/json.h"
#include "polybius/time_value.h"
#include "store/words.h"
#include "text/text.h"

namespace polybius {
namespace {

constexpr int packing_level = 3;
constexpr std::size_t words_limit = 400'000;  // bytes; PostgreSQL's index takes no more of a document

Cell integer(std::int64_t number) {
  return number;
}
Cell maybe(const std::optional<double>& number) {
  return number ? Cell(*number) : Cell();
}

std::string joined(const std::vector<std::string>& values) {
  std::string out;
  for (const std::string& value : values) out += (out.empty() ? "" : " ") + value;
  return out;
}

std::string joined(const std::vector<Span>& spans) {
  std::string out;
  for (const Span span : spans)
    out += (out.empty() ? "" : " ") + std::to_string(span.begin) + "-" + std::to_string(span.end);
  return out;
}

std::string host_of(std::string_view url) {
  const std::string host = lower_utf8(host_of_url(url));
  return host.starts_with("www.") ? host.substr(4) : host;
}

std::string country_of(const Entity& entity) {
  if (!entity.codes.iso3.empty()) return entity.codes.iso3;
  return entity.role ? entity.role->country : std::string();
}

Cell day_of(const std::string& value) {
  const auto days = days_of_time_value(value);
  return days ? integer(days->first.days()) : Cell();
}

Cell day_of_publication(const Record& record) {
  const auto date = Date::from_iso(record.published);
  return date ? integer(date->days()) : Cell();
}

std::string extra_of(const Record& record, std::string_view key) {
  for (const auto& [name, value] : record.extra) {
    if (name == key) return value;
  }
  return {};
}

std::string place_key(const Place& place) {
  std::string key = place.geonames + "\t" + place.iso3 + "\t" + place.name;
  for (const auto& degrees : {place.lat, place.lon}) key += "\t" + (degrees ? std::to_string(*degrees) : "");
  return key;
}

/// Fills the rows of one document.
class RowMaker {
 public:
  RowMaker(const Record& record, const Text& text, PreparedDocument& out)
      : record_(record), text_(text), out_(out) {
    for (std::size_t i = 0; i < record.entities.size(); ++i) entity_index_.emplace(record.entities[i].id, i);
    for (std::size_t i = 0; i < record.statements.size(); ++i)
      statement_index_.emplace(record.statements[i].id, i);
  }

  void make() {
    document_day_ = day_of_publication(record_);
    for (std::size_t i = 0; i < record_.entities.size(); ++i) add_entity(record_.entities[i], i);
    for (std::size_t i = 0; i < record_.events.size(); ++i) add_event(record_.events[i], i);
    for (std::size_t i = 0; i < record_.statements.size(); ++i) add_statement(record_.statements[i], i);
    for (std::size_t i = 0; i < record_.plans.size(); ++i) add_plan(record_.plans[i], i);
  }

 private:
  template <typename... Cells>
  void row(ItemTableIndex table, Cells&&... cells) {
    auto& rows = out_.rows[table];
    (rows.emplace_back(std::forward<Cells>(cells)), ...);
  }

  void add_entity(const Entity& entity, std::size_t position) {
    const std::string country = country_of(entity);
    out_.entities.push_back(
        {entity_key(entity),
         {std::string(name_of(entity.kind)), entity.name, words_of(entity.name, false), entity.codes.wikidata,
          entity.codes.iso3, country, joined(entity.codes.cameo), entity.codes.plover_sector,
          entity.codes.geonames, maybe(entity.lat), maybe(entity.lon)}});
    row(kAppearances, integer(static_cast<std::int64_t>(position)), Cell(),
        integer(static_cast<std::int64_t>(position)), entity.id, entity.name,
        entity.role ? entity.role->title : std::string(),
        integer(static_cast<std::int64_t>(entity.mentions.size())));
  }

  Cell add_place(const std::optional<Place>& place) {
    if (!place) return {};
    std::string key = place_key(*place);
    for (std::size_t i = 0; i < out_.places.size(); ++i) {
      if (out_.places[i].key == key) return integer(static_cast<std::int64_t>(i));
    }
    out_.places.push_back({std::move(key),
                           {place->name, words_of(place->name, false), place->geonames, place->iso3,
                            maybe(place->lat), maybe(place->lon)}});
    return integer(static_cast<std::int64_t>(out_.places.size() - 1));
  }

  void add_parties(ItemTableIndex table, std::size_t item, int role, const std::vector<std::string>& ids) {
    std::int64_t position = 0;
    for (const std::string& id : ids) {
      const auto entity = entity_index_.find(id);
      if (entity == entity_index_.end()) continue;
      row(table, integer(static_cast<std::int64_t>(item)), integer(static_cast<std::int64_t>(entity->second)),
          integer(role), integer(position++));
    }
  }

  void add_evidence(const std::string& owner, const char* part, Span span) {
    row(kEvidence, Cell(), integer(evidence_++), owner, std::string(part), integer(span.begin),
        integer(span.end));
  }

  void add_event(const Event& event, std::size_t position) {
    const Span sentence =
        event.sentence < record_.sentences.size() ? record_.sentences[event.sentence] : Span{};
    Cell day = event.time ? day_of(event.time->value) : Cell();
    if (day.index() == 0) day = document_day_;
    row(kEvents, integer(static_cast<std::int64_t>(position)), Cell(), add_place(event.place), event.id,
        std::string(name_of(event.type)), event.mode, joined(event.contexts), integer(event.quad),
        event.cameo, std::string(name_of(event.status)), event.time ? event.time->value : std::string(),
        event.time ? event.time->from : std::string(), std::move(day), event.plan, event.said_by,
        event.confidence, event.why, integer(sentence.begin), integer(sentence.end), words_at(sentence),
        joined(event.trigger));
    add_parties(kEventParties, position, kActor, event.actor);
    add_parties(kEventParties, position, kRecipient, event.recipient);
    const auto statement = statement_index_.find(event.said_by);
    if (statement != statement_index_.end()) {
      const auto& speaker = record_.statements[statement->second].speaker;
      if (speaker) add_parties(kEventParties, position, kSpeaker, speakers_of(*speaker));
    }
    for (const Span span : event.trigger) add_evidence(event.id, "trigger", span);
  }

  static std::vector<std::string> speakers_of(const Speaker& speaker) {
    std::vector<std::string> ids;
    if (!speaker.entity.empty()) ids.push_back(speaker.entity);
    ids.insert(ids.end(), speaker.also.begin(), speaker.also.end());
    return ids;
  }

  void add_statement(const Statement& statement, std::size_t position) {
    Cell day = day_of(statement.time);
    if (day.index() == 0) day = document_day_;
    row(kStatements, integer(static_cast<std::int64_t>(position)), Cell(), statement.id,
        std::string(name_of(statement.kind)), statement.time, std::move(day), statement.within,
        joined(statement.events));
    if (statement.speaker) {
      add_parties(kStatementParties, position, kActor, speakers_of(*statement.speaker));
      if (statement.speaker->span) add_evidence(statement.id, "speaker", *statement.speaker->span);
    }
    if (!statement.addressee.empty())
      add_parties(kStatementParties, position, kRecipient, {statement.addressee});
    for (const Span span : statement.cue) add_evidence(statement.id, "cue", span);
    for (const Span span : statement.content) add_evidence(statement.id, "content", span);
  }

  void add_plan(const Plan& plan, std::size_t position) {
    Cell day = day_of(plan.when);
    if (day.index() == 0) day = document_day_;
    const std::string status = plan.history.empty() ? "" : std::string(name_of(plan.history.back().status));
    row(kPlans, integer(static_cast<std::int64_t>(position)), Cell(), add_place(plan.place), plan.id,
        plan.what, status, plan.when, std::move(day));
    add_parties(kPlanParties, position, kActor, plan.parties);
    for (std::size_t i = 0; i < plan.history.size(); ++i) {
      const PlanStep& step = plan.history[i];
      Cell step_day = day_of(step.time);
      if (step_day.index() == 0) step_day = document_day_;
      row(kPlanSteps, integer(static_cast<std::int64_t>(position)), integer(static_cast<std::int64_t>(i)),
          std::string(name_of(step.status)), step.time, std::move(step_day), step.said_by,
          integer(step.evidence.begin), integer(step.evidence.end));
      add_evidence(plan.id, "step", step.evidence);
    }
  }

  /// Nothing where a database would not give them back as they are.
  Cell words_at(Span span) const {
    const std::string_view words = text_.slice(span);
    if (words.find('\0') != std::string_view::npos) return {};
    return std::string(words);
  }

  const Record& record_;
  const Text& text_;
  PreparedDocument& out_;
  std::map<std::string_view, std::size_t> entity_index_;
  std::map<std::string_view, std::size_t> statement_index_;
  Cell document_day_;
  std::int64_t evidence_ = 0;
};

std::uint32_t code_points_in(std::string_view utf8) {
  std::uint32_t count = 0;
  for (const char byte : utf8) count += (static_cast<unsigned char>(byte) & 0xC0U) != 0x80U;
  return count;
}

/// Where in the record's JSON the text belongs: `record` has none.
std::size_t place_of_text(Record& record, const std::string& body) {
  constexpr std::string_view empty_text = R"(,"text":"")";
  std::size_t shift = 0;
  std::string without_extra;
  const std::string* searched = &body;
  if (!record.extra.empty()) {  // its names are anybody's: a key "text" may be among them
    auto extra = std::move(record.extra);
    record.extra.clear();
    without_extra = to_json(record);
    record.extra = std::move(extra);
    shift = body.size() - without_extra.size();
    searched = &without_extra;
  }
  return searched->find(empty_text) + shift + empty_text.size() - 2;
}

/// Takes the texts out of a record and leaves their hash and length.
void leave_text_out(Record& record, const std::string& hash, std::size_t length) {
  for (Removed& removed : record.removed) removed.text.clear();
  if (!extra_of(record, "text_sha256").empty()) return;
  record.extra.emplace_back("text_sha256", "\"" + hash + "\"");
  record.extra.emplace_back("text_length", std::to_string(length));
}

std::string without_quotes(const std::string& json) {
  return json.size() >= 2 && json.front() == '"' ? json.substr(1, json.size() - 2) : json;
}

}  // namespace

struct DocumentPreparer::Parts {
  ZSTD_CCtx* packer = ZSTD_createCCtx();
  ~Parts() {
    ZSTD_freeCCtx(packer);
  }
  std::string pack(std::string_view bytes) const {
    std::string out(ZSTD_compressBound(bytes.size()), '\0');
    const std::size_t size =
        ZSTD_compressCCtx(packer, out.data(), out.size(), bytes.data(), bytes.size(), packing_level);
    if (ZSTD_isError(size)) throw StoreFailure(std::string("packing failed: ") + ZSTD_getErrorName(size));
    out.resize(size);
    return out;
  }
};

DocumentPreparer::DocumentPreparer() : parts_(std::make_unique<Parts>()) {}
DocumentPreparer::~DocumentPreparer() = default;

void PreparedDocumentDeleter::operator()(PreparedDocument* document) const {
  delete document;
}

std::string hash_of_input(const Document& document) {
  Sha256 hash;
  for (const std::string* part : {&document.text, &document.title, &document.published}) {
    hash.add(std::to_string(part->size()) + ":");
    hash.add(*part);
  }
  hash.add(document.form == BodyForm::html ? "html" : "plain");
  return hash.hex();
}

PreparedDocumentPtr DocumentPreparer::prepare(Record record, const std::string& input_hash, bool keep_text) {
  PreparedDocumentPtr out(new PreparedDocument);
  std::string text = std::move(record.text);
  record.text.clear();
  out->id = record.id;
  out->input_hash = input_hash;
  out->coder = record.coder;
  out->text_hash = without_quotes(extra_of(record, "text_sha256"));
  std::string length = extra_of(record, "text_length");
  const bool left_out = text.empty() && !out->text_hash.empty();  // by whoever exported it
  if (!left_out) {
    out->text_hash = sha256_hex(text);
    length = std::to_string(code_points_in(text));
  }
  out->keep_text = keep_text && !left_out;
  out->words = document_words(record.title, out->keep_text ? text : std::string());
  if (!out->keep_text) leave_text_out(record, out->text_hash, code_points_in(text));
  const Text shown(out->keep_text ? std::move(text) : std::string());
  RowMaker(record, shown, *out).make();
  out->events = record.events.size();
  out->source = record.origin.site.empty() ? host_of(record.origin.url) : record.origin.site;
  const auto count = [](std::size_t size) { return Cell(static_cast<std::int64_t>(size)); };
  std::int64_t points = 0;
  for (const char digit : length)
    points = digit >= '0' && digit <= '9' ? points * 10 + (digit - '0') : points;
  for (Cell cell : {Cell(record.id), Cell(record.origin.url), Cell(record.title), Cell(record.language),
                    Cell(record.published), day_of_publication(record), Cell(out->input_hash),
                    Cell(out->text_hash), Cell(points), Cell(std::int64_t{out->keep_text}),
                    Cell(record.coder.version), Cell(record.coder.model), Cell(record.coder.lexicon),
                    count(record.events.size()), count(record.statements.size()), count(record.plans.size())})
    out->cells.push_back(std::move(cell));
  const std::string body = to_json(record);
  auto& rows = out->rows[kRecords];
  rows.emplace_back();
  rows.emplace_back(static_cast<std::int64_t>(place_of_text(record, body)));
  rows.emplace_back(SqlBytes{parts_->pack(body)});
  rows.push_back(out->keep_text ? Cell(SqlBytes{parts_->pack(shown.utf8())}) : Cell());
  return out;
}

std::string body_of(const PreparedDocument& document) {
  const auto& row = document.rows[kRecords];
  const std::string body = unpack_stored(std::get<SqlBytes>(row[2]).bytes);
  const auto* text = std::get_if<SqlBytes>(&row[3]);
  return join_text(body, static_cast<std::size_t>(std::get<std::int64_t>(row[1])),
                   text == nullptr ? std::string() : unpack_stored(text->bytes));
}

std::string unpack_stored(std::string_view packed) {
  const auto size = ZSTD_getFrameContentSize(packed.data(), packed.size());
  if (size == ZSTD_CONTENTSIZE_ERROR || size == ZSTD_CONTENTSIZE_UNKNOWN || size > (std::uint64_t{1} << 32))
    throw StoreFailure("the store holds a broken record; restore it from a copy (E-STO-12)");
  std::string out(size, '\0');
  const std::size_t done = ZSTD_decompress(out.data(), out.size(), packed.data(), packed.size());
  if (ZSTD_isError(done) || done != size)
    throw StoreFailure("the store holds a broken record; restore it from a copy (E-STO-12)");
  return out;
}

std::string join_text(std::string_view body, std::size_t text_at, std::string_view text) {
  if (text.empty()) return std::string(body);
  std::string out(body.substr(0, text_at));
  out.reserve(body.size() + text.size() * 9 / 8);
  append_json_string(out, text);
  out += body.substr(text_at + 2);
  return out;
}

std::string entity_key(const Entity& entity) {
  if (!entity.codes.wikidata.empty()) return entity.codes.wikidata;
  if (!entity.codes.geonames.empty()) return "geonames:" + entity.codes.geonames;
  std::string key = std::string(name_of(entity.kind)) + ":" + words_of(entity.name, false);
  const std::string country = country_of(entity);
  return country.empty() ? key : key + ":" + country;
}

std::string document_words(const std::string& title, const std::string& text) {
  std::string words = words_of(title, true);
  if (!text.empty()) words += " " + words_of(text, true);
  if (words.size() > words_limit) words.resize(words.rfind(' ', words_limit));
  return words;
}

std::string event_place(const Event& event) {
  std::string out(name_of(event.type));
  for (const Span span : event.trigger)
    out += " " + std::to_string(span.begin) + "-" + std::to_string(span.end);
  return out;
}

}  // namespace polybius
