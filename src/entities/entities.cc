// Mentions to entities, in order, and what the record says of each: name, codes, place and role.
#include "entities/entities.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <utility>

#include "entities/mentions.h"
#include "text/text.h"

namespace polybius {
namespace {

std::optional<double> number_of(std::string_view cell) {
  double value = 0;
  const auto [end, fault] = std::from_chars(cell.data(), cell.data() + cell.size(), value);
  if (cell.empty() || fault != std::errc{} || end != cell.data() + cell.size()) return std::nullopt;
  return value;
}

void add_code(std::vector<std::string>& codes, std::string code) {
  if (!code.empty() && std::ranges::find(codes, code) == codes.end()) codes.push_back(std::move(code));
}

std::string cameo_country(const Lexicon& lexicon, std::string_view iso3) {
  if (iso3.empty()) return {};
  const Row country = lexicon.find("countries", iso3);
  return country && !country["cameo"].empty() ? std::string(country["cameo"]) : std::string(iso3);
}

std::string role_part(Row row) {
  const std::string_view cameo = row["cameo"];
  return cameo == "-" ? std::string{} : std::string(cameo);
}

/// A code with a role at its end, unless it has it: BRE and GOV make BREGOV, AZEGOV stays.
std::string with_role(std::string code, std::string_view role) {
  for (std::size_t part = 0; part < code.size(); part += 3) {
    if (!role.empty() && code.compare(part, role.size(), role) == 0) return code;
  }
  return code.append(role);
}

/// The title of an office with its country: "President of Russia".
std::string title_of(const Lexicon& lexicon, const Holder& holder) {
  if (!holder.role["title"].empty()) return std::string(holder.role["title"]);
  std::string title(holder.office["title"]);
  const Row country = lexicon.find("countries", holder.role["iso3"]);
  const auto slot = title.find("{country}");
  if (slot != std::string::npos) title.replace(slot, 9, country ? country["name"] : holder.role["iso3"]);
  return title;
}

void add_office(const Lexicon& lexicon, const Holder& holder, Entity& entity) {
  const std::string_view iso3 = holder.role["iso3"];
  const Row organization = holder.role["organization"].empty()
                               ? Row{}
                               : lexicon.find("organizations", holder.role["organization"]);
  if (!iso3.empty()) {
    add_code(entity.codes.cameo, cameo_country(lexicon, iso3) + role_part(holder.office));
  } else if (organization) {
    add_code(entity.codes.cameo, std::string(organization["cameo"]));
  }
  if (entity.codes.plover_sector.empty()) entity.codes.plover_sector = holder.office["sector"];
  if (entity.codes.iso3.empty()) entity.codes.iso3 = iso3;
}

/// Codes of what was described in words: country and role, or the organization's.
void add_described(const Lexicon& lexicon, const Description& said, Entity& entity) {
  if (!said.agent && said.iso3.empty() && !said.actor) return;
  const std::string role = said.former ? "ELI" : role_part(said.agent);
  const std::string home = said.actor ? std::string(said.actor["cameo"]) : cameo_country(lexicon, said.iso3);
  add_code(entity.codes.cameo, with_role(home, role));
  if (said.organization) add_code(entity.codes.cameo, std::string(said.organization["cameo"]));
  if (entity.codes.plover_sector.empty() && said.agent["sector"] != "-")
    entity.codes.plover_sector = said.former ? "ELI" : said.agent["sector"];
  if (entity.codes.iso3.empty()) entity.codes.iso3 = said.iso3;
}

void fill_person(const Reading& reading, const Draft& draft, Entity& entity) {
  const Lexicon& lexicon = reading.lexicon;
  if (draft.row) {
    const std::vector<Holder> held = lexicon.offices_of(draft.row, reading.day);
    for (const Holder& holder : held) add_office(lexicon, holder, entity);
    if (!held.empty()) {
      const Holder& first = held.front();
      entity.role = Role{title_of(lexicon, first), std::string(first.role["iso3"]),
                         std::string(first.role["since"]), std::string(first.role["until"])};
    } else if (const auto known = lexicon.offices_of(draft.row, "");
               !known.empty()) {  // was somebody, or will be
      add_code(entity.codes.cameo, cameo_country(lexicon, known.front().role["iso3"]) + "ELI");
      entity.codes.plover_sector = "ELI";
      entity.codes.iso3 = known.front().role["iso3"];
    }
  }
  add_described(lexicon, draft.description, entity);
  if (!entity.role && draft.description.agent && !draft.description.former && !draft.many) {
    entity.role = Role{draft.description.title, draft.description.iso3, {}, {}};
  }
}

/// Codes and position of a place of the gazetteer.
void fill_place(const Reading& reading, const Draft& draft, Entity& entity) {
  const auto number = static_cast<std::uint32_t>(draft.place);
  const GazetteerPlace& place = reading.gazetteer[number];
  entity.codes.geonames = std::to_string(place.geonames);
  entity.codes.iso3 = reading.gazetteer.iso3(number);
  entity.codes.wikidata = draft.row["wikidata"];
  entity.lat = number_of(draft.row["lat"]);
  entity.lon = number_of(draft.row["lon"]);
  // Of the shortest digits: 48.85, not what a float adds to it.
  const auto exact = [](float degrees) { return std::round(static_cast<double>(degrees) * 1000) / 1000; };
  if (place.placed && !entity.lat) {
    entity.lat = exact(place.lat);
    entity.lon = exact(place.lon);
  }
  add_code(entity.codes.cameo, cameo_country(reading.lexicon, entity.codes.iso3));
}

void fill_codes(const Reading& reading, const Draft& draft, Entity& entity) {
  const Row row = draft.row;
  if (row.table() == "actors") {
    const bool titled = draft.description.agent && !draft.description.former;
    add_code(entity.codes.cameo,
             with_role(std::string(row["cameo"]), titled ? role_part(draft.description.agent) : ""));
    entity.codes.plover_sector = row["sector"];
    return;
  }
  if (draft.kind == EntityKind::person) {
    if (row) entity.codes.wikidata = row["wikidata"];
    return fill_person(reading, draft, entity);
  }
  if (draft.place >= 0 && draft.kind == EntityKind::place) return fill_place(reading, draft, entity);
  if (!row) return add_described(reading.lexicon, draft.description, entity);
  entity.codes.wikidata = row["wikidata"];
  entity.codes.iso3 = row["iso3"];
  if (draft.kind == EntityKind::organization) {
    add_code(entity.codes.cameo, std::string(row["cameo"]));
    entity.codes.plover_sector = row["sector"];
    return;
  }
  entity.codes.geonames = row["geonames"];
  entity.lat = number_of(row["lat"]);
  entity.lon = number_of(row["lon"]);
  add_code(entity.codes.cameo, draft.kind == EntityKind::country
                                   ? std::string(row["cameo"])
                                   : cameo_country(reading.lexicon, row["iso3"]));
}

/// Where a mention begins: a person's title belongs to the phrase.
std::uint32_t begin_of(const Analysis& analysis, const Candidate& mention) {
  const std::uint32_t first = std::min(mention.first, mention.head);
  std::uint32_t begin = analysis.tokens[first].span.begin;
  if (mention.form != MentionForm::name || mention.kind != EntityKind::person) return begin;
  for (const std::uint32_t child : analysis.children[mention.head]) {
    if (child < first && analysis.tokens[child].deprel == "nmod:desc")
      begin = std::min(begin, analysis.subtree(child).begin);
  }
  return begin;
}

Entity finish(const Reading& reading, const Draft& draft) {
  Entity entity;
  entity.kind = draft.kind;
  entity.name = draft.name;
  if (draft.row && !draft.row["name"].empty()) entity.name = draft.row["name"];
  fill_codes(reading, draft, entity);
  for (const std::uint32_t number : draft.mentions) {
    const Candidate& mention = reading.candidates[number];
    if (mention.row && mention.row["person"] == "rel") continue;  // "who" is part of its noun's phrase
    entity.mentions.push_back(
        {{begin_of(reading.analysis, mention), reading.analysis.tokens[mention.last - 1].span.end},
         mention.form});
  }
  std::ranges::sort(entity.mentions, {}, &Mention::span);
  return entity;
}

/// "They" who are not named and not met again.
bool is_passing_pronoun(const Reading& reading, const Draft& draft) {
  const Candidate& mention = reading.candidates[draft.mentions.front()];
  return draft.mentions.size() == 1 && mention.row && mention.form == MentionForm::pronoun &&
         mention.row["person"] == "3";
}

/// A room or a road named once, and not by name, is of no interest to the record.
bool is_worth_keeping(const Reading& reading, const Draft& draft) {
  if (draft.mentions.empty()) return false;
  if (is_passing_pronoun(reading, draft)) return false;
  if (draft.name == "you" && draft.mentions.size() < 2) return false;
  return draft.kind != EntityKind::place || draft.mentions.size() > 1 ||
         reading.candidates[draft.mentions.front()].form == MentionForm::name;
}

}  // namespace

int candidate_at(const Reading& reading, std::uint32_t head) {
  return reading.at_head.empty() ? -1 : reading.at_head[head];
}

bool is_subject(const Analysis& analysis, std::uint32_t token) {
  const Token& word = analysis.tokens[token];
  if (word.depends_as("nsubj")) return true;
  return word.depends_as("conj") && word.head >= 0 &&
         analysis.tokens[static_cast<std::uint32_t>(word.head)].depends_as("nsubj");
}

bool is_speech_head(const Analysis& analysis, std::uint32_t token) {
  const auto [first, last] = matches_at(analysis.speech_matches, token);
  return first != last;
}

std::string_view governing_preposition(const Analysis& analysis, std::uint32_t token) {
  const int marker = analysis.child(token, "case");
  if (marker >= 0) {
    const Token& word = analysis.tokens[static_cast<std::uint32_t>(marker)];
    return word.upos == Upos::ADP || word.upos == Upos::VERB || word.upos == Upos::SCONJ
               ? std::string_view(word.lower)
               : std::string_view{};
  }
  const Token& word = analysis.tokens[token];
  if (word.depends_as("conj") && word.head >= 0)
    return governing_preposition(analysis, static_cast<std::uint32_t>(word.head));
  return {};
}

void index_heads(Reading& reading) {
  reading.at_head.assign(reading.analysis.tokens.size(), -1);
  for (std::uint32_t number = 0; number < reading.candidates.size(); ++number) {
    int& slot = reading.at_head[reading.candidates[number].head];
    if (slot < 0 || reading.candidates[number].form == MentionForm::name) slot = static_cast<int>(number);
  }
}

Reading begin_reading(const Analysis& analysis, std::optional<Date> published, const EntityTables& tables,
                      const Lexicon& lexicon, const Gazetteer& gazetteer) {
  const std::string day = published ? published->iso() : std::string{};
  Reading reading{analysis, lexicon, gazetteer, tables.parts(), day, {}, {}, {}, {}, {}, {}, {}, nullptr};
  std::uint32_t paragraph = 0;
  std::uint32_t offset = 0;
  for (const Sentence& sentence : analysis.sentences) {
    for (; offset < sentence.span.begin; ++offset) {
      if (analysis.text.at(offset) == U'\n') ++paragraph;
    }
    reading.paragraph_of.push_back(paragraph);
  }
  find_quotation_speakers(reading);
  return reading;
}

void read_entities(Reading& reading, std::vector<Warning>& warnings) {
  find_name_candidates(reading);
  resolve_places(reading);
  find_nominal_candidates(reading);
  index_heads(reading);
  link_names(reading);
  link_garbled_names(reading, warnings);
  index_heads(reading);
  resolve_references(reading);
}

std::vector<Entity> find_entities(const Analysis& analysis, std::optional<Date> published,
                                  const EntityTables& tables, const Lexicon& lexicon,
                                  const Gazetteer& gazetteer, std::vector<Warning>& warnings) {
  Reading reading = begin_reading(analysis, published, tables, lexicon, gazetteer);
  read_entities(reading, warnings);
  std::vector<Entity> out;
  for (const Draft& draft : reading.drafts) {
    if (is_worth_keeping(reading, draft)) out.push_back(finish(reading, draft));
  }
  std::ranges::stable_sort(out, {}, [](const Entity& entity) { return entity.mentions.front().span; });
  for (std::size_t number = 0; number < out.size(); ++number)
    out[number].id = "e" + std::to_string(number + 1);
  return out;
}

}  // namespace polybius
