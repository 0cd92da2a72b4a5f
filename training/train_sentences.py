"""Learns where sentences end: a logistic model over the surface tokens of a paragraph, written as a table of weights.

    python3 training/train_sentences.py -o src/language/sentence_weights.inc EWT_TRAIN.conllu GUM_TRAIN.conllu
    python3 training/train_sentences.py --try DEV.conllu ... (the same, and scores on files that are not learned from)

Standard library only; two minutes on one core. `features` is mirrored in src/language/sentences.cc: change both.
GUM documents are learned from only where their genre's licence lets the weights be used by everybody.
"""
import argparse
import math
import random
import re

GENRES = ("news", "voyage", "speech", "interview", "bio", "textbook", "vlog", "court")
KEPT = 4000  # features that the shipped table may have


def paragraphs(path):
    """Yields paragraphs as lists of (form, space_after, ends_sentence)."""
    paragraph, sentence, cover, new = [], [], 0, False
    wanted = True
    for line in open(path, encoding="utf-8"):
        line = line.rstrip("\n")
        if line.startswith("# newdoc id = GUM_"):
            new, wanted = True, line.split("GUM_")[1].split("_")[0] in GENRES
        elif line.startswith("# newdoc"):
            new, wanted = True, True
        elif line.startswith("# newpar"):
            new = True
        if new and not sentence and paragraph:
            yield paragraph
            paragraph = []
        if not line:
            if sentence and wanted:
                form, space, _ = sentence[-1]
                sentence[-1] = (form, space, True)
                paragraph += sentence
            sentence, cover, new = [], 0, False
        elif line[0] != "#":
            c = line.split("\t")
            if "." in c[0]:
                continue
            if "-" in c[0]:
                cover = int(c[0].split("-")[1])
            elif int(c[0]) <= cover:
                continue
            sentence.append((c[1].replace(" ", ""), "SpaceAfter=No" not in c[9].split("|"), False))
    if paragraph:
        yield paragraph


def norm(form):
    return re.sub("[0-9]", "0", form.lower())[:12]


def shape(form):
    if not form:
        return "-"
    first = form[0]
    if first.isalpha():
        if first.isupper():
            return ("X" if form.isupper() and len(form) > 1 else "A" if len(form) == 1 else "Xx") + ("." if form[-1] == "." else "")
        return "x" + ("." if form[-1] == "." else "")
    if first in "0123456789":
        return "0"
    return first if len(form) == 1 or form[-1] == first else first + form[-1]


def bucket(n):
    return str(n) if n < 4 else "4" if n < 7 else "7" if n < 12 else "12" if n < 25 else "25" if n < 45 else "45"


class State:
    """What is known of the sentence that is being read."""

    def __init__(self):
        self.start, self.open, self.quote = 0, 0, 0

    def read(self, form):
        if form in "([{":
            self.open += 1
        elif form in ")]}":
            self.open = max(0, self.open - 1)
        elif form in ('"', "''", "``"):
            self.quote ^= 1
        elif form == "“":
            self.quote = 1
        elif form == "”":
            self.quote = 0

    def end(self, i):
        self.start, self.open = i + 1, 0


def is_stop(form):
    return form[0] in ".!?…" and not any(c.isalnum() for c in form)


def block_kind(tokens):
    """Whether the paragraph uses full stops at all, and ends in one."""
    stops = sum(is_stop(t[0]) for t in tokens)
    return ("n" if stops == 0 else "s") + ("e" if is_stop(tokens[-1][0]) or len(tokens) > 1 and is_stop(tokens[-2][0]) else "o")


def features(tokens, i, state, kind):
    def form(k):
        return tokens[i + k][0] if 0 <= i + k < len(tokens) else ""
    z, a, c, d = form(-1), form(0), form(1), form(2)
    sz, sa, sc, sd = shape(z), shape(a), shape(c), shape(d)
    na, nc = norm(a), norm(c)
    space = "_" if tokens[i][1] else "|"
    length = bucket(i - state.start)
    in_quote = "q" if state.quote else "-"
    in_open = "(" if state.open else "-"
    left = bucket(len(tokens) - 1 - i)
    return ("b", "a " + na, "c " + nc, "z " + norm(z), "d " + norm(d),
            "ac " + na + " " + nc, "as " + na + " " + sc, "sc " + sa + " " + nc,
            "s2 " + sa + space + sc, "s3 " + sz + " " + sa + space + sc, "s4 " + sa + space + sc + " " + sd,
            "s5 " + sz + " " + sa + space + sc + " " + sd,
            "l " + length + " " + sa + " " + sc, "r " + left + " " + sa + " " + sc,
            "q " + in_quote + in_open + sa + space + sc, "k " + kind + " " + sa + space + sc, "kl " + kind + " " + length,
            "za " + norm(z) + " " + sa, "lz " + length + " " + norm(z) + " " + sa)


def samples(path):
    for tokens in paragraphs(path):
        state, kind = State(), block_kind(tokens)
        for i in range(len(tokens) - 1):
            state.read(tokens[i][0])
            yield features(tokens, i, state, kind), tokens[i][2]
            if tokens[i][2]:
                state.end(i)


def fit(data, size, epochs):
    """Weights of a logistic model; AdaGrad, one sample at a time, samples that are right by far left alone."""
    weights, squares = [0.0] * size, [1.0] * size
    rng = random.Random(7)
    for _ in range(epochs):
        rng.shuffle(data)
        for ids, wanted in data:
            total = sum(weights[k] for k in ids)
            slope = 1 / (1 + math.exp(-max(-30.0, min(30.0, total)))) - wanted
            if abs(slope) < 0.02:
                continue
            for k in ids:
                squares[k] += slope * slope
                weights[k] -= 0.2 * slope / math.sqrt(squares[k])
    return weights


def learn(paths, epochs, kept=KEPT):
    """Fits all features, keeps those that matter most, fits again."""
    rows, counts = [], {}
    for path in paths:
        for names, ends in samples(path):
            rows.append((names, ends))
            for name in names:
                counts[name] = counts.get(name, 0) + 1
    names = sorted(n for n, c in counts.items() if c >= 5)
    for last in (False, True):
        number = {name: k for k, name in enumerate(names)}
        data = [([number[n] for n in fs if n in number], 1.0 if ends else 0.0) for fs, ends in rows]
        weights = fit(data, len(number), epochs if last else 4)
        if not last:
            names.sort(key=lambda n: (-abs(weights[number[n]]) * counts[n] ** 0.35, n))
            names = sorted(names[:kept])
    return {name: weights[k] for name, k in number.items() if abs(weights[k]) >= 0.02}


def predict(tokens, weights):
    state, kind, ends = State(), block_kind(tokens), []
    for i in range(len(tokens) - 1):
        state.read(tokens[i][0])
        end = sum(weights.get(name, 0.0) for name in features(tokens, i, state, kind)) > 0
        ends.append(end)
        if end:
            state.end(i)
    return ends + [True]


def score(path, weights):
    right = gold = given = 0
    for tokens in paragraphs(path):
        ends = predict(tokens, weights)
        spans = []
        for marks in ([t[2] for t in tokens], ends):
            begin, found = 0, set()
            for i, end in enumerate(marks):
                if end:
                    found.add((begin, i))
                    begin = i + 1
            spans.append(found)
        right, gold, given = right + len(spans[0] & spans[1]), gold + len(spans[0]), given + len(spans[1])
    return 200 * right / (gold + given)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("train", nargs="+")
    parser.add_argument("--try", dest="dev", nargs="*", default=[])
    parser.add_argument("-o", "--output")
    parser.add_argument("--epochs", type=int, default=8)
    args = parser.parse_args()
    weights = learn(args.train, args.epochs)
    print(len(weights), "weights")
    for path in args.dev:
        print(f"{path}: sentences F1 {score(path, weights):.2f} on gold tokens")
    if args.output:
        with open(args.output, "w", encoding="utf-8") as out:
            out.write("// Weights of the sentence model: feature, weight. Made by training/train_sentences.py; do not edit.\n")
            for name, weight in sorted(weights.items()):
                quoted = name.replace("\\", "\\\\").replace('"', '\\"')
                out.write(f'{{"{quoted}", {round(100 * weight)}}},\n')


if __name__ == "__main__":
    main()
