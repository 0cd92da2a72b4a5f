// The days that TIMEX3 values cover.
#include "polybius/time_value.h"

#include <doctest/doctest.h>

namespace polybius {

TEST_CASE("a TIMEX3 value covers the days that it names") {
  const auto days = [](std::string_view value) {
    const auto range = days_of_time_value(value);
    return range ? range->first.iso() + " " + range->last.iso() : std::string("none");
  };
  CHECK(days("2025") == "2025-01-01 2025-12-31");
  CHECK(days("2024-02") == "2024-02-01 2024-02-29");
  CHECK(days("2025-10-24") == "2025-10-24 2025-10-24");
  CHECK(days("2025-10-24T09:30") == "2025-10-24 2025-10-24");
  CHECK(days("2025-10-24TNI") == "2025-10-24 2025-10-24");
  CHECK(days("2025-W43") == "2025-10-20 2025-10-26");
  CHECK(days("2025-W43-WE") == "2025-10-25 2025-10-26");
  CHECK(days("2025-W43-2") == "2025-10-21 2025-10-21");
  CHECK(days("2025-Q4") == "2025-10-01 2025-12-31");
  CHECK(days("2025-H1") == "2025-01-01 2025-06-30");
  CHECK(days("2025-WI") == "2025-12-01 2026-02-28");
  CHECK(days("2025-SP") == "2025-03-01 2025-05-31");
}

TEST_CASE("a TIMEX3 value without a known year covers none") {
  for (const char* value :
       {"", "202", "200X", "XXXX-10-24", "P3D", "PRESENT_REF", "2025-13", "2025-02-30", "2025-10-2",
        "2025-W99", "2025-Q5", "2025-10-24x", "2025x", "2025-", "0999", "2025-W", "2025-1"})
    CHECK_MESSAGE(!days_of_time_value(value), value);
}

}  // namespace polybius
