"""Turns words into the encoder's subwords and case shapes; the engine's tokenizer gives the same ones, bit for bit."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from known_names import marks_of

LETTER, UPPER, DIGIT, PUNCT, SPACE, DROP, SPLIT = range(7)  # character classes, as stored in the model file
LOWER_SHAPE, TITLE_SHAPE, UPPER_SHAPE, ONE_CAPITAL, DIGIT_SHAPE, PUNCT_SHAPE, MIXED_SHAPE, SPECIAL_SHAPE = range(8)
SHAPE_NAMES = ["lower", "title", "upper", "one_capital", "digit", "punct", "mixed", "special"]

MAX_PIECES_A_WORD = 12
MAX_SUBWORDS = 128
MAX_RUN = 100

# Quotation marks and hyphens of every style read alike: wire copy mixes them, the treebanks do not.
ALIKE = {
    **dict.fromkeys("‘’‚‛`´′", "'"),
    **dict.fromkeys("“”„‟″«»", '"'),
    **dict.fromkeys("‐‑", "-"),
    "…": "...",
}

IDEOGRAPHS = [
    (0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xF900, 0xFAFF), (0x20000, 0x2A6DF), (0x2A700, 0x2B73F),
    (0x2B740, 0x2B81F), (0x2B820, 0x2CEAF), (0x2F800, 0x2FA1F),
]  # fmt: skip
HANGUL = (0xAC00, 0xD7A3)  # left composed: the vocabulary knows few syllables, and their table would be the largest part


def fold_character(char: str) -> tuple[int, str]:
    """The class of one character, and what it becomes: lower case, without accents."""
    code = ord(char)
    if char in ALIKE:
        return PUNCT, ALIKE[char]
    if code in (0, 0xFFFD):
        return DROP, ""
    category = unicodedata.category(char)
    if char in "\t\n\r" or category in ("Zs", "Zl", "Zp"):
        return SPACE, ""
    if category in ("Cc", "Cf", "Mn"):
        return DROP, ""
    if "0" <= char <= "9":
        return DIGIT, char
    if any(low <= code <= high for low, high in IDEOGRAPHS):
        return SPLIT, char
    if (33 <= code <= 126 and not char.isalnum()) or category.startswith("P"):
        return PUNCT, char
    if HANGUL[0] <= code <= HANGUL[1] or category in ("Co", "Cn", "Cs"):
        return LETTER, char
    lower = char.lower()
    folded = "".join(c for c in unicodedata.normalize("NFD", lower) if unicodedata.category(c) != "Mn")
    return (UPPER if lower != char else LETTER), folded


def fold_table() -> list[tuple[int, int, str]]:
    """All characters whose class is not LETTER or that change, ideographs aside (the engine knows their ranges)."""
    rows = []
    for code in range(0x110000):
        if 0xD800 <= code <= 0xDFFF:
            continue
        kind, folded = fold_character(chr(code))
        if kind != SPLIT and (kind != LETTER or folded != chr(code)):
            rows.append((code, kind, folded))
    return rows


def shape_of(kinds: list[int]) -> int:
    """The case shape of one subword, from the classes of the characters it covers."""
    upper = kinds.count(UPPER)
    letters = upper + kinds.count(LETTER) + kinds.count(SPLIT)
    digits = kinds.count(DIGIT)
    if letters == 0:
        return DIGIT_SHAPE if digits else PUNCT_SHAPE
    if digits:
        return MIXED_SHAPE
    if upper == 0:
        return LOWER_SHAPE
    if letters == 1:
        return ONE_CAPITAL
    if upper == letters:
        return UPPER_SHAPE
    first = next(kind for kind in kinds if kind in (UPPER, LETTER, SPLIT))
    return TITLE_SHAPE if upper == 1 and first == UPPER else MIXED_SHAPE


@dataclass
class Pieces:
    """The subwords of one word: vocabulary ids and case shapes, one to MAX_PIECES_A_WORD of them."""

    ids: list[int]
    shapes: list[int]


class WordPiece:
    """`names`: what is known of names (known_names.py); it travels in the shapes, as mark * len(SHAPE_NAMES) + shape."""

    def __init__(self, vocabulary: list[str], names: dict[str, int] | None = None) -> None:
        self.vocabulary = vocabulary
        self.names = names or {}
        self.index = {piece: i for i, piece in enumerate(vocabulary)}
        self.unknown = self.index["[UNK]"]
        self.begin = self.index["[CLS]"]
        self.end = self.index["[SEP]"]
        self.seen: dict[str, Pieces] = {}
        self.folded: dict[str, tuple[int, str]] = {}

    def _runs(self, word: str) -> list[tuple[str, list[int]]]:
        """Maximal runs of letters and digits, and single punctuation marks and ideographs."""
        runs: list[tuple[str, list[int]]] = []
        text, kinds = "", []
        for char in word:
            if char not in self.folded:
                self.folded[char] = fold_character(char)
            kind, folded = self.folded[char]
            if kind == DROP:
                continue
            if kind in (LETTER, UPPER, DIGIT):
                text += folded
                kinds += [kind] * len(folded)
                continue
            if text:
                runs.append((text, kinds))
                text, kinds = "", []
            if kind != SPACE:
                runs += [(c, [kind]) for c in folded]
        if text:
            runs.append((text, kinds))
        return runs

    def _match(self, run: str, kinds: list[int], pieces: Pieces) -> None:
        """Greedy longest match; a run with a part that is not in the vocabulary is one [UNK]."""
        ids, shapes, begin = [], [], 0
        while begin < len(run) and len(run) <= MAX_RUN:
            prefix = "##" if begin else ""
            end = len(run)
            while end > begin and prefix + run[begin:end] not in self.index:
                end -= 1
            if end == begin:
                break
            ids.append(self.index[prefix + run[begin:end]])
            shapes.append(shape_of(kinds[begin:end]))
            begin = end
        if begin < len(run):
            ids, shapes = [self.unknown], [shape_of(kinds)]
        pieces.ids += ids
        pieces.shapes += shapes

    def pieces_of(self, word: str) -> Pieces:
        if word not in self.seen:
            pieces = Pieces([], [])
            for run, kinds in self._runs(word):
                self._match(run, kinds, pieces)
            if not pieces.ids:
                pieces = Pieces([self.unknown], [SPECIAL_SHAPE])
            self.seen[word] = Pieces(pieces.ids[:MAX_PIECES_A_WORD], pieces.shapes[:MAX_PIECES_A_WORD])
        return self.seen[word]

    def encode(self, words: list[str]) -> tuple[list[int], list[int], list[int]]:
        """Ids and shapes of a whole sentence between [CLS] and [SEP], and each word's first subword."""
        ids, shapes, firsts = [self.begin], [SPECIAL_SHAPE], []
        for word, mark in zip(words, marks_of(self.names, words), strict=True):
            pieces = self.pieces_of(word)
            firsts.append(len(ids))
            ids += pieces.ids
            shapes += [mark * len(SHAPE_NAMES) + shape for shape in pieces.shapes]
        return ids + [self.end], shapes + [SPECIAL_SHAPE], firsts
