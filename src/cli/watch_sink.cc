// The two ends of a watch: a file that grows, and a store.
#include "cli/watch_sink.h"

#include <cstdio>
#include <vector>

#include "cli/command.h"

namespace polybius {
namespace {

constexpr std::size_t documents_at_once = 64;

/// Documents on their way into a store, a transaction for many.
class StoreWriter {
 public:
  explicit StoreWriter(Store& store) : store_(store) {}

  std::optional<Error> take(Record&& record, const std::string& input_hash) {
    if (auto fault = fault_of_record(record)) return fault;
    waiting_.push_back(preparer_.prepare(std::move(record), input_hash, true));
    if (waiting_.size() >= documents_at_once) settle();
    return std::nullopt;
  }

  void settle() {
    const PutCount count = store_.put(waiting_, {});
    waiting_.clear();
    for (const std::string& renamed : count.renamed)
      std::fprintf(stderr, "polybius: the id is another text's: %s\n", renamed.c_str());
  }

 private:
  Store& store_;
  DocumentPreparer preparer_;
  std::vector<PreparedDocumentPtr> waiting_;
};

}  // namespace

RecordSink sink_into(AppendFile& file) {
  return {[](const Document&, const std::string&) { return false; },
          [&file](Record&&, std::string_view line, const std::string&) {
            file.append(line);
            return std::optional<Error>();
          },
          [&file] { file.settle(); }, [&file] { return file.size(); }};
}

RecordSink sink_into(Store& store, CoderId coder) {
  const auto writer = std::make_shared<StoreWriter>(store);
  return {[&store, coder = std::move(coder)](const Document& document, const std::string& input_hash) {
            return store.knows(document.id, input_hash, coder) != Known::no;
          },
          [writer](Record&& record, std::string_view, const std::string& input_hash) {
            return writer->take(std::move(record), input_hash);
          },
          [writer] { writer->settle(); }, [] { return std::uint64_t{0}; }};
}

}  // namespace polybius
