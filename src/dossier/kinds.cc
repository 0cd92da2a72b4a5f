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
  if (lower.size() > 4 && lower.ends_with("ies")) return forms.front();
  if (lower.size() > 4 && lower.ends_with('s') && !lower.ends_with("ss"))
    return lower.substr(0, lower.size() - 1);
  return lower;
}

std::string kind_of_words(std::string_view words, const Lexicon& lexicon) {
  std::vector<std::string> parts = words_in(words);
  for (auto part = parts.rbegin(); part != parts.rend(); ++part) {
    const std::string stem = stem_of(*part, lexicon);
    if (const Row row = lexicon.find("plan_nouns", stem)) return std::string(row["what"]);
    if (const Row row = lexicon.find("plan_verbs", stem)) return std::string(row["what"]);
  }
  return {};
}

std::string kind_of_event(const Event& event) {
  switch (event.type) {
    case EventType::CONSULT:
      return event.mode == "visit" ? "visit" : "meeting";
    case EventType::AGREE:
      return "deal";
    case EventType::ASSAULT:
    case EventType::MOBILIZE:
      return "operation";
    case EventType::SANCTION:
      return "sanctions";
    case EventType::AID:
      return "aid";
    case EventType::PROTEST:
      return "protest";
    case EventType::COERCE:
      return "law";
    case EventType::COOPERATE:
      return "exercise";
    case EventType::RETREAT:
      if (event.mode == "release" || event.mode == "ceasefire") return event.mode;
      return event.mode == "resign" ? "resignation" : "operation";
    default:
      return {};
  }
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

}  // namespace polybius
