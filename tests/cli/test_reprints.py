#!/usr/bin/env python3
"""`polybius dedupe` and `code --dedupe` from the outside: groups, the index, records with offsets of their own.

Usage: test_reprints.py PROGRAM
"""
import json
import unittest

from test_cli import InAFolder, SCHEMA, run

LEAD = "Ruritanian President Rudolf Elphberg met German Chancellor Friedrich Merz in Berlin on Tuesday to sign a trade agreement.\n"
QUOTE = "“We will meet again in the spring,” Merz said after the talks, which had been postponed twice since last summer.\n"
PLAN = "A second summit in Strelsau was called off on Friday because of a strike of the railway workers in both countries.\n"
BACK = "Ruritania has asked Germany for a loan of 400 million crowns to rebuild the bridges that a flood destroyed in May.\n"
REST = "The opposition in Strelsau rejected the agreement and demanded that parliament vote on it before the end of the year.\n"
STORY = LEAD + QUOTE + PLAN + BACK + REST
OTHER = ("Ukrainian Foreign Minister Andrii Sybiha accused Russia on Monday of shelling a power station near Kharkiv.\n"
         "Russian officials denied the attack. Two workers were injured, and repairs will take several days, the grid operator said.\n")

DOCUMENTS = [
    {"id": "wire", "published": "2025-10-24T08:00:00Z", "title": "Elphberg meets Merz", "text": STORY},
    {"id": "other", "published": "2025-10-24", "text": OTHER},
    {"id": "quotes", "published": "2025-10-24T11:00:00Z", "title": "Deal in Berlin", "text": STORY.replace("“", "\"").replace("”", "\"")},
    {"id": "cut", "published": "2025-10-25", "text": LEAD + QUOTE + PLAN},
    {"id": "moved", "published": "2025-10-25", "text": LEAD + BACK + REST + QUOTE + PLAN},
    {"id": "rewritten", "published": "2025-10-25", "text": STORY.replace("met German", "saw German").replace("rejected the", "turned down the")},
]


def lines(documents):
    return "".join(json.dumps(document) + "\n" for document in documents)


def spans_of(record):
    """(what, characters) of everything that the record points at."""
    text = record["text"]
    out = []
    for entity in record["entities"]:
        out += [(entity["id"], mention["form"], text[mention["begin"]:mention["end"]]) for mention in entity["mentions"]]
    out += [("time", time["value"], text[time["begin"]:time["end"]]) for time in record["times"]]
    for statement in record["statements"]:
        out += [(statement["id"], "content", text[b:e].strip("“”\"")) for b, e in statement["content"]]
        out += [(statement["id"], "cue", text[b:e]) for b, e in statement.get("cue", [])]
    for event in record["events"]:
        out += [(event["id"], event["type"], text[b:e]) for b, e in event["trigger"]]
    for plan in record["plans"]:
        out += [(plan["id"], step["status"], text[slice(*step["evidence"])]) for step in plan["history"]]
    return sorted(out)


class Groups(InAFolder):
    def groups(self, *arguments, text=None, check=0):
        done = run("dedupe", *arguments, text=text, folder=self.folder, check=check)
        return [json.loads(line) for line in done.stdout.splitlines()]

    def test_reprints_share_a_group_and_an_original(self):
        found = self.groups("-", text=lines([DOCUMENTS[3], *DOCUMENTS[:3], *DOCUMENTS[4:]]))
        self.assertEqual([item["id"] for item in found], ["cut", "wire", "other", "quotes", "moved", "rewritten"])
        self.assertEqual({item["group"] for item in found if item["id"] != "other"}, {"cut"})
        self.assertEqual({item["original"] for item in found if item["id"] != "other"}, {"wire"})
        self.assertEqual(found[2], {"id": "other", "group": "other", "original": "other", "similarity": 1.0})
        by_id = {item["id"]: item["similarity"] for item in found}
        self.assertEqual((by_id["wire"], by_id["quotes"], by_id["moved"]), (1, 1, 1))
        self.assertTrue(.5 < by_id["cut"] < by_id["rewritten"] < 1)

    def test_every_form_can_be_compared(self):
        page = "<html><body><nav>Home News Sport</nav><article>" + "".join(f"<p>{line}</p>" for line in STORY.splitlines()) + "</article></body></html>"
        self.write("in/a.html", page)
        self.write("in/b.txt", STORY)
        self.write("in/c.jsonl", run("code", "-", text=lines(DOCUMENTS[:1]), check=0).stdout)
        found = self.groups("in")
        self.assertEqual([item["group"] for item in found], ["a", "a", "a"])

    def test_an_index_remembers_earlier_runs(self):
        first = self.groups("--index", "known", "-", text=lines(DOCUMENTS[:2]))
        self.assertEqual([item["group"] for item in first], ["wire", "other"])
        later = self.groups("--index", "known", "-", text=lines(DOCUMENTS[2:]))
        self.assertEqual({item["group"] for item in later}, {"wire"})
        size = (self.folder / "known").stat().st_size
        again = self.groups("--index", "known", "-", text=lines(DOCUMENTS[2:]))
        self.assertEqual(again, later)
        self.assertLess((self.folder / "known").stat().st_size - size, 64)

    def test_a_wrong_index_is_named_and_left_alone(self):
        self.write("notes.txt", "my notes")
        done = run("dedupe", "--index", "notes.txt", "-", text=lines(DOCUMENTS), folder=self.folder, check=3)
        self.assertIn("E-DUP-01", done.stderr)
        self.assertEqual((self.folder / "notes.txt").read_text(), "my notes")

    def test_faults_cost_no_other_and_threads_no_byte(self):
        text = lines(DOCUMENTS[:3]) + "{\"id\": \n" + lines(DOCUMENTS[3:])
        done = run("dedupe", "--jobs", "1", "-", text=text, check=1)
        self.assertIn(":4", done.stderr)
        self.assertEqual(len(done.stdout.splitlines()), 6)
        for jobs in (2, 5):
            self.assertEqual(run("dedupe", "--jobs", jobs, "-", text=text, check=1).stdout, done.stdout)
        self.assertEqual(run("dedupe", "nowhere.txt", folder=self.folder).returncode, 3)


class Records(InAFolder):
    def test_a_story_is_coded_once_and_carried(self):
        plain = self.records("-", text=lines(DOCUMENTS))
        records = self.records("--dedupe", "-", text=lines(DOCUMENTS))
        self.assertEqual([record["id"] for record in records], [document["id"] for document in DOCUMENTS])
        self.assertEqual(records[:2], plain[:2])
        carried = {record["id"] for record in records if any(warning["code"] == "reprint" for warning in record["warnings"])}
        self.assertEqual(carried, {"quotes", "cut", "moved"})
        for record, alone in zip(records, plain):
            self.assertEqual(record["text"], alone["text"])
            if record["id"] in carried:  # the same characters, but for pieces between other quotation marks
                told = spans_of(records[0])
                for what, kind, characters in spans_of(record):
                    self.assertTrue(any(other[:2] == (what, kind) and characters in other[2] for other in told), (what, characters))
            self.assertEqual(record.get("title"), alone.get("title"))
            self.assertEqual(record.get("published"), alone.get("published"))
        by_id = {record["id"]: record for record in records}
        self.assertEqual(len(spans_of(by_id["quotes"])), len(spans_of(by_id["wire"])))
        self.assertEqual(spans_of(by_id["moved"]), spans_of(by_id["wire"]))
        self.assertTrue(set(spans_of(by_id["cut"])) < set(spans_of(by_id["wire"])))
        self.assertTrue(by_id["cut"]["events"])

    def test_threads_and_repetition_do_not_change_a_byte(self):
        text = lines(DOCUMENTS)
        one = run("code", "--dedupe", "--jobs", "1", "-", text=text, check=0).stdout
        self.assertEqual(run("code", "--dedupe", "--jobs", "4", "-", text=text, check=0).stdout, one)

    def test_faults_are_named_in_their_place(self):
        self.write("a.jsonl", lines(DOCUMENTS[:1]) + "{\n" + lines(DOCUMENTS[2:4]))
        done = run("code", "--dedupe", "a.jsonl", "-o", "out.jsonl", folder=self.folder, check=1)
        self.assertIn("a.jsonl:2", done.stderr)
        self.assertEqual(len((self.folder / "out.jsonl").read_text().splitlines()), 3)

    def test_records_pass_through(self):
        first = run("code", "-", text=lines(DOCUMENTS[:1]), check=0).stdout
        out = run("code", "--dedupe", "-", text=first + lines(DOCUMENTS[3:4]), check=0).stdout.splitlines(keepends=True)
        self.assertEqual(out[0], first)
        SCHEMA.validate(json.loads(out[1]))

    def test_carried_records_go_into_a_store(self):
        self.write("records.jsonl", run("code", "--dedupe", "-", text=lines(DOCUMENTS), check=0).stdout)
        run("load", "--db", "news.db", "records.jsonl", folder=self.folder, check=0)
        found = run("query", "--db", "news.db", "documents", "--format", "jsonl", folder=self.folder, check=0).stdout.splitlines()
        self.assertEqual({json.loads(row)["id"] for row in found}, {document["id"] for document in DOCUMENTS})

    def test_plans_count_a_story_once(self):
        plans = [json.loads(line) for line in run("plans", "-", text=lines(DOCUMENTS), check=0).stdout.splitlines()]
        told = [plan for plan in plans if len(plan["documents"]) > 1]
        self.assertTrue(told)
        for plan in told:
            self.assertEqual({document["group"] for document in plan["documents"]}, {"wire"})
            self.assertEqual({step["document"] for step in plan["history"]}, {"wire"})


if __name__ == "__main__":
    unittest.main()
