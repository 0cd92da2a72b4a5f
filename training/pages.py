#!/usr/bin/env python3
"""Trains the block classifier of `polybius extract`: one weight a feature, into data/world/page_weights.tsv.

Usage: training/pages.py --data PAGES --dump build/dump_blocks [--write] [--strength N] [--folds N]

PAGES holds html/ID.html and ground-truth.jsonl {id,url,text}. A block counts as the article's if most of its words stand together in
the page's marked text. Logistic regression with a penalty on the weights' squares, blocks weighted by their words so that each page has
the same say. Scored by leaving sites out: each site's pages are judged by weights that never saw them, with the scorer of the
development data, beside the rules alone. Needs numpy.
"""
import argparse
import json
import pathlib
import re
import subprocess
import sys
import urllib.parse

import numpy

ROOT = pathlib.Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "bench/scorers"))
import score_pages  # noqa: E402

WORD = re.compile(r"\w+")


def read_pages(dump, data):
    gold = {}
    for line in (data / "ground-truth.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        gold[row["id"]] = row
    done = subprocess.run([str(dump), str(data / "html")], capture_output=True, check=True)
    lines = done.stdout.decode("utf-8").split("\n")
    names = json.loads(lines[0])["features"]
    pages = []
    for line in lines[1:]:
        if line:
            page = json.loads(line)
            pages.append({**page, "gold": gold[page["id"]]["text"], "site": site_of(gold[page["id"]]["url"])})
    return names, pages


def site_of(url):
    parts = urllib.parse.urlparse(url).netloc.split(":")[0].split(".")
    short = len(parts) > 2 and len(parts[-2]) <= 3 and len(parts[-1]) == 2  # co.uk, com.br
    return ".".join(parts[-3:] if short else parts[-2:])


def labels_of(page):
    """Whether a block is in the marked text: its words stand there together, or most of its runs of four do."""
    gold = WORD.findall(page["gold"])
    text = " " + " ".join(gold) + " "
    runs = set(zip(*[gold[i:] for i in range(4)]))
    out = []
    for block in page["blocks"]:
        words = WORD.findall(block["text"])
        if not words:
            out.append(False)
        elif len(words) < 8:
            out.append(" " + " ".join(words) + " " in text)
        else:
            own = list(zip(*[words[i:] for i in range(4)]))
            out.append(sum(run in runs for run in own) * 2 > len(own))
    return unlikely_ones_out(page, out)


def unlikely_ones_out(page, labels):
    """A short block whose words happen to stand in the text, but far from the article's blocks, is not it."""
    long_ones = [i for i, (block, label) in enumerate(zip(page["blocks"], labels)) if label and len(block["text"]) > 60]
    if not long_ones:
        return labels
    first, last = long_ones[0] - 3, long_ones[-1] + 3
    return [label and first <= i <= last for i, label in enumerate(labels)]


def prepare(pages, names):
    """Puts into each page its blocks' features, labels and weights, as arrays."""
    for page in pages:
        size = numpy.sqrt(numpy.array([len(WORD.findall(block["text"])) for block in page["blocks"]], dtype=float) + 1)
        page["weights"] = size / size.sum() if size.sum() else size
        page["matrix"] = numpy.array([block["features"] for block in page["blocks"]]).reshape(-1, len(names))
        page["labels"] = numpy.array(labels_of(page), dtype=float)
        page["chosen"] = numpy.array([block["chosen"] for block in page["blocks"]], dtype=bool)
        page["gold"] = WORD.findall(page["gold"])
        page["lines"] = [WORD.findall(block["lines"]) for block in page["blocks"]]


def arrays(pages):
    return [numpy.concatenate([page[key] for page in pages]) for key in ("matrix", "labels", "weights")]


def fit(features, labels, weights, strength):
    """Newton's method on the penalised likelihood; the first feature is the constant and bears no penalty."""
    solution = numpy.zeros(features.shape[1])
    penalty = numpy.full(features.shape[1], strength)
    penalty[0] = 1e-6
    for _ in range(12):
        chance = 1 / (1 + numpy.exp(-numpy.clip(features @ solution, -30, 30)))
        slope = features.T @ (weights * (chance - labels)) + penalty * solution
        curve = (features * (weights * chance * (1 - chance))[:, None]).T @ features + numpy.diag(penalty)
        step = numpy.linalg.solve(curve, slope)
        solution -= step
        if numpy.abs(step).max() < 1e-6:
            break
    return solution


def score(pages, keeps):
    rows = []
    for page, keep in zip(pages, keeps):
        words = [word for line, kept in zip(page["lines"], keep) if kept for word in line]
        rows.append(score_pages.counts(page["gold"], words))
    return score_pages.average(rows)


def judged_by_others(pages, strength, folds):
    """For each page, what weights that saw none of its site say."""
    sites = sorted({page["site"] for page in pages})
    keeps = {}
    for fold in range(folds):
        held = set(sites[fold::folds])
        solution = fit(*arrays([page for page in pages if page["site"] not in held]), strength)
        for page in pages:
            if page["site"] in held:
                keeps[page["id"]] = page["matrix"] @ solution
    return [keeps[page["id"]] for page in pages]


def corrected(page, sums, margin):
    """What the rules chose, but where the sum speaks against it by more than the margin."""
    return numpy.where(page["chosen"], sums > -margin, sums > margin)


def show(name, figures):
    print(f"{name:44} precision {figures[0]:.4f}  recall {figures[1]:.4f}  F1 {figures[2]:.4f}")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=pathlib.Path, required=True)
    parser.add_argument("--dump", type=pathlib.Path, default=ROOT / "build/dump_blocks")
    parser.add_argument("--strength", type=float, nargs="*", default=[0.02])
    parser.add_argument("--margin", type=float, nargs="*", default=[2.0], help="how sure the weights must be to overrule the rules")
    parser.add_argument("--folds", type=int, default=10)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    names, pages = read_pages(options.dump, options.data)
    prepare(pages, names)
    show("the rules alone", score(pages, [[block["chosen"] for block in page["blocks"]] for page in pages]))
    show("the most that blocks allow", score(pages, [page["labels"] for page in pages]))
    for strength in options.strength:
        sums = judged_by_others(pages, strength, options.folds)
        for margin in options.margin:
            keeps = [corrected(page, sum_, margin) for page, sum_ in zip(pages, sums)]
            show(f"sites left out, penalty {strength}, margin {margin}", score(pages, keeps))
    solution = fit(*arrays(pages), options.strength[0])
    keeps = [corrected(page, page["matrix"] @ solution, options.margin[0]) for page in pages]
    show("trained on all", score(pages, keeps))
    if options.write:
        rows = [f"{name}\t{weight:.3f}" for name, weight in zip(names, solution)]
        head = "# table: page_weights\n# Made by training/pages.py; see training/README.md. A block is the article's if the sum is positive.\n"
        (ROOT / "data/world/page_weights.tsv").write_text(head + "feature\tweight\n" + "\n".join(rows) + "\n")


if __name__ == "__main__":
    main()
