// Output that appears whole or not at all.
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <system_error>

#include "io/io.h"

namespace polybius {
namespace {

constexpr std::size_t buffered = 256 * 1024;

[[noreturn]] void fail(const std::string& what) {
  throw std::system_error(errno, std::generic_category(), what);
}

/// A file without a name in the folder of `path`: a killed run leaves nothing behind. -1 where the file
/// system has no such files, or /proc, by which it gets its name, is not there.
int open_nameless(const std::string& path) {
  const auto slash = path.find_last_of('/');
  const std::string folder = slash == std::string::npos ? "." : path.substr(0, slash + 1);
  if (::access("/proc/self/fd", X_OK) != 0) return -1;
  return ::open(folder.c_str(), O_TMPFILE | O_WRONLY | O_CLOEXEC, 0666);
}

}  // namespace

Output::Output(std::string path) : path_(path == "-" ? std::string() : std::move(path)) {
  if (path_.empty()) {
    descriptor_ = STDOUT_FILENO;
    return;
  }
  struct stat status = {};
  if (::stat(path_.c_str(), &status) == 0 &&
      !S_ISREG(status.st_mode)) {  // a pipe or /dev/null: written as it comes
    descriptor_ = ::open(path_.c_str(), O_WRONLY | O_CLOEXEC);
    if (descriptor_ < 0) fail("cannot write " + path_);
    return;
  }
  descriptor_ = open_nameless(path_);
  if (descriptor_ >= 0) {
    nameless_ = true;
    return;
  }
  temporary_ = path_ + ".XXXXXX";
  descriptor_ = ::mkostemp(temporary_.data(), O_CLOEXEC);
  if (descriptor_ < 0) fail("cannot write " + path_);
  const mode_t mask = ::umask(0);
  ::umask(mask);
  ::fchmod(descriptor_, static_cast<mode_t>(0666 & ~mask));
}

Output::~Output() {
  if (descriptor_ > STDERR_FILENO) ::close(descriptor_);
  if (!temporary_.empty()) ::unlink(temporary_.c_str());
}

void Output::write(std::string_view bytes) {
  buffer_ += bytes;
  const bool shown_at_once = temporary_.empty() && !nameless_;
  if (buffer_.size() >= buffered || shown_at_once) flush();
}

void Output::flush() {
  std::string_view rest = buffer_;
  while (!rest.empty()) {
    const ssize_t done = ::write(descriptor_, rest.data(), rest.size());
    if (done < 0 && errno == EINTR) continue;
    if (done < 0) fail("cannot write " + (path_.empty() ? std::string("standard output") : path_));
    rest.remove_prefix(static_cast<std::size_t>(done));
  }
  buffer_.clear();
}

void Output::commit() {
  flush();
  if (temporary_.empty() && !nameless_) return;
  if (::fsync(descriptor_) != 0 && errno != EINVAL) fail("cannot write " + path_);
  if (nameless_) give_name();
  if (::rename(temporary_.c_str(), path_.c_str()) != 0) fail("cannot write " + path_);
  temporary_.clear();
}

void Output::give_name() {
  const std::string link = "/proc/self/fd/" + std::to_string(descriptor_);
  const std::string name = path_ + "." + std::to_string(::getpid());
  ::unlink(name.c_str());
  if (::linkat(AT_FDCWD, link.c_str(), AT_FDCWD, name.c_str(), AT_SYMLINK_FOLLOW) != 0) {
    fail("cannot write " + path_);
  }
  temporary_ = name;
  nameless_ = false;
}

}  // namespace polybius
