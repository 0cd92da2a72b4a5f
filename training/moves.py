"""Fits how the tags of an IOB2 head follow each other, on what a trained head says of sentences of its own source.

    python training/moves.py CHECKPOINT.pt OUT.pt --head said --data DATA [--sentences 5000]

The checkpoint's recipe of the head gets `moves` [tag][next tag] and `begins` [tag], which the decoder adds to the scores:
a linear-chain CRF over scores that stay as they are. `--head ner --bias ORG=-1.5` only makes tags of a kind dearer.
"""

from __future__ import annotations

import argparse
import random
from pathlib import Path

import torch

from corpora import Sentence
from evaluate import predictions
from export import load_reader
from train import load_sentences
from wordpiece import WordPiece

NEVER = -1e4


def allowed_moves(labels: list[str]) -> torch.Tensor:
    return torch.tensor([[not b.startswith("I-") or (a[2:] == b[2:] and a != "O") for b in labels] for a in labels])


def padded(scores: list[torch.Tensor], tags: list[list[int]]) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    longest = max(len(t) for t in tags)
    emissions = torch.zeros(len(tags), longest, scores[0].shape[-1])
    gold = torch.zeros(len(tags), longest, dtype=torch.long)
    mask = torch.zeros(len(tags), longest, dtype=torch.bool)
    for i, (s, t) in enumerate(zip(scores, tags, strict=True)):
        emissions[i, : len(t)], gold[i, : len(t)], mask[i, : len(t)] = s, torch.tensor(t), True
    return emissions, gold, mask


def chain_loss(emissions: torch.Tensor, gold: torch.Tensor, mask: torch.Tensor, moves: torch.Tensor, begins: torch.Tensor) -> torch.Tensor:
    """Mean negative log-likelihood of a tag."""
    alpha = begins + emissions[:, 0]
    own = alpha.gather(1, gold[:, :1])[:, 0]
    for at in range(1, gold.shape[1]):
        step = torch.logsumexp(alpha[:, :, None] + moves, 1) + emissions[:, at]
        alpha = torch.where(mask[:, at, None], step, alpha)
        gained = moves[gold[:, at - 1], gold[:, at]] + emissions[:, at].gather(1, gold[:, at : at + 1])[:, 0]
        own = own + torch.where(mask[:, at], gained, torch.zeros_like(gained))
    return (torch.logsumexp(alpha, 1) - own).sum() / mask.sum()


def fit(scores: list[torch.Tensor], tags: list[list[int]], labels: list[str], passes: int = 6) -> tuple[torch.Tensor, torch.Tensor]:
    may = allowed_moves(labels)
    may_begin = torch.tensor([not label.startswith("I-") for label in labels])
    moves = torch.zeros(len(labels), len(labels), requires_grad=True)
    begins = torch.zeros(len(labels), requires_grad=True)
    optimizer = torch.optim.Adam([moves, begins], lr=0.05)
    order = sorted(range(len(tags)), key=lambda i: len(tags[i]))
    batches = [order[i : i + 100] for i in range(0, len(order), 100)]
    dice = random.Random(1)
    for turn in range(passes):
        for group in optimizer.param_groups:
            group["lr"] = 0.05 * (1 - turn / passes)
        dice.shuffle(batches)
        total = 0.0
        for chosen in batches:
            emissions, gold, mask = padded([scores[i] for i in chosen], [tags[i] for i in chosen])
            loss = chain_loss(
                emissions, gold, mask, moves.masked_fill(~may, NEVER), begins.masked_fill(~may_begin, NEVER)
            )
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            total += float(loss.detach())
        print(f"pass {turn + 1}: {total / len(batches):.4f}", flush=True)
    return moves.detach() * may, begins.detach() * may_begin


def labelled(sentences: list[Sentence], column: str, count: int) -> list[Sentence]:
    known = [s for s in sentences if s.columns.get(column) and None not in s.columns[column] and len(s.words) > 1]
    random.Random(1).shuffle(known)
    return known[:count]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--head", required=True)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--recipes", type=Path, default=Path(__file__).parent / "recipes/en")
    parser.add_argument("--sentences", type=int, default=5000)
    parser.add_argument("--bias", nargs="*", default=[], help="KIND=NUMBER: no fit, only this")
    args = parser.parse_args()
    torch.set_num_threads(1)
    model, state = load_reader(args.checkpoint)
    recipe = state["heads"][args.head]
    labels = recipe["labels"]
    if args.bias:
        dearer = {kind: float(number) for kind, _, number in (b.partition("=") for b in args.bias)}
        begins = torch.tensor([dearer.get(label[2:], 0.0) for label in labels])
        moves = begins.expand(len(labels), -1).clone()
    else:
        pieces = WordPiece(state["vocabulary"])
        shared = {**state["shared"], "sources": {k: v for k, v in state["shared"]["sources"].items() if v["kind"] == recipe["column"]}}
        chosen = labelled(load_sentences(shared, args.recipes, args.data), recipe["column"], args.sentences)
        number = {label: i for i, label in enumerate(labels)}
        scores, tags = [], []
        for i, found in predictions(model, pieces, chosen):
            scores.append(found[args.head][1:].log_softmax(-1))
            tags.append([number[tag] for tag in chosen[i].columns[recipe["column"]]])
        moves, begins = fit(scores, tags, labels)
    recipe["moves"], recipe["begins"] = moves.tolist(), begins.tolist()
    torch.save(state, args.out)


if __name__ == "__main__":
    main()
