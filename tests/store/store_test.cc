// The store's conformance suite: the same for SQLite and, where POLYBIUS_TEST_POSTGRES names a server,
// PostgreSQL.
#include "store/store.h"

#include <doctest/doctest.h>

#include <cstdlib>
#include <filesystem>
#include <string>

#include "record/sample_record.h"
#include "store/schema.h"
#include "store/sql.h"
#include "store/words.h"

namespace polybius {
namespace {

namespace fs = std::filesystem;

/// An empty store for one test.
class EmptyStore {
 public:
  explicit EmptyStore(bool postgres) {
    if (postgres) {
      url = std::getenv("POLYBIUS_TEST_POSTGRES");
      auto sql = open_postgres(url, true);
      REQUIRE(sql.ok());
      sql.value()->script("DROP SCHEMA public CASCADE;CREATE SCHEMA public");
    } else {
      folder = fs::temp_directory_path() / ("polybius_store_" + std::to_string(::getpid()));
      fs::create_directories(folder);
      url = "sqlite:" + (folder / "test.db").string();
    }
  }
  ~EmptyStore() {
    if (!folder.empty()) fs::remove_all(folder);
  }
  EmptyStore(const EmptyStore&) = delete;
  EmptyStore& operator=(const EmptyStore&) = delete;
  Store open(StoreMode mode = StoreMode::write) const {
    auto store = open_store(url, mode);
    REQUIRE_MESSAGE(store.ok(), (store.ok() ? std::string() : store.error().message()));
    return std::move(store).value();
  }
  std::string url;
  fs::path folder;
};

std::vector<bool> backends() {
  return std::getenv("POLYBIUS_TEST_POSTGRES") == nullptr ? std::vector<bool>{false}
                                                          : std::vector<bool>{false, true};
}

/// A record with an id of its own, published that day.
Record record_of(const std::string& id, const std::string& day = "2031-05-09") {
  Record record = sample_record();
  record.id = id;
  record.published = day;
  for (Event& event : record.events) event.time.reset();
  return record;
}

PutCount put(Store& store, std::vector<Record> records, bool recode = false, bool keep_text = true) {
  DocumentPreparer preparer;
  std::vector<PreparedDocumentPtr> prepared;
  for (Record& record : records) prepared.push_back(preparer.prepare(std::move(record), "", keep_text));
  return store.put(prepared, {recode});
}

std::vector<std::string> documents_found(Store& store, const Filter& filter, Page page = {}) {
  const auto catalogue = Catalogue::read(store);
  const auto found = find_documents(store, *catalogue, filter, page);
  REQUIRE(found.ok());
  std::vector<std::string> ids;
  for (const DocumentRow& row : found.value().rows) ids.push_back(row.id);
  return ids;
}

std::vector<EventRow> events_found(Store& store, const Filter& filter) {
  const auto catalogue = Catalogue::read(store);
  auto found = find_events(store, *catalogue, filter, {});
  REQUIRE(found.ok());
  return std::move(found).value().rows;
}

using Ids = std::vector<std::string>;

}  // namespace

TEST_CASE("a record comes back byte for byte") {
  for (const bool postgres : backends()) {
    const EmptyStore empty(postgres);
    Store store = empty.open();
    Record record = sample_record();
    record.extra.insert(record.extra.begin(),
                        {"published_by\":\"none\",\"text", R"({"text":"","a":",\"text\":\"\""})"});
    record.text += "\n\"quoted\" \xE2\x80\xA8 line";
    put(store, {record});
    CHECK(store.record_json("sample") == to_json(record));
    CHECK(store.record("sample") == record);
    CHECK(!store.record("other"));
  }
}

TEST_CASE("loading again changes nothing") {
  for (const bool postgres : backends()) {
    const EmptyStore empty(postgres);
    Store store = empty.open();
    CHECK(put(store, {record_of("a"), record_of("b"), record_of("a")}).added == 2);
    const auto revision = store.revision();
    const PutCount again = put(store, {record_of("a"), record_of("b")});
    CHECK(again.added == 0);
    CHECK(again.unchanged == 2);
    CHECK(store.revision() == revision);
  }
}

TEST_CASE("an id that comes with another text gets a number, the same one each time") {
  for (const bool postgres : backends()) {
    const EmptyStore empty(postgres);
    Store store = empty.open();
    Record other = record_of("a");
    other.text += " More.";
    put(store, {record_of("a")});
    const PutCount count = put(store, {other});
    CHECK(count.renamed == Ids{"a -> a#2"});
    CHECK(put(store, {other, record_of("a")}).unchanged == 2);
    const auto stored = store.record("a#2");
    REQUIRE(stored);
    CHECK(stored->text == other.text);
    CHECK(stored->warnings.back().code == "id_again");
  }
}

TEST_CASE("coding anew replaces what another coder made, and only that") {
  for (const bool postgres : backends()) {
    const EmptyStore empty(postgres);
    Store store = empty.open();
    put(store, {record_of("a"), record_of("b")});
    Record newer = record_of("a");
    newer.coder.version = "9.9";
    newer.events[0].type = EventType::THREATEN;
    CHECK(put(store, {newer}).unchanged == 1);
    CHECK(put(store, {newer, record_of("b")}, true).replaced == 1);
    CHECK(store.record("a") == newer);
    Filter threats;
    threats.types = {"THREATEN"};
    CHECK(documents_found(store, threats) == Ids{"a"});
    CHECK(documents_found(store, {}) == Ids{"b", "a"});
  }
}

TEST_CASE("a document that is deleted leaves nothing behind") {
  for (const bool postgres : backends()) {
    const EmptyStore empty(postgres);
    Store store = empty.open();
    Record other = record_of("b");
    other.entities[0].name = "Quentin Unheard";
    other.entities[0].codes.wikidata = "Q77";
    other.title = "Zebra";
    put(store, {record_of("a"), other});
    Filter zebra;
    zebra.text = "zebras";
    CHECK(documents_found(store, zebra) == Ids{"b"});
    CHECK(store.remove(Ids{"b", "c"}) == Ids{"c"});
    CHECK(documents_found(store, zebra).empty());
    CHECK(documents_found(store, {}) == Ids{"a"});
    const auto catalogue = Catalogue::read(store);
    Filter unheard;
    unheard.text = "Unheard";
    CHECK(find_entities(store, *catalogue, unheard, {}).value().rows.empty());
    CHECK(!store.record("b"));
  }
}

TEST_CASE("texts that are left out leave their hash, length and offsets") {
  for (const bool postgres : backends()) {
    const EmptyStore empty(postgres);
    Store store = empty.open();
    put(store, {sample_record()}, false, false);
    const auto stored = store.record("sample");
    REQUIRE(stored);
    CHECK(stored->text.empty());
    CHECK(stored->removed[0].text.empty());
    CHECK(stored->events == sample_record().events);
    const std::string json = *store.record_json("sample");
    CHECK(json.find("\"text_length\":78") != std::string::npos);
    CHECK(put(store, {sample_record()}).unchanged == 1);
    Filter talks;
    talks.text = "talks";
    CHECK(documents_found(store, talks).empty());
    CHECK(put(store, {*stored}).unchanged == 1);  // what was exported comes back as the same
  }
}

TEST_CASE("events that an older version stored are shown alike") {
  for (const bool postgres : backends()) {
    const EmptyStore empty(postgres);
    Store store = empty.open();
    Record foreign = record_of("b");
    foreign.text = "\xC3\x89" + foreign.text.substr(1);  // bytes are no longer code points
    put(store, {record_of("a"), foreign});
    put(store, {record_of("c")}, false, false);
    const auto shown = [&] {
      Ids rows;
      for (const EventRow& row : events_found(store, {})) rows.push_back(to_json(row));
      return rows;
    };
    const Ids before = shown();
    CHECK(before.front().find("\"sentence\":") == std::string::npos);
    CHECK(before.back().find("\"sentence\":") != std::string::npos);
    auto sql = postgres ? open_postgres(empty.url, true) : open_sqlite(empty.url.substr(7), true);
    REQUIRE(sql.ok());
    sql.value()->script("UPDATE events SET sentence=NULL,triggers=NULL");
    CHECK(shown() == before);
  }
}

TEST_CASE("filters restrict what is found") {
  for (const bool postgres : backends()) {
    const EmptyStore empty(postgres);
    Store store = empty.open();
    put(store, {record_of("a", "2031-05-09"), record_of("b", "2031-06-01"), record_of("c", "2032-01-01")});
    const std::size_t each = sample_record().events.size();
    CHECK(events_found(store, {}).size() == 3 * each);
    CHECK(events_found(store, {}).front().document == "c");
    const auto count = [&](auto set) {
      Filter filter;
      set(filter);
      return events_found(store, filter).size();
    };
    CHECK(count([](Filter& f) { f.from = "2031-06"; }) == 2 * each);
    CHECK(count([](Filter& f) { f.to = "2031"; }) == 2 * each);
    CHECK(count([](Filter& f) { f.actor = "adler"; }) > 0);
    CHECK(count([](Filter& f) { f.actor = "adl"; }) == 0);
    CHECK(count([](Filter& f) { f.actor = "Q1"; }) > 0);
    CHECK(count([](Filter& f) { f.actor = "DEU"; }) > 0);
    CHECK(count([](Filter& f) { f.recipient = "ÉLODIE"; }) > 0);
    CHECK(count([](Filter& f) { f.text = "talk \"put off\" thurs*"; }) == 3 * each);
    CHECK(count([](Filter& f) { f.text = "\"off put\""; }) == 0);
    CHECK(count([](Filter& f) { f.document = "b"; }) == each);
    CHECK(count([](Filter& f) { f.source = "example.org"; }) == 3 * each);
  }
}

TEST_CASE("no text is dangerous in any filter") {
  const char* attacks[] = {"'; DROP TABLE documents; --",
                           "\" OR \"\"=\"",
                           "x' UNION SELECT * FROM meta --",
                           "%",
                           "_",
                           "\\",
                           "*",
                           "\"",
                           "NEAR(zz zy, 5)",
                           "zz AND zy",
                           "-zz",
                           "words:zz",
                           "(",
                           "'",
                           "\xE2\x80\x98",
                           "$1",
                           "NULL",
                           "{",
                           ":*",
                           "&",
                           "|",
                           "!",
                           "\\'; SELECT pg_sleep(9); --",
                           "zz\tzy\nzx",
                           "<->"};
  const char* before[] = {"", "zz ", "zz'", "zz\"", "') ", "1=1 ", "\\", ";"};
  for (const bool postgres : backends()) {
    const EmptyStore empty(postgres);
    Store store = empty.open();
    put(store, {record_of("a")});
    const auto catalogue = Catalogue::read(store);
    for (const char* attack : attacks) {
      for (const char* start : before) {
        const std::string text = std::string(start) + attack;
        CAPTURE(text);
        for (std::string Filter::*member :
             {&Filter::actor, &Filter::recipient, &Filter::entity, &Filter::speaker, &Filter::place,
              &Filter::text, &Filter::document, &Filter::source}) {
          Filter filter;
          filter.*member = text;
          const auto found = find_events(store, *catalogue, filter, {});
          REQUIRE(found.ok());
          CHECK(found.value().rows.empty());
        }
        Filter dated;
        dated.from = text;
        CHECK(!find_events(store, *catalogue, dated, {}).ok());
        CHECK(!find_events(store, *catalogue, {}, {10, text, false, false}).ok());
        CHECK(store.remove(Ids{text}) == Ids{text});
        Correction correction;
        correction.kind = text;
        CHECK(!store.correct(correction).ok());
      }
    }
    CHECK(events_found(store, {}).size() == sample_record().events.size());
  }
}

TEST_CASE("what looks like an attack is stored and found as the text that it is") {
  for (const bool postgres : backends()) {
    const EmptyStore empty(postgres);
    Store store = empty.open();
    const std::string name = "Robert'); DROP TABLE events;--";
    Record record = record_of(name);
    record.entities[0].name = name;
    record.title = "<script>alert(1)</script>";
    put(store, {record});
    Filter filter;
    filter.actor = name;
    const auto rows = events_found(store, filter);
    REQUIRE(!rows.empty());
    CHECK(rows[0].document == name);
    CHECK(rows[0].title == record.title);
    CHECK(store.record(name) == record);
  }
}

TEST_CASE("pages follow each other without gap or repetition, also when documents come in between") {
  for (const bool postgres : backends()) {
    const EmptyStore empty(postgres);
    Store store = empty.open();
    std::vector<Record> records;
    for (int i = 0; i < 25; ++i)
      records.push_back(record_of("d" + std::to_string(i), "2031-05-" + std::to_string(10 + i % 5)));
    put(store, records);
    for (const bool oldest_first : {false, true}) {
      Ids seen;
      Page page{4, "", oldest_first, true};
      std::size_t rounds = 0;
      do {
        const auto catalogue = Catalogue::read(store);
        const auto found = find_events(store, *catalogue, {}, page);
        REQUIRE(found.ok());
        for (const EventRow& row : found.value().rows) seen.push_back(row.day + row.document + "/" + row.id);
        page.cursor = found.value().next;
        if (++rounds == 2)
          put(store,
              {record_of("late" + std::to_string(oldest_first), oldest_first ? "2031-05-01" : "2031-06-01")});
      } while (!page.cursor.empty());
      Ids sorted = seen;
      std::sort(sorted.begin(), sorted.end());
      CHECK(std::adjacent_find(sorted.begin(), sorted.end()) == sorted.end());
      CHECK(seen.size() == (25 + (oldest_first ? 1U : 0U)) * sample_record().events.size());
    }
  }
}

TEST_CASE("corrections stay apart, survive recoding and can be taken back") {
  for (const bool postgres : backends()) {
    const EmptyStore empty(postgres);
    Store store = empty.open();
    put(store, {record_of("a"), record_of("b")});
    const std::size_t each = sample_record().events.size();
    Correction wrong;
    wrong.kind = "wrong_event";
    wrong.document = "a";
    wrong.subject = "v1";
    wrong.by = "kim";
    const auto number = store.correct(wrong);
    REQUIRE(number.ok());
    CHECK(events_found(store, {}).size() == 2 * each - 1);
    Record recoded = record_of("a");
    recoded.coder.version = "9.9";
    recoded.events[0].id = "v7";
    for (Statement& statement : recoded.statements) statement.events = {"v7"};
    put(store, {recoded}, true);
    CHECK(events_found(store, {}).size() == 2 * each - 1);
    CHECK(store.record("a")->events.size() == each - 1);
    CHECK(store.record("a")->warnings.back().code == "corrected");
    CHECK(store.record("a", false)->events.size() == each);
    Filter all;
    all.wrong = true;
    CHECK(events_found(store, all).size() == 2 * each);
    CHECK(store.undo_correction(number.value()));
    CHECK(events_found(store, {}).size() == 2 * each);
    wrong.subject = "nothing";
    CHECK(store.correct(wrong).error().code == "E-STO-21");
    wrong.kind = "nonsense";
    CHECK(store.correct(wrong).error().code == "E-STO-20");
  }
}

TEST_CASE("entities are merged and split by a person") {
  for (const bool postgres : backends()) {
    const EmptyStore empty(postgres);
    Store store = empty.open();
    put(store, {record_of("a"), record_of("b")});
    const auto actor_of = [&](const std::string& document) {
      Filter filter;
      filter.document = document;
      return events_found(store, filter).front().actor.front().name;
    };
    CHECK(actor_of("a") == "Adler");
    Correction split;
    split.kind = "split_entity";
    split.document = "b";
    split.subject = "Q1";
    split.object = "Adler the younger";
    REQUIRE(store.correct(split).ok());
    CHECK(actor_of("a") == "Adler");
    CHECK(actor_of("b") == "Adler the younger");
    CHECK(store.record("b")->entities[0].name == "Adler the younger");
    Correction merge;
    merge.kind = "merge_entities";
    merge.subject = "Q1";
    merge.object = "person:elodie";
    REQUIRE(store.correct(merge).ok());
    CHECK(actor_of("a") == "Élodie");
    CHECK(store.record("a")->entities[0].name == "Élodie");
  }
}

TEST_CASE("entities are linked across documents by id, name and role") {
  const EmptyStore empty(false);
  Store store = empty.open();
  Record known = record_of("known");
  Record named = record_of("named");
  named.entities[0].codes = {};
  named.entities[0].role = Role{"Chancellor", "DEU", "", ""};
  Record other = record_of("other");
  other.entities[0].codes = {};
  other.entities[0].role = Role{"Chancellor", "AUT", "", ""};
  put(store, {known, named, other});
  const auto catalogue = Catalogue::read(store);
  Filter adler;
  adler.text = "Adler";
  const auto found = find_entities(store, *catalogue, adler, {}).value().rows;
  REQUIRE(found.size() == 2);
  CHECK(found[0].id == "Q1");
  CHECK(found[0].documents == 2);
  CHECK(found[1].id == "person:adler:AUT");
}

TEST_CASE("facets, timeline and pairs count what the lists hold") {
  for (const bool postgres : backends()) {
    const EmptyStore empty(postgres);
    Store store = empty.open();
    put(store, {record_of("a", "2031-05-09"), record_of("b", "2031-06-01")});
    const auto catalogue = Catalogue::read(store);
    const std::size_t events = 2 * sample_record().events.size();
    const Ids names{"type", "month", "actor", "source", "quad"};
    const auto facets = count_facets(store, *catalogue, {}, names, 10);
    REQUIRE(facets.ok());
    std::size_t sum = 0;
    for (const FacetValue& value : facets.value()[0].values) sum += value.count;
    CHECK(sum == events);
    CHECK(facets.value()[1].values.size() == 2);
    CHECK(facets.value()[3].values[0].value == "example.org");
    const auto timeline = find_timeline(store, *catalogue, {}, "year");
    REQUIRE(timeline.value().size() == 1);
    CHECK(timeline.value()[0].events == events);
    CHECK(!count_pairs(store, *catalogue, {}, 5).value().empty());
    CHECK(count_facets(store, *catalogue, {}, Ids{"shoe"}, 10).error().code == "E-QRY-01");
  }
}

TEST_CASE("those who did something together are actor and recipient for each other") {
  for (const bool postgres : backends()) {
    const EmptyStore empty(postgres);
    Store store = empty.open();
    Record record = record_of("a", "2031-05-09");
    record.events.resize(1);
    record.events[0].actor = {record.entities[0].id, record.entities[1].id};
    record.events[0].recipient.clear();
    put(store, {record});
    const auto catalogue = Catalogue::read(store);
    const auto pairs = count_pairs(store, *catalogue, {}, 5);
    REQUIRE(pairs.value().size() == 1);
    Filter filter;
    filter.actor = pairs.value()[0].actor.id;
    filter.recipient = pairs.value()[0].recipient.id;
    CHECK(find_events(store, *catalogue, filter, {}).value().rows.size() == 1);
    std::swap(filter.actor, filter.recipient);
    CHECK(find_events(store, *catalogue, filter, {}).value().rows.size() == 1);
    filter.recipient = filter.actor;  // nobody meets himself
    CHECK(find_events(store, *catalogue, filter, {}).value().rows.empty());
  }
}

TEST_CASE("an older store is brought up to date by whoever writes") {
  for (const bool postgres : backends()) {
    const EmptyStore empty(postgres);
    {
      auto sql = postgres ? open_postgres(empty.url, true) : open_sqlite(empty.url.substr(7), true);
      REQUIRE(sql.ok());
      migrate_schema(*sql.value(), 1);
    }
    CHECK(open_store(empty.url, StoreMode::read).error().code == "E-STO-06");
    Store store = empty.open();
    put(store, {record_of("a")});
    CHECK(store.corrections().empty());
  }
}

TEST_CASE("what is no store is refused") {
  const EmptyStore empty(false);
  CHECK(open_store(empty.url, StoreMode::read).error().code == "E-STO-01");
  CHECK(open_store("", StoreMode::read).error().code == "E-STO-02");
  CHECK(open_store("postgresql://nobody@127.0.0.1:1/none", StoreMode::read).error().code == "E-STO-04");
}

TEST_CASE("words are folded, plurals become singular, possessives go") {
  CHECK(words_of("The Élysée's summits, “Trump’s” GDP: 3.5", true) == "the elysee summit trump gdp 3 5");
  CHECK(holds_words("donald trump", "trump"));
  CHECK(!holds_words("donald trumpet", "trump"));
  CHECK(text_query("a \"b c\" d*", false) == "\"a\" \"b c\" \"d\"*");
  CHECK(text_query("a \"b c\" d*", true) == "('a') & ('b' <-> 'c') & ('d':*)");
  CHECK(!text_query("\"--\"", false));
}

}  // namespace polybius
