"""Trains the encoder with all heads of a recipe folder together; each epoch ends in a checkpoint to resume from.

    python training/train.py --recipes training/recipes/en --data DATA --base BASE.safetensors --vocab VOCAB.txt \
        --out FOLDER [--epochs N] [--hours H] [--start CHECKPOINT]

The rate rises, then falls to zero in a straight line. `--hours` plans the fall by the clock, for a machine whose
speed is not known: it reaches zero when the time is up, whatever the epoch. `--start` takes the weights and labels of
another run's checkpoint for the encoder and for the heads that it has.
"""

from __future__ import annotations

import argparse
import copy
import json
import os
import random
import time
import tomllib
from pathlib import Path

import torch

from augment import OtherNames, damage
from corpora import UNKNOWN, Norp, Sentence, label_list, load_source
from evaluate import evaluate
from known_names import read_names
from model import Batch, Reader, Shape, encode_batch, load_base
from wordpiece import MAX_SUBWORDS, WordPiece


def load_recipes(folder: Path) -> tuple[dict, dict[str, dict]]:
    """The shared settings, and each head's recipe by name."""
    shared = tomllib.loads((folder / "encoder.toml").read_text(encoding="utf-8"))
    heads = {}
    for path in sorted(folder.glob("*.toml")):
        if path.stem != "encoder":
            heads[path.stem] = tomllib.loads(path.read_text(encoding="utf-8"))
    return shared, heads


def load_sentences(shared: dict, folder: Path, data: Path) -> list[Sentence]:
    norp = Norp(folder / shared["norp"])
    found = []
    for name, source in shared["sources"].items():
        sentences = load_source(name, source, data, norp)
        print(f"{name}: {len(sentences)} sentences, {sum(len(s.words) for s in sentences)} words", flush=True)
        found += sentences
    return found


class Numberer:
    """Turns sentences into rows of numbers, labels included."""

    def __init__(self, pieces: WordPiece, heads: dict[str, dict]) -> None:
        self.pieces = pieces
        self.columns = {name: head["column"] for name, head in heads.items() if head["kind"] != "links"}
        self.links = {name: (head["rows"], head["rows_end"]) for name, head in heads.items() if head["kind"] == "links"}
        self.index = {name: {label: i for i, label in enumerate(head["labels"])} for name, head in heads.items()}

    def link_rows(self, name: str, sentence: Sentence) -> list[tuple[int, list[tuple[int, int]]]]:
        """For each word that links: its node, and (node, label) of the words that have a role there."""
        column, end = self.links[name]
        rows = []
        for word, tag in enumerate(sentence.columns.get(column, [])):
            if tag is not None and tag != "O" and tag.endswith(end):
                linked = [(b + 1, self.index[name][role]) for a, b, role in sentence.links if a == word]
                rows.append((word + 1, linked))
        return rows

    def row(self, sentence: Sentence) -> tuple[tuple, dict[str, list]]:
        labels = {"head": [UNKNOWN, *(sentence.heads or [UNKNOWN] * len(sentence.words))]}
        for name, column in self.columns.items():
            values = sentence.columns.get(column) or [None] * len(sentence.words)
            labels[name] = [UNKNOWN] + [self.index[name].get(v, UNKNOWN) for v in values]
        for name in self.links:
            labels[name] = self.link_rows(name, sentence)
        return self.pieces.encode(sentence.words), labels

    def batch(self, rows: list[tuple[tuple, dict[str, list]]]) -> Batch:
        made = encode_batch([encoded for encoded, _ in rows])
        words = made.firsts.shape[1]
        for name in ["head", *self.columns]:
            made.labels[name] = torch.tensor([r[name] + [UNKNOWN] * (words - len(r[name])) for _, r in rows])
        for name in self.links:
            found = [(i, node, linked) for i, (_, r) in enumerate(rows) for node, linked in r[name]]
            if not found:
                continue
            gold = torch.zeros(len(found), words, len(self.index[name]))
            for i, (_, _, linked) in enumerate(found):
                for node, role in linked:
                    gold[i, node, role] = 1.0
            made.links[name] = (torch.tensor([i for i, _, _ in found]), torch.tensor([n for _, n, _ in found]), gold)
        return made


def make_batches(rows: list, budget: int, dice: random.Random) -> list[list]:
    """Sentences of about one length together, at most `budget` padded subwords, in random order."""
    order = sorted(rows, key=lambda row: len(row[0][0]) + dice.random() * 3)
    batches, batch, longest = [], [], 0
    for row in order:
        longest = max(longest, len(row[0][0]))
        if batch and longest * (len(batch) + 1) > budget:
            batches.append(batch)
            batch, longest = [], len(row[0][0])
        batch.append(row)
    batches.append(batch)
    dice.shuffle(batches)
    return batches


def make_optimizer(model: Reader, shared: dict) -> torch.optim.Optimizer:
    """Lower layers learn more slowly; norms and biases do not decay."""
    groups: dict[tuple[float, float], list] = {}
    for name, parameter in model.named_parameters():
        if not parameter.requires_grad:
            continue
        depth = model.shape.layers
        if name.startswith(("words", "positions", "input_norm")):
            depth = -1
        elif name.startswith("layers."):
            depth = int(name.split(".")[1])
        rate = shared["encoder_rate"] * shared["layer_decay"] ** (model.shape.layers - 1 - depth)
        if name.startswith(("heads.", "shapes", "known")):
            rate = shared["head_rate"] if name.startswith("heads.") else shared["encoder_rate"] * 5
        decay = shared["weight_decay"] if parameter.dim() > 1 and not name.startswith(("shapes", "known")) else 0.0
        groups.setdefault((rate, decay), []).append(parameter)
    tables = [{"params": p, "lr": rate, "peak": rate, "weight_decay": decay} for (rate, decay), p in groups.items()]
    return torch.optim.AdamW(tables, betas=(0.9, 0.98), fused=True)


def save_whole(state: dict, path: Path) -> None:
    """Whole or not at all: a killed run leaves the last checkpoint as it was."""
    torch.save(state, path.with_suffix(".part"))
    os.replace(path.with_suffix(".part"), path)


class Trainer:
    def __init__(self, args: argparse.Namespace) -> None:
        self.args, self.out = args, args.out
        self.shared, self.recipes = load_recipes(args.recipes)
        self.epochs = args.epochs or self.shared["epochs"]
        self.sentences = load_sentences(self.shared, args.recipes, args.data)
        started = torch.load(args.start, map_location="cpu", weights_only=False) if args.start else None
        for name, recipe in self.recipes.items():
            if started and name in started["heads"]:
                recipe["labels"] = started["heads"][name]["labels"]
            elif recipe["kind"] != "links":
                recipe["labels"] = label_list(self.sentences, recipe["column"], recipe["at_least"])
        names = read_names(args.data / self.shared["names"]) if "names" in self.shared else {}
        self.pieces = WordPiece(args.vocab.read_text(encoding="utf-8").splitlines(), names)
        self.others = OtherNames(names)
        self.numberer = Numberer(self.pieces, self.recipes)
        self.device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
        torch.manual_seed(self.shared["seed"])
        shape = Shape(vocabulary=len(self.pieces.vocabulary))
        self.model = Reader(self.recipes, shape, self.shared["dropout"], self.shared.get("frozen_layers", 0))
        load_base(self.model, args.base)
        if started:
            left = self.model.load_state_dict(started["model"], strict=False)
            print(f"started from {args.start}; new: {sorted({k.split('.')[1] for k in left.missing_keys})}", flush=True)
        self.model.to(self.device)
        self.optimizer = make_optimizer(self.model, self.shared)
        self.mean = copy.deepcopy(self.model)  # the running mean of the weights is what is scored and kept
        self.epoch, self.spent, self.scores = 0, 0.0, []

    def resume(self) -> None:
        path = self.out / "checkpoint.pt"
        if not path.exists():
            return
        state = torch.load(path, map_location=self.device, weights_only=False)
        self.model.load_state_dict(state["last"])
        self.mean.load_state_dict(state["model"])
        self.optimizer.load_state_dict(state["optimizer"])
        self.epoch, self.spent, self.scores = state["epoch"], state["spent"], state["scores"]
        print(f"resumed after epoch {self.epoch}", flush=True)

    def checkpoint(self) -> None:
        state = {
            "model": self.mean.state_dict(), "last": self.model.state_dict(),
            "optimizer": self.optimizer.state_dict(), "epoch": self.epoch,
            "spent": self.spent, "scores": self.scores, "heads": self.recipes, "shared": self.shared,
            "vocabulary": self.pieces.vocabulary, "names": self.pieces.names,
        }  # fmt: skip
        save_whole(state, self.out / "checkpoint.pt")
        slim = {k: v for k, v in state.items() if k not in ("optimizer", "last")}
        save_whole(slim, self.out / f"epoch{self.epoch}.pt")

    def set_rate(self, progress: float) -> None:
        warm = self.shared["warm_up"]
        factor = progress / warm if progress < warm else max(0.0, (1 - progress) / (1 - warm))
        for group in self.optimizer.param_groups:
            group["lr"] = group["peak"] * factor

    @torch.no_grad()
    def follow(self) -> None:
        """The mean moves towards the weights as they are."""
        for mean, now in zip(self.mean.parameters(), self.model.parameters(), strict=True):
            if now.requires_grad:
                mean.lerp_(now, 1 - self.shared["mean_decay"])

    def run_epoch(self) -> bool:
        """One pass over all sentences; False when the planned time is up."""
        seed = self.shared["seed"] * 1000 + self.epoch
        torch.manual_seed(seed)
        dice = random.Random(seed)
        sources = self.shared["sources"]
        chosen = []
        for sentence in self.sentences:
            share = sources[sentence.source].get("share", 1.0)
            chosen += [sentence] * (int(share) + (dice.random() < share % 1))
        changes = {name: self.shared[source.get("robustness", "robustness")] for name, source in sources.items()}
        rows = [self.numberer.row(damage(s, changes[s.source], dice, self.others)) for s in chosen]
        rows = [row for row in rows if len(row[0][0]) <= MAX_SUBWORDS]
        batches = make_batches(rows, self.shared["batch_subwords"], dice)
        weights = {name: recipe["weight"] for name, recipe in self.recipes.items()}
        self.model.train()
        begin, before, sums, words = time.monotonic(), self.spent, {}, 0
        for step, batch_rows in enumerate(batches):
            hours = self.args.hours
            by_clock = self.spent / (hours * 3600) if hours else 0.0
            progress = by_clock if hours else (self.epoch + step / len(batches)) / self.epochs
            if progress >= 1:
                return False
            self.set_rate(progress)
            batch = self.numberer.batch(batch_rows)
            batch.to(self.device)
            losses = self.model.loss(batch, weights)
            self.optimizer.zero_grad(set_to_none=True)
            sum(losses.values()).backward()
            torch.nn.utils.clip_grad_norm_(self.model.parameters(), self.shared["clip"])
            self.optimizer.step()
            self.follow()
            words += int(batch.word_mask.sum())
            for name, loss in losses.items():
                sums[name] = sums.get(name, 0.0) * 0.99 + float(loss.detach()) * 0.01
            self.spent = before + time.monotonic() - begin
            if step % 100 == 0:
                speed = words / (time.monotonic() - begin)
                shown = " ".join(f"{k} {v / (1 - 0.99 ** (step + 1)):.3f}" for k, v in sums.items())
                print(f"{self.epoch + 1}: {step}/{len(batches)} {speed:.0f} words/s p {progress:.3f} {shown}", flush=True)
        return True

    def run(self) -> None:
        self.out.mkdir(parents=True, exist_ok=True)
        self.resume()
        going = True
        while going and (self.args.hours or self.epoch < self.epochs):
            going = self.run_epoch()
            self.epoch += 1
            scores = evaluate(self.mean, self.pieces, self.recipes, self.args.data)
            self.scores.append({"epoch": self.epoch, "seconds": round(self.spent), **scores})
            print(json.dumps(self.scores[-1]), flush=True)
            self.checkpoint()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("recipes", "data", "base", "vocab", "out"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    parser.add_argument("--start", type=Path)
    parser.add_argument("--epochs", type=int)
    parser.add_argument("--hours", type=float)
    parser.add_argument("--threads", type=int, default=1)
    args = parser.parse_args()
    torch.set_num_threads(args.threads)
    Trainer(args).run()


if __name__ == "__main__":
    main()
