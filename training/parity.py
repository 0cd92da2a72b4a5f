"""Holds the engine's columns against the float model's, and both against gold: what int8 costs, head by head.

    python training/parity.py FLOAT.conllu ENGINE.conllu [GOLD.conllu]

FLOAT is written by predict.py (with --lemmas), ENGINE by `polybius parse --conllu` or `bench_encoder --write`.
Exit status 1: some head's decisions agree on less than 99.5 % of the words (--floor).
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

COLUMNS = {"lemma": 2, "upos": 3, "xpos": 4, "feats": 5, "head": 6, "deprel": 7}
KEYS = {"ner": "NER=", "said": "Said=", "source": "SaidSource=", "event": "Event="}  # in MISC


def read_words(path: Path) -> list[list[str]]:
    rows = [line.rstrip("\n").split("\t") for line in path.open(encoding="utf-8") if line[:1].isdigit()]
    return [row for row in rows if row[0].isdigit()]


def value(row: list[str], column: str) -> str:
    if column in COLUMNS:
        return row[COLUMNS[column]]
    return next((part for part in row[9].split("|") if part.startswith(KEYS[column])), "O")


def share(first: list[list[str]], second: list[list[str]], column: str) -> float:
    same = sum(value(a, column) == value(b, column) for a, b in zip(first, second, strict=True))
    return 100 * same / len(first)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("reference", type=Path)
    parser.add_argument("engine", type=Path)
    parser.add_argument("gold", type=Path, nargs="?")
    parser.add_argument("--floor", type=float, default=99.5)
    args = parser.parse_args()
    reference, engine = read_words(args.reference), read_words(args.engine)
    gold = read_words(args.gold) if args.gold else None
    print(f"{len(reference)} words\n{'column':8} {'agree':>7}" + (f" {'float':>7} {'engine':>7} {'loss':>6}" if gold else ""))
    worst = 100.0
    for column in [*COLUMNS, *KEYS]:
        agree = share(reference, engine, column)
        worst = min(worst, agree)
        line = f"{column:8} {agree:7.2f}"
        if gold and column in COLUMNS:
            before, after = share(reference, gold, column), share(engine, gold, column)
            line += f" {before:7.2f} {after:7.2f} {before - after:6.2f}"
        print(line)
    return 0 if worst >= args.floor else 1


if __name__ == "__main__":
    sys.exit(main())
