// Rows as JSON: the names of the door's structs, empty members left out.
#include <charconv>

#include "polybius/json.h"
#include "store/store.h"

namespace polybius {
namespace {

/// Writes one object; empty texts, lists and objects are left out.
class RowWriter {
 public:
  explicit RowWriter(std::string& out) : out_(out) {
    out_ += '{';
  }
  RowWriter& text(std::string_view name, std::string_view value) {
    if (!value.empty()) append_json_string(member(name), value);
    return *this;
  }
  RowWriter& number(std::string_view name, std::int64_t value) {
    append_integer(member(name), value);
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
  /// A list: `append` writes each value.
  template <typename Values, typename Append>
  RowWriter& list(std::string_view name, const Values& values, Append append) {
    if (values.empty()) return *this;
    member(name) += '[';
    bool first = true;
    for (const auto& value : values) {
      if (!first) out_ += ',';
      first = false;
      append(out_, value);
    }
    out_ += ']';
    return *this;
  }
  /// An object: `fill` writes its members.
  template <typename Fill>
  RowWriter& object(std::string_view name, Fill fill) {
    const std::size_t before = out_.size();
    const bool first = first_;
    RowWriter inner(member(name));
    fill(inner);
    if (inner.first_) {
      out_.resize(before);
      first_ = first;
    } else {
      inner.end();
    }
    return *this;
  }
  void end() {
    out_ += '}';
  }
  /// The name of a member whose value the caller writes.
  std::string& member(std::string_view name) {
    if (!first_) out_ += ',';
    first_ = false;
    out_ += '"';
    out_ += name;
    return out_ += "\":";
  }
  static void append_integer(std::string& out, std::int64_t value) {
    char digits[24];
    out.append(digits, std::to_chars(digits, digits + sizeof digits, value).ptr);
  }

 private:
  std::string& out_;
  bool first_ = true;
};

/// One row as a text of its own.
template <typename Fill>
std::string row_json(Fill fill) {
  constexpr std::size_t usual = 1000;
  std::string out;
  out.reserve(usual);
  RowWriter writer(out);
  fill(writer);
  writer.end();
  return out;
}

void append_name(std::string& out, const EntityName& name) {
  RowWriter(out).text("id", name.id).text("name", name.name).text("code", name.code).end();
}

void append_text(std::string& out, const std::string& text) {
  append_json_string(out, text);
}

void append_span(std::string& out, Span span) {
  out += '[';
  RowWriter::append_integer(out, span.begin);
  out += ',';
  RowWriter::append_integer(out, span.end);
  out += ']';
}

void fill_place(RowWriter& out, const Place& place) {
  out.text("name", place.name)
      .text("geonames", place.geonames)
      .text("iso3", place.iso3)
      .real("lat", place.lat)
      .real("lon", place.lon);
}

void fill_codes(RowWriter& out, const Codes& codes) {
  out.list("cameo", codes.cameo, append_text)
      .text("plover_sector", codes.plover_sector)
      .text("iso3", codes.iso3)
      .text("wikidata", codes.wikidata)
      .text("geonames", codes.geonames);
}

void add_quads(RowWriter& out, const std::array<std::size_t, 4>& quads) {
  constexpr std::array<std::string_view, 4> names{"1", "2", "3", "4"};
  out.object("quads", [&](RowWriter& inner) {
    for (std::size_t i = 0; i < quads.size(); ++i)
      inner.number(names[i], static_cast<std::int64_t>(quads[i]));
  });
}

void add_place(RowWriter& out, const std::optional<Place>& place) {
  if (place) out.object("place", [&](RowWriter& inner) { fill_place(inner, *place); });
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
  return row_json([&](RowWriter& out) {
    out.text("id", row.id);
    add_source(out, row);
    out.text("language", row.language).flag("has_text", row.has_text).text("text_sha256", row.text_sha256);
    out.number("events", row.events).number("statements", row.statements).number("plans", row.plans);
    out.object("coder", [&](RowWriter& coder) {
      coder.text("version", row.coder.version)
          .text("model", row.coder.model)
          .text("lexicon", row.coder.lexicon);
    });
  });
}

std::string to_json(const EventRow& row) {
  return row_json([&](RowWriter& out) {
    out.text("document", row.document).text("id", row.id).text("type", row.type).text("mode", row.mode);
    out.list("contexts", row.contexts, append_text)
        .number("quad", row.quad)
        .text("cameo", row.cameo)
        .text("status", row.status);
    out.list("actor", row.actor, append_name)
        .list("recipient", row.recipient, append_name)
        .list("speaker", row.speaker, append_name);
    out.text("time", row.time).text("day", row.day);
    add_place(out, row.place);
    out.text("plan", row.plan)
        .text("said_by", row.said_by)
        .real("confidence", row.confidence)
        .text("why", row.why);
    out.text("sentence", row.sentence)
        .number("sentence_begin", row.sentence_begin)
        .list("trigger", row.trigger, append_span);
    add_source(out, row);
    if (row.wrong) out.flag("wrong", true);
  });
}

std::string to_json(const StatementRow& row) {
  return row_json([&](RowWriter& out) {
    out.text("document", row.document).text("id", row.id).text("kind", row.kind);
    out.list("speaker", row.speaker, append_name).list("addressee", row.addressee, append_name);
    out.text("time", row.time)
        .text("day", row.day)
        .list("content", row.content, append_span)
        .text("words", row.words);
    out.list("events", row.events, append_text).text("within", row.within);
    add_source(out, row);
  });
}

std::string to_json(const PlanRow& row) {
  return row_json([&](RowWriter& out) {
    out.text("document", row.document)
        .text("id", row.id)
        .text("what", row.what)
        .list("parties", row.parties, append_name);
    add_place(out, row.place);
    out.text("when", row.when).text("day", row.day).text("status", row.status);
    out.list("history", row.history, [](std::string& list, const PlanStepRow& step) {
      RowWriter member(list);
      append_span(member.text("status", step.status).text("time", step.time).member("evidence"),
                  step.evidence);
      member.text("words", step.words).list("speaker", step.speaker, append_name).end();
    });
    out.text("dossier", row.dossier);
    add_source(out, row);
  });
}

std::string to_json(const EntityRow& row) {
  return row_json([&](RowWriter& out) {
    out.text("id", row.id).text("kind", row.kind).text("name", row.name);
    out.object("codes", [&](RowWriter& codes) { fill_codes(codes, row.codes); });
    out.real("lat", row.lat).real("lon", row.lon);
    out.number("documents", static_cast<std::int64_t>(row.documents));
    out.number("events", static_cast<std::int64_t>(row.events)).list("titles", row.titles, append_text);
  });
}

std::string to_json(const TimelineRow& row) {
  return row_json([&](RowWriter& out) {
    out.text("period", row.period).number("events", static_cast<std::int64_t>(row.events));
    add_quads(out, row.quads);
    out.object("types", [&](RowWriter& types) {
      for (std::size_t i = 0; i < row.types.size(); ++i) {
        if (row.types[i] > 0)
          types.number(name_of(static_cast<EventType>(i)), static_cast<std::int64_t>(row.types[i]));
      }
    });
  });
}

std::string to_json(const Facet& facet) {
  std::string out = "{\"name\":";
  append_json_string(out, facet.name);
  out += ",\"values\":[";
  for (const FacetValue& value : facet.values) {
    out += out.back() == '[' ? "{\"value\":" : ",{\"value\":";
    append_json_string(out, value.value);
    out += ",\"label\":";
    append_json_string(out, value.label);
    out += ",\"count\":" + std::to_string(value.count) + "}";
  }
  return out + "]}";
}

std::string to_json(const PairCount& row) {
  return row_json([&](RowWriter& out) {
    append_name(out.member("actor"), row.actor);
    append_name(out.member("recipient"), row.recipient);
    out.number("events", static_cast<std::int64_t>(row.events));
    add_quads(out, row.quads);
  });
}

std::string to_json(const PlaceCount& row) {
  return row_json([&](RowWriter& out) {
    out.object("place", [&](RowWriter& place) { fill_place(place, row.place); });
    out.number("events", static_cast<std::int64_t>(row.events));
    add_quads(out, row.quads);
  });
}

std::string to_json(const Correction& row) {
  return row_json([&](RowWriter& out) {
    out.number("number", row.number).text("kind", row.kind).text("document", row.document);
    out.text("subject", row.subject).text("object", row.object).text("detail", row.detail);
    out.text("by", row.by).text("at", row.at).text("note", row.note);
  });
}

}  // namespace polybius
