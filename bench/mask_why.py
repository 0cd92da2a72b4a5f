#!/usr/bin/env python3
"""Whether `why` is true: masks the words that it names, then as many others, and sees whether the event stays.

Usage: bench/mask_why.py [THEME.txt ...] [--program build/polybius] [--seed 1] [--events 200] [--list]
Each sentence of the themes (by default those kept apart) is a document. An event stays if one of its type, mode and status has a trigger
within what stands where its trigger stood. Reports the share of events that are gone or changed under each masking.
"""
import argparse
import json
import pathlib
import random
import re
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(HERE))
import score_corpus  # noqa: E402

MASK = "___"
WORD = re.compile(r"\w+(?:[-'’]\w+)*")


def coded(program, texts):
    with tempfile.TemporaryDirectory() as folder:
        news, out = pathlib.Path(folder) / "news.jsonl", pathlib.Path(folder) / "out.jsonl"
        news.write_text("".join(json.dumps({"id": str(i), "text": t}) + "\n" for i, t in enumerate(texts)), encoding="utf-8")
        subprocess.run([str(program), "code", str(news), "-o", str(out)], check=True)
        return {int(r["id"]): r for r in map(json.loads, out.read_text(encoding="utf-8").splitlines())}


def named_words(text, why, near):
    """Places of the words that stand in quotes in `why`, of several alike those nearest to the trigger."""
    places = set()
    for quoted in re.findall(r'"([^"]*)"', why):
        for word in quoted.split():
            hits = [m.start() for m in re.finditer(r"(?<!\w)" + re.escape(word) + r"(?!\w)", text)]
            hits = hits or [m.start() for m in re.finditer(re.escape(word), text)]
            if hits:
                begin = min(hits, key=lambda at: abs(at - near))
                places.add((begin, begin + len(word)))
    return sorted(places)


def masked(text, places):
    """The text with the places masked, and where each offset of it went."""
    out, shift, at = [], [], 0
    for begin, end in places:
        if begin < at:
            continue
        out += [text[at:begin], MASK]
        at = end
        shift.append((end, len(MASK) - (end - begin)))
    return "".join([*out, text[at:]]), shift


def moved(offset, shift):
    return offset + sum(by for end, by in shift if end <= offset)


def stays(event, record, shift):
    """Whether the record has the event still, its trigger where it stood."""
    where = [(moved(b, shift), moved(e, shift)) for b, e in event["trigger"]]
    return any(all(other.get(k) == event.get(k) for k in ("type", "mode", "status")) and
               any(b < y and x < e for b, e in where for x, y in other["trigger"]) for other in record["events"])


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("themes", nargs="*", type=pathlib.Path)
    parser.add_argument("--program", type=pathlib.Path, default=HERE.parent / "build/polybius")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--events", type=int, default=200)
    parser.add_argument("--list", action="store_true")
    options = parser.parse_args()
    themes = options.themes or sorted((HERE.parent / "training/corpus/test").glob("*.txt"))
    texts = [sentence.text for _, _, places in score_corpus.articles_of(themes) for _, sentence in places]
    records = coded(options.program, texts)
    events = [(i, event) for i, record in sorted(records.items()) for event in record["events"] if record["text"] == texts[i]]
    dice = random.Random(options.seed)
    chosen = dice.sample(events, min(options.events, len(events)))
    tries = []
    for i, event in chosen:
        named = named_words(texts[i], event["why"], event["trigger"][0][0])
        others = [m.span() for m in WORD.finditer(texts[i]) if not any(m.start() < e and b < m.end() for b, e in named)]
        others = sorted(dice.sample(others, min(len(named), len(others))))
        tries += [(event, named, texts[i]), (event, others, texts[i])]
    made = [masked(text, places) for _, places, text in tries]
    after = coded(options.program, [text for text, _ in made])
    gone = [0, 0]
    for number, ((event, places, text), (hidden, shift)) in enumerate(zip(tries, made)):
        lost = not (number in after and stays(event, after[number], shift))
        gone[number % 2] += lost
        if options.list and lost == bool(number % 2):
            print("named, yet there" if lost == 0 else "others, yet gone", event["type"], event["why"], "|", hidden)
    count = max(1, len(chosen))
    print(f"events {len(chosen)}  named words masked: gone or changed {100 * gone[0] / count:.1f} %  "
          f"others masked: gone or changed {100 * gone[1] / count:.1f} %")


if __name__ == "__main__":
    main()
