"""The encoder with its heads in float: what is trained, and the reference that the int8 engine is held to."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import torch
import torch.nn.functional as F
from safetensors.torch import load_file
from torch import Tensor, nn

from known_names import MARKS
from wordpiece import MAX_SUBWORDS, SHAPE_NAMES, SPECIAL_SHAPE


@dataclass
class Shape:
    vocabulary: int = 30522
    width: int = 384
    layers: int = 6
    attention_heads: int = 12
    inner: int = 1536
    positions: int = MAX_SUBWORDS


@dataclass
class Batch:
    """Sentences padded to one length; `firsts` [sentence, word + 1] with [CLS] as word 0, the root."""

    ids: Tensor
    shapes: Tensor
    subword_mask: Tensor
    firsts: Tensor
    word_mask: Tensor  # real words and the root
    labels: dict[str, Tensor]  # [sentence, word + 1]; UNKNOWN at the root and at padding
    links: dict[str, tuple[Tensor, Tensor, Tensor]] = field(default_factory=dict)  # sentence and node of each row; gold

    def to(self, device: torch.device) -> None:
        for name in ("ids", "shapes", "subword_mask", "firsts", "word_mask"):
            setattr(self, name, getattr(self, name).to(device))
        self.labels = {name: value.to(device) for name, value in self.labels.items()}
        self.links = {name: tuple(part.to(device) for part in parts) for name, parts in self.links.items()}


class Layer(nn.Module):
    def __init__(self, shape: Shape, dropout: float) -> None:
        super().__init__()
        self.attention_heads = shape.attention_heads
        self.dropout = dropout
        self.qkv = nn.Linear(shape.width, 3 * shape.width)
        self.attended = nn.Linear(shape.width, shape.width)
        self.attention_norm = nn.LayerNorm(shape.width, eps=1e-12)
        self.inner = nn.Linear(shape.width, shape.inner)
        self.outer = nn.Linear(shape.inner, shape.width)
        self.output_norm = nn.LayerNorm(shape.width, eps=1e-12)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        rows, length, width = x.shape
        q, k, v = self.qkv(x).view(rows, length, 3, self.attention_heads, -1).permute(2, 0, 3, 1, 4)
        p = self.dropout if self.training else 0.0
        scores = (q @ k.transpose(-1, -2)) * (q.shape[-1] ** -0.5) + mask
        heard = scores.softmax(-1) @ v
        heard = self.attended(heard.transpose(1, 2).reshape(rows, length, width))
        x = self.attention_norm(x + F.dropout(heard, p, self.training))
        inner = self.outer(F.gelu(self.inner(x)))
        return self.output_norm(x + F.dropout(inner, p, self.training))


class LayerMix(nn.Module):
    """A softmax-weighted mean of the layers' outputs: each head reads at its own depth."""

    def __init__(self, layers: int) -> None:
        super().__init__()
        self.weights = nn.Parameter(torch.linspace(-1.0, 1.0, layers))

    def forward(self, states: Tensor) -> Tensor:
        return torch.einsum("l,lbwd->bwd", self.weights.softmax(0), states)


class ClassHead(nn.Module):
    """One label a word from a list."""

    def __init__(self, shape: Shape, classes: int, hidden: int, dropout: float) -> None:
        super().__init__()
        self.mix = LayerMix(shape.layers)
        self.dropout = nn.Dropout(dropout)
        self.hidden = nn.Linear(shape.width, hidden) if hidden else None
        self.output = nn.Linear(hidden or shape.width, classes)

    def forward(self, states: Tensor) -> Tensor:
        x = self.dropout(self.mix(states))
        if self.hidden is not None:
            x = self.dropout(F.leaky_relu(self.hidden(x), 0.1))
        return self.output(x)


class TreeHead(nn.Module):
    """Biaffine arcs and labels (Dozat and Manning 2017); the root is word 0."""

    def __init__(self, shape: Shape, labels: int, arc: int, label: int, dropout: float) -> None:
        super().__init__()
        self.mix = LayerMix(shape.layers)
        self.dropout = nn.Dropout(dropout)
        self.sizes = [arc, arc, label, label]
        self.project = nn.Linear(shape.width, sum(self.sizes))  # arc dependent, arc head, label dependent, label head
        self.arc = nn.Linear(arc, arc)  # the bias of its output scores each head by itself
        self.label = nn.Parameter(torch.zeros(labels, label, label))
        self.label_dependent = nn.Linear(label, labels)
        self.label_head = nn.Linear(label, labels, bias=False)
        nn.init.normal_(self.label, std=label**-0.5 * 0.5)

    def parts(self, states: Tensor) -> list[Tensor]:
        x = F.leaky_relu(self.project(self.dropout(self.mix(states))), 0.1)
        return [self.dropout(part) for part in x.split(self.sizes, -1)]

    def arc_scores(self, dependent: Tensor, head: Tensor) -> Tensor:
        return self.arc(dependent) @ head.transpose(-1, -2)

    def label_scores(self, dependent: Tensor, head: Tensor, heads: Tensor) -> Tensor:
        chosen = head.gather(1, heads.clamp(min=0).unsqueeze(-1).expand(-1, -1, head.shape[-1]))
        mixed = torch.einsum("bwi,lij->bwlj", dependent, self.label)
        scores = torch.einsum("bwlj,bwj->bwl", mixed, chosen)
        return scores + self.label_dependent(dependent) + self.label_head(chosen)


class LinkHead(nn.Module):
    """From some words (cues, triggers) to words of their sentence: whether these have a role there; several may have."""

    def __init__(self, shape: Shape, labels: int, size: int, dropout: float) -> None:
        super().__init__()
        self.mix = LayerMix(shape.layers)
        self.dropout = nn.Dropout(dropout)
        self.size, self.labels = size, labels
        self.project = nn.Linear(shape.width, 2 * size)  # as the word that links, as the word linked to
        self.pair = nn.Linear(size, labels * (size + 1))
        with torch.no_grad():
            self.pair.bias[labels * size :] = -2.0  # few words have a role

    def forward(self, states: Tensor, sentence: Tensor, node: Tensor) -> Tensor:
        """[row, node, label] for the words at `node` of `sentence`."""
        x = F.leaky_relu(self.project(self.dropout(self.mix(states))), 0.1)
        linking, linked = self.dropout(x).split([self.size, self.size], -1)
        pair = self.pair(linking[sentence, node])
        asked = pair[:, : self.labels * self.size].view(-1, self.labels, self.size)
        scores = torch.einsum("rls,rws->rwl", asked, linked[sentence])
        return scores + pair[:, None, self.labels * self.size :]

    def loss(self, scores: Tensor, gold: Tensor, words: Tensor) -> Tensor:
        """A row's mean over its words and labels, words with a role as heavy as the others together at most."""
        each = F.binary_cross_entropy_with_logits(scores, gold, reduction="none") * words[:, :, None]
        return each.sum() / (gold.sum() + 1.0 + 0.1 * words.sum())


class Reader(nn.Module):
    """`heads`: name to the recipe's table with `labels` filled in; a head of kind "tree" gives arcs and labels."""

    def __init__(self, heads: dict[str, dict], shape: Shape, dropout: float = 0.1, frozen: int = 0) -> None:
        super().__init__()
        self.frozen = frozen  # layers at the bottom that stay as they are
        self.label_weights = {
            name: torch.tensor([head.get("weight_of", {}).get(label, 1.0) for label in head["labels"]])
            for name, head in heads.items()
            if "weight_of" in head
        }
        self.shape, self.kinds, self.dropout = shape, {k: h["kind"] for k, h in heads.items()}, dropout
        self.words = nn.Embedding(shape.vocabulary, shape.width)
        self.words.weight.requires_grad_(False)  # as in the base: a tenth of the time saved, and rare words keep their place
        self.positions = nn.Embedding(shape.positions, shape.width)
        self.shapes = nn.Embedding(len(SHAPE_NAMES), shape.width)
        self.known = nn.Embedding(MARKS, shape.width)  # what is known of names
        nn.init.zeros_(self.known.weight)
        self.input_norm = nn.LayerNorm(shape.width, eps=1e-12)
        self.layers = nn.ModuleList(Layer(shape, dropout) for _ in range(shape.layers))
        self.heads = nn.ModuleDict()
        for name, head in heads.items():
            if head["kind"] == "tree":
                made = TreeHead(shape, len(head["labels"]), head["arc"], head["label"], head["dropout"])
            elif head["kind"] == "links":
                made = LinkHead(shape, len(head["labels"]), head["size"], head["dropout"])
            else:
                made = ClassHead(shape, len(head["labels"]), head.get("hidden", 0), head["dropout"])
            self.heads[name] = made

    def states(self, batch: Batch) -> Tensor:
        """[layer, sentence, word + 1, width]: each layer's output at the words' first subwords."""
        places = torch.arange(batch.ids.shape[1], device=batch.ids.device)
        kinds = len(SHAPE_NAMES)
        x = self.words(batch.ids) + self.positions(places) + self.shapes(batch.shapes % kinds)
        x = x + self.known(batch.shapes.div(kinds, rounding_mode="floor"))
        x = F.dropout(self.input_norm(x), self.dropout, self.training)
        mask = (~batch.subword_mask)[:, None, None, :] * -1e9
        index = batch.firsts.unsqueeze(-1).expand(-1, -1, self.shape.width)
        states = []
        for depth, layer in enumerate(self.layers):
            x = layer(x, mask)
            if depth < self.frozen:
                x = x.detach()
            states.append(x.gather(1, index))
        return torch.stack(states)

    def loss(self, batch: Batch, weights: dict[str, float], smoothing: float = 0.0) -> dict[str, Tensor]:
        states = self.states(batch)
        losses = {}
        for name, head in self.heads.items():
            if isinstance(head, LinkHead):
                if name in batch.links:
                    sentence, node, wanted = batch.links[name]
                    words = batch.word_mask[sentence].float()
                    words[:, 0] = 0.0
                    losses[name] = weights[name] * head.loss(head(states, sentence, node), wanted, words)
                continue
            gold = batch.labels[name]
            if not bool((gold >= 0).any()):
                continue
            if isinstance(head, TreeHead):
                heads = batch.labels["head"]
                arc_dep, arc_head, label_dep, label_head = head.parts(states)
                arcs = head.arc_scores(arc_dep, arc_head).masked_fill(~batch.word_mask[:, None, :], -1e9)
                losses["arc"] = weights[name] * F.cross_entropy(arcs.flatten(0, 1), heads.flatten(), ignore_index=-100)
                scores = head.label_scores(label_dep, label_head, heads)
            else:
                scores = head(states)
            by_label = self.label_weights[name].to(scores.device) if name in self.label_weights else None
            losses[name] = weights[name] * F.cross_entropy(
                scores.flatten(0, 1), gold.flatten(), by_label, ignore_index=-100, label_smoothing=smoothing
            )
        return losses

    @torch.no_grad()
    def scores(self, batch: Batch) -> dict[str, Tensor]:
        """Scores of every head; `arc` [sentence, word + 1, head]; labels for the best head, gold trees aside."""
        states = self.states(batch)
        found = {}
        for name, head in self.heads.items():
            if isinstance(head, LinkHead):
                rows, nodes = batch.firsts.shape
                places = torch.arange(rows * nodes, device=batch.firsts.device)
                scores = head(states, places // nodes, places % nodes)
                found[name] = scores.view(rows, nodes, nodes, -1)
            elif isinstance(head, TreeHead):
                arc_dep, arc_head, label_dep, label_head = head.parts(states)
                arcs = head.arc_scores(arc_dep, arc_head).masked_fill(~batch.word_mask[:, None, :], -1e9)
                itself = torch.eye(arcs.shape[1], dtype=torch.bool, device=arcs.device)
                arcs = arcs.masked_fill(itself, -1e9)
                found["arc"] = arcs
                found["label_parts"] = torch.cat([label_dep, label_head], -1)
                found[name] = head.label_scores(label_dep, label_head, arcs.argmax(-1))
            else:
                found[name] = head(states)
        return found


def load_base(model: Reader, path: Path) -> None:
    """Takes the weights of a BERT checkpoint; segment 0 is folded into the positions, shapes start at zero."""
    base = load_file(path)
    with torch.no_grad():
        model.words.weight.copy_(base["embeddings.word_embeddings.weight"])
        segment = base["embeddings.token_type_embeddings.weight"][0]
        model.positions.weight.copy_(base["embeddings.position_embeddings.weight"][: model.shape.positions] + segment)
        model.shapes.weight.zero_()
        model.input_norm.weight.copy_(base["embeddings.LayerNorm.weight"])
        model.input_norm.bias.copy_(base["embeddings.LayerNorm.bias"])
        for i, layer in enumerate(model.layers):
            prefix = f"encoder.layer.{i}."
            for kind in ("weight", "bias"):
                parts = [base[f"{prefix}attention.self.{part}.{kind}"] for part in ("query", "key", "value")]
                getattr(layer.qkv, kind).copy_(torch.cat(parts))
                getattr(layer.attended, kind).copy_(base[f"{prefix}attention.output.dense.{kind}"])
                getattr(layer.attention_norm, kind).copy_(base[f"{prefix}attention.output.LayerNorm.{kind}"])
                getattr(layer.inner, kind).copy_(base[f"{prefix}intermediate.dense.{kind}"])
                getattr(layer.outer, kind).copy_(base[f"{prefix}output.dense.{kind}"])
                getattr(layer.output_norm, kind).copy_(base[f"{prefix}output.LayerNorm.{kind}"])


def encode_batch(sentences: list[tuple[list[int], list[int], list[int]]]) -> Batch:
    """Pads subwords; labels are left empty."""
    rows = len(sentences)
    length = max(len(ids) for ids, _, _ in sentences)
    words = max(len(firsts) for _, _, firsts in sentences) + 1
    ids = torch.zeros(rows, length, dtype=torch.long)
    shapes = torch.full((rows, length), SPECIAL_SHAPE, dtype=torch.long)
    subword_mask = torch.zeros(rows, length, dtype=torch.bool)
    firsts = torch.zeros(rows, words, dtype=torch.long)
    word_mask = torch.zeros(rows, words, dtype=torch.bool)
    for row, (row_ids, row_shapes, row_firsts) in enumerate(sentences):
        ids[row, : len(row_ids)] = torch.tensor(row_ids)
        shapes[row, : len(row_ids)] = torch.tensor(row_shapes)
        subword_mask[row, : len(row_ids)] = True
        firsts[row, 1 : len(row_firsts) + 1] = torch.tensor(row_firsts)
        word_mask[row, : len(row_firsts) + 1] = True
    return Batch(ids, shapes, subword_mask, firsts, word_mask, {})
