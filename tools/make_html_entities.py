#!/usr/bin/env python3
"""Writes src/article/html_entities.inc, the named character references of WHATWG HTML 13.5, from Python's own table of them."""
import html.entities
import pathlib

OUT = pathlib.Path(__file__).resolve().parent.parent / "src/article/html_entities.inc"


def main():
    known = html.entities.html5
    rows = []
    for name in sorted({name.rstrip(";") for name in known}):
        text = known.get(name + ";", known.get(name))
        bytes_ = "".join(f"\\{byte:03o}" for byte in text.encode())
        rows.append('{"%s", "%s", %d}' % (name, bytes_, name in known))
    lines, line = [], ""
    for row in rows:
        if len(line) + len(row) > 118:
            lines.append(line.rstrip())
            line = ""
        line += row + ", "
    lines.append(line.rstrip())
    head = ("// Written by tools/make_html_entities.py: name, UTF-8, whether it counts without its semicolon (WHATWG HTML 13.5).\n"
            "// clang-format off\n")
    OUT.write_text(head + "\n".join(lines) + "\n// clang-format on\n")
    print(f"{len(rows)} references")


if __name__ == "__main__":
    main()
