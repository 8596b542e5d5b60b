"""Needed flows that run by themselves and come too late; tiles say what they count."""

from __future__ import annotations

import pytest

from stackaudit.audit import audit
from stackaudit.opening import open_inventory
from stackaudit.report import render_html
from stackaudit.result import AuditResult
from stackaudit.testing import DAY

NORTHWIND = "inventories/northwind"


@pytest.fixture(scope="module")
def result(request: pytest.FixtureRequest) -> AuditResult:
    return audit(open_inventory(request.config.rootpath / NORTHWIND), DAY)


def test_a_needed_flow_over_its_limit_is_late_and_one_within_it_is_automatic(
    result: AuditResult,
) -> None:
    over = {
        d.id: (d.delay_minutes or 0) > (d.limit_minutes or 0)
        for d in result.demands
        if d.served in ("automatic", "late") and d.limit_minutes is not None
    }
    late = {d.id for d in result.demands if d.served == "late"}
    assert late == {i for i, is_over in over.items() if is_over}
    assert late
    assert len(late) < len(over)


def test_late_flows_are_among_those_that_run_by_themselves(result: AuditResult) -> None:
    answer = next(a for a in result.answers if a.id == "support-integrated")
    assert answer.done == sum(d.served in ("automatic", "late") for d in result.demands)


def test_the_report_says_that_a_late_flow_runs_and_is_too_late(result: AuditResult) -> None:
    assert "runs by itself, too late" in render_html(result)


def test_every_tile_with_a_value_says_what_it_counts(result: AuditResult) -> None:
    tiles = [t for t in result.summary.tiles if t.value is not None]
    assert [t.id for t in tiles if not t.unit] == []
    units = {t.id: t.unit for t in tiles}
    assert units["spend"] == f"{result.company.currency} a year"
    html = render_html(result)
    for t in tiles:
        fact = f'data-fact="tile-{t.id}" data-value="{t.value:.15g}" data-unit="{t.unit}"'
        assert html.count(fact) == 1
