// A journal beside the output: a line an item, appended once the output before it is on the disk.
#include "cli/resume.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <chrono>
#include <deque>
#include <filesystem>
#include <system_error>
#include <thread>

#include "polybius/coder.h"

namespace polybius {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view magic = "polybius-journal 1";
constexpr std::size_t most_unflushed = std::size_t{4} << 20;

[[noreturn]] void fail(const std::string& what) {
  throw std::system_error(errno, std::generic_category(), what);
}

/// A file that is only ever added to.
class Appender {
 public:
  Appender(std::string path, std::uint64_t keep) : path_(std::move(path)) {
    descriptor_ = ::open(path_.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0666);
    if (descriptor_ < 0) fail("cannot write " + path_);
    if (::ftruncate(descriptor_, static_cast<off_t>(keep)) != 0) fail("cannot write " + path_);
    ::lseek(descriptor_, 0, SEEK_END);
  }
  Appender(const Appender&) = delete;
  Appender& operator=(const Appender&) = delete;
  ~Appender() {
    ::close(descriptor_);
  }
  void add(std::string_view bytes) {
    waiting_ += bytes;
  }
  std::size_t waiting() const {
    return waiting_.size();
  }
  void flush() {
    std::string_view rest = waiting_;
    while (!rest.empty()) {
      const ssize_t done = ::write(descriptor_, rest.data(), rest.size());
      if (done < 0 && errno == EINTR) continue;
      if (done < 0) fail("cannot write " + path_);
      rest.remove_prefix(static_cast<std::size_t>(done));
    }
    waiting_.clear();
  }
  void sync() {
    flush();
    if (::fsync(descriptor_) != 0 && errno != EINVAL) fail("cannot write " + path_);
  }

 private:
  std::string path_;
  int descriptor_ = -1;
  std::string waiting_;
};

/// What one line of the journal says.
struct Entry {
  ReadingMark mark;
  std::uint64_t written = 0;  ///< bytes of output
  bool skipped = false;
  bool done = false;
  std::vector<IdKeeper::Entry> ids;
};

std::string line_of(const Entry& entry) {
  std::string out = std::to_string(entry.mark.file) + ' ' + std::to_string(entry.mark.items) + ' ' +
                    (entry.mark.offset ? std::to_string(*entry.mark.offset) : "-") + ' ' +
                    std::to_string(entry.written) + ' ' + (entry.skipped ? '1' : '0') +
                    (entry.done ? '1' : '0');
  for (const auto& id : entry.ids) out += ' ' + std::to_string(id.id) + ' ' + std::to_string(id.text);
  return out + '\n';
}

/// The numbers of a line; "-" is none.
std::optional<Entry> entry_of(std::string_view line) {
  std::vector<std::optional<std::uint64_t>> numbers;
  while (!line.empty()) {
    const std::string_view word = line.substr(0, line.find(' '));
    line.remove_prefix(std::min(word.size() + 1, line.size()));
    std::uint64_t number = 0;
    const auto [end, fault] = std::from_chars(word.data(), word.data() + word.size(), number);
    if (fault == std::errc() && end == word.data() + word.size()) {
      numbers.emplace_back(number);
    } else if (word == "-") {
      numbers.emplace_back();
    } else {
      return std::nullopt;
    }
  }
  if (numbers.size() < 5 || numbers.size() % 2 == 0 || !numbers[0] || !numbers[1] || !numbers[3] ||
      !numbers[4])
    return std::nullopt;
  Entry out{
      {*numbers[0], *numbers[1], numbers[2]}, *numbers[3], *numbers[4] / 10 == 1, *numbers[4] % 10 == 1, {}};
  for (std::size_t i = 5; i < numbers.size(); i += 2) {
    if (!numbers[i] || !numbers[i + 1]) return std::nullopt;
    out.ids.push_back({*numbers[i], *numbers[i + 1]});
  }
  return out;
}

/// What must be the same for a run to go on with the output of another.
std::string heading_of(const NewsOptions& options, const CoderId& id) {
  std::string said = id.version + '\n' + id.model + '\n' + id.lexicon + '\n' + options.ingest.published +
                     '\n' + options.ingest.text_field + '\n' + options.ingest.pages;
  for (const std::string& input : options.inputs) said += '\n' + input;
  return std::string(magic) + ' ' + sha256_hex(said) + '\n';
}

/// How far an earlier run came.
struct Progressed {
  ReadingMark mark;
  std::uint64_t written = 0;
  std::uint64_t journal_bytes = 0;
  std::size_t skipped = 0;
  std::size_t done = 0;
  std::vector<IdKeeper::Entry> ids;
};

Result<Progressed> read_journal(const std::string& path, const std::string& part,
                                const std::string& heading) {
  Progressed out;
  std::error_code fault;
  if (!fs::exists(path, fault) || !fs::exists(part, fault)) return out;
  auto stream = ByteStream::open(path);
  if (!stream) return stream.error();
  const auto first = stream.value().line(4096);
  const std::uint64_t size = fs::file_size(part, fault);
  if (!first) return out;
  if (*first + '\n' != heading) {
    const bool ours = first->starts_with(magic);
    return Error{ours ? "E-CLI-11" : "E-CLI-12", path,
                 ours ? "begun with other inputs, options or another version" : "no journal of a stopped run",
                 "remove it to begin anew"};
  }
  out.journal_bytes = heading.size();
  // A line counts if it is whole and the output reaches as far as it says.
  while (const auto line = stream.value().line(std::size_t{1} << 20)) {
    const auto entry = entry_of(*line);
    if (!entry || entry->written > size || stream.value().offset() != out.journal_bytes + line->size() + 1)
      break;
    out.journal_bytes += line->size() + 1;
    out.mark = entry->mark;
    out.written = entry->written;
    out.skipped += static_cast<std::size_t>(entry->skipped);
    out.done += static_cast<std::size_t>(entry->done);
    out.ids.insert(out.ids.end(), entry->ids.begin(), entry->ids.end());
  }
  return out;
}

/// One run, from where the last one stopped.
class ResumableRun {
 public:
  ResumableRun(const NewsOptions& options, Progressed progressed, const std::string& heading)
      : reader_(options.inputs, options.ingest),
        part_(options.output + ".part", progressed.written),
        journal_(options.output + ".part.journal", progressed.journal_bytes),
        written_(progressed.written),
        skipped_(progressed.skipped),
        done_(progressed.done) {
    if (progressed.journal_bytes == 0) journal_.add(heading);
    for (const auto& id : progressed.ids) reader_.ids().add(id);
    if (progressed.mark.file > 0) reader_.go_on(progressed.mark);
  }

  std::optional<Job> next(const ItemJob& job) {
    auto item = reader_.next();
    if (!item) return std::nullopt;
    waiting_.push_back({reader_.mark(), 0, false, false, reader_.ids().take_added()});
    if (!item->ok()) return Job([fault = item->error()](Coder::Worker&) { return Outcome{"", fault}; });
    return Job([&job, item = std::move(*item).value()](Coder::Worker& worker) { return job(worker, item); });
  }

  void take(Outcome&& outcome) {
    Entry entry = std::move(waiting_.front());
    waiting_.pop_front();
    entry.skipped = outcome.fault.has_value();
    entry.done = !outcome.fault || !outcome.output.empty();
    part_.add(outcome.output);
    written_ += outcome.output.size();
    entry.written = written_;
    journal_.add(line_of(entry));
    skipped_ += static_cast<std::size_t>(entry.skipped);
    done_ += static_cast<std::size_t>(entry.done);
    const auto now = std::chrono::steady_clock::now();
    if (part_.waiting() < most_unflushed && now - flushed_ < std::chrono::milliseconds(500)) return;
    flushed_ = now;
    part_.flush();  // the output first: the journal never says more than there is
    journal_.flush();
  }

  int finish(const std::string& output) {
    part_.sync();
    const int status = skipped_ == 0 ? kDone : done_ == 0 ? kFailed : kSkipped;
    if (status != kFailed) fs::rename(output + ".part", output);
    std::error_code ignored;
    fs::remove(output + ".part", ignored);
    fs::remove(output + ".part.journal", ignored);
    return status;
  }

 private:
  InputReader reader_;
  Appender part_;
  Appender journal_;
  std::uint64_t written_;
  std::size_t skipped_;
  std::size_t done_;
  std::deque<Entry> waiting_;
  std::chrono::steady_clock::time_point flushed_ = std::chrono::steady_clock::now();
};

}  // namespace

int run_resumable(const NewsOptions& options, const Coder& coder, const ItemJob& job) {
  if (options.output.empty() || options.output == "-")
    return fail_with({"E-CLI-10", "", "--resume needs -o FILE", "name the output"});
  const std::string heading = heading_of(options, coder.id());
  auto progressed = read_journal(options.output + ".part.journal", options.output + ".part", heading);
  if (!progressed) return fail_with(progressed.error());
  ResumableRun run(options, std::move(progressed).value(), heading);
  Progress progress("articles");
  run_in_order(
      coder, options.jobs == 0 ? std::thread::hardware_concurrency() : options.jobs,
      [&] { return run.next(job); },
      [&](Outcome outcome) {
        if (outcome.fault) {
          progress.clear();
          show_fault(*outcome.fault);
        }
        run.take(std::move(outcome));
        progress.step();
      });
  return run.finish(options.output);
}

}  // namespace polybius
