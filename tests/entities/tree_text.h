// A short way to write a tree by hand in a test: "She/PRON/2/nsubj said/VERB/0//say/Fin ./PUNCT/2/punct".
#pragma once

#include <sstream>
#include <string>
#include <vector>

#include "language/language.h"

namespace polybius {

/// One sentence a string: form/UPOS/head/relation[/lemma[/feature[/name tag]]], words separated by a space;
/// the relation of head 0 may be left out. A form ending in `+` has no space after it. Features: Fin, Plur,
/// Ger, Past, Pass,
/// Rel. A sentence that starts with `¶` starts a paragraph.
inline std::string conllu_of(const std::vector<std::string>& sentences) {
  std::string out;
  for (const std::string& sentence : sentences) {
    std::istringstream words(sentence);
    std::string word;
    int number = 0;
    while (words >> word) {
      if (word == "¶") {
        out += "# newpar\n";
        continue;
      }
      std::vector<std::string> part(7);
      std::istringstream cells(word);
      for (std::string& cell : part) std::getline(cells, cell, '/');
      if (part[3].empty() && part[2] == "0") part[3] = "root";
      const bool joined = part[0].size() > 1 && part[0].back() == '+';
      if (joined) part[0].pop_back();
      std::string feats = "_";
      if (part[5] == "Fin") feats = "Mood=Ind|Tense=Past|VerbForm=Fin";
      if (part[5] == "Plur") feats = "Number=Plur";
      if (part[5] == "Rel") feats = "PronType=Rel";
      if (part[5] == "Ger") feats = "Tense=Pres|VerbForm=Part";
      if (part[5] == "Pass") feats = "Tense=Past|VerbForm=Part|Voice=Pass";
      std::string misc = joined ? "SpaceAfter=No" : "_";
      if (!part[6].empty()) misc = "NER=" + part[6] + (joined ? "|SpaceAfter=No" : "");
      const std::string lemma = part[4].empty() ? part[0] : part[4];
      out += std::to_string(++number) + "\t" + part[0] + "\t" + lemma + "\t" + part[1] + "\t_\t" + feats +
             "\t" + part[2] + "\t" + part[3] + "\t_\t" + misc + "\n";
    }
    out += "\n";
  }
  return out;
}

inline const Lexicon& test_lexicon() {
  static const Lexicon lexicon = Lexicon::builtin();
  return lexicon;
}

inline Analysis analysis_of(const std::vector<std::string>& sentences) {
  Analysis analysis = read_conllu(conllu_of(sentences), test_lexicon()).value();
  match_lexicon(analysis, test_lexicon());
  return analysis;
}

}  // namespace polybius
