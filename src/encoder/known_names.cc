// Looks words and runs of words up in the sorted list of names.
#include "encoder/known_names.h"

#include <algorithm>
#include <numeric>

#include "text/text.h"

namespace polybius {

namespace {

constexpr std::size_t kMostWords = 5;

/// Words in a row, in lower case, with a blank between them.
std::string_view key_of(const KnownNames::Scratch& scratch, std::size_t first, std::size_t count) {
  const std::size_t begin = scratch.begins[first];
  return std::string_view(scratch.text).substr(begin, scratch.begins[first + count] - 1 - begin);
}

}  // namespace

Result<KnownNames> KnownNames::from(const ModelFile& file) {
  KnownNames names;
  if (!file.has("known.names")) return names;
  const auto text = file.octets("known.names");
  const auto marks = file.octets("known.marks");
  if (!text) return text.error();
  if (!marks) return marks.error();
  names.text_ = {reinterpret_cast<const char*>(text.value().data()), text.value().size()};
  names.marks_ = marks.value();
  names.begins_.reserve(names.marks_.size() + 1);
  names.begins_.push_back(0);
  for (std::size_t end = names.text_.find('\n'); end != std::string_view::npos;
       end = names.text_.find('\n', end + 1)) {
    names.begins_.push_back(static_cast<std::uint32_t>(end + 1));
  }
  names.begins_.push_back(static_cast<std::uint32_t>(names.text_.size() + 1));
  const bool fits = names.begins_.size() == names.marks_.size() + 1 &&
                    std::ranges::all_of(names.marks_, [](std::uint8_t mark) { return mark < kMarks; });
  if (!fits) return file.fault("E-MOD-05", "the list of known names does not fit its marks");
  return names;
}

std::string_view KnownNames::name(std::size_t number) const {
  return text_.substr(begins_[number], begins_[number + 1] - 1 - begins_[number]);
}

std::uint32_t KnownNames::place_of(std::string_view key) const {
  std::size_t low = 0;
  std::size_t high = marks_.size();
  while (low < high) {
    const std::size_t middle = std::midpoint(low, high);
    if (name(middle) < key) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return static_cast<std::uint32_t>(low);
}

KnownNames::Found KnownNames::longest_from(std::size_t first, const Scratch& scratch) const {
  Found longest;
  const std::size_t most = std::min(kMostWords, scratch.places.size() - first);
  for (std::size_t count = 1; count <= most; ++count) {
    const std::string_view wanted = key_of(scratch, first, count);
    const std::size_t place = count == 1 ? scratch.places[first] : place_of(wanted);
    if (place == marks_.size() || !name(place).starts_with(wanted)) break;  // no longer name begins so
    const auto mark = static_cast<std::uint8_t>(marks_[place] & (kPlace | kBody));
    if (name(place).size() == wanted.size() && mark != 0) longest = Found{count, mark};
  }
  return longest;
}

void KnownNames::mark(std::span<const std::string_view> words, Scratch& scratch,
                      std::vector<std::uint8_t>& marks) const {
  marks.assign(words.size(), 0);
  if (empty()) return;
  scratch.text.clear();
  scratch.begins.assign(1, 0);
  scratch.places.clear();
  for (std::size_t i = 0; i < words.size(); ++i) {
    for (std::size_t at = 0; at < words[i].size();)
      append_utf8(scratch.text, lower_of(next_code_point(words[i], at)));
    scratch.text += ' ';
    scratch.begins.push_back(scratch.text.size());
    const std::string_view wanted = key_of(scratch, i, 1);
    const std::uint32_t place = place_of(wanted);
    scratch.places.push_back(place);
    if (place < marks_.size() && name(place) == wanted) marks[i] = marks_[place] & (kGiven | kFamily);
  }
  for (std::size_t at = 0; at < words.size();) {
    const Found found = longest_from(at, scratch);
    for (std::size_t i = 0; i < found.words; ++i)
      marks[at + i] = static_cast<std::uint8_t>(marks[at + i] | found.mark | (i == 0 ? 0 : kLater));
    at += std::max<std::size_t>(found.words, 1);
  }
}

}  // namespace polybius
