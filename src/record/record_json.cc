// The record as JSON: its keys stand here and nowhere else, once for writing and reading, in the contract's
// order.
#include <concepts>
#include <nlohmann/json.hpp>
#include <type_traits>

#include "polybius/record.h"
#include "polybius/told_plan.h"
#include "record/json_reader.h"
#include "record/json_writer.h"
#include "text/text.h"

namespace polybius {
namespace {

/// A struct of the record, constant when it is written.
template <typename T, typename Struct>
concept A = std::same_as<std::remove_const_t<T>, Struct>;

}  // namespace

void describe(auto& fields, A<Origin> auto& origin) {
  fields.optional("path", origin.path);
  fields.optional("url", origin.url);
  fields.optional("record", origin.record);
  fields.optional("site", origin.site);
}

void describe(auto& fields, A<Removed> auto& removed) {
  fields.required("text", removed.text);
  fields.required("why", removed.why);
  fields.required("at", removed.at);
}

void describe(auto& fields, A<Codes> auto& codes) {
  fields.optional("cameo", codes.cameo);
  fields.optional("plover_sector", codes.plover_sector);
  fields.optional("iso3", codes.iso3);
  fields.optional("wikidata", codes.wikidata);
  fields.optional("geonames", codes.geonames);
}

void describe(auto& fields, A<Role> auto& role) {
  fields.required("title", role.title);
  fields.optional("country", role.country);
  fields.optional("since", role.since);
  fields.optional("until", role.until);
}

void describe(auto& fields, A<Mention> auto& mention) {
  fields.required("begin", mention.span.begin);
  fields.required("end", mention.span.end);
  fields.required("form", mention.form);
}

void describe(auto& fields, A<Entity> auto& entity) {
  fields.required("id", entity.id);
  fields.required("kind", entity.kind);
  fields.required("name", entity.name);
  fields.optional("codes", entity.codes);
  fields.optional("lat", entity.lat);
  fields.optional("lon", entity.lon);
  fields.optional("role", entity.role);
  fields.required("mentions", entity.mentions);
}

void describe(auto& fields, A<Time> auto& time) {
  fields.required("begin", time.span.begin);
  fields.required("end", time.span.end);
  fields.required("type", time.type);
  fields.required("value", time.value);
  fields.anchor("anchor", time.anchored_to_published, time.anchor);
}

void describe(auto& fields, A<Speaker> auto& speaker) {
  fields.optional("entity", speaker.entity);
  fields.optional("also", speaker.also);
  fields.optional_span("begin", "end", speaker.span);
}

void describe(auto& fields, A<Statement> auto& statement) {
  fields.required("id", statement.id);
  fields.required("kind", statement.kind);
  fields.optional("speaker", statement.speaker);
  fields.optional("cue", statement.cue);
  fields.required("content", statement.content);
  fields.optional("addressee", statement.addressee);
  fields.optional("time", statement.time);
  fields.optional("within", statement.within);
  fields.optional("events", statement.events);
}

void describe(auto& fields, A<EventTime> auto& time) {
  fields.required("value", time.value);
  fields.optional("from", time.from);
}

void describe(auto& fields, A<Place> auto& place) {
  fields.required("name", place.name);
  fields.optional("geonames", place.geonames);
  fields.optional("iso3", place.iso3);
  fields.optional("lat", place.lat);
  fields.optional("lon", place.lon);
}

void describe(auto& fields, A<Event> auto& event) {
  fields.required("id", event.id);
  fields.required("type", event.type);
  fields.optional("mode", event.mode);
  fields.optional("contexts", event.contexts);
  fields.required("quad", event.quad);
  fields.required("cameo", event.cameo);
  fields.required("actor", event.actor);
  fields.optional("recipient", event.recipient);
  fields.required("trigger", event.trigger);
  fields.required("sentence", event.sentence);
  fields.optional("time", event.time);
  fields.optional("place", event.place);
  fields.required("status", event.status);
  fields.optional("plan", event.plan);
  fields.optional("said_by", event.said_by);
  fields.share("confidence", event.confidence);
  fields.required("why", event.why);
}

void describe(auto& fields, A<PlanStep> auto& step) {
  fields.required("status", step.status);
  fields.optional("time", step.time);
  fields.required("evidence", step.evidence);
  fields.optional("said_by", step.said_by);
}

/// What a plan of one document and one of many have alike.
void describe_plan(auto& fields, auto& plan) {
  fields.required("id", plan.id);
  fields.required("what", plan.what);
  fields.required("parties", plan.parties);
  fields.optional("place", plan.place);
  fields.optional("when", plan.when);
  fields.required("history", plan.history);
}

void describe(auto& fields, A<Plan> auto& plan) {
  describe_plan(fields, plan);
}

template <typename Fields, A<Warning> Const>
void describe(Fields& fields, Const& warning) {
  fields.required("code", warning.code);
  std::optional<Span> span;
  if (warning.placed) span = Span{warning.begin, warning.end};
  fields.optional_span("begin", "end", span);
  if constexpr (!Fields::writes) {
    warning.placed = span.has_value();
    warning.begin = span.value_or(Span{}).begin;
    warning.end = span.value_or(Span{}).end;
  }
  fields.required("message", warning.message);
}

void describe(auto& fields, A<DossierParty> auto& party) {
  fields.required("name", party.name);
  fields.optional("codes", party.codes);
}

void describe(auto& fields, A<DossierStep> auto& step) {
  fields.required("status", step.status);
  fields.optional("time", step.time);
  fields.optional("said_by", step.said_by);
  fields.required("document", step.document);
  fields.required("evidence", step.evidence);
}

void describe(auto& fields, A<DossierDocument> auto& document) {
  fields.required("id", document.id);
  fields.required("group", document.group);
}

void describe(auto& fields, A<DossierPlan> auto& plan) {
  describe_plan(fields, plan);
  fields.required("documents", plan.documents);
}

void describe(auto& fields, A<CoderId> auto& coder) {
  fields.required("version", coder.version);
  fields.required("model", coder.model);
  fields.required("lexicon", coder.lexicon);
}

void describe(auto& fields, A<Record> auto& record) {
  fields.constant("schema", "polybius/1", "polybius/");
  fields.required("id", record.id);
  fields.extra("extra", record.extra);
  fields.optional("origin", record.origin);
  fields.optional("title", record.title);
  fields.optional("authors", record.authors);
  fields.optional("language", record.language);
  fields.optional("published", record.published);
  fields.defaulted("published_by", record.published_by);
  fields.required("text", record.text);
  fields.optional("removed", record.removed);
  fields.required("sentences", record.sentences);
  fields.required("entities", record.entities);
  fields.required("times", record.times);
  fields.required("statements", record.statements);
  fields.required("events", record.events);
  fields.required("plans", record.plans);
  fields.required("warnings", record.warnings);
  fields.required("coder", record.coder);
}

std::string times_to_json(const std::string& id, const std::vector<Time>& times) {
  std::string out;
  {
    ObjectWriter fields(out);
    fields.required("id", id);
    fields.required("times", times);
  }
  return out;
}

std::string relation_to_json(const std::string& id, const Relation& relation) {
  std::string out;
  {
    ObjectWriter fields(out);
    fields.required("id", id);
    fields.nullable("type", relation.type);
    if (relation.type) {
      fields.optional("mode", relation.mode);
      fields.required("status", relation.status);
      fields.required("cameo", relation.cameo);
    }
    fields.share("confidence", relation.confidence);
    fields.required("why", relation.why);
  }
  return out;
}

std::string to_json(const Record& record) {
  std::string out;
  out.reserve(record.text.size() * 8 + 1024);
  {
    ObjectWriter fields(out);
    describe(fields, record);
  }
  return valid_utf8(out) ? out : repair_utf8(out);
}

std::string to_json(const DossierPlan& plan) {
  std::string out;
  {
    ObjectWriter fields(out);
    describe(fields, plan);
  }
  return valid_utf8(out) ? out : repair_utf8(out);
}

std::string to_article_json(const Record& record) {
  std::string out;
  out.reserve(record.text.size() + 1024);
  {
    ObjectWriter fields(out);
    fields.required("id", record.id);
    fields.optional("origin", record.origin);
    fields.optional("url", record.origin.url);
    fields.optional("title", record.title);
    fields.optional("authors", record.authors);
    fields.optional("published", record.published);
    fields.optional("language", record.language);
    fields.required("text", record.text);
  }
  return valid_utf8(out) ? out : repair_utf8(out);
}

Result<Record> from_json(std::string_view line) {
  if (!json_depth_allowed(line)) return Error{"E-REC-01", "", "brackets nest deeper than in any record", ""};
  ObjectReader::Json json;
  try {
    json = ObjectReader::Json::parse(line);
  } catch (const ObjectReader::Json::parse_error& fault) {
    return Error{"E-REC-01", "byte " + std::to_string(fault.byte), "no JSON",
                 "write one whole record a line"};
  } catch (const ObjectReader::Json::exception&) {
    return Error{"E-REC-01", "", "a number that no computer holds", ""};
  }
  if (!json.is_object()) return Error{"E-REC-02", "", "no document record: no JSON object", ""};
  Record record;
  std::optional<Error> error;
  const JsonPath root;
  ObjectReader fields(json, root, error);
  describe(fields, record);
  if (error) return *error;
  return record;
}

}  // namespace polybius
