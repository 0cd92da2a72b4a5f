// A record carried to a reprint: every span holds the same characters, or the reprint is coded by itself.
#include <doctest/doctest.h>

#include "dedupe/dedupe.h"
#include "text/text.h"

using namespace polybius;

namespace {

const std::string text =
    "Ruritania's parliament voted on Monday to close the copper mine at Hentzau, the news agency of the "
    "country said.\n"
    "“We cannot keep a mine open,” Minister Antonia Zenda said in Strelsau, where the vote had been awaited "
    "for weeks.\n"
    "Some 1,400 miners will be offered early pensions or places at the railway works in the capital of the "
    "country.";

Span span_of(const std::string& in, const std::string& words) {
  const std::size_t at = in.find(words);
  REQUIRE(at != std::string::npos);
  const Text whole(in);
  return whole.span_of({static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(at + words.size())});
}

Record coded() {
  Record out;
  out.id = "wire";
  out.text = text;
  std::size_t begin = 0;
  while (begin < text.size()) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    out.sentences.push_back(span_of(text, text.substr(begin, end - begin)));
    begin = end + 1;
  }
  Entity parliament;
  parliament.id = "e1";
  parliament.kind = EntityKind::organization;
  parliament.name = "parliament";
  parliament.mentions = {{span_of(text, "Ruritania's parliament"), MentionForm::nominal}};
  Entity zenda;
  zenda.id = "e2";
  zenda.name = "Antonia Zenda";
  zenda.mentions = {{span_of(text, "Antonia Zenda"), MentionForm::name}};
  out.entities = {parliament, zenda};
  Time time;
  time.span = span_of(text, "Monday");
  time.value = "2025-10-20";
  time.anchored_to_published = true;
  out.times = {time};
  Statement statement;
  statement.id = "s1";
  statement.kind = StatementKind::direct;
  statement.speaker = Speaker{"e2", {}, span_of(text, "Minister Antonia Zenda")};
  statement.cue = {span_of(text, "said in")};
  statement.content = {span_of(text, "“We cannot keep a mine open,”")};
  statement.events = {"v1"};
  out.statements = {statement};
  Event event;
  event.id = "v1";
  event.actor = {"e1"};
  event.trigger = {span_of(text, "voted")};
  event.sentence = 0;
  event.cameo = "080";
  event.said_by = "s1";
  out.events = {event};
  REQUIRE(faults_of(out).empty());
  return out;
}

Record reprint(const std::string& its_text) {
  Record out;
  out.id = "paper";
  out.title = "Mine to close";
  out.text = its_text;
  return out;
}

std::string slice(const Record& record, Span span) {
  return std::string(Text(record.text).slice(span));
}

std::string line(int number) {
  const std::size_t first = text.find('\n');
  const std::size_t second = text.find('\n', first + 1);
  if (number == 0) return text.substr(0, first);
  return number == 1 ? text.substr(first + 1, second - first - 1) : text.substr(second + 1);
}

}  // namespace

TEST_CASE("spans move with their paragraphs and stay in text order") {
  const Record from = coded();
  const auto record = carry_record(from, reprint("STRELSAU —\n" + line(2) + "\n" + line(1) + "\n" + line(0)));
  REQUIRE(record);
  CHECK(faults_of(*record).empty());
  CHECK(record->id == "paper");
  CHECK(record->title == "Mine to close");
  REQUIRE(record->entities.size() == 2);
  CHECK(record->entities[0].id == "e2");
  CHECK(slice(*record, record->entities[1].mentions[0].span) == "Ruritania's parliament");
  CHECK(slice(*record, record->times[0].span) == "Monday");
  CHECK(slice(*record, record->statements[0].content[0]) == "“We cannot keep a mine open,”");
  CHECK(slice(*record, record->statements[0].speaker->span.value()) == "Minister Antonia Zenda");
  CHECK(slice(*record, record->events[0].trigger[0]) == "voted");
  CHECK(slice(*record, record->sentences[record->events[0].sentence]) == line(0));
  CHECK(record->sentences.size() == 4);
  CHECK(record->warnings.back().code == "reprint");
}

TEST_CASE("what the reprint left out is gone, with all that pointed at it") {
  const auto record = carry_record(coded(), reprint(line(0) + "\n" + line(2)));
  REQUIRE(record);
  CHECK(record->statements.empty());
  CHECK(record->entities.size() == 1);
  REQUIRE(record->events.size() == 1);
  CHECK(record->events[0].said_by.empty());
}

TEST_CASE("other quotation marks stay outside of the content") {
  std::string its = text;
  its.replace(its.find("“"), 3, "«");
  its.replace(its.find("”"), 3, "»");
  const auto record = carry_record(coded(), reprint(its));
  REQUIRE(record);
  CHECK(slice(*record, record->statements[0].content[0]) == "We cannot keep a mine open,");
  CHECK(record->sentences.size() == 3);
}

TEST_CASE("a reprint with text of its own or other characters is not carried to") {
  CHECK_FALSE(carry_record(
      coded(), reprint(text + "\nThe opposition leader, Rupert Hentzau, called the vote a farce and "
                              "left the hall with his deputies before it was counted.")));
  std::string shouted = text;
  shouted.replace(shouted.find("Antonia Zenda"), 13, "ANTONIA ZENDA");
  CHECK_FALSE(carry_record(coded(), reprint(shouted)));
  CHECK_FALSE(carry_record(coded(), reprint("")).value_or(Record{}).entities.size() > 0);
}
