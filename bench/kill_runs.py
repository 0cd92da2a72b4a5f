#!/usr/bin/env python3
"""Kills `polybius code -o FILE` at random moments: the file stays as it was before, or is whole.

Usage: kill_runs.py PROGRAM [--runs 100] [--seed 1]

The first run is left alone: its output is the truth, its duration the range of the moments. Prints how many runs were
killed, and how many of them left the old file or the new one; anything else, a part of a file or a leftover beside it that
the next run does not take away, ends in failure.
"""
import argparse
import pathlib
import random
import signal
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
OLD = b"what stood here before\n"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("program")
    parser.add_argument("--runs", type=int, default=100)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    dice = random.Random(options.seed)
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        articles, out = folder / "articles.jsonl", folder / "out" / "records.jsonl"
        out.parent.mkdir()
        with articles.open("wb") as file:
            subprocess.run([sys.executable, HERE / "make_articles.py", "60", HERE.parent / "examples/week.jsonl"], stdout=file, check=True)
        command = [options.program, "code", "--jobs", "2", str(articles), "-o", str(out)]
        begin = time.monotonic()
        subprocess.run(command, check=True, stderr=subprocess.DEVNULL)
        duration, truth = time.monotonic() - begin, out.read_bytes()
        kept, made = 0, 0
        for number in range(options.runs):
            out.write_bytes(OLD)
            run = subprocess.Popen(command, stderr=subprocess.DEVNULL)
            time.sleep(dice.uniform(0, 1.1 * duration))
            run.send_signal(signal.SIGKILL)
            run.wait()
            found = out.read_bytes()
            if found not in (OLD, truth):
                sys.exit(f"kill_runs: run {number}: {out.name} is neither the old file nor the new one")
            kept += found == OLD
            made += found == truth
        subprocess.run(command, check=True, stderr=subprocess.DEVNULL)
        if out.read_bytes() != truth:
            sys.exit("kill_runs: the run after the killed ones differs from the first")
        print(f"{options.runs} runs killed: {kept} left the old file, {made} the whole new one; "
              f"{len(list(out.parent.iterdir())) - 1} leftovers beside it")


if __name__ == "__main__":
    main()
