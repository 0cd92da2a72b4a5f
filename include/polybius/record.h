// The document record of the contract as plain structs; members are named as the JSON names them.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "polybius/document.h"
#include "polybius/error.h"
#include "polybius/span.h"

namespace polybius {

enum class EntityKind { person, organization, country, place, group };
enum class MentionForm { name, nominal, pronoun };
enum class TimeType { DATE, TIME, DURATION, SET };
enum class StatementKind { direct, indirect, mixed, attitude };
enum class EventType {
  AGREE,
  CONSULT,
  SUPPORT,
  CONCEDE,
  COOPERATE,
  AID,
  RETREAT,
  REQUEST,
  ACCUSE,
  REJECT,
  THREATEN,
  PROTEST,
  SANCTION,
  MOBILIZE,
  COERCE,
  ASSAULT
};
/// What became of an event.
enum class Status { occurred, ongoing, planned, postponed, cancelled, threatened, denied, hypothetical };
/// A step in the history of a plan.
enum class PlanStatus {
  proposed,
  announced,
  confirmed,
  postponed,
  cancelled,
  not_ruled_out,
  under_way,
  held
};

/// Text that cleaning took out, and the offset in `Record::text` where it stood.
struct Removed {
  std::string text;
  std::string why;
  std::uint32_t at = 0;
  friend bool operator==(const Removed&, const Removed&) = default;
};

/// Codes of an entity, those known; `cameo` best first.
struct Codes {
  std::vector<std::string> cameo;
  std::string plover_sector;
  std::string iso3;
  std::string wikidata;
  std::string geonames;
  friend bool operator==(const Codes&, const Codes&) = default;
};

/// An office as held on the document's date.
struct Role {
  std::string title;
  std::string country;  ///< ISO 3166 alpha-3, empty if none
  std::string since;
  std::string until;
  friend bool operator==(const Role&, const Role&) = default;
};

struct Mention {
  Span span;
  MentionForm form = MentionForm::name;
  friend bool operator==(const Mention&, const Mention&) = default;
};

struct Entity {
  std::string id;
  EntityKind kind = EntityKind::person;
  std::string name;
  Codes codes;
  std::optional<double> lat;  ///< degrees north
  std::optional<double> lon;  ///< degrees east
  std::optional<Role> role;
  std::vector<Mention> mentions;  ///< text order, never empty
  friend bool operator==(const Entity&, const Entity&) = default;
};

/// A TIMEX3 expression.
struct Time {
  Span span;
  TimeType type = TimeType::DATE;
  std::string value;  ///< TIMEX3 value
  bool anchored_to_published = false;
  std::optional<std::uint32_t> anchor;  ///< where the other time begins that this one was resolved against
  friend bool operator==(const Time&, const Time&) = default;
};

/// Who speaks; `entity` is empty when unknown, `span` absent when none is named at that place.
struct Speaker {
  std::string entity;
  std::vector<std::string> also;
  std::optional<Span> span;
  friend bool operator==(const Speaker&, const Speaker&) = default;
};

struct Statement {
  std::string id;
  StatementKind kind = StatementKind::indirect;
  std::optional<Speaker> speaker;
  std::vector<Span> cue;
  std::vector<Span> content;  ///< never empty
  std::string addressee;      ///< an entity id
  std::string time;           ///< TIMEX3 value
  std::string within;         ///< the statement that this one is quoted in
  std::vector<std::string> events;
  friend bool operator==(const Statement&, const Statement&) = default;
};

/// When an event took or takes place; `from`: "words", "sentence", "neighbour", "published".
struct EventTime {
  std::string value;
  std::string from;
  friend bool operator==(const EventTime&, const EventTime&) = default;
};

struct Place {
  std::string name;
  std::string geonames;
  std::string iso3;
  std::optional<double> lat;
  std::optional<double> lon;
  friend bool operator==(const Place&, const Place&) = default;
};

struct Event {
  std::string id;
  EventType type = EventType::CONSULT;
  std::string mode;
  std::vector<std::string> contexts;
  int quad = 1;
  std::string cameo;
  std::vector<std::string> actor;
  std::vector<std::string> recipient;
  std::vector<Span> trigger;  ///< never empty
  std::uint32_t sentence = 0;
  std::optional<EventTime> time;
  std::optional<Place> place;
  Status status = Status::occurred;
  std::string plan;
  std::string said_by;
  double confidence = 0;  ///< 0 to 1
  std::string why;
  friend bool operator==(const Event&, const Event&) = default;
};

/// What one marked party does to another.
struct Relation {
  std::optional<EventType> type;  ///< nothing: no event; mode, status and cameo do not apply then
  std::string mode;
  Status status = Status::occurred;
  std::string cameo;
  double confidence = 0;  ///< 0 to 1
  std::string why;
  friend bool operator==(const Relation&, const Relation&) = default;
};

struct PlanStep {
  PlanStatus status = PlanStatus::announced;
  std::string time;  ///< TIMEX3 value of the change, not of the thing planned
  Span evidence;
  std::string said_by;
  friend bool operator==(const PlanStep&, const PlanStep&) = default;
};

struct Plan {
  std::string id;
  std::string what;
  std::vector<std::string> parties;
  std::optional<Place> place;
  std::string when;
  std::vector<PlanStep> history;  ///< time order, never empty
  friend bool operator==(const Plan&, const Plan&) = default;
};

/// Enough to reproduce the record exactly.
struct CoderId {
  std::string version;
  std::string model;
  std::string lexicon;
  friend bool operator==(const CoderId&, const CoderId&) = default;
};

struct Record {
  std::string id;
  std::vector<std::pair<std::string, std::string>> extra;
  Origin origin;
  std::string title;
  std::vector<std::string> authors;
  std::string language;
  std::string published;
  PublishedBy published_by = PublishedBy::none;
  std::string text;
  std::vector<Removed> removed;
  std::vector<Span> sentences;
  std::vector<Entity> entities;
  std::vector<Time> times;
  std::vector<Statement> statements;
  std::vector<Event> events;
  std::vector<Plan> plans;
  std::vector<Warning> warnings;
  CoderId coder;
  friend bool operator==(const Record&, const Record&) = default;
};

/// The name of a value as the JSON has it: "not_ruled_out".
std::string_view name_of(EntityKind);
std::string_view name_of(MentionForm);
std::string_view name_of(TimeType);
std::string_view name_of(StatementKind);
std::string_view name_of(EventType);
std::string_view name_of(Status);
std::string_view name_of(PlanStatus);
std::string_view name_of(PublishedBy);

/// The value of a name; nothing if there is none such.
std::optional<EventType> event_type_of(std::string_view name);
std::optional<Status> status_of(std::string_view name);
std::optional<PlanStatus> plan_status_of(std::string_view name);

/// One line of JSON without its end of line; keys in the contract's order, absent fields left out.
std::string to_json(const Record& record);
/// The article alone, as `polybius extract` writes it: id, origin, url, title, authors, published, language,
/// text.
std::string to_article_json(const Record& record);
/// `{"id":...,"times":[...]}`: the times of a text that is not coded.
std::string times_to_json(const std::string& id, const std::vector<Time>& times);
/// `{"id":...,"type":...,"mode":...,"status":...,"cameo":...,"confidence":...,"why":...}`; `type` is null
/// where there is no event.
std::string relation_to_json(const std::string& id, const Relation& relation);

/// Reads what `to_json` wrote. Errors: E-REC-01 no JSON, E-REC-02 not a record, E-REC-03 a field of another
/// form (named with its path).
Result<Record> from_json(std::string_view line);

/// The id of the innermost statement whose content holds the offset; empty if the article itself speaks.
std::string innermost_statement(std::span<const Statement> statements, std::uint32_t offset);

/// Checks what the schema cannot: ids unique and resolvable, offsets inside the text, lists in text order.
/// Empty if all is well.
std::vector<std::string> faults_of(const Record& record);

}  // namespace polybius
