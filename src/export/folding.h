// An event as formats without a status have it: folded, coded, dated, or left out.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "export/export.h"
#include "polybius/time_value.h"

namespace polybius {

/// A PLOVER event once its status is folded into its type and contexts.
struct FoldedEvent {
  EventType type = EventType::CONSULT;
  std::string mode;
  std::vector<std::string> contexts;
  int quad = 1;
  std::optional<double> score;
};

/// The ontologies as the formats need them.
class ExportOntology {
 public:
  explicit ExportOntology(const Lexicon& lexicon) : lexicon_(lexicon) {}

  const Lexicon& lexicon() const {
    return lexicon_;
  }
  /// As PLOVER has it; nothing that it leaves out.
  FoldedEvent fold(const Event& event) const;
  /// The CAMEO code for lines, GDELT and ICEWS: three or four digits; nothing where they have none for the
  /// status.
  std::optional<std::string> cameo_of(const Event& event) const;
  /// Goldstein's value of a code, its base code's where it has none.
  std::string goldstein_of(const std::string& code) const;
  std::string name_of_code(const std::string& code) const;
  /// The name of a country by its ISO code; empty if unknown.
  std::string country_name(const std::string& iso3) const;
  std::string fips_of(const std::string& iso3) const;
  /// PLOVER's code of a country: ISO's, but KOS for Kosovo.
  static std::string plover_country(const std::string& iso3) {
    return iso3 == "XKX" ? "KOS" : iso3;
  }

 private:
  Lexicon lexicon_;
};

/// Whether the act of promising, threatening or calling off that `event` would be folded to is an event of
/// its own.
bool told_by_another(const Record& record, const Event& event);

/// The days of an event: those of its time, else that of publication.
std::optional<DayRange> days_of_event(const Record& record, const Event& event);

/// The entities of a record by their ids.
class EntityIndex {
 public:
  explicit EntityIndex(const Record& record) {
    for (const Entity& entity : record.entities) by_id_.emplace(entity.id, &entity);
  }
  std::vector<const Entity*> of(const std::vector<std::string>& ids) const;
  const Entity* find(const std::string& id) const;

 private:
  std::map<std::string, const Entity*> by_id_;
};

/// The CAMEO code of an actor; empty if it has none.
std::string actor_code(const Entity& entity);

/// A source and a target, either of which may be missing.
struct ActorPair {
  const Entity* source = nullptr;
  const Entity* target = nullptr;
  std::string code;
};
/// The rows of an event in formats that have one source and one target a row: each pair; those of a mutual
/// event both ways; a visit is hosted from the other side. Pairs of which nobody has a code are left out.
std::vector<ActorPair> pairs_of(const EntityIndex& entities, const Event& event, const std::string& code);

/// The words of an event's sentence, and of its trigger; empty where the text was left out.
struct EventWords {
  std::string sentence;
  std::string trigger;
};
EventWords words_of_event(const Record& record, const Event& event);

/// A value as a cell between TABs: TAB and line ends become a blank.
std::string tab_cell(std::string_view text);
/// A number in its shortest form.
std::string number_text(double number);
/// The site of a record: as found, else the host of its address.
std::string site_of(const Record& record);
/// A whole number of at most 53 bits that an event of a document has wherever it is exported.
std::int64_t event_number(const std::string& document, const std::string& event);

}  // namespace polybius
