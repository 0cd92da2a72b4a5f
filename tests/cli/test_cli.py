#!/usr/bin/env python3
"""The program as its users meet it: exit statuses, messages, output whole or not at all, the same bytes on any number of threads.

Usage: test_cli.py PROGRAM
"""
import json
import os
import pathlib
import pty
import signal
import subprocess
import sys
import tempfile
import unittest

import jsonschema

PROGRAM = os.path.abspath(sys.argv.pop(1)) if len(sys.argv) > 1 else "build/polybius"
ROOT = pathlib.Path(__file__).resolve().parents[2]
SCHEMA = jsonschema.Draft202012Validator(json.loads((ROOT / "docs/record.schema.json").read_text()))
STORY = ("Ruritanian President Rudolf Elphberg met German Chancellor Friedrich Merz in Berlin on Tuesday.\n"
         "“We will meet again,” Merz said. A second summit in Strelsau was called off on Friday.\n")


def run(*arguments, text=None, folder=None, check=None):
    done = subprocess.run([PROGRAM, *map(str, arguments)], input=text, capture_output=True, cwd=folder, timeout=300,
                          text=not isinstance(text, bytes))
    if check is not None:
        assert done.returncode == check, f"{arguments}: exit {done.returncode}: {done.stderr}"
    return done


class InAFolder(unittest.TestCase):
    def setUp(self):
        self.holder = tempfile.TemporaryDirectory()
        self.addCleanup(self.holder.cleanup)
        self.folder = pathlib.Path(self.holder.name)

    def write(self, name, content):
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    def records(self, *arguments, check=0, **options):
        done = run("code", *arguments, check=check, folder=self.folder, **options)
        records = [json.loads(line) for line in done.stdout.splitlines()]
        for record in records:
            SCHEMA.validate(record)
            self.sound(record)
        return records

    def sound(self, record):
        """Every offset lies within the text, every id leads somewhere."""
        size = len(record["text"])
        ids = {item["id"] for key in ("entities", "statements", "events", "plans") for item in record[key]}
        for entity in record["entities"]:
            for mention in entity["mentions"]:
                self.assertTrue(0 <= mention["begin"] < mention["end"] <= size)
        for event in record["events"]:
            self.assertTrue(set(event["actor"]) | set(event.get("recipient", [])) <= ids)
            for begin, end in event["trigger"]:
                self.assertTrue(0 <= begin < end <= size)
        for plan in record["plans"]:
            for step in plan["history"]:
                self.assertTrue(0 <= step["evidence"][0] < step["evidence"][1] <= size)


class Inputs(InAFolder):
    def test_forms_are_told_apart_by_content(self):
        self.write("a.txt", STORY)
        self.write("b.jsonl", json.dumps({"id": "b1", "text": STORY, "desk": "politics"}) + "\n")
        self.write("c.csv", "id,text,published\nc1,\"" + STORY.replace("\n", " ") + "\",2025-10-24\n")
        records = self.records(".")
        self.assertEqual([record["id"] for record in records], ["a", "b1", "c1"])
        self.assertEqual(records[1]["extra"], {"desk": "politics"})
        self.assertEqual(records[2]["published"], "2025-10-24")

    def test_encodings_are_converted(self):
        for name, encoding in (("u8", "utf-8-sig"), ("u16", "utf-16"), ("cp", "cp1252")):
            self.write(name + ".txt", STORY.encode(encoding))
        texts = {record["text"] for record in self.records("u8.txt", "u16.txt", "cp.txt")}
        self.assertEqual(len(texts), 1)
        self.assertIn("“We will meet again,”", texts.pop())

    def test_standard_input_has_an_id_of_its_bytes(self):
        record = self.records("-", text=STORY)[0]
        self.assertTrue(record["id"].startswith("sha256:"))

    def test_the_same_id_with_another_text_gets_a_number(self):
        lines = "".join(json.dumps({"id": "x", "text": text}) + "\n" for text in (STORY, "Another text.", STORY))
        self.assertEqual([record["id"] for record in self.records("-", text=lines)], ["x", "x#2", "x"])

    def test_the_date_on_the_command_line_is_for_inputs_without(self):
        lines = json.dumps({"id": "1", "text": STORY}) + "\n" + json.dumps({"id": "2", "text": STORY, "published": "2024-01-02"})
        records = self.records("--published", "2025-10-24", "-", text=lines)
        self.assertEqual([record["published"] for record in records], ["2025-10-24", "2024-01-02"])

    def test_another_column_may_hold_the_text(self):
        self.assertEqual(len(self.records("--text-field", "body", "-", text=json.dumps({"body": STORY}) + "\n")), 1)

    def test_a_record_passes_through(self):
        first = run("code", "-", text=STORY, check=0).stdout
        self.assertEqual(run("code", "-", text=first, check=0).stdout, first)


def news(name, published, text, title=""):
    return json.dumps({"id": name, "published": published, "title": title, "text": text}) + "\n"


class Plans(InAFolder):
    ANNOUNCED = news("a", "2025-03-03", "French President Emmanuel Macron will visit Serbia on 20 March, his office said on Monday.")
    REPRINT = news("r", "2025-03-04", "French President Emmanuel Macron will visit Serbia on 20 March, his office said on Monday.")
    PUT_OFF = news("b", "2025-03-18", "Macron's visit to Serbia has been postponed, the Serbian government said on Tuesday.")
    OTHER = news("c", "2025-03-19", "Japan's foreign minister will visit Canada on 2 April, Ottawa said on Wednesday.")

    def plans(self, *lines):
        return [json.loads(line) for line in run("plans", "-", text="".join(lines), check=0).stdout.splitlines()]

    def test_one_plan_is_told_by_all_documents_and_look_alikes_stay_apart(self):
        plans = self.plans(self.ANNOUNCED, self.REPRINT, self.PUT_OFF, self.OTHER)
        visit = next(plan for plan in plans if plan["documents"][0]["id"] == "a")
        self.assertEqual([(step["status"], step["time"], step["document"]) for step in visit["history"]],
                         [("announced", "2025-03-03", "a"), ("postponed", "2025-03-18", "b")])
        self.assertEqual(visit["documents"], [{"id": "a", "group": "a"}, {"id": "r", "group": "a"}, {"id": "b", "group": "b"}])
        self.assertTrue(any(plan["documents"] == [{"id": "c", "group": "c"}] for plan in plans))

    def test_the_order_of_inputs_changes_nothing(self):
        lines = [self.ANNOUNCED, self.REPRINT, self.PUT_OFF, self.OTHER]
        self.assertEqual(self.plans(*lines), self.plans(*reversed(lines)))

    def test_records_give_the_same_as_the_news_they_are_of(self):
        lines = self.ANNOUNCED + self.PUT_OFF
        records = run("code", "-", text=lines, check=0).stdout
        self.assertEqual(run("plans", "-", text=records, check=0).stdout, run("plans", "-", text=lines, check=0).stdout)

    def test_a_broken_line_costs_no_other(self):
        done = run("plans", "-", text=self.ANNOUNCED + "{\"schema\": \"polybius/1\"}\n", check=1)
        self.assertEqual(len(done.stdout.splitlines()), 1)


class Faults(InAFolder):
    def test_a_missing_file_costs_no_other(self):
        self.write("a.txt", STORY)
        done = run("code", "a.txt", "nowhere.txt", folder=self.folder, check=1)
        self.assertEqual(len(done.stdout.splitlines()), 1)
        self.assertIn("nowhere.txt", done.stderr)

    def test_nothing_that_can_be_read_is_a_failure(self):
        self.assertEqual(run("code", "nowhere.txt", folder=self.folder).returncode, 3)

    def test_a_broken_line_is_named_and_costs_no_other(self):
        text = json.dumps({"id": "1", "text": STORY}) + "\n{\"id\": \"2\", \"text\": \n" + json.dumps({"id": "3", "text": STORY}) + "\n"
        self.write("feed.jsonl", text)
        done = run("code", "feed.jsonl", folder=self.folder, check=1)
        self.assertEqual([json.loads(line)["id"] for line in done.stdout.splitlines()], ["1", "3"])
        self.assertIn("feed.jsonl:2", done.stderr)

    def test_a_line_without_text_says_what_to_do(self):
        done = run("code", "-", text=json.dumps({"id": "1", "body": STORY}) + "\n" + json.dumps({"text": STORY}) + "\n", check=1)
        self.assertIn("--text-field", done.stderr)

    def test_what_is_surely_not_english_is_skipped(self):
        german = ("Der Präsident traf am Dienstag den Kanzler in Berlin, und beide sprachen über die Lage im Osten des Landes. "
                  "Nach dem Gespräch erklärten sie, dass ein weiteres Treffen im nächsten Monat stattfinden soll. ") * 3
        self.write("de.txt", german)
        self.write("en.txt", STORY)
        done = run("code", "de.txt", "en.txt", folder=self.folder, check=1)
        self.assertEqual(len(done.stdout.splitlines()), 1)
        self.assertIn("de.txt", done.stderr)

    def test_a_wrong_command_line_is_exit_2(self):
        for arguments in ([], ["cod"], ["code", "--no-such-option"], ["brief", "--format", "pdf"], ["code", "--jobs", "0"]):
            self.assertEqual(run(*arguments).returncode, 2, arguments)

    def test_a_missing_model_is_named(self):
        done = run("code", "--model", "none.safetensors", "-", text=STORY)
        self.assertEqual(done.returncode, 3)
        self.assertIn("none.safetensors", done.stderr)

    def test_bytes_without_sense_do_not_crash(self):
        for number, noise in enumerate((b"", b"\0" * 5000, os.urandom(20000), b"\xff\xfe" + b"a" * 3, b"[" * 10000)):
            self.write(f"noise{number}.txt", noise)
        done = run("code", ".", folder=self.folder)
        self.assertIn(done.returncode, (0, 1, 3))
        self.assertNotIn("terminate", done.stderr)


class Output(InAFolder):
    def test_output_appears_whole_or_not_at_all(self):
        self.write("out.jsonl", "old\n")
        self.assertEqual(run("code", "nowhere.txt", "-o", "out.jsonl", folder=self.folder).returncode, 3)
        self.assertEqual((self.folder / "out.jsonl").read_text(), "old\n")
        run("code", "-", "-o", "out.jsonl", folder=self.folder, text=STORY, check=0)
        self.assertEqual(len((self.folder / "out.jsonl").read_text().splitlines()), 1)
        self.assertEqual([path.name for path in self.folder.iterdir()], ["out.jsonl"])

    def test_a_killed_run_leaves_the_old_output(self):
        self.write("many.jsonl", "".join(json.dumps({"id": str(n), "text": STORY * 5}) + "\n" for n in range(3000)))
        self.write("out.jsonl", "old\n")
        process = subprocess.Popen([PROGRAM, "code", "many.jsonl", "-o", "out.jsonl"], cwd=self.folder)
        try:
            process.wait(timeout=1)
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
            process.wait()
            self.assertEqual((self.folder / "out.jsonl").read_text(), "old\n")

    def test_threads_do_not_change_a_byte(self):
        lines = "".join(json.dumps({"id": str(n), "text": STORY * (1 + n % 7)}) + "\n" for n in range(60))
        one = run("code", "--jobs", "1", "-", text=lines, check=0).stdout
        for jobs in (2, 7):
            self.assertEqual(run("code", "--jobs", jobs, "-", text=lines, check=0).stdout, one)

    def test_a_full_disk_is_a_failure(self):
        with open("/dev/full", "w") as full:
            done = subprocess.run([PROGRAM, "code", "-"], input=STORY, stdout=full, stderr=subprocess.PIPE, text=True)
        self.assertEqual(done.returncode, 3)

    def test_progress_is_for_terminals_only(self):
        self.assertEqual(run("code", "-", text=STORY, check=0).stderr, "")


class Briefs(InAFolder):
    def test_every_format_tells_the_story(self):
        for form in ("text", "md", "html"):
            brief = run("brief", "--format", form, "--published", "2025-10-24", "-", text=STORY, check=0).stdout
            self.assertIn("Merz", brief)
            self.assertNotIn("\033", brief)

    def test_colour_is_for_terminals(self):
        self.write("a.txt", STORY)
        leader, follower = pty.openpty()
        subprocess.run([PROGRAM, "brief", str(self.folder / "a.txt")], stdout=follower, check=True,
                       env={key: value for key, value in os.environ.items() if key != "NO_COLOR"})
        self.assertIn(b"\033[", os.read(leader, 65536))
        os.close(leader)
        os.close(follower)

    def test_a_brief_can_be_made_of_records(self):
        record = run("code", "-", text=STORY, check=0).stdout
        self.assertEqual(run("brief", "-", text=record, check=0).stdout, run("brief", "-", text=STORY, check=0).stdout)


class Lexicons(InAFolder):
    def test_a_user_adds_an_actor_and_a_verb(self):
        self.write("mine/actors.tsv",
                   "# table: organizations\nname\taliases\tkind\tiso3\tcameo\tsector\n"
                   "Blue Lantern Front\tBLF\tarmed_group\tRUS\tRUSREB\tREB\n")
        self.write("mine/verbs.tsv",
                   "# table: events\npattern\tpos\ttype\tmode\tcameo\texample\n"
                   "flumox\tverb\tASSAULT\tdestroy\t180\tThe rebels flumoxed the village.\n")
        text = "The Blue Lantern Front attacked Ukraine on Monday. The Blue Lantern Front flumoxed Ukraine on Tuesday.\n"
        plain = self.records("-", text=text)[0]
        self.assertNotIn("RUSREB", json.dumps(plain))
        record = self.records("--lexicon", "mine", "-", text=text)[0]
        front = next(entity for entity in record["entities"] if entity["name"] == "Blue Lantern Front")
        self.assertEqual(front["codes"]["cameo"], ["RUSREB"])
        self.assertTrue(any("mine/verbs.tsv:3" in event["why"] for event in record["events"]))
        self.assertNotEqual(record["coder"]["lexicon"], plain["coder"]["lexicon"])

    def test_the_checker_finds_planted_errors_by_line(self):
        self.write("bad.tsv", "# table: status_cues\npattern\tpos\tgoverns\tstatus\texample\ncall off\tverb\tobj\tcanceled\tThey called it off.\n")
        done = run("lexicon", "check", "bad.tsv", folder=self.folder, check=3)
        self.assertIn("bad.tsv:3:19: unknown status \"canceled\"; write \"cancelled\" (E-LEX-06)", done.stdout)

    def test_the_checker_runs_the_examples(self):
        self.write("odd.tsv", "# table: events\npattern\tpos\ttype\tcameo\texample\nkidnap\tverb\tASSAULT\t181\tThe sun rose early.\n")
        done = run("lexicon", "check", "odd.tsv", folder=self.folder, check=3)
        self.assertIn("odd.tsv:3", done.stdout)
        self.assertIn("E-LEX-20", done.stdout)

    def test_dictionaries_are_imported(self):
        self.write("x.actors", "RURITANIA_ [RUR]\n+KINGDOM_OF_RURITANIA\nBROKEN [\n")
        done = run("lexicon", "import", "x.actors", "-o", "x.tsv", folder=self.folder)
        self.assertIn(done.returncode, (0, 1))
        self.assertIn("Ruritania", (self.folder / "x.tsv").read_text())
        record = self.records("--lexicon", "x.tsv", "-", text="Ruritania attacked Ukraine on Monday.\n")[0]
        self.assertIn("RUR", json.dumps(record["entities"]))


class Help(unittest.TestCase):
    def test_every_command_has_help_with_examples(self):
        listing = run("--help", check=0).stdout
        self.assertIn("Examples:", listing)
        for command in ("brief", "code"):
            self.assertIn("Example", run(command, "--help", check=0).stdout)
        self.assertRegex(run("--version", check=0).stdout, r"polybius \d+\.\d+\.\d+")

    def test_completions_know_the_commands(self):
        for shell in ("bash", "zsh", "fish"):
            self.assertIn("brief", run("completion", shell, check=0).stdout)
        script = run("completion", "bash", check=0).stdout + "COMP_WORDS=(polybius co); COMP_CWORD=1; _polybius; echo ${COMPREPLY[@]}"
        self.assertIn("code", subprocess.run(["bash", "-c", script], capture_output=True, text=True).stdout)


class Relating(InAFolder):
    PAIRS = [("Norland condemned Sudmark on Monday.", "Norland", "Sudmark"),
             ("Gunmen from Ostrava attacked the police station in Belmar — é — and killed two.", "Gunmen", "police station"),
             ("Sudmark sent food and tents to Belmar after the flood.", "Sudmark", "Belmar"),
             ("The minister of Norland threatened Sudmark with war.", "minister of Norland", "Sudmark")]

    def lines(self):
        rows = []
        for number, (text, actor, recipient) in enumerate(self.PAIRS):
            places = {side: [text.index(name), text.index(name) + len(name)] for side, name in (("actor", actor), ("recipient", recipient))}
            rows.append(json.dumps({"id": f"p{number}", "text": text, **places}))
        return rows

    def test_marked_pairs_are_related(self):
        done = run("relate", "-", text="\n".join(self.lines()), check=0)
        found = [json.loads(line) for line in done.stdout.splitlines()]
        self.assertEqual([row["id"] for row in found], ["p0", "p1", "p2", "p3"])
        self.assertEqual([row["type"] for row in found], ["ACCUSE", "ASSAULT", "AID", "THREATEN"])
        for row in found:
            self.assertTrue(0 <= row["confidence"] <= 1 and row["why"].startswith("events: pair head " + row["type"]))
            self.assertTrue(row["cameo"] and row["status"])
        self.assertIn("condemn", found[0]["why"])

    def test_a_place_may_be_absent_and_a_wrong_one_costs_no_other(self):
        good, *_ = self.lines()
        without = json.dumps({"id": "w", "text": "The union went on strike in Belmar.", "actor": [0, 9]})
        odd = [json.dumps({"id": "o", "text": "Short.", "actor": place}) for place in ([0, 99], [3, 3], "0-3", [1], [-1, 2])]
        done = run("relate", "-", text="\n".join([*odd, good, without]), check=1)
        self.assertEqual([json.loads(line)["id"] for line in done.stdout.splitlines()], ["p0", "w"])
        self.assertEqual(done.stderr.count("code points"), len(odd))

    def test_threads_do_not_change_a_byte(self):
        text = "\n".join(self.lines() * 5)
        self.assertEqual(run("relate", "--jobs", "1", "-", text=text, check=0).stdout, run("relate", "--jobs", "4", "-", text=text, check=0).stdout)


class Parsing(InAFolder):
    def test_one_long_text_is_the_same_on_any_number_of_threads(self):
        line = "The minister didn't meet the envoy in Geneva on Monday, officials said. Talks resume in June.\n"
        (self.folder / "long.txt").write_text(line * 90)
        one = run("parse", "--jobs", "1", "long.txt", folder=self.folder, check=0).stdout
        three = run("parse", "--jobs", "3", "long.txt", folder=self.folder, check=0).stdout
        self.assertEqual(one, three)
        numbers = [int(row.split("=")[1]) for row in one.splitlines() if row.startswith("# sent_id")]
        self.assertEqual(numbers, list(range(1, 181)))
        sentences = one.strip().split("\n\n")
        self.assertEqual({s.split("\n", 1)[1] for s in sentences}, {s.split("\n", 1)[1] for s in sentences[:2]})

    def test_conllu_that_is_parsed_again_keeps_its_lines_and_words(self):
        (self.folder / "a.txt").write_text("Rebels shelled Aden. Nobody was hurt.\n" * 200)
        first = run("parse", "a.txt", folder=self.folder, check=0).stdout
        (self.folder / "a.conllu").write_text(first)
        again = run("parse", "--conllu", "a.conllu", folder=self.folder, check=0).stdout
        self.assertEqual(first, again)


if __name__ == "__main__":
    unittest.main()
