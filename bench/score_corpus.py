#!/usr/bin/env python3
"""Scores coded events against the hand-written corpus, by default its themes kept apart (training/corpus/test).

Usage: bench/score_corpus.py [THEME.txt ...] [--program build/polybius] [--json] [--list]
An article of the corpus is one document. A record event tells of a gold event if one of its triggers in that sentence overlaps
one of the gold's; one to one, the right type first.
  type        F1 of found events of the right type, mean over the types; an event that the corpus has not is false
  mode        F1 over events that bear a mode, type and mode right; a missed event is wrong
  status      F1, mean over the eight statuses; a missed event is wrong, a second right status counts
  direction   of found events with an actor and a recipient of which the record names one: none stands on the other's side
  actor, recipient   gold parties that the record has, of found events
  false       record events of no gold trigger, a thousand words
"""
import argparse
import collections
import json
import pathlib
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "training/corpus"))
import check  # noqa: E402


def articles_of(paths):
    """(id, text, [(begin of the sentence, sentence)]) of every article of the themes."""
    for path in paths:
        problems = []
        groups = collections.defaultdict(list)
        for sentence in check.read_file(path, problems):
            groups[sentence.article].append(sentence)
        if problems:
            sys.exit("\n".join(problems))
        for number, sentences in groups.items():
            places, at = [], 0
            for sentence in sentences:
                places.append((at, sentence))
                at += len(sentence.text) + 1
            yield f"{path.stem}:{number}", " ".join(s.text for s in sentences), places


def coded(program, articles, options=()):
    """Records by id; texts are given as they are written, without a date."""
    with tempfile.TemporaryDirectory() as folder:
        news, out = pathlib.Path(folder) / "news.jsonl", pathlib.Path(folder) / "out.jsonl"
        news.write_text("".join(json.dumps({"id": i, "text": t}) + "\n" for i, t, _ in articles), encoding="utf-8")
        subprocess.run([str(program), "code", *options, str(news), "-o", str(out)], check=True)
        return {record["id"]: record for record in map(json.loads, out.read_text(encoding="utf-8").splitlines())}


def place_of(text, begin, quoted):
    at = begin + check.find_words(text, quoted)
    return at, at + len(quoted.partition("#")[0])


def overlap(left, right):
    return left[0] < right[1] and right[0] < left[1]


def matched(gold, told):
    """Pairs (gold index, told index), one to one; right types first, then the earlier trigger."""
    pairs = []
    for i, event in enumerate(gold):
        for j, mention in enumerate(told):
            if any(overlap(a, b) for a in event["places"] for b in mention["places"]):
                pairs.append((mention["event"]["type"] != event["event"].type, i, j))
    found, used = {}, set()
    for _, i, j in sorted(pairs):
        if i not in found and j not in used:
            found[i] = j
            used.add(j)
    return found


def gold_of(begin, sentence):
    return [{"event": e, "places": [place_of(sentence.text, begin, t) for t in e.triggers],
             "actor": [place_of(sentence.text, begin, a) for a in e.actors],
             "recipient": [place_of(sentence.text, begin, r) for r in e.recipients]} for e in sentence.events]


def told_of(record, begin, end):
    """What the record tells in one sentence: an event with its triggers there."""
    entities = {e["id"]: [(m["begin"], m["end"]) for m in e["mentions"]] for e in record["entities"]}
    for event in record["events"]:
        places = [tuple(p) for p in event["trigger"] if begin <= p[0] < end]
        if places:
            sides = {side: [entities[i] for i in event.get(side, ())] for side in ("actor", "recipient")}
            yield {"event": event, "places": places, **sides}


def names(side, places):
    """Whether an entity of the side is mentioned where one of the gold phrases stands."""
    return any(overlap(m, place) for mentions in side for m in mentions for place in places)


class Tally:
    def __init__(self):
        self.types, self.modes, self.statuses = (collections.defaultdict(lambda: [0, 0, 0]) for _ in range(3))
        self.direction, self.sides = [0, 0], {"actor": [0, 0], "recipient": [0, 0]}
        self.found = self.gold = self.false = self.words = 0
        self.listing = []

    def party(self, gold, told):
        for side, count in self.sides.items():
            for place in gold[side]:
                count[0] += names(told[side], [place])
                count[1] += 1
        if gold["event"].actors == gold["event"].recipients or not gold["actor"] or not gold["recipient"]:
            return
        right = [names(told["actor"], gold["actor"]), names(told["recipient"], gold["recipient"])]
        wrong = [names(told["actor"], gold["recipient"]), names(told["recipient"], gold["actor"])]
        if any(right + wrong):
            self.direction[0] += not any(w and not r for w, r in zip(wrong, right))
            self.direction[1] += 1

    def add(self, gold, told, text):
        pairs = matched(gold, told)
        self.gold, self.found = self.gold + len(gold), self.found + len(pairs)
        for i, g in enumerate(gold):
            event, mention = g["event"], told[pairs[i]] if i in pairs else None
            accepted = event.status.split("/")
            status = mention["event"]["status"] if mention else None
            label = accepted[0] if status in accepted else status
            self.types[event.type][1] += 1
            self.statuses[accepted[0]][1] += 1
            if event.mode != "-":
                self.modes[event.mode][1] += 1
            if not mention:
                self.listing.append(f"missed {event.type} {event.triggers[0]}: {text}")
                continue
            self.statuses[label][2] += 1
            self.statuses[label][0] += label == accepted[0]
            type_right = mention["event"]["type"] == event.type
            mode = mention["event"].get("mode", "-")
            self.types[event.type][0] += type_right
            self.types[mention["event"]["type"]][2] += 1
            if mode != "-":
                self.modes[mode][2] += 1
                self.modes[mode][0] += type_right and mode == event.mode
            self.party(g, mention)
            for what, wanted, got in (("type", event.type, mention["event"]["type"]), ("mode", event.mode, mode),
                                      ("status", accepted[0], label)):
                if wanted != got and (what != "mode" or type_right):
                    self.listing.append(f"{what} {wanted}, coded {got}, {event.triggers[0]}: {text}")
        for j, mention in enumerate(told):
            if j in pairs.values():
                continue
            self.false += 1
            self.types[mention["event"]["type"]][2] += 1
            if "mode" in mention["event"]:
                self.modes[mention["event"]["mode"]][2] += 1
            self.listing.append(f"false {mention['event']['type']} {mention['event']['why'][:70]}: {text}")


def f1(right, gold, said):
    return 200 * right / (gold + said) if gold + said else 0.0


def mean_f1(counts):
    used = {name: f1(*c) for name, c in counts.items() if c[1]}
    return sum(used.values()) / max(1, len(used))


def summary(tally):
    total = [sum(c[k] for c in tally.modes.values()) for k in range(3)]
    every = [sum(c[k] for c in tally.types.values()) for k in range(3)]
    share = lambda pair: 100 * pair[0] / max(1, pair[1])
    return {"events": tally.gold, "found": 100 * tally.found / max(1, tally.gold), "precision": 100 * every[0] / max(1, every[2]),
            "type": mean_f1(tally.types), "mode": f1(*total), "status": mean_f1(tally.statuses),
            "direction": share(tally.direction), "actor": share(tally.sides["actor"]),
            "recipient": share(tally.sides["recipient"]), "false": 1000 * tally.false / max(1, tally.words),
            "types": {k: f1(*c) for k, c in sorted(tally.types.items())},
            "statuses": {k: f1(*c) for k, c in sorted(tally.statuses.items())}}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("themes", nargs="*", type=pathlib.Path)
    parser.add_argument("--program", type=pathlib.Path, default=ROOT / "build/polybius")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--list", action="store_true")
    options = parser.parse_args()
    themes = options.themes or sorted((ROOT / "training/corpus/test").glob("*.txt"))
    articles = list(articles_of(themes))
    records = coded(options.program, articles)
    tally = Tally()
    for name, text, places in articles:
        record = records.get(name)
        if record is None or record["text"] != text:
            print(f"score_corpus: {name}: the text was changed or skipped", file=sys.stderr)
            record = {"entities": [], "events": []}
        tally.words += len(text.split())
        for begin, sentence in places:
            told = list(told_of(record, begin, begin + len(sentence.text)))
            tally.add(gold_of(begin, sentence), told, sentence.text)
    result = summary(tally)
    if options.json:
        print(json.dumps(result))
        return
    for name, value in result.items():
        shown = " ".join(f"{k} {v:.0f}" for k, v in value.items()) if isinstance(value, dict) else f"{value:.2f}"
        print(f"{name:10} {shown}")
    for line in tally.listing if options.list else ():
        print(line)


if __name__ == "__main__":
    main()
