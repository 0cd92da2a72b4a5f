"""Has a part of the corpus annotated again: draws bare sentences, measures how far a second reader agrees, lists where not."""

from __future__ import annotations

import argparse
import hashlib
import sys
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from check import HERE, Event, Sentence, check_sentence, find_words, read_event, read_file, read_table

SECOND = HERE / "second"
Span = tuple[int, int]
Pair = tuple[Sentence, Sentence]


def corpus_sentences() -> dict[str, Sentence]:
    """Every sentence of the corpus under its id, `theme:number`, counted from 1 within its file."""
    named = {}
    for path in sorted(HERE.glob("*.txt")) + sorted(HERE.glob("test/*.txt")):
        for number, sentence in enumerate(read_file(path, []), 1):
            named[f"{path.stem}:{number}"] = sentence
    return named


def later_themes(named: dict[str, Sentence], earlier: list[Path]) -> dict[str, Sentence]:
    """The sentences of the themes of which the earlier draws have nothing: those that were written since."""
    drawn = {name.partition(":")[0] for path in earlier for name in read_second(path)[0]}
    return {name: sentence for name, sentence in named.items() if sentence.path.stem not in drawn}


def draw(named: dict[str, Sentence], share: float, seed: str) -> list[list[str]]:
    """Whole articles in an order that only the seed and their places decide, until the share of the sentences is reached."""
    articles: dict[tuple[str, int], list[str]] = {}
    for name, sentence in named.items():
        articles.setdefault((sentence.path.stem, sentence.article), []).append(name)
    order = sorted(articles, key=lambda a: hashlib.sha256(f"{seed}:{a[0]}:{a[1]}".encode()).hexdigest())
    drawn: list[list[str]] = []
    while order and sum(map(len, drawn)) < share * len(named):
        drawn.append(articles[order.pop(0)])
    return drawn


def write_bare(path: Path, share: float, seed: str, earlier: list[Path]) -> None:
    named = later_themes(corpus_sentences(), earlier)
    blocks = ["\n".join(f"# {name}\nS\t{named[name].text}" for name in article) for article in draw(named, share, seed)]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n\n".join(blocks) + "\n", encoding="utf-8")
    print(f"{path}: {sum(b.count('# ') for b in blocks)} sentences in {len(blocks)} articles")


def read_second(path: Path) -> tuple[dict[str, Sentence], list[str]]:
    """The second reader's sentences by id, and what is wrong with the file."""
    named: dict[str, Sentence] = {}
    problems = []
    name = ""
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        cells = line.split("\t")
        if line.startswith("# "):
            name = line[2:]
        elif cells[0] == "S" and len(cells) == 2 and name not in named:
            named[name] = Sentence(path, number, cells[1], 0)
        elif cells[0] == "E" and len(cells) == 7 and name in named:
            named[name].events.append(read_event(cells[1:]))
        elif cells[0] == "N" and len(cells) == 2 and name in named:
            named[name].reason = cells[1]
        elif line:
            problems.append(f"{path.name}:{number}: not a line of the form: {line[:60]}")
    types = {row[0] for row in read_table("types.tsv")}
    modes = {(row[0], row[1]) for row in read_table("modes.tsv")}
    return named, problems + [p for s in named.values() for p in check_sentence(s, types, modes)]


def spans(text: str, quoted: list[str]) -> list[Span]:
    starts = [(find_words(text, q), len(q.partition("#")[0])) for q in quoted]
    return [(at, at + length) for at, length in starts if at >= 0]


def overlap(a: Span, b: Span) -> bool:
    return a[0] < b[1] and b[0] < a[1]


def match(ours: Sentence, theirs: Sentence) -> list[tuple[Event, Event]]:
    """Pairs events one to one: first those whose head triggers overlap, then those any of whose triggers do."""
    pairs: list[tuple[Event, Event]] = []
    for width in (1, None):
        for a in ours.events:
            for b in theirs.events:
                free = not any(a is x or b is y for x, y in pairs)
                a_spans, b_spans = spans(ours.text, a.triggers[:width]), spans(theirs.text, b.triggers[:width])
                if free and any(overlap(x, y) for x in a_spans for y in b_spans):
                    pairs.append((a, b))
    return pairs


def kappa(labels: list[tuple[str, str]]) -> float:
    """Cohen's kappa: agreement beyond what the two readers' own habits would give by chance."""
    total = max(1, len(labels))
    first, second = Counter(a for a, _ in labels), Counter(b for _, b in labels)
    seen = sum(a == b for a, b in labels) / total
    chance = sum(first[label] * second[label] for label in first) / total**2
    return 1.0 if chance == 1 else (seen - chance) / (1 - chance)


def mentions_agree(text: str, a: list[str], b: list[str]) -> tuple[bool, bool]:
    """Whether two lists name exactly the same words, and whether each mention of either has one of the other that overlaps it."""
    a_spans, b_spans = spans(text, a), spans(text, b)
    covered = all(any(overlap(x, y) for y in b_spans) for x in a_spans) and all(any(overlap(x, y) for x in a_spans) for y in b_spans)
    return set(a_spans) == set(b_spans), covered


@dataclass
class Tally:
    sentences: list[tuple[str, str]] = field(default_factory=list)
    labels: dict[str, list[tuple[str, str]]] = field(default_factory=lambda: {"type": [], "mode": [], "status": []})
    slots: dict[str, list[tuple[bool, bool]]] = field(default_factory=lambda: {"actors": [], "recipients": []})
    lenient: int = 0
    ours: int = 0
    theirs: int = 0
    matched: int = 0
    same_head: int = 0

    def add(self, ours: Sentence, theirs: Sentence) -> None:
        self.sentences.append((str(bool(ours.events)), str(bool(theirs.events))))
        self.ours += len(ours.events)
        self.theirs += len(theirs.events)
        for a, b in match(ours, theirs):
            self.matched += 1
            self.same_head += spans(ours.text, a.triggers[:1]) == spans(theirs.text, b.triggers[:1])
            self.labels["type"].append((a.type, b.type))
            if a.type == b.type:
                self.labels["mode"].append((a.mode, b.mode))
            self.labels["status"].append((a.status.split("/")[0], b.status.split("/")[0]))
            self.lenient += bool(set(a.status.split("/")) & set(b.status.split("/")))
            self.slots["actors"].append(mentions_agree(ours.text, a.actors, b.actors))
            self.slots["recipients"].append(mentions_agree(ours.text, a.recipients, b.recipients))


def percent(part: int, whole: int) -> str:
    return f"{100 * part / max(1, whole):.1f} %"


def paired(named: dict[str, Sentence], second: dict[str, Sentence]) -> list[tuple[str, Pair]]:
    """Each second reading beside the corpus's own; by id, or by the text where numbers have shifted."""
    by_text = {s.text: s for s in named.values()}
    found = [(name, named[name] if name in named and named[name].text == s.text else by_text.get(s.text), s) for name, s in second.items()]
    return [(name, (ours, theirs)) for name, ours, theirs in found if ours is not None]


def print_agreement(second: dict[str, Sentence]) -> None:
    tally = Tally()
    pairs = paired(corpus_sentences(), second)
    for _, (ours, theirs) in pairs:
        tally.add(ours, theirs)
    both = sum(a == b for a, b in tally.sentences)
    print(f"sentences: {len(pairs)} of {len(second)} found in the corpus; event or none {percent(both, len(pairs))}, kappa {kappa(tally.sentences):.3f}")
    for what, hits in (("found", tally.matched), ("same head", tally.same_head)):
        print(f"triggers, {what}: corpus {tally.ours}, second {tally.theirs}, both {hits}; P {percent(hits, tally.theirs)}, "
              f"R {percent(hits, tally.ours)}, F1 {percent(2 * hits, tally.ours + tally.theirs)}")
    for what, labels in tally.labels.items():
        same = sum(a == b for a, b in labels)
        print(f"{what}: {same} of {len(labels)}, {percent(same, len(labels))}, kappa {kappa(labels):.3f}")
    print(f"status, either of two: {percent(tally.lenient, tally.matched)}")
    for what, slots in tally.slots.items():
        exact, covered = sum(e for e, _ in slots), sum(c for _, c in slots)
        print(f"{what}: exact {percent(exact, len(slots))}, overlapping {percent(covered, len(slots))}")


def describe(event: Event) -> str:
    whom = "=" if event.actors and event.actors == event.recipients else ";".join(event.recipients) or "-"
    return "\t".join((event.type, event.mode, event.status, ";".join(event.triggers), ";".join(event.actors) or "-", whom))


def differs(text: str, a: Event, b: Event) -> list[str]:
    found = [name for name, x, y in (("type", a.type, b.type), ("mode", a.mode, b.mode), ("trigger", a.triggers[0], b.triggers[0])) if x != y]
    if not set(a.status.split("/")) & set(b.status.split("/")):
        found.append("status")
    found += [name for name, x, y in (("actors", a.actors, b.actors), ("recipients", a.recipients, b.recipients))
              if not mentions_agree(text, x, y)[1]]
    return found


def print_disputes(second: dict[str, Sentence]) -> None:
    counts: Counter = Counter()
    for name, (ours, theirs) in paired(corpus_sentences(), second):
        pairs = match(ours, theirs)
        lines = [(d, a, b) for a, b in pairs if (d := differs(ours.text, a, b))]
        alone = [("corpus only", e) for e in ours.events if not any(e is a for a, _ in pairs)]
        alone += [("second only", e) for e in theirs.events if not any(e is b for _, b in pairs)]
        if not lines and not alone:
            continue
        counts.update([w for d, _, _ in lines for w in d] + [w for w, _ in alone])
        print(f"\n# {name}  {ours.path.name}:{ours.line}\nS\t{ours.text}")
        for found, a, b in lines:
            print(f"  {', '.join(found)}\n    corpus\t{describe(a)}\n    second\t{describe(b)}")
        for which, event in alone:
            print(f"  {which}\t{describe(event)}")
        if ours.reason or theirs.reason:
            print(f"  none: corpus {ours.reason or '-'}, second {theirs.reason or '-'}")
    print("\n" + ", ".join(f"{what} {n}" for what, n in counts.most_common()))


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    commands = options.add_subparsers(dest="command", required=True)
    drawing = commands.add_parser("draw", help="write bare sentences with their ids")
    drawing.add_argument("--out", type=Path, required=True)
    drawing.add_argument("--beyond", type=Path, action="append", default=[], metavar="BARE", help="only themes of which this earlier draw has nothing")
    drawing.add_argument("--share", type=float, default=0.2)
    drawing.add_argument("--seed", default="second reader")
    for name, what in (("agreement", "measure"), ("disputes", "list the differences")):
        commands.add_parser(name, help=what).add_argument("files", type=Path, nargs="*", help="second readings; all of second/ if none is named")
    chosen = options.parse_args()
    if chosen.command == "draw":
        write_bare(chosen.out, chosen.share, chosen.seed, chosen.beyond)
        return 0
    second: dict[str, Sentence] = {}
    problems: list[str] = []
    for path in chosen.files or sorted(SECOND.glob("reader*.txt")):
        named, found = read_second(path)
        second.update(named)
        problems += found
    print("\n".join(problems), end="\n" if problems else "")
    (print_agreement if chosen.command == "agreement" else print_disputes)(second)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
