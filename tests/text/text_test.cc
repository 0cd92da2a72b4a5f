// What text/ promises: offsets in code points whatever the bytes, and a calendar that agrees with ISO 8601.
#include "text/text.h"

#include <doctest/doctest.h>

#include "polybius/date.h"

using namespace polybius;

TEST_CASE("a span counts code points, not bytes") {
  const Text text("Zürich – “über”");
  CHECK(text.size() == 15);
  CHECK(text.slice({0, 6}) == "Zürich");
  CHECK(text.slice({9, 15}) == "“über”");
  CHECK(text.at(1) == U'ü');
  CHECK(text.slice({10, 99}) == "über”");
  for (std::uint32_t begin = 0; begin <= text.size(); ++begin) {
    for (std::uint32_t end = begin; end <= text.size(); ++end) {
      CHECK(text.span_of(text.bytes_of({begin, end})) == Span{begin, end});
    }
  }
}

TEST_CASE("ill-formed UTF-8 is found and repaired") {
  CHECK(valid_utf8("Élysée"));
  for (const std::string_view bad : {"\xC0\x80", "\xED\xA0\x80", "\xF4\x90\x80\x80", "\xE2\x82", "\x80"}) {
    CHECK_FALSE(valid_utf8(bad));
    std::size_t replaced = 0;
    CHECK(valid_utf8(repair_utf8(bad, &replaced)));
    CHECK(replaced >= 1);
  }
}

TEST_CASE("names are looked up without case and diacritics") {
  CHECK(folded("Erdoğan") == "erdogan");
  CHECK(folded("Łódź’s") == "lodz's");
  CHECK(folded("GROSSE Straße") == "grosse strasse");
}

TEST_CASE("the calendar agrees with ISO 8601") {
  CHECK(Date::from_iso("2025-10-24")->weekday() == 5);
  CHECK(Date::from_iso("2025-10-24T10:00:00Z")->iso_week() == "2025-W43");
  CHECK(Date{2021, 1, 3}.iso_week() == "2020-W53");
  CHECK(Date{2024, 12, 30}.iso_week() == "2025-W01");
  CHECK(Date{2024, 1, 31}.plus_months(1) == Date{2024, 2, 29});
  CHECK(Date{2024, 3, 15}.plus_months(-15) == Date{2022, 12, 15});
  CHECK(Date{2000, 2, 28}.plus_days(2) == Date{2000, 3, 1});
  CHECK_FALSE(Date::from_iso("2025-02-29"));
  CHECK_FALSE(Date::from_iso("2025-13-01"));
  for (long days = -20000; days < 20000; days += 37) CHECK(Date::from_days(days).days() == days);
}

TEST_CASE("a text is cut between characters") {
  CHECK(polybius::head_of("añb", 2) == "a");
  CHECK(polybius::head_of("añb", 3) == "añ");
  CHECK(polybius::head_of("ab", 9) == "ab");
  CHECK(polybius::head_of("€", 2).empty());
}
