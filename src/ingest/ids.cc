// Ids that are unique over a run.
#include <algorithm>

#include "ingest/ingest.h"

namespace polybius {
namespace {

std::uint64_t hash_of(std::string_view bytes) {  // FNV-1a: the same on every machine
  std::uint64_t out = 0xcbf29ce484222325u;
  for (const char c : bytes) out = (out ^ static_cast<unsigned char>(c)) * 0x100000001b3u;
  return out;
}

}  // namespace

void IdKeeper::settle(Document& document) {
  const std::uint64_t text = hash_of(document.text);
  auto& texts = texts_[hash_of(document.id)];
  const auto known = std::find(texts.begin(), texts.end(), text);
  std::size_t number = static_cast<std::size_t>(known - texts.begin()) + 1;
  if (known == texts.end()) texts.push_back(text);
  if (number == 1) return;
  const std::string given = document.id;
  // "a#2" may be the own id of another document.
  for (;; ++number) {
    document.id = given + "#" + std::to_string(number);
    auto& others = texts_[hash_of(document.id)];
    if (others.empty()) others.push_back(text);
    if (others.front() == text) break;
  }
  document.warnings.push_back(
      {"id_again", false, 0, 0,
       "the id \"" + given + "\" came before with another text; this one is \"" + document.id + "\""});
}

}  // namespace polybius
