# Reads and writes the tab-separated tables of Polybius and of the reference facts.
import csv
import pathlib


def read_facts(path):
    """Rows of a headed tab-separated file of facts as dicts; lines that start with '#' are skipped."""
    with open(path, encoding="utf-8") as file:
        lines = [line.rstrip("\n") for line in file if not line.startswith("#") and line.strip()]
    head = lines[0].split("\t")
    return [dict(zip(head, line.split("\t") + [""] * len(head))) for line in lines[1:]]


def read_csv(path):
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def read_table(path):
    """Name, columns and rows of one of our tables; rows are (line number, dict)."""
    name, columns, rows = None, None, []
    for number, line in enumerate(pathlib.Path(path).read_text(encoding="utf-8").split("\n"), 1):
        if line.startswith("# table:") and name is None:
            name = line.split(":", 1)[1].strip()
        elif not line.strip() or line.startswith("#"):
            continue
        elif columns is None:
            columns = line.split("\t")
        else:
            cells = line.split("\t")
            rows.append((number, dict(zip(columns, cells + [""] * (len(columns) - len(cells))), _cells=len(cells))))
    return name, columns or [], rows


def write_table(path, name, columns, rows, remark):
    """Writes a table; empty cells at the end of a row are left out."""
    path = pathlib.Path(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    with open(path, "w", encoding="utf-8", newline="\n") as file:
        file.write(f"# table: {name}\n" + "\t".join(columns) + f"\n# {remark}\n")
        for row in rows:
            file.write("\t".join(str(row.get(column, "")) for column in columns).rstrip("\t") + "\n")


def unique_list(values):
    """The values in order, each once, joined for a cell."""
    return "|".join(dict.fromkeys(value for value in values if value))
