// Compiles the table of places to the flat form that is used where it lies.
#include <algorithm>
#include <charconv>
#include <cmath>
#include <map>
#include <numbers>
#include <vector>

#include "gazetteer/gazetteer.h"
#include "gazetteer/image.h"
#include "text/text.h"

namespace polybius {
namespace {

using Cells = std::map<std::string_view, std::string_view>;

template <typename T>
T number_in(std::string_view cell) {
  T value{};
  std::from_chars(cell.data(), cell.data() + cell.size(), value);
  return value;
}

PlaceKind kind_of_code(std::string_view code) {
  if (code.starts_with("PCL")) return PlaceKind::country;
  if (code == "ADM1") return PlaceKind::state;
  if (code == "ADM2") return PlaceKind::county;
  if (code == "PPLC") return PlaceKind::capital;
  if (code == "PPLA") return PlaceKind::state_seat;
  if (code == "PPLA2") return PlaceKind::county_seat;
  if (code == "PPLA3") return PlaceKind::seat;
  if (code == "PPLX") return PlaceKind::section;
  return PlaceKind::town;
}

/// Six digits: whatever the machine's sine gives in the last bit, the table is the same.
float six_digits(double value) {
  return static_cast<float>(std::round(value * 1e6) / 1e6);
}

}  // namespace

class GazetteerWriter {
 public:
  GazetteerWriter() {
    countries_.push_back({});
  }

  void add(const Cells& cells) {
    const auto place = static_cast<std::uint32_t>(places_.size());
    GazetteerPlace entry;
    entry.geonames = number_in<std::uint32_t>(cells.at("geonames"));
    entry.population = static_cast<std::uint32_t>(
        std::min<std::uint64_t>(number_in<std::uint64_t>(cells.at("population")), 0xFFFFFFFFU));
    entry.kind = kind_of_code(cells.at("kind"));
    put_position(cells, entry);
    entry.size = static_cast<float>(std::round(std::log10(300.0 + entry.population) * 100) / 100);
    entry.name = static_cast<std::uint32_t>(ends_.size());
    strings_ += cells.at("name");
    ends_.push_back(static_cast<std::uint32_t>(strings_.size()));
    put_codes(cells, entry);
    places_.push_back(entry);
    add_name(cells.at("name"), place, NameUse::main);
    add_names(cells.at("aliases"), place, NameUse::main);
    add_names(cells.at("short"), place, NameUse::without_kind);
    add_names(cells.at("foreign"), place, NameUse::foreign);
    add_names(cells.at("abbreviations"), place, NameUse::abbreviation);
  }

  std::string finish() {
    std::vector<Gazetteer::Slot> slots;
    std::vector<NamedPlace> named;
    for (const auto& [hash, group] : names_) {
      slots.push_back(
          {hash, static_cast<std::uint32_t>(named.size()), static_cast<std::uint32_t>(group.size())});
      for (const auto& [place, use] : group) {
        NamedPlace entry;
        entry.place = place;
        entry.use = use;
        named.push_back(entry);
      }
    }
    std::string out(kGazetteerMagic);
    for (const std::size_t count :
         {places_.size(), slots.size(), named.size(), ends_.size(), countries_.size(), strings_.size()}) {
      const auto number = static_cast<std::uint32_t>(count);
      out.append(reinterpret_cast<const char*>(&number), sizeof number);
    }
    append(out, places_);
    append(out, slots);
    append(out, named);
    append(out, ends_);
    append(out, countries_);
    return out + strings_;
  }

 private:
  template <typename T>
  static void append(std::string& out, const std::vector<T>& part) {
    out.append(reinterpret_cast<const char*>(part.data()), part.size() * sizeof(T));
    out.resize((out.size() + 7) / 8 * 8);
  }

  static void put_position(const Cells& cells, GazetteerPlace& entry) {
    entry.placed = !cells.at("lat").empty();
    if (!entry.placed) return;
    const auto lat = number_in<double>(cells.at("lat"));
    const auto lon = number_in<double>(cells.at("lon"));
    entry.lat = static_cast<float>(lat);
    entry.lon = static_cast<float>(lon);
    const double north = lat * std::numbers::pi / 180;
    const double east = lon * std::numbers::pi / 180;
    entry.point = {six_digits(std::cos(north) * std::cos(east)), six_digits(std::cos(north) * std::sin(east)),
                   six_digits(std::sin(north))};
  }

  /// Countries come before their parts: their row tells the three-letter code.
  void put_codes(const Cells& cells, GazetteerPlace& entry) {
    const std::string iso2(cells.at("iso2"));
    const auto [country, fresh] = country_numbers_.try_emplace(iso2, countries_.size());
    if (fresh) countries_.push_back({});
    entry.country = static_cast<std::uint16_t>(country->second);
    const std::string_view admin1 = cells.at("admin1");
    if (entry.kind == PlaceKind::country) {
      std::copy_n(admin1.begin(), std::min<std::size_t>(admin1.size(), 3), countries_[entry.country].begin());
      return;
    }
    if (admin1.empty()) return;
    auto& states = states_[entry.country];
    entry.admin1 =
        static_cast<std::uint16_t>(states.try_emplace(std::string(admin1), states.size() + 1).first->second);
    const std::string_view admin2 = cells.at("admin2");
    if (admin2.empty()) return;
    auto& counties = counties_[{entry.country, entry.admin1}];
    entry.admin2 = static_cast<std::uint32_t>(
        counties.try_emplace(std::string(admin2), counties.size() + 1).first->second);
  }

  void add_names(std::string_view cell, std::uint32_t place, NameUse use) {
    if (cell.empty()) return;
    for (const std::string_view name : split_at(cell, '|')) add_name(name, place, use);
  }
  void add_name(std::string_view name, std::uint32_t place, NameUse use) {
    const std::string key = place_key(name);
    if (!key.empty()) names_[hash_of_name(key)].try_emplace(place, use);
  }

  std::vector<GazetteerPlace> places_;
  std::string strings_;
  std::vector<std::uint32_t> ends_;
  std::vector<std::array<char, 4>> countries_;
  std::map<std::string, std::size_t> country_numbers_;
  std::map<std::uint16_t, std::map<std::string, std::size_t>> states_;
  std::map<std::pair<std::uint16_t, std::uint16_t>, std::map<std::string, std::size_t>> counties_;
  std::map<std::uint64_t, std::map<std::uint32_t, NameUse>> names_;
};

std::string compile_gazetteer(std::string_view tsv) {
  std::vector<std::string_view> columns;
  GazetteerWriter writer;
  for (std::string_view line : split_at(tsv, '\n')) {
    if (line.empty() || line.starts_with('#')) continue;
    const std::vector<std::string_view> parts = split_at(line, '\t');
    if (columns.empty()) {
      columns = parts;
      continue;
    }
    Cells cells;
    for (std::size_t at = 0; at < columns.size(); ++at)
      cells[columns[at]] = at < parts.size() ? parts[at] : "";
    writer.add(cells);
  }
  return writer.finish();
}

}  // namespace polybius
