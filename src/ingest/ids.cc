// Ids that are unique over a run.
#include <algorithm>

#include "ingest/ingest.h"

namespace polybius {
namespace {

constexpr std::size_t first_size = 1024;  // a power of two, as all sizes

std::uint64_t hash_of(std::string_view bytes) {  // FNV-1a: the same on every machine
  std::uint64_t out = 0xcbf29ce484222325u;
  for (const char c : bytes) out = (out ^ static_cast<unsigned char>(c)) * 0x100000001b3u;
  return out == 0 ? 1 : out;  // 0 is an empty place of the table
}

std::size_t place_of(std::uint64_t id, std::size_t size) {
  return static_cast<std::size_t>((id ^ (id >> 32)) * 0x9e3779b97f4a7c15u >> 20) & (size - 1);
}

}  // namespace

std::vector<std::uint64_t> IdKeeper::texts_of(std::uint64_t id) const {
  std::vector<std::uint64_t> out;
  if (table_.empty()) return out;
  for (std::size_t at = place_of(id, table_.size()); table_[at].id != 0;
       at = (at + 1) & (table_.size() - 1)) {
    if (table_[at].id == id) out.push_back(table_[at].text);
  }
  return out;
}

void IdKeeper::grow() {
  std::vector<Entry> old = std::move(table_);
  table_.assign(std::max(first_size, 2 * old.size()), Entry{});
  count_ = 0;
  // From an empty place on, so that the order of entries of one id stays even where a run of them wraps.
  const auto gap = std::find_if(old.begin(), old.end(), [](const Entry& entry) { return entry.id == 0; });
  std::rotate(old.begin(), gap == old.end() ? old.begin() : gap, old.end());
  for (const Entry& entry : old) {
    if (entry.id != 0) add(entry);
  }
}

void IdKeeper::add(Entry entry) {
  if (5 * count_ >= 4 * table_.size()) grow();
  std::size_t at = place_of(entry.id, table_.size());
  while (table_[at].id != 0) at = (at + 1) & (table_.size() - 1);
  table_[at] = entry;
  ++count_;
}

std::vector<IdKeeper::Entry> IdKeeper::take_added() {
  return std::exchange(added_, {});
}

void IdKeeper::settle(Document& document) {
  const std::uint64_t text = hash_of(document.text);
  const auto note = [&](std::uint64_t id) {
    add({id, text});
    added_.push_back({id, text});
  };
  const std::uint64_t id = hash_of(document.id);
  const std::vector<std::uint64_t> texts = texts_of(id);
  const auto known = std::find(texts.begin(), texts.end(), text);
  std::size_t number = static_cast<std::size_t>(known - texts.begin()) + 1;
  if (known == texts.end()) note(id);
  if (number == 1) return;
  const std::string given = document.id;
  // "a#2" may be the own id of another document.
  for (;; ++number) {
    document.id = given + "#" + std::to_string(number);
    const std::uint64_t other = hash_of(document.id);
    std::vector<std::uint64_t> others = texts_of(other);
    if (others.empty()) note(other);
    if (others.empty() || others.front() == text) break;
  }
  document.warnings.push_back(
      {"id_again", false, 0, 0,
       "the id \"" + given + "\" came before with another text; this one is \"" + document.id + "\""});
}

}  // namespace polybius
