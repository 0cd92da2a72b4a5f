// The coder as the command line and the server use it: many inputs, many threads, one order.
#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "polybius/coder.h"

namespace polybius {

/// What became of one input.
struct Outcome {
  std::string output;          ///< written as it is; may be empty
  std::optional<Error> fault;  ///< why the input, or a part of it (there is output then), was skipped
};

/// One piece of work, made where the input is read and done by any thread.
using Job = std::function<Outcome(Coder::Worker&)>;

/// Does jobs on `threads` threads and hands their outcomes on in the order in which they came, from the
/// calling thread.
///
/// `next`  gives the next job, nothing at the end; called from the calling thread.
/// `take`  gets each outcome. Memory: at most four outcomes a thread are in waiting.
/// What `next`, a job or `take` throws is thrown to the caller once all threads have ended.
void run_in_order(const Coder& coder, unsigned threads, const std::function<std::optional<Job>()>& next,
                  const std::function<void(Outcome)>& take);

/// Runs the examples of table files: each `example` must be matched by its row, no `counter` may be. One
/// Error a fault, E-LEX-20 and E-LEX-21. The tables must be sound (`check_tables`). Errors of the model come
/// back as the only one.
std::vector<Error> check_examples(std::span<const std::filesystem::path> paths,
                                  const std::filesystem::path& model);

}  // namespace polybius
