// The files that are built into the program: the page, and the descriptions of the API and of a record.
#pragma once

#include <span>
#include <string_view>

namespace polybius {

struct PageFile {
  std::string_view path;  ///< "/", "/assets/index-1a2b.js"
  std::string_view bytes;
};

/// All of them. Without a built page there is no "/".
std::span<const PageFile> page_files();

}  // namespace polybius
