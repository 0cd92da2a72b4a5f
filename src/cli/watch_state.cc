// The state file of a watch, its output, and the signals that end it.
#include "cli/watch_state.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstring>
#include <ctime>
#include <nlohmann/json.hpp>
#include <system_error>

namespace polybius {
namespace {

using nlohmann::json;

sigset_t ending_signals() {
  sigset_t out;
  sigemptyset(&out);
  sigaddset(&out, SIGINT);
  sigaddset(&out, SIGTERM);
  return out;
}

[[noreturn]] void fail_to_write(const std::string& path) {
  throw std::system_error(errno, std::generic_category(), "cannot write " + path);
}

std::uint64_t hash_of(std::initializer_list<std::string_view> parts) {  // FNV-1a over parts with an end each
  std::uint64_t out = 0xcbf29ce484222325u;
  for (const auto part : parts) {
    for (const char c : part) out = (out ^ static_cast<unsigned char>(c)) * 0x100000001b3u;
    out = (out ^ 0xffU) * 0x100000001b3u;
  }
  return out;
}

}  // namespace

StopSignals::StopSignals() {
  const sigset_t signals = ending_signals();
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
}

bool StopSignals::asked() {
  sigset_t pending;
  if (!stopped_ && sigpending(&pending) == 0) {
    stopped_ = sigismember(&pending, SIGINT) == 1 || sigismember(&pending, SIGTERM) == 1;
  }
  return stopped_;
}

bool StopSignals::wait(double seconds) {
  if (asked()) return true;
  const sigset_t signals = ending_signals();
  timespec time{};
  time.tv_sec = static_cast<std::time_t>(seconds);
  time.tv_nsec = static_cast<long>((seconds - static_cast<double>(time.tv_sec)) * 1e9);
  int signal = 0;
  do {
    signal = sigtimedwait(&signals, nullptr, &time);
  } while (signal < 0 && errno == EINTR);
  stopped_ = signal > 0;
  return stopped_;
}

void WatchState::remember(std::uint64_t key) {
  if (!seen_.insert(key).second) return;
  order_.push_back(key);
  if (order_.size() <= most_seen) return;
  seen_.erase(order_.front());
  order_.pop_front();
}

Result<WatchState> WatchState::read(const std::string& path) {
  WatchState out;
  const auto bytes = read_file(path);
  if (!bytes) {
    if (bytes.error().code == "E-IO-01") return out;
    return bytes.error();
  }
  const Error broken{"E-WAT-01", path, "not the state of a watch, or broken",
                     "take it away; what is in the feeds now will be coded anew"};
  try {
    const json state = json::parse(bytes.value());
    if (state.at("polybius_watch") != 1) return broken;
    out.written = state.at("written").get<std::uint64_t>();
    for (const auto& [address, feed] : state.at("feeds").items()) {
      out.feeds[address] = {feed.at("etag").get<std::string>(), feed.at("modified").get<std::string>()};
    }
    for (const auto& [file, stamp] : state.at("files").items()) {
      out.files[file] = {stamp.at(0).get<std::int64_t>(), stamp.at(1).get<std::int64_t>()};
    }
    out.failures = state.at("failures").get<std::map<std::string, unsigned>>();
    for (const auto& key : state.at("seen")) out.remember(key.get<std::uint64_t>());
  } catch (const json::exception&) {
    return broken;
  }
  return out;
}

void WatchState::write(const std::string& path) const {
  json state = {{"polybius_watch", 1},     {"written", written},   {"feeds", json::object()},
                {"files", json::object()}, {"failures", failures}, {"seen", order_}};
  for (const auto& [address, validators] : feeds) {
    state["feeds"][address] = {{"etag", validators.etag}, {"modified", validators.last_modified}};
  }
  for (const auto& [file, stamp] : files) state["files"][file] = {stamp.first, stamp.second};
  Output output(path);
  output.write(state.dump(-1, ' ', false, json::error_handler_t::replace) + "\n");
  output.commit();
}

std::uint64_t entry_key(std::string_view id) {
  return hash_of({"entry", id});
}

std::uint64_t text_key(std::string_view kind, std::string_view id, std::string_view text) {
  return hash_of({kind, id, text});
}

AppendFile::~AppendFile() {
  if (descriptor_ > STDERR_FILENO) ::close(descriptor_);
}

std::optional<Error> AppendFile::open(const std::string& path, std::uint64_t whole,
                                      const std::function<void(std::string_view)>& line) {
  path_ = path;
  if (path == "-") {
    descriptor_ = STDOUT_FILENO;
    return std::nullopt;
  }
  descriptor_ = ::open(path.c_str(), O_RDWR | O_APPEND | O_CREAT | O_CLOEXEC, 0666);
  if (descriptor_ < 0)
    return Error{"E-IO-02", path, std::string("cannot be written: ") + std::strerror(errno), ""};
  if (::flock(descriptor_, LOCK_EX | LOCK_NB) != 0) {
    return Error{"E-WAT-02", path, "another watch is writing it", "end that one, or name another file"};
  }
  struct stat status = {};
  if (::fstat(descriptor_, &status) != 0) fail_to_write(path);
  size_ = static_cast<std::uint64_t>(status.st_size);
  if (!S_ISREG(status.st_mode) || size_ <= whole) return std::nullopt;
  auto stream = ByteStream::open(path);
  if (!stream) return stream.error();
  stream.value().skip(whole);
  std::uint64_t end = whole;
  while (auto text = stream.value().line(std::size_t{1} << 30)) {
    const std::uint64_t behind = stream.value().offset();
    if (behind - end == text->size()) break;  // no end of line: unfinished
    line(*text);
    end = behind;
  }
  if (end < size_ && ::ftruncate(descriptor_, static_cast<off_t>(end)) != 0) fail_to_write(path);
  size_ = end;
  return std::nullopt;
}

void AppendFile::append(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t done = ::write(descriptor_, bytes.data(), bytes.size());
    if (done < 0 && errno == EINTR) continue;
    if (done < 0) fail_to_write(path_);
    size_ += static_cast<std::uint64_t>(done);
    bytes.remove_prefix(static_cast<std::size_t>(done));
  }
}

void AppendFile::settle() {
  if (::fsync(descriptor_) != 0 && errno != EINVAL && errno != EROFS) fail_to_write(path_);
}

}  // namespace polybius
