#!/usr/bin/env python3
"""How often events of a confidence are right, on themes of the corpus; and fits the table that confidence is read from.

Usage: bench/calibration.py [THEME.txt ...] [--program build/polybius]
       bench/calibration.py --fit DATA [--themes THEME.txt ...] > data/en/event_confidence.tsv
Without --fit: a table of ten bins, their mean confidence and the share that is right (type and trigger), by default of the themes kept
apart, and the expected calibration error. --fit reads the development themes (training/corpora_events.py names them) and, as
texts without any event, the GUM documents of DATA/coref that bench/false_events.py does not count; it codes them with a table under
which everything is told and each cell has a number of its own, then smooths the share that is right over strength and head's share.
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

STRENGTHS = {"rule": (0, 25, 35, 45, 55, 65, 75, 85), "head": (0, 35, 50, 65, 80)}
SHARES = (0, 60, 150, 300, 450, 600, 750, 850, 930, 970)
NEUTRAL = ("academic", "conversation", "vlog")


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


def cells():
    """Every cell with the confidence that names it in a record."""
    every = [(by, s, h) for by, strengths in STRENGTHS.items() for s in strengths for h in SHARES]
    return {round(0.5 + number / 1000, 3): cell for number, cell in enumerate(every)}


def table(rows):
    return "# table: event_confidence\nby\tstrength\tshare\tconfidence\n" + "".join(
        f"{by}\t{s}\t{h}\t{c:.3f}\n" for (by, s, h), c in rows)


def neutral_texts(data):
    for line in (data / "coref/gum_train.jsonl").read_text(encoding="utf-8").splitlines()[::2]:
        row = json.loads(line)
        if row["id"].split("_")[1] in NEUTRAL:
            yield row["id"], row["text"]


def smoothed(counts):
    """Logistic in strength and in the log odds of the share, with a pull to nothing; one curve each kind of finder."""
    rows = []
    for by in STRENGTHS:
        points = [(s, h, *counts[(by, s, h)]) for s in STRENGTHS[by] for h in SHARES]
        odds = lambda h: math.log((h + 15) / (1015 - h))
        weights = [0.0, 0.0, 0.0]
        for step in range(20000):
            slope = [0.0, 0.0, 0.0]
            for s, h, right, total in points:
                x = (1.0, odds(h), (s - 50) / 25)
                p = 1 / (1 + math.exp(-sum(w * v for w, v in zip(weights, x))))
                for k in range(3):
                    slope[k] += (right - total * p) * x[k]
            total = sum(t for *_, t in points) or 1
            weights = [w + 2.0 * (g - 0.5 * w * (k > 0)) / total for k, (w, g) in enumerate(zip(weights, slope))]
        print(by, "weights", [round(w, 3) for w in weights], file=sys.stderr)
        for s, h, right, total in points:
            p = 1 / (1 + math.exp(-(weights[0] + weights[1] * odds(h) + weights[2] * (s - 50) / 25)))
            rows.append(((by, s, h), (right + 8 * p) / (total + 8)))
            print(f"{by} {s:3} {h:4} right {right:4} of {total:4}  curve {p:.3f}", file=sys.stderr)
    return monotone(rows)


def monotone(rows):
    """No cell below a weaker one: raised to the running maximum, halfway."""
    value = dict(rows)
    for by, strengths in STRENGTHS.items():
        for _ in range(3):
            for i, s in enumerate(strengths):
                for j, h in enumerate(SHARES):
                    for lower in ((by, strengths[i - 1], h) if i else None, (by, s, SHARES[j - 1]) if j else None):
                        if lower and value[lower] > value[(by, s, h)]:
                            value[lower] = value[(by, s, h)] = (value[lower] + value[(by, s, h)]) / 2
    return [(cell, value[cell]) for cell, _ in rows]


def fit(program, themes, data):
    named = cells()
    counts = collections.defaultdict(lambda: [0, 0])
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder) / "event_confidence.tsv"
        path.write_text(table([(cell, c) for c, cell in named.items()]), encoding="utf-8")
        extra = ("--lexicon", str(path))
        found = list(told_and_right(program, themes, extra))
        news, out = pathlib.Path(folder) / "news.jsonl", pathlib.Path(folder) / "out.jsonl"
        news.write_text("".join(json.dumps({"id": i, "text": t}) + "\n" for i, t in neutral_texts(data)), encoding="utf-8")
        subprocess.run([str(program), "code", *extra, str(news), "-o", str(out)], check=True)
        for line in out.read_text(encoding="utf-8").splitlines():
            found += [(event["confidence"], False) for event in json.loads(line)["events"]]
    for confidence, right in found:
        cell = named[round(confidence, 3)]
        counts[cell][0] += right
        counts[cell][1] += 1
    sys.stdout.write(table(smoothed(counts)))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("themes", nargs="*", type=pathlib.Path)
    parser.add_argument("--program", type=pathlib.Path, default=ROOT / "build/polybius")
    parser.add_argument("--fit", type=pathlib.Path)
    options = parser.parse_args()
    if options.fit:
        import corpora_events

        themes = options.themes or [ROOT / f"training/corpus/{name}.txt" for name in corpora_events.DEV]
        fit(options.program, themes, options.fit)
    else:
        themes = options.themes or sorted((ROOT / "training/corpus/test").glob("*.txt"))
        reliability(told_and_right(options.program, themes))


if __name__ == "__main__":
    main()
