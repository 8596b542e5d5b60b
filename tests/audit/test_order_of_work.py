"""What is to be done first, and how late needed flows are."""

from __future__ import annotations

from datetime import date

import pytest

from stackaudit.audit import audit
from stackaudit.audit.actions import _ordered
from stackaudit.result import Action, AuditResult, Severity
from stackaudit.testing import make_resolved

STACK = """
stackaudit: 1
company: {name: X, profile: b2b-saas, as_of: 2026-11-01}
complete: [tools, integrations]
tools:
  - {name: Base, product: none, capabilities: [crm], data: {contact: store}}
  - {name: Other, product: none, capabilities: [surveys-feedback], data: {contact: store}}
  - name: Mailer
    product: none
    capabilities: [email-marketing]
    data: {contact: activate, message-engagement: capture}
    contract: {ends: 2027-01-31, notice_days: 30, auto_renews: yes}
  - {name: Sender, product: none, capabilities: [email-marketing], data: {}}
systems_of_record: {contact: none}
integrations:
  - {from: base, to: other, objects: contact, method: rest-api, every: daily}
  - {from: mailer, to: other, objects: message-engagement, method: rest-api, every: hourly}
  - {from: other, to: base, objects: message-engagement, method: rest-api, every: daily}
"""


def judged() -> AuditResult:
    return audit(make_resolved(STACK), date(2026, 11, 1))


def test_a_flow_into_a_record_waits_for_the_record_and_a_renewal_for_the_choice() -> None:
    result = judged()
    before = {a.id: a.depends_on for a in result.actions}
    assert before["contract:mailer"] == ["consolidate:mailer+sender"]
    assert before["connect:base>mailer"] == ["record:contact"]
    assert before["record:contact"] == []


def test_the_delay_of_a_needed_flow_is_the_sum_of_its_intervals() -> None:
    late = {d.id: d.delay_minutes for d in judged().demands}
    assert late["email-marketing/crm/message-engagement/all"] == 60 + 1440


SUITE = """
stackaudit: 1
company: {name: X, as_of: 2026-11-01}
complete: [tools, integrations]
tools:
  - name: HubSpot Marketing Hub
    capabilities: {marketing-automation: primary, landing-pages: unused}
    cost: 90000
    contract: {ends: 2026-12-31, notice_days: 45, auto_renews: yes}
  - {name: Pages, product: none, capabilities: [landing-pages], cost: 6000}
integrations: []
"""


def test_what_is_to_take_over_is_renewed_first_and_nothing_waits_for_itself() -> None:
    result = audit(make_resolved(SUITE), date(2026, 11, 1))
    before = {a.id: a.depends_on for a in result.actions}
    assert before["retire:pages"] == ["contract:hubspot-marketing-hub"]
    assert before["contract:hubspot-marketing-hub"] == []


def test_a_renewal_that_is_not_near_holds_nothing_up() -> None:
    late = SUITE.replace("2026-12-31", "2027-12-31")
    result = audit(make_resolved(late), date(2026, 11, 1))
    assert {a.id: a.depends_on for a in result.actions}["retire:pages"] == []


def action(name: str, severity: Severity, check: str = "x") -> Action:
    return Action(
        id=name,
        text="",
        effort="small",
        severity=severity,
        tools=["a", "b"],
        settles=[f"{check}:y"],
    )


@pytest.mark.parametrize(
    ("decision", "work", "waits"),
    [
        (action("contract:a", "high", "renewal-deadline"), action("connect:c>a", "medium"), True),
        (action("consolidate:a+b", "high"), action("hasten:c-a", "medium"), True),
        # As grave, or only the terms are to be looked up: the flow is not held up.
        (action("contract:a", "high", "renewal-deadline"), action("connect:c>a", "high"), False),
        (action("contract:a", "high", "unknown-terms"), action("connect:c>a", "medium"), False),
        (action("retire:a", "medium"), action("connect:c>a", "high"), False),
    ],
)
def test_no_work_goes_into_a_tool_whose_stay_is_to_be_decided_first(
    decision: Action, work: Action, waits: bool
) -> None:
    done = {a.id: a.depends_on for a in _ordered([work, decision], [])}
    assert done == {work.id: [decision.id] if waits else [], decision.id: []}
