// Reads the compiled gazetteer where it lies.
#include "gazetteer/gazetteer.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <cstring>

#include "gazetteer/image.h"
#include "text/text.h"

namespace polybius {
namespace {

template <typename T>
std::span<const T> take_part(std::string_view bytes, std::size_t& at, std::size_t count) {
  const std::span<const T> part(reinterpret_cast<const T*>(bytes.data() + at), count);
  at = (at + count * sizeof(T) + 7) / 8 * 8;
  return part;
}

/// One spelling for words that names shorten.
std::string_view short_word(std::string_view word) {
  if (word == "saint") return "st";
  if (word == "mount") return "mt";
  if (word == "fort") return "ft";
  if (word == "county") return "co";
  return word;
}

}  // namespace

std::uint64_t hash_of_name(std::string_view key) {
  std::uint64_t hash = 14695981039346656037ULL;
  for (const char byte : key) {
    hash ^= static_cast<unsigned char>(byte);
    hash *= 1099511628211ULL;
  }
  return hash;
}

Gazetteer::Gazetteer(std::string_view bytes) {
  assert(bytes.starts_with(kGazetteerMagic));
  std::array<std::uint32_t, kGazetteerParts> counts{};
  std::memcpy(counts.data(), bytes.data() + 8, sizeof counts);
  std::size_t at = 8 + sizeof counts;
  places_ = take_part<GazetteerPlace>(bytes, at, counts[0]);
  slots_ = take_part<Slot>(bytes, at, counts[1]);
  named_ = take_part<NamedPlace>(bytes, at, counts[2]);
  string_ends_ = take_part<std::uint32_t>(bytes, at, counts[3]);
  countries_ = take_part<std::array<char, 4>>(bytes, at, counts[4]);
  strings_ = bytes.substr(at, counts[5]);
}

std::span<const NamedPlace> Gazetteer::named(std::string_view key) const {
  const std::uint64_t hash = hash_of_name(key);
  const auto found = std::ranges::lower_bound(slots_, hash, {}, &Slot::hash);
  if (found == slots_.end() || found->hash != hash) return {};
  return named_.subspan(found->first, found->count);
}

std::string_view Gazetteer::name(std::uint32_t place) const {
  const std::uint32_t number = places_[place].name;
  const std::uint32_t begin = number == 0 ? 0 : string_ends_[number - 1];
  return strings_.substr(begin, string_ends_[number] - begin);
}

std::string_view Gazetteer::iso3(std::uint32_t place) const {
  const std::array<char, 4>& code = countries_[places_[place].country];
  return code[0] == '\0' ? std::string_view{} : std::string_view(code.data(), 3);
}

bool Gazetteer::is_within(std::uint32_t inner, std::uint32_t outer) const {
  const GazetteerPlace& in = places_[inner];
  const GazetteerPlace& out = places_[outer];
  if (inner == outer || in.country != out.country) return false;
  if (in.kind <= out.kind && in.kind <= PlaceKind::county) return false;
  switch (out.kind) {
    case PlaceKind::country:
      return true;
    case PlaceKind::state:
      return in.admin1 == out.admin1;
    case PlaceKind::county:
      return in.admin1 == out.admin1 && in.admin2 == out.admin2;
    default:
      return false;
  }
}

std::string place_key(std::string_view name) {
  std::string key;
  std::string word;
  const std::string plain = folded(name);
  const auto finish = [&] {
    if (word.empty()) return;
    if (!key.empty()) key += ' ';
    key += short_word(word);
    word.clear();
  };
  for (std::size_t at = 0; at < plain.size();) {
    const char32_t letter = next_code_point(plain, at);
    if (is_space(letter) || letter == U'-' || letter == U',' || letter == U'/') {
      finish();
    } else if (letter != U'.' && letter != U'\'' && !is_single_quote(letter)) {
      append_utf8(word, letter);
    }
  }
  finish();
  return key;
}

float chord_km(const std::array<float, 3>& one, const std::array<float, 3>& other) {
  const float x = one[0] - other[0];
  const float y = one[1] - other[1];
  const float z = one[2] - other[2];
  return 6371.0F * std::sqrt(x * x + y * y + z * z);
}

}  // namespace polybius
