// Feeds bytes to the reader of records: whatever it accepts is written and read again without change.
#include <cstdlib>
#include <string_view>

#include "polybius/record.h"

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  const auto record = polybius::from_json({reinterpret_cast<const char*>(data), size});
  if (!record) return 0;
  polybius::faults_of(record.value());
  const std::string written = polybius::to_json(record.value());
  const auto again = polybius::from_json(written);
  if (!again || polybius::to_json(again.value()) != written) std::abort();
  return 0;
}
