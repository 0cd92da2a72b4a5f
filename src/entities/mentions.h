// Mentions on their way to entities, as the files of this room pass them on.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "entities/entities.h"
#include "entities/references.h"
#include "gazetteer/gazetteer.h"
#include "language/language.h"
#include "polybius/date.h"
#include "polybius/record.h"

namespace polybius {

enum class Gender { unknown, male, female };

/// What modifiers and head nouns say of an actor: "the former US president", "Russian oil companies".
struct Description {
  Row agent;            ///< of `agents`; no row if the head is none
  std::string office;   ///< id of an office; empty if none
  std::string iso3;     ///< the country of it; empty if not said
  Row organization;     ///< of `organizations`: "the Kremlin spokesman"
  Row actor;            ///< of a user's `actors`: its code takes the country's place
  std::string title;    ///< the words: "White House Press Secretary"
  bool former = false;  ///< not in office on the day: former, late, future
  bool deputy = false;  ///< "deputy", "vice": not the holder
};

/// A noun phrase that may name an actor or a place.
struct Candidate {
  std::uint32_t first = 0;  ///< tokens [first, last)
  std::uint32_t last = 0;
  std::uint32_t head = 0;
  MentionForm form = MentionForm::name;
  EntityKind kind = EntityKind::person;
  Gender gender = Gender::unknown;
  bool many = false;       ///< plural
  bool definite = false;   ///< "the", "this", a possessor, a name
  bool adjective = false;  ///< "Russian"
  bool metonym = false;    ///< a capital that means its country
  bool known_kind = true;  ///< the kind is sure
  Row row;                 ///< of countries, places, organizations, persons; no row if the lexicon has none
  int place = -1;          ///< the gazetteer's number of the place that is meant
  Description description;
  bool garbled = false;               ///< read in spite of its spelling
  std::vector<std::uint32_t> drafts;  ///< the entities it belongs to, indices into `Reading::drafts`
};

/// An entity under construction.
struct Draft {
  EntityKind kind = EntityKind::person;
  std::string name;
  Gender gender = Gender::unknown;
  bool many = false;
  Row row;
  int place = -1;  ///< the gazetteer's number
  Description description;
  int spoken_by = -1;                   ///< for "we" and "you": the draft in whose mouth; -1: the text itself
  std::vector<std::uint32_t> mentions;  ///< indices into the candidates
};

/// All that the room knows while it works on one document.
struct Reading {
  const Analysis& analysis;
  const Lexicon& lexicon;
  const Gazetteer& gazetteer;
  const EntityTables::Parts& tables;
  std::string day;                    ///< "2025-10-24", or empty
  std::vector<Candidate> candidates;  ///< text order
  std::vector<Draft> drafts;
  std::vector<Quotation> quotations;
  std::vector<int> quotation_of;                    ///< by token, -1 if outside
  std::vector<int> speaker_token_of;                ///< by quotation, the subject of its cue; -1 if none
  std::vector<int> at_head;                         ///< by token, the candidate whose head it is; -1 if none
  std::vector<std::uint32_t> paragraph_of;          ///< by sentence
  std::vector<ReferenceChoice>* choices = nullptr;  ///< where to keep them, for training
};

/// All that can be told of a document before its entities are put together.
Reading begin_reading(const Analysis& analysis, std::optional<Date> published, const EntityTables& tables,
                      const Lexicon& lexicon, const Gazetteer& gazetteer);
/// Finds mentions and joins them.
void read_entities(Reading& reading, std::vector<Warning>& warnings);

/// Whether a word ends an office of the table `agents` that has "of" in it: the "State" of "Secretary of
/// State".
bool ends_office_phrase(const Reading& reading, std::uint32_t token);

/// Finds names: model and lexicon reconciled, metonyms told from places. Fills `candidates`.
void find_name_candidates(Reading& reading);
/// Tells for each name of a place which one on Earth is meant; names of places may turn out to be countries
/// and the other way round.
void resolve_places(Reading& reading);
/// Adds nominals ("the US president") and pronouns to `candidates` and sorts them.
void find_nominal_candidates(Reading& reading);
/// What stands before a name as its title ("US President Donald Trump"); empty if nothing does.
Description title_before(const Reading& reading, std::uint32_t first);
/// What the noun phrase of a head says; `first` becomes its leftmost token.
Description describe_noun(const Reading& reading, std::uint32_t head, std::uint32_t& first);
/// Puts names into drafts, one a person, place, country or organization.
void link_names(Reading& reading);
/// Puts names that are spelt wrongly into the drafts that are meant.
void link_garbled_names(Reading& reading, std::vector<Warning>& warnings);
/// Puts nominals and pronouns into drafts, outside quotations first.
void resolve_references(Reading& reading);
/// Finds who speaks in each quotation, as far as the cue beside it tells.
void find_quotation_speakers(Reading& reading);

/// Fills `at_head`.
void index_heads(Reading& reading);
/// Joins a candidate to a draft.
void join(Reading& reading, std::uint32_t candidate, std::uint32_t draft);
/// Makes a draft of a candidate and returns its index.
std::uint32_t found(Reading& reading, std::uint32_t candidate, std::string name);
/// The candidate whose head is the token, names first; -1 if there is none.
int candidate_at(const Reading& reading, std::uint32_t head);
/// Whether the token is the subject of a verb (active or passive).
bool is_subject(const Analysis& analysis, std::uint32_t token);
/// Whether a rule of speech_cues matches at the token.
bool is_speech_head(const Analysis& analysis, std::uint32_t token);
/// The adposition that governs the token's phrase, lower case; empty if none.
std::string_view governing_preposition(const Analysis& analysis, std::uint32_t token);

/// A key by sound, in the manner of Metaphone: names that sound alike share it.
std::string sound_key(std::string_view name);
/// Insertions, deletions, changes and swaps of neighbours between two strings of ASCII or UTF-8 bytes.
std::uint32_t edit_distance(std::string_view left, std::string_view right);

}  // namespace polybius
