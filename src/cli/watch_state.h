// What `polybius watch` remembers between polls and between runs, and how it is stopped.
#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <string>
#include <string_view>
#include <unordered_set>
#include <utility>

#include "io/io.h"
#include "polybius/error.h"

namespace polybius {

/// SIGINT and SIGTERM as questions: blocked in all threads that are made afterwards, so no call is cut short.
class StopSignals {
 public:
  StopSignals();
  bool asked();
  /// Waits; true if a signal came before the time was over.
  bool wait(double seconds);

 private:
  bool stopped_ = false;
};

/// Size and time of the last change, as far as a file was read.
using FileStamp = std::pair<std::int64_t, std::int64_t>;

/// The memory of a watch. Written whole or not at all; see docs/commands.md for its form.
class WatchState {
 public:
  /// Empty if the file is not there. Errors: E-WAT-01 (broken).
  static Result<WatchState> read(const std::string& path);
  /// Throws std::system_error if it cannot be written.
  void write(const std::string& path) const;

  bool seen(std::uint64_t key) const {
    return seen_.contains(key);
  }
  void remember(std::uint64_t key);

  std::map<std::string, Validators> feeds;   ///< by address
  std::map<std::string, FileStamp> files;    ///< by path
  std::map<std::string, unsigned> failures;  ///< of pages that may come another time, by address
  std::uint64_t written = 0;                 ///< bytes of the output when this was written

 private:
  static constexpr std::size_t most_seen = 1'000'000;
  std::unordered_set<std::uint64_t> seen_;
  std::deque<std::uint64_t> order_;  // the oldest first
};

/// Keys of what was coded: an entry of a feed by its id, a document by its id and text, either as read or as
/// coded.
std::uint64_t entry_key(std::string_view id);
std::uint64_t text_key(std::string_view kind, std::string_view id, std::string_view text);

/// A file that only grows, locked against a second watch.
class AppendFile {
 public:
  AppendFile() = default;
  ~AppendFile();
  AppendFile(const AppendFile&) = delete;
  AppendFile& operator=(const AppendFile&) = delete;

  /// Opens or makes it and cuts off an unfinished last line behind byte `whole`. Lines behind `whole` that
  /// are finished are given to `line`: a run that was killed had written them, but not remembered. Errors:
  /// E-WAT-02.
  std::optional<Error> open(const std::string& path, std::uint64_t whole,
                            const std::function<void(std::string_view line)>& line);
  /// Throws std::system_error.
  void append(std::string_view bytes);
  /// Makes sure that what was appended is on disk. Throws std::system_error.
  void settle();
  std::uint64_t size() const {
    return size_;
  }

 private:
  std::string path_;
  int descriptor_ = -1;
  std::uint64_t size_ = 0;
};

}  // namespace polybius
