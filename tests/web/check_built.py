"""Holds the built page in src/server/page to its sources in web/, without npm: the page bears the hash of what it was built from.

usage: check_built.py SOURCE_FOLDER
"""

import gzip
import hashlib
import pathlib
import re
import sys

# As web/plugins/source_hash.js has it.
FILES = ["src/brief/phrases.cc", "web/index.html", "web/package-lock.json", "web/package.json", "web/vite.config.js"]
FOLDERS = ["web/plugins", "web/public", "web/src"]
LARGEST = 300_000


def source_hash(root):
    names = FILES + [f"{folder}/{path.name}" for folder in FOLDERS for path in (root / folder).iterdir()]
    digest = hashlib.sha256()
    for name in sorted(names):
        digest.update(name.encode() + b"\0" + (root / name).read_bytes() + b"\0")
    return digest.hexdigest()


def main():
    root = pathlib.Path(sys.argv[1])
    built = root / "src/server/page"
    page = (built / "index.html").read_text(encoding="utf-8")
    faults = []
    told = re.search(r'<meta name="sources" content="([0-9a-f]*)"', page)
    if not told or told[1] != source_hash(root):
        faults.append("src/server/page is older than web/: run `npm ci && npx vite build` in web/ and commit what it makes")
    packed = sum(len(gzip.compress(path.read_bytes(), 6)) for path in built.iterdir())
    if packed > LARGEST:
        faults.append(f"the page has {packed} bytes packed, more than {LARGEST}")
    for path in built.glob("*.js"):
        if re.search(rb"sourceMappingURL|\beval\(|new Function\(", path.read_bytes()):
            faults.append(f"{path.name}: what the content security policy refuses")
    if re.search(r"<script(?![^>]*\bsrc=)|\sstyle=|\son\w+=", page):
        faults.append("index.html: script or style in the page itself")
    print("\n".join(faults) or f"the page is what its sources make: {packed} bytes packed")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
