# Fits the weights of data/world/place_weights.tsv: which words name a place, and which place on Earth a name means.
"""Usage: places.py GOLD.jsonl MODEL [--program build/dump_places] [--parsed build/places_parsed.jsonl] [--out data/world/place_weights.tsv] [--folds 5]

GOLD: documents with places (begin, end, geonames, optional), as the scorer of places reads them; MODEL: the weights of the encoder.
The program tells what is seen of each stretch and of each place that bears a name; three log-linear models are fitted to it, spot by
spot (logistic), then sense by sense (softmax), each with a ridge. --folds prints what cross-validation by document gives instead.
"""
import argparse
import difflib
import json
import pathlib
import re
import subprocess
import tempfile
import zlib

import numpy as np

TOKEN = re.compile(r"\w+|[^\w\s]")


def aligned(gold, text):
    """A function from spans of the one text to spans of the other, by words."""
    if gold == text:
        return lambda begin, end: (begin, end)
    ours, theirs = list(TOKEN.finditer(gold)), list(TOKEN.finditer(text))
    to = {}
    blocks = difflib.SequenceMatcher(None, [m.group() for m in ours], [m.group() for m in theirs], autojunk=False).get_matching_blocks()
    for one, other, size in blocks:
        to.update({one + step: other + step for step in range(size)})

    def move(begin, end):
        hits = [theirs[to[n]] for n, m in enumerate(ours) if m.start() < end and m.end() > begin and n in to]
        return (hits[0].start(), hits[-1].end()) if hits else None
    return move


def minimize(function, size, steps=200):
    from scipy.optimize import minimize as scipy_minimize
    return scipy_minimize(function, np.zeros(size), jac=True, method="L-BFGS-B", options={"maxiter": steps}).x


def fit_spots(rows, ridge=1.0):
    """rows: (features, 1 or 0)."""
    seen = np.array([features for features, _ in rows])
    right = np.array([label for _, label in rows], dtype=float)

    def loss(weights):
        sums = seen @ weights
        chance = 1 / (1 + np.exp(-np.clip(sums, -30, 30)))
        value = np.logaddexp(0, sums).sum() - right @ sums + ridge * weights @ weights / 2
        return value, seen.T @ (chance - right) + ridge * weights
    return minimize(loss, seen.shape[1])


def fit_senses(groups, ridge=0.5):
    """groups: (features by place, how often each is meant)."""
    sizes = [len(features) for features, _ in groups]
    segment = np.repeat(np.arange(len(sizes)), sizes)
    starts = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    seen = np.concatenate([np.array(features) for features, _ in groups])
    right = np.concatenate([np.array(counts) / max(1, sum(counts)) ** 0.5 for _, counts in groups])
    total = np.add.reduceat(right, starts)

    def loss(weights):
        sums = seen @ weights
        top = np.maximum.reduceat(sums, starts)[segment]
        powers = np.exp(sums - top)
        whole = np.add.reduceat(powers, starts)[segment]
        value = -(right * (sums - top - np.log(whole))).sum() + ridge * weights @ weights / 2
        return value, -(seen.T @ (right - total[segment] * powers / whole)) + ridge * weights
    return minimize(loss, seen.shape[1])


class Documents:
    """The gold places of each document, and what the program sees with given weights."""

    def __init__(self, gold, model, program, parsed):
        self.gold = {doc["id"]: doc for doc in map(json.loads, gold.read_text(encoding="utf-8").strip().split("\n"))}
        self.program, self.parsed = program, parsed
        self.folder = tempfile.TemporaryDirectory()
        self.names = {}
        if parsed.exists():
            return
        inputs = pathlib.Path(self.folder.name) / "documents.jsonl"
        keys = ("id", "published", "title", "url", "text")
        inputs.write_text("".join(json.dumps({key: doc[key] for key in keys if key in doc}) + "\n" for doc in self.gold.values()))
        with open(parsed, "wb") as out:
            subprocess.run([program, "--parse", model, inputs], stdout=out, check=True)

    def dump(self, weights):
        """What the program sees, by document, with the weights of models by name."""
        table = pathlib.Path(self.folder.name) / "weights.tsv"
        write_table(table, weights, self.names)
        done = subprocess.run([self.program, self.parsed, *([table] if weights else [])], capture_output=True, text=True, check=True)
        lines = done.stdout.strip().split("\n")
        self.names = json.loads(lines[0])
        return {doc["id"]: doc for doc in map(json.loads, lines[1:])}

    def spot_rows(self, seen):
        """Stretches that are a name of the gold, and such as touch none; what is neither asked for nor wrong is left out."""
        rows = []
        for number, doc in seen.items():
            gold = self.gold[number]
            move = aligned(gold["text"], doc["text"])
            exact, spare = set(), []
            for place in gold["places"]:
                span = move(place["begin"], place["end"])
                if span and "optional" not in place:
                    exact.add(span)
                elif span:
                    spare.append(span)
            for trial in doc["trials"]:
                span = (trial["begin"], trial["end"])
                if span in exact or not any(span[0] < end and begin < span[1] for begin, end in spare):
                    rows.append((number, trial["features"], int(span in exact)))
        return rows

    def sense_rows(self, seen, step):
        rows = []
        for number, doc in seen.items():
            gold = self.gold[number]
            move = aligned(gold["text"], doc["text"])
            meant = {}
            for place in gold["places"]:
                span = move(place["begin"], place["end"])
                if span and "geonames" in place and "optional" not in place:
                    meant[span] = place["geonames"]
            for group in doc["groups"]:
                ids = [meant.get(tuple(mention)) for mention in group["mentions"]]
                counts = [ids.count(place) for place in group["places"]]
                if len(counts) > 1 and sum(counts):
                    rows.append((number, group["rounds"][step], counts))
        return rows


def write_table(path, weights, names):
    lines = ["# table: place_weights", "# Made by training/places.py; see training/README.md. The likelier of two is the one with the larger sum.",
             "model\tfeature\tweight"]
    for model, values in weights.items():
        kind = "spot" if model == "spot" else "sense"
        lines += [f"{model}\t{name}\t{value:.3f}" for name, value in zip(names[kind], values) if abs(value) >= 0.0005]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def fit(documents, keep):
    """Weights from the documents that `keep` takes; what the program sees depends on the weights before."""
    weights = {}
    seen = documents.dump(weights)
    weights["spot"] = fit_spots([(features, label) for number, features, label in documents.spot_rows(seen) if keep(number)])
    seen = documents.dump(weights)
    for step in (0, 1, 2):
        rows = [(features, counts) for number, features, counts in documents.sense_rows(seen, step) if keep(number)]
        weights["sense" if step else "sense_alone"] = fit_senses(rows)
        if step < 2:
            seen = documents.dump(weights)
    return weights


def fold_of(number, folds):
    return zlib.crc32(number.encode()) % folds


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=pathlib.Path)
    parser.add_argument("model", type=pathlib.Path)
    parser.add_argument("--program", type=pathlib.Path, default=pathlib.Path("build/dump_places"))
    parser.add_argument("--parsed", type=pathlib.Path, default=pathlib.Path("build/places_parsed.jsonl"), help="trees and names, made if missing")
    parser.add_argument("--out", type=pathlib.Path, default=pathlib.Path("data/world/place_weights.tsv"))
    parser.add_argument("--folds", type=int, default=0, help="write the weights of each fold to OUT.N: fitted without the documents of fold N")
    options = parser.parse_args()
    documents = Documents(options.gold, options.model, options.program, options.parsed)
    for fold in range(options.folds):
        weights = fit(documents, lambda number, fold=fold: fold_of(number, options.folds) != fold)
        write_table(options.out.with_suffix(f".{fold}.tsv"), weights, documents.names)
    if not options.folds:
        write_table(options.out, fit(documents, lambda number: True), documents.names)


if __name__ == "__main__":
    main()
