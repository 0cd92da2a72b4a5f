// Candidates by common keys, verified by alignment, joined to groups; batches of fixed size, so that threads
// do not change what is compared.
#include <algorithm>
#include <bit>
#include <exception>
#include <thread>

#include "dedupe/align.h"
#include "dedupe/dedupe.h"
#include "dedupe/groups.h"
#include "dedupe/index_store.h"

namespace polybius {
namespace {

constexpr unsigned partitions = 16;  // of the keys, one after another: so their pairs need little memory
constexpr std::size_t batch = 8192;  // candidates
constexpr std::uint32_t neighbours =
    2;                                 // that a document is compared with in a key's list, besides the first
constexpr std::size_t short_list = 8;  // documents: in such a list one common key is enough
constexpr std::size_t remembered = std::size_t{1} << 20;

using Pair = std::pair<std::uint32_t, std::uint32_t>;  // the greater number first

/// Numbers found by a hash of the id.
class NumberTable {
 public:
  explicit NumberTable(const IndexContent& content) : content_(content) {}

  std::optional<std::uint32_t> find(std::string_view id) const {
    if (slots_.empty()) return std::nullopt;
    for (std::size_t slot = hash_of(id) & (slots_.size() - 1); slots_[slot] != 0;
         slot = (slot + 1) & (slots_.size() - 1)) {
      const std::uint32_t number = slots_[slot] - 1;
      if (content_.id_of(content_.documents[number]) == id) return number;
    }
    return std::nullopt;
  }

  /// Takes in the document of a number, the next one not yet in.
  void add(std::uint32_t number) {
    if (slots_.size() < 2 * (std::size_t{number} + 1)) rebuild(number);
    place(number);
  }

 private:
  static std::size_t hash_of(std::string_view id) {
    std::uint64_t out = 0xcbf29ce484222325u;
    for (const char c : id) out = (out ^ static_cast<unsigned char>(c)) * 0x100000001b3u;
    return static_cast<std::size_t>(out ^ out >> 32);
  }
  void place(std::uint32_t number) {
    std::size_t slot = hash_of(content_.id_of(content_.documents[number])) & (slots_.size() - 1);
    while (slots_[slot] != 0) slot = (slot + 1) & (slots_.size() - 1);
    slots_[slot] = number + 1;
  }
  void rebuild(std::uint32_t count) {
    slots_.assign(std::max<std::size_t>(1024, std::bit_ceil(4 * (std::size_t{count} + 1))), 0);
    for (std::uint32_t number = 0; number < count; ++number) place(number);
  }

  const IndexContent& content_;
  std::vector<std::uint32_t> slots_;  // number + 1, 0 if free
};

/// Does `work(i)` for i below `count` on some threads; rethrows what one threw.
void on_threads(unsigned threads, std::size_t count,
                const std::function<void(std::size_t, std::size_t)>& work) {
  const std::size_t parts = std::clamp<std::size_t>(threads, 1, std::max<std::size_t>(1, count / 64));
  std::vector<std::thread> pool;
  std::vector<std::exception_ptr> thrown(parts);
  const auto run = [&](std::size_t part) {
    try {
      work(count * part / parts, count * (part + 1) / parts);
    } catch (...) {
      thrown[part] = std::current_exception();
    }
  };
  for (std::size_t part = 1; part < parts; ++part) pool.emplace_back(run, part);
  run(0);
  for (auto& thread : pool) thread.join();
  for (const auto& exception : thrown) {
    if (exception) std::rethrow_exception(exception);
  }
}

/// What aligns two documents of a store.
class Comparer {
 public:
  Comparer(const IndexStore& store, const IndexContent& content) : store_(store), content_(content) {}
  bool reprints(Pair pair) {
    const Alignment& alignment = align(pair);
    return are_reprints(alignment, first_.size(), second_.size());
  }
  double similarity(Pair pair) {
    const Alignment& alignment = align(pair);
    return similarity_of(alignment, first_.size(), second_.size());
  }

 private:
  const Alignment& align(Pair pair) {
    store_.words_of(content_.documents[pair.first], first_);
    store_.words_of(content_.documents[pair.second], second_);
    return aligner_.align(first_, second_);
  }
  const IndexStore& store_;
  const IndexContent& content_;
  std::vector<std::uint16_t> first_;
  std::vector<std::uint16_t> second_;
  Aligner aligner_;
};

}  // namespace

struct ReprintFinder::Parts {
  IndexStore store;
  IndexContent content;
  NumberTable numbers{content};
  DisjointSets sets;
  std::vector<GroupFacts> groups;
  std::vector<Pair> new_links;
  std::uint32_t searched = 0;  // documents that were compared with those before them
  // While `find` runs.
  std::vector<Pair> candidates;
  std::vector<std::uint64_t> rejected;
  unsigned threads = 1;

  void take_index();
  void search_partition(unsigned partition);
  void search_list(std::span<const std::uint64_t> list);
  std::size_t common_keys(Pair pair) const;
  void suggest(Pair pair, bool rare);
  void verify();
};

namespace {

std::uint64_t& memory_of(std::vector<std::uint64_t>& rejected, Pair pair) {
  const std::uint64_t both = std::uint64_t{pair.first} << 32 | pair.second;
  return rejected[static_cast<std::size_t>((both * 0x9e3779b97f4a7c15u) >> 44)];
}

}  // namespace

void ReprintFinder::Parts::take_index() {
  const auto count = static_cast<std::uint32_t>(content.documents.size());
  for (std::uint32_t number = 0; number < count; ++number) numbers.add(number);
  sets.grow(count);
  for (const Pair& link : content.links) sets.unite(link.first, link.second);
  searched = count;
  groups = find_groups(sets, content.documents);
}

std::size_t ReprintFinder::Parts::common_keys(Pair pair) const {
  const IndexedDocument& first = content.documents[pair.first];
  const IndexedDocument& second = content.documents[pair.second];
  const std::uint32_t* a = content.keys.data() + first.keys_at;
  const std::uint32_t* b = content.keys.data() + second.keys_at;
  const std::uint32_t* const a_end = a + first.keys;
  const std::uint32_t* const b_end = b + second.keys;
  std::size_t common = 0;
  while (a < a_end && b < b_end) {
    common += static_cast<std::size_t>(*a == *b);
    const std::uint32_t least = std::min(*a, *b);
    a += static_cast<std::ptrdiff_t>(*a == least);
    b += static_cast<std::ptrdiff_t>(*b == least);
  }
  return common;
}

void ReprintFinder::Parts::suggest(Pair pair, bool rare) {
  if (sets.root_of(pair.first) == sets.root_of(pair.second)) return;
  if (!rare && common_keys(pair) < 2) return;
  if (memory_of(rejected, pair) == (std::uint64_t{pair.first} << 32 | pair.second)) return;
  candidates.push_back(pair);
  if (candidates.size() >= batch) verify();
}

// A list may be of one story printed a thousand times or of a phrase that everybody uses: comparing with the
// first and with neighbours is enough for the one and cheap for the other.
void ReprintFinder::Parts::search_list(std::span<const std::uint64_t> list) {
  const bool rare = list.size() <= short_list;
  for (std::size_t i = 1; i < list.size(); ++i) {
    const auto document = static_cast<std::uint32_t>(list[i]);
    if (document < searched) continue;
    const std::size_t before = rare ? i : std::min<std::size_t>(i, neighbours);
    for (std::size_t back = 1; back <= before; ++back) {
      suggest({document, static_cast<std::uint32_t>(list[i - back])}, rare);
    }
    if (before < i) suggest({document, static_cast<std::uint32_t>(list[0])}, rare);
  }
}

void ReprintFinder::Parts::search_partition(unsigned partition) {
  std::vector<std::uint64_t> entries;  // key, number
  for (std::uint32_t number = 0; number < content.documents.size(); ++number) {
    const IndexedDocument& document = content.documents[number];
    const auto begin = content.keys.begin() + static_cast<std::ptrdiff_t>(document.keys_at);
    const auto end = begin + document.keys;
    for (auto key = std::lower_bound(begin, end, partition << 28U); key != end && *key >> 28U == partition;
         ++key) {
      entries.push_back(std::uint64_t{*key} << 32 | number);
    }
  }
  std::sort(entries.begin(), entries.end());
  for (std::size_t i = 0; i < entries.size();) {
    std::size_t end = i + 1;
    while (end < entries.size() && entries[end] >> 32 == entries[i] >> 32) ++end;
    if (end > i + 1) search_list(std::span(entries).subspan(i, end - i));
    i = end;
  }
}

void ReprintFinder::Parts::verify() {
  std::sort(candidates.begin(), candidates.end());
  candidates.erase(std::unique(candidates.begin(), candidates.end()), candidates.end());
  std::vector<char> verdicts(candidates.size(), 0);
  on_threads(threads, candidates.size(), [&](std::size_t begin, std::size_t end) {
    Comparer comparer(store, content);
    for (std::size_t i = begin; i < end; ++i) verdicts[i] = comparer.reprints(candidates[i]) ? 1 : 0;
  });
  for (std::size_t i = 0; i < candidates.size(); ++i) {
    const Pair pair = candidates[i];
    if (verdicts[i] == 0) {
      memory_of(rejected, pair) = std::uint64_t{pair.first} << 32 | pair.second;
    } else if (sets.unite(pair.first, pair.second)) {
      new_links.push_back(pair);
    }
  }
  candidates.clear();
}

ReprintFinder::ReprintFinder(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
ReprintFinder::~ReprintFinder() = default;

Result<std::unique_ptr<ReprintFinder>> ReprintFinder::open(const std::string& index,
                                                           const std::string& scratch) {
  auto parts = std::make_unique<Parts>();
  auto content = parts->store.open(index, scratch);
  if (!content) return content.error();
  parts->content = std::move(content).value();
  parts->take_index();
  return std::unique_ptr<ReprintFinder>(new ReprintFinder(std::move(parts)));
}

std::uint32_t ReprintFinder::add(const ReprintDocument& document, const Fingerprint& fingerprint) {
  IndexContent& content = parts_->content;
  std::string id = document.id;
  for (std::size_t again = 2;; ++again) {
    const auto known = parts_->numbers.find(id);
    if (!known) break;
    if (content.documents[*known].text == fingerprint.text) return *known;
    id = document.id + "#" + std::to_string(again);
  }
  const auto number = static_cast<std::uint32_t>(content.documents.size());
  IndexedDocument entry;
  entry.text = fingerprint.text;
  entry.words = static_cast<std::uint32_t>(fingerprint.words.size());
  entry.id_at = content.ids.size();
  entry.id_size = static_cast<std::uint32_t>(id.size());
  entry.keys_at = content.keys.size();
  entry.keys = static_cast<std::uint8_t>(fingerprint.keys.size());
  entry.byline = document.byline;
  read_instant(document.published, entry);
  content.ids += id;
  content.keys.insert(content.keys.end(), fingerprint.keys.begin(), fingerprint.keys.end());
  content.documents.push_back(entry);
  parts_->numbers.add(number);
  parts_->store.append(content, fingerprint.words);
  return number;
}

void ReprintFinder::find(unsigned threads) {
  Parts& parts = *parts_;
  parts.threads = threads;
  parts.store.flush(parts.content);
  parts.sets.grow(parts.content.documents.size());
  parts.rejected.assign(remembered, 0);
  for (unsigned partition = 0; partition < partitions; ++partition) parts.search_partition(partition);
  parts.verify();
  parts.rejected = {};
  parts.searched = size();
  parts.groups = find_groups(parts.sets, parts.content.documents);
}

std::uint32_t ReprintFinder::size() const {
  return static_cast<std::uint32_t>(parts_->content.documents.size());
}

std::string_view ReprintFinder::id_of(std::uint32_t number) const {
  return parts_->content.id_of(parts_->content.documents[number]);
}

std::vector<ReprintGroup> ReprintFinder::groups_of(std::span<const std::uint32_t> numbers,
                                                   unsigned threads) const {
  std::vector<ReprintGroup> out(numbers.size());
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    const std::uint32_t root = parts_->sets.root_of(numbers[i]);
    const auto found =
        std::lower_bound(parts_->groups.begin(), parts_->groups.end(), root,
                         [](const GroupFacts& facts, std::uint32_t wanted) { return facts.root < wanted; });
    out[i] = {root, root, root, 1, 1};
    if (found != parts_->groups.end() && found->root == root) {
      out[i] = {root, found->original, found->longest, found->members, 1};
    }
  }
  on_threads(threads, numbers.size(), [&](std::size_t begin, std::size_t end) {
    Comparer comparer(parts_->store, parts_->content);
    for (std::size_t i = begin; i < end; ++i) {
      if (out[i].original != numbers[i])
        out[i].similarity = comparer.similarity({numbers[i], out[i].original});
    }
  });
  return out;
}

void ReprintFinder::commit() {
  parts_->store.commit(parts_->content, parts_->new_links);
  parts_->new_links.clear();
}

}  // namespace polybius
