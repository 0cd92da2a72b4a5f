// Who wrote it: names out of bylines as pages print them.
#include <algorithm>
#include <array>
#include <optional>
#include <span>

#include "article/page.h"
#include "text/text.h"

namespace polybius {
namespace {

constexpr std::size_t longest_name = 60;
constexpr std::size_t most_authors = 12;

/// What stands in front of a name and says that it is the author's.
constexpr std::array<std::string_view, 22> by_words{
    "by",          "by:",        "written by", "posted by", "story by", "words by", "reported by", "text by",
    "analysis by", "opinion by", "von",        "par",       "por",      "di",       "door",        "af",
    "av",          "tekst:",     "text:",      "текст:",    "автор:",   "author:"};

/// Words of a byline that are no name: what somebody is, not who.
constexpr std::array<std::string_view, 34> role_words{
    "editor",        "editors",     "writer",       "writers",   "staff",    "reporter",   "reporters",
    "correspondent", "contributor", "contributing", "columnist", "producer", "journalist", "special",
    "news",          "press",       "newspaper",    "magazine",  "media",    "online",     "digital",
    "chief",         "bureau",      "desk",         "senior",    "analyst",  "updated",    "published",
    "photographer",  "freelance",   "associate",    "guest",     "team",     "service"};

bool is_any(std::string_view word, std::span<const std::string_view> words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

std::string_view trimmed_name(std::string_view text) {
  constexpr std::u32string_view rim = U" \t\r\n.,;:-|/•·";
  std::size_t begin = text.size();
  std::size_t end = 0;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t from = at;
    if (rim.find(next_code_point(text, at)) != std::u32string_view::npos) continue;
    begin = std::min(begin, from);
    end = at;
  }
  if (end == 0) return {};
  // "Sammy Davis Jr." keeps its point.
  const std::string_view inner = text.substr(begin, end - begin);
  const bool shortened =
      end < text.size() && text[end] == '.' && (inner.ends_with("Jr") || inner.ends_with("Sr"));
  return shortened ? text.substr(begin, end - begin + 1) : inner;
}

/// The part behind the word that says "by"; nothing if there is none at the beginning.
std::optional<std::string_view> behind_by(std::string_view text) {
  std::string_view best;
  const std::string lower = lower_utf8(head_of(text, 24));
  for (const std::string_view word : by_words) {
    const bool ends =
        lower.size() > word.size() && (lower[word.size()] == ' ' || lower[word.size()] == '\n' ||
                                       lower[word.size()] == ':' || word.ends_with(':'));
    if (lower.starts_with(word) && ends && word.size() > best.size()) best = word;
  }
  if (best.empty()) return std::nullopt;
  return trimmed_name(text.substr(best.size()));
}

/// Where the names end and a date, an address, a description begins.
std::size_t end_of_names(std::string_view text) {
  std::size_t end = text.size();
  for (const std::string_view mark :
       {"|", "•", "·", "\n", "@", " - ", " – ", " — ", " on ", " for ", " in ", " | ", "(", "/", "["})
    end = std::min(end, text.find(mark));
  end = std::min(end, text.find_first_of("0123456789"));
  // "... NOVEMBER 20": the month goes with its day; an address goes with its name.
  std::string_view head = text.substr(0, end);
  if (end < text.size() && text[end] != '|' && text[end] != '(' && text[end] != '\n') {
    const std::size_t space = trimmed_name(head).rfind(' ');
    const std::string_view tail = space == std::string_view::npos ? head : head.substr(space + 1);
    const std::string_view word = trimmed_name(tail);
    const bool dating = is_time_word(word);
    if ((dating || text[end] == '@') && space != std::string_view::npos) end = space;
    if (dating && space == std::string_view::npos) end = 0;
  }
  return end;
}

/// Without the days and months that stand behind a name.
std::string_view without_time_words(std::string_view part) {
  for (;;) {
    const std::size_t space = part.rfind(' ');
    if (space == std::string_view::npos || !is_time_word(part.substr(space + 1))) return part;
    part = trimmed_name(part.substr(0, space));
  }
}

/// Whether a part of a byline reads as a name. The first may be an agency or a pen name.
bool reads_as_name(std::string_view part, bool first) {
  if (part.size() < 2 || part.size() > longest_name) return false;
  if (part.find("://") != std::string_view::npos || part.find_first_of("@<>{}=") != std::string_view::npos)
    return false;
  std::size_t words = 0;
  std::size_t roles = 0;
  std::size_t small = 0;
  for (std::size_t at = 0; at < part.size();) {
    const std::size_t end = std::min(part.find(' ', at), part.size());
    const std::string_view word = part.substr(at, end - at);
    std::size_t place = 0;
    if (!word.empty()) {
      ++words;
      small += static_cast<std::size_t>(is_letter(next_code_point(word, place)) && lower_utf8(word) == word);
      roles += static_cast<std::size_t>(is_any(lower_utf8(word.substr(0, word.find('-'))), role_words));
    }
    at = end + 1;
  }
  if (first) return words <= 6 && (small < words || words == 1);
  const bool letters_only = words == 1 && part.size() <= 4;  // "MS", "PhD", "CNN"
  return words >= 2 && words <= 5 && roles == 0 && small * 2 <= words && !letters_only;
}

}  // namespace

bool is_time_word(std::string_view word) {
  static constexpr std::array<std::string_view, 39> words{"january",    "february",
                                                          "march",      "april",
                                                          "may",        "june",
                                                          "july",       "august",
                                                          "september",  "october",
                                                          "november",   "december",
                                                          "jan",        "feb",
                                                          "mar",        "apr",
                                                          "jun",        "jul",
                                                          "aug",        "sep",
                                                          "sept",       "oct",
                                                          "nov",        "dec",
                                                          "monday",     "tuesday",
                                                          "wednesday",  "thursday",
                                                          "friday",     "saturday",
                                                          "sunday",     "updated",
                                                          "published",  "posted",
                                                          "last",       "at",
                                                          "publiziert", "veröffentlicht",
                                                          "am"};
  return is_any(lower_utf8(word), words);
}

bool names_person(std::string_view name) {
  return reads_as_name(name, false);
}

bool says_by(std::string_view text) {
  return behind_by(text).has_value();
}

std::vector<std::string> names_of_byline(std::string_view text, std::string_view site) {
  std::vector<std::string> out;
  text = trimmed_name(head_of(text, 400));
  // "Analysis by Jo Roe", "October 24 | by Jo Roe"
  const std::string lower = lower_utf8(text);
  const std::size_t inner = lower.size() == text.size() ? lower.find(" by ") : std::string::npos;
  if (const auto behind = behind_by(text)) {
    text = *behind;
  } else if (inner != std::string::npos && inner < 40) {
    text = trimmed_name(text.substr(inner + 4));
  }
  text = text.substr(0, end_of_names(text));
  while (!text.empty() && out.size() < most_authors) {
    std::size_t end = text.size();
    std::size_t length = 0;
    for (const std::string_view mark :
         {", and ", ", ", " and ", " AND ", " & ", "; ", " und ", " et ", " y ", " e "}) {
      const std::size_t found = text.find(mark);
      if (found < end) {
        end = found;
        length = mark.size();
      }
    }
    std::string_view part = without_time_words(trimmed_name(text.substr(0, end)));
    text.remove_prefix(std::min(end + length, text.size()));
    // "Jo Roe. The River Post"
    const std::size_t stop = part.find(". ");
    if (stop != std::string_view::npos && stop > 4 && part.substr(stop + 2).size() >= 4 &&
        (site.find(part.substr(stop + 2)) != std::string_view::npos ||
         (!site.empty() && part.substr(stop + 2).find(site) != std::string_view::npos)))
      part = part.substr(0, stop);
    if (!reads_as_name(part, out.empty())) {
      if (out.empty()) break;
      continue;
    }
    if (std::find(out.begin(), out.end(), part) == out.end()) out.emplace_back(part);
  }
  return out;
}

}  // namespace polybius
