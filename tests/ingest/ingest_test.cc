// Inputs of every form and encoding, whole and broken, as a user would hand them in.
#include "ingest/ingest.h"

#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>

#include "temporary_folder.h"
#include "text/text.h"

using namespace polybius;
using polybius_test::TemporaryFolder;

namespace {

struct Read {
  std::vector<Item> items;
  std::vector<Error> errors;
};

Read read_bytes(const std::string& bytes, const std::string& name = "feed.txt",
                const IngestOptions& options = {}) {
  Read out;
  auto reader = DocumentReader::of(bytes, name, options);
  while (auto item = reader.next()) {
    if (item->ok()) {
      CHECK(valid_utf8(item->value().document.text));
      out.items.push_back(std::move(*item).value());
    } else {
      out.errors.push_back(item->error());
    }
  }
  return out;
}

std::string utf16(const std::string& ascii, bool big, bool mark) {
  std::string out;
  const auto put = [&](char high, char low) {
    out += big ? high : low;
    out += big ? low : high;
  };
  if (mark) put('\xfe', '\xff');
  for (const char c : ascii) put('\0', c);
  return out;
}

bool warned(const Document& document, const std::string& code) {
  for (const auto& warning : document.warnings) {
    if (warning.code == code) return true;
  }
  return false;
}

}  // namespace

TEST_CASE("a plain text is one document, named by its file, its text untouched") {
  const auto read = read_bytes("Two lines.\r\nSecond\xc2\xa0line.\n", "a/story.v1.txt");
  REQUIRE(read.items.size() == 1);
  CHECK(read.items[0].document.id == "story.v1");
  CHECK(read.items[0].document.text == "Two lines.\r\nSecond\xc2\xa0line.\n");
  CHECK(read.items[0].document.form == BodyForm::plain);
}

TEST_CASE("JSON Lines give a document a line, and what is broken is named by its line") {
  const auto read = read_bytes(
      "{\"id\":\"a\",\"text\":\"One.\",\"published\":\"2025-10-24\",\"url\":\"https://www.example.org/"
      "x\",\"desk\":[1,2]}\n"
      "{\"id\":\"b\",\"text\":\"Two.\n"
      "\n"
      "{\"id\":7,\"text\":\"Three.\"}\n"
      "{\"id\":\"d\"}\n"
      "{\"id\":\"e\",\"text\":5}\n"
      "[1]\n"
      "{\"schema\":\"polybius/1\",\"id\":\"r\",\"text\":\"x\"}",
      "feed.jsonl");
  REQUIRE(read.items.size() == 3);
  const Document& first = read.items[0].document;
  CHECK(first.id == "a");
  CHECK(first.published == "2025-10-24");
  CHECK(first.published_by == PublishedBy::given);
  CHECK(first.origin.site == "example.org");
  REQUIRE(first.extra.size() == 1);
  CHECK(first.extra[0].first == "desk");
  CHECK(first.extra[0].second == "[1,2]");
  CHECK(read.items[1].document.id == "7");
  CHECK(read.items[1].place == "feed.jsonl:4");
  CHECK(read.items[2].record_line == "{\"schema\":\"polybius/1\",\"id\":\"r\",\"text\":\"x\"}");
  REQUIRE(read.errors.size() == 4);
  CHECK(read.errors[0].place == "feed.jsonl:2");
  CHECK(read.errors[0].code == "E-ING-10");
  CHECK(read.errors[1].message() ==
        "feed.jsonl:5: skipped: \"text\" is missing; name the column with --text-field (E-ING-11)");
  CHECK(read.errors[2].code == "E-ING-12");
  CHECK(read.errors[3].code == "E-ING-10");
}

TEST_CASE("options name the text and the default date") {
  IngestOptions options;
  options.text_field = "body";
  options.published = "2025-01-02";
  const auto read =
      read_bytes("{\"body\":\"One.\"}\n{\"body\":\"Two.\",\"published\":\"2024\"}\n", "x.jsonl", options);
  REQUIRE(read.items.size() == 2);
  CHECK(read.items[0].document.text == "One.");
  CHECK(read.items[0].document.published == "2025-01-02");
  CHECK(read.items[1].document.published == "2024");
}

TEST_CASE("an array and a single object over several lines are read") {
  const auto list =
      read_bytes("[\n {\"text\":\"One [a] } \\\" .\"},\n {\"text\": 3},\n {\"text\":\"Two.\"}\n]", "a.json");
  REQUIRE(list.items.size() == 2);
  CHECK(list.items[0].document.text == "One [a] } \" .");
  CHECK(list.errors.size() == 1);
  const auto object = read_bytes("{\n \"id\": \"o\",\n \"text\": \"Only.\"\n}\n", "a.json");
  REQUIRE(object.items.size() == 1);
  CHECK(object.items[0].document.id == "o");
  CHECK(read_bytes("[{\"text\":\"cut", "a.json").errors.at(0).code == "E-ING-14");
}

TEST_CASE("brackets without end are refused, not followed") {
  const auto read =
      read_bytes("{\"text\":\"a\",\"x\":" + std::string(200000, '[') + "\n{\"text\":\"b\"}\n", "x.jsonl");
  CHECK(read.errors.at(0).code == "E-ING-13");
  CHECK(read.items.size() == 1);
}

TEST_CASE("halves of surrogate pairs are replaced with a warning") {
  const auto read = read_bytes(R"({"text":"a \ud83d b \ud83d\ude00 \\ud83d"})", "x.jsonl");
  REQUIRE(read.items.size() == 1);
  CHECK(read.items[0].document.text == "a \xef\xbf\xbd b \xf0\x9f\x98\x80 \\ud83d");
  CHECK(warned(read.items[0].document, "encoding"));
}

TEST_CASE("CSV with quoted cells, other columns and another separator") {
  const auto read = read_bytes(
      "id;Published;text;desk\r\n"
      "1;2025-10-24;\"He said: \"\"no\"\"; and left.\r\nNext line.\";world\r\n"
      "2;2025-10-25;Short;\r\n");
  REQUIRE(read.items.size() == 2);
  CHECK(read.items[0].document.text == "He said: \"no\"; and left.\r\nNext line.");
  CHECK(read.items[0].document.extra.at(0).second == "\"world\"");
  CHECK(read.items[0].document.published == "2025-10-24");
  CHECK(read.items[1].document.id == "2");
  CHECK(read.items[1].place == "feed.txt:4");
}

TEST_CASE("a stray quotation mark in CSV costs its own row only") {
  const auto read = read_bytes(
      "id,text\n1,\"never closed\n2,fine\n3,\"also, fine\"\n4,\"bad\"end\n5,one,two\n6,last\n", "x.csv");
  std::vector<std::string> ids;
  for (const auto& item : read.items) ids.push_back(item.document.id);
  CHECK(ids == std::vector<std::string>{"2", "3", "6"});
  CHECK(read.errors.size() == 3);
}

TEST_CASE("CSV without the text column names the remedy") {
  const auto read = read_bytes("id,body\n1,x\n", "x.csv");
  CHECK(read.errors.at(0).code == "E-ING-11");
}

TEST_CASE("UTF-16 and UTF-32 are read with and without a mark, in any form") {
  for (const bool big : {false, true}) {
    for (const bool mark : {false, true}) {
      CHECK(read_bytes(utf16("A plain text.", big, mark)).items.at(0).document.text == "A plain text.");
      const auto lines =
          read_bytes(utf16("{\"text\":\"One.\"}\n{\"text\":\"Two.\"}\n", big, mark), "x.jsonl");
      CHECK(lines.items.size() == 2);
    }
  }
  using namespace std::string_literals;
  CHECK(read_bytes("\xff\xfe\0\0A\0\0\0!\0\0\0"s).items.at(0).document.text == "A!");
  CHECK(read_bytes("\xff\xfe\x3d\xd8\x00\xde"s).items.at(0).document.text == "\xf0\x9f\x98\x80");
  CHECK(read_bytes("\xff\xfe\x3d\xd8"s).items.at(0).document.text == "\xef\xbf\xbd");
}

TEST_CASE("one-byte encodings are told apart and noted") {
  const auto quotes = read_bytes("\x93Talks went well,\x94 he said \x97 and left for Paris again.");
  CHECK(quotes.items.at(0).document.text == "“Talks went well,” he said — and left for Paris again.");
  CHECK(warned(quotes.items[0].document, "encoding"));
  // "Президент прибыл в Москву на переговоры с премьер-министром. Встреча состоится завтра."
  const std::string windows_1251 =
      "\xcf\xf0\xe5\xe7\xe8\xe4\xe5\xed\xf2 \xef\xf0\xe8\xe1\xfb\xeb \xe2 \xcc\xee\xf1\xea\xe2\xf3 \xed\xe0 "
      "\xef\xe5\xf0\xe5\xe3\xee\xe2\xee\xf0\xfb \xf1 "
      "\xef\xf0\xe5\xec\xfc\xe5\xf0-\xec\xe8\xed\xe8\xf1\xf2\xf0\xee\xec. "
      "\xc2\xf1\xf2\xf0\xe5\xf7\xe0 \xf1\xee\xf1\xf2\xee\xe8\xf2\xf1\xff \xe7\xe0\xe2\xf2\xf0\xe0.";
  const std::string expected =
      "Президент прибыл в Москву на переговоры с премьер-министром. Встреча состоится завтра.";
  CHECK(read_bytes(windows_1251).items.at(0).document.text == expected);
  const std::string koi8 =
      "\xf0\xd2\xc5\xda\xc9\xc4\xc5\xce\xd4 \xd0\xd2\xc9\xc2\xd9\xcc \xd7 \xed\xcf\xd3\xcb\xd7\xd5 \xce\xc1 "
      "\xd0\xc5\xd2\xc5\xc7\xcf\xd7\xcf\xd2\xd9 \xd3 "
      "\xd0\xd2\xc5\xcd\xd8\xc5\xd2-\xcd\xc9\xce\xc9\xd3\xd4\xd2\xcf\xcd. "
      "\xf7\xd3\xd4\xd2\xc5\xde\xc1 \xd3\xcf\xd3\xd4\xcf\xc9\xd4\xd3\xd1 \xda\xc1\xd7\xd4\xd2\xc1.";
  CHECK(read_bytes(koi8).items.at(0).document.text == expected);
}

TEST_CASE("UTF-8 with a few bytes of another hand keeps its own") {
  const auto read = read_bytes("“Zürich” and “Genève” met S\xe3o Paulo – “well”.");
  CHECK(read.items.at(0).document.text == "“Zürich” and “Genève” met São Paulo – “well”.");
  CHECK(warned(read.items[0].document, "encoding"));
}

TEST_CASE("what a page declares is believed where it can be true") {
  const auto read =
      read_bytes("<html><head><meta charset=\"iso-8859-2\"></head><body><p>Wa\xb3\xeasa</p>", "p.html");
  CHECK(read.items.at(0).document.form == BodyForm::html);
  CHECK(read.items[0].document.text.find("Wałęsa") != std::string::npos);
}

TEST_CASE("what is no text is named") {
  CHECK(read_bytes("%PDF-1.4 ....", "x.pdf").errors.at(0).fault == "skipped: not text but PDF");
  CHECK(read_bytes("").errors.at(0).code == "E-ING-03");
  CHECK(read_bytes(" \n\n").errors.at(0).code == "E-ING-03");
  CHECK(read_bytes(std::string(100, '\1')).errors.at(0).code == "E-ING-04");
}

TEST_CASE("an item over the limit is named and costs no other") {
  IngestOptions options;
  options.item_limit = 1000;
  const std::string line = "{\"text\":\"" + std::string(5000, 'x') + "\"}\n{\"text\":\"b\"}\n";
  const auto read = read_bytes(line, "x.jsonl", options);
  CHECK(read.errors.at(0).code == "E-ING-02");
  CHECK(read.items.size() == 1);
  CHECK(read_bytes(std::string(5000, 'x'), "x.txt", options).errors.at(0).code == "E-ING-02");
}

TEST_CASE("RSS and Atom entries become documents with their dates") {
  const auto rss = read_bytes(
      "<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>All</title>"
      "<item><title>A &amp; B</title><link>https://example.org/1</link><guid>g1</guid>"
      "<pubDate>Fri, 24 Oct 2025 08:00:00 GMT</pubDate><description><![CDATA[<p>Short </item> "
      "text.</p>]]></description></item>"
      "<item><title>Second</title><description>Plain text.</description></item>"
      "<item><title>cut off");
  REQUIRE(rss.items.size() == 2);
  const Document& first = rss.items[0].document;
  CHECK(first.title == "A & B");
  CHECK(first.id == "g1");
  CHECK(first.published == "Fri, 24 Oct 2025 08:00:00 GMT");
  CHECK(first.published_by == PublishedBy::metadata);
  CHECK(first.form == BodyForm::html);
  CHECK(first.text == "<p>Short </item> text.</p>");
  CHECK(rss.items[1].document.form == BodyForm::plain);
  CHECK(rss.errors.at(0).code == "E-ING-15");
  const auto atom = read_bytes(
      "<feed xmlns=\"http://www.w3.org/2005/Atom\"><entry><title>T</title><link rel=\"alternate\" "
      "href=\"https://a.org/2\"/>"
      "<id>urn:2</id><updated>2025-10-24T10:00:00Z</updated><author><name>Jo Roe</name></author>"
      "<content type=\"html\">&lt;p&gt;Body&lt;/p&gt;</content></entry></feed>");
  REQUIRE(atom.items.size() == 1);
  CHECK(atom.items[0].document.origin.url == "https://a.org/2");
  CHECK(atom.items[0].document.authors.at(0) == "Jo Roe");
  CHECK(atom.items[0].document.text == "<p>Body</p>");
}

namespace {

std::string warc_record(const std::string& id, const std::string& body, const std::string& coding = "",
                        long claimed = -1) {
  const std::string block =
      "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n" + coding + "\r\n" + body;
  return "WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:" + id +
         ">\r\nWARC-Target-URI: https://example.org/" + id +
         "\r\nContent-Length: " + std::to_string(claimed < 0 ? static_cast<long>(block.size()) : claimed) +
         "\r\n\r\n" + block + "\r\n\r\n";
}

}  // namespace

TEST_CASE("WARC records become documents; one that lies costs no other") {
  const auto read = read_bytes(
      "WARC/1.0\r\nWARC-Type: warcinfo\r\nContent-Length: 4\r\n\r\nx: y\r\n\r\n" +
          warc_record("1", "<p>One</p>") + warc_record("2", "<p>Two</p>", "", 20) +
          warc_record("3", "<p>Three</p>", "", 90000) +
          warc_record("4", "8\r\n<p>Four<\r\n3\r\n/p>\r\n0\r\n\r\n", "Transfer-Encoding: chunked\r\n") +
          warc_record("5", "<p>Five</p>").substr(0, 190),
      "a.warc");
  std::vector<std::string> ids;
  for (const auto& item : read.items) ids.push_back(item.document.id);
  CHECK(ids == std::vector<std::string>{"urn:uuid:1", "urn:uuid:4"});
  CHECK(read.items[0].document.origin.url == "https://example.org/1");
  CHECK(read.items[1].document.text == "<p>Four</p>");
  CHECK(read.errors.size() == 3);
  for (const auto& error : read.errors) CHECK(error.code == "E-ING-32");
}

TEST_CASE("ids that come twice with another text are numbered") {
  IdKeeper keeper;
  const auto id_of = [&keeper](const std::string& id, const std::string& text) {
    Document document;
    document.id = id;
    document.text = text;
    keeper.settle(document);
    CHECK(warned(document, "id_again") == (document.id != id));
    return document.id;
  };
  CHECK(id_of("a", "one") == "a");
  CHECK(id_of("a", "one") == "a");
  CHECK(id_of("a", "two") == "a#2");
  CHECK(id_of("a#3", "x") == "a#3");
  CHECK(id_of("a", "three") == "a#4");
  CHECK(id_of("a", "two") == "a#2");
}

TEST_CASE("folders are read in name order and what is missing is named") {
  const TemporaryFolder folder;
  folder.write("b.txt", "Second.");
  const std::string first_file = folder.write("a.txt", "First.");
  InputReader reader({(folder.path / "none.txt").string(), folder.path.string()}, {});
  CHECK(reader.next()->error().code == "E-IO-01");
  const auto first = reader.next();
  CHECK(first->value().document.id == "a");
  CHECK(first->value().document.origin.path == first_file);
  CHECK(reader.next()->value().document.id == "b");
  CHECK(!reader.next());
}
