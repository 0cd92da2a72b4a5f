"""Checks the hand-written corpus: form, legal codes, quoted words, near-duplicates, sentence frames; and prints its counts."""

from __future__ import annotations

import argparse
import re
import sys
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from pathlib import Path

HERE = Path(__file__).resolve().parent
STATUSES = ("occurred", "ongoing", "planned", "postponed", "cancelled", "threatened", "denied", "hypothetical")
REASONS = ("sports", "business", "culture", "history", "opinion", "metaphor", "weather", "crime", "science",
           "accident", "statement", "background")
NEAR = 0.4          # Jaccard of word 5-grams above which two sentences are near-duplicates
MAX_NEAR = 0.02     # share of sentences that may have a near-duplicate
MAX_FRAME = 0.005   # share of sentences that one frame may have
CLOSED = set("""a an the this that these those its their his her our my your it they he she we i you them him us who whom
whose which what when where while after before since until as if unless because although though but and or nor so than not no
never of in on at by for from to with without into onto over under against between among across along through during about
around near off out up down upon toward towards within despite amid per via is are was were be been being am has have had
having do does did will would shall should can could may might must there here also too only even still yet again already
just more most all both each every any some such own other another said says told saying asked according""".split())
WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*")


@dataclass
class Event:
    type: str
    mode: str
    status: str
    triggers: list[str]
    actors: list[str]
    recipients: list[str]


@dataclass
class Sentence:
    path: Path
    line: int
    text: str
    article: int
    events: list[Event] = field(default_factory=list)
    reason: str = ""


def read_table(name: str) -> list[list[str]]:
    lines = (HERE.parents[1] / "data" / "ontology" / "plover" / name).read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if line and not line.startswith("#")][1:]


def find_words(text: str, quoted: str) -> int:
    """The offset of `words` or `words#n` in text, on word borders; -1 if they are not there."""
    words, _, number = quoted.partition("#")
    hits = [m.start() for m in re.finditer(r"(?<!\w)" + re.escape(words) + r"(?!\w)", text)]
    wanted = int(number or 1) - 1
    return hits[wanted] if words and 0 <= wanted < len(hits) else -1


def read_event(cells: list[str]) -> Event:
    kind, mode, status, trigger, actors, recipients = cells
    split = lambda cell: [] if cell == "-" else cell.split(";")
    whom = split(actors) if recipients == "=" else split(recipients)
    return Event(kind, mode, status, trigger.split(";"), split(actors), whom)


def read_file(path: Path, problems: list[str]) -> list[Sentence]:
    sentences: list[Sentence] = []
    article = 0
    lines = path.read_text(encoding="utf-8").splitlines()
    if not lines or lines[0] != f"# theme: {path.stem}":
        problems.append(f"{path.name}:1: the first line is not '# theme: {path.stem}'")
    for number, line in enumerate(lines, 1):
        cells = line.split("\t")
        if not line:
            article += 1
        elif cells[0] == "S" and len(cells) == 2:
            sentences.append(Sentence(path, number, cells[1], article))
        elif cells[0] == "E" and len(cells) == 7 and sentences:
            sentences[-1].events.append(read_event(cells[1:]))
        elif cells[0] == "N" and len(cells) == 2 and sentences:
            sentences[-1].reason = cells[1]
        elif not line.startswith("# "):
            problems.append(f"{path.name}:{number}: not a line of the form: {line[:60]}")
    return sentences


def check_event(sentence: Sentence, event: Event, types: set[str], modes: set[tuple[str, str]]) -> list[str]:
    found = []
    if event.type not in types:
        found.append(f"no type {event.type}")
    if event.mode != "-" and (event.type, event.mode) not in modes:
        found.append(f"no mode {event.type} {event.mode}")
    statuses = event.status.split("/")
    if len(statuses) > 2 or any(s not in STATUSES for s in statuses):
        found.append(f"no status {event.status}")
    for words in event.triggers + event.actors + event.recipients:
        if find_words(sentence.text, words) < 0:
            found.append(f"not in the sentence: {words}")
    return found


def check_sentence(sentence: Sentence, types: set[str], modes: set[tuple[str, str]]) -> list[str]:
    found = [p for e in sentence.events for p in check_event(sentence, e, types, modes)]
    if bool(sentence.events) == bool(sentence.reason):
        found.append("needs either events or one reason for none")
    if sentence.reason and sentence.reason not in REASONS:
        found.append(f"no reason {sentence.reason}")
    starts = [find_words(sentence.text, t) for e in sentence.events for t in e.triggers]
    if len(starts) != len(set(starts)):
        found.append("two triggers at one place")
    return [f"{sentence.path.name}:{sentence.line}: {p}" for p in found]


def shingles(text: str) -> set[tuple[str, ...]]:
    words = [w.lower() for w in WORD.findall(text)]
    return {tuple(words[i:i + 5]) for i in range(max(1, len(words) - 4))}


def near_duplicates(sentences: list[Sentence]) -> list[tuple[Sentence, Sentence]]:
    sets = [shingles(s.text) for s in sentences]
    holders: dict[tuple[str, ...], list[int]] = defaultdict(list)
    pairs = []
    for i, grams in enumerate(sets):
        shared = Counter(j for g in grams for j in holders[g])
        pairs += [(sentences[j], sentences[i]) for j, n in shared.items() if n / len(grams | sets[j]) > NEAR]
        for g in grams:
            holders[g].append(i)
    return pairs


def frame(sentence: Sentence) -> str:
    """Closed-class words and the triggers stay, every run of other words (names, numbers, nouns) becomes `_`."""
    kept = {w.lower() for e in sentence.events for t in e.triggers for w in WORD.findall(t)} | CLOSED
    out: list[str] = []
    for word in (w.lower() for w in WORD.findall(sentence.text)):
        if word in kept:
            out.append(word)
        elif not out or out[-1] != "_":
            out.append("_")
    return " ".join(out)


def constructions(sentence: Sentence, event: Event) -> set[str]:
    """Roughly which constructions an event stands in, by cues around its trigger: for counts only."""
    at = max(find_words(sentence.text, event.triggers[0]), 0)
    before = [w.lower() for w in WORD.findall(sentence.text[:at])]
    head = event.triggers[0].split("#")[0].split()[0].lower()
    last, near = before[-1:] or [""], set(before[-4:])
    noun = last[0] in {"the", "a", "an", "of", "its", "their", "his", "her", "no", "any"} or last[0].endswith(("'s", "s’"))
    cues = {
        "passive": bool(near & {"was", "were", "been", "being", "be", "is", "are"}) and head.endswith(("ed", "en", "t", "n", "ld")),
        "nominal": noun,
        "light verb": bool(near & {"held", "hold", "holding", "carried", "staged", "made", "launched", "conducted", "gave", "took", "imposed", "issued"}),
        "participle": head.endswith("ing") and not near & {"is", "are", "was", "were", "been"} and not noun,
        "infinitive, control": last[0] == "to",
        "relative": bool(near & {"who", "which", "whose", "whom"}),
        "between and": " between " in sentence.text and " and " in sentence.text and event.actors == event.recipients,
        "reciprocal": len(event.actors) > 1 and event.actors == event.recipients,
        "several actors": len(event.actors) > 1 and event.actors != event.recipients,
        "several recipients": len(event.recipients) > 1 and event.actors != event.recipients,
        "negation": bool(set(before[-5:]) & {"not", "no", "never", "without", "nor", "neither"}),
        "conditional": bool(set(before) & {"if", "unless", "should", "provided"}),
        "modal": bool(set(before[-5:]) & {"will", "would", "may", "might", "could", "should", "must", "can"}),
        "recipient first": any(0 <= find_words(sentence.text, r) < at for r in event.recipients) and event.actors != event.recipients,
    }
    return {name for name, holds in cues.items() if holds}


def print_counts(title: str, counts: Counter) -> None:
    print(f"{title}: " + ", ".join(f"{k} {n}" for k, n in counts.most_common()))


def report(sentences: list[Sentence], title: str) -> None:
    events = [(s, e) for s in sentences for e in s.events]
    lengths = sorted(len(WORD.findall(s.text)) for s in sentences) or [0]
    none = sum(not s.events for s in sentences)
    print(f"{title}: {len(sentences)} sentences in {len({s.path for s in sentences})} themes, {len({(s.path, s.article) for s in sentences})} articles, "
          f"{len(events)} events, {none} sentences without ({100 * none / max(1, len(sentences)):.1f} %), "
          f"words {lengths[0]} to {lengths[-1]}, median {lengths[len(lengths) // 2]}")
    print_counts("  types", Counter(e.type for _, e in events))
    print_counts("  modes", Counter(f"{e.type} {e.mode}" for _, e in events if e.mode != "-"))
    print_counts("  statuses", Counter(e.status.split("/")[0] for _, e in events))
    print_counts("  constructions (by cues)", Counter(c for s, e in events for c in constructions(s, e)))
    print_counts("  reasons for none", Counter(s.reason for s in sentences if s.reason))


def check_variety(sentences: list[Sentence], loud: bool) -> list[str]:
    pairs = near_duplicates(sentences)
    share = len({id(s) for p in pairs for s in p}) / max(1, len(sentences))
    frames = Counter(frame(s) for s in sentences)
    openings = Counter(" ".join(WORD.findall(s.text)[:3]).lower() for s in sentences)
    print(f"near-duplicates: {len(pairs)} pairs, {100 * share:.2f} % of sentences")
    print("commonest frames: " + "; ".join(f"{n} × {f}" for f, n in frames.most_common(4)))
    print("commonest openings: " + "; ".join(f"{n} × {o}" for o, n in openings.most_common(8)))
    if loud:
        for a, b in pairs:
            print(f"  {a.path.name}:{a.line} ~ {b.path.name}:{b.line}")
    found = [f"near-duplicates {share:.3f} > {MAX_NEAR}"] if share > MAX_NEAR else []
    limit = max(1, MAX_FRAME * len(sentences))
    return found + [f"frame {n} times: {f}" for f, n in frames.items() if n > limit]


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--loud", action="store_true", help="name the near-duplicates")
    options.add_argument("--unused", action="store_true", help="name the modes that no event has")
    chosen = options.parse_args()
    problems: list[str] = []
    files = sorted(HERE.glob("*.txt")) + sorted(HERE.glob("test/*.txt"))
    sentences = [s for path in files for s in read_file(path, problems)]
    types = {row[0] for row in read_table("types.tsv")}
    modes = {(row[0], row[1]) for row in read_table("modes.tsv")}
    for sentence in sentences:
        problems += check_sentence(sentence, types, modes)
    report([s for s in sentences if s.path.parent == HERE], "train")
    report([s for s in sentences if s.path.parent != HERE], "test")
    problems += check_variety(sentences, chosen.loud)
    if chosen.unused:
        print("unused modes:", sorted(modes - {(e.type, e.mode) for s in sentences for e in s.events}))
    print("\n".join(problems) if problems else "ok")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
