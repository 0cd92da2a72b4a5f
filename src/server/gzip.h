// Packs answers with gzip.
#pragma once

#include <string>
#include <string_view>

namespace polybius {

/// Quickly rather than tightly. The same bytes give the same.
std::string gzip_bytes(std::string_view bytes);

}  // namespace polybius
