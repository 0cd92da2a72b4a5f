// What robots.txt says by RFC 9309, and which addresses are nobody's own.
#include <doctest/doctest.h>

#include "io/io.h"
#include "io/networks.h"
#include "io/robots.h"

using namespace polybius;

namespace {

bool allowed(const std::string& robots, const std::string& path) {
  return RobotsRules::parse(robots, "polybius").allows(path);
}

std::uint32_t ipv4(unsigned a, unsigned b, unsigned c, unsigned d) {
  return a << 24 | b << 16 | c << 8 | d;
}

std::array<std::uint8_t, 16> ipv6(std::initializer_list<unsigned> groups) {
  std::array<std::uint8_t, 16> out{};
  std::size_t at = 0;
  for (const unsigned group : groups) {
    out[at++] = static_cast<std::uint8_t>(group >> 8);
    out[at++] = static_cast<std::uint8_t>(group & 0xff);
  }
  return out;
}

}  // namespace

TEST_CASE("the group that names the reader counts, else the one for all") {
  const std::string robots =
      "# hello\nUser-Agent: *\nDisallow: /\n\nuser-agent: Other\nUser-agent: POLYBIUS/2.0\nDisallow: "
      "/private # not here\n"
      "Sitemap: https://example.org/map.xml\nUser-agent: polybius\nDisallow: /drafts\n";
  CHECK(allowed(robots, "/news"));
  CHECK_FALSE(allowed(robots, "/private/x"));
  CHECK_FALSE(allowed(robots, "/drafts"));
  CHECK_FALSE(RobotsRules::parse(robots, "somebody").allows("/news"));
  CHECK(allowed("User-agent: polybius\n\nUser-agent: x\nDisallow: /a\n", "/b"));
  CHECK(allowed("", "/"));
  CHECK(allowed("User-agent: polybius\nDisallow:\n\nUser-agent: *\nDisallow: /", "/x"));
}

TEST_CASE("the longest rule decides, leave wins where two are as long") {
  const std::string robots =
      "User-agent: *\nDisallow: /news\nAllow: /news/world\nAllow: /page\nDisallow: /page\n";
  CHECK_FALSE(allowed(robots, "/news/local"));
  CHECK(allowed(robots, "/news/world/1"));
  CHECK(allowed(robots, "/page"));
  CHECK(allowed("User-agent: *\nDisallow: /\n", "/robots.txt"));
}

TEST_CASE("wildcards, ends and escapes") {
  CHECK_FALSE(allowed("User-agent: *\nDisallow: /*.pdf$", "/a/b.pdf"));
  CHECK(allowed("User-agent: *\nDisallow: /*.pdf$", "/a/b.pdf?x=1"));
  CHECK_FALSE(allowed("User-agent: *\nDisallow: /*?session=", "/a?session=1"));
  CHECK(allowed("User-agent: *\nDisallow: /a$", "/ab"));
  CHECK_FALSE(allowed("User-agent: *\nDisallow: /a*b*c", "/axxbxxc"));
  CHECK_FALSE(allowed("User-agent: *\nDisallow: /caf\xc3\xa9", "/caf%c3%A9"));
  CHECK_FALSE(allowed("User-agent: *\nDisallow: /%7Ejoe", "/~joe/x"));
  CHECK_FALSE(allowed("\xef\xbb\xbfUser-agent: *\r\nDisallow: /x\r\n", "/x"));
}

TEST_CASE("private, local and reserved addresses are known") {
  for (const auto address : {ipv4(127, 0, 0, 1), ipv4(10, 1, 2, 3), ipv4(172, 31, 0, 1), ipv4(192, 168, 1, 1),
                             ipv4(169, 254, 169, 254), ipv4(100, 64, 0, 1), ipv4(0, 0, 0, 0),
                             ipv4(224, 0, 0, 1), ipv4(255, 255, 255, 255)}) {
    CHECK_FALSE(is_public_ipv4(address));
  }
  CHECK(is_public_ipv4(ipv4(93, 184, 215, 14)));
  CHECK(is_public_ipv4(ipv4(172, 32, 0, 1)));
  CHECK(is_public_ipv4(ipv4(100, 128, 0, 1)));
  for (const auto& address :
       {ipv6({0, 0, 0, 0, 0, 0, 0, 1}), ipv6({0, 0, 0, 0, 0, 0, 0, 0}), ipv6({0xfe80, 0, 0, 0, 0, 0, 0, 1}),
        ipv6({0xfd00, 1}), ipv6({0xff02, 0, 0, 0, 0, 0, 0, 1}), ipv6({0x2001, 0xdb8}), ipv6({0x2001, 0}),
        ipv6({0, 0, 0, 0, 0, 0xffff, 0x7f00, 1}), ipv6({0x64, 0xff9b, 0, 0, 0, 0, 0x0a00, 1}),
        ipv6({0x2002, 0xc0a8, 0x0101})}) {
    CHECK_FALSE(is_public_ipv6(address));
  }
  CHECK(is_public_ipv6(ipv6({0x2606, 0x2800, 0x21f, 0, 0, 0, 0, 1})));
  CHECK(is_public_ipv6(ipv6({0, 0, 0, 0, 0, 0xffff, 0x0808, 0x0808})));
}

TEST_CASE("addresses are told from files, and resolved") {
  CHECK(is_address("HTTPS://example.org/a"));
  CHECK_FALSE(is_address("https.txt"));
  CHECK_FALSE(is_address("http://"));
  CHECK(resolved_address("https://example.org/a/b.rss", "../c") == "https://example.org/c");
  CHECK(resolved_address("https://example.org/a", "https://other.example/x") == "https://other.example/x");
}
