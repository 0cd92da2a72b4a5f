"""Gives an IOB2 head's tags a price for following each other, from how often they do in the head's own sources.

    python training/moves.py CHECKPOINT.pt OUT.pt --data DATA

The price of tag b after a is a share (recipe: `moves.share`, `moves.share_of` for moves from or to a kind) of log P(b|a)/P(b),
for the head's scores know P(b) already; `moves.bias` makes a tag ("B-content") or a kind ("ORG") dearer. Shares and biases
were chosen on development data. The checkpoint's recipes get `matrix` [tag][next tag] and `begins` [tag] for the export.
"""

from __future__ import annotations

import argparse
import math
import tomllib
from collections import Counter
from pathlib import Path

import torch

from corpora import Sentence
from train import load_sentences

MOST = 4.0  # no move is dearer than that: rare ones may yet be right


def bounded_log(a: float, b: float) -> float:
    return max(-MOST, min(MOST, math.log(a / b)))


def fit(sentences: list[Sentence], column: str, labels: list[str], settings: dict) -> tuple[list[list[float]], list[float]]:
    pairs, tags, first = Counter(), Counter(), Counter()
    for sentence in sentences:
        known = sentence.columns.get(column) or []
        tags.update(tag for tag in known if tag)
        pairs.update((a, b) for a, b in zip(known, known[1:], strict=False) if a and b)
        first.update(known[:1])
    before = Counter(a for a, _ in pairs.elements())
    total, starts = tags.total(), first.total()

    def share(*kinds: str) -> float:
        return min([settings["share_of"][k] for k in kinds if k in settings.get("share_of", {})], default=settings["share"])

    bias = [settings.get("bias", {}).get(b, settings.get("bias", {}).get(b[2:], 0.0)) for b in labels]
    moves = [
        [
            share(a[2:], b[2:]) * bounded_log((pairs[a, b] + 0.1) / (before[a] + 1), (tags[b] + 1) / total) + bias[j]
            for j, b in enumerate(labels)
        ]
        for a in labels
    ]
    begins = [
        share(b[2:]) * bounded_log((first[b] + 0.1) / (starts + 1), (tags[b] + 1) / total) + bias[j] for j, b in enumerate(labels)
    ]
    return moves, begins


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--recipes", type=Path, default=Path(__file__).parent / "recipes/en")
    args = parser.parse_args()
    state = torch.load(args.checkpoint, map_location="cpu", weights_only=False)
    sentences = load_sentences(state["shared"], args.recipes, args.data)
    for name, recipe in state["heads"].items():
        settings = tomllib.loads((args.recipes / f"{name}.toml").read_text(encoding="utf-8")).get("moves")
        if settings:
            recipe["matrix"], recipe["begins"] = fit(sentences, recipe["column"], recipe["labels"], settings)
    torch.save(state, args.out)


if __name__ == "__main__":
    main()
