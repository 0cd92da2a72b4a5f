// Appends blocks to the index file, and cuts off what was not finished.
#include "dedupe/index_store.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <system_error>

namespace polybius {
namespace {

constexpr std::size_t block_words = std::size_t{4} << 20;  // bytes
constexpr std::size_t block_documents = 16'384;

[[noreturn]] void fail_with_disk(const std::string& what) {
  throw std::system_error(errno, std::generic_category(), what);
}

bool read_at(int descriptor, std::uint64_t at, char* into, std::size_t count) {
  while (count > 0) {
    const ssize_t got = ::pread(descriptor, into, count, static_cast<off_t>(at));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) fail_with_disk("cannot read the index of reprints");
    if (got == 0) return false;
    at += static_cast<std::uint64_t>(got);
    into += got;
    count -= static_cast<std::size_t>(got);
  }
  return true;
}

int nameless_file(const std::string& folder) {
  std::string path = folder + "/polybius.XXXXXX";
  const int descriptor = ::mkostemp(path.data(), O_CLOEXEC);
  if (descriptor < 0) fail_with_disk("cannot make a file in " + folder);
  ::unlink(path.c_str());
  return descriptor;
}

}  // namespace

IndexStore::~IndexStore() {
  if (descriptor_ < 0) return;
  if (!path_.empty()) {
    if (committed_ == 0) {
      ::unlink(path_.c_str());
    } else if (committed_ < end_ && ::ftruncate(descriptor_, static_cast<off_t>(committed_)) != 0) {
      // What is left behind the last end mark is cut off by the next writer.
    }
  }
  ::close(descriptor_);
}

Result<IndexContent> IndexStore::open(const std::string& path, const std::string& scratch) {
  if (path.empty()) {
    descriptor_ = nameless_file(scratch);
    write(index_header());
    return IndexContent{};
  }
  const int opened = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666);
  if (opened < 0)
    return Error{"E-DUP-05", path, std::string("cannot be opened: ") + std::strerror(errno), ""};
  if (::flock(opened, LOCK_EX | LOCK_NB) != 0) {
    ::close(opened);
    return Error{"E-DUP-04", path, "another program is writing this index",
                 "wait for it, or take another index"};
  }
  descriptor_ = opened;
  struct stat status = {};
  if (::fstat(opened, &status) != 0) fail_with_disk("cannot read " + path);
  if (!S_ISREG(status.st_mode)) return Error{"E-DUP-05", path, "is no file", "name a file"};
  if (status.st_size == 0) {
    path_ = path;
    write(index_header());
    return IndexContent{};
  }
  RandomBytes bytes;
  bytes.size = static_cast<std::uint64_t>(status.st_size);
  bytes.read = [opened](std::uint64_t at, char* into, std::size_t count) {
    return read_at(opened, at, into, count);
  };
  auto content = read_index(bytes, path, end_);
  if (!content) return content.error();
  path_ = path;
  committed_ = end_;
  if (end_ < bytes.size && ::ftruncate(opened, static_cast<off_t>(end_)) != 0)
    fail_with_disk("cannot write " + path);
  written_ = content.value().documents.size();
  return content;
}

void IndexStore::write(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t done = ::pwrite(descriptor_, bytes.data(), bytes.size(), static_cast<off_t>(end_));
    if (done < 0 && errno == EINTR) continue;
    if (done < 0) fail_with_disk("cannot write the index of reprints");
    end_ += static_cast<std::uint64_t>(done);
    bytes.remove_prefix(static_cast<std::size_t>(done));
  }
}

void IndexStore::append(IndexContent& content, std::span<const std::uint16_t> words) {
  content.documents.back().words_at = words_.size();  // within the block until that is written
  for (const std::uint16_t word : words) {
    words_ += static_cast<char>(word & 0xffU);
    words_ += static_cast<char>(word >> 8U);
  }
  if (words_.size() >= block_words || content.documents.size() - written_ >= block_documents) flush(content);
}

void IndexStore::flush(IndexContent& content) {
  const std::size_t first = written_;
  if (first == content.documents.size()) return;
  const std::string head =
      document_block(content, first, content.documents.size() - first, words_.size() / 2);
  for (std::size_t i = first; i < content.documents.size(); ++i)
    content.documents[i].words_at += end_ + head.size();
  write(head);
  write(words_);
  words_.clear();
  written_ = content.documents.size();
}

void IndexStore::words_of(const IndexedDocument& document, std::vector<std::uint16_t>& words) const {
  words.resize(document.words);
  // Little-endian, as every processor that the program runs on.
  if (!read_at(descriptor_, document.words_at, reinterpret_cast<char*>(words.data()), words.size() * 2)) {
    errno = EIO;
    fail_with_disk("the index of reprints was cut while it was read");
  }
}

void IndexStore::commit(IndexContent& content,
                        const std::vector<std::pair<std::uint32_t, std::uint32_t>>& links) {
  flush(content);
  if (path_.empty()) return;
  if (!links.empty()) write(link_block(links));
  write(end_block(content.documents.size()));
  if (::fsync(descriptor_) != 0) fail_with_disk("cannot write " + path_);
  committed_ = end_;
}

}  // namespace polybius
