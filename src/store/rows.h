// Whole rows of what the catalogue found: the words come from the store.
#pragma once

#include <map>
#include <span>

#include "store/catalogue.h"
#include "store/sql.h"
#include "text/text.h"

namespace polybius {

/// Reads the rows of one page; what several rows share is read once.
class RowReader {
 public:
  RowReader(SqlConnection& sql, const Catalogue::Parts& catalogue) : sql_(sql), catalogue_(catalogue) {}

  /// The rows of events, asked for at once. Those whose document is gone since the catalogue was read are
  /// missing.
  std::vector<EventRow> events(std::span<const std::size_t> indices);
  /// Nothing where the document is gone since the catalogue was read.
  std::optional<StatementRow> statement(const CatalogueItem& item);
  std::optional<PlanRow> plan(const CatalogueItem& item);
  std::optional<DocumentRow> document(std::uint32_t index);
  EntityRow entity(std::uint32_t index, std::size_t events);

 private:
  struct Source {
    DocumentRow row;
    Text text;
  };
  const Source* source_of(std::uint32_t document);
  EventRow event_of(const SqlRow& row, const CatalogueItem& item) const;
  std::string words_at(const Source& source, Span span) const {
    return std::string(source.text.slice(span));
  }
  std::vector<Span> spans_of(std::int64_t document, const std::string& owner, const std::string& part);
  std::optional<Place> place_of(const CatalogueItem& item) const;
  std::vector<EntityName> speakers_of(std::uint32_t document, const std::string& statement);
  template <typename Row>
  void name_source(Row& row, const Source& source) const;

  SqlConnection& sql_;
  const Catalogue::Parts& catalogue_;
  std::map<std::uint32_t, std::optional<Source>> sources_;
};

/// Hands on the records of `documents`, with the corrections; `events` (document index and position, sorted)
/// tells which of their events are meant, wrong ones only if `wrong`. Returns how many records there were.
std::size_t read_matching_records(SqlConnection& sql, const Catalogue::Parts& catalogue,
                                  std::span<const std::size_t> documents,
                                  std::span<const std::pair<std::uint32_t, std::uint32_t>> events, bool wrong,
                                  const std::function<bool(Record&&, std::span<const std::size_t>)>& take);

}  // namespace polybius
