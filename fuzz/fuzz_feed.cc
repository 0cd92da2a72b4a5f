// Any bytes inside a feed: RSS, Atom and JSON Feed end, and give entries with valid text.
#include <cstdint>
#include <cstdlib>
#include <string>

#include "ingest/ingest.h"
#include "text/text.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  static const std::string heads[] = {"<?xml version='1.0'?><rss version='2.0'><channel><item><title>",
                                      "<rss><channel><item>",
                                      "<feed xmlns='http://www.w3.org/2005/Atom'><entry>", "<rdf:RDF><item>",
                                      R"({"version":"https://jsonfeed.org/version/1.1","items":[{"id":"1",)"};
  const std::string bytes =
      heads[data[0] % std::size(heads)] + std::string(reinterpret_cast<const char*>(data) + 1, size - 1);
  polybius::IngestOptions options;
  options.item_limit = 100'000;
  auto reader = polybius::DocumentReader::of(bytes, "feed", options);
  for (std::size_t given = 0; const auto item = reader.next(); ++given) {
    if (given > bytes.size()) std::abort();
    if (item->ok() && !polybius::valid_utf8(item->value().document.text)) std::abort();
    if (item->ok() && !polybius::valid_utf8(item->value().document.title)) std::abort();
    if (!item->ok() && (item->error().code.empty() || item->error().fault.empty())) std::abort();
  }
  return 0;
}
