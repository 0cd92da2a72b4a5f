// A filter meets the catalogue: names become sets of entities, words sets of documents, then each test is
// cheap.
#include <algorithm>
#include <array>
#include <bit>

#include "polybius/time_value.h"
#include "store/catalogue.h"
#include "store/parts.h"
#include "store/tables.h"
#include "store/words.h"

namespace polybius {
namespace {

Error unknown_value(const std::string& parameter, const std::string& value, const std::string& known) {
  return Error{"E-QRY-01", parameter, "unknown value \"" + value + "\"", "use one of: " + known};
}

/// The bits of named values; `names` is what may be asked for.
template <typename Name>
Result<std::uint32_t> bits_of(const std::string& parameter, const std::vector<std::string>& wanted, int count,
                              Name name) {
  if (wanted.empty()) return ~0U;
  std::uint32_t bits = 0;
  for (const std::string& value : wanted) {
    int found = 0;
    while (found < count && name(found) != value) ++found;
    if (found == count) {
      std::string known;
      for (int i = 0; i < count; ++i) known += (i > 0 ? ", " : "") + std::string(name(i));
      return unknown_value(parameter, value, known);
    }
    bits |= 1U << found;
  }
  return bits;
}

template <typename Enum>
auto names_of_enum() {
  return [](int value) { return name_of(static_cast<Enum>(value)); };
}

bool is_code(std::string_view text) {
  return text.size() >= 3 &&
         std::all_of(text.begin(), text.end(), [](char letter) { return letter >= 'A' && letter <= 'Z'; });
}

std::vector<std::uint8_t> places_named(const Catalogue::Parts& catalogue, const std::string& text) {
  const std::string words = words_of(text, false);
  std::string iso3 = text;
  for (const CatalogueEntity& entity : catalogue.entities) {  // a country's name stands for all places in it
    if (entity.kind == "country" && entity.words == words && !entity.codes.iso3.empty())
      iso3 = entity.codes.iso3;
  }
  std::vector<std::uint8_t> bits(std::max<std::size_t>(catalogue.places.size(), 1));
  for (std::size_t i = 0; i < catalogue.places.size(); ++i) {
    const CataloguePlace& place = catalogue.places[i];
    bits[i] = (!words.empty() && holds_words(place.words, words)) ||
              (!iso3.empty() && place.place.iso3 == iso3) || (!text.empty() && place.place.geonames == text);
  }
  return bits;
}

}  // namespace

std::vector<std::uint8_t> entities_named(const Catalogue::Parts& catalogue, const std::string& text) {
  const std::string words = words_of(text, false);
  const bool code = is_code(text);
  std::vector<std::uint8_t> bits(std::max<std::size_t>(catalogue.entities.size(), 1));
  for (const CatalogueEntity& entity : catalogue.entities) {
    const bool named = (!words.empty() && holds_words(entity.words, words)) || entity.key == text;
    const bool coded =
        code && (entity.codes.iso3 == text ||
                 std::any_of(entity.codes.cameo.begin(), entity.codes.cameo.end(),
                             [&](const std::string& cameo) { return cameo.starts_with(text); }));
    if (named || coded) bits[entity.same_as] = 1;
  }
  return bits;
}

Result<Matcher> Matcher::of(Store& store, const Catalogue::Parts& catalogue, const Filter& filter,
                            Kind kind) {
  Matcher out;
  if (auto fault = out.read_names(catalogue, filter, kind)) return *fault;
  if (auto fault = out.read_days(filter)) return *fault;
  out.read_documents(store, catalogue, filter);
  const auto named = [&](const std::string& text) {
    return text.empty() ? Bits() : entities_named(catalogue, text);
  };
  out.actors_ = named(filter.actor);
  out.recipients_ = named(filter.recipient);
  out.entities_ = named(filter.entity);
  out.speakers_ = named(filter.speaker);
  if (!filter.place.empty()) {
    out.places_ = places_named(catalogue, filter.place);
    out.places_.push_back(0);  // no place at all
  }
  if (!filter.modes.empty()) {
    out.modes_.resize(catalogue.modes.size());
    for (std::size_t i = 0; i < catalogue.modes.size(); ++i)
      out.modes_[i] =
          std::find(filter.modes.begin(), filter.modes.end(), catalogue.modes[i]) != filter.modes.end();
  }
  out.confidence_ = static_cast<float>(filter.confidence);
  out.wrong_ = filter.wrong;
  const bool parties =
      !filter.actor.empty() || !filter.recipient.empty() || !filter.entity.empty() || !filter.speaker.empty();
  const bool kinds = kind != Kind::entities && !filter.types.empty();
  out.only_documents_ = !parties && !kinds && filter.modes.empty() && filter.statuses.empty() &&
                        filter.quads.empty() && filter.place.empty() && filter.confidence <= 0;
  out.number_kinds();
  return out;
}

std::optional<Error> Matcher::read_names(const Catalogue::Parts& /*catalogue*/, const Filter& filter,
                                         Kind kind) {
  if (kind == Kind::statements) {
    const auto types = bits_of("type", filter.types, 4, names_of_enum<StatementKind>());
    if (!types) return types.error();
    types_ = types.value();
  } else if (kind == Kind::entities) {
    const auto types = bits_of("type", filter.types, 5, names_of_enum<EntityKind>());
    if (!types) return types.error();
  } else if (kind != Kind::plans) {
    const auto types = bits_of("type", filter.types, 16, names_of_enum<EventType>());
    if (!types) return types.error();
    types_ = types.value();
  } else if (!filter.types.empty()) {
    return Error{"E-QRY-01", "type", "plans have no type", "leave it out"};
  }
  const auto statuses = kind == Kind::plans
                            ? bits_of("status", filter.statuses, 8, names_of_enum<PlanStatus>())
                            : bits_of("status", filter.statuses, 8, names_of_enum<Status>());
  if (!statuses) return statuses.error();
  if (kind != Kind::statements) statuses_ = statuses.value();
  if (!filter.quads.empty()) quads_ = 0;
  for (const int quad : filter.quads) {
    if (quad < 1 || quad > 4) return unknown_value("quad", std::to_string(quad), "1, 2, 3, 4");
    quads_ |= 1U << quad;
  }
  return std::nullopt;
}

std::optional<Error> Matcher::read_days(const Filter& filter) {
  for (const auto& [parameter, value] : {std::pair{"from", &filter.from}, std::pair{"to", &filter.to}}) {
    if (value->empty()) continue;
    const auto days = days_of_time_value(*value);
    if (!days)
      return Error{"E-QRY-02", parameter, "\"" + *value + "\" is no date",
                   "write 2025-10-24, 2025-10 or 2025"};
    if (value == &filter.from) {
      first_day_ = static_cast<std::int32_t>(days->first.days());
    } else {
      last_day_ = static_cast<std::int32_t>(days->last.days());
    }
  }
  if (!filter.to.empty() && filter.from.empty()) first_day_ = no_day + 1;  // what has no day is not before it
  return std::nullopt;
}

void Matcher::read_documents(Store& store, const Catalogue::Parts& catalogue, const Filter& filter) {
  if (filter.text.empty() && filter.document.empty() && filter.source.empty()) return;
  const std::size_t count = std::max<std::size_t>(catalogue.documents.size(), 1);
  documents_.assign(count, catalogue.documents.empty() ? 0 : 1);
  for (std::size_t i = 0; i < catalogue.documents.size(); ++i) {
    const CatalogueDocument& document = catalogue.documents[i];
    if (!filter.document.empty() && document.id != filter.document) documents_[i] = 0;
    if (!filter.source.empty() && catalogue.sources[document.source] != filter.source) documents_[i] = 0;
  }
  if (filter.text.empty()) return;
  Bits holding(count);
  SqlConnection& sql = StoreAccess::sql(store);
  const auto query = text_query(filter.text, sql.is_postgres());
  if (query) {
    sql.query(sql.is_postgres()
                  ? "SELECT document FROM document_words WHERE words @@ to_tsquery('simple', $1::text)"
                  : "SELECT rowid FROM document_words WHERE document_words MATCH $1",
              std::array<Cell, 1>{*query}, [&](const SqlRow& row) {
                const auto number = static_cast<std::size_t>(row.integer(0));
                if (number >= catalogue.document_index.size()) return;  // newer than the catalogue
                if (catalogue.document_index[number] != nowhere)
                  holding[catalogue.document_index[number]] = 1;
              });
  }
  for (std::size_t i = 0; i < count; ++i) documents_[i] &= holding[i];
}

std::pair<std::size_t, std::size_t> Matcher::range(const CatalogueItems& items) const {
  const auto first = std::partition_point(items.all.begin(), items.all.end(),
                                          [&](const CatalogueItem& item) { return item.day < first_day_; });
  const auto last = std::partition_point(first, items.all.end(),
                                         [&](const CatalogueItem& item) { return item.day <= last_day_; });
  return {static_cast<std::size_t>(first - items.all.begin()),
          static_cast<std::size_t>(last - items.all.begin())};
}

/// Whether the parties wanted as actor and recipient did something with each other: both are actors of an
/// event that has no recipient ("A and B met").
bool Matcher::mutual_match(std::span<const CatalogueParty> parties) const {
  if (actors_.empty() || recipients_.empty()) return false;
  bool found = false;
  for (const CatalogueParty one : parties) {
    if (one.role == 1) return false;
    if (one.role != 0 || actors_[one.entity] == 0) continue;
    for (const CatalogueParty other : parties)
      found = found || (other.role == 0 && other.entity != one.entity && recipients_[other.entity] != 0);
  }
  return found;
}

bool Matcher::parties_match(std::span<const CatalogueParty> parties) const {
  bool actor = actors_.empty();
  bool recipient = recipients_.empty();
  bool entity = entities_.empty();
  bool speaker = speakers_.empty();
  for (const CatalogueParty party : parties) {
    if (party.role == 2) {
      speaker = speaker || speakers_[party.entity] != 0;
      continue;
    }
    entity = entity || entities_[party.entity] != 0;
    if (party.role == 0) {
      actor = actor || actors_[party.entity] != 0;
    } else {
      recipient = recipient || recipients_[party.entity] != 0;
    }
  }
  return actor && (recipient || mutual_match(parties)) && entity && speaker;
}

namespace {

using Word = std::uint64_t;

/// Marks the items in which one of the entities plays the role; where that is more than `most`: nothing.
bool mark_items(const CatalogueItems& items, const std::vector<std::uint8_t>& entities,
                std::initializer_list<unsigned> roles, std::size_t most, std::vector<Word>& marked) {
  const std::size_t count = items.entity_starts.empty() ? 0 : (items.entity_starts.size() - 1) / role_count;
  const auto each_list = [&](auto take) {
    for (const unsigned role : roles) {
      const std::uint32_t* starts = items.entity_starts.data() + role * count;
      for (std::size_t entity = 0; entity < count && entity < entities.size(); ++entity)
        if (entities[entity] != 0) take(starts[entity], starts[entity + 1]);
    }
  };
  std::size_t size = 0;
  each_list([&](std::uint32_t from, std::uint32_t to) { size += to - from; });
  if (size > most) return false;
  marked.assign(items.words(), 0);
  each_list([&](std::uint32_t from, std::uint32_t to) {
    for (std::uint32_t at = from; at < to; ++at) {
      const std::uint32_t item = items.by_entity[at];
      marked[item / 64] |= Word{1} << (item % 64);
    }
  });
  return true;
}

/// Those of `bits` that pass: many at once without a branch, few one by one.
template <typename Test>
Word those_passing(Word bits, std::size_t begin, Test test) {
  constexpr int many = 12;
  Word passing = 0;
  if (std::popcount(bits) >= many) {
    for (std::size_t i = 0; i < 64; ++i) passing |= Word{test(begin + i) ? 1U : 0U} << i;
    return passing & bits;
  }
  for (; bits != 0; bits &= bits - 1)
    if (test(begin + static_cast<std::size_t>(std::countr_zero(bits)))) passing |= bits & (~bits + 1);
  return passing;
}

}  // namespace

std::vector<std::uint64_t> Matcher::items_of_parties(const CatalogueItems& items, std::size_t most,
                                                     bool& left) const {
  std::vector<Word> found;
  std::vector<Word> marked;
  const auto restrict_to = [&](const Bits& entities, std::initializer_list<unsigned> roles) {
    if (entities.empty()) return;
    if (!mark_items(items, entities, roles, most, marked)) {
      left = true;
    } else if (found.empty()) {
      std::swap(found, marked);
    } else {
      for (std::size_t word = 0; word < found.size(); ++word) found[word] &= marked[word];
    }
  };
  left = !actors_.empty() && !recipients_.empty();  // which may be mutual
  restrict_to(actors_, {kActor});
  if (!left) restrict_to(recipients_, {kRecipient});
  restrict_to(entities_, {kActor, kRecipient});
  restrict_to(speakers_, {kSpeaker});
  return found;
}

void Matcher::number_kinds() {
  for (std::uint32_t kind = 0; kind < kind_count; ++kind) {
    const bool wanted = ((types_ >> type_of_kind(kind)) & (statuses_ >> status_of_kind(kind)) &
                         (quads_ >> quad_of_kind(kind)) & 1U) != 0;
    kinds_[kind] = wanted && (wrong_ || !wrong_of_kind(kind)) ? 1 : 0;
  }
}

std::uint64_t Matcher::matches_in(const CatalogueItems& items, std::size_t begin, std::uint64_t bits,
                                  bool parties) const {
  bits = those_passing(bits, begin, [&](std::size_t item) { return kinds_[items.kinds[item]] != 0; });
  if (!places_.empty())
    bits = those_passing(bits, begin, [&](std::size_t item) { return places_[items.places[item]] != 0; });
  if (confidence_ > items.least_confidence)
    bits =
        those_passing(bits, begin, [&](std::size_t item) { return items.confidences[item] >= confidence_; });
  if (!parties && documents_.empty() && modes_.empty()) return bits;
  for (Word rest = bits; rest != 0; rest &= rest - 1) {
    const CatalogueItem& item = items.all[begin + static_cast<std::size_t>(std::countr_zero(rest))];
    const bool matches = (documents_.empty() || documents_[item.document] != 0) &&
                         (modes_.empty() || modes_[item.mode] != 0) &&
                         (!parties || parties_match(items.parties(item)));
    if (!matches) bits &= ~(rest & (~rest + 1));
  }
  return bits;
}

}  // namespace polybius
