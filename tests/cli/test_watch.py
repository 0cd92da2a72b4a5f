#!/usr/bin/env python3
"""`polybius watch` against feeds on loopback and folders: nothing twice, nothing lost, a clean end.

Usage: test_watch.py PROGRAM
"""
import json
import os
import pathlib
import signal
import subprocess
import time
import unittest

import test_cli
from loopback import Site
from test_cli import InAFolder, STORY, run


def entry(name, text, link=""):
    return (f"<item><guid>{name}</guid><title>Title {name}</title><pubDate>Fri, 24 Oct 2025 08:00:00 GMT</pubDate>"
            f"<link>{link}</link><description>{text}</description></item>")


def feed(*entries):
    return ("<rss><channel>" + "".join(entries) + "</channel></rss>").encode()


class Watching(InAFolder):
    def site(self, pages):
        site = Site(pages)
        self.addCleanup(site.close)
        return site

    def arguments(self, *arguments):
        return ["watch", "--allow-private", "--pause", "0", "-o", "out.jsonl", *arguments]

    def once(self, *arguments, check=0):
        done = run(*self.arguments("--once", *arguments), folder=self.folder, check=check)
        self.assertEqual(done.stdout, "")
        return self.ids()

    def ids(self):
        path = self.folder / "out.jsonl"
        return [json.loads(line)["id"] for line in path.read_text().splitlines()] if path.exists() else []

    def news(self, name, content):
        path = self.write("in/" + name, content)
        os.utime(path, (time.time() - 60 - len(content), time.time() - 60 - len(content)))
        return path

    def test_only_what_is_new_is_coded(self):
        site = self.site({"/rss": feed(entry("a", STORY))})
        self.news("one.txt", STORY)
        self.assertEqual(self.once(site.url + "/rss", "in"), ["a", "one"])
        self.assertEqual(self.once(site.url + "/rss", "in"), ["a", "one"])
        site.pages["/rss"] = feed(entry("b", STORY), entry("a", STORY))
        self.news("two.jsonl", json.dumps({"id": "t1", "text": STORY}) + "\n")
        self.assertEqual(self.once(site.url + "/rss", "in"), ["a", "one", "b", "t1"])
        self.news("two.jsonl", "".join(json.dumps({"id": f"t{n}", "text": STORY}) + "\n" for n in (1, 2)))
        self.assertEqual(self.once(site.url + "/rss", "in"), ["a", "one", "b", "t1", "t2"])
        for line in (self.folder / "out.jsonl").read_text().splitlines():
            test_cli.SCHEMA.validate(json.loads(line))

    def test_a_feed_is_asked_whether_it_changed(self):
        def rss(handler):
            if handler.headers.get("If-None-Match") == '"v1"':
                return 304, {}, b""
            return 200, {"ETag": '"v1"', "Last-Modified": "Fri, 24 Oct 2025 08:00:00 GMT"}, feed(entry("a", STORY))
        site = self.site({"/rss": rss})
        self.once(site.url + "/rss")
        self.once(site.url + "/rss")
        last = site.asked[-1][1]
        self.assertEqual(last["If-None-Match"], '"v1"')
        self.assertEqual(last["If-Modified-Since"], "Fri, 24 Oct 2025 08:00:00 GMT")
        self.assertEqual(self.ids(), ["a"])

    def test_the_page_behind_an_entry_is_coded(self):
        page = ("<html><head><title>Summit</title></head><body><article>" + "".join(f"<p>{line}</p>" for line in STORY.splitlines()) +
                "<p>Officials in both capitals said that the talks had been prepared for weeks by the ministries.</p></article></body></html>")
        site = self.site({"/a.html": page.encode()})
        site.pages["/rss"] = feed(entry("a", "Read on.", site.url + "/a.html"))
        self.once(site.url + "/rss")
        record = json.loads((self.folder / "out.jsonl").read_text())
        self.assertEqual((record["id"], record["origin"]["url"]), ("a", site.url + "/a.html"))
        self.assertIn("“We will meet again,”", record["text"])
        self.assertTrue(record["published"].startswith("2025-10-24"))
        self.assertEqual(self.once("--entries-only", site.url + "/rss"), ["a"])

    def test_a_page_that_fails_is_tried_again_then_the_entry_counts(self):
        site = self.site({"/a.html": (503, {}, b"")})
        site.pages["/rss"] = feed(entry("a", STORY, site.url + "/a.html"))
        self.assertEqual(self.once(site.url + "/rss", check=1), [])
        self.assertEqual(self.once(site.url + "/rss", check=1), [])
        self.assertEqual(self.once(site.url + "/rss", check=1), ["a"])
        self.assertEqual(self.once(site.url + "/rss"), ["a"])

    def test_a_fault_is_named_once_and_costs_no_other(self):
        self.news("a.jsonl", json.dumps({"id": "b", "text": STORY}) + "\n{\"id\":\n")
        done = run(*self.arguments("--once", "in", "nowhere"), folder=self.folder, check=1)
        self.assertIn("a.jsonl:2", done.stderr)
        self.assertIn("nowhere", done.stderr)
        self.assertEqual(self.ids(), ["b"])
        self.assertNotIn("a.jsonl", run(*self.arguments("--once", "in"), folder=self.folder, check=0).stderr)

    def test_a_killed_watch_repeats_nothing(self):
        self.news("a.jsonl", "".join(json.dumps({"id": f"n{n}", "text": STORY}) + "\n" for n in range(3)))
        self.once("in")
        # Killed after the output was written and before the state was: an older state, and half a line.
        state = (self.folder / "out.jsonl.state").read_bytes()
        self.news("b.jsonl", "".join(json.dumps({"id": f"m{n}", "text": STORY}) + "\n" for n in range(2)))
        self.once("in")
        lines = (self.folder / "out.jsonl").read_text().splitlines(keepends=True)
        (self.folder / "out.jsonl.state").write_bytes(state)
        (self.folder / "out.jsonl").write_text("".join(lines[:4]) + lines[4][:40])
        self.assertEqual(self.once("in"), ["n0", "n1", "n2", "m0", "m1"])

    def test_a_watch_killed_at_any_time_goes_on(self):
        count = 40
        self.news("a.jsonl", "".join(json.dumps({"id": f"n{n}", "text": STORY}) + "\n" for n in range(count)))
        for _ in range(3):
            process = subprocess.Popen([test_cli.PROGRAM, *self.arguments("in")], cwd=self.folder)
            time.sleep(0.7)
            process.kill()
            process.wait()
        self.assertEqual(self.once("in"), [f"n{n}" for n in range(count)])

    def test_signals_end_it_cleanly(self):
        for number in (signal.SIGINT, signal.SIGTERM):
            name = f"s{int(number)}"
            self.news(name + ".txt", STORY + name)
            process = subprocess.Popen([test_cli.PROGRAM, *self.arguments("--every", "0.2", "in")], cwd=self.folder,
                                       stderr=subprocess.PIPE, text=True)
            until = time.monotonic() + 120
            while name not in self.ids() and time.monotonic() < until:
                time.sleep(0.1)
            process.send_signal(number)
            self.assertEqual((process.wait(timeout=120), process.stderr.read()), (0, ""))
            process.stderr.close()
            self.assertEqual(json.loads((self.folder / "out.jsonl.state").read_text())["written"], (self.folder / "out.jsonl").stat().st_size)
        self.assertEqual(self.ids(), ["s2", "s15"])

    def test_a_second_watch_on_the_same_output_is_refused(self):
        self.news("a.txt", STORY)
        process = subprocess.Popen([test_cli.PROGRAM, *self.arguments("in")], cwd=self.folder)
        try:
            until = time.monotonic() + 120
            while not self.ids() and time.monotonic() < until:
                time.sleep(0.1)
            self.assertIn("E-WAT-02", run(*self.arguments("--once", "in"), folder=self.folder, check=3).stderr)
        finally:
            process.terminate()
            process.wait()

    def test_a_broken_state_is_named(self):
        self.write("out.jsonl.state", "{}")
        self.news("a.txt", STORY)
        self.assertIn("E-WAT-01", run(*self.arguments("--once", "in"), folder=self.folder, check=3).stderr)
        self.assertEqual(run("watch", "-o", "-", "in", folder=self.folder).returncode, 2)
        self.assertEqual(run("watch", "in", folder=self.folder).returncode, 2)
        self.assertFalse(pathlib.Path(self.folder / "out.jsonl").exists() and self.ids())

    def stored(self, kind="documents"):
        done = run("query", "--db", "news.db", kind, "--format", "jsonl", "--oldest-first", folder=self.folder)
        return [json.loads(line) for line in done.stdout.splitlines()]

    def into_store(self, *arguments, check=0):
        return run("watch", "--allow-private", "--pause", "0", "--db", "news.db", "--once", *arguments, folder=self.folder, check=check)

    def test_a_store_takes_what_is_new(self):
        site = self.site({"/rss": feed(entry("a", STORY))})
        self.news("one.txt", STORY)
        self.into_store(site.url + "/rss", "in")
        self.assertEqual(sorted(row["id"] for row in self.stored()), ["a", "one"])
        events = self.stored("events")
        self.assertTrue(events)
        site.pages["/rss"] = feed(entry("b", STORY), entry("a", STORY))
        self.into_store(site.url + "/rss", "in")
        self.assertEqual(sorted(row["id"] for row in self.stored()), ["a", "b", "one"])
        self.into_store(site.url + "/rss", "in")
        self.assertEqual(len(self.stored("events")), len(events) // 2 * 3)

    def test_a_store_that_knows_more_than_the_watch_takes_nothing_twice(self):
        self.news("a.jsonl", "".join(json.dumps({"id": f"n{n}", "text": STORY}) + "\n" for n in range(3)))
        run("load", "--db", "news.db", "in", folder=self.folder, check=0)
        self.news("a.jsonl", "".join(json.dumps({"id": f"n{n}", "text": STORY}) + "\n" for n in range(4)))
        self.into_store("in")
        (self.folder / "news.db.state").unlink()
        self.into_store("in")
        self.assertEqual(sorted(row["id"] for row in self.stored()), ["n0", "n1", "n2", "n3"])
        self.news("b.jsonl", json.dumps({"id": "n1", "text": STORY + "\nMore came later."}) + "\n")
        self.assertIn("n1 -> n1#2", self.into_store("in").stderr)

    def test_where_records_go_is_said_once(self):
        self.news("a.txt", STORY)
        for wrong in (["--db", "news.db", "-o", "out.jsonl"], [], ["--db", "postgresql://localhost/none"]):
            self.assertEqual(run("watch", "--once", *wrong, "in", folder=self.folder).returncode, 2, wrong)


if __name__ == "__main__":
    unittest.main()
