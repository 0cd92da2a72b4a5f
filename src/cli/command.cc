// The frame of every command that reads news: inputs in, outcomes out in order, faults named, an exit status.
#include "cli/command.h"

#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <map>
#include <memory>
#include <thread>

#include "cli/resume.h"

#ifndef POLYBIUS_MODEL_INSTALLED
#define POLYBIUS_MODEL_INSTALLED ""
#endif
#ifndef POLYBIUS_MODEL_SOURCE
#define POLYBIUS_MODEL_SOURCE ""
#endif

namespace polybius {
namespace {

namespace fs = std::filesystem;

std::string folder_of_program() {
  std::error_code fault;
  const fs::path program = fs::read_symlink("/proc/self/exe", fault);
  return fault ? std::string{} : program.parent_path().string();
}

}  // namespace

void add_news_options(CLI::App& command, NewsOptions& options) {
  add_reading_options(command, options);
  add_output_option(command, options.output);
}

void add_output_option(CLI::App& command, std::string& output) {
  command.add_option("-o,--output", output, "write to FILE, whole or not at all")->type_name("FILE");
}

void add_store_option(CLI::App& command, std::string& url) {
  command.add_option("--db", url, "the store: a file, sqlite:FILE or postgresql://...")
      ->type_name("URL")
      ->required();
}

void add_reading_options(CLI::App& command, NewsOptions& options) {
  command.add_option("INPUT", options.inputs, "files, folders, addresses, or - for standard input")
      ->type_name("");
  command
      .add_option("--lexicon", options.lexicons, "add tables of your own (a file or folder; may be repeated)")
      ->type_name("PATH")
      ->allow_extra_args(false);
  command.add_option("--published", options.ingest.published, "date of inputs that carry none (2025-10-24)")
      ->type_name("DATE");
  command.add_option("--text-field", options.ingest.text_field, "column that holds the text (default: text)")
      ->type_name("NAME");
  command.add_option("--pages", options.ingest.pages, "folder that holds the pages of listed addresses")
      ->type_name("FOLDER");
  command.add_option("--jobs", options.jobs, "threads (default: all)")
      ->type_name("N")
      ->check(CLI::Range(1, 1024));
  command.add_option("--model", options.model, "weights to use")->type_name("FILE");
  add_fetch_options(command, options.ingest.fetch);
}

void add_fetch_options(CLI::App& command, FetchOptions& options) {
  constexpr const char* group = "Addresses (http: and https: inputs)";
  options.user_agent = "polybius/" POLYBIUS_VERSION " (codes news into event records; heeds robots.txt)";
  const auto stop = [&options] { return options.stop && options.stop(); };
  options.before = polite_pause(1, stop);
  command
      .add_flag("--allow-private", options.private_networks, "fetch from loopback and private networks too")
      ->group(group);
  command.add_option("--fetch-seconds", options.seconds, "for one address with its redirects (default: 60)")
      ->type_name("N")
      ->check(CLI::Range(1, 86'400))
      ->group(group);
  command
      .add_option_function<std::size_t>(
          "--fetch-limit", [&options](std::size_t mib) { options.size_limit = mib << 20; },
          "longest answer in MiB, unpacked (default: 64)")
      ->type_name("MIB")
      ->check(CLI::Range(1, 16'384))
      ->group(group);
  command
      .add_option_function<double>(
          "--pause", [&options, stop](double seconds) { options.before = polite_pause(seconds, stop); },
          "seconds between two requests to a host (default: 1)")
      ->type_name("SECONDS")
      ->check(CLI::Range(0.0, 86'400.0))
      ->group(group);
  command
      .add_option("--user-agent", options.user_agent,
                  "what servers are told; first word: the name in robots.txt")
      ->type_name("TEXT")
      ->group(group);
  command.add_option("--certificates", options.certificates, "roots to trust instead of the system's (PEM)")
      ->type_name("FILE")
      ->group(group);
}

std::function<void(const std::string&)> polite_pause(double seconds, std::function<bool()> stop) {
  using Clock = std::chrono::steady_clock;
  const auto pause = std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(seconds));
  const auto asked = std::make_shared<std::map<std::string, Clock::time_point>>();
  return [pause, asked, stop = std::move(stop)](const std::string& host) {
    const auto known = asked->find(host);
    while (known != asked->end() && Clock::now() < known->second + pause && !(stop && stop())) {
      std::this_thread::sleep_for(
          std::min<Clock::duration>(known->second + pause - Clock::now(), std::chrono::milliseconds(100)));
    }
    (*asked)[host] = Clock::now();
  };
}

void add_resume_option(CLI::App& command, NewsOptions& options) {
  command.add_flag("--resume", options.resume,
                   "with -o: keep what is written, and go on where a stopped run left off");
}

void show_fault(const Error& fault) {
  std::fprintf(stderr, "polybius: %s\n", fault.message().c_str());
}

int fail_with(const Error& fault) {
  show_fault(fault);
  return kFailed;
}

std::string model_path(const std::string& given) {
  if (!given.empty()) return given;
  const std::string candidates[] = {folder_of_program() + "/../share/polybius/en.safetensors",
                                    POLYBIUS_MODEL_INSTALLED, POLYBIUS_MODEL_SOURCE};
  std::error_code fault;
  for (const auto& path : candidates) {
    if (!path.empty() && fs::exists(path, fault)) return path;
  }
  return candidates[0];
}

std::string pairs_path(const std::string& model) {
  return (fs::path(model).parent_path() / "relate.safetensors").string();
}

Result<Coder> open_coder(const NewsOptions& options) {
  CoderOptions wanted;
  wanted.model = model_path(options.model);
  wanted.lexicons.assign(options.lexicons.begin(), options.lexicons.end());
  return Coder::open(wanted);
}

std::optional<Error> fault_of_record(const Record& record) {
  const auto faults = record.text.empty() ? std::vector<std::string>() : faults_of(record);
  if (faults.empty()) return std::nullopt;
  return Error{"E-STO-30", record.id, "skipped: the record is not sound: " + faults.front(), "code it anew"};
}

int run_over_inputs(const NewsOptions& options, const Coder& coder, const ItemJob& job,
                    const std::function<void(Outcome&&)>& take) {
  InputReader reader(options.inputs, options.ingest);
  Progress progress("articles");
  std::size_t done = 0;
  std::size_t skipped = 0;
  const auto next = [&]() -> std::optional<Job> {
    auto item = reader.next();
    if (!item) return std::nullopt;
    if (!item->ok()) return Job([fault = item->error()](Coder::Worker&) { return Outcome{"", fault}; });
    return Job([&job, item = std::move(*item).value()](Coder::Worker& worker) { return job(worker, item); });
  };
  run_in_order(coder, options.jobs == 0 ? std::thread::hardware_concurrency() : options.jobs, next,
               [&](Outcome outcome) {
                 if (outcome.fault) {
                   progress.clear();
                   show_fault(*outcome.fault);
                   ++skipped;
                 }
                 done += static_cast<std::size_t>(!outcome.fault || !outcome.output.empty());
                 take(std::move(outcome));
                 progress.step();
               });
  if (skipped == 0) return kDone;
  return done == 0 ? kFailed : kSkipped;
}

int run_over_inputs(const NewsOptions& options, const Coder& coder, const ItemJob& job) {
  if (options.resume) return run_resumable(options, coder, job);
  Output output(options.output);
  const int status =
      run_over_inputs(options, coder, job, [&](Outcome&& outcome) { output.write(outcome.output); });
  if (status != kFailed) output.commit();
  return status;
}

Progress::Progress(std::string what)
    : what_(std::move(what)),
      start_(std::chrono::steady_clock::now()),
      shown_(start_),
      terminal_(isatty(2) != 0) {}

Progress::~Progress() {
  clear();
}

void Progress::step() {
  ++count_;
  if (!terminal_) return;
  const auto now = std::chrono::steady_clock::now();
  if (now - start_ < std::chrono::seconds(2) || now - shown_ < std::chrono::milliseconds(200)) return;
  shown_ = now;
  visible_ = true;
  const double seconds = std::chrono::duration<double>(now - start_).count();
  std::fprintf(stderr, "\r\033[K%zu %s, %.0f a second", count_, what_.c_str(),
               static_cast<double>(count_) / seconds);
}

void Progress::clear() {
  if (visible_) std::fputs("\r\033[K", stderr);
  visible_ = false;
}

}  // namespace polybius
