"""Edit scripts that make a lemma from a form: a case rule, then letters cut from the end and letters added."""

from __future__ import annotations

CASES = ["lower", "keep", "title", "upper"]


def recase(form: str, case: str) -> str:
    """Letter by letter, so that the engine needs no rule that looks at neighbours."""
    if case == "keep":
        return form
    lower = "".join(c.lower() if len(c.lower()) == 1 else c for c in form)
    if case == "lower":
        return lower
    upper = "".join(c.upper() if len(c.upper()) == 1 else c for c in form)
    return upper if case == "upper" else upper[:1] + lower[1:]


def script_for(form: str, lemma: str) -> str:
    """`CASE CUT ADD`, e.g. "lower 3 y" (armies, army); `= LEMMA` where nothing is shared (was, be)."""
    best = None
    for order, case in enumerate(CASES):
        base = recase(form, case)
        shared = 0
        while shared < min(len(base), len(lemma)) and base[shared] == lemma[shared]:
            shared += 1
        cut, add = len(base) - shared, lemma[shared:]
        if shared and (best is None or (cut + len(add), order) < best[0]):
            best = ((cut + len(add), order), f"{case} {cut} {add}")
    return best[1] if best else f"= {lemma}"


def apply_script(form: str, script: str) -> str:
    """The lemma; the form as it is where the script cuts more than there is."""
    if script.startswith("= "):
        return script[2:]
    case, cut, add = script.split(" ", 2)
    base = recase(form, case)
    keep = len(base) - int(cut)
    if keep < 0 or (keep == 0 and not add):
        return form
    return base[:keep] + add
