#!/usr/bin/env python3
"""Inputs of every form with bytes changed, cut, doubled and moved: the program must end with 0 or 1, name what it leaves out with a
place and a code, write only valid lines, and give no offset outside its text.

Usage: mutations.py PROGRAM [--count N] [--seed N] [--command extract|code] [--batch N]

The inputs of a batch lie in one folder, which the program reads at once; a sound text lies among them, so that exit status 3 is never
right. Every file must come out or be named. CI runs a few hundred, `mutations.py build/polybius --count 20000` all (three minutes).
"""
import argparse
import gzip
import json
import pathlib
import random
import re
import subprocess
import sys
import tempfile
import zlib

PAGE = ("<!doctype html><html lang=en><head><title>Bridge agreed | The River Post</title>"
        "<script type='application/ld+json'>{\"@type\":\"NewsArticle\",\"datePublished\":\"2025-10-24\",\"author\":{\"name\":"
        "\"Jo Roe\"}}</script><meta property='og:title' content='Bridge agreed'></head>"
        "<body><nav><a href=/>Home</a></nav><h1>Bridge agreed</h1><p class=byline>By Jo Roe | 24 October 2025</p><div class='story'>"
        "<p>The river council agreed on Friday to build a second bridge near the old mill, its chair said.<p>“Work begins in spring,” "
        "she said &amp; left.</div><table><tr><td>1<td>2</table><ul><li>a<li>b</ul><!-- c --><footer>© The River Post</footer></body></html>")
FEED = ("<?xml version='1.0'?><rss><channel><language>en</language><item><title>T</title><link>https://river.example/2</link><pubDate>Fri, "
        "24 Oct 2025 08:00:00 GMT</pubDate><description><![CDATA[<p>One</p>]]></description></item><item><title>U</title><description>"
        "Two &lt;b&gt;</description></item></channel></rss>")
ATOM = ("<feed xmlns='http://www.w3.org/2005/Atom' xml:lang='en'><entry><title>T</title><link href='https://river.example/3'/><id>urn:3"
        "</id><updated>2025-10-24T10:00:00Z</updated><author><name>Jo Roe</name></author><content type='html'>&lt;p&gt;Body&lt;/p&gt;"
        "</content></entry></feed>")
JSON_FEED = json.dumps({"version": "https://jsonfeed.org/version/1.1", "language": "en", "items": [
    {"id": "1", "url": "https://river.example/4", "content_html": "<p>One</p>", "date_published": "2025-10-24"},
    {"id": "2", "content_text": "Two", "authors": [{"name": "Jo Roe"}]}]})


def response(body, more=""):
    return f"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n{more}\r\n".encode() + body


def record(block, number):
    return (b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:%d>\r\nWARC-Target-URI: https://river.example/%d\r\n"
            b"Content-Length: %d\r\n\r\n%s\r\n\r\n" % (number, number, len(block), block))


def chunked(body):
    return b"".join(b"%x\r\n%s\r\n" % (len(body[at:at + 300]), body[at:at + 300]) for at in range(0, len(body), 300)) + b"0\r\n\r\n"


PLAIN = PAGE.encode()
RECORDS = [record(response(PLAIN), 1), record(response(chunked(PLAIN), "Transfer-Encoding: chunked\r\n"), 2),
           record(response(gzip.compress(PLAIN, mtime=0), "Content-Encoding: gzip\r\n"), 3),
           record(response(zlib.compress(PLAIN), "Content-Encoding: deflate\r\n"), 4)]

SEEDS = {
    "text.txt": "The council met.\r\n\r\nREAD MORE:\nAnother bridge\n“We agreed,” she said.\nShare this article\n".encode(),
    "utf16.txt": "The council met.\n“We agreed,” she said.".encode("utf-16"),
    "latin.txt": "The café’s owner met S. Muñoz in Zürich, he said.".encode("windows-1252"),
    "lines.jsonl": b'{"id":"a","text":"One \\u00e9 \\"x\\".","published":"2025-10-24"}\n{"id":"b","text":"Two.","x":{"y":[1,2]}}\n',
    "array.json": b'[{"text":"One."},\n {"text":"Two."}]',
    "rows.csv": b'id,text,desk\r\n1,"One, ""two""\r\nlines.",a\r\n2,Two,b\r\n3,"Three",c\r\n',
    "feed.xml": FEED.encode(),
    "atom.xml": ATOM.encode(),
    "feed.json": JSON_FEED.encode(),
    "page.html": PLAIN,
    "page.html.gz": gzip.compress(PLAIN, mtime=0),
    "crawl.warc": b"".join(RECORDS),
    "crawl.warc.gz": b"".join(gzip.compress(part, mtime=0) for part in RECORDS),
    "list.txt": b"https://river.example/1\nhttps://river.example/2\n",
}
SOUND = "0-sound.txt"


def mutated(data, dice):
    data = bytearray(data)
    for _ in range(dice.randint(1, 4)):
        if not data:
            break
        at = dice.randrange(len(data))
        kind = dice.randrange(6)
        if kind == 0:
            data[at] = dice.randrange(256)
        elif kind == 1:
            del data[at:at + dice.randint(1, 8)]
        elif kind == 2:
            other = dice.randrange(len(data))
            data[at:at] = data[other:other + dice.randrange(40)]
        elif kind == 3:
            del data[at:]
        elif kind == 4:
            data[at:at] = bytes([dice.choice(b'"<>{}[],\\\n\r&;\0\xff')])
        else:
            data[at] = data[dice.randrange(len(data))]
    return bytes(data)


def offset_faults(record):
    """Every span of a record, and every place where something was taken out, lies in its text."""
    length = len(record["text"])
    for removed in record.get("removed", []):
        if removed["at"] > length:
            yield f"removed at {removed['at']} of {length}"

    def spans(value):
        if isinstance(value, dict):
            if "begin" in value and "end" in value:
                yield [value["begin"], value["end"]]
            for inner in value.values():
                yield from spans(inner)
        elif isinstance(value, list):
            for inner in value:
                yield from spans(inner)
    pairs = list(spans({key: record.get(key, []) for key in ("entities", "times", "statements", "warnings")}))
    pairs += record.get("sentences", [])
    for event in record.get("events", []):
        pairs += event.get("trigger", [])
    for begin, end in pairs:
        if not 0 <= begin <= end <= length:
            yield f"span {begin} to {end} of {length}"


def check(program, command, folder, names):
    run = subprocess.run([program, command, "--jobs", "1", str(folder)], capture_output=True, timeout=1800)
    faults = []
    if run.returncode not in (0, 1):
        faults.append(f"exit status {run.returncode}")
    errors = run.stderr.decode("utf-8", "replace")
    for line in errors.splitlines():
        if not re.search(r"\(E-[A-Z]+-\d+\)$", line) or str(folder) not in line:
            faults.append(f"a loss without place or code: {line[:200]}")
    seen = set()
    for line in run.stdout.decode("utf-8").split("\n")[:-1]:  # must be UTF-8
        row = json.loads(line)
        faults += [f"{row['id']}: {fault}" for fault in offset_faults(row)]
        if not row["id"]:
            faults.append("an empty id")
        seen.add(row.get("origin", {}).get("path", ""))
    for name in names:
        if str(folder / name) not in seen and name not in errors:
            faults.append(f"{name}: neither written nor named")
    return faults


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("program")
    options.add_argument("--count", type=int, default=400)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--command", default="extract")
    options.add_argument("--batch", type=int, default=1000)
    options.add_argument("--keep", type=pathlib.Path, help="leave inputs of a batch with faults in this folder")
    given = options.parse_args()
    dice = random.Random(given.seed)
    bad = 0
    for begin in range(0, given.count, given.batch):
        with tempfile.TemporaryDirectory() as place:
            folder = pathlib.Path(place)
            names = [SOUND]
            (folder / SOUND).write_text("The council agreed on Friday to build a bridge.\n")
            for number in range(begin, min(begin + given.batch, given.count)):
                seed = dice.choice(sorted(SEEDS))
                name = f"{number:06}-{seed}"
                (folder / name).write_bytes(mutated(SEEDS[seed], dice))
                names.append(name)
            faults = check(given.program, given.command, folder, names)
            for fault in faults:
                print(fault, file=sys.stderr)
            bad += len(faults)
            if faults and given.keep:
                given.keep.mkdir(parents=True, exist_ok=True)
                for name in names:
                    (given.keep / name).write_bytes((folder / name).read_bytes())
    print(f"{given.count} inputs, {bad} faults")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
