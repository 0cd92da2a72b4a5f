"""Reads CoNLL-U with the float model and fills LEMMA to DEPREL and NER: the reference of the engine.

    python training/predict.py CHECKPOINT.pt [--lemmas models/en.safetensors] < gold.conllu > system.conllu
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import torch

from corpora import Sentence, read_conllu
from evaluate import decode_names, predictions
from export import load_reader, read_lemmas
from lemma_scripts import apply_script
from lemma_table import look_up
from model import Reader
from trees import decode_tree
from wordpiece import MAX_SUBWORDS, WordPiece


def cut_long(words: list[str], pieces: WordPiece) -> list[tuple[int, int]]:
    """Ranges of words that the encoder can read at once; long sentences are cut after a clause mark."""
    sizes = [len(pieces.pieces_of(word).ids) for word in words]
    ranges, begin = [], 0
    while begin < len(words):
        end, total = begin, 2
        while end < len(words) and total + sizes[end] <= MAX_SUBWORDS:
            total += sizes[end]
            end += 1
        if end < len(words):
            middle = begin + (end - begin) // 2
            marks = [i + 1 for i in range(middle, end) if words[i] in (",", ";", ":", "-", "--", ".", "–", "—")]
            end = marks[-1] if marks else end
        ranges.append((begin, end))
        begin = end
    return ranges


def lemmas_of(words: list[str], upos: list[str], best: list[int], scripts: list[str], table: dict[str, int]) -> list[str]:
    """Where the table knows a word or its ending, it knows better than the head."""
    found = [look_up(table, word, tag) for word, tag in zip(words, upos, strict=True)]
    chosen = [guess if known is None else known for known, guess in zip(found, best, strict=True)]
    return [apply_script(word, scripts[i]) for word, i in zip(words, chosen, strict=True)]


def add_roles(heads: dict, scores: dict[str, torch.Tensor], found: dict[str, list]) -> None:
    """Tags of attribution, types of events, and for each word of a cue the likeliest word of its source (0: none)."""
    if "said" in heads:
        labels = heads["said"]["labels"]
        found["said"] = [labels[t] for t in decode_names(scores["said"][1:], heads["said"])]
        found["said_source"] = [0] * len(found["said"])
        for word, tag in enumerate(found["said"]):
            links = scores["said_links"][word + 1, 1:, 0]
            if tag.endswith("-cue") and float(links.max()) > 0:
                found["said_source"][word] = int(links.argmax()) + 1
    if "event" in heads:
        found["event"] = [heads["event"]["labels"][i] for i in scores["event"][1:].argmax(-1).tolist()]


def read_part(
    model: Reader, heads: dict, words: list[str], scores: dict[str, torch.Tensor], table: dict[str, int]
) -> dict[str, list]:
    """The decided columns of one range of words; heads are 1-based within it."""
    tree = decode_tree(scores["arc"].tolist())
    size = heads["tree"]["label"]
    parts = scores["label_parts"][None]
    labels = model.heads["tree"].label_scores(parts[..., :size], parts[..., size:], torch.tensor([tree]))[0]
    found: dict[str, list] = {"head": tree[1:]}
    for name in ("upos", "xpos", "feats"):
        found[name] = [heads[name]["labels"][i] for i in scores[name][1:].argmax(-1).tolist()]
    best = scores["lemma"][1:].argmax(-1).tolist()
    found["lemma"] = lemmas_of(words, found["upos"], best, heads["lemma"]["labels"], table)
    root = heads["tree"]["labels"].index("root")
    labels[:, root] = -1e9
    found["deprel"] = [heads["tree"]["labels"][i] for i in labels[1:].argmax(-1).tolist()]
    found["deprel"] = ["root" if h == 0 else d for h, d in zip(tree[1:], found["deprel"], strict=True)]
    add_roles(heads, scores, found)
    found["ner"] = [heads["ner"]["labels"][t] for t in decode_names(scores["ner"][1:], heads["ner"])]
    return found


def join_parts(parts: list[dict[str, list]]) -> dict[str, list]:
    """One tree from the trees of a cut sentence: later roots hang on the first one."""
    whole, first_root = {name: list(column) for name, column in parts[0].items()}, 0
    first_root = whole["head"].index(0) + 1
    for part in parts[1:]:
        shift = len(whole["head"])
        whole["deprel"] += [d if h else "parataxis" for h, d in zip(part["head"], part["deprel"], strict=True)]
        whole["head"] += [h + shift if h else first_root for h in part["head"]]
        for name in set(whole) - {"head", "deprel", "said_source"}:
            whole[name] += part[name]
        if "said_source" in whole:
            whole["said_source"] += [h + shift if h else 0 for h in part["said_source"]]
    return whole


@torch.no_grad()
def read_sentences(
    model: Reader, state: dict, sentences: list[list[str]], table: dict[str, int]
) -> list[dict[str, list]]:
    pieces = WordPiece(state["vocabulary"], state.get("names"))
    ranges = [cut_long(words, pieces) for words in sentences]
    flat = [Sentence("", words[b:e]) for words, cuts in zip(sentences, ranges, strict=True) for b, e in cuts]
    found: list[dict[str, list]] = [{} for _ in flat]
    for i, scores in predictions(model, pieces, flat):
        found[i] = read_part(model, state["heads"], flat[i].words, scores, table)
    rest = iter(found)
    return [join_parts([next(rest) for _ in cuts]) for cuts in ranges]


def fill(lines: list[str], found: dict[str, list]) -> list[str]:
    filled, at = [], 0
    for line in lines:
        row = line.split("\t")
        if line.startswith("#") or not row[0].isdigit():
            filled.append(line)
            continue
        names = ("lemma", "upos", "xpos", "feats", "head", "deprel")
        row[2:8] = [str(found[name][at]) for name in names]
        row[8] = "_"
        misc = [m for m in row[9].split("|") if m != "_" and not m.startswith("NER=")]
        if found["ner"][at] != "O":
            misc.append("NER=" + found["ner"][at])
        for key, name in (("Said", "said"), ("SaidSource", "said_source"), ("Event", "event")):
            if found.get(name, ["O"] * (at + 1))[at] not in ("O", 0):
                misc.append(f"{key}={found[name][at]}")
        row[9] = "|".join(misc) or "_"
        filled.append("\t".join(row))
        at += 1
    return filled


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("--lemmas", type=Path, help="a model file, for its lemma table")
    args = parser.parse_args()
    torch.set_num_threads(1)
    model, state = load_reader(args.checkpoint)
    source = Path("/dev/stdin")
    rows = [(sentence, lines) for _, sentence, lines in read_conllu(source)]
    table = read_lemmas(args.lemmas) if args.lemmas else {}
    found = read_sentences(model, state, [sentence.words for sentence, _ in rows], table)
    for (_, lines), columns in zip(rows, found, strict=True):
        sys.stdout.write("\n".join(fill(lines, columns)) + "\n\n")


if __name__ == "__main__":
    main()
