// Which words name a place: what the model says, what the gazetteer knows and what stands around them,
// weighed.
#include "entities/place_spots.h"

#include <algorithm>
#include <map>
#include <set>

#include "entities/tables.h"
#include "text/text.h"

namespace polybius {
namespace {

constexpr std::uint32_t kLongestName = 6;

bool lexicon_class(const Reading& reading, const Token& token, std::string_view name) {
  return reading.lexicon.in_class(token.lower, name);
}

bool is_proper(const Token& token) {
  return token.upos == Upos::PROPN && starts_upper(token);
}

/// A token as it may stand in a class: "St." is "st".
std::string bare(const Token& token) {
  std::string word = token.lower;
  while (!word.empty() && word.back() == '.') word.pop_back();
  return word;
}

class TrialMaker {
 public:
  TrialMaker(const Reading& reading, const std::vector<Spot>& spots)
      : reading_(reading), analysis_(reading.analysis), spots_(spots) {
    taken_.assign(analysis_.tokens.size(), false);
    in_name_.assign(analysis_.tokens.size(), false);
    for (const Name& name : analysis_.names)
      std::fill(in_name_.begin() + name.first, in_name_.begin() + name.last, true);
    for (const Spot& spot : spots) {
      const std::string_view table = table_for(reading, spot, spot.first);
      const bool adjective = spot.adjective && table == "countries";
      if (adjective || table == "actors")  // what a user's dictionary names is no place of the gazetteer
        std::fill(taken_.begin() + spot.first, taken_.begin() + spot.last, true);
    }
  }

  std::vector<PlaceTrial> make() {
    for (const Spot& spot : spots_) {
      const std::string_view table = table_for(reading_, spot, head_of(analysis_, spot.first, spot.last));
      const bool place =
          table == "places" || table == "countries" || (table.empty() && spot.model == NameKind::LOC);
      if (place && !taken_[spot.first]) add_with_cuts(spot.first, spot.last);
    }
    add_known_names();
    add_streets();
    std::vector<PlaceTrial> trials;
    for (const auto& [first, last] : spans_) {
      PlaceTrial trial;
      trial.first = first;
      trial.last = last;
      trial.key = place_key(analysis_.words(first, last));
      trials.push_back(std::move(trial));
    }
    return trials;
  }

 private:
  void add(std::uint32_t first, std::uint32_t last) {
    if (first >= last || taken_[first] || taken_[last - 1]) return;
    spans_.emplace(first, last);
  }

  /// A name as it stands, and without what is no part of it: articles, "downtown", "State of", "counties".
  void add_with_cuts(std::uint32_t first, std::uint32_t last) {
    const auto& tokens = analysis_.tokens;
    for (std::uint32_t token = first; token + 1 < last; ++token) {
      if (tokens[token].form == ",") {  // "Richmond, Virginia"
        add_with_cuts(first, token);
        return add_with_cuts(token + 1, last);
      }
    }
    while (first + 1 < last && (tokens[first].upos == Upos::DET || tokens[first].lower == "the")) ++first;
    while (first + 1 < last && (tokens[last - 1].upos == Upos::PUNCT || tokens[last - 1].lower == "'s" ||
                                tokens[last - 1].lower == "’s"))
      --last;
    add(first, last);
    std::uint32_t begin = first;
    std::uint32_t end = last;
    while (begin + 1 < end &&
           (!starts_upper(tokens[begin]) || lexicon_class(reading_, tokens[begin], "region_part")))
      ++begin;
    if (end - begin > 2 && tokens[begin + 1].lower == "of" &&
        lexicon_class(reading_, tokens[begin], "region_kind"))
      begin += 2;
    while (end - begin > 1 && !starts_upper(tokens[end - 1]) && tokens[end - 1].upos != Upos::NUM) --end;
    if (begin != first || end != last) add(begin, end);
  }

  bool known(std::uint32_t first, std::uint32_t last) const {
    return !reading_.gazetteer.named(place_key(analysis_.words(first, last))).empty();
  }

  /// The longest names of the gazetteer at each word that is written as a name.
  void add_known_names() {
    const auto& tokens = analysis_.tokens;
    for (std::uint32_t first = 0; first < tokens.size(); ++first) {
      if (!starts_upper(tokens[first]) || taken_[first]) continue;
      if (tokens[first].upos != Upos::PROPN && !in_name_[first]) continue;
      std::uint32_t last = first;
      for (std::uint32_t end = first + 1; end <= std::min<std::size_t>(first + kLongestName, tokens.size());
           ++end) {
        const Token& token = tokens[end - 1];
        if (token.sentence != tokens[first].sentence || token.form == ",") break;
        const bool inner = token.lower == "of" || token.lower == "upon" || token.lower == "and" ||
                           token.form == "-" || token.lower == "de" || token.lower == "'s" ||
                           token.lower == "’s";
        if (!starts_upper(token) && !inner) break;
        if (!inner && known(first, end)) last = end;
      }
      if (last == first) continue;
      add(first, last);
      first = last - 1;
    }
  }
  /// "Main Street", "N. High St."; "Highway 82", "County Road 43".
  void add_streets() {
    const auto& tokens = analysis_.tokens;
    for (std::uint32_t at = 0; at < tokens.size(); ++at) {
      if (!starts_upper(tokens[at]) || !reading_.lexicon.in_class(bare(tokens[at]), "street")) continue;
      const bool numbered = at + 1 < tokens.size() && tokens[at + 1].upos == Upos::NUM;
      std::uint32_t first = at;
      while (first > 0 && tokens[first - 1].sentence == tokens[at].sentence &&
             starts_upper(tokens[first - 1]) &&
             (tokens[first - 1].upos == Upos::PROPN || tokens[first - 1].upos == Upos::ADJ ||
              tokens[first - 1].upos == Upos::NOUN))
        --first;
      if (first > 0 && first < at && tokens[first - 1].upos == Upos::NUM &&
          ends_in_letters(tokens[first - 1]))
        --first;
      if (first < at && !numbered) add(first, at + 1);
      if (first == at && at > 0 && tokens[at - 1].upos != Upos::PUNCT && ends_in_letters(tokens[at - 1]) &&
          is_digit(static_cast<unsigned char>(tokens[at - 1].form[0])))
        add(at - 1, at + 1);
      if (numbered) {
        add(at, at + 2);
        if (first < at) add(first, at + 2);
      }
    }
  }
  static bool ends_in_letters(const Token& token) {  // "34th"
    return !token.lower.empty() && token.lower.back() >= 'a' && token.lower.back() <= 'z';
  }

  const Reading& reading_;
  const Analysis& analysis_;
  const std::vector<Spot>& spots_;
  std::vector<bool> taken_;
  std::vector<bool> in_name_;
  std::set<std::pair<std::uint32_t, std::uint32_t>> spans_;
};

/// How names of one spelling are used all over the document.
struct Usage {
  float loc = 0;     ///< times the model calls it a place
  float person = 0;  ///< times it ends or begins a longer name of a person
  float after_in = 0;
};

class TrialReader {
 public:
  TrialReader(const Reading& reading, std::vector<PlaceTrial>& trials)
      : reading_(reading), analysis_(reading.analysis), trials_(trials) {
    name_at_.assign(analysis_.tokens.size(), -1);
    for (std::size_t number = 0; number < analysis_.names.size(); ++number) {
      const Name& name = analysis_.names[number];
      std::fill(name_at_.begin() + name.first, name_at_.begin() + name.last, static_cast<int>(number));
      if (name.kind != NameKind::PER || name.last - name.first < 2) continue;
      usage_[place_key(analysis_.words(name.last - 1, name.last))].person += 1;
      usage_[place_key(analysis_.words(name.first, name.first + 1))].person += 1;
    }
    for (const NameMatch& match : analysis_.matches) {
      if (!match.adjective) tables_[{match.first, match.last}].push_back(match.row.table());
    }
    for (const PlaceTrial& trial : trials_) {
      Usage& usage = usage_[trial.key];
      if (const Name* name = name_over(trial); name != nullptr && name->kind == NameKind::LOC) usage.loc += 1;
      if (before_is(trial, "place_preposition")) usage.after_in += 1;
    }
  }

  void read(PlaceTrial& trial) {
    trial_ = &trial;
    set(SpotFeature::bias, true);
    set(SpotFeature::one_word, trial.last - trial.first == 1);
    read_model();
    read_lexicon();
    read_gazetteer();
    read_words();
    read_before();
    read_behind();
    read_usage();
    combine();
  }

 private:
  void put(SpotFeature feature, float value) {
    trial_->features[static_cast<std::size_t>(feature)] = value;
  }
  void set(SpotFeature feature, bool value) {
    if (value) put(feature, 1);
  }
  float get(SpotFeature feature) const {
    return trial_->features[static_cast<std::size_t>(feature)];
  }
  const Token* token(std::int64_t at) const {
    if (at < 0 || at >= static_cast<std::int64_t>(analysis_.tokens.size())) return nullptr;
    const Token& found = analysis_.tokens[static_cast<std::size_t>(at)];
    return found.sentence == analysis_.tokens[trial_->first].sentence ? &found : nullptr;
  }
  const Token* before(std::uint32_t steps = 1) const {
    return token(static_cast<std::int64_t>(trial_->first) - steps);
  }
  const Token* behind(std::uint32_t steps = 0) const {
    return token(static_cast<std::int64_t>(trial_->last) + steps);
  }
  /// The model's name that the trial lies in or holds; articles around count as nothing.
  const Name* name_over(const PlaceTrial& trial) const {
    for (std::uint32_t at = trial.first; at < trial.last; ++at) {
      if (name_at_[at] >= 0) return &analysis_.names[static_cast<std::size_t>(name_at_[at])];
    }
    return nullptr;
  }
  bool before_is(const PlaceTrial& trial, std::string_view name) const {
    return trial.first > 0 && reading_.lexicon.in_class(analysis_.tokens[trial.first - 1].lower, name);
  }

  static SpotFeature feature_of_place(bool start, bool end) {
    if (start) return end ? SpotFeature::loc_exact : SpotFeature::loc_start;
    return end ? SpotFeature::loc_end : SpotFeature::loc_part;
  }
  static SpotFeature feature_of_body(bool start, bool end) {
    if (start) return end ? SpotFeature::org_exact : SpotFeature::org_start;
    return end ? SpotFeature::org_end : SpotFeature::org_part;
  }

  void read_model() {
    const Name* name = name_over(*trial_);
    if (name == nullptr) return set(SpotFeature::no_model, true);
    std::uint32_t first = name->first;
    while (first + 1 < name->last && analysis_.tokens[first].lower == "the") ++first;
    const bool start = trial_->first == first;
    const bool end = trial_->last == name->last;
    const bool wider = trial_->first < first || trial_->last > name->last;
    switch (name->kind) {
      case NameKind::LOC:
        return set(wider ? SpotFeature::loc_wider : feature_of_place(start, end), true);
      case NameKind::PER:
        return set(start && end ? SpotFeature::per_exact : SpotFeature::per_part, true);
      case NameKind::ORG:
        set(feature_of_body(start, end), true);
        return set(SpotFeature::org_of,
                   trial_->first > first && analysis_.tokens[trial_->first - 1].upos == Upos::ADP);
      case NameKind::NORP:
        return set(SpotFeature::norp, true);
    }
  }

  void read_lexicon() {
    const auto found = tables_.find({trial_->first, trial_->last});
    if (found == tables_.end()) return;
    for (const std::string_view table : found->second) {
      set(SpotFeature::lexicon_country, table == "countries");
      set(SpotFeature::lexicon_place, table == "places");
      set(SpotFeature::lexicon_person, table == "persons");
      set(SpotFeature::lexicon_organization, table == "organizations");
    }
  }

  void read_gazetteer() {
    float size = 0;
    bool full = false;
    for (const NamedPlace& named : reading_.gazetteer.named(trial_->key)) {
      const GazetteerPlace& place = reading_.gazetteer[named.place];
      set(SpotFeature::known, true);
      size = std::max(size, place.size);
      full = full || named.use != NameUse::abbreviation;
      set(SpotFeature::country, place.kind == PlaceKind::country);
      set(SpotFeature::state, place.kind == PlaceKind::state);
      set(SpotFeature::county, place.kind == PlaceKind::county);
      set(SpotFeature::capital, place.kind == PlaceKind::capital);
      set(SpotFeature::seat, place.kind == PlaceKind::state_seat || place.kind == PlaceKind::county_seat);
      set(SpotFeature::town, place.kind >= PlaceKind::seat);
    }
    if (get(SpotFeature::known) == 0) return;
    put(SpotFeature::size, (size - 3) / 4);
    set(SpotFeature::abbreviation, !full);
  }

  void read_words() {
    const auto& tokens = analysis_.tokens;
    bool caps = true;
    std::size_t letters = 0;
    for (std::uint32_t at = trial_->first; at < trial_->last; ++at) {
      const Token& word = tokens[at];
      set(SpotFeature::digits,
          std::ranges::any_of(word.form, [](char sign) { return sign >= '0' && sign <= '9'; }));
      set(SpotFeature::lower_inside, !starts_upper(word) && word.upos == Upos::NOUN);
      set(SpotFeature::not_proper,
          word.upos != Upos::PROPN && word.upos != Upos::ADP && word.upos != Upos::NUM);
      caps = caps && std::ranges::none_of(word.form, [](char sign) { return sign >= 'a' && sign <= 'z'; });
      letters += word.form.size();
    }
    set(SpotFeature::all_caps, caps && letters > 3);
    const Token& first = tokens[trial_->first];
    const Token& last = tokens[trial_->last - 1];
    const bool many = trial_->last - trial_->first > 1;
    set(SpotFeature::given_name, static_cast<bool>(reading_.lexicon.find("given_names", first.form)));
    set(SpotFeature::street_tail, many && reading_.lexicon.in_class(bare(last), "street"));
    set(SpotFeature::road_number, many && last.upos == Upos::NUM &&
                                      reading_.lexicon.in_class(bare(tokens[trial_->last - 2]), "street"));
    set(SpotFeature::building_tail, many && lexicon_class(reading_, last, "facility"));
    set(SpotFeature::direction_first, many && lexicon_class(reading_, first, "region_part"));
  }

  void read_before() {
    const Token* word = before();
    set(SpotFeature::sentence_start, word == nullptr);
    if (word == nullptr) return;
    set(SpotFeature::in_before, lexicon_class(reading_, *word, "place_preposition"));
    set(SpotFeature::of_before, word->lower == "of");
    set(SpotFeature::to_before, word->lower == "to" || word->lower == "from" || word->lower == "toward");
    set(SpotFeature::proper_before, is_proper(*word));
    set(SpotFeature::title_before,
        reading_.lexicon.find("honorifics", word->lower) || reading_.lexicon.find("agents", word->lower));
    set(SpotFeature::dash_person, word->form == "-" || word->form == "–");
    if (word->form != ",") return;
    const Token* name = before(2);
    set(SpotFeature::after_comma, name != nullptr && is_proper(*name));
  }

  void read_behind() {
    const Token* word = behind();
    const std::uint32_t head = head_of(analysis_, trial_->first, trial_->last);
    const int governor = analysis_.tokens[head].head;
    set(SpotFeature::speaks, governor >= 0 && is_subject(analysis_, head) &&
                                 is_speech_head(analysis_, static_cast<std::uint32_t>(governor)));
    if (word == nullptr) return;
    set(SpotFeature::possessive, word->lower == "'s" || word->lower == "’s");
    set(SpotFeature::proper_after, is_proper(*word));
    set(SpotFeature::county_after, lexicon_class(reading_, *word, "region_kind"));
    set(SpotFeature::noun_after, word->upos == Upos::NOUN && !starts_upper(*word));
    if (word->form == "," || word->form == "(") set(SpotFeature::state_after, state_at(trial_->last + 1));
    for (std::uint32_t step = 0; step < 4; ++step) {
      const Token* next = behind(step);
      if (next == nullptr) break;
      if (next->form == "—" || next->form == "–" || next->form == "--")
        set(SpotFeature::dateline, trial_->first <= dateline_end());
      if (next->upos != Upos::PUNCT && !starts_upper(*next)) break;
    }
    for (std::uint32_t step = 0; step < 8; ++step) {
      const Token* next = behind(step);
      if (next == nullptr) break;
      if (next->lower == "counties" || next->lower == "parishes") set(SpotFeature::counties_ahead, true);
      if (!starts_upper(*next) && next->form != "," && next->lower != "and") break;
    }
  }
  std::uint32_t dateline_end() const {  // a dateline begins its sentence
    return analysis_.sentences[analysis_.tokens[trial_->first].sentence].first + 1;
  }
  bool state_at(std::uint32_t first) const {
    for (std::uint32_t last = first + 1; last <= std::min<std::size_t>(first + 3, analysis_.tokens.size());
         ++last) {
      for (const NamedPlace& named : reading_.gazetteer.named(place_key(analysis_.words(first, last)))) {
        if (reading_.gazetteer[named.place].kind <= PlaceKind::state && named.use != NameUse::foreign)
          return true;
      }
    }
    return false;
  }

  void read_usage() {
    const auto found = usage_.find(trial_->key);
    if (found == usage_.end()) return;
    const Name* name = name_over(*trial_);
    const float own = name != nullptr && name->kind == NameKind::LOC ? 1 : 0;
    const float loc = found->second.loc - own;
    const float in = found->second.after_in - get(SpotFeature::in_before);
    put(SpotFeature::again_loc, loc / (loc + 1));
    put(SpotFeature::again_in, in / (in + 1));
    put(SpotFeature::again_person, found->second.person / (found->second.person + 1));
  }

  void combine() {
    const bool known = get(SpotFeature::known) > 0;
    set(SpotFeature::known_org_start,
        known && get(SpotFeature::org_start) > 0 && get(SpotFeature::given_name) == 0);
    set(SpotFeature::known_per, known && get(SpotFeature::per_exact) > 0);
    set(SpotFeature::known_free, known && get(SpotFeature::no_model) > 0);
  }

  const Reading& reading_;
  const Analysis& analysis_;
  std::vector<PlaceTrial>& trials_;
  PlaceTrial* trial_ = nullptr;
  std::vector<int> name_at_;
  std::map<std::string, Usage> usage_;
  std::map<std::pair<std::uint32_t, std::uint32_t>, std::vector<std::string_view>> tables_;
};

/// Of stretches that overlap the one that is likeliest a name.
std::vector<PlaceTrial> best_trials(std::vector<PlaceTrial> trials, std::size_t tokens) {
  std::ranges::stable_sort(
      trials, [](const PlaceTrial& left, const PlaceTrial& right) { return left.sum > right.sum; });
  std::vector<PlaceTrial> chosen;
  std::vector<bool> taken(tokens, false);
  for (PlaceTrial& trial : trials) {
    if (trial.sum <= 0) break;
    const auto first = taken.begin() + trial.first;
    const auto last = taken.begin() + trial.last;
    if (std::find(first, last, true) != last) continue;
    std::fill(first, last, true);
    chosen.push_back(std::move(trial));
  }
  return chosen;
}

/// Whether the spot is a place or a country by its name, as it stands.
bool reads_as_place(const Reading& reading, const Spot& spot) {
  const std::string_view table = table_for(reading, spot, head_of(reading.analysis, spot.first, spot.last));
  return table == "places" || (table == "countries" && !spot.adjective) ||
         (table.empty() && spot.model == NameKind::LOC);
}

}  // namespace

const std::array<std::string_view, kSpotFeatures>& spot_feature_names() {
  static constexpr std::array<std::string_view, kSpotFeatures> names{
#define POLYBIUS_FEATURE(name) #name,
      POLYBIUS_SPOT_FEATURES(POLYBIUS_FEATURE)
#undef POLYBIUS_FEATURE
  };
  return names;
}

std::vector<PlaceTrial> place_trials(const Reading& reading, const std::vector<Spot>& spots) {
  std::vector<PlaceTrial> trials = TrialMaker(reading, spots).make();
  TrialReader reader(reading, trials);
  for (PlaceTrial& trial : trials) reader.read(trial);
  for (PlaceTrial& trial : trials) trial.sum = weighted_sum(reading.tables.spot, trial.features);
  return trials;
}

void settle_places(const Reading& reading, std::vector<Spot>& spots) {
  const std::size_t tokens = reading.analysis.tokens.size();
  const std::vector<PlaceTrial> chosen = best_trials(place_trials(reading, spots), tokens);
  std::vector<int> chosen_at(tokens, -1);
  for (std::size_t number = 0; number < chosen.size(); ++number) {
    std::fill(chosen_at.begin() + chosen[number].first, chosen_at.begin() + chosen[number].last,
              static_cast<int>(number));
  }
  std::vector<Spot> settled;
  for (Spot& spot : spots) {
    const bool place = reads_as_place(reading, spot);
    bool gone = false;
    for (std::uint32_t token = spot.first; token < spot.last && !gone; ++token) {
      if (chosen_at[token] < 0) continue;
      const PlaceTrial& trial = chosen[static_cast<std::size_t>(chosen_at[token])];
      gone = place || (trial.first == spot.first && trial.last == spot.last);
    }
    if (gone) continue;
    if (place) {  // a name, but of no place
      spot.rows.clear();
      spot.model = spot.model == NameKind::LOC || !spot.model ? NameKind::ORG : *spot.model;
    }
    settled.push_back(std::move(spot));
  }
  std::map<std::pair<std::uint32_t, std::uint32_t>, std::vector<Row>> rows;
  for (const NameMatch& match : reading.analysis.matches) {
    if (!match.adjective) rows[{match.first, match.last}].push_back(match.row);
  }
  for (const PlaceTrial& trial : chosen) {
    Spot spot;
    spot.first = trial.first;
    spot.last = trial.last;
    spot.model = NameKind::LOC;
    const auto known = rows.find({trial.first, trial.last});
    if (known != rows.end()) spot.rows = known->second;
    settled.push_back(std::move(spot));
  }
  std::ranges::stable_sort(settled, [](const Spot& left, const Spot& right) {
    return std::pair(left.first, right.last) < std::pair(right.first, left.last);
  });
  spots = std::move(settled);
}

}  // namespace polybius
