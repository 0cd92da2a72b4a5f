#!/usr/bin/env python3
"""Holds a running server to docs/openapi.yaml with schemathesis: what the description allows is taken, what it forbids refused, every answer of its form.

Usage: test_description.py PROGRAM      SERVER_EXAMPLES=N: that many requests an operation instead of a few
"""
import os
import pathlib
import subprocess
import sys
import tempfile

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
sys.path.insert(0, str(HERE))
from running import RunningServer, make_records  # noqa: E402

PROGRAM = os.path.abspath(sys.argv[1] if len(sys.argv) > 1 else "build/polybius")
EXAMPLES = os.environ.get("SERVER_EXAMPLES", "15")
TESTER = pathlib.Path(os.environ.get("SCHEMATHESIS", ROOT / "build/venv/bin/schemathesis"))

if not TESTER.exists():
    print(f"{TESTER} is missing: tools/setup.sh test", file=sys.stderr)
    sys.exit(77)
with tempfile.TemporaryDirectory() as folder:
    db = pathlib.Path(folder) / "news.db"
    subprocess.run([PROGRAM, "load", "--db", db, "-"], input=make_records(200), check=True, stderr=subprocess.DEVNULL)
    with RunningServer(PROGRAM, db) as server:
        done = subprocess.run([TESTER, "--config-file", HERE / "schemathesis.toml", "run", ROOT / "docs/openapi.yaml", "--url", server.url.rstrip("/"),
                               "--max-examples", EXAMPLES, "--seed", "7"], cwd=folder)
        status, said = server.stop()
sys.exit(done.returncode or status or ("E-SRV" in said))
