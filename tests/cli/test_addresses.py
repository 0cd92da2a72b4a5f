#!/usr/bin/env python3
"""Addresses as inputs, against a server on loopback: limits, redirects, private networks, robots.txt, packed answers.

Usage: test_addresses.py PROGRAM
"""
import gzip
import json
import os
import shutil
import ssl
import subprocess
import time
import unittest
import zlib

from loopback import Site
from test_cli import InAFolder, STORY, run

PAGE = ("<html><head><title>A summit</title><meta charset='utf-8'></head><body><article><h1>A summit</h1>" +
        "".join(f"<p>{line}</p>" for line in STORY.splitlines()) +
        "<p>Officials in both capitals said the talks had been prepared for several weeks by their ministries.</p></article></body></html>")


def brotli_of(data):
    """A Brotli stream of uncompressed blocks (RFC 7932, 9.2)."""
    out = bytearray()
    bits, count = 0, 1  # WBITS 16 is the single bit 0
    for at in range(0, len(data), 65536):
        piece = data[at:at + 65536]
        # ISLAST 0, MNIBBLES 4 (two bits 0), MLEN - 1 in 16 bits, ISUNCOMPRESSED 1
        bits |= (len(piece) - 1) << (count + 3) | 1 << (count + 19)
        count += 20
        out += bits.to_bytes((count + 7) // 8, "little") + piece
        bits, count = 0, 0
    return bytes(out) + b"\x03"


class Addresses(InAFolder):
    def site(self, pages, **options):
        site = Site(pages, **options)
        self.addCleanup(site.close)
        return site

    def extract(self, *arguments, check=0):
        done = run("extract", "--allow-private", "--pause", "0", *arguments, check=check, folder=self.folder)
        return [json.loads(line) for line in done.stdout.splitlines()], done.stderr

    def refused(self, code, *arguments):
        _, message = self.extract(*arguments, check=3)
        self.assertIn(code, message)
        return message

    def test_a_page_is_read_with_its_address(self):
        site = self.site({"/news/summit.html": PAGE.encode()})
        article = self.extract(site.url + "/news/summit.html")[0][0]
        self.assertEqual(article["id"], site.url + "/news/summit.html")
        self.assertEqual(article["origin"]["url"], article["url"])
        self.assertIn("“We will meet again,”", article["text"])
        self.assertEqual(site.paths(), ["/robots.txt", "/news/summit.html"])
        self.assertTrue(site.asked[1][1]["User-Agent"].startswith("polybius/"))

    def test_a_feed_and_a_table_are_read_too(self):
        rss = f"<rss><channel><item><guid>g1</guid><title>T</title><description>{STORY}</description></item></channel></rss>"
        site = self.site({"/rss": rss.encode(), "/a.jsonl.gz": gzip.compress(json.dumps({"id": "j", "text": STORY}).encode())})
        self.assertEqual([a["id"] for a in self.extract(site.url + "/rss", site.url + "/a.jsonl.gz")[0]], ["g1", "j"])

    def test_parse_reads_addresses_too(self):
        site = self.site({"/a": b"Ministers met."})
        self.assertIn("met\tmeet", run("parse", "--allow-private", site.url + "/a", check=0).stdout)

    def test_the_server_names_the_charset(self):
        text = "Präsident Müller traf Außenminister Groß in Köln. " * 3
        site = self.site({"/a": (200, {"Content-Type": "text/plain; charset=ISO-8859-1"}, text.encode("latin-1"))})
        self.assertIn("Außenminister Groß", self.extract(site.url + "/a")[0][0]["text"])

    def test_packed_answers_are_unpacked(self):
        body = (STORY * 400).encode()
        raw = zlib.compressobj(wbits=-15)
        packed = {"gzip": gzip.compress(body), "deflate": zlib.compress(body), "br": brotli_of(body)}
        site = self.site({f"/{name}": (200, {"Content-Encoding": name}, data) for name, data in packed.items()} |
                         {"/raw": (200, {"Content-Encoding": "deflate"}, raw.compress(body) + raw.flush())})
        texts = {a["text"] for a in self.extract(*[f"{site.url}/{name}" for name in [*packed, "raw"]])[0]}
        self.assertEqual(len(texts), 1)
        self.assertGreater(len(texts.pop()), 40_000)

    def test_bombs_and_long_answers_end_at_the_limit(self):
        bomb = gzip.compress(b"a b c " * (5 << 20))
        site = self.site({"/bomb": (200, {"Content-Encoding": "gzip"}, bomb), "/long": b"x " * (2 << 20),
                          "/br": (200, {"Content-Encoding": "br"}, brotli_of(b"x " * (2 << 20)))})
        for name in ("bomb", "long", "br"):
            message = self.refused("E-NET-05", "--fetch-limit", "2", f"{site.url}/{name}")
            self.assertIn("--fetch-limit", message)

    def test_a_slow_or_cut_answer_is_named(self):
        def slow(handler):
            time.sleep(4)
            return b"late"
        site = self.site({"/slow": slow, "/cut": (200, {"Content-Length": "1000"}, b"short"), "/gone": lambda handler: None,
                          "/broken": (200, {"Content-Encoding": "gzip"}, b"\x1f\x8b\x08" + b"nonsense" * 9)})
        self.refused("E-NET-06", "--fetch-seconds", "1", site.url + "/slow")
        site.pages["/cut"] = lambda handler: (setattr(handler, "close_connection", True), (200, {"Content-Length": "1000"}, b"short"))[1]
        for name in ("cut", "gone", "broken"):
            self.refused("E-NET-09", f"{site.url}/{name}")

    def test_redirects_are_followed_and_counted(self):
        def to(place):
            return (302, {"Location": place}, b"")
        site = self.site({"/a": to("b?x=1"), "/b?x=1": to("/c"), "/c": STORY.encode(), "/loop": to("/loop"), "/file": to("file:///etc/passwd")})
        self.assertEqual(self.extract(site.url + "/a")[0][0]["id"], site.url + "/c")
        self.refused("E-NET-07", site.url + "/loop")
        self.refused("E-NET-01", site.url + "/file")

    def test_statuses_are_named_and_cost_no_other(self):
        site = self.site({"/ok": STORY.encode(), "/busy": (503, {"Retry-After": "120"}, b"")})
        articles, message = self.extract(site.url + "/nothing", site.url + "/ok", site.url + "/busy", check=1)
        self.assertEqual(len(articles), 1)
        self.assertIn("404", message)
        self.assertIn("120", message)

    def test_private_networks_are_refused_unless_allowed(self):
        site = self.site({"/a": STORY.encode()})
        for url in (site.url + "/a", site.url.replace("127.0.0.1", "localhost") + "/a", site.url.replace("127.0.0.1", "[::1]") + "/a",
                    site.url.replace("127.0.0.1", "0x7f.1") + "/a", "http://169.254.169.254/latest", "http://[::ffff:10.0.0.1]/"):
            done = run("extract", "--pause", "0", "--fetch-seconds", "5", url, check=3)
            self.assertIn("E-NET-03", done.stderr, url)
            self.assertIn("--allow-private", done.stderr)
        self.assertEqual(site.asked, [])

    def test_the_environment_leads_nowhere_else(self):
        site = self.site({"/a": STORY.encode()})
        os.environ["http_proxy"] = "http://127.0.0.1:9"
        self.addCleanup(os.environ.pop, "http_proxy")
        self.assertEqual(len(self.extract(site.url + "/a")[0]), 1)

    def test_robots_are_heeded_also_behind_redirects(self):
        other = self.site({"/robots.txt": b"User-agent: polybius\nDisallow: /secret\n", "/secret": STORY.encode(), "/open": STORY.encode()})
        site = self.site({"/robots.txt": b"User-agent: *\nDisallow: /no\nAllow: /no/but\n", "/no/x": STORY.encode(),
                          "/no/but": STORY.encode(), "/away": (301, {"Location": other.url + "/secret"}, b"")})
        self.refused("E-NET-04", site.url + "/no/x")
        self.refused("E-NET-04", site.url + "/away")
        self.assertNotIn("/no/x", site.paths())
        self.assertNotIn("/secret", other.paths())
        self.assertEqual(len(self.extract(site.url + "/no/but", other.url + "/open")[0]), 2)
        self.refused("E-NET-04", "--user-agent", "polybius/9 (me)", other.url + "/secret")
        self.assertEqual(len(self.extract("--user-agent", "somebody", other.url + "/secret")[0]), 1)

    def test_a_site_whose_robots_fail_is_left_alone(self):
        site = self.site({"/robots.txt": (503, {}, b""), "/a": STORY.encode()})
        self.refused("E-NET-04", site.url + "/a")

    def test_robots_are_read_once(self):
        site = self.site({"/a": STORY.encode(), "/b": (STORY * 2).encode()})
        self.extract(site.url + "/a", site.url + "/b")
        self.assertEqual(site.paths().count("/robots.txt"), 1)

    def test_nobody_there_is_named(self):
        site = Site({})
        site.close()
        self.refused("E-NET-02", site.url + "/a")
        self.refused("E-NET-01", "http://exa mple/")

    @unittest.skipUnless(shutil.which("openssl"), "no openssl")
    def test_https_wants_a_root_it_knows(self):
        subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-keyout", "key.pem", "-out", "root.pem", "-days", "2",
                        "-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1"], cwd=self.folder, check=True, capture_output=True)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.folder / "root.pem", self.folder / "key.pem")
        site = self.site({"/a": STORY.encode()}, context=context)
        self.assertIn("--certificates", self.refused("E-NET-02", site.url + "/a"))
        self.assertEqual(len(self.extract("--certificates", "root.pem", site.url + "/a")[0]), 1)


if __name__ == "__main__":
    unittest.main()
