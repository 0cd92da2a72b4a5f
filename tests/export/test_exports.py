#!/usr/bin/env python3
"""Every export read back by readers that others wrote, each required field held against the record that it came from.

Usage: test_exports.py PROGRAM        EXPORT_DOCUMENTS=N: of that many documents
"""
import csv
import datetime
import io
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest

import duckdb
import pandas
import pyarrow.parquet

PROGRAM = os.path.abspath(sys.argv.pop(1)) if len(sys.argv) > 1 else "build/polybius"
ROOT = pathlib.Path(__file__).resolve().parents[2]
DOCUMENTS = os.environ.get("EXPORT_DOCUMENTS", "200")

# Column names as users of the formats write them down; GDELT files have no heading.
GDELT = ("GLOBALEVENTID SQLDATE MonthYear Year FractionDate "
         + " ".join(f"Actor{n}{name}" for n in (1, 2) for name in ("Code", "Name", "CountryCode", "KnownGroupCode", "EthnicCode", "Religion1Code",
                                                                  "Religion2Code", "Type1Code", "Type2Code", "Type3Code"))
         + " IsRootEvent EventCode EventBaseCode EventRootCode QuadClass GoldsteinScale NumMentions NumSources NumArticles AvgTone "
         + " ".join(f"{who}Geo_{name}" for who in ("Actor1", "Actor2", "Action") for name in ("Type", "FullName", "CountryCode", "ADM1Code", "ADM2Code",
                                                                                            "Lat", "Long", "FeatureID"))
         + " DATEADDED SOURCEURL").split()
PLOVER_TYPES = "AGREE CONSULT SUPPORT CONCEDE COOPERATE AID RETREAT REQUEST ACCUSE REJECT THREATEN PROTEST SANCTION MOBILIZE COERCE ASSAULT".split()
PLOVER_QUADS = dict(zip(PLOVER_TYPES, (1, 1, 1, 1, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 4)))


def run(*arguments, check=0, **options):
    done = subprocess.run([PROGRAM, *map(str, arguments)], capture_output=True, text=True, timeout=600, **options)
    assert done.returncode == check, f"{arguments}: exit {done.returncode}: {done.stderr}"
    return done


class Exports(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.holder = tempfile.TemporaryDirectory()
        cls.folder = pathlib.Path(cls.holder.name)
        cls.db = cls.folder / "news.db"
        made = subprocess.run([sys.executable, ROOT / "bench/make_records.py", DOCUMENTS], capture_output=True, check=True).stdout.decode()
        cls.records = {record["id"]: record for record in map(json.loads, made.splitlines())}
        hard = json.loads(made.splitlines()[0])  # what breaks careless writers
        hard.update(id='hard\t"id", one', title='Tab\there, "quotes", a;b', origin={"url": "https://news.example/a,b?c=\"d\""})
        hard["entities"][0]["name"] = 'O\u2019Neil; "Pat"\tétat'
        cls.records[hard["id"]] = hard
        feed = cls.folder / "records.jsonl"
        feed.write_text(made + json.dumps(hard) + "\n")
        run("load", "--db", cls.db, feed)
        cls.events = {f"{record['id']}/{event['id']}": (record, event) for record in cls.records.values() for event in record["events"]}

    @classmethod
    def tearDownClass(cls):
        cls.holder.cleanup()

    def export(self, name, *more):
        path = self.folder / f"{name}.out"
        done = run("export", "--db", self.db, "--format", name, "-o", path, *more)
        again = self.folder / f"{name}.again"
        run("export", "--db", self.db, "--format", name, "-o", again, *more)
        if name != "parquet":
            self.assertEqual(path.read_bytes(), again.read_bytes())
        self.left_out = sum(int(line.split()[1]) for line in done.stderr.splitlines() if "left out" in line)
        return path

    @staticmethod
    def told(record, event):
        """Whether another event tells the act that the status folds to."""
        act = {"planned": "AGREE", "threatened": "THREATEN", "cancelled": "REJECT"}.get(event["status"])
        return any(other["type"] == act and other["status"] in ("occurred", "ongoing")
                   and ((event.get("plan") and event["plan"] == other.get("plan")) or (other["sentence"] == event["sentence"] and set(other["actor"]) & set(event["actor"])))
                   for other in record["events"])

    def with_cameo(self):
        """Events that lines of CAMEO have a place for."""
        return [(record, event) for record, event in self.events.values()
                if (event["status"] in ("occurred", "ongoing") or (event["status"] == "planned" and event["cameo"].startswith("03"))
                    or (event["status"] == "threatened" and event["cameo"].startswith("13"))) and not self.told(record, event)]

    def test_gdelt(self):
        table = pandas.read_csv(self.export("gdelt"), sep="\t", header=None, names=GDELT, dtype=str, keep_default_na=False, quoting=csv.QUOTE_NONE)
        self.assertEqual(len(GDELT), 61)
        wanted = self.with_cameo()
        rows_wanted = sum(2 if event["cameo"] in ("042", "043") else 1 for _, event in wanted)
        self.assertEqual(len(table), rows_wanted)
        for line in (self.folder / "gdelt.out").read_text().splitlines():
            self.assertEqual(line.count("\t"), 60)
        self.assertTrue(table.GLOBALEVENTID.is_unique)
        self.assertTrue((table.GLOBALEVENTID.astype("int64") < 2**53).all())
        days = pandas.to_datetime(table.SQLDATE, format="%Y%m%d")
        self.assertTrue((days.dt.strftime("%Y%m") == table.MonthYear).all() and (days.dt.strftime("%Y") == table.Year).all())
        fractions = days.dt.year + ((days.dt.month - 1) * 30 + days.dt.day) / 365
        self.assertTrue(((fractions - table.FractionDate.astype(float)).abs() < 0.00006).all())
        self.assertTrue(table.FractionDate.str.fullmatch(r"\d{4}\.\d{4}").all())
        self.assertTrue(table.EventCode.str.fullmatch(r"\d{3,4}").all())
        self.assertTrue((table.EventCode.str[:3] == table.EventBaseCode).all() and (table.EventCode.str[:2] == table.EventRootCode).all())
        root = table.EventRootCode.astype(int)
        quad = (1 + (root > 5).astype(int) + (root > 9) + (root > 14)).astype(str)
        self.assertTrue((quad == table.QuadClass).all())
        self.assertTrue(table.GoldsteinScale.str.fullmatch(r"-?\d+\.\d").all() and table.GoldsteinScale.astype(float).between(-10, 10).all())
        self.assertTrue(table.IsRootEvent.isin(["0", "1"]).all())
        for column in ("NumMentions", "NumSources", "NumArticles"):
            self.assertTrue((table[column] == "1").all())
        for who in ("Actor1", "Actor2", "Action"):
            kinds = table[f"{who}Geo_Type"]
            self.assertTrue(kinds.isin(list("012345")).all())
            nowhere = table[kinds == "0"]
            for name in ("FullName", "CountryCode", "ADM1Code", "ADM2Code", "Lat", "Long", "FeatureID"):
                self.assertTrue((nowhere[f"{who}Geo_{name}"] == "").all())
            somewhere = table[kinds != "0"]
            self.assertTrue(somewhere[f"{who}Geo_CountryCode"].str.fullmatch("[A-Z]{2}").all())
            self.assertTrue(somewhere[f"{who}Geo_Lat"].astype(float).between(-90, 90).all() and somewhere[f"{who}Geo_Long"].astype(float).between(-180, 180).all())
        self.assertEqual(set(table[table.ActionGeo_FullName == "Vienna, Austria"].ActionGeo_CountryCode), {"AU"})
        self.assertEqual(set(table[table.Actor1Code == "DEUGOV"].Actor1CountryCode), {"DEU"})
        self.assertEqual(set(table[table.Actor1Code == "DEUGOV"].Actor1Type1Code), {"GOV"})
        self.assertTrue((table.Actor1Name == table.Actor1Name.str.upper()).all())
        self.assertTrue(table.DATEADDED.str.fullmatch(r"\d{14}").all())
        self.assertTrue((table.AvgTone == "").all())
        self.assertEqual(table.isin(["NULL"]).sum().sum(), 0)
        self.assertTrue((table.SOURCEURL != "").all())

    def test_gdelt_in_duckdb(self):
        path = self.export("gdelt")
        columns = ", ".join(f"'{name}': 'VARCHAR'" for name in GDELT)
        count, bad = duckdb.sql(f"SELECT COUNT(*), COUNT(*) FILTER (TRY_CAST(DATEADDED AS BIGINT) IS NULL OR TRY_CAST(GoldsteinScale AS DOUBLE) IS NULL) "
                                f"FROM read_csv('{path}', delim='\t', header=false, quote='', escape='', columns={{{columns}}})").fetchall()[0]
        self.assertEqual((count, bad), (len(path.read_text().splitlines()), 0))

    def test_cameo_lines(self):
        with open(self.export("cameo"), newline="") as file:
            lines = list(csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
        self.assertEqual(len(lines), sum(2 if event["cameo"] in ("042", "043") else 1 for _, event in self.with_cameo()))
        for line in lines:
            self.assertEqual(len(line), 8)
            datetime.datetime.strptime(line[0], "%Y%m%d")
            for code in line[1:3]:
                self.assertRegex(code, r"^(---|([A-Z]{3})+)$")
            self.assertRegex(line[3], r"^\d{3,4}$")
            self.assertEqual(line[4], "")
            self.assertRegex(line[5], r"_\d+$")
            self.assertTrue(line[7])
        with open(self.export("cameo", "--actor-text", "--event-text", "--actor-root")) as file:
            self.assertEqual({line.count("\t") for line in file}, {12})
        visits = [tuple(line[1:4]) for line in lines if line[3] in ("042", "043")]
        for source, target, code in visits:
            self.assertIn((target, source, {"042": "043", "043": "042"}[code]), visits)

    def test_icews(self):
        table = pandas.read_csv(self.export("icews"), sep="\t", dtype=str, keep_default_na=False, quoting=csv.QUOTE_NONE)
        self.assertEqual(list(table.columns), ["Event ID", "Event Date", "Source Name", "Source Sectors", "Source Country", "Event Text", "CAMEO Code", "Intensity",
                                               "Target Name", "Target Sectors", "Target Country", "Story ID", "Sentence Number", "Publisher", "City", "District",
                                               "Province", "Country", "Latitude", "Longitude"])
        self.assertGreater(len(table), 0)
        self.assertTrue(table["Event Date"].str.fullmatch(r"\d{4}-\d\d-\d\d").all())
        self.assertTrue(table["CAMEO Code"].str.fullmatch(r"\d{3,4}").all() and table["Intensity"].astype(float).between(-10, 10).all())
        self.assertTrue((table["Event Text"] != "").all())
        self.assertIn("Hungary", set(table.Country))

    def test_polecat(self):
        table = pandas.read_csv(self.export("polecat"), sep="\t", dtype=str, keep_default_na=False, quoting=csv.QUOTE_NONE)
        self.assertEqual(len(table.columns), 40)
        self.assertEqual(len(table) + self.left_out, len(self.events))
        self.assertTrue(table["Event Type"].isin(PLOVER_TYPES).all())
        self.assertTrue((table["Quad Code"].astype(int) == table["Event Type"].map(PLOVER_QUADS)).all())
        self.assertTrue((table["Actor COW"] == "").all())

    def test_plover(self):
        lines = [json.loads(line) for line in self.export("plover").read_text().splitlines()]
        self.assertEqual(len(lines) + self.left_out, len(self.events))
        self.assertEqual(len({line["id"] for line in lines}), len(lines))
        for line in lines:
            record, event = self.events[line["id"]]
            datetime.date.fromisoformat(line["date"])
            self.assertTrue(line["actor"] and all(entity["entity_text"] for entity in line["actor"]))
            self.assertIn(line["event"][0], PLOVER_TYPES)
            self.assertEqual(line["quad_code"], PLOVER_QUADS[line["event"][0]])
            self.assertEqual(line["status"], event["status"])
            begin, end = line["text_info"]["start"], line["text_info"]["end"]
            self.assertEqual(record["text"][begin:end], line["event_text"][0])
            contexts = line.get("context", [])
            wanted = {"planned": "future", "threatened": "future", "postponed": "future", "hypothetical": "hypothetical", "cancelled": "negation", "denied": "negation"}
            self.assertEqual([context for context in contexts if context in ("future", "hypothetical", "negation")],
                             [wanted[event["status"]]] if event["status"] in wanted else [])
            cooperation = event["type"] in ("CONSULT", "SUPPORT", "COOPERATE", "AID")
            folded = ("THREATEN" if event["status"] == "threatened" or (event["status"] == "hypothetical" and event["type"] == "ASSAULT")
                      else "AGREE" if event["status"] == "planned" and cooperation else event["type"])
            self.assertEqual(line["event"], [folded])
        bare = self.export("plover", "--no-text").read_text()
        self.assertNotIn('"text"', bare)
        self.assertNotIn('"event_text"', bare)

    def same_rows(self, table):
        self.assertEqual(len(table), len(self.events))
        for row in table.to_dict("records"):
            record, event = self.events[f"{row['document']}/{row['event']}"]
            self.assertEqual((row["type"], row["status"], int(row["quad"]), row["cameo"]), (event["type"], event["status"], event["quad"], event["cameo"]))
            self.assertEqual(float(row["confidence"]), event["confidence"])
            begin, end = record["sentences"][event["sentence"]]
            self.assertEqual(row["sentence"], record["text"][begin:end])
            self.assertEqual(row["title"], record["title"])

    def test_csv(self):
        table = pandas.read_csv(self.export("csv"), dtype=str, keep_default_na=False)
        self.same_rows(table)
        with open(self.folder / "csv.out", newline="") as file:
            self.assertEqual(len({len(row) for row in csv.reader(file)}), 1)

    def test_parquet(self):
        path = self.export("parquet")
        table = pyarrow.parquet.read_table(path)
        self.same_rows(table.to_pandas())
        names = {f"{record['id']}/{event['id']}": [next(entity["name"] for entity in record["entities"] if entity["id"] == who) for who in event["actor"]]
                 for record, event in self.events.values()}
        for document, event, actor in duckdb.sql(f"SELECT document, event, actor FROM read_parquet('{path}')").fetchall():
            self.assertEqual(actor, names[f"{document}/{event}"])
        empty = self.folder / "empty.parquet"
        run("export", "--db", self.db, "--format", "parquet", "-o", empty, "--actor", "nobody")
        self.assertEqual(pyarrow.parquet.read_table(empty).num_rows, 0)

    def test_parquet_without_arrow_says_how_to_get_it(self):
        done = run("export", "--db", self.db, "--format", "parquet", "-o", self.folder / "none.parquet", check=3,
                   env={**os.environ, "POLYBIUS_PYTHON": "/nowhere/python3"})
        self.assertIn("tools/setup.sh parquet", done.stderr)
        self.assertFalse((self.folder / "none.parquet").exists())
        self.assertIn("E-EXP-04", run("export", "--db", self.db, "--format", "parquet", check=2).stderr)

    def test_json_lines(self):
        for reader in (lambda path: [json.loads(line) for line in path.read_text().splitlines()],
                       lambda path: pandas.read_json(path, lines=True, dtype=False).to_dict("records")):
            lines = reader(self.export("jsonl"))
            self.assertEqual([line["id"] for line in lines], [record["id"] for record in sorted(self.records.values(), key=lambda r: (r["published"], r["id"]))])
        whole = [json.loads(line) for line in self.export("jsonl").read_text().splitlines()]
        self.assertEqual({line["id"]: line for line in whole}, self.records)

    def test_corrections_show(self):
        record = next(iter(self.records.values()))
        event = record["events"][0]["id"]
        number = run("correct", "wrong-event", "--db", self.db, record["id"], event).stdout.strip()
        try:
            for name in ("plover", "csv"):
                text = self.export(name).read_text()
                again = self.export(name, "--uncorrected").read_text()
                self.assertEqual(len(again.splitlines()) - len(text.splitlines()), 1)
            out = run("export", "--db", self.db, "--format", "jsonl", "--document", record["id"]).stdout
            self.assertIn('"corrected"', out)
        finally:
            run("correct", "undo", "--db", self.db, number)


if __name__ == "__main__":
    unittest.main(verbosity=1)
