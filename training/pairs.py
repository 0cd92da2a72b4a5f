"""The pair reader in float: which event a marked actor directs at a marked recipient. Its words are the encoder's."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from model import Layer, Reader
from wordpiece import MAX_SUBWORDS, SPECIAL_SHAPE, WordPiece

LAYERS = 5
BARE = 1  # of them, before the roles are added; with the embeddings below them they stay as the encoder's were
ACTOR, RECIPIENT = 1, 2
BLANKS = " \t\n\r\f\v"


@dataclass
class Marked:
    """A text's subwords with each one's role, and the rows of the first subwords of actor and recipient (0: none)."""

    ids: list[int]
    shapes: list[int]
    roles: list[int]
    actor: int
    recipient: int
    spans: list[tuple[int, int]]  # code points of the word that each subword is of


def words_between(text: str, cuts: list[int]) -> list[tuple[int, int]]:
    """Runs without blanks, cut where a marked span begins or ends."""
    found, begin = [], -1
    for i in range(len(text) + 1):
        blank = i == len(text) or text[i] in BLANKS
        if begin >= 0 and (blank or i in cuts):
            found.append((begin, i))
            begin = -1
        if not blank and begin < 0:
            begin = i
    return found


def mark(pieces: WordPiece, text: str, actor: tuple[int, int] | None, recipient: tuple[int, int] | None) -> Marked:
    """What the model reads; of a long text the window in whose middle the marked places stand."""
    ids, shapes, roles, spans = [], [], [], []
    first = {ACTOR: -1, RECIPIENT: -1}
    for begin, end in words_between(text, [p for span in (actor, recipient) if span for p in span]):
        role = 0
        for kind, span in ((RECIPIENT, recipient), (ACTOR, actor)):
            if span and span[0] <= begin and end <= span[1]:
                role = kind
        word = pieces.pieces_of(text[begin:end])
        if role and first[role] < 0:
            first[role] = len(ids)
        ids += word.ids
        shapes += word.shapes
        roles += [role] * len(word.ids)
        spans += [(begin, end)] * len(word.ids)
    most = MAX_SUBWORDS - 2
    places = [i for i, role in enumerate(roles) if role]
    middle = (places[0] + places[-1]) // 2 if places else 0
    start = max(0, min(middle - most // 2, len(ids) - most))
    window = slice(start, start + most)
    at = {kind: place - start + 1 if 0 <= place - start < most else 0 for kind, place in first.items() if place >= 0}
    return Marked(
        [pieces.begin, *ids[window], pieces.end], [SPECIAL_SHAPE, *shapes[window], SPECIAL_SHAPE], [0, *roles[window], 0],
        at.get(ACTOR, 0), at.get(RECIPIENT, 0), [(0, 0), *spans[window], (0, 0)],
    )  # fmt: skip


class PairReader(nn.Module):
    """States of [CLS], actor, recipient and of the words that tell of the act (an attention) to type, mode and status."""

    def __init__(self, base: Reader, labels: dict[str, list[str]], inner: int, hidden: int = 384, dropout: float = 0.1) -> None:
        super().__init__()
        self.labels, self.shape, self.drop = labels, base.shape, dropout
        width = base.shape.width
        self.words, self.positions, self.shapes, self.input_norm = base.words, base.positions, base.shapes, base.input_norm
        self.layers = nn.ModuleList(Layer(replace(base.shape, inner=inner), dropout) for _ in range(LAYERS))
        if inner == base.shape.inner:
            for layer, source in zip(self.layers, base.layers, strict=False):
                layer.load_state_dict(source.state_dict())
        for module in (self.words, self.positions, self.shapes, self.input_norm, self.layers[:BARE]):
            module.requires_grad_(False)
        self.roles = nn.Parameter(torch.randn(2, width) * 0.1)  # added at the actor's and the recipient's subwords
        self.absent = nn.Parameter(torch.zeros(2, width))
        self.act = nn.Linear(width, 1)  # how much a subword tells of the act
        self.hidden = nn.Linear(4 * width, hidden)
        self.outputs = nn.ModuleDict({f"{name}s": nn.Linear(hidden, len(names)) for name, names in labels.items()})

    def lower(self, rows: list[Marked], layers: int = BARE) -> Tensor:
        """States that the lower layers leave; the roles are added to what the bare ones do."""
        length = max(len(row.ids) for row in rows)
        pad = lambda values, fill: torch.tensor([v + [fill] * (length - len(v)) for v in values])
        roles, mask = pad([row.roles for row in rows], 0), mask_of(rows)
        with torch.no_grad():
            x = self.words(pad([row.ids for row in rows], 0)) + self.positions(torch.arange(length))
            x = self.input_norm(x + self.shapes(pad([row.shapes for row in rows], SPECIAL_SHAPE)))
            for layer in self.layers[:BARE]:
                layer.eval()
                x = layer(x, mask)
        x = F.dropout(x, self.drop, self.training)
        x = x + (roles == ACTOR)[..., None] * self.roles[0] + (roles == RECIPIENT)[..., None] * self.roles[1]
        for layer in self.layers[BARE:layers]:
            x = layer(x, mask)
        return x

    def upper(self, x: Tensor, rows: list[Marked], layers: int = BARE) -> tuple[dict[str, Tensor], Tensor]:
        """Scores of each head, and each subword's log-share of the attention."""
        mask = mask_of(rows)
        for layer in self.layers[layers:]:
            x = layer(x, mask)
        shares = (self.act(x).squeeze(-1) + mask[:, 0, 0]).log_softmax(-1)
        told = torch.einsum("bs,bsw->bw", shares.exp(), x)
        at = torch.arange(len(rows))
        parts = [x[:, 0]]
        for side, places in enumerate(([row.actor for row in rows], [row.recipient for row in rows])):
            place = torch.tensor(places)
            parts.append(torch.where((place > 0)[:, None], x[at, place], self.absent[side]))
        parts.append(told)
        hidden = F.leaky_relu(self.hidden(F.dropout(torch.cat(parts, -1), self.drop, self.training)), 0.1)
        hidden = F.dropout(hidden, self.drop, self.training)
        return {name: self.outputs[f"{name}s"](hidden) for name in self.labels}, shares

    def forward(self, rows: list[Marked]) -> tuple[dict[str, Tensor], Tensor]:
        return self.upper(self.lower(rows), rows)


def load_pairs(base: Reader, path: Path) -> PairReader:
    state = torch.load(path, map_location="cpu", weights_only=False)
    model = PairReader(base, state["labels"], state["model"]["layers.0.inner.bias"].shape[0])
    model.load_state_dict(state["model"])
    return model.eval()


def mask_of(rows: list[Marked]) -> Tensor:
    length = max(len(row.ids) for row in rows)
    return torch.tensor([[0.0] * len(row.ids) + [-1e9] * (length - len(row.ids)) for row in rows])[:, None, None, :]
