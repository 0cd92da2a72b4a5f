// Time expressions and their values; the texts are written for the purpose.
#include "times/times.h"

#include <doctest/doctest.h>

#include <string>

namespace polybius {
namespace {

const Lexicon& lexicon() {
  static const Lexicon shared = Lexicon::builtin();
  return shared;
}

// A Friday.
constexpr Date kPublished{2025, 10, 24};

struct Read {
  Analysis analysis;
  std::vector<Time> times;
};

Read read(const std::string& text, std::optional<Date> published = kPublished) {
  Read out{segment(Text(text), lexicon()), {}};
  out.times = find_times(out.analysis, lexicon());
  resolve_times(out.times, out.analysis, {}, published);
  return out;
}

// "Tuesday=2025-10-21 ..."
std::string values_in(const std::string& text, std::optional<Date> published = kPublished) {
  const Read found = read(text, published);
  std::string out;
  for (const Time& time : found.times) {
    out += (out.empty() ? "" : "; ") + std::string(found.analysis.text.slice(time.span)) + "=" + time.value;
  }
  return out;
}

}  // namespace

TEST_CASE("tense lets a bare weekday look back or forward") {
  CHECK(values_in("Officials met on Tuesday.") == "Tuesday=2025-10-21");
  CHECK(values_in("Officials will meet on Tuesday.") == "Tuesday=2025-10-28");
  CHECK(values_in("They met last Friday.") == "last Friday=2025-10-17");
}

TEST_CASE("without a date of publication weekdays stay open, and so does what is counted from them") {
  CHECK(values_in("He resigned on Thursday. A day earlier he had denied it.", std::nullopt) ==
        "Thursday=XXXX-WXX-4; A day earlier=XXXX-WXX-3");
  CHECK(values_in("She left last week.", std::nullopt) == "last week=XXXX-WXX");
  CHECK_FALSE(read("Talks ended on Thursday.", std::nullopt).times[0].anchored_to_published);
}

TEST_CASE("relative times count from the day of publication") {
  CHECK(values_in("The deal was signed last week.") == "last week=2025-W42");
  CHECK(values_in("It was signed two weeks ago.") == "two weeks ago=2025-W41");
  CHECK(values_in("It was signed three years ago.") == "three years ago=2022");
  CHECK(values_in("The army left yesterday.") == "yesterday=2025-10-23");
  CHECK(values_in("They meet next month.") == "next month=2025-11");
  CHECK(read("The army left yesterday.").times[0].anchored_to_published);
}

TEST_CASE("earlier and later count from the time spoken of, and say so") {
  const Read found = read("The talks opened on March 3, 2024. Two days later they collapsed.");
  REQUIRE(found.times.size() == 2);
  CHECK(found.times[1].value == "2024-03-05");
  CHECK(found.times[1].anchor == found.times[0].span.begin);
  CHECK(values_in("The plant closed in May 2020. It had opened the previous month.") ==
        "May 2020=2020-05; the previous month=2020-04");
}

TEST_CASE("calendar forms") {
  CHECK(values_in("The raid was on Friday, Oct. 3, 2025.") == "Friday, Oct. 3, 2025=2025-10-03");
  CHECK(values_in("It was on 3 October 2025.") == "3 October 2025=2025-10-03");
  CHECK(values_in("It began in July.") == "July=2025-07");
  CHECK(values_in("Sales rose in the third quarter of 2024.") == "the third quarter of 2024=2024-Q3");
  CHECK(values_in("It was common in the 1990s.") == "the 1990s=199");
  CHECK(values_in("In 2019 the wall fell.") == "2019=2019");
  CHECK(values_in("They met on Sept. 12-15.") == "Sept. 12=2025-09-12; 15=2025-09-15");
}

TEST_CASE("durations and sets") {
  CHECK(values_in("The siege lasted for two and a half years.") == "two and a half years=P2Y6M");
  CHECK(values_in("They agreed on a 30-day truce.") == "30-day=P30D");
  CHECK(values_in("The two sides talk every Monday.") == "every Monday=XXXX-WXX-1");
  CHECK(values_in("A decision is expected within days.") == "days=PXD");
  CHECK(values_in("A 44-year-old man was held.").empty());
}

TEST_CASE("times of day belong to the day beside them") {
  CHECK(values_in("The blast came at 10:35 a.m. on Tuesday.") == "10:35 a.m. on Tuesday=2025-10-21T10:35");
  CHECK(values_in("Shelling resumed on Monday night.") == "Monday night=2025-10-20TNI");
}

TEST_CASE("vague times and feasts come from the table") {
  CHECK(values_in("The president recently postponed it.") == "recently=PAST_REF");
  CHECK(values_in("He hopes that one day they can meet.") == "one day=FUTURE_REF");
  CHECK(values_in("They stayed for one day.") == "one day=P1D");
  CHECK(values_in("Troops should be home by Christmas.") == "Christmas=2025-12-25");
  CHECK(values_in("The accord was signed on Good Friday, officials said.") == "Good Friday=2025-04-18");
}

TEST_CASE("yesterday in a quotation is the speaker's") {
  const std::string text = "\"They fled yesterday,\" the minister said on Tuesday.";
  Read found = read(text);
  Statement statement;
  statement.kind = StatementKind::direct;
  statement.content = {{0, 22}};
  statement.cue = {{36, 40}};
  found.times = find_times(found.analysis, lexicon());
  resolve_times(found.times, found.analysis, std::vector{statement}, kPublished);
  REQUIRE(found.times.size() == 2);
  CHECK(found.times[0].value == "2025-10-20");
  CHECK(found.times[0].anchor == found.times[1].span.begin);
}

TEST_CASE("numbers and names that look like times are none") {
  CHECK(values_in("He earned $2000 and may march with 1950 people.").empty());
}

TEST_CASE("trees are asked for only where the words do not tell") {
  const auto doubtful = [](const std::string& text, std::optional<Date> published = kPublished) {
    const Analysis analysis = segment(Text(text), lexicon());
    return sentences_in_doubt(analysis, find_times(analysis, lexicon()), published);
  };
  CHECK(doubtful("Ann Lee said on Tuesday that she had met him. He left in 1996.").empty());
  CHECK(doubtful("She left. Ann Lee, who lost, will speak on Tuesday.") == std::vector<std::uint32_t>{1});
  CHECK(doubtful("Ann Lee, who lost, will speak on Tuesday.", std::nullopt).empty());
  CHECK(doubtful("The unpopular 1996 law stands.", std::nullopt) == std::vector<std::uint32_t>{0});
}

}  // namespace polybius
