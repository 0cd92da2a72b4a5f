// What persons say of the machine's work, ready to be laid over records and lists.
#pragma once

#include <map>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include "store/sql.h"
#include "store/store.h"

namespace polybius {

/// An entity of the store by its key.
struct StoredEntity {
  std::string name;
  Codes codes;
};

class Corrections {
 public:
  static Corrections read(SqlConnection& sql);

  bool empty() const {
    return all_.empty();
  }
  const std::vector<Correction>& all() const {
    return all_;
  }
  /// The key that a person gave an entity of a document; its own if nobody did.
  std::string key_of(const std::string& document, const std::string& key) const;
  /// Those that touch events of the document.
  std::vector<const Correction*> wrong_events_of(const std::string& document) const;
  /// Documents with wrong events or split entities, in order.
  std::set<std::string> documents() const;
  /// Splits by document and key, and what the new entity is called.
  const std::map<std::pair<std::string, std::string>, std::string>& splits() const {
    return splits_;
  }
  /// Merges by the key that gives way.
  const std::map<std::string, std::string>& merges() const {
    return merges_;
  }
  /// Lays them over a record: wrong events leave it, entities take the name and codes of what they were
  /// merged into; a warning `corrected` says so.
  void apply(Record& record) const;

 private:
  void apply_to_entities(Record& record) const;
  void apply_to_events(Record& record) const;

  std::vector<Correction> all_;
  std::map<std::string, std::string> merges_;
  std::map<std::pair<std::string, std::string>, std::string> splits_;
  std::map<std::string, StoredEntity> targets_;  // of merges, by key
};

/// The event that a correction means, as the record has it now: an index into its events, or nothing.
std::optional<std::size_t> corrected_event(const Record& record, const Correction& correction);
/// The key of an entity that was split off.
std::string split_key(const std::string& document, const std::string& key);

}  // namespace polybius
