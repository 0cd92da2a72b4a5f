#!/usr/bin/env python3
"""Scores `polybius relate` on marked pairs of the corpus's themes kept apart (training/corpus/test).

Usage: bench/score_pairs.py [--program build/polybius] [--json]

`type`: pairs whose event has that type (any of the types of all events between the two; CONCEDE and RETREAT apart); `found`: pairs with an
event where one is said; `false`: pairs of the same sentences between which nothing happens, with an event said; `status`, `mode`: of
the right answers.
"""
import argparse
import json
import pathlib
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "training"))
import corpora_pairs  # noqa: E402  (makes the pairs that the model learns from, too)


def answers_of(program, rows):
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "pairs.jsonl"
        asked = [{"id": str(i), "text": row["text"]} | {s: row[s] for s in ("actor", "recipient") if row[s]} for i, row in enumerate(rows)]
        path.write_text("".join(json.dumps(row) + "\n" for row in asked))
        done = subprocess.run([str(program), "relate", str(path)], capture_output=True, text=True, check=True)
    return [json.loads(line) for line in done.stdout.splitlines()]


def share(hits):
    return sum(hits) / max(1, len(hits))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--program", type=pathlib.Path, default=ROOT / "build/polybius")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    rows = list(corpora_pairs.own_rows(sorted((ROOT / "training/corpus/test").glob("*.txt"))))
    both = list(zip(rows, answers_of(options.program, rows)))
    events = [(row, said) for row, said in both if row["types"] not in ([], ["NONE"])]
    right = [(row, said) for row, said in events if said["type"] in row["types"]]
    result = {
        "type": share([said["type"] in row["types"] for row, said in events]),
        "found": share([said["type"] is not None for _, said in events]),
        "false": share([said["type"] is not None for row, said in both if row["types"] == ["NONE"]]),
        "status": share([said["status"] == row["status"] for row, said in right]),
        "mode": share([said.get("mode", "-") == row["mode"] for row, said in right if said["type"] == row["event"]]),
    }
    if options.json:
        print(json.dumps(result))
    else:
        print(f"{len(events)} pairs with an event, {sum(r['types'] == ['NONE'] for r in rows)} without")
        for name, value in result.items():
            print(f"{name:8}{100 * value:7.2f}")


if __name__ == "__main__":
    main()
