// Whole rows of what the catalogue found.
#include "store/rows.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "polybius/date.h"
#include "store/corrections.h"
#include "store/parts.h"
#include "store/prepare.h"
#include "store/tables.h"

namespace polybius {
namespace {

std::vector<std::string> cut_at_blanks(std::string_view text) {
  std::vector<std::string> out;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(' '), text.size());
    if (end > 0) out.emplace_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return out;
}

#define EVENT_COLUMNS                                                                              \
  "SELECT e.number,e.id,e.type,e.mode,e.contexts,e.quad,e.cameo,e.status,e.time,e.plan,e.said_by," \
  "e.confidence,e.why,e.begin_at,e.end_at,d.id,d.title,d.url,d.published,e.sentence,e.triggers FROM "
constexpr std::string_view events_sqlite = EVENT_COLUMNS
    "json_each($1) w CROSS JOIN events e ON e.number=w.value CROSS JOIN documents d ON d.number=e.document";
constexpr std::string_view events_postgres = EVENT_COLUMNS
    "events e JOIN documents d ON d.number=e.document WHERE e.number=ANY(string_to_array($1,',')::bigint[])";
#undef EVENT_COLUMNS

/// "12-18 30-33"
std::vector<Span> spans_in(std::string_view text) {
  std::vector<Span> spans;
  const char* at = text.data();
  const char* end = at + text.size();
  while (at != end) {
    Span span;
    at = std::from_chars(at, end, span.begin).ptr;
    if (at == end) break;
    at = std::from_chars(at + 1, end, span.end).ptr;
    spans.push_back(span);
    if (at != end) ++at;
  }
  return spans;
}

std::string day_text(std::int32_t day) {
  return day == no_day ? std::string() : Date::from_days(day).iso();
}

}  // namespace

const RowReader::Source* RowReader::source_of(std::uint32_t document) {
  const auto known = sources_.find(document);
  if (known != sources_.end()) return known->second ? &*known->second : nullptr;
  auto& source = sources_[document];
  sql_.query(
      "SELECT "
      "d.id,d.title,d.url,d.language,d.published,d.has_text,d.text_sha256,d.events,d.statements,d.plans,"
      "d.coder_version,d.coder_model,d.coder_lexicon,r.text FROM documents d JOIN records r ON "
      "r.document=d.number "
      "WHERE d.number=$1",
      std::array<Cell, 1>{catalogue_.documents[document].number}, [&](const SqlRow& row) {
        const auto text = [&](int column) { return std::string(row.text(column)); };
        source.emplace();
        DocumentRow& out = source->row;
        out.id = text(0);
        out.title = text(1);
        out.url = text(2);
        out.source = catalogue_.sources[catalogue_.documents[document].source];
        out.language = text(3);
        out.published = text(4);
        out.has_text = row.integer(5) != 0;
        out.text_sha256 = text(6);
        out.events = row.integer(7);
        out.statements = row.integer(8);
        out.plans = row.integer(9);
        out.coder = {text(10), text(11), text(12)};
        if (!row.null(13)) source->text = Text(unpack_stored(row.bytes(13)));
      });
  return source ? &*source : nullptr;
}

std::optional<DocumentRow> RowReader::document(std::uint32_t index) {
  const Source* source = source_of(index);
  if (source == nullptr) return std::nullopt;
  return source->row;
}

std::vector<Span> RowReader::spans_of(std::int64_t document, const std::string& owner,
                                      const std::string& part) {
  std::vector<Span> spans;
  sql_.query(
      "SELECT begin_at,end_at FROM evidence WHERE document=$1 AND owner=$2 AND part=$3 ORDER BY position",
      std::array<Cell, 3>{document, owner, part}, [&](const SqlRow& row) {
        spans.push_back(
            {static_cast<std::uint32_t>(row.integer(0)), static_cast<std::uint32_t>(row.integer(1))});
      });
  return spans;
}

std::optional<Place> RowReader::place_of(const CatalogueItem& item) const {
  if (item.place == nowhere || item.place >= catalogue_.places.size()) return std::nullopt;
  return catalogue_.places[item.place].place;
}

template <typename Row>
void RowReader::name_source(Row& row, const Source& source) const {
  row.document = source.row.id;
  row.title = source.row.title;
  row.url = source.row.url;
  row.source = source.row.source;
  row.published = source.row.published;
}

EventRow RowReader::event_of(const SqlRow& row, const CatalogueItem& item) const {
  const auto text = [&](int column) { return std::string(row.text(column)); };
  EventRow out;
  out.id = text(1);
  out.type = text(2);
  out.mode = text(3);
  out.contexts = cut_at_blanks(row.text(4));
  out.quad = static_cast<int>(row.integer(5));
  out.cameo = text(6);
  out.status = text(7);
  out.time = text(8);
  out.plan = text(9);
  out.said_by = text(10);
  out.confidence = row.real(11);
  out.why = text(12);
  out.sentence_begin = static_cast<std::uint32_t>(row.integer(13));
  out.sentence = row.text(19);
  out.trigger = spans_in(row.text(20));
  out.document = text(15);
  out.title = text(16);
  out.url = text(17);
  out.published = text(18);
  out.source = catalogue_.sources[catalogue_.documents[item.document].source];
  out.day = day_text(item.day);
  out.place = place_of(item);
  out.actor = names_in_role(catalogue_, catalogue_.events, item, kActor);
  out.recipient = names_in_role(catalogue_, catalogue_.events, item, kRecipient);
  out.speaker = names_in_role(catalogue_, catalogue_.events, item, kSpeaker);
  out.wrong = item.wrong;
  return out;
}

std::vector<EventRow> RowReader::events(std::span<const std::size_t> indices) {
  const auto number_of = [&](std::size_t index) {
    const CatalogueItem& item = catalogue_.events.all[index];
    return catalogue_.documents[item.document].number * items_per_document + item.position;
  };
  std::vector<std::pair<std::int64_t, std::size_t>> wanted;  // number in the store, place in the list
  std::string numbers;
  for (std::size_t at = 0; at < indices.size(); ++at) {
    wanted.emplace_back(number_of(indices[at]), at);
    numbers += (at == 0 ? "" : ",") + std::to_string(wanted.back().first);
  }
  std::sort(wanted.begin(), wanted.end());
  std::vector<std::optional<EventRow>> rows(indices.size());
  std::vector<std::pair<std::size_t, Span>> elsewhere;  // rows of an older polybius, and their sentences
  const bool postgres = sql_.is_postgres();
  sql_.query(postgres ? events_postgres : events_sqlite,
             std::array<Cell, 1>{postgres ? numbers : "[" + numbers + "]"}, [&](const SqlRow& row) {
               const auto place = std::lower_bound(wanted.begin(), wanted.end(),
                                                   std::pair<std::int64_t, std::size_t>(row.integer(0), 0));
               const std::size_t at = place->second;
               rows[at] = event_of(row, catalogue_.events.all[indices[at]]);
               if (row.null(19) || row.null(20))
                 elsewhere.emplace_back(
                     at, Span{rows[at]->sentence_begin, static_cast<std::uint32_t>(row.integer(14))});
             });
  for (const auto& [at, sentence] : elsewhere) {
    const std::uint32_t document = catalogue_.events.all[indices[at]].document;
    if (const Source* source = source_of(document)) rows[at]->sentence = words_at(*source, sentence);
    rows[at]->trigger = spans_of(catalogue_.documents[document].number, rows[at]->id, "trigger");
  }
  std::vector<EventRow> found;
  found.reserve(rows.size());
  for (auto& row : rows)
    if (row) found.push_back(std::move(*row));
  return found;
}

std::optional<StatementRow> RowReader::statement(const CatalogueItem& item) {
  const Source* source = source_of(item.document);
  if (source == nullptr) return std::nullopt;
  const std::int64_t document = catalogue_.documents[item.document].number;
  std::optional<StatementRow> out;
  sql_.query("SELECT id,kind,time,within,events FROM statements WHERE number=$1",
             std::array<Cell, 1>{document * items_per_document + item.position}, [&](const SqlRow& row) {
               out.emplace();
               out->id = row.text(0);
               out->kind = row.text(1);
               out->time = row.text(2);
               out->within = row.text(3);
               out->events = cut_at_blanks(row.text(4));
             });
  if (!out) return out;
  name_source(*out, *source);
  out->day = day_text(item.day);
  out->speaker = names_in_role(catalogue_, catalogue_.statements, item, kActor);
  out->addressee = names_in_role(catalogue_, catalogue_.statements, item, kRecipient);
  out->content = spans_of(document, out->id, "content");
  for (const Span span : out->content)
    out->words += (out->words.empty() ? "" : " … ") + words_at(*source, span);
  if (!source->row.has_text) out->words.clear();
  return out;
}

std::vector<EntityName> RowReader::speakers_of(std::uint32_t document, const std::string& statement) {
  std::vector<EntityName> names;
  if (statement.empty()) return names;
  const std::int64_t first = catalogue_.documents[document].number * items_per_document;
  sql_.query(
      "SELECT p.entity FROM statements s JOIN statement_parties p ON p.item=s.number WHERE s.number>=$1 AND "
      "s.number<$2 AND s.id=$3 AND p.role=0 ORDER BY p.position",
      std::array<Cell, 3>{first, first + items_per_document, statement}, [&](const SqlRow& row) {
        const auto number = static_cast<std::size_t>(row.integer(0));
        if (number >= catalogue_.entity_index.size() || catalogue_.entity_index[number] == nowhere) return;
        names.push_back(
            entity_name(catalogue_, catalogue_.entities[catalogue_.entity_index[number]].same_as));
      });
  return names;
}

std::optional<PlanRow> RowReader::plan(const CatalogueItem& item) {
  const Source* source = source_of(item.document);
  if (source == nullptr) return std::nullopt;
  const std::int64_t number = catalogue_.documents[item.document].number * items_per_document + item.position;
  std::optional<PlanRow> out;
  sql_.query("SELECT id,what,status,time FROM plans WHERE number=$1", std::array<Cell, 1>{number},
             [&](const SqlRow& row) {
               out.emplace();
               out->id = row.text(0);
               out->what = row.text(1);
               out->status = row.text(2);
               out->when = row.text(3);
             });
  if (!out) return out;
  name_source(*out, *source);
  out->day = day_text(item.day);
  out->place = place_of(item);
  out->parties = names_in_role(catalogue_, catalogue_.plans, item, kActor);
  std::vector<std::string> said_by;
  sql_.query("SELECT status,time,begin_at,end_at,said_by FROM plan_steps WHERE item=$1 ORDER BY position",
             std::array<Cell, 1>{number}, [&](const SqlRow& row) {
               PlanStepRow step;
               step.status = row.text(0);
               step.time = row.text(1);
               step.evidence = {static_cast<std::uint32_t>(row.integer(2)),
                                static_cast<std::uint32_t>(row.integer(3))};
               step.words = words_at(*source, step.evidence);
               said_by.emplace_back(row.text(4));
               out->history.push_back(std::move(step));
             });
  for (std::size_t i = 0; i < said_by.size(); ++i)
    out->history[i].speaker = speakers_of(item.document, said_by[i]);
  sql_.query(
      "SELECT d.id FROM dossiers d JOIN dossier_plans p ON p.dossier=d.number WHERE p.document=$1 AND "
      "p.plan=$2",
      std::array<Cell, 2>{out->document, out->id}, [&](const SqlRow& row) { out->dossier = row.text(0); });
  return out;
}

EntityRow RowReader::entity(std::uint32_t index, std::size_t events) {
  const CatalogueEntity& entity = catalogue_.entities[index];
  EntityRow out;
  out.id = entity.key;
  out.kind = entity.kind;
  out.name = entity.name;
  out.codes = entity.codes;
  out.lat = entity.lat;
  out.lon = entity.lon;
  out.documents = entity.documents;
  out.events = events;
  sql_.query("SELECT DISTINCT title FROM appearances WHERE entity=$1 AND title<>'' ORDER BY title",
             std::array<Cell, 1>{entity.number},
             [&](const SqlRow& row) { out.titles.emplace_back(row.text(0)); });
  return out;
}

std::size_t read_matching_records(SqlConnection& sql, const Catalogue::Parts& catalogue,
                                  std::span<const std::size_t> documents,
                                  std::span<const std::pair<std::uint32_t, std::uint32_t>> events, bool wrong,
                                  const std::function<bool(Record&&, std::span<const std::size_t>)>& take) {
  const Corrections corrections = wrong ? Corrections() : Corrections::read(sql);
  std::size_t count = 0;
  for (const std::size_t document : documents) {
    const auto json = stored_json(sql, catalogue.documents[document].id);
    if (!json) continue;  // deleted since the catalogue was read
    Record record = from_json(*json).value();
    std::vector<std::string> wanted;
    const auto first =
        std::lower_bound(events.begin(), events.end(),
                         std::pair<std::uint32_t, std::uint32_t>(static_cast<std::uint32_t>(document), 0));
    for (auto at = first; at != events.end() && at->first == document; ++at) {
      if (at->second < record.events.size()) wanted.push_back(record.events[at->second].id);
    }
    corrections.apply(record);
    std::vector<std::size_t> indices;
    for (std::size_t i = 0; i < record.events.size(); ++i) {
      if (std::find(wanted.begin(), wanted.end(), record.events[i].id) != wanted.end()) indices.push_back(i);
    }
    ++count;
    if (!take(std::move(record), indices)) break;
  }
  return count;
}

}  // namespace polybius
