#!/usr/bin/env python3
"""The HTTP API as programs and browsers meet it, attacks and slow clients among them.

Usage: test_server.py PROGRAM      SERVER_ATTACKS=200, SERVER_SCRIPTS=300, SERVER_SLOW=1000: full counts; SERVER_TIMED=1: hold times to their limits
"""
import gzip
import hashlib
import json
import os
import pathlib
import re
import signal
import socket
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import unittest
import urllib.parse

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
sys.path[:0] = [str(HERE), str(ROOT / "tests/store")]
from payloads import attacks, scripts  # noqa: E402
from postgres import TemporaryPostgres  # noqa: E402
from running import RunningServer, make_records  # noqa: E402

PROGRAM = os.path.abspath(sys.argv.pop(1)) if len(sys.argv) > 1 else "build/polybius"
ATTACKS = int(os.environ.get("SERVER_ATTACKS", "25"))
SCRIPTS = int(os.environ.get("SERVER_SCRIPTS", "30"))
SLOW = int(os.environ.get("SERVER_SLOW", "150"))
TIMED = os.environ.get("SERVER_TIMED") == "1"
LISTS = ("events", "statements", "plans", "entities", "documents")
TEXT = "Turkey and Greece signed an agreement in Ankara on Friday. \"We will meet again in May,\" President Recep Tayyip Erdogan said.\n"


def run(*arguments, text=None, check=0):
    done = subprocess.run([PROGRAM, *map(str, arguments)], input=text, capture_output=True, text=True, timeout=600)
    assert done.returncode == check, f"{arguments}: exit {done.returncode}: {done.stderr}"
    return done.stdout


class Served(unittest.TestCase):
    """A store of made records and a server of it."""

    documents = 60
    options = ()

    @classmethod
    def setUpClass(cls):
        cls.holder = tempfile.TemporaryDirectory()
        cls.folder = pathlib.Path(cls.holder.name)
        cls.db = cls.folder / "news.db"
        cls.lines = make_records(cls.documents).decode().splitlines()
        run("load", "--db", cls.db, "-", text="\n".join(cls.lines) + "\n")
        cls.server = RunningServer(PROGRAM, cls.db, *cls.options)

    @classmethod
    def tearDownClass(cls):
        status, said = cls.server.stop()
        cls.holder.cleanup()
        assert status == 0, said
        assert "E-SRV" not in said, said

    def query(self, kind, *filters):
        return [json.loads(line) for line in run("query", "--db", self.db, kind, "--format", "jsonl", *filters).splitlines()]


class Answers(Served):
    def test_lists_give_what_query_gives(self):
        for kind in LISTS:
            self.assertEqual(self.server.rows(f"/api/{kind}", limit=1000), self.query(kind)[:1000], kind)
        for kind, filters in (("events", {"actor": "RUS", "type": ["CONSULT", "THREATEN"]}), ("events", {"recipient": "holt", "from": "2017", "to": "2019-06"}),
                              ("events", {"place": "Budapest", "status": "planned"}), ("events", {"text": '"closed doors" official*', "quad": 4}),
                              ("statements", {"actor": "FRA"}), ("plans", {"entity": "Zenda"}), ("entities", {"type": "person", "from": "2020"}),
                              ("documents", {"actor": "Zenda"}), ("documents", {"text": "morning"}), ("events", {"confidence": 0.9, "source": "news3.example"})):
            options = [word for name, value in filters.items() for one in (value if isinstance(value, list) else [value]) for word in (f"--{name}", str(one))]
            self.assertEqual(self.server.rows(f"/api/{kind}", limit=1000, **filters), self.query(kind, *options), (kind, filters))
        self.assertEqual(self.server.rows("/api/timeline", period="week"), self.query("timeline", "--by", "week"))

    def test_pages_follow_each_other(self):
        for kind in LISTS:
            whole = self.server.rows(f"/api/{kind}", limit=1000)
            paged, cursor = [], None
            while True:
                answer = self.server.get(f"/api/{kind}", limit=17, count="true", **({"cursor": cursor} if cursor else {})).json()
                paged += answer["rows"]
                self.assertEqual(answer["total"], len(whole))
                cursor = answer.get("next")
                if not cursor:
                    break
            self.assertEqual(paged, whole)
        newest = self.server.rows("/api/events", limit=1000)
        self.assertEqual(self.server.rows("/api/events", limit=1000, order="oldest"), newest[::-1])

    def test_counts(self):
        events = self.query("events")
        facets = {row["name"]: {value["value"]: value["count"] for value in row["values"]} for row in self.server.rows("/api/facets", facet=["type", "status", "quad", "month"], top=1000)}
        for name, of in (("type", lambda e: e["type"]), ("status", lambda e: e["status"]), ("quad", lambda e: str(e["quad"])), ("month", lambda e: e["day"][:7])):
            wanted = {}
            for event in events:
                wanted[of(event)] = wanted.get(of(event), 0) + 1
            self.assertEqual(facets[name], wanted)
        self.assertEqual(sum(row["events"] for row in self.server.rows("/api/places", top=1000)), sum("place" in event for event in events))
        self.assertTrue(self.server.rows("/api/pairs", actor="Holt"))
        state = self.server.get("/api/store").json()
        self.assertEqual((state["documents"], state["events"]), (self.documents, len(events)))
        found = self.server.get("/api/search", text="holt").json()
        self.assertIn("Holt", found["entities"]["rows"][0]["name"])

    def test_a_document_is_its_record(self):
        for line in self.lines[:5]:
            record = json.loads(line)
            self.assertEqual(self.server.get("/api/documents/" + urllib.parse.quote(record["id"], safe="")).json(), record)
        self.assertEqual(self.server.get("/api/documents/none").status, 404)

    def test_what_the_client_has_is_not_sent_again(self):
        for path in ("/api/events", "/api/store", "/", "/api/openapi.yaml"):
            first = self.server.get(path)
            tag = first.headers["ETag"]
            self.assertEqual(self.server.get(path, headers={"If-None-Match": tag}).status, 304)
            self.assertEqual(self.server.get(path, headers={"If-None-Match": f'"x", W/{tag}'}).status, 304)
            self.assertEqual(self.server.get(path, headers={"If-None-Match": '"x"'}).status, 200)
        packed = self.server.get("/api/events", headers={"Accept-Encoding": "br, gzip;q=0.5"})
        self.assertEqual(packed.headers["Content-Encoding"], "gzip")
        self.assertEqual(gzip.decompress(packed.body), self.server.get("/api/events").body)
        self.assertNotEqual(packed.headers["ETag"], self.server.get("/api/events").headers["ETag"])
        self.assertIsNone(self.server.get("/api/events", headers={"Accept-Encoding": "gzip;q=0"}).headers["Content-Encoding"])

    def test_exports(self):
        for what in (*LISTS, "timeline"):
            for form in ("csv", "jsonl"):
                answer = self.server.get("/api/export", what=what, format=form)
                self.assertIn("attachment", answer.headers["Content-Disposition"])
                self.assertEqual(answer.body.decode(), run("query", "--db", self.db, what, "--format", form, "--limit", "0"), (what, form))
        for form in ("plover", "cameo", "gdelt", "icews", "polecat"):
            self.assertEqual(self.server.get("/api/export", format=form, actor="RUS").body.decode(), run("export", "--db", self.db, "--format", form, "--actor", "RUS"), form)
        self.assertEqual(self.server.get("/api/export", format="gdelt", what="plans").status, 400)
        self.assertEqual(self.server.get("/api/export", what="plans", type="AID").status, 400)

    def test_wrong_questions_are_problems(self):
        for target, status, code in (("/api/events?type=MEETING", 400, "E-SRV-03"), ("/api/events?from=yesterday", 400, "E-SRV-03"), ("/api/events?from=2025-02-29", 400, "E-SRV-03"),
                                     ("/api/events?cursor=x", 400, "E-SRV-03"), ("/api/events?limit=0", 400, "E-SRV-03"), ("/api/events?limit=1001", 400, "E-SRV-03"),
                                     ("/api/events?actr=x", 400, "E-SRV-02"), ("/api/events?actor=a&actor=b", 400, "E-SRV-02"), ("/api/events?actor=%FF", 400, "E-SRV-01"),
                                     ("/api/events?actor=%4", 400, "E-SRV-01"), ("/api/plans?type=AID", 400, "E-SRV-02"), ("/api/search", 400, "E-SRV-03"),
                                     ("/api/nothing", 404, "E-SRV-06"), ("/api/documents/", 404, "E-SRV-06"), ("/../etc/passwd", 404, "E-SRV-06"), ("/api/dossiers/x", 404, "E-SRV-04")):
            answer = self.server.ask("GET", target)
            self.assertEqual((answer.status, answer.json()["code"], answer.headers["Content-Type"]), (status, code, "application/problem+json"), target)
            self.assertEqual(answer.json()["status"], status)
        for method, target, allowed in (("POST", "/api/events", "GET, HEAD"), ("DELETE", "/api/documents/x", "GET, HEAD"), ("GET", "/api/code", "POST"), ("OPTIONS", "/api/events", "GET, HEAD")):
            answer = self.server.ask(method, target)
            self.assertEqual((answer.status, answer.headers["Allow"]), (405, allowed))
        head = self.server.ask("HEAD", "/api/events")
        self.assertEqual((head.status, head.body, head.headers["ETag"]), (200, b"", self.server.get("/api/events").headers["ETag"]))
        self.assertEqual(self.server.ask("HEAD", "/api/export").status, 200)

    def test_too_long_an_address_and_too_large_fields_are_problems(self):
        for target, fields, status, code in (("/api/events?text=" + "a" * 33_000, {}, 414, "E-SRV-25"), ("/api/events?text=" + "a" * 100_000, {}, 414, "E-SRV-25"),
                                             ("/api/events", {"Cookie": "a" * 33_000}, 431, "E-SRV-26"), ("/api/events", {f"X-{i}": "a" * 1000 for i in range(50)}, 431, "E-SRV-26"),
                                             ("/api/events?text=" + "a" * 30_000, {"Cookie": "a" * 30_000}, 400, "E-SRV-03")):
            answer = self.server.ask("GET", target, headers=fields)
            self.assertEqual((answer.status, answer.json()["code"], answer.headers["Content-Type"]), (status, code, "application/problem+json"))

    def test_every_answer_is_safe_to_show(self):
        for method, target in (("GET", "/"), ("GET", "/api/events"), ("GET", "/api/nothing"), ("GET", "/api/export"), ("POST", "/api/events")):
            headers = self.server.ask(method, target).headers
            self.assertEqual(headers["X-Content-Type-Options"], "nosniff")
            self.assertIn("default-src 'none'", headers["Content-Security-Policy"])
            self.assertNotIn("unsafe", headers["Content-Security-Policy"])
            self.assertIsNone(headers["Access-Control-Allow-Origin"])
            self.assertEqual(headers["Cross-Origin-Resource-Policy"], "same-origin")


class Coding(Served):
    documents = 5

    def test_an_article_becomes_its_record(self):
        answer = self.server.ask("POST", "/api/code?published=2025-10-24", TEXT.encode(), {"Content-Type": "text/plain; charset=utf-8"})
        self.assertEqual((answer.status, answer.headers["Content-Type"]), (200, "application/json"), answer.body)
        record = answer.json()
        wanted = json.loads(run("code", "--published", "2025-10-24", "-", text=TEXT))
        for field in ("text", "entities", "events", "statements", "plans", "times"):
            self.assertEqual(record.get(field), wanted.get(field))
        self.assertEqual(self.server.get("/api/store").json()["documents"], self.documents)

    def test_many_articles_come_one_by_one(self):
        lines = [json.dumps({"id": f"a{i}", "text": TEXT}) for i in range(6)] + ["{broken", self.lines[0]]
        body = "\n".join(lines).encode()
        answer = self.server.ask("POST", "/api/code", body)
        self.assertEqual(answer.headers["Content-Type"], "application/x-ndjson")
        records = [json.loads(line) for line in answer.body.decode().splitlines()]
        self.assertEqual([record.get("id") for record in records if "id" in record], ["a0", "a1", "a2", "a3", "a4", "a5", json.loads(self.lines[0])["id"]])
        self.assertEqual([record["code"][:6] for record in records if "id" not in record], ["E-ING-"])
        self.assertEqual(records[-1], json.loads(self.lines[0]))
        stream = self.server.ask("POST", "/api/code", body, {"Accept": "text/event-stream"})
        self.assertEqual(stream.headers["Content-Type"], "text/event-stream")
        events = re.findall(r"event: (\w+)\ndata: (.*)\n\n", stream.body.decode())
        self.assertEqual([json.loads(data) for name, data in events if name == "record"], [record for record in records if "id" in record])
        self.assertEqual([json.loads(data)["done"] for name, data in events if name == "progress"], list(range(1, 9)))
        self.assertEqual(events[-1], ("end", '{"records":7,"faults":1}'))

    def test_what_cannot_be_coded_is_a_problem(self):
        self.assertEqual(self.server.ask("POST", "/api/code", b"").status, 422)
        german = ("Der Minister sprach am Montag mit seinem Kollegen über die Lage in der Region. " * 8).encode()
        answer = self.server.ask("POST", "/api/code", german)
        self.assertEqual((answer.status, answer.json()["code"]), (422, "E-COD-01"))
        for day in ("soon", "2025", "2025-10", "2025-10-24T10:00"):
            self.assertEqual(self.server.ask("POST", f"/api/code?published={day}", b"x").status, 400, day)
        self.assertEqual(self.server.ask("POST", "/api/code", b"x" * (9 << 20)).status, 413)
        self.assertEqual(self.server.ask("POST", "/api/code", (b"x" * 65536 for _ in range(150))).status, 413)  # in chunks
        for junk in (b"\x00" * 100, bytes(range(256)), b"\x1f\x8b\x08" + b"\x00" * 50, b"{" * 5000, b"<" * 5000, "\U0001f4a3".encode() * 50):
            self.assertIn(self.server.ask("POST", "/api/code", junk).status, (200, 422))


class Attacked(Served):
    """Texts that would do harm elsewhere: a filter finds what a plain search over the records finds."""

    def setUp(self):
        self.names = sorted({entity["name"] for line in self.lines for entity in json.loads(line)["entities"]})
        self.before = hashlib.sha256(run("export", "--db", self.db, "--format", "jsonl").encode()).hexdigest()

    def words(self, text):
        return re.findall(r"[a-z0-9]+", text.lower())

    def expected_actors(self, text):
        """Names that hold the words of `text` in a row."""
        wanted = self.words(text)
        return {name for name in self.names if wanted and any(self.words(name)[i:i + len(wanted)] == wanted for i in range(len(self.words(name))))}

    def test_every_payload_in_every_parameter(self):
        record_events = [(record, event) for record in map(json.loads, self.lines) for event in record["events"]]
        total = len(record_events)
        asked = 0
        connection = self.server.connect()
        for payload in attacks(ATTACKS):
            if not payload.isascii():
                allowed = (0, total)
            for parameter, field in (("actor", "actor"), ("recipient", "recipient"), ("entity", None)):
                rows = self.server.get("/api/events", connection=connection, limit=1000, **{parameter: payload})
                asked += 1
                self.assertEqual(rows.status, 200, (parameter, payload))
                found = {f"{row['document']}/{row['id']}" for row in rows.json()["rows"]}
                names = self.expected_actors(payload)
                fields = [field] if field else ["actor", "recipient"]
                wanted = {f"{record['id']}/{event['id']}" for record, event in record_events
                          if any(entity["id"] in event.get(one, []) and entity["name"] in names for one in fields for entity in record["entities"])}
                if payload.isascii():
                    self.assertEqual(found, wanted, (parameter, payload))
                else:
                    self.assertIn(len(found), allowed if not self.words(payload) else (len(found),))
            for kind in LISTS:
                for parameter in ("document", "source", "text", "place", "speaker", "mode", "status", "type", "from", "to", "quad", "confidence", "limit", "cursor", "order", "count", "wrong", "what"):
                    answer = self.server.get(f"/api/{kind}", connection=connection, **{parameter: payload})
                    asked += 1
                    self.assertIn(answer.status, (200, 400), (kind, parameter, payload))
                    if answer.status == 400:
                        self.assertEqual(answer.json()["parameter"], parameter)
                    elif parameter in ("document", "source") or (parameter == "mode" and kind in ("events", "documents")):
                        self.assertEqual(answer.json()["rows"], [], (kind, parameter, payload))
                    elif parameter == "text" and kind == "documents":
                        self.assertEqual({row["id"] for row in answer.json()["rows"]}, self.holding(payload), payload)
            for path in ("facets", "timeline", "pairs", "places"):
                for parameter in ("actor", "text", "facet", "period", "top"):
                    self.assertIn(self.server.get(f"/api/{path}", connection=connection, **{parameter: payload}).status, (200, 400), (path, parameter, payload))
                    asked += 1
            for path in ("documents", "dossiers"):
                self.assertIn(self.server.get(f"/api/{path}/{urllib.parse.quote(payload, safe='')}", connection=connection).status, (404, 200 if not payload else 404))
                asked += 1
            self.assertIn(self.server.get("/api/search", connection=connection, text=payload).status, (200, 400))
            self.assertIn(self.server.get("/api/export", connection=connection, what=payload, format=payload).status, (200, 400))
        print(f"attacks: {len(attacks(ATTACKS))} payloads, {asked} questions", file=sys.stderr)
        self.assertEqual(hashlib.sha256(run("export", "--db", self.db, "--format", "jsonl").encode()).hexdigest(), self.before)
        with sqlite3.connect(self.db) as store:
            self.assertEqual(store.execute("PRAGMA integrity_check").fetchone()[0], "ok")

    def holding(self, text):
        """The ids of documents whose text holds all words of `text`, as the command line finds them: the store's own tests hold that to a plain search."""
        return {row["id"] for row in self.query("documents", "--limit", "100", f"--text={text}")} if "\x00" not in text and text else {row["id"] for row in self.query("documents", "--limit", "100")} if not text else {
            row["id"] for row in self.query("documents", "--limit", "100", "--text=" + text.replace("\x00", "\ufffd"))}


class Scripts(unittest.TestCase):
    """Markup in every stored text comes out as the text that it is, in JSON that no browser takes for a page."""

    def test_markup_stays_text(self):
        with tempfile.TemporaryDirectory() as folder:
            records = []
            for number, (script, line) in enumerate(zip(scripts(SCRIPTS), make_records(SCRIPTS).decode().splitlines())):
                record = json.loads(line)
                record["id"] = f"{number} {script}"
                record["title"] = script
                record["origin"] = {"url": "https://x.example/" + script, "site": script}
                shift = len(script) + 1
                record["text"] = script + "\n" + record["text"]
                self.shift(record, shift)
                for entity in record["entities"]:
                    entity["name"] += " " + script
                for event in record["events"]:
                    event["why"] = script
                for plan in record.get("plans", []):
                    plan["what"] = script
                records.append(record)
            db = pathlib.Path(folder) / "news.db"
            run("load", "--db", db, "-", text="".join(json.dumps(record) + "\n" for record in records))
            with RunningServer(PROGRAM, db) as server:
                kept = {record["id"]: record for record in records}
                for record in records:
                    answer = server.get("/api/documents/" + urllib.parse.quote(record["id"], safe=""))
                    self.assertEqual(answer.json()["title"], record["title"])
                    self.assertEqual(answer.json()["text"], record["text"])
                    self.assert_inert(answer)
                for kind in LISTS:
                    answer = server.get(f"/api/{kind}", limit=1000)
                    self.assert_inert(answer)
                    for row in answer.json()["rows"]:
                        if kind != "entities":
                            self.assertEqual(row["title"], kept[row.get("document", row["id"])]["title"])
                for target in ("/api/facets?facet=actor&facet=source&top=1000", "/api/pairs?top=1000", "/api/search?text=script", "/api/export?format=csv", "/api/export?format=plover"):
                    self.assert_inert(server.ask("GET", target))
                for script in scripts(SCRIPTS):
                    answer = server.get("/api/events", type=script)
                    self.assert_inert(answer)
                    self.assertIn(script, answer.json()["detail"])
        print(f"scripts: {SCRIPTS} payloads in ids, titles, texts, names, addresses and reasons", file=sys.stderr)

    def shift(self, value, by):
        """Moves all offsets."""
        if isinstance(value, dict):
            for key, member in value.items():
                if key in ("begin", "end", "at") and isinstance(member, int):
                    value[key] += by
                elif key == "anchor" and isinstance(member, int):
                    value[key] += by
                elif key in ("sentences", "trigger", "cue", "content"):
                    value[key] = [[begin + by, end + by] for begin, end in member]
                elif key == "evidence":
                    value[key] = [member[0] + by, member[1] + by]
                else:
                    self.shift(member, by)
        elif isinstance(value, list):
            for member in value:
                self.shift(member, by)

    def assert_inert(self, answer):
        self.assertNotIn("html", answer.headers["Content-Type"])
        self.assertEqual(answer.headers["X-Content-Type-Options"], "nosniff")
        self.assertIn("sandbox", answer.headers["Content-Security-Policy"])


class Access(Served):
    documents = 3

    def test_a_foreign_host_is_refused(self):
        port = self.server.port
        for host in ("localhost", f"localhost:{port}", "127.0.0.1", f"127.0.0.1:{port}", "[::1]:80", "LOCALHOST"):
            self.assertEqual(self.server.get("/api/store", headers={"Host": host}).status, 200, host)
        for host in ("evil.example", f"evil.example:{port}", "localhost.evil.example", "127.0.0.1.evil.example", "192.168.0.1", "127.0.0.1@evil.example", "0.0.0.0"):
            for path in ("/", "/api/events", "/api/code"):
                self.assertEqual(self.server.get(path, headers={"Host": host}).status, 421, host)
        self.assertEqual(self.raw(b"GET / HTTP/1.1\r\n\r\n")[:12], b"HTTP/1.1 400")
        self.assertEqual(self.raw(b"GET / HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\n\r\n")[:12], b"HTTP/1.1 400")
        self.assertEqual(self.raw(b"GET http://evil.example/ HTTP/1.1\r\nHost: localhost\r\n\r\n")[:12], b"HTTP/1.1 400")

    def raw(self, request):
        with socket.create_connection((self.server.host, self.server.port), timeout=30) as connection:
            connection.sendall(request)
            return connection.recv(4096)

    def test_a_foreign_page_is_refused(self):
        own = f"http://127.0.0.1:{self.server.port}"
        for origin, status in ((own, 200), ("https://evil.example", 403), ("null", 403), (f"http://localhost:{self.server.port}", 403), ("http://127.0.0.1:1", 403)):
            self.assertEqual(self.server.ask("POST", "/api/code", TEXT.encode(), {"Origin": origin, "Content-Type": "text/plain"}).status, status, origin)
        self.assertEqual(self.server.get("/api/events", headers={"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors"}).status, 403)
        self.assertEqual(self.server.get("/", headers={"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"}).status, 200)

    def test_no_address_but_the_loopback_without_a_token(self):
        for arguments in (("--address", "0.0.0.0"), ("--address", "::"), ("--address", "0.0.0.0", "--token", "short"), ("--token", "has blanks in it, many"), ("--address", "nowhere")):
            done = subprocess.run([PROGRAM, "serve", "--db", self.db, "--port", "0", *arguments], capture_output=True, text=True, timeout=60)
            self.assertEqual(done.returncode, 2, done.stderr)
            self.assertRegex(done.stderr, "E-SRV-1[02]")
        done = subprocess.run([PROGRAM, "serve", "--db", self.db, "--port", str(self.server.port)], capture_output=True, text=True, timeout=60)
        self.assertEqual(done.returncode, 3, done.stderr)
        self.assertIn("E-SRV-11", done.stderr)
        done = subprocess.run([PROGRAM, "serve", "--db", self.folder / "none.db"], capture_output=True, text=True, timeout=60)
        self.assertEqual(done.returncode, 3, done.stderr)

    def test_the_token_opens(self):
        token = "correct-horse-battery"
        for options, env in ((("--token", token), {}), ((), {"POLYBIUS_TOKEN": token})):
            with RunningServer(PROGRAM, self.db, "--address", "0.0.0.0", "--host", "news.example", *options, env=env) as server:
                server.host = "127.0.0.1"
                for path in ("/", "/api/events", "/?token=wrong-horse-battery", "/api/events?token=" + token):
                    answer = server.get(path)
                    self.assertEqual((answer.status, answer.headers["WWW-Authenticate"]), (401, "Bearer"), path)
                self.assertEqual(server.get("/api/events", headers={"Authorization": "Bearer " + token}).status, 200)
                self.assertEqual(server.get("/api/events", headers={"Authorization": "Bearer " + token, "Host": "news.example"}).status, 200)
                self.assertEqual(server.get("/api/events", headers={"Authorization": "Bearer " + token, "Host": "evil.example"}).status, 421)
                answer = server.get("/?token=" + token)
                self.assertEqual((answer.status, answer.headers["Location"]), (303, "/"))
                cookie = answer.headers["Set-Cookie"]
                for word in ("HttpOnly", "SameSite=Strict"):
                    self.assertIn(word, cookie)
                self.assertEqual(server.get("/", headers={"Cookie": "a=b; " + cookie.split(";")[0]}).status, 200)


class SlowClients(Served):
    documents = 300

    def test_an_honest_client_does_not_notice_them(self):
        def ask(number):
            start = time.perf_counter()
            self.assertEqual(self.server.get("/api/events", confidence=number / 1000).status, 200)
            return 1000 * (time.perf_counter() - start)

        alone = sorted(ask(number) for number in range(100))
        slow = []
        for number in range(SLOW):
            connection = socket.create_connection((self.server.host, self.server.port), timeout=60)
            connection.sendall((b"GET /api/events HTTP/1.1\r\nHost: localhost\r\nX-Slow: ", b"POST /api/code HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5000\r\n\r\n", b"G")[number % 3])
            slow.append(connection)
        dripping = threading.Event()

        def drip():
            while not dripping.wait(0.5):
                for connection in slow:
                    try:
                        connection.send(b"x")
                    except OSError:
                        pass

        thread = threading.Thread(target=drip)
        thread.start()
        times = sorted(ask(100 + number) for number in range(100))
        dripping.set()
        thread.join()
        for connection in slow:
            connection.close()
        print(f"{SLOW} slow clients: an honest one waits {statistics.median(times):.1f} ms (median), {times[-1]:.1f} ms at worst; alone {statistics.median(alone):.1f} and {alone[-1]:.1f} ms", file=sys.stderr)
        if TIMED:
            self.assertLess(times[-1], 100)

    def test_they_are_shown_out(self):
        with socket.create_connection((self.server.host, self.server.port), timeout=60) as connection:
            connection.sendall(b"GET /api/events HTTP/1.1\r\nHost: localhost\r\n")
            start = time.monotonic()
            ended = False
            while time.monotonic() - start < 50 and not ended:
                time.sleep(1)
                try:
                    connection.sendall(b"X-More: x\r\n")
                except OSError:
                    ended = True
            self.assertTrue(ended, "a client that never ends its request is served for ever")


class Changes(unittest.TestCase):
    def test_what_another_process_loads_is_seen(self):
        lines = make_records(80).decode().splitlines()
        with tempfile.TemporaryDirectory() as folder, TemporaryPostgres() as postgres:
            for url in (f"{folder}/news.db", postgres.fresh("served")):
                run("load", "--db", url, "-", text="\n".join(lines[:20]) + "\n")
                with RunningServer(PROGRAM, url) as server:
                    watched = server.connect()
                    watched.request("GET", "/api/changes")
                    stream = watched.getresponse()
                    self.assertEqual(self.next_state(stream)["documents"], 20)
                    tag = server.get("/api/events").headers["ETag"]
                    run("load", "--db", url, "-", text="\n".join(lines) + "\n")
                    state = {}
                    while state.get("documents") != 80:
                        state = self.next_state(stream)
                    self.assertEqual(server.get("/api/store").json()["documents"], 80)
                    self.assertEqual(server.get("/api/events", headers={"If-None-Match": tag}).status, 200)
                    run("delete", "--db", url, json.loads(lines[0])["id"])
                    while state["documents"] != 79:
                        state = self.next_state(stream)
                    self.assertEqual(server.get("/api/documents/" + urllib.parse.quote(json.loads(lines[0])["id"], safe="")).status, 404)
                    status, said = server.stop()  # while the stream is open
                    self.assertEqual(status, 0, said)
                    stream.read()

    def next_state(self, stream):
        while True:
            line = stream.readline().decode()
            self.assertTrue(line, "the stream has ended")
            if line.startswith("data: "):
                return json.loads(line[6:])

    def test_a_lost_database_connection_is_made_anew(self):
        with TemporaryPostgres() as postgres:
            url = postgres.fresh("served")
            run("load", "--db", url, "-", text=make_records(20).decode())
            with RunningServer(PROGRAM, url) as server:
                wanted = server.rows("/api/events")
                for number in range(5):
                    postgres.sql("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname='served' AND pid<>pg_backend_pid()")
                    self.assertEqual(server.rows("/api/events", confidence=number / 1000), wanted)

    def test_a_signal_ends_it_cleanly(self):
        with tempfile.TemporaryDirectory() as folder:
            db = pathlib.Path(folder) / "news.db"
            run("load", "--db", db, "-", text=make_records(400).decode())
            for number in (signal.SIGTERM, signal.SIGINT):
                server = RunningServer(PROGRAM, db)
                idle, unread = server.connect(), server.connect()
                idle.connect()
                unread.request("GET", "/api/export?format=records")  # never read
                answers = []
                asking = threading.Thread(target=lambda: answers.append(server.ask("POST", "/api/code", TEXT.encode() * 20).status))
                asking.start()
                time.sleep(0.3)
                status, said = server.stop(number)
                asking.join()
                self.assertEqual((status, answers), (0, [200]), said)


if __name__ == "__main__":
    unittest.main(verbosity=1)
