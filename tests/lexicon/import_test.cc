// Dictionaries that users bring along become tables that the checker takes.
#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>

#include "lexicon/lexicon.h"

using namespace polybius;

namespace {

std::vector<Error> faults_of_table(const std::string& table) {
  const auto path = std::filesystem::temp_directory_path() / "polybius_import.tsv";
  std::ofstream(path) << table;
  const std::vector<std::filesystem::path> paths = {path};
  auto faults = check_tables(paths, Lexicon::builtin());
  std::filesystem::remove(path);
  return faults;
}

}  // namespace

TEST_CASE("an actor dictionary becomes rows with dates") {
  std::vector<Error> faults;
  const auto table = import_dictionary(
      "# a comment\n"
      "RURITANIA_ [RUR]\n"
      "+THE_KINGDOM_OF_RURITANIA_\n"
      "RUDOLF_RASSENDYLL_ ; the double\n"
      "+R._RASSENDYLL\n"
      "\t[RURELI 940101-960930]\n"
      "\t[RURGOV >960930]\n"
      "\t[RUR]\n"
      "BLACK_MICHAEL [RURREB 94]\n",
      "mine.actors", faults);
  CHECK(table ==
        "# table: actors\nname\taliases\tcameo\tsector\tsince\tuntil\n"
        "Ruritania\tThe Kingdom of Ruritania\tRUR\t\t\t\n"
        "Rudolf Rassendyll\tR. Rassendyll\tRURELI\tELI\t1994-01-01\t1996-09-30\n"
        "Rudolf Rassendyll\tR. Rassendyll\tRURGOV\tGOV\t1996-09-30\t\n"
        "Rudolf Rassendyll\tR. Rassendyll\tRUR\t\t\t\n");
  REQUIRE(faults.size() == 1);
  CHECK(faults[0].place == "mine.actors:9");
  for (const Error& fault : faults_of_table(table)) FAIL_CHECK(fault.message());
}

TEST_CASE("an agent dictionary fills in its substitutions") {
  std::vector<Error> faults;
  const auto table = import_dictionary(
      "<!-- agents\nof a land -->\n!PERSON! = MAN, WOMAN\n"
      "POLICE!PERSON! [~COP] # x\nRIOT_POLICE {} [~COP]\nRADIO_STATION [~MED]\nNAMELESS\n",
      "mine.agents", faults);
  CHECK(table ==
        "# table: agents\nnoun\tcameo\tsector\tkind\n"
        "policeman\tCOP\tCOP\tperson\npolicewoman\tCOP\tCOP\tperson\nriot police\tCOP\tCOP\torganization\n"
        "radio station\tMED\tJRN\tperson\n");
  CHECK(faults.size() == 1);
  for (const Error& fault : faults_of_table(table)) FAIL_CHECK(fault.message());
}

TEST_CASE("a verb dictionary becomes patterns with their PLOVER types") {
  std::vector<Error> faults;
  const auto table = import_dictionary(
      "&PARLEY\n+TALKS\n+MEETING\n\n"
      "---  HOLD   [---]  ---\nHOLD {HELD HOLDING}\nCONDUCT\n- * &PARLEY WITH + [040]\n- * HOSTAGE [181]\n"
      "--- SHELL [190] ---\nSHELL\nBOMBARD\n- * WITH_PRAISE [051] # irony\n",
      "mine.verbs", faults);
  CHECK(table ==
        "# table: events\npattern\tpos\ttype\tcameo\n"
        "hold talks|meeting with\tverb\tCONSULT\t040\nconduct talks|meeting with\tverb\tCONSULT\t040\n"
        "hold hostage\tverb\tASSAULT\t181\nconduct hostage\tverb\tASSAULT\t181\n"
        "shell\tverb\tASSAULT\t190\nbombard\tverb\tASSAULT\t190\n"
        "shell with praise\tverb\tSUPPORT\t051\nbombard with praise\tverb\tSUPPORT\t051\n");
  CHECK(faults.empty());
  for (const Error& fault : faults_of_table(table)) FAIL_CHECK(fault.message());
}

TEST_CASE("what is no dictionary is named") {
  std::vector<Error> faults;
  CHECK(import_dictionary("Dear reader,\nno codes here\n", "letter.txt", faults).empty());
  REQUIRE(faults.size() == 1);
  CHECK(faults[0].code == "E-LEX-30");
}
