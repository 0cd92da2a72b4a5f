// A connection to a database as the store needs it: prepared statements, whole transactions, rows in bulk.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "polybius/error.h"

namespace polybius {

/// Bytes that are no text.
struct SqlBytes {
  std::string bytes;
};
/// The value of a cell: nothing, a number, text or bytes.
using Cell = std::variant<std::monostate, std::int64_t, double, std::string, SqlBytes>;

/// The row that a query is at. Views are valid until the next one.
class SqlRow {
 public:
  virtual ~SqlRow() = default;
  virtual bool null(int column) const = 0;
  virtual std::int64_t integer(int column) const = 0;
  virtual double real(int column) const = 0;
  virtual std::string_view text(int column) const = 0;
  virtual std::string bytes(int column) const = 0;
};

/// A table that rows are put into: its name and columns, comma-separated.
struct SqlTable {
  std::string_view name;
  std::string_view columns;
  std::size_t width = 0;
};

/// Statements are constants of the program with `$1`, `$2`, ... for their values, each first named in that
/// order; no value ever becomes part of a statement. Not to be shared by threads. Every member throws
/// StoreFailure when the database fails.
class SqlConnection {
 public:
  virtual ~SqlConnection() = default;
  virtual bool is_postgres() const = 0;
  /// Runs a script of statements without values.
  virtual void script(const std::string& statements) = 0;
  /// Runs one statement, prepared once and kept; `take` gets each row.
  virtual void query(std::string_view statement, std::span<const Cell> values,
                     const std::function<void(const SqlRow&)>& take) = 0;
  /// Runs one statement that gives no rows; returns how many it changed.
  virtual std::size_t run(std::string_view statement, std::span<const Cell> values) = 0;
  /// Adds rows, `table.width` cells each.
  virtual void insert(const SqlTable& table, std::span<const Cell> cells) = 0;
  /// Begins a transaction; one that writes waits until it is the only one that does.
  virtual void begin(bool writes) = 0;
  virtual void commit() = 0;
  virtual void rollback() noexcept = 0;
};

/// A transaction that is undone unless it is committed.
class Transaction {
 public:
  Transaction(SqlConnection& connection, bool writes) : connection_(connection) {
    connection.begin(writes);
  }
  ~Transaction() {
    if (!done_) connection_.rollback();
  }
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;
  void commit() {
    connection_.commit();
    done_ = true;
  }

 private:
  SqlConnection& connection_;
  bool done_ = false;
};

/// Opens a file. `write` makes it where it is missing. Errors: E-STO-01 (missing), E-STO-02 (no such file).
Result<std::unique_ptr<SqlConnection>> open_sqlite(const std::string& path, bool write);
/// Connects to a server. Errors: E-STO-04 (no connection).
Result<std::unique_ptr<SqlConnection>> open_postgres(const std::string& url, bool write);

}  // namespace polybius
