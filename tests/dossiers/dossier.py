"""Reads the dossiers, invented situations told by several short reports, with the true history of each plan."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path

HERE = Path(__file__).resolve().parent


@dataclass
class Document:
    id: str
    paper: str
    published: str      # "" where the report bears no date
    title: str
    original: str       # the id of the document that this one reprints; "" if none
    text: str = ""


@dataclass
class Step:
    statuses: list[str]
    dates: list[str]    # alternatives; empty: not judged
    document: str
    quote: str
    said_by: list[str]
    optional: bool


@dataclass
class Plan:
    kinds: list[str]
    parties: list[list[str]]
    places: list[str]
    when: list[str]
    optional: bool
    told: list[str] = field(default_factory=list)
    steps: list[Step] = field(default_factory=list)


@dataclass
class Dossier:
    path: Path
    name: str
    about: str
    documents: list[Document] = field(default_factory=list)
    plans: list[Plan] = field(default_factory=list)


def alternatives(cell: str) -> list[str]:
    """`a|b` is two right answers; `-` is none, or as one of several: leaving it out is right too."""
    return [] if cell == "-" else [part.strip() for part in cell.split("|")]


def read_document(rows: list[list[str]]) -> Document:
    head = rows[0]
    _, name, paper, published, title = head[:5]
    document = Document(name, paper, "" if published == "-" else published, title, head[5] if len(head) > 5 else "")
    document.text = "\n".join("\t".join(row) for row in rows[1:])
    return document


def read_plan(rows: list[list[str]]) -> Plan:
    _, kinds, parties, places, when = rows[0][:5]
    plan = Plan(alternatives(kinds), [alternatives(p) for p in parties.split(";")], alternatives(places), alternatives(when), rows[0][5:] == ["opt"])
    for row in rows[1:]:
        if row[0] == "told":
            plan.told = row[1].split()
        else:
            statuses, dates, document, quote, said_by = row[:5]
            plan.steps.append(Step(statuses.split("|"), alternatives(dates), document, quote, alternatives(said_by), row[5:] == ["opt"]))
    return plan


def read_dossier(path: Path) -> Dossier:
    """One file. Blocks are separated by an empty line; the first cell of a block's first line says what it is."""
    dossier = Dossier(path, "", "")
    for block in re.split(r"\n\n+", path.read_text(encoding="utf-8").strip()):
        rows = [line.split("\t") for line in block.split("\n")]
        kind = rows[0][0]
        if kind == "dossier":
            dossier.name, dossier.about = rows[0][1], rows[1][1]
        elif kind == "document":
            dossier.documents.append(read_document(rows))
        elif kind == "plan":
            dossier.plans.append(read_plan(rows))
        else:
            raise ValueError(f"{path.name}: a block begins with {kind!r}; write dossier, document or plan")
    return dossier


def read_dossiers(folder: Path) -> list[Dossier]:
    """The dossiers of one folder, in the order of their names."""
    return [read_dossier(path) for path in sorted(folder.glob("*.dossier"))]
