"""No euro is claimed twice, whatever claims it."""

from __future__ import annotations

from stackaudit.audit import audit
from stackaudit.result import Finding
from stackaudit.testing import DAY, make_resolved

STACK = """
stackaudit: 1
company: {name: X, currency: EUR}
complete: [tools, integrations]
tools:
  - name: Poster
    capabilities: [social-publishing]
    cost: 10000
    seats: {paid: 10, active: %s, price: 900}
  - {name: Other poster, capabilities: [social-publishing], cost: 4000}
  - name: Planner
    capabilities: [work-management]
    cost: 6000
    seats: {paid: 60, active: 40, price: 100}
integrations: []
"""


def findings(active: int) -> dict[str, Finding]:
    result = audit(make_resolved(STACK % active), DAY, "option")
    return {f.id: f for f in result.findings}


def test_unused_seats_claim_their_part_of_the_cost() -> None:
    saving = findings(10)["unused-seats:planner"].saving
    assert saving is not None
    assert (saving.low, saving.high) == (2000, 2000)


def test_seats_of_a_tool_that_may_be_given_up_altogether_are_not_claimed_again() -> None:
    found = findings(5)
    overlap = next(f for i, f in found.items() if i.startswith("overlapping-tools:"))
    assert overlap.saving is not None
    assert found["unused-seats:poster"].saving is None


def test_an_idle_tool_goes_before_everything_else() -> None:
    found = findings(0)
    idle = found["idle-tool:poster"].saving
    assert idle is not None
    assert (idle.low, idle.high) == (10000, 10000)
    assert found["unused-seats:poster"].saving is None
    assert sum(f.saving.high for f in found.values() if f.saving is not None) <= 20000


def test_seats_without_a_price_are_worth_their_share_of_the_cost() -> None:
    more = "  - {name: Board, product: none, cost: 1000-2000, seats: {paid: 10, active: 5}}"
    text = STACK.replace("integrations: []", f"{more}\nintegrations: []")
    result = audit(make_resolved(text % 10), DAY, "option")
    saving = next(f.saving for f in result.findings if f.id == "unused-seats:board")
    assert saving is not None
    assert (saving.low, saving.high) == (500, 1000)


def test_one_seat_stays_while_data_flows() -> None:
    flow = "integrations: [{from: planner, to: poster, objects: [project-task]}]"
    text = (STACK % 10).replace("integrations: []", flow).replace("active: 40", "active: 0")
    result = audit(make_resolved(text), DAY, "option")
    saving = next(f.saving for f in result.findings if f.id == "unused-seats:planner")
    assert saving is not None
    assert saving.high == 5900
