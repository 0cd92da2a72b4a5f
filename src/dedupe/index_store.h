// The index file at work: taken for one writer, appended to, its words read back, whole or as it was.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "dedupe/index_file.h"

namespace polybius {

/// The file behind a finder. Throws std::system_error if the disk fails.
class IndexStore {
 public:
  IndexStore() = default;
  ~IndexStore();
  IndexStore(const IndexStore&) = delete;
  IndexStore& operator=(const IndexStore&) = delete;

  /// Opens or makes the file of `path`, or for an empty path a nameless one in the folder `scratch`, and
  /// reads it. Errors: E-DUP-01 to E-DUP-05.
  Result<IndexContent> open(const std::string& path, const std::string& scratch);
  /// Takes in the words of the next document of `content`, which is in there already, and says where they
  /// lie.
  void append(IndexContent& content, std::span<const std::uint16_t> words);
  /// Writes what `append` still holds.
  void flush(IndexContent& content);
  /// The words of a document that is written. Threads: safe.
  void words_of(const IndexedDocument& document, std::vector<std::uint16_t>& words) const;
  /// Writes links and the end mark.
  void commit(IndexContent& content, const std::vector<std::pair<std::uint32_t, std::uint32_t>>& links);

 private:
  void write(std::string_view bytes);
  std::string path_;
  int descriptor_ = -1;
  std::uint64_t committed_ = 0;  // bytes that are whole
  std::uint64_t end_ = 0;        // bytes written
  std::string words_;            // of documents that are not written yet
  std::size_t written_ = 0;      // documents
};

}  // namespace polybius
