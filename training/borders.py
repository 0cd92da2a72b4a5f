#!/usr/bin/env python3
"""Trains where contents begin and end: one weight a feature and side, into data/en/content_borders.tsv.

Usage: training/borders.py --data ATTRIBUTION --dump build/dump_borders --model models/en.safetensors [--folds N] [--write]
                           [--strength N] [--tables FOLDER]

ATTRIBUTION holds dev.jsonl: articles that the encoder has not learned from, since of others it is too sure. They are read three times:
as they are, without quotation marks and with scattered ones (bench/scramble_quotes.py). A border is right if it is that of the marked
content which shares most with the content; contents that meet none teach nothing. Softmax over all words that may be the border, with
a penalty on the weights' squares, one fit a side. With --folds, articles are judged by weights that never saw them, and --tables keeps
those weights and the articles that each must judge. Needs numpy.
"""
import argparse
import json
import pathlib
import subprocess
import sys
import tempfile

import numpy

from references import Choices, fit

ROOT = pathlib.Path(__file__).resolve().parent.parent
TABLE = ROOT / "data/en/content_borders.tsv"
SIDES = ("first", "last")
VERSIONS = ((), ("--how", "removed"), ("--how", "scattered", "--seed", "7"))


def lines_of(path):
    return [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line]


def versions(source, folder):
    """The articles as they are and scrambled."""
    for number, how in enumerate(VERSIONS):
        path = folder / f"version{number}.jsonl"
        if how:
            command = [sys.executable, ROOT / "bench/scramble_quotes.py", source, *how]
            path.write_bytes(subprocess.run(command, capture_output=True, check=True).stdout)
        else:
            path.write_bytes(source.read_bytes())
        yield path


def dump(options, path):
    done = subprocess.run([options.dump, options.model, path], capture_output=True, check=True)
    head, *rows = [json.loads(line) for line in done.stdout.decode("utf-8").split("\n") if line]
    return head["features"], rows


def solid(text, begin, end):
    """A word without lone signs at its edges: "U.S." ends in its S."""
    while begin < end and not (text[begin].isalnum() or text[begin] == "_"):
        begin += 1
    while begin < end and not (text[end - 1].isalnum() or text[end - 1] == "_"):
        end -= 1
    return begin, end


def marked(row):
    """The marked contents with their cues, without lone signs at their edges: runs that signs alone divide are one."""
    text, out = row["text"], []
    for said in row["attributions"]:
        runs = []
        for begin, end in sorted(said["content"]):
            begin, end = solid(text, begin, end)
            if begin == end:
                continue
            if runs and not text[runs[-1][1]:begin].strip():
                runs[-1] = (runs[-1][0], end)
            else:
                runs.append((begin, end))
        out += [(run, said["cue"]) for run in runs]
    return out


def right_options(choice, contents, text):
    """Which options are right; None if no marked content of this cue, or with most letters the same, has one of them as its border."""
    begin, end = choice["content"]
    shared, best, cues = max(((min(end, e) - max(begin, b), (b, e), cues) for (b, e), cues in contents), default=(0, None, ()))
    if shared <= 0:
        return None
    same_cue = any(b < choice["cue"][1] and choice["cue"][0] < e for b, e in cues)
    if not same_cue and 4 * shared < end - begin + best[1] - best[0]:
        return None
    if choice["side"] == "first":
        right = [solid(text, *option["word"])[0] == best[0] for option in choice["options"]]
    else:
        right = [solid(text, *option["word"])[1] == best[1] for option in choice["options"]]
    return right if any(right) else None


class Sides:
    """The choices of both sides, and where each stays as it was."""

    def __init__(self, names):
        self.names, self.choices = names, {side: Choices(len(names)) for side in SIDES}
        self.stays = {side: [] for side in SIDES}

    def add(self, number, document, contents, text):
        stays = self.names.index("stays")
        for choice in document["choices"]:
            right = right_options(choice, contents, text)
            if right is None:
                continue
            self.stays[choice["side"]].append(any(good and [stays, 1.0] in option["features"]
                                                  for good, option in zip(right, choice["options"])))
            self.choices[choice["side"]].add(number, choice, right)

    def freeze(self):
        for choices in self.choices.values():
            choices.freeze()
            choices.costs[:] = 0


def gather(options, folder):
    sides, ids = None, []
    for path in versions(options.data / "dev.jsonl", folder):
        names, documents = dump(options, path)
        sides = sides or Sides(names)
        rows = {row["id"]: row for row in lines_of(path)}
        for document in documents:
            if document["id"] not in ids:
                ids.append(document["id"])
            sides.add(ids.index(document["id"]), document, marked(rows[document["id"]]),
                      rows[document["id"]]["text"])
    sides.freeze()
    return sides, ids


def write(path, names, fits):
    head = "# table: content_borders\n# Made by training/borders.py; see docs/statements.md. The highest sum is the border.\nfeature\tfirst\tlast\n"
    rows = ("\t".join([name, *(f"{fits[side][number]:.2f}" for side in SIDES)]) for number, name in enumerate(names))
    path.write_text(head + "\n".join(rows) + "\n")


def judge(options, sides, ids):
    """How often a border is right, by weights of other articles, and if none moved."""
    right = {side: numpy.zeros(len(sides.choices[side].starts), dtype=bool) for side in SIDES}
    for fold in range(options.folds):
        fits = {}
        for side in SIDES:
            choices = sides.choices[side]
            apart = choices.document % options.folds == fold
            fits[side] = fit(choices, options.strength, (~apart).astype(float))
            right[side] |= apart & choices.chosen_right(fits[side])
        if options.tables:
            write(options.tables / f"fold{fold}.tsv", sides.names, fits)
            own = [name for number, name in enumerate(ids) if number % options.folds == fold]
            (options.tables / f"fold{fold}.ids").write_text("\n".join(own) + "\n")
    for side in SIDES:
        print(f"{side}: {len(right[side])} borders, right {100 * right[side].mean():.1f}, unmoved {100 * numpy.mean(sides.stays[side]):.1f}")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=pathlib.Path, required=True)
    parser.add_argument("--dump", type=pathlib.Path, required=True)
    parser.add_argument("--model", type=pathlib.Path, required=True)
    parser.add_argument("--strength", type=float, default=3.0)
    parser.add_argument("--folds", type=int, default=0)
    parser.add_argument("--tables", type=pathlib.Path)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        sides, ids = gather(options, pathlib.Path(folder))
    if options.folds:
        judge(options, sides, ids)
    if options.write:
        write(TABLE, sides.names, {side: fit(choices, options.strength, numpy.ones(len(choices.starts)))
                                   for side, choices in sides.choices.items()})


if __name__ == "__main__":
    main()
