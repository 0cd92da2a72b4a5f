// Parameters by their forms, and the filters of each list.
#include "server/parameters.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "polybius/date.h"

namespace polybius {
namespace {

constexpr std::size_t most_repetitions = 20;
constexpr std::size_t longest_id = 2000;
constexpr std::size_t longest_cursor = 2100;
constexpr std::size_t most_digits = 10;

constexpr std::array<std::string_view, 16> event_types{
    "AGREE",  "CONSULT", "SUPPORT",  "CONCEDE", "COOPERATE", "AID",      "RETREAT", "REQUEST",
    "ACCUSE", "REJECT",  "THREATEN", "PROTEST", "SANCTION",  "MOBILIZE", "COERCE",  "ASSAULT"};
constexpr std::array<std::string_view, 8> event_statuses{
    "occurred", "ongoing", "planned", "postponed", "cancelled", "threatened", "denied", "hypothetical"};
constexpr std::array<std::string_view, 8> plan_statuses{
    "proposed", "announced", "confirmed", "postponed", "cancelled", "not_ruled_out", "under_way", "held"};
constexpr std::array<std::string_view, 4> statement_kinds{"direct", "indirect", "mixed", "attitude"};
constexpr std::array<std::string_view, 5> entity_kinds{"person", "organization", "country", "place", "group"};
constexpr std::array<std::string_view, 4> quads{"1", "2", "3", "4"};
constexpr std::array<std::string_view, 2> orders{"newest", "oldest"};
constexpr std::array<std::string_view, 2> flags{"false", "true"};

std::size_t code_points(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char byte) {
    return (static_cast<unsigned char>(byte) & 0xC0U) != 0x80U;
  }));
}

bool all_digits(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

/// "2025", "2025-10" or "2025-10-24", and that there is such a day.
bool is_day(const std::string& text) {
  if (text.size() != 4 && text.size() != 7 && text.size() != 10) return false;
  const std::string whole =
      text + std::string("-01-01").substr(0, text.size() == 10 ? 0 : (10 - text.size()));
  if (!Date::from_iso(whole)) return false;
  return all_digits(text.substr(0, 4)) && (text.size() < 7 || all_digits(text.substr(5, 2))) &&
         (text.size() < 10 || all_digits(text.substr(8, 2)));
}

/// DAY.POSITION.ID, as the store makes it.
bool is_cursor(std::string_view text) {
  if (text.starts_with('-')) text.remove_prefix(1);
  for (int part = 0; part < 2; ++part) {
    const std::size_t end = text.find('.');
    if (end > most_digits || !all_digits(text.substr(0, end))) return false;  // npos is more than that
    text.remove_prefix(end + 1);
  }
  return true;
}

std::string listed(Choices known) {
  std::string out;
  for (const std::string_view value : known) out += (out.empty() ? "" : ", ") + std::string(value);
  return out;
}

}  // namespace

Parameters::Parameters(const RequestTarget& target) {
  for (const RequestParameter& parameter : target.parameters)
    given_[parameter.name].values.push_back(parameter.value);
}

void Parameters::fail(std::string_view name, std::string fault, std::string remedy) {
  if (!fault_) fault_ = Error{"E-SRV-03", std::string(name), std::move(fault), std::move(remedy)};
}

const std::vector<std::string>& Parameters::values_of(std::string_view name) {
  static const std::vector<std::string> none;
  const auto found = given_.find(name);
  if (found == given_.end()) return none;
  found->second.read = true;
  return found->second.values;
}

std::optional<std::string> Parameters::value_of(std::string_view name) {
  const auto& values = values_of(name);
  if (values.size() > 1 && !fault_)
    fault_ = Error{"E-SRV-02", std::string(name), "is given " + std::to_string(values.size()) + " times",
                   "give it once"};
  if (values.empty()) return std::nullopt;
  return values.front();
}

std::string Parameters::text(std::string_view name, std::size_t most) {
  std::string value = value_of(name).value_or("");
  if (code_points(value) > most)
    fail(name, "is too long", "give at most " + std::to_string(most) + " characters");
  return value;
}

std::vector<std::string> Parameters::texts(std::string_view name, std::size_t most) {
  std::vector<std::string> out;
  for (const std::string& value : values_of(name)) {
    if (value.empty()) continue;
    if (code_points(value) > most)
      fail(name, "is too long", "give at most " + std::to_string(most) + " characters");
    out.push_back(value);
  }
  if (out.size() > most_repetitions)
    fail(name, "is given too often", "give it at most " + std::to_string(most_repetitions) + " times");
  return out;
}

std::vector<std::string> Parameters::choices(std::string_view name, Choices known) {
  std::vector<std::string> values = values_of(name);
  if (values.size() > most_repetitions)
    fail(name, "is given too often", "give it at most " + std::to_string(most_repetitions) + " times");
  for (const std::string& value : values) hold_to(name, value, known);
  return values;
}

void Parameters::hold_to(std::string_view name, const std::string& value, Choices known) {
  if (std::find(known.begin(), known.end(), value) == known.end())
    fail(name, "unknown value \"" + value + "\"", "use one of: " + listed(known));
}

std::string Parameters::choice(std::string_view name, Choices known) {
  std::string value = value_of(name).value_or(std::string(known.front()));
  hold_to(name, value, known);
  return value;
}

std::size_t Parameters::number(std::string_view name, std::size_t least, std::size_t most,
                               std::size_t otherwise) {
  const auto given = value_of(name);
  if (!given) return otherwise;
  const std::string& value = *given;
  std::size_t number = 0;
  const auto [end, wrong] = std::from_chars(value.data(), value.data() + value.size(), number);
  if (wrong != std::errc() || end != value.data() + value.size() || number < least || number > most)
    fail(name, "\"" + value + "\" is no number that is taken",
         "give " + std::to_string(least) + " to " + std::to_string(most));
  return number;
}

double Parameters::share(std::string_view name) {
  const auto given = value_of(name);
  if (!given) return 0;
  const std::string& value = *given;
  double number = 0;
  const auto [end, wrong] = std::from_chars(value.data(), value.data() + value.size(), number);
  if (wrong != std::errc() || end != value.data() + value.size() || !(number >= 0 && number <= 1))
    fail(name, "\"" + value + "\" is no share", "give 0 to 1");
  return number;
}

bool Parameters::flag(std::string_view name) {
  return choice(name, flags) == "true";
}

std::string Parameters::day(std::string_view name) {
  auto value = value_of(name);
  if (value && !is_day(*value))
    fail(name, "\"" + *value + "\" is no date", "write 2025-10-24, 2025-10 or 2025");
  return value.value_or("");
}

std::string Parameters::cursor() {
  const auto value = value_of("cursor");
  if (value && (!is_cursor(*value) || code_points(*value) > longest_cursor))
    fail("cursor", "no cursor of this list", "take `next` of the page before as it is");
  return value.value_or("");
}

std::optional<Error> Parameters::fault() {
  if (fault_) return fault_;
  for (const auto& [name, given] : given_) {
    if (!given.read)
      return Error{"E-SRV-02", name, "there is no such parameter here",
                   "docs/openapi.yaml names those there are"};
  }
  return std::nullopt;
}

Filter read_filter(Parameters& parameters, ListKind kind) {
  const bool of_events = kind != ListKind::statements && kind != ListKind::plans;
  Filter filter;
  filter.text = parameters.text("text");
  filter.entity = parameters.text("entity");
  filter.actor = parameters.text("actor");
  filter.recipient = parameters.text("recipient");
  filter.from = parameters.day("from");
  filter.to = parameters.day("to");
  filter.document = parameters.text("document", longest_id);
  filter.source = parameters.text("source");
  if (kind != ListKind::statements) filter.place = parameters.text("place");
  if (kind == ListKind::plans) {
    filter.statuses = parameters.choices("status", plan_statuses);
  } else {
    filter.types = parameters.choices("type", kind == ListKind::statements ? Choices(statement_kinds)
                                              : kind == ListKind::entities ? Choices(entity_kinds)
                                                                           : Choices(event_types));
  }
  if (of_events) {
    filter.speaker = parameters.text("speaker");
    filter.modes = parameters.texts("mode");
    filter.statuses = parameters.choices("status", event_statuses);
    for (const std::string& quad : parameters.choices("quad", quads))
      filter.quads.push_back(quad.front() - '0');
    filter.confidence = parameters.share("confidence");
  }
  if (kind == ListKind::events) filter.wrong = parameters.flag("wrong");
  return filter;
}

Page read_page(Parameters& parameters, ListKind kind, bool pages) {
  Page page;
  if (kind != ListKind::entities) page.oldest_first = parameters.choice("order", orders) == "oldest";
  if (pages) {
    page.limit = parameters.number("limit", 1, 1000, 100);
    page.cursor = parameters.cursor();
    page.count = parameters.flag("count");
  }
  return page;
}

}  // namespace polybius
