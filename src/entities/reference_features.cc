// Whom a pronoun or nominal may mean, and what is seen of each: distance, syntax, agreement, words, turns.
#include <algorithm>

#include "entities/references.h"
#include "entities/resolve.h"
#include "text/text.h"

namespace polybius {
namespace {

using F = ReferenceFeature;

void set(ReferenceFeatures& features, F feature, bool value = true) {
  if (value) features[static_cast<std::size_t>(feature)] = 1;
}

enum class Place { subject, object, possessor, oblique, conjunct, modifier, other };

/// Where a word stands in its clause.
Place place_of(const Token& token) {
  if (token.depends_as("nsubj")) return Place::subject;
  if (token.depends_as("obj") || token.depends_as("iobj")) return Place::object;
  if (token.deprel == "nmod:poss") return Place::possessor;
  if (token.depends_as("obl") || token.depends_as("nmod")) return Place::oblique;
  if (token.depends_as("conj")) return Place::conjunct;
  if (token.depends_as("compound") || token.depends_as("amod") || token.depends_as("flat") ||
      token.depends_as("appos"))
    return Place::modifier;
  return Place::other;
}

/// What is the same for all options of one word.
struct Referring {
  const Reading& reading;
  const Candidate& word;
  const Token& head;
  ReferenceClass form;
  std::string noun;                    ///< lemma, lower case
  std::vector<std::string> modifiers;  ///< lemmas before the head, without determiners
  int owner = -1;                      ///< the entity of its possessor
  int speaker = -1;
  bool closing = false;
};

std::string lemma_at(const Reading& reading, std::uint32_t token) {
  return lower_utf8(reading.analysis.tokens[token].lemma);
}

std::vector<std::string> modifiers_of(const Reading& reading, const Candidate& mention) {
  std::vector<std::string> out;
  for (std::uint32_t token = mention.first; token < mention.head; ++token) {
    const Upos upos = reading.analysis.tokens[token].upos;
    if (upos == Upos::ADJ || upos == Upos::NOUN || upos == Upos::PROPN || upos == Upos::NUM)
      out.push_back(lemma_at(reading, token));
  }
  return out;
}

/// The entity of a noun's possessor; -1 if there is none.
int owner_of(const Reading& reading, std::uint32_t head) {
  const int possessor = reading.analysis.child(head, "nmod:poss");
  const int mention = possessor < 0 ? -1 : candidate_at(reading, static_cast<std::uint32_t>(possessor));
  if (mention < 0) return -1;
  const auto& drafts = reading.candidates[static_cast<std::uint32_t>(mention)].drafts;
  return drafts.empty() ? -1 : static_cast<int>(drafts.front());
}

bool is_person_in_speech(const Candidate& mention, std::string_view person) {
  return mention.form == MentionForm::pronoun && mention.row && mention.row["person"] == person;
}

/// Whether an entity is only somebody who speaks or is spoken to.
bool is_speech_role(const Draft& draft) {
  return draft.name == "I" || draft.name == "you" || draft.name == "we";
}

bool agrees_as_noun(const Candidate& noun, const Draft& draft) {
  if (is_speech_role(draft) && draft.name != "I") return false;
  if ((noun.kind == EntityKind::person) != (draft.kind == EntityKind::person)) return false;
  if (noun.kind != EntityKind::person) return true;
  const bool clash =
      noun.gender != Gender::unknown && draft.gender != Gender::unknown && noun.gender != draft.gender;
  return noun.many == draft.many && !clash;
}

/// Whether a word may mean an entity by gender, number and kind.
bool agrees(const Candidate& word, ReferenceClass form, const Draft& draft) {
  const bool person = draft.kind == EntityKind::person;
  switch (form) {
    case ReferenceClass::he: {
      const bool clash = draft.gender != Gender::unknown && draft.gender != word.gender;
      return person && !draft.many && !is_speech_role(draft) && !clash;
    }
    case ReferenceClass::it:
      return !person && draft.kind != EntityKind::group && !draft.many;
    case ReferenceClass::they:
      if (is_speech_role(draft)) return false;
      return draft.many || draft.kind == EntityKind::group || draft.kind == EntityKind::organization ||
             draft.kind == EntityKind::country;
    case ReferenceClass::i:
      return person && !draft.many;
    case ReferenceClass::we:
      return draft.many || !person || draft.name == "we";
    case ReferenceClass::you:
      return person || draft.many;
    default:
      return agrees_as_noun(word, draft);
  }
}

/// Whether the possessor's noun is an argument of the verb whose subject the other is: "X ... his Y".
bool is_subject_beside(const Analysis& analysis, std::uint32_t possessor, std::uint32_t subject) {
  const Token& own = analysis.tokens[possessor];
  if (own.deprel != "nmod:poss" || own.head < 0) return false;
  const Token& noun = analysis.tokens[static_cast<std::uint32_t>(own.head)];
  return noun.head >= 0 && noun.head == analysis.tokens[subject].head;
}

bool is_above(const Analysis& analysis, int upper, std::uint32_t lower) {
  int token = static_cast<int>(lower);
  for (int steps = 0; token >= 0 && steps < 100; ++steps) {
    if (token == upper) return true;
    token = analysis.tokens[static_cast<std::uint32_t>(token)].head;
  }
  return false;
}

void add_distance(ReferenceFeatures& out, const Referring& referring, const Presence& presence) {
  const std::uint32_t distance = presence.sentence_distance;
  set(out, F::here, distance == 0);
  set(out, F::sentence_1, distance == 1);
  set(out, F::sentence_2, distance == 2);
  set(out, F::sentence_3, distance == 3);
  set(out, F::sentence_6, distance > 3 && distance < 7);
  set(out, F::sentence_far, distance > 6);
  const Reading& reading = referring.reading;
  const Candidate& latest = reading.candidates[presence.mentions.front()];
  set(out, F::paragraph,
      reading.paragraph_of[referring.head.sentence] ==
          reading.paragraph_of[reading.analysis.tokens[latest.head].sentence]);
}

void add_presence(ReferenceFeatures& out, const Referring& referring, const Presence& presence) {
  const Reading& reading = referring.reading;
  const Draft& draft = reading.drafts[presence.draft];
  const std::size_t count = presence.mentions.size();
  set(out, F::named_2, count == 2);
  set(out, F::named_3, count > 2 && count < 6);
  set(out, F::named_6, count >= 6);
  const Candidate& first = reading.candidates[draft.mentions.front()];
  set(out, F::opening, reading.analysis.tokens[first.head].sentence == 0);
  const Candidate& latest = reading.candidates[presence.mentions.front()];
  set(out, F::by_name, latest.form == MentionForm::name);
  set(out, F::by_noun, latest.form == MentionForm::nominal);
  set(out, F::by_pronoun, latest.form == MentionForm::pronoun);
  set(out, F::same_pronoun,
      latest.form == MentionForm::pronoun && referring.word.row && latest.row &&
          latest.row["person"] == referring.word.row["person"] &&
          latest.row["gender"] == referring.word.row["gender"] && latest.many == referring.word.many);
  bool name = false;
  bool pronouns = true;
  for (const std::uint32_t number : presence.mentions) {
    name = name || reading.candidates[number].form == MentionForm::name;
    pronouns = pronouns && reading.candidates[number].form == MentionForm::pronoun;
  }
  set(out, F::has_name, name);
  set(out, F::only_pronouns, pronouns);
  set(out, F::kind_guessed, !latest.known_kind);
}

void add_syntax(ReferenceFeatures& out, const Referring& referring, const Candidate& latest,
                std::uint32_t distance) {
  const Analysis& analysis = referring.reading.analysis;
  const Token& other = analysis.tokens[latest.head];
  const Place place = place_of(other);
  const Place own = place_of(referring.head);
  set(out, F::subject, place == Place::subject);
  set(out, F::object, place == Place::object);
  set(out, F::possessor, place == Place::possessor);
  set(out, F::oblique, place == Place::oblique);
  set(out, F::conjunct, place == Place::conjunct);
  set(out, F::modifier, place == Place::modifier);
  set(out, F::parallel, place == own);
  set(out, F::both_subjects, place == Place::subject && own == Place::subject && distance == 1);
  const bool over =
      distance == 0 && place == Place::subject && is_above(analysis, other.head, referring.word.head);
  set(out, F::subject_over, over);
  set(out, F::subject_beside, over && is_subject_beside(analysis, referring.word.head, latest.head));
  set(out, F::inside,
      distance == 0 && is_above(analysis, static_cast<int>(latest.head), referring.word.head));
  const bool cue = place == Place::subject && other.head >= 0 &&
                   is_speech_head(analysis, static_cast<std::uint32_t>(other.head));
  set(out, F::cue_subject, cue);
  set(out, F::closes_again, cue && referring.closing && distance > 0);
}

void add_agreement(ReferenceFeatures& out, const Referring& referring, const Draft& draft) {
  set(out, F::person, draft.kind == EntityKind::person);
  set(out, F::group, draft.kind == EntityKind::group);
  set(out, F::organization, draft.kind == EntityKind::organization);
  set(out, F::country, draft.kind == EntityKind::country);
  set(out, F::place, draft.kind == EntityKind::place);
  const bool open = draft.gender == Gender::unknown || referring.word.gender == Gender::unknown;
  set(out, F::gender_same, !open && draft.gender == referring.word.gender);
  set(out, F::gender_open, open);
  set(out, F::number_same, draft.many == referring.word.many);
  set(out, F::number_other, draft.many != referring.word.many);
  set(out, F::kind_same, draft.kind == referring.word.kind);
}

void add_quotations(ReferenceFeatures& out, const Referring& referring, const Presence& presence) {
  const Reading& reading = referring.reading;
  const int own = reading.quotation_of[referring.word.head];
  const int other = reading.quotation_of[reading.candidates[presence.mentions.front()].head];
  set(out, F::quoted_both, own >= 0 && own == other);
  set(out, F::quoted_it, other >= 0 && own != other);
  set(out, F::quoted_this, own >= 0 && other < 0);
  set(out, F::speaker, referring.speaker == static_cast<int>(presence.draft));
}

/// Whether a name of an entity holds the noun: "the department" for the Treasury Department.
bool name_holds(const Draft& draft, const std::string& noun) {
  const std::string name = " " + folded(draft.name) + " ";
  return name.find(" " + noun + " ") != std::string::npos;
}

void add_words(ReferenceFeatures& out, const Referring& referring, const Presence& presence) {
  const Reading& reading = referring.reading;
  const Draft& draft = reading.drafts[presence.draft];
  const Candidate& word = referring.word;
  std::vector<std::string> known;
  int same = -1;
  for (const std::uint32_t number : presence.mentions) {
    const Candidate& other = reading.candidates[number];
    if (other.form != MentionForm::nominal || lemma_at(reading, other.head) != referring.noun) continue;
    if (same < 0) same = static_cast<int>(number);
    for (std::string& modifier : modifiers_of(reading, other)) known.push_back(std::move(modifier));
  }
  const bool holds = draft.kind != EntityKind::person && name_holds(draft, referring.noun);
  set(out, F::word_in_name, holds);
  set(out, F::word_same, same >= 0);
  set(out, F::word_same_latest, same >= 0 && same == static_cast<int>(presence.mentions.front()));
  set(out, F::word_same_the, same >= 0 && word.definite);
  set(out, F::word_same_bare, same >= 0 && !word.definite && word.many);
  if (same >= 0) {
    const bool all = std::ranges::all_of(referring.modifiers, [&](const std::string& modifier) {
      return std::ranges::find(known, modifier) != known.end();
    });
    set(out, F::modifiers_none, referring.modifiers.empty());
    set(out, F::modifiers_same, !referring.modifiers.empty() && all);
    set(out, F::modifiers_new, !all);
    const int owner = owner_of(reading, reading.candidates[static_cast<std::uint32_t>(same)].head);
    set(out, F::owner_same, owner >= 0 && owner == referring.owner);
    set(out, F::owner_other, owner >= 0 && referring.owner >= 0 && owner != referring.owner);
  }
  const std::string& iso3 = word.description.iso3;
  const std::string home = country_of(reading, draft);
  set(out, F::country_same, !iso3.empty() && iso3 == home);
  set(out, F::country_other, !iso3.empty() && !home.empty() && iso3 != home);
  set(out, F::role_same, draft.description.agent && draft.description.agent == word.description.agent);
  const std::string& lead = reading.analysis.tokens[word.first].lower;
  const bool demonstrative = lead == "this" || lead == "these" || lead == "that" || lead == "those";
  set(out, F::this_near, demonstrative && presence.sentence_distance < 2);
  set(out, F::the_near, word.definite && !demonstrative && same < 0 && presence.sentence_distance < 2);
}

/// Who said "I" and "you" in this turn and in those before; a turn is a paragraph outside quotations, or one
/// quotation.
void add_turns(ReferenceFeatures& out, const Referring& referring, const Presence& presence) {
  const Reading& reading = referring.reading;
  const auto& tokens = reading.analysis.tokens;
  const std::uint32_t here = reading.paragraph_of[referring.head.sentence];
  const int quotation = reading.quotation_of[referring.word.head];
  for (const std::uint32_t number : presence.mentions) {
    const Candidate& other = reading.candidates[number];
    const bool first = is_person_in_speech(other, "1");
    const bool second = is_person_in_speech(other, "2");
    if (!first && !second) continue;
    const bool we = first && other.many;
    set(out, F::ever_i, first && !we);
    set(out, F::ever_we, we);
    set(out, F::ever_you, second);
    const std::uint32_t turns = here - reading.paragraph_of[tokens[other.head].sentence];
    const int within = reading.quotation_of[other.head];
    if ((within >= 0) != (quotation >= 0) || (turns == 0 && within != quotation)) continue;
    if (turns == 0) set(out, we ? F::turn_we : first ? F::turn_i : F::turn_you);
    if (turns == 1) set(out, we ? F::turn_before_we : first ? F::turn_before_i : F::turn_before_you);
    if (turns == 2 && !we) set(out, first ? F::turn_two_i : F::turn_two_you);
  }
}

ReferenceOption option_of(const Referring& referring, const Presence& presence) {
  const Reading& reading = referring.reading;
  ReferenceOption option;
  option.draft = static_cast<int>(presence.draft);
  ReferenceFeatures& out = option.features;
  const Candidate& latest = reading.candidates[presence.mentions.front()];
  add_distance(out, referring, presence);
  add_presence(out, referring, presence);
  add_syntax(out, referring, latest, presence.sentence_distance);
  add_agreement(out, referring, reading.drafts[presence.draft]);
  add_quotations(out, referring, presence);
  if (referring.form == ReferenceClass::noun) add_words(out, referring, presence);
  const bool speech = referring.form == ReferenceClass::i || referring.form == ReferenceClass::we ||
                      referring.form == ReferenceClass::you;
  if (speech) add_turns(out, referring, presence);
  if (reading.choices != nullptr) option.mentions = presence.mentions;
  return option;
}

void add_determiner(ReferenceFeatures& out, const Referring& referring) {
  const Analysis& analysis = referring.reading.analysis;
  const Candidate& word = referring.word;
  const std::string& lead = analysis.tokens[word.first].lower;
  const bool demonstrative = lead == "this" || lead == "these" || lead == "that" || lead == "those";
  const bool possessed = analysis.child(word.head, "nmod:poss") >= 0;
  set(out, F::nobody_this, demonstrative);
  set(out, F::nobody_possessed, possessed);
  set(out, F::nobody_the, !demonstrative && !possessed && word.definite);
  const bool article = analysis.child(word.head, "det") >= 0;
  set(out, F::nobody_indefinite, !word.definite && article);
  set(out, F::nobody_bare, !word.definite && !article);
  set(out, F::nobody_modified, !referring.modifiers.empty());
  for (const std::uint32_t child : analysis.children[word.head]) {
    if (child < word.head) continue;
    set(out, F::nobody_of, analysis.tokens[child].depends_as("nmod"));
    set(out, F::nobody_clause, analysis.tokens[child].depends_as("acl"));
  }
  set(out, F::nobody_agent, static_cast<bool>(word.description.agent));
  set(out, F::nobody_place, word.kind == EntityKind::place);
  set(out, F::nobody_body, word.kind == EntityKind::organization);
}

/// What speaks for a word's meaning nobody who was named before.
ReferenceOption nobody(const Referring& referring) {
  const Analysis& analysis = referring.reading.analysis;
  ReferenceOption option;
  ReferenceFeatures& out = option.features;
  set(out, F::nobody);
  if (referring.form == ReferenceClass::noun) add_determiner(out, referring);
  set(out, F::nobody_many, referring.word.many);
  set(out, F::nobody_early, referring.head.sentence < 2);
  const Place place = place_of(referring.head);
  set(out, F::nobody_subject, place == Place::subject);
  set(out, F::nobody_object, place == Place::object);
  set(out, F::nobody_oblique, place == Place::oblique);
  set(out, F::nobody_quoted, referring.reading.quotation_of[referring.word.head] >= 0);
  const bool predicate = referring.head.head >= 0 && place == Place::subject &&
                         analysis.child(static_cast<std::uint32_t>(referring.head.head), "cop") >= 0;
  set(out, F::nobody_thing, predicate || referring.head.deprel == "nsubj:pass");
  return option;
}

/// What can be said only of all options together: who is nearest, most present, most often named.
void compare(ReferenceChoice& choice, const std::vector<Presence>& presences) {
  double sum = 0;
  std::size_t present = 0;
  std::size_t named = 0;
  for (std::size_t i = 0; i < presences.size(); ++i) {
    sum += presences[i].weight;
    if (presences[i].weight > presences[present].weight) present = i;
    if (presences[i].mentions.size() > presences[named].mentions.size()) named = i;
  }
  ReferenceFeatures& none = choice.options.front().features;
  set(none, F::nobody_fits, !presences.empty());
  static constexpr std::array<F, 4> ranks{F::nearest, F::second, F::third, F::later};
  for (std::size_t i = 0; i < presences.size(); ++i) {
    ReferenceFeatures& out = choice.options[i + 1].features;
    set(out, ranks[std::min<std::size_t>(i, 3)]);
    set(out, F::most_present, i == present);
    set(out, F::most_named, i == named);
    out[static_cast<std::size_t>(F::presence)] = static_cast<float>(presences[i].weight / sum);
    const auto has = [&](F feature) { return out[static_cast<std::size_t>(feature)] > 0; };
    set(none, F::nobody_word_met, has(F::word_same) || has(F::word_in_name));
  }
}

ReferenceClass class_of(const Candidate& word) {
  if (word.form != MentionForm::pronoun) return ReferenceClass::noun;
  const std::string_view person = word.row["person"];
  if (person == "1") return word.many ? ReferenceClass::we : ReferenceClass::i;
  if (person == "2") return ReferenceClass::you;
  if (word.many) return ReferenceClass::they;
  return word.row["gender"] == "n" ? ReferenceClass::it : ReferenceClass::he;
}

/// Whether the entity is "I" or "you" where the word is a third, or the other way round, within one turn.
bool changes_person(const Reading& reading, const Presence& presence, const Candidate& word) {
  if (word.form != MentionForm::pronoun) return false;
  const auto& tokens = reading.analysis.tokens;
  const std::uint32_t turn = reading.paragraph_of[tokens[word.head].sentence];
  for (const std::uint32_t number : presence.mentions) {
    const Candidate& other = reading.candidates[number];
    if (reading.paragraph_of[tokens[other.head].sentence] != turn) break;
    if (other.form != MentionForm::pronoun ||
        reading.quotation_of[other.head] != reading.quotation_of[word.head])
      continue;
    const std::string_view person = other.row["person"];
    if (person != "rel" && (person == "3") != (word.row["person"] == "3")) return true;
  }
  return false;
}

constexpr std::uint32_t pronoun_reach = 10;  // sentences
constexpr std::uint32_t noun_reach = 60;

}  // namespace

ReferenceChoice choice_for(const Reading& reading, const Placed& placed, std::uint32_t number,
                           const std::vector<std::uint32_t>& barred) {
  const Candidate& word = reading.candidates[number];
  ReferenceChoice choice{number, class_of(word), {}};
  const bool noun = choice.form == ReferenceClass::noun;
  Referring referring{reading, word, reading.analysis.tokens[word.head], choice.form, {}, {}, -1, -1, false};
  referring.speaker = speaker_draft(reading, word.head);
  referring.closing = closes_speech(reading, word.head);
  if (noun) {
    referring.noun = lemma_at(reading, word.head);
    referring.modifiers = modifiers_of(reading, word);
    referring.owner = owner_of(reading, word.head);
  }
  std::vector<Presence> presences;
  for (Presence& presence : recent_before(reading, placed, word.head, noun ? noun_reach : pronoun_reach)) {
    if (std::ranges::find(barred, presence.draft) != barred.end()) continue;
    if (!agrees(word, choice.form, reading.drafts[presence.draft])) continue;
    if (changes_person(reading, presence, word)) continue;
    // What stands within the phrase is not the phrase: "her mother" is not her.
    const Candidate& latest = reading.candidates[presence.mentions.front()];
    if (noun && latest.first >= word.first && latest.last <= word.last) continue;
    presences.push_back(std::move(presence));
  }
  choice.options.push_back(nobody(referring));
  for (const Presence& presence : presences) choice.options.push_back(option_of(referring, presence));
  compare(choice, presences);
  return choice;
}

}  // namespace polybius
