// Entities: who is meant, on the document's date, with which codes.
#include "entities/entities.h"

#include <doctest/doctest.h>

#include <algorithm>

#include "entities/references.h"
#include "entities/tree_text.h"

using namespace polybius;

namespace {

struct Found {
  Analysis analysis;
  std::vector<Entity> entities;
  std::vector<Warning> warnings;

  /// The name of the entity that the words mean, "A+B" if two; empty if none.
  std::string meant(std::string_view words, int nth = 0) const {
    std::string out;
    std::vector<Span> seen;
    for (const Entity& entity : entities) {
      for (const Mention& mention : entity.mentions) {
        if (analysis.text.slice(mention.span) == words) seen.push_back(mention.span);
      }
    }
    std::ranges::sort(seen);
    seen.erase(std::unique(seen.begin(), seen.end()), seen.end());
    if (nth >= static_cast<int>(seen.size())) return out;
    for (const Entity& entity : entities) {
      for (const Mention& mention : entity.mentions) {
        if (mention.span == seen[static_cast<std::size_t>(nth)])
          out += (out.empty() ? "" : "+") + entity.name;
      }
    }
    return out;
  }

  const Entity& entity(std::string_view name) const {
    static const Entity none;
    const auto found = std::ranges::find(entities, name, &Entity::name);
    return found == entities.end() ? none : *found;
  }
};

Found entities_of(const std::vector<std::string>& sentences,
                  std::optional<Date> published = Date{2024, 3, 5}) {
  Found found;
  found.analysis = analysis_of(sentences);
  found.entities = find_entities(found.analysis, published, EntityTables(test_lexicon()), test_lexicon(),
                                 Gazetteer::builtin(), found.warnings);
  return found;
}

}  // namespace

TEST_CASE("an office with a country means its holder on the day of the document") {
  const std::vector<std::string> text = {
      "The/DET/3/det US/PROPN/3/compound/US//B-LOC president/NOUN/4/nsubj met/VERB/0//meet/Fin "
      "his/PRON/7/nmod:poss Russian/ADJ/7/amod/Russian//B-NORP counterpart/NOUN/4/obj ./PUNCT/4/punct"};
  const Found then = entities_of(text, Date{2022, 6, 1});
  CHECK(then.meant("The US president") == "Joe Biden");
  CHECK(then.meant("his Russian counterpart") == "Vladimir Putin");
  CHECK(then.meant("his") == "Joe Biden");
  const Found later = entities_of(text, Date{2025, 6, 1});
  CHECK(later.meant("The US president") == "Donald Trump");
  CHECK(later.entity("Donald Trump").codes.cameo.front() == "USAGOV");
  REQUIRE(later.entity("Donald Trump").role);
  CHECK(later.entity("Donald Trump").role->country == "USA");
}

TEST_CASE("an unknown person has role and country from the title before the name") {
  const Found found =
      entities_of({"Polish/ADJ/3/amod/Polish//B-NORP foreign/ADJ/3/amod minister/NOUN/4/nmod:desc "
                   "Jadwiga/PROPN/6/nsubj/Jadwiga//B-PER "
                   "Wolska/PROPN/4/flat/Wolska//I-PER spoke/VERB/0//speak/Fin ./PUNCT/6/punct",
                   "She/PRON/2/nsubj left/VERB/0//leave/Fin ./PUNCT/2/punct"});
  const Entity& minister = found.entity("Jadwiga Wolska");
  CHECK(minister.kind == EntityKind::person);
  REQUIRE(minister.codes.cameo.size() >= 1);
  CHECK(minister.codes.cameo.front() == "POLGOV");
  CHECK(found.meant("She") == "Jadwiga Wolska");
}

TEST_CASE("a capital that speaks is the government, a capital that one travels to is a city") {
  const Found found =
      entities_of({"Budapest/PROPN/2/nsubj/Budapest//B-LOC said/VERB/0//say/Fin it/PRON/4/nsubj "
                   "agreed/VERB/2/ccomp/agree/Fin ./PUNCT/2/punct",
                   "They/PRON/2/nsubj met/VERB/0//meet/Fin in/ADP/4/case "
                   "Budapest/PROPN/2/obl/Budapest//B-LOC ./PUNCT/2/punct"});
  CHECK(found.meant("Budapest", 0) == "Hungary");
  CHECK(found.meant("Budapest", 1) == "Budapest");
}

TEST_CASE("a garbled name is read where somebody known acts, and a warning says so") {
  const Found found = entities_of(
      {"Emmanuel/PROPN/3/nsubj/Emmanuel//B-PER Macron/PROPN/1/flat/Macron//I-PER left/VERB/0//leave/Fin "
       "./PUNCT/3/punct",
       "Macaroon/PROPN/2/nsubj said/VERB/0//say/Fin he/PRON/4/nsubj agreed/VERB/2/ccomp/agree/Fin "
       "./PUNCT/2/punct",
       "She/PRON/2/nsubj ate/VERB/0//eat/Fin a/DET/4/det macaroon/NOUN/2/obj ./PUNCT/2/punct"});
  CHECK(found.meant("Macaroon") == "Emmanuel Macron");
  REQUIRE(found.warnings.size() == 1);
  CHECK(found.warnings[0].code == "garbled_name");
  CHECK(found.meant("macaroon").empty());
}

TEST_CASE("a surname means the person named in full, and titles tell gender") {
  const Found found = entities_of(
      {"Mr./PROPN/3/nmod:desc Alex/PROPN/5/nsubj/Alex//B-PER Brandt/PROPN/2/flat/Brandt//I-PER "
       "and/CCONJ/6/cc met/VERB/0//meet/Fin "
       "Mrs./PROPN/7/nmod:desc Kim/PROPN/5/obj/Kim//B-PER Okoro/PROPN/7/flat/Okoro//I-PER ./PUNCT/5/punct",
       "Okoro/PROPN/2/nsubj/Okoro//B-PER smiled/VERB/0//smile/Fin ./PUNCT/2/punct",
       "He/PRON/2/nsubj left/VERB/0//leave/Fin ./PUNCT/2/punct"});
  CHECK(found.meant("Okoro") == "Kim Okoro");
  CHECK(found.meant("He") == "Alex Brandt");
}

TEST_CASE("a pronoun passes over who does not fit, and who acts with it") {
  const Found found =
      entities_of({"Anna/PROPN/3/nsubj/Anna//B-PER Weiss/PROPN/1/flat/Weiss//I-PER met/VERB/0//meet/Fin "
                   "John/PROPN/3/obj/John//B-PER Miller/PROPN/4/flat/Miller//I-PER ./PUNCT/3/punct",
                   "She/PRON/2/nsubj thanked/VERB/0//thank/Fin him/PRON/2/obj ./PUNCT/2/punct"});
  CHECK(found.meant("She") == "Anna Weiss");
  CHECK(found.meant("him") == "John Miller");
}

TEST_CASE("the same noun with the article means the one before, with another owner somebody else") {
  const Found found = entities_of(
      {"A/DET/2/det teacher/NOUN/3/nsubj met/VERB/0//meet/Fin a/DET/5/det farmer/NOUN/3/obj "
       "./PUNCT/3/punct",
       "The/DET/2/det teacher/NOUN/3/nsubj thanked/VERB/0//thank/Fin the/DET/5/det farmer/NOUN/3/obj "
       "./PUNCT/3/punct"});
  CHECK(found.meant("The teacher") == "A teacher");
  CHECK(found.meant("the farmer") == "a farmer");
}

TEST_CASE("who is part of its noun's phrase, and a title of a person's mention") {
  const Found found =
      entities_of({"Professor/NOUN/2/nmod:desc Brandt/PROPN/5/nsubj/Brandt//B-PER who/PRON/4/nsubj/who/Rel "
                   "spoke/VERB/2/acl:relcl/speak/Fin left/VERB/0//leave/Fin ./PUNCT/5/punct"});
  CHECK(found.meant("who").empty());
  CHECK(found.meant("Professor Brandt") == "Brandt");
}

TEST_CASE("somebody who speaks in a turn is not the one spoken of in it") {
  const Found found = entities_of(
      {"I/PRON/2/nsubj met/VERB/0//meet/Fin John/PROPN/2/obj/John//B-PER Miller/PROPN/3/flat/Miller//I-PER "
       "./PUNCT/2/punct",
       "I/PRON/2/nsubj thanked/VERB/0//thank/Fin him/PRON/2/obj ./PUNCT/2/punct"});
  CHECK(found.meant("I", 0) == "I");
  CHECK(found.meant("I", 1) == "I");
  CHECK(found.meant("him") == "John Miller");
}

TEST_CASE("each feature of a reference has a row of weights, and each row a feature") {
  const auto& names = reference_feature_names();
  std::vector<std::string_view> rows;
  for (const Row row : test_lexicon().rows("reference_weights")) rows.push_back(row["feature"]);
  CHECK(rows == std::vector<std::string_view>(names.begin(), names.end()));
}

TEST_CASE("of whom a word may mean the highest sum is chosen, of equals the first") {
  const ReferenceModel model(test_lexicon());
  ReferenceChoice choice;
  choice.form = ReferenceClass::he;
  CHECK(model.best(choice) == -1);
  ReferenceOption option;
  option.draft = 7;
  choice.options = {option, option};
  choice.options[1].draft = 8;
  CHECK(model.best(choice) == 7);
  choice.options[1].features[static_cast<std::size_t>(ReferenceFeature::gender_same)] = 1;
  CHECK(model.best(choice) == 8);
}

TEST_CASE("ids follow the first mention and no text makes it fail") {
  CHECK(entities_of({}).entities.empty());
  const Found found =
      entities_of({"France/PROPN/2/nsubj/France//B-LOC warned/VERB/0//warn/Fin "
                   "Iran/PROPN/2/obj/Iran//B-LOC ./PUNCT/2/punct"});
  REQUIRE(found.entities.size() == 2);
  CHECK(found.entities[0].id == "e1");
  CHECK(found.entities[0].name == "France");
  CHECK(found.entities[1].codes.cameo.front() == "IRN");
}
