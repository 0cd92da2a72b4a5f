"""Checks the dossiers: form, known statuses, dates that parse and stand in order, quotes that stand in their document; prints counts."""

from __future__ import annotations

import re
import sys
from collections import Counter
from datetime import date, timedelta

from dossier import HERE, Document, Dossier, Plan, Step, read_dossiers

STATUSES = ("proposed", "announced", "confirmed", "postponed", "cancelled", "not_ruled_out", "under_way", "held")
KEPT = 30
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
SEASONS = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}


def first_day(value: str) -> date | None:
    """The first day that a TIMEX3 date value covers; None where the value is open (`XXXX-WXX-2`). Raises ValueError if it is no date."""
    value = value.split("/")[0]
    if re.fullmatch(r"XXXX-WXX-[1-7]", value):
        return None
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
        return date.fromisoformat(value)
    if week := re.fullmatch(r"(\d{4})-W(\d{2})", value):
        return date.fromisocalendar(int(week[1]), int(week[2]), 1)
    if season := re.fullmatch(r"(\d{4})-(SP|SU|FA|WI)", value):
        return date(int(season[1]), SEASONS[season[2]], 1)
    if month := re.fullmatch(r"(\d{4})-(\d{2})", value):
        return date(int(month[1]), int(month[2]), 1)
    if year := re.fullmatch(r"\d{4}", value):
        return date(int(year[0]), 1, 1)
    raise ValueError(f"no date: {value}")


def bad_dates(values: list[str]) -> list[str]:
    found = []
    for value in values:
        try:
            for part in value.split("/"):
                first_day(part)
        except ValueError as error:
            found.append(str(error))
    return found


def sentence_of(text: str, quote: str) -> str:
    """The sentence, roughly, in which a quote stands."""
    at = text.find(quote)
    begin = max(text.rfind(mark, 0, at) for mark in (". ", '." ', "\n")) + 1
    ends = [e for e in (text.find(mark, at + len(quote)) for mark in (". ", ".\n", "\n")) if e >= 0]
    return text[begin:min(ends, default=len(text))]


def check_step(step: Step, document: Document | None) -> list[str]:
    found = [f"unknown status {s}" for s in step.statuses if s not in STATUSES] + bad_dates(step.dates)
    if document is None:
        return found + [f"no document {step.document}"]
    if step.quote not in document.text:
        return found + [f"not in document {step.document}: {step.quote}"]
    if found or not document.published:
        return found
    published = date.fromisoformat(document.published)
    days = [day for value in step.dates if (day := first_day(value))]
    found += [f"{step.quote}: {day} is after the report" for day in days if day > published]
    named = [w for w in WEEKDAYS if w in sentence_of(document.text, step.quote)]
    exact = [date.fromisoformat(v) for v in step.dates if len(v) == 10 and v[0] == "2"]
    if named and exact and not any(WEEKDAYS[day.weekday()] in named or day == published or day == published - timedelta(1) for day in exact):
        found.append(f"{step.quote}: {exact[0]} is a {WEEKDAYS[exact[0].weekday()]}, the sentence names {', '.join(named)}")
    return found


def check_plan(plan: Plan, documents: dict[str, Document]) -> list[str]:
    found = bad_dates(plan.when)
    found += [f"told by {name}, which is no document" for name in plan.told if name not in documents]
    found += [f"evidence in {step.document}, which `told` lacks" for step in plan.steps if step.document not in plan.told]
    if not plan.told or not plan.steps:
        found.append(f"a plan without documents or history: {plan.kinds}")
    for step in plan.steps:
        found += check_step(step, documents.get(step.document))
    if not found:
        days = [day for step in plan.steps if step.dates and (day := first_day(step.dates[0]))]
        found += [f"{'|'.join(plan.kinds)}: the history is not in time order"] if days != sorted(days) else []
    return found


def check_dossier(dossier: Dossier) -> list[str]:
    documents = {document.id: document for document in dossier.documents}
    found = []
    if dossier.name != dossier.path.stem:
        found.append(f"the name is {dossier.name}")
    if not 2 <= len(dossier.documents) <= 6 or len(documents) != len(dossier.documents):
        found.append("needs two to six documents with ids of their own")
    seen: set[str] = set()
    for document in dossier.documents:
        if document.published:
            found += bad_dates([document.published])
        if document.original and document.original not in seen:
            found.append(f"{document.id} reprints {document.original}, which does not stand before it")
        seen.add(document.id)
        if not any(document.id in plan.told for plan in dossier.plans):
            found.append(f"{document.id} tells of no plan; say so in `about` with the word 'unrelated'") if "unrelated" not in dossier.about else None
    for plan in dossier.plans:
        found += check_plan(plan, documents)
    return [f"{dossier.path.name}: {problem}" for problem in found]


def print_counts(title: str, dossiers: list[Dossier]) -> None:
    plans = [plan for dossier in dossiers for plan in dossier.plans]
    steps = [step for plan in plans for step in plan.steps]
    documents = [document for dossier in dossiers for document in dossier.documents]
    print(f"{title}: {len(dossiers)} dossiers, {len(documents)} documents ({sum(bool(d.original) for d in documents)} reprints, "
          f"{sum(not d.published for d in documents)} undated, {sum(len(d.text.split()) for d in documents)} words), {len(plans)} plans "
          f"({sum(p.optional for p in plans)} optional), {len(steps)} steps ({sum(s.optional for s in steps)} optional)")
    for name, counts in (("statuses", Counter(step.statuses[0] for step in steps)), ("kinds", Counter(plan.kinds[0] for plan in plans))):
        print(f"  {name}: " + ", ".join(f"{what} {n}" for what, n in counts.most_common()))


def main() -> int:
    kept, others = read_dossiers(HERE / "kept"), read_dossiers(HERE)
    problems = [problem for dossier in kept + others for problem in check_dossier(dossier)]
    print_counts("kept", kept)
    print_counts("open", others)
    texts = Counter(document.text for dossier in kept + others for document in dossier.documents if not document.original)
    problems += [f"the same text twice, and no reprint: {text[:50]}" for text, n in texts.items() if n > 1]
    if len(kept) != KEPT:
        problems.append(f"{len(kept)} dossiers are kept apart, not {KEPT}")
    print("\n".join(problems) if problems else "ok")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
