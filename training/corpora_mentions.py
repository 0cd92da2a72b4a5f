"""Makes names of GUM's mentions: proper names of persons, organizations and places within the noun phrases that it marks.

Noun phrases are longer than names ("the Bavarian city of Augsburg"), countries that act are organizations there, and what is
not sure to be a name or none is left unknown. Only documents of the genres that the source of trees takes are read.
"""

from __future__ import annotations

import csv
import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from corpora import Norp, Sentence

KINDS = {"person": "PER", "organization": "ORG", "place": "LOC"}
NO_NAMES = {"object", "animal", "plant", "substance", "abstract", "event", "time"}  # named or not, UNER leaves them out
INNER = {"of", "for", "and", "&", "-"}  # words of names that are no names themselves; "the" may follow the first two
TITLES = {
    "mr", "mrs", "ms", "miss", "dr", "president", "vice", "deputy", "prime", "minister", "chancellor", "secretary", "senator",
    "representative", "congressman", "governor", "mayor", "speaker", "ambassador", "chairman", "director", "chief", "king", "queen",
    "prince", "princess", "emperor", "empress", "duke", "sir", "lord", "lady", "general", "captain", "colonel", "major", "admiral",
    "commander", "sergeant", "lieutenant", "professor", "judge", "justice", "pope", "bishop", "archbishop", "reverend", "father",
    "sister", "brother", "uncle", "aunt", "sheikh", "capt", "col", "gen", "gov", "lt", "prof", "rep", "rev", "sen", "sgt",
}  # fmt: skip
ACTING = {"US", "U.S.", "USA", "UK", "America", "Britain"}


@dataclass
class Document:
    """The words of a document, its sentences' words in a row."""

    words: list[str]
    xpos: list[str]
    named: list[bool]  # words that a name may consist of
    tags: list[str | None]
    taken: list[bool]


def _country_names() -> set[str]:
    path = Path(__file__).resolve().parent.parent / "data/world/countries.tsv"
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    rows = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
    return ACTING | {form for row in rows for form in [row["name"], *row["aliases"].split("|")]}


def _document(sentences: list[Sentence]) -> Document:
    words, xpos, named, tags = [], [], [], []
    for sentence in sentences:
        for i, word in enumerate(sentence.words):
            upos, tag = sentence.columns["upos"][i], sentence.columns["xpos"][i]
            capital = i > 0 and len(word) > 1 and word[0].isupper() and upos in ("ADJ", "NOUN")
            words.append(word)
            xpos.append(tag)
            named.append(upos == "PROPN" or tag.startswith("NNP") or capital)
            tags.append(None if named[-1] else "O")
    return Document(words, xpos, named, tags, [False] * len(words))


def _name_around(doc: Document, begin: int, end: int, head: int, kind: str) -> tuple[int, int]:
    """The name that the head is in, from its first to its last word, within the mention."""

    def joins(at: int, step: int) -> int:
        """How many words further the name goes on; 0 if it ends."""
        if begin <= at + step <= end and doc.named[at + step]:
            return 1
        for count in (2, 3) if kind != "PER" else ():
            between = [doc.words[at + step * i].lower() for i in range(1, count) if begin <= at + step * i <= end]
            goes_on = begin <= at + step * count <= end and doc.named[at + step * count]
            if goes_on and (between in [[w] for w in INNER] or sorted(between) in [["of", "the"], ["for", "the"]]):
                return count
        return 0

    first, last = head, head
    while more := joins(first, -1):
        first -= more
    while more := joins(last, 1):
        last += more
    return first, last


def _mark(doc: Document, begin: int, end: int, head: int, kind: str, norp: set[str], countries: set[str]) -> None:
    first, last = _name_around(doc, begin, end, head, kind)
    if kind == "PER":
        while first < last and doc.words[first].lower().rstrip(".") in TITLES:
            doc.tags[first], doc.taken[first] = "O", True
            first += 1
        people = doc.xpos[last] == "NNPS" or doc.words[head] in norp
        if people or not doc.xpos[head].startswith("NNP") or doc.words[head].lower().rstrip(".") in TITLES:
            return
    if any(doc.taken[first : last + 1]) or all(word in norp for word in doc.words[first : last + 1]):
        return
    if kind == "ORG" and " ".join(doc.words[first : last + 1]) in countries:
        kind = "LOC"
    for at in range(first, last + 1):
        doc.tags[at], doc.taken[at] = ("B-" if at == first else "I-") + kind, True


def _placed(row: dict, words: int) -> Iterator[tuple[int, int, int, dict]]:
    """Mentions by words, the longest first: (first, last, head, mention)."""
    begins = {b: i for i, (b, _, _) in reversed(list(enumerate(row["tokens"])))}
    ends = {e: i for i, (_, e, _) in enumerate(row["tokens"])}
    found = []
    for mention in row["mentions"]:
        places = begins.get(mention["b"]), ends.get(mention["e"]), begins.get(mention["head"][0])
        if len(row["tokens"]) == words and None not in places and mention["form"] == "name":
            found.append((*places, mention))
    yield from sorted(found, key=lambda m: (m[0] - m[1], m[0]))


def add_mentions(sentences: list[Sentence], documents: dict[str, str], path: Path, norp: Norp) -> int:
    """Gives sentences the column `ner`; `documents`: sentence id to its document's. Returns how many names there are."""
    by_document: dict[str, list[Sentence]] = defaultdict(list)
    for sentence in sentences:
        by_document[documents[sentence.id]].append(sentence)
    peoples = {" ".join(name) for name in norp.names}
    countries, names = _country_names(), 0
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        inside = by_document.get(row["id"], [])
        doc = _document(inside)
        placed = list(_placed(row, len(doc.words)))
        if not placed:
            continue
        for begin, end, head, mention in placed:
            if mention["type"] in KINDS and doc.named[head] and not doc.taken[head]:
                _mark(doc, begin, end, head, KINDS[mention["type"]], peoples, countries)
        for begin, end, head, mention in placed:
            if mention["type"] in NO_NAMES:
                first, last = _name_around(doc, begin, end, head, "PER")
                for at in range(first, last + 1):
                    doc.tags[at] = doc.tags[at] or "O"
        at = 0
        for sentence in inside:
            tags = doc.tags[at : at + len(sentence.words)]
            at += len(sentence.words)
            norp.mark(sentence.words, tags)
            sentence.columns["ner"] = tags
            names += sum(tag is not None and tag.startswith("B-") for tag in tags)
    return names
