#!/usr/bin/env python3
"""A run that is killed at any moment and resumed ends with the same bytes as one that was not. Usage: resume_run.py PROGRAM"""
import gzip
import pathlib
import random
import subprocess
import sys
import tempfile
import time


def record(number):
    body = "".join(f"<p>The council heard speaker {number * 31 + n} on Friday, and did not agree with a word of it.</p>" for n in range(300))
    block = f"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<html><h1>Day {number}</h1>{body}</html>".encode()
    return (b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:%d>\r\nWARC-Target-URI: https://river.example/%d\r\n"
            b"Content-Length: %d\r\n\r\n%s\r\n\r\n" % (number % 900, number, len(block), block))


def main():
    program = sys.argv[1]
    dice = random.Random(5)
    with tempfile.TemporaryDirectory() as place:
        folder = pathlib.Path(place)
        inputs = [folder / "a.warc.gz", folder / "b.jsonl", folder / "missing", folder / "c.warc"]
        members = [gzip.compress(record(number), 1, mtime=0) for number in range(600)]
        members[200] = members[200][:300]  # broken: named, and the rest is read
        inputs[0].write_bytes(b"".join(members))
        inputs[1].write_text("".join(f'{{"id":"{n % 50}","text":"Text number {n % 70}."}}\n' for n in range(300)) + "{broken\n")
        inputs[3].write_bytes(b"".join(record(number) for number in range(900, 1400)))
        out, whole = folder / "out.jsonl", folder / "whole.jsonl"
        command = [program, "extract", *map(str, inputs)]
        once = subprocess.run([*command, "-o", str(whole)], capture_output=True, check=False)
        assert once.returncode == 1, once
        kills = 0
        for _ in range(200):
            process = subprocess.Popen([*command, "-o", str(out), "--resume"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            if kills < 6:
                seen = size_of(folder)
                # Killed once it has added something, so that each run goes on somewhere else.
                wanted = seen + dice.randrange(200_000, 2_000_000)
                while process.poll() is None and size_of(folder) < wanted:
                    time.sleep(0.001)
                if process.poll() is None:
                    process.kill()
                    kills += 1
            if process.wait() >= 0:
                break
        assert process.returncode == 1, process.returncode
        assert out.read_bytes() == whole.read_bytes(), "the bytes differ"
        assert not (folder / "out.jsonl.part").exists() and not (folder / "out.jsonl.part.journal").exists()
        refused = subprocess.run([*command, "--resume"], capture_output=True, text=True)
        assert refused.returncode == 3 and "E-CLI-10" in refused.stderr, refused
        (folder / "out.jsonl.part").write_text("x")
        (folder / "out.jsonl.part.journal").write_text("x\n")
        refused = subprocess.run([*command, "-o", str(out), "--resume"], capture_output=True, text=True)
        assert refused.returncode == 3 and "E-CLI-12" in refused.stderr, refused
        print(f"killed {kills} times, the same {whole.stat().st_size} bytes")


def size_of(folder):
    part = folder / "out.jsonl.part"
    return part.stat().st_size if part.exists() else 0


if __name__ == "__main__":
    main()
