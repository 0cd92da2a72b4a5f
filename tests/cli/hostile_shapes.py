#!/usr/bin/env python3
"""Pages, archives and lines made to break readers: each must end with its text found or its loss named, within 200 MiB.

Usage: hostile_shapes.py PROGRAM [--figures] [--only NAME] [--keep FOLDER]

Memory is held by RLIMIT_DATA, so that what takes more is refused by the kernel and fails here. Nothing is timed, but a run that takes
minutes is ended and counts as a fault; --figures prints CPU seconds and MiB a shape (bench/pages.py shows them beside other programs').
"""
import argparse
import gzip
import json
import os
import pathlib
import resource
import subprocess
import sys
import tempfile
import time
import zlib

MEMORY = 200 << 20
MINUTES = 300
SENTENCE = "The river council agreed on Friday to build a second bridge near the old mill, its chair said. "
STORY = "".join(f"<p>{SENTENCE}It is the {n}. of the kind.</p>" for n in range(6))


def page(body, head=""):
    return f"<!doctype html><html lang=en><head><title>Bridge agreed</title>{head}</head><body>{body}</body></html>".encode()


def entities(count):
    kinds = ["&amp;", "&eacute;", "&#8217;", "&#x2014;", "&nosuchname;", "&copy", "&#xffffffff;", "&"]
    return "".join(kinds[n % len(kinds)] for n in range(count))


# name: (bytes, whether the sentence must be found); else a reason must be named
def shapes():
    yield "nested_elements", page("<div>" * 200_000 + STORY + "</div>" * 200_000), True
    yield "nested_unclosed", page("<div><section><x-y>" * 70_000 + STORY), True
    yield "nested_lists", page("<ul><li>" * 100_000 + STORY), True
    yield "nested_tables", page("<table><tr><td>" * 70_000 + STORY), True
    yield "nested_quotes", page("<blockquote>" * 200_000 + STORY), True
    yield "attributes", page("<div " + " ".join(f"a{n}=v{n}" for n in range(300_000)) + ">" + STORY + "</div>"), True
    yield "same_attributes", page("<div " + "class=comment id=x " * 150_000 + ">" + STORY + "</div>"), True
    yield "long_attribute", page("<div class='" + "word " * 1_000_000 + "'>" + STORY + "</div>"), True
    yield "inline_image", page("<img src='data:image/png;base64," + "QUJD" * 3_000_000 + "'>" + STORY), True
    yield "formatting", page("<b><i><u><a><font>" * 10_000 + STORY), True
    yield "formatting_paragraphs", page("<p><b><i>" * 25_000 + STORY), True
    yield "formatting_crossed", page("<a><b></a><i></b><u></i></u>" * 20_000 + STORY), True
    yield "end_tags", page("</p></div></b></table>" * 100_000 + STORY), True
    yield "entities", page("<p>" + entities(1_000_000) + "</p>" + STORY), True
    yield "comments_open", page(STORY + "<!--" * 500_000), True
    yield "declarations_open", page(STORY + "<!x<?y" * 300_000), True
    yield "tags_open", page(STORY + "<a href=\"" * 300_000), True
    yield "tags_unended", page(STORY + "<a <b <c " * 300_000), True
    yield "scripts_open", page(STORY + "<script><style><textarea><title>" * 60_000), True
    yield "script_escapes", page("<script>" + "<!--<script>" * 200_000 + "</script>" + STORY), False
    yield "less_than", page("<p>" + "< " * 1_000_000 + "</p>" + STORY), True
    yield "paragraphs", page("<p>x" * 1_000_000 + STORY), True
    yield "breaks", page(STORY + "<br>" * 1_000_000), True
    yield "headings", page("<h2><a href=/>One of the other stories</a></h2><p>Its teaser says more or less the same.</p>" * 50_000
                           + STORY), True
    yield "json_deep", page(STORY, "<script type=application/ld+json>" + "[" * 2_000_000 + "</script>"), True
    yield "json_wide", page(STORY, "<script type=application/ld+json>[" + '{"@type":"Article","author":[{"name":"Jo"}]},' * 40_000
                            + "{}]</script>"), True
    yield "metas", page(STORY, "<meta name=x content=y><link rel=canonical href=/><title>" * 60_000), False
    yield "times", page("<time datetime=2025-10-24 itemprop=datePublished>x</time>" * 100_000 + STORY), True
    yield "long_line", page("<p>" + SENTENCE * 100_000), True
    yield "line_of_50_mb", page("<p>" + SENTENCE * 520_000), False
    yield "plain_line_of_50_mb", (SENTENCE * 520_000).encode(), False
    yield "plain_lines", ("x\n" * 4_000_000 + SENTENCE).encode(), True
    yield "mixed_encodings", page(STORY * 20_000).replace(b"mill", b"m\xefll").replace(b"old", "öld".encode()), False
    yield "all_high_bytes", b"<html><p>" + bytes(range(128, 256)) * 60_000, False
    yield "zeros", page(STORY + "\0" * 3_000_000), False
    yield "gzip_bomb", bomb(page(STORY)), True


def zeros_packed(size):
    """A gzip member of `size` zero bytes, made without holding them."""
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    piece = bytes(1 << 20)
    return b"".join([packer.compress(piece) for _ in range(size >> 20)] + [packer.flush()])


def record(body, number, content_type=b"text/html"):
    block = b"HTTP/1.1 200 OK\r\nContent-Type: " + content_type + b"\r\n\r\n" + body
    return (b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:%d>\r\nWARC-Target-URI: https://river.example/%d\r\n"
            b"Content-Length: %d\r\n\r\n%s\r\n\r\n" % (number, number, len(block), block))


def bomb(good):
    """An archive whose first record unpacks to 2 GiB and whose second is a page."""
    size = 2 << 30
    head = (b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:1>\r\nContent-Length: %d\r\n\r\n"
            b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" % (size + 44))
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    piece = bytes(1 << 20)
    member = packer.compress(head) + b"".join(packer.compress(piece) for _ in range(size >> 20)) + packer.flush()
    return member + gzip.compress(record(good, 2), mtime=0)


def limited():
    resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def run(command):
    """Exit status, output, errors, CPU seconds, MiB at the most."""
    begin = time.monotonic()
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as errors:
        process = subprocess.Popen(command, stdout=out, stderr=errors, preexec_fn=limited)
        deadline = begin + MINUTES
        status, usage = 0, None
        while usage is None:
            pid, status, found = os.wait4(process.pid, os.WNOHANG)
            if pid:
                usage = found
            elif time.monotonic() > deadline:
                process.kill()
            else:
                time.sleep(0.002)
        process.returncode = os.waitstatus_to_exitcode(status)
        seconds = usage.ru_utime + usage.ru_stime
        out.seek(0)
        errors.seek(0)
        return process.returncode, out.read(), errors.read().decode("utf-8", "replace"), seconds, usage.ru_maxrss / 1024


def faults_of(status, output, errors, must_find):
    if status not in (0, 1, 3):
        yield f"exit status {status}: {errors.strip()[-200:]}"
        return
    rows = [json.loads(line) for line in output.decode("utf-8").splitlines()]
    found = any(SENTENCE.strip() in row["text"] for row in rows)
    if must_find and not found:
        yield f"the text was not found: {errors.strip()[-200:]}"
    if not found and not errors and not any(row.get("text") for row in rows):
        yield "neither text nor a reason"
    if errors and "(E-" not in errors:
        yield f"a reason without a code: {errors.strip()[-200:]}"


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("program")
    options.add_argument("--figures", action="store_true")
    options.add_argument("--only")
    options.add_argument("--keep", type=pathlib.Path, help="leave the shapes in this folder")
    given = options.parse_args()
    bad = count = 0
    with tempfile.TemporaryDirectory() as place:
        folder = given.keep or pathlib.Path(place)
        for name, data, must_find in shapes():
            if given.only and name != given.only:
                continue
            packed = data[:3] == b"\x1f\x8b\x08"
            path = folder / (name + (".warc.gz" if packed else ".html" if data[:1] == b"<" else ".txt"))
            path.write_bytes(data)
            status, output, errors, seconds, memory = run([given.program, "extract", "--jobs", "1", str(path)])
            if given.figures:
                print(f"{name:24} {len(data) / 2**20:7.2f} MiB {seconds:8.3f} s {seconds / (len(data) / 2**20):8.3f} s/MiB "
                      f"{memory:7.1f} MiB used  status {status} {errors.strip()[-90:]}", flush=True)
            for fault in faults_of(status, output, errors, must_find):
                print(f"{name}: {fault}", file=sys.stderr)
                bad += 1
            count += 1
            if not given.keep:
                path.unlink()
    print(f"{count} shapes, {bad} faults")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
