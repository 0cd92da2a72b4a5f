// Any bytes, repaired to text, are cut into words that lie inside it and in order.
#include <cstdlib>

#include "language/language.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace polybius;
  static const Lexicon lexicon = Lexicon::builtin();
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const Analysis analysis = segment(Text(repair_utf8(bytes)), lexicon);
  std::uint32_t last = 0;
  for (const Token& token : analysis.tokens) {
    if (token.span.begin < last || token.span.end <= token.span.begin) std::abort();
    last = token.span.end;
  }
  if (last > analysis.text.size()) std::abort();
  for (const Sentence& sentence : analysis.sentences) {
    if (sentence.first >= sentence.last || sentence.span.end > analysis.text.size()) std::abort();
  }
  const auto again = read_conllu(write_conllu(analysis), lexicon);
  if (!again.ok() || again.value().tokens.size() != analysis.tokens.size()) std::abort();
  return 0;
}
