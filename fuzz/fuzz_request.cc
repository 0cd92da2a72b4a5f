// Addresses of requests, of any bytes: decoded text is valid UTF-8, and what the parameters let through keeps
// its promises.
#include <cstdlib>

#include "server/access.h"
#include "server/parameters.h"
#include "text/text.h"

namespace {

void require(bool holds) {
  if (!holds) std::abort();
}

void read_all(const polybius::RequestTarget& target, polybius::ListKind kind) {
  polybius::Parameters parameters(target);
  const polybius::Filter filter = polybius::read_filter(parameters, kind);
  const polybius::Page page = polybius::read_page(parameters, kind, true);
  const bool faulty = parameters.fault().has_value();
  require(faulty || (filter.confidence >= 0 && filter.confidence <= 1));
  require(faulty || (page.limit >= 1 && page.limit <= 1000));
  require(faulty || filter.from.empty() || filter.from.size() == 4 || filter.from.size() == 7 ||
          filter.from.size() == 10);
  for (const int quad : filter.quads) require(faulty || (quad >= 1 && quad <= 4));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  const std::string raw(reinterpret_cast<const char*>(data), size);
  (void)polybius::host_without_port(raw);
  auto target = polybius::parse_target("/" + raw);
  if (!target) return 0;
  require(polybius::valid_utf8(target.value().path));
  for (const auto& parameter : target.value().parameters) {
    require(polybius::valid_utf8(parameter.name) && polybius::valid_utf8(parameter.value));
    require(parameter.value.find('\0') == std::string::npos);
  }
  for (const auto kind :
       {polybius::ListKind::events, polybius::ListKind::statements, polybius::ListKind::plans,
        polybius::ListKind::entities, polybius::ListKind::documents})
    read_all(target.value(), kind);
  polybius::Request request;
  request.raw_target = raw;
  request.host = request.origin = request.cookie = request.authorization = raw;
  request.hosts = 1;
  request.target = std::move(target).value();
  require(polybius::refusal_of({true, {}, "0123456789abcdef"}, request).has_value());
  return 0;
}
