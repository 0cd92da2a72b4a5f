#!/usr/bin/env python3
"""Counts events coded in texts without politics: how-to guides, travel, fiction and textbooks of GUM.

Usage: bench/false_events.py --data DIR [--program build/polybius] [--list] [--json]
DIR holds coref/gum_dev.jsonl and coref/gum_train.jsonl. Every event there counts as false.
"""
import argparse
import collections
import json
import pathlib
import subprocess
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
GENRES = ("whow", "voyage", "fiction", "textbook")


def texts_of(data):
    for name in ("gum_dev", "gum_train"):
        for line in (data / f"coref/{name}.jsonl").read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            if row["id"].split("_")[1] in GENRES:
                yield row["id"], row["text"]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=pathlib.Path, required=True)
    parser.add_argument("--program", type=pathlib.Path, default=ROOT / "build/polybius")
    parser.add_argument("--list", action="store_true")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        news, out = pathlib.Path(folder) / "news.jsonl", pathlib.Path(folder) / "out.jsonl"
        rows = [json.dumps({"id": name, "text": text}) for name, text in texts_of(options.data)]
        news.write_text("\n".join(rows) + "\n", encoding="utf-8")
        subprocess.run([str(options.program), "code", str(news), "-o", str(out)], check=True)
        records = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    words, events = collections.Counter(), collections.Counter()
    for record in records:
        genre = record["id"].split("_")[1]
        words[genre] += len(record["text"].split())
        events[genre] += len(record["events"])
        for event in record["events"] if options.list else ():
            begin, end = record["sentences"][event["sentence"]]
            print(f"{record['id']} {event['type']} {event['confidence']} {event['why'][:90]}: {record['text'][begin:end]}")
    result = {"texts": len(records), "words": words.total(), "events": events.total(),
              "a_thousand_words": round(1000 * events.total() / max(1, words.total()), 3),
              "genres": {g: round(1000 * events[g] / max(1, words[g]), 3) for g in GENRES}}
    print(json.dumps(result) if options.json else "\n".join(f"{k} {v}" for k, v in result.items()))


if __name__ == "__main__":
    main()
