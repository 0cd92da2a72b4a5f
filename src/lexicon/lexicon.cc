// The lexicon as others see it: images asked one after the other, the user's first.
#include "lexicon/lexicon.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "lexicon/content.h"
#include "lexicon/image.h"
#include "text/text.h"

namespace polybius {

std::string_view Row::operator[](std::string_view column) const {
  return image_ == nullptr ? std::string_view{} : image_->cell(number_, column);
}

std::vector<std::string_view> Row::list(std::string_view column) const {
  std::vector<std::string_view> values;
  std::string_view cell = (*this)[column];
  while (!cell.empty()) {
    const auto end = cell.find('|');
    values.push_back(cell.substr(0, end));
    cell.remove_prefix(end == std::string_view::npos ? cell.size() : end + 1);
  }
  return values;
}

std::string_view Row::table() const {
  return image_ == nullptr ? std::string_view{} : image_->table_of(number_);
}

std::string Row::place() const {
  return image_ == nullptr ? std::string{} : image_->place_of_row(number_);
}

namespace {

/// The words of a text as names are looked up, each with the token it stands in.
struct LookupWord {
  std::string word;
  std::uint32_t token;
};

std::vector<LookupWord> lookup_words(std::span<const std::string_view> forms) {
  std::vector<LookupWord> words;
  for (std::uint32_t token = 0; token < forms.size(); ++token) {
    for (auto& word : name_words(forms[token])) words.push_back({std::move(word), token});
  }
  return words;
}

bool has_capital(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    if (is_upper(next_code_point(text, at))) return true;
  }
  return false;
}

std::string without_stops(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c != '.' && c != ' ' && c != '-') out.push_back(c);
  }
  return out;
}

// Whether the text may be meant as that form: "us" is not "US", "turkey" not "Turkey".
bool case_fits(std::span<const std::string_view> forms, std::string_view form, bool exact) {
  if (exact) {
    std::string text;
    for (const auto part : forms) text += without_stops(part);
    return text == without_stops(form);
  }
  if (!has_capital(form)) return true;
  return std::any_of(forms.begin(), forms.end(), has_capital);
}

}  // namespace

std::vector<NameMatch> Lexicon::find_names(std::span<const std::string_view> forms) const {
  const auto words = lookup_words(forms);
  std::vector<NameMatch> matches;
  for (std::size_t start = 0; start < words.size(); ++start) {
    if (start > 0 && words[start - 1].token == words[start].token) continue;
    const std::size_t before = matches.size();
    for (const auto& image : content_->images) {
      std::uint64_t hash = kHashStart;
      bool goes_on = true;
      for (std::size_t end = start; goes_on && end < words.size(); ++end) {
        hash = hash_on(hash, words[end].word);
        const auto entries = image->names_with(hash, goes_on);
        if (end + 1 < words.size() && words[end + 1].token == words[end].token) continue;
        const std::uint32_t first = words[start].token;
        const std::uint32_t last = words[end].token + 1;
        for (const NameEntry& entry : entries) {
          const auto text = forms.subspan(first, last - first);
          if (!case_fits(text, image->string(entry.form), (entry.flags & kExactCase) != 0)) continue;
          matches.push_back({first, last, Row(image.get(), entry.row), (entry.flags & kAdjective) != 0});
        }
      }
    }
    // Longer ones first; a stable sort keeps the user's rows before ours.
    std::stable_sort(matches.begin() + static_cast<std::ptrdiff_t>(before), matches.end(),
                     [](const NameMatch& a, const NameMatch& b) { return a.last > b.last; });
  }
  return matches;
}

std::vector<Row> Lexicon::named(std::string_view name) const {
  std::uint64_t hash = kHashStart;
  for (const auto& word : name_words(name)) hash = hash_on(hash, word);
  std::vector<Row> rows;
  for (const auto& image : content_->images) {
    bool is_prefix = false;
    for (const NameEntry& entry : image->names_with(hash, is_prefix))
      rows.emplace_back(image.get(), entry.row);
  }
  return rows;
}

std::vector<Row> Lexicon::rows(std::string_view table) const {
  std::vector<Row> out;
  for (auto image = content_->images.rbegin(); image != content_->images.rend(); ++image) {
    const auto [first, last] = (*image)->rows_of(table);
    for (std::uint32_t row = first; row < last; ++row) out.emplace_back(image->get(), row);
  }
  return out;
}

std::vector<Row> Lexicon::user_rows(std::string_view table) const {
  std::vector<Row> out;
  for (std::size_t number = 0; number + 1 < content_->images.size(); ++number) {
    const LexiconImage* image = content_->images[number].get();
    const auto [first, last] = image->rows_of(table);
    for (std::uint32_t row = first; row < last; ++row) out.emplace_back(image, row);
  }
  return out;
}

Row Lexicon::find(std::string_view table, std::string_view key) const {
  const std::string full = std::string(table) + "\t" + std::string(key);
  for (const auto& image : content_->images) {
    const auto rows = image->rows_with(full);
    if (!rows.empty()) return {image.get(), rows.back()};
  }
  return {};
}

bool Lexicon::in_class(std::string_view lemma, std::string_view name) const {
  const auto at = content_->classes.find(name);
  return at != content_->classes.end() && at->second.contains(lemma);
}

bool Lexicon::is_event_word(std::string_view lemma) const {
  return content_->event_words.contains(lemma);
}

std::span<const EventRule> Lexicon::event_rules() const {
  return content_->events.rules;
}
std::span<const StatusRule> Lexicon::status_rules() const {
  return content_->statuses.rules;
}
std::span<const PlanRule> Lexicon::plan_rules() const {
  return content_->plans.rules;
}
std::span<const SpeechRule> Lexicon::speech_rules() const {
  return content_->speech.rules;
}
std::span<const std::uint32_t> Lexicon::event_rules_of(std::string_view lemma) const {
  return content_->events.with_head(lemma);
}
std::span<const std::uint32_t> Lexicon::status_rules_of(std::string_view lemma) const {
  return content_->statuses.with_head(lemma);
}
std::span<const std::uint32_t> Lexicon::plan_rules_of(std::string_view lemma) const {
  return content_->plans.with_head(lemma);
}
std::span<const std::uint32_t> Lexicon::speech_rules_of(std::string_view lemma) const {
  return content_->speech.with_head(lemma);
}

namespace {

// "2012" and "2012-05" compare as prefixes: a day within them counts as held.
bool held_on(Row role, std::string_view day) {
  const auto since = role["since"];
  const auto until = role["until"];
  if (day.empty()) return until.empty();
  return (since.empty() || day.substr(0, since.size()) >= since) &&
         (until.empty() || day.substr(0, until.size()) <= until);
}

int rank_of(Row office) {
  const auto cell = office["rank"];
  return cell.empty() ? 9 : cell.front() - '0';
}

bool better_holder(const Holder& a, const Holder& b) {
  if (rank_of(a.office) != rank_of(b.office)) return rank_of(a.office) < rank_of(b.office);
  return a.role["since"] > b.role["since"];
}

}  // namespace

std::vector<Holder> Lexicon::holders(std::string_view office, std::string_view iso3,
                                     std::string_view day) const {
  const std::string key = "roles:office\t" + std::string(office) + "|" + std::string(iso3);
  std::vector<Holder> out;
  for (const auto& image : content_->images) {
    for (const std::uint32_t number : image->rows_with(key)) {
      const Row role(image.get(), number);
      if (held_on(role, day)) out.push_back({find("persons", role["person"]), role, find("offices", office)});
    }
  }
  std::stable_sort(out.begin(), out.end(), better_holder);
  return out;
}

std::vector<Holder> Lexicon::offices_of(Row person, std::string_view day) const {
  const std::string key = "roles\t" + std::string(person["name"]);
  std::vector<Holder> out;
  for (const auto& image : content_->images) {
    for (const std::uint32_t number : image->rows_with(key)) {
      const Row role(image.get(), number);
      if (held_on(role, day)) out.push_back({person, role, find("offices", role["office"])});
    }
  }
  std::stable_sort(out.begin(), out.end(), better_holder);
  return out;
}

std::string Lexicon::fingerprint() const {
  std::uint64_t hash = kHashStart;
  for (const auto& image : content_->images) {
    const std::uint64_t part = image->fingerprint();
    hash = hash_on(hash, std::string_view(reinterpret_cast<const char*>(&part), sizeof part));
  }
  std::string out;
  for (int shift = 60; shift >= 0; shift -= 4) out.push_back("0123456789abcdef"[hash >> shift & 15U]);
  return out;
}

std::vector<double> weights_of(const Lexicon& lexicon, std::string_view table, std::string_view column,
                               std::span<const std::string_view> names, std::string_view model) {
  std::vector<double> weights(names.size(), 0);
  for (const Row& row : lexicon.rows(table)) {
    const auto found = std::ranges::find(names, row["feature"]);
    if (found == names.end() || (!model.empty() && row["model"] != model)) continue;
    const std::string_view number = row[column];
    std::from_chars(number.data(), number.data() + number.size(),
                    weights[static_cast<std::size_t>(found - names.begin())]);
  }
  return weights;
}

}  // namespace polybius
