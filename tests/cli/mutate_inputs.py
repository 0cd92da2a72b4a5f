#!/usr/bin/env python3
"""Inputs of every form with bytes changed, cut, doubled and moved: the program must end with 0, 1 or 3, name what it leaves
out, and write only valid lines.

Usage: mutate_inputs.py PROGRAM [--count N] [--seed N] [--command extract|code]

Each input lies in a folder of its own kind; the program reads the whole folder at once. Every file must come out or be named.
"""
import argparse
import gzip
import json
import pathlib
import random
import subprocess
import sys
import tempfile

PAGE = ("<!doctype html><html lang=en><head><title>Bridge agreed | The River Post</title>"
        "<script type='application/ld+json'>{\"@type\":\"NewsArticle\",\"datePublished\":\"2025-10-24\"}</script></head>"
        "<body><nav><a href=/>Home</a></nav><h1>Bridge agreed</h1><div class='story'><p>The river council agreed on Friday to "
        "build a second bridge near the old mill, its chair said.<p>“Work begins in spring,” she said &amp; left.</div>"
        "<table><tr><td>1<td>2</table><ul><li>a<li>b</ul><footer>© The River Post</footer></body></html>")
RESPONSE = "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + PAGE


def warc(body):
    data = body.encode()
    return (b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:1>\r\nWARC-Target-URI: https://river.example/1\r\n"
            b"Content-Length: %d\r\n\r\n%s\r\n\r\n" % (len(data), data))


SEEDS = {
    "text.txt": "The council met.\r\n\r\nREAD MORE:\nAnother bridge\n“We agreed,” she said.\nShare this article\n".encode(),
    "utf16.txt": "The council met.\n“We agreed,” she said.".encode("utf-16"),
    "lines.jsonl": b'{"id":"a","text":"One \\u00e9 \\"x\\".","published":"2025-10-24"}\n{"id":"b","text":"Two.","x":{"y":[1,2]}}\n',
    "array.json": b'[{"text":"One."},\n {"text":"Two."}]',
    "rows.csv": b'id,text,desk\r\n1,"One, ""two""\r\nlines.",a\r\n2,Two,b\r\n3,"Three",c\r\n',
    "feed.xml": ("<?xml version='1.0'?><rss><channel><item><title>T</title><link>https://river.example/2</link><pubDate>Fri, 24 Oct "
                 "2025 08:00:00 GMT</pubDate><description><![CDATA[<p>One</p>]]></description></item></channel></rss>").encode(),
    "page.html": PAGE.encode(),
    "crawl.warc": warc(RESPONSE) + warc(RESPONSE),
    "crawl.warc.gz": gzip.compress(warc(RESPONSE)) + gzip.compress(warc(RESPONSE)),
}


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


def check(program, command, folder, names):
    run = subprocess.run([program, command, str(folder)], capture_output=True, timeout=600)
    faults = []
    if run.returncode not in (0, 1, 3):
        faults.append(f"exit status {run.returncode}")
    errors = run.stderr.decode("utf-8", "replace")
    seen = set()
    for line in run.stdout.decode("utf-8").split("\n")[:-1]:  # must be UTF-8
        record = json.loads(line)
        text = record["text"]
        for removed in record.get("removed", []):
            if removed["at"] > len(text):
                faults.append(f"{record['id']}: offset {removed['at']} of {len(text)}")
        seen.add(record.get("origin", {}).get("path", ""))
    for name in names:
        # A WARC whose records became other kinds than pages holds nothing to say.
        if str(folder / name) not in seen and name not in errors and ".warc" not in name:
            faults.append(f"{name}: neither written nor named")
    return faults


def main():
    options = argparse.ArgumentParser()
    options.add_argument("program")
    options.add_argument("--count", type=int, default=1000)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--command", default="extract")
    given = options.parse_args()
    dice = random.Random(given.seed)
    batch = 500
    bad = 0
    for begin in range(0, given.count, batch):
        with tempfile.TemporaryDirectory() as place:
            folder = pathlib.Path(place)
            names = []
            for number in range(begin, min(begin + batch, given.count)):
                seed = dice.choice(sorted(SEEDS))
                name = f"{number:06}-{seed}"
                (folder / name).write_bytes(mutated(SEEDS[seed], dice))
                names.append(name)
            for fault in check(given.program, given.command, folder, names):
                print(fault, file=sys.stderr)
                bad += 1
    print(f"{given.count} inputs, {bad} faults")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
