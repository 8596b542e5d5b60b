"""Which tools hold personal data, by what the inventory states of its integrations."""

from __future__ import annotations

from stackaudit.graph.personal import personal_data
from stackaudit.testing import make_stack

STACK = """
stackaudit: 1
company: {name: X}
tools:
  - ZoomInfo
  - {name: Totals, product: none, data: {metric-report: store}}
  - {name: CRM, product: none, capabilities: [crm]}
integrations:
  - {from: ZoomInfo, to: CRM, objects: [account, contact]}
  - {from: Totals, to: CRM, objects: [contact]}
"""


def test_a_tool_from_which_contacts_are_taken_holds_them_and_that_is_stated() -> None:
    stack = make_stack(STACK)
    vendor = next(t for t in stack.tools if t.name == "ZoomInfo")
    found = personal_data(stack, vendor)
    assert found.objects[0] == "contact"
    assert found.evidence is not None
    assert not found.evidence.assumed


def test_declared_data_is_all_that_a_tool_holds_whatever_is_taken_from_it() -> None:
    stack = make_stack(STACK)
    totals = next(t for t in stack.tools if t.name == "Totals")
    assert personal_data(stack, totals).holds is False
