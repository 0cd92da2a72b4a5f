"""Loads the HTML brief in Chromium and uses it as readers do: mouse, finger, keyboard, in light and dark, wide and narrow.

usage: check_page.py SAMPLE_BRIEF [FOLDER for screenshots]
"""

import pathlib
import subprocess
import sys
import tempfile

from browser import Browser

ESCAPE, TAB, ENTER = "\ue00c", "\ue004", "\ue007"
CHECKS = (pathlib.Path(__file__).parent / "page_checks.js").read_text(encoding="utf-8")
WIDTHS = {"wide": (1360, 900, False), "phone": (390, 844, True), "small phone": (320, 640, True)}
faults = []


def expect(truth, fault):
    if not truth:
        faults.append(fault)


def lit(browser, selector):
    return browser.run("return [...document.querySelectorAll(arguments[0])].filter(e => e.matches('.on')).length", selector)


def check_looks(browser, kind):
    for width, size in WIDTHS.items():
        for dark in (False, True):
            browser.size(*size)
            browser.media(dark=dark)
            faults.extend(f"{kind}, {width}{', dark' if dark else ''}: {fault}" for fault in browser.run(CHECKS))
    browser.media("print")
    expect(browser.run("return getComputedStyle(document.querySelector('.legend')).display") == "none", f"{kind}: print shows the legend")
    browser.media()


def check_mouse(browser):
    browser.size(*WIDTHS["wide"])
    browser.run("scrollTo(0, 0)")
    browser.hover(".happened .finding")
    expect(lit(browser, ".prose .m") >= 1, "hovering a finding lights nothing in the article")
    expect(browser.run("return document.querySelectorAll('.near').length") >= 1, "hovering a finding does not show its sentence")
    browser.hover(".prose a.st")
    expect(lit(browser, ".said") >= 1, "hovering a quotation lights no statement")
    browser.click(".prose a.ev.occurred")
    expect(lit(browser, ".finding") == 1, "clicking an event's words does not light its finding")
    expect(browser.run("return document.activeElement.matches('.finding')"), "clicking an event's words does not lead to its finding")
    browser.press(ESCAPE)
    expect(lit(browser, "*") == 0, "Escape does not put the lights out")
    browser.click(".legend input[value=st]")
    expect(
        browser.run("return getComputedStyle(document.querySelector('.prose .st:not(.on)')).backgroundColor") == "rgba(0, 0, 0, 0)",
        "the legend does not hide statements",
    )
    browser.click(".legend input[value=st]")


def check_keyboard(browser):
    browser.run("scrollTo(0, 0); document.activeElement.blur(); document.querySelector('.skip').focus()")
    expect(browser.run("return document.querySelector('.skip').getBoundingClientRect().left >= 0"), "the skip link does not show")
    seen = []
    for _ in range(12):
        browser.press(TAB)
        seen.append(browser.run("return document.activeElement.className + ' ' + getComputedStyle(document.activeElement).outlineStyle"))
    expect(any("m " in name for name in seen), "Tab never reaches the article's marks")
    expect(all("none" not in name.split() for name in seen), f"focus does not show: {seen}")
    browser.run("document.querySelector('.unreal .to').focus()")
    expect(lit(browser, ".prose .m") >= 1, "focus on a finding lights nothing in the article")
    browser.press(ENTER)
    expect(browser.run("return document.activeElement.matches('.prose .m')"), "Enter on 'in the text' does not lead to the text")
    browser.press(ENTER)
    expect(browser.run("return document.activeElement.matches('.found')"), "Enter on a mark does not lead back")


def check_finger(browser):
    browser.size(*WIDTHS["phone"])
    browser.run("scrollTo(0, 0)")
    browser.click(".prose a.ev")
    expect(browser.run("return !document.querySelector('.sheet').hidden"), "a tap in the article shows no sheet")
    expect("meet" in browser.run("return document.querySelector('.sheet').textContent"), "the sheet does not tell the event")
    browser.click(".sheet li a")
    expect(browser.run("return document.activeElement.matches('.finding')"), "the sheet does not lead to the finding")
    expect(browser.run("return document.querySelector('.sheet').hidden"), "the sheet stays")


def shoot(browser, folder):
    for width, size in WIDTHS.items():
        browser.size(*size)
        for dark in (False, True):
            browser.media(dark=dark)
            browser.run("scrollTo(0, 0)")
            browser.shoot(f"{folder}/{width.replace(' ', '_')}{'_dark' if dark else ''}.png", whole=True)
    browser.media()
    browser.print_pdf(f"{folder}/print.pdf")


def main():
    if not Browser.installed():
        print("skipped: chromium and chromium-driver are not installed")
        return 77
    with tempfile.TemporaryDirectory() as folder, Browser() as browser:
        for kind in ("one", "many", "hostile"):
            page = pathlib.Path(folder) / f"{kind}.html"
            page.write_bytes(subprocess.run([sys.argv[1], kind], stdout=subprocess.PIPE, check=True).stdout)
            browser.open(page.as_uri())
            check_looks(browser, kind)
            if kind == "one":
                check_mouse(browser)
                check_keyboard(browser)
                check_finger(browser)
                if len(sys.argv) > 2:
                    shoot(browser, sys.argv[2])
            expect(browser.run("return document.scripts.length") == 1, f"{kind}: more than one script")
            faults.extend(f"{kind}: console: {line['message']}" for line in browser.complaints())
    print("\n".join(faults) or "the page keeps what it promises")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
