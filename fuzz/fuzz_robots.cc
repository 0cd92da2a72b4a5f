// Any bytes as a robots.txt, a path and an address: rules are read, and asking them ends soon.
#include <cstdint>
#include <cstdlib>
#include <string>

#include "io/io.h"
#include "io/robots.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string bytes(reinterpret_cast<const char*>(data), size);
  const std::size_t cut = bytes.find('\n');
  const std::string path = "/" + bytes.substr(0, cut);
  const std::string rules_text = cut == std::string::npos ? "" : bytes.substr(cut + 1);
  for (const std::string& text : {rules_text, "User-agent: *\n" + rules_text}) {
    const auto rules = polybius::RobotsRules::parse(text, "polybius");
    if (rules.allows(path) != rules.allows(path)) std::abort();
  }
  const std::string resolved = polybius::resolved_address("https://example.org/a/b", bytes);
  if (polybius::is_address(bytes) && resolved.empty()) std::abort();
  return 0;
}
