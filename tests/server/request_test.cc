// Requests read and refused, without a server.
#include <doctest/doctest.h>

#include "server/access.h"
#include "server/answer_cache.h"
#include "server/parameters.h"

namespace polybius {
namespace {

RequestTarget target_of(const std::string& raw) {
  auto target = parse_target(raw);
  REQUIRE(target);
  return std::move(target).value();
}

std::string fault_of(const std::string& query, ListKind kind = ListKind::events) {
  const RequestTarget target = target_of("/api?" + query);
  Parameters parameters(target);
  (void)read_filter(parameters, kind);
  (void)read_page(parameters, kind, true);
  const auto fault = parameters.fault();
  return fault ? fault->code + " " + fault->place : "";
}

Request request_to(const std::string& host) {
  Request request;
  request.target.path = "/";
  request.host = host;
  request.hosts = 1;
  return request;
}

int status_of(const AccessRules& rules, const Request& request) {
  const auto refusal = refusal_of(rules, request);
  return refusal ? refusal->status : 200;
}

}  // namespace

TEST_CASE("addresses are percent-encoded UTF-8") {
  const RequestTarget target =
      target_of("/api/documents/a%2Fb+c?actor=Anna+Holt&type=AID&type=ASSAULT&x&&y=%00");
  CHECK(target.path == "/api/documents/a/b+c");
  REQUIRE(target.parameters.size() == 5);
  CHECK(target.parameters[0].value == "Anna Holt");
  CHECK(target.parameters[3].value.empty());
  CHECK(target.parameters[4].value == "\xEF\xBF\xBD");
  for (const char* raw :
       {"", "api", "*", "http://x/", "/%", "/%4", "/?a=%zz", "/%FF", "/?a=%C0%80", "/?a=%ED%A0%80"})
    CHECK_FALSE(parse_target(raw).ok());
}

TEST_CASE("a parameter is taken in its form only, and once") {
  CHECK(
      fault_of(
          "actor=x&type=AID&quad=4&from=2024-02-29&to=2025&confidence=0.5&limit=1000&order=oldest&count=true")
          .empty());
  CHECK(fault_of("cursor=-5.0.a.b").empty());
  CHECK(fault_of("actor=&mode=").empty());
  for (const char* name : {"type", "from", "cursor", "limit", "order", "confidence", "wrong"})
    CHECK(fault_of(std::string(name) + "=") == std::string("E-SRV-03 ") + name);
  CHECK(fault_of("from=2025-02-29") == "E-SRV-03 from");
  CHECK(fault_of("from=0999") == "E-SRV-03 from");
  CHECK(fault_of("from=2025-W01") == "E-SRV-03 from");
  CHECK(fault_of("to=2025-1") == "E-SRV-03 to");
  CHECK(fault_of("limit=1e2") == "E-SRV-03 limit");
  CHECK(fault_of("limit=-1") == "E-SRV-03 limit");
  CHECK(fault_of("confidence=nan") == "E-SRV-03 confidence");
  CHECK(fault_of("cursor=1.2") == "E-SRV-03 cursor");
  CHECK(fault_of("actor=a&actor=a") == "E-SRV-02 actor");
  CHECK(fault_of("actr=a") == "E-SRV-02 actr");
  CHECK(fault_of("type=direct") == "E-SRV-03 type");
  CHECK(fault_of("type=direct", ListKind::statements).empty());
  CHECK(fault_of("type=AID", ListKind::plans) == "E-SRV-02 type");
  CHECK(fault_of("status=not_ruled_out", ListKind::plans).empty());
  CHECK(fault_of("order=oldest", ListKind::entities) == "E-SRV-02 order");
  CHECK(fault_of("actor=" + std::string(201, 'x')) == "E-SRV-03 actor");
}

TEST_CASE("only the server's own names are answered to") {
  const AccessRules loopback{true, {"news.example"}, ""};
  for (const char* host : {"localhost:8080", "127.0.0.1", "[::1]:1", "NEWS.example:8080"})
    CHECK(status_of(loopback, request_to(host)) == 200);
  for (const char* host : {"evil.example", "10.0.0.1", "localhost.evil.example", "0.0.0.0"})
    CHECK(status_of(loopback, request_to(host)) == 421);
  for (const char* host : {"", ":80", "[::1", "localhost:80x", "localhost/"})
    CHECK(status_of(loopback, request_to(host)) >= 400);
  const AccessRules opened{false, {}, "0123456789abcdef"};
  CHECK(status_of(opened, request_to("10.0.0.1:8080")) == 401);
  CHECK(status_of(opened, request_to("evil.example")) == 421);
}

TEST_CASE("the token opens, by header, cookie or once by address") {
  const AccessRules rules{true, {}, "0123456789abcdef"};
  Request request = request_to("localhost");
  CHECK(status_of(rules, request) == 401);
  request.authorization = "Bearer 0123456789abcdeX";
  CHECK(status_of(rules, request) == 401);
  request.authorization = "bearer 0123456789abcdef";
  CHECK(status_of(rules, request) == 200);
  request.authorization.clear();
  request.cookie = "a=b; polybius_token=0123456789abcdef";
  CHECK(status_of(rules, request) == 200);
  request.cookie = "xpolybius_token=0123456789abcdef";
  CHECK(status_of(rules, request) == 401);
  request.target.parameters = {{"token", "0123456789abcdef"}};
  CHECK(status_of(rules, request) == 200);
  CHECK(token_reply(rules).status == 303);
  request.target.path = "/api/events";
  CHECK(status_of(rules, request) == 401);
}

TEST_CASE("pages of other sites are refused") {
  const AccessRules rules{true, {}, ""};
  Request request = request_to("localhost:8080");
  request.origin = "http://localhost:8080";
  CHECK(status_of(rules, request) == 200);
  for (const char* origin :
       {"null", "http://localhost:8081", "http://evil.example", "http://localhost:8080.evil.example"}) {
    request.origin = origin;
    CHECK(status_of(rules, request) == 403);
  }
}

TEST_CASE("answers are kept until the store changes, those asked for last") {
  AnswerCache cache(16384);
  const ReplyBody body = make_body(std::string(500, 'x'), true);
  cache.keep("a", 1, body);
  CHECK(cache.find("a", 1).has_value());
  CHECK_FALSE(cache.find("a", 2).has_value());
  cache.keep("b", 2, body);
  CHECK_FALSE(cache.find("a", 1).has_value());
  cache.keep("late", 1, body);
  CHECK_FALSE(cache.find("late", 1).has_value());
  for (int i = 0; i < 100; ++i) cache.keep("n" + std::to_string(i), 2, body);
  CHECK(cache.find("n99", 2).has_value());
  CHECK_FALSE(cache.find("b", 2).has_value());
}

TEST_CASE("a body goes out packed, plain, or not again") {
  const ReplyBody body = make_body(std::string(5000, 'x'), true);
  Request request = request_to("localhost");
  CHECK(reply_with(request, body, "text/plain", "no-cache").body == body.plain);
  request.accept_encoding = "br, gzip;q=0.2";
  CHECK(reply_with(request, body, "text/plain", "no-cache").body == body.packed);
  request.accept_encoding = "gzip;q=0";
  CHECK(reply_with(request, body, "text/plain", "no-cache").body == body.plain);
  request.if_none_match = "\"y\", W/\"" + body.etag + "\"";
  CHECK(reply_with(request, body, "text/plain", "no-cache").status == 304);
  request.if_none_match = "\"" + body.etag;
  CHECK(reply_with(request, body, "text/plain", "no-cache").status == 200);
}

TEST_CASE("a problem names its status, code and parameter") {
  CHECK(
      problem_json(400, {"E-SRV-03", "from", "\"x\" is no date", "write 2025"}) ==
      R"({"type":"about:blank","title":"Bad Request","status":400,"detail":"\"x\" is no date; write 2025","code":"E-SRV-03","parameter":"from"})");
}

}  // namespace polybius
