// `polybius export`: what is stored, in the formats of others.
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <memory>

#include "cli/filter_options.h"
#include "export/export.h"

namespace polybius {
namespace {

namespace fs = std::filesystem;

constexpr int no_pyarrow = 88;  // exit status of the script

struct ExportCommandOptions {
  std::string db, format, output;
  std::vector<std::string> lexicons;
  Filter filter;
  ExportOptions options;
  bool uncorrected = false;
};

/// The Python to make Parquet files with: the one named, that of the set-up beside the program, the system's.
std::string python_path() {
  const char* named = std::getenv("POLYBIUS_PYTHON");
  if (named != nullptr && *named != '\0') return named;
  std::error_code fault;
  const fs::path program = fs::read_symlink("/proc/self/exe", fault);
  const fs::path beside = program.parent_path() / "venv" / "bin" / "python3";
  return !fault && fs::exists(beside, fault) ? beside.string() : "python3";
}

/// A child that makes a Parquet file of the lines it is given.
class ParquetWriter {
 public:
  explicit ParquetWriter(const std::string& path) {
    int ends[2];
    if (pipe(ends) != 0) throw std::system_error(errno, std::generic_category(), "cannot start Python");
    const std::string python = python_path();
    const std::string script(parquet_script());
    child_ = fork();
    if (child_ == 0) {
      dup2(ends[0], STDIN_FILENO);
      close(ends[0]);
      close(ends[1]);
      execlp(python.c_str(), python.c_str(), "-c", script.c_str(), path.c_str(), static_cast<char*>(nullptr));
      _exit(no_pyarrow);
    }
    close(ends[0]);
    to_child_ = ends[1];
    std::signal(SIGPIPE, SIG_IGN);
  }
  ~ParquetWriter() {
    if (to_child_ >= 0) close(to_child_);
    if (child_ > 0) waitpid(child_, nullptr, 0);
  }
  ParquetWriter(const ParquetWriter&) = delete;
  ParquetWriter& operator=(const ParquetWriter&) = delete;

  void write(std::string_view bytes) {
    while (!bytes.empty() && !broken_) {
      const ssize_t done = ::write(to_child_, bytes.data(), bytes.size());
      if (done < 0 && errno == EINTR) continue;
      if (done < 0) {
        broken_ = true;
        return;
      }
      bytes.remove_prefix(static_cast<std::size_t>(done));
    }
  }
  std::optional<Error> end() {
    close(to_child_);
    to_child_ = -1;
    int status = 0;
    waitpid(child_, &status, 0);
    child_ = -1;
    if (WIFEXITED(status) && WEXITSTATUS(status) == 0 && !broken_) return std::nullopt;
    if (WIFEXITED(status) && WEXITSTATUS(status) == no_pyarrow) {
      return Error{
          "E-EXP-02", "", "Parquet needs Python with pyarrow, and there is none",
          "run tools/setup.sh parquet, or pip install pyarrow and set POLYBIUS_PYTHON to that python3"};
    }
    return Error{"E-EXP-03", "", "the Parquet file could not be written", "see the message above"};
  }

 private:
  pid_t child_ = -1;
  int to_child_ = -1;
  bool broken_ = false;
};

/// The way of the bytes: to a file, to standard output, or through Python.
class ExportOutput {
 public:
  explicit ExportOutput(const ExportCommandOptions& options) : path_(options.output) {
    if (options.format == "parquet") {
      temporary_ = path_ + ".part";
      parquet_ = std::make_unique<ParquetWriter>(temporary_);
    } else {
      output_ = std::make_unique<Output>(path_);
    }
  }
  ~ExportOutput() {
    if (!temporary_.empty()) ::unlink(temporary_.c_str());
  }
  ExportOutput(const ExportOutput&) = delete;
  ExportOutput& operator=(const ExportOutput&) = delete;

  void write(std::string_view bytes) {
    if (parquet_) {
      parquet_->write(bytes);
    } else {
      output_->write(bytes);
    }
  }
  std::optional<Error> commit() {
    if (output_) {
      output_->commit();
      return std::nullopt;
    }
    auto fault = parquet_->end();
    if (!fault) fs::rename(temporary_, path_);
    return fault;
  }

 private:
  std::string path_, temporary_;
  std::unique_ptr<Output> output_;
  std::unique_ptr<ParquetWriter> parquet_;
};

void report(const ExportCount& count) {
  const auto say = [](std::size_t number, const char* what) {
    if (number > 0) std::fprintf(stderr, "polybius: %zu events left out: %s\n", number, what);
  };
  say(count.undated, "they have no date");
  say(count.unplaced, "the format has no place for their status or parties");
  say(count.folded, "the act that tells of them is there itself");
}

/// Whether only documents with matching events are asked for, not all documents of some days or words.
bool restricts_events(const Filter& filter) {
  for (const std::string* text : {&filter.actor, &filter.recipient, &filter.entity, &filter.speaker,
                                  &filter.place, &filter.from, &filter.to})
    if (!text->empty()) return true;
  return !filter.types.empty() || !filter.modes.empty() || !filter.statuses.empty() ||
         !filter.quads.empty() || filter.confidence > 0;
}

int run_export(const ExportCommandOptions& options) {
  if (options.format == "parquet" && (options.output.empty() || options.output == "-")) {
    show_fault({"E-EXP-04", "", "a Parquet file cannot go to standard output", "name it with -o FILE"});
    return kUsage;
  }
  auto store = open_store(options.db, StoreMode::read);
  if (!store) return fail_with(store.error());
  Lexicon lexicon = Lexicon::builtin();
  if (!options.lexicons.empty()) {
    const std::vector<fs::path> paths(options.lexicons.begin(), options.lexicons.end());
    auto extended = lexicon.with(paths);
    if (!extended) return fail_with(extended.error());
    lexicon = std::move(extended).value();
  }
  const auto catalogue = Catalogue::read(store.value());
  ExportOutput output(options);
  auto exporter = open_exporter(options.format, lexicon, options.options,
                                [&](std::string_view bytes) { output.write(bytes); });
  if (!exporter) return fail_with(exporter.error());
  Filter filter = options.filter;
  filter.wrong = options.uncorrected;
  const bool only_with_events = options.format != "jsonl" || restricts_events(filter);
  const auto done = each_matching_record(store.value(), *catalogue, filter,
                                         [&](Record&& record, std::span<const std::size_t> events) {
                                           if (!events.empty() || !only_with_events)
                                             exporter.value()->add(record, events);
                                           return true;
                                         });
  if (!done) {
    show_fault(done.error());
    return kUsage;
  }
  report(exporter.value()->end());
  const auto fault = output.commit();
  return fault ? fail_with(*fault) : kDone;
}

}  // namespace

void add_export_command(CLI::App& program, int& status) {
  auto* command = program.add_subcommand("export", "write what is stored in the formats of others");
  command->footer(
      "docs/exports.md says what each format cannot hold. Corrections show; --uncorrected leaves them "
      "aside.\n\n"
      "Examples:\n"
      "  polybius export --db news.db --format gdelt -o 20251024000000.export.CSV\n"
      "  polybius export --db news.db --format plover --actor RUS --from 2025 | jq .event\n"
      "  polybius export --db news.db --format parquet -o events.parquet");
  const auto options = std::make_shared<ExportCommandOptions>();
  add_store_option(*command, options->db);
  std::vector<std::string> formats(export_formats().begin(), export_formats().end());
  command
      ->add_option("--format", options->format, "plover, cameo, gdelt, icews, polecat, csv, jsonl or parquet")
      ->required()
      ->check(CLI::IsMember(formats));
  add_output_option(*command, options->output);
  add_filter_options(*command, options->filter);
  command->add_flag("--no-text", options->options.no_text, "leave texts out");
  command->add_flag("--uncorrected", options->uncorrected, "as the machine coded it, without corrections");
  command->add_flag("--actor-text", options->options.cameo_actor_texts,
                    "cameo: two more columns, the actors' names");
  command->add_flag("--event-text", options->options.cameo_event_text, "cameo: one more, the event's words");
  command->add_flag("--actor-root", options->options.cameo_actor_roots,
                    "cameo: two more, the first parts of the codes");
  command
      ->add_option("--lexicon", options->lexicons, "tables of your own (a file or folder; may be repeated)")
      ->type_name("PATH")
      ->allow_extra_args(false);
  command->callback([options, &status] { status = run_export(*options); });
}

}  // namespace polybius
