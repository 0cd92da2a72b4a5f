"""Changes sentences the way news text is damaged: lost, doubled, moved or stray quotes, no full stop, other capitals."""

from __future__ import annotations

import random
from collections.abc import Callable

from corpora import UNKNOWN, Sentence
from known_names import BODY, FAMILY, GIVEN, PLACE

QUOTES = {'"', "''", "``", "“", "”", "„", "«", "»", "'", "‘", "’"}
STYLES = ['"', "''", "“", "”", "„", "«", "»", "``", "'"]
MARKS = {".", "!", "?"}
TAGGED = ("ner", "ner_other", "said")  # columns of IOB2 tags


def mend_tags(tags: list[str | None]) -> list[str | None]:
    """A tag I-X that no longer follows X begins a span."""
    mended = list(tags)
    for i, tag in enumerate(mended):
        if tag and tag.startswith("I-"):
            before = mended[i - 1] if i else "O"
            if before is not None and before[2:] != tag[2:]:
                mended[i] = "B-" + tag[2:]
    return mended


def arranged(sentence: Sentence, order: list[int]) -> Sentence:
    """The words of `order`, 0-based, -1 for a stray quotation mark; nothing may hang on a word that is left out."""
    place = {old: new for new, old in enumerate(order) if old >= 0}
    heads = []
    if sentence.heads:
        places = {old + 1: new + 1 for old, new in place.items()} | {0: 0}
        heads = [places[sentence.heads[i]] if i >= 0 else UNKNOWN for i in order]
    columns = {name: [column[i] if i >= 0 else None for i in order] for name, column in sentence.columns.items()}
    for new, old in enumerate(order):
        if old < 0 and "upos" in columns:
            columns["upos"][new] = "PUNCT"
    for name in set(TAGGED) & set(columns):
        column = columns[name]
        for new, old in enumerate(order):
            after = column[new + 1] if new + 1 < len(order) else None
            if old < 0:
                column[new] = after if after and after.startswith("I-") else "O"
        columns[name] = mend_tags(column)
    words = [sentence.words[i] if i >= 0 else '"' for i in order]
    links = [(place[a], place[b], role) for a, b, role in sentence.links if a in place and b in place]
    return Sentence(sentence.id, words, heads, columns, links=links, source=sentence.source)


def _with_words(sentence: Sentence, words: list[str], gone: tuple[str, ...] = ()) -> Sentence:
    columns = {k: v for k, v in sentence.columns.items() if k not in gone}
    return Sentence(sentence.id, words, sentence.heads, columns, links=sentence.links, source=sentence.source)


def _recased(sentence: Sentence, change: Callable[[str], str]) -> Sentence:
    """Other capitals, the same tree; lemma scripts no longer fit and are left out."""
    return _with_words(sentence, [change(word) for word in sentence.words], ("lemma", "xpos"))


def _loose_quotes(sentence: Sentence) -> list[int]:
    """Quotation marks that nothing hangs on."""
    heads = {h - 1 for h in sentence.heads}
    upos = sentence.columns.get("upos")
    return [
        i for i, word in enumerate(sentence.words)
        if word in QUOTES and i not in heads and (upos is None or upos[i] == "PUNCT")
    ]  # fmt: skip


def _damage_quotes(sentence: Sentence, name: str, quotes: list[int], dice: random.Random) -> Sentence:
    order = list(range(len(sentence.words)))
    if name == "drop_quotes":
        gone = set(quotes) if dice.random() < 0.75 else {dice.choice(quotes)}
        return arranged(sentence, [i for i in order if i not in gone])
    if name == "double_quotes":
        chosen = set(quotes) if dice.random() < 0.5 else {dice.choice(quotes)}
        return arranged(sentence, [j for i in order for j in ([i, -1] if i in chosen else [i])])
    if name == "move_quotes":
        moved = [i for i in order if i not in quotes]
        for _ in quotes:
            moved.insert(dice.randrange(len(moved) + 1), -1)
        return arranged(sentence, moved)
    style = dice.choice(STYLES)
    return _with_words(sentence, [style if i in quotes else word for i, word in enumerate(sentence.words)])


class OtherNames:
    """Names to put in place of a sentence's own, so that what is learned is how names stand and not which ones."""

    def __init__(self, names: dict[str, int]) -> None:
        self.pools: dict[tuple[int, int], list[str]] = {}
        for name, mark in sorted(names.items()):
            for kind in (PLACE, BODY, GIVEN, FAMILY):
                if mark & kind and (mark == kind or kind in (GIVEN, FAMILY)) and name.replace(" ", "").isalpha():
                    self.pools.setdefault((kind, name.count(" ") + 1), []).append(name)

    def _other(self, kind: str, words: list[str], dice: random.Random) -> list[str]:
        """As many words, with capitals like theirs."""
        count = len(words)
        if kind == "PER":
            pools = [(GIVEN, 1)] * (count - 1) + [(FAMILY if count > 1 or dice.random() < 0.5 else GIVEN, 1)]
        else:
            pools = [({"ORG": BODY, "LOC": PLACE}[kind], count)]
        chosen = [word for pool in pools for word in dice.choice(self.pools[pool]).split()]
        if any(len(old) < 2 or not old.isalpha() for old in words):
            return words
        return [
            new.upper() if old.isupper() else new.capitalize() if old[:1].isupper() else new
            for old, new in zip(words, chosen, strict=True)
        ]  # fmt: skip

    def put_in(self, sentence: Sentence, dice: random.Random) -> Sentence:
        """The same tree with other persons, places and bodies, each of them or not."""
        tags, upos = sentence.columns.get("ner"), sentence.columns.get("upos")
        if not tags or not upos or None in tags or not self.pools:
            return sentence
        words, lemmas, at = list(sentence.words), list(sentence.columns.get("lemma", [])), 0
        while at < len(words):
            end = at + 1
            while end < len(words) and tags[end].startswith("I-"):
                end += 1
            kind, most = tags[at][2:], 3 if tags[at][2:] == "PER" else 2
            fits = tags[at].startswith("B-") and kind != "NORP" and end - at <= most and set(upos[at:end]) == {"PROPN"}
            if fits and dice.random() < 0.7:
                words[at:end] = self._other(kind, words[at:end], dice)
                lemmas[at:end] = [None] * len(lemmas[at:end])
            at = end
        changed = _with_words(sentence, words)
        if lemmas:
            changed.columns["lemma"] = lemmas
        return changed


def damage(
    sentence: Sentence, shares: dict[str, float], dice: random.Random, others: OtherNames | None = None
) -> Sentence:
    """The sentence itself, or one damaged version of it."""
    if len(sentence.words) < 4:
        return sentence
    chosen, roll = None, dice.random()
    for name, share in shares.items():
        roll -= share
        if roll < 0:
            chosen = name
            break
    words = sentence.words
    if chosen == "other_names" and others:
        return others.put_in(sentence, dice)
    if chosen == "drop_final_mark" and words[-1] in MARKS and len(words) not in sentence.heads:
        return arranged(sentence, list(range(len(words) - 1)))
    if chosen in ("drop_quotes", "double_quotes", "move_quotes", "restyle_quotes"):
        quotes = _loose_quotes(sentence)
        return _damage_quotes(sentence, chosen, quotes, dice) if quotes else sentence
    if chosen == "stray_quote":
        at = dice.randrange(len(words) + 1)
        order = list(range(len(words)))
        return arranged(sentence, [*order[:at], -1, *order[at:]])
    if chosen == "lower_case":
        return _recased(sentence, str.lower)
    if chosen == "upper_case":
        return _recased(sentence, str.upper)
    if chosen == "title_case":
        return _recased(sentence, lambda word: word[:1].upper() + word[1:])
    return sentence
