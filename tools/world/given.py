# Builds data/en/given_names: usual gender of given names, from the US census of 1990 (public domain).
import pathlib

from . import tables

RARE = 0.004  # percent of people; rarer names are left out
SURE = 8.0    # how many times more usual the name must be for one gender


def read_shares(path):
    return {line.split()[0].title(): float(line.split()[1]) for line in path.read_text(encoding="ascii").splitlines()}


def build_given_names(facts, hand, out):
    import names
    folder = pathlib.Path(names.__file__).parent
    male, female = read_shares(folder / "dist.male.first"), read_shares(folder / "dist.female.first")
    own = {row["name"] for _, row in tables.read_table(out / "en" / "given_names_own.tsv")[2]}
    rows = []
    for name in sorted((set(male) | set(female)) - own):
        more, less = sorted((male.get(name, 0.0), female.get(name, 0.0)), reverse=True)
        if more >= RARE and more >= SURE * less:
            rows.append({"name": name, "gender": "m" if male.get(name, 0.0) > female.get(name, 0.0) else "f"})
    tables.write_table(out / "en" / "given_names.tsv", "given_names", ["name", "gender"], rows,
                       "US census 1990; built by tools/make_world.py: write further names into given_names_own.tsv")
