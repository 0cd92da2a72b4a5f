#!/usr/bin/env python3
"""Load, query, delete and correct as users meet them, on SQLite and on a real PostgreSQL; loads that are killed, cut off or run out of disk.

Usage: test_store.py PROGRAM        STORE_KILLS=N: that many kills instead of a few
"""
import errno
import json
import os
import pathlib
import random
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
import unittest

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
sys.path.insert(0, str(HERE))
from postgres import TemporaryPostgres  # noqa: E402

PROGRAM = os.path.abspath(sys.argv.pop(1)) if len(sys.argv) > 1 else "build/polybius"
KILLS = int(os.environ.get("STORE_KILLS", "4"))


def run(*arguments, text=None, check=None, **options):
    done = subprocess.run([PROGRAM, *map(str, arguments)], input=text, capture_output=True, text=True, timeout=600, **options)
    if check is not None:
        assert done.returncode == check, f"{arguments}: exit {done.returncode}: {done.stderr}"
    return done


def make_records(documents, *options):
    return subprocess.run([sys.executable, ROOT / "bench/make_records.py", str(documents), *options], capture_output=True, check=True).stdout


def rows(url, kind, *filters):
    return [json.loads(line) for line in run("query", "--db", url, kind, "--format", "jsonl", *filters, check=0).stdout.splitlines()]


class OnEachDatabase(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.holder = tempfile.TemporaryDirectory()
        cls.folder = pathlib.Path(cls.holder.name)
        cls.records = cls.folder / "records.jsonl"
        cls.records.write_bytes(make_records(60))
        cls.lines = cls.records.read_text().splitlines()
        cls.server = TemporaryPostgres().__enter__()
        cls.count = 0

    @classmethod
    def tearDownClass(cls):
        cls.server.__exit__()
        cls.holder.cleanup()

    def urls(self):
        """The address of an empty store of each kind."""
        OnEachDatabase.count += 1
        yield f"sqlite:{self.folder}/{self.count}.db"
        yield self.server.fresh(f"store{self.count}")

    def test_what_goes_in_comes_out_byte_for_byte_in_order(self):
        own = [run("code", "-", text=line, check=0).stdout for line in self.lines[:3]]
        for url in self.urls():
            with self.subTest(url=url):
                run("load", "--db", url, self.records, check=0)
                out = run("export", "--db", url, "--format", "jsonl", check=0).stdout.splitlines()
                wanted = sorted((json.loads(line) for line in self.lines), key=lambda record: (record["published"], record["id"]))
                self.assertEqual([json.loads(line) for line in out], wanted)
                self.assertEqual(own, [line + "\n" for line in self.lines[:3]])

    def test_both_databases_answer_alike(self):
        answers = []
        for url in self.urls():
            run("load", "--db", url, self.records, check=0)
            questions = [("events", "--actor", "RUS", "--type", "CONSULT,THREATEN"), ("events", "--recipient", "holt", "--from", "2017", "--to", "2019-06"),
                         ("events", "--place", "Budapest", "--status", "planned"), ("events", "--text", '"closed doors" official*', "--quad", "4"),
                         ("statements", "--actor", "FRA"), ("plans",), ("entities",), ("entities", "--type", "person", "--from", "2020"),
                         ("documents", "--text", "morning"), ("documents", "--actor", "Zenda"), ("timeline", "--by", "year"), ("timeline", "--by", "week", "--place", "HUN")]
            answers.append([run("query", "--db", url, *question, "--format", "jsonl", check=0).stdout for question in questions])
        for one, other in zip(*answers):
            self.assertTrue(one)
            self.assertEqual(one, other)

    def test_filters_find_what_a_plain_filter_finds(self):
        events = [(record, event) for record in map(json.loads, self.lines) for event in record["events"]]

        def wanted(test):
            return sorted(f"{record['id']}/{event['id']}" for record, event in events if test(record, event))

        def named(record, ids, name):
            return any(entity["id"] in ids and name in entity["name"].split() for entity in record["entities"])

        for url in self.urls():
            run("load", "--db", url, self.records, check=0)

            def found(*filters):
                return sorted(f"{row['document']}/{row['id']}" for row in rows(url, "events", *filters))

            self.assertEqual(found(), wanted(lambda r, e: True))
            self.assertEqual(found("--type", "AID"), wanted(lambda r, e: e["type"] == "AID"))
            self.assertEqual(found("--actor", "Holt"), wanted(lambda r, e: named(r, e["actor"], "Holt")))
            self.assertEqual(found("--recipient", "Zenda", "--status", "occurred"),
                             wanted(lambda r, e: named(r, e["recipient"], "Zenda") and e["status"] == "occurred"))
            self.assertEqual(found("--from", "2018-03", "--to", "2020-01-15"), wanted(lambda r, e: "2018-03-01" <= e["time"]["value"] <= "2020-01-15"))
            self.assertEqual(found("--place", "Cairo", "--quad", "1"), wanted(lambda r, e: e.get("place", {}).get("name") == "Cairo" and e["quad"] == 1))
            self.assertEqual(found("--confidence", "0.9"), wanted(lambda r, e: e["confidence"] >= 0.9))
            self.assertEqual(found("--source", "news3.example"), wanted(lambda r, e: "//news3.example/" in r["origin"]["url"]))

    def test_loading_again_changes_nothing_and_bad_lines_cost_no_other(self):
        broken = self.folder / "broken.jsonl"
        unsound = json.loads(self.lines[1])
        unsound["events"][0]["trigger"] = [[0, 100000]]
        broken.write_text(self.lines[0] + "\n{\"schema\": \"polybius/1\"\n" + json.dumps(unsound) + "\n" + self.lines[2] + "\n")
        for url in self.urls():
            done = run("load", "--db", url, broken, check=1)
            self.assertIn("broken.jsonl:2", done.stderr)
            self.assertIn("E-STO-30", done.stderr)
            before = run("export", "--db", url, "--format", "jsonl", check=0).stdout
            self.assertEqual(len(before.splitlines()), 2)
            self.assertIn("0 documents added", run("load", "--db", url, broken, check=1).stderr)
            self.assertEqual(run("export", "--db", url, "--format", "jsonl", check=0).stdout, before)

    def test_recode_replaces_only_on_request(self):
        newer = json.loads(self.lines[0])
        newer["coder"]["version"] = "newer"
        newer["events"] = newer["events"][:1]
        newer["plans"], newer["statements"] = [], []
        newer["events"][0].pop("plan", None)
        for url in self.urls():
            run("load", "--db", url, self.records, check=0)
            run("load", "--db", url, "-", text=json.dumps(newer) + "\n", check=0)
            self.assertEqual(len(rows(url, "events", "--document", newer["id"])), 5)
            self.assertIn("1 coded anew", run("load", "--db", url, "--recode", "-", text=json.dumps(newer) + "\n", check=0).stderr)
            self.assertEqual(len(rows(url, "events", "--document", newer["id"])), 1)

    def test_load_puts_plans_together(self):
        for url in self.urls():
            run("load", "--db", url, "--no-plans", self.records, check=0)
            self.assertFalse(any(row.get("dossier") for row in rows(url, "plans")))
            run("load", "--db", url, self.records, check=0)  # as after a load that was stopped
            self.assertTrue(all(row.get("dossier") for row in rows(url, "plans")))

    def test_delete_and_correct(self):
        first = json.loads(self.lines[0])["id"]
        for url in self.urls():
            run("load", "--db", url, self.records, check=0)
            event = rows(url, "events", "--document", first)[0]["id"]
            number = run("correct", "wrong-event", "--db", url, first, event, "--by", "kim", check=0).stdout.strip()
            self.assertEqual(len(rows(url, "events", "--document", first)), 4)
            self.assertNotIn(f"{first}/{event}", run("export", "--db", url, "--format", "plover", check=0).stdout)
            self.assertEqual(json.loads(run("correct", "list", "--db", url, check=0).stdout)["by"], "kim")
            run("correct", "undo", "--db", url, number, check=0)
            self.assertEqual(len(rows(url, "events", "--document", first)), 5)
            done = run("delete", "--db", url, first, "no such", check=1)
            self.assertIn("no such", done.stderr)
            self.assertEqual(len(rows(url, "documents")), 59)
            run("delete", "--db", url, "no such", check=3)
            ids = "".join(row["id"] + "\n" for row in rows(url, "documents"))
            run("delete", "--db", url, "-", text=ids, check=0)
            self.assertEqual(rows(url, "events") + rows(url, "entities") + rows(url, "plans"), [])

    def test_texts_can_be_left_out(self):
        for url in self.urls():
            run("load", "--db", url, "--no-text", self.records, check=0)
            out = [json.loads(line) for line in run("export", "--db", url, "--format", "jsonl", check=0).stdout.splitlines()]
            by_id = {record["id"]: record for record in map(json.loads, self.lines)}
            import hashlib
            for record in out:
                whole = by_id[record["id"]]
                self.assertEqual(record["text"], "")
                self.assertEqual(record["extra"]["text_sha256"], hashlib.sha256(whole["text"].encode()).hexdigest())
                self.assertEqual(record["extra"]["text_length"], len(whole["text"]))
                self.assertEqual(record["events"], whole["events"])
            self.assertEqual(rows(url, "documents", "--text", "doors"), [])
            self.assertNotIn("sentence", rows(url, "events", "--limit", "1")[0])

    def test_pages_follow_each_other(self):
        for url in self.urls():
            run("load", "--db", url, self.records, check=0)
            everything = run("query", "--db", url, "events", "--format", "jsonl", check=0).stdout
            paged, cursor = "", None
            while cursor != "":
                done = run("query", "--db", url, "events", "--format", "jsonl", "--limit", "37", *(["--cursor", cursor] if cursor else []), check=0)
                paged += done.stdout
                cursor = done.stderr.split("--cursor '")[1].split("'\n")[0] if "--cursor" in done.stderr else ""
            self.assertEqual(paged, everything)

    def test_an_older_store_is_brought_up_to_date(self):
        path = self.folder / "older.db"
        run("load", "--db", path, self.records, check=0)
        before = rows(path, "events")
        with sqlite3.connect(path) as connection:
            connection.executescript("ALTER TABLE events DROP COLUMN sentence; ALTER TABLE events DROP COLUMN triggers; UPDATE meta SET value=3 WHERE key='schema'")
        self.assertIn("--update", run("query", "--db", path, "events", check=3).stderr)
        self.assertIn("is now up to date", run("load", "--db", path, "--update", check=0).stderr)
        self.assertEqual(rows(path, "events"), before)
        self.assertIn("was up to date", run("load", "--db", path, "--update", check=0).stderr)
        self.assertIn("E-STO-01", run("load", "--db", self.folder / "none.db", "--update", check=3).stderr)

    def test_wrong_questions_are_named(self):
        url = next(self.urls())
        self.assertEqual(run("query", "--db", url, "events").returncode, 3)
        run("load", "--db", url, self.records, check=0)
        for arguments, code in ((("--type", "MEETING"), "E-QRY-01"), (("--from", "yesterday"), "E-QRY-02"), (("--cursor", "x"), "E-QRY-03")):
            done = run("query", "--db", url, "events", *arguments)
            self.assertEqual((done.returncode, done.stdout), (2, ""), done.stderr)
            self.assertIn(code, done.stderr)
        note = self.folder / "note.txt"
        note.write_text("no database " * 100)
        self.assertIn("E-STO-02", run("load", "--db", note, self.records, check=3).stderr)
        other = self.folder / "other.db"
        with sqlite3.connect(other) as connection:
            connection.execute("CREATE TABLE x(y)")
        self.assertIn("E-STO-03", run("load", "--db", other, self.records, check=3).stderr)


class Disturbed(unittest.TestCase):
    """Loads that end before they are done: nothing half stored, the same command finishes the work."""

    @classmethod
    def setUpClass(cls):
        cls.holder = tempfile.TemporaryDirectory()
        cls.folder = pathlib.Path(cls.holder.name)
        cls.records = cls.folder / "records.jsonl"
        cls.documents = int(os.environ.get("STORE_DOCUMENTS", "3000"))
        cls.records.write_bytes(make_records(cls.documents))
        cls.whole = f"{cls.folder}/whole.db"
        started = time.monotonic()
        run("load", "--db", cls.whole, cls.records, check=0)
        cls.seconds = time.monotonic() - started
        cls.export = run("export", "--db", cls.whole, "--format", "jsonl", check=0).stdout
        cls.random = random.Random(7)

    @classmethod
    def tearDownClass(cls):
        cls.holder.cleanup()

    def sound(self, path):
        with sqlite3.connect(path) as connection:
            self.assertEqual(connection.execute("PRAGMA integrity_check").fetchone()[0], "ok")
            self.assertEqual(connection.execute("PRAGMA foreign_key_check").fetchall(), [])
            if not connection.execute("SELECT 1 FROM sqlite_master WHERE name='documents'").fetchone():
                return 0  # killed before the tables were made
            stored, events = connection.execute("SELECT COUNT(*), COALESCE(SUM(events), 0) FROM documents").fetchone()
            self.assertEqual(connection.execute("SELECT COUNT(*) FROM events").fetchone()[0], events)
            self.assertEqual(connection.execute("SELECT COUNT(*) FROM records").fetchone()[0], stored)
            return stored

    def test_kill_at_any_moment(self):
        path = f"{self.folder}/killed.db"
        part_way = 0
        for _ in range(KILLS):
            if os.path.exists(path) and self.sound(path) == self.documents:
                for name in (path, path + "-wal", path + "-shm"):
                    pathlib.Path(name).unlink(missing_ok=True)
            child = subprocess.Popen([PROGRAM, "load", "--db", path, self.records], stderr=subprocess.DEVNULL)
            time.sleep(self.random.random() * self.seconds)
            child.send_signal(signal.SIGKILL)
            child.wait()
            if os.path.exists(path) and os.path.getsize(path) > 0:
                part_way += 0 < self.sound(path) < self.documents
        run("load", "--db", path, self.records, check=0)
        self.assertEqual(run("export", "--db", path, "--format", "jsonl", check=0).stdout, self.export)
        print(f"kill -9: {KILLS} times, {part_way} of them with a part of {self.documents} documents stored; the export is the same", file=sys.stderr)

    def test_connection_cut(self):
        cuts = int(os.environ.get("STORE_CUTS", "3"))
        with TemporaryPostgres() as server:
            url = server.fresh("cut")
            done = failed = 0
            while done < cuts:
                child = subprocess.Popen([PROGRAM, "load", "--db", url, self.records], stderr=subprocess.PIPE, text=True)
                time.sleep(0.05 + self.random.random() * self.seconds)
                server.sql("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname='cut' AND pid<>pg_backend_pid()")
                message = child.communicate()[1]
                self.assertIn(child.returncode, (0, 3), message)
                if child.returncode == 3:
                    failed += 1
                    self.assertIn("PostgreSQL", message)
                    self.assertIn("E-STO-", message)
                done += 1
                tables = server.sql("SELECT COUNT(*) FROM information_schema.tables WHERE table_name='documents'", "cut")
                if tables == "1":
                    self.assertEqual(server.sql("SELECT COUNT(*) FROM events", "cut"), server.sql("SELECT COALESCE(SUM(events),0) FROM documents", "cut"))
                    if server.sql("SELECT COUNT(*) FROM documents", "cut") == str(self.documents):
                        url = server.fresh("cut")
            run("load", "--db", url, self.records, check=0)
            self.assertEqual(run("export", "--db", url, "--format", "jsonl", check=0).stdout, self.export)
        print(f"connection cut: {cuts} times, {failed} of them during the load; the export is the same", file=sys.stderr)

    def test_disk_that_fails(self):
        shim = self.folder / "fault_shim.so"
        subprocess.run(["cc", "-shared", "-fPIC", "-O1", "-o", shim, HERE / "fault_shim.c", "-ldl"], check=True)
        for fault in (errno.ENOSPC, errno.EIO):
            path = f"{self.folder}/fault{fault}.db"
            for after in (200_000, 1_500_000, 4_000_000):
                environment = {**os.environ, "LD_PRELOAD": str(shim), "FAULT_PATH": path, "FAULT_AFTER": str(after), "FAULT_ERRNO": str(fault)}
                done = run("load", "--db", path, self.records, env=environment)
                self.assertEqual(done.returncode, 3, done.stderr)
                self.assertIn("E-STO-10", done.stderr)
                self.assertIn("disk", done.stderr)
                self.sound(path)
            run("load", "--db", path, self.records, check=0)
            self.assertEqual(run("export", "--db", path, "--format", "jsonl", check=0).stdout, self.export)

    def test_readers_while_one_writes(self):
        path = f"{self.folder}/shared.db"
        run("load", "--db", path, "-", text="".join(self.export.splitlines(True)[:50]), check=0)
        writer = subprocess.Popen([PROGRAM, "load", "--db", path, self.records], stderr=subprocess.DEVNULL)
        counts = []
        while writer.poll() is None or not counts:
            readers = [subprocess.Popen([PROGRAM, "query", "--db", path, "documents", "--format", "jsonl"], stdout=subprocess.PIPE) for _ in range(3)]
            for reader in readers:
                counts.append(len(reader.communicate()[0].splitlines()))
                self.assertEqual(reader.returncode, 0)
        self.assertEqual(writer.returncode, 0)
        self.assertGreaterEqual(min(counts), 50)


if __name__ == "__main__":
    unittest.main(verbosity=1)
