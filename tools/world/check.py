# Checks that every row of the tables fits data/schema.tsv, and that roles name existing persons, offices and organizations.
import pathlib
import re
import sys

from . import tables

FORMS = {"iso3": r"[A-Z]{3}", "code": r"[A-Z0-9]{2,15}", "qid": r"Q[1-9][0-9]*", "number": r"-?[0-9]+", "float": r"-?[0-9]+(\.[0-9]+)?",
         "date": r"[12][0-9]{3}(-[01][0-9](-[0-3][0-9])?)?", "id": r"[a-z][a-z0-9_]*"}
FREE = {"text", "list", "sentence", "pattern", "slots", "governs", "plover_type", "plover_mode", "plover_contexts", "cameo_code", "status",
        "status_or_same", "plan_status"}
KEYS = {"countries": ["iso3"], "places": ["geonames", "name"], "persons": ["name"], "organizations": ["name"], "offices": ["office"], "given_names": ["name"]}


def read_schema(path):
    schema = {}
    for row in tables.read_facts(path):
        schema.setdefault(row["table"], {})[row["column"]] = (row["required"] == "yes", row["values"])
    return schema


def cell_faults(column, value, required, values):
    """What is wrong with one cell, as messages."""
    if value == "":
        return [f"{column} is missing"] if required else []
    if value != value.strip() or "  " in value:
        return [f"{column}: blanks too many in \"{value}\""]
    if value == "-" or values in FREE:
        parts = value.split("|") if values == "list" else []
        return [f"{column}: empty or repeated item in \"{value}\""] if len(set(parts)) != len(parts) or "" in parts else []
    if values in FORMS:
        return [] if re.fullmatch(FORMS[values], value) else [f"{column}: \"{value}\" is no {values}"]
    return [] if value in values.split(",") else [f"{column}: \"{value}\" is none of {values}"]


def check_file(path, schema, seen):
    name, columns, rows = tables.read_table(path)
    if name is None or name == "schema":
        return []
    if name not in schema:
        return [(1, f"unknown table \"{name}\"")]
    faults = [(2, f"unknown column \"{column}\"") for column in columns if column not in schema[name]]
    keys = set()
    for number, row in rows:
        if row["_cells"] > len(columns):
            faults.append((number, "more cells than columns"))
        for column, (required, values) in schema[name].items():
            faults += [(number, fault) for fault in cell_faults(column, row.get(column, ""), required, values)]
        key = tuple(row.get(column, "") for column in KEYS.get(name, []))
        if key and key in keys:
            faults.append((number, f"a second row of {key}"))
        keys.add(key)
        seen.setdefault(name, []).append((path, number, row))
    return faults


def reference_faults(seen):
    """Roles must name persons, offices and organizations that exist, countries must exist, and dates be in order."""
    names = {table: {row[column] for _, _, row in seen.get(table, [])}
             for table, column in (("persons", "name"), ("offices", "office"), ("organizations", "name"), ("countries", "iso3"))}
    for table in ("roles", "organizations", "places"):
        for path, number, row in seen.get(table, []):
            if row.get("iso3", "-") not in names["countries"] | {"", "-"}:
                yield path, number, f"no country {row['iso3']}"
            if row.get("until") and row.get("since", "") > row["until"]:
                yield path, number, "until is before since"
            if table == "roles":
                for column, target in (("person", "persons"), ("office", "offices"), ("organization", "organizations")):
                    if row.get(column) and row[column] not in names[target]:
                        yield path, number, f"no {column} \"{row[column]}\""


def check_tables(folder, schema_path):
    schema, seen, count = read_schema(schema_path), {}, 0
    paths = sorted(pathlib.Path(folder).rglob("*.tsv"))
    messages = [(path, number, fault) for path in paths for number, fault in check_file(path, schema, seen)]
    messages += list(reference_faults(seen))
    for path, number, fault in messages:
        print(f"{path}:{number}: {fault}", file=sys.stderr)
        count += 1
    for name in sorted(seen):
        print(f"{name}\t{len(seen[name])}")
    return 1 if count else 0
