#!/usr/bin/env python3
"""Whose are the quotations? The share of marked statements and of direct quotations that the records leave without a speaker.

Usage: build/polybius code GOLD.jsonl > RECORDS.jsonl; bench/speakers.py GOLD.jsonl RECORDS.jsonl [--json]

GOLD: {id,text,attributions:[{source,cue,content}],discard}, a line each. A direct quotation is what stands between a pair of double
marks in a marked content, four words or more. It is found if a statement's content meets most of its words; its speaker is named if
that statement says who speaks, known if an entity is named too, and right if the speaker's words meet the marked source or its
entity has a mention in it. Texts that the record changed are aligned by their words.
"""
import argparse
import difflib
import json
import re
import sys

WORD = re.compile(r"\w+")
PAIR = re.compile("[\"\u201c]([^\"\u201c\u201d\n]+)[\"\u201d]")


def read(path):
    with open(path, encoding="utf-8") as lines:
        return {row["id"]: row for row in map(json.loads, lines)}


def words_of(text):
    return [(match.start(), match.end(), match.group()) for match in WORD.finditer(text)]


def placed(gold, text):
    """The word of the gold's text for each word of the record's."""
    ours, theirs = words_of(gold), words_of(text)
    matcher = difflib.SequenceMatcher(None, [w for *_, w in theirs], [w for *_, w in ours], autojunk=False)
    place = {}
    for here, there, count in matcher.get_matching_blocks():
        place.update((here + k, there + k) for k in range(count))
    return ours, theirs, place


def inside(words, spans):
    return {n for n, (begin, end, _) in enumerate(words) if any(b <= begin and end <= e for b, e in spans)}


def quotations(row):
    """Each direct quotation of a marked content with the marked source's spans."""
    for said in row["attributions"]:
        for begin, end in said["content"]:
            for match in PAIR.finditer(row["text"], begin, end):
                if len(WORD.findall(match.group(1))) >= 4:
                    yield (match.start(1), match.end(1)), said["source"]


def score(row, record, tally):
    ours, theirs, place = placed(row["text"], record.get("text", ""))

    def of_record(spans):
        return {place[n] for n in inside(theirs, spans) if n in place}

    entities = {e["id"]: of_record([(m["begin"], m["end"]) for m in e["mentions"]]) for e in record.get("entities", [])}
    statements = [(of_record(s["content"]), s.get("speaker")) for s in record.get("statements", [])]
    for span, source in quotations(row):
        tally["quotations"] += 1
        own = inside(ours, [span])
        met = [(len(own & content), n) for n, (content, _) in enumerate(statements) if len(own & content) * 2 > len(own)]
        if not met:
            continue
        tally["found"] += 1
        speaker = statements[max(met, key=lambda pair: (pair[0], -pair[1]))[1]][1]
        if not speaker:
            continue
        tally["named"] += 1
        entity = speaker.get("entity")
        tally["known"] += bool(entity)
        marked = inside(ours, source)
        own_words = [(speaker["begin"], speaker["end"])] if "begin" in speaker else []
        said_by = of_record(own_words) | entities.get(entity, set())
        tally["with_source"] += bool(marked)
        tally["right"] += bool(marked & said_by)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold")
    parser.add_argument("records")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    tally = dict.fromkeys(("quotations", "found", "named", "known", "with_source", "right"), 0)
    records = read(options.records)
    for key, row in read(options.gold).items():
        score(row, records.get(key, {}), tally)
    every = max(tally["quotations"], 1)
    out = {**tally, "without_statement": 100 * (every - tally["found"]) / every,
           "without_speaker": 100 * (every - tally["named"]) / every,
           "without_entity": 100 * (every - tally["known"]) / every,
           "right_of_named": 100 * tally["right"] / max(tally["with_source"], 1)}
    if options.json:
        print(json.dumps(out))
        return 0
    for name, value in out.items():
        print(f"{name:20} {value:8.2f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
