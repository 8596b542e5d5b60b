"""Numbers in prose equal the JSON: every one, in every sample, counted again from the file."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import sample
from page import Page

from stackaudit.audit import audit
from stackaudit.opening import open_inventory
from stackaudit.report import render_html
from stackaudit.result import AuditResult
from stackaudit.testing import DAY

INVENTORIES = Path(__file__).parents[2] / "inventories"


def _audited(name: str) -> Callable[[], AuditResult]:
    return lambda: audit(open_inventory(INVENTORIES / name), DAY)


SAMPLES: dict[str, Callable[[], AuditResult]] = {
    "retailer": sample.retailer,
    "sparse": sample.sparse,
    "nothing": lambda: sample.bare(0),
    "one-tool": lambda: sample.bare(1),
    "five": lambda: sample.scaled(5),
    "sixty": lambda: sample.scaled(60),
    "hundred-and-fifty": lambda: sample.scaled(150),
    "northwind": _audited("northwind"),
    "meltano": _audited("meltano.yaml"),
    "minimal": _audited("minimal.yaml"),
    "reconciled": _audited("reconciled.yaml"),
}


class Counted:
    """The result's JSON, and every number that the report may say of it."""

    def __init__(self, text: str) -> None:
        self.r = json.loads(text)
        found = self.r["findings"]
        self.open = [f for f in found if not f.get("accepted") or f["accepted"].get("lapsed")]
        self.problems = [f for f in self.open if f["severity"] != "info"]
        self.in_use = [t for t in self.r["tools"] if t["in_use"]]
        self.ids = {t["id"] for t in self.in_use}

    def numbers(self) -> dict[str, float]:
        """Return what each fact of the page must be."""
        r = self.r
        return {
            "tools-in-use": len(self.in_use),
            "integrations": len(r["integrations"]),
            "unconnected": sum(
                not (t["sends_to"] or t["receives_from"] or t["carries"]) for t in self.in_use
            ),
            "checks-run": len(r["checks"]),
            "questions": len(r["questions"]),
            "observed-only": sum(
                row["state"] == "only-observed" for row in r.get("observed", {}).get("rows", ())
            ),
            "trust-risks": sum(
                f["category"] == "trust"
                and f["check"] not in ("consent-not-propagated", "late-suppression")
                for f in self.open
            ),
            **self._findings(),
            **self._capabilities(),
            **self._flows(),
            **self._people(),
            **self._money(),
            **self._actions(),
            **{f"tile-{t['id']}": t["value"] for t in r["summary"]["tiles"]},
        }

    def _findings(self) -> dict[str, float]:
        said: dict[str, float] = {"findings-open": len(self.problems)}
        overlaps = ("duplicate-product", "overlapping-tools", "shadowed-by-suite")
        for state in ("confirmed", "possible"):
            mine = [f for f in self.problems if f["confidence"] == state]
            said[f"findings-{state}"] = len(mine)
            said[f"overlaps-{state}"] = sum(f["check"] in overlaps for f in mine)
            for f in mine:
                key = f"area-{f['category']}-{state}"
                said[key] = said.get(key, 0) + 1
        for f in self.open:
            if f["severity"] == "info":
                key = f"area-{f['category']}-information"
                said[key] = said.get(key, 0) + 1
        return said

    def _capabilities(self) -> dict[str, float]:
        gaps: dict[str, str] = {}
        for f in self.r["findings"]:
            if f["check"] == "missing-capability" and f["severity"] != "info":
                (capability,) = (s["id"] for s in f["subjects"] if s["kind"] == "capability")
                if gaps.get(capability) != "confirmed":
                    gaps[capability] = f["confidence"] if f in self.open else "accepted"
        served = {
            c["id"]
            for c in self.r["capabilities"]
            if any(p["strength"] != "unused" and p["tool"] in self.ids for p in c["providers"])
        }
        expected = {
            c["id"] for c in self.r["capabilities"] if c.get("expected") in ("must", "should")
        }
        missing = {i for i, state in gaps.items() if state == "confirmed"}
        maybe = {i for i, state in gaps.items() if state == "possible"}
        whole = (expected & served) - missing - maybe
        return {
            "capabilities-missing": len(missing),
            "capabilities-maybe-missing": len(maybe),
            "capabilities-partly": len(missing & served),
            "capabilities-without": len(missing - served),
            "capabilities-provided": len(served),
            "expected-capabilities": len(expected),
            "expected-served": len(whole),
            "capabilities-open": len(expected) - len(whole) - len(missing) - len(maybe),
        }

    def _flows(self) -> dict[str, float]:
        r = self.r
        answer = next((a for a in r["answers"] if a["id"] == "support-integrated"), None)
        demands = [d for d in r["demands"] if d["strength"] in ("must", "should")]
        auto = sum(d["served"] == "automatic" for d in demands)
        done, of = (answer["done"], answer["of"]) if answer and answer["of"] else (auto, 0)
        of = of or len(demands)
        unknown = min(sum(d["served"] == "unknown" for d in demands), of - done)
        falls = [f for f in r["falls"] if f["kind"] != "person" and f["falls"]]
        senders: dict[str, set[str]] = {}
        for s in r["senders"]:
            if not s["transactional"]:
                senders.setdefault(s["tool"], set()).add(s["served"])
        said: dict[str, float] = {
            "flows-automatic": done,
            "flows-needed": of,
            "flows-unknown": unknown,
            "flows-not": of - done - unknown,
            "senders": len(senders),
            "senders-reached": sum(v == {"automatic"} for v in senders.values()),
            "senders-unknown": sum(
                "unknown" in v and v <= {"unknown", "automatic"} for v in senders.values()
            ),
        }
        if falls:
            said |= {"flows-fall": len(falls[0]["falls"]), "flows-fall-must": falls[0]["must"]}
        if r["repairs"]:
            first = r["repairs"][:8]
            said |= {
                "repairs-first": len(first),
                "repairs-settled": first[-1]["settled_so_far"],
                "repairs-of": first[-1]["of"],
            }
        return said

    def _people(self) -> dict[str, float]:
        kept = [len(f["keeps"]) for f in self.r["falls"] if f["kind"] == "person" and f["keeps"]]
        owners = [t.get("owner") for t in self.in_use]
        return {
            "owned": sum(bool(o) for o in owners),
            "stated-unowned": sum(o == [] for o in owners),
            "owner-unknown": sum(o is None for o in owners),
            "sole-keepers": len(kept),
            "kept-alone": max(kept, default=0),
        }

    def _money(self) -> dict[str, float]:
        r = self.r
        day = date.fromisoformat(r["as_of"])
        soon = [
            c
            for c in r["contracts"]
            if c.get("notice_day")
            and c.get("auto_renews") is not False
            and 0 <= (date.fromisoformat(c["notice_day"]) - day).days <= 90
        ]
        said: dict[str, float] = {
            "cost-known": r["spend"]["known_for"],
            "cost-of": r["spend"]["of"],
            "contracts": len(r["contracts"]),
            "notice-soon": len(soon),
        }
        if r["spend"].get("total"):
            said["spend-total"] = r["spend"]["total"]["high"]
        if r.get("funds"):
            said |= {"funds": r["funds"]["high"], "funds-possible": r["funds"]["possible_high"]}
        scores = [s for s in r["scores"] if s.get("low") is not None]
        if scores:
            said["score-worst"] = min(s["low"] for s in scores)
        return said

    def _actions(self) -> dict[str, float]:
        actions = self.r["actions"]
        sure = [a for a in actions if a["confidence"] == "confirmed" and a["severity"] != "info"]
        dots = [a for a in sure if a["settles"]][:12]
        settled = {i for a in actions for i in a["settles"]}
        return {
            "actions": len(actions),
            "settled": len(settled & {f["id"] for f in self.problems}),
            "actions-drawn": len(dots),
            "actions-small": sum(a["effort"] == "small" for a in dots),
            "actions-many": sum(len(a["settles"]) > 1 for a in dots),
        }


@pytest.fixture(scope="module", params=sorted(SAMPLES))
def said_and_counted(request: pytest.FixtureRequest) -> tuple[dict[str, set[str]], dict[str, Any]]:
    result = SAMPLES[request.param]()
    return Page(render_html(result)).facts, Counted(result.to_json()).numbers()


def test_every_number_in_prose_is_that_of_the_json(
    said_and_counted: tuple[dict[str, set[str]], dict[str, Any]],
) -> None:
    facts, numbers = said_and_counted
    said = {key: sorted(map(float, values)) for key, values in facts.items()}
    assert said == {key: [float(numbers.get(key, -1))] for key in facts}


def test_a_report_of_facts_says_many_numbers() -> None:
    facts = Page(render_html(sample.retailer())).facts
    assert len(facts) > 50
