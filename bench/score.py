#!/usr/bin/env python3
"""Runs every scorer on the development data and prints one table beside the last committed one (docs/scores.md).

Usage: bench/score.py --data DIR [--program build/polybius] [--write]
DIR holds the folders seed, situation, status, attribution, coref, time, ud, ner, places, pages and events. Each line names the
measure, the figure now and the one in docs/scores.md; --write puts the figures of now there. What a folder lacks is left out.
"""
import argparse
import json
import pathlib
import re
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parent
TABLE = ROOT / "docs/scores.md"


def scorer(name, *arguments):
    """The JSON that a scorer prints; an empty dict if it fails."""
    command = [sys.executable, HERE / f"scorers/score_{name}.py", *arguments, "--json"]
    done = subprocess.run(list(map(str, command)), capture_output=True, text=True)
    try:
        return json.loads(done.stdout)
    except json.JSONDecodeError:
        print(f"score: {name}: {done.stderr.strip() or done.stdout.strip()[:300]}", file=sys.stderr)
        return {}


class Program:
    """The program under test; what it writes goes to a temporary folder."""

    def __init__(self, path, folder):
        self.path, self.folder, self.count = path, pathlib.Path(folder), 0

    def run(self, *arguments, suffix=".jsonl"):
        self.count += 1
        out = self.folder / f"out{self.count}{suffix}"
        done = subprocess.run([str(self.path), *map(str, arguments), "-o", str(out)], capture_output=True, text=True)
        if done.returncode not in (0, 1):
            print(f"score: {' '.join(map(str, arguments))}: {done.stderr.strip()[-300:]}", file=sys.stderr)
            out.touch()
        return out


def flat(value, prefix=""):
    """Every figure of a nested result by its path, in percent; [p, r, f] gives f, [reached, of] their share."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from flat(inner, f"{prefix}.{key}" if prefix else str(key))
    elif isinstance(value, list) and len(value) == 3:
        yield prefix, 100.0 * value[2]
    elif isinstance(value, list) and len(value) == 2:
        yield prefix, 100.0 * value[0] / max(value[1], 1)
    elif isinstance(value, (int, float)) and not isinstance(value, bool):
        yield prefix, float(value) if isinstance(value, int) or value > 1 else 100.0 * value


def picked(result, *patterns):
    """The figures whose path matches one of the patterns, in the patterns' order."""
    figures = dict(flat(result))
    for pattern in patterns:
        for path, value in figures.items():
            if re.fullmatch(pattern, path):
                yield path, value


def labelled(label, result, *patterns):
    for path, value in picked(result, *patterns):
        yield f"{label}: {path}", value


def seed_figures(program, data):
    article = data / "seed/article.txt"
    for name, options in (("dated", ["--published", "2025-10-24"]), ("undated", [])):
        record = program.run("code", *options, article)
        yield from labelled(f"seed, {name}", scorer("seed", record, "--gold", data / "seed"), r".*\.must")


def record_figures(program, data):
    situation = data / "situation/dev.jsonl"
    patterns = ("plan", "history", "history_status", "event", "event_status", "event_date", "phantom_meetings", "statement_recall",
                "speaker_accuracy", "speaker_recall")
    yield from labelled("situation", scorer("situation", situation, program.run("code", situation)), *patterns)
    status = data / "status/dev.jsonl"
    patterns = ("found", "status", "macro_f1", "not_occurred", "type", "actor", "recipient")
    yield from labelled("status", scorer("status", status, program.run("code", status)), *patterns)
    attribution = data / "attribution/dev.jsonl"
    records = program.run("code", attribution)
    patterns = (r"(source|cue|content)\.exact\.f1", r".*linked\.f1", r"linked\..*f1")
    yield from labelled("attribution", scorer("attribution", attribution, records), *patterns)
    coref = data / "coref/gum_dev.jsonl"
    types = ["--types", "person,organization,place", "--heads"]
    patterns = (r"conll", r"pronoun3", r"nominal")
    yield from labelled("coref", scorer("coref", coref, program.run("code", coref), *types), *patterns)


def as_conllu(names, folder):
    """A corpus of names as CoNLL-U of its own words, without the names."""
    lines = []
    for row in map(json.loads, names.read_text(encoding="utf-8").splitlines()):
        lines += [f"# sent_id = {row['id']}", f"# text = {row['text']}"]
        for number, (begin, end) in enumerate(row["tokens"], 1):
            spaced = end == len(row["text"]) or row["text"][end].isspace()
            lines.append("\t".join([str(number), row["text"][begin:end], *"_______", "_" if spaced else "SpaceAfter=No"]))
        lines.append("")
    path = folder / "names.conllu"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def place_figures(program, data):
    """The records' places; docs/places.md gives cross-validated figures of the weights, too."""
    gold = data / "places/dev.jsonl"
    records = program.run("code", gold)
    for prefix, name in (("lgl", "LGL"), ("trnews", "TR-News"), ("gwn", "GeoWebNews")):
        result = scorer("places", gold, records, "--set", prefix)
        yield from labelled(f"places, {name}", result, r"exact\.f1", r"listed\.(id|161)")


def language_figures(program, data):
    for bank in ("ewt", "gum"):
        gold = data / f"ud/en_{bank}-ud-dev.conllu"
        parsed = program.run("parse", "--conllu", gold, suffix=".conllu")
        patterns = (r"(UPOS|UFeats|Lemmas|UAS|LAS)\.f1",)
        yield from labelled(f"{bank} dev, gold words", scorer("ud", gold, parsed), *patterns)
    names = data / "ner/uner_ewt_dev.jsonl"
    parsed = program.run("parse", "--conllu", as_conllu(names, program.folder), suffix=".conllu")
    yield from labelled("names, UNER EWT dev", scorer("ner", names, parsed), r"(LOC|ORG|PER|micro)\.f1")
    times = data / "time/train.jsonl"
    yield from labelled("times", scorer("time", times, program.run("times", times)), r"(strict|relaxed|value)\.f1")


def own(name, *arguments):
    """The JSON of a scorer of ours that runs the program itself."""
    done = subprocess.run([sys.executable, str(HERE / name), *map(str, arguments), "--json"], capture_output=True, text=True)
    try:
        return json.loads(done.stdout)
    except json.JSONDecodeError:
        print(f"score: {name}: {done.stderr.strip()[-300:]}", file=sys.stderr)
        return {}


def event_figures(program, data):
    patterns = ("found", "precision", "type", "mode", "status", "direction", "actor", "recipient")
    yield from labelled("corpus, themes kept apart", own("score_corpus.py", "--program", program.path), *patterns)
    false = own("false_events.py", "--program", program.path, "--data", data)
    if false:
        yield "texts without politics: events a thousand words", false["a_thousand_words"]
    petrarch = data / "events/petrarch_cases.jsonl"
    cases = scorer("petrarch", petrarch, program.run("code", petrarch), "--no-doubtful")
    yield from labelled("petrarch", cases, r"petrarch2-gsr\.pair\+root\.f1")
    # The actors of the unit cases are fictional: they come with a dictionary, which is imported.
    tables = [program.run("lexicon", "import", data / f"events/petrarch_validation_{kind}.txt", suffix=".tsv") for kind in ("actors", "agents")]
    lexicon = [argument for table in tables for argument in ("--lexicon", table)]
    cases = scorer("petrarch", petrarch, program.run("code", *lexicon, petrarch), "--no-doubtful")
    yield from labelled("petrarch", cases, r"petrarch-unit\.pair\.f1", r"petrarch-unit\.no event\.right")


def pair_figures(program, data):
    patterns = ("type", "found", "false", "status", "mode")
    yield from labelled("marked pairs, themes kept apart", own("score_pairs.py", "--program", program.path), *patterns)


def page_figures(program, data):
    gold = data / "pages/ground-truth.jsonl"
    pages = program.run("extract", data / "pages/html")
    yield from labelled("pages", scorer("pages", gold, pages), "precision", "recall", "f1")
    yield from labelled("pages", scorer("meta", HERE / "page_marks.tsv", pages), "title", "date", "authors")


def dossier_figures(program, data):
    """The development dossiers; those kept apart are scored by hand."""
    script = ROOT / "tests/dossiers/score.py"
    documents = program.folder / "dossiers.jsonl"
    written = subprocess.run([sys.executable, script, "documents"], capture_output=True, text=True, check=True)
    documents.write_text(written.stdout)
    done = subprocess.run([sys.executable, script, "score", program.run("plans", documents), "--json"], capture_output=True, text=True)
    if done.returncode != 0:
        print(f"score: dossiers: {done.stderr.strip()[-300:]}", file=sys.stderr)
        return
    for name, value in json.loads(done.stdout.splitlines()[-1]).items():
        yield f"dossiers: {name}", value


PARTS = [seed_figures, record_figures, event_figures, pair_figures, dossier_figures, language_figures, place_figures, page_figures]


def committed():
    """Figures of docs/scores.md by their names."""
    if not TABLE.exists():
        return {}
    rows = re.findall(r"^\| ([^|]+?) \| ([-0-9.]+) \|", TABLE.read_text(), re.M)
    return {name: float(value) for name, value in rows}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=pathlib.Path, required=True)
    parser.add_argument("--program", type=pathlib.Path, default=ROOT / "build/polybius")
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    if not options.data.is_dir():
        sys.exit(f"score: {options.data}: no such folder; name the development data with DATA=DIR")
    before = committed()
    figures = []
    with tempfile.TemporaryDirectory() as folder:
        program = Program(options.program, folder)
        for part in PARTS:
            for name, value in part(program, options.data):
                figures.append((name, value))
                old = before.get(name)
                print(f"{name:56} {value:9.2f} {'' if old is None else f'{old:9.2f} {value - old:+7.2f}'}")
    if options.write:
        lines = ["# Scores on the development data", "",
                 "Made by `make score DATA=DIR` (`bench/score.py --write`). Percent; `phantom_meetings` is a count. The development texts "
                 "were looked at while rules were written, so held-out figures will be lower.", "",
                 "| measure | figure |", "|---|---|"]
        TABLE.write_text("\n".join(lines + [f"| {name} | {value:.2f} |" for name, value in figures]) + "\n")


if __name__ == "__main__":
    main()
