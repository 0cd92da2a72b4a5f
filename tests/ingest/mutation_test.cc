// Whole inputs with bytes changed, cut, doubled and moved: reading ends, what is lost is named, nothing is
// out of place.
#include <doctest/doctest.h>

#include "article/article.h"
#include "ingest/ingest.h"
#include "text/text.h"

using namespace polybius;

namespace {

/// The same numbers on every machine.
class Dice {
 public:
  explicit Dice(std::uint32_t seed) : state_(seed * 2654435761u + 1) {}
  std::uint32_t below(std::size_t limit) {
    state_ = state_ * 1664525u + 1013904223u;
    return static_cast<std::uint32_t>((state_ >> 8) % std::max<std::size_t>(limit, 1));
  }

 private:
  std::uint32_t state_;
};

std::vector<std::string> samples() {
  const std::string response =
      "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<html><body><h1>Bridge</h1><p>The council agreed on "
      "Friday to build "
      "a bridge &amp; a mill.</p></body></html>";
  return {
      "The council met.\n\nREAD MORE:\nAnother bridge\n“We agreed,” she said.\nShare this article\n",
      "{\"id\":\"a\",\"text\":\"One \\u00e9 "
      "\\\"quoted\\\".\",\"published\":\"2025-10-24\"}\n{\"id\":\"b\",\"text\":\"Two.\",\"x\":{\"y\":[1,2]}}"
      "\n",
      "[{\"text\":\"One.\"},\n{\"text\":\"Two.\"}]",
      "id,text,desk\n1,\"One, \"\"two\"\"\nlines.\",a\n2,Two,b\n3,\"Three\",c\n",
      "<rss><channel><item><title>T</title><pubDate>Fri, 24 Oct 2025 08:00:00 "
      "GMT</pubDate><description><![CDATA[<p>One</p>]]>"
      "</description></item><item><title>U</title><description>Two "
      "&lt;b&gt;</description></item></channel></rss>",
      "<!doctype html><html><head><title>Bridge | Post</title><script "
      "type=\"application/ld+json\">{\"@type\":\"NewsArticle\","
      "\"datePublished\":\"2025-10-24\"}</script></head><body><div class='a'><p>The council agreed on Friday "
      "to build a bridge."
      "<table><tr><td>x</table><ul><li>a<li>b</ul></div><!-- c --></body></html>",
      "WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:1>\r\nContent-Length: " +
          std::to_string(response.size()) + "\r\n\r\n" + response +
          "\r\n\r\nWARC/1.0\r\nWARC-Type: warcinfo\r\nContent-Length: 0\r\n\r\n\r\n\r\n",
  };
}

std::string mutated(std::string bytes, Dice& dice) {
  for (std::uint32_t count = 1 + dice.below(4); count > 0 && !bytes.empty(); --count) {
    const std::size_t at = dice.below(bytes.size());
    switch (dice.below(6)) {
      case 0:
        bytes[at] = static_cast<char>(dice.below(256));
        break;
      case 1:
        bytes.erase(at, 1 + dice.below(8));
        break;
      case 2:
        bytes.insert(at, bytes.substr(dice.below(bytes.size()), dice.below(40)));
        break;
      case 3:
        bytes.resize(at);
        break;
      case 4:
        bytes.insert(at, 1, "\"<>{}[],\\\n\r&;\0\xff"[dice.below(15)]);
        break;
      default:
        std::swap(bytes[at], bytes[dice.below(bytes.size())]);
        break;
    }
  }
  return bytes;
}

/// Reads and cleans everything; the count of items and faults.
std::size_t read_all(const std::string& bytes, const Cleaner& cleaner) {
  IngestOptions options;
  options.item_limit = 1 << 20;
  auto reader = DocumentReader::of(bytes, "x", options);
  std::size_t count = 0;
  while (const auto item = reader.next()) {
    REQUIRE(++count < 10'000);
    if (!item->ok()) {
      REQUIRE(!item->error().code.empty());
      REQUIRE(!item->error().place.empty());
      continue;
    }
    REQUIRE(valid_utf8(item->value().document.text));
    const Article article = cleaner.clean(item->value().document);
    const std::uint32_t length = Text(article.text).size();
    for (const auto& removed : article.removed) REQUIRE(removed.at <= length);
  }
  return count;
}

}  // namespace

TEST_CASE("changed inputs are read to their end, and none is silent") {
  const Cleaner cleaner(Lexicon::builtin());
  const auto inputs = samples();
  for (std::uint32_t seed = 0; seed < 4000; ++seed) {
    CAPTURE(seed);
    Dice dice(seed);
    const std::string bytes = mutated(inputs[seed % inputs.size()], dice);
    const std::size_t count = read_all(bytes, cleaner);
    // A WARC whose only page became another kind of record has nothing to say; all else must.
    if (!bytes.starts_with("WARC/") && bytes.find("[") != 0) CHECK_MESSAGE(count > 0, bytes);
  }
}

TEST_CASE("inputs cut off at any byte give what is whole and name what is not") {
  const Cleaner cleaner(Lexicon::builtin());
  for (const std::string& input : samples()) {
    for (std::size_t size = 0; size < input.size(); size += 3) read_all(input.substr(0, size), cleaner);
  }
}
