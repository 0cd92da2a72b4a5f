# Builds persons and their dated offices from the reference facts, for whoever the handwritten tables do not yet name.
import html
import json
import re
import unicodedata

from . import tables

PERSON_COLUMNS = ["name", "aliases", "wikidata", "gender", "born"]
ROLE_COLUMNS = ["person", "office", "iso3", "organization", "title", "since", "until"]
STATES = dict(line.split(" ", 1) for line in """AL Alabama
AK Alaska
AZ Arizona
AR Arkansas
CA California
CO Colorado
CT Connecticut
DE Delaware
FL Florida
GA Georgia
HI Hawaii
ID Idaho
IL Illinois
IN Indiana
IA Iowa
KS Kansas
KY Kentucky
LA Louisiana
ME Maine
MD Maryland
MA Massachusetts
MI Michigan
MN Minnesota
MS Mississippi
MO Missouri
MT Montana
NE Nebraska
NV Nevada
NH New Hampshire
NJ New Jersey
NM New Mexico
NY New York
NC North Carolina
ND North Dakota
OH Ohio
OK Oklahoma
OR Oregon
PA Pennsylvania
RI Rhode Island
SC South Carolina
SD South Dakota
TN Tennessee
TX Texas
UT Utah
VT Vermont
VA Virginia
WA Washington
WV West Virginia
WI Wisconsin
WY Wyoming""".splitlines())
MONTHS = {name: number for number, name in enumerate("January February March April May June July August September October November December".split(), 1)}
# the words before a name in the Factbook, and the office that they mean
OFFICES = {"President": "president", "Prime Minister": "prime_minister", "Chancellor": "chancellor", "King": "king"}
ARTICLE = {"USA", "GBR", "NLD", "PHL", "MDV", "BHS", "GMB", "COM", "SYC", "SLB", "MHL", "CZE", "DOM", "CAF", "COD", "COG", "ARE"}


def fold(text):
    plain = unicodedata.normalize("NFKD", text.replace("ł", "l").replace("ø", "o").replace("đ", "d"))
    return re.sub(r"[^a-z ]", "", "".join(c for c in plain if not unicodedata.combining(c)).lower().replace("-", " ")).strip()


class Known:
    """Who is written by hand: by name, by Wikidata id, and by a word of the name within a country."""

    def __init__(self, out):
        self.names, self.ids, self.words, self.roles = {}, {}, {}, set()
        forms = {}
        for path in (out / "world" / "persons").glob("own*.tsv"):
            for _, row in tables.read_table(path)[2]:
                forms[row["name"]] = [row["name"], *filter(None, row["aliases"].split("|"))]
                for form in forms[row["name"]]:
                    if " " in form:
                        self.names.setdefault(fold(form), row["name"])
                if row["wikidata"]:
                    self.ids[row["wikidata"]] = row["name"]
        for path in (out / "world" / "roles").glob("own*.tsv"):
            for _, row in tables.read_table(path)[2]:
                self.roles.add((row["person"], row["office"]))
                for form in forms.get(row["person"], []):
                    for word in fold(form).split():
                        if len(word) > 2:
                            self.words.setdefault((row["iso3"], word), row["person"])

    def find(self, name, wikidata, iso3):
        """The handwritten person, where the name, the id or a long word of the name in that country agrees."""
        shared = [self.words[(iso3, word)] for word in fold(name).split() if (iso3, word) in self.words]
        return self.ids.get(wikidata) or self.names.get(fold(name)) or (shared[0] if shared else None)


def common_name(name):
    """The name by which news calls a member of Congress."""
    first = name.get("nickname") or name["first"]
    if re.fullmatch(r"[A-Z]\.", first) and name.get("middle"):
        first = name["middle"]
    suffix = f" {name['suffix']}" if name.get("suffix") and name["suffix"] != "II" else ""
    return f"{first} {name['last']}{suffix}"


def chamber_spans(terms):
    """(kind, state, since, until) of unbroken membership; until is empty for who still sits."""
    spans = []
    for term in terms:
        if spans and spans[-1][0] == term["type"] and spans[-1][1] == term["state"] and term["start"][:4] in (spans[-1][3][:4], str(int(spans[-1][3][:4]) + 1)):
            spans[-1][3] = term["end"]
        else:
            spans.append([term["type"], term["state"], term["start"], term["end"]])
    return [(kind, state, since, "" if until >= "2026-06" else until) for kind, state, since, until in spans]


def build_congress(facts, known):
    persons, roles, used = [], [], set()
    for line in (facts / "actors" / "us_legislators_2026.jsonl").read_text(encoding="utf-8").splitlines():
        member = json.loads(line)
        shown = common_name(member["name"])
        full = member["name"].get("official_full") or shown
        person = known.ids.get(member["wikidata"]) or known.names.get(fold(shown)) or known.names.get(fold(full))
        if not person:
            person = shown if shown not in used else full
            plain = f"{member['name']['first']} {member['name']['last']}"
            aliases = [form for form in (full, plain) if form != person and len(plain.split()[0]) > 2]
            persons.append({"name": person, "aliases": tables.unique_list(aliases), "wikidata": member["wikidata"] or ""})
        used.add(person)
        for kind, state, since, until in chamber_spans(member["terms"]):
            where = STATES.get(state)
            office, label = ("senator", "US Senator") if kind == "sen" else ("representative", "US Representative")
            roles.append({"person": person, "office": office, "iso3": "USA", "organization": "US Senate" if kind == "sen" else "US House of Representatives",
                          "title": f"{label} from {where}" if where else label, "since": since, "until": until})
    return persons, roles


def position_office(label):
    """The office of a position in the table of cabinets, or nothing."""
    for start, office in (("President of ", "president"), ("Prime Minister of ", "prime_minister"), ("King of ", "king")):
        if label.startswith(start):
            return office
    return None


def with_title(role, countries):
    """Adds a title where the country's name wants an article."""
    labels = {"president": "President of", "prime_minister": "Prime Minister of", "king": "King of", "chancellor": "Chancellor of"}
    if role["iso3"] in ARTICLE:
        role["title"] = f"{labels[role['office']]} the {countries[role['iso3']]}"
    return role


def build_cabinets(facts, known, countries, by_wikidata):
    persons, roles = {}, []
    for row in tables.read_csv(facts / "actors" / "cabinets_2022.csv"):
        iso3, office, name = by_wikidata.get(row["countryid"]), position_office(row["positionLabel"]), row["officeholderLabel"]
        if not iso3 or not office or re.match(r"Q[0-9]+$", name) or " " not in name or known.find(name, row["officeholder"], iso3):
            continue
        plain = fold_marks(name)
        persons[plain] = {"name": plain, "aliases": name if name != plain else "", "wikidata": row["officeholder"]}
        roles.append(with_title({"person": plain, "office": office, "iso3": iso3, "since": row["start_year"], "until": row["end_year"]}, countries))
    return list(persons.values()), roles


def fold_marks(text):
    plain = unicodedata.normalize("NFKD", text.replace("ł", "l").replace("ø", "o").replace("đ", "d"))
    return "".join(c for c in plain if not unicodedata.combining(c))


def read_since(text):
    """ISO date of "since 5 May 2022" or "since 1997"."""
    found = re.search(r"since (?:(\d{1,2}) )?(?:([A-Z][a-z]+) )?(\d{4})", text)
    if not found:
        return ""
    day, month, year = found.groups()
    number = MONTHS.get(month or "")
    return f"{year}-{number:02d}-{int(day):02d}" if day and number else f"{year}-{number:02d}" if number else year


def factbook_holder(text):
    """(office, name, since) from a line of the Factbook, or nothing."""
    text = html.unescape(text)
    found = re.match(r"(?:Interim |Acting )?(President|Prime Minister|Chancellor|King) ([^()]{3,60}?) ?\(since", text)
    if not found or re.search(r"[;:]|, Pres| and |Council|\bof\b", found.group(2)) or " " not in found.group(2):
        return None
    words = []
    for word in re.sub(r"^(Dr|Gen|Capt|Col|Ratu|Sir)\.? ", "", found.group(2).strip()).split():
        words.append("-".join(part.capitalize() for part in word.split("-")) if word.isupper() and len(word) > 2 and not re.fullmatch(r"[IVX]+", word) else word)
    return OFFICES[found.group(1)], fold_marks(" ".join(words)), read_since(text)


def build_factbook(facts, known, countries, by_fips):
    persons, roles = {}, []
    for line in (facts / "actors" / "factbook_executive_2026.jsonl").read_text(encoding="utf-8").splitlines():
        entry = json.loads(line)
        iso3 = by_fips.get(entry.get("fips"))
        for field in ("chief_of_state", "head_of_government"):
            holder = factbook_holder(entry.get(field) or "")
            if not iso3 or not holder or "represented by" in entry[field] or known.find(holder[1], "", iso3) or known.find(holder[1], "", "USA"):
                continue
            office, name, since = holder
            persons[name] = {"name": name}
            roles.append(with_title({"person": name, "office": office, "iso3": iso3, "since": since}, countries))
    return list(persons.values()), roles


def build_people(facts, hand, out):
    known = Known(out)
    _, _, rows = tables.read_table(out / "world" / "countries.tsv")
    countries = {row["iso3"]: row["name"] for _, row in rows}
    by_wikidata = {row["wikidata"]: row["iso3"] for _, row in rows if row["wikidata"]}
    by_fips = {row["fips"]: row["iso3"] for _, row in rows if row["fips"]}
    built = [("congress", build_congress(facts, known)), ("cabinets", build_cabinets(facts, known, countries, by_wikidata)),
             ("factbook", build_factbook(facts, known, countries, by_fips))]
    remark = "built by tools/make_world.py from facts; whoever own.tsv names is left to it"
    taken = set()
    for name, (persons, roles) in built:
        persons = [row for row in persons if row["name"] not in taken]
        taken |= {row["name"] for row in persons}
        roles = [row for row in roles if not (name != "congress" and (row["person"], row["office"]) in known.roles)]
        tables.write_table(out / "world" / "persons" / f"a_{name}.tsv", "persons", PERSON_COLUMNS, persons, remark)
        tables.write_table(out / "world" / "roles" / f"a_{name}.tsv", "roles", ROLE_COLUMNS, roles, remark)
