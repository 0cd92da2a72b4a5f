// The store: documents and what was read in them, kept in SQLite or PostgreSQL and found again.
//
//   auto store = open_store("sqlite:news.db", StoreMode::write);            // or "news.db",
//   "postgresql://..." DocumentPreparer preparer;                                              // one a
//   thread store.value().put({&prepared, 1}, {});                                  // one transaction, safe
//   under kill -9
//
//   auto catalogue = Catalogue::read(store.value());                        // what there is, in memory;
//   share it Filter filter; filter.actor = "Turkey"; filter.types = {"CONSULT"}; auto page =
//   find_events(store.value(), *catalogue, filter, {});         // newest first, 100 rows for (const
//   EventRow& row : page.value().rows) send(to_json(row)); filter stays, page.value().next goes into the next
//   Page::cursor
//
// A `Store` is one connection and belongs to one thread at a time; a server opens one a thread. A `Catalogue`
// is immutable: any number of threads ask the same one. It is as of one revision of the store;
// `store.revision()` tells cheaply whether there is a newer one, `Catalogue::refreshed` reads it then.
// Filters never become part of a statement: they are answered by the catalogue, so every text is harmless in
// every parameter.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "polybius/error.h"
#include "polybius/record.h"

namespace polybius {

class SqlConnection;  // private to the room

/// The database failed (disk full, read error, connection lost); what was committed before is intact.
/// `what()` is the whole message, with remedy and code (E-STO-10 SQLite, E-STO-11 PostgreSQL).
struct StoreFailure : std::runtime_error {
  using std::runtime_error::runtime_error;
};

// ---------------------------------------------------------------------------------------------- putting in

/// A document made ready to be stored.
struct PreparedDocument;
struct PreparedDocumentDeleter {
  void operator()(PreparedDocument* document) const;
};
using PreparedDocumentPtr = std::unique_ptr<PreparedDocument, PreparedDocumentDeleter>;

/// Makes documents ready on any thread: the dear part of storing. One a thread.
class DocumentPreparer {
 public:
  DocumentPreparer();
  ~DocumentPreparer();
  DocumentPreparer(const DocumentPreparer&) = delete;
  DocumentPreparer& operator=(const DocumentPreparer&) = delete;
  /// `input_hash`  of the document as it came (`hash_of_input`); empty for a record that came ready.
  /// `keep_text`   false: the text and what cleaning removed are left out; offsets, the text's SHA-256 and
  /// its length
  ///               stay (`text_sha256` and `text_length` in `extra`).
  PreparedDocumentPtr prepare(Record record, const std::string& input_hash, bool keep_text);

 private:
  struct Parts;
  std::unique_ptr<Parts> parts_;
};

/// SHA-256 of what coding reads of a document: text, title, date of publication and their form.
std::string hash_of_input(const Document& document);

struct PutOptions {
  bool recode = false;  ///< a document that is stored, coded by another coder, is replaced
};

/// What became of the documents of a `put`.
struct PutCount {
  std::size_t added = 0;
  std::size_t replaced = 0;
  std::size_t unchanged = 0;
  std::vector<std::string> renamed;  ///< "x -> x#2": the id was taken by another text
  std::size_t events = 0;            ///< of those added and replaced
};

/// What is stored of a document that came in.
enum class Known { no, yes, by_another_coder };

// ---------------------------------------------------------------------------------------------- corrections

/// What a person says of the machine's work. Kept apart from it: coding anew does not touch them.
///   wrong_event     document, subject: the event's id         the event is left out of lists, counts and
///   exports merge_entities  subject: an entity's id, object: another  all mentions of `subject` become
///   `object`'s split_entity    document, subject: an entity's id         its mentions in that document
///   become an entity of their
///                                                             own; object: the new entity's name
/// A correction of an event finds it again after recoding by document, type and place in the text.
struct Correction {
  std::int64_t number = 0;  ///< given by the store
  std::string kind;
  std::string document;
  std::string subject;
  std::string object;
  std::string by;      ///< who says so
  std::string at;      ///< when, ISO 8601, as the caller gives it
  std::string note;    ///< why
  std::string detail;  ///< where and what the event was: by that it is found again
};

// ---------------------------------------------------------------------------------------------- the store

enum class StoreMode { read, write };

class Store {
 public:
  Store(Store&&) noexcept;
  Store& operator=(Store&&) noexcept;
  ~Store();

  /// Whether a document is stored already. `id` as it came, before any `#2`. `coder`: the one that would code
  /// it.
  Known knows(const std::string& id, const std::string& input_hash, const CoderId& coder);
  /// Stores documents in one transaction: all or none. A document that is there already (same id, same text)
  /// is left alone. Documents of the same id with another text get `#2`, `#3`, ...
  PutCount put(std::span<const PreparedDocumentPtr> documents, const PutOptions& options);
  /// Takes documents and all that was read in them away, in one transaction; returns the ids that were not
  /// there.
  std::vector<std::string> remove(std::span<const std::string> ids);

  /// The record of a document as it was put in, or with the corrections (see `Correction`); nothing if there
  /// is none. `text` is empty where it was left out.
  std::optional<Record> record(const std::string& id, bool corrected = true);
  /// Its JSON as it was put in: byte for byte. Cheaper than `record`.
  std::optional<std::string> record_json(const std::string& id);
  /// All records in the order of `published`, then id; stops when `take` returns false.
  void each_record(bool corrected, const std::function<bool(Record&&)>& take);

  /// Errors: E-STO-20 (unknown kind), E-STO-21 (no such document, event or entity).
  Result<std::int64_t> correct(const Correction& correction);
  bool undo_correction(std::int64_t number);
  std::vector<Correction> corrections();

  /// Rises with every change that is committed.
  std::int64_t revision();
  /// Tidies up after much was written. `replaced`: entities may be left that no document has any more.
  void settle(bool replaced);

  struct Parts;  ///< private to the room

 private:
  friend Result<Store> open_store(const std::string& url, StoreMode mode);
  friend class Catalogue;
  friend struct StoreAccess;
  explicit Store(std::unique_ptr<Parts> parts);
  std::unique_ptr<Parts> parts_;
};

/// Opens `sqlite:FILE`, `FILE` or `postgresql://...`. `write` makes what is missing and brings an older store
/// up to date. Errors: E-STO-01 (there is none), E-STO-02 (cannot be opened), E-STO-03 (not ours), E-STO-04
/// (no connection), E-STO-05 (made by a newer polybius), E-STO-06 (older: open it for writing once).
Result<Store> open_store(const std::string& url, StoreMode mode);

// ---------------------------------------------------------------------------------------------- asking

/// What to find. Empty members do not restrict. All must hold.
struct Filter {
  std::string actor;      ///< who does it (speaker of a statement, party of a plan): see `entity`
  std::string recipient;  ///< whom it is done to (addressee of a statement, party of a plan)
  /// Either side. A name or some of its words ("Orban"), a Wikidata id ("Q57641"), the id of an entity row,
  /// or a code in capitals ("USA", "USAGOV") that one of its CAMEO codes begins with, or that is its ISO 3166
  /// code.
  std::string entity;
  std::string speaker;                ///< who reports the event
  std::vector<std::string> types;     ///< events: PLOVER types; statements: kinds; entities: kinds
  std::vector<std::string> modes;     ///< events
  std::vector<std::string> statuses;  ///< events: status; plans: the latest one
  std::vector<int> quads;             ///< events
  std::string from;                   ///< first day, ISO 8601 ("2025-10-24", "2025-10", "2025")
  std::string to;                     ///< last day, the whole of "2025-10"
  std::string place;                  ///< a name or some of its words, an ISO 3166 code, a GeoNames id
  std::string text;                   ///< words that the document holds, "..." in a row, word* for beginnings
  std::string document;               ///< its id
  std::string source;                 ///< its site
  double confidence = 0;              ///< events: at least
  bool wrong = false;                 ///< events that a person called wrong, too
};

/// Which part of what was found.
struct Page {
  std::size_t limit = 100;
  std::string cursor;         ///< `Found::next` of the page before
  bool oldest_first = false;  ///< entities: always by number of events, most first
  bool count = false;         ///< fill `Found::total`
};

template <typename Row>
struct Found {
  std::vector<Row> rows;
  std::string next;  ///< cursor of the next page; empty at the end
  std::optional<std::size_t> total;
};

/// An entity as rows name it.
struct EntityName {
  std::string id;  ///< across documents: "Q22686", "person:jane roe:DEU"
  std::string name;
  std::string code;  ///< the first CAMEO code
};

struct DocumentRow {
  std::string id, title, url, source, language, published;
  bool has_text = false;
  std::string text_sha256;
  std::int64_t events = 0, statements = 0, plans = 0;
  CoderId coder;
};

struct EventRow {
  std::string document, id, type, mode;
  std::vector<std::string> contexts;
  int quad = 0;
  std::string cameo, status;
  std::vector<EntityName> actor, recipient, speaker;  ///< speaker: who reports it; empty: the article itself
  std::string time;                                   ///< TIMEX3 value; may be empty
  std::string day;                                    ///< the first day of `time`, else that of publication
  std::optional<Place> place;
  std::string plan, said_by;  ///< ids within the record
  double confidence = 0;
  std::string why;
  std::string sentence;  ///< the words of the sentence; empty where the text was left out
  std::uint32_t sentence_begin = 0;
  std::vector<Span> trigger;
  std::string title, url, source, published;  ///< of the document
  bool wrong = false;                         ///< so says a person
};

struct StatementRow {
  std::string document, id, kind;
  std::vector<EntityName> speaker, addressee;
  std::string time, day;
  std::vector<Span> content;
  std::string words;  ///< the content; empty where the text was left out
  std::vector<std::string> events;
  std::string within;
  std::string title, url, source, published;
};

struct PlanStepRow {
  std::string status, time;
  Span evidence;
  std::string words;
  std::vector<EntityName> speaker;
};

struct PlanRow {
  std::string document, id, what;
  std::vector<EntityName> parties;
  std::optional<Place> place;
  std::string when, day;  ///< day: of `when`, else of publication
  std::string status;     ///< the latest
  std::vector<PlanStepRow> history;
  std::string dossier;  ///< what all documents tell of the same plan; empty if nobody has put them together
  std::string title, url, source, published;
};

struct EntityRow {
  std::string id, kind, name;
  Codes codes;
  std::optional<double> lat, lon;
  std::size_t documents = 0;        ///< that it occurs in
  std::size_t events = 0;           ///< that it is actor or recipient of
  std::vector<std::string> titles;  ///< offices, as documents give them
};

/// The counts of one stretch of time.
struct TimelineRow {
  std::string period;  ///< "2025-10-24", "2025-W43", "2025-10", "2025"
  std::size_t events = 0;
  std::array<std::size_t, 4> quads{};
  std::array<std::size_t, 16> types{};  ///< in the order of EventType
};

struct FacetValue {
  std::string value;  ///< what a filter would be given
  std::string label;  ///< what a person reads
  std::size_t count = 0;
};
struct Facet {
  std::string name;
  std::vector<FacetValue> values;  ///< most first, then by value
};

/// How often one party did something to another.
struct PairCount {
  EntityName actor, recipient;
  std::size_t events = 0;
  std::array<std::size_t, 4> quads{};
};

/// How often something happened at a place with coordinates.
struct PlaceCount {
  Place place;
  std::size_t events = 0;
  std::array<std::size_t, 4> quads{};
};

/// One plan as all documents tell it: put together by the room `dossier`, kept by the store.
struct StoredDossier {
  std::string id;
  std::string json;                                          ///< one line, as `polybius plans` writes it
  std::vector<std::pair<std::string, std::string>> members;  ///< document id, plan id
};

/// All that is stored, in columns in memory: about 70 bytes an event. Reading costs about a second for a
/// million events; every question about one to five milliseconds, whatever the filter.
class Catalogue {
 public:
  static std::shared_ptr<const Catalogue> read(Store& store);
  /// `known` if the store has not changed since, else a new one. `known` may be empty.
  static std::shared_ptr<const Catalogue> refreshed(std::shared_ptr<const Catalogue> known, Store& store);
  std::int64_t revision() const;
  std::size_t documents() const;
  std::size_t events() const;
  std::size_t statements() const;
  std::size_t plans() const;
  std::size_t entities() const;  ///< across documents
  ~Catalogue();
  Catalogue(const Catalogue&) = delete;
  Catalogue& operator=(const Catalogue&) = delete;

  struct Parts;  ///< private to the room
  explicit Catalogue(std::unique_ptr<const Parts> parts);
  const Parts& parts() const {
    return *parts_;
  }

 private:
  std::unique_ptr<const Parts> parts_;
};

// Errors of all that follows: E-QRY-01 (unknown type, status, mode, facet or period), E-QRY-02 (no date),
// E-QRY-03 (no cursor of ours). They name the parameter.

Result<Found<EventRow>> find_events(Store& store, const Catalogue& catalogue, const Filter& filter,
                                    const Page& page);
Result<Found<StatementRow>> find_statements(Store& store, const Catalogue& catalogue, const Filter& filter,
                                            const Page& page);
Result<Found<PlanRow>> find_plans(Store& store, const Catalogue& catalogue, const Filter& filter,
                                  const Page& page);
/// `filter.text` is looked for in the name; `types` are kinds; with `from`, `to`, `place`, ... only entities
/// of such events, and `events` counts those.
Result<Found<EntityRow>> find_entities(Store& store, const Catalogue& catalogue, const Filter& filter,
                                       const Page& page);
/// Documents that hold such an event; with only `text`, `from`, `to`, `document` and `source` set, any.
Result<Found<DocumentRow>> find_documents(Store& store, const Catalogue& catalogue, const Filter& filter,
                                          const Page& page);
/// `period`: "day", "week", "month" or "year". Periods without events are left out.
Result<std::vector<TimelineRow>> find_timeline(Store& store, const Catalogue& catalogue, const Filter& filter,
                                               const std::string& period);
/// `names`: of "type", "mode", "status", "quad", "actor", "recipient", "speaker", "country", "place",
/// "source", "month", "year". At most `top` values each.
Result<std::vector<Facet>> count_facets(Store& store, const Catalogue& catalogue, const Filter& filter,
                                        std::span<const std::string> names, std::size_t top);
/// The pairs of actor and recipient with most events; those of mutual events count both ways, once.
Result<std::vector<PairCount>> count_pairs(Store& store, const Catalogue& catalogue, const Filter& filter,
                                           std::size_t top);
Result<std::vector<PlaceCount>> count_places(Store& store, const Catalogue& catalogue, const Filter& filter,
                                             std::size_t top);
/// The records that hold such events, in the order of `published`, then id, with the corrections; `events`
/// are the indices of those that match. Stops when `take` returns false.
Result<std::size_t> each_matching_record(
    Store& store, const Catalogue& catalogue, const Filter& filter,
    const std::function<bool(Record&&, std::span<const std::size_t> events)>& take);

/// Rows as one line of JSON, the names as above; empty members are left out.
std::string to_json(const DocumentRow& row);
std::string to_json(const EventRow& row);
std::string to_json(const StatementRow& row);
std::string to_json(const PlanRow& row);
std::string to_json(const EntityRow& row);
std::string to_json(const TimelineRow& row);
std::string to_json(const Facet& facet);
std::string to_json(const PairCount& row);
std::string to_json(const PlaceCount& row);
std::string to_json(const Correction& row);

/// Rows as cells of a sheet: the columns that `query` and the API show of each kind.
using RowCells = std::vector<std::string>;
RowCells heading_of(const EventRow*);
RowCells heading_of(const StatementRow*);
RowCells heading_of(const PlanRow*);
RowCells heading_of(const EntityRow*);
RowCells heading_of(const DocumentRow*);
RowCells heading_of(const TimelineRow*);
RowCells cells_of(const EventRow& row);
RowCells cells_of(const StatementRow& row);
RowCells cells_of(const PlanRow& row);
RowCells cells_of(const EntityRow& row);
RowCells cells_of(const DocumentRow& row);
RowCells cells_of(const TimelineRow& row);
/// One line of CSV (RFC 4180, line feed at the end).
std::string csv_line(const RowCells& cells);

/// Keeps what the documents tell together of each plan; what was kept before is forgotten. To be called at
/// the end of a load, when the room `dossier` has put the plans of `each_record` together.
void keep_dossiers(Store& store, std::span<const StoredDossier> dossiers);
/// Whether nothing has changed in the store since they were put together.
bool dossiers_are_current(Store& store);
/// The line of a dossier; nothing if there is none such.
std::optional<std::string> dossier_json(Store& store, const std::string& id);

}  // namespace polybius
