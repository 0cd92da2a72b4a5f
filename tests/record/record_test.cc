// The record as JSON and back, and what is found wrong with broken ones.
#include "polybius/record.h"

#include <doctest/doctest.h>

#include <limits>
#include <random>

#include "record/sample_record.h"
#include "text/text.h"

using namespace polybius;

namespace {

std::string replaced(std::string text, const std::string& from, const std::string& to) {
  const auto at = text.find(from);
  REQUIRE(at != std::string::npos);
  return text.replace(at, from.size(), to);
}

std::string error_of(const std::string& line) {
  const auto record = from_json(line);
  return record ? "none" : record.error().message();
}

std::string first_fault(const Record& record) {
  const auto faults = faults_of(record);
  return faults.empty() ? "none" : faults.front();
}

/// Text with everything that JSON, lines and UTF-8 can stumble over.
std::string wild_text(std::mt19937& random) {
  static const char* const pieces[] = {"a",        "\"", "\\", "\n", "\t", "\r", "/", "é", "\xE2\x80\xA8",
                                       "\xC2\x85", "😀", "{",  "]",  ",",  ":",  "0", " ", "\x01",
                                       "\x7F",     "«"};
  std::string text;
  for (unsigned n = random() % 12; n > 0; --n) text += pieces[random() % std::size(pieces)];
  return text;
}

Record wild_record(std::mt19937& random) {
  Record record = sample_record();
  record.id = wild_text(random);
  record.text = wild_text(random);
  record.title = wild_text(random);
  record.authors.resize(random() % 3, wild_text(random));
  if (random() % 2) record.extra.clear();
  record.origin.path = wild_text(random);
  record.published_by = static_cast<PublishedBy>(random() % 5);
  Event& event = record.events[0];
  event.type = static_cast<EventType>(random() % 16);
  event.status = static_cast<Status>(random() % 8);
  event.confidence = (random() % 1001) / 1000.0;
  event.why = wild_text(random);
  if (random() % 2) event.place.reset();
  if (random() % 2) event.recipient.clear();
  record.entities[2].lat = std::uniform_real_distribution<>(-90, 90)(random);
  record.entities[2].lon = std::uniform_real_distribution<>(-1e-7, 1e-7)(random);
  record.statements[0].kind = static_cast<StatementKind>(random() % 4);
  if (random() % 2) record.statements[0].speaker->span.reset();
  record.plans[0].history[0].status = static_cast<PlanStatus>(random() % 8);
  record.times[0].anchored_to_published = random() % 2;
  if (!record.times[0].anchored_to_published) record.times[0].anchor = random() % 9;
  return record;
}

}  // namespace

TEST_CASE("a record survives JSON") {
  const Record record = sample_record();
  const auto again = from_json(to_json(record));
  REQUIRE(again.ok());
  CHECK(again.value() == record);
  CHECK(faults_of(record).empty());
}

TEST_CASE("an empty record survives JSON") {
  const auto again = from_json(to_json(Record{}));
  REQUIRE(again.ok());
  CHECK(again.value() == Record{});
}

TEST_CASE("records of wild contents survive JSON, one line each") {
  std::mt19937 random(7);
  for (int i = 0; i < 2000; ++i) {
    const Record record = wild_record(random);
    const std::string line = to_json(record);
    CHECK(line.find('\n') == std::string::npos);
    CHECK(line.find("\xE2\x80\xA8") == std::string::npos);
    const auto again = from_json(line);
    REQUIRE(again.ok());
    REQUIRE(again.value() == record);
    REQUIRE(to_json(again.value()) == line);
  }
}

TEST_CASE("keys stand in the contract's order and absent fields are left out") {
  Record record;
  record.id = "x";
  record.published_by = PublishedBy::none;
  CHECK(
      to_json(record) ==
      R"({"schema":"polybius/1","id":"x","published_by":"none","text":"","sentences":[],"entities":[],"times":[],)"
      R"("statements":[],"events":[],"plans":[],"warnings":[],"coder":{"version":"","model":"","lexicon":""}})");
  const std::string whole = to_json(sample_record());
  std::size_t last = 0;
  for (const char* key : {"schema", "id", "extra", "origin", "title", "authors", "language", "published",
                          "published_by", "text", "removed", "sentences", "entities", "times", "statements",
                          "events", "plans", "warnings", "coder"}) {
    const auto at = whole.find("\"" + std::string(key) + "\":", last);
    REQUIRE_MESSAGE(at != std::string::npos, key);
    last = at;
  }
}

TEST_CASE("numbers are short, and a confidence has three decimals at most") {
  Record record = sample_record();
  const auto confidence_written = [&](double confidence) {
    record.events[0].confidence = confidence;
    const std::string line = to_json(record);
    const auto at = line.find("\"confidence\":") + 13;
    return line.substr(at, line.find(',', at) - at);
  };
  CHECK(confidence_written(0.1) == "0.1");
  CHECK(confidence_written(2.0 / 3) == "0.667");
  CHECK(confidence_written(1) == "1");
  CHECK(confidence_written(1.5) == "1");
  CHECK(confidence_written(-0.0) == "0");
  CHECK(confidence_written(std::numeric_limits<double>::quiet_NaN()) == "0");
  record.entities[2].lat = 0.00001;
  record.entities[2].lon = -123456789.5;
  CHECK(to_json(record).find(R"("lat":0.00001,"lon":-123456789.5)") != std::string::npos);
}

TEST_CASE("other columns keep their JSON, and what is no JSON becomes a string") {
  Record record;
  record.extra = {{"z", "{\"b\": 1,\n \"a\": null}"}, {"a", "not json"}, {"deep", std::string(500, '[')}};
  const std::string line = to_json(record);
  CHECK(line.find(R"("extra":{"z":{"b":1,"a":null},"a":"not json","deep":"[[)") != std::string::npos);
  CHECK(from_json(line).ok());
}

TEST_CASE("ill-formed bytes never make ill-formed JSON") {
  Record record;
  record.text = "caf\xE9 \xE2\x80";
  const auto again = from_json(to_json(record));
  REQUIRE(again.ok());
  CHECK(valid_utf8(again.value().text));
}

TEST_CASE("broken lines are named with the path of the fault") {
  const std::string line = to_json(sample_record());
  CHECK(error_of("") == "byte 1: no JSON; write one whole record a line (E-REC-01)");
  CHECK(error_of(line.substr(0, line.size() / 2)).find("(E-REC-01)") != std::string::npos);
  CHECK(error_of(std::string(100000, '[')) == "brackets nest deeper than in any record (E-REC-01)");
  CHECK(error_of("[1e999]").find("(E-REC-01)") != std::string::npos);
  CHECK(error_of("[]") == "no document record: no JSON object (E-REC-02)");
  CHECK(error_of(R"({"id":"x"})") ==
        "no document record: \"schema\" does not begin with \"polybius/\" (E-REC-02)");
  CHECK(error_of(replaced(line, "polybius/1", "polybius/9")) ==
        "a record of another version: \"schema\" is not \"polybius/1\"; code the document anew (E-REC-02)");
  CHECK(error_of(replaced(line, R"("status":"postponed")", R"("status":"POSTPONED")")) ==
        "\"events[0].status\" has the unknown value \"POSTPONED\" (E-REC-03)");
  CHECK(error_of(replaced(line, R"("trigger":[[17,24],)", R"("trigger":[[17,-24],)")) ==
        "\"events[0].trigger[0][1]\" is no count (E-REC-03)");
  CHECK(error_of(replaced(line, R"("trigger":[[17,24],)", R"("trigger":[[17,24000000000],)")) ==
        "\"events[0].trigger[0][1]\" is too large (E-REC-03)");
  CHECK(error_of(replaced(line, R"("cameo":"036",)", "")) == "\"events[0].cameo\" is missing (E-REC-03)");
  CHECK(error_of(replaced(line, R"("anchor":"published")", R"("anchor":"yesterday")")) ==
        "\"times[0].anchor\" is neither \"published\" nor a count (E-REC-03)");
  CHECK(error_of(replaced(line, R"("begin":62,"end":72})", R"("begin":62})")).find("is missing (E-REC-03)") !=
        std::string::npos);
}

TEST_CASE("keys that a later version may add are passed over") {
  const auto record =
      from_json(replaced(to_json(sample_record()), R"("id":"sample")", R"("id":"sample","mood":{"x":[1]})"));
  REQUIRE(record.ok());
  CHECK(record.value() == sample_record());
}

TEST_CASE("ids that lead nowhere or stand twice are faults") {
  Record record = sample_record();
  record.events[0].actor = {"e9"};
  CHECK(first_fault(record) == "event v1 actor: leads to \"e9\", which is not there");
  record = sample_record();
  record.plans[0].id = "v1";
  CHECK(first_fault(record) == "plan v1: has the id of another thing");
  record = sample_record();
  record.statements[0].within = "s1";
  CHECK(first_fault(record) == "statement s1: is quoted within itself");
  record = sample_record();
  record.plans[0].history[0].said_by = "e1";
  CHECK(first_fault(record) == "plan p1 said_by: leads to \"e1\", which is not there");
}

TEST_CASE("offsets outside the text or out of order are faults") {
  Record record = sample_record();
  record.entities[0].mentions[1].span = {62, 79};  // the text has 78 code points and 79 bytes
  CHECK(first_fault(record) == "entity e1 mention: ends after the text");
  record = sample_record();
  std::swap(record.entities[0], record.entities[1]);
  CHECK(first_fault(record) == "entity e1: is not in text order");
  record = sample_record();
  std::swap(record.events[0].trigger[0], record.events[0].trigger[1]);
  CHECK(first_fault(record) == "event v1 trigger: is not in text order");
  record = sample_record();
  record.events[0].sentence = 1;
  CHECK(first_fault(record) == "event v1 sentence: is not there");
  record = sample_record();
  record.times[0].anchor = 3;
  CHECK(first_fault(record) == "time 2031-05-08: is anchored where no time begins");
  record = sample_record();
  record.statements[0].content.clear();
  CHECK(first_fault(record) == "statement s1: has no content");
}
