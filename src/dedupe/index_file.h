// The index of fingerprints on disk: appended to, read in blocks, whole up to its last end mark.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "polybius/error.h"

namespace polybius {

/// What the index knows of a document; ids and keys of all lie one behind the other.
struct IndexedDocument {
  std::uint64_t text = 0;      ///< hash of the text
  std::uint64_t words_at = 0;  ///< byte of the file
  std::uint64_t id_at = 0;
  std::uint64_t keys_at = 0;
  std::uint32_t words = 0;
  std::uint32_t id_size = 0;
  std::int32_t day = 0;     ///< since 1970-01-01; `no_day` if unknown
  std::int32_t second = 0;  ///< of that day; `no_second` if unknown
  std::uint8_t keys = 0;
  bool byline = false;

  static constexpr std::int32_t no_day = INT32_MAX;
  static constexpr std::int32_t no_second = -1;
};

/// All of an index but the words.
struct IndexContent {
  std::vector<IndexedDocument> documents;
  std::string ids;
  std::vector<std::uint32_t> keys;
  std::vector<std::pair<std::uint32_t, std::uint32_t>> links;  ///< reprints of each other, by number

  std::string_view id_of(const IndexedDocument& document) const {
    return std::string_view(ids).substr(document.id_at, document.id_size);
  }
};

/// Bytes that can be read anywhere: a file, or memory in tests.
struct RandomBytes {
  std::uint64_t size = 0;
  /// Fills `into` with bytes from `at`; false if there are not as many.
  std::function<bool(std::uint64_t at, char* into, std::size_t count)> read;
};

/// Reads up to the last end mark; `end` is the byte behind it. Errors: E-DUP-01 (no index), E-DUP-02 (another
/// version), E-DUP-03 (broken, with the byte). Memory: what is in the file, whatever it claims.
Result<IndexContent> read_index(const RandomBytes& bytes, const std::string& name, std::uint64_t& end);

/// Bytes of a block of documents (their words behind it), of links, of an end mark, of the file's header.
std::string document_block(const IndexContent& content, std::size_t first, std::size_t count,
                           std::uint64_t words);
std::string link_block(const std::vector<std::pair<std::uint32_t, std::uint32_t>>& links);
std::string end_block(std::size_t documents);
std::string index_header();

}  // namespace polybius
