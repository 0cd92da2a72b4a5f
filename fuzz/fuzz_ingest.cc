// Any bytes into the reader of inputs: it must end, give valid UTF-8, and name what it leaves out.
#include <cstdint>
#include <cstdlib>

#include "ingest/ingest.h"
#include "text/text.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  polybius::IngestOptions options;
  options.item_limit = 100'000;
  options.only_text = (data[0] & 1) != 0;
  static constexpr const char* names[] = {"x", "x.csv", "x.jsonl", "x.warc.gz"};
  const std::string bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
  auto reader = polybius::DocumentReader::of(bytes, names[data[0] / 2 % 4], options);
  std::size_t given = 0;
  while (const auto item = reader.next()) {
    ++given;
    if (item->ok() && !polybius::valid_utf8(item->value().document.text)) std::abort();
    if (!item->ok() && (item->error().code.empty() || item->error().fault.empty())) std::abort();
    if (given > size + 1) std::abort();
  }
  return 0;
}
