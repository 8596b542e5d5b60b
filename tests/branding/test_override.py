"""An author's judgement counts in every number, by the functions that counted at first."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path

import pytest

from stackaudit.audit import audit
from stackaudit.audit.override import overridden
from stackaudit.opening import open_inventory
from stackaudit.result import AuditResult, Finding

ROOT = Path(__file__).resolve().parents[2]
INVENTORIES = ("northwind", "meltano.yaml", "minimal.yaml")


@cache
def result(name: str) -> AuditResult:
    return audit(open_inventory(ROOT / "inventories" / name), date(2026, 11, 1), "option")


def is_open(finding: Finding) -> bool:
    return finding.accepted is None or finding.accepted.lapsed


@pytest.mark.parametrize("name", INVENTORIES)
def test_counting_again_without_a_change_changes_nothing(name: str) -> None:
    plain = result(name)
    first = plain.findings[0]
    assert overridden(plain, {first.id: first.severity}, ()).to_json() == plain.to_json()
    assert overridden(plain, {}, ()) is plain


@pytest.mark.parametrize("name", INVENTORIES)
def test_without_its_findings_a_result_says_that_nothing_is_wrong(name: str) -> None:
    plain = result(name)
    bare = overridden(plain, {}, [f.id for f in plain.findings])
    assert bare.findings == []
    assert bare.summary.headline.startswith("Nothing wrong was found")
    assert next(t.value for t in bare.summary.tiles if t.id == "findings") == 0
    assert bare.repairs == []
    assert bare.funds is None
    assert [t.id for t in bare.summary.tiles if t.id == "saving"] == []
    assert all(a.id.startswith("answer:") for a in bare.actions)
    assert sum(a.high + a.medium + a.low + a.info for a in bare.areas) == 0
    assert {s.high for s in bare.scores} <= {100, None}


def test_a_lowered_finding_is_lower_in_tiles_areas_actions_and_order() -> None:
    plain = result("northwind")
    one = next(
        f
        for f in plain.findings
        if f.severity == "high"
        and f.confidence == "confirmed"
        and is_open(f)
        and f.action is not None
        and len([a for a in plain.actions if f.id in a.settles and len(a.settles) == 1]) == 1
    )
    made = overridden(plain, {one.id: "low"}, ())

    def high(r: AuditResult) -> tuple[str, int]:
        label = next(t.label for t in r.summary.tiles if t.id == "findings")
        return label, sum(a.high for a in r.areas)

    before, after = high(plain), high(made)
    assert after[1] == before[1] - 1
    assert after[0] != before[0]
    assert {a.severity for a in made.actions if one.id in a.settles} == {"low"}
    lows = [f.severity for f in made.findings].index("low")
    assert [f.id for f in made.findings].index(one.id) >= lows
    assert made.summary.so_what != plain.summary.so_what
    assert made.checks == plain.checks
    assert one.severity == "high"


def test_a_hidden_finding_is_named_nowhere() -> None:
    plain = result("northwind")
    led = next(f for f in plain.findings if f.leads and f.action is not None)
    saving = next(
        f
        for f in plain.findings
        if f.saving is not None and f.confidence == "confirmed" and is_open(f)
    )
    gone = [led.id, saving.id]
    made = overridden(plain, {}, gone)
    without = made.model_copy(update={"questions": [], "checks": []})
    text = without.to_json()
    assert [i for i in gone if f'"{i}"' in text] == []
    assert plain.funds is not None
    assert made.funds is not None
    assert saving.saving is not None
    assert made.funds.high == pytest.approx(plain.funds.high - saving.saving.high)
    settled = {i for r in made.repairs for i in r.settles}
    assert made.repairs[-1].settled_so_far == len(settled)
    assert made.repairs[-1].settled_so_far <= made.repairs[-1].of
    assert [r.rank for r in made.repairs] == list(range(1, len(made.repairs) + 1))
    assert AuditResult.model_validate_json(made.to_json()) == made
