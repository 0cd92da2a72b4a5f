// Reprints as papers make them: cut, moved, re-quoted, lengthened; and what only looks like one.
#include "dedupe/dedupe.h"

#include <doctest/doctest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "dedupe/align.h"
#include "dedupe/index_file.h"

using namespace polybius;

namespace {

namespace fs = std::filesystem;

const std::string lead =
    "Ruritania's parliament voted on Monday to close the copper mine at Hentzau, ending a dispute that had "
    "split the "
    "governing coalition since spring.\n";
const std::string quote =
    "“We cannot keep a mine open for the sake of memory,” Labour Minister Antonia Zenda told deputies before "
    "the vote.\n";
const std::string miners =
    "Some 1,400 miners will be offered early pensions or places at the railway works in Strelsau, the "
    "ministry said.\n";
const std::string background =
    "The mine, opened in 1871, supplied half of the country's copper until the main shaft was flooded nine "
    "years ago.\n";
const std::string prices =
    "Traders in Zenda said the decision would hardly move prices, since buyers had turned to Graustark long "
    "before.\n";
const std::string story = lead + quote + miners + background + prices;

const std::string other =
    "Farmers in the Graustark highlands began the barley harvest two weeks early on Thursday after a summer "
    "with hardly "
    "any rain.\nThe growers' union expects a third less grain than last year and has asked the government "
    "for cheap "
    "loans.\nMills along the lower Vistray have stocks until March, their association said.\n";

std::string replaced(std::string text, const std::string& what, const std::string& with) {
  for (std::size_t at = 0; (at = text.find(what, at)) != std::string::npos; at += with.size()) {
    text.replace(at, what.size(), with);
  }
  return text;
}

/// A folder that is gone after the test.
struct Folder {
  fs::path path = fs::temp_directory_path() / ("polybius_dedupe_" + std::to_string(::getpid()));
  Folder() {
    fs::create_directories(path);
  }
  ~Folder() {
    fs::remove_all(path);
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  std::string file(const std::string& name) const {
    return (path / name).string();
  }
};

std::unique_ptr<ReprintFinder> finder_of(const std::string& index = "") {
  auto finder = ReprintFinder::open(index, fs::temp_directory_path().string());
  REQUIRE(finder.ok());
  return std::move(finder).value();
}

std::uint32_t add(ReprintFinder& finder, const std::string& id, const std::string& text,
                  const std::string& published = "", bool byline = false) {
  return finder.add({id, published, byline}, fingerprint_of(text));
}

/// Whether two texts come into one group.
bool together(const std::string& first, const std::string& second) {
  auto finder = finder_of();
  add(*finder, "a", first);
  const std::uint32_t b = add(*finder, "b", second);
  finder->find(1);
  return finder->groups_of(std::vector{b}, 1)[0].members == 2;
}

std::vector<std::string> lines_of(const ReprintFinder& finder) {
  std::vector<std::uint32_t> numbers(finder.size());
  for (std::uint32_t i = 0; i < finder.size(); ++i) numbers[i] = i;
  std::vector<std::string> out;
  const auto groups = finder.groups_of(numbers, 2);
  for (std::uint32_t i = 0; i < finder.size(); ++i) {
    out.push_back(std::string(finder.id_of(i)) + " " + std::string(finder.id_of(groups[i].group)) + " " +
                  std::string(finder.id_of(groups[i].original)) + " " + std::to_string(groups[i].similarity));
  }
  return out;
}

std::string one_of_many(int number) {
  const std::string name = "Village" + std::to_string(number);
  return "The council of " + name + " met for the " + std::to_string(number * 7 % 90) +
         "th time about the bridge at mill " + std::to_string(number * 13 % 1000) + ", whose owner " + name +
         "son wants " + std::to_string(number * 31 % 5000) + " crowns for the meadow behind house " +
         std::to_string(number) + ".\n" + (number % 3 == 0 ? background : prices) + "Neighbour " +
         std::to_string(number * 17) + " of " + name + " has lent the council a cart, two horses, " +
         std::to_string(number) + " ropes and a lantern for the nights in which number " +
         std::to_string(number * 3) + " keeps watch over what the flood of year " +
         std::to_string(1700 + number) + " has left of it.\n";
}

}  // namespace

TEST_CASE("a copy with other quotation marks, paragraphs cut or moved is a reprint") {
  CHECK(together(story, replaced(replaced(story, "“", "\""), "”", "\"")));
  CHECK(together(story, replaced(replaced(story, "“", "«"), "”", "»")));
  CHECK(together(story, lead + quote + miners));
  CHECK(together(story, lead + background + prices + quote + miners));
  CHECK(together(story, "STRELSAU (Wire) - " + story + "Additional reporting by the Zenda desk.\n"));
  CHECK(together(lead + quote + miners, story + other));
}

TEST_CASE("a lightly rewritten copy is a reprint") {
  std::string text = replaced(story, "voted on Monday to close", "decided on Monday to shut");
  text = replaced(text, "ending a dispute", "which ends a quarrel");
  text = replaced(text, "will be offered early pensions", "are to get early pensions");
  text = replaced(text, "supplied half of", "produced half of");
  text = replaced(text, "would hardly move prices", "would scarcely change prices");
  CHECK(together(story, text));
}

TEST_CASE("another story, also one with the same background, is none") {
  CHECK_FALSE(together(story, other));
  CHECK_FALSE(together(story, other + background));
  CHECK_FALSE(together(one_of_many(3), one_of_many(6)));
}

TEST_CASE("the same frame with other names and numbers is another story") {
  const auto report = [](const std::string& who, const std::string& price, const std::string& change,
                         const std::string& high) {
    return "Shares of " + who + " closed at " + price + " crowns on the Strelsau exchange, " + change +
           " percent less than the day before. Within a year the highest price was " + high +
           " crowns, and analysts of the bank " + who +
           " Capital expect it to be reached again by the week " + price +
           " after the turn of the year, with a dividend of " + change + " crowns for each share.\n";
  };
  CHECK_FALSE(
      together(report("Alpha", "12.40", "3.1", "44.05"), report("Borealis", "871.15", "0.4", "902.70")));
  CHECK(together(report("Alpha", "12.40", "3.1", "44.05"),
                 report("Alpha", "12.40", "3.1", "44.05") + "End.\n"));
}

TEST_CASE("a short item that goes on from another in its frame is none, a cut one is") {
  const std::string delayed =
      "The export levy on barley has been put off by two weeks, the finance minister said on Monday.\n"
      "Millers had bought whatever the harbours would let go.\n";
  CHECK_FALSE(
      together(delayed,
               "The export levy on barley has been put off by another week, the finance minister said on "
               "Friday.\nThe silos are full, and nobody bids.\n"));
  CHECK(together(delayed, delayed.substr(0, delayed.find('\n'))));
}

TEST_CASE("the original is dated first, then has a byline, then is the most complete") {
  const auto original = [](std::vector<std::tuple<std::string, std::string, bool>> copies) {
    auto finder = finder_of();
    for (std::size_t i = 0; i < copies.size(); ++i) {
      const auto& [text, published, byline] = copies[i];
      add(*finder, std::string(1, static_cast<char>('a' + i)), text, published, byline);
    }
    finder->find(1);
    return std::string(finder->id_of(finder->groups_of(std::vector{0U}, 1)[0].original));
  };
  CHECK(original({{story, "2025-10-25", true}, {lead + quote + miners, "2025-10-24", false}}) == "b");
  CHECK(original({{story, "", true}, {lead + quote + miners, "2025-10-24", false}}) == "b");
  CHECK(original({{story, "2025-10-24T09:00:00Z", false}, {story, "2025-10-24T10:30:00+02:00", false}}) ==
        "b");
  CHECK(original({{story, "2025-10-24T00:30:00+02:00", false}, {story, "2025-10-23", false}}) == "a");
  CHECK(original({{story, "2025-10-24", false}, {lead + quote + miners, "2025-10-24T08:00", true}}) == "b");
  CHECK(original({{lead + quote + miners, "", false}, {story, "", false}}) == "b");
  CHECK(original({{story + other, "", false}, {story, "", false}, {story + " ", "", false}}) == "b");
}

TEST_CASE("an index goes on where it ended, and two runs find what one does") {
  const Folder folder;
  std::vector<std::pair<std::string, std::string>> documents;
  for (int i = 0; i < 60; ++i) {
    documents.emplace_back("d" + std::to_string(i),
                           one_of_many(i / 2) + (i % 2 == 0 ? "" : "Our desk adds: none.\n"));
  }
  auto whole = finder_of();
  for (const auto& [id, text] : documents) add(*whole, id, text);
  whole->find(1);
  for (const std::size_t cut : {std::size_t{0}, std::size_t{1}, std::size_t{31}, documents.size()}) {
    const std::string index = folder.file("index" + std::to_string(cut));
    for (const auto& [from, to] : {std::pair(std::size_t{0}, cut), std::pair(cut, documents.size())}) {
      auto finder = finder_of(index);
      for (std::size_t i = from; i < to; ++i) add(*finder, documents[i].first, documents[i].second);
      finder->find(3);
      finder->commit();
    }
    CHECK(lines_of(*finder_of(index)) == lines_of(*whole));
  }
}

TEST_CASE("what was not committed leaves an index as it was") {
  const Folder folder;
  const std::string index = folder.file("index");
  {
    auto finder = finder_of(index);
    add(*finder, "a", story);
  }
  CHECK_FALSE(fs::exists(index));
  {
    auto finder = finder_of(index);
    add(*finder, "a", story);
    finder->find(1);
    finder->commit();
  }
  const auto size = fs::file_size(index);
  {
    auto finder = finder_of(index);
    add(*finder, "b", story + other);
    finder->find(1);
  }
  CHECK(fs::file_size(index) == size);
  std::ofstream(index, std::ios::app) << std::string(100, 'x');
  CHECK(finder_of(index)->size() == 1);
  CHECK(fs::file_size(index) == size);
}

TEST_CASE("an id comes again: the same text is the same document, another gets a number") {
  auto finder = finder_of();
  CHECK(add(*finder, "a", story) == 0);
  CHECK(add(*finder, "a", story) == 0);
  CHECK(add(*finder, "a", other) == 1);
  CHECK(add(*finder, "a", other) == 1);
  CHECK(finder->id_of(1) == "a#2");
}

TEST_CASE("broken indexes are named") {
  const Folder folder;
  const std::string index = folder.file("index");
  const auto code = [&] {
    const auto finder = ReprintFinder::open(index, "");
    return finder ? std::string("none") : finder.error().code;
  };
  std::ofstream(index) << "something else altogether";
  CHECK(code() == "E-DUP-01");
  std::ofstream(index, std::ios::trunc) << std::string("POLYDUPE\2\0\0\0\0\0\0\0", 16);
  CHECK(code() == "E-DUP-02");
  fs::remove(index);
  {
    auto finder = finder_of(index);
    add(*finder, "a", story);
    CHECK(code() == "E-DUP-04");
    finder->commit();
  }
  std::fstream file(index, std::ios::in | std::ios::out | std::ios::binary);
  file.seekp(16 + 32 + 30);
  file << "zzz";
  file.close();
  CHECK(code() == "E-DUP-03");

  CHECK(ReprintFinder::open(folder.file("no/such/folder"), "").error().code == "E-DUP-05");
}

TEST_CASE("threads do not change the groups") {
  std::vector<std::string> once;
  for (const unsigned threads : {1U, 2U, 5U}) {
    auto finder = finder_of();
    for (int i = 0; i < 200; ++i)
      add(*finder, std::to_string(i), one_of_many(i % 90) + (i % 4 == 0 ? other : ""));
    finder->find(threads);
    if (once.empty()) once = lines_of(*finder);
    CHECK(lines_of(*finder) == once);
  }
}

TEST_CASE("empty and tiny texts stand alone unless they are the same") {
  CHECK_FALSE(together("", " "));
  CHECK_FALSE(together("Yes", "No"));
  CHECK(together("Bridge closed.", "Bridge closed!"));
  CHECK(together("首相は火曜日に新しい計画を発表したと述べた。",
                 "「首相は火曜日に新しい計画を発表したと述べた」"));
}

TEST_CASE("no word of either text is aligned twice") {
  Aligner aligner;
  std::vector<std::uint16_t> a;
  std::vector<std::uint16_t> b;
  std::uint32_t dice = 7;
  for (int round = 0; round < 200; ++round) {
    a.clear();
    b.clear();
    for (int i = 0; i < 60; ++i) {
      dice = dice * 1664525U + 1013904223U;
      a.push_back(static_cast<std::uint16_t>(dice >> 24 & 3U));
      b.push_back(static_cast<std::uint16_t>(dice >> 28 & 3U));
    }
    std::vector<int> seen_a(a.size(), 0);
    std::vector<int> seen_b(b.size(), 0);
    std::uint32_t matched = 0;
    const Alignment& alignment = aligner.align(a, b);
    for (const WordBlock& block : alignment.blocks) {
      for (std::uint32_t i = 0; i < block.size; ++i, ++matched) {
        CHECK(a[block.a + i] == b[block.b + i]);
        CHECK(++seen_a[block.a + i] == 1);
        CHECK(++seen_b[block.b + i] == 1);
      }
    }
    CHECK(matched == alignment.matched);
  }
}
