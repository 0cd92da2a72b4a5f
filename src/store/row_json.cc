// Rows as JSON: the names of the door's structs, empty members left out.
#include <nlohmann/json.hpp>

#include "store/store.h"

namespace polybius {
namespace {

using Json = nlohmann::ordered_json;

/// The members of one object; empty texts and lists are left out.
class RowWriter {
 public:
  RowWriter& text(const char* name, const std::string& value) {
    if (!value.empty()) json_[name] = value;
    return *this;
  }
  RowWriter& number(const char* name, std::int64_t value) {
    json_[name] = value;
    return *this;
  }
  RowWriter& json(const char* name, Json value) {
    if (!value.empty()) json_[name] = std::move(value);
    return *this;
  }
  Json done() {
    return std::move(json_);
  }
  std::string line() const {
    return json_.dump(-1, ' ', false, Json::error_handler_t::replace);
  }

 private:
  Json json_ = Json::object();
};

Json to_object(const EntityName& name) {
  return RowWriter().text("id", name.id).text("name", name.name).text("code", name.code).done();
}

Json to_list(const std::vector<EntityName>& names) {
  Json list = Json::array();
  for (const EntityName& name : names) list.push_back(to_object(name));
  return list;
}

Json to_list(const std::vector<Span>& spans) {
  Json list = Json::array();
  for (const Span span : spans) list.push_back({span.begin, span.end});
  return list;
}

Json to_object(const Place& place) {
  RowWriter out;
  out.text("name", place.name).text("geonames", place.geonames).text("iso3", place.iso3);
  Json json = out.done();
  if (place.lat) json["lat"] = *place.lat;
  if (place.lon) json["lon"] = *place.lon;
  return json;
}

Json to_object(const Codes& codes) {
  return RowWriter()
      .json("cameo", codes.cameo)
      .text("plover_sector", codes.plover_sector)
      .text("iso3", codes.iso3)
      .text("wikidata", codes.wikidata)
      .text("geonames", codes.geonames)
      .done();
}

Json quads_of(const std::array<std::size_t, 4>& quads) {
  Json out = Json::object();
  for (std::size_t i = 0; i < quads.size(); ++i) out[std::to_string(i + 1)] = quads[i];
  return out;
}

template <typename Row>
void add_source(RowWriter& out, const Row& row) {
  out.text("title", row.title)
      .text("url", row.url)
      .text("source", row.source)
      .text("published", row.published);
}

}  // namespace

std::string to_json(const DocumentRow& row) {
  RowWriter out;
  out.text("id", row.id);
  add_source(out, row);
  out.text("language", row.language).json("has_text", row.has_text).text("text_sha256", row.text_sha256);
  out.number("events", row.events).number("statements", row.statements).number("plans", row.plans);
  out.json("coder", RowWriter()
                        .text("version", row.coder.version)
                        .text("model", row.coder.model)
                        .text("lexicon", row.coder.lexicon)
                        .done());
  return out.line();
}

std::string to_json(const EventRow& row) {
  RowWriter out;
  out.text("document", row.document).text("id", row.id).text("type", row.type).text("mode", row.mode);
  out.json("contexts", row.contexts)
      .number("quad", row.quad)
      .text("cameo", row.cameo)
      .text("status", row.status);
  out.json("actor", to_list(row.actor))
      .json("recipient", to_list(row.recipient))
      .json("speaker", to_list(row.speaker));
  out.text("time", row.time).text("day", row.day);
  if (row.place) out.json("place", to_object(*row.place));
  out.text("plan", row.plan)
      .text("said_by", row.said_by)
      .json("confidence", row.confidence)
      .text("why", row.why);
  out.text("sentence", row.sentence)
      .number("sentence_begin", row.sentence_begin)
      .json("trigger", to_list(row.trigger));
  add_source(out, row);
  if (row.wrong) out.json("wrong", true);
  return out.line();
}

std::string to_json(const StatementRow& row) {
  RowWriter out;
  out.text("document", row.document).text("id", row.id).text("kind", row.kind);
  out.json("speaker", to_list(row.speaker)).json("addressee", to_list(row.addressee));
  out.text("time", row.time)
      .text("day", row.day)
      .json("content", to_list(row.content))
      .text("words", row.words);
  out.json("events", row.events).text("within", row.within);
  add_source(out, row);
  return out.line();
}

std::string to_json(const PlanRow& row) {
  RowWriter out;
  out.text("document", row.document)
      .text("id", row.id)
      .text("what", row.what)
      .json("parties", to_list(row.parties));
  if (row.place) out.json("place", to_object(*row.place));
  out.text("when", row.when).text("day", row.day).text("status", row.status);
  Json history = Json::array();
  for (const PlanStepRow& step : row.history) {
    RowWriter member;
    member.text("status", step.status).text("time", step.time);
    member.json("evidence", {step.evidence.begin, step.evidence.end}).text("words", step.words);
    history.push_back(member.json("speaker", to_list(step.speaker)).done());
  }
  out.json("history", std::move(history)).text("dossier", row.dossier);
  add_source(out, row);
  return out.line();
}

std::string to_json(const EntityRow& row) {
  RowWriter out;
  out.text("id", row.id).text("kind", row.kind).text("name", row.name).json("codes", to_object(row.codes));
  if (row.lat) out.json("lat", *row.lat);
  if (row.lon) out.json("lon", *row.lon);
  out.number("documents", static_cast<std::int64_t>(row.documents));
  out.number("events", static_cast<std::int64_t>(row.events)).json("titles", row.titles);
  return out.line();
}

std::string to_json(const TimelineRow& row) {
  RowWriter out;
  out.text("period", row.period).number("events", static_cast<std::int64_t>(row.events));
  Json types = Json::object();
  for (std::size_t i = 0; i < row.types.size(); ++i) {
    if (row.types[i] > 0) types[std::string(name_of(static_cast<EventType>(i)))] = row.types[i];
  }
  out.json("quads", quads_of(row.quads)).json("types", std::move(types));
  return out.line();
}

std::string to_json(const Facet& facet) {
  Json values = Json::array();
  for (const FacetValue& value : facet.values) {
    values.push_back({{"value", value.value}, {"label", value.label}, {"count", value.count}});
  }
  Json out = {{"name", facet.name}};
  out["values"] = std::move(values);
  return out.dump(-1, ' ', false, Json::error_handler_t::replace);
}

std::string to_json(const PairCount& row) {
  RowWriter out;
  out.json("actor", to_object(row.actor)).json("recipient", to_object(row.recipient));
  out.number("events", static_cast<std::int64_t>(row.events)).json("quads", quads_of(row.quads));
  return out.line();
}

std::string to_json(const PlaceCount& row) {
  RowWriter out;
  out.json("place", to_object(row.place)).number("events", static_cast<std::int64_t>(row.events));
  return out.json("quads", quads_of(row.quads)).line();
}

std::string to_json(const Correction& row) {
  RowWriter out;
  out.number("number", row.number).text("kind", row.kind).text("document", row.document);
  out.text("subject", row.subject).text("object", row.object).text("detail", row.detail);
  return out.text("by", row.by).text("at", row.at).text("note", row.note).line();
}

}  // namespace polybius
