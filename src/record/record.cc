// The names that the record's enumerations bear in the JSON.
#include "polybius/record.h"

#include <array>

#include "record/record_names.h"

namespace polybius {
namespace {

using std::string_view;

constexpr std::array<string_view, 5> entity_kinds{"person", "organization", "country", "place", "group"};
constexpr std::array<string_view, 3> mention_forms{"name", "nominal", "pronoun"};
constexpr std::array<string_view, 4> time_types{"DATE", "TIME", "DURATION", "SET"};
constexpr std::array<string_view, 4> statement_kinds{"direct", "indirect", "mixed", "attitude"};
constexpr std::array<string_view, 16> event_types{
    "AGREE",  "CONSULT", "SUPPORT",  "CONCEDE", "COOPERATE", "AID",      "RETREAT", "REQUEST",
    "ACCUSE", "REJECT",  "THREATEN", "PROTEST", "SANCTION",  "MOBILIZE", "COERCE",  "ASSAULT"};
constexpr std::array<string_view, 8> statuses{"occurred",  "ongoing",    "planned", "postponed",
                                              "cancelled", "threatened", "denied",  "hypothetical"};
constexpr std::array<string_view, 8> plan_statuses{"proposed",  "announced",     "confirmed", "postponed",
                                                   "cancelled", "not_ruled_out", "under_way", "held"};
constexpr std::array<string_view, 5> published_bys{"given", "metadata", "url", "text", "none"};

template <typename Enum>
string_view name_in_table(Enum value) {
  const auto names = names_of<Enum>();
  const auto index = static_cast<std::size_t>(value);
  return index < names.size() ? names[index] : string_view("?");
}

}  // namespace

template <>
std::span<const string_view> names_of<EntityKind>() {
  return entity_kinds;
}
template <>
std::span<const string_view> names_of<MentionForm>() {
  return mention_forms;
}
template <>
std::span<const string_view> names_of<TimeType>() {
  return time_types;
}
template <>
std::span<const string_view> names_of<StatementKind>() {
  return statement_kinds;
}
template <>
std::span<const string_view> names_of<EventType>() {
  return event_types;
}
template <>
std::span<const string_view> names_of<Status>() {
  return statuses;
}
template <>
std::span<const string_view> names_of<PlanStatus>() {
  return plan_statuses;
}
template <>
std::span<const string_view> names_of<PublishedBy>() {
  return published_bys;
}

string_view name_of(EntityKind kind) {
  return name_in_table(kind);
}
string_view name_of(MentionForm form) {
  return name_in_table(form);
}
string_view name_of(TimeType type) {
  return name_in_table(type);
}
string_view name_of(StatementKind kind) {
  return name_in_table(kind);
}
string_view name_of(EventType type) {
  return name_in_table(type);
}
string_view name_of(Status status) {
  return name_in_table(status);
}
string_view name_of(PlanStatus status) {
  return name_in_table(status);
}
string_view name_of(PublishedBy by) {
  return name_in_table(by);
}

std::optional<EventType> event_type_of(string_view name) {
  return value_of<EventType>(name);
}
std::optional<Status> status_of(string_view name) {
  return value_of<Status>(name);
}
std::optional<PlanStatus> plan_status_of(string_view name) {
  return value_of<PlanStatus>(name);
}

std::string innermost_statement(std::span<const Statement> statements, std::uint32_t offset) {
  std::string id;
  std::uint32_t smallest = 0;
  for (const Statement& statement : statements) {
    std::uint32_t size = 0;
    bool inside = false;
    for (const Span& part : statement.content) {
      size += part.size();
      inside = inside || (part.begin <= offset && offset < part.end);
    }
    if (!inside || (!id.empty() && size >= smallest)) continue;
    id = statement.id;
    smallest = size;
  }
  return id;
}

}  // namespace polybius
