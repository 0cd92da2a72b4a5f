"""Makes marked pairs of actor and recipient, with the types that they may have, of the hand-written corpus and other sources.

    python training/corpora_pairs.py --data DATA --out DATA/pairs

writes `own.jsonl` (the corpus without the themes kept apart), `own_test.jsonl` (those themes: for scores only), `plv.jsonl`,
`aw.jsonl` and `ngec.jsonl`, a pair a line: `text`, `actor` and `recipient` (spans of code points, or null), `types` (any of them
is right; `NONE`: no event), `mode` and `status` where they are known, `triggers`, `weight`, `fold`, and `id` in the last three.
PLOVER's folding: a planned act of cooperation is AGREE, a threatened one THREATEN.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE / "corpus"))
import check  # noqa: E402  (the corpus and its reader live together)

GENTLE = {"AGREE", "CONSULT", "SUPPORT", "CONCEDE", "COOPERATE", "AID", "RETREAT"}
HARSH = {"REQUEST", "ACCUSE", "REJECT", "THREATEN", "PROTEST", "SANCTION", "MOBILIZE", "COERCE", "ASSAULT"}
ONE_WAY = {"ACCUSE", "SUPPORT", "AID", "THREATEN", "SANCTION", "COERCE", "PROTEST", "MOBILIZE"}  # said of the other way: no event
NAME = re.compile(r"(?:[A-Z][\w.'’-]+)(?: (?:[A-Z][\w.'’-]+|of|the|and)(?= [A-Z]| |$))*(?: [A-Z][\w.'’-]+)*")
MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
DATES = re.compile(rf"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|(?:{MONTHS})\b")
DICE = random.Random(20263)


def folded(event: check.Event) -> set[str]:
    """The types that a pair may have because of an event; none if that cannot be said."""
    status = event.status.split("/")[0]
    if status in ("occurred", "ongoing"):
        return {event.type}
    if status == "threatened":
        return {"THREATEN"}
    if status == "planned":
        if event.type in ("CONCEDE", "RETREAT"):
            return {"AGREE", event.type}
        return {"AGREE"} if event.type in GENTLE else {event.type, "THREATEN"}
    if status == "hypothetical" and event.type in ("AGREE", "REQUEST", "ACCUSE", "REJECT"):
        return {event.type}
    return set()


def span_of(text: str, quoted: str) -> tuple[int, int] | None:
    begin = check.find_words(text, quoted)
    return None if begin < 0 else (begin, begin + len(quoted.partition("#")[0]))


def apart(left: tuple[int, int], right: tuple[int, int]) -> bool:
    return left[1] <= right[0] or right[1] <= left[0]


def names_of(text: str) -> list[tuple[int, int]]:
    """Runs of capitalised words, that of the first word only if it is long."""
    found = [m for m in NAME.finditer(text) if not DATES.match(m.group())]
    return [m.span() for m in found if m.start() > 0 or " " in m.group()]


def row_of(text: str, actor: tuple | None, recipient: tuple | None, types: set[str], **more: object) -> dict:
    return {"text": text, "actor": actor, "recipient": recipient, "types": sorted(types), **more}


def none_rows(text: str, tries: list[tuple], most: int, weight: float) -> Iterator[dict]:
    for actor, recipient in DICE.sample(tries, min(most, len(tries))):
        yield row_of(text, actor, recipient, {"NONE"}, weight=weight)


def rows_of_pair(sentence: check.Sentence, actor: tuple | None, recipient: tuple | None, events: list[check.Event]) -> dict:
    types = set().union(*(folded(event) for event in events))
    first = next((event for event in events if folded(event)), events[0])
    triggers = [span_of(sentence.text, trigger) for event in events if folded(event) or event is first for trigger in event.triggers]
    return row_of(
        sentence.text, actor, recipient, types, mode=first.mode, status=first.status.split("/")[0], event=first.type,
        triggers=[t for t in triggers if t], weight=1.0 if actor and recipient else 0.6,
    )  # fmt: skip


def rows_of_sentence(sentence: check.Sentence) -> Iterator[dict]:
    pairs: dict[tuple, list[check.Event]] = {}
    parties = set()
    for event in sentence.events:
        actors = [span_of(sentence.text, a) for a in event.actors] or [None]
        recipients = [span_of(sentence.text, r) for r in event.recipients] or [None]
        parties |= {p for p in actors + recipients if p}
        for actor in actors:
            for recipient in recipients:
                if (actor or recipient) and (not actor or not recipient or apart(actor, recipient)):
                    pairs.setdefault((actor, recipient), []).append(event)
    for (actor, recipient), events in pairs.items():
        if (actor and recipient) or DICE.random() < 0.35:
            yield rows_of_pair(sentence, actor, recipient, events)
    names = [n for n in names_of(sentence.text) if all(apart(n, p) for p in parties)]
    others = sorted(parties) + (names if len(names) < 6 else DICE.sample(names, 6))
    tries = [(a, r) for a in others for r in others if apart(a, r) and (a, r) not in pairs]
    yield from none_rows(sentence.text, tries, 1 if len(pairs) < 3 else 2, 1.0)


def own_rows(paths: list[Path]) -> Iterator[dict]:
    for path in paths:
        problems: list[str] = []
        for sentence in check.read_file(path, problems):
            yield from rows_of_sentence(sentence)
        if problems:
            raise ValueError("\n".join(problems))


def read_lines(path: Path) -> Iterator[dict]:
    for line in path.read_text(encoding="utf-8").splitlines():
        yield json.loads(line)


def plv_rows(path: Path) -> Iterator[dict]:
    """A row each, and pairs of its sentence in which there is likely no event: turned round, or with a third name."""
    for row in read_lines(path):
        text, sides = row["text"], [tuple(row[s]) if s in row else None for s in ("actor", "recipient")]
        types = {"CONCEDE", "RETREAT"} if row["type"] == "YIELD" else {row["type"]}
        more = {"fold": row["fold"], "id": row["id"]}
        yield row_of(text, *sides, types, weight=1.0, **more)
        actor, recipient = sides
        if not actor or not recipient:
            continue
        if row["type"] in ONE_WAY:
            yield row_of(text, recipient, actor, {"NONE"}, weight=0.5, kind="turned", **more)
        known = [tuple(s) for side in ("source_all", "recipient_all") for s in row.get(side, [])] + [actor, recipient]
        thirds = [n for n in names_of(text) if all(apart(n, k) for k in known)]
        for third in DICE.sample(thirds, min(1, len(thirds))):
            pair = DICE.choice([(third, actor), (recipient, third), (third, recipient)])
            yield row_of(text, *pair, {"NONE"}, weight=0.5, kind="third", **more)


def aw_rows(path: Path) -> Iterator[dict]:
    for row in read_lines(path):
        if "actor" in row and "recipient" in row and apart(tuple(row["actor"]), tuple(row["recipient"])):
            types = HARSH if row["polarity"] == "conflict" else GENTLE
            yield row_of(row["text"], tuple(row["actor"]), tuple(row["recipient"]), types, weight=0.3, fold=row["fold"], id=row["id"])


def ngec_rows(path: Path) -> Iterator[dict]:
    """The first words of texts that keep to their headline; nobody is marked in them. Truces are left out: the labels waver."""
    for row in read_lines(path):
        if row["headline_overlap"] < 0.4 or re.search("cease|withdr|truce", row["pattern"], re.IGNORECASE):
            continue
        text = row["text"].split("\n")[0][:240]
        slots = [s["at"] for s in row["slots"].values() if s["at"] and s["at"][1] <= len(text)]
        actor = tuple(slots[0]) if slots else None
        yield row_of(text, actor, None, {row["type"]}, weight=0.25, id=row["id"])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    parts = {
        "own": own_rows(sorted((HERE / "corpus").glob("*.txt"))),
        "own_test": own_rows(sorted((HERE / "corpus" / "test").glob("*.txt"))),
        "plv": plv_rows(args.data / "events" / "plv_train.jsonl"),
        "aw": aw_rows(args.data / "events" / "aw_train.jsonl"),
        "ngec": ngec_rows(args.data / "events" / "ngec_synthetic.jsonl"),
    }
    for name, rows in parts.items():
        made = list(rows)
        (args.out / f"{name}.jsonl").write_text("".join(json.dumps(r, ensure_ascii=False) + "\n" for r in made), encoding="utf-8")
        print(name, len(made), dict(Counter("|".join(r["types"]) for r in made).most_common(30)))


if __name__ == "__main__":
    main()
