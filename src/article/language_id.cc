// Which language a text is in: by script, then by the commonest words of each.
#include <algorithm>
#include <array>

#include "article/parts.h"
#include "text/text.h"

namespace polybius {
namespace {

constexpr std::size_t sample_bytes = 20'000;

enum Script : std::uint8_t {
  latin,
  cyrillic,
  greek,
  arabic,
  hebrew,
  han,
  kana,
  hangul,
  thai,
  devanagari,
  georgian,
  armenian,
  other
};

struct ScriptRange {
  char32_t first;
  char32_t last;
  Script script;
};

constexpr std::array<ScriptRange, 17> ranges{{{'A', 0x24f, latin},
                                              {0x370, 0x3ff, greek},
                                              {0x400, 0x52f, cyrillic},
                                              {0x530, 0x58f, armenian},
                                              {0x590, 0x5ff, hebrew},
                                              {0x600, 0x77f, arabic},
                                              {0x8a0, 0x8ff, arabic},
                                              {0x900, 0x97f, devanagari},
                                              {0xe00, 0xe7f, thai},
                                              {0x10a0, 0x10ff, georgian},
                                              {0x1e00, 0x1eff, latin},
                                              {0x1f00, 0x1fff, greek},
                                              {0x3040, 0x30ff, kana},
                                              {0x3400, 0x9fff, han},
                                              {0xac00, 0xd7af, hangul},
                                              {0xfb50, 0xfdff, arabic},
                                              {0xfe70, 0xfeff, arabic}}};

Script script_of(char32_t c) {
  for (const ScriptRange& range : ranges) {
    if (c >= range.first && c <= range.last) return range.script;
  }
  return other;
}

struct Letters {
  std::array<std::size_t, other + 1> by_script{};
  std::size_t total = 0;
  std::unordered_map<char32_t, std::size_t>
      telling;  ///< letters that part languages of one script; looked up only

  std::size_t count(std::u32string_view set) const {
    std::size_t out = 0;
    for (const char32_t c : set) {
      const auto found = telling.find(c);
      if (found != telling.end()) out += found->second;
    }
    return out;
  }
};

std::string cyrillic_language(const Letters& letters) {
  if (letters.count(U"іїєґ") * 50 > letters.by_script[cyrillic]) return letters.count(U"ў") > 0 ? "be" : "uk";
  if (letters.count(U"ѓќѕ") > 0) return "mk";
  if (letters.count(U"ђјљњћџ") * 100 > letters.by_script[cyrillic]) return "sr";
  if (letters.count(U"қғңүұһә") * 100 > letters.by_script[cyrillic]) return "kk";
  if (letters.count(U"ыэё") * 200 < letters.by_script[cyrillic]) return "bg";
  return "ru";
}

std::string arabic_language(const Letters& letters) {
  if (letters.count(U"ٹڈڑے") * 200 > letters.by_script[arabic]) return "ur";
  if (letters.count(U"پچگژکی") * 50 > letters.by_script[arabic]) return "fa";
  return "ar";
}

/// The language of a script that one language writes, or that its letters part; empty for Latin and the
/// unknown.
std::string language_of_script(Script script, const Letters& letters) {
  switch (script) {
    case cyrillic:
      return cyrillic_language(letters);
    case arabic:
      return arabic_language(letters);
    case greek:
      return "el";
    case hebrew:
      return "he";
    case han:
      return letters.by_script[kana] * 20 > letters.by_script[han] ? "ja" : "zh";
    case kana:
      return "ja";
    case hangul:
      return "ko";
    case thai:
      return "th";
    case devanagari:
      return "hi";
    case georgian:
      return "ka";
    case armenian:
      return "hy";
    case latin:
    case other:
      break;
  }
  return "";
}

bool parts_languages(char32_t c) {
  return (c >= 0x400 && c < 0x530) || (c >= 0x600 && c < 0x780);
}

}  // namespace

LanguageTable::LanguageTable(const Lexicon& lexicon) {
  for (const Row row : lexicon.rows("language_words")) {
    const std::string name(row["language"]);
    auto place = std::find(languages_.begin(), languages_.end(), name);
    if (place == languages_.end()) place = languages_.insert(place, name);
    const auto number = static_cast<std::uint8_t>(place - languages_.begin());
    for (const std::string_view word : row.list("words")) {
      auto& known = words_[lower_utf8(word)];
      if (std::find(known.begin(), known.end(), number) == known.end()) known.push_back(number);
    }
  }
}

LanguageGuess LanguageTable::guess(std::string_view utf8) const {
  utf8 = utf8.substr(0, sample_bytes);
  Letters letters;
  std::vector<double> scores(languages_.size());
  std::size_t words = 0;
  std::string word;
  const auto end_word = [&] {
    if (word.empty()) return;
    ++words;
    const auto found = words_.find(word);
    if (found != words_.end()) {
      for (const std::uint8_t number : found->second)
        scores[number] += 1.0 / static_cast<double>(found->second.size());
    }
    word.clear();
  };
  for (std::size_t at = 0; at < utf8.size();) {
    const char32_t c = lower_of(next_code_point(utf8, at));
    if (!is_letter(c)) {
      if (c != '\'' && c != 0x2019) end_word();
      continue;
    }
    ++letters.total;
    ++letters.by_script[script_of(c)];
    if (parts_languages(c)) ++letters.telling[c];
    append_utf8(word, c);
  }
  end_word();
  LanguageGuess out;
  out.letters = letters.total;
  const auto most = std::max_element(letters.by_script.begin(), letters.by_script.end());
  const auto script = static_cast<Script>(most - letters.by_script.begin());
  if (script != latin) {
    out.language = language_of_script(script, letters);
    out.sure = letters.total > 0 && *most * 2 > letters.total;
    return out;
  }
  std::size_t best = 0;
  for (std::size_t i = 1; i < scores.size(); ++i) best = scores[i] > scores[best] ? i : best;
  double second = 0;
  for (std::size_t i = 0; i < scores.size(); ++i) second = i == best ? second : std::max(second, scores[i]);
  // One word in ten of its commonest ones is what headlines and lists of names still have; prose has three.
  if (scores.empty() || scores[best] * 12 < static_cast<double>(words)) return out;
  out.language = languages_[best];
  const auto english = std::find(languages_.begin(), languages_.end(), "en") - languages_.begin();
  const double english_score =
      english < static_cast<std::ptrdiff_t>(scores.size()) ? scores[static_cast<std::size_t>(english)] : 0;
  out.sure = languages_[best] == "en" ? scores[best] > second : scores[best] > 2 * english_score + 3;
  return out;
}

}  // namespace polybius
