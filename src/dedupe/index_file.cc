// The index's bytes: blocks made and blocks read, every size held against the file.
#include "dedupe/index_file.h"

#include <zlib.h>

#include <algorithm>
#include <optional>

namespace polybius {
namespace {

constexpr std::string_view magic = "POLYDUPE";
constexpr std::uint32_t version = 1;
constexpr std::size_t header_size = 16;
constexpr std::size_t head_size = 32;
constexpr std::size_t entry_size = 28;
constexpr std::uint64_t most_meta = std::uint64_t{1} << 30;

enum Kind : std::uint32_t { kDocuments = 1, kLinks = 2, kEnd = 3 };

template <typename T>
void put(std::string& out, T value) {
  for (std::size_t i = 0; i < sizeof(T); ++i) {
    out += static_cast<char>(static_cast<std::uint64_t>(value) >> (8 * i) & 0xff);
  }
}

/// Numbers from bytes; `left` must be looked at before.
class Cursor {
 public:
  explicit Cursor(std::string_view bytes) : rest_(bytes) {}
  std::size_t left() const {
    return rest_.size();
  }
  template <typename T>
  T number() {
    std::uint64_t out = 0;
    for (std::size_t i = sizeof(T); i-- > 0;) out = out << 8 | static_cast<unsigned char>(rest_[i]);
    rest_.remove_prefix(sizeof(T));
    return static_cast<T>(out);
  }
  std::string_view bytes(std::size_t count) {
    const std::string_view out = rest_.substr(0, count);
    rest_.remove_prefix(count);
    return out;
  }

 private:
  std::string_view rest_;
};

std::uint32_t crc_of(std::string_view bytes) {
  return static_cast<std::uint32_t>(
      crc32_z(0, reinterpret_cast<const Bytef*>(bytes.data()), static_cast<z_size_t>(bytes.size())));
}

std::string block(Kind kind, std::size_t count, const std::string& meta, std::uint64_t words_size) {
  std::string out;
  out.reserve(head_size + meta.size());
  put<std::uint32_t>(out, kind);
  put(out, static_cast<std::uint32_t>(count));
  put(out, static_cast<std::uint64_t>(meta.size()));
  put(out, words_size);
  put(out, crc_of(meta));
  put(out, crc_of(out));
  return out + meta;
}

/// One block as it lies in the file.
struct Block {
  std::uint32_t kind = 0;
  std::uint32_t count = 0;
  std::uint64_t words_at = 0;
  std::uint64_t words_size = 0;
  std::uint64_t end = 0;
  std::string meta;
};

class IndexReader {
 public:
  IndexReader(const RandomBytes& bytes, const std::string& name) : bytes_(bytes), name_(name) {}

  Result<IndexContent> read(std::uint64_t& end) {
    if (auto fault = read_header()) return *fault;
    end = header_size;
    // Blocks behind the last end mark were never finished, so they may be anything: found first, read then.
    const std::uint64_t last = last_end(header_size);
    for (std::uint64_t at = header_size; at < last;) {
      auto found = block_at(at, true);
      if (!found) return broken(at, "a block's checksum or size is wrong");
      if (!take(*found)) return broken(at, "a block holds what cannot be");
      at = found->end;
    }
    end = last;
    return std::move(content_);
  }

 private:
  Error broken(std::uint64_t at, const std::string& what) const {
    return {"E-DUP-03", name_ + ": byte " + std::to_string(at), "the index is broken: " + what,
            "take the file away; it is made anew from the documents"};
  }

  std::optional<Error> read_header() {
    char head[header_size];
    if (bytes_.size < header_size || !bytes_.read(0, head, header_size) ||
        std::string_view(head, magic.size()) != magic) {
      return Error{"E-DUP-01", name_, "not an index of reprints",
                   "name another file; it is made if it is not there"};
    }
    Cursor numbers(std::string_view(head, header_size).substr(magic.size()));
    const auto found = numbers.number<std::uint32_t>();
    if (found == version) return std::nullopt;
    return Error{"E-DUP-02", name_,
                 "an index of version " + std::to_string(found) + ", not " + std::to_string(version),
                 "make it anew with this program"};
  }

  std::uint64_t last_end(std::uint64_t at) {
    std::uint64_t last = at;
    while (const auto found = block_at(at, false)) {
      at = found->end;
      if (found->kind == kEnd) last = at;
    }
    return last;
  }

  /// The block at a byte; nothing if it is cut off or broken. Without `whole` its meta is left out,
  /// unchecked.
  std::optional<Block> block_at(std::uint64_t at, bool whole) {
    char head[head_size];
    if (bytes_.size - at < head_size || !bytes_.read(at, head, head_size)) return std::nullopt;
    Cursor numbers(std::string_view(head, head_size));
    Block out;
    out.kind = numbers.number<std::uint32_t>();
    out.count = numbers.number<std::uint32_t>();
    const auto meta_size = numbers.number<std::uint64_t>();
    out.words_size = numbers.number<std::uint64_t>();
    const auto meta_crc = numbers.number<std::uint32_t>();
    if (numbers.number<std::uint32_t>() != crc_of(std::string_view(head, head_size - 4))) return std::nullopt;
    const std::uint64_t left = bytes_.size - at - head_size;
    if (meta_size > std::min(left, most_meta) || out.words_size > left - meta_size) return std::nullopt;
    out.words_at = at + head_size + meta_size;
    out.end = out.words_at + out.words_size;
    if (!whole) return out;
    out.meta.resize(static_cast<std::size_t>(meta_size));
    if (!bytes_.read(at + head_size, out.meta.data(), out.meta.size())) return std::nullopt;
    if (crc_of(out.meta) != meta_crc) return std::nullopt;
    return out;
  }

  bool take(const Block& found) {
    if (found.kind == kDocuments) return take_documents(found);
    if (found.kind == kLinks) return take_links(found);
    return found.kind == kEnd && found.count == static_cast<std::uint32_t>(content_.documents.size()) &&
           found.meta.empty();
  }

  bool take_documents(const Block& found) {
    Cursor meta(found.meta);
    std::uint64_t words_at = found.words_at;
    for (std::uint32_t i = 0; i < found.count; ++i) {
      if (meta.left() < entry_size) return false;
      IndexedDocument document;
      document.text = meta.number<std::uint64_t>();
      document.words = meta.number<std::uint32_t>();
      document.day = meta.number<std::int32_t>();
      document.second = meta.number<std::int32_t>();
      document.id_size = meta.number<std::uint32_t>();
      document.byline = (meta.number<std::uint8_t>() & 1U) != 0;
      document.keys = meta.number<std::uint8_t>();
      meta.number<std::uint16_t>();
      if (meta.left() < std::uint64_t{document.id_size} + 4U * document.keys) return false;
      document.id_at = content_.ids.size();
      content_.ids += meta.bytes(document.id_size);
      document.keys_at = content_.keys.size();
      for (unsigned key = 0; key < document.keys; ++key)
        content_.keys.push_back(meta.number<std::uint32_t>());
      const auto keys = content_.keys.begin() + static_cast<std::ptrdiff_t>(document.keys_at);
      if (!std::is_sorted(keys, content_.keys.end())) return false;
      document.words_at = words_at;
      words_at += std::uint64_t{document.words} * 2;
      content_.documents.push_back(document);
    }
    return meta.left() == 0 && words_at == found.end && content_.documents.size() < UINT32_MAX;
  }

  bool take_links(const Block& found) {
    Cursor meta(found.meta);
    if (meta.left() != std::uint64_t{found.count} * 8 || found.words_size != 0) return false;
    for (std::uint32_t i = 0; i < found.count; ++i) {
      const auto greater = meta.number<std::uint32_t>();
      const auto smaller = meta.number<std::uint32_t>();
      if (smaller >= greater || greater >= content_.documents.size()) return false;
      content_.links.emplace_back(greater, smaller);
    }
    return true;
  }

  const RandomBytes& bytes_;
  const std::string& name_;
  IndexContent content_;
};

}  // namespace

Result<IndexContent> read_index(const RandomBytes& bytes, const std::string& name, std::uint64_t& end) {
  return IndexReader(bytes, name).read(end);
}

std::string document_block(const IndexContent& content, std::size_t first, std::size_t count,
                           std::uint64_t words) {
  std::string meta;
  for (std::size_t i = first; i < first + count; ++i) {
    const IndexedDocument& document = content.documents[i];
    put(meta, document.text);
    put(meta, document.words);
    put(meta, document.day);
    put(meta, document.second);
    put(meta, document.id_size);
    put<std::uint8_t>(meta, document.byline ? 1 : 0);
    put(meta, document.keys);
    put<std::uint16_t>(meta, 0);
    meta += content.id_of(document);
    for (unsigned key = 0; key < document.keys; ++key) put(meta, content.keys[document.keys_at + key]);
  }
  return block(kDocuments, count, meta, words * 2);
}

std::string link_block(const std::vector<std::pair<std::uint32_t, std::uint32_t>>& links) {
  std::string meta;
  for (const auto& [greater, smaller] : links) {
    put(meta, greater);
    put(meta, smaller);
  }
  return block(kLinks, links.size(), meta, 0);
}

std::string end_block(std::size_t documents) {
  return block(kEnd, documents, "", 0);
}

std::string index_header() {
  std::string out(magic);
  put(out, version);
  put<std::uint32_t>(out, 0);
  return out;
}

}  // namespace polybius
