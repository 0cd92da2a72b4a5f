// Reports of many documents put together, one story a plan.
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include "dossier/digest.h"

namespace polybius {

/// One plan as it grows, document by document.
struct Story {
  std::string what;
  std::string kind;
  std::string when;
  std::vector<ReportDays> days;  ///< all days ever named for it
  std::vector<DossierParty> parties;
  std::set<std::string> party_keys;
  std::optional<Place> place;
  std::set<std::string> place_keys;
  std::set<std::string> near_keys;
  std::set<std::string> heads;
  std::set<std::string> words;
  std::set<std::string> topic;
  std::set<std::string> context;
  std::vector<DossierStep> history;    ///< in the order of the documents
  std::vector<std::size_t> documents;  ///< numbers, rising
  std::vector<DossierMember> members;
  std::optional<long> first_day;  ///< of its first dated document
  std::optional<long> last_day;   ///< of its last dated step
  std::optional<long> ended;      ///< when it took place
};

/// How much sharing a key says: little for what half of the documents name.
class KeyWeights {
 public:
  void count(const std::vector<std::string>& keys);
  double weight_of(const std::string& key) const;

 private:
  std::unordered_map<std::string, std::size_t> counts_;  // never iterated
  std::size_t documents_ = 0;
};

/// How well a report fits a story; 0 or less: it tells of another plan.
double fit_of_report(const Report& report, const ReportDigest& digest, const Story& story,
                     const KeyWeights& weights);
/// How well a sighting fits a story; 0 or less: it is something else.
double fit_of_sighting(const Sighting& sighting, const ReportDigest& digest, const Story& story,
                       const KeyWeights& weights);

/// Takes a report in: what is new in it becomes part of the history (telling.cc).
void tell(Story& story, const Report& report, const ReportDigest& digest);
/// Takes a sighting in.
void tell(Story& story, const Sighting& sighting, const ReportDigest& digest);

/// Stories by the keys of their parties, places and documents, the latest first; so a report is compared with
/// a few only.
class StoryIndex {
 public:
  void add(std::size_t story, const std::vector<std::string>& keys);
  /// Numbers of the stories that share one of the keys, rising.
  std::vector<std::size_t> candidates(const std::vector<std::string>& keys) const;

 private:
  std::unordered_map<std::string, std::vector<std::size_t>> stories_;  // never iterated
};

}  // namespace polybius
