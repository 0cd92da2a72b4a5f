// The places of the Earth by name: towns, counties, states and countries with position and inhabitants.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace polybius {

/// What a place is, from GeoNames' feature codes.
enum class PlaceKind : std::uint8_t {
  country,
  state,
  county,
  capital,
  state_seat,
  county_seat,
  seat,
  section,
  town
};

/// By which of its names a place was found.
enum class NameUse : std::uint8_t { main, without_kind, foreign, abbreviation };

/// A row of the gazetteer. Coordinates are those of the table; `point` is the place on a ball of radius 1.
struct GazetteerPlace {
  std::uint32_t geonames = 0;
  std::uint32_t population = 0;
  float lat = 0;
  float lon = 0;
  std::array<float, 3> point{};
  float size = 0;             ///< log10(300 + population), two digits
  std::uint32_t name = 0;     ///< see `Gazetteer::name`
  std::uint16_t country = 0;  ///< same number, same country
  std::uint16_t admin1 = 0;   ///< within the country; 0: none
  std::uint32_t admin2 = 0;   ///< within the state; 0: none
  PlaceKind kind = PlaceKind::town;
  bool placed = false;  ///< whether the coordinates are known
  std::uint16_t unused = 0;
};

/// A place that bears a name.
struct NamedPlace {
  std::uint32_t place = 0;
  NameUse use = NameUse::main;
};

/// The compiled table, used where it lies. Immutable, shared by threads.
class Gazetteer {
 public:
  /// The one that the program carries.
  static Gazetteer builtin();
  /// `bytes` come from `compile_gazetteer` and must outlive it.
  explicit Gazetteer(std::string_view bytes);

  /// The places that bear a name, given as its `place_key`. Cost: a binary search.
  std::span<const NamedPlace> named(std::string_view key) const;
  const GazetteerPlace& operator[](std::uint32_t place) const {
    return places_[place];
  }
  std::string_view name(std::uint32_t place) const;
  /// ISO 3166 alpha-3 of its country; empty if it has none.
  std::string_view iso3(std::uint32_t place) const;
  /// Whether `inner` lies in the country, state or county `outer`.
  bool is_within(std::uint32_t inner, std::uint32_t outer) const;
  std::size_t size() const {
    return places_.size();
  }

 private:
  struct Slot {
    std::uint64_t hash;
    std::uint32_t first;
    std::uint32_t count;
  };
  friend class GazetteerWriter;
  std::span<const GazetteerPlace> places_;
  std::span<const Slot> slots_;  // by hash
  std::span<const NamedPlace> named_;
  std::span<const std::uint32_t> string_ends_;
  std::span<const std::array<char, 4>> countries_;
  std::string_view strings_;
};

/// A name as it is looked up: folded, without stops, "Saint", "Mount", "Fort" and "County" short, words set
/// apart by one space.
std::string place_key(std::string_view name);

/// Kilometres between two points of the ball of radius 1, along the chord: a little less than over ground.
float chord_km(const std::array<float, 3>& one, const std::array<float, 3>& other);

/// Compiles the table of data/world/places/gazetteer.tsv.gz, unpacked. Same text, same bytes.
std::string compile_gazetteer(std::string_view tsv);

}  // namespace polybius
