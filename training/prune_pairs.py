"""Takes the inner units out of each layer that matter least, and fits the outer matrix anew on those that stay.

    python training/prune_pairs.py out/first.pt out/narrow.pt --encoder CHECKPOINT.pt --pairs DATA/pairs --inner 832

A unit counts by how far it moves the layer's output: its mean square times that of its column. What the others
cannot make up for goes into the bias.
"""

from __future__ import annotations

import argparse
import random
from pathlib import Path

import torch
import torch.nn.functional as F

from export import load_reader
from model import Layer
from pairs import LAYERS, Marked, PairReader, load_pairs, mark, mask_of
from train_pairs import read_rows
from wordpiece import WordPiece

ROWS = 400


def narrow(layer: Layer, inputs: torch.Tensor, inner: int, into: Layer) -> None:
    """`inputs`: what the inner matrix reads, a row a subword."""
    units = F.gelu(layer.inner(inputs)).double()
    moved = units.square().mean(0) * layer.outer.weight.double().square().sum(0)
    stay = moved.topk(inner).indices.sort().values
    wanted = units @ layer.outer.weight.double().T
    known = torch.cat([units[:, stay], torch.ones(len(units), 1, dtype=torch.double)], 1)
    square = known.T @ known + 1e-3 * len(units) * torch.diag((known.square().mean(0)).clamp(min=1e-6))
    start = torch.cat([layer.outer.weight.double().T[stay], torch.zeros(1, layer.outer.weight.shape[0], dtype=torch.double)])
    fitted = start + torch.linalg.solve(square, known.T @ (wanted - known @ start))
    state = layer.state_dict()
    state["inner.weight"], state["inner.bias"] = layer.inner.weight[stay], layer.inner.bias[stay]
    state["outer.weight"], state["outer.bias"] = fitted[:-1].T.float(), layer.outer.bias + fitted[-1].float()
    into.load_state_dict(state)


@torch.no_grad()
def prune(model: PairReader, narrower: PairReader, rows: list[Marked], inner: int) -> None:
    states: list[torch.Tensor] = []
    for depth, layer in enumerate(model.layers):
        heard: list[torch.Tensor] = []
        hook = layer.attention_norm.register_forward_hook(lambda module, given, out: heard.append(out[0]))  # noqa: B023
        states = [layer(x, mask_of([row])) for x, row in zip(states, rows, strict=True)] if depth else [model.lower([row]) for row in rows]
        hook.remove()
        narrow(layer, torch.cat(heard), inner, narrower.layers[depth])
    error = [(narrower.lower([r], LAYERS) - x).square().mean() / x.square().mean() for r, x in zip(rows[:50], states, strict=False)]
    print(f"{len(rows)} rows; the last layer's output is off by {100 * torch.stack(error).mean():.2f} % of its square")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("target", type=Path)
    parser.add_argument("--encoder", type=Path, required=True)
    parser.add_argument("--pairs", type=Path, required=True)
    parser.add_argument("--inner", type=int, default=832)
    args = parser.parse_args()
    base, state = load_reader(args.encoder)
    model = load_pairs(base, args.checkpoint)
    base, _ = load_reader(args.encoder)
    narrower = PairReader(base, model.labels, args.inner).eval()
    narrower.load_state_dict({n: p for n, p in model.state_dict().items() if not n.startswith("layers.")}, strict=False)
    pieces = WordPiece(state["vocabulary"])
    rows = [r for name in ("own", "plv") for r in random.Random(1).sample(read_rows(args.pairs / f"{name}.jsonl"), ROWS // 2)]
    marked = [mark(pieces, r["text"], r["actor"] and tuple(r["actor"]), r["recipient"] and tuple(r["recipient"])) for r in rows]
    prune(model, narrower, marked, args.inner)
    torch.save({"model": narrower.state_dict(), "labels": model.labels, "vocabulary": pieces.vocabulary}, args.target)


if __name__ == "__main__":
    main()
