// Reads patterns and slots.
#include "lexicon/pattern.h"

namespace polybius {
namespace {

std::string_view take_until(std::string_view& text, char mark) {
  const auto end = text.find(mark);
  const std::string_view part = text.substr(0, end);
  text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  return part;
}

std::string form_fault(std::string_view form) {
  if (form.empty()) return "an empty word in the pattern";
  if (form.front() == '<' && (form.back() != '>' || form.size() < 3))
    return "\"<\" without a class and \">\"";
  if (form.front() == '{' && form != "{event}") return "\"{\" may only begin {event}";
  const auto star = form.find('*');
  if (star != std::string_view::npos && (star == 0 || star + 1 != form.size()))
    return "\"*\" may only end a word";
  return {};
}

void add_form(PatternWord& word, std::string_view form) {
  if (form == "{event}") {
    word.any_event = true;
  } else if (form.front() == '<') {
    word.classes.push_back(form.substr(1, form.size() - 2));
  } else if (form.back() == '*') {
    word.prefixes.push_back(form.substr(0, form.size() - 1));
  } else {
    word.forms.push_back(form);
  }
}

}  // namespace

std::string pattern_fault(std::string_view text) {
  if (text == "not") return {};
  std::size_t words = 0;
  bool head_is_open = false;
  while (!text.empty()) {
    std::string_view word = take_until(text, ' ');
    if (word == "not") continue;
    if (word.empty()) return "two spaces in the pattern";
    while (!word.empty()) {
      const std::string_view form = take_until(word, '|');
      auto fault = form_fault(form);
      if (!fault.empty()) return fault;
      if (words == 0 && form.back() == '*') head_is_open = true;
    }
    ++words;
  }
  if (words == 0) return "a pattern without a word";
  if (words == 1 && head_is_open) return "the head of a pattern must be whole words";
  return {};
}

Pattern parse_pattern(std::string_view text, RulePos pos) {
  Pattern pattern;
  pattern.text = text;
  while (!text.empty()) {
    std::string_view part = take_until(text, ' ');
    if (part == "not" && pattern.text != "not" && pos != RulePos::phrase) {
      pattern.negated = true;
      continue;
    }
    PatternWord word;
    while (!part.empty()) add_form(word, take_until(part, '|'));
    pattern.words.push_back(std::move(word));
  }
  pattern.head = pos == RulePos::noun ? static_cast<std::uint32_t>(pattern.words.size() - 1) : 0;
  // "ambassador to", "prisoner of war": a preposition ends the noun's own words.
  if (pos == RulePos::noun) {
    for (std::uint32_t at = 1; at < pattern.words.size(); ++at) {
      const auto& forms = pattern.words[at].forms;
      if (forms.empty()) continue;
      for (const std::string_view preposition : {"of", "on", "to", "for", "with", "against", "from", "in",
                                                 "by", "over", "between", "at", "into", "that"}) {
        if (forms.front() == preposition) {
          pattern.head = at - 1;
          return pattern;
        }
      }
    }
  }
  return pattern;
}

RulePos rule_pos_of(std::string_view cell) {
  if (cell == "noun") return RulePos::noun;
  if (cell == "adj") return RulePos::adj;
  if (cell == "adv") return RulePos::adv;
  if (cell == "aux") return RulePos::aux;
  if (cell == "prep") return RulePos::prep;
  if (cell == "phrase") return RulePos::phrase;
  return RulePos::verb;
}

Slots parse_slots(std::string_view cell) {
  Slots slots;
  if (cell == "-") return slots;
  while (!cell.empty()) {
    std::string_view slot = take_until(cell, '|');
    std::vector<std::string_view> parts;
    while (!slot.empty()) parts.push_back(take_until(slot, '+'));
    slots.push_back(std::move(parts));
  }
  return slots;
}

}  // namespace polybius
