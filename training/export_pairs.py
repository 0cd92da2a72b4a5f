"""Writes a checkpoint of the pair reader as the engine's model file; its words stay in the encoder's file.

    python training/export_pairs.py out/pairs.pt models/relate.safetensors --encoder CHECKPOINT.pt --below models/en.safetensors \
        [--temperature T] [--scores TEXT]

The grammar of the file is docs/model-format.md. The encoder's tensors that the weights need, words and
vocabulary, are checked by their sum. The
temperature, which makes shares what they say, goes into the weights of the types.
"""

from __future__ import annotations

import argparse
import json
import zlib
from pathlib import Path

import torch

from export import VERSION, Writer, load_reader, write_layers
from pairs import PairReader, load_pairs
from wordpiece import MAX_PIECES_A_WORD, MAX_RUN


NEEDED = ("words.weight", "words.scale", "vocabulary")


def checksum_needed(path: Path) -> str:
    data = path.read_bytes()
    length = int.from_bytes(data[:8], "little")
    header, total = json.loads(data[8 : 8 + length]), 0
    for name in NEEDED:
        begin, end = header[name]["data_offsets"]
        total = zlib.crc32(data[8 + length + begin : 8 + length + end], total)
    return f"{total:08x}"


def write_pairs(writer: Writer, model: PairReader, temperature: float) -> None:
    writer.floats("positions", model.positions.weight)
    writer.floats("shapes", model.shapes.weight)
    writer.norm("input_norm", model.input_norm)
    writer.floats("roles", model.roles)
    writer.floats("absent", model.absent)
    writer.floats("act", model.act.weight[0])
    write_layers(writer, model)
    writer.linear("hidden", model.hidden.weight, model.hidden.bias)
    for name in model.labels:
        output = model.outputs[f"{name}s"]
        warmth = temperature if name == "type" else 1.0
        writer.linear(f"heads.{name}.output", output.weight / warmth, output.bias / warmth)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("target", type=Path)
    parser.add_argument("--encoder", type=Path, required=True)
    parser.add_argument("--below", type=Path, required=True)
    parser.add_argument("--temperature", type=float, default=1.0)
    parser.add_argument("--scores", default="see models/README.md")
    args = parser.parse_args()
    model = load_pairs(load_reader(args.encoder)[0], args.checkpoint)
    writer = Writer()
    write_pairs(writer, model, args.temperature)
    shape = model.shape
    described = {
        "width": shape.width, "layers": len(model.layers), "attention_heads": shape.attention_heads, "inner": model.layers[0].inner.out_features,
        "positions": shape.positions, "vocabulary": shape.vocabulary, "pieces_a_word": MAX_PIECES_A_WORD, "longest_run": MAX_RUN,
    }  # fmt: skip
    heads = {n: {"kind": "classes", "labels": labels, "hidden": model.hidden.out_features} for n, labels in model.labels.items()}
    compact = lambda value: json.dumps(value, separators=(",", ":"))
    writer.save(args.target, {
        "format": "polybius-pairs", "version": str(VERSION), "language": "en", "shape": compact(described), "heads": compact(heads),
        "needs": checksum_needed(args.below), "card": "see models/README.md", "scores": args.scores,
    })  # fmt: skip
    print(f"{args.target}: {args.target.stat().st_size / 2**20:.2f} MiB")


if __name__ == "__main__":
    main()
