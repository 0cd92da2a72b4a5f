"""A Chromium that knows the page, and a server that gives it one; for the tests beside."""

import pathlib
import subprocess
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).parent.parent / "brief"))
from browser import ELEMENT, Browser  # noqa: E402

TAB, ENTER, ESCAPE, RIGHT, DOWN = "\ue004", "\ue007", "\ue00c", "\ue014", "\ue015"
SIZES = {"wide": (1360, 900, False), "phone": (390, 844, True), "small phone": (320, 640, True)}
VIEWS = ["", "?view=plans", "?view=events", "?view=statements", "?view=time", "?view=time&by=type", "?view=network", "?view=network&as=matrix", "?view=map",
         "?view=parties", "?view=documents", "?view=read"]
SETTLED = "return document.querySelector('main') && !document.querySelector('main .waiting, main .stale') && document.readyState === 'complete'"


class Server:
    """`with Server(polybius, database) as server:` `server.address` is where it answers."""

    def __init__(self, polybius, database):
        self.command = [polybius, "serve", "--db", str(database), "--port", "0"]

    def __enter__(self):
        self.process = subprocess.Popen(self.command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        self.address = self.process.stdout.readline().strip().rstrip("/")
        if not self.address.startswith("http"):
            raise RuntimeError(f"the server does not start: {self.address!r}")
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait(timeout=30)
        self.process.stdout.close()


class Page(Browser):
    """One window that finds no host but this machine."""

    arguments = ("--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1", "--window-size=1360,900")

    def visit(self, address):
        self.open(address)
        self.settle()

    def until(self, script, what, *arguments):
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            found = self.run(script, *arguments)
            if found:
                return found
            time.sleep(0.05)
        raise AssertionError(f"{what}: not within a minute, at {self.here()}")

    def settle(self):
        self.until(SETTLED, "the answers come")
        return self.until(SETTLED, "the answers come")

    def here(self):
        return self.run("return location.search")

    def text(self, selector="main"):
        return self.run("return [...document.querySelectorAll(arguments[0])].map(e => e.textContent).join('\\n')", selector)

    def number(self, selector):
        return self.run("return document.querySelectorAll(arguments[0]).length", selector)

    def click_on(self, selector, words=""):
        """A click of the mouse on the first element of that selector which holds the words, as a person would do it."""
        script = "return [...document.querySelectorAll(arguments[0])].find(e => e.textContent.includes(arguments[1]))"
        element = self.until(script, f"{selector} with {words!r}", selector, words)
        self.call("POST", f"{self.session}/element/{element[ELEMENT]}/click", {})
        self.settle()

    def type(self, words):
        strokes = [stroke for letter in words for stroke in ({"type": "keyDown", "value": letter}, {"type": "keyUp", "value": letter})]
        self.call("POST", f"{self.session}/actions", {"actions": [{"type": "key", "id": "keys", "actions": strokes}]})

    def fill(self, selector, words):
        """Types the words into a field and waits until it holds them."""
        field = self.until("return document.querySelector(arguments[0])", selector, selector)
        self.call("POST", f"{self.session}/element/{field[ELEMENT]}/value", {"text": words})
        self.until("return document.querySelector(arguments[0]).value === arguments[1]", f"{words!r} in {selector}", selector, words)

    def tab_to(self, selector, words="", most=200):
        """Presses Tab until what is asked for has the focus; answers how often."""
        script = "const e = document.activeElement; return e.matches(arguments[0]) && e.textContent.includes(arguments[1])"
        for presses in range(1, most):
            self.press(TAB)
            if self.run(script, selector, words):
                shown = self.run("const s = getComputedStyle(document.activeElement); return s.outlineStyle !== 'none' || document.activeElement.matches('svg *')")
                if not shown:
                    raise AssertionError(f"the focus on {selector} does not show")
                return presses
        raise AssertionError(f"Tab does not reach {selector} with {words!r}")

    def run_later(self, script, *arguments):
        """A script that calls its last argument when it is done."""
        return self.call("POST", f"{self.session}/execute/async", {"script": script, "args": list(arguments)})
