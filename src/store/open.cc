// Opens stores, and the small questions that a store answers by itself.
#include <array>

#include "store/parts.h"
#include "store/prepare.h"

namespace polybius {

Store::Store(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
Store::Store(Store&&) noexcept = default;
Store& Store::operator=(Store&&) noexcept = default;
Store::~Store() = default;

Result<Store> open_store(const std::string& url, StoreMode mode) {
  const bool write = mode == StoreMode::write;
  const bool postgres = url.starts_with("postgresql://") || url.starts_with("postgres://");
  const std::string path = url.starts_with("sqlite:") ? url.substr(7) : url;
  if (path.empty())
    return Error{"E-STO-02", "", "no store is named", "give --db FILE or --db postgresql://..."};
  auto sql = postgres ? open_postgres(url, write) : open_sqlite(path, write);
  if (!sql) return sql.error();
  const std::string place = postgres ? "PostgreSQL" : path;
  const int version = schema_version_of(*sql.value());
  if (version > schema_version)
    return Error{"E-STO-05", place, "a store of a newer polybius", "use that version, or a newer one"};
  if (version < schema_version && !write && version == 0)
    return Error{"E-STO-01", place, "there is no store in it", "make one: polybius load --db ... INPUT..."};
  if (version < schema_version && !write)
    return Error{"E-STO-06", place, "a store of an older polybius",
                 "bring it up to date: polybius load --db ... --update"};
  if (version < schema_version) migrate_schema(*sql.value());
  auto parts = std::make_unique<Store::Parts>();
  parts->sql = std::move(sql).value();
  return Store(std::move(parts));
}

std::int64_t revision_of(SqlConnection& sql) {
  std::int64_t revision = 0;
  sql.query("SELECT value FROM meta WHERE key='revision'", {},
            [&](const SqlRow& row) { revision = row.integer(0); });
  return revision;
}

std::int64_t raise_revision(SqlConnection& sql) {
  sql.run("UPDATE meta SET value=value+1 WHERE key='revision'", {});
  return revision_of(sql);
}

std::int64_t Store::revision() {
  return revision_of(*parts_->sql);
}

void Store::settle(bool replaced) {
  if (replaced) {
    Transaction transaction(*parts_->sql, true);
    remove_orphans(*parts_->sql);
    raise_revision(*parts_->sql);
    transaction.commit();
    parts_->forget_numbers();
  }
  if (parts_->sql->is_postgres()) {
    parts_->sql->script("ANALYZE");
  } else {
    parts_->sql->script("PRAGMA optimize;PRAGMA wal_checkpoint(TRUNCATE)");
  }
}

std::optional<StoredIdentity> identity_of(SqlConnection& sql, const std::string& id) {
  std::optional<StoredIdentity> found;
  sql.query(
      "SELECT number,input_sha256,text_sha256,coder_version,coder_model,coder_lexicon FROM documents WHERE "
      "id=$1",
      std::array<Cell, 1>{id}, [&](const SqlRow& row) {
        found =
            StoredIdentity{row.integer(0),
                           std::string(row.text(1)),
                           std::string(row.text(2)),
                           {std::string(row.text(3)), std::string(row.text(4)), std::string(row.text(5))}};
      });
  return found;
}

std::optional<std::string> stored_json(SqlConnection& sql, const std::string& id) {
  std::optional<std::string> json;
  sql.query(
      "SELECT r.text_at,r.body,r.text FROM records r JOIN documents d ON d.number=r.document WHERE d.id=$1",
      std::array<Cell, 1>{id}, [&](const SqlRow& row) {
        json = join_text(unpack_stored(row.bytes(1)), static_cast<std::size_t>(row.integer(0)),
                         row.null(2) ? std::string() : unpack_stored(row.bytes(2)));
      });
  return json;
}

std::optional<std::string> Store::record_json(const std::string& id) {
  return stored_json(*parts_->sql, id);
}

}  // namespace polybius
