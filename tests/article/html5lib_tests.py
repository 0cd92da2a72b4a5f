#!/usr/bin/env python3
"""Holds our HTML tokenizer against html5lib's tests (MIT), which come with the source of Python's html5lib and are not kept here.

Usage: html5lib_tests.py PRINT_TOKENS [--tests FILE.tar.gz] [--failures N]

PRINT_TOKENS is build/print_tokens. Without --tests the source is fetched by pip; where that cannot be, the exit status is 77. A document
type counts as one token, whatever its parts; states that only a tree in SVG or MathML enters are left out, and counted so.
Fails where a smaller share passes than SHARE.
"""
import argparse
import json
import pathlib
import subprocess
import sys
import tarfile
import tempfile

VERSION = "1.1"
SHARE = 0.995
KNOWN_STATES = ("Data state", "PLAINTEXT state", "RCDATA state", "RAWTEXT state", "Script data state")


def fetched(folder):
    """The source archive, or None. Its build asks for an old setuptools, which is for reading its name only."""
    constraint = folder / "constraint.txt"
    constraint.write_text("setuptools<70\n")
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check", "--no-deps", "--no-binary", ":all:",
               f"html5lib=={VERSION}", "-d", str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300,
                          env={"PIP_CONSTRAINT": str(constraint), **__import__("os").environ})
    found = list(folder.glob("html5lib-*.tar.gz"))
    if not found:
        print(done.stderr.strip()[-300:], file=sys.stderr)
    return found[0] if found else None


def unescaped(text):
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace") if "\\u" not in text else json.loads(
        '"' + text.replace('"', '\\"').replace("\n", "\\n").replace("\r", "\\r").replace("\t", "\\t").replace("\0", "\\u0000")
        .replace("\f", "\\f").replace("\b", "\\b") + '"')


def merged(tokens):
    out = []
    for token in tokens:
        if token == "ParseError":
            continue
        token = ["DOCTYPE"] if token[0] == "DOCTYPE" else token
        if token[0] == "Character" and out and out[-1][0] == "Character":
            out[-1] = ["Character", out[-1][1] + token[1]]
        else:
            out.append(token)
    return out


def read_tests(archive):
    """Each test once for each state it names: (name, {input,state,last}, tokens)."""
    with tarfile.open(archive) as files:
        for member in files.getmembers():
            if "/testdata/tokenizer/" not in member.name or not member.name.endswith(".test"):
                continue
            content = json.load(files.extractfile(member))
            for test in content.get("tests", []):
                tokens, text = test["output"], test["input"]
                if test.get("doubleEscaped"):
                    text = unescaped(text)
                    tokens = json.loads(json.dumps(tokens).replace("\\\\u", "\\u"))
                for state in test.get("initialStates", ["Data state"]):
                    asked = {"input": text, "state": state, "last": test.get("lastStartTag", "")}
                    yield pathlib.Path(member.name).name + ": " + test["description"], asked, merged(tokens)


def has_lone_surrogate(asked):
    return any(0xD800 <= ord(c) < 0xE000 for c in asked["input"])


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("program")
    options.add_argument("--tests")
    options.add_argument("--failures", type=int, default=0, help="show so many")
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as place:
        archive = given.tests or fetched(pathlib.Path(place))
        if archive is None:
            print("html5lib's source cannot be had")
            return 77
        tests = list(read_tests(archive))
    usable = [test for test in tests if test[1]["state"] in KNOWN_STATES and not has_lone_surrogate(test[1])]
    lines = "".join(json.dumps(asked) + "\n" for _, asked, _ in usable)
    done = subprocess.run([given.program], input=lines, capture_output=True, text=True, check=True)
    passed, shown = 0, 0
    for (name, asked, tokens), line in zip(usable, done.stdout.split("\n")):
        got = json.loads(line)
        passed += got == tokens
        if got != tokens and shown < given.failures:
            shown += 1
            print(f"{name} {asked}\n  wanted {tokens}\n  got    {got}")
    share = passed / len(usable)
    print(f"{passed} of {len(usable)} pass ({100 * share:.2f} %); {len(tests) - len(usable)} of {len(tests)} left out")
    return 0 if share >= SHARE else 1


if __name__ == "__main__":
    sys.exit(main())
