// Rows as JSON: the names of the door's structs, empty members left out.
#include "polybius/json.h"
#include "store/store.h"

namespace polybius {
namespace {

/// The members of one object; empty texts and lists are left out.
class RowWriter {
 public:
  RowWriter& text(std::string_view name, const std::string& value) {
    if (!value.empty()) append_json_string(member(name), value);
    return *this;
  }
  RowWriter& number(std::string_view name, std::int64_t value) {
    member(name) += std::to_string(value);
    return *this;
  }
  RowWriter& real(std::string_view name, const std::optional<double>& value) {
    if (value) append_json_number(member(name), *value);
    return *this;
  }
  RowWriter& flag(std::string_view name, bool value) {
    member(name) += value ? "true" : "false";
    return *this;
  }
  /// `json` as it is; "{}" and "[]" are left out.
  RowWriter& json(std::string_view name, const std::string& json) {
    if (json.size() > 2) member(name) += json;
    return *this;
  }
  std::string done() const {
    return out_ + "}";
  }

 private:
  std::string& member(std::string_view name) {
    if (out_.size() > 1) out_ += ',';
    out_ += '"';
    out_ += name;
    return out_ += "\":";
  }
  std::string out_ = "{";
};

template <typename Values, typename Append>
std::string list_of(const Values& values, Append append) {
  std::string out = "[";
  for (const auto& value : values) {
    if (out.size() > 1) out += ',';
    append(out, value);
  }
  return out + "]";
}

std::string to_object(const EntityName& name) {
  return RowWriter().text("id", name.id).text("name", name.name).text("code", name.code).done();
}

std::string to_list(const std::vector<EntityName>& names) {
  return list_of(names, [](std::string& out, const EntityName& name) { out += to_object(name); });
}

std::string to_list(const std::vector<std::string>& texts) {
  return list_of(texts, [](std::string& out, const std::string& text) { append_json_string(out, text); });
}

std::string to_pair(Span span) {
  return "[" + std::to_string(span.begin) + "," + std::to_string(span.end) + "]";
}

std::string to_list(const std::vector<Span>& spans) {
  return list_of(spans, [](std::string& out, Span span) { out += to_pair(span); });
}

std::string to_object(const Place& place) {
  return RowWriter()
      .text("name", place.name)
      .text("geonames", place.geonames)
      .text("iso3", place.iso3)
      .real("lat", place.lat)
      .real("lon", place.lon)
      .done();
}

std::string to_object(const Codes& codes) {
  return RowWriter()
      .json("cameo", to_list(codes.cameo))
      .text("plover_sector", codes.plover_sector)
      .text("iso3", codes.iso3)
      .text("wikidata", codes.wikidata)
      .text("geonames", codes.geonames)
      .done();
}

std::string quads_of(const std::array<std::size_t, 4>& quads) {
  RowWriter out;
  for (std::size_t i = 0; i < quads.size(); ++i)
    out.number(std::to_string(i + 1), static_cast<std::int64_t>(quads[i]));
  return out.done();
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
  out.text("language", row.language).flag("has_text", row.has_text).text("text_sha256", row.text_sha256);
  out.number("events", row.events).number("statements", row.statements).number("plans", row.plans);
  out.json("coder", RowWriter()
                        .text("version", row.coder.version)
                        .text("model", row.coder.model)
                        .text("lexicon", row.coder.lexicon)
                        .done());
  return out.done();
}

std::string to_json(const EventRow& row) {
  RowWriter out;
  out.text("document", row.document).text("id", row.id).text("type", row.type).text("mode", row.mode);
  out.json("contexts", to_list(row.contexts))
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
      .real("confidence", row.confidence)
      .text("why", row.why);
  out.text("sentence", row.sentence)
      .number("sentence_begin", row.sentence_begin)
      .json("trigger", to_list(row.trigger));
  add_source(out, row);
  if (row.wrong) out.flag("wrong", true);
  return out.done();
}

std::string to_json(const StatementRow& row) {
  RowWriter out;
  out.text("document", row.document).text("id", row.id).text("kind", row.kind);
  out.json("speaker", to_list(row.speaker)).json("addressee", to_list(row.addressee));
  out.text("time", row.time)
      .text("day", row.day)
      .json("content", to_list(row.content))
      .text("words", row.words);
  out.json("events", to_list(row.events)).text("within", row.within);
  add_source(out, row);
  return out.done();
}

std::string to_json(const PlanRow& row) {
  RowWriter out;
  out.text("document", row.document)
      .text("id", row.id)
      .text("what", row.what)
      .json("parties", to_list(row.parties));
  if (row.place) out.json("place", to_object(*row.place));
  out.text("when", row.when).text("day", row.day).text("status", row.status);
  const std::string history = list_of(row.history, [](std::string& list, const PlanStepRow& step) {
    RowWriter member;
    member.text("status", step.status).text("time", step.time).json("evidence", to_pair(step.evidence));
    list += member.text("words", step.words).json("speaker", to_list(step.speaker)).done();
  });
  out.json("history", history).text("dossier", row.dossier);
  add_source(out, row);
  return out.done();
}

std::string to_json(const EntityRow& row) {
  RowWriter out;
  out.text("id", row.id).text("kind", row.kind).text("name", row.name).json("codes", to_object(row.codes));
  out.real("lat", row.lat).real("lon", row.lon);
  out.number("documents", static_cast<std::int64_t>(row.documents));
  out.number("events", static_cast<std::int64_t>(row.events)).json("titles", to_list(row.titles));
  return out.done();
}

std::string to_json(const TimelineRow& row) {
  RowWriter out;
  out.text("period", row.period).number("events", static_cast<std::int64_t>(row.events));
  RowWriter types;
  for (std::size_t i = 0; i < row.types.size(); ++i) {
    if (row.types[i] > 0)
      types.number(name_of(static_cast<EventType>(i)), static_cast<std::int64_t>(row.types[i]));
  }
  out.json("quads", quads_of(row.quads)).json("types", types.done());
  return out.done();
}

std::string to_json(const Facet& facet) {
  std::string out = "{\"name\":";
  append_json_string(out, facet.name);
  out += ",\"values\":" + list_of(facet.values, [](std::string& list, const FacetValue& value) {
           list += "{\"value\":";
           append_json_string(list, value.value);
           list += ",\"label\":";
           append_json_string(list, value.label);
           list += ",\"count\":" + std::to_string(value.count) + "}";
         });
  return out + "}";
}

std::string to_json(const PairCount& row) {
  RowWriter out;
  out.json("actor", to_object(row.actor)).json("recipient", to_object(row.recipient));
  out.number("events", static_cast<std::int64_t>(row.events)).json("quads", quads_of(row.quads));
  return out.done();
}

std::string to_json(const PlaceCount& row) {
  RowWriter out;
  out.json("place", to_object(row.place)).number("events", static_cast<std::int64_t>(row.events));
  return out.json("quads", quads_of(row.quads)).done();
}

std::string to_json(const Correction& row) {
  RowWriter out;
  out.number("number", row.number).text("kind", row.kind).text("document", row.document);
  out.text("subject", row.subject).text("object", row.object).text("detail", row.detail);
  return out.text("by", row.by).text("at", row.at).text("note", row.note).done();
}

}  // namespace polybius
