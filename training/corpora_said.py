"""Turns articles with marked attributions into sentences with a tag a word, and ties cues to their source and content.

    python training/corpora_said.py --polybius build/polybius --data DATA --out DATA/said

reads `attribution/train.jsonl` and `dev.jsonl` and writes files of the same names, words and sentences as `polybius parse`
has them. A source of kind "said" in the recipe reads such files.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

from corpora import Sentence, read_conllu

ROLES = ("cue", "source", "content")  # where two claim a word, the first one has it
UNKNOWN_TAG = None


def parsed(polybius: Path, texts: list[str]) -> Iterator[tuple[int, Sentence]]:
    """(number of the text, sentence) as the program cuts them."""
    with tempfile.TemporaryDirectory() as folder:
        texts_folder = Path(folder) / "texts"
        texts_folder.mkdir()
        for number, text in enumerate(texts):
            (texts_folder / f"{number:05d}.txt").write_text(text, encoding="utf-8")
        made = Path(folder) / "texts.conllu"
        with made.open("wb") as file:
            subprocess.run([polybius, "parse", "--jobs", "1", str(texts_folder)], stdout=file, check=True)
        for document, sentence, _ in read_conllu(made):
            yield int(Path(document).stem), sentence


def place_spans(sentence: Sentence, places: list[int], letters: str, at: int) -> tuple[list[tuple[int, int]], int]:
    """The words' code points in the article, whose characters that are not blank stand at `places`; the next of these."""
    count = [0]
    for char in sentence.text:
        count.append(count[-1] + (not char.isspace()))
    solid = "".join(char for char in sentence.text if not char.isspace())
    begin = letters.find(solid, at)
    if begin < 0:
        raise ValueError(f"cannot find {sentence.text!r}")
    spans = [(places[begin + count[b]], places[begin + count[e] - 1] + 1) for b, e in sentence.spans]
    return spans, begin + len(solid)


def _words_in(spans: list[tuple[int, int]], pieces: list[list[int]]) -> list[int]:
    return [i for i, (b, e) in enumerate(spans) if any(b < end and begin < e for begin, end in pieces)]


def _tags(count: int, owner: list[tuple[int, str] | None]) -> list[str]:
    tags = []
    for i in range(count):
        if owner[i] is None:
            tags.append("O")
        else:
            tags.append(("I-" if i and owner[i - 1] == owner[i] else "B-") + owner[i][1])
    return tags


def label(spans: list[tuple[int, int]], article: dict) -> tuple[list[str | None], list[list]]:
    """A tag a word, and links [cue word, word, role] (0-based) within the sentence."""
    owner: list[tuple[int, str] | None] = [None] * len(spans)
    links = []
    found = [{role: _words_in(spans, a[role]) for role in ROLES} for a in article["attributions"]]
    for role in ROLES:
        for number, words in enumerate(found):
            for word in words[role]:
                owner[word] = owner[word] or (number, role)
    for words in found:
        for cue in words["cue"]:
            links += [[cue, word, role] for role in ("source", "content") for word in words[role]]
    tags: list[str | None] = list(_tags(len(spans), owner))
    for word in _words_in(spans, article.get("discard", [])):
        tags[word] = UNKNOWN_TAG
    return tags, links


def rows_of(articles: list[dict], polybius: Path) -> Iterator[dict]:
    last, at, places, letters = -1, 0, [], ""
    for number, sentence in parsed(polybius, [article["text"] for article in articles]):
        article = articles[number]
        if number != last:
            places = [i for i, char in enumerate(article["text"]) if not char.isspace()]
            letters, last, at = "".join(article["text"][i] for i in places), number, 0
        spans, at = place_spans(sentence, places, letters, at)
        tags, links = label(spans, article)
        yield {"id": f"{article['id']}:{spans[0][0]}", "words": sentence.words, "spans": spans, "said": tags, "links": links}


def load_said(paths: list[Path]) -> list[Sentence]:
    """Sentences with the column `said` and links from cue words, from files that this program wrote."""
    found = []
    for path in paths:
        for line in path.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            sentence = Sentence(row["id"], row["words"], columns={"said": row["said"]})
            sentence.links = [tuple(link) for link in row["links"]]
            found.append(sentence)
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("polybius", "data", "out"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    args = parser.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    for name in ("dev", "train"):
        lines = (args.data / "attribution" / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
        rows = list(rows_of([json.loads(line) for line in lines], args.polybius))
        text = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
        (args.out / f"{name}.jsonl").write_text(text, encoding="utf-8")
        marked = sum(any(t not in (None, "O") for t in row["said"]) for row in rows)
        print(f"{name}: {len(rows)} sentences, {marked} with a role, {sum(len(row['words']) for row in rows)} words")


if __name__ == "__main__":
    main()
