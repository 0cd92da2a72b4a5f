#!/usr/bin/env python3
"""Codes every tests/cases/**/*.case in one run of the program and holds the records to what the cases expect.

Usage: run_cases.py PROGRAM [FOLDER]

A case is lines of `key value`, the key ends at the first white space; `#` begins a comment:
  why        one sentence, for the reader
  published  the date, if any
  text       a paragraph; may be repeated
  entity | time | statement | event | plan | warning   FIELD=VALUE ...   one such item must be in the record
  no entity | no event | ...                           FIELD=VALUE ...   none may be
A value in double quotes may hold spaces. Fields:
  entity     name, kind, code (any of cameo), iso3, title, mention (text of one of its mentions)
  time       text, value
  statement  speaker (name of its entity, or - for none), kind, content (part of its text), cue (part of its text), within=yes
  event      type, status, mode, cameo, actor, recipient (names; several joined by +), trigger (text of one), time, place, said_by (speaker's name, or -)
  plan       what (part), parties (names joined by +), place, when, history (status@time steps in order, joined by ,; @time may be left out)
  warning    code
Closes with `N passed, N failed`.
"""
import json
import pathlib
import shlex
import subprocess
import sys

KINDS = ("entity", "time", "statement", "event", "plan", "warning")


class Case:
    """One file: its text and what it expects."""

    def __init__(self, path):
        self.path = path
        self.published = None
        self.paragraphs = []
        self.expected = []  # (wanted, kind, fields, line number)
        for number, line in enumerate(path.read_text().splitlines(), 1):
            if line.strip() and not line.startswith("#"):
                self.take(line, number)

    def take(self, line, number):
        key, _, value = line.partition(" ")
        value = value.strip()
        wanted = key != "no"
        if not wanted:
            key, _, value = value.partition(" ")
        if key == "published":
            self.published = value
        elif key == "text":
            self.paragraphs.append(value)
        elif key in KINDS:
            fields = dict(part.split("=", 1) for part in shlex.split(value))
            self.expected.append((wanted, key, fields, number))
        elif key != "why":
            sys.exit(f"{self.path}:{number}: unknown key \"{key}\"; see tests/cases/run_cases.py")

    def document(self):
        document = {"id": str(self.path), "text": "\n".join(self.paragraphs)}
        if self.published:
            document["published"] = self.published
        return document


class View:
    """A record as the cases speak of it: names in place of ids."""

    def __init__(self, record):
        self.record = record
        self.text = record["text"]
        self.names = {entity["id"]: entity["name"] for entity in record["entities"]}
        self.statements = {statement["id"]: statement for statement in record["statements"]}

    def spans(self, spans):
        return " … ".join(self.text[begin:end] for begin, end in spans)

    def listed(self, ids):
        return sorted(self.names.get(number, "?") for number in ids)

    def speaker(self, statement):
        return self.names.get(statement.get("speaker", {}).get("entity"), "-")

    def items(self, kind):
        return self.record[{"entity": "entities"}.get(kind, kind + "s")]


def holds_entity(view, item, field, value):
    codes = item.get("codes", {})
    return {
        "name": lambda: item["name"] == value,
        "kind": lambda: item["kind"] == value,
        "code": lambda: value in codes.get("cameo", []),
        "iso3": lambda: codes.get("iso3") == value,
        "title": lambda: item.get("role", {}).get("title") == value,
        "mention": lambda: any(view.text[m["begin"]:m["end"]] == value for m in item["mentions"]),
    }[field]()


def holds_time(view, item, field, value):
    return {"text": lambda: view.text[item["begin"]:item["end"]] == value, "value": lambda: item["value"] == value}[field]()


def holds_statement(view, item, field, value):
    return {
        "speaker": lambda: view.speaker(item) == value,
        "kind": lambda: item["kind"] == value,
        "content": lambda: value in view.spans(item["content"]),
        "cue": lambda: value in view.spans(item.get("cue", [])),
        "within": lambda: ("within" in item) == (value == "yes"),
    }[field]()


def holds_event(view, item, field, value):
    said_by = view.statements.get(item.get("said_by"))
    return {
        "type": lambda: item["type"] == value,
        "status": lambda: item["status"] == value,
        "mode": lambda: item.get("mode") == value,
        "cameo": lambda: item["cameo"] == value,
        "actor": lambda: view.listed(item["actor"]) == sorted(value.split("+")),
        "recipient": lambda: view.listed(item.get("recipient", [])) == sorted(filter(None, value.split("+"))),
        "trigger": lambda: any(view.text[b:e] == value for b, e in item["trigger"]),
        "time": lambda: item.get("time", {}).get("value") == value,
        "place": lambda: item.get("place", {}).get("name") == value,
        "said_by": lambda: ("-" if said_by is None else view.speaker(said_by)) == value,
    }[field]()


def holds_history(history, value):
    steps = [tuple(step.split("@")) for step in value.split(",")]
    if len(steps) != len(history):
        return False
    return all(step[0] == have["status"] and (len(step) == 1 or step[1] == have.get("time"))
               for step, have in zip(steps, history))


def holds_plan(view, item, field, value):
    return {
        "what": lambda: value in item["what"],
        "parties": lambda: view.listed(item["parties"]) == sorted(value.split("+")),
        "place": lambda: item.get("place", {}).get("name") == value,
        "when": lambda: item.get("when") == value,
        "history": lambda: holds_history(item["history"], value),
    }[field]()


def holds_warning(_view, item, field, value):
    return field == "code" and item["code"] == value


HOLDS = {"entity": holds_entity, "time": holds_time, "statement": holds_statement, "event": holds_event,
         "plan": holds_plan, "warning": holds_warning}


def faults_of(case, record):
    view = View(record)
    for wanted, kind, fields, number in case.expected:
        found = any(all(HOLDS[kind](view, item, *field) for field in fields.items()) for item in view.items(kind))
        if found != wanted:
            shown = " ".join(f"{key}={value}" for key, value in fields.items())
            yield f"{case.path}:{number}: {'no' if wanted else 'there is'} {kind} {shown}"


def main():
    program = sys.argv[1]
    folder = pathlib.Path(sys.argv[2] if len(sys.argv) > 2 else pathlib.Path(__file__).parent)
    cases = [Case(path) for path in sorted(folder.rglob("*.case"))]
    lines = "".join(json.dumps(case.document()) + "\n" for case in cases)
    done = subprocess.run([program, "code", "-"], input=lines, capture_output=True, text=True)
    if done.returncode:
        sys.exit(f"{program} code: exit {done.returncode}: {done.stderr}")
    records = {record["id"]: record for record in map(json.loads, done.stdout.splitlines())}
    failed = 0
    for case in cases:
        faults = list(faults_of(case, records[str(case.path)]))
        failed += bool(faults)
        print("\n".join(faults), end="\n" if faults else "")
    print(f"{len(cases) - failed} passed, {failed} failed")
    sys.exit(failed > 0)


if __name__ == "__main__":
    main()
