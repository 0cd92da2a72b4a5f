// Says whom a nominal means: the holder of an office on the day, the one described before, or somebody new.
#include <algorithm>

#include "entities/resolve.h"
#include "entities/tables.h"
#include "text/text.h"

namespace polybius {
namespace {

bool contains(const std::vector<std::uint32_t>& drafts, std::uint32_t draft) {
  return std::ranges::find(drafts, draft) != drafts.end();
}

bool same_office(const Reading& reading, const Draft& draft, const std::string& office,
                 const std::string& iso3) {
  if (draft.kind != EntityKind::person || draft.many) return false;
  if (draft.row) {
    for (const Holder& holder : reading.lexicon.offices_of(draft.row, reading.day)) {
      if (holder.office["office"] == office && (iso3.empty() || holder.role["iso3"] == iso3)) return true;
    }
  }
  const Description& said = draft.description;
  return said.office == office && !said.former && !said.deputy && (iso3.empty() || said.iso3 == iso3);
}

/// Whether one office may stand for the other: "leader" for whoever leads.
bool leads(const Reading& reading, const Draft& draft, const std::string& iso3) {
  if (draft.kind != EntityKind::person || draft.many || !draft.row) return false;
  return std::ranges::any_of(reading.lexicon.offices_of(draft.row, reading.day), [&](const Holder& holder) {
    return holder.office["rank"] == "1" && (iso3.empty() || holder.role["iso3"] == iso3);
  });
}

/// The offices that an agent noun may name; the agent's own, and all that bear its noun.
std::vector<std::string> offices_named(const Reading& reading, const Description& description) {
  std::vector<std::string> out;
  if (!description.office.empty()) out.push_back(description.office);
  if (!description.agent) return out;
  const auto offices = reading.tables.offices_of_noun.find(description.agent["noun"]);
  if (offices == reading.tables.offices_of_noun.end()) return out;
  for (const std::string& id : offices->second) {
    if (std::ranges::find(out, id) == out.end()) out.push_back(id);
  }
  return out;
}

std::uint32_t draft_of_person(Reading& reading, std::uint32_t number, Row person) {
  for (std::uint32_t draft = 0; draft < reading.drafts.size(); ++draft) {
    if (reading.drafts[draft].row == person) {
      join(reading, number, draft);
      return draft;
    }
  }
  const std::uint32_t draft = found(reading, number, std::string(person["name"]));
  Draft& entity = reading.drafts[draft];
  entity.row = person;
  entity.kind = EntityKind::person;
  if (person["gender"] == "f") entity.gender = Gender::female;
  if (person["gender"] == "m") entity.gender = Gender::male;
  return draft;
}

/// "The Russian president": the one of this document, or who held the office on the day.
bool resolve_holder(Reading& reading, std::uint32_t number, const Description& description,
                    const std::string& iso3) {
  const std::vector<std::string> offices = offices_named(reading, description);
  const std::vector<std::uint32_t> barred = coarguments(reading, reading.candidates[number].head);
  for (const std::string& office : offices) {
    for (std::uint32_t draft = 0; draft < reading.drafts.size(); ++draft) {
      if (same_office(reading, reading.drafts[draft], office, iso3) && !contains(barred, draft)) {
        join(reading, number, draft);
        return true;
      }
    }
  }
  for (const std::string& office : offices) {
    std::vector<Holder> holders = reading.lexicon.holders(office, iso3, reading.day);
    if (holders.empty()) continue;
    draft_of_person(reading, number, holders.front().person);
    return true;
  }
  return false;
}

/// An office and those that are its like elsewhere: the Secretary of State's counterpart is a foreign
/// minister.
std::vector<std::string> like_offices(const Lexicon& lexicon, const std::string& office) {
  std::vector<std::string> out{office};
  const Row own = lexicon.find("offices", office);
  const std::string common = own["counterpart"].empty() ? office : std::string(own["counterpart"]);
  if (common != office) out.push_back(common);
  for (const Row row : lexicon.rows("offices")) {
    if (row["counterpart"] == common && row["office"] != office) out.emplace_back(row["office"]);
  }
  return out;
}

/// "His Russian counterpart": who holds for Russia the office that he holds.
bool resolve_counterpart(Reading& reading, std::uint32_t number) {
  const Candidate nominal = reading.candidates[number];
  const Analysis& analysis = reading.analysis;
  if (nominal.description.iso3.empty()) return false;
  const int possessor = analysis.child(nominal.head, "nmod:poss");
  int mention = possessor < 0 ? -1 : candidate_at(reading, static_cast<std::uint32_t>(possessor));
  if (mention < 0 || reading.candidates[static_cast<std::uint32_t>(mention)].drafts.empty()) return false;
  const Draft& owner = reading.drafts[reading.candidates[static_cast<std::uint32_t>(mention)].drafts.front()];
  std::vector<std::string> offices;
  if (owner.row) {
    for (const Holder& holder : reading.lexicon.offices_of(owner.row, reading.day))
      offices.emplace_back(holder.office["office"]);
  }
  if (!owner.description.office.empty()) offices.push_back(owner.description.office);
  for (const std::string& held : offices) {
    for (const std::string& office : like_offices(reading.lexicon, held)) {
      Description description;
      description.office = office;
      if (resolve_holder(reading, number, description, nominal.description.iso3)) return true;
    }
  }
  return false;
}

/// "The president" without a country: the most present of those who are one; of the speaker's country in a
/// quotation.
bool resolve_bare_office(Reading& reading, const Placed& placed, std::uint32_t number) {
  const Candidate nominal = reading.candidates[number];
  const std::vector<std::string> offices = offices_named(reading, nominal.description);
  const int speaker = speaker_draft(reading, nominal.head);
  const std::string home =
      speaker < 0 ? std::string{} : country_of(reading, reading.drafts[static_cast<std::uint32_t>(speaker)]);
  std::vector<std::uint32_t> barred = coarguments(reading, nominal.head);
  // Somebody named in the same sentence after "the president" is another one.
  const Sentence& sentence = reading.analysis.sentences[reading.analysis.tokens[nominal.head].sentence];
  for (auto here = placed.upper_bound(nominal.head); here != placed.end() && here->first < sentence.last;
       ++here) {
    const Candidate& other = reading.candidates[here->second];
    if (other.form == MentionForm::name)
      barred.insert(barred.end(), other.drafts.begin(), other.drafts.end());
  }
  int meant = -1;
  double best = 0;
  for (const Presence& presence : presences_before(reading, placed, nominal.head, 40)) {
    const Draft& draft = reading.drafts[presence.draft];
    if (contains(barred, presence.draft)) continue;
    const bool fits = std::ranges::any_of(
        offices, [&](const std::string& office) { return same_office(reading, draft, office, {}); });
    if (!fits) continue;
    const double value = presence.weight * (!home.empty() && country_of(reading, draft) == home ? 20 : 1);
    if (value > best) {
      best = value;
      meant = static_cast<int>(presence.draft);
    }
  }
  if (meant >= 0) {
    join(reading, number, static_cast<std::uint32_t>(meant));
    return true;
  }
  return !home.empty() && resolve_holder(reading, number, nominal.description, home);
}

/// "The two leaders": several entities at once.
bool resolve_several(Reading& reading, const Placed& placed, std::uint32_t number) {
  const Candidate nominal = reading.candidates[number];
  const Analysis& analysis = reading.analysis;
  std::size_t count = 0;
  for (std::uint32_t token = nominal.first; token < nominal.head; ++token) {
    const std::string& lower = analysis.tokens[token].lower;
    if (lower == "two" || lower == "both") count = 2;
    if (lower == "three") count = 3;
  }
  if (count == 0 || !nominal.many) return false;
  const bool lands = nominal.kind != EntityKind::group || !nominal.description.agent ||
                     nominal.description.agent["kind"] != "person";
  std::vector<std::uint32_t> meant;
  for (const Presence& presence : presences_before(reading, placed, nominal.head, 12)) {
    const Draft& draft = reading.drafts[presence.draft];
    const bool person =
        draft.kind == EntityKind::person && !draft.many &&
        (nominal.description.office.empty() || same_office(reading, draft, nominal.description.office, {}) ||
         leads(reading, draft, {}));
    if (lands ? draft.kind == EntityKind::country : person) meant.push_back(presence.draft);
    if (meant.size() == count) break;
  }
  if (meant.size() < count) return false;
  for (const std::uint32_t draft : meant) join(reading, number, draft);
  return true;
}

std::string head_word(const Reading& reading, const Candidate& candidate) {
  return lower_utf8(reading.analysis.tokens[candidate.head].lemma);
}

/// The name that a nominal stands beside: "her husband, John", "Peskov is the spokesman".
bool resolve_beside(Reading& reading, std::uint32_t number) {
  const Analysis& analysis = reading.analysis;
  const std::uint32_t head = reading.candidates[number].head;
  const Token& token = analysis.tokens[head];
  const auto take = [&](int other) {
    const int mention = other < 0 ? -1 : candidate_at(reading, static_cast<std::uint32_t>(other));
    if (mention < 0) return false;
    const Candidate& name = reading.candidates[static_cast<std::uint32_t>(mention)];
    if (name.drafts.size() != 1 || name.many != reading.candidates[number].many || name.adjective)
      return false;
    const EntityKind kind = reading.drafts[name.drafts.front()].kind;
    if ((kind == EntityKind::person) != (reading.candidates[number].kind == EntityKind::person)) return false;
    join(reading, number, reading.candidates[static_cast<std::uint32_t>(mention)].drafts.front());
    return true;
  };
  if (take(analysis.child(head, "appos"))) return true;
  if (token.head >= 0 && token.depends_as("appos") && take(token.head)) return true;
  const bool predicate = analysis.child(head, "cop") >= 0 && analysis.child(head, "advmod") < 0;
  return predicate && take(analysis.child(head, "nsubj"));
}

/// "The country", "the city": the most present one.
bool resolve_place(Reading& reading, const Placed& placed, std::uint32_t number) {
  const Candidate nominal = reading.candidates[number];
  const std::string noun = head_word(reading, nominal);
  const bool country = reading.lexicon.in_class(noun, "country_noun");
  const bool city = reading.lexicon.in_class(noun, "city_noun");
  if ((!country && !city) || nominal.many || !nominal.definite || !nominal.description.iso3.empty())
    return false;
  for (const Presence& presence : presences_before(reading, placed, nominal.head, 10)) {
    const Draft& draft = reading.drafts[presence.draft];
    const bool fits = country
                          ? draft.kind == EntityKind::country
                          : draft.kind == EntityKind::place && draft.row && draft.row["kind"] != "feature";
    if (!fits || (city && noun == "capital" && draft.row["kind"] != "capital")) continue;
    join(reading, number, presence.draft);
    return true;
  }
  return false;
}

std::string phrase(const Reading& reading, const Candidate& candidate) {
  std::string out(reading.analysis.words(candidate.first, candidate.last));
  std::ranges::replace(out, '\n', ' ');
  return out;
}

/// Whose "the administration" is, where it does not say: the speaker's, or that of the most present official.
std::string country_around(const Reading& reading, const Placed& placed, const Candidate& nominal) {
  const int speaker = speaker_draft(reading, nominal.head);
  if (speaker >= 0) {
    std::string home = country_of(reading, reading.drafts[static_cast<std::uint32_t>(speaker)]);
    if (!home.empty()) return home;
  }
  for (const Presence& presence : presences_before(reading, placed, nominal.head, 3)) {
    std::string home = country_of(reading, reading.drafts[presence.draft]);
    if (!home.empty()) return home;
  }
  return {};
}

}  // namespace

void resolve_nominal(Reading& reading, const Placed& placed, std::uint32_t number) {
  const Candidate nominal = reading.candidates[number];
  const Description& said = nominal.description;
  if (resolve_beside(reading, number)) return;
  if (reading.lexicon.in_class(head_word(reading, nominal), "counterpart") &&
      resolve_counterpart(reading, number))
    return;
  if (resolve_several(reading, placed, number)) return;
  const bool one_person = nominal.kind == EntityKind::person && !nominal.many;
  if (one_person && nominal.definite && !said.former && !said.deputy &&
      !offices_named(reading, said).empty()) {
    if (!said.iso3.empty() && resolve_holder(reading, number, said, said.iso3)) return;
    if (said.iso3.empty() && resolve_bare_office(reading, placed, number)) return;
  }
  if (resolve_place(reading, placed, number)) return;
  const int meant = chosen_for(reading, placed, number, coarguments(reading, nominal.head));
  if (meant >= 0) return join(reading, number, static_cast<std::uint32_t>(meant));
  const std::uint32_t draft = found(reading, number, phrase(reading, nominal));
  const bool body = nominal.kind == EntityKind::organization && nominal.definite;
  if (body && said.iso3.empty())
    reading.drafts[draft].description.iso3 = country_around(reading, placed, reading.candidates[number]);
}

}  // namespace polybius
