#!/usr/bin/env python3
"""How the time of `polybius plans` grows with the number of documents: invented records, four to a situation.

Usage: bench/plans_growth.py [--program build/polybius] [--documents N]
Each situation is a meeting of two persons that is announced, reprinted, put off and held. Prints seconds for N/4, N/2 and N
records, the program's start left out, and how many plans came out of how many situations.
"""
import argparse
import datetime
import json
import pathlib
import random
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[1]
SYLLABLES = ["ba", "cor", "da", "fen", "gil", "hu", "jar", "ko", "lim", "mar", "nis", "or", "pel", "qua", "ris", "sto", "tam", "ul", "ves", "wyn"]


def name(dice):
    return " ".join("".join(dice.choice(SYLLABLES) for _ in range(3)).capitalize() for _ in range(2))


def record(number, published, text, persons, place, status, when, told):
    entities = [{"id": f"e{i}", "kind": "person", "name": who, "mentions": [{"begin": text.index(who), "end": text.index(who) + len(who), "form": "name"}]}
                for i, who in enumerate(persons)]
    entities.append({"id": "e9", "kind": "place", "name": place, "mentions": [{"begin": text.index(place), "end": text.index(place) + len(place), "form": "name"}]})
    plan = {"id": "p1", "what": "meeting", "parties": [e["id"] for e in entities[:-1]], "place": {"name": place}, "when": when,
            "history": [{"status": status, "time": told, "evidence": [0, len(text)]}]}
    return {"schema": "polybius/1", "id": f"d{number}", "published": published, "published_by": "given", "text": text, "sentences": [[0, len(text)]],
            "entities": entities, "times": [], "statements": [], "events": [], "plans": [plan], "warnings": [],
            "coder": {"version": "0", "model": "none", "lexicon": "none"}}


def situation(number, dice):
    one, other, place = name(dice), name(dice), name(dice)
    day = datetime.date(2031, 1, 1) + datetime.timedelta(days=dice.randrange(700))
    days = [(day + datetime.timedelta(days=n)).isoformat() for n in (0, 1, 5, 10, 20)]
    first = f"{one} will meet {other} in {place} in ten days, an aide said, for the {number}th time since the flood of that year."
    yield record(4 * number, days[0], first, (one, other), place, "announced", days[3], days[0])
    yield record(4 * number + 1, days[1], first, (one, other), place, "announced", days[3], days[0])
    yield record(4 * number + 2, days[2], f"The meeting of {one} and {other} in {place} was put off.", (one, other), place, "postponed", days[4], days[2])
    yield record(4 * number + 3, days[4], f"{one} and {other} met in {place}.", (one, other), place, "held", days[4], days[4])


def seconds(program, lines, folder):
    file = pathlib.Path(folder) / "records.jsonl"
    file.write_text("".join(lines))
    start = time.monotonic()
    done = subprocess.run([program, "plans", file], capture_output=True, text=True)
    took = time.monotonic() - start
    if done.returncode != 0:
        sys.exit(done.stderr)
    return took, len(done.stdout.splitlines())


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--program", default=ROOT / "build/polybius", type=pathlib.Path)
    options.add_argument("--documents", default=10000, type=int)
    chosen = options.parse_args()
    chosen.program = chosen.program.resolve()
    dice = random.Random(3)
    lines = [json.dumps(document) + "\n" for number in range(chosen.documents // 4) for document in situation(number, dice)]
    with tempfile.TemporaryDirectory() as folder:
        idle, _ = seconds(chosen.program, lines[:4], folder)
        for part in (4, 2, 1):
            count = len(lines) // part
            took, plans = seconds(chosen.program, lines[:count], folder)
            print(f"{count:7} documents: {took - idle:6.2f} s, {1e6 * (took - idle) / count:6.0f} µs each; {plans} plans of {count // 4} situations")


if __name__ == "__main__":
    main()
