// Where a watch puts what it coded: lines at the end of a file, or documents in a store.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "cli/watch_state.h"
#include "coder/coder.h"
#include "store/store.h"

namespace polybius {

struct RecordSink {
  /// Whether a document is there already, though the watch does not remember it: a run was killed between
  /// keeping it and remembering that.
  std::function<bool(const Document& document, const std::string& input_hash)> holds;
  /// Takes a record and the line that it came as. Errors: E-STO-30.
  std::function<std::optional<Error>(Record&& record, std::string_view line, const std::string& input_hash)>
      take;
  /// Makes sure that all that was taken is kept. Throws if it cannot be.
  std::function<void()> settle;
  /// Bytes of the output, if it is a file.
  std::function<std::uint64_t()> written;
};

/// Lines at the end of a file that was opened.
RecordSink sink_into(AppendFile& file);
/// Documents in a store, some at a time; `coder` is the one that codes them. Both must outlive the sink.
RecordSink sink_into(Store& store, CoderId coder);

}  // namespace polybius
