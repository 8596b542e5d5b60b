"""``stackaudit explain`` of a finding: the whole reasoning."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import Tool

STACK = """\
stackaudit: 1
company: {name: Acme, currency: EUR, as_of: 2026-11-01}
freshness: {contact: hourly}
systems_of_record: {contact: crm}
complete: [tools, integrations]
tools:
  - {name: CRM, product: none, data: {contact: store}}
  - {name: Mailer, product: none, data: {contact: activate}, owner: Mia Chen, cost: 5000,
     seats: {paid: 20, active: 5, price: 100},
    contract: {ends: 2027-01-31, notice_days: 30, auto_renews: yes}}
integrations:
  - {from: crm, to: mailer, objects: contact, method: native-connector, every: daily}
"""


@pytest.fixture
def explain(tool: Tool, write: Callable[[str, str], Path]) -> Callable[[str], str]:
    stack = write("acme.yaml", STACK)

    def run(finding: str) -> str:
        said = tool("explain", finding, stack)
        assert said.code == 0, said.err
        return " ".join(said.out.split())

    return run


def test_the_path_the_thresholds_and_the_counter_argument_are_there(
    explain: Callable[[str], str],
) -> None:
    out = explain("stale-copy:mailer/contact")
    assert "The path 1. CRM → Mailer: Native (vendor-built) connector, daily" in out
    assert "Judged with: tolerance 0.25" in out
    assert "What speaks against it Harmless if: " in out
    assert "Known to be wrong: " in out
    assert "What settles it Action: " in out
    assert "Mia Chen" in out


def test_money_has_its_formula_and_the_day_it_counts_from(explain: Callable[[str], str]) -> None:
    out = explain("unused-seats:mailer")
    assert "At stake: 5,000 EUR a year = " in out
    assert "Saving: 1,500 EUR a year, from 2027-02-01 = unused seats at the price of a seat" in out
    assert "Judged with: share 0.1, seats 2" in out
