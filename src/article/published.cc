// When an article was published, read from what pages, feeds and people write.
#include <algorithm>
#include <array>
#include <charconv>

#include "article/parts.h"
#include "polybius/date.h"
#include "text/text.h"

namespace polybius {
namespace {

constexpr int earliest_year = 1900;
constexpr int latest_year = 2100;

bool digit(char c) {
  return c >= '0' && c <= '9';
}

bool ascii_letter(char c) {
  return (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
}

int number_of(std::string_view digits) {
  int out = -1;
  std::from_chars(digits.data(), digits.data() + digits.size(), out);
  return out;
}

std::optional<Date> day_of(int year, int month, int day) {
  const Date date{year, month, day};
  if (year < earliest_year || year > latest_year || !date.valid()) return std::nullopt;
  return date;
}

/// What the months are called, after a day, in the languages that most pages are written in; short forms of
/// English ones are told by their beginnings.
constexpr std::array<std::string_view, 12> month_names{
    " january januar jänner janvier janv enero ene janeiro gennaio gen januari stycznia янв января січня "
    "ocak "
    "januarie ledna ianuarie ιανουαρίου ",
    " february februar février févr fév febrero fevereiro fev febbraio februari lutego фев февраля лютого "
    "şubat "
    "februarie února φεβρουαρίου ",
    " march märz mars marzo março maart mrt marca мар марта березня mart maret března martie μαρτίου mär ",
    " april avril avr abril abr aprile kwietnia апр апреля квітня nisan dubna aprilie απριλίου ",
    " may mai mayo maio maggio mag mei maja мая травня mayıs května maj μαΐου ",
    " june juni juin junio junho jun giugno giu czerwca июн июня червня haziran června iunie ιουνίου ",
    " july juli juillet juil julio julho lug luglio lipca июл июля липня temmuz července iulie ιουλίου ",
    " august août aoû agosto ago augustus sierpnia авг августа серпня ağustos agustus augusti srpna "
    "αυγούστου ",
    " september septembre septiembre setembro set settembre wrzesnia września сен сентября вересня eylül "
    "září "
    "septembrie σεπτεμβρίου ",
    " october oktober octobre octubre outubro out ottobre ott października окт октября жовтня ekim října "
    "octombrie οκτωβρίου okt ",
    " november novembre noviembre novembro listopada ноя ноября листопада kasım listopadu noiembrie "
    "νοεμβρίου ",
    " december dezember décembre déc diciembre dic dezembro dez dicembre grudnia дек декабря грудня aralık "
    "desember prosince decembrie δεκεμβρίου des "};

/// 1 to 12 for a month's name or its short form; 0 for other words.
int month_of(std::string_view word) {
  if (word.size() < 3 || word.size() > 24) return 0;
  const std::string lower = lower_utf8(word);
  const std::string whole = " " + lower + " ";
  for (std::size_t i = 0; i < month_names.size(); ++i) {
    const bool short_english = lower.size() <= 4 && month_names[i].substr(1).starts_with(lower);
    if (short_english || month_names[i].find(whole) != std::string_view::npos) return static_cast<int>(i) + 1;
  }
  return 0;
}

/// The bytes of the letter at `at`: Latin, Greek or Cyrillic ones; 0 if none stands there.
std::size_t letter_length(std::string_view text, std::size_t at) {
  if (ascii_letter(text[at])) return 1;
  const auto lead = static_cast<unsigned char>(text[at]);
  return lead >= 0xc3 && lead <= 0xd3 && at + 1 < text.size() ? 2 : 0;
}

/// Runs of digits and of letters, with where they begin.
struct Piece {
  std::string_view text;
  std::size_t at = 0;
  bool number = false;
  int month = 0;
};

std::vector<Piece> pieces_of(std::string_view text) {
  std::vector<Piece> out;
  for (std::size_t at = 0; at < text.size() && out.size() < 16;) {
    std::size_t end = at;
    while (end < text.size() && digit(text[end])) ++end;
    const bool number = end > at;
    while (!number && end < text.size() && letter_length(text, end) > 0) end += letter_length(text, end);
    if (end == at) {
      ++at;
      continue;
    }
    out.push_back({text.substr(at, end - at), at, number, 0});
    if (!number) out.back().month = month_of(out.back().text);
    at = end;
  }
  return out;
}

std::string two_digits(int number) {
  return {static_cast<char>('0' + number / 10), static_cast<char>('0' + number % 10)};
}

/// "T08:00:00+02:00" for the first time of day in `text`; empty if there is none. What no zone is told for
/// bears none.
std::string time_of(std::string_view text) {
  for (std::size_t colon = 1; (colon = text.find(':', colon)) != std::string_view::npos; ++colon) {
    std::size_t begin = colon;
    while (begin > 0 && colon - begin < 2 && digit(text[begin - 1])) --begin;
    if (begin == colon || text.size() < colon + 3 || !digit(text[colon + 1]) || !digit(text[colon + 2]))
      continue;
    int hour = number_of(text.substr(begin, colon - begin));
    const int minute = number_of(text.substr(colon + 1, 2));
    std::size_t at = colon + 3;
    int second = -1;
    if (text.size() >= at + 3 && text[at] == ':' && digit(text[at + 1]) && digit(text[at + 2])) {
      second = number_of(text.substr(at + 1, 2));
      at += 3;
    }
    if (at < text.size() && text[at] == '.') {
      ++at;
      while (at < text.size() && digit(text[at])) ++at;
    }
    while (at < text.size() && text[at] == ' ') ++at;
    const std::string tail = lower_utf8(text.substr(at, 8));
    if ((tail.starts_with("pm") || tail.starts_with("p.m")) && hour < 12) hour += 12;
    if ((tail.starts_with("am") || tail.starts_with("a.m")) && hour == 12) hour = 0;
    if (hour > 23 || minute > 59 || second > 59) continue;
    std::string out = "T" + two_digits(hour) + ":" + two_digits(minute);
    out += ":" + two_digits(std::max(second, 0));
    if (tail.starts_with('z') || tail.starts_with("gmt") || tail.starts_with("utc")) return out + "Z";
    if (tail.size() >= 5 && (tail[0] == '+' || tail[0] == '-') && digit(tail[1]) && digit(tail[2])) {
      const std::size_t minutes = tail[3] == ':' ? 4 : 3;
      if (tail.size() >= minutes + 2 && digit(tail[minutes]) && digit(tail[minutes + 1])) {
        return out + tail.substr(0, 3) + ":" + tail.substr(minutes, 2);
      }
    }
    return out;
  }
  return "";
}

struct FoundDay {
  Date date;
  std::size_t behind = 0;  ///< where the rest begins
};

std::optional<FoundDay> found_day(int year, int month, int day, const Piece& last) {
  const auto date = day_of(year, month, day);
  if (!date) return std::nullopt;
  return FoundDay{*date, last.at + last.text.size()};
}

/// A day written with a month's name.
std::optional<FoundDay> day_in_words(const std::vector<Piece>& pieces) {
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    if (pieces[i].month == 0) continue;
    const auto number_at = [&](std::size_t k) {
      return k < pieces.size() && pieces[k].number ? number_of(pieces[k].text) : -1;
    };
    const auto year_at = [&](std::size_t k) {
      return k < pieces.size() && pieces[k].text.size() == 4 ? number_at(k) : -1;
    };
    // "25 de agosto de 2018"
    const std::size_t of = i + 1 < pieces.size() && pieces[i + 1].text == "de" ? 1 : 0;
    const std::size_t ordinal =
        i + 2 < pieces.size() && !pieces[i + 2].number && pieces[i + 2].text.size() == 2 ? 1 : 0;
    // "October 24, 2025", "Oct 24th 2025"
    if (auto day = found_day(year_at(i + 2 + ordinal), pieces[i].month, number_at(i + 1),
                             pieces[std::min(i + 2 + ordinal, pieces.size() - 1)]))
      return day;
    if (i == 0) continue;
    // "24 October 2025", "24th of October, 2025", "2025 Oct 24"
    std::size_t before = i - 1;
    while (before > 0 && !pieces[before].number && pieces[before].text.size() == 2) --before;
    if (auto day = found_day(year_at(i + 1 + of), pieces[i].month, number_at(before),
                             pieces[std::min(i + 1 + of, pieces.size() - 1)]))
      return day;
    if (auto day = found_day(year_at(i - 1), pieces[i].month, number_at(i + 1),
                             pieces[std::min(i + 1, pieces.size() - 1)]))
      return day;
  }
  return std::nullopt;
}

std::optional<FoundDay> day_in_numbers(std::string_view text, const std::vector<Piece>& pieces) {
  if (pieces.empty() || !pieces[0].number) return std::nullopt;
  const std::string_view first = pieces[0].text;
  if (first.size() == 8 || first.size() == 14) {
    return found_day(number_of(first.substr(0, 4)), number_of(first.substr(4, 2)),
                     number_of(first.substr(6, 2)), pieces[0]);
  }
  if (first.size() == 10 || first.size() == 13) {  // seconds or milliseconds since 1970
    long long stamp = 0;
    std::from_chars(first.data(), first.data() + 10, stamp);
    const Date date = Date::from_days(static_cast<long>(stamp / 86400));
    return found_day(date.year, date.month, date.day, pieces[0]);
  }
  if (pieces.size() < 3 || !pieces[1].number || !pieces[2].number) return std::nullopt;
  const int a = number_of(first);
  const int b = number_of(pieces[1].text);
  const int c = number_of(pieces[2].text);
  if (first.size() == 4) return found_day(a, b, c, pieces[2]);
  if (pieces[2].text.size() != 4) return std::nullopt;
  const char mark = text[pieces[0].at + first.size()];
  const bool day_first = mark == '.' || a > 12;
  return day_first ? found_day(c, b, a, pieces[2]) : found_day(c, a, b, pieces[2]);
}

std::string_view trimmed_text(std::string_view text) {
  const std::size_t begin = std::min(text.find_first_not_of(" \t\r\n"), text.size());
  return text.substr(begin, text.find_last_not_of(" \t\r\n") + 1 - begin);
}

/// Words that may stand around the date in a line that only says when.
bool is_dating_word(std::string_view word) {
  static constexpr std::array<std::string_view, 40> words{
      "published", "updated", "posted", "date", "on",  "at",     "last",    "modified",  "mon",      "tue",
      "wed",       "thu",     "fri",    "sat",  "sun", "monday", "tuesday", "wednesday", "thursday", "friday",
      "saturday",  "sunday",  "gmt",    "utc",  "est", "edt",    "pst",     "pdt",       "bst",      "cet",
      "am",        "pm",      "a",      "p",    "m",   "th",     "st",      "nd",        "rd",       "et"};
  const std::string lower = lower_utf8(word);
  return std::find(words.begin(), words.end(), lower) != words.end();
}

bool only_dates(std::string_view line) {
  if (line.size() > 80) return false;
  for (const Piece& piece : pieces_of(line)) {
    if (!piece.number && piece.month == 0 && !is_dating_word(piece.text)) return false;
  }
  return true;
}

/// The part of a line in front of the dash that ends its dateline; empty if it has none. "KYIV, Oct. 23, 2025
/// (Reuters) - ..."
std::string_view dateline_of(std::string_view line) {
  const std::string_view head = head_of(line, 120);
  std::size_t end = head.size();
  for (const std::string_view dash : {" - ", " – ", " — ", " -- "}) end = std::min(end, head.find(dash));
  if (end >= head.size()) return "";
  std::size_t at = 0;
  return is_upper(next_code_point(head, at)) && at < head.size() && is_upper(next_code_point(head, at))
             ? head.substr(0, end)
             : "";
}

}  // namespace

std::optional<std::string> iso_date_of(std::string_view text) {
  text = head_of(trimmed_text(text), 100);
  const std::vector<Piece> pieces = pieces_of(text);
  auto day = day_in_numbers(text, pieces);
  if (!day) day = day_in_words(pieces);
  if (!day) return std::nullopt;
  const std::string_view rest = text.substr(day->behind);
  if (pieces[0].text.size() == 14 && pieces[0].number) {
    const std::string_view digits = pieces[0].text;
    return day->date.iso() + "T" + std::string(digits.substr(8, 2)) + ":" +
           std::string(digits.substr(10, 2)) + ":" + std::string(digits.substr(12, 2));
  }
  std::string time = time_of(rest);
  if (time.empty()) time = time_of(text.substr(0, day->behind));
  return day->date.iso() + time;
}

std::string date_of_url(std::string_view url) {
  const std::size_t query = url.find_first_of("?#");
  url = url.substr(0, query);
  const std::size_t host = url.find("://");
  std::size_t at = host == std::string_view::npos ? 0 : std::min(url.find('/', host + 3), url.size());
  std::string year_month;
  for (; at < url.size(); ++at) {
    if (digit(url[at]) || at == 0 || !digit(url[std::min(at + 1, url.size() - 1)])) continue;
    const std::string_view rest = url.substr(at + 1);
    std::size_t digits = 0;
    while (digits < rest.size() && digit(rest[digits])) ++digits;
    std::optional<Date> day;
    if (digits == 4 && rest.size() > 8) {
      const std::vector<Piece> pieces = pieces_of(rest.substr(0, 20));
      const bool close =
          pieces.size() > 2 && pieces[1].at == 5 && pieces[2].at == pieces[1].at + pieces[1].text.size() + 1;
      if (close && pieces[2].number && pieces[2].text.size() <= 2) {
        const int month =
            pieces[1].number && pieces[1].text.size() <= 2 ? number_of(pieces[1].text) : pieces[1].month;
        day = day_of(number_of(pieces[0].text), month, number_of(pieces[2].text));
      }
    } else if (digits >= 8 && digits <= 12) {
      day = day_of(number_of(rest.substr(0, 4)), number_of(rest.substr(4, 2)), number_of(rest.substr(6, 2)));
      if (day && (day->year < 1980 || (digits > 8 && digits != 12 && url[at] != '/'))) day.reset();
    }
    if (day) return day->iso();
  }
  return "";
}

std::string date_of_text(const std::vector<Line>& lines) {
  std::size_t looked_at = 0;
  for (const Line& line : lines) {
    if (line.text.empty()) continue;
    if (++looked_at > 5) break;
    const std::string_view dateline = dateline_of(line.text);
    if (!dateline.empty()) {
      if (const auto day = day_in_words(pieces_of(dateline))) return day->date.iso();
    }
    if (only_dates(line.text)) {
      const auto pieces = pieces_of(line.text);
      if (const auto day = day_in_words(pieces)) return day->date.iso();
      if (const auto day = day_in_numbers(line.text, pieces); day && line.text[0] != ' ' && pieces.size() > 2)
        return day->date.iso();
    }
  }
  return "";
}

}  // namespace polybius
