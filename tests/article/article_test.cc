// Cleaning of plain text: what leaves, what stays, and what is known of date and language.
#include "article/article.h"

#include <doctest/doctest.h>

#include "text/text.h"

using namespace polybius;

namespace {

const Cleaner& cleaner() {
  static const Cleaner shared(Lexicon::builtin());
  return shared;
}

Article article_of(const std::string& text, const std::string& published = "") {
  Document document;
  document.text = text;
  document.published = published;
  return cleaner().clean(document);
}

bool warned(const Article& article, const std::string& code) {
  for (const auto& warning : article.warnings) {
    if (warning.code == code) return true;
  }
  return false;
}

}  // namespace

TEST_CASE("share lines and teasers leave the text and are listed where they stood") {
  const auto article = article_of(
      "The ministers met in Oslo on Friday.\n"
      "READ MORE:\n"
      "Oslo talks postponed: minister\n"
      "“We will meet again,” the host said.\n"
      "Share this story on social networks:\n");
  CHECK(article.text == "The ministers met in Oslo on Friday.\n“We will meet again,” the host said.");
  REQUIRE(article.removed.size() == 3);
  CHECK(article.removed[0].text == "READ MORE:");
  CHECK(article.removed[0].why == "related");
  CHECK(article.removed[0].at == 37);
  CHECK(article.removed[1].text == "Oslo talks postponed: minister");
  CHECK(article.removed[2].why == "share");
  CHECK(article.removed[2].at == Text(article.text).size());
}

TEST_CASE("datelines and prose that begins like boilerplate stay") {
  const std::string text =
      "KYIV, Oct. 23 (Reuters) - Envoys arrived.\nShare prices fell on Friday.\nRead more than one report, "
      "he said.\nMore than 100 people were hurt.\n"
      "Copyright law was at issue.\nComments by the minister were reported.";
  CHECK(article_of(text).text == text);
}

TEST_CASE("a heading that ends articles ends one only at its end") {
  std::string text;
  for (int i = 0; i < 6; ++i) text += "The council voted on measure " + std::to_string(i) + ".\n";
  const auto article = article_of(text + "Comments\nI do not agree at all.\nNeither do I.\n");
  CHECK(article.text == text.substr(0, text.size() - 1));
  CHECK(article.removed.size() == 3);
  const auto early = article_of("Comments\n" + text);
  CHECK(early.text == text.substr(0, text.size() - 1));
}

TEST_CASE("what no reader sees goes, letters stay in their form") {
  const auto article =
      article_of("A\xc2\xa0  man\x01 s\xe2\x80\x8bpoke.\r\n\r\ncafe\xcc\x81\tand caf\xc3\xa9\rend");
  CHECK(article.text == "A man spoke.\ncafe\xcc\x81 and caf\xc3\xa9\nend");
  CHECK(warned(article, "control_characters"));
}

TEST_CASE("paragraphs broken at a fixed width are joined, others not") {
  const auto article = article_of(
      "The ministers of five states met on Friday in the old town hall\n"
      "of Oslo, where they spoke about grain, fish and the new treaty\n"
      "on the border rivers.\n"
      "\n"
      "A second round is planned for spring, said the host, who added\n"
      "that all parties had been invited and that none had refused so\n"
      "far to take part in it.\n");
  CHECK(article.text.find("town hall of Oslo") != std::string::npos);
  CHECK(article.text.find("rivers.\nA second") != std::string::npos);
  CHECK(article_of("One line.\n\nTwo lines.\nThree lines.").text == "One line.\nTwo lines.\nThree lines.");
}

TEST_CASE("languages are told apart, and only what is surely foreign is marked") {
  const auto language_of = [](const std::string& text) { return article_of(text).language; };
  CHECK(language_of("The ministers said that they would meet again in the spring, after the vote.") == "en");
  CHECK(language_of("Les ministres ont dit qu'ils se réuniraient de nouveau au printemps, après le vote dans "
                    "les deux pays.") == "fr");
  CHECK(language_of("Die Minister sagten, dass sie sich im Frühjahr nach der Wahl wieder mit den anderen "
                    "treffen werden.") == "de");
  CHECK(language_of("Министры сказали, что они встретятся снова весной, после выборов.") == "ru");
  CHECK(language_of("Міністри сказали, що вони зустрінуться знову навесні, після виборів у її країні.") ==
        "uk");
  CHECK(language_of("部長們在星期五會面。") == "zh");
  std::string french;
  for (int i = 0; i < 4; ++i)
    french += "Les ministres ont dit qu'ils se réuniraient de nouveau au printemps dans les deux pays. ";
  CHECK(article_of(french).foreign);
  CHECK(!article_of("Les ministres ont dit qu'ils se réuniraient au printemps.").foreign);
  std::string names;
  for (int i = 0; i < 40; ++i) names += "Ouagadougou Antananarivo Reykjavik ";
  CHECK(!article_of(names).foreign);
  std::string mixed;
  for (int i = 0; i < 10; ++i) mixed += "He said the words that were in the letter: les ministres ont dit. ";
  CHECK(!article_of(mixed).foreign);
}

TEST_CASE("dates are read as people and machines write them") {
  CHECK(iso_date_of("2025-10-24") == "2025-10-24");
  CHECK(iso_date_of("2025-10-24T08:05:00Z") == "2025-10-24T08:05:00Z");
  CHECK(iso_date_of("2025-10-24 08:05:00.123+0200") == "2025-10-24T08:05:00+02:00");
  CHECK(iso_date_of("Fri, 24 Oct 2025 08:00:00 GMT") == "2025-10-24T08:00:00Z");
  CHECK(iso_date_of("October 24, 2025 at 3:15 p.m. ET") == "2025-10-24T15:15:00");
  CHECK(iso_date_of("24th of October, 2025") == "2025-10-24");
  CHECK(iso_date_of("Published: Oct 24th, 2025") == "2025-10-24");
  CHECK(iso_date_of("20251024") == "2025-10-24");
  CHECK(iso_date_of("20251024T0800") == "2025-10-24");
  CHECK(iso_date_of("24.10.2025") == "2025-10-24");
  CHECK(iso_date_of("10/24/2025") == "2025-10-24");
  CHECK(iso_date_of("1761292800") == "2025-10-24");
  CHECK(!iso_date_of("soon"));
  CHECK(!iso_date_of("2025-02-30"));
  CHECK(!iso_date_of(""));
}

TEST_CASE("an address may carry the day") {
  CHECK(date_of_url("https://example.org/news/2025/10/24/talks") == "2025-10-24");
  CHECK(date_of_url("https://example.org/2025/oct/24/talks") == "2025-10-24");
  CHECK(date_of_url("https://example.org/talks-20251024/") == "2025-10-24");
  CHECK(date_of_url("https://example.org/talks-2025-10-24.html") == "2025-10-24");
  CHECK(date_of_url("https://example.org/story/14847624").empty());
  CHECK(date_of_url("https://example.org/?d=2025/10/24").empty());
}

TEST_CASE("the date is taken from what is given, the address, the text, in this order") {
  CHECK(article_of("Text.", "Oct 24, 2025").published == "2025-10-24");
  CHECK(article_of("Text.", "Oct 24, 2025").published_by == PublishedBy::given);
  const auto dateline = article_of("KYIV, Oct. 23, 2025 (Reuters) - Envoys arrived.");
  CHECK(dateline.published == "2025-10-23");
  CHECK(dateline.published_by == PublishedBy::text);
  CHECK(article_of("Published: 24 October 2025\nEnvoys arrived.").published == "2025-10-24");
  const auto none = article_of("On 12 March 2020 envoys arrived - and left.");
  CHECK(none.published.empty());
  CHECK(warned(none, "no_date"));
  CHECK(warned(article_of("Text.", "soon"), "bad_date"));
}
