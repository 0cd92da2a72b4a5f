#!/usr/bin/env python3
"""Runs the store's unit tests on a real PostgreSQL, too. Usage: run_on_postgres.py TEST_PROGRAM"""
import os
import pathlib
import subprocess
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from postgres import TemporaryPostgres  # noqa: E402

with TemporaryPostgres() as server:
    environment = {**os.environ, "POLYBIUS_TEST_POSTGRES": server.fresh("conformance")}
    sys.exit(subprocess.run([sys.argv[1], "--source-file=*/tests/store/*", "--minimal"], env=environment).returncode)
