// Reads the store into columns: what the catalogue answers from.
#include "store/catalogue.h"

#include <algorithm>
#include <array>
#include <map>
#include <unordered_map>

#include "store/corrections.h"
#include "store/parts.h"
#include "store/prepare.h"

namespace polybius {
namespace {

std::optional<double> maybe_real(const SqlRow& row, int column) {
  if (row.null(column)) return std::nullopt;
  return row.real(column);
}

std::int32_t day_or_none(const SqlRow& row, int column) {
  return row.null(column) ? no_day : static_cast<std::int32_t>(row.integer(column));
}

/// Texts of columns with few values, numbered as they come.
class Names {
 public:
  explicit Names(std::vector<std::string>& names) : names_(names) {}
  std::uint16_t number(std::string_view text) {
    if (last_ < names_.size() && names_[last_] == text) return static_cast<std::uint16_t>(last_);
    const auto [known, fresh] = numbers_.try_emplace(std::string(text), names_.size());
    if (fresh) names_.emplace_back(text);
    last_ = known->second;
    return static_cast<std::uint16_t>(last_);
  }

 private:
  std::vector<std::string>& names_;
  std::unordered_map<std::string, std::size_t> numbers_;
  std::size_t last_ = std::size_t(-1);
};

struct ItemStatements {
  std::string_view items;    ///< number, day, type, status, quad, mode, place, confidence
  std::string_view parties;  ///< item, entity, role
};
constexpr ItemStatements event_statements{
    "SELECT number,day,type,status,quad,mode,place,confidence FROM events ORDER BY number",
    "SELECT item,entity,role FROM event_parties ORDER BY item,role,position"};
constexpr ItemStatements statement_statements{
    "SELECT number,day,kind,'',0,'',NULL,1.0 FROM statements ORDER BY number",
    "SELECT item,entity,role FROM statement_parties ORDER BY item,role,position"};
constexpr ItemStatements plan_statements{
    "SELECT number,day,'',status,0,'',place,1.0 FROM plans ORDER BY number",
    "SELECT item,entity,role FROM plan_parties ORDER BY item,role,position"};

template <typename Enum, typename Find>
std::uint8_t value_or_zero(std::string_view name, Find find) {
  const std::optional<Enum> value = find(name);
  return value ? static_cast<std::uint8_t>(*value) : 0;
}

std::uint8_t statement_kind(std::string_view name) {
  for (const auto kind :
       {StatementKind::direct, StatementKind::indirect, StatementKind::mixed, StatementKind::attitude}) {
    if (name_of(kind) == name) return static_cast<std::uint8_t>(kind);
  }
  return 0;
}

class CatalogueReader {
 public:
  explicit CatalogueReader(SqlConnection& sql) : sql_(sql), corrections_(Corrections::read(sql)) {}

  std::unique_ptr<const Catalogue::Parts> read() {
    out_->revision = revision_of(sql_);
    read_documents();
    read_entities();
    link_entities();
    split_entities();
    read_places();
    out_->modes.emplace_back();
    read_items(event_statements, out_->events);
    read_items(statement_statements, out_->statements);
    read_items(plan_statements, out_->plans);
    mark_wrong_events();
    for (CatalogueItems* items : {&out_->events, &out_->statements, &out_->plans})
      items->index(out_->entities.size(), out_->places.size());
    count_events();
    return std::move(out_);
  }

 private:
  void read_documents() {
    sql_.query("SELECT number,name FROM sources", {}, [&](const SqlRow& row) {
      const auto number = static_cast<std::size_t>(row.integer(0));
      if (out_->sources.size() <= number) out_->sources.resize(number + 1);
      out_->sources[number] = row.text(1);
    });
    sql_.query("SELECT number,id,day,source FROM documents ORDER BY id", {}, [&](const SqlRow& row) {
      const auto number = static_cast<std::size_t>(row.integer(0));
      if (out_->document_index.size() <= number) out_->document_index.resize(number + 1, nowhere);
      out_->document_index[number] = static_cast<std::uint32_t>(out_->documents.size());
      out_->documents.push_back({row.integer(0), std::string(row.text(1)), day_or_none(row, 2),
                                 static_cast<std::uint32_t>(row.integer(3))});
    });
    auto& by_day = out_->documents_by_day;
    by_day.resize(out_->documents.size());
    for (std::size_t i = 0; i < by_day.size(); ++i) by_day[i] = static_cast<std::uint32_t>(i);
    std::stable_sort(by_day.begin(), by_day.end(), [&](std::uint32_t a, std::uint32_t b) {
      return out_->documents[a].day < out_->documents[b].day;
    });
  }

  void read_entities() {
    sql_.query(
        "SELECT number,key,kind,name,words,country,wikidata,iso3,cameo,sector,geonames,lat,lon FROM entities "
        "ORDER BY "
        "key",
        {}, [&](const SqlRow& row) {
          const auto text = [&](int column) { return std::string(row.text(column)); };
          CatalogueEntity entity;
          entity.number = row.integer(0);
          entity.key = text(1);
          entity.kind = text(2);
          entity.name = text(3);
          entity.words = text(4);
          entity.country = text(5);
          entity.codes.wikidata = text(6);
          entity.codes.iso3 = text(7);
          entity.codes.plover_sector = text(9);
          entity.codes.geonames = text(10);
          entity.lat = maybe_real(row, 11);
          entity.lon = maybe_real(row, 12);
          const std::string cameo = text(8);
          for (std::size_t at = 0; at < cameo.size();) {
            const std::size_t end = std::min(cameo.find(' ', at), cameo.size());
            entity.codes.cameo.push_back(cameo.substr(at, end - at));
            at = end + 1;
          }
          entity.same_as = static_cast<std::uint32_t>(out_->entities.size());
          const auto number = static_cast<std::size_t>(entity.number);
          if (out_->entity_index.size() <= number) out_->entity_index.resize(number + 1, nowhere);
          out_->entity_index[number] = entity.same_as;
          out_->entities.push_back(std::move(entity));
        });
    sql_.query("SELECT entity,COUNT(DISTINCT document) FROM appearances GROUP BY entity", {},
               [&](const SqlRow& row) {
                 out_->entities[out_->entity_index[static_cast<std::size_t>(row.integer(0))]].documents =
                     static_cast<std::uint32_t>(row.integer(1));
               });
  }

  /// Links by name and role what has no Wikidata id: to the one entity of that kind, name and country that
  /// has one; without a country to the only entity of that kind and name. Two candidates: to none.
  void link_entities() {
    auto& entities = out_->entities;
    std::unordered_map<std::string, std::vector<std::uint32_t>> by_name;
    const auto nameless = [](const CatalogueEntity& entity) {
      return entity.words.empty() ||
             (entity.kind != "person" && entity.kind != "organization" && entity.kind != "group");
    };
    for (std::uint32_t i = 0; i < entities.size(); ++i) {
      if (!nameless(entities[i])) by_name[entities[i].kind + ":" + entities[i].words].push_back(i);
    }
    for (std::uint32_t i = 0; i < entities.size(); ++i) {
      CatalogueEntity& entity = entities[i];
      if (nameless(entity) || !entity.codes.wikidata.empty()) continue;
      std::optional<std::uint32_t> found;
      bool several = false;
      for (const std::uint32_t other : by_name[entity.kind + ":" + entity.words]) {
        const CatalogueEntity& candidate = entities[other];
        const bool fits = entity.country.empty()
                              ? other != i
                              : !candidate.codes.wikidata.empty() && candidate.country == entity.country;
        if (!fits) continue;
        several = several || found.has_value();
        found = other;
      }
      if (found && !several) entity.same_as = *found;
    }
    follow_links();
    merge_entities();
    follow_links();
  }

  void follow_links() {
    auto& entities = out_->entities;
    for (CatalogueEntity& entity : entities) {
      for (std::size_t steps = 0; steps < 8; ++steps) entity.same_as = entities[entity.same_as].same_as;
    }
  }

  std::uint32_t entity_at(const std::string& key) const {
    const auto end = out_->entities.begin() + static_cast<std::ptrdiff_t>(stored_count());
    const auto found = std::lower_bound(
        out_->entities.begin(), end, key,
        [](const CatalogueEntity& entity, const std::string& wanted) { return entity.key < wanted; });
    if (found == end || found->key != key) return nowhere;
    return static_cast<std::uint32_t>(found - out_->entities.begin());
  }
  std::size_t stored_count() const {
    return stored_entities_ == 0 ? out_->entities.size() : stored_entities_;
  }

  void merge_entities() {
    for (const auto& [from, to] : corrections_.merges()) {
      const std::uint32_t gone = entity_at(from);
      const std::uint32_t kept = entity_at(corrections_.key_of("", from));
      if (gone != nowhere && kept != nowhere) out_->entities[gone].same_as = out_->entities[kept].same_as;
    }
  }

  void split_entities() {
    stored_entities_ = out_->entities.size();
    for (const auto& [where, name] : corrections_.splits()) {
      const std::uint32_t from = entity_at(where.second);
      if (from == nowhere) continue;
      const std::uint32_t document = document_at(where.first);
      if (document == nowhere) continue;
      CatalogueEntity entity = out_->entities[from];
      entity.number = 0;
      entity.key = split_key(where.first, where.second);
      entity.name = name;
      entity.codes.wikidata.clear();
      entity.documents = 1;
      entity.same_as = static_cast<std::uint32_t>(out_->entities.size());
      splits_[{document, from}] = entity.same_as;
      out_->entities.push_back(std::move(entity));
    }
  }

  void read_places() {
    sql_.query("SELECT number,name,words,geonames,iso3,lat,lon FROM places", {}, [&](const SqlRow& row) {
      const auto number = static_cast<std::size_t>(row.integer(0));
      if (out_->places.size() <= number) out_->places.resize(number + 1);
      out_->places[number] = {{std::string(row.text(1)), std::string(row.text(3)), std::string(row.text(4)),
                               maybe_real(row, 5), maybe_real(row, 6)},
                              std::string(row.text(2))};
    });
  }

  /// The entity of a row of parties, as it is across documents.
  std::uint32_t party(std::uint32_t document, std::int64_t number) const {
    const std::uint32_t stored = out_->entity_index[static_cast<std::size_t>(number)];
    if (!splits_.empty()) {
      const auto split = splits_.find({document, stored});
      if (split != splits_.end()) return split->second;
    }
    return out_->entities[stored].same_as;
  }

  void read_items(const ItemStatements& statements, CatalogueItems& items) {
    Names modes(out_->modes);
    std::vector<std::int64_t> numbers;
    const bool is_plans = &items == &out_->plans;
    const bool is_statements = &items == &out_->statements;
    sql_.query(statements.items, {}, [&](const SqlRow& row) {
      const std::int64_t number = row.integer(0);
      CatalogueItem item;
      item.document = out_->document_index[static_cast<std::size_t>(number / items_per_document)];
      item.position = static_cast<std::uint32_t>(number % items_per_document);
      item.day = day_or_none(row, 1);
      item.type =
          is_statements ? statement_kind(row.text(2)) : value_or_zero<EventType>(row.text(2), event_type_of);
      item.status = is_plans ? value_or_zero<PlanStatus>(row.text(3), plan_status_of)
                             : value_or_zero<Status>(row.text(3), status_of);
      item.quad = static_cast<std::uint8_t>(row.integer(4));
      const std::string_view mode = row.text(5);
      item.mode = mode.empty() ? 0 : modes.number(mode);
      if (!row.null(6)) item.place = static_cast<std::uint32_t>(row.integer(6));
      item.confidence = static_cast<float>(row.real(7));
      items.all.push_back(item);
      numbers.push_back(number);
    });
    read_parties(statements, items, numbers);
    std::sort(items.all.begin(), items.all.end(), [](const CatalogueItem& a, const CatalogueItem& b) {
      if (a.day != b.day) return a.day < b.day;
      return a.document != b.document ? a.document < b.document : a.position < b.position;
    });
  }

  void read_parties(const ItemStatements& statements, CatalogueItems& items,
                    const std::vector<std::int64_t>& numbers) {
    std::size_t at = 0;
    sql_.query(statements.parties, {}, [&](const SqlRow& row) {
      const std::int64_t number = row.integer(0);
      while (at < numbers.size() && numbers[at] < number) ++at;
      if (at == numbers.size() || numbers[at] != number) return;
      CatalogueItem& item = items.all[at];
      if (item.party_count == 0) item.parties = static_cast<std::uint32_t>(items.party_pool.size());
      if (item.party_count == std::numeric_limits<std::uint16_t>::max()) return;
      ++item.party_count;
      items.party_pool.push_back(
          {party(item.document, row.integer(1)), static_cast<std::uint32_t>(row.integer(2))});
    });
  }

  void mark_wrong_events() {
    std::set<std::pair<std::uint32_t, std::uint32_t>> wrong_ones;  // document and position
    for (const std::string& id : corrections_.documents()) {
      const auto wrong = corrections_.wrong_events_of(id);
      const auto json = wrong.empty() ? std::nullopt : stored_json(sql_, id);
      if (!json) continue;
      const Record record = from_json(*json).value();
      const std::uint32_t document = document_at(id);
      for (const Correction* correction : wrong) {
        const auto event = corrected_event(record, *correction);
        if (event) wrong_ones.emplace(document, static_cast<std::uint32_t>(*event));
      }
    }
    if (wrong_ones.empty()) return;
    for (CatalogueItem& item : out_->events.all)
      item.wrong = wrong_ones.contains({item.document, item.position});
  }

  std::uint32_t document_at(const std::string& id) const {
    const auto found = std::lower_bound(
        out_->documents.begin(), out_->documents.end(), id,
        [](const CatalogueDocument& candidate, const std::string& wanted) { return candidate.id < wanted; });
    if (found == out_->documents.end() || found->id != id) return nowhere;
    return static_cast<std::uint32_t>(found - out_->documents.begin());
  }

  void count_events() {
    auto& entities = out_->entities;
    for (const CatalogueItem& item : out_->events.all) {
      if (item.wrong) continue;
      const auto parties = out_->events.parties(item);
      for (std::size_t i = 0; i < parties.size(); ++i) {
        if (parties[i].role > 1) continue;
        const bool again =
            std::any_of(parties.begin(), parties.begin() + static_cast<std::ptrdiff_t>(i),
                        [&](CatalogueParty other) { return other.entity == parties[i].entity; });
        if (!again) ++entities[parties[i].entity].events;
      }
    }
    for (std::uint32_t i = 0; i < entities.size(); ++i) {
      if (entities[i].same_as == i) {
        out_->entities_by_events.push_back(i);
      } else {
        entities[entities[i].same_as].documents += entities[i].documents;
      }
    }
    std::stable_sort(
        out_->entities_by_events.begin(), out_->entities_by_events.end(),
        [&](std::uint32_t a, std::uint32_t b) { return entities[a].events > entities[b].events; });
  }

  SqlConnection& sql_;
  Corrections corrections_;
  std::unique_ptr<Catalogue::Parts> out_ = std::make_unique<Catalogue::Parts>();
  std::size_t stored_entities_ = 0;  // those that are not split off; 0: not known yet
  std::map<std::pair<std::uint32_t, std::uint32_t>, std::uint32_t> splits_;  // document and entity
};

}  // namespace

void CatalogueItems::index(std::size_t entity_count, std::size_t place_count) {
  const std::size_t filled = 64 * words();
  kinds.assign(filled, 0);
  places.assign(filled, static_cast<std::uint32_t>(place_count));
  confidences.assign(filled, 0);
  party_starts.assign(all.size() + 1, 0);
  entity_starts.assign(role_count * entity_count + 1, 0);
  std::vector<CatalogueParty> pool;
  pool.reserve(party_pool.size());
  for (std::size_t i = 0; i < all.size(); ++i) {
    CatalogueItem& item = all[i];
    kinds[i] = kind_number(item.type, item.status, item.quad, item.wrong);
    if (item.place != nowhere) places[i] = item.place;
    confidences[i] = item.confidence;
    least_confidence = std::min(least_confidence, item.confidence);
    const auto there = parties(item);
    item.parties = static_cast<std::uint32_t>(pool.size());
    pool.insert(pool.end(), there.begin(), there.end());
    party_starts[i + 1] = static_cast<std::uint32_t>(pool.size());
    for (const CatalogueParty party : there) ++entity_starts[party.role * entity_count + party.entity + 1];
  }
  party_pool = std::move(pool);
  for (std::size_t list = 1; list < entity_starts.size(); ++list)
    entity_starts[list] += entity_starts[list - 1];
  by_entity.resize(party_pool.size());
  std::vector<std::uint32_t> next(entity_starts.begin(), entity_starts.end() - 1);
  for (std::size_t i = 0; i < all.size(); ++i) {
    for (const CatalogueParty party : parties(all[i]))
      by_entity[next[party.role * entity_count + party.entity]++] = static_cast<std::uint32_t>(i);
  }
}

Catalogue::Catalogue(std::unique_ptr<const Parts> parts) : parts_(std::move(parts)) {}
Catalogue::~Catalogue() = default;

std::shared_ptr<const Catalogue> Catalogue::read(Store& store) {
  SqlConnection& sql = StoreAccess::sql(store);
  Transaction transaction(sql, false);  // one state of the store, whoever writes meanwhile
  auto parts = CatalogueReader(sql).read();
  transaction.commit();
  return std::make_shared<const Catalogue>(std::move(parts));
}

std::shared_ptr<const Catalogue> Catalogue::refreshed(std::shared_ptr<const Catalogue> known, Store& store) {
  if (known && known->revision() == store.revision()) return known;
  return read(store);
}

std::int64_t Catalogue::revision() const {
  return parts_->revision;
}
std::size_t Catalogue::documents() const {
  return parts_->documents.size();
}
std::size_t Catalogue::events() const {
  return parts_->events.all.size();
}
std::size_t Catalogue::statements() const {
  return parts_->statements.all.size();
}
std::size_t Catalogue::plans() const {
  return parts_->plans.all.size();
}
std::size_t Catalogue::entities() const {
  return parts_->entities_by_events.size();
}

EntityName entity_name(const Catalogue::Parts& catalogue, std::uint32_t entity) {
  const CatalogueEntity& found = catalogue.entities[entity];
  return {found.key, found.name, found.codes.cameo.empty() ? std::string() : found.codes.cameo.front()};
}

std::vector<EntityName> names_in_role(const Catalogue::Parts& catalogue, const CatalogueItems& items,
                                      const CatalogueItem& item, unsigned role) {
  std::vector<EntityName> names;
  for (const CatalogueParty party : items.parties(item)) {
    if (party.role == role) names.push_back(entity_name(catalogue, party.entity));
  }
  return names;
}

}  // namespace polybius
