// `polybius watch`: polls feeds and folders, codes what is new and appends it, until it is told to stop.
#include <sys/stat.h>

#include <algorithm>
#include <chrono>
#include <memory>
#include <unordered_set>

#include "cli/command.h"
#include "cli/plan_gatherer.h"
#include "cli/reprints.h"
#include "cli/watch_sink.h"
#include "cli/watch_state.h"

namespace polybius {
namespace {

constexpr unsigned most_failures = 3;                // of a page before its entry is coded as it stands
constexpr std::int64_t settled = 1'000'000'000;      // nanoseconds since a file was last written
constexpr auto robots_age = std::chrono::hours(12);  // after which robots.txt is read anew

struct WatchOptions {
  NewsOptions news;
  std::string db;
  std::string state;
  double every = 300;
  bool once = false;
  bool entries_only = false;
};

std::int64_t nanoseconds_of(const timespec& time) {
  return std::int64_t{time.tv_sec} * 1'000'000'000 + time.tv_nsec;
}

bool comes_another_time(const Error& fault) {
  if (fault.code == "E-NET-02" || fault.code == "E-NET-06" || fault.code == "E-NET-09") return true;
  return fault.code == "E-NET-08" && fault.remedy.starts_with("try again");
}

/// One watch, from the first poll to the last.
class Watch {
 public:
  Watch(const WatchOptions& options, const Coder& coder, WatchState& state, RecordSink sink,
        StopSignals& stop)
      : options_(options),
        coder_(coder),
        state_(state),
        sink_(std::move(sink)),
        stop_(stop),
        fetcher_(options.news.ingest.fetch),
        robots_read_(std::chrono::steady_clock::now()) {}

  int run() {
    do {
      poll_all();
    } while (!options_.once && !stop_.wait(options_.every));
    if (faults_ == 0) return kDone;
    return options_.once && coded_ == 0 && read_ == 0 ? kFailed : kSkipped;
  }

 private:
  /// What is remembered of an item once it is coded.
  struct Pending {
    std::uint64_t key = 0;
    std::string input_hash;
  };

  void fault(const Error& what) {
    show_fault(what);
    ++faults_;
  }
  void poll_all();
  void poll_feed(const std::string& address);
  void poll_folder(const std::string& path);
  void poll_file(const std::string& file);
  bool is_settled(std::int64_t changed);
  bool code_new(DocumentReader reader);
  bool take_new(Item& item, Pending& pending);
  bool take_page(Item& entry);
  void keep(const Outcome& outcome, const Pending& pending);
  void save();

  const WatchOptions& options_;
  const Coder& coder_;
  WatchState& state_;
  RecordSink sink_;
  StopSignals& stop_;
  Fetcher fetcher_;
  std::chrono::steady_clock::time_point robots_read_;
  bool complete_ = true;  // whether all of the source at hand was taken in
  std::size_t coded_ = 0;
  std::size_t read_ = 0;  // feeds and files
  std::size_t faults_ = 0;
};

void Watch::poll_all() {
  if (std::chrono::steady_clock::now() - robots_read_ > robots_age) {
    fetcher_.forget_robots();
    robots_read_ = std::chrono::steady_clock::now();
  }
  for (const std::string& source : options_.news.inputs) {
    if (stop_.asked()) return;
    if (is_address(source)) {
      poll_feed(source);
    } else {
      poll_folder(source);
    }
  }
}

void Watch::poll_feed(const std::string& address) {
  const auto known = state_.feeds.find(address);
  auto fetched = fetcher_.get(address, known == state_.feeds.end() ? Validators{} : known->second);
  if (!fetched) {
    if (fetched.error().code != "E-NET-10") fault(fetched.error());
    return;
  }
  ++read_;
  if (fetched.value().unchanged) return;
  const Validators validators = fetched.value().validators;
  const bool all = code_new(DocumentReader::of(std::move(fetched).value(), options_.news.ingest));
  // What was not taken in must be sent again.
  state_.feeds[address] = all ? validators : Validators{};
  save();
}

void Watch::poll_folder(const std::string& path) {
  const auto files = list_files(path);
  if (!files) return fault(files.error());
  for (const std::string& file : files.value()) {
    if (stop_.asked()) return;
    poll_file(file);
  }
  const std::string below = path.ends_with('/') ? path : path + "/";
  const std::unordered_set<std::string> there(files.value().begin(), files.value().end());
  std::erase_if(state_.files, [&](const auto& known) {
    return known.first.starts_with(below) && !there.contains(known.first);
  });
}

// A file that is still being written is left for the next poll, or waited for if there is none.
bool Watch::is_settled(std::int64_t changed) {
  timespec now{};
  clock_gettime(CLOCK_REALTIME, &now);
  const std::int64_t age = nanoseconds_of(now) - changed;
  if (age < 0 || age >= settled) return true;
  return options_.once && !stop_.wait(static_cast<double>(settled - age) / 1e9);
}

void Watch::poll_file(const std::string& file) {
  struct stat status = {};
  if (::stat(file.c_str(), &status) != 0) return;  // gone since the folder was read
  FileStamp stamp{status.st_size, nanoseconds_of(status.st_mtim)};
  const auto known = state_.files.find(file);
  if (known != state_.files.end() && known->second == stamp) return;
  if (!is_settled(stamp.second)) return;
  if (::stat(file.c_str(), &status) != 0) return;
  stamp = {status.st_size, nanoseconds_of(status.st_mtim)};
  auto reader = DocumentReader::open(file, options_.news.ingest);
  if (!reader) return fault(reader.error());
  ++read_;
  if (code_new(std::move(reader).value())) state_.files[file] = stamp;
  save();
}

/// Whether the item is new; `pending` is then what to remember of it.
bool Watch::take_new(Item& item, Pending& pending) {
  const Document& document = item.document;
  const bool ready = !item.record_line.empty();
  pending.key = item.of_feed ? entry_key(document.id)
                             : text_key("read", document.id, ready ? item.record_line : document.text);
  if (state_.seen(pending.key)) return false;
  if (item.of_feed && !options_.entries_only && !document.origin.url.empty() && !take_page(item))
    return false;
  if (ready) return true;
  pending.input_hash = hash_of_input(document);
  if (!sink_.holds(document, pending.input_hash)) return true;
  state_.remember(pending.key);
  return false;
}

/// Puts the page that an entry links to in its place. False if the page may come another time.
bool Watch::take_page(Item& entry) {
  const std::string url = entry.document.origin.url;
  auto fetched = fetcher_.get(url);
  if (!fetched) {
    const Error& why = fetched.error();
    if (why.code == "E-NET-10") return complete_ = false;
    fault(why);
    if (comes_another_time(why) && ++state_.failures[url] < most_failures) return complete_ = false;
    state_.failures.erase(url);
    return true;
  }
  state_.failures.erase(url);
  auto reader = DocumentReader::of(std::move(fetched).value(), options_.news.ingest);
  auto page = reader.next();
  if (!page || !page->ok() || page->value().document.text.empty()) return true;
  Document& document = page->value().document;
  const Document& summary = entry.document;
  document.id = summary.id;
  if (document.title.empty()) document.title = summary.title;
  if (document.authors.empty()) document.authors = summary.authors;
  if (document.published.empty() && !summary.published.empty()) {
    document.published = summary.published;
    // A date of the page's own is better, but it is not read yet.
    document.published_by = document.form == BodyForm::html ? PublishedBy::none : summary.published_by;
  }
  entry.document = std::move(document);
  return true;
}

void Watch::keep(const Outcome& outcome, const Pending& pending) {
  state_.remember(pending.key);
  if (outcome.fault) return fault(*outcome.fault);
  std::string_view line = outcome.output;
  line.remove_suffix(1);
  auto record = from_json(line);
  if (!record) return fault(record.error());
  // A file that changed may hold what was coded before, in another form.
  const std::uint64_t key = text_key("coded", record.value().id, record.value().text);
  if (state_.seen(key)) return;
  state_.remember(key);
  if (const auto why = sink_.take(std::move(record).value(), outcome.output, pending.input_hash))
    return fault(*why);
  ++coded_;
}

/// Codes what is new of a source; false if a part of it was left for another time.
bool Watch::code_new(DocumentReader reader) {
  complete_ = true;
  std::deque<Pending> at_work;
  const auto next = [&]() -> std::optional<Job> {
    while (!stop_.asked()) {
      auto item = reader.next();
      if (!item) return std::nullopt;
      if (!item->ok()) {
        fault(item->error());
        continue;
      }
      Pending own;
      if (!take_new(item->value(), own)) continue;
      at_work.push_back(std::move(own));
      return Job([found = std::move(*item).value()](Coder::Worker& worker) -> Outcome {
        if (!found.record_line.empty()) return {found.record_line + "\n", std::nullopt};
        auto record = worker.code(found.document);
        if (record) return {to_json(record.value()) + "\n", std::nullopt};
        Error why = record.error();
        if (why.place.empty()) why.place = found.place;
        return {"", why};
      });
    }
    complete_ = false;
    return std::nullopt;
  };
  run_in_order(coder_, threads_of(options_.news), next, [&](const Outcome& outcome) {
    keep(outcome, at_work.front());
    at_work.pop_front();
  });
  return complete_;
}

// Records first: what is in the output, but not in the state, is found there by the next run.
void Watch::save() {
  sink_.settle();
  state_.written = sink_.written();
  state_.write(options_.state);
}

void remember_record(WatchState& state, std::string_view line) {
  const auto record = from_json(line);
  if (!record) return;
  state.remember(entry_key(record.value().id));
  state.remember(text_key("coded", record.value().id, record.value().text));
}

/// The file beside the output or the store in which a watch remembers.
std::string state_beside(const WatchOptions& options) {
  if (!options.state.empty()) return options.state;
  if (options.db.empty()) return options.news.output + ".state";
  return (options.db.starts_with("sqlite:") ? options.db.substr(7) : options.db) + ".state";
}

int watch_into_file(const WatchOptions& options, const Coder& coder, WatchState& state, StopSignals& stop) {
  AppendFile output;
  const auto fault = output.open(options.news.output, state.written,
                                 [&](std::string_view line) { remember_record(state, line); });
  if (fault) return fail_with(*fault);
  return Watch(options, coder, state, sink_into(output), stop).run();
}

int watch_into_store(const WatchOptions& options, const Coder& coder, WatchState& state, StopSignals& stop) {
  AppendFile lock;  // against a second watch with the same memory; others may write to the store
  if (const auto fault = lock.open(options.state + ".lock", 0, [](std::string_view) {}))
    return fail_with(*fault);
  auto store = open_store(options.db, StoreMode::write);
  if (!store) return fail_with(store.error());
  const int status = Watch(options, coder, state, sink_into(store.value(), coder.id()), stop).run();
  store.value().settle(false);
  if (const auto fault = tell_stored_plans(store.value(), options.news.lexicons, threads_of(options.news)))
    show_fault(*fault);
  return status;
}

int run_watch(WatchOptions& options) {
  StopSignals stop;
  options.news.ingest.fetch.stop = [&stop] { return stop.asked(); };
  options.state = state_beside(options);
  const auto coder = open_coder(options.news);
  if (!coder) return fail_with(coder.error());
  auto state = WatchState::read(options.state);
  if (!state) return fail_with(state.error());
  const auto watch = options.db.empty() ? watch_into_file : watch_into_store;
  const int status = watch(options, coder.value(), state.value(), stop);
  options.news.ingest.fetch.stop = {};
  return status;
}

}  // namespace

void add_watch_command(CLI::App& program, int& status) {
  auto* command = program.add_subcommand("watch", "poll feeds and folders, code what is new, until stopped");
  command->footer(
      "Keeps what it coded in a store, or appends one record a line to a file. What was coded is remembered\n"
      "in FILE.state, so a watch that was stopped or killed goes on without repeating. SIGINT and SIGTERM\n"
      "end it after the article at hand.\n\n"
      "Examples:\n"
      "  polybius watch --db news.db https://example.org/news.rss\n"
      "  polybius watch -o records.jsonl --every 60 incoming/\n"
      "  polybius watch -o records.jsonl --once https://example.org/news.rss incoming/");
  const auto options = std::make_shared<WatchOptions>();
  add_news_options(*command, options->news);
  command->get_option("INPUT")->required()->description("addresses of feeds, folders or files");
  command->get_option("--output")->description("append records to FILE (- for standard output)");
  command
      ->add_option("--db", options->db, "keep documents in a store: a file, sqlite:FILE or postgresql://...")
      ->type_name("URL")
      ->excludes("--output");
  command
      ->add_option("--state", options->state,
                   "remember what was coded in FILE (default: the output's or the store's name and .state)")
      ->type_name("FILE");
  command->add_option("--every", options->every, "seconds between two polls (default: 300)")
      ->type_name("SECONDS")
      ->check(CLI::Range(0.1, 31'536'000.0));
  command->add_flag("--once", options->once, "poll once and end");
  command->add_flag("--entries-only", options->entries_only,
                    "code feed entries as they stand, do not fetch their pages");
  command->callback([options, &status] {
    const bool on_a_server = options->db.find("://") != std::string::npos;
    if (options->db.empty() && options->news.output.empty())
      throw CLI::ValidationError("--db or --output", "is needed: where shall records go?");
    if (options->state.empty() && (options->news.output == "-" || on_a_server))
      throw CLI::ValidationError("--state", "is needed if there is no file beside which it could lie");
    status = run_watch(*options);
  });
}

}  // namespace polybius
