"""Reads treebanks and name corpora into sentences with one column of labels a head."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from lemma_scripts import script_for

UNKNOWN = -100  # a label that the loss leaves out

NER_TYPES = {
    "PER": "PER", "ORG": "ORG", "LOC": "LOC",
    "person": "PER", "politician": "PER", "organisation": "ORG", "politicalparty": "ORG", "country": "LOC",
    "location": "LOC", "corporation": "ORG", "group": "ORG",
}  # fmt: skip


@dataclass
class Sentence:
    """Words, and for each column that its source knows one label a word (text; None: not known)."""

    id: str
    words: list[str]
    heads: list[int] = field(default_factory=list)  # 1-based, 0 the root; empty: no tree
    columns: dict[str, list[str | None]] = field(default_factory=dict)
    text: str = ""
    spans: list[tuple[int, int]] = field(default_factory=list)
    links: list[tuple[int, int, str]] = field(default_factory=list)  # (trigger or cue, word, role), 0-based
    source: str = ""


def _spans_of(rows: list[list[str]], text: str) -> list[tuple[int, int]]:
    """Each word's code points in `text`; words of a contraction share it, part by part where the letters add up."""
    spans: list[tuple[int, int]] = []
    at, covered, parts, last = 0, 0, (0, 0), 0
    for row in rows:
        if "." in row[0]:
            continue
        if "-" in row[0]:
            begin = text.find(row[1], at)
            last = int(row[0].split("-")[1])
            parts, covered, at = (begin, begin + len(row[1])), begin, begin + len(row[1])
        elif int(row[0]) <= last:
            exact = text[covered : covered + len(row[1])] == row[1] and covered + len(row[1]) <= parts[1]
            spans.append((covered, covered + len(row[1])) if exact else parts)
            covered = covered + len(row[1]) if exact else parts[1]
        else:
            begin = text.find(row[1], at)
            spans.append((begin, begin + len(row[1])))
            at = begin + len(row[1])
    return spans


def _sentence_of(comments: dict[str, str], rows: list[list[str]]) -> Sentence:
    words = [row for row in rows if row[0].isdigit()]
    sentence = Sentence(comments.get("sent_id", ""), [row[1] for row in words], text=comments.get("text", ""))
    if words and words[0][6].isdigit():
        sentence.heads = [int(row[6]) for row in words]
        sentence.columns = {
            "upos": [row[3] for row in words],
            "xpos": [row[4] for row in words],
            "feats": [row[5] for row in words],
            "lemma": [None if row[2] == "_" and row[1] != "_" else script_for(row[1], row[2]) for row in words],
            "deprel": [row[7] for row in words],
        }
    sentence.spans = _spans_of(rows, sentence.text)
    return sentence


def read_conllu(path: Path) -> Iterator[tuple[str, Sentence, list[str]]]:
    """(document id, sentence, its lines) one by one."""
    document, comments, rows, lines = "", {}, [], []
    with path.open(encoding="utf-8") as file:
        for line in [*file, "\n"]:
            line = line.rstrip("\n")
            if line.startswith("#"):
                key, _, value = line[1:].partition("=")
                comments[key.strip()] = value.strip()
                document = comments.get("newdoc id", document)
            elif line:
                rows.append(line.split("\t"))
            elif rows:
                yield document, _sentence_of(comments, rows), lines
                comments, rows, lines = {}, [], []
                continue
            if line:
                lines.append(line)


class Norp:
    """Names of nationalities, religions, peoples and parties, of one word or two."""

    def __init__(self, path: Path) -> None:
        lines = path.read_text(encoding="utf-8").splitlines()
        self.names = {tuple(line.split()) for line in lines if line and not line.startswith("#")}

    def mark(self, words: list[str], tags: list[str | None]) -> None:
        at = 0
        while at < len(words):
            for length in (2, 1):
                inside = tags[at : at + length]
                if tuple(words[at : at + length]) in self.names and inside == ["O"] * length:
                    tags[at : at + length] = ["B-NORP"] + ["I-NORP"] * (length - 1)
                    at += length - 1
                    break
            at += 1


def _tag_words(spans: list[tuple[int, int]], entities: list[dict]) -> list[str | None]:
    tags: list[str | None] = ["O"] * len(spans)
    for entity in entities:
        kind = NER_TYPES.get(entity["type"])
        inside = [i for i, (b, e) in enumerate(spans) if b < entity["e"] and entity["b"] < e]
        if kind is None or not inside or any(tags[i] != "O" for i in inside):
            continue
        for i in inside:
            tags[i] = ("B-" if i == inside[0] else "I-") + kind
    return tags


def read_names(path: Path) -> Iterator[dict]:
    with path.open(encoding="utf-8") as file:
        for line in file:
            yield json.loads(line)


def _move_entities(entities: list[dict], old: str, new: str) -> list[dict] | None:
    """The same entities where the text has other spaces; None if the letters differ."""
    if old == new:
        return entities
    if re.sub(r"\s", "", old) != re.sub(r"\s", "", new):
        return None
    places = [i for i, c in enumerate(new) if not c.isspace()]
    solid = [0]
    for char in old:
        solid.append(solid[-1] + (not char.isspace()))
    return [{**e, "b": places[solid[e["b"]]], "e": places[solid[e["e"]] - 1] + 1} for e in entities]


def add_names(sentences: list[Sentence], path: Path, norp: Norp) -> int:
    """Gives treebank sentences the names of a name corpus over the same texts; returns how many matched."""
    by_id = {row["id"]: row for row in read_names(path)}
    matched = 0
    for sentence in sentences:
        row = by_id.get(sentence.id)
        entities = _move_entities(row["entities"], row["text"], sentence.text) if row else None
        if entities is None or any(b < 0 for b, _ in sentence.spans):
            continue
        tags = _tag_words(sentence.spans, entities)
        norp.mark(sentence.words, tags)
        sentence.columns["ner"] = tags
        matched += 1
    return matched


def _load_names(source: dict, root: Path, norp: Norp) -> list[Sentence]:
    found = []
    for path in source["files"]:
        for row in read_names(root / path):
            words = [row["text"][b:e] for b, e in row["tokens"]]
            tags = _tag_words(row["tokens"], row["entities"])
            norp.mark(words, tags)
            found.append(Sentence(row["id"], words, columns={source.get("column", "ner"): tags}))
    return found


def _load_trees(source: dict, root: Path, norp: Norp) -> list[Sentence]:
    genres = source.get("genres")
    pattern = re.compile(source.get("genre_pattern", "$^"))
    found, documents = [], {}
    for path in source["files"]:
        for document, sentence, _ in read_conllu(root / path):
            match = pattern.match(document)
            if genres is None or (match and match.group(1) in genres):
                found.append(sentence)
                documents[sentence.id] = document
    for path in source.get("mentions", []):
        import corpora_mentions  # noqa: PLC0415  (it builds on this module)

        corpora_mentions.add_mentions(found, documents, root / path, norp)
    return found


def _load_events(source: dict, root: Path, norp: Norp) -> list[Sentence]:
    import corpora_events  # noqa: PLC0415  (it builds on this module)

    return corpora_events.load_events([root / path for path in source["files"]])


def _load_said(source: dict, root: Path, norp: Norp) -> list[Sentence]:
    import corpora_said  # noqa: PLC0415  (it builds on this module)

    return corpora_said.load_said([root / path for path in source["files"]])


def load_source(name: str, source: dict, root: Path, norp: Norp) -> list[Sentence]:
    """All sentences of one source of the recipe, at most 120 words long (the few longer ones are lists)."""
    load = {"names": _load_names, "trees": _load_trees, "events": _load_events, "said": _load_said}[source["kind"]]
    sentences = load(source, root, norp)
    for path in source.get("names", []):
        add_names(sentences, root / path, norp)
    for path in source.get("happened", []):
        import corpora_events  # noqa: PLC0415

        corpora_events.add_happened(sentences, root / path)
    for sentence in sentences:
        sentence.source = name
    return [s for s in sentences if 0 < len(s.words) <= 120]


def label_list(sentences: list[Sentence], column: str, at_least: int) -> list[str]:
    """Labels in order of their frequency, ties by name; those seen less than `at_least` times are left out."""
    counts = Counter(label for s in sentences for label in s.columns.get(column, []) if label is not None)
    return [label for label, n in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])) if n >= at_least]
