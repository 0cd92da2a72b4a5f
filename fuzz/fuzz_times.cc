// Any text gives times that lie inside it, in order, each with a value; dated or not.
#include <cstdlib>

#include "times/times.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace polybius;
  static const Lexicon lexicon = Lexicon::builtin();
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const Analysis analysis = segment(Text(repair_utf8(bytes)), lexicon);
  for (const auto published : {std::optional<Date>{}, std::optional<Date>{Date{2024, 2, 29}},
                               std::optional<Date>{Date{1000, 1, 1}}}) {
    std::vector<Time> times = find_times(analysis, lexicon);
    resolve_times(times, analysis, {}, published);
    std::uint32_t last = 0;
    for (const Time& time : times) {
      if (time.span.begin < last || time.span.end <= time.span.begin || time.value.empty() ||
          time.value[0] == '@')
        std::abort();
      last = time.span.end;
    }
    if (last > analysis.text.size()) std::abort();
  }
  return 0;
}
