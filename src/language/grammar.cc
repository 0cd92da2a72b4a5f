// Who does what in a tree: subjects, objects, prepositions and light verbs, the understood ones too.
#include <algorithm>
#include <array>

#include "language/language.h"

namespace polybius {
namespace {

bool is_relative(const Token& token) {
  return token.is("PronType=Rel") || token.lower == "who" || token.lower == "which" ||
         token.lower == "that" || token.lower == "whom";
}

bool is_participle(const Token& token) {
  return token.is("VerbForm=Part") && !token.is("Tense=Pres");
}

bool is_gerund(const Token& token) {
  return token.is("VerbForm=Ger") || (token.is("VerbForm=Part") && token.is("Tense=Pres"));
}

int exact_child(const Analysis& analysis, std::uint32_t token, std::string_view deprel) {
  for (const std::uint32_t child : analysis.children[token]) {
    if (analysis.tokens[child].deprel == deprel) return static_cast<int>(child);
  }
  return -1;
}

int subject_child(const Analysis& analysis, std::uint32_t token) {
  for (const std::string_view deprel : {"nsubj", "nsubj:pass", "csubj", "nsubj:outer"}) {
    const int found = exact_child(analysis, token, deprel);
    if (found >= 0) return found;
  }
  return -1;
}

/// How far down a subject is looked for, and whether a relative pronoun gives way to its noun.
struct Search {
  int depth = 0;
  bool antecedent = true;
  Search deeper() const {
    return {depth + 1, antecedent};
  }
};

int deep_subject(const Analysis& analysis, std::uint32_t token, Search search);

/// Who is meant by the missing subject of "decision to ...", "plans to ...": the owner of the noun, or the
/// subject above it.
int owner_of(const Analysis& analysis, std::uint32_t noun, Search search) {
  const int possessor = exact_child(analysis, noun, "nmod:poss");
  if (possessor >= 0) return possessor;
  for (const std::uint32_t child : analysis.children[noun]) {
    if (!analysis.tokens[child].depends_as("nmod")) continue;
    const std::string preposition = marker_of(analysis, child);
    if (preposition == "by" || preposition == "of") return static_cast<int>(child);
  }
  const Token& word = analysis.tokens[noun];
  if (word.head >= 0 && (word.depends_as("obj") || word.depends_as("obl"))) {
    return deep_subject(analysis, static_cast<std::uint32_t>(word.head), search.deeper());
  }
  return -1;
}

/// Who is asked by a verb that asks with a preposition: "called on Iran to halt", "appealed to them"; -1 if
/// nobody.
int one_asked(const Analysis& analysis, std::uint32_t verb) {
  const std::string& lemma = analysis.tokens[verb].lemma;
  if (lemma != "call" && lemma != "appeal") return -1;
  for (const std::uint32_t child : analysis.children[verb]) {
    const std::string preposition = marker_of(analysis, child);
    const bool asked =
        preposition == "on" || preposition == "upon" || preposition == "to" || preposition == "for";
    if (analysis.tokens[child].depends_as("obl") && asked) return static_cast<int>(child);
  }
  return -1;
}

/// "urged Iran to halt": the object does it; "promised to halt": the subject.
int subject_of_complement(const Analysis& analysis, std::uint32_t head, Search search) {
  const int indirect = exact_child(analysis, head, "iobj");
  if (indirect >= 0) return indirect;
  const int object = exact_child(analysis, head, "obj");
  if (object >= 0) return object;
  const int asked = one_asked(analysis, head);
  return asked >= 0 ? asked : deep_subject(analysis, head, search.deeper());
}

int controlled_subject(const Analysis& analysis, std::uint32_t token, Search search) {
  const Token& word = analysis.tokens[token];
  const auto head = static_cast<std::uint32_t>(word.head);
  if (word.depends_as("xcomp")) return subject_of_complement(analysis, head, search);
  if (word.depends_as("advcl")) {
    const int asked = one_asked(analysis, head);
    if (asked >= 0) return asked;
    const int object = exact_child(analysis, head, "obj");
    const std::string marker = object >= 0 ? marker_of(analysis, token) : std::string{};
    // "Barred him from attending", "jailed him for helping", "accused him of sending".
    if (marker == "from" || marker == "for" || marker == "of") return object;
  }
  if (word.depends_as("ccomp") || word.depends_as("advcl") || word.depends_as("conj") ||
      word.depends_as("parataxis"))
    return deep_subject(analysis, head, search.deeper());
  if (word.deprel == "acl" || word.deprel == "amod") {
    if (is_gerund(word) || is_participle(word)) return word.head;
    return owner_of(analysis, head, search);
  }
  return -1;
}

int deep_subject(const Analysis& analysis, std::uint32_t token, Search search) {
  if (search.depth > 12) return -1;
  const int own = subject_child(analysis, token);
  if (own >= 0) {
    if (!search.antecedent || !is_relative(analysis.tokens[own])) return own;
    const int noun = antecedent_of(analysis, static_cast<std::uint32_t>(own));
    return noun >= 0 ? noun : own;
  }
  if (analysis.tokens[token].head < 0) return -1;
  if (analysis.tokens[token].deprel == "acl:relcl") return analysis.tokens[token].head;
  return controlled_subject(analysis, token, search);
}

/// Whether a verb has its particle beside it: "carry out".
bool has_particle(const Analysis& analysis, std::uint32_t verb, std::string_view particle) {
  return std::any_of(
      analysis.children[verb].begin(), analysis.children[verb].end(), [&](std::uint32_t child) {
        return analysis.tokens[child].depends_as("compound:prt") && analysis.tokens[child].lower == particle;
      });
}

}  // namespace

int antecedent_of(const Analysis& analysis, std::uint32_t pronoun) {
  int token = analysis.tokens[pronoun].head;
  for (int steps = 0; token >= 0 && steps < 8; ++steps) {
    if (analysis.tokens[token].deprel == "acl:relcl") return analysis.tokens[token].head;
    token = analysis.tokens[token].head;
  }
  return -1;
}

bool is_passive_verb(const Analysis& analysis, std::uint32_t token) {
  const Token& word = analysis.tokens[token];
  if (exact_child(analysis, token, "nsubj:pass") >= 0 || exact_child(analysis, token, "aux:pass") >= 0 ||
      exact_child(analysis, token, "obl:agent") >= 0)
    return true;
  if (!is_participle(word)) return false;
  if (word.deprel == "acl" || word.deprel == "amod") return true;
  if (word.is("Voice=Pass") && exact_child(analysis, token, "obj") < 0) return true;
  // "was attacked and killed": the second shares the auxiliary of the first.
  return word.depends_as("conj") && word.head >= 0 && exact_child(analysis, token, "aux") < 0 &&
         exact_child(analysis, token, "nsubj") < 0 && exact_child(analysis, token, "obj") < 0 &&
         is_passive_verb(analysis, static_cast<std::uint32_t>(word.head));
}

int subject_of(const Analysis& analysis, std::uint32_t token) {
  return deep_subject(analysis, token, {});
}

int find_subject(const Analysis& analysis, std::uint32_t token, bool passive) {
  if (!passive && is_passive_verb(analysis, token)) return -1;
  return deep_subject(analysis, token, {0, false});
}

int object_of(const Analysis& analysis, std::uint32_t token) {
  const Token& word = analysis.tokens[token];
  if (is_passive_verb(analysis, token)) return deep_subject(analysis, token, {});
  const int object = exact_child(analysis, token, "obj");
  if (object >= 0) {
    if (!is_relative(analysis.tokens[object])) return object;
    const int noun = antecedent_of(analysis, static_cast<std::uint32_t>(object));
    return noun >= 0 ? noun : object;
  }
  if (word.deprel == "acl:relcl" && word.head >= 0) {  // "the talks they held"
    const int subject = exact_child(analysis, token, "nsubj");
    if (subject >= 0 && !is_relative(analysis.tokens[subject])) return word.head;
  }
  if (word.depends_as("conj") && word.head >= 0) {  // "attacked and killed soldiers"
    const auto head = static_cast<std::uint32_t>(word.head);
    if (analysis.tokens[head].upos == Upos::VERB && exact_child(analysis, token, "nsubj") < 0 &&
        analysis.children[token].size() <= 1)
      return exact_child(analysis, head, "obj");
  }
  for (const std::uint32_t child :
       analysis.children[token]) {  // "attacked and killed soldiers", on the second
    if (analysis.tokens[child].depends_as("conj") && analysis.tokens[child].upos == Upos::VERB &&
        child == token + 2 && subject_child(analysis, child) < 0)
      return exact_child(analysis, child, "obj");
  }
  return -1;
}

std::string marker_of(const Analysis& analysis, std::uint32_t token) {
  for (const std::uint32_t child : analysis.children[token]) {
    const Token& word = analysis.tokens[child];
    if (!word.depends_as("case") && !word.depends_as("mark")) continue;
    std::string whole = word.lower;
    for (const std::uint32_t part : analysis.children[child]) {
      if (analysis.tokens[part].depends_as("fixed")) whole += ' ' + analysis.tokens[part].lower;
    }
    if (whole != "to" && whole != "'s" && whole != "'" && whole != "’s" && whole != "’") return whole;
    if (whole == "to") return whole;
  }
  return {};
}

namespace {

/// The row by which a verb is light over a noun that is its object, or that hangs on it by a preposition;
/// none if it is not.
Row light_row(const Analysis& analysis, std::uint32_t verb, bool is_object, const std::string& binding,
              const Lexicon& lexicon) {
  const Row first = lexicon.find("light_verbs", analysis.tokens[verb].lemma);
  if (!first) return {};
  for (const Row& row : lexicon.rows("light_verbs")) {
    if (row["lemma"] != first["lemma"]) continue;
    const std::string_view particle = row["particle"];
    const bool bare = particle.empty() || has_particle(analysis, verb, particle);
    if (is_object && bare) return row;
    if (!binding.empty() && particle.ends_with(binding)) return row;
  }
  return {};
}

/// The participle after a noun that has it as its object: "talks held in Oslo"; -1 if there is none.
int participle_of(const Analysis& analysis, std::uint32_t noun) {
  for (const std::uint32_t child : analysis.children[noun]) {
    const Token& below = analysis.tokens[child];
    if (below.upos == Upos::VERB && below.depends_as("acl") &&
        object_of(analysis, child) == static_cast<int>(noun))
      return static_cast<int>(child);
  }
  return -1;
}

}  // namespace

LightVerb light_verb_over(const Analysis& analysis, std::uint32_t noun, const Lexicon& lexicon) {
  const Token& word = analysis.tokens[noun];
  if (word.head >= 0 && analysis.tokens[word.head].upos == Upos::VERB) {
    const bool is_object = word.deprel == "obj" || word.deprel == "nsubj:pass";
    const std::string binding = word.depends_as("obl") ? marker_of(analysis, noun) : std::string{};
    const Row row = light_row(analysis, static_cast<std::uint32_t>(word.head), is_object, binding, lexicon);
    if (row) return {word.head, row};
  }
  const int participle = participle_of(analysis, noun);
  if (participle < 0) return {};
  const Row row = light_row(analysis, static_cast<std::uint32_t>(participle), true, {}, lexicon);
  return row ? LightVerb{participle, row} : LightVerb{};
}

}  // namespace polybius
