// PostgreSQL by libpq: prepared statements, rows in bulk by COPY, one writer at a time by an advisory lock.
#include <libpq-fe.h>

#include <charconv>
#include <unordered_map>

#include "store/sql.h"
#include "store/store.h"

namespace polybius {
namespace {

constexpr const char* lock_statement = "SELECT pg_advisory_xact_lock(1349995609)";  // a number of our own
constexpr std::size_t copy_piece = 1 << 16;

struct ResultDeleter {
  void operator()(PGresult* result) const {
    PQclear(result);
  }
};
using ResultPtr = std::unique_ptr<PGresult, ResultDeleter>;

/// What the server said, on one line.
std::string one_line(std::string message) {
  while (!message.empty() && (message.back() == '\n' || message.back() == ' ')) message.pop_back();
  for (char& byte : message) byte = byte == '\n' ? ' ' : byte;
  return message.empty() ? "the server closed the connection" : message;
}

/// PostgreSQL's texts hold no NUL.
std::string storable(const std::string& text) {
  if (text.find('\0') == std::string::npos) return text;
  std::string out;
  for (const char byte : text) out += byte == '\0' ? std::string("\xEF\xBF\xBD") : std::string(1, byte);
  return out;
}

std::string real_text(double number) {
  char digits[32];
  const auto end = std::to_chars(digits, digits + sizeof digits, number).ptr;
  return {digits, end};
}

class PostgresRow final : public SqlRow {
 public:
  explicit PostgresRow(const PGresult* result) : result_(result) {}
  bool null(int column) const override {
    return PQgetisnull(result_, 0, column) != 0;
  }
  std::int64_t integer(int column) const override {
    std::int64_t number = 0;
    const std::string_view digits = text(column);
    std::from_chars(digits.data(), digits.data() + digits.size(), number);
    return number;
  }
  double real(int column) const override {
    double number = 0;
    const std::string_view digits = text(column);
    std::from_chars(digits.data(), digits.data() + digits.size(), number);
    return number;
  }
  std::string_view text(int column) const override {
    return {PQgetvalue(result_, 0, column), static_cast<std::size_t>(PQgetlength(result_, 0, column))};
  }
  std::string bytes(int column) const override {
    std::size_t size = 0;
    unsigned char* raw =
        PQunescapeBytea(reinterpret_cast<const unsigned char*>(PQgetvalue(result_, 0, column)), &size);
    if (raw == nullptr) throw std::bad_alloc();
    std::string out(reinterpret_cast<const char*>(raw), size);
    PQfreemem(raw);
    return out;
  }

 private:
  const PGresult* result_;
};

/// The values of a statement in the form in which libpq takes them.
struct Values {
  explicit Values(std::span<const Cell> cells) {
    texts.reserve(cells.size());
    for (const Cell& cell : cells) {
      const bool binary = std::holds_alternative<SqlBytes>(cell);
      texts.push_back(text_of(cell));
      pointers.push_back(cell.index() == 0 ? nullptr : texts.back().data());
      lengths.push_back(static_cast<int>(texts.back().size()));
      formats.push_back(binary ? 1 : 0);
    }
  }
  static std::string text_of(const Cell& cell) {
    if (const auto* integer = std::get_if<std::int64_t>(&cell)) return std::to_string(*integer);
    if (const auto* real = std::get_if<double>(&cell)) return real_text(*real);
    if (const auto* text = std::get_if<std::string>(&cell)) return storable(*text);
    if (const auto* bytes = std::get_if<SqlBytes>(&cell)) return bytes->bytes;
    return {};
  }
  std::vector<std::string> texts;
  std::vector<const char*> pointers;
  std::vector<int> lengths;
  std::vector<int> formats;
};

void append_copy_text(std::string& out, const std::string& text) {
  for (const char byte : text) {
    switch (byte) {
      case '\\':
        out += "\\\\";
        break;
      case '\t':
        out += "\\t";
        break;
      case '\n':
        out += "\\n";
        break;
      case '\r':
        out += "\\r";
        break;
      default:
        out += byte;
    }
  }
}

/// A cell in the text form of COPY.
void append_copy_cell(std::string& out, const Cell& cell) {
  constexpr std::string_view digits = "0123456789abcdef";
  if (const auto* bytes = std::get_if<SqlBytes>(&cell)) {
    out += "\\\\x";
    for (const char byte : bytes->bytes) {
      out += digits[static_cast<unsigned char>(byte) >> 4U];
      out += digits[static_cast<unsigned char>(byte) & 15U];
    }
  } else if (cell.index() == 0) {
    out += "\\N";
  } else {
    append_copy_text(out, Values::text_of(cell));
  }
}

class PostgresConnection final : public SqlConnection {
 public:
  explicit PostgresConnection(PGconn* connection) : connection_(connection) {}
  ~PostgresConnection() override {
    PQfinish(connection_);
  }
  PostgresConnection(const PostgresConnection&) = delete;
  PostgresConnection& operator=(const PostgresConnection&) = delete;

  bool is_postgres() const override {
    return true;
  }

  void script(const std::string& statements) override {
    const ResultPtr result(PQexec(connection_, statements.c_str()));
    check(result.get());
  }

  void query(std::string_view statement, std::span<const Cell> values,
             const std::function<void(const SqlRow&)>& take) override {
    send(statement, values);
    PQsetSingleRowMode(connection_);
    try {
      while (ResultPtr result{PQgetResult(connection_)}) {
        check(result.get());
        if (PQresultStatus(result.get()) == PGRES_SINGLE_TUPLE) take(PostgresRow(result.get()));
      }
    } catch (...) {
      drain();
      throw;
    }
  }

  std::size_t run(std::string_view statement, std::span<const Cell> values) override {
    send(statement, values);
    std::size_t changed = 0;
    while (ResultPtr result{PQgetResult(connection_)}) {
      if (!good(result.get())) fail_after_draining(result.get());
      const std::string_view count = PQcmdTuples(result.get());
      std::from_chars(count.data(), count.data() + count.size(), changed);
    }
    return changed;
  }

  void insert(const SqlTable& table, std::span<const Cell> cells) override {
    if (cells.empty()) return;
    const std::string statement =
        "COPY " + std::string(table.name) + "(" + std::string(table.columns) + ") FROM STDIN";
    {
      const ResultPtr result(PQexec(connection_, statement.c_str()));
      check(result.get());
    }
    std::string piece;
    for (std::size_t at = 0; at < cells.size(); ++at) {
      append_copy_cell(piece, cells[at]);
      piece += (at + 1) % table.width == 0 ? '\n' : '\t';
      if (piece.size() >= copy_piece) send_piece(piece);
    }
    send_piece(piece);
    if (PQputCopyEnd(connection_, nullptr) != 1) fail(nullptr);
    while (ResultPtr result{PQgetResult(connection_)}) {
      if (!good(result.get())) fail_after_draining(result.get());
    }
  }

  void begin(bool writes) override {
    script(writes ? "BEGIN" : "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
    if (writes) script(lock_statement);
  }
  void commit() override {
    const ResultPtr result(PQexec(connection_, "COMMIT"));
    check(result.get());
  }
  void rollback() noexcept override {
    drain();
    if (PQtransactionStatus(connection_) != PQTRANS_IDLE) PQclear(PQexec(connection_, "ROLLBACK"));
  }

 private:
  static bool good(const PGresult* result) {
    const ExecStatusType status = PQresultStatus(result);
    return status == PGRES_COMMAND_OK || status == PGRES_TUPLES_OK || status == PGRES_SINGLE_TUPLE ||
           status == PGRES_COPY_IN;
  }
  void check(const PGresult* result) {
    if (!good(result)) fail(result);
  }
  [[noreturn]] void fail(const PGresult* result) {
    const bool lost = PQstatus(connection_) == CONNECTION_BAD;
    std::string message = result == nullptr ? "" : PQresultErrorMessage(result);
    if (message.empty()) message = PQerrorMessage(connection_);
    throw StoreFailure("PostgreSQL: the store failed: " + one_line(std::move(message)) +
                       (lost ? "; run the same command again, it goes on where it was stopped (E-STO-11)"
                             : "; what was stored before is intact (E-STO-11)"));
  }
  [[noreturn]] void fail_after_draining(const PGresult* result) {
    try {
      fail(result);
    } catch (...) {
      drain();
      throw;
    }
  }
  void drain() noexcept {
    while (PGresult* result = PQgetResult(connection_)) {
      const bool copying = PQresultStatus(result) == PGRES_COPY_IN;
      PQclear(result);
      if (copying && PQputCopyEnd(connection_, "given up") != 1) return;
      if (PQstatus(connection_) == CONNECTION_BAD) return;
    }
  }

  void send_piece(std::string& piece) {
    if (!piece.empty() && PQputCopyData(connection_, piece.data(), static_cast<int>(piece.size())) != 1)
      fail(nullptr);
    piece.clear();
  }

  void send(std::string_view statement, std::span<const Cell> cells) {
    const std::string& name = prepared(statement);
    const Values values(cells);
    if (PQsendQueryPrepared(connection_, name.c_str(), static_cast<int>(cells.size()), values.pointers.data(),
                            values.lengths.data(), values.formats.data(), 0) != 1)
      fail(nullptr);
  }

  const std::string& prepared(std::string_view statement) {
    const auto known = statements_.find(std::string(statement));
    if (known != statements_.end()) return known->second;
    const std::string name = "s" + std::to_string(statements_.size());
    const std::string text(statement);
    const ResultPtr result(PQprepare(connection_, name.c_str(), text.c_str(), 0, nullptr));
    check(result.get());
    return statements_.emplace(text, name).first->second;
  }

  PGconn* connection_;
  std::unordered_map<std::string, std::string> statements_;
};

void ignore_notice(void* /*unused*/, const char* /*message*/) {}

}  // namespace

Result<std::unique_ptr<SqlConnection>> open_postgres(const std::string& url, bool write) {
  PGconn* raw = PQconnectdb(url.c_str());
  auto connection = std::make_unique<PostgresConnection>(raw);
  if (PQstatus(raw) != CONNECTION_OK) {
    return Error{"E-STO-04", "PostgreSQL", "no connection: " + one_line(PQerrorMessage(raw)),
                 "check the address, the name and the password, and that the server runs"};
  }
  PQsetNoticeProcessor(raw, ignore_notice, nullptr);
  try {
    connection->script("SET client_encoding='UTF8';SET bytea_output='hex';SET extra_float_digits=1");
    if (!write) connection->script("SET default_transaction_read_only=on");
  } catch (const StoreFailure& failure) {
    return Error{"E-STO-04", "", failure.what(), ""};
  }
  return std::unique_ptr<SqlConnection>(std::move(connection));
}

}  // namespace polybius
