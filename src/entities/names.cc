// Finds the names of a text: what the model found and what the lexicon knows, made one.
#include <algorithm>
#include <map>
#include <utility>

#include "entities/mentions.h"
#include "entities/spots.h"
#include "text/text.h"

namespace polybius {

bool starts_upper(const Token& token) {
  std::size_t position = 0;
  return !token.form.empty() && is_upper(next_code_point(token.form, position));
}

bool spots_overlap(const Spot& left, const Spot& right) {
  return left.first < right.last && right.first < left.last;
}

bool has_table(const Spot& spot, std::string_view table) {
  return std::ranges::any_of(spot.rows, [&](Row row) { return row.table() == table; });
}

// A dictionary that the user brought wins.
std::string_view table_for(const Reading& reading, const Spot& spot, std::uint32_t head) {
  const auto first_of = [&](std::initializer_list<std::string_view> tables) -> std::string_view {
    for (const std::string_view table : tables) {
      if (has_table(spot, table)) return table;
    }
    return {};
  };
  if (spot.rows.empty()) return {};
  if (has_table(spot, "actors")) return "actors";
  if (spot.model == NameKind::PER) return first_of({"persons"});
  if (spot.model == NameKind::LOC) return first_of({"countries", "places", "organizations"});
  if (spot.model == NameKind::ORG) return first_of({"organizations", "countries", "places"});
  const Token& token = reading.analysis.tokens[head];
  const bool single = spot.last - spot.first == 1;
  if (single && has_table(spot, "persons") && has_table(spot, "places") &&
      is_subject(reading.analysis, head) && token.upos == Upos::PROPN &&
      is_speech_head(reading.analysis, static_cast<std::uint32_t>(std::max(token.head, 0)))) {
    return "persons";
  }
  return first_of({"countries", "organizations", "persons", "places"});
}

std::uint32_t head_of(const Analysis& analysis, std::uint32_t first, std::uint32_t last) {
  for (std::uint32_t token = first; token < last; ++token) {
    const int head = analysis.tokens[token].head;
    if (head < static_cast<int>(first) || head >= static_cast<int>(last)) return token;
  }
  return last - 1;
}

namespace {

/// Cuts articles, titles and the possessive off a name of the model.
void trim(const Reading& reading, Name& name) {
  const auto& tokens = reading.analysis.tokens;
  const auto droppable = [&](const Token& token) {
    if (token.lower == "the" || token.upos == Upos::DET) return true;
    if (name.kind != NameKind::PER) return false;
    return static_cast<bool>(reading.lexicon.find("agents", token.lower)) ||
           static_cast<bool>(reading.lexicon.find("honorifics", token.lower));
  };
  while (name.first + 1 < name.last && droppable(tokens[name.first])) ++name.first;
  while (name.first + 1 < name.last &&
         (tokens[name.last - 1].upos == Upos::PUNCT || tokens[name.last - 1].lower == "'s" ||
          tokens[name.last - 1].lower == "’s")) {
    --name.last;
  }
}

std::vector<Spot> collect_spots(const Reading& reading) {
  std::map<std::pair<std::uint32_t, std::uint32_t>, Spot> spots;
  const auto at = [&](std::uint32_t first, std::uint32_t last) -> Spot& {
    Spot& spot = spots[{first, last}];
    spot.first = first;
    spot.last = last;
    return spot;
  };
  for (const NameMatch& match : reading.analysis.matches) {
    Spot& spot = at(match.first, match.last);
    if (match.adjective && spot.rows.empty()) spot.adjective = true;
    if (!match.adjective) spot.adjective = false;
    spot.rows.push_back(match.row);
  }
  for (Name name : reading.analysis.names) {
    trim(reading, name);
    at(name.first, name.last).model = name.kind;
  }
  std::vector<Spot> out;
  for (auto& [key, spot] : spots) out.push_back(std::move(spot));
  return out;
}

Row row_of(const Spot& spot, std::string_view table) {
  const auto found = std::ranges::find_if(spot.rows, [&](Row row) { return row.table() == table; });
  return found == spot.rows.end() ? Row{} : *found;
}

/// How much a spot is worth where two overlap: the longer, then the one that both know.
int weight(const Spot& spot) {
  int value = static_cast<int>(spot.last - spot.first) * 4;
  if (spot.model) value += 3;
  if (!spot.rows.empty()) value += 2;
  if (has_table(spot, "countries")) value += 1;
  return value;
}

/// A country's name or adjective may stand inside a longer name ("US Treasury Department"), but not inside a
/// person's.
bool may_stand_inside(const Spot& inner, const Spot& outer) {
  if (!has_table(inner, "countries") || outer.model == NameKind::PER || has_table(outer, "persons"))
    return false;
  return inner.first == outer.first && inner.last < outer.last && !has_table(outer, "countries") &&
         !has_table(outer, "places") && outer.model != NameKind::LOC;
}

std::vector<Spot> choose_spots(std::vector<Spot> spots) {
  std::ranges::stable_sort(spots,
                           [](const Spot& left, const Spot& right) { return weight(left) > weight(right); });
  std::vector<Spot> chosen;
  for (Spot& spot : spots) {
    const bool free = std::ranges::all_of(chosen, [&](const Spot& other) {
      return !spots_overlap(spot, other) || may_stand_inside(spot, other);
    });
    if (free) chosen.push_back(std::move(spot));
  }
  std::ranges::sort(chosen, [](const Spot& left, const Spot& right) {
    return std::pair(left.first, right.last) < std::pair(right.first, left.last);
  });
  return chosen;
}

/// "The train between London and Amsterdam": what lies or goes between places.
bool is_way(const Reading& reading, std::uint32_t head) {
  const auto& tokens = reading.analysis.tokens;
  while (tokens[head].depends_as("conj") && tokens[head].head >= 0)
    head = static_cast<std::uint32_t>(tokens[head].head);
  if (tokens[head].head < 0) return false;
  return reading.lexicon.in_class(tokens[static_cast<std::size_t>(tokens[head].head)].lemma, "way");
}

/// The head of a person's name with its title, where the tree takes the title for it: "Professor" Eastman.
std::uint32_t head_with_title(const Analysis& analysis, std::uint32_t head, std::uint32_t first) {
  const Token& token = analysis.tokens[head];
  const bool titled = token.depends_as("flat") && token.head >= 0 && token.head < static_cast<int>(first) &&
                      token.head + 4 > static_cast<int>(first);
  return titled ? static_cast<std::uint32_t>(token.head) : head;
}

/// Whether a capital's or a building's name means those who govern there.
bool means_government(const Reading& reading, std::uint32_t head) {
  const Analysis& analysis = reading.analysis;
  const Lexicon& lexicon = reading.lexicon;
  const Token& token = analysis.tokens[head];
  const std::string_view preposition = governing_preposition(analysis, head);
  if (lexicon.in_class(preposition, "place_preposition")) return false;
  if (lexicon.in_class(preposition, "government_preposition")) return !is_way(reading, head);
  if (token.head < 0) return false;
  const Token& governor = analysis.tokens[static_cast<std::uint32_t>(token.head)];
  if (token.deprel == "nsubj") {
    const bool state = lexicon.in_class(governor.lemma, "state_verb") ||
                       analysis.child(static_cast<std::uint32_t>(token.head), "cop") >= 0;
    return governor.upos == Upos::VERB &&
           !(state && !is_speech_head(analysis, static_cast<std::uint32_t>(token.head)));
  }
  if (token.depends_as("obj") || token.depends_as("iobj") || token.deprel == "nsubj:pass") {
    return governor.upos == Upos::VERB && !lexicon.in_class(governor.lemma, "motion");
  }
  if (token.deprel == "nmod:poss")
    return lexicon.is_event_word(governor.lemma) ||
           is_speech_head(analysis, static_cast<std::uint32_t>(token.head));
  if (preposition == "on" || preposition == "to")
    return lexicon.is_event_word(governor.lemma) && !lexicon.in_class(governor.lemma, "motion");
  return false;
}

/// Choices among rows of one table: for persons who holds an office on the day, for places the larger one.
Row best_person(const Reading& reading, const Spot& spot) {
  Row best;
  int best_value = -1;
  for (const Row& row : spot.rows) {
    if (row.table() != "persons") continue;
    int value = reading.lexicon.offices_of(row, reading.day).empty() ? 0 : 4;
    if (folded(row["name"]) == folded(reading.analysis.words(spot.first, spot.last))) value += 2;
    if (value > best_value) {
      best_value = value;
      best = row;
    }
  }
  return best;
}

/// The row of an imported dictionary whose dates hold the day; else the one without dates.
Row actor_on(const Spot& spot, std::string_view day) {
  Row undated;
  for (const Row& row : spot.rows) {
    if (row.table() != "actors") continue;
    const std::string_view since = row["since"];
    const std::string_view until = row["until"];
    if (since.empty() && until.empty()) {
      undated = row;
    } else if (!day.empty() && day >= since && (until.empty() || day <= until)) {
      return row;
    }
  }
  return undated;
}

/// What an actor of an imported dictionary is: three letters without dates are a state's code, the rest is as
/// the model sees it.
EntityKind kind_of_actor(const Row& actor, const Spot& spot) {
  if (actor["cameo"].size() == 3 && actor["since"].empty() && actor["until"].empty())
    return EntityKind::country;
  return spot.model == NameKind::PER ? EntityKind::person : EntityKind::organization;
}

EntityKind kind_of(std::string_view table, const Spot& spot) {
  if (table == "countries") return EntityKind::country;
  if (table == "organizations") return EntityKind::organization;
  if (table == "persons") return EntityKind::person;
  if (table == "places") return EntityKind::place;
  switch (spot.model.value_or(NameKind::ORG)) {
    case NameKind::PER:
      return EntityKind::person;
    case NameKind::LOC:
      return EntityKind::place;
    case NameKind::NORP:
      return EntityKind::group;
    case NameKind::ORG:
      break;
  }
  return EntityKind::organization;
}

/// Turns a capital into its country where its name stands for the government.
void read_metonym(const Reading& reading, Candidate& candidate) {
  if (candidate.kind != EntityKind::place || !candidate.row || candidate.row["kind"] != "capital") return;
  const std::string_view form = reading.analysis.tokens[candidate.first].form;
  const bool dateline =
      form.size() > 3 && std::ranges::none_of(form, [](char sign) { return sign >= 'a' && sign <= 'z'; });
  if (dateline || !means_government(reading, candidate.head)) return;
  const Row country = reading.lexicon.find("countries", candidate.row["iso3"]);
  if (!country) return;
  candidate.row = country;
  candidate.kind = EntityKind::country;
  candidate.metonym = true;
}

Row best_place(const Spot& spot) {
  Row best;
  double most = -1;
  for (const Row& row : spot.rows) {
    if (row.table() != "places") continue;
    double size = row["kind"] == "capital" ? 1e6 : 0;
    double people = 0;
    for (const char digit : row["population"])
      people = digit >= '0' && digit <= '9' ? people * 10 + (digit - '0') : people;
    size += people;
    if (size > most) {
      most = size;
      best = row;
    }
  }
  return best;
}

std::optional<Candidate> candidate_of(const Reading& reading, const Spot& spot) {
  Candidate candidate;
  candidate.first = spot.first;
  candidate.last = spot.last;
  candidate.head = head_of(reading.analysis, spot.first, spot.last);
  candidate.form = MentionForm::name;
  candidate.definite = true;
  const Token& head = reading.analysis.tokens[candidate.head];
  const std::string_view table = table_for(reading, spot, candidate.head);
  candidate.kind = kind_of(table, spot);
  candidate.adjective = table == "countries" && spot.adjective;
  if (table == "persons") candidate.row = best_person(reading, spot);
  if (table == "places") candidate.row = best_place(spot);
  if (table == "countries" || table == "organizations") candidate.row = row_of(spot, table);
  if (table == "actors") {
    candidate.row = actor_on(spot, reading.day);
    candidate.kind = kind_of_actor(candidate.row, spot);
  }
  if (candidate.kind == EntityKind::person)
    candidate.head = head_with_title(reading.analysis, candidate.head, spot.first);
  candidate.known_kind = spot.model.has_value() || !table.empty();
  const bool plural = head.is("Number=Plur");
  if (table == "countries" && spot.adjective && head.upos != Upos::ADJ && plural) {  // "Russians": people
    candidate.kind = EntityKind::group;
    candidate.many = true;
    candidate.description.iso3 = candidate.row["iso3"];
    candidate.row = {};
  }
  if (candidate.kind == EntityKind::group) {
    if (table.empty() && !plural) return std::nullopt;  // "Islamic", "Republican": a quality, nobody
    candidate.many = true;
  }
  if (!spot.model && table == "persons" && !starts_upper(reading.analysis.tokens[spot.first]))
    return std::nullopt;
  read_metonym(reading, candidate);
  return candidate;
}

/// Names that neither model nor lexicon has: runs of proper nouns after a title, a given name or an
/// honorific.
void add_unknown_names(const Reading& reading, std::vector<Spot>& spots) {
  const auto& tokens = reading.analysis.tokens;
  std::vector<bool> taken(tokens.size(), false);
  for (const Spot& spot : spots) std::fill(taken.begin() + spot.first, taken.begin() + spot.last, true);
  const auto free_name = [&](std::uint32_t token) {
    return token < tokens.size() && !taken[token] && tokens[token].upos == Upos::PROPN &&
           starts_upper(tokens[token]);
  };
  for (std::uint32_t first = 0; first < tokens.size(); ++first) {
    if (!free_name(first)) continue;
    std::uint32_t last = first + 1;
    while (free_name(last) && tokens[last].sentence == tokens[first].sentence) ++last;
    Name name{first, last, NameKind::PER};
    trim(reading, name);
    const bool given = static_cast<bool>(reading.lexicon.find("given_names", tokens[name.first].form)) &&
                       name.last - name.first > 1;
    const bool honorific = name.first > 0 && reading.lexicon.find("honorifics", tokens[name.first - 1].lower);
    if (given || honorific) {
      Spot spot;
      spot.first = name.first;
      spot.last = name.last;
      spot.model = NameKind::PER;
      spots.push_back(spot);
    }
    first = last - 1;
  }
}

/// "Treasury Department" after its own country becomes "US Treasury Department".
void widen_organization(const Reading& reading, Spot& spot) {
  const Row row = row_of(spot, "organizations");
  if (!row || row["iso3"].empty() || spot.first == 0) return;
  for (const NameMatch& match : reading.analysis.matches) {
    if (match.last == spot.first && match.row.table() == "countries" && match.row["iso3"] == row["iso3"]) {
      spot.first = match.first;
      return;
    }
  }
}

/// A longer name of the model takes the row of the organization that ends it.
void adopt_row(const Reading& reading, Spot& spot) {
  if (!spot.rows.empty() || spot.model != NameKind::ORG) return;
  for (const NameMatch& match : reading.analysis.matches) {
    if (match.last == spot.last && match.first > spot.first && match.row.table() == "organizations") {
      for (const NameMatch& country : reading.analysis.matches) {
        if (country.first == spot.first && country.last == match.first &&
            country.row.table() == "countries" && country.row["iso3"] == match.row["iso3"]) {
          spot.rows.push_back(match.row);
          return;
        }
      }
    }
  }
}

}  // namespace

std::vector<Spot> name_spots(const Reading& reading) {
  std::vector<Spot> spots = collect_spots(reading);
  for (Spot& spot : spots) {
    adopt_row(reading, spot);
    widen_organization(reading, spot);
  }
  std::erase_if(spots, [&](const Spot& spot) {
    return spot.last - spot.first == 1 &&
           ends_office_phrase(reading, spot.first);  // the "State" of a secretary
  });
  spots = choose_spots(std::move(spots));
  add_unknown_names(reading, spots);
  return spots;
}

void find_name_candidates(Reading& reading) {
  std::vector<Spot> spots = name_spots(reading);
  settle_places(reading, spots);
  for (const Spot& spot : spots) {
    if (auto candidate = candidate_of(reading, spot)) reading.candidates.push_back(std::move(*candidate));
  }
}

}  // namespace polybius
