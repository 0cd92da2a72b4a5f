// Finds the subject of a word through conjunction, control and participles.
#include "language/language.h"

namespace polybius {
namespace {

int own_subject(const Analysis& analysis, std::uint32_t token, bool passive) {
  for (const std::uint32_t child : analysis.children[token]) {
    const Token& word = analysis.tokens[child];
    if (!word.depends_as("nsubj") && !word.depends_as("csubj")) continue;
    if (word.deprel == "nsubj:outer" || word.depends_as("csubj")) continue;
    if (word.deprel.starts_with("nsubj:pass") && !passive) continue;
    return static_cast<int>(child);
  }
  return -1;
}

bool is_passive(const Analysis& analysis, std::uint32_t token) {
  return analysis.child(token, "nsubj:pass") >= 0 || analysis.child(token, "aux:pass") >= 0;
}

}  // namespace

int find_subject(const Analysis& analysis, std::uint32_t token, bool passive) {
  for (int steps = 0; steps < 6; ++steps) {  // trees of broken text may be deep
    const int own = own_subject(analysis, token, passive);
    if (own >= 0) return own;
    if (analysis.child(token, "aux:pass") >= 0 && !passive) return -1;
    const Token& word = analysis.tokens[token];
    if (word.head < 0) return -1;
    const auto governor = static_cast<std::uint32_t>(word.head);
    if (word.depends_as("acl") && !word.deprel.starts_with("acl:relcl")) return static_cast<int>(governor);
    if (word.depends_as("xcomp")) {
      const int object = analysis.child(governor, "obj");
      if (object >= 0 && analysis.tokens[token].is("VerbForm=Inf")) return object;  // "asked him to say"
    } else if (!word.depends_as("conj") && !word.depends_as("advcl") && !word.depends_as("cop")) {
      return -1;
    }
    // An adverbial clause with a finite verb of its own has a subject of its own.
    if (word.depends_as("advcl") && word.is("VerbForm=Fin")) return -1;
    passive = passive || !is_passive(analysis, governor) || !word.depends_as("conj");
    token = governor;
  }
  return -1;
}

}  // namespace polybius
