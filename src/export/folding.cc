// Status, date, parties and codes of an event, as formats without a status have them.
#include "export/folding.h"

#include <algorithm>
#include <charconv>

#include "io/io.h"
#include "text/text.h"

namespace polybius {
namespace {

bool is_cooperation(EventType type) {
  return type == EventType::CONSULT || type == EventType::SUPPORT || type == EventType::COOPERATE ||
         type == EventType::AID;
}

/// PLOVER's mode of a threat by what is threatened.
std::string threat_mode(EventType type, const std::string& mode) {
  if (mode == "expel" || mode == "arrest") return mode;
  switch (type) {
    case EventType::ASSAULT:
    case EventType::MOBILIZE:
      return "violence";
    case EventType::SANCTION:
      return "relations";
    case EventType::COERCE:
      return mode == "deport" ? "expel" : mode == "seize" ? "territory" : "restrict";
    default:
      return "";
  }
}

EventType folded_type(const Event& event) {
  if (event.status == Status::threatened) return EventType::THREATEN;
  if (event.status == Status::hypothetical && event.type == EventType::ASSAULT) return EventType::THREATEN;
  if (event.status == Status::planned && is_cooperation(event.type)) return EventType::AGREE;
  if (event.status == Status::planned && event.type == EventType::RETREAT) return EventType::CONCEDE;
  return event.type;
}

/// The context by which PLOVER marks a status; empty for what occurred.
std::string status_context(Status status) {
  switch (status) {
    case Status::planned:
    case Status::threatened:
    case Status::postponed:
      return "future";
    case Status::hypothetical:
      return "hypothetical";
    case Status::cancelled:
    case Status::denied:
      return "negation";
    default:
      return "";
  }
}

std::optional<double> number_in(std::string_view cell) {
  double number = 0;
  const auto [end, fault] = std::from_chars(cell.data(), cell.data() + cell.size(), number);
  if (cell.empty() || fault != std::errc()) return std::nullopt;
  return number;
}

std::string padded_code(std::string code) {
  return code.size() == 2 ? code + "0" : code;
}

bool same_parties(const Event& a, const Event& b) {
  return std::any_of(a.actor.begin(), a.actor.end(), [&](const std::string& id) {
    return std::find(b.actor.begin(), b.actor.end(), id) != b.actor.end();
  });
}

/// Which act of its own tells of an event of that status.
std::optional<EventType> telling_act(Status status) {
  if (status == Status::planned) return EventType::AGREE;
  if (status == Status::threatened) return EventType::THREATEN;
  if (status == Status::cancelled) return EventType::REJECT;
  return std::nullopt;
}

}  // namespace

FoldedEvent ExportOntology::fold(const Event& event) const {
  FoldedEvent out;
  out.type = folded_type(event);
  out.mode = out.type == event.type            ? event.mode
             : out.type == EventType::THREATEN ? threat_mode(event.type, event.mode)
                                               : std::string();
  out.contexts = event.contexts;
  std::string context = status_context(event.status);
  if (!context.empty()) out.contexts.push_back(std::move(context));
  const Row type = lexicon_.find("plover_types", name_of(out.type));
  out.quad = type ? static_cast<int>(number_in(type["quad"]).value_or(event.quad)) : event.quad;
  out.score = type ? number_in(type["score"]) : std::nullopt;
  for (const Row& row : lexicon_.rows("plover_modes")) {
    if (row["type"] != name_of(out.type) || row["mode"] != out.mode) continue;
    const auto score = number_in(row["score"]);
    if (score) out.score = score;
  }
  return out;
}

std::optional<std::string> ExportOntology::cameo_of(const Event& event) const {
  std::string_view root;
  switch (event.status) {
    case Status::occurred:
    case Status::ongoing:
      return padded_code(event.cameo);
    case Status::planned:
      root = "03";
      break;
    case Status::threatened:
      root = "13";
      break;
    default:
      return std::nullopt;
  }
  if (event.cameo.starts_with(root)) return padded_code(event.cameo);
  std::optional<std::string> best;  // the most specific row wins: with the mode before without
  for (const Row& row : lexicon_.rows("plover_to_cameo")) {
    if (row["type"] != name_of(event.type) || row["status"] != name_of(event.status)) continue;
    if (row["mode"].empty() ? !best.has_value() : row["mode"] == event.mode) best = std::string(row["code"]);
  }
  if (!best || !best->starts_with(root)) return std::nullopt;
  return padded_code(*best);
}

std::string ExportOntology::goldstein_of(const std::string& code) const {
  for (std::size_t size = code.size(); size >= 2; --size) {
    const Row row = lexicon_.find("cameo_codes", std::string_view(code).substr(0, size));
    if (row && !row["goldstein"].empty()) return std::string(row["goldstein"]);
  }
  return {};
}

std::string ExportOntology::name_of_code(const std::string& code) const {
  const Row row = lexicon_.find("cameo_codes", code);
  return row ? std::string(row["name"]) : std::string();
}

std::string ExportOntology::country_name(const std::string& iso3) const {
  const Row row = lexicon_.find("countries", iso3);
  return row ? std::string(row["name"]) : std::string();
}

std::string ExportOntology::fips_of(const std::string& iso3) const {
  const Row row = lexicon_.find("countries", iso3);
  return row ? std::string(row["fips"]) : std::string();
}

bool told_by_another(const Record& record, const Event& event) {
  const auto act = telling_act(event.status);
  if (!act) return false;
  return std::any_of(record.events.begin(), record.events.end(), [&](const Event& other) {
    if (other.type != *act || (other.status != Status::occurred && other.status != Status::ongoing))
      return false;
    if (!event.plan.empty() && other.plan == event.plan) return true;
    return other.sentence == event.sentence && same_parties(event, other);
  });
}

std::optional<DayRange> days_of_event(const Record& record, const Event& event) {
  if (event.time) {
    const auto days = days_of_time_value(event.time->value);
    if (days) return days;
  }
  const auto published = Date::from_iso(record.published);
  if (!published) return std::nullopt;
  return DayRange{*published, *published};
}

std::vector<const Entity*> EntityIndex::of(const std::vector<std::string>& ids) const {
  std::vector<const Entity*> found;
  for (const std::string& id : ids) {
    const Entity* entity = find(id);
    if (entity != nullptr) found.push_back(entity);
  }
  return found;
}

const Entity* EntityIndex::find(const std::string& id) const {
  const auto found = by_id_.find(id);
  return found == by_id_.end() ? nullptr : found->second;
}

std::string actor_code(const Entity& entity) {
  if (!entity.codes.cameo.empty()) return entity.codes.cameo.front();
  return {};
}

std::vector<ActorPair> pairs_of(const EntityIndex& entities, const Event& event, const std::string& code) {
  const auto sources = entities.of(event.actor);
  const auto targets = entities.of(event.recipient);
  std::vector<ActorPair> pairs;
  const auto add = [&](const Entity* source, const Entity* target, const std::string& with) {
    const bool coded = (source != nullptr && !actor_code(*source).empty()) ||
                       (target != nullptr && !actor_code(*target).empty());
    if (coded && source != target) pairs.push_back({source, target, with});
  };
  for (const Entity* source : sources) {
    for (const Entity* target : targets) {
      add(source, target, code);
      if (code == "042") add(target, source, "043");
      if (code == "043") add(target, source, "042");
    }
  }
  if (!targets.empty() && sources.empty()) {
    for (const Entity* target : targets) add(nullptr, target, code);
  } else if (targets.empty() && sources.size() == 1) {
    add(sources.front(), nullptr, code);
  } else if (targets.empty()) {  // mutual: each with each, both ways
    for (const Entity* source : sources)
      for (const Entity* target : sources) add(source, target, code);
  }
  return pairs;
}

EventWords words_of_event(const Record& record, const Event& event) {
  EventWords words;
  if (record.text.empty()) return words;
  const Text text(record.text);
  if (event.sentence < record.sentences.size()) words.sentence = text.slice(record.sentences[event.sentence]);
  for (const Span span : event.trigger) {
    if (!words.trigger.empty()) words.trigger += ' ';
    words.trigger += text.slice(span);
  }
  return words;
}

std::string tab_cell(std::string_view text) {
  std::string out(text);
  for (char& byte : out) byte = byte == '\t' || byte == '\n' || byte == '\r' ? ' ' : byte;
  return out;
}

std::string number_text(double number) {
  char digits[64];
  const auto end =
      std::to_chars(digits, digits + sizeof digits, number == 0 ? 0.0 : number, std::chars_format::fixed).ptr;
  return {digits, end};
}

std::string site_of(const Record& record) {
  if (!record.origin.site.empty()) return record.origin.site;
  const std::string_view host = host_of_url(record.origin.url);
  return std::string(host.starts_with("www.") ? host.substr(4) : host);
}

std::int64_t event_number(const std::string& document, const std::string& event) {
  const std::string hash = sha256_hex(std::to_string(document.size()) + ":" + document + event);
  std::uint64_t number = 0;
  std::from_chars(hash.data(), hash.data() + 14, number, 16);
  return static_cast<std::int64_t>(number & ((std::uint64_t{1} << 53) - 1));
}

}  // namespace polybius
