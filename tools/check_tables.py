#!/usr/bin/env python3
# Checks every table under data/ against data/schema.tsv, until `polybius lexicon check` does it.
"""usage: check_tables.py [DATA]

Prints file:line: fault. Exit status 1 if there is any.
"""
import os
import re
import sys

SLOT = re.compile(r"^[a-z][a-z_-]*(\+[a-z][a-z_-]*)*$")
PATTERN_WORD = re.compile(r"^(not|<[a-z_]+>|\{[A-Za-z_]+\}|[A-Za-z'’.&-]+\*?(\|[A-Za-z'’.&-]+\*?)*)$")
STATUS = "occurred ongoing planned postponed cancelled threatened denied hypothetical".split()
PLAN_STATUS = "proposed announced confirmed postponed cancelled not_ruled_out under_way held".split()
SPECIAL_SLOTS = {"subj", "obj", "iobj", "poss", "mod", "comp"}


def read_table(path):
    """Yields (line number, {column: cell}) of a table; the first yield is (table name, columns)."""
    with open(path, encoding="utf-8") as lines:
        table, columns = None, None
        for number, line in enumerate(lines, 1):
            line = line.rstrip("\n")
            if number == 1:
                table = line.removeprefix("# table:").strip() if line.startswith("# table:") else None
            elif not line.strip() or (line.startswith("#") and columns is not None):
                continue
            elif columns is None:
                columns = line.split("\t")
                yield 0, (table, columns)
            else:
                cells = line.split("\t")
                extra = len(cells) > len(columns)
                yield number, (dict(zip(columns, cells)), extra)


class Checker:
    """Holds the schema and what was seen, so that references can be checked at the end."""

    def __init__(self, data):
        self.data = data
        self.schema = {}
        self.faults = []
        self.seen = {}
        self.rows = {}
        self.classes = set()
        self.used_classes = []

    def fault(self, place, text):
        self.faults.append(f"{place}: {text}")

    def read_schema(self):
        reader = read_table(os.path.join(self.data, "schema.tsv"))
        next(reader)
        for _, (row, _) in reader:
            self.schema.setdefault(row["table"], {})[row["column"]] = (row["required"] == "yes", row["values"])

    def read_all(self):
        for folder, folders, files in os.walk(self.data):
            folders.sort()
            for name in sorted(files):
                if name.endswith(".tsv") and name != "schema.tsv":
                    self.read_file(os.path.join(folder, name))

    def read_file(self, path):
        reader = read_table(path)
        try:
            _, (table, columns) = next(reader)
        except StopIteration:
            return self.fault(path, "no header")
        if table not in self.schema:
            return self.fault(path + ":1", f"unknown table {table!r}")
        for column in columns:
            if column not in self.schema[table]:
                self.fault(path + ":2", f"unknown column {column!r} of {table}")
        for number, (row, extra) in reader:
            place = f"{path}:{number}"
            if extra:
                self.fault(place, "more cells than columns")
            self.rows.setdefault(table, []).append((place, row))
            if table == "classes":
                self.classes.add(row["class"])

    def check(self):
        values = lambda table, column: {row.get(column, "") for _, row in self.rows.get(table, [])}
        self.types = values("plover_types", "type")
        self.modes = {(r["type"], r["mode"]) for _, r in self.rows.get("plover_modes", [])}
        self.contexts = values("plover_contexts", "context")
        self.codes = values("cameo_codes", "code")
        for table, rows in sorted(self.rows.items()):
            for place, row in rows:
                self.check_row(place, table, row)
        for place, name in self.used_classes:
            if name not in self.classes:
                self.fault(place, f"no class <{name}>")

    def check_row(self, place, table, row):
        for column, (required, kind) in self.schema[table].items():
            cell = row.get(column, "")
            if cell != cell.strip():
                self.fault(place, f"blank at the edge of {column}")
            if required and not cell:
                self.fault(place, f"{column} is missing")
            elif cell and cell != "-":
                self.check_cell(place, table, row, column, kind, cell)
        self.check_twice(place, table, row)
        mode = row.get("mode", "")
        if table == "events" and mode and (row["type"], mode) not in self.modes:
            self.fault(place, f"{mode} is no mode of {row['type']}")

    def check_cell(self, place, table, row, column, kind, cell):
        parts = cell.split("|")
        wrong = []
        if kind == "plover_type":
            wrong = [cell] if cell not in self.types else []
        elif kind == "cameo_code":
            wrong = [cell] if cell not in self.codes else []
        elif kind == "plover_contexts":
            wrong = [part for part in parts if part not in self.contexts]
        elif kind == "slots":
            wrong = [part for part in parts if not SLOT.match(part)]
        elif kind == "pattern":
            wrong = [] if row.get("pos") == "phrase" else self.check_pattern(place, cell)
        elif kind in ("number", "float"):
            wrong = [] if re.match(r"^-?\d+(\.\d+)?$", cell) else [cell]
        elif kind in ("status", "status_or_same"):
            wrong = [] if cell in STATUS or (cell == "same" and kind != "status") else [cell]
        elif kind == "plan_status":
            wrong = [] if cell in PLAN_STATUS else [cell]
        elif kind == "governs":
            wrong = [] if re.match(r"^(comp|obj|subj|mod|clause|prep:[a-z]+)$", cell) else [cell]
        elif kind == "iso3":
            wrong = [] if re.match(r"^[A-Z]{3}$", cell) else [cell]
        elif "," in kind:
            wrong = [] if cell in kind.split(",") else [cell]
        elif kind == "sentence":
            wrong = [] if cell[-1] in ".?!:”\"'" or table == "boilerplate" else [cell]
        for part in wrong:
            self.fault(place, f"bad {column} {part!r}")

    def check_pattern(self, place, pattern):
        wrong = []
        for word in pattern.split(" "):
            if not PATTERN_WORD.match(word):
                wrong.append(word)
            for name in re.findall(r"<([a-z_]+)>", word):
                self.used_classes.append((place, name))
        return wrong

    def check_twice(self, place, table, row):
        keys = {"events": ("pattern", "pos"), "status_cues": ("pattern", "pos", "governs"), "plan_cues": ("pattern", "pos"),
                "speech_cues": ("pattern", "pos", "kind"), "agents": ("noun",), "plan_nouns": ("noun",), "classes": ("class",),
                "boilerplate": ("pattern", "where"), "abbreviations": ("form",), "light_verbs": ("lemma", "particle", "flags"),
                "cameo_codes": ("code",), "plover_to_cameo": ("type", "mode", "status")}.get(table)
        if keys:
            key = (table,) + tuple(row.get(column, "") for column in keys)
            if key in self.seen:
                self.fault(place, f"given before at {self.seen[key]}: {' '.join(key[1:])}")
            self.seen[key] = place


def main():
    checker = Checker(sys.argv[1] if len(sys.argv) > 1 else "data")
    checker.read_schema()
    checker.read_all()
    checker.check()
    for fault in checker.faults:
        print(fault)
    for table, rows in sorted(checker.rows.items()):
        print(f"{table}: {len(rows)} rows", file=sys.stderr)
    return 1 if checker.faults else 0


if __name__ == "__main__":
    sys.exit(main())
