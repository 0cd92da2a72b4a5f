// A plan as many documents tell it together, as `polybius plans` writes it; members are named as the JSON
// names them.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "polybius/record.h"

namespace polybius {

/// Somebody named in a plan of many documents, where ids of one record's entities mean nothing.
struct DossierParty {
  std::string name;
  Codes codes;
  friend bool operator==(const DossierParty&, const DossierParty&) = default;
};

/// A change as one document tells it. `evidence` counts code points of that document's text.
struct DossierStep {
  PlanStatus status = PlanStatus::announced;
  std::string time;  ///< TIMEX3 value of the change
  std::optional<DossierParty> said_by;
  std::string document;
  Span evidence;
  friend bool operator==(const DossierStep&, const DossierStep&) = default;
};

/// A document that tells of a plan; `group` is the id of the first of its reprints, its own if it has none.
struct DossierDocument {
  std::string id;
  std::string group;
  friend bool operator==(const DossierDocument&, const DossierDocument&) = default;
};

/// A plan of one record that tells of it.
struct DossierMember {
  std::string document;
  std::string plan;
  friend bool operator==(const DossierMember&, const DossierMember&) = default;
};

/// One plan with the history told by all documents.
struct DossierPlan {
  std::string id;
  std::string what;
  std::vector<DossierParty> parties;
  std::optional<Place> place;
  std::string when;                        ///< the last date given for the thing itself
  std::vector<DossierStep> history;        ///< time order, never empty
  std::vector<DossierDocument> documents;  ///< all that tell of it, in the order of their dates
  std::vector<DossierMember> members;      ///< no part of the JSON: ids of records
  friend bool operator==(const DossierPlan&, const DossierPlan&) = default;
};

/// One line of JSON without its end of line.
std::string to_json(const DossierPlan& plan);

}  // namespace polybius
