// What is kept of a record: what it tells of plans, what it saw come to pass, and whom it speaks of.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "dossier/days.h"
#include "lexicon/lexicon.h"
#include "polybius/record.h"
#include "polybius/told_plan.h"

namespace polybius {

/// A plan as one document tells it.
struct Report {
  std::string plan;  ///< its id in the record
  std::string what;
  std::string kind;
  std::vector<std::string> heads;       ///< stems of the words of `what`
  std::vector<std::string> party_keys;  ///< settled
  std::vector<std::string> place_keys;  ///< settled
  std::vector<std::string> near_keys;   ///< settled: all that its sentences name
  std::vector<std::string> words;       ///< settled: content words of the sentences that tell of it
  std::vector<std::string> topic;  ///< settled: those right beside its name: "referendum on the monarchy"
  std::vector<DossierParty> parties;
  std::optional<Place> place;
  std::string when;
  std::vector<DossierStep> steps;  ///< `time` never empty if the document has a date
};

/// A sentence that tells what somebody did on a day that has passed: it may fulfil, move or end a plan that
/// another document tells of.
struct Sighting {
  std::vector<std::string> kinds;  ///< kinds that its words and events name
  std::vector<std::string> keys;   ///< settled: who and where
  std::vector<std::string> words;  ///< settled
  ReportDays day;
  std::string cue;                     ///< stem of the word that tells the step, if it is one of change
  bool undone = false;                 ///< a word of it says that something was put off or called off
  std::vector<std::string> thwarting;  ///< words of it that say that something was refused or forbidden
  bool beside_report = false;  ///< its sentence also tells of a plan of the document: it tells of another
  DossierStep step;
};

struct ReportDigest {
  std::string id;
  std::string published;             ///< ISO 8601, or empty
  std::vector<std::string> context;  ///< settled: all keys, and the words of title and reports
  std::vector<Report> reports;
  std::vector<Sighting> sightings;
};

ReportDigest digest_of(const Record& record, const Lexicon& lexicon);

/// The sentences of a record that look back on something done (sightings.cc).
std::vector<Sighting> find_sightings(const Record& record, const Lexicon& lexicon);

/// Names whoever says a step: the speaker of a statement of the record; nothing if the article itself speaks.
std::optional<DossierParty> speaker_of(const Record& record, const std::string& statement);

/// Keys of all that a stretch of the record's text names; names that no entity has are keys of their letters.
std::vector<std::string> keys_near(const Record& record, Span span, const Lexicon& lexicon);

/// Words of a sentence right beside the word that names a plan: what it is about. `stem`: of that word.
std::vector<std::string> topic_words(const Record& record, Span sentence, const std::string& stem,
                                     const Lexicon& lexicon);

/// Words of a stretch of the record's text that tell what it is about: stems of four letters or more.
std::vector<std::string> content_words(const Record& record, Span span, const Lexicon& lexicon);

}  // namespace polybius
