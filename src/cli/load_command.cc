// `polybius load`: codes what is not yet coded and keeps it in a store; stopped at any moment, it goes on
// there.
#include <atomic>
#include <deque>
#include <future>
#include <memory>
#include <thread>
#include <utility>

#include "cli/command.h"
#include "cli/plan_gatherer.h"
#include "store/store.h"

namespace polybius {
namespace {

constexpr std::size_t records_at_once = 512;
// So that neither who writes nor who makes ready waits for the other.
constexpr std::size_t batches_ahead = 2;
constexpr std::size_t bytes_at_once = std::size_t{16} << 20;

struct LoadOptions {
  NewsOptions news;
  std::string db;
  bool recode = false;
  bool no_text = false;
  bool no_plans = false;
  bool update = false;
};

/// One input on its way: what is to be done, and what became of it.
struct Piece {
  Item item;
  std::string input_hash;
  PreparedDocumentPtr document;
  std::optional<Error> fault;
};
using Pieces = std::vector<Piece>;

/// What one thread needs; the encoder's memory only where there is something to code.
struct Tools {
  DocumentPreparer preparer;
  std::optional<Coder::Worker> worker;
};

/// The record of an input, or why there is none.
Result<Record> record_of_piece(const Piece& piece, const std::optional<Coder>& coder, Tools& tools) {
  const std::string& place = piece.item.place;
  const bool ready = !piece.item.record_line.empty();
  if (!ready && !tools.worker) tools.worker = coder->worker();
  auto record = ready ? from_json(piece.item.record_line) : tools.worker->code(piece.item.document);
  if (!record) {
    Error fault = record.error();
    if (fault.place.empty() || ready) fault.place = place + (fault.place.empty() ? "" : ": " + fault.place);
    return fault;
  }
  if (!ready) return record;
  if (auto fault = fault_of_record(record.value())) {
    fault->place = place;
    return *fault;
  }
  return record;
}

/// Records are parsed by the threads that make them ready, and checked there.
IngestOptions unchecked(IngestOptions options) {
  options.check_records = false;
  return options;
}

class Loader {
 public:
  Loader(const LoadOptions& options, Store& store)
      : options_(options),
        store_(store),
        reader_(options.news.inputs, unchecked(options.news.ingest)),
        progress_("documents"),
        threads_(options.news.jobs == 0 ? std::max(1U, std::thread::hardware_concurrency())
                                        : options.news.jobs) {
    for (unsigned i = 0; i < threads_; ++i) tools_.push_back(std::make_unique<Tools>());
  }

  /// Reads and codes the next pieces while those before are written.
  int run() {
    std::deque<std::future<Pieces>> ahead;
    std::shared_future<void> tools_free;
    for (bool last = false; !last;) {
      Pieces pieces = read_pieces();
      if (failed_) return kFailed;
      last = pieces.empty();
      if (!last) ahead.push_back(start_making_ready(std::move(pieces), tools_free));
      while (!ahead.empty() && (last || ahead.size() > batches_ahead)) {
        Pieces done = ahead.front().get();
        ahead.pop_front();
        write(done);
      }
    }
    store_.settle(count_.replaced > 0);
    progress_.clear();
    if (!options_.no_plans) {
      if (const auto fault = tell_stored_plans(store_, options_.news.lexicons, threads_)) show_fault(*fault);
    }
    report();
    const std::size_t stored = count_.added + count_.replaced + count_.unchanged;
    if (skipped_ == 0) return kDone;
    return stored == 0 ? kFailed : kSkipped;
  }

 private:
  Pieces read_pieces() {
    Pieces pieces;
    std::size_t bytes = 0;
    std::size_t to_code = 0;
    while (pieces.size() < records_at_once && bytes < bytes_at_once && to_code < std::size_t{8} * threads_) {
      auto item = reader_.next();
      if (!item) break;
      Piece piece;
      if (!item->ok()) {
        piece.fault = item->error();
      } else {
        piece.item = std::move(*item).value();
        if (piece.item.record_line.empty()) {
          if (!open_coder_once()) return {};
          piece.input_hash = hash_of_input(piece.item.document);
          if (is_stored(piece)) continue;
          ++to_code;
        }
        bytes += piece.item.record_line.size() + piece.item.document.text.size();
      }
      pieces.push_back(std::move(piece));
    }
    return pieces;
  }

  bool open_coder_once() {
    if (coder_) return true;
    auto opened = open_coder(options_.news);
    if (!opened) {
      show_fault(opened.error());
      failed_ = true;
      return false;
    }
    coder_.emplace(std::move(opened).value());
    return true;
  }

  bool is_stored(const Piece& piece) {
    const Known known = store_.knows(piece.item.document.id, piece.input_hash, coder_->id());
    const bool stored = known == Known::yes || (known == Known::by_another_coder && !options_.recode);
    if (stored) ++count_.unchanged;
    outdated_ += known == Known::by_another_coder && !options_.recode ? 1U : 0U;
    return stored;
  }

  /// Makes pieces ready on other threads, once those before have given the tools free.
  std::future<Pieces> start_making_ready(Pieces pieces, std::shared_future<void>& tools_free) {
    std::promise<void> ready;
    const std::shared_future<void> before = std::exchange(tools_free, ready.get_future().share());
    return std::async(std::launch::async,
                      [this, before, moved = std::move(pieces), ready = std::move(ready)]() mutable {
                        if (before.valid()) before.wait();
                        make_ready(moved);
                        ready.set_value();
                        return std::move(moved);
                      });
  }

  void make_ready(Pieces& pieces) {
    std::atomic<std::size_t> next{0};
    std::vector<std::future<void>> threads;
    threads.reserve(tools_.size());
    for (const auto& tools : tools_) {
      threads.push_back(std::async(std::launch::async, [&, mine = tools.get()] {
        for (std::size_t i = next++; i < pieces.size(); i = next++) make_ready(pieces[i], *mine);
      }));
    }
    for (auto& thread : threads) thread.get();
  }

  void make_ready(Piece& piece, Tools& tools) const {
    if (piece.fault) return;
    auto record = record_of_piece(piece, coder_, tools);
    if (!record) {
      piece.fault = record.error();
      return;
    }
    piece.document = tools.preparer.prepare(std::move(record).value(), piece.input_hash, !options_.no_text);
    piece.item = {};
  }

  void write(Pieces& pieces) {
    std::vector<PreparedDocumentPtr> documents;
    for (Piece& piece : pieces) {
      if (piece.fault) {
        progress_.clear();
        show_fault(*piece.fault);
        ++skipped_;
      } else {
        documents.push_back(std::move(piece.document));
      }
    }
    const PutCount count = store_.put(documents, {options_.recode});
    count_.added += count.added;
    count_.replaced += count.replaced;
    count_.unchanged += count.unchanged;
    count_.events += count.events;
    for (const std::string& renamed : count.renamed) {
      progress_.clear();
      std::fprintf(stderr, "polybius: the id is another text's: %s\n", renamed.c_str());
    }
    for (std::size_t i = 0; i < pieces.size(); ++i) progress_.step();
  }

  void report() const {
    std::fprintf(stderr,
                 "polybius: %zu documents added, %zu coded anew, %zu there already; %zu events added\n",
                 count_.added, count_.replaced, count_.unchanged, count_.events);
    if (outdated_ > 0)
      std::fprintf(stderr, "polybius: %zu of them were coded by another version; --recode codes them anew\n",
                   outdated_);
  }

  const LoadOptions& options_;
  Store& store_;
  InputReader reader_;
  Progress progress_;
  unsigned threads_;
  std::optional<Coder> coder_;
  std::vector<std::unique_ptr<Tools>> tools_;
  PutCount count_;
  std::size_t skipped_ = 0;
  std::size_t outdated_ = 0;
  bool failed_ = false;
};

/// Brings an older store's tables up to date; makes none where there is none.
int run_update(const LoadOptions& options) {
  const auto there = open_store(options.db, StoreMode::read);
  if (!there && there.error().code != "E-STO-06") return fail_with(there.error());
  const auto updated = open_store(options.db, StoreMode::write);
  if (!updated) return fail_with(updated.error());
  std::fprintf(stderr, "polybius: the store %s up to date\n", there ? "was" : "is now");
  return kDone;
}

int run_load(const LoadOptions& options) {
  if (options.update) return run_update(options);
  auto store = open_store(options.db, StoreMode::write);
  if (!store) return fail_with(store.error());
  return Loader(options, store.value()).run();
}

}  // namespace

void add_load_command(CLI::App& program, int& status) {
  auto* command = program.add_subcommand("load", "code news, or take records, and keep them in a store");
  command->footer(
      "Loading the same again changes nothing; a load that was stopped goes on where it was.\n\n"
      "Examples:\n"
      "  polybius load --db news.db articles/ feed.jsonl\n"
      "  polybius code feed.jsonl | polybius load --db news.db -\n"
      "  polybius load --db news.db --recode articles/\n"
      "  polybius load --db postgresql://localhost/news --no-text records.jsonl");
  const auto options = std::make_shared<LoadOptions>();
  add_store_option(*command, options->db);
  command->add_flag("--recode", options->recode, "code anew what another version of the coder has coded");
  command->add_flag("--no-text", options->no_text, "leave the texts out: offsets and hashes stay");
  command->add_flag("--no-plans", options->no_plans,
                    "do not put plans of different documents together at the end: reading all takes time");
  command->add_flag("--update", options->update,
                    "bring the tables of an older store up to date, load nothing");
  add_reading_options(*command, options->news);
  command->callback([options, &status] { status = run_load(*options); });
}

}  // namespace polybius
