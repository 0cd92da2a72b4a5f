// Mends slips of the parser: a clause read as a noun phrase, a title read as an object beside its name.
#include "language/mend.h"

#include <algorithm>

namespace polybius {
namespace {

/// The verb between a subject and the noun that wrongly heads both; -1 if the reading may stand.
int verb_of_clause(const Analysis& analysis, std::uint32_t noun) {
  int verb = -1;
  bool has_subject = false;
  for (const std::uint32_t child : analysis.children[noun]) {
    const Token& token = analysis.tokens[child];
    if (token.depends_as("cop") || token.depends_as("aux")) return -1;
    if (child > noun) continue;
    if (token.depends_as("nsubj") && verb < 0) has_subject = true;
    const bool own = analysis.child(child, "nsubj") >= 0;  // hung on the verb itself
    const bool modifies = token.deprel == "amod" || token.deprel == "compound";
    const bool finite = token.upos == Upos::VERB && (token.is("Tense=Past") || token.is("VerbForm=Fin"));
    if (modifies && finite && (has_subject || own)) verb = static_cast<int>(child);
  }
  return verb;
}

void make_clause(Analysis& analysis, std::uint32_t noun, std::uint32_t verb) {
  Token& root = analysis.tokens[noun];
  Token& made = analysis.tokens[verb];
  made.head = root.head;
  made.deprel = root.deprel;
  root.head = static_cast<int>(verb);
  root.deprel = "obj";
  for (const std::uint32_t child : analysis.children[noun]) {
    Token& token = analysis.tokens[child];
    if (child == verb) continue;
    const bool of_clause = child < verb || token.depends_as("punct") || token.depends_as("advcl");
    if (of_clause) token.head = static_cast<int>(verb);
  }
}

/// "refused" tagged as a particle: that class is closed ("to", "not", "'s").
void mend_particle(Token& token) {
  if (token.upos != Upos::PART || token.lower.size() < 5 || !token.lower.ends_with("ed")) return;
  token.upos = Upos::VERB;
  token.feats = "Mood=Ind|Tense=Past|VerbForm=Fin";
}

}  // namespace

void mend_clauses(Analysis& analysis) {
  for (Token& token : analysis.tokens) mend_particle(token);
  bool mended = false;
  for (const Sentence& sentence : analysis.sentences) {
    for (std::uint32_t token = sentence.first; token < sentence.last; ++token) {
      const Token& noun = analysis.tokens[token];
      if (noun.head >= 0 || noun.upos != Upos::NOUN) continue;
      const int verb = verb_of_clause(analysis, token);
      if (verb < 0) continue;
      make_clause(analysis, token, static_cast<std::uint32_t>(verb));
      mended = true;
      break;
    }
  }
  if (mended) link_children(analysis);
}

void mend_titles(Analysis& analysis) {
  bool mended = false;
  for (std::size_t i = 0; i < analysis.names.size(); ++i) {
    const Name& name = analysis.names[i];
    if (name.kind != NameKind::PER || name.first == 0) continue;
    if (i > 0 && analysis.names[i - 1].last == name.first) continue;  // a name stands before it
    Token& title = analysis.tokens[name.first - 1];
    const Token& person = analysis.tokens[name.first];
    const bool noun = title.upos == Upos::PROPN || title.upos == Upos::NOUN;
    const bool object = title.depends_as("obj") || title.depends_as("iobj");
    const bool beside =
        title.sentence == person.sentence && title.head == person.head && person.depends_as("obj");
    if (!noun || !object || !beside || title.form == title.lower) continue;
    title.head = static_cast<int>(name.first);
    title.deprel = "nmod:desc";
    mended = true;
  }
  if (mended) link_children(analysis);
}

}  // namespace polybius
