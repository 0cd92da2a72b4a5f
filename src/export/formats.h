// One maker of each format; for the files of the room.
#pragma once

#include "export/folding.h"

namespace polybius {

/// What all exporters have.
class ExporterBase : public Exporter {
 public:
  ExporterBase(const Lexicon& lexicon, const ExportOptions& options, Write write)
      : ontology_(lexicon), options_(options), write_(std::move(write)) {}
  ExportCount end() override {
    return count_;
  }

 protected:
  void line(const std::string& text) {
    write_(text + "\n");
    ++count_.lines;
  }
  /// Cells with a TAB between; TABs and line ends within become blanks.
  void cells(const std::vector<std::string>& values) {
    std::string text;
    for (std::size_t i = 0; i < values.size(); ++i) text += (i > 0 ? "\t" : "") + tab_cell(values[i]);
    line(text);
  }

  ExportOntology ontology_;
  ExportOptions options_;
  Write write_;
  ExportCount count_;
};

/// Exporters whose first line names the columns, even if no row follows.
class TableExporter : public ExporterBase {
 public:
  using ExporterBase::ExporterBase;
  ExportCount end() override {
    heading();
    return count_;
  }

 protected:
  void heading() {
    if (begun_) return;
    begun_ = true;
    write_heading();
    count_.lines = 0;
  }

 private:
  virtual void write_heading() = 0;
  bool begun_ = false;
};

template <typename Format>
std::unique_ptr<Exporter> make_exporter(const Lexicon& lexicon, const ExportOptions& options,
                                        Exporter::Write write) {
  return std::make_unique<Format>(lexicon, options, std::move(write));
}

std::unique_ptr<Exporter> make_plover(const Lexicon& lexicon, const ExportOptions& options,
                                      Exporter::Write write);
std::unique_ptr<Exporter> make_cameo(const Lexicon& lexicon, const ExportOptions& options,
                                     Exporter::Write write);
std::unique_ptr<Exporter> make_gdelt(const Lexicon& lexicon, const ExportOptions& options,
                                     Exporter::Write write);
std::unique_ptr<Exporter> make_icews(const Lexicon& lexicon, const ExportOptions& options,
                                     Exporter::Write write);
std::unique_ptr<Exporter> make_polecat(const Lexicon& lexicon, const ExportOptions& options,
                                       Exporter::Write write);
std::unique_ptr<Exporter> make_csv(const Lexicon& lexicon, const ExportOptions& options,
                                   Exporter::Write write);
std::unique_ptr<Exporter> make_parquet_rows(const Lexicon& lexicon, const ExportOptions& options,
                                            Exporter::Write write);
std::unique_ptr<Exporter> make_jsonl(const Lexicon& lexicon, const ExportOptions& options,
                                     Exporter::Write write);

/// Formats whose rows have one source, one target and a CAMEO code: calls `take` with each row of an event;
/// counts what is left out.
template <typename Take>
void each_cameo_row(const ExportOntology& ontology, const Record& record, const Event& event,
                    ExportCount& count, Take take) {
  const auto code = ontology.cameo_of(event);
  if (!code) {
    ++count.unplaced;
    return;
  }
  if (told_by_another(record, event)) {
    ++count.folded;
    return;
  }
  const auto days = days_of_event(record, event);
  if (!days) {
    ++count.undated;
    return;
  }
  const EntityIndex entities(record);
  const auto pairs = pairs_of(entities, event, *code);
  if (pairs.empty()) ++count.unplaced;
  for (std::size_t i = 0; i < pairs.size(); ++i) take(pairs[i], days->first, i);
}

}  // namespace polybius
