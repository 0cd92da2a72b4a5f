// Texts with trees and entities for tests, written in one line a word.
#pragma once

#include <initializer_list>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include "language/language.h"
#include "polybius/record.h"

namespace polybius::tests {

/// The tables that the program carries, opened once.
inline const Lexicon& tables() {
  static const Lexicon lexicon = Lexicon::builtin();
  return lexicon;
}

/// Reads sentences of lines "form lemma UPOS head deprel [feats]"; a blank line ends a sentence.
inline Analysis tree_of(std::string_view lines) {
  std::istringstream input{std::string(lines)};
  std::string line;
  std::string conllu;
  int number = 0;
  while (std::getline(input, line)) {
    std::istringstream cells(line);
    std::string form, lemma, upos, head, deprel, feats;
    if (!(cells >> form >> lemma >> upos >> head >> deprel)) {
      if (number > 0) conllu += '\n';
      number = 0;
      continue;
    }
    if (!(cells >> feats)) feats = "_";
    conllu += std::to_string(++number) + '\t' + form + '\t' + lemma + '\t' + upos + "\t_\t" + feats + '\t' +
              head + '\t' + deprel + "\t_\t_\n";
  }
  conllu += '\n';
  auto analysis = read_conllu(conllu, tables());
  return std::move(analysis.value());
}

/// An entity whose mentions are all occurrences of the words given.
inline Entity entity_of(const Analysis& analysis, std::string id, EntityKind kind, std::string name,
                        std::string cameo, std::string iso3, std::initializer_list<std::string_view> words) {
  Entity entity;
  entity.id = std::move(id);
  entity.kind = kind;
  entity.name = std::move(name);
  if (!cameo.empty()) entity.codes.cameo.push_back(std::move(cameo));
  entity.codes.iso3 = std::move(iso3);
  if (kind == EntityKind::person && !entity.codes.cameo.empty()) entity.codes.plover_sector = "GOV";
  const std::string& text = analysis.text.utf8();
  for (const std::string_view word : words) {
    for (std::size_t at = text.find(word); at != std::string::npos; at = text.find(word, at + 1)) {
      const auto begin = static_cast<std::uint32_t>(at);
      entity.mentions.push_back(
          {{begin, begin + static_cast<std::uint32_t>(word.size())}, MentionForm::name});
    }
  }
  return entity;
}

/// A time expression at the words given.
inline Time time_of(const Analysis& analysis, std::string_view words, std::string value) {
  Time time;
  const auto begin = static_cast<std::uint32_t>(analysis.text.utf8().find(words));
  time.span = {begin, begin + static_cast<std::uint32_t>(words.size())};
  time.value = std::move(value);
  return time;
}

/// The first event of a type; nothing found leaves `id` empty.
inline Event event_of(const std::vector<Event>& events, EventType type) {
  for (const Event& event : events) {
    if (event.type == type) return event;
  }
  return {};
}

}  // namespace polybius::tests
