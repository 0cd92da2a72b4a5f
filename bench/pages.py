#!/usr/bin/env python3
"""Pages a second, and seconds and memory on hostile shapes, beside trafilatura. By hand, never in CI.

Usage: bench/pages.py --data PAGES [--program build/polybius] [--peer PYTHON] [--rounds N] [--shapes]

PAGES holds html/*.html. PYTHON is the interpreter of a virtual environment outside this tree that has trafilatura
(python3 -m venv DIR && DIR/bin/pip install trafilatura); without it only our figures are shown. Both read the same bytes on one core
(taskset), turn about, in one run: each round is all pages by us, several times over so that the start does not count, then all pages by
trafilatura from memory, its import not counted. Titles, dates and text are asked of both.
"""
import argparse
import json
import pathlib
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "tests/cli"))
import hostile_shapes  # noqa: E402

PEER = """
import json, pathlib, sys, time, resource
import trafilatura
pages = [pathlib.Path(path).read_bytes() for path in sys.argv[1:]]
begin = time.process_time()
for page in pages:
    trafilatura.bare_extraction(page, with_metadata=True)
print(json.dumps([time.process_time() - begin, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024]))
"""
COPIES = 20


def one_core(command):
    return ["taskset", "-c", "0", *command] if shutil.which("taskset") else command


def cpu_seconds(command):
    """User and system time of a command."""
    import os
    process = subprocess.Popen(one_core(command), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, _, usage = os.wait4(process.pid, 0)
    process.returncode = 0
    return usage.ru_utime + usage.ru_stime


def peer_seconds(python, paths, limit=None):
    """CPU seconds and MiB, or nothing if it took longer than the limit."""
    try:
        done = subprocess.run(one_core([python, "-c", PEER, *map(str, paths)]), capture_output=True, text=True, timeout=limit)
    except subprocess.TimeoutExpired:
        return None
    if done.returncode != 0:
        sys.exit(f"the peer failed: {done.stderr.strip()[-300:]}")
    return json.loads(done.stdout)


def speed(options, folder):
    pages = sorted((options.data / "html").glob("*.html"))
    size = sum(page.stat().st_size for page in pages)
    print(f"{len(pages)} pages, {size / len(pages) / 1000:.0f} kB each")
    for copy in range(COPIES):
        for page in pages:
            (folder / f"{copy:02}-{page.name}").symlink_to(page.resolve())
    ours, theirs = [], []
    many = sorted(map(str, folder.iterdir()))
    for _ in range(options.rounds):
        ours.append(COPIES * len(pages) / cpu_seconds([str(options.program), "extract", "--jobs", "1", *many]))
        if options.peer:
            theirs.append(len(pages) / peer_seconds(options.peer, pages)[0])
    print(f"polybius extract: {statistics.median(ours):.0f} pages per CPU second (of {', '.join(f'{x:.0f}' for x in ours)})")
    if theirs:
        print(f"trafilatura:      {statistics.median(theirs):.1f} (of {', '.join(f'{x:.1f}' for x in theirs)})")
        print(f"ratio: {statistics.median(ours) / statistics.median(theirs):.1f}")


def shapes(options, folder):
    print(f"{'shape':24} {'MiB':>7} {'s/MiB':>8} {'MiB used':>9}   trafilatura s/MiB, MiB used")
    for name, data, _ in hostile_shapes.shapes():
        if data[:1] != b"<":
            continue
        path = folder / f"{name}.html"
        path.write_bytes(data)
        size = len(data) / 2**20
        _, _, _, seconds, memory = hostile_shapes.run([str(options.program), "extract", "--jobs", "1", str(path)])
        line = f"{name:24} {size:7.2f} {seconds / size:8.3f} {memory:9.1f}"
        if options.peer:
            peer = peer_seconds(options.peer, [path], limit=options.patience)
            line += f"   {peer[0] / size:8.3f} {peer[1]:9.1f}" if peer else f"   over {options.patience / size:.0f}"
        print(line, flush=True)
        path.unlink()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=pathlib.Path, required=True)
    parser.add_argument("--program", type=pathlib.Path, default=ROOT / "build/polybius")
    parser.add_argument("--peer")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--shapes", action="store_true")
    parser.add_argument("--patience", type=int, default=120, help="seconds after which a peer is stopped")
    options = parser.parse_args()
    begin = time.monotonic()
    with tempfile.TemporaryDirectory() as place:
        (shapes if options.shapes else speed)(options, pathlib.Path(place))
    print(f"took {time.monotonic() - begin:.0f} s")


if __name__ == "__main__":
    main()
