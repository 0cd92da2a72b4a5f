# Builds the organizations that every state has: ministries, armed forces, police, parliament, high court, central bank.
from . import tables

COLUMNS = ["name", "aliases", "kind", "iso3", "cameo", "sector"]
# The organs of the United States are written by hand; dependencies and states that are no more have none here.
WITHOUT = set("USA ALA ASM AIA ABW BMU VGB CYM COK CUW FRO FLK GUF PYF GIB GRL GLP GUM GGY IMN JEY MTQ MYT MSR NCL NIU NFK MNP PCN PRI REU SHN SPM SJM SXM "
              "TKL TCA VIR WLF IOT ATA SUN YUG SCG CSK DDR HKG MAC ESH VAT".split())
ARTICLE = {"USA", "GBR", "NLD", "PHL", "MDV", "BHS", "GMB", "COM", "SYC", "SLB", "MHL", "CZE", "DOM", "CAF", "COD", "COG", "ARE"}
# (name, further names, kind, CAMEO roles, PLOVER sector); {c} country with its article, {a} adjective
ORGANS = [
    ("Ministry of Foreign Affairs of {c}", "{a} Foreign Ministry|{a} Ministry of Foreign Affairs|Foreign Ministry of {c}|{a} Foreign Affairs Ministry|{a} Ministry of External Affairs",
     "ministry", "GOV", "GOV"),
    ("Ministry of Defence of {c}", "{a} Defence Ministry|{a} Defense Ministry|{a} Ministry of Defence|{a} Ministry of Defense|Ministry of Defense of {c}|Defense Ministry of {c}|Defence Ministry of {c}",
     "ministry", "GOVMIL", "GOVMIL"),
    ("Ministry of the Interior of {c}", "{a} Interior Ministry|{a} Ministry of the Interior|{a} Ministry of Interior|{a} Ministry of Internal Affairs|Interior Ministry of {c}", "ministry", "GOV", "GOV"),
    ("Ministry of Finance of {c}", "{a} Finance Ministry|{a} Ministry of Finance|Finance Ministry of {c}", "ministry", "GOV", "GOV"),
    ("Ministry of Justice of {c}", "{a} Justice Ministry|{a} Ministry of Justice", "ministry", "GOV", "GOV"),
    ("Ministry of Health of {c}", "{a} Health Ministry|{a} Ministry of Health", "ministry", "GOVHLH", "GOVMED"),
    ("Government of {c}", "{a} government|government of {c}", "government", "GOV", "GOV"),
    ("Armed forces of {c}", "{a} army|{a} military|{a} armed forces|armed forces of {c}", "military", "MIL", "MIL"),
    ("Navy of {c}", "{a} navy", "military", "MIL", "MIL"),
    ("Air force of {c}", "{a} air force|{a} Air Forces", "military", "MIL", "MIL"),
    ("Coast guard of {c}", "{a} coast guard|{a} coastguard", "police", "COP", "COP"),
    ("Police of {c}", "{a} police|{a} national police", "police", "COP", "COP"),
    ("Intelligence services of {c}", "{a} intelligence service|{a} intelligence services|{a} intelligence agency|{a} secret service|{a} secret services", "intelligence", "SPY", "SPY"),
    ("Parliament of {c}", "{a} parliament|{a} National Assembly|parliament of {c}|{a} legislature", "parliament", "LEG", "LEG"),
    ("Supreme Court of {c}", "{a} Supreme Court|{a} Constitutional Court|Constitutional Court of {c}", "court", "JUD", "JUD"),
    ("Central bank of {c}", "{a} central bank|Central Bank of {c}", "bank", "GOV", "GOV"),
    ("Prosecutor General's Office of {c}", "{a} Prosecutor General's Office", "court", "JUD", "JUD"),
]


def organ_rows(country, taken):
    """The organs of one country; one that a handwritten row names by any of these forms is left to it."""
    shown = ("the " if country["iso3"] in ARTICLE else "") + country["name"]
    adjectives = [word for word in country["adjectives"].split("|") if word and word[:1].isupper()]
    for name, forms, kind, roles, sector in ORGANS:
        aliases = []
        for form in forms.split("|"):
            words = [form.format(c=shown, a=adjective) for adjective in adjectives] if "{a}" in form else [form.format(c=shown, a="")]
            aliases += words
        name = name.format(c=shown)
        lower, kept = {name.lower()}, []
        for alias in aliases:
            if alias.lower() not in lower:
                lower.add(alias.lower())
                kept.append(alias)
        if kept and not taken & lower:
            yield {"name": name, "aliases": "|".join(kept), "kind": kind, "iso3": country["iso3"], "cameo": country["cameo"] + roles, "sector": sector}


def build_organizations(facts, hand, out):
    _, _, rows = tables.read_table(out / "world" / "countries.tsv")
    taken = set()
    for path in sorted((out / "world" / "organizations").glob("*.tsv")):
        if path.name != "a_states.tsv":
            for _, row in tables.read_table(path)[2]:
                taken |= {form.lower() for form in [row["name"], *row["aliases"].split("|")]}
    made = []
    for _, country in rows:
        if country["iso3"] not in WITHOUT:
            made += list(organ_rows(country, taken))
    shared = {}
    for row in made:
        for form in row["aliases"].split("|"):
            shared.setdefault(form.lower(), set()).add(row["iso3"])
    for row in made:
        row["aliases"] = "|".join(form for form in row["aliases"].split("|") if len(shared[form.lower()]) == 1)
    tables.write_table(out / "world" / "organizations" / "a_states.tsv", "organizations", COLUMNS, made,
                       "built by tools/make_world.py from countries.tsv; an organ that a handwritten row names is left to it")
