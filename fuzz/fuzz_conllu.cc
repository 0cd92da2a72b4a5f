// Any bytes read as CoNLL-U give an error or an analysis whose writing reads the same.
#include <cstdlib>

#include "language/language.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace polybius;
  static const Lexicon lexicon = Lexicon::builtin();
  const auto first = read_conllu({reinterpret_cast<const char*>(data), size}, lexicon);
  if (!first.ok()) return 0;
  for (std::uint32_t i = 0; i < first.value().tokens.size(); ++i) first.value().subtree(i);
  const std::string written = write_conllu(first.value());
  const auto second = read_conllu(written, lexicon);
  if (!second.ok() || write_conllu(second.value()) != written) std::abort();
  return 0;
}
