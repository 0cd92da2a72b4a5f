// The tables, once for SQLite and PostgreSQL: the same names and meanings, the types' names differ.
#include "store/schema.h"

#include <array>
#include <utility>

namespace polybius {
namespace {

// A later version adds an element and never changes an earlier one.
constexpr std::array<std::string_view, schema_version> migrations{
    // 1: documents and what was read in them
    R"sql(
CREATE TABLE sources(number INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE);
CREATE TABLE documents(
  number INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  source INTEGER NOT NULL REFERENCES sources(number),
  url TEXT NOT NULL, title TEXT NOT NULL, language TEXT NOT NULL,
  published TEXT NOT NULL,
  day INTEGER,
  input_sha256 TEXT NOT NULL, text_sha256 TEXT NOT NULL,
  length INTEGER NOT NULL, has_text INTEGER NOT NULL,
  coder_version TEXT NOT NULL, coder_model TEXT NOT NULL, coder_lexicon TEXT NOT NULL,
  events INTEGER NOT NULL, statements INTEGER NOT NULL, plans INTEGER NOT NULL,
  revision INTEGER NOT NULL);
CREATE INDEX documents_by_day ON documents(day);
CREATE INDEX documents_by_revision ON documents(revision);
CREATE TABLE records(
  document INTEGER PRIMARY KEY REFERENCES documents(number),
  text_at INTEGER NOT NULL, body BLOB NOT NULL, text BLOB);
CREATE TABLE entities(
  number INTEGER PRIMARY KEY,
  key TEXT NOT NULL UNIQUE,
  kind TEXT NOT NULL, name TEXT NOT NULL, words TEXT NOT NULL,
  wikidata TEXT NOT NULL, iso3 TEXT NOT NULL, country TEXT NOT NULL, cameo TEXT NOT NULL, sector TEXT NOT NULL,
  geonames TEXT NOT NULL, lat REAL, lon REAL);
CREATE TABLE appearances(
  document INTEGER NOT NULL REFERENCES documents(number), position INTEGER NOT NULL,
  id TEXT NOT NULL, entity INTEGER NOT NULL REFERENCES entities(number),
  name TEXT NOT NULL, title TEXT NOT NULL, mentions INTEGER NOT NULL,
  PRIMARY KEY(document, position))/*WITHOUT ROWID*/;
CREATE INDEX appearances_by_entity ON appearances(entity);
CREATE TABLE places(
  number INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE,
  name TEXT NOT NULL, words TEXT NOT NULL, geonames TEXT NOT NULL, iso3 TEXT NOT NULL, lat REAL, lon REAL);
CREATE TABLE events(
  number INTEGER PRIMARY KEY,
  document INTEGER NOT NULL REFERENCES documents(number),
  id TEXT NOT NULL, type TEXT NOT NULL, mode TEXT NOT NULL, contexts TEXT NOT NULL, quad INTEGER NOT NULL,
  cameo TEXT NOT NULL, status TEXT NOT NULL, time TEXT NOT NULL, time_from TEXT NOT NULL, day INTEGER,
  place INTEGER REFERENCES places(number),
  plan TEXT NOT NULL, said_by TEXT NOT NULL, confidence REAL NOT NULL, why TEXT NOT NULL,
  begin_at INTEGER NOT NULL, end_at INTEGER NOT NULL);
CREATE TABLE event_parties(
  item INTEGER NOT NULL REFERENCES events(number), role INTEGER NOT NULL, position INTEGER NOT NULL,
  entity INTEGER NOT NULL REFERENCES entities(number),
  PRIMARY KEY(item, role, position))/*WITHOUT ROWID*/;
CREATE TABLE statements(
  number INTEGER PRIMARY KEY,
  document INTEGER NOT NULL REFERENCES documents(number),
  id TEXT NOT NULL, kind TEXT NOT NULL, time TEXT NOT NULL, day INTEGER, within TEXT NOT NULL, events TEXT NOT NULL);
CREATE TABLE statement_parties(
  item INTEGER NOT NULL REFERENCES statements(number), role INTEGER NOT NULL, position INTEGER NOT NULL,
  entity INTEGER NOT NULL REFERENCES entities(number),
  PRIMARY KEY(item, role, position))/*WITHOUT ROWID*/;
CREATE TABLE plans(
  number INTEGER PRIMARY KEY,
  document INTEGER NOT NULL REFERENCES documents(number),
  id TEXT NOT NULL, what TEXT NOT NULL, status TEXT NOT NULL, time TEXT NOT NULL, day INTEGER,
  place INTEGER REFERENCES places(number));
CREATE TABLE plan_parties(
  item INTEGER NOT NULL REFERENCES plans(number), role INTEGER NOT NULL, position INTEGER NOT NULL,
  entity INTEGER NOT NULL REFERENCES entities(number),
  PRIMARY KEY(item, role, position))/*WITHOUT ROWID*/;
CREATE TABLE plan_steps(
  item INTEGER NOT NULL REFERENCES plans(number), position INTEGER NOT NULL,
  status TEXT NOT NULL, time TEXT NOT NULL, day INTEGER, said_by TEXT NOT NULL,
  begin_at INTEGER NOT NULL, end_at INTEGER NOT NULL,
  PRIMARY KEY(item, position))/*WITHOUT ROWID*/;
CREATE TABLE evidence(
  document INTEGER NOT NULL REFERENCES documents(number), position INTEGER NOT NULL,
  owner TEXT NOT NULL, part TEXT NOT NULL, begin_at INTEGER NOT NULL, end_at INTEGER NOT NULL,
  PRIMARY KEY(document, position))/*WITHOUT ROWID*/;
/*WORDS*/
)sql",
    // 2: what persons say of it, and plans across documents
    R"sql(
CREATE TABLE corrections(
  number INTEGER PRIMARY KEY,
  kind TEXT NOT NULL, document TEXT NOT NULL, subject TEXT NOT NULL, object TEXT NOT NULL, detail TEXT NOT NULL,
  made_by TEXT NOT NULL, made_at TEXT NOT NULL, note TEXT NOT NULL);
CREATE TABLE dossiers(number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, body TEXT NOT NULL);
CREATE TABLE dossier_plans(
  dossier INTEGER NOT NULL REFERENCES dossiers(number), document TEXT NOT NULL, plan TEXT NOT NULL,
  PRIMARY KEY(document, plan))/*WITHOUT ROWID*/;
)sql",
    // 3: the key first, since integrity_check of SQLite 3.40 misreads a table without rowid that has it last
    R"sql(
DROP TABLE dossier_plans;
CREATE TABLE dossier_plans(
  document TEXT NOT NULL, plan TEXT NOT NULL, dossier INTEGER NOT NULL REFERENCES dossiers(number),
  PRIMARY KEY(document, plan))/*WITHOUT ROWID*/;
)sql",
    // 4: what a list shows of an event stands in its row; nothing there: look into `records` and `evidence`
    R"sql(
ALTER TABLE events ADD COLUMN sentence TEXT;
ALTER TABLE events ADD COLUMN triggers TEXT;
)sql"};

void replace_all(std::string& text, std::string_view what, std::string_view by) {
  for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + by.size()))
    text.replace(at, what.size(), by);
}

/// The script in the words of the database at hand.
std::string in_dialect(std::string_view script, bool postgres) {
  std::string out(script);
  if (postgres) {
    for (const auto& [ours, theirs] : {std::pair{" INTEGER", " BIGINT"},
                                       {" REAL", " DOUBLE PRECISION"},
                                       {" BLOB", " BYTEA"},
                                       {" TEXT", " TEXT COLLATE \"C\""}})
      replace_all(out, ours, theirs);
    replace_all(out, "/*WITHOUT ROWID*/", "");
    replace_all(out, "/*WORDS*/",
                "CREATE TABLE document_words(document BIGINT PRIMARY KEY REFERENCES documents(number), words "
                "tsvector "
                "NOT NULL);CREATE INDEX document_words_index ON document_words USING gin(words);");
  } else {
    replace_all(out, "/*WITHOUT ROWID*/", "WITHOUT ROWID");
    replace_all(out, "/*WORDS*/",
                "CREATE VIRTUAL TABLE document_words USING fts5(words, content='', columnsize=0, "
                "tokenize='unicode61 remove_diacritics 0');");
  }
  return out;
}

}  // namespace

int schema_version_of(SqlConnection& sql) {
  bool known = false;
  const std::string_view tables = sql.is_postgres() ? "SELECT 1 FROM information_schema.tables WHERE "
                                                      "table_name='meta' AND table_schema=current_schema()"
                                                    : "SELECT 1 FROM sqlite_master WHERE name='meta'";
  sql.query(tables, {}, [&](const SqlRow&) { known = true; });
  if (!known) return 0;
  int version = 0;
  sql.query("SELECT value FROM meta WHERE key='schema'", {},
            [&](const SqlRow& row) { version = static_cast<int>(row.integer(0)); });
  return version;
}

void migrate_schema(SqlConnection& sql, int target) {
  Transaction transaction(sql, true);
  int version = schema_version_of(sql);
  if (version == 0) {
    sql.script(
        in_dialect("CREATE TABLE meta(key TEXT PRIMARY KEY, value INTEGER NOT NULL);"
                   "INSERT INTO meta VALUES('schema', 0),('revision', 0)",
                   sql.is_postgres()));
  }
  for (; version < target; ++version)
    sql.script(in_dialect(migrations[static_cast<std::size_t>(version)], sql.is_postgres()));
  sql.run("UPDATE meta SET value=$1 WHERE key='schema' AND value<$1",
          std::array<Cell, 1>{std::int64_t{version}});
  transaction.commit();
}

}  // namespace polybius
