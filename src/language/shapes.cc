// Matches addresses, numbers, acronyms and smileys at the beginning of a run without white space.
#include "language/shapes.h"

#include <algorithm>
#include <array>

#include "text/text.h"

namespace polybius {
namespace {

constexpr std::array<std::u32string_view, 40> kDomains = {
    U"com", U"org", U"net", U"edu", U"gov", U"mil", U"int", U"info", U"biz", U"io",
    U"tv",  U"me",  U"uk",  U"us",  U"ca",  U"au",  U"nz",  U"de",   U"fr",  U"ru",
    U"ua",  U"cn",  U"jp",  U"in",  U"il",  U"ir",  U"tr",  U"eu",   U"ch",  U"at",
    U"it",  U"es",  U"nl",  U"se",  U"no",  U"pl",  U"br",  U"mx",   U"ie",  U"news"};
constexpr std::array<std::u32string_view, 22> kFileEndings = {
    U"doc", U"docx", U"xls", U"xlsx", U"pdf", U"ppt", U"txt", U"jpg", U"jpeg", U"gif", U"png",
    U"htm", U"html", U"zip", U"url",  U"csv", U"exe", U"mp3", U"mp4", U"php",  U"asp", U"wav"};
constexpr std::array<std::u32string_view, 34> kSmileys = {
    U":-)", U":-(", U":-D", U":-P", U":-/", U":-|", U";-)", U":'(", U">:(", U">:)", U":-)", U"=-)",
    U"^_^", U"^^",  U"-_-", U"o_O", U"O_o", U":)",  U":(",  U":D",  U":P",  U":/",  U":|",  U";)",
    U";D",  U"=)",  U"=(",  U"=D",  U"=P",  U"(:",  U"(;",  U":]",  U"<3",  U":p"};

std::u32string lower_codes(std::u32string_view codes) {
  std::u32string out(codes);
  for (char32_t& c : out) c = lower_of(c);
  return out;
}

bool starts_with(std::u32string_view rest, std::u32string_view lower_prefix) {
  if (rest.size() < lower_prefix.size()) return false;
  return std::equal(lower_prefix.begin(), lower_prefix.end(), rest.begin(),
                    [](char32_t expected, char32_t c) { return lower_of(c) == expected; });
}

bool is_host_character(char32_t c) {
  return is_ascii_letter(c) || is_ascii_digit(c) || c == U'-' || c == U'.' || c == U'_';
}

// An address does not end in the punctuation of the sentence around it.
std::size_t without_trailing_marks(std::u32string_view address) {
  std::size_t length = address.size();
  const auto opens = [&](char32_t open) {
    return address.substr(0, length).find(open) != std::u32string_view::npos;
  };
  while (length > 0) {
    const char32_t c = address[length - 1];
    const bool closing = (c == U')' && !opens(U'(')) || (c == U']' && !opens(U'['));
    const bool mark = c == U'.' || c == U',' || c == U';' || c == U':' || c == U'!' || c == U'?' ||
                      c == U'\'' || c == U'’' || is_double_quote(c);
    if (!closing && !mark) break;
    --length;
  }
  return length;
}

std::size_t match_url(std::u32string_view rest) {
  constexpr std::array<std::u32string_view, 5> kStarts = {U"http://", U"https://", U"ftp://", U"www.",
                                                          U"mailto:"};
  const bool starts = std::any_of(kStarts.begin(), kStarts.end(),
                                  [&](std::u32string_view prefix) { return starts_with(rest, prefix); });
  if (!starts) return 0;
  const std::size_t end = std::min(rest.find_first_of(U"<>\"”“"), rest.size());
  const std::size_t length = without_trailing_marks(rest.substr(0, end));
  return length > 5 ? length : 0;
}

std::size_t match_mail(std::u32string_view rest) {
  std::size_t at = 0;
  while (at < rest.size() && (is_host_character(rest[at]) || rest[at] == U'%' || rest[at] == U'+')) ++at;
  if (at == 0 || at + 1 >= rest.size() || rest[at] != U'@') return 0;
  std::size_t end = at + 1;
  while (end < rest.size() && is_host_character(rest[end])) ++end;
  while (end > at && (rest[end - 1] == U'.' || rest[end - 1] == U'-')) --end;
  return end > at + 1 ? end : 0;
}

// "example.com", "example.co.uk/path", "report.doc"
std::size_t match_domain(std::u32string_view rest) {
  std::size_t end = 0;
  while (end < rest.size() && (is_host_character(rest[end]) || rest[end] == U'#')) ++end;
  while (end > 0 && (rest[end - 1] == U'.' || rest[end - 1] == U'-')) --end;
  const std::u32string_view host = rest.substr(0, end);
  const std::size_t dot = host.rfind(U'.');
  if (dot == std::u32string_view::npos || dot == 0) return 0;
  const std::u32string ending = lower_codes(host.substr(dot + 1));
  const auto is_ending = [&](const auto& table) {
    return std::find(table.begin(), table.end(), ending) != table.end();
  };
  if (is_ending(kFileEndings)) return end;
  const bool common =
      ending == U"com" || ending == U"org" || ending == U"net" || ending == U"gov" || ending == U"edu";
  if (!is_ending(kDomains) || (!common && host.find(U'.') == dot && !is_ascii_letter(host[0]))) return 0;
  // "me.In the end": a missing space, not a domain; short endings must be lower case.
  if (!common && host.substr(dot + 1) != ending) return 0;
  if (ending.size() <= 2 && host.find(U'.') == dot && !(end < rest.size() && rest[end] == U'/')) return 0;
  if (end < rest.size() && rest[end] == U'/') return without_trailing_marks(rest);
  return end;
}

std::size_t match_handle(std::u32string_view rest) {
  if (rest.size() < 3 || (rest[0] != U'@' && rest[0] != U'#') || !is_ascii_letter(rest[1])) return 0;
  std::size_t end = 1;
  while (end < rest.size() && (is_word_character(rest[end]) || rest[end] == U'_')) ++end;
  return end > 2 ? end : 0;
}

std::size_t digits_at(std::u32string_view rest, std::size_t from) {
  std::size_t end = from;
  while (end < rest.size() && is_ascii_digit(rest[end])) ++end;
  return end - from;
}

// Digits joined by hyphens: only telephone numbers and dates stay whole, ranges are cut.
std::size_t match_hyphenated_digits(std::u32string_view rest) {
  std::size_t end = digits_at(rest, 0);
  const std::size_t first = end;
  std::size_t groups = 1;
  std::size_t last = first;
  while (end + 1 < rest.size() && (rest[end] == U'-' || (groups > 1 && rest[end] == U'.')) &&
         digits_at(rest, end + 1) > 0) {
    last = digits_at(rest, end + 1);
    end += 1 + last;
    ++groups;
  }
  if (end < rest.size() && is_word_character(rest[end])) return 0;
  return groups >= 3 || (groups == 2 && first == 3 && last == 4) ? end : 0;
}

bool is_ordinal_ending(std::u32string_view letters) {
  const std::string low = ascii_lower(letters);
  return low == "st" || low == "nd" || low == "rd" || low == "th" || low == "s";
}

bool is_unit(std::u32string_view letters) {
  constexpr std::array<std::string_view, 44> kUnits = {
      "am",  "pm",  "m",  "k",   "b",  "bn",  "mm", "cm",  "km",  "kg", "ft", "lb",  "lbs", "mph", "x",
      "mw",  "kw",  "hz", "mhz", "gb", "mb",  "tb", "ml",  "mg",  "g",  "in", "hrs", "hr",  "min", "mins",
      "sec", "yrs", "yr", "kph", "o",  "ghz", "l",  "kwh", "mwh", "kv", "oz", "tn",  "trn", "mn"};
  const std::string low = ascii_lower(letters);
  return std::find(kUnits.begin(), kUnits.end(), low) != kUnits.end();
}

}  // namespace

bool is_word_character(char32_t c) {
  return is_letter(c) || is_digit(c) || (c >= 0x300 && c <= 0x36F) || c == 0x200D || c == 0xAD;
}

bool is_ascii_letter(char32_t c) {
  return (c >= U'a' && c <= U'z') || (c >= U'A' && c <= U'Z');
}

bool is_ascii_digit(char32_t c) {
  return c >= U'0' && c <= U'9';
}

bool is_apostrophe(char32_t c) {
  return c == U'\'' || c == U'’' || c == U'`' || c == U'´';
}

std::string ascii_lower(std::u32string_view codes) {
  std::string out;
  out.reserve(codes.size());
  for (const char32_t c : codes) {
    const char32_t low = is_apostrophe(c) ? U'\'' : lower_of(c);
    out.push_back(low < 0x80 ? static_cast<char>(low) : '?');
  }
  return out;
}

std::size_t match_address(std::u32string_view rest) {
  if (const std::size_t length = match_url(rest)) return length;
  if (rest.empty() || (!is_ascii_letter(rest[0]) && !is_ascii_digit(rest[0]))) return match_handle(rest);
  if (const std::size_t length = match_mail(rest)) return length;
  return match_domain(rest);
}

std::size_t match_number(std::u32string_view rest) {
  std::size_t start = 0;
  if (rest.size() > 1 && (rest[0] == U'+' || is_apostrophe(rest[0]) || rest[0] == U'.')) start = 1;
  if (digits_at(rest, start) == 0) return 0;
  if (start == 1 && is_apostrophe(rest[0]) && digits_at(rest, 1) != 2) return 0;
  if (start == 0) {
    if (const std::size_t length = match_hyphenated_digits(rest)) return length;
  }
  std::size_t end = start + digits_at(rest, start);
  while (end + 1 < rest.size() &&
         (rest[end] == U',' || rest[end] == U'.' || rest[end] == U':' || rest[end] == U'/')) {
    const std::size_t next = digits_at(rest, end + 1);
    if (next == 0) break;
    end += 1 + next;
  }
  std::size_t letters = end;
  while (letters < rest.size() && is_letter(rest[letters])) ++letters;
  const std::u32string_view tail = rest.substr(end, letters - end);
  if (tail.empty() || is_unit(tail)) return end;
  if (is_ordinal_ending(tail)) return letters;
  // "5G", "747s", "F16A1": letters and digits mixed stay together unless the letters are a long word
  // ("10Points").
  const bool plain =
      std::all_of(rest.begin(), rest.begin() + static_cast<std::ptrdiff_t>(end), is_ascii_digit);
  if (!plain || tail.size() > 3) return end;
  while (letters < rest.size() && is_word_character(rest[letters])) ++letters;
  return letters;
}

std::size_t match_acronym(std::u32string_view rest) {
  if (starts_with(rest, U"ph.d")) return rest.size() > 4 && rest[4] == U'.' ? 5 : 4;
  if (starts_with(rest, U"m.sc.") || starts_with(rest, U"b.sc.")) return 5;
  std::size_t end = 0;
  std::size_t letters = 0;
  while (end + 1 < rest.size() && is_letter(rest[end]) && rest[end + 1] == U'.') {
    end += 2;
    ++letters;
  }
  if (letters < 1) return 0;
  const bool one_more = end < rest.size() && is_letter(rest[end]);
  const bool ends_there = one_more && (end + 1 == rest.size() || !is_word_character(rest[end + 1]));
  if (ends_there && rest.substr(end + 1, 1) != U".") return end + 1;  // "a.k.a", "p.m"
  if (letters < 2) return 0;
  if (!one_more) return end;
  return 0;
}

std::size_t match_smiley(std::u32string_view rest) {
  for (const std::u32string_view smiley : kSmileys) {
    if (rest.substr(0, smiley.size()) != smiley) continue;
    const std::size_t end = smiley.size();
    const char32_t next = end < rest.size() ? rest[end] : U' ';
    if (next == U' ' || next == smiley.back() || next == U'.' || next == U',' || next == U'!' ||
        next == U')') {
      return end;
    }
  }
  return 0;
}

std::size_t match_marks(std::u32string_view rest) {
  const char32_t first = rest[0];
  const auto run_of = [&](auto&& belongs) {
    std::size_t end = 0;
    while (end < rest.size() && belongs(rest[end])) ++end;
    return end;
  };
  if (first == U'!' || first == U'?' || first == U'.') {
    return run_of([](char32_t c) { return c == U'!' || c == U'?' || c == U'.'; });
  }
  if (first == U'\'' || first == U'`' || first == U'’' || first == U'‘') {
    const bool doubled = rest.size() > 1 && (rest[1] == first || (first == U'‘' && rest[1] == U'’'));
    return doubled ? 2 : 1;
  }
  if (first == U'[' && rest.substr(0, 5) == U"[...]") return 5;
  constexpr std::u32string_view kRuns = U"-*=_+#~<>–—$|";
  if (kRuns.find(first) == std::u32string_view::npos) return 1;
  return run_of([first](char32_t c) { return c == first; });
}

}  // namespace polybius
