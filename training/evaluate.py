"""Scores a float model on the development treebank and names, words given: a quick look each epoch."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import torch

from corpora import Norp, Sentence, add_names, read_conllu
from corpora_said import load_said
from lemma_scripts import apply_script
from model import Reader, encode_batch
from wordpiece import MAX_SUBWORDS, WordPiece


def decode_names(scores: torch.Tensor, head: dict) -> list[int]:
    """The best sequence of tags in which I-X follows B-X or I-X only; ties go to the lowest index."""
    labels = head["labels"]
    moves = head.get("matrix") or [[0.0] * len(labels)] * len(labels)
    begins = head.get("begins") or [0.0] * len(labels)
    allowed = [[not b.startswith("I-") or a[2:] == b[2:] and a != "O" for b in labels] for a in labels]
    best = [float(s) + begins[i] if not labels[i].startswith("I-") else -1e9 for i, s in enumerate(scores[0])]
    back = []
    for row in scores[1:].tolist():
        came, now = [], []
        for j, s in enumerate(row):
            options = [best[i] + moves[i][j] if allowed[i][j] else -1e9 for i in range(len(labels))]
            i = max(range(len(labels)), key=lambda i: (options[i], -i))
            came.append(i)
            now.append(options[i] + s)
        back.append(came)
        best = now
    tags = [max(range(len(labels)), key=lambda i: (best[i], -i))]
    for came in reversed(back):
        tags.append(came[tags[-1]])
    return tags[::-1]


def name_spans(tags: list[str]) -> set[tuple[int, int, str]]:
    spans, begin = set(), None
    for i, tag in enumerate([*tags, "O"]):
        if begin is not None and not tag.startswith("I-"):
            spans.add((begin, i, tags[begin][2:]))
            begin = None
        if tag.startswith("B-"):
            begin = i
    return spans


def predictions(
    model: Reader, pieces: WordPiece, sentences: list[Sentence], budget: int = 4096
) -> Iterator[tuple[int, dict[str, torch.Tensor]]]:
    """(index, scores of its words by head) for every sentence that is short enough, shortest first."""
    model.eval()
    encoded = [pieces.encode(s.words) for s in sentences]
    order = [i for i in sorted(range(len(encoded)), key=lambda i: len(encoded[i][0])) if len(encoded[i][0]) <= MAX_SUBWORDS]
    while order:
        count = 1
        while count < len(order) and len(encoded[order[count]][0]) * (count + 1) <= budget:
            count += 1
        chosen, order = order[:count], order[count:]
        batch = encode_batch([encoded[i] for i in chosen])
        batch.to(model.words.weight.device)
        scores = {name: value.cpu() for name, value in model.scores(batch).items()}
        for row, i in enumerate(chosen):
            words = len(sentences[i].words) + 1
            square = {"arc"} | {name for name, kind in model.kinds.items() if kind == "links"}
            yield i, {k: v[row, :words, :words] if k in square else v[row, :words] for k, v in scores.items()}


def _score_trees(model: Reader, pieces: WordPiece, heads: dict, sentences: list[Sentence]) -> dict[str, float]:
    right = dict.fromkeys(("upos", "xpos", "feats", "lemma", "uas", "las", "las_full"), 0)
    names = {"right": 0, "found": 0, "gold": 0}
    total = sum(len(s.words) for s in sentences)
    for i, scores in predictions(model, pieces, sentences):
        sentence = sentences[i]
        best = {name: scores[name][1:].argmax(-1).tolist() for name in ("upos", "xpos", "feats", "lemma", "tree")}
        arcs = scores["arc"][1:].argmax(-1).tolist()
        for w, form in enumerate(sentence.words):
            for name in ("upos", "xpos", "feats"):
                right[name] += heads[name]["labels"][best[name][w]] == sentence.columns[name][w]
            guess = apply_script(form, heads["lemma"]["labels"][best["lemma"][w]])
            gold = sentence.columns["lemma"][w]
            right["lemma"] += gold is None or guess == apply_script(form, gold)
            label, wanted = heads["tree"]["labels"][best["tree"][w]], sentence.columns["deprel"][w]
            if arcs[w] == sentence.heads[w]:
                right["uas"] += 1
                right["las"] += label.split(":")[0] == wanted.split(":")[0]
                right["las_full"] += label == wanted
        if "ner" in sentence.columns:
            labels = heads["ner"]["labels"]
            found = name_spans([labels[t] for t in decode_names(scores["ner"][1:], heads["ner"])])
            gold = name_spans(sentence.columns["ner"])
            found, gold = ({s for s in spans if s[2] != "NORP"} for spans in (found, gold))
            for key, spans in (("right", found & gold), ("found", found), ("gold", gold)):
                names[key] += len(spans)
    result = {name: round(100 * n / total, 2) for name, n in right.items()}
    if names["gold"]:
        result["ner"] = round(200 * names["right"] / max(1, names["found"] + names["gold"]), 2)
    return result


def _score_said(model: Reader, pieces: WordPiece, head: dict, sentences: list[Sentence]) -> dict[str, float]:
    """F1 of exact spans within sentences, and the share of cue words whose likeliest source word is right."""
    counts = {role: [0, 0, 0] for role in ("source", "cue", "content")}
    linked, labels = [0, 0], head["labels"]
    for i, scores in predictions(model, pieces, sentences):
        tags = [tag or "O" for tag in sentences[i].columns["said"]]
        found = name_spans([labels[t] for t in decode_names(scores["said"][1:], head)])
        gold = name_spans(tags)
        for role, count in counts.items():
            ours, theirs = ({s for s in spans if s[2] == role} for spans in (found, gold))
            for k, spans in enumerate((ours & theirs, ours, theirs)):
                count[k] += len(spans)
        for cue in {a for a, _, role in sentences[i].links if role == "source"}:
            best = int(scores["said_links"][cue + 1, 1:, 0].argmax())
            linked[0] += (cue, best, "source") in sentences[i].links
            linked[1] += 1
    result = {role: round(200 * right / max(1, ours + theirs), 1) for role, (right, ours, theirs) in counts.items()}
    return result | {"linked": round(100 * linked[0] / max(1, linked[1]), 1)}


def evaluate(model: Reader, pieces: WordPiece, heads: dict, data: Path) -> dict[str, float]:
    """Greedy heads, not yet trees: LAS with a tree decoder differs by a few hundredths."""
    sentences = [s for _, s, _ in read_conllu(data / "ud/en_ewt-ud-dev.conllu")]
    add_names(sentences, data / "ner/uner_ewt_dev.jsonl", Norp(Path(__file__).parent / "recipes/en/norp.txt"))
    result = _score_trees(model, pieces, heads, sentences)
    if "said" in heads:
        said = load_said([data / "said/dev.jsonl"])[:1200]
        result |= _score_said(model, pieces, heads["said"], said)
    return result
