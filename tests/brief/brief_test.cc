// The brief as text and Markdown: what stands in it, how it is set, and that nothing in a record acts on the
// reader's terminal.
#include "brief/brief.h"

#include <doctest/doctest.h>

#include <sstream>

#include "brief/phrases.h"
#include "brief/spoken_time.h"
#include "brief/summit_record.h"
#include "brief/terminal.h"

using namespace polybius;

namespace {

bool holds(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

std::string sentence_of(EventType type, const std::string& mode, Status status,
                        std::vector<std::string> actors, std::vector<std::string> recipients) {
  Event event;
  event.type = type;
  event.mode = mode;
  event.status = status;
  std::string out;
  for (const Run& run : event_sentence(event, actors, recipients, actors.size() > 1)) out += run.text;
  return out;
}

}  // namespace

TEST_CASE("the record that the brief is tried on is without fault") {
  CHECK(faults_of(summit_record()).empty());
}

TEST_CASE("facts, reports and what did not happen stand apart") {
  const std::string brief = brief_text(summit_record(), {});
  const auto happened = brief.find("WHAT HAPPENED");
  const auto told = brief.find("WHAT OTHERS SAY HAPPENED");
  const auto unreal = brief.find("WHAT DID NOT HAPPEN");
  const auto said = brief.find("WHO SAID WHAT");
  REQUIRE(happened < told);
  REQUIRE(told < unreal);
  REQUIRE(unreal < said);
  const auto met = brief.find("Kim Jong Un met with Moon Jae-in · 26 May 2018");
  CHECK((happened < met && met < told));
  const auto sanctions = brief.find("[UNDER WAY] The United States is imposing sanctions on North Korea");
  CHECK((told < sanctions && sanctions < unreal));
  const auto summit = brief.find("[CALLED OFF] Donald Trump and Kim Jong Un were to meet");
  CHECK((unreal < summit && summit < said));
}

TEST_CASE("a plan's history tells each turn, its date and who said so") {
  const std::string brief = brief_text(summit_record(), {});
  const auto announced = brief.find("ANNOUNCED · 10 May 2018");
  const auto off = brief.find("CALLED OFF · 24 May 2018");
  const auto open = brief.find("NOT RULED OUT · 25 May 2018, says Donald Trump");
  REQUIRE(announced != std::string::npos);
  CHECK(announced < off);
  CHECK(off < open);
}

TEST_CASE("what was taken out and what looked wrong is told") {
  const std::string brief = brief_text(summit_record(), {});
  CHECK(holds(brief, "\"Pompey\" read as Mike Pompeo (garbled_name)"));
  CHECK(holds(brief, "left out (related): ALSO READ:"));
}

TEST_CASE("no line is wider than the terminal, whatever signs it holds") {
  Record record = summit_record();
  record.title =
      "金正恩と文在寅が板門店で会談した金正恩と文在寅が板門店で会談した 😀😀😀 " + std::string(300, 'x');
  for (const int width : {40, 63, 80, 110}) {
    std::istringstream lines(brief_text(record, {width, false}));
    for (std::string line; std::getline(lines, line);) CHECK_MESSAGE(display_width(line) <= width, line);
  }
}

TEST_CASE("wide, combining and plain signs take the columns that terminals give them") {
  CHECK(display_width("abc") == 3);
  CHECK(display_width("会談") == 4);
  CHECK(display_width("e\xCC\x81") == 1);
  CHECK(display_width("😀") == 2);
}

TEST_CASE("without colour there is no escape sequence, with colour the same words") {
  const std::string plain = brief_text(summit_record(), {80, false});
  CHECK_FALSE(holds(plain, "\x1b"));
  std::string coloured = brief_text(summit_record(), {80, true});
  CHECK(holds(coloured, "\x1b[31m"));
  for (std::size_t at = coloured.find('\x1b'); at != std::string::npos; at = coloured.find('\x1b'))
    coloured.erase(at, coloured.find('m', at) + 1 - at);
  CHECK(coloured == plain);
}

TEST_CASE("control characters of a record never reach the terminal") {
  const std::string brief = brief_text(hostile_record(), {80, false});
  CHECK_FALSE(holds(brief, "\x1b"));
  CHECK_FALSE(holds(brief, "\x07"));
  CHECK_FALSE(holds(brief, "\xE2\x80\xAE"));
}

TEST_CASE("nothing in a record acts as Markdown or HTML") {
  const std::string brief = brief_markdown(hostile_record());
  for (auto at = brief.find('<'); at != std::string::npos; at = brief.find('<', at + 1))
    CHECK(brief[at - 1] == '\\');
  CHECK_FALSE(holds(brief, "\n# x"));
  CHECK_FALSE(holds(brief, "[x]("));
  CHECK(holds(brief, "\\<script\\>"));
}

TEST_CASE("records with links and spans that lead nowhere are told as far as they go") {
  Record record = summit_record();
  for (Event& event : record.events) {
    event.actor = {"nobody"};
    event.trigger = {{500000, 400000}, {7, 3}};
    event.sentence = 99999;
    event.said_by = "nothing";
  }
  for (Statement& statement : record.statements) statement.content = {{900000, 900001}};
  record.statements[0].within = "s1";
  record.statements[1].within = "s3";
  record.statements[2].within = "s2";
  record.sentences = {{4000, 10}, {3, 3}};
  record.plans[0].history[0].evidence = {77777, 3};
  CHECK(holds(brief_text(record, {}), "Someone unnamed"));
  CHECK(holds(brief_markdown(record), "Someone unnamed"));
  CHECK(holds(brief_text(Record{}, {}), "No event, statement or plan found."));
}

TEST_CASE("an event told twice is one finding with two quotes") {
  Record record = summit_record();
  Event again = record.events[0];
  again.id = "v0";
  again.sentence = 2;
  again.trigger = {{record.sentences[2].begin, record.sentences[2].begin + 5}};
  record.events.push_back(again);
  const std::string brief = brief_text(record, {});
  const auto first = brief.find("Kim Jong Un were to meet");
  CHECK(first != std::string::npos);
  CHECK(brief.find("Kim Jong Un were to meet", first + 1) == std::string::npos);
}

TEST_CASE("a status bends the verb of its event") {
  using enum EventType;
  CHECK(sentence_of(CONSULT, "", Status::occurred, {"A", "B"}, {}) == "A and B met");
  CHECK(sentence_of(CONSULT, "visit", Status::planned, {"A"}, {"B"}) == "A is to visit B");
  CHECK(sentence_of(CONSULT, "", Status::cancelled, {"A", "B", "C"}, {}) == "A, B and C were to meet");
  CHECK(sentence_of(SANCTION, "", Status::threatened, {"A"}, {"B"}) ==
        "A threatens to impose sanctions on B");
  CHECK(sentence_of(ASSAULT, "drone", Status::denied, {"A"}, {"B"}) == "A did not attack B with drones");
  CHECK(sentence_of(AID, "", Status::ongoing, {"A"}, {"B"}) == "A is giving aid to B");
  CHECK(sentence_of(ASSAULT, "", Status::hypothetical, {}, {"B"}) == "Someone unnamed might attack B");
  CHECK(sentence_of(ACCUSE, "", Status::occurred, {"A"}, {}) == "A accused someone");
  CHECK(sentence_of(SUPPORT, "", Status::occurred, {"A"}, {}) == "A gave support");
  CHECK(sentence_of(REQUEST, "no such mode", Status::occurred, {"A"}, {}) == "A made a demand");
  CHECK(sentence_of(PROTEST, "boycott", Status::threatened, {"A"}, {}) == "A threatens to boycott");
}

TEST_CASE("a CAMEO code that says more of the act than its type does names the verb") {
  Event event;
  event.type = EventType::SUPPORT;
  event.cameo = "057";
  std::string out;
  for (const Run& run : event_sentence(event, {"A", "B"}, {}, true)) out += run.text;
  CHECK(out == "A and B signed an agreement");
}

TEST_CASE("an article without a title is headed by its first sentence, without the dateline") {
  Record record;
  record.text = "SEOUL, May 26 \u2014 The talks go on.";
  record.sentences = {{0, 32}};
  const std::string brief = brief_text(record, {});
  CHECK(holds(brief, "\nThe talks go on.\n"));
}

TEST_CASE("what the coder itself hardly believes is told with a perhaps") {
  Record record = summit_record();
  record.events[5].confidence = 0.3;
  CHECK(holds(brief_text(record, {}), "Perhaps: Kim Jong Un met with Moon Jae-in"));
}

TEST_CASE("times are told in words, and odd ones as they are") {
  CHECK(spoken_time("2018-05-26") == "26 May 2018");
  CHECK(spoken_time("2018-05") == "May 2018");
  CHECK(spoken_time("2018") == "2018");
  CHECK(spoken_time("201") == "the 2010s");
  CHECK(spoken_time("2018-W21") == "week of 21 May 2018");
  CHECK(spoken_time("2018-W21-WE") == "weekend of 26 May 2018");
  CHECK(spoken_time("XXXX-WXX-4") == "a Thursday, date not known");
  CHECK(spoken_time("2018-05-26TEV") == "26 May 2018, evening");
  CHECK(spoken_time("2018-05-26T18:30:00Z") == "26 May 2018, 18:30 UTC");
  CHECK(spoken_time("2018-SU") == "summer 2018");
  CHECK(spoken_time("P2D") == "2 days");
  CHECK(spoken_time("PT1H") == "1 hour");
  CHECK(spoken_time("PXM") == "some months");
  CHECK(spoken_time("PAST_REF") == "in the past");
  CHECK(spoken_time("2018-13-77") == "2018-13-77");
  CHECK(spoken_time("") == "");
}

TEST_CASE("nothing in a record acts as HTML") {
  const std::vector<Record> records{hostile_record()};
  const std::string page = brief_html(records);
  CHECK_FALSE(holds(page, "<script>alert"));
  CHECK_FALSE(holds(page, "\x1b"));
  CHECK_FALSE(holds(page, "href=\"javascript:"));
  CHECK(holds(page, "&lt;script&gt;alert(1)&lt;/script&gt;&quot;&#39;&amp;"));
  std::size_t scripts = 0;
  for (auto at = page.find("<script"); at != std::string::npos; at = page.find("<script", at + 1)) ++scripts;
  CHECK(scripts == 1);
}

TEST_CASE("a page is one file that asks for nothing else and lets nothing else run") {
  const std::vector<Record> records{summit_record(), Record{}};
  const std::string page = brief_html(records);
  CHECK(holds(page, "default-src 'none'; style-src 'sha256-"));
  for (const char* loading :
       {" src=", "<link", "@import", "url(", " style=\"", " onclick", "<iframe", "<img"})
    CHECK_FALSE(holds(page, loading));
  CHECK(page == brief_html(records));
}

TEST_CASE("every piece of the article stands in the page once, and marks nest in paragraphs") {
  const std::vector<Record> records{summit_record()};
  const std::string page = brief_html(records);
  const auto begin = page.find("<div class=\"prose\"");
  const auto end = page.find("</div>", begin);
  std::string words;
  bool tag = false;
  for (const char letter : page.substr(begin, end - begin)) {
    if (letter == '<') tag = true;
    if (!tag && letter != '\n') words += letter;
    if (letter == '>') tag = false;
  }
  std::string text = records[0].text;
  std::erase(text, '\n');
  for (auto at = words.find("&#39;"); at != std::string::npos; at = words.find("&#39;"))
    words.replace(at, 5, "'");
  CHECK(words == text);
  CHECK(holds(page, "data-ids=\"v0\""));
}

TEST_CASE("a page of records with links and spans that lead nowhere, and a page of none, are still pages") {
  Record record = summit_record();
  for (Event& event : record.events) event.trigger = {{500000, 400000}, {7, 3}};
  for (Statement& statement : record.statements) statement.content = {{900000, 900001}, {5, 2}};
  for (Entity& entity : record.entities) entity.mentions.clear();
  record.sentences = {{4000, 10}, {3, 3}, {1, 999999}};
  const std::vector<Record> records{record};
  CHECK(brief_html(records).ends_with("</html>\n"));
  CHECK(brief_html({}).ends_with("</html>\n"));
}
