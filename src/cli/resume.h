// Long runs that may be stopped: what is written stays, with a note of how far the inputs were read.
#pragma once

#include "cli/command.h"

namespace polybius {

/// As `run_over_inputs`, into `FILE.part`, beside which `FILE.part.journal` says after each item how far
/// inputs and output have come. If both are there and were begun with the same options, goes on behind the
/// last item that the journal names; what was written behind it is cut off. At the end `FILE.part` becomes
/// `FILE`. The result is the same, byte for byte, as that of one run.
///
/// Errors: 3 with E-CLI-10 (no -o FILE), E-CLI-11 (begun with other options), E-CLI-12 (the journal is no
/// journal).
int run_resumable(const NewsOptions& options, const Coder& coder, const ItemJob& job);

}  // namespace polybius
