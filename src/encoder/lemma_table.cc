// Looks a word up, then its endings from the longest to the shortest.
#include "encoder/lemma_table.h"

#include <algorithm>

#include "text/text.h"

namespace polybius {

namespace {

constexpr std::size_t kLongestEnding = 5;
constexpr std::size_t kShortestEnding = 2;

}  // namespace

Result<LemmaTable> LemmaTable::from(const ModelFile& file, std::size_t scripts) {
  LemmaTable table;
  if (!file.has("lemmas.keys")) return table;
  const auto keys = file.octets("lemmas.keys");
  const auto values = file.integers("lemmas.script");
  if (!keys) return keys.error();
  if (!values) return values.error();
  std::string_view rest(reinterpret_cast<const char*>(keys.value().data()), keys.value().size());
  table.scripts_.reserve(values.value().size());
  for (const std::int32_t script : values.value()) {
    if (script < 0 || static_cast<std::size_t>(script) >= scripts || rest.empty()) {
      return file.fault("E-MOD-05", "the lemma table does not fit itself or the labels");
    }
    const std::size_t line = std::min(rest.find('\n'), rest.size());
    table.scripts_.emplace(rest.substr(0, line), script);
    rest.remove_prefix(std::min(line + 1, rest.size()));
  }
  return table;
}

std::int32_t LemmaTable::find(std::string_view form, std::string_view upos, std::string& scratch) const {
  if (scripts_.empty()) return -1;
  // "-word/UPOS": the word's key is all but the first byte, an ending's key all with the letters before it
  // left out.
  scratch.clear();
  scratch += '-';
  std::size_t starts[kLongestEnding + 1] = {};  // of the last code points, the last one first
  std::size_t length = 0;
  for (std::size_t at = 0; at < form.size(); ++length) {
    const char32_t code = next_code_point(form, at);
    std::copy_backward(std::begin(starts), std::end(starts) - 1, std::end(starts));
    starts[0] = scratch.size();
    append_utf8(scratch, lower_of(code));
  }
  scratch += '/';
  scratch += upos;
  const auto known = [this](std::string_view key) {
    const auto found = scripts_.find(key);
    return found == scripts_.end() ? -1 : found->second;
  };
  std::int32_t script = known(std::string_view(scratch).substr(1));
  for (std::size_t n = kLongestEnding; script < 0 && n >= kShortestEnding; --n) {
    if (length <= n) continue;
    const std::size_t start = starts[n - 1] - 1;
    const char kept = scratch[start];
    scratch[start] = '-';
    script = known(std::string_view(scratch).substr(start));
    scratch[start] = kept;
  }
  return script;
}

}  // namespace polybius
