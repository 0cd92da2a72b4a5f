"""Runs a command that writes document records, one a line, and holds each against the schema and against `check_records`.

usage: check_schema.py SCHEMA CHECK_RECORDS COMMAND [ARGUMENT...]
"""

import json
import subprocess
import sys

try:
    import jsonschema
except ImportError:
    print("skipped: python3-jsonschema is not installed")
    sys.exit(77)

with open(sys.argv[1], encoding="utf-8") as file:
    validator = jsonschema.Draft202012Validator(json.load(file))
written = subprocess.run(sys.argv[3:], stdout=subprocess.PIPE, check=False)
faults = 0
count = 0
for line in written.stdout.decode("utf-8").split("\n"):
    if not line:
        continue
    count += 1
    record = json.loads(line)
    for fault in validator.iter_errors(record):
        faults += 1
        print(f"{record.get('id')}: {'/'.join(map(str, fault.absolute_path))}: {fault.message[:200]}")
checked = subprocess.run([sys.argv[2]], input=written.stdout, stdout=subprocess.PIPE, check=False)
print(checked.stdout.decode("utf-8"), end="")
faults += checked.returncode != 0
if not count:
    print(f"no record; the command ended with {written.returncode}")
print(f"{count} records, {faults} faults")
sys.exit(1 if faults or not count else 0)
