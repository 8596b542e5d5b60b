"""What is to be done first, and how late needed flows are."""

from __future__ import annotations

from datetime import date

from stackaudit.audit import audit
from stackaudit.result import AuditResult
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
