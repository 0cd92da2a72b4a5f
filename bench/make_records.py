#!/usr/bin/env python3
"""Makes document records without the coder, for tests and benchmarks of the store. The texts are invented here.

Usage: make_records.py DOCUMENTS [--events N] [--seed N] [--from-number N] > records.jsonl     (the same arguments, the same bytes)
"""
import argparse
import datetime
import json
import random
import sys

COUNTRIES = [("Ruritania", "RUS", "Q159"), ("Graustark", "FRA", "Q142"), ("Syldavia", "DEU", "Q183"), ("Borduria", "CHN", "Q148"),
             ("Zenda", "USA", "Q30"), ("Karlova", "IRN", "Q794"), ("Sangala", "TUR", "Q43"), ("Zubrowka", "UKR", "Q212")]
PEOPLE = ["Anna Holt", "Bruno Keller", "Clara Voss", "Dario Lenz", "Edda Maurer", "Franz Ortner", "Greta Pohl", "Hugo Ritter",
          "Ida Sommer", "Jonas Thal", "Klara Urban", "Leo Winter", "Mira Zorn", "Nils Adler", "Olga Brandt", "Paul Conrad"]
PLACES = [("Budapest", "3054643", "HUN", 47.498, 19.0399), ("Geneva", "2660646", "CHE", 46.2022, 6.1457),
          ("Cairo", "360630", "EGY", 30.0626, 31.2497), ("Doha", "290030", "QAT", 25.2855, 51.531),
          ("Vienna", "2761369", "AUT", 48.2085, 16.3721)]
# type, mode, quad, code, verb, code of the planned or threatened act
ACTS = [("CONSULT", "visit", 1, "042", "visited", "036"), ("SUPPORT", "", 1, "051", "praised", "032"), ("AID", "", 2, "070", "helped", "033"),
        ("ACCUSE", "allege", 3, "112", "accused", "130"), ("REJECT", "", 3, "120", "rebuffed", "130"), ("THREATEN", "violence", 3, "138", "warned", "138"),
        ("ASSAULT", "aerial", 4, "195", "bombed", "138"), ("COERCE", "arrest", 4, "173", "detained", "132"), ("COOPERATE", "", 2, "060", "joined", "031"),
        ("PROTEST", "demo", 4, "141", "marched against", "133")]
STATUSES = ["occurred"] * 12 + ["ongoing", "planned", "planned", "postponed", "cancelled", "threatened", "denied", "hypothetical"]
FILLER = "Officials gave no further details, and the talks of the morning went on behind closed doors. "


class Writer:
    """A text that grows, and where its parts stand."""

    def __init__(self):
        self.text = ""

    def add(self, words):
        begin = len(self.text)
        self.text += words
        return [begin, len(self.text)]


def record(number, events, generator):
    day = datetime.date(2015, 1, 1) + datetime.timedelta(days=generator.randrange(3650))
    writer = Writer()
    entities, sentences, items, statements, plans = {}, [], [], [], []

    def entity(kind, name, codes, role=None):
        if name not in entities:
            entities[name] = {"id": f"n{len(entities) + 1}", "kind": kind, "name": name, "codes": codes, "mentions": []}
            if role:
                entities[name]["role"] = role
        return entities[name]

    def mention(who):
        begin, end = writer.add(who["name"])
        who["mentions"].append({"begin": begin, "end": end, "form": "name"})

    def anybody():
        name, iso3, wikidata = generator.choice(COUNTRIES)
        if generator.random() < 0.5:
            return entity("country", name, {"cameo": [iso3 + "GOV"], "plover_sector": "GOV", "iso3": iso3, "wikidata": wikidata})
        person = generator.choice(PEOPLE)
        return entity("person", person, {"cameo": [iso3 + "GOV"], "plover_sector": "GOV"}, {"title": f"Minister of {name}", "country": iso3})

    for index in range(events):
        kind, mode, quad, cameo, verb, future = generator.choice(ACTS)
        status = generator.choice(STATUSES)
        start = len(writer.text)
        actor = anybody()
        mention(actor)
        writer.add(" ")
        trigger = writer.add(verb)
        writer.add(" ")
        recipient = anybody()
        while recipient is actor:
            recipient = anybody()
        mention(recipient)
        place = generator.choice(PLACES + [None])
        if place:
            writer.add(" in ")
            writer.add(place[0])
        event = {"id": f"e{index + 1}", "type": kind}
        if mode:
            event["mode"] = mode
        event.update({"quad": quad, "cameo": future if status in ("planned", "threatened") else cameo, "actor": [actor["id"]], "recipient": [recipient["id"]],
                      "trigger": [trigger], "sentence": index})
        when = day - datetime.timedelta(days=generator.randrange(4))
        event["time"] = {"value": when.isoformat(), "from": "words"}
        if place:
            event["place"] = {"name": place[0], "geonames": place[1], "iso3": place[2], "lat": place[3], "lon": place[4]}
        event["status"] = status
        if index == 1:
            writer.add(", ")
            speaker = anybody()
            mention(speaker)
            writer.add(" ")
            cue = writer.add("said")
            statements.append({"id": "s1", "kind": "indirect", "speaker": {"entity": speaker["id"]}, "cue": [cue],
                               "content": [[start, cue[0] - len(speaker["name"]) - 3]], "events": [event["id"]]})
            event["said_by"] = "s1"
        writer.add(".")
        sentences.append([start, len(writer.text)])
        if status == "cancelled" and not plans:
            event["plan"] = "p1"
            plans.append({"id": "p1", "what": f"a meeting that {actor['name']} wanted", "parties": [actor["id"], recipient["id"]],
                          "when": when.isoformat(), "history": [{"status": "announced", "evidence": trigger}, {"status": "cancelled", "evidence": trigger}]})
        event["confidence"] = round(0.4 + 0.6 * generator.random(), 3)
        event["why"] = f'made for the benchmark "{verb}"'
        items.append(event)
        writer.add("\n" if index == 0 else " ")
    begin = len(writer.text)
    writer.add((FILLER * 6).strip())
    sentences.append([begin, len(writer.text)])
    return {"schema": "polybius/1", "id": f"made-{number:07d}", "origin": {"url": f"https://news{number % 7}.example/{number}"},
            "title": f"Number {number}: what happened", "language": "en", "published": day.isoformat(), "published_by": "given", "text": writer.text,
            "sentences": sentences, "entities": list(entities.values()), "times": [], "statements": statements, "events": items, "plans": plans,
            "warnings": [], "coder": {"version": "made", "model": "none", "lexicon": "none"}}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("documents", type=int)
    parser.add_argument("--events", type=int, default=5)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--from-number", type=int, default=0)
    options = parser.parse_args()
    for number in range(options.from_number, options.from_number + options.documents):
        made = record(number, options.events, random.Random(f"{options.seed} {number}"))
        sys.stdout.write(json.dumps(made, ensure_ascii=False, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    main()
