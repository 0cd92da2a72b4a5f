// What links connect, and which member of a group came first.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "dedupe/index_file.h"

namespace polybius {

/// Sets of numbers that grow together; a set is named by its least member.
class DisjointSets {
 public:
  void grow(std::size_t size);
  std::uint32_t root_of(std::uint32_t number);
  /// False if they were together already.
  bool unite(std::uint32_t first, std::uint32_t second);

 private:
  std::vector<std::uint32_t> parents_;  // never greater than the child
};

/// A group of two members or more.
struct GroupFacts {
  std::uint32_t root = 0;
  std::uint32_t original = 0;
  std::uint32_t longest = 0;
  std::uint32_t members = 0;
};

/// All groups of two or more, by root.
std::vector<GroupFacts> find_groups(DisjointSets& sets, const std::vector<IndexedDocument>& documents);

/// The day and second of a date or date-time, in UTC if it has an offset.
void read_instant(std::string_view published, IndexedDocument& document);

}  // namespace polybius
