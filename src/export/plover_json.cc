// PLOVER as JSON Lines, and POLECAT's table of 40 columns.
#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "export/formats.h"

namespace polybius {
namespace {

using Json = nlohmann::ordered_json;

void put(Json& json, const char* key, const std::string& value) {
  if (!value.empty()) json[key] = value;
}

std::string joined(const std::vector<std::string>& values) {
  std::string out;
  for (const std::string& value : values) {
    if (value.empty()) continue;
    std::string cell = value;
    std::replace(cell.begin(), cell.end(), ';', ',');
    out += (out.empty() ? "" : ";") + cell;
  }
  return out;
}

/// PLOVER's code of an entity: its country, or what kind of international body it is.
std::string plover_code(const Entity& entity) {
  if (!entity.codes.iso3.empty()) return ExportOntology::plover_country(entity.codes.iso3);
  const std::string code = actor_code(entity);
  constexpr std::array<std::string_view, 6> international{"IGO", "NGO", "MNC", "IMG", "NGM", "INT"};
  if (code.size() >= 6 && code.starts_with("IGO")) {
    const std::string second = code.substr(3, 3);
    if (second == "UNO" || second == "EUR" || second == "EEC") return second == "EEC" ? "EUR" : second;
  }
  if (code.starts_with("NGM")) return "NGO";
  for (const auto known : international) {
    if (code.starts_with(known)) return std::string(known);
  }
  return entity.role ? ExportOntology::plover_country(entity.role->country) : std::string();
}

/// What both formats leave out: the undated, and what another event tells.
template <typename Take>
void each_folded(const ExportOntology& ontology, const Record& record, std::span<const std::size_t> events,
                 ExportCount& count, Take take) {
  for (const std::size_t index : events) {
    const Event& event = record.events[index];
    const auto days = days_of_event(record, event);
    if (told_by_another(record, event)) {
      ++count.folded;
    } else if (!days) {
      ++count.undated;
    } else {
      take(event, ontology.fold(event), *days);
    }
  }
}

class PloverExporter final : public ExporterBase {
 public:
  using ExporterBase::ExporterBase;

  void add(const Record& record, std::span<const std::size_t> events) override {
    const EntityIndex entities(record);
    each_folded(ontology_, record, events, count_,
                [&](const Event& event, const FoldedEvent& folded, const DayRange& days) {
                  if (event.actor.empty()) {  // the format wants an actor
                    ++count_.unplaced;
                    return;
                  }
                  line(object_of(record, entities, event, folded, days)
                           .dump(-1, ' ', false, Json::error_handler_t::replace));
                });
  }

 private:
  static Json entity_list(const EntityIndex& entities, const std::vector<std::string>& ids) {
    Json list = Json::array();
    for (const Entity* entity : entities.of(ids)) {
      Json json = Json::object();
      put(json, "code", plover_code(*entity));
      put(json, "sector", entity->codes.plover_sector);
      json["entity_text"] = entity->name;
      put(json, "identifier_id", entity->codes.wikidata);
      if (!entity->codes.wikidata.empty()) json["identifier_text"] = entity->name;
      if (entity->role) json["office"] = entity->role->title;
      put(json, "cameo", actor_code(*entity));
      list.push_back(std::move(json));
    }
    return list;
  }

  Json location_of(const Place& place) const {
    Json json = Json::object();
    json["extracted_place"] = place.name;
    json["resolved_place"] = place.name;
    put(json, "geonameid", place.geonames);
    if (place.lat) json["lat"] = *place.lat;
    if (place.lon) json["lon"] = *place.lon;
    const std::string country = ontology_.country_name(place.iso3);
    put(json, "country", country);
    put(json, "country_code", place.iso3);
    const Row known = place.geonames.empty() ? Row() : ontology_.lexicon().find("places", place.geonames);
    if (!country.empty() && country == place.name) {
      json["resolution"] = 1;
    } else if (known) {
      json["resolution"] = known["kind"] == "region" ? 2 : 4;
    }
    return json;
  }

  Json text_info(const Event& event, const EventWords& words) const {
    Json json = Json::object();
    json["sequence"] = event.sentence + 1;
    if (!event.trigger.empty()) {
      json["start"] = event.trigger.front().begin;
      json["end"] = event.trigger.back().end;
    }
    if (!options_.no_text && !words.sentence.empty()) json["text_story"] = Json::array({words.sentence});
    return json;
  }

  static Json cite_info(const Record& record) {
    Json json = Json::object();
    json["citation"] = record.id;
    put(json, "url", record.origin.url);
    put(json, "title", record.title);
    put(json, "language", record.language);
    put(json, "publication", site_of(record));
    json["coder"] = "polybius " + record.coder.version;
    json["codebook"] = "PLOVER";
    return json;
  }

  /// A time of the day, where the event's time has one.
  static std::string hour_of(const Event& event) {
    if (!event.time) return {};
    const std::string& value = event.time->value;
    const std::size_t at = value.find('T');
    if (at == std::string::npos || value.size() < at + 6 || value[at + 3] != ':') return {};
    const std::string time = value.substr(at + 1);
    const bool digits = std::all_of(time.begin(), time.end(),
                                    [](char byte) { return (byte >= '0' && byte <= '9') || byte == ':'; });
    return digits ? time : std::string();
  }

  Json object_of(const Record& record, const EntityIndex& entities, const Event& event,
                 const FoldedEvent& folded, const DayRange& days) const {
    const EventWords words = words_of_event(record, event);
    Json json = Json::object();
    json["id"] = record.id + "/" + event.id;
    json["date"] = days.first.iso();
    put(json, "time", hour_of(event));
    if (days.last != days.first) json["enddate"] = days.last.iso();
    json["actor"] = entity_list(entities, event.actor);
    if (!event.recipient.empty()) json["recipient"] = entity_list(entities, event.recipient);
    json["event"] = Json::array({std::string(name_of(folded.type))});
    if (!folded.mode.empty()) json["mode"] = Json::array({folded.mode});
    if (!folded.contexts.empty()) json["context"] = folded.contexts;
    if (event.place) json["event_loc"] = location_of(*event.place);
    if (!options_.no_text && !words.trigger.empty()) json["event_text"] = Json::array({words.trigger});
    json["quad_code"] = folded.quad;
    if (folded.score) json["event_scale"] = *folded.score;
    if (!event.plan.empty()) json["link"] = record.id + "/" + event.plan;
    if (!options_.no_text && !words.sentence.empty()) json["text"] = words.sentence;
    json["text_info"] = text_info(event, words);
    json["cite_info"] = cite_info(record);
    json["coder"] = "polybius " + record.coder.version;
    json["status"] = std::string(name_of(event.status));
    json["unfolded_event"] = std::string(name_of(event.type));
    json["cameo"] = event.cameo;
    json["confidence"] = event.confidence;
    if (!options_.no_text) json["comment"] = event.why;
    return json;
  }
};

const std::vector<std::string>& polecat_columns() {
  static const std::vector<std::string> columns{"Event ID",
                                                "Event Date",
                                                "Event Type",
                                                "Event Mode",
                                                "Intensity",
                                                "Quad Code",
                                                "Contexts",
                                                "Actor Name",
                                                "Actor Country",
                                                "Actor COW",
                                                "Primary Actor Sector",
                                                "Actor Sectors",
                                                "Actor Title",
                                                "Actor Name Raw",
                                                "Wikipedia Actor ID",
                                                "Recipient Name",
                                                "Recipient Country",
                                                "Recipient COW",
                                                "Primary Recipient Sector",
                                                "Recipient Sectors",
                                                "Recipient Title",
                                                "Recipient Name Raw",
                                                "Wikipedia Recipient ID",
                                                "Placename",
                                                "City",
                                                "District",
                                                "Province",
                                                "Country",
                                                "Latitude",
                                                "Longitude",
                                                "GeoNames ID",
                                                "Raw Placename",
                                                "Feature Type",
                                                "Source",
                                                "Publication Date",
                                                "Story People",
                                                "Story Organizations",
                                                "Story Locations",
                                                "Language",
                                                "Version"};
  return columns;
}

class PolecatExporter final : public TableExporter {
 public:
  using TableExporter::TableExporter;

  void add(const Record& record, std::span<const std::size_t> events) override {
    heading();
    const EntityIndex entities(record);
    const std::vector<std::string> story = story_of(record);
    for (const std::size_t index : events) {
      const Status status = record.events[index].status;
      if (status == Status::occurred || status == Status::ongoing || status == Status::planned ||
          status == Status::threatened) {
        each_folded(ontology_, record, {&index, 1}, count_,
                    [&](const Event& event, const FoldedEvent& folded, const DayRange& days) {
                      cells(row(record, entities, event, folded, days, story));
                    });
      } else {
        ++count_.unplaced;
      }
    }
  }

 private:
  void write_heading() override {
    cells(polecat_columns());
  }

  /// People, organizations and locations of the document.
  static std::vector<std::string> story_of(const Record& record) {
    std::vector<std::string> people;
    std::vector<std::string> organizations;
    std::vector<std::string> locations;
    for (const Entity& entity : record.entities) {
      if (entity.kind == EntityKind::person) people.push_back(entity.name);
      if (entity.kind == EntityKind::organization) organizations.push_back(entity.name);
      if (entity.kind == EntityKind::place || entity.kind == EntityKind::country)
        locations.push_back(entity.name);
    }
    return {joined(people), joined(organizations), joined(locations)};
  }

  /// Name, country, COW, primary sector, sectors, title, raw name, Wikipedia.
  void add_side(std::vector<std::string>& out, const std::vector<const Entity*>& side) const {
    std::vector<std::string> names;
    std::vector<std::string> countries;
    std::vector<std::string> sectors;
    std::vector<std::string> titles;
    for (const Entity* entity : side) {
      names.push_back(entity->name);
      countries.push_back(plover_code(*entity));
      if (!entity->codes.plover_sector.empty()) sectors.push_back(entity->codes.plover_sector);
      if (entity->role) titles.push_back(entity->role->title);
    }
    out.insert(out.end(), {joined(names), joined(countries), "", sectors.empty() ? "" : sectors.front(),
                           joined(sectors), joined(titles), joined(names), ""});
  }

  void add_place(std::vector<std::string>& out, const std::optional<Place>& place) const {
    if (!place) {
      out.insert(out.end(), 10, "");
      return;
    }
    const std::string country = ontology_.country_name(place->iso3);
    const Row known = place->geonames.empty() ? Row() : ontology_.lexicon().find("places", place->geonames);
    const bool region = known && known["kind"] == "region";
    const bool whole = country == place->name;
    out.insert(out.end(), {place->name, region || whole ? "" : place->name, "", region ? place->name : "",
                           country, place->lat ? number_text(*place->lat) : "",
                           place->lon ? number_text(*place->lon) : "", place->geonames, place->name, ""});
  }

  std::vector<std::string> row(const Record& record, const EntityIndex& entities, const Event& event,
                               const FoldedEvent& folded, const DayRange& days,
                               const std::vector<std::string>& story) const {
    std::vector<std::string> contexts = folded.contexts;
    if (!contexts.empty() && contexts.back() == "future") contexts.pop_back();  // no context of POLECAT
    std::vector<std::string> out{record.id + "/" + event.id,
                                 days.first.iso(),
                                 std::string(name_of(folded.type)),
                                 folded.mode,
                                 folded.score ? number_text(*folded.score) : "",
                                 std::to_string(folded.quad),
                                 joined(contexts)};
    add_side(out, entities.of(event.actor));
    add_side(out, entities.of(event.recipient));
    add_place(out, event.place);
    const auto published = Date::from_iso(record.published);
    out.insert(out.end(), {site_of(record), published ? published->iso() : "", story[0], story[1], story[2],
                           record.language, "polybius " + record.coder.version});
    return out;
  }
};

}  // namespace

std::unique_ptr<Exporter> make_plover(const Lexicon& lexicon, const ExportOptions& options,
                                      Exporter::Write write) {
  return make_exporter<PloverExporter>(lexicon, options, std::move(write));
}

std::unique_ptr<Exporter> make_polecat(const Lexicon& lexicon, const ExportOptions& options,
                                       Exporter::Write write) {
  return make_exporter<PolecatExporter>(lexicon, options, std::move(write));
}

}  // namespace polybius
