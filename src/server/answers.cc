// Lists, counts and records as JSON.
#include "server/answers.h"

#include <array>

#include "polybius/json.h"

namespace polybius {
namespace {

constexpr std::array<std::string_view, 12> facet_names{"type",  "mode",      "status",  "quad",
                                                       "actor", "recipient", "speaker", "country",
                                                       "place", "source",    "month",   "year"};
constexpr std::array<std::string_view, 4> periods{"month", "day", "week", "year"};
constexpr std::size_t most_top = 1000;

template <typename Row>
std::string rows_json(const std::vector<Row>& rows) {
  std::string out = "{\"rows\":[";
  bool first = true;
  for (const Row& row : rows) {
    if (!first) out += ',';
    first = false;
    out += to_json(row);
  }
  return out + "]";
}

template <typename Row>
std::string page_json(const Found<Row>& found) {
  std::string out = rows_json(found.rows);
  if (!found.next.empty()) {
    out += ",\"next\":";
    append_json_string(out, found.next);
  }
  if (found.total) out += ",\"total\":" + std::to_string(*found.total);
  return out + "}";
}

template <typename Row>
Result<std::string> json_of(const Result<Found<Row>>& found) {
  if (!found) return found.error();
  return page_json(found.value());
}
template <typename Row>
Result<std::string> json_of(const Result<std::vector<Row>>& rows) {
  if (!rows) return rows.error();
  return rows_json(rows.value()) + "}";
}

template <typename Row>
Result<std::string> answer_list(Question& question, ListKind kind,
                                Result<Found<Row>> (*find)(Store&, const Catalogue&, const Filter&,
                                                           const Page&)) {
  const Filter filter = read_filter(question.parameters, kind);
  const Page page = read_page(question.parameters, kind, true);
  if (auto fault = question.parameters.fault()) return *fault;
  return json_of(find(question.store, question.catalogue, filter, page));
}

Result<std::string> answer_events(Question& question) {
  return answer_list<EventRow>(question, ListKind::events, find_events);
}
Result<std::string> answer_statements(Question& question) {
  return answer_list<StatementRow>(question, ListKind::statements, find_statements);
}
Result<std::string> answer_plans(Question& question) {
  return answer_list<PlanRow>(question, ListKind::plans, find_plans);
}
Result<std::string> answer_entities(Question& question) {
  return answer_list<EntityRow>(question, ListKind::entities, find_entities);
}
Result<std::string> answer_documents(Question& question) {
  return answer_list<DocumentRow>(question, ListKind::documents, find_documents);
}

Result<std::string> answer_timeline(Question& question) {
  const Filter filter = read_filter(question.parameters, ListKind::events);
  const std::string period = question.parameters.choice("period", periods);
  if (auto fault = question.parameters.fault()) return *fault;
  return json_of(find_timeline(question.store, question.catalogue, filter, period));
}

Result<std::string> answer_facets(Question& question) {
  const Filter filter = read_filter(question.parameters, ListKind::events);
  std::vector<std::string> names = question.parameters.choices("facet", facet_names);
  const std::size_t top = question.parameters.number("top", 1, most_top, 10);
  if (auto fault = question.parameters.fault()) return *fault;
  if (names.empty()) names = {"type", "status", "quad"};
  return json_of(count_facets(question.store, question.catalogue, filter, names, top));
}

Result<std::string> answer_pairs(Question& question) {
  const Filter filter = read_filter(question.parameters, ListKind::events);
  const std::size_t top = question.parameters.number("top", 1, most_top, 10);
  if (auto fault = question.parameters.fault()) return *fault;
  return json_of(count_pairs(question.store, question.catalogue, filter, top));
}

Result<std::string> answer_places(Question& question) {
  const Filter filter = read_filter(question.parameters, ListKind::events);
  const std::size_t top = question.parameters.number("top", 1, most_top, 10);
  if (auto fault = question.parameters.fault()) return *fault;
  return json_of(count_places(question.store, question.catalogue, filter, top));
}

Result<std::string> answer_search(Question& question) {
  Filter filter;
  filter.text = question.parameters.text("text");
  Page page;
  page.limit = question.parameters.number("limit", 1, 50, 5);
  page.count = true;
  if (auto fault = question.parameters.fault()) return *fault;
  if (filter.text.empty()) return Error{"E-SRV-03", "text", "is missing", "give the words to look for"};
  std::string out = "{";
  const auto add = [&](std::string_view name, const auto& found) -> std::optional<Error> {
    if (!found) return found.error();
    out += (out.size() > 1 ? ",\"" : "\"") + std::string(name) + "\":" + page_json(found.value());
    return std::nullopt;
  };
  auto& store = question.store;
  const auto& catalogue = question.catalogue;
  std::optional<Error> fault = add("entities", find_entities(store, catalogue, filter, page));
  if (!fault) fault = add("plans", find_plans(store, catalogue, filter, page));
  if (!fault) fault = add("events", find_events(store, catalogue, filter, page));
  if (!fault) fault = add("statements", find_statements(store, catalogue, filter, page));
  if (!fault) fault = add("documents", find_documents(store, catalogue, filter, page));
  if (fault) return *fault;
  return out + "}";
}

Error no_such(std::string_view what) {
  return Error{"E-SRV-04", "", "there is no such " + std::string(what),
               "its id, percent-encoded, ends the address"};
}

Result<std::string> answer_document(Question& question) {
  if (auto fault = question.parameters.fault()) return *fault;
  const auto record = question.store.record(question.id);
  if (!record) return no_such("document");
  return to_json(*record);
}

Result<std::string> answer_dossier(Question& question) {
  if (auto fault = question.parameters.fault()) return *fault;
  auto json = dossier_json(question.store, question.id);
  if (!json) return no_such("dossier");
  return *json;
}

Result<std::string> answer_store(Question& question) {
  if (auto fault = question.parameters.fault()) return *fault;
  return store_state_json(question.catalogue);
}

struct AnswerRoute {
  std::string_view path;
  AnswerQuestion answer;
};
constexpr std::array routes{
    AnswerRoute{"/api/events", answer_events},       AnswerRoute{"/api/statements", answer_statements},
    AnswerRoute{"/api/plans", answer_plans},         AnswerRoute{"/api/entities", answer_entities},
    AnswerRoute{"/api/documents", answer_documents}, AnswerRoute{"/api/documents/", answer_document},
    AnswerRoute{"/api/dossiers/", answer_dossier},   AnswerRoute{"/api/search", answer_search},
    AnswerRoute{"/api/timeline", answer_timeline},   AnswerRoute{"/api/facets", answer_facets},
    AnswerRoute{"/api/pairs", answer_pairs},         AnswerRoute{"/api/places", answer_places},
    AnswerRoute{"/api/store", answer_store}};

}  // namespace

AnswerQuestion answer_of_path(std::string_view path) {
  for (const AnswerRoute& route : routes)
    if (route.path == path) return route.answer;
  return nullptr;
}

std::string store_state_json(const Catalogue& catalogue) {
  const auto member = [](std::string_view name, auto number) {
    return ",\"" + std::string(name) + "\":" + std::to_string(number);
  };
  return "{\"version\":\"" POLYBIUS_VERSION "\"" + member("revision", catalogue.revision()) +
         member("documents", catalogue.documents()) + member("events", catalogue.events()) +
         member("statements", catalogue.statements()) + member("plans", catalogue.plans()) +
         member("entities", catalogue.entities()) + "}";
}

}  // namespace polybius
