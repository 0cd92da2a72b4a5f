// What is stored, in the formats of others: PLOVER, CAMEO lines, GDELT, ICEWS, POLECAT, CSV, JSON Lines,
// Parquet.
//
//   auto exporter = open_exporter("gdelt", Lexicon::builtin(), {}, [&](std::string_view bytes) {
//   output.write(bytes); }); for (...) exporter.value()->add(record, events);   // indices into record.events
//   const ExportCount count = exporter.value()->end();
//
// Records come in the order in which they are to be written; the same records give the same bytes. What each
// format cannot hold stands in docs/exports.md.
#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "lexicon/lexicon.h"
#include "polybius/error.h"
#include "polybius/record.h"

namespace polybius {

struct ExportOptions {
  bool no_text = false;            ///< leave texts out where the format has a place for them
  bool cameo_actor_texts = false;  ///< CAMEO lines: two more columns
  bool cameo_event_text = false;   ///< one more
  bool cameo_actor_roots = false;  ///< two more
};

/// What was written and what the format has no place for.
struct ExportCount {
  std::size_t lines = 0;
  std::size_t undated = 0;   ///< events left out: no date, and the format wants one
  std::size_t unplaced = 0;  ///< events left out: their status or their parties have no place in the format
  std::size_t folded =
      0;  ///< events left out: the act of promising, threatening or calling off is there itself
};

class Exporter {
 public:
  using Write = std::function<void(std::string_view bytes)>;

  Exporter() = default;
  Exporter(const Exporter&) = delete;
  Exporter& operator=(const Exporter&) = delete;
  virtual ~Exporter() = default;
  /// Writes the events of a record whose indices are given, in their order.
  virtual void add(const Record& record, std::span<const std::size_t> events) = 0;
  virtual ExportCount end() = 0;
};

/// The names of the formats: "plover", "cameo", "gdelt", "icews", "polecat", "csv", "jsonl", "parquet".
std::span<const std::string_view> export_formats();

/// Errors: E-EXP-01 (unknown format). "parquet" gives rows that `parquet_script` makes a file of: one line of
/// JSON each.
Result<std::unique_ptr<Exporter>> open_exporter(std::string_view format, const Lexicon& lexicon,
                                                const ExportOptions& options, Exporter::Write write);

/// A program for Python with pyarrow: reads the lines of "parquet" from standard input and writes the file
/// that its argument names.
std::string_view parquet_script();

}  // namespace polybius
