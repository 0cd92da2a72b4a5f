#!/usr/bin/env python3
"""Scores titles, dates and authors of articles against bench/page_marks.tsv.

Usage: score_meta.py MARKS SYSTEM [--json] [--list]

SYSTEM: JSON Lines {id,title,published,authors}. A title is right if its letters and digits are the headline's, whatever their case and
the marks between; a date, if its day is one of those marked ("-": none is to be given); authors, if all are named and no others.
"""
import hashlib
import json
import sys
import unicodedata


def comparable(text):
    text = unicodedata.normalize("NFC", text or "").lower()
    return " ".join("".join(c if unicodedata.category(c)[0] in "LMN" else " " for c in text).split())


def hashed(text):
    return hashlib.sha256(comparable(text).encode()).hexdigest()[:16]


def read_marks(path):
    with open(path, encoding="utf-8") as file:
        lines = [line.rstrip("\n").split("\t") for line in file if not line.startswith("#")]
    return {row[0]: {"published": row[1].split("|"), "title": row[2], "authors": [a for a in row[3].split("|") if a]} for row in lines[1:]}


def main(argv):
    paths = [a for a in argv if not a.startswith("--")]
    if len(paths) != 2:
        print(__doc__, file=sys.stderr)
        return 2
    marks = read_marks(paths[0])
    rows = {}
    with open(paths[1], encoding="utf-8") as file:
        for line in file:
            row = json.loads(line)
            rows[row["id"]] = row
    right = {"title": 0, "date": 0, "authors": 0}
    for name, mark in marks.items():
        row = rows.get(name, {})
        found = {"title": hashed(row.get("title")) == mark["title"], "date": (row.get("published") or "-")[:10] in mark["published"],
                 "authors": sorted(map(hashed, row.get("authors") or [])) == mark["authors"]}
        for key, is_right in found.items():
            right[key] += is_right
            if not is_right and "--list" in argv:
                print(f"{name[:8]} {key}: {row.get({'date': 'published'}.get(key, key))}")
    out = {key: [count, len(marks)] for key, count in right.items()}
    print(json.dumps(out) if "--json" in argv else "  ".join(f"{key} {count} of {of}" for key, (count, of) in out.items()))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
