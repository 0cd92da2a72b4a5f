// The window over a stream of bytes, and the streams over files and memory.
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <system_error>

#include "io/io.h"

namespace polybius {
namespace {

constexpr std::size_t piece = 64 * 1024;

/// Closes its descriptor with the last copy of the stream's function.
struct Descriptor {
  int number;
  explicit Descriptor(int n) : number(n) {}
  ~Descriptor() {
    if (number > 0) ::close(number);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
};

ByteStream stream_of(int number, const std::string& name) {
  auto descriptor = std::make_shared<Descriptor>(number);
  return ByteStream([descriptor, name](char* into, std::size_t size) -> std::size_t {
    for (;;) {
      const ssize_t got = ::read(descriptor->number, into, size);
      if (got >= 0) return static_cast<std::size_t>(got);
      if (errno != EINTR) throw std::system_error(errno, std::generic_category(), "cannot read " + name);
    }
  });
}

}  // namespace

Result<ByteStream> ByteStream::open(const std::string& path) {
  if (path == "-") return stream_of(STDIN_FILENO, "standard input");
  const int number = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (number < 0) {
    if (errno == ENOENT || errno == ENOTDIR) return Error{"E-IO-01", path, "no such file", ""};
    return Error{"E-IO-02", path, std::string("cannot be read: ") + std::strerror(errno), ""};
  }
  struct stat status = {};
  if (::fstat(number, &status) == 0 && S_ISDIR(status.st_mode)) {
    ::close(number);
    return Error{"E-IO-03", path, "is a folder", "name its files"};
  }
  return stream_of(number, path);
}

ByteStream ByteStream::of(std::string bytes) {
  auto shared = std::make_shared<std::string>(std::move(bytes));
  return ByteStream([shared, position = std::size_t{0}](char* into, std::size_t size) mutable {
    const std::size_t count = std::min(size, shared->size() - position);
    if (count > 0) std::memcpy(into, shared->data() + position, count);
    position += count;
    return count;
  });
}

void ByteStream::fill(std::size_t wanted) {
  // Moved only when what is left is the smaller part: so all moves together are linear, whatever is asked
  // for.
  if (begin_ > 0 && !ended_ && window_.size() - begin_ < std::min(wanted, begin_ + 1)) {
    window_.erase(0, begin_);
    begin_ = 0;
  }
  while (!ended_ && window_.size() - begin_ < wanted) {
    const std::size_t old = window_.size();
    if (window_.capacity() < old + piece) window_.reserve(std::max(old + piece, old + old / 2));
    window_.resize(old + piece);
    const std::size_t got = pull_(window_.data() + old, piece);
    window_.resize(old + got);
    ended_ = got == 0;
  }
}

std::string_view ByteStream::peek(std::size_t wanted) {
  fill(wanted);
  return std::string_view(window_).substr(begin_);
}

std::uint64_t ByteStream::skip(std::uint64_t count) {
  std::uint64_t done = 0;
  while (done < count) {
    const std::size_t here = peek(1).size();
    if (here == 0) break;
    const auto step = static_cast<std::size_t>(std::min<std::uint64_t>(here, count - done));
    begin_ += step;
    offset_ += step;
    done += step;
    if (begin_ == window_.size()) {
      window_.clear();
      begin_ = 0;
      if (window_.capacity() > 16 * piece) window_.shrink_to_fit();
    }
  }
  return done;
}

std::optional<std::string> ByteStream::line(std::size_t limit, bool* cut) {
  if (cut != nullptr) *cut = false;
  if (peek(1).empty()) return std::nullopt;
  std::size_t searched = 0;
  for (;;) {
    const std::string_view seen = peek(searched + 1);
    const std::size_t end = seen.find('\n', searched);
    const std::size_t length = std::min(end, seen.size());
    if (length > limit) {
      std::string out(seen.substr(0, limit));
      if (cut != nullptr) *cut = true;
      for (std::string_view rest = seen; !rest.empty(); rest = peek(1)) {
        const std::size_t stop = rest.find('\n');
        skip(stop == std::string_view::npos ? rest.size() : stop + 1);
        if (stop != std::string_view::npos) break;
      }
      return out;
    }
    if (end != std::string_view::npos || length == searched) {
      std::string out(seen.substr(0, length));
      skip(end == std::string_view::npos ? length : length + 1);
      return out;
    }
    searched = length;
  }
}

void ByteStream::drop_window() {
  window_.clear();
  begin_ = 0;
  ended_ = false;
}

}  // namespace polybius
