"""Which edit script a word or an ending takes: a table beside the lemma head, which sees subwords and not letters.

Keys are `word/UPOS` and, for endings of 5 to 2 letters of words of at least one letter more, `-ending/UPOS`, in lower
case. A key is listed if the treebanks agree on its script; an ending only if many different words bear it. The
longest key found decides; proper nouns and words that no key fits are left to the head.
"""

from __future__ import annotations

from collections import Counter, defaultdict

from corpora import Sentence
from lemma_scripts import recase

LEFT_TO_HEAD = {"PROPN", "X", "SYM", "PUNCT", "NUM"}
LONGEST, SHORTEST = 5, 2


def keys_of(form: str, upos: str) -> list[str]:
    """The word's keys, longest first."""
    if upos in LEFT_TO_HEAD:
        return []
    lower = recase(form, "lower")
    endings = [f"-{lower[-n:]}/{upos}" for n in range(LONGEST, SHORTEST - 1, -1) if len(lower) > n]
    return [f"{lower}/{upos}", *endings]


def make_table(sentences: list[Sentence], scripts: list[str]) -> dict[str, int]:
    """Key to the index of its script."""
    index = {script: i for i, script in enumerate(scripts)}
    words: dict[str, Counter] = defaultdict(Counter)
    for sentence in sentences:
        for form, upos, script in zip(
            sentence.words, sentence.columns.get("upos", []), sentence.columns.get("lemma", []), strict=False
        ):
            if script in index and upos not in LEFT_TO_HEAD:
                words[f"{recase(form, 'lower')}/{upos}"][script] += 1
    endings: dict[str, Counter] = defaultdict(Counter)
    table = {}
    for key, counts in words.items():
        script, n = min(counts.items(), key=lambda pair: (-pair[1], pair[0]))
        if n >= 0.8 * counts.total():
            table[key] = index[script]
            form, upos = key.rsplit("/", 1)
            for ending in keys_of(form, upos)[1:]:
                endings[ending][script] += 1
    for ending, counts in endings.items():
        script, n = min(counts.items(), key=lambda pair: (-pair[1], pair[0]))
        if n >= 4 and n >= 0.95 * counts.total():
            table[ending] = index[script]
    # An ending says nothing that the next shorter one does not say as well.
    return {key: script for key, script in table.items() if key[0] != "-" or _says_more(key, script, table)}


def _says_more(key: str, script: int, table: dict[str, int]) -> bool:
    ending, upos = key[1:].rsplit("/", 1)
    for n in range(len(ending) - 1, SHORTEST - 1, -1):
        shorter = table.get(f"-{ending[-n:]}/{upos}")
        if shorter is not None:
            return shorter != script
    return True


def look_up(table: dict[str, int], form: str, upos: str) -> int | None:
    return next((table[key] for key in keys_of(form, upos) if key in table), None)
