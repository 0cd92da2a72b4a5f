// What lexicon/ promises: faults are named by line and remedy, names are found as news writes them, the
// user's rows win.
#include "lexicon/lexicon.h"

#include <doctest/doctest.h>

#include <fstream>

using namespace polybius;

namespace {

namespace fs = std::filesystem;

/// A folder of tables that goes away with the test.
class TableFolder {
 public:
  TableFolder() : path_(fs::temp_directory_path() / ("polybius_lexicon_" + std::to_string(++count_))) {
    fs::remove_all(path_);
    fs::create_directories(path_);
  }
  TableFolder(const TableFolder&) = delete;
  TableFolder& operator=(const TableFolder&) = delete;
  ~TableFolder() {
    fs::remove_all(path_);
  }
  TableFolder& write(std::string_view name, std::string_view text) {
    std::ofstream(path_ / name, std::ios::binary) << text;
    return *this;
  }
  std::vector<fs::path> paths() const {
    return {path_};
  }

 private:
  static inline int count_ = 0;
  fs::path path_;
};

constexpr std::string_view kSchema =
    "# table: schema\ntable\tcolumn\trequired\tvalues\twhat\n"
    "countries\tiso3\tyes\tiso3\t\ncountries\tcameo\tyes\tcode\t\ncountries\tname\tyes\ttext\t\n"
    "countries\taliases\tno\tlist\t\ncountries\tadjectives\tno\tlist\t\n"
    "persons\tname\tyes\ttext\t\npersons\taliases\tno\tlist\t\n"
    "roles\tperson\tyes\ttext\t\nroles\toffice\tyes\ttext\t\nroles\tiso3\tno\tiso3\t\n"
    "roles\tsince\tno\tdate\t\nroles\tuntil\tno\tdate\t\n"
    "offices\toffice\tyes\tid\t\noffices\trank\tno\tnumber\t\n"
    "status_cues\tpattern\tyes\tpattern\t\nstatus_cues\tpos\tyes\tverb,noun\t\n"
    "status_cues\tgoverns\tyes\tgoverns\t\nstatus_cues\tstatus\tyes\tstatus_or_same\t\n";

struct Built {
  std::string image;
  Lexicon lexicon;
};

Built built_from(std::string_view countries, std::string_view more = {}) {
  TableFolder folder;
  folder.write("schema.tsv", kSchema).write("countries.tsv", countries);
  if (!more.empty()) folder.write("more.tsv", more);
  auto image = compile_tables(folder.paths());
  REQUIRE_MESSAGE(image.ok(), (image.ok() ? "" : image.error().message()));
  auto bytes = std::make_unique<std::string>(image.value());
  static std::vector<std::unique_ptr<std::string>> kept;  // the lexicon's views point into them
  kept.push_back(std::move(bytes));
  return {*kept.back(), Lexicon::of_image(*kept.back())};
}

std::vector<std::string> names_in(const Lexicon& lexicon, std::vector<std::string_view> forms) {
  std::vector<std::string> out;
  for (const NameMatch& match : lexicon.find_names(forms)) {
    out.push_back(std::string(match.row["name"]) + "@" + std::to_string(match.first) + "-" +
                  std::to_string(match.last) + (match.adjective ? "a" : ""));
  }
  return out;
}

constexpr std::string_view kCountries =
    "# table: countries\niso3\tcameo\tname\taliases\tadjectives\n"
    "USA\tUSA\tUnited States\tUS|USA|America\tAmerican\n"
    "CHN\tCHN\tChina\tPeople's Republic of China\tChinese\n"
    "TUR\tTUR\tTurkey\tTürkiye\tTurkish\n";

}  // namespace

TEST_CASE("names are found as news writes them") {
  const auto lexicon = built_from(kCountries).lexicon;
  using Names = std::vector<std::string>;
  CHECK(names_in(lexicon, {"the", "U.S.", "said"}) == Names{"United States@1-2"});
  CHECK(names_in(lexicon, {"told", "us", "so"}).empty());
  CHECK(names_in(lexicon, {"The", "People", "'s", "Republic", "of", "China"}) ==
        Names{"China@1-6", "China@5-6"});
  CHECK(names_in(lexicon, {"roast", "turkey"}).empty());
  CHECK(names_in(lexicon, {"TURKEY", "and", "Turkiye"}) == Names{"Turkey@0-1", "Turkey@2-3"});
  CHECK(names_in(lexicon, {"Chinese", "ships"}) == Names{"China@0-1a"});
}

TEST_CASE("offices are held on days") {
  const auto lexicon =
      built_from(
          kCountries,
          "# table: roles\nperson\toffice\tiso3\tsince\tuntil\n"
          "Ann One\tpresident\tUSA\t2017-01-20\t2021-01-20\nBob Two\tpresident\tUSA\t2021-01-20\t2025\n"
          "Cem Three\tpresident\tUSA\t2025-02\t\n")
          .lexicon;
  const auto holder = [&](std::string_view day) {
    const auto holders = lexicon.holders("president", "USA", day);
    return holders.empty() ? std::string_view("nobody") : holders.front().role["person"];
  };
  CHECK(holder("2018-05-01") == "Ann One");
  CHECK(holder("2021-01-20") == "Bob Two");
  CHECK(holder("2025-01-31T12:00:00Z") == "Bob Two");
  CHECK(holder("2026-01-01") == "Cem Three");
  CHECK(holder("2001-01-01") == "nobody");
  CHECK(holder("") == "Cem Three");
}

TEST_CASE("the checker names each fault by line, and says what to write") {
  const auto beneath = built_from(kCountries).lexicon;
  TableFolder folder;
  folder.write("bad.tsv",
               "# table: status_cues\npattern\tpos\tgoverns\tstatus\n"
               "call off\tverb\tobj\tcanceled\n"
               "\tverb\tobj\tplanned\n"
               "put <on\tverb\tobj\tpostponed\n"
               "plan to\tverb\tcomp\tplanned\textra\n"
               "scrap\tverb\tobj\tcancelled\n");
  folder.write("unnamed.tsv", "iso3\tname\n");
  folder.write("unknown.tsv", "# table: contries\niso3\n");
  const auto faults = check_tables(folder.paths(), beneath);
  std::vector<std::string> messages;
  for (const Error& fault : faults) {
    messages.push_back(fault.message().substr(fault.place.rfind('/') + 1));
  }
  REQUIRE(messages.size() == 6);
  CHECK(messages[0] ==
        "bad.tsv:6: a row of 5 cells under 4 columns; separate cells by one TAB and name every column in the "
        "header (E-LEX-07)");
  CHECK(messages[1] == "unnamed.tsv:1: no table named; begin the file with \"# table: NAME\" (E-LEX-02)");
  CHECK(messages[2] == "bad.tsv:3:19: unknown status \"canceled\"; write \"cancelled\" (E-LEX-06)");
  CHECK(messages[3] == "bad.tsv:4: \"pattern\" is empty; give it a value (E-LEX-05)");
  CHECK(messages[4] ==
        "bad.tsv:5:1: \"<\" without a class and \">\"; see Patterns in docs/lexicons.md (E-LEX-06)");
  CHECK(messages[5] == "unknown.tsv:1: unknown table \"contries\"; write \"countries\" (E-LEX-03)");
}

TEST_CASE("a user's rows stand beside ours and win") {
  const auto ours = built_from(kCountries).lexicon;
  TableFolder folder;
  folder.write("mine.tsv", "# table: countries\niso3\tcameo\tname\nTUR\tTUR\tTürkiye\nRUR\tRUR\tRuritania\n");
  const auto both = ours.with(folder.paths());
  REQUIRE(both.ok());
  CHECK(both.value().find("countries", "TUR")["name"] == "Türkiye");
  CHECK(both.value().find("countries", "RUR")["name"] == "Ruritania");
  CHECK(both.value().find("countries", "USA")["name"] == "United States");
  CHECK(both.value().fingerprint() != ours.fingerprint());
  folder.write("mine.tsv", "# table: countries\niso3\tcameo\tname\nTurkey\tTUR\tTürkiye\n");
  CHECK_FALSE(ours.with(folder.paths()).ok());
}

TEST_CASE("the same tables compile to the same bytes") {
  TableFolder folder;
  folder.write("schema.tsv", kSchema).write("countries.tsv", kCountries);
  CHECK(compile_tables(folder.paths()).value() == compile_tables(folder.paths()).value());
}

TEST_CASE("the built-in tables open and have no fault") {
  const auto lexicon = Lexicon::builtin();
  const std::vector<fs::path> data = {fs::path(POLYBIUS_SOURCE_DIR) / "data"};
  for (const Error& fault : check_tables(data, lexicon)) FAIL_CHECK(fault.message());
  CHECK(lexicon.rows("schema").size() > 50);
}
