// POST /api/code: news in any form to records; several of them as a stream that shows how far it is.
#pragma once

#include <functional>
#include <memory>
#include <mutex>
#include <optional>

#include "coder/coder.h"
#include "server/reply.h"
#include "server/workers.h"

namespace polybius {

/// The coder, opened by whoever needs it first.
class SharedCoder {
 public:
  explicit SharedCoder(CoderOptions options) : options_(std::move(options)) {}
  /// Errors: E-MOD-.., E-LEX-... They are tried again by the next one.
  Result<const Coder*> get();

 private:
  CoderOptions options_;
  std::mutex mutex_;
  std::optional<Coder> coder_;
};

/// Answers the exchange, well or with a problem. `body_limit`: of one article, unpacked.
void answer_code(Exchange& exchange, SharedCoder& shared, WorkerTools& tools, std::size_t body_limit);

}  // namespace polybius
