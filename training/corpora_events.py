"""Turns the hand-written corpus into sentences with event labels a word; adds "did it happen" to treebank sentences.

    python training/corpora_events.py --polybius build/polybius --out DATA/events_own

writes `train.jsonl`, `dev.jsonl` (themes that thresholds and confidence are set on, so nothing learns from them) and `test.jsonl`
(the themes kept apart: for scores only), words and phrase heads as `polybius parse` has them. A source of kind "events" in the recipe reads such files; `happened` on a source of trees reads UDS-IH2.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from corpora import Sentence, read_conllu

DEV = ("changed-calendars", "history-and-opinion", "local-papers", "southern-wires", "sports-pages", "trade-quarrel", "village-raids")
HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE / "corpus"))
import check  # noqa: E402  (the corpus and its reader live together)


def parsed(polybius: Path, paragraphs: list[str]) -> Iterator[tuple[int, int, Sentence]]:
    """(paragraph, offset of the sentence in it, sentence) as the program cuts them: a paragraph may become two."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "text.txt"
        path.write_text("\n\n".join(paragraphs) + "\n", encoding="utf-8")
        done = subprocess.run([polybius, "parse", "--jobs", "1", str(path)], capture_output=True, check=True, text=True)
        made = Path(folder) / "text.conllu"
        made.write_text(done.stdout, encoding="utf-8")
        paragraph, at = 0, 0
        for _, sentence, _ in read_conllu(made):
            begin = paragraphs[paragraph].find(sentence.text, at)
            if begin < 0:
                paragraph, at = paragraph + 1, 0
                begin = paragraphs[paragraph].find(sentence.text)
            if begin < 0:
                raise ValueError(f"cannot find {sentence.text!r} in {paragraphs[paragraph]!r}")
            at = begin + len(sentence.text)
            yield paragraph, begin, sentence


def head_word(sentence: Sentence, offset: int, text: str, quoted: str) -> int:
    """The word (0-based) of a quoted phrase that the others hang on; -1 if the phrase stands in another sentence."""
    begin = check.find_words(text, quoted) - offset
    end = begin + len(quoted.partition("#")[0])
    inside = [i for i, (b, e) in enumerate(sentence.spans) if b < end and begin < e]
    if begin < 0 or not inside:
        return -1
    outward = [i for i in inside if sentence.heads[i] - 1 not in inside]
    return outward[0]


def _event_of(sentence: Sentence, offset: int, text: str, event: check.Event) -> dict | None:
    """The event by word numbers; None if its first trigger stands in another sentence."""
    at = [head_word(sentence, offset, text, trigger) for trigger in event.triggers]
    if at[0] < 0:
        return None
    sides = {}
    for side, phrases in (("actors", event.actors), ("recipients", event.recipients)):
        heads = [head_word(sentence, offset, text, phrase) for phrase in phrases]
        sides[side] = list(dict.fromkeys(h for h in heads if h >= 0))
    triggers = list(dict.fromkeys(w for w in at if w >= 0))
    return {"type": event.type, "mode": event.mode, "status": event.status.split("/"), "triggers": triggers, **sides}


def label_events(sentence: Sentence, events: list[dict]) -> None:
    """Columns `event`, `mode`, `status` at the head words of triggers, and links from these to the parties' heads."""
    count = len(sentence.words)
    columns: dict[str, list[str | None]] = {"event": ["O"] * count, "mode": [None] * count, "status": [None] * count}
    links = []
    for event in events:
        for trigger in event["triggers"]:
            if columns["event"][trigger] != "O":
                continue
            columns["event"][trigger] = event["type"]
            columns["mode"][trigger] = event["mode"]
            columns["status"][trigger] = event["status"][0]
            links += [(trigger, word, "actor") for word in event["actors"]]
            links += [(trigger, word, "recipient") for word in event["recipients"]]
    sentence.columns, sentence.links = columns, links


def read_corpus(paths: list[Path], polybius: Path) -> Iterator[dict]:
    """The sentences of themes, as rows to be written."""
    for path in paths:
        problems: list[str] = []
        written = check.read_file(path, problems)
        if problems:
            raise ValueError("\n".join(problems))
        for paragraph, offset, sentence in parsed(polybius, [s.text for s in written]):
            gold = written[paragraph]
            events = [_event_of(sentence, offset, gold.text, event) for event in gold.events]
            yield {
                "id": f"{path.stem}:{gold.line}", "text": sentence.text, "words": sentence.words, "spans": sentence.spans,
                "reason": gold.reason, "events": [event for event in events if event],
            }  # fmt: skip


def load_events(paths: list[Path]) -> list[Sentence]:
    """Sentences with columns `event`, `mode`, `status` and links, from files that this program wrote."""
    found = []
    for path in paths:
        for line in path.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            spans = [tuple(span) for span in row["spans"]]
            sentence = Sentence(row["id"], row["words"], text=row["text"], spans=spans)
            label_events(sentence, row["events"])
            found.append(sentence)
    return found


def add_happened(sentences: list[Sentence], path: Path) -> int:
    """Gives treebank sentences the column `happened` (yes, no, unsure) at verbs that readers were asked about.

    Negated verbs are left out: the readers often judged the negated clause. Returns how many verbs got a label.
    """
    by_id = {}
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        by_id[row["id"]] = row
    labelled = 0
    for sentence in sentences:
        row = by_id.get(sentence.id)
        if row is None or row["text"] != sentence.text:
            continue
        at = {begin: i for i, (begin, _) in reversed(list(enumerate(sentence.spans)))}
        column: list[str | None] = [None] * len(sentence.words)
        for predicate in row["predicates"]:
            word = at.get(predicate["b"])
            if word is None or predicate["negated"]:
                continue
            value = predicate["factuality"]["value"]
            column[word] = "yes" if value > 0.5 else "no" if value < -0.5 else "unsure"
            labelled += 1
        sentence.columns["happened"] = column
    return labelled


def print_counts(title: str, sentences: list[Sentence]) -> None:
    words = sum(len(s.words) for s in sentences)
    links = Counter(role for s in sentences for _, _, role in s.links)
    print(f"{title}: {len(sentences)} sentences, {words} words, {dict(links)} links")
    for column in ("event", "mode", "status"):
        counts = Counter(v for s in sentences for v in s.columns[column] if v not in (None, "O"))
        print(f"  {column}: " + ", ".join(f"{name} {n}" for name, n in counts.most_common()))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--polybius", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    themes = sorted((HERE / "corpus").glob("*.txt"))
    parts = {
        "train": [path for path in themes if path.stem not in DEV],
        "dev": [path for path in themes if path.stem in DEV],
        "test": sorted((HERE / "corpus" / "test").glob("*.txt")),
    }
    for name, paths in parts.items():
        rows = [json.dumps(row, ensure_ascii=False) for row in read_corpus(paths, args.polybius)]
        path = args.out / f"{name}.jsonl"
        path.write_text("\n".join(rows) + "\n", encoding="utf-8")
        print_counts(name, load_events([path]))


if __name__ == "__main__":
    main()
