// Puts names into entities: the same row, the same words, a surname, an abbreviation.
#include <algorithm>
#include <utility>

#include "entities/mentions.h"
#include "text/text.h"

namespace polybius {
namespace {

std::vector<std::string> words_of(std::string_view name) {
  std::vector<std::string> out;
  std::string word;
  for (const char sign : folded(name) + " ") {
    if (sign != ' ' && sign != '.') {
      word += sign;
      continue;
    }
    const bool numeral = word == "i" || word == "iv" || word == "v" || word == "vi";
    if (!out.empty() && numeral) word.clear();
    if (!word.empty() && word != "jr" && word != "sr" && word != "ii" && word != "iii" && word != "the")
      out.push_back(word);
    word.clear();
  }
  return out;
}

std::string name_text(const Reading& reading, const Candidate& candidate) {
  std::string name(reading.analysis.words(candidate.first, candidate.last));
  std::ranges::replace(name, '\n', ' ');
  return name;
}

/// What a name without a row is shown as: as the text has it, but a place in capitals or abbreviated by the
/// gazetteer.
std::string shown_name(const Reading& reading, const Candidate& candidate) {
  std::string name = name_text(reading, candidate);
  if (candidate.place < 0 || candidate.kind != EntityKind::place) return name;
  const auto place = static_cast<std::uint32_t>(candidate.place);
  const std::string key = place_key(name);
  if (key == place_key(reading.gazetteer.name(place))) return std::string(reading.gazetteer.name(place));
  for (const NamedPlace& named : reading.gazetteer.named(key)) {
    if (named.place == place && named.use == NameUse::abbreviation)
      return std::string(reading.gazetteer.name(place));
  }
  return name;
}

std::string initials(const std::vector<std::string>& words) {
  std::string out;
  for (const std::string& word : words) {
    if (word != "of" && word != "and" && word != "for") out += word[0];
  }
  return out;
}

bool genders_clash(Gender left, Gender right) {
  return left != Gender::unknown && right != Gender::unknown && left != right;
}

/// How well a name without its own row fits an entity that is there: 0 not at all.
int fit(const Candidate& candidate, const std::vector<std::string>& words, const Draft& draft) {
  const std::vector<std::string> own = words_of(draft.name);
  if (words.empty() || own.empty()) return 0;
  if (words == own) return 9;
  if (candidate.kind == EntityKind::person) {
    if (genders_clash(candidate.gender, draft.gender)) return 0;
    if (words.size() == 1) {
      if (own.size() > 1 && words[0] == own.back()) return 6;
      return own.size() > 1 && words[0] == own.front() ? 3 : 0;
    }
    if (own.size() == 1) return own[0] == words.back() ? 5 : 0;
    if (words.back() != own.back()) return 0;
    const bool same_start =
        words[0][0] == own[0][0] && (words[0].size() == 1 || own[0].size() == 1 || words[0] == own[0]);
    return same_start ? 6 : 0;
  }
  if (candidate.kind == EntityKind::organization) {
    if (words.size() == 1 && own.size() > 2 && words[0] == initials(own)) return 6;
    if (own.size() == 1 && words.size() > 2 && own[0] == initials(words)) return 6;
    const bool inside = std::search(own.begin(), own.end(), words.begin(), words.end()) != own.end();
    return inside && words.size() + 2 > own.size() ? 3 : 0;
  }
  return 0;
}

bool kinds_agree(const Candidate& candidate, const Draft& draft) {
  if (candidate.kind == draft.kind) return true;
  const auto loose = [](EntityKind kind) {
    return kind == EntityKind::organization || kind == EntityKind::place;
  };
  return !candidate.row && !draft.row && loose(candidate.kind) && loose(draft.kind);
}

/// The entity of the document that a name means; -1 if none.
int draft_for(const Reading& reading, const Candidate& candidate) {
  if (candidate.place >= 0 && candidate.kind == EntityKind::place) {
    const auto same = std::ranges::find(reading.drafts, candidate.place, &Draft::place);
    return same == reading.drafts.end() ? -1 : static_cast<int>(same - reading.drafts.begin());
  }
  if (candidate.row) {
    for (std::uint32_t draft = 0; draft < reading.drafts.size(); ++draft) {
      if (reading.drafts[draft].row == candidate.row && reading.drafts[draft].kind == candidate.kind)
        return static_cast<int>(draft);
    }
    if (candidate.kind == EntityKind::place || candidate.kind == EntityKind::country) return -1;
  }
  const std::vector<std::string> words = words_of(name_text(reading, candidate));
  int best = -1;
  int best_fit = 0;
  for (std::uint32_t number = 0; number < reading.drafts.size(); ++number) {
    const Draft& draft = reading.drafts[number];
    if (!kinds_agree(candidate, draft) || draft.place >= 0) continue;
    // Two rows are two people; but a bare surname that the lexicon knows may still be somebody of this
    // document.
    if (candidate.row && draft.row && words.size() > 1) continue;
    const int value = fit(candidate, words, draft);
    if (value > 0 && value >= best_fit) {  // of equals the latest
      best = static_cast<int>(number);
      best_fit = value;
    }
  }
  return best;
}

Gender gender_of_title(const Reading& reading, std::uint32_t first) {
  if (first == 0) return Gender::unknown;
  const Row row = reading.lexicon.find("honorifics", reading.analysis.tokens[first - 1].lower);
  if (!row) return Gender::unknown;
  if (row["gender"] == "m") return Gender::male;
  return row["gender"] == "f" ? Gender::female : Gender::unknown;
}

Gender gender_of_given(const Reading& reading, std::uint32_t token) {
  const Row given = reading.lexicon.find("given_names", reading.analysis.tokens[token].form);
  if (!given) return Gender::unknown;
  return given["gender"] == "f" ? Gender::female : Gender::male;
}

Gender gender_of_name(const Reading& reading, const Candidate& candidate) {
  if (candidate.row && candidate.row["gender"] == "f") return Gender::female;
  if (candidate.row && candidate.row["gender"] == "m") return Gender::male;
  if (candidate.last - candidate.first < 2) return Gender::unknown;
  return gender_of_given(reading, candidate.first);
}

/// The apposition of a name: "Karoline Leavitt, the White House press secretary"; or the name in one: "her
/// husband, John".
Description apposition_of(const Reading& reading, const Candidate& candidate) {
  const Analysis& analysis = reading.analysis;
  std::uint32_t first = 0;
  const int child = analysis.child(candidate.head, "appos");
  if (child >= 0) return describe_noun(reading, static_cast<std::uint32_t>(child), first);
  const Token& head = analysis.tokens[candidate.head];
  if (head.head >= 0 && head.depends_as("appos"))
    return describe_noun(reading, static_cast<std::uint32_t>(head.head), first);
  if (head.head >= 0 && head.depends_as("nsubj") &&
      analysis.child(static_cast<std::uint32_t>(head.head), "cop") >= 0) {
    return describe_noun(reading, static_cast<std::uint32_t>(head.head),
                         first);  // "Peskov is the Kremlin spokesman"
  }
  return {};
}

void merge_description(Draft& draft, Description description) {
  if (!description.agent || (draft.description.agent && !draft.description.iso3.empty())) return;
  if (draft.description.agent && description.iso3.empty()) return;
  draft.description = std::move(description);
}

/// A surname that the lexicon knows of several holders: an earlier name of this document decides.
bool is_bare_surname(const Candidate& candidate) {
  return candidate.kind == EntityKind::person && candidate.last - candidate.first == 1;
}

}  // namespace

void join(Reading& reading, std::uint32_t candidate, std::uint32_t draft) {
  Candidate& mention = reading.candidates[candidate];
  if (std::ranges::find(mention.drafts, draft) != mention.drafts.end()) return;
  mention.drafts.push_back(draft);
  Draft& entity = reading.drafts[draft];
  entity.mentions.push_back(candidate);
  if (entity.gender == Gender::unknown && mention.form != MentionForm::nominal)
    entity.gender = mention.gender;
}

std::uint32_t found(Reading& reading, std::uint32_t candidate, std::string name) {
  const Candidate& mention = reading.candidates[candidate];
  Draft draft;
  draft.kind = mention.kind;
  draft.name = std::move(name);
  draft.gender = mention.gender;
  draft.many = mention.many;
  draft.row = mention.form == MentionForm::pronoun ? Row{} : mention.row;
  draft.place = mention.form == MentionForm::name && mention.kind == EntityKind::place ? mention.place : -1;
  draft.description = mention.description;
  reading.drafts.push_back(std::move(draft));
  const auto number = static_cast<std::uint32_t>(reading.drafts.size() - 1);
  join(reading, candidate, number);
  return number;
}

void link_names(Reading& reading) {
  // Full names first, so that a surname before them ("Trump ... Donald Trump") finds its bearer.
  for (const bool bare : {false, true}) {
    for (std::uint32_t number = 0; number < reading.candidates.size(); ++number) {
      Candidate& candidate = reading.candidates[number];
      if (candidate.form != MentionForm::name || is_bare_surname(candidate) != bare) continue;
      Description title;
      if (candidate.kind == EntityKind::person) {
        candidate.gender = gender_of_title(reading, candidate.first);
        if (candidate.gender == Gender::unknown) candidate.gender = gender_of_name(reading, candidate);
        title = title_before(reading, candidate.first);
        if (!title.agent) title = apposition_of(reading, candidate);
      } else if (candidate.row.table() == "actors") {
        title = title_before(reading, candidate.first);
      }
      const int known = draft_for(reading, candidate);
      std::uint32_t draft = 0;
      if (known >= 0) {
        draft = static_cast<std::uint32_t>(known);
        join(reading, number, draft);
        Draft& entity = reading.drafts[draft];
        if (!entity.row && candidate.row) entity.row = candidate.row;
        const std::string name = name_text(reading, candidate);
        if (entity.kind == EntityKind::person && !entity.row &&
            words_of(name).size() > words_of(entity.name).size())
          entity.name = name;
      } else {
        const std::string name =
            candidate.row ? std::string(candidate.row["name"]) : shown_name(reading, candidate);
        draft = found(reading, number, name);
        if (candidate.kind == EntityKind::person && reading.drafts[draft].gender == Gender::unknown)
          reading.drafts[draft].gender = gender_of_given(reading, candidate.first);
      }
      merge_description(reading.drafts[draft], std::move(title));
    }
  }
}

}  // namespace polybius
