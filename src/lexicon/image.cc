// Reads the compiled tables where they lie.
#include "lexicon/image.h"

#include <cassert>
#include <cstring>
#include <memory>

namespace polybius {
namespace {

constexpr std::size_t kCounts = 10;
constexpr std::uint32_t kPrefixBit = 0x80000000U;

}  // namespace

std::uint64_t hash_on(std::uint64_t hash, std::string_view bytes) {
  for (const char byte : bytes) {
    hash ^= static_cast<unsigned char>(byte);
    hash *= 1099511628211ULL;
  }
  hash ^= 0x1F;  // a word ends here
  return hash * 1099511628211ULL;
}

template <typename T>
std::span<const T> LexiconImage::take(std::string_view bytes, std::size_t& at, std::size_t count) {
  const std::span<const T> part(reinterpret_cast<const T*>(bytes.data() + at), count);
  at = (at + count * sizeof(T) + 7) / 8 * 8;
  return part;
}

LexiconImage::LexiconImage(std::string_view bytes) {
  assert(bytes.starts_with("PLXIMG01"));
  std::uint32_t counts[kCounts];
  std::memcpy(counts, bytes.data() + 8, sizeof counts);
  std::memcpy(&fingerprint_, bytes.data() + 8 + sizeof counts, 8);
  std::size_t at = 16 + sizeof counts;
  tables_ = take<TableHead>(bytes, at, counts[0]);
  columns_ = take<std::uint32_t>(bytes, at, counts[1]);
  rows_ = take<RowHead>(bytes, at, counts[2]);
  cells_ = take<std::uint32_t>(bytes, at, counts[3]);
  string_ends_ = take<std::uint32_t>(bytes, at, counts[4]);
  key_slots_ = take<Slot>(bytes, at, counts[5]);
  key_rows_ = take<std::uint32_t>(bytes, at, counts[6]);
  name_slots_ = take<Slot>(bytes, at, counts[7]);
  names_ = take<NameEntry>(bytes, at, counts[8]);
  strings_ = bytes.substr(at, counts[9]);
}

std::shared_ptr<const LexiconImage> LexiconImage::owning(std::string bytes) {
  // The image's views must point into the string that it keeps, so the string moves first.
  struct Owner {
    explicit Owner(std::string content) : bytes(std::move(content)), image(bytes) {}
    std::string bytes;
    LexiconImage image;
  };
  const auto owner = std::make_shared<const Owner>(std::move(bytes));
  return {owner, &owner->image};
}

std::string_view LexiconImage::string(std::uint32_t number) const {
  const std::uint32_t begin = number == 0 ? 0 : string_ends_[number - 1];
  return strings_.substr(begin, string_ends_[number] - begin);
}

std::string_view LexiconImage::cell(std::uint32_t row, std::string_view column) const {
  const RowHead& head = rows_[row];
  const TableHead& table = tables_[head.table];
  for (std::uint32_t at = 0; at < table.columns; ++at) {
    if (string(columns_[table.first_column + at]) == column) return string(cells_[head.first_cell + at]);
  }
  return {};
}

std::string_view LexiconImage::table_of(std::uint32_t row) const {
  return string(tables_[rows_[row].table].name);
}

std::string LexiconImage::place_of_row(std::uint32_t row) const {
  return place_of(string(rows_[row].file), rows_[row].line);
}

std::uint32_t LexiconImage::row_count() const {
  return static_cast<std::uint32_t>(rows_.size());
}

std::pair<std::uint32_t, std::uint32_t> LexiconImage::rows_of(std::string_view table) const {
  for (const TableHead& head : tables_) {
    if (string(head.name) == table) return {head.first_row, head.first_row + head.rows};
  }
  return {0, 0};
}

const LexiconImage::Slot* LexiconImage::find_slot(std::span<const Slot> slots, std::uint64_t hash) {
  if (slots.empty()) return nullptr;
  const std::size_t mask = slots.size() - 1;
  for (std::size_t at = hash & mask;; at = (at + 1) & mask) {
    if (slots[at].count == 0) return nullptr;
    if (slots[at].hash == hash) return &slots[at];
  }
}

std::span<const std::uint32_t> LexiconImage::rows_with(std::string_view key) const {
  const Slot* slot = find_slot(key_slots_, hash_on(kHashStart, key));
  if (slot == nullptr) return {};
  return key_rows_.subspan(slot->first, slot->count);
}

std::span<const NameEntry> LexiconImage::names_with(std::uint64_t hash, bool& is_prefix) const {
  const Slot* slot = find_slot(name_slots_, hash);
  is_prefix = slot != nullptr && (slot->count & kPrefixBit) != 0;
  if (slot == nullptr) return {};
  return names_.subspan(slot->first, slot->count & ~kPrefixBit);
}

std::uint64_t LexiconImage::fingerprint() const {
  return fingerprint_;
}

}  // namespace polybius
