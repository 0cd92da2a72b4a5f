// The compiled form of a set of tables: flat arrays that are used where they lie, in the program or in
// memory.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "lexicon/schema.h"
#include "lexicon/table_file.h"

namespace polybius {

/// A name or alias in the index of names.
struct NameEntry {
  std::uint32_t row = 0;
  std::uint32_t form = 0;  ///< string number: the form as written
  std::uint32_t words = 0;
  std::uint32_t flags = 0;  ///< NameFlag
};

enum NameFlag : std::uint32_t { kExactCase = 1, kAdjective = 2 };

/// Layout (little-endian, every part 8-byte aligned): a header of counts, then the arrays in the order of the
/// members below.
///
///     magic "PLXIMG01" | u32 counts[10] | parts
///
/// The bytes come from `compile_image` of this very program version; they are not an exchange format.
class LexiconImage {
 public:
  /// `bytes` must outlive the image. Asserts the magic: broken bytes mean a broken build.
  explicit LexiconImage(std::string_view bytes);
  /// Owns its bytes.
  static std::shared_ptr<const LexiconImage> owning(std::string bytes);

  std::string_view cell(std::uint32_t row, std::string_view column) const;
  std::string_view table_of(std::uint32_t row) const;
  std::string place_of_row(std::uint32_t row) const;
  std::uint32_t row_count() const;
  /// Rows of a table: `[first, last)`.
  std::pair<std::uint32_t, std::uint32_t> rows_of(std::string_view table) const;
  /// Rows by an index key ("agents\trebel"; "roles:office\tpresident|RUS"), in table order.
  std::span<const std::uint32_t> rows_with(std::string_view key) const;
  /// Names by the hash of their folded words; nothing if no name begins so.
  std::span<const NameEntry> names_with(std::uint64_t hash, bool& is_prefix) const;
  std::string_view string(std::uint32_t number) const;
  std::uint64_t fingerprint() const;

 private:
  friend class ImageWriter;
  struct Slot {
    std::uint64_t hash;
    std::uint32_t first;
    std::uint32_t count;  ///< for names the top bit says "also the beginning of a longer one"
  };
  struct TableHead {
    std::uint32_t name;
    std::uint32_t first_column;
    std::uint32_t columns;
    std::uint32_t first_row;
    std::uint32_t rows;
    std::uint32_t unused;
  };
  struct RowHead {
    std::uint32_t table;
    std::uint32_t file;
    std::uint32_t line;
    std::uint32_t first_cell;
  };
  template <typename T>
  std::span<const T> take(std::string_view bytes, std::size_t& at, std::size_t count);
  static const Slot* find_slot(std::span<const Slot> slots, std::uint64_t hash);

  std::string owned_;
  std::uint64_t fingerprint_ = 0;
  std::span<const TableHead> tables_;
  std::span<const std::uint32_t> columns_;
  std::span<const RowHead> rows_;
  std::span<const std::uint32_t> cells_;
  std::span<const std::uint32_t> string_ends_;
  std::span<const Slot> key_slots_;
  std::span<const std::uint32_t> key_rows_;
  std::span<const Slot> name_slots_;
  std::span<const NameEntry> names_;
  std::string_view strings_;
};

/// Compiles checked files. Same files, same bytes.
std::string compile_image(std::span<const TableFile> files, const Schema& schema);

/// The hash of a sequence of folded words is built word by word; start with `kHashStart`.
inline constexpr std::uint64_t kHashStart = 14695981039346656037ULL;
std::uint64_t hash_on(std::uint64_t hash, std::string_view bytes);

/// The words of a name as they are looked up: folded, hyphens and stops apart, 's off.
std::vector<std::string> name_words(std::string_view name);

}  // namespace polybius
