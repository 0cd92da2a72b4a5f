#!/usr/bin/env python3
"""Trains whom pronouns and nominals mean: one weight a feature and form, into data/en/reference_weights.tsv.

Usage: training/references.py --data COREF --dump build/dump_references --model models/en.safetensors [--write]
                              [--rounds N] [--strength N] [--folds N]

COREF holds gum_train.jsonl. Only documents of the genres whose texts may be used are read. The program itself says whom each word may
mean and what is seen of each (`dump_references`), so that training sees what the program sees; as its own choices shape what follows,
choices are dumped anew with the weights of the round before; the first round begins with a few plain ones. An entity is right if most of its mentions so far are of the word's marked
cluster; if none is, nobody is. Softmax over all whom a word may mean, wrong ones raised by what they cost, with a penalty
on the weights' squares, one fit a form. With
--folds, documents are judged by weights that never saw them. Needs numpy.
"""
import argparse
import collections
import json
import pathlib
import subprocess
import tempfile

import numpy

ROOT = pathlib.Path(__file__).resolve().parent.parent
TABLE = ROOT / "data/en/reference_weights.tsv"
FALSE_LINK, MISSED, WRONG_LINK = 0.3, 1.5, 1.5  # what each fault costs while training: a word that finds nobody is lost
# What the first round begins with, by pronouns' forms and by nouns; so the table that is made hangs on no table made before.
START = {"nobody": (0.5, 2), "nearest": (1, 0), "subject": (0.5, 0), "presence": (1, 0), "word_same": (0, 3)}
FORMS = ("he", "it", "they", "i", "we", "you", "noun")
GENRES = {"news", "voyage", "speech", "interview", "bio", "textbook", "vlog", "court"}


def documents(path):
    rows = map(json.loads, path.read_text(encoding="utf-8").splitlines())
    return [row for row in rows if row["genre"] in GENRES]


def dump(options, weights, gold):
    """Features' names, forms' names, and the choices of each document."""
    with tempfile.TemporaryDirectory() as folder:
        source = pathlib.Path(folder, "documents.jsonl")
        plain = ({key: row[key] for key in ("id", "published", "title", "text") if row.get(key)} for row in gold)
        source.write_text("".join(json.dumps(row) + "\n" for row in plain), encoding="utf-8")
        done = subprocess.run([options.dump, options.model, weights, source], capture_output=True, check=True)
    lines = done.stdout.decode("utf-8").split("\n")
    head = json.loads(lines[0])
    return head["features"], head["forms"], [json.loads(line) for line in lines[1:] if line]


def clusters_of(document, row):
    """The marked cluster of each mention of the program, None where nothing marked fits (as the scorer matches, by heads)."""
    marked = row["mentions"]
    exact = {(m["b"], m["e"]): m for m in marked}
    by_head = collections.defaultdict(list)
    for m in marked:
        for place in range(m["head"][0], m["head"][1]):
            by_head[place].append(m)
    taken, out = set(), []
    for begin, end, head, _ in document["mentions"]:
        found = exact.get((begin, end))
        if found is None:
            near = [m for m in by_head[head]
                    if m["b"] <= begin and end <= m["e"] and begin <= m["head"][0] and m["head"][1] <= end]
            near = [m for m in near if (m["b"], m["e"]) not in taken]
            found = min(near, key=lambda m: m["e"] - m["b"]) if near else None
        if found is not None:
            taken.add((found["b"], found["e"]))
        out.append(found["cluster"] if found is not None else None)
    return out


def right_options(choice, clusters):
    """Which options are right; "nobody" is the first."""
    own = clusters[choice["mention"]]
    right = []
    for option in choice["options"][1:]:
        met = collections.Counter(clusters[m] for m in option["mentions"] if clusters[m] is not None)
        right.append(own is not None and bool(met) and met[own] * 2 >= sum(met.values()))
    return [not any(right)] + right


class Choices:
    """All choices of one form: entries of a sparse matrix, a row an option, and the rows of each choice."""

    def __init__(self, width):
        self.width, self.rows, self.columns, self.values = width, [], [], []
        self.starts, self.right, self.costs, self.document, self.count = [], [], [], [], 0

    def add(self, document, choice, right):
        self.starts.append(self.count)
        self.document.append(document)
        for option, good in zip(choice["options"], right):
            for column, value in option["features"]:
                self.rows.append(self.count)
                self.columns.append(column)
                self.values.append(value)
            self.right.append(good)
            nobody, none_right = option is choice["options"][0], right[0]
            self.costs.append(0.0 if good else FALSE_LINK if none_right else MISSED if nobody else WRONG_LINK)
            self.count += 1

    def freeze(self):
        self.rows, self.columns = numpy.array(self.rows), numpy.array(self.columns)
        self.values, self.right = numpy.array(self.values, dtype=float), numpy.array(self.right, dtype=bool)
        self.starts, self.document = numpy.array(self.starts), numpy.array(self.document)
        self.costs = numpy.array(self.costs)
        self.sizes = numpy.diff(numpy.append(self.starts, self.count))

    def scores(self, weights):
        return numpy.bincount(self.rows, weights=self.values * weights[self.columns], minlength=self.count)

    def loss(self, weights, share):
        """The negative log share of what is right, and its slope; `share`: the weight of each choice."""
        scores = self.scores(weights) + self.costs
        scores = numpy.exp(scores - numpy.repeat(numpy.maximum.reduceat(scores, self.starts), self.sizes))
        every = numpy.add.reduceat(scores, self.starts)
        good = numpy.add.reduceat(numpy.where(self.right, scores, 0.0), self.starts)
        loss = -(share * numpy.log(good / every)).sum()
        slope = scores / numpy.repeat(every, self.sizes) - numpy.where(self.right, scores, 0) / numpy.repeat(good, self.sizes)
        slope *= numpy.repeat(share, self.sizes)
        return loss, numpy.bincount(self.columns, weights=self.values * slope[self.rows], minlength=self.width)

    def chosen_right(self, weights):
        """By choice, whether the highest score is right."""
        scores = self.scores(weights)
        out = []
        for start, size in zip(self.starts, self.sizes):
            out.append(self.right[start + int(numpy.argmax(scores[start:start + size]))])
        return numpy.array(out)


def fit(choices, strength, share):
    """Weights by L-BFGS with ten pairs and halving steps."""
    def objective(weights):
        loss, slope = choices.loss(weights, share)
        return loss + strength * (weights ** 2).sum() / 2, slope + strength * weights
    weights = numpy.zeros(choices.width)
    value, slope = objective(weights)
    pairs = collections.deque(maxlen=10)
    for _ in range(80):
        step, kept = slope.copy(), []
        for s, y in reversed(pairs):
            a = (s @ step) / (s @ y)
            kept.append(a)
            step -= a * y
        if pairs:
            step *= (pairs[-1][0] @ pairs[-1][1]) / (pairs[-1][1] @ pairs[-1][1])
        for (s, y), a in zip(pairs, reversed(kept)):
            step += s * (a - (y @ step) / (s @ y))
        size = 1.0 if pairs else 1.0 / max(1.0, numpy.abs(slope).sum())
        while True:
            moved = weights - size * step
            new_value, new_slope = objective(moved)
            if new_value < value - 1e-4 * size * (slope @ step) or size < 1e-8:
                break
            size /= 2
        if (moved - weights) @ (new_slope - slope) > 1e-10:
            pairs.append((moved - weights, new_slope - slope))
        done = value - new_value < 1e-6 * max(1.0, value)
        weights, value, slope = moved, new_value, new_slope
        if done:
            break
    return weights


def gather(names, forms, dumped, gold):
    by_form = {form: Choices(len(names)) for form in forms}
    rows = {row["id"]: row for row in gold}
    for number, document in enumerate(dumped):
        clusters = clusters_of(document, rows[document["id"]])
        for choice in document["choices"]:
            own = clusters[choice["mention"]]
            if own is None and choice["form"] == "noun":
                continue  # not marked: nobody knows
            by_form[choice["form"]].add(number, choice, right_options(choice, clusters))
    for choices in by_form.values():
        choices.freeze()
    return by_form


def held_out(choices, strength, folds):
    """The share of right choices where each document is judged by weights that never saw it."""
    right = numpy.zeros(len(choices.starts), dtype=bool)
    for fold in range(folds):
        apart = choices.document % folds == fold
        weights = fit(choices, strength, (~apart).astype(float))
        right |= apart & choices.chosen_right(weights)
    return right.mean()


def write_start(path):
    rows = ("\t".join([name, *(str(noun if form == "noun" else other) for form in FORMS)]) for name, (other, noun) in START.items())
    path.write_text("# table: reference_weights\nfeature\t" + "\t".join(FORMS) + "\n" + "\n".join(rows) + "\n")


def write(path, names, fits):
    head = "# table: reference_weights\n# Made by training/references.py; see training/README.md. The highest sum is meant.\n"
    lines = ["\t".join(["feature", *fits])]
    for number, name in enumerate(names):
        lines.append("\t".join([name, *(f"{weights[number]:.3f}" for weights in fits.values())]))
    path.write_text(head + "\n".join(lines) + "\n")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=pathlib.Path, required=True)
    parser.add_argument("--dump", type=pathlib.Path, required=True)
    parser.add_argument("--model", type=pathlib.Path, required=True)
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--strength", type=float, default=3.0)
    parser.add_argument("--folds", type=int, default=0)
    options = parser.parse_args()
    gold = documents(options.data / "gum_train.jsonl")
    with tempfile.TemporaryDirectory() as folder:
        weights = pathlib.Path(folder, "weights.tsv")
        write_start(weights)
        for number in range(options.rounds):
            names, forms, dumped = dump(options, weights, gold)
            by_form = gather(names, forms, dumped, gold)
            fits = {}
            for form, choices in by_form.items():
                fits[form] = fit(choices, options.strength, numpy.ones(len(choices.starts)))
                line = f"round {number + 1} {form:5} {len(choices.starts):6} choices, right {choices.chosen_right(fits[form]).mean():.3f}"
                if options.folds and number + 1 == options.rounds:
                    line += f", held out {held_out(choices, options.strength, options.folds):.3f}"
                print(line, flush=True)
            write(weights, names, fits)
        if options.write:
            TABLE.write_text(weights.read_text())


if __name__ == "__main__":
    main()
