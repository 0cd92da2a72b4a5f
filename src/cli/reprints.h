// How the commands read documents to find reprints among them: many at a time, faults shown, numbers in
// order.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "cli/command.h"
#include "dedupe/dedupe.h"

namespace polybius {

/// What became of all inputs.
struct ReadDocuments {
  std::vector<std::uint32_t> numbers;  ///< of the documents in input order, as the finder counts them
  std::size_t skipped = 0;             ///< inputs; each was named
};

/// What a caller keeps of an item once it has its number.
using KeepItem = std::function<void(const Item& item, std::uint32_t number)>;

/// Adds all inputs to the finder. Texts are compared as they stand, pages by their article.
ReadDocuments read_documents(const NewsOptions& options, ReprintFinder& finder, const KeepItem& keep);

/// `--jobs`, or as many threads as the machine runs at once.
unsigned threads_of(const NewsOptions& options);

/// A file without a name, for what has to wait: whole values in, any of them out again.
class Spool {
 public:
  /// Throws std::system_error if the file cannot be made.
  Spool();
  ~Spool();
  Spool(const Spool&) = delete;
  Spool& operator=(const Spool&) = delete;

  /// Appends a value and returns its handle.
  std::uint64_t put(std::string_view bytes);
  /// The value of a handle. Threads: safe once nothing is put any more.
  std::string get(std::uint64_t handle) const;

 private:
  int descriptor_ = -1;
  std::uint64_t end_ = 0;
};

/// An item as bytes, and back.
std::string bytes_of(const Item& item);
Item item_of(std::string_view bytes);

}  // namespace polybius
