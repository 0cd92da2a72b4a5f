// The GDELT 2.0 event table: 61 columns, no heading, unknown is empty.
#include <algorithm>
#include <array>
#include <charconv>

#include "export/formats.h"
#include "text/text.h"

namespace polybius {
namespace {

using Cells = std::vector<std::string>;

/// What a CAMEO actor code says, part by part.
struct ActorParts {
  std::string country, group, ethnic;
  std::array<std::string, 2> religions;
  std::array<std::string, 3> types;
};

class GdeltExporter final : public ExporterBase {
 public:
  GdeltExporter(const Lexicon& lexicon, const ExportOptions& options, Write write)
      : ExporterBase(lexicon, options, std::move(write)) {}

  void add(const Record& record, std::span<const std::size_t> events) override {
    for (const std::size_t index : events) {
      const Event& event = record.events[index];
      each_cameo_row(ontology_, record, event, count_,
                     [&](const ActorPair& pair, const Date& day, std::size_t number) {
                       cells(row(record, event, pair, day, number));
                     });
    }
  }

 private:
  bool may_be(std::string_view part, std::string_view kind) const {
    const Row row = ontology_.lexicon().find("cameo_actor_codes", part);
    if (!row) return false;
    const auto kinds = row.list("kinds");
    return std::find(kinds.begin(), kinds.end(), kind) != kinds.end();
  }

  /// The first part may be a country; the others are a known group before a role, a religion, a people.
  ActorParts parts_of(const std::string& code) const {
    ActorParts out;
    std::size_t types = 0;
    std::size_t religions = 0;
    for (std::size_t at = 0; at + 3 <= code.size(); at += 3) {
      const std::string part = code.substr(at, 3);
      const bool place_free = out.country.empty();
      if (place_free && at == 0 && may_be(part, "country")) {
        out.country = part;
      } else if (out.group.empty() && may_be(part, "group")) {
        out.group = part;
      } else if (types < out.types.size() && may_be(part, "type")) {
        out.types[types++] = part;
      } else if (religions < out.religions.size() && may_be(part, "religion")) {
        out.religions[religions++] = part;
      } else if (place_free && may_be(part, "country")) {  // NGOUSA
        out.country = part;
      } else if (out.ethnic.empty() && may_be(part, "ethnic")) {
        out.ethnic = part;
      }
    }
    return out;
  }

  void add_actor(Cells& out, const Entity* entity) const {
    if (entity == nullptr) {
      out.insert(out.end(), 10, "");
      return;
    }
    const std::string code = actor_code(*entity);
    const ActorParts parts = parts_of(code);
    out.insert(out.end(),
               {code, upper_name(entity->name), parts.country, parts.group, parts.ethnic, parts.religions[0],
                parts.religions[1], parts.types[0], parts.types[1], parts.types[2]});
  }

  /// GDELT's names are upper case without diacritics.
  static std::string upper_name(const std::string& name) {
    std::string out = folded(name);
    for (char& letter : out)
      letter = letter >= 'a' && letter <= 'z' ? static_cast<char>(letter - 'a' + 'A') : letter;
    return out;
  }

  /// The eight columns of a place; `country` is ISO's code.
  void add_place(Cells& out, const std::string& name, const std::string& country, const std::string& geonames,
                 const std::optional<double>& lat, const std::optional<double>& lon) const {
    const std::string fips = ontology_.fips_of(country);
    if (fips.empty() || !lat || !lon) {
      out.insert(out.end(), {"0", "", "", "", "", "", "", ""});
      return;
    }
    const std::string country_name = ontology_.country_name(country);
    const Row known = geonames.empty() ? Row() : ontology_.lexicon().find("places", geonames);
    const bool is_country =
        name == country_name || ontology_.lexicon().find("countries", country)["geonames"] == geonames;
    const bool region = known && known["kind"] == "region";
    const bool american = country == "USA";
    std::string type = american ? (region ? "2" : "3") : (region ? "5" : "4");
    if (is_country) type = "1";
    out.insert(out.end(),
               {type, is_country ? country_name : name + ", " + country_name, fips, is_country ? fips : "",
                "", number_text(*lat), number_text(*lon), is_country ? fips : ""});
  }

  void add_place_of(Cells& out, const Entity* entity) const {
    std::string country = entity == nullptr ? std::string() : entity->codes.iso3;
    if (country.empty() && entity != nullptr && entity->role) country = entity->role->country;
    const Row row = country.empty() ? Row() : ontology_.lexicon().find("countries", country);
    if (!row) return add_place(out, "", "", "", std::nullopt, std::nullopt);
    const auto degrees = [&](std::string_view column) -> std::optional<double> {
      double number = 0;
      const std::string_view cell = row[column];
      const auto [end, fault] = std::from_chars(cell.data(), cell.data() + cell.size(), number);
      if (cell.empty() || fault != std::errc()) return std::nullopt;
      return number;
    };
    add_place(out, std::string(row["name"]), country, std::string(row["geonames"]), degrees("lat"),
              degrees("lon"));
  }

  static std::string quad_of(const std::string& code) {
    const int root = (code[0] - '0') * 10 + (code[1] - '0');
    return root <= 5 ? "1" : root <= 9 ? "2" : root <= 14 ? "3" : "4";
  }

  static std::string fraction_of(const Date& day) {
    const long ten_thousandths = (((day.month - 1L) * 30 + day.day) * 20000 + 365) / 730;  // rounded half up
    std::string digits = std::to_string(ten_thousandths % 10000);
    digits.insert(0, 4 - digits.size(), '0');
    return std::to_string(day.year + ten_thousandths / 10000) + "." + digits;
  }

  /// When it became known: the time of publication, in UTC.
  static std::string added_of(const Record& record, const Date& day);

  std::string goldstein(const std::string& code) const {
    const std::string value = ontology_.goldstein_of(code);
    return value.empty() || value.find('.') != std::string::npos ? value : value + ".0";
  }

  static bool in_lead(const Record& record, const Event& event) {
    if (event.sentence >= record.sentences.size() || record.text.empty()) return event.sentence == 0;
    const std::size_t end = record.text.find('\n');
    std::uint32_t points = 0;
    for (std::size_t i = 0; i < std::min(end, record.text.size()); ++i)
      points += (static_cast<unsigned char>(record.text[i]) & 0xC0U) != 0x80U;
    return record.sentences[event.sentence].begin < points;
  }

  Cells row(const Record& record, const Event& event, const ActorPair& pair, const Date& day,
            std::size_t number) const {
    std::string compact = day.iso();
    std::erase(compact, '-');
    const std::string id = number == 0 ? event.id : event.id + "/" + std::to_string(number);
    Cells out{std::to_string(event_number(record.id, id)), compact, compact.substr(0, 6),
              compact.substr(0, 4), fraction_of(day)};
    add_actor(out, pair.source);
    add_actor(out, pair.target);
    out.insert(out.end(),
               {in_lead(record, event) ? "1" : "0", pair.code, pair.code.substr(0, 3), pair.code.substr(0, 2),
                quad_of(pair.code), goldstein(pair.code), "1", "1", "1", ""});
    add_place_of(out, pair.source);
    add_place_of(out, pair.target);
    const Place place = event.place.value_or(Place{});
    add_place(out, place.name, place.iso3, place.geonames, place.lat, place.lon);
    out.push_back(added_of(record, day));
    out.push_back(record.origin.url.empty() ? record.id : record.origin.url);
    return out;
  }
};

/// Two digits of an ISO time, or 0.
int two_digits(std::string_view text, std::size_t at) {
  if (text.size() < at + 2) return 0;
  const int tens = text[at] - '0';
  const int ones = text[at + 1] - '0';
  return tens < 0 || tens > 9 || ones < 0 || ones > 9 ? 0 : tens * 10 + ones;
}

std::string GdeltExporter::added_of(const Record& record, const Date& day) {
  const Date date = Date::from_iso(record.published).value_or(day);
  const std::string_view time =
      record.published.size() > 11 ? std::string_view(record.published).substr(11) : "";
  long seconds = two_digits(time, 0) * 3600L + two_digits(time, 3) * 60L +
                 (time.size() > 5 && time[5] == ':' ? two_digits(time, 6) : 0);
  const std::size_t zone = time.find_first_of("+-");
  if (zone != std::string_view::npos) {
    const bool colon = time.size() > zone + 3 && time[zone + 3] == ':';
    const long offset = two_digits(time, zone + 1) * 3600L + two_digits(time, zone + (colon ? 4 : 3)) * 60L;
    seconds -= time[zone] == '+' ? offset : -offset;
  }
  const long days = seconds >= 0 ? seconds / 86400 : -((86399 - seconds) / 86400);
  seconds -= days * 86400;
  std::string out = date.plus_days(days).iso();
  std::erase(out, '-');
  for (const long part : {seconds / 3600, seconds / 60 % 60, seconds % 60}) {
    out += static_cast<char>('0' + part / 10);
    out += static_cast<char>('0' + part % 10);
  }
  return out;
}

}  // namespace

std::unique_ptr<Exporter> make_gdelt(const Lexicon& lexicon, const ExportOptions& options,
                                     Exporter::Write write) {
  return std::make_unique<GdeltExporter>(lexicon, options, std::move(write));
}

}  // namespace polybius
