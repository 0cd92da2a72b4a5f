"""Measures the page on a store in Chromium: first paint, and when the overview's figures stand. Usage: page.py POLYBIUS STORE [RUNS]"""

import pathlib
import statistics
import sys

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent / "tests/web"))
from page import SIZES, VIEWS, Page, Server  # noqa: E402

PAINT = "return performance.getEntriesByType('paint').find(entry => entry.name === 'first-contentful-paint')?.startTime"
ANSWERED = "return performance.getEntriesByType('resource').reduce((last, entry) => Math.max(last, entry.responseEnd), 0)"


def main():
    polybius, store = sys.argv[1:3]
    runs = int(sys.argv[3]) if len(sys.argv) > 3 else 5
    with Server(polybius, store) as server, Page() as page:
        page.size(*SIZES["wide"])
        for view in VIEWS[:-1]:
            times = []
            for _ in range(runs):
                page.devtools("Network.clearBrowserCache")
                page.visit(f"{server.address}/{view}")
                times.append((page.until(PAINT, "a paint"), page.run(ANSWERED)))
            paint, answered = (statistics.median(column) for column in zip(*times))
            print(f"{view or 'overview':28} first paint {paint:5.0f} ms, all answers {answered:5.0f} ms (medians of {runs})")


if __name__ == "__main__":
    main()
