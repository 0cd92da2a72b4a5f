"""The web page as readers use it, in a real Chromium that reaches no network: clicks, keys, addresses, hostile texts, axe-core.

usage: test_page.py POLYBIUS SOURCE_FOLDER BUILD_FOLDER [NAME...]
"""

import pathlib
import subprocess
import sys
import tempfile
import unittest
import urllib.request

from hostile import write_records
from page import DOWN, ENTER, RIGHT, SIZES, VIEWS, Browser, Page, Server

POLYBIUS, SOURCES, BUILD = sys.argv[1:4]
ARTICLE = "Turkey and Greece signed an agreement in Ankara on Friday. The summit was called off, Foreign Minister Nikos Dendias said."
WIDER = "return document.documentElement.scrollWidth > document.documentElement.clientWidth ? document.documentElement.scrollWidth : 0"


class PageCase(unittest.TestCase):
    """One store, one server, one window for all tests of a class."""

    @classmethod
    def inputs(cls, folder):
        return [f"{SOURCES}/examples"]

    @classmethod
    def setUpClass(cls):
        folder = pathlib.Path(cls.enterClassContext(tempfile.TemporaryDirectory()))
        subprocess.run([POLYBIUS, "load", "--db", folder / "news.db", *cls.inputs(folder)], check=True, stderr=subprocess.DEVNULL)
        cls.server = cls.enterClassContext(Server(POLYBIUS, folder / "news.db"))
        cls.page = cls.enterClassContext(Page())
        cls.page.size(*SIZES["wide"])
        cls.page.media()

    def visit(self, search=""):
        self.page.visit(f"{self.server.address}/{search}")

    def tearDown(self):
        self.page.size(*SIZES["wide"])
        self.page.media()
        loaded = self.page.run("return performance.getEntriesByType('resource').map(entry => entry.name)")
        self.assertEqual([name for name in loaded if not name.startswith(self.server.address)], [], "something came from elsewhere")
        self.assertEqual(self.page.complaints(), [], "the console complains")


class Reading(PageCase):
    def test_three_clicks_tell_what_became_of_the_summit(self):
        self.visit()
        self.page.click_on("nav a", "Plans")
        self.page.click_on("main a.lead", "Summit")
        self.assertIn("not ruled out", self.page.text("main .lede"))
        self.assertIn("called off", self.page.text("main .timeline"))
        self.page.click_on("main .step:last-child .source a")
        self.assertIn("A summit that was already cancelled may still be held.", self.page.text(".prose .on").replace("\n", ""))
        shown = "const box = document.querySelector('.prose .on').getBoundingClientRect(); return box.top >= 0 && box.bottom <= innerHeight"
        self.assertTrue(self.page.run(shown), "the evidence is not in sight")

    def test_filters_live_in_the_address(self):
        self.visit("?view=events")
        before = self.page.text("main .found")
        self.page.click_on(".facet.q4")
        self.page.run("document.querySelector('.search input').value = 'summit'; document.querySelector('.search button').click()")
        self.page.settle()
        held, address = self.page.text("main .found"), self.page.here()
        self.assertNotEqual(before, held)
        self.assertIn("quad=4", address)
        self.assertIn("text=summit", address)
        self.page.visit(self.server.address + "/" + address)
        self.assertEqual(self.page.text("main .found"), held)
        self.assertEqual(self.page.number(".chips button"), 3)  # two filters, and "clear all"
        self.page.click_on(".chips button", "Clear all")
        self.page.run("history.back()")
        self.page.until("return location.search === arguments[0]", "back", address)
        self.page.settle()
        self.assertEqual(self.page.text("main .found"), held)

    def test_a_name_stays_a_name_when_the_address_has_its_id(self):
        self.visit("?view=parties")
        self.page.click_on("main a.party", "Donald Trump")
        self.assertRegex(self.page.here(), r"entity=Q\d+")
        self.page.visit(self.server.address + "/" + self.page.here())
        self.page.until("return document.querySelector('.chips').textContent.includes('Donald Trump')", "the name")

    def test_every_figure_leads_to_its_evidence(self):
        for view in ("?view=time", "?view=time&by=type", "?view=map", "?view=network&as=matrix", "?view=network"):
            with self.subTest(view):
                self.visit(view)
                spot = "main .figure [data-spot]" if view != "?view=network" else "main .figure a:has(.tie)"
                address = self.page.until("return document.querySelector(arguments[0])?.getAttribute('href')", "a mark", spot)
                told = self.page.run("const e = document.querySelector(arguments[0]); return e.getAttribute('aria-label') || e.querySelector('title').textContent", spot)
                self.page.visit(f"{self.server.address}/{address}")
                self.assertIn(self.page.text("main .found").split()[0], told.split(), f"another number of events than the mark tells: {told}")
                self.page.click_on("main .finding .source a")
                self.assertGreater(self.page.number(".prose .m.on"), 0)

    def test_an_article_is_read_and_not_kept(self):
        self.visit("?view=documents")
        documents = self.page.text("main .found")
        self.page.click_on(".read-link")
        self.page.fill("textarea", ARTICLE)
        self.page.click_on(".read .primary")
        self.page.until("return document.querySelector('.findings')", "the brief")
        self.assertIn("Ankara", self.page.text(".findings"))
        self.page.click_on(".findings .finding button.to")
        self.assertGreater(self.page.number(".prose .m.on"), 0)
        self.page.click_on("nav a", "Documents")
        self.assertEqual(self.page.text("main .found"), documents)

    def test_a_file_is_dropped_anywhere(self):
        self.visit("?view=map")
        self.page.run(
            "const data = new DataTransfer(); data.items.add(new File([arguments[0]], 'a.txt', {type: 'text/plain'}));"
            "for (const kind of ['dragover', 'drop']) window.dispatchEvent(new DragEvent(kind, {dataTransfer: data, cancelable: true, bubbles: true}))", ARTICLE)
        self.page.until("return document.querySelector('.findings')", "the brief")
        self.assertIn("Greece", self.page.text(".prose"))

    def test_what_is_seen_can_be_saved(self):
        self.visit("?view=events&quad=4")
        total = int(self.page.text("main .found").split()[0])
        links = self.page.run("return [...document.querySelectorAll('.menu a')].map(a => a.href)")
        self.assertGreaterEqual(len(links), 8)
        for link in links:
            with self.subTest(link), urllib.request.urlopen(link, timeout=60) as answer:
                body = answer.read().decode()
                self.assertIn("attachment", answer.headers["Content-Disposition"])
                if "format=jsonl" in link:
                    self.assertEqual(len(body.splitlines()), total)
                self.assertTrue(body)


class Keys(PageCase):
    def test_the_story_without_a_mouse(self):
        self.visit()
        self.page.tab_to(".skip")
        self.page.press(ENTER)
        self.assertTrue(self.page.run("return document.activeElement.matches('main')"))
        self.visit()
        self.page.tab_to(".search input")
        self.page.type("summit" + ENTER)
        self.page.until("return location.search.includes('text=summit')", "the search")
        self.page.settle()
        self.page.tab_to("nav a", "Plans")
        self.page.press(ENTER)
        self.page.settle()
        self.assertTrue(self.page.run("return document.activeElement.matches('main')"), "a new view does not begin at its beginning")
        self.page.tab_to("main a.lead", "Summit")
        self.page.press(ENTER)
        self.page.settle()
        self.page.tab_to("main .source a")
        self.page.press(ENTER)
        self.page.until("return document.querySelector('.prose .on')", "the evidence")

    def test_a_figure_is_one_stop_and_arrows_go_through_it(self):
        for view, key in (("?view=time", RIGHT), ("?view=network", RIGHT), ("?view=network&as=matrix", DOWN), ("?view=map", RIGHT)):
            with self.subTest(view):
                self.visit(view)
                self.page.until("return document.querySelector('main .figure [data-spot]')", "a mark")
                self.assertEqual(self.page.number("main .figure [data-spot][tabindex='0']"), 1)
                self.page.tab_to("main .figure [data-spot]")
                first = self.page.run("return document.activeElement.getAttribute('aria-label')")
                self.page.press(key)
                self.assertNotEqual(self.page.run("return document.activeElement.getAttribute('aria-label')"), first)
                self.page.press(ENTER)
                self.page.until("return !location.search.includes('view=" + view.split("=")[1].split("&")[0] + "')", "a step")
                self.page.settle()


class Looks(PageCase):
    def documents(self):
        return ["?view=document&document=summit&item=v1", "?view=plan&document=summit&item=p1"]

    def test_nothing_is_wider_than_the_window(self):
        for name, size in SIZES.items():
            self.page.size(*size)
            for view in VIEWS + self.documents():
                with self.subTest(view, width=name):
                    self.visit(view)
                    self.assertEqual(self.page.run(WIDER), 0)

    def test_axe_finds_nothing_serious(self):
        script = next(pathlib.Path(BUILD).glob("venv/lib/python*/site-packages/axe_playwright_python/axe.min.js"), None)
        if script is None:
            self.skipTest("axe.min.js is not installed; tools/setup.sh test")
        axe = script.read_text(encoding="utf-8")
        ask = "const done = arguments[0]; axe.run({resultTypes: ['violations']}).then(found => done(found.violations.map(v => `${v.impact} ${v.id}: ${v.nodes[0].html.slice(0, 160)}`)))"
        for width, dark in (("wide", False), ("wide", True), ("phone", False)):
            self.page.size(*SIZES[width])
            self.page.media(dark=dark)
            for view in VIEWS + self.documents():
                with self.subTest(view, width=width, dark=dark):
                    self.visit(view)
                    self.page.run(axe + ";window.axe = axe")
                    found = self.page.run_later(ask)
                    self.assertEqual([one for one in found if one.startswith(("serious", "critical"))], [])

    def test_paper_bears_the_answer_and_not_the_knobs(self):
        self.page.media("print")
        self.visit("?view=events&text=summit")
        shown = "return [...document.querySelectorAll(arguments[0])].filter(e => e.getClientRects().length).length"
        for knobs in (".masthead", ".rail", ".menu", ".tools"):
            self.assertEqual(self.page.run(shown, knobs), 0, knobs)
        for answer in (".finding", ".chips", "h1"):
            self.assertGreater(self.page.run(shown, answer), 0, answer)


class Attacks(PageCase):
    @classmethod
    def inputs(cls, folder):
        cls.number = write_records(folder / "hostile.jsonl")
        return [folder / "hostile.jsonl"]

    def expect_no_script_ran(self, where):
        self.assertEqual(self.page.run("return window.ran || 0"), 0, f"{where}: a script ran")
        made = "return [...document.querySelectorAll('iframe, object, embed, base, marquee, form[action], script:not([src=\"/page.js\"]), a[href^=\"javascript:\" i]')].map(e => e.outerHTML)"
        self.assertEqual(self.page.run(made), [], f"{where}: stored text became markup")
        handlers = "return [...document.querySelectorAll('*')].filter(e => [...e.attributes].some(a => a.name.startsWith('on'))).map(e => e.outerHTML.slice(0, 200))"
        self.assertEqual(self.page.run(handlers), [], f"{where}: stored text became a handler")

    def test_no_stored_text_runs(self):
        self.assertEqual(self.number, 300)
        for view in VIEWS:
            self.visit(view)
            if view in ("?view=events", "?view=plans", "?view=statements", "?view=parties"):
                while self.page.number("main button.further"):
                    self.page.click_on("main button.further")
            self.expect_no_script_ran(view)
            if view == "?view=events":
                self.assertEqual(self.page.number("main .finding"), 300)
        self.visit("?view=documents")
        addresses = self.page.run("return [...document.querySelectorAll('main .card a')].map(a => a.getAttribute('href'))")
        self.assertEqual(len(addresses), 30)
        for address in addresses:
            self.visit(address)
            self.assertGreater(self.page.number(".prose .ev"), 0)
            self.expect_no_script_ran(address)

    def test_no_text_in_the_address_runs(self):
        self.visit("?view=documents")
        attack = self.page.run("return encodeURIComponent(document.querySelector('main .card a').textContent)")
        for name in ("view", "text", "entity", "actor", "place", "from", "type", "quad", "outcome", "document", "plan", "item", "at", "by", "as", "period"):
            self.page.open(f"{self.server.address}/?view={'document' if name in ('item', 'at') else 'events'}&{name}={attack}")
            self.page.settle()
            self.expect_no_script_ran(name)
            self.page.complaints()  # a wrong filter is answered with 400, which Chromium notes

    def tearDown(self):
        self.assertEqual([line for line in self.page.complaints() if "Security Policy" in line["message"]], [], "the security policy had to step in")


if __name__ == "__main__":
    if not Browser.installed():
        print("skipped: chromium and chromium-driver are not installed")
        sys.exit(77)
    unittest.main(argv=[sys.argv[0], *sys.argv[4:]], verbosity=2)
