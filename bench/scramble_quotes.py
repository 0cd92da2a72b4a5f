#!/usr/bin/env python3
"""Takes the quotation marks out of articles with marked attributions, or scatters them: what do lost marks cost?

Usage: bench/scramble_quotes.py GOLD.jsonl --how removed|scattered [--seed N] > SCRAMBLED.jsonl
       build/polybius code SCRAMBLED.jsonl > RECORDS.jsonl; bench/scorers/score_attribution.py SCRAMBLED.jsonl RECORDS.jsonl

GOLD and SCRAMBLED: {id,text,attributions,discard,...}, a line each; the offsets of attributions move with the text.
removed: all double marks of any style, and single ones in pairs (no apostrophes). scattered: as many as there were, each
at a random edge of a word.
"""
import argparse
import json
import random
import re
import sys

DOUBLE = re.compile("[\"\u201c\u201d\u201e\u201f\u00ab\u00bb]|``|''")
SINGLE = re.compile(r"(?<!\w)[\u2018'](?=\w)[^\n\u2018]{1,400}?(?<=[\w,.!?])[\u2019'](?!\w)")


def marks(text):
    """The code points of all quotation marks."""
    found = {i for m in DOUBLE.finditer(text) for i in range(m.start(), m.end())}
    for m in SINGLE.finditer(text):
        found |= {m.start(), m.end() - 1}
    return found


def moved(row, place, text):
    """The row with another text; `place` maps each old offset to a new one."""
    def spans(old):
        return [[place[begin], place[end]] for begin, end in old if place[begin] < place[end]]

    roles = ("source", "cue", "content")
    said = [{**a, **{role: spans(a[role]) for role in roles}} for a in row["attributions"]]
    return {"id": row["id"], "text": text, "attributions": said, "discard": spans(row.get("discard", []))}


def removed(row):
    gone, place, kept = marks(row["text"]), [], []
    for i, char in enumerate(row["text"]):
        place.append(len(kept))
        if i not in gone:
            kept.append(char)
    return moved(row, [*place, len(kept)], "".join(kept))


def scattered(row, dice):
    signs = DOUBLE.findall(row["text"])
    bare = removed(row)
    text = bare["text"]
    edges = [m.start() for m in re.finditer(r"\b", text)]
    added = {}
    for sign in signs:
        added.setdefault(dice.choice(edges), []).append(sign)
    place, out = [], ""
    for i in range(len(text) + 1):
        out += "".join(added.get(i, []))
        place.append(len(out))
        out += text[i : i + 1]
    return moved(bare, place, out)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold")
    parser.add_argument("--how", choices=("removed", "scattered"), required=True)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    dice = random.Random(args.seed)
    with open(args.gold, encoding="utf-8") as file:
        for line in file:
            row = json.loads(line)
            out = removed(row) if args.how == "removed" else scattered(row, dice)
            sys.stdout.write(json.dumps(out, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
