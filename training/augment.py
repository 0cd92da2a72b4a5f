"""Changes treebank sentences the way news text is damaged: lost or stray quotes, no full stop, other capitals."""

from __future__ import annotations

import random

from corpora import Sentence

QUOTES = {'"', "''", "``", "“", "”", "'", "‘", "’"}
MARKS = {".", "!", "?"}


def _without(sentence: Sentence, gone: set[int]) -> Sentence:
    """The sentence without words that nothing hangs on (0-based)."""
    keep = [i for i in range(len(sentence.words)) if i not in gone]
    place = {old + 1: new + 1 for new, old in enumerate(keep)} | {0: 0}
    return Sentence(
        sentence.id,
        [sentence.words[i] for i in keep],
        [place[sentence.heads[i]] for i in keep],
        {name: [column[i] for i in keep] for name, column in sentence.columns.items()},
    )


def _recased(sentence: Sentence, words: list[str]) -> Sentence:
    """Other capitals, the same tree; lemma scripts no longer fit and are left out."""
    columns = {k: v for k, v in sentence.columns.items() if k not in ("lemma", "xpos")}
    return Sentence(sentence.id, words, sentence.heads, columns)


def _with_stray_quote(sentence: Sentence, dice: random.Random) -> Sentence:
    at = dice.randrange(len(sentence.words) + 1)
    heads = [h + (h > at) for h in sentence.heads]
    heads.insert(at, -100)
    columns = {name: [*column[:at], None, *column[at:]] for name, column in sentence.columns.items()}
    columns["upos"][at] = "PUNCT"
    if "ner" in columns:
        inside = at < len(sentence.words) and (sentence.columns["ner"][at] or "").startswith("I-")
        columns["ner"][at] = None if inside else "O"
    return Sentence(sentence.id, [*sentence.words[:at], '"', *sentence.words[at:]], heads, columns)


def damage(sentence: Sentence, shares: dict[str, float], dice: random.Random) -> Sentence:
    """The sentence itself, or one damaged version of it."""
    if not sentence.heads or len(sentence.words) < 4:
        return sentence
    chosen, roll = None, dice.random()
    for name, share in shares.items():
        roll -= share
        if roll < 0:
            chosen = name
            break
    words, leaves = sentence.words, set(range(len(sentence.words))) - {h - 1 for h in sentence.heads}
    if chosen == "drop_final_mark" and words[-1] in MARKS and len(words) - 1 in leaves:
        return _without(sentence, {len(words) - 1})
    if chosen == "drop_quotes":
        quotes = [i for i in sorted(leaves) if words[i] in QUOTES and sentence.columns["upos"][i] == "PUNCT"]
        gone = set(quotes) if dice.random() < 0.5 else set(quotes[:1])
        return _without(sentence, gone) if gone else sentence
    if chosen == "stray_quote":
        return _with_stray_quote(sentence, dice)
    if chosen == "lower_case":
        return _recased(sentence, [w.lower() for w in words])
    if chosen == "upper_case":
        return _recased(sentence, [w.upper() for w in words])
    if chosen == "title_case":
        return _recased(sentence, [w[:1].upper() + w[1:] for w in words])
    return sentence
