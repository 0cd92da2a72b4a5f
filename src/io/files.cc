// Files read at once, and folders listed in an order that does not depend on the disk.
#include <algorithm>
#include <filesystem>
#include <system_error>

#include "io/io.h"

namespace polybius {
namespace {

namespace fs = std::filesystem;

struct Entry {
  std::string name;
  std::string path;
  bool folder = false;
};

/// The visible entries of a folder, by name; false if it cannot be read.
bool entries_of(const std::string& folder, std::vector<Entry>& out) {
  std::error_code fault;
  fs::directory_iterator entries(folder, fault);
  while (!fault && entries != fs::directory_iterator()) {
    std::string name = entries->path().filename().string();
    std::error_code ignored;
    const bool is_folder = entries->is_directory(ignored) && !entries->is_symlink(ignored);
    if (!name.starts_with('.') && (is_folder || entries->is_regular_file(ignored))) {
      out.push_back({std::move(name), entries->path().string(), is_folder});
    }
    entries.increment(fault);
  }
  std::sort(out.begin(), out.end(), [](const Entry& a, const Entry& b) { return a.name < b.name; });
  return !fault;
}

}  // namespace

Result<std::string> read_file(const std::string& path, std::size_t limit) {
  auto stream = ByteStream::open(path);
  if (!stream) return stream.error();
  std::string out;
  for (;;) {
    const std::string_view bytes = stream.value().peek(1);
    if (bytes.empty()) return out;
    if (out.size() + bytes.size() > limit) {
      return Error{"E-IO-04", path, "is longer than " + std::to_string(limit) + " bytes",
                   "cut it into smaller files"};
    }
    out += bytes;
    stream.value().skip(bytes.size());
  }
}

Result<std::vector<std::string>> list_files(const std::string& path) {
  std::error_code fault;
  const fs::file_status status = fs::status(path, fault);
  if (!fs::exists(status)) return Error{"E-IO-01", path, "no such file or folder", ""};
  if (!fs::is_directory(status)) return std::vector<std::string>{path};
  std::vector<std::string> out;
  std::vector<Entry> pending{{"", path, true}};  // a stack: the next in order lies on top
  while (!pending.empty()) {
    const Entry entry = std::move(pending.back());
    pending.pop_back();
    if (!entry.folder) {
      out.push_back(entry.path);
      continue;
    }
    std::vector<Entry> inside;
    if (!entries_of(entry.path, inside)) return Error{"E-IO-02", entry.path, "the folder cannot be read", ""};
    std::move(inside.rbegin(), inside.rend(), std::back_inserter(pending));
  }
  return out;
}

std::string stem_of(std::string_view path) {
  while (path.size() > 1 && path.ends_with('/')) path.remove_suffix(1);
  const std::size_t slash = path.rfind('/');
  if (slash != std::string_view::npos) path.remove_prefix(slash + 1);
  const std::size_t dot = path.rfind('.');
  if (dot != std::string_view::npos && dot > 0) path = path.substr(0, dot);
  return std::string(path);
}

}  // namespace polybius
