// Makes lemmas from forms by edit scripts.
#include <unicode/uchar.h>

#include <charconv>

#include "encoder/encoder.h"
#include "text/text.h"

namespace polybius {

namespace {

enum class Recase : std::uint8_t { lower, keep, title, upper };

std::u32string recased(std::string_view form, Recase recase) {
  std::u32string out;
  for (std::size_t at = 0; at < form.size();) {
    const char32_t code = next_code_point(form, at);
    const bool up = recase == Recase::upper || (recase == Recase::title && out.empty());
    if (recase == Recase::keep) {
      out += code;
    } else {
      out += up ? static_cast<char32_t>(u_toupper(static_cast<UChar32>(code))) : lower_of(code);
    }
  }
  return out;
}

bool read_case(std::string_view name, Recase& recase) {
  constexpr std::string_view kNames[] = {"lower", "keep", "title", "upper"};
  for (std::size_t i = 0; i < std::size(kNames); ++i) {
    if (kNames[i] == name) {
      recase = static_cast<Recase>(i);
      return true;
    }
  }
  return false;
}

}  // namespace

std::string apply_lemma_script(std::string_view form, std::string_view script) {
  if (script.starts_with("= ")) return std::string(script.substr(2));
  const std::size_t first = script.find(' ');
  const std::size_t second = first == std::string_view::npos ? first : script.find(' ', first + 1);
  if (second == std::string_view::npos) return std::string(form);
  Recase recase = Recase::keep;
  std::size_t cut = 0;
  const auto parsed = std::from_chars(script.data() + first + 1, script.data() + second, cut);
  if (!read_case(script.substr(0, first), recase) || parsed.ec != std::errc()) return std::string(form);
  const std::string_view add = script.substr(second + 1);
  const std::u32string base = recased(form, recase);
  if (cut > base.size() || (cut == base.size() && add.empty())) return std::string(form);
  std::string lemma;
  for (std::size_t i = 0; i + cut < base.size(); ++i) append_utf8(lemma, base[i]);
  return lemma.append(add);
}

}  // namespace polybius
