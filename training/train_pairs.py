"""Trains the pair reader on files of corpora_pairs.py, on the lower layers of a checkpoint of the encoder.

    python training/train_pairs.py --encoder CHECKPOINT.pt --recipe training/recipes/en/pairs/first.toml --pairs DATA/pairs \
        --out out/first.pt
    python training/train_pairs.py --encoder CHECKPOINT.pt --recipe training/recipes/en/pairs/second.toml --pairs DATA/pairs \
        --start out/first.pt --out out/second.pt [--leave-out 0 1 2]

`--leave-out` trains once for each fold named, without its rows, and writes what the model says of them to OUT with `.N.jsonl`;
no weights are kept then. The states below the layers that a recipe leaves as they are are read once and kept.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import time
import tomllib
from collections import Counter
from pathlib import Path

import torch
import torch.nn.functional as F
from torch import Tensor

from export import load_reader
from pairs import BARE, Marked, PairReader, load_pairs, mark
from wordpiece import WordPiece

TYPES = """AGREE CONSULT SUPPORT CONCEDE COOPERATE AID RETREAT REQUEST ACCUSE REJECT THREATEN PROTEST SANCTION MOBILIZE
COERCE ASSAULT NONE""".split()
STATUSES = "occurred ongoing planned postponed cancelled threatened denied hypothetical".split()
MODES = Path(__file__).resolve().parents[1] / "data" / "ontology" / "plover" / "modes.tsv"


def read_rows(path: Path) -> list[dict]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def mode_list(path: Path) -> list[str]:
    lines = [line.split("\t") for line in path.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    return ["-", *dict.fromkeys(f"{cells[0]}:{cells[1]}" for cells in lines[1:])]


def swapped(row: dict, phrases: list[str], dice: random.Random) -> dict:
    """The row with other names in the marked places."""
    row = dict(row, triggers=[])
    for side, other in (("actor", "recipient"), ("recipient", "actor")):
        if row[side] is None or dice.random() < 0.4:
            continue
        (begin, end), phrase = row[side], dice.choice(phrases)
        if row[other] and row[other][0] < end and begin < row[other][1]:
            continue
        shift = len(phrase) - (end - begin)
        row["text"] = row["text"][:begin] + phrase + row["text"][end:]
        row[side] = [begin, begin + len(phrase)]
        if row[other] and row[other][0] >= end:
            row[other] = [row[other][0] + shift, row[other][1] + shift]
    return row


class Losses:
    def __init__(self, labels: dict[str, list[str]], recipe: dict) -> None:
        self.index = {name: {label: i for i, label in enumerate(names)} for name, names in labels.items()}
        self.recipe = recipe

    def total(self, scores: dict[str, Tensor], shares: Tensor, rows: list[dict], marked: list[Marked]) -> Tensor:
        weight = torch.tensor([row["weight"] * self.recipe["none_weight" if row["types"] == ["NONE"] else "type_weight"] for row in rows])
        allowed = torch.zeros_like(scores["type"])
        for i, row in enumerate(rows):
            for name in row["types"]:
                allowed[i, self.index["type"][name]] = 1.0
        typed = allowed.sum(1) > 0
        logs = scores["type"].log_softmax(-1)
        right = (logs + (allowed + 1e-12).log()).logsumexp(-1)
        smooth = self.recipe["smoothing"]
        loss = (typed * weight * -((1 - smooth) * right + smooth * logs.mean(-1))).sum() / len(rows)
        for name in ("mode", "status"):
            gold = torch.tensor([self.gold(name, row) for row in rows])
            if (gold >= 0).any():
                loss = loss + self.recipe["aside"] * F.cross_entropy(scores[name], gold, ignore_index=-100, reduction="sum") / len(rows)
        told = torch.zeros_like(shares)
        for i, (row, m) in enumerate(zip(rows, marked, strict=True)):
            for begin, end in row.get("triggers", []):
                for place, (b, e) in enumerate(m.spans):
                    told[i, place] = max(told[i, place].item(), float(b < end and begin < e))
        has = told.sum(1) > 0
        found = (shares + (told + 1e-12).log()).logsumexp(-1)
        return loss + self.recipe["aside"] * -(found * has).sum() / len(rows)

    def gold(self, name: str, row: dict) -> int:
        if row.get("status") is None:
            return -100
        value = row["status"] if name == "status" else "-" if row["mode"] == "-" else f"{row['event']}:{row['mode']}"
        return self.index[name].get(value, -100)


class Trainer:
    def __init__(self, args: argparse.Namespace) -> None:
        self.args, self.recipe = args, tomllib.loads(args.recipe.read_text(encoding="utf-8"))
        self.dice = random.Random(self.recipe["seed"] + args.seed)
        torch.manual_seed(self.recipe["seed"] + args.seed)
        base, state = load_reader(args.encoder)
        self.pieces = WordPiece(state["vocabulary"])
        self.labels = {"type": TYPES, "mode": mode_list(MODES), "status": STATUSES}
        self.model = load_pairs(base, args.start) if args.start else PairReader(base, self.labels, base.shape.inner)
        self.losses = Losses(self.labels, self.recipe)
        self.begin = {n: p.clone() for n, p in self.model.state_dict().items()}
        self.frozen = self.recipe["frozen"]
        for module in [*self.model.layers[: self.frozen], *([self.model.roles] if self.frozen > BARE else [])]:
            module.requires_grad_(False)
        self.whole = {name: read_rows(args.pairs / f"{name}.jsonl") for name in self.recipe["sources"]}
        rows = [r for rows in self.whole.values() for r in rows]
        phrases = [r["text"][slice(*r[s])] for r in rows for s in ("actor", "recipient") if r[s] and r["types"] != ["NONE"]]
        for row in rows:
            row["marked"] = self.marked(row)
            row["swapped"] = swapped(row, phrases, self.dice) if self.recipe["swap"] else row
            row["swapped"]["marked"] = self.marked(row["swapped"])

    def marked(self, row: dict) -> Marked:
        return mark(self.pieces, row["text"], row["actor"] and tuple(row["actor"]), row["recipient"] and tuple(row["recipient"]))

    def start_over(self, fold: int | None) -> None:
        self.model.load_state_dict(self.begin)
        self.sources = {n: [r for r in rows if fold is None or r.get("fold") != fold] for n, rows in self.whole.items()}
        self.apart = [r for rows in self.whole.values() for r in rows if fold is not None and r.get("fold") == fold]
        self.answers = self.args.out.with_suffix(f".{fold}.jsonl") if fold is not None else self.args.out.with_suffix(".jsonl")

    def epoch_rows(self) -> list[dict]:
        rows = []
        for name, source in self.recipe["sources"].items():
            events = [r for r in self.sources[name] if r["types"] and r["types"] != ["NONE"]]
            untyped = [r for r in self.sources[name] if not r["types"]]
            none = [r for r in self.sources[name] if r["types"] == ["NONE"]]
            rows += self.dice.sample(events, round(len(events) * source["share"]))
            rows += self.dice.sample(untyped, round(len(untyped) * source.get("untyped_share", 0.0)))
            rows += self.dice.sample(none, round(len(none) * source["none_share"]))
        return [r["swapped"] if self.dice.random() < self.recipe["swap"] else r for r in rows]

    def states(self, rows: list[dict]) -> Tensor:
        """What the layers that learn read; below layers that stay as they are it is kept."""
        marked = [row["marked"] for row in rows]
        if self.frozen == BARE:
            return self.model.lower(marked)
        new = [row for row in rows if "states" not in row]
        if new:
            was = self.model.training
            self.model.eval()
            with torch.no_grad():
                found = self.model.lower([row["marked"] for row in new], self.frozen)
            self.model.train(was)
            for row, states in zip(new, found, strict=True):
                row["states"] = states[: len(row["marked"].ids)].half()
        return torch.nn.utils.rnn.pad_sequence([row["states"].float() for row in rows], batch_first=True)

    def batches(self) -> list[list[dict]]:
        made = self.epoch_rows()
        made.sort(key=lambda row: len(row["marked"].ids) + self.dice.random() * 4)
        size = self.recipe["batch"]
        batches = [made[i : i + size] for i in range(0, len(made), size)]
        self.dice.shuffle(batches)
        return batches

    def optimizer(self) -> torch.optim.Optimizer:
        groups = []
        for depth, layer in enumerate(self.model.layers):
            rate = self.recipe["layer_rate"] * self.recipe["layer_decay"] ** (len(self.model.layers) - 1 - depth)
            groups.append({"params": list(layer.parameters()), "peak": rate})
        top = [p for n, p in self.model.named_parameters() if not n.startswith("layers.")]
        groups.append({"params": top, "peak": self.recipe["head_rate"]})
        groups = [group | {"params": [p for p in group["params"] if p.requires_grad]} for group in groups]
        return torch.optim.AdamW([group for group in groups if group["params"]], lr=0.0, weight_decay=0.01, betas=(0.9, 0.98))

    def run(self) -> None:
        for fold in self.args.leave_out or [None]:
            self.start_over(fold)
            self.train()
        if not self.args.leave_out:
            torch.save({"model": self.model.state_dict(), "labels": self.labels, "vocabulary": self.pieces.vocabulary}, self.args.out)

    def train(self) -> None:
        optimizer, start = self.optimizer(), time.time()
        epochs, mean, taken, step = self.recipe["epochs"], None, 0, 0
        for epoch in range(epochs):
            batches, sums = self.batches(), Counter()
            for number, batch in enumerate(batches):
                done = (epoch + number / len(batches)) / epochs
                pace = min(1.0, (step + 1) / self.recipe["warm_up"]) * max(0.03, 1 - done)
                for group in optimizer.param_groups:
                    group["lr"] = group["peak"] * pace
                self.model.train()
                marked = [row["marked"] for row in batch]
                scores, shares = self.model.upper(self.states(batch), marked, self.frozen)
                loss = self.losses.total(scores, shares, batch, marked)
                optimizer.zero_grad()
                loss.backward()
                torch.nn.utils.clip_grad_norm_(self.model.parameters(), 1.0)
                optimizer.step()
                step += 1
                sums["loss"] += loss.item()
                if number % 25 == 0:
                    loss_now, passed = sums["loss"] / (number + 1), time.time() - start
                    print(f"epoch {epoch} {number}/{len(batches)} loss {loss_now:.3f} {passed:.0f} s", flush=True)
                if done > 1 - self.recipe["mean_of_last"] and step % 10 == 0:
                    now = {n: p.detach().clone() for n, p in self.model.named_parameters() if p.requires_grad}
                    mean = now if mean is None else {n: mean[n] + (now[n] - mean[n]) / (taken + 1) for n in now}
                    taken += 1
            if mean is not None and epoch == epochs - 1:
                self.model.load_state_dict(mean, strict=False)
            if epoch >= epochs - 2 and (self.apart or self.args.score):
                self.score(epoch)

    @torch.no_grad()
    def score(self, epoch: int) -> None:
        rows = self.apart or [row | {"marked": self.marked(row)} for row in read_rows(self.args.score)]
        rows.sort(key=lambda row: len(row["marked"].ids))
        self.model.eval()
        answers = []
        for i in range(0, len(rows), 32):
            batch = rows[i : i + 32]
            scores, _ = self.model.upper(self.states(batch), [row["marked"] for row in batch], self.frozen)
            for j, row in enumerate(batch):
                p = dict(zip(TYPES, scores["type"][j].softmax(-1).tolist(), strict=True))
                answer = {"id": row.get("id"), "kind": row.get("kind"), "gold": row["types"], "p": p}
                answers.append(answer | {"status": STATUSES[scores["status"][j].argmax()], "gold_status": row.get("status")})
        with open(self.answers, "w", encoding="utf-8") as out:
            for answer in answers:
                out.write(json.dumps(answer) + "\n")
        print(f"epoch {epoch}: {summary(answers)}", flush=True)


def best_type(p: dict[str, float], least_none: float = 0.5) -> str:
    """NONE if it is likely enough, else the likeliest; CONCEDE and RETREAT are first weighed together."""
    if p["NONE"] > least_none:
        return "NONE"
    sums = {k: v for k, v in p.items() if k not in ("NONE", "CONCEDE", "RETREAT")} | {"YIELD": p["CONCEDE"] + p["RETREAT"]}
    best = max(sums, key=sums.__getitem__)
    return max(("CONCEDE", "RETREAT"), key=p.__getitem__) if best == "YIELD" else best


def summary(answers: list[dict]) -> str:
    out = []
    for least in (0.5, 0.8, 2.0):
        events = [a for a in answers if a["gold"] != ["NONE"] and a["gold"]]
        none = [a for a in answers if a["gold"] == ["NONE"]]
        right = sum(best_type(a["p"], least) in a["gold"] for a in events) / max(1, len(events))
        said = Counter(a["kind"] for a in none if best_type(a["p"], least) != "NONE")
        false = {kind: (said[kind], count) for kind, count in Counter(a["kind"] for a in none).items()}
        out.append(f"none>{least}: accuracy {100 * right:.1f}, false {false}")
    status = [a for a in answers if a["gold_status"]]
    if status:
        out.append(f"status {100 * sum(a['status'] == a['gold_status'] for a in status) / len(status):.1f}")
    return "; ".join(out)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--encoder", type=Path, required=True)
    parser.add_argument("--recipe", type=Path, required=True)
    parser.add_argument("--pairs", type=Path, required=True)
    parser.add_argument("--start", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--leave-out", type=int, nargs="*")
    parser.add_argument("--score", type=Path)
    parser.add_argument("--seed", type=int, default=0)
    Trainer(parser.parse_args()).run()


if __name__ == "__main__":
    main()
