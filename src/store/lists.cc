// Lists of what a filter finds, page by page.
#include <algorithm>
#include <array>
#include <charconv>

#include "store/catalogue.h"
#include "store/parts.h"
#include "store/rows.h"
#include "store/scan.h"

namespace polybius {
namespace {

using Parts = Catalogue::Parts;
using Hits = std::vector<std::size_t>;

/// Where a page begins: after the item of that day, position and document.
struct Cursor {
  std::int64_t day = 0;
  std::int64_t position = 0;
  std::string id;
};

Result<Cursor> read_cursor(const std::string& text) {
  const Error fault{"E-QRY-03", "cursor", "no cursor of this list",
                    "take `next` of the page before as it is"};
  Cursor cursor;
  const char* at = text.data();
  const char* end = at + text.size();
  for (std::int64_t* number : {&cursor.day, &cursor.position}) {
    const auto [rest, wrong] = std::from_chars(at, end, *number);
    if (wrong != std::errc() || rest == end || *rest != '.') return fault;
    at = rest + 1;
  }
  cursor.id.assign(at, end);
  return cursor;
}

std::string cursor_of(std::int64_t day, std::int64_t position, const std::string& id) {
  return std::to_string(day) + "." + std::to_string(position) + "." + id;
}

std::uint32_t first_document_from(const Parts& catalogue, const std::string& id) {
  const auto found = std::lower_bound(
      catalogue.documents.begin(), catalogue.documents.end(), id,
      [](const CatalogueDocument& document, const std::string& wanted) { return document.id < wanted; });
  return static_cast<std::uint32_t>(found - catalogue.documents.begin());
}

/// The index of the first item that lies at or after the cursor's; `exact` tells whether it is that one.
std::size_t index_of(const Parts& catalogue, const CatalogueItems& items, const Cursor& cursor, bool& exact) {
  const std::uint32_t document = first_document_from(catalogue, cursor.id);
  const bool there = document < catalogue.documents.size() && catalogue.documents[document].id == cursor.id;
  const std::int64_t position = there ? cursor.position : -1;
  const auto key_of = [](const CatalogueItem& item) {
    return std::array<std::int64_t, 3>{item.day, item.document, item.position};
  };
  const std::array<std::int64_t, 3> wanted{cursor.day, document, position};
  const auto found = std::partition_point(items.all.begin(), items.all.end(),
                                          [&](const CatalogueItem& item) { return key_of(item) < wanted; });
  exact = found != items.all.end() && key_of(*found) == wanted;
  return static_cast<std::size_t>(found - items.all.begin());
}

struct ItemPage {
  Hits hits;  ///< indices of items, in the order of the list
  std::string next;
  std::optional<std::size_t> total;
};

Result<ItemPage> page_of_items(const Parts& catalogue, const CatalogueItems& items, const Matcher& matcher,
                               const Page& page) {
  ItemPage out;
  MatchScan scan(items, matcher, page.count);
  if (page.count) out.total = scan.count();
  if (!page.cursor.empty()) {
    const auto cursor = read_cursor(page.cursor);
    if (!cursor) return cursor.error();
    bool exact = false;
    const std::size_t index = index_of(catalogue, items, cursor.value(), exact);
    if (page.oldest_first) {
      scan.begin_at(index + (exact ? 1U : 0U));
    } else {
      scan.end_at(index);
    }
  }
  scan.each(!page.oldest_first, [&](std::size_t index) {
    if (out.hits.size() < page.limit) {
      out.hits.push_back(index);
      return true;
    }
    if (out.hits.empty()) return false;
    const CatalogueItem& last = items.all[out.hits.back()];
    out.next = cursor_of(last.day, last.position, catalogue.documents[last.document].id);
    return false;
  });
  return out;
}

/// `fill` gives the rows of items.
template <typename Row, typename Fill>
Result<Found<Row>> found_items(Store& store, const Catalogue& catalogue, const CatalogueItems& items,
                               const Filter& filter, const Page& page, Matcher::Kind kind, Fill fill) {
  Transaction whole(StoreAccess::sql(store), false);  // rows of one state, and fewer locks
  const auto matcher = Matcher::of(store, catalogue.parts(), filter, kind);
  if (!matcher) return matcher.error();
  auto hits = page_of_items(catalogue.parts(), items, matcher.value(), page);
  if (!hits) return hits.error();
  RowReader reader(StoreAccess::sql(store), catalogue.parts());
  Found<Row> found;
  found.rows = fill(reader, hits.value().hits);
  whole.commit();
  found.next = std::move(hits.value().next);
  found.total = hits.value().total;
  return found;
}

/// The rows of items, one by one.
template <typename Row>
std::vector<Row> rows_of(const CatalogueItems& items, const Hits& hits, RowReader& reader,
                         std::optional<Row> (RowReader::*read)(const CatalogueItem&)) {
  std::vector<Row> rows;
  for (const std::size_t index : hits) {
    std::optional<Row> row = (reader.*read)(items.all[index]);
    if (row) rows.push_back(std::move(*row));  // else deleted since the catalogue was read
  }
  return rows;
}

/// Marks the documents that hold a matching event.
std::vector<std::uint8_t> documents_with_events(const Parts& catalogue, const Matcher& matcher) {
  std::vector<std::uint8_t> marked(catalogue.documents.size());
  each_bit(MatchScan(catalogue.events, matcher, true).matches(),
           [&](std::size_t index) { marked[catalogue.events.all[index].document] = 1; });
  return marked;
}

/// Documents that match, by day, then id.
Hits matching_documents(const Parts& catalogue, const Matcher& matcher) {
  const auto marked =
      matcher.only_documents() ? std::vector<std::uint8_t>() : documents_with_events(catalogue, matcher);
  Hits hits;
  for (const std::uint32_t index : catalogue.documents_by_day) {
    const bool wanted = marked.empty() ? matcher.matches_document(index) &&
                                             matcher.matches_day(catalogue.documents[index].day)
                                       : marked[index] != 0;
    if (wanted) hits.push_back(index);
  }
  return hits;
}

/// Events by entity across documents, among those that match.
std::vector<std::uint32_t> events_by_entity(const Parts& catalogue, const Matcher& matcher) {
  std::vector<std::uint32_t> counts(catalogue.entities.size());
  std::vector<std::uint32_t> last_item(catalogue.entities.size(), nowhere);
  each_bit(MatchScan(catalogue.events, matcher, true).matches(), [&](std::size_t index) {
    for (const CatalogueParty party : catalogue.events.parties(catalogue.events.all[index])) {
      if (party.role > 1 || last_item[party.entity] == index) continue;
      last_item[party.entity] = static_cast<std::uint32_t>(index);
      ++counts[party.entity];
    }
  });
  return counts;
}

bool kind_wanted(const CatalogueEntity& entity, const Filter& filter) {
  return filter.types.empty() ||
         std::find(filter.types.begin(), filter.types.end(), entity.kind) != filter.types.end();
}

bool asks_for_events(const Filter& filter) {
  return !filter.actor.empty() || !filter.recipient.empty() || !filter.entity.empty() ||
         !filter.speaker.empty() || !filter.modes.empty() || !filter.statuses.empty() ||
         !filter.quads.empty() || !filter.from.empty() || !filter.to.empty() || !filter.place.empty() ||
         !filter.document.empty() || !filter.source.empty() || filter.confidence > 0;
}

/// Entities that match with their events, most events first, then by key.
std::vector<std::pair<std::uint32_t, std::uint32_t>> matching_entities(const Parts& catalogue,
                                                                       const Filter& filter,
                                                                       const Matcher& matcher) {
  const auto named =
      filter.text.empty() ? std::vector<std::uint8_t>() : entities_named(catalogue, filter.text);
  const bool events = asks_for_events(filter);
  const auto counts = events ? events_by_entity(catalogue, matcher) : std::vector<std::uint32_t>();
  std::vector<std::pair<std::uint32_t, std::uint32_t>> out;
  for (const std::uint32_t index : catalogue.entities_by_events) {
    const CatalogueEntity& entity = catalogue.entities[index];
    const std::uint32_t count = events ? counts[index] : entity.events;
    if ((events && count == 0) || (!named.empty() && named[index] == 0) || !kind_wanted(entity, filter))
      continue;
    if (!events && count == 0 && entity.documents == 0) continue;
    out.emplace_back(index, count);
  }
  std::stable_sort(out.begin(), out.end(), [&](const auto& a, const auto& b) {
    return a.second != b.second ? a.second > b.second : a.first < b.first;
  });
  return out;
}

}  // namespace

Result<Found<EventRow>> find_events(Store& store, const Catalogue& catalogue, const Filter& filter,
                                    const Page& page) {
  return found_items<EventRow>(store, catalogue, catalogue.parts().events, filter, page,
                               Matcher::Kind::events,
                               [](RowReader& reader, const Hits& hits) { return reader.events(hits); });
}

Result<Found<StatementRow>> find_statements(Store& store, const Catalogue& catalogue, const Filter& filter,
                                            const Page& page) {
  return found_items<StatementRow>(store, catalogue, catalogue.parts().statements, filter, page,
                                   Matcher::Kind::statements, [&](RowReader& reader, const Hits& hits) {
                                     return rows_of(catalogue.parts().statements, hits, reader,
                                                    &RowReader::statement);
                                   });
}

Result<Found<PlanRow>> find_plans(Store& store, const Catalogue& catalogue, const Filter& filter,
                                  const Page& page) {
  Filter any_side = filter;  // the parties of a plan are on no side
  if (any_side.entity.empty()) std::swap(any_side.entity, any_side.recipient);
  return found_items<PlanRow>(store, catalogue, catalogue.parts().plans, any_side, page, Matcher::Kind::plans,
                              [&](RowReader& reader, const Hits& hits) {
                                return rows_of(catalogue.parts().plans, hits, reader, &RowReader::plan);
                              });
}

Result<Found<EntityRow>> find_entities(Store& store, const Catalogue& catalogue, const Filter& filter,
                                       const Page& page) {
  Filter of_events = filter;  // the name and the kind are the entity's
  of_events.text.clear();
  const auto matcher = Matcher::of(store, catalogue.parts(), of_events, Matcher::Kind::entities);
  if (!matcher) return matcher.error();
  const auto all = matching_entities(catalogue.parts(), filter, matcher.value());
  auto at = all.begin();
  if (!page.cursor.empty()) {
    const auto cursor = read_cursor(page.cursor);
    if (!cursor) return cursor.error();
    const auto& last = cursor.value();
    at = std::partition_point(all.begin(), all.end(), [&](const auto& entity) {
      if (entity.second != last.day) return entity.second > last.day;
      return catalogue.parts().entities[entity.first].key <= last.id;
    });
  }
  Found<EntityRow> found;
  if (page.count) found.total = all.size();
  RowReader reader(StoreAccess::sql(store), catalogue.parts());
  for (; at != all.end() && found.rows.size() < page.limit; ++at)
    found.rows.push_back(reader.entity(at->first, at->second));
  if (at != all.end() && !found.rows.empty())
    found.next = cursor_of(static_cast<std::int64_t>(found.rows.back().events), 0, found.rows.back().id);
  return found;
}

Result<Found<DocumentRow>> find_documents(Store& store, const Catalogue& catalogue, const Filter& filter,
                                          const Page& page) {
  const Parts& parts = catalogue.parts();
  const auto matcher = Matcher::of(store, parts, filter, Matcher::Kind::documents);
  if (!matcher) return matcher.error();
  Hits hits = matching_documents(parts, matcher.value());
  if (!page.oldest_first) std::reverse(hits.begin(), hits.end());
  auto at = hits.begin();
  if (!page.cursor.empty()) {
    const auto cursor = read_cursor(page.cursor);
    if (!cursor) return cursor.error();
    at = std::partition_point(hits.begin(), hits.end(), [&](std::size_t index) {
      const CatalogueDocument& document = parts.documents[index];
      const auto here = std::pair<std::int64_t, std::string_view>(document.day, document.id);
      const auto last = std::pair<std::int64_t, std::string_view>(cursor.value().day, cursor.value().id);
      return page.oldest_first ? here <= last : here >= last;
    });
  }
  Found<DocumentRow> found;
  if (page.count) found.total = hits.size();
  RowReader reader(StoreAccess::sql(store), parts);
  for (; at != hits.end() && found.rows.size() < page.limit; ++at) {
    auto row = reader.document(static_cast<std::uint32_t>(*at));
    if (row) found.rows.push_back(std::move(*row));
  }
  if (at != hits.end() && at != hits.begin()) {
    const CatalogueDocument& last = parts.documents[*(at - 1)];
    found.next = cursor_of(last.day, 0, last.id);
  }
  return found;
}

Result<std::size_t> each_matching_record(
    Store& store, const Catalogue& catalogue, const Filter& filter,
    const std::function<bool(Record&&, std::span<const std::size_t>)>& take) {
  const Parts& parts = catalogue.parts();
  const auto matcher = Matcher::of(store, parts, filter, Matcher::Kind::documents);
  if (!matcher) return matcher.error();
  std::vector<std::pair<std::uint32_t, std::uint32_t>> events;  // document and position
  each_bit(MatchScan(parts.events, matcher.value(), true).matches(), [&](std::size_t index) {
    const CatalogueItem& item = parts.events.all[index];
    events.emplace_back(item.document, item.position);
  });
  std::sort(events.begin(), events.end());
  return read_matching_records(StoreAccess::sql(store), parts, matching_documents(parts, matcher.value()),
                               events, filter.wrong, take);
}

}  // namespace polybius
