// The filters of `query` and `export` as options.
#pragma once

#include "cli/command.h"
#include "store/store.h"

namespace polybius {

/// Adds --actor, --recipient, --entity, --speaker, --type, --mode, --status, --quad, --from, --to, --place,
/// --text,
/// --document, --source, --confidence and --wrong.
void add_filter_options(CLI::App& command, Filter& filter);

}  // namespace polybius
