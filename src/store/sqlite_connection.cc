// SQLite: one file, write-ahead log, prepared statements kept by their text.
#include <sqlite3.h>
#include <sys/stat.h>

#include <unordered_map>

#include "store/sql.h"
#include "store/store.h"

namespace polybius {
namespace {

constexpr int application_id = 0x504f4c59;  // "POLY"
constexpr int wait_ms = 60'000;

std::string_view remedy_of(int fault) {
  switch (fault & 0xff) {
    case SQLITE_FULL:
      return "free some space on the disk and run the command again";
    case SQLITE_IOERR:
      return "check the disk and run the command again";
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return "another program is writing; try again when it is done";
    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_CANTOPEN:
      return "check the permissions of the file and its folder";
    case SQLITE_NOTADB:
    case SQLITE_CORRUPT:
      return "give a file that polybius made, or restore it from a copy";
    default:
      return "";
  }
}

class SqliteRow final : public SqlRow {
 public:
  explicit SqliteRow(sqlite3_stmt* statement) : statement_(statement) {}
  bool null(int column) const override {
    return sqlite3_column_type(statement_, column) == SQLITE_NULL;
  }
  std::int64_t integer(int column) const override {
    return sqlite3_column_int64(statement_, column);
  }
  double real(int column) const override {
    return sqlite3_column_double(statement_, column);
  }
  std::string_view text(int column) const override {
    const auto* text = sqlite3_column_text(statement_, column);
    if (text == nullptr) return {};
    return {reinterpret_cast<const char*>(text),
            static_cast<std::size_t>(sqlite3_column_bytes(statement_, column))};
  }
  std::string bytes(int column) const override {
    const auto* bytes = static_cast<const char*>(sqlite3_column_blob(statement_, column));
    if (bytes == nullptr) return {};
    return {bytes, static_cast<std::size_t>(sqlite3_column_bytes(statement_, column))};
  }

 private:
  sqlite3_stmt* statement_;
};

/// So that a statement is found without a copy of its text.
struct StatementHash {
  using is_transparent = void;
  std::size_t operator()(std::string_view text) const {
    return std::hash<std::string_view>()(text);
  }
};

class SqliteConnection final : public SqlConnection {
 public:
  SqliteConnection(sqlite3* database, std::string path) : database_(database), path_(std::move(path)) {
    sqlite3_busy_timeout(database_, wait_ms);
    sqlite3_extended_result_codes(database_, 1);
  }
  ~SqliteConnection() override {
    for (auto& [text, statement] : statements_) sqlite3_finalize(statement);
    sqlite3_close(database_);
  }
  SqliteConnection(const SqliteConnection&) = delete;
  SqliteConnection& operator=(const SqliteConnection&) = delete;

  bool is_postgres() const override {
    return false;
  }

  void script(const std::string& statements) override {
    check(sqlite3_exec(database_, statements.c_str(), nullptr, nullptr, nullptr));
  }

  void query(std::string_view statement, std::span<const Cell> values,
             const std::function<void(const SqlRow&)>& take) override {
    Use use(*this, statement, values);
    const SqliteRow row(use.statement);
    int fault = sqlite3_step(use.statement);
    for (; fault == SQLITE_ROW; fault = sqlite3_step(use.statement)) take(row);
    if (fault != SQLITE_DONE) fail(fault);
  }

  std::size_t run(std::string_view statement, std::span<const Cell> values) override {
    Use use(*this, statement, values);
    const int fault = sqlite3_step(use.statement);
    if (fault != SQLITE_DONE && fault != SQLITE_ROW) fail(fault);
    return static_cast<std::size_t>(sqlite3_changes(database_));
  }

  void insert(const SqlTable& table, std::span<const Cell> cells) override {
    std::string statement =
        "INSERT INTO " + std::string(table.name) + "(" + std::string(table.columns) + ") VALUES(";
    for (std::size_t column = 1; column <= table.width; ++column)
      statement += (column > 1 ? ",$" : "$") + std::to_string(column);
    statement += ")";
    for (; !cells.empty(); cells = cells.subspan(table.width)) run(statement, cells.first(table.width));
  }

  void begin(bool writes) override {
    run(writes ? "BEGIN IMMEDIATE" : "BEGIN", {});
  }
  void commit() override {
    run("COMMIT", {});
  }
  void rollback() noexcept override {
    if (sqlite3_get_autocommit(database_) == 0)
      sqlite3_exec(database_, "ROLLBACK", nullptr, nullptr, nullptr);
  }

  [[noreturn]] void fail(int fault) const {
    std::string what = path_ + ": the store failed: " + sqlite3_errmsg(database_);
    const std::string_view remedy = remedy_of(fault);
    if (!remedy.empty()) what += "; " + std::string(remedy);
    throw StoreFailure(what + " (E-STO-10)");
  }
  void check(int fault) const {
    if (fault != SQLITE_OK) fail(fault);
  }

 private:
  /// A kept statement with its values bound; reset when done.
  struct Use {
    Use(SqliteConnection& connection, std::string_view text, std::span<const Cell> values)
        : statement(connection.prepared(text)) {
      int number = 0;
      for (const Cell& value : values) connection.check(bind(++number, value));
    }
    ~Use() {
      sqlite3_reset(statement);
    }
    Use(const Use&) = delete;
    Use& operator=(const Use&) = delete;

    int bind(int number, const Cell& value) const {
      if (const auto* integer = std::get_if<std::int64_t>(&value))
        return sqlite3_bind_int64(statement, number, *integer);
      if (const auto* real = std::get_if<double>(&value))
        return sqlite3_bind_double(statement, number, *real);
      if (const auto* text = std::get_if<std::string>(&value))
        return sqlite3_bind_text64(statement, number, text->data(), text->size(), SQLITE_STATIC, SQLITE_UTF8);
      if (const auto* bytes = std::get_if<SqlBytes>(&value))
        return sqlite3_bind_blob64(statement, number, bytes->bytes.data(), bytes->bytes.size(),
                                   SQLITE_STATIC);
      return sqlite3_bind_null(statement, number);
    }
    sqlite3_stmt* statement;
  };

  sqlite3_stmt* prepared(std::string_view text) {
    const auto known = statements_.find(text);
    if (known != statements_.end()) return known->second;
    sqlite3_stmt* statement = nullptr;
    check(sqlite3_prepare_v3(database_, text.data(), static_cast<int>(text.size()), SQLITE_PREPARE_PERSISTENT,
                             &statement, nullptr));
    statements_.emplace(text, statement);
    return statement;
  }

  sqlite3* database_;
  std::string path_;
  std::unordered_map<std::string, sqlite3_stmt*, StatementHash, std::equal_to<>> statements_;
};

std::int64_t number_of(SqlConnection& connection, std::string_view pragma) {
  std::int64_t number = 0;
  connection.query(pragma, {}, [&](const SqlRow& row) { number = row.integer(0); });
  return number;
}

}  // namespace

Result<std::unique_ptr<SqlConnection>> open_sqlite(const std::string& path, bool write) {
  struct stat status = {};
  if (!write && ::stat(path.c_str(), &status) != 0)
    return Error{"E-STO-01", path, "there is no such store",
                 "make one: polybius load --db " + path + " INPUT..."};
  sqlite3* database = nullptr;
  const int flags =
      (write ? SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE : SQLITE_OPEN_READWRITE) | SQLITE_OPEN_NOMUTEX;
  int fault = sqlite3_open_v2(path.c_str(), &database, flags, nullptr);
  if (fault == SQLITE_CANTOPEN && !write) {  // a file that may be read only
    sqlite3_close(database);
    fault = sqlite3_open_v2(path.c_str(), &database, SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX, nullptr);
  }
  auto connection = std::make_unique<SqliteConnection>(database, path);
  if (fault != SQLITE_OK) {
    return Error{"E-STO-02", path, std::string("the store cannot be opened: ") + sqlite3_errmsg(database),
                 std::string(remedy_of(fault))};
  }
  try {
    const std::int64_t known = number_of(*connection, "PRAGMA application_id");
    const std::int64_t tables = number_of(*connection, "SELECT COUNT(*) FROM sqlite_master");
    if (known != application_id && tables > 0)
      return Error{"E-STO-03", path, "a database of another program", "give another file"};
    if (write && tables == 0)
      connection->script("PRAGMA application_id=" + std::to_string(application_id) +
                         ";PRAGMA page_size=8192");
    // Changes survive the end of the program at any moment; after a power cut the last ones may be missing.
    if (write)
      connection->script("PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;PRAGMA wal_autocheckpoint=4000");
    connection->script("PRAGMA foreign_keys=ON;PRAGMA cache_size=-131072;PRAGMA temp_store=MEMORY");
    if (!write) connection->script("PRAGMA query_only=ON");
  } catch (const StoreFailure& failure) {
    return Error{"E-STO-02", "", failure.what(), ""};
  }
  return std::unique_ptr<SqlConnection>(std::move(connection));
}

}  // namespace polybius
