// Archives, feeds and lists of addresses as users have them: packed in every way, broken in the middle, read
// on from where a run was stopped.
#include <doctest/doctest.h>
#include <zdict.h>
#include <zlib.h>
#include <zstd.h>

#include <filesystem>
#include <fstream>

#include "ingest/ingest.h"
#include "io/io.h"
#include "temporary_folder.h"
#include "text/text.h"

using namespace polybius;
using polybius_test::TemporaryFolder;

namespace {

struct Read {
  std::vector<Item> items;
  std::vector<Error> errors;

  std::vector<std::string> ids() const {
    std::vector<std::string> out;
    for (const Item& item : items) out.push_back(item.document.id);
    return out;
  }
};

void take(Read& out, Result<Item> item) {
  if (item.ok()) {
    CHECK(valid_utf8(item.value().document.text));
    out.items.push_back(std::move(item).value());
  } else {
    out.errors.push_back(item.error());
  }
}

Read read_bytes(const std::string& bytes, const std::string& name, const IngestOptions& options = {}) {
  Read out;
  auto reader = DocumentReader::of(bytes, name, options);
  while (auto item = reader.next()) take(out, std::move(*item));
  return out;
}

std::string deflated(const std::string& bytes, int window_bits) {
  z_stream stream = {};
  REQUIRE(deflateInit2(&stream, 6, Z_DEFLATED, window_bits, 8, Z_DEFAULT_STRATEGY) == Z_OK);
  std::string out(deflateBound(&stream, bytes.size()) + 32, '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
  stream.avail_in = static_cast<uInt>(bytes.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  REQUIRE(deflate(&stream, Z_FINISH) == Z_STREAM_END);
  out.resize(stream.total_out);
  deflateEnd(&stream);
  return out;
}

std::string gzipped(const std::string& bytes) {
  return deflated(bytes, 15 + 16);
}

std::string zstd_frame(const std::string& bytes, const std::string& dictionary) {
  std::string out(ZSTD_compressBound(bytes.size()), '\0');
  ZSTD_CCtx* context = ZSTD_createCCtx();
  out.resize(ZSTD_compress_usingDict(context, out.data(), out.size(), bytes.data(), bytes.size(),
                                     dictionary.data(), dictionary.size(), 3));
  ZSTD_freeCCtx(context);
  return out;
}

/// A page long enough that it does not pack into nothing.
std::string page_of(int number) {
  std::string out = "<p>The council met for the " + std::to_string(number) + ". time.</p>";
  for (int i = 0; i < 60; ++i)
    out += "<p>It heard speaker " + std::to_string(number * 7919 + i * 104729) + ".</p>";
  return out;
}

std::string record_of(int number, const std::string& body, const std::string& more = "",
                      const std::string& version = "1.0") {
  const std::string block =
      "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n" + more + "\r\n" + body;
  const std::string id = std::to_string(number);
  return "WARC/" + version + "\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:" + id +
         ">\r\nWARC-Target-URI: https://river.example/" + id +
         "\r\nContent-Length: " + std::to_string(block.size()) + "\r\n\r\n" + block + "\r\n\r\n";
}

std::vector<std::string> ids_to(int last) {
  std::vector<std::string> out;
  for (int number = 1; number <= last; ++number) out.push_back("urn:" + std::to_string(number));
  return out;
}

/// "<p>The council met. The council met. ...</p>", packed with Brotli.
const std::string brotli_page(
    "\202\015\000\277\043\301\306\221\372\316\234\103\315\103\325\006\247\100\320\332\305\247\214\116\012\322"
    "\012"
    "\152\011\202\063\052\305\172\066\375\152\120\003",
    39);

}  // namespace

TEST_CASE("archives are read plain, packed a record at a time, packed as a whole, and with a dictionary") {
  std::string plain;
  std::string packed;
  std::vector<std::string> records;
  for (int number = 1; number <= 40; ++number) {
    records.push_back(record_of(number, page_of(number), "", number % 2 == 0 ? "1.1" : "1.0"));
    plain += records.back();
    packed += gzipped(records.back());
  }
  for (const std::string& bytes : {plain, packed, gzipped(plain), zstd_frame(plain, "")}) {
    const Read read = read_bytes(bytes, "a.warc");
    CHECK(read.ids() == ids_to(40));
    CHECK(read.errors.empty());
  }
  std::string samples;
  std::vector<std::size_t> sizes;
  for (const std::string& record : records) {
    samples += record;
    sizes.push_back(record.size());
  }
  std::string dictionary(4096, '\0');
  dictionary.resize(ZDICT_trainFromBuffer(dictionary.data(), dictionary.size(), samples.data(), sizes.data(),
                                          static_cast<unsigned>(sizes.size())));
  REQUIRE(dictionary.size() > 8);
  std::string size(4, '\0');
  for (std::size_t i = 0; i < 4; ++i) size[i] = static_cast<char>(dictionary.size() >> (8 * i) & 0xff);
  std::string archive = "\x5d\x2a\x4d\x18" + size + dictionary;
  for (const std::string& record : records) archive += zstd_frame(record, dictionary);
  const Read read = read_bytes(archive, "a.warc.zst");
  CHECK(read.ids() == ids_to(40));
  CHECK(read.errors.empty());
}

TEST_CASE("payloads are unpacked as their headers say, and where these lie, as they are") {
  const std::string page = "<p>The council met.</p>";
  const std::string chunks = "d\r\n<p>The counci\r\nb\r\nl met.</p>\n\r\n0\r\n\r\n";
  const Read read = read_bytes(record_of(1, gzipped(page), "Content-Encoding: gzip\r\n") +
                                   record_of(2, deflated(page, 15), "Content-Encoding: deflate\r\n") +
                                   record_of(3, deflated(page, -15), "Content-Encoding: deflate\r\n") +
                                   record_of(4, brotli_page, "Content-Encoding: br\r\n") +
                                   record_of(5, gzipped(brotli_page), "Content-Encoding: br, gzip\r\n") +
                                   record_of(6, page, "Content-Encoding: gzip\r\n") +
                                   record_of(7, page, "Content-Encoding: br\r\n") +
                                   record_of(8, chunks, "Transfer-Encoding: chunked\r\n") +
                                   record_of(9, page, "Transfer-Encoding: chunked\r\n") +
                                   record_of(10, zstd_frame(page, ""), "Content-Encoding: zstd\r\n"),
                               "a.warc");
  CHECK(read.ids() == ids_to(10));
  for (const Item& item : read.items) CHECK(item.document.text.starts_with("<p>The council met."));
}

TEST_CASE("what unpacks to too much is named with its offset, and the next record is read") {
  IngestOptions options;
  options.item_limit = 1 << 20;
  const std::string much = "<p>" + std::string(std::size_t{40} << 20, 'a');
  const std::string first = gzipped(record_of(1, page_of(1)));
  const std::string bomb = gzipped(record_of(2, gzipped(much), "Content-Encoding: gzip\r\n"));
  const std::string giant = gzipped(record_of(3, much));
  // It says that it is short, and is not.
  std::string liar = record_of(4, much);
  liar.replace(liar.find("Content-Length: ") + 16, 8, "00000100");
  const std::string last = gzipped(record_of(5, page_of(5)));
  const Read read = read_bytes(first + bomb + giant + gzipped(liar) + last, "a.warc.gz", options);
  CHECK(read.ids() == std::vector<std::string>{"urn:1", "urn:5"});
  REQUIRE(read.errors.size() == 3);
  CHECK(read.errors[0].code == "E-IO-12");
  CHECK(read.errors[0].place == "a.warc.gz: byte " + std::to_string(first.size()));
  CHECK(read.errors[1].code == "E-ING-02");
  CHECK(read.errors[1].place == "a.warc.gz: byte " + std::to_string(first.size() + bomb.size()));
  CHECK(read.errors[2].code == "E-ING-32");
}

TEST_CASE("a break in a packed archive is named by the offset of its member, wherever it lies") {
  std::vector<std::string> members;
  std::vector<std::size_t> begins;
  std::string archive;
  for (int number = 1; number <= 30; ++number) {
    begins.push_back(archive.size());
    members.push_back(gzipped(record_of(number, page_of(number))));
    archive += members.back();
  }
  std::string broken = archive;
  for (std::size_t i = 0; i < 40; ++i) broken[begins[10] + 60 + i] = '\xff';
  const Read around = read_bytes(broken, "a.warc.gz");
  CHECK(around.items.size() >= 28);
  REQUIRE(!around.errors.empty());
  CHECK(around.errors[0].message().find(std::to_string(begins[10])) != std::string::npos);
  CHECK(around.ids().back() == "urn:30");
  const Read cut = read_bytes(archive.substr(0, archive.size() - 50), "a.warc.gz");
  CHECK(cut.ids() == ids_to(29));
  REQUIRE(cut.errors.size() == 1);
  CHECK(cut.errors[0].code == "E-IO-10");
  CHECK(cut.errors[0].fault.find("byte " + std::to_string(begins[29])) != std::string::npos);
}

TEST_CASE("reading goes on at a mark, whatever the form, with the same ids") {
  std::string warc;
  std::string packed;
  std::string lines;
  for (int number = 1; number <= 12; ++number) {
    const std::string record = record_of(number % 5, page_of(number));
    warc += record + (number == 6 ? "garbage\r\n\r\n" : "");
    packed += gzipped(record);
    lines += "{\"id\":\"a\",\"text\":\"Number " + std::to_string(number % 7) + ".\"}\n";
    if (number == 4) lines += "{broken\n";
  }
  const TemporaryFolder folder;
  const std::vector<std::string> files{folder.write("1.warc", warc),
                                       folder.write("2.warc.gz", packed),
                                       folder.write("3.warc.gz", gzipped(warc)),
                                       folder.write("4.jsonl", lines),
                                       "missing",
                                       folder.write("5.warc.zst", zstd_frame(warc, "")),
                                       folder.write("6.txt", "A last text.")};
  struct Step {
    std::string said;
    ReadingMark mark;
    std::vector<IdKeeper::Entry> added;
  };
  const auto said_of = [](const Result<Item>& item) {
    return item.ok() ? item.value().document.id + " " + item.value().document.text : item.error().message();
  };
  std::vector<Step> steps;
  InputReader whole(files, {});
  while (const auto item = whole.next())
    steps.push_back({said_of(*item), whole.mark(), whole.ids().take_added()});
  REQUIRE(steps.size() > 55);
  for (std::size_t stop = 0; stop < steps.size(); stop += 3) {
    InputReader rest(files, {});
    for (std::size_t i = 0; i <= stop; ++i) {
      for (const auto& entry : steps[i].added) rest.ids().add(entry);
    }
    rest.go_on(steps[stop].mark);
    std::size_t at = stop;
    while (const auto item = rest.next()) {
      REQUIRE(++at < steps.size());
      CHECK(said_of(*item) == steps[at].said);
    }
    CHECK(at + 1 == steps.size());
  }
}

TEST_CASE("a long feed is read an entry at a time, and one that is too long or open costs no other") {
  IngestOptions options;
  options.item_limit = 20'000;
  std::string feed = "<?xml version=\"1.0\"?><rss><channel><language>en-gb</language>";
  for (int number = 1; number <= 100; ++number) {
    const std::string text = number == 50 ? std::string(30'000, 'x') : page_of(number);
    feed += "<item>\n<guid>" + std::to_string(number) + "</guid><description><![CDATA[" + text +
            "]]></description></item>\n";
  }
  const Read read = read_bytes(feed + "<item/><item><title>open", "feed.xml", options);
  CHECK(read.items.size() == 99);
  CHECK(read.items[0].document.language == "en");
  REQUIRE(read.errors.size() == 3);
  CHECK(read.errors[0].code == "E-ING-02");
  CHECK(read.errors[1].code == "E-ING-11");
  CHECK(read.errors[2].code == "E-ING-15");
  const Read atom = read_bytes(
      "<atom:feed xmlns:atom=\"http://www.w3.org/2005/Atom\"><atom:entry><atom:title>T</atom:title><atom:id>7"
      "</atom:id><atom:summary>One.</atom:summary></atom:entry></atom:feed>",
      "atom.xml");
  CHECK(atom.ids() == std::vector<std::string>{"7"});
  CHECK(atom.items.at(0).document.title == "T");
}

TEST_CASE("a JSON feed on one line gives its items, with the feed's language and authors") {
  const Read read = read_bytes(
      R"({"version":"https://jsonfeed.org/version/1.1","language":"en-US","authors":[{"name":"Jo Roe"}],"items":[)"
      R"({"id":"1","content_html":"<p>One</p>","date_published":"2025-10-24"},)"
      R"({"id":"2","content_text":"Two","authors":[{"name":"Max Moe"}],"external_url":"https://river.example/2"},)"
      R"({"id":"3"}]})",
      "feed.json");
  CHECK(read.ids() == std::vector<std::string>{"1", "2"});
  CHECK(read.items[0].document.authors == std::vector<std::string>{"Jo Roe"});
  CHECK(read.items[0].document.language == "en");
  CHECK(read.items[1].document.authors == std::vector<std::string>{"Max Moe"});
  CHECK(read.items[1].document.origin.url == "https://river.example/2");
  CHECK(read.errors.at(0).code == "E-ING-11");
}

TEST_CASE("listed addresses are read from the folder that holds their pages") {
  const TemporaryFolder folder;
  const std::string hashed = "https://river.example/hashed?x=1";
  folder.write("pages/" + sha256_hex(hashed) + ".html", "<p>Hashed.</p>");
  folder.write("pages/river.example/news/index.html", "<p>Laid down.</p>");
  folder.write("pages/river.example/story", "<html><p>Without an ending.</p>");
  folder.write("secret.html", "<p>Not in the folder.</p>");
  IngestOptions options;
  options.pages = (folder.path / "pages").string();
  const std::string list = hashed + "\nhttps://river.example/news/\n\nhttps://river.example/story\n" +
                           hashed + "\nhttps://river.example/none\nhttps://river.example/x\t../secret.html\n";
  const Read read = read_bytes(list, "list.txt", options);
  CHECK(read.ids() ==
        std::vector<std::string>{hashed, "https://river.example/news/", "https://river.example/story"});
  CHECK(read.items.at(1).document.text == "<p>Laid down.</p>");
  CHECK(read.items[1].document.origin.site == "river.example");
  REQUIRE(read.errors.size() == 2);
  for (const Error& error : read.errors) CHECK(error.code == "E-ING-42");
  CHECK(read_bytes(list, "list.txt").errors.at(0).code == "E-ING-40");
  // A row of GDELT's events: 61 columns, the day in the 60th, the address in the last.
  std::string row = "913294060";
  for (int column = 2; column <= 59; ++column) row += "\t";
  row += "\t20200218103000\t" + hashed;
  const Read gdelt = read_bytes(row + "\n" + row + "\n", "20200218.export.CSV", options);
  CHECK(gdelt.ids() == std::vector<std::string>{hashed});
  CHECK(gdelt.items.at(0).document.published == "2020-02-18");
}
