// The gazetteer: names to places, regions that hold them, the table that the program carries.
#include "gazetteer/gazetteer.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <vector>

using namespace polybius;

namespace {

constexpr std::string_view kTable =
    "geonames\tname\taliases\tshort\tforeign\tabbreviations\tiso2\tkind\tadmin1\tadmin2\tlat\tlon\tpopulation"
    "\n"
    "# a comment\n"
    "1\tNorland\tKingdom of Norland\t\t\t\tNO\tPCLI\tNLD\t\t10\t20\t5000000\n"
    "2\tEast Norland\t\t\t\tE.N.\tNO\tADM1\t01\t\t10.5\t20.5\t900000\n"
    "3\tFord County\t\tFord\t\t\tNO\tADM2\t01\t007\t\t\t\n"
    "4\tSaint Elm\t\t\tStulm\t\tNO\tPPLA2\t01\t007\t10.6\t20.6\t8000\n"
    "5\tSaint Elm\t\t\t\t\tNO\tPPL\t02\t\t12\t21\t700\n";

std::vector<std::uint32_t> ids_of(const Gazetteer& gazetteer, std::string_view name) {
  std::vector<std::uint32_t> ids;
  for (const NamedPlace& named : gazetteer.named(place_key(name)))
    ids.push_back(gazetteer[named.place].geonames);
  std::ranges::sort(ids);
  return ids;
}

}  // namespace

TEST_CASE("a name finds all places that bear it, however it is spelt") {
  const std::string image = compile_gazetteer(kTable);
  const Gazetteer gazetteer(image);
  CHECK(gazetteer.size() == 5);
  CHECK(ids_of(gazetteer, "St. Elm") == std::vector<std::uint32_t>{4, 5});
  CHECK(ids_of(gazetteer, "SAINT-ELM") == std::vector<std::uint32_t>{4, 5});
  CHECK(ids_of(gazetteer, "Ford Co.") == std::vector<std::uint32_t>{3});
  CHECK(ids_of(gazetteer, "Elm").empty());
  const auto abbreviated = gazetteer.named(place_key("E.N."));
  REQUIRE(abbreviated.size() == 1);
  CHECK(abbreviated[0].use == NameUse::abbreviation);
  CHECK(gazetteer.named(place_key("Stulm"))[0].use == NameUse::foreign);
  CHECK(gazetteer.named(place_key("Ford"))[0].use == NameUse::without_kind);
}

TEST_CASE("a place lies within its county, state and country, and in no other") {
  const std::string image = compile_gazetteer(kTable);
  const Gazetteer gazetteer(image);
  CHECK(gazetteer.is_within(3, 2));
  CHECK(gazetteer.is_within(3, 1));
  CHECK(gazetteer.is_within(3, 0));
  CHECK_FALSE(gazetteer.is_within(4, 1));
  CHECK_FALSE(gazetteer.is_within(1, 1));
  CHECK_FALSE(gazetteer.is_within(0, 1));
  CHECK(gazetteer.iso3(3) == "NLD");
  CHECK_FALSE(gazetteer[2].placed);
  CHECK(chord_km(gazetteer[3].point, gazetteer[4].point) == doctest::Approx(161.8).epsilon(0.01));
}

TEST_CASE("the table of the program knows towns, counties, states and countries") {
  const Gazetteer gazetteer = Gazetteer::builtin();
  CHECK(gazetteer.size() > 280000);
  CHECK(gazetteer.named(place_key("Paris")).size() > 10);
  CHECK(ids_of(gazetteer, "Calif.") == std::vector<std::uint32_t>{5332921});
  CHECK(std::ranges::count(ids_of(gazetteer, "Georgia"), 614540U) == 1);
}
