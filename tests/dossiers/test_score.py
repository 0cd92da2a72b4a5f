"""Tests of the dossiers' scorer: the true histories score full marks, and each kind of mistake costs what it should."""

from __future__ import annotations

import contextlib
import io
import json
import tempfile
import unittest
from pathlib import Path

from dossier import HERE, read_dossiers
from score import score


def true_plans() -> list[dict]:
    """What a faultless program would write: every plan with its first right answers."""
    rows = []
    for dossier in read_dossiers(HERE):
        for plan in dossier.plans:
            rows.append({"dossier": dossier.name, "history": [
                {"status": step.statuses[0], "time": step.dates[0] if step.dates else "", "document": f"{dossier.name}/{step.document}",
                 "evidence": step.quote, "said_by": {"name": step.said_by[0]} if step.said_by else None} for step in plan.steps]})
    return rows


def scored(rows: list[dict]) -> dict[str, float]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "plans.jsonl"
        path.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
        with contextlib.redirect_stdout(io.StringIO()):
            return score(path, HERE, False)


class Scorer(unittest.TestCase):
    def test_the_truth_scores_full_marks(self) -> None:
        self.assertEqual(scored(true_plans()), {"changes": 100.0, "plans": 100.0, "merged": 0.0})

    def test_nothing_scores_nothing(self) -> None:
        self.assertEqual(scored([]), {"changes": 0.0, "plans": 0.0, "merged": 0.0})

    def test_a_wrong_status_costs(self) -> None:
        rows = true_plans()
        for row in rows:
            row["history"][-1]["status"] = "proposed"
        self.assertLess(scored(rows)["changes"], 80)

    def test_a_wrong_date_costs(self) -> None:
        rows = true_plans()
        for row in rows:
            row["history"][0]["time"] = "1999-01-01"
        self.assertLess(scored(rows)["changes"], 80)

    def test_two_plans_of_one_dossier_in_one_are_merged(self) -> None:
        rows = true_plans()
        both = [row for row in rows if row["dossier"] == "nurses-of-otago"]
        rest = [row for row in rows if row not in both]
        merged = {"history": both[0]["history"] + both[-1]["history"]}
        self.assertGreater(scored(rest + both[1:-1] + [merged])["merged"], 0)

    def test_two_dossiers_in_one_plan_are_merged(self) -> None:
        rows = true_plans()
        self.assertGreater(scored(rows[2:] + [{"history": rows[0]["history"] + rows[-1]["history"]}])["merged"], 0)

    def test_a_split_plan_costs(self) -> None:
        rows = []
        for row in true_plans():
            rows += [{"history": row["history"][:1]}, {"history": row["history"][1:]}] if len(row["history"]) > 1 else [row]
        self.assertLess(scored(rows)["changes"], 75)


if __name__ == "__main__":
    unittest.main()
