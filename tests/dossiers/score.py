"""Scores `polybius plans` on the dossiers: status changes, plans found, plans wrongly merged or split, speakers; or writes the input for it."""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from check import first_day, sentence_of
from dossier import HERE, Document, Dossier, Plan, Step, read_dossiers

SAMPLES = 1000


@dataclass
class Told:
    """One item of a history as the program writes it."""
    status: str
    date: str
    dossier: str
    document: str
    sentence: str
    said_by: str


@dataclass
class Counts:
    gold: int = 0           # status changes to be found
    said: int = 0           # told by the program; repetitions and optional ones left out
    right: int = 0
    right_status: int = 0   # the status alone, whatever the date
    repeated: int = 0
    speakers: int = 0       # right changes for which the dossier names a speaker
    right_speakers: int = 0
    plans: int = 0
    found_plans: int = 0
    said_plans: int = 0
    split: int = 0
    merged: int = 0
    foreign: int = 0        # plans of the program that no dossier has
    missed: Counter = field(default_factory=Counter)

    def add(self, other: Counts) -> None:
        for name, value in vars(other).items():
            if name == "missed":
                self.missed.update(value)
            else:
                setattr(self, name, getattr(self, name) + value)


def date_fits(right: list[str], got: str) -> bool:
    """A day may be given for a week or a month that holds it, not the other way round."""
    for value in right:
        if got == value or (value and got.startswith(value)):
            return True
        if "W" in value and len(got) == 10 and got[0] != "X" and (day := first_day(got)):
            year, week, _ = day.isocalendar()
            if value == f"{year}-W{week:02}":
                return True
    return not right


def name_fits(right: list[str], got: str) -> bool:
    """A shared word of some length is enough: `Marangos` for `Stelios Marangos`, `union` for `union BTB-H`."""
    words = {w.strip("'s").lower() for w in got.split() if len(w) > 2}
    return any(words & {w.strip("'s").lower() for w in name.split() if len(w) > 2} for name in right)


def read_told(item: dict, documents: dict[str, Document]) -> Told | None:
    dossier, _, name = str(item.get("document", "")).partition("/")
    document = documents.get(f"{dossier}/{name}")
    if document is None:
        return None
    evidence = item.get("evidence")
    quote = document.text[evidence[0]:evidence[1]] if isinstance(evidence, list) else str(evidence or "")
    speaker = item.get("said_by")
    speaker = speaker.get("name", "") if isinstance(speaker, dict) else str(speaker or "")
    time = item.get("time")
    date = time.get("value", "") if isinstance(time, dict) else str(time or "")
    return Told(item.get("status", ""), date, dossier, document.original or name, sentence_of(document.text, quote) if quote else "", speaker)


def step_fits(step: Step, told: Told, with_date: bool) -> bool:
    return told.status in step.statuses and (not with_date or date_fits(step.dates, told.date))


def plans_touched(told: Told, plans: list[Plan], documents: dict[str, Document]) -> list[int]:
    """Which true plans an item can belong to: those with evidence in its sentence; else those that its document tells of."""
    same = [i for i, plan in enumerate(plans)
            if any(step.document == told.document and sentence_of(documents[f"{told.dossier}/{step.document}"].text, step.quote) == told.sentence for step in plan.steps)]
    return same or [i for i, plan in enumerate(plans) if told.document in plan.told]


def pair(plan: Plan, history: list[Told], with_date: bool) -> dict[int, int]:
    """Steps to items, one to one, in order; the required steps choose first."""
    pairs: dict[int, int] = {}
    for i in sorted(range(len(plan.steps)), key=lambda i: (plan.steps[i].optional, i)):
        for j, told in enumerate(history):
            if j not in pairs.values() and step_fits(plan.steps[i], told, with_date):
                pairs[i] = j
                break
    return pairs


def align(dossier: Dossier, histories: list[list[Told]], documents: dict[str, Document]) -> dict[int, int]:
    """True plans to the program's, one to one, the pairs with most in common first: steps that fit, then places in the text."""
    scores = []
    for i, plan in enumerate(dossier.plans):
        for j, history in enumerate(histories):
            near = sum(plans_touched(told, dossier.plans, documents) == [i] for told in history)
            touched = sum(i in plans_touched(told, dossier.plans, documents) for told in history)
            if touched:
                scores.append((2 * near + len(pair(plan, history, True)) + touched / 10, -i, -j))
    matched: dict[int, int] = {}
    for score, i, j in sorted(scores, reverse=True):
        if score > 0 and -i not in matched and -j not in matched.values():
            matched[-i] = -j
    return matched


def score_pair(plan: Plan, history: list[Told]) -> Counts:
    counts = Counts()
    pairs = pair(plan, history, True)
    counts.right_status = sum(not plan.steps[i].optional for i in pair(plan, history, False))
    for i, step in enumerate(plan.steps):
        if step.optional:
            continue
        counts.gold += 1
        if i not in pairs:
            counts.missed[step.statuses[0]] += 1
            continue
        counts.right += 1
        if step.said_by:
            counts.speakers += 1
            counts.right_speakers += name_fits(step.said_by, history[pairs[i]].said_by)
    for j, told in enumerate(history):
        if j in pairs.values():
            counts.said += not any(pairs.get(i) == j and step.optional for i, step in enumerate(plan.steps))
        elif any(told.status in plan.steps[i].statuses for i in pairs) or any(step.optional and told.status in step.statuses for step in plan.steps):
            counts.repeated += 1
        else:
            counts.said += 1
    return counts


def score_dossier(dossier: Dossier, histories: list[list[Told]], documents: dict[str, Document]) -> Counts:
    counts = Counts(plans=sum(not plan.optional for plan in dossier.plans), said_plans=len(histories))
    matched = align(dossier, histories, documents)
    for i, plan in enumerate(dossier.plans):
        if plan.optional:
            counts.said_plans -= i in matched
        elif i in matched:
            counts.found_plans += 1
            counts.add(score_pair(plan, histories[matched[i]]))
        else:
            counts.gold += sum(not step.optional for step in plan.steps)
            counts.missed.update(step.statuses[0] for step in plan.steps if not step.optional)
    for j, history in enumerate(histories):
        touched = [plans_touched(told, dossier.plans, documents) for told in history]
        counts.merged += len({t[0] for t in touched if len(t) == 1}) > 1
        if j not in matched.values():
            counts.said += len(history)
            counts.split += any(touched)
            counts.foreign += not any(touched)
    return counts


def read_histories(path: Path, dossiers: list[Dossier], documents: dict[str, Document]) -> tuple[dict[str, list[list[Told]]], int]:
    """The program's histories by dossier, and how many of its plans mix dossiers: these are wrongly merged whatever they say."""
    found: dict[str, list[list[Told]]] = {dossier.name: [] for dossier in dossiers}
    mixed = 0
    for line in path.read_text(encoding="utf-8").splitlines():
        items = [told for item in json.loads(line).get("history", []) if (told := read_told(item, documents))]
        names = sorted({told.dossier for told in items})
        mixed += len(names) > 1
        for name in names:
            found[name].append([told for told in items if told.dossier == name])
    return found, mixed


def f1(right: int, said: int, gold: int) -> float:
    return 200 * right / max(1, said + gold)


def interval(each: list[Counts]) -> tuple[float, float]:
    """95 % of the F1 values when dossiers are drawn again with replacement."""
    dice = random.Random(1)
    values = []
    for _ in range(SAMPLES):
        drawn = [dice.choice(each) for _ in each]
        values.append(f1(sum(c.right for c in drawn), sum(c.said for c in drawn), sum(c.gold for c in drawn)))
    values.sort()
    return values[int(0.025 * SAMPLES)], values[int(0.975 * SAMPLES)]


def score(path: Path, folder: Path, loud: bool) -> dict[str, float]:
    dossiers = read_dossiers(folder)
    documents = {f"{d.name}/{doc.id}": doc for d in dossiers for doc in d.documents}
    histories, mixed = read_histories(path, dossiers, documents)
    each = [score_dossier(dossier, histories[dossier.name], documents) for dossier in dossiers]
    total = Counts()
    for dossier, counts in zip(dossiers, each):
        total.add(counts)
        if loud:
            print(f"  {dossier.name}: {counts.right} of {counts.gold} changes, {counts.said} told, {counts.found_plans} of {counts.plans} plans, {counts.merged} merged")
    low, high = interval(each)
    merged = 100 * (total.merged + mixed) / max(1, total.said_plans - total.foreign)
    print(f"status changes: F1 {f1(total.right, total.said, total.gold):.1f} (95 %: {low:.1f} to {high:.1f}); right {total.right}, told {total.said}, true {total.gold}; "
          f"without dates {f1(total.right_status, total.said, total.gold):.1f}; repeated {total.repeated}")
    print(f"plans: F1 {f1(total.found_plans, total.said_plans, total.plans):.1f}; found {total.found_plans} of {total.plans}, told {total.said_plans}, split {total.split}, foreign {total.foreign}")
    print(f"wrongly merged: {total.merged + mixed} ({merged:.1f} %), of these over two dossiers {mixed}")
    print(f"speakers: {total.right_speakers} of {total.speakers} right changes")
    print("missed: " + ", ".join(f"{status} {n}" for status, n in total.missed.most_common()))
    return {"changes": f1(total.right, total.said, total.gold), "plans": f1(total.found_plans, total.said_plans, total.plans), "merged": merged}


def write_documents(folder: Path) -> None:
    for dossier in read_dossiers(folder):
        for document in dossier.documents:
            row = {"id": f"{dossier.name}/{document.id}", "title": document.title, "paper": document.paper, "text": document.text}
            if document.published:
                row["published"] = document.published
            print(json.dumps(row, ensure_ascii=False))


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    commands = options.add_subparsers(dest="command", required=True)
    for name, what in (("documents", "write the reports as JSON Lines"), ("score", "score what `polybius plans` wrote")):
        command = commands.add_parser(name, help=what)
        command.add_argument("--kept", action="store_true", help="the thirty that are kept apart")
        if name == "score":
            command.add_argument("plans", type=Path)
            command.add_argument("--loud", action="store_true", help="a line for each dossier")
            command.add_argument("--json", action="store_true", help="a last line with the figures as JSON")
    chosen = options.parse_args()
    folder = HERE / "kept" if chosen.kept else HERE
    if chosen.command == "documents":
        write_documents(folder)
    else:
        figures = score(chosen.plans, folder, chosen.loud)
        if chosen.json:
            print(json.dumps(figures))
    return 0


if __name__ == "__main__":
    sys.exit(main())
