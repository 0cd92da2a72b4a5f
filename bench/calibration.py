#!/usr/bin/env python3
"""How often events of a confidence are right, on themes of the corpus; and fits the table that confidence is read from.

Usage: bench/calibration.py [THEME.txt ...] [--program build/polybius]
       bench/calibration.py --fit DATA [--themes THEME.txt ...] [--dump build/dump_finds] [--model models/en.safetensors] > data/en/event_evidence.tsv
Without --fit: a table of ten bins, their mean confidence and the share that is right (type and trigger), by default of the themes kept
apart, and the expected calibration error. --fit takes all that rows and head find in themes that the head has not learned from (by default
the development themes, training/corpora_events.py) and in texts without any event (the GUM documents of DATA/coref that
bench/false_events.py does not count), with the evidence on each, and fits a logistic curve: a weight for each piece of evidence.
"""
import argparse
import collections
import json
import math
import pathlib
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent
sys.path.insert(0, str(HERE))
sys.path.insert(0, str(ROOT / "training"))
import score_corpus  # noqa: E402

NEUTRAL = ("academic", "conversation", "vlog")
PULL = 5.0


def told_and_right(program, themes, extra=()):
    """(confidence, right) of every event told in the themes."""
    articles = list(score_corpus.articles_of(themes))
    records = score_corpus.coded(program, articles, extra)
    for name, text, places in articles:
        record = records.get(name)
        if record is None or record["text"] != text:
            continue
        for begin, sentence in places:
            told = list(score_corpus.told_of(record, begin, begin + len(sentence.text)))
            gold = score_corpus.gold_of(begin, sentence)
            of = {j: i for i, j in score_corpus.matched(gold, told).items()}
            for j, mention in enumerate(told):
                right = j in of and gold[of[j]]["event"].type == mention["event"]["type"]
                yield mention["event"]["confidence"], right


def reliability(pairs):
    bins = collections.defaultdict(list)
    for confidence, right in pairs:
        bins[min(9, int(confidence * 10))].append((confidence, right))
    total, error = sum(map(len, bins.values())), 0.0
    for number, inside in sorted(bins.items()):
        said = sum(c for c, _ in inside) / len(inside)
        right = sum(r for _, r in inside) / len(inside)
        error += abs(said - right) * len(inside) / total
        print(f"{number / 10:.1f}  events {len(inside):5}  confidence {said:.3f}  right {right:.3f}")
    print(f"events {total}  expected calibration error {error:.3f}")


def neutral_texts(data):
    for line in (data / "coref/gum_train.jsonl").read_text(encoding="utf-8").splitlines()[::2]:
        row = json.loads(line)
        if row["id"].split("_")[1] in NEUTRAL:
            yield row["id"], row["text"]


def dumped(options, texts):
    """What dump_finds finds in each of the texts, by id."""
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "news.jsonl"
        path.write_text("".join(json.dumps({"id": i, "text": t}) + "\n" for i, t in texts), encoding="utf-8")
        done = subprocess.run([str(options.dump), str(options.model), str(path)], capture_output=True, text=True, check=True)
    return {row["id"]: row["finds"] for row in map(json.loads, done.stdout.splitlines())}


def judged(options, themes):
    """(evidence, right) of everything found in the themes and in the texts without events."""
    articles = list(score_corpus.articles_of(themes))
    finds = dumped(options, [(name, text) for name, text, _ in articles])
    for name, _, places in articles:
        gold = [event for begin, sentence in places for event in score_corpus.gold_of(begin, sentence)]
        for find in finds[name]:
            right = any(event["event"].type == find["type"] and score_corpus.overlap(one, tuple(place))
                        for event in gold for one in event["places"] for place in find["places"])
            yield find["evidence"], right
    for found in dumped(options, list(neutral_texts(options.fit))).values():
        yield from ((find["evidence"], False) for find in found)


def solved(matrix, right):
    """x of matrix x = right, by elimination; the matrix is symmetric and positive."""
    size = len(right)
    rows = [list(row) + [value] for row, value in zip(matrix, right)]
    for column in range(size):
        for below in range(column + 1, size):
            factor = rows[below][column] / rows[column][column]
            rows[below] = [a - factor * b for a, b in zip(rows[below], rows[column])]
    found = [0.0] * size
    for row in reversed(range(size)):
        known = sum(rows[row][k] * found[k] for k in range(row + 1, size))
        found[row] = (rows[row][size] - known) / rows[row][row]
    return found


def fitted(examples, before):
    """Weights of a logistic curve by Newton's steps, each with a pull to what it was before (a new one to nothing)."""
    names = sorted({*before, *(name for evidence, _ in examples for name in evidence)})
    number = {name: k for k, name in enumerate(names)}
    rows = [([(number[name], value) for name, value in evidence.items()], right) for evidence, right in examples]
    start = [before.get(name, 0.0) for name in names]
    weights = list(start)
    for _ in range(25):
        slope = [PULL * (s - w) for s, w in zip(start, weights)]
        curve = [[PULL * (i == j) for j in range(len(names))] for i in range(len(names))]
        for row, right in rows:
            p = 1 / (1 + math.exp(-sum(weights[k] * v for k, v in row)))
            for k, v in row:
                slope[k] += (right - p) * v
                for j, u in row:
                    curve[k][j] += p * (1 - p) * v * u
        step = solved(curve, slope)
        weights = [w + s for w, s in zip(weights, step)]
        if max(map(abs, step)) < 1e-6:
            break
    return dict(zip(names, weights))


def fit(options, themes):
    table = (ROOT / "data/en/event_evidence.tsv").read_text().splitlines()[2:]
    before = {name: float(weight) for name, weight in (row.split("\t") for row in table)}
    weights = fitted(list(judged(options, themes)), before)
    sys.stdout.write("# table: event_evidence\nevidence\tweight\n" + "".join(f"{k}\t{w:.2f}\n" for k, w in weights.items()))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("themes", nargs="*", type=pathlib.Path)
    parser.add_argument("--program", type=pathlib.Path, default=ROOT / "build/polybius")
    parser.add_argument("--fit", type=pathlib.Path)
    parser.add_argument("--dump", type=pathlib.Path, default=ROOT / "build/dump_finds")
    parser.add_argument("--model", type=pathlib.Path, default=ROOT / "models/en.safetensors")
    parser.add_argument("--themes", nargs="*", type=pathlib.Path, dest="fit_themes")
    options = parser.parse_args()
    if options.fit:
        import corpora_events

        themes = options.fit_themes or [ROOT / f"training/corpus/{name}.txt" for name in corpora_events.DEV]
        fit(options, themes)
    else:
        themes = options.themes or sorted((ROOT / "training/corpus/test").glob("*.txt"))
        reliability(told_and_right(options.program, themes))


if __name__ == "__main__":
    main()
