// What the commands share: options, exit statuses, how faults and progress are shown.
#pragma once

#include <CLI/CLI.hpp>
#include <chrono>
#include <functional>
#include <string>
#include <vector>

#include "coder/coder.h"
#include "ingest/ingest.h"
#include "io/io.h"

namespace polybius {

/// Exit statuses of the contract.
enum Exit : int { kDone = 0, kSkipped = 1, kUsage = 2, kFailed = 3 };

/// The options that commands which read news have in common.
struct NewsOptions {
  std::vector<std::string> inputs;
  std::string output;
  std::string model;
  std::vector<std::string> lexicons;
  IngestOptions ingest;
  unsigned jobs = 0;    ///< 0: as many as the machine has
  bool resume = false;  ///< go on where the last run with the same output was stopped
};

/// Adds INPUT..., -o, --model, --lexicon, --published, --text-field, --pages, --jobs and what is said of
/// addresses.
void add_news_options(CLI::App& command, NewsOptions& options);
/// The same without -o.
void add_reading_options(CLI::App& command, NewsOptions& options);
void add_output_option(CLI::App& command, std::string& output);
/// Adds --db, which must be given.
void add_store_option(CLI::App& command, std::string& url);

/// Adds --resume.
void add_resume_option(CLI::App& command, NewsOptions& options);

/// Adds how addresses are fetched: --allow-private, --fetch-seconds, --fetch-limit, --pause, --user-agent,
/// --certificates.
void add_fetch_options(CLI::App& command, FetchOptions& options);
/// Waits so that a host is asked once in so many seconds, or until `stop` says so.
std::function<void(const std::string&)> polite_pause(double seconds, std::function<bool()> stop);

/// Names a fault on standard error.
void show_fault(const Error& fault);
/// A failure that ends the command with exit status 3.
int fail_with(const Error& fault);

/// The model that `--model` names, or the one beside the program or in the source tree.
std::string model_path(const std::string& given);
/// The model of pairs beside a model.
std::string pairs_path(const std::string& model);
/// Opens the coder that the options ask for.
Result<Coder> open_coder(const NewsOptions& options);

/// Why a record that came ready is not sound (E-STO-30); nothing if it is, or if its text was left out.
std::optional<Error> fault_of_record(const Record& record);

/// What to do with one item: a job that may run on any thread.
using ItemJob = std::function<Outcome(Coder::Worker&, Item)>;
/// Reads all inputs, does `job` on each item on `--jobs` threads and writes what comes out, in order.
/// Returns the exit status; faults are shown as they come.
int run_over_inputs(const NewsOptions& options, const Coder& coder, const ItemJob& job);
/// The same, with the writing left to the caller.
int run_over_inputs(const NewsOptions& options, const Coder& coder, const ItemJob& job,
                    const std::function<void(Outcome&&)>& take);

/// A line on a terminal that tells how far the work is, from the third second on.
class Progress {
 public:
  explicit Progress(std::string what);
  ~Progress();
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;
  void step();
  /// Takes the line away before something else is printed.
  void clear();

 private:
  std::string what_;
  std::chrono::steady_clock::time_point start_;
  std::chrono::steady_clock::time_point shown_;
  std::size_t count_ = 0;
  bool terminal_ = false;
  bool visible_ = false;
};

/// A command: adds itself to the program; what runs it is set as its callback and returns the exit status.
using AddCommand = void (*)(CLI::App& program, int& status);
void add_brief_command(CLI::App& program, int& status);
void add_code_command(CLI::App& program, int& status);
void add_extract_command(CLI::App& program, int& status);
void add_parse_command(CLI::App& program, int& status);
void add_times_command(CLI::App& program, int& status);
void add_relate_command(CLI::App& program, int& status);
void add_plans_command(CLI::App& program, int& status);
void add_lexicon_command(CLI::App& program, int& status);
void add_load_command(CLI::App& program, int& status);
void add_query_command(CLI::App& program, int& status);
void add_export_command(CLI::App& program, int& status);
void add_serve_command(CLI::App& program, int& status);
void add_delete_command(CLI::App& program, int& status);
void add_correct_command(CLI::App& program, int& status);
void add_dedupe_command(CLI::App& program, int& status);
void add_watch_command(CLI::App& program, int& status);
void add_completion_command(CLI::App& program, int& status);

}  // namespace polybius
