// Any bytes as an index of reprints: it is refused with a name, or what it holds can be written again.
#include <cstdint>
#include <cstdlib>
#include <cstring>

#include "dedupe/dedupe.h"
#include "dedupe/index_file.h"

namespace {

void read_as_index(std::string_view bytes) {
  polybius::RandomBytes file;
  file.size = bytes.size();
  file.read = [&](std::uint64_t at, char* into, std::size_t count) {
    if (at > bytes.size() || count > bytes.size() - at) return false;
    if (count > 0) std::memcpy(into, bytes.data() + at, count);
    return true;
  };
  std::uint64_t end = 0;
  const auto content = polybius::read_index(file, "fuzz", end);
  if (!content) {
    if (content.error().code.empty() || content.error().fault.empty()) std::abort();
    return;
  }
  if (end > bytes.size()) std::abort();
  for (const auto& document : content.value().documents) {
    if (document.words_at + std::uint64_t{document.words} * 2 > bytes.size()) std::abort();
    if (content.value().id_of(document).size() != document.id_size) std::abort();
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string bytes(reinterpret_cast<const char*>(data), size);
  read_as_index(bytes);
  // The same bytes as meta of a block whose checksums are right: so the fuzzer gets behind them.
  polybius::IndexContent content;
  for (std::size_t i = 0; i + 8 <= size && i < 64; i += 8) {
    polybius::IndexedDocument document;
    document.id_at = content.ids.size();
    document.id_size = data[i] % 8U;
    content.ids += bytes.substr(i, document.id_size);
    content.ids.resize(document.id_at + document.id_size);
    content.documents.push_back(document);
  }
  std::string made = polybius::index_header() +
                     polybius::document_block(content, 0, content.documents.size(), 0) +
                     polybius::end_block(content.documents.size());
  read_as_index(made);
  if (size > 4) made[(data[0] | data[1] << 8) % made.size()] ^= static_cast<char>(data[2]);
  read_as_index(made);
  polybius::fingerprint_of(bytes);
  return 0;
}
