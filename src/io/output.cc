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
  if (buffer_.size() >= buffered || temporary_.empty()) flush();
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
  if (temporary_.empty()) return;
  if (::fsync(descriptor_) != 0 && errno != EINVAL) fail("cannot write " + path_);
  if (::rename(temporary_.c_str(), path_.c_str()) != 0) fail("cannot write " + path_);
  temporary_.clear();
}

}  // namespace polybius
