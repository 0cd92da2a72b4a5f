"""Writes a checkpoint as the engine's model file: int8 weights, float scales, tables and labels in one safetensors file.

    python training/export.py CHECKPOINT.pt models/en.safetensors --recipes training/recipes/en --data DATA [--card TEXT]

The grammar of the file is docs/model-format.md.
"""

from __future__ import annotations

import argparse
import json
import os
import zlib
from pathlib import Path

import numpy as np
import torch

from corpora import Norp, Sentence, load_source
from lemma_table import make_table
from model import LinkHead, Reader, Shape, TreeHead
from quantize import quantize_bounded, quantize_rows
from wordpiece import MAX_PIECES_A_WORD, MAX_RUN, fold_table

VERSION = 1
ORDER = ["F32", "I32", "I8", "U8"]
NAMES = {np.dtype("float32"): "F32", np.dtype("int32"): "I32", np.dtype("int8"): "I8", np.dtype("uint8"): "U8"}


def load_reader(path: Path) -> tuple[Reader, dict]:
    """The float model of a checkpoint, ready to read, and all else that the checkpoint holds."""
    state = torch.load(path, map_location="cpu", weights_only=False)
    model = Reader(state["heads"], Shape(vocabulary=len(state["vocabulary"])))
    model.load_state_dict(state["model"], strict="known.weight" in state["model"])
    return model.eval(), state


class Writer:
    def __init__(self) -> None:
        self.tensors: dict[str, np.ndarray] = {}

    def floats(self, name: str, value: torch.Tensor) -> None:
        self.tensors[name] = np.ascontiguousarray(value.detach().to(torch.float32).numpy())

    def linear(self, name: str, weight: torch.Tensor, bias: torch.Tensor | None) -> None:
        weight = weight.detach()
        self.tensors[f"{name}.weight"], self.tensors[f"{name}.scale"] = quantize_bounded(weight)
        self.floats(f"{name}.bias", torch.zeros(weight.shape[0]) if bias is None else bias)

    def norm(self, name: str, norm: torch.nn.LayerNorm) -> None:
        self.floats(f"{name}.weight", norm.weight)
        self.floats(f"{name}.bias", norm.bias)

    def save(self, path: Path, metadata: dict[str, str]) -> None:
        names = sorted(self.tensors, key=lambda n: (ORDER.index(NAMES[self.tensors[n].dtype]), n))
        header: dict[str, object] = {}
        data = bytearray()
        for name in names:
            tensor = self.tensors[name]
            begin = len(data)
            data += tensor.tobytes()
            header[name] = {
                "dtype": NAMES[tensor.dtype], "shape": list(tensor.shape), "data_offsets": [begin, len(data)],
            }  # fmt: skip
        header = {"__metadata__": {**metadata, "crc32": f"{zlib.crc32(data):08x}"}, **header}
        text = json.dumps(header, ensure_ascii=True, separators=(",", ":")).encode()
        text += b" " * (-(8 + len(text)) % 64)
        part = path.with_suffix(".part")
        part.write_bytes(len(text).to_bytes(8, "little") + text + data)
        os.replace(part, path)


def write_tables(writer: Writer, vocabulary: list[str]) -> None:
    rows = fold_table()
    ends = np.cumsum([0] + [len(folded) for _, _, folded in rows])
    writer.tensors["fold.code"] = np.array([code for code, _, _ in rows], dtype=np.int32)
    writer.tensors["fold.kind"] = np.array([kind for _, kind, _ in rows], dtype=np.uint8)
    writer.tensors["fold.begin"] = ends.astype(np.int32)
    writer.tensors["fold.into"] = np.array([ord(c) for _, _, folded in rows for c in folded], dtype=np.int32)
    writer.tensors["vocabulary"] = np.frombuffer("\n".join(vocabulary).encode(), dtype=np.uint8).copy()


def write_names(writer: Writer, names: dict[str, int]) -> None:
    order = sorted(names, key=lambda name: name.encode())
    writer.tensors["known.names"] = np.frombuffer("\n".join(order).encode(), dtype=np.uint8).copy()
    writer.tensors["known.marks"] = np.array([names[name] for name in order], dtype=np.uint8)


def write_layers(writer: Writer, model: torch.nn.Module) -> None:
    """The layers of a `Reader` or of a `PairReader`."""
    width = model.shape.width
    scale = torch.ones(3 * width)
    scale[:width] = (width // model.shape.attention_heads) ** -0.5  # the engine's scores need no further division
    for i, layer in enumerate(model.layers):
        name = f"layers.{i}"
        writer.linear(f"{name}.qkv", layer.qkv.weight * scale[:, None], layer.qkv.bias * scale)
        writer.linear(f"{name}.attended", layer.attended.weight, layer.attended.bias)
        writer.norm(f"{name}.attention_norm", layer.attention_norm)
        writer.linear(f"{name}.inner", layer.inner.weight, layer.inner.bias)
        writer.linear(f"{name}.outer", layer.outer.weight, layer.outer.bias)
        writer.norm(f"{name}.output_norm", layer.output_norm)


def write_encoder(writer: Writer, model: Reader, names: dict[str, int]) -> None:
    writer.tensors["words.weight"], writer.tensors["words.scale"] = quantize_rows(model.words.weight.detach())
    writer.floats("positions", model.positions.weight)
    writer.floats("shapes", model.shapes.weight + (model.known.weight[0] if names else 0.0))
    if names:
        write_names(writer, names)
        writer.floats("known.weight", model.known.weight - model.known.weight[0])  # words without a mark add nothing
    writer.norm("input_norm", model.input_norm)
    write_layers(writer, model)


def write_heads(writer: Writer, model: Reader, shipped: list[str]) -> None:
    for key in shipped:
        head, name = model.heads[key], f"heads.{key}"
        writer.floats(f"{name}.mix", head.mix.weights.softmax(0))
        if isinstance(head, TreeHead):
            labels, size = head.label.shape[0], head.label.shape[1]
            writer.linear(f"{name}.project", head.project.weight, head.project.bias)
            writer.linear(f"{name}.arc", head.arc.weight, head.arc.bias)
            # One product gives, for each label, the row that meets the head's vector; then each label's own score.
            pairs = head.label.permute(0, 2, 1).reshape(labels * size, size)
            rows = torch.cat([pairs, head.label_dependent.weight])
            bias = torch.cat([torch.zeros(labels * size), head.label_dependent.bias])
            writer.linear(f"{name}.label", rows, bias)
            writer.linear(f"{name}.label_head", head.label_head.weight, None)
        elif isinstance(head, LinkHead):
            writer.linear(f"{name}.project", head.project.weight, head.project.bias)
            writer.linear(f"{name}.pair", head.pair.weight, head.pair.bias)
        else:
            if head.hidden is not None:
                writer.linear(f"{name}.hidden", head.hidden.weight, head.hidden.bias)
            writer.linear(f"{name}.output", head.output.weight, head.output.bias)


def write_lemmas(writer: Writer, sentences: list[Sentence], scripts: list[str]) -> None:
    table = make_table(sentences, scripts)
    keys = sorted(table)
    writer.tensors["lemmas.keys"] = np.frombuffer("\n".join(keys).encode(), dtype=np.uint8).copy()
    writer.tensors["lemmas.script"] = np.array([table[key] for key in keys], dtype=np.int32)


def load_trees(shared: dict, recipes: Path, data: Path) -> list[Sentence]:
    norp = Norp(recipes / shared["norp"])
    trees = {name: source for name, source in shared["sources"].items() if source["kind"] == "trees"}
    return [s for name, source in trees.items() for s in load_source(name, source | {"names": []}, data, norp)]


def read_lemmas(path: Path) -> dict[str, int]:
    """The lemma table of a model file, for the float reference."""
    data = path.read_bytes()
    length = int.from_bytes(data[:8], "little")
    header = json.loads(data[8 : 8 + length])

    def tensor(name: str) -> bytes:
        begin, end = header[name]["data_offsets"]
        return data[8 + length + begin : 8 + length + end]

    keys = tensor("lemmas.keys").decode().split("\n")
    return dict(zip(keys, np.frombuffer(tensor("lemmas.script"), dtype=np.int32).tolist(), strict=True))


def export(checkpoint: Path, target: Path, recipes: Path, data: Path, card: str) -> None:
    model, state = load_reader(checkpoint)
    writer = Writer()
    write_tables(writer, state["vocabulary"])
    write_lemmas(writer, load_trees(state["shared"], recipes, data), state["heads"]["lemma"]["labels"])
    write_encoder(writer, model, state.get("names", {}))
    shipped = [name for name, recipe in state["heads"].items() if recipe.get("export", True)]
    write_heads(writer, model, shipped)
    for name in shipped:
        if "matrix" in state["heads"][name]:
            writer.floats(f"heads.{name}.moves", torch.tensor(state["heads"][name]["matrix"]))
            writer.floats(f"heads.{name}.begins", torch.tensor(state["heads"][name]["begins"]))
    shape = model.shape
    heads = {}
    for name in shipped:
        head, recipe = model.heads[name], state["heads"][name]
        heads[name] = {"kind": recipe["kind"], "labels": recipe["labels"]}
        if isinstance(head, TreeHead):
            heads[name] |= {"arc": head.sizes[0], "label": head.sizes[2]}
        elif isinstance(head, LinkHead):
            heads[name] |= {"size": head.size}
        elif head.hidden is not None:
            heads[name] |= {"hidden": head.hidden.out_features}
    described = {
        "width": shape.width, "layers": shape.layers, "attention_heads": shape.attention_heads, "inner": shape.inner,
        "positions": shape.positions, "vocabulary": shape.vocabulary, "pieces_a_word": MAX_PIECES_A_WORD,
        "longest_run": MAX_RUN,
    }  # fmt: skip
    metadata = {
        "format": "polybius-encoder",
        "version": str(VERSION),
        "language": "en",
        "shape": json.dumps(described, separators=(",", ":")),
        "heads": json.dumps(heads, separators=(",", ":"), ensure_ascii=False),
        "card": card,
        "scores": json.dumps(state["scores"][-1]),
    }
    writer.save(target, metadata)
    print(f"{target}: {target.stat().st_size / 2**20:.1f} MiB, epoch {state['epoch']}, {state['scores'][-1]}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("checkpoint", type=Path)
    parser.add_argument("target", type=Path)
    parser.add_argument("--recipes", type=Path, required=True)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--card", default="see models/README.md")
    args = parser.parse_args()
    export(args.checkpoint, args.target, args.recipes, args.data, args.card)


if __name__ == "__main__":
    main()
