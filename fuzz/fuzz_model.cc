// Feeds bytes to the reader of model files; a file that it accepts reads a sentence, whatever its weights.
#include <cstddef>
#include <span>
#include <vector>

#include "encoder/encoder.h"

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  const auto opened = polybius::Encoder::open_bytes({reinterpret_cast<const std::byte*>(data), size}, "fuzz");
  if (!opened) return 0;
  const std::vector<polybius::Encoder::Words> sentences = {{"The", "minister", "met", "24", "visitors", "."}};
  polybius::EncoderWorkspace workspace;
  std::vector<polybius::SentenceReading> readings;
  opened.value().read(sentences, workspace, readings);
  return 0;
}
