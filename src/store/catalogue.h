// What the catalogue holds: documents, entities, places and items in columns, in the order in which they are
// asked.
#pragma once

#include <array>
#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "store/store.h"

namespace polybius {

inline constexpr std::int32_t no_day = std::numeric_limits<std::int32_t>::min();
inline constexpr std::uint32_t nowhere = std::numeric_limits<std::uint32_t>::max();

struct CatalogueDocument {
  std::int64_t number = 0;  ///< in the store
  std::string id;
  std::int32_t day = no_day;  ///< of publication, since 1970-01-01
  std::uint32_t source = 0;
};

struct CatalogueEntity {
  std::int64_t number = 0;  ///< in the store; 0: split off by a person
  std::string key, kind, name, words, country;
  Codes codes;
  std::optional<double> lat, lon;
  std::uint32_t same_as = 0;  ///< the entity that it is across documents; itself if none other
  std::uint32_t documents = 0;
  std::uint32_t events = 0;
};

struct CataloguePlace {
  Place place;
  std::string words;
};

/// An event, a statement or a plan. `type` is an EventType, a StatementKind or 0; `status` a Status, 0 or a
/// PlanStatus.
struct CatalogueItem {
  std::uint32_t document = 0;  ///< index
  std::uint32_t position = 0;  ///< in its document
  std::int32_t day = no_day;
  std::uint32_t place = nowhere;
  std::uint32_t parties = 0;  ///< index of the first
  std::uint16_t party_count = 0;
  std::uint16_t mode = 0;
  std::uint8_t type = 0, status = 0, quad = 0;
  bool wrong = false;
  float confidence = 1;
};

/// Who takes part: an entity across documents and its role.
struct CatalogueParty {
  std::uint32_t entity : 30;
  std::uint32_t role : 2;
};

/// What is asked of most items, in one number below `kind_count`: type, status, quad and `wrong`.
inline constexpr std::size_t kind_count = std::size_t{1} << 11U;
constexpr std::uint16_t kind_number(unsigned type, unsigned status, unsigned quad, bool wrong) {
  return static_cast<std::uint16_t>((type & 15U) | (status & 7U) << 4U | (quad & 7U) << 7U |
                                    (wrong ? 1U : 0U) << 10U);
}
constexpr unsigned type_of_kind(unsigned kind) {
  return kind & 15U;
}
constexpr unsigned status_of_kind(unsigned kind) {
  return kind >> 4U & 7U;
}
constexpr unsigned quad_of_kind(unsigned kind) {
  return kind >> 7U & 7U;
}
constexpr bool wrong_of_kind(unsigned kind) {
  return kind >> 10U != 0;
}
inline constexpr std::size_t role_count = 3;  ///< see PartyRole

/// Items of one kind by day, document and position. They are looked at 64 at a time: a word has a bit for
/// each, and columns are filled up to whole words.
struct CatalogueItems {
  std::vector<CatalogueItem> all;
  std::vector<CatalogueParty> party_pool;   ///< in the order of the items
  std::vector<std::uint32_t> party_starts;  ///< where an item's parties begin; one more than items
  std::vector<std::uint16_t> kinds;         ///< `kind_number` of each item
  std::vector<std::uint32_t> places;        ///< its place; the number of places where it has none
  std::vector<float> confidences;
  float least_confidence = 1;
  /// Where an entity's part of `by_entity` begins, by role and entity; one more than those.
  std::vector<std::uint32_t> entity_starts;
  std::vector<std::uint32_t> by_entity;  ///< indices of the items in which an entity plays a role, rising

  /// Makes the columns, once all items are there, in their order.
  void index(std::size_t entity_count, std::size_t place_count);
  std::size_t words() const {
    return (all.size() + 63) / 64;
  }
  std::span<const CatalogueParty> parties(const CatalogueItem& item) const {
    return {party_pool.data() + item.parties, item.party_count};
  }
};

struct Catalogue::Parts {
  std::int64_t revision = 0;
  std::vector<CatalogueDocument> documents;     ///< by id
  std::vector<std::uint32_t> documents_by_day;  ///< indices by day, then id
  std::vector<std::uint32_t> document_index;    ///< by number in the store; `nowhere` for none
  std::vector<std::string> sources;             ///< by number in the store
  std::vector<CatalogueEntity> entities;        ///< by key; those split off last
  std::vector<std::uint32_t> entity_index;      ///< by number in the store; `nowhere` for none
  std::vector<std::uint32_t> entities_by_events;
  std::vector<CataloguePlace> places;
  std::vector<std::string> modes;  ///< the first is ""
  CatalogueItems events, statements, plans;
};

/// What became of a filter once it has met the catalogue: tests that cost a few instructions an item.
class Matcher {
 public:
  enum class Kind { events, statements, plans, entities, documents };
  /// Errors: E-QRY-01, E-QRY-02.
  static Result<Matcher> of(Store& store, const Catalogue::Parts& catalogue, const Filter& filter, Kind kind);

  /// The items of the days asked for: indices [first, last).
  std::pair<std::size_t, std::size_t> range(const CatalogueItems& items) const;
  /// Those of the 64 items from `begin` on whose bits are set that match. `parties`: these are looked at,
  /// too.
  std::uint64_t matches_in(const CatalogueItems& items, std::size_t begin, std::uint64_t bits,
                           bool parties) const;
  /// The items in which all parties asked for play their roles, one bit each; empty where all must be looked
  /// at. An entity's items are gathered only where there are no more than `most`. `left`: whether the parties
  /// of those must be looked at.
  std::vector<std::uint64_t> items_of_parties(const CatalogueItems& items, std::size_t most,
                                              bool& left) const;
  bool matches_document(std::uint32_t document) const {
    return documents_.empty() || documents_[document] != 0;
  }
  bool matches_day(std::int32_t day) const {
    return day >= first_day_ && day <= last_day_;
  }
  /// Whether anything restricts events beyond their documents and days.
  bool only_documents() const {
    return only_documents_;
  }

 private:
  using Bits = std::vector<std::uint8_t>;  ///< one a thing; empty: all
  std::optional<Error> read_names(const Catalogue::Parts& catalogue, const Filter& filter, Kind kind);
  std::optional<Error> read_days(const Filter& filter);
  void read_documents(Store& store, const Catalogue::Parts& catalogue, const Filter& filter);
  bool parties_match(std::span<const CatalogueParty> parties) const;
  bool mutual_match(std::span<const CatalogueParty> parties) const;
  void number_kinds();

  std::int32_t first_day_ = no_day;
  std::int32_t last_day_ = std::numeric_limits<std::int32_t>::max();
  std::uint32_t types_ = ~0U, statuses_ = ~0U, quads_ = ~0U;
  Bits modes_, actors_, recipients_, entities_, speakers_, places_, documents_;
  float confidence_ = 0;
  bool wrong_ = false;
  bool only_documents_ = false;
  std::array<std::uint8_t, kind_count> kinds_{};  ///< whether type, status, quad and `wrong` match
};

/// Entities across documents that a text of a filter names: one a entity of the catalogue.
std::vector<std::uint8_t> entities_named(const Catalogue::Parts& catalogue, const std::string& text);

/// The name of an entity as rows have it.
EntityName entity_name(const Catalogue::Parts& catalogue, std::uint32_t entity);
/// The entities that play a role in an item, in order.
std::vector<EntityName> names_in_role(const Catalogue::Parts& catalogue, const CatalogueItems& items,
                                      const CatalogueItem& item, unsigned role);

}  // namespace polybius
