// Kinds of plans by their words, looked up in the tables.
#include "dossier/kinds.h"

#include <algorithm>
#include <array>

#include "text/text.h"

namespace polybius {
namespace {

bool known(const std::string& word, const Lexicon& lexicon) {
  return static_cast<bool>(lexicon.find("plan_verbs", word)) ||
         static_cast<bool>(lexicon.find("plan_nouns", word));
}

bool ends_doubled(const std::string& word) {
  const std::size_t size = word.size();
  return size > 3 && word[size - 1] == word[size - 2] && word[size - 1] != 's' && word[size - 1] != 'l';
}

/// What a word may be without its ending, best first.
std::vector<std::string> shorter_forms(const std::string& word) {
  std::vector<std::string> forms;
  const auto cut = [&](std::string_view ending, std::string_view with) {
    if (word.size() < ending.size() + 3 || !word.ends_with(ending)) return;
    forms.push_back(word.substr(0, word.size() - ending.size()) + std::string(with));
  };
  cut("ies", "y");
  cut("ied", "y");
  for (const std::string_view ending : {"ed", "ing"}) {
    cut(ending, "e");
    cut(ending, "");
    if (!forms.empty() && ends_doubled(forms.back()))
      forms.push_back(forms.back().substr(0, forms.back().size() - 1));
  }
  cut("es", "");
  cut("s", "");
  return forms;
}

}  // namespace

std::string stem_of(std::string_view word, const Lexicon& lexicon) {
  std::string lower(word);
  if (const Row row = lexicon.find("irregular_forms", lower)) return std::string(row["lemma"]);
  if (known(lower, lexicon)) return lower;
  const std::vector<std::string> forms = shorter_forms(lower);
  for (const std::string& form : forms) {
    if (known(form, lexicon)) return form;
  }
  // Of words in no table the shortest form, so that "handed" and "hand", "move" and "moved" meet.
  std::string shortest = lower;
  for (const std::string& form : forms) {
    if (form.size() < shortest.size()) shortest = form;
  }
  if (lower.ends_with("ss")) shortest = lower;
  if (shortest.size() > 4 && shortest.ends_with('e')) shortest.pop_back();
  return shortest;
}

std::string kind_of_words(std::string_view words, const Lexicon& lexicon) {
  std::vector<std::string> parts = words_in(words);
  if (parts.size() > 1) {  // "stop work" is no stop
    const std::string pair = stem_of(parts[0], lexicon) + ' ' + stem_of(parts[1], lexicon);
    if (const Row row = lexicon.find("plan_verbs", pair)) return std::string(row["what"]);
  }
  for (auto part = parts.rbegin(); part != parts.rend(); ++part) {
    const std::string stem = stem_of(*part, lexicon);
    if (const Row row = lexicon.find("plan_nouns", stem)) return std::string(row["what"]);
    if (const Row row = lexicon.find("plan_verbs", stem)) return std::string(row["what"]);
  }
  return {};
}

std::string kind_of_plan(std::string_view what, const Lexicon& lexicon) {
  std::string kind = kind_of_words(what, lexicon);
  const std::vector<std::string> words = words_in(what);
  if (!kind.empty() || words.empty()) return kind;
  const std::string verb = stem_of(words.front(), lexicon) + ' ';
  for (const Row row : lexicon.rows("plan_verbs")) {
    if (row["verb"].starts_with(verb)) return std::string(row["what"]);
  }
  return {};
}

std::vector<std::string> heads_of_plan(std::string_view what, const Lexicon& lexicon) {
  constexpr std::array<std::string_view, 5> particles{"over", "out", "off", "back", "down"};
  std::vector<std::string> heads;
  const std::vector<std::string> words = words_in(what);
  heads.reserve(words.size() + 1);
  for (const std::string& word : words) heads.push_back(stem_of(word, lexicon));
  if (words.size() > 1 && std::find(particles.begin(), particles.end(), words.back()) != particles.end())
    heads.push_back(heads.front() + words.back());
  return heads;
}

std::vector<std::string> kinds_of_stems(const std::vector<std::string>& stems, const Lexicon& lexicon) {
  std::vector<std::string> kinds;
  for (std::size_t at = 0; at < stems.size(); ++at) {
    const Row pair =
        at + 1 < stems.size() ? lexicon.find("plan_verbs", stems[at] + ' ' + stems[at + 1]) : Row{};
    if (pair) {
      kinds.emplace_back(pair["what"]);
      continue;
    }
    if (const Row row = lexicon.find("plan_nouns", stems[at])) kinds.emplace_back(row["what"]);
    if (const Row row = lexicon.find("plan_verbs", stems[at])) kinds.emplace_back(row["what"]);
  }
  return kinds;
}

std::string_view family_of_kind(std::string_view kind) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 3> families{
      {{"visit", "meeting"}, {"election", "vote"}, {"aid", "operation"}}};
  for (const auto& [member, family] : families) {
    if (kind == member) return family;
  }
  return kind;
}

std::vector<std::string> words_in(std::string_view text) {
  std::vector<std::string> words;
  std::string word;
  for (std::size_t position = 0; position < text.size();) {
    const char32_t letter = next_code_point(text, position);
    if (is_letter(letter) || is_digit(letter)) {
      append_utf8(word, lower_of(letter));
    } else if (!word.empty()) {
      words.push_back(std::move(word));
      word.clear();
    }
  }
  if (!word.empty()) words.push_back(std::move(word));
  return words;
}

std::vector<std::string> capital_words(std::string_view text) {
  constexpr std::array<std::string_view, 19> calendar{
      "monday",  "tuesday",   "wednesday", "thursday", "friday",  "saturday", "sunday",
      "january", "february",  "march",     "april",    "may",     "june",     "july",
      "august",  "september", "october",   "november", "december"};
  std::vector<std::string> names;
  bool first = !text.starts_with("- ");  // the word that begins a sentence
  for (std::size_t position = 0; position < text.size();) {
    const std::size_t begin = position;
    const char32_t letter = next_code_point(text, position);
    if (!is_letter(letter)) {
      first = first || letter == '.' || letter == '!' || letter == '?' || letter == '\n' ||
              is_double_quote(letter);
      continue;
    }
    std::size_t end = position;
    while (position < text.size()) {
      const char32_t next = next_code_point(text, position);
      if (!is_letter(next)) break;
      end = position;
    }
    position = end;
    const bool capital = is_upper(letter) && !first;
    first = false;
    if (!capital || end - begin < 3) continue;
    std::string name = folded(text.substr(begin, end - begin));
    if (std::find(calendar.begin(), calendar.end(), name) == calendar.end()) names.push_back(std::move(name));
  }
  return names;
}

}  // namespace polybius
