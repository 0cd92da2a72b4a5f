// The table of formats.
#include <algorithm>
#include <array>

#include "export/formats.h"

namespace polybius {
namespace {

struct Format {
  std::string_view name;
  std::unique_ptr<Exporter> (*make)(const Lexicon&, const ExportOptions&, Exporter::Write);
};
constexpr std::array formats{Format{"plover", make_plover},   Format{"cameo", make_cameo},
                             Format{"gdelt", make_gdelt},     Format{"icews", make_icews},
                             Format{"polecat", make_polecat}, Format{"csv", make_csv},
                             Format{"jsonl", make_jsonl},     Format{"parquet", make_parquet_rows}};
constexpr std::array<std::string_view, formats.size()> names{"plover",  "cameo", "gdelt", "icews",
                                                             "polecat", "csv",   "jsonl", "parquet"};

}  // namespace

std::span<const std::string_view> export_formats() {
  return names;
}

Result<std::unique_ptr<Exporter>> open_exporter(std::string_view format, const Lexicon& lexicon,
                                                const ExportOptions& options, Exporter::Write write) {
  const auto found =
      std::find_if(formats.begin(), formats.end(), [&](const Format& known) { return known.name == format; });
  if (found == formats.end()) {
    return Error{"E-EXP-01", "", "unknown format \"" + std::string(format) + "\"",
                 "use plover, cameo, gdelt, icews, polecat, csv, jsonl or parquet"};
  }
  return found->make(lexicon, options, std::move(write));
}

}  // namespace polybius
