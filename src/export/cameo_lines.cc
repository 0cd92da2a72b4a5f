// PETRARCH's tab-separated CAMEO lines, and ICEWS with its heading.
#include <algorithm>

#include "export/formats.h"

namespace polybius {
namespace {

std::string compact(const Date& day) {
  std::string out = day.iso();
  std::erase(out, '-');
  return out;
}

std::string code_or_dashes(const Entity* entity) {
  const std::string code = entity == nullptr ? std::string() : actor_code(*entity);
  return code.empty() ? "---" : code;
}

std::string text_or_dashes(const std::string& text) {
  return text.empty() ? "---" : text;
}

/// The first part of an actor's code: the country, or who is international.
std::string root_or_dashes(const Entity* entity) {
  return code_or_dashes(entity).substr(0, 3);
}

class CameoExporter final : public ExporterBase {
 public:
  using ExporterBase::ExporterBase;
  void add(const Record& record, std::span<const std::size_t> events) override {
    for (const std::size_t index : events) {
      const Event& event = record.events[index];
      each_cameo_row(
          ontology_, record, event, count_,
          [&](const ActorPair& pair, const Date& day, std::size_t) { cells(row(record, event, pair, day)); });
    }
  }

 private:
  std::vector<std::string> row(const Record& record, const Event& event, const ActorPair& pair,
                               const Date& day) const {
    const std::string site = site_of(record);
    std::vector<std::string> out{compact(day),
                                 code_or_dashes(pair.source),
                                 code_or_dashes(pair.target),
                                 pair.code,
                                 "",
                                 record.id + "_" + std::to_string(event.sentence + 1),
                                 record.origin.url,
                                 site.empty() ? "NULL" : site};
    if (options_.cameo_actor_texts) {
      for (const Entity* entity : {pair.source, pair.target})
        out.push_back(text_or_dashes(entity == nullptr ? std::string() : entity->name));
    }
    if (options_.cameo_event_text)
      out.push_back(text_or_dashes(options_.no_text ? std::string() : words_of_event(record, event).trigger));
    if (options_.cameo_actor_roots) {
      out.push_back(root_or_dashes(pair.source));
      out.push_back(root_or_dashes(pair.target));
    }
    return out;
  }
};

const std::vector<std::string>& icews_columns() {
  static const std::vector<std::string> columns{
      "Event ID",       "Event Date", "Source Name",     "Source Sectors", "Source Country",
      "Event Text",     "CAMEO Code", "Intensity",       "Target Name",    "Target Sectors",
      "Target Country", "Story ID",   "Sentence Number", "Publisher",      "City",
      "District",       "Province",   "Country",         "Latitude",       "Longitude"};
  return columns;
}

class IcewsExporter final : public TableExporter {
 public:
  using TableExporter::TableExporter;
  void add(const Record& record, std::span<const std::size_t> events) override {
    heading();
    for (const std::size_t index : events) {
      const Event& event = record.events[index];
      each_cameo_row(
          ontology_, record, event, count_,
          [&](const ActorPair& pair, const Date& day, std::size_t) { cells(row(record, event, pair, day)); });
    }
  }

 private:
  void write_heading() override {
    cells(icews_columns());
  }

  std::string sectors_of(const Entity* entity) const {
    if (entity == nullptr) return {};
    std::string out;
    for (std::size_t at = 0; at + 3 <= entity->codes.plover_sector.size(); at += 3) {
      const Row row = ontology_.lexicon().find("plover_sectors", entity->codes.plover_sector.substr(at, 3));
      if (row) out += (out.empty() ? "" : ",") + std::string(row["sector"]);
    }
    return out;
  }
  std::string country_of(const Entity* entity) const {
    if (entity == nullptr) return {};
    if (!entity->codes.iso3.empty()) return ontology_.country_name(entity->codes.iso3);
    return entity->role ? ontology_.country_name(entity->role->country) : std::string();
  }

  std::vector<std::string> row(const Record& record, const Event& event, const ActorPair& pair,
                               const Date& day) const {
    std::vector<std::string> out{std::to_string(event_number(record.id, event.id)),
                                 day.iso(),
                                 pair.source == nullptr ? "" : pair.source->name,
                                 sectors_of(pair.source),
                                 country_of(pair.source),
                                 ontology_.name_of_code(pair.code),
                                 pair.code,
                                 ontology_.goldstein_of(pair.code),
                                 pair.target == nullptr ? "" : pair.target->name,
                                 sectors_of(pair.target),
                                 country_of(pair.target),
                                 record.id,
                                 std::to_string(event.sentence + 1),
                                 site_of(record)};
    const bool country = event.place && ontology_.country_name(event.place->iso3) == event.place->name;
    out.push_back(event.place && !country ? event.place->name : "");
    out.insert(out.end(), {"", "", event.place ? ontology_.country_name(event.place->iso3) : ""});
    out.push_back(event.place && event.place->lat ? number_text(*event.place->lat) : "");
    out.push_back(event.place && event.place->lon ? number_text(*event.place->lon) : "");
    return out;
  }
};

}  // namespace

std::unique_ptr<Exporter> make_cameo(const Lexicon& lexicon, const ExportOptions& options,
                                     Exporter::Write write) {
  return make_exporter<CameoExporter>(lexicon, options, std::move(write));
}

std::unique_ptr<Exporter> make_icews(const Lexicon& lexicon, const ExportOptions& options,
                                     Exporter::Write write) {
  return make_exporter<IcewsExporter>(lexicon, options, std::move(write));
}

}  // namespace polybius
