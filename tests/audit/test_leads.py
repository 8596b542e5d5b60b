"""What follows from what: a finding is listed under its cause."""

from __future__ import annotations

from datetime import date

from stackaudit.audit import audit
from stackaudit.result import Finding
from stackaudit.testing import make_resolved

INVENTORY = """
stackaudit: 1
company: {name: X, profile: agency-smb}
complete: [tools, integrations]
tools:
  - {name: Form, capabilities: [form-capture], data: {lead: capture}}
  - {name: Sales, capabilities: [crm], data: {lead: store}}
  - {name: Auto, capabilities: [marketing-automation], data: {lead: activate}}
processes:
  - {name: Enquiry, carries: lead, steps: [marketing-automation, crm, form-capture]}
integrations:
  - {id: leads, from: form, to: sales, objects: [lead], status: broken}
"""


def found() -> dict[str, Finding]:
    result = audit(make_resolved(INVENTORY), date(2026, 11, 1))
    return {finding.id: finding for finding in result.findings}


def test_what_a_broken_integration_breaks_is_listed_under_it() -> None:
    assert found()["broken-process:enquiry-to-crm/crm"].led_by == "broken-integration:leads"


def test_later_breaks_of_a_process_are_listed_under_the_first() -> None:
    findings = found()
    first = findings["broken-process:enquiry/crm"]
    later = findings["broken-process:enquiry/form-capture"]
    assert first.led_by is None
    assert later.led_by == first.id
    assert later.id in first.leads


def test_a_usual_process_is_listed_under_the_capability_it_lacks() -> None:
    lacks = found()["broken-process:nurture/email-marketing"]
    assert lacks.led_by == "missing-capability:email-marketing/all"


def test_a_later_break_is_listed_under_what_leads_the_first() -> None:
    text = """
stackaudit: 1
company: {name: X, profile: b2b-saas}
complete: [tools, integrations]
tools:
  - {name: Stage, capabilities: [webinars], data: {marketing-event: capture}}
  - {name: Auto, capabilities: [marketing-automation], data: {marketing-event: activate}}
  - {name: Sales, capabilities: [crm], data: {marketing-event: store}}
integrations:
  - {from: stage, to: sales, objects: [marketing-event], every: daily, method: rest-api}
"""
    result = audit(make_resolved(text), date(2026, 11, 1))
    found = {finding.id: finding for finding in result.findings}
    missing = "missing-flow:webinars/marketing-automation/marketing-event/all"
    first = found["broken-process:webinar-follow-up/marketing-automation"]
    later = found["broken-process:webinar-follow-up/crm"]
    assert (first.led_by, later.led_by) == (missing, missing)
    assert {first.id, later.id} <= set(found[missing].leads)


def test_unused_seats_of_an_idle_tool_are_listed_under_it() -> None:
    text = """
stackaudit: 1
company: {name: X}
complete: [integrations]
tools:
  - {name: Lib, capabilities: [digital-asset-management], cost: 900, seats: {paid: 9, active: 0}}
  - {name: Desk, capabilities: [crm], cost: 900, seats: {paid: 9, active: 4}}
"""
    result = audit(make_resolved(text), date(2026, 11, 1))
    found = {finding.id: finding for finding in result.findings}
    assert found["unused-seats:lib"].led_by == "idle-tool:lib"
    assert found["unused-seats:desk"].led_by is None


def test_nobody_is_told_to_send_results_to_another_sender() -> None:
    text = """
stackaudit: 1
company: {name: X}
complete: [tools, integrations]
tools:
  - {name: Mail, channels: [email], data: {message-engagement: [capture, measure]}}
  - {name: Sales, channels: [email], data: {message-engagement: [capture, measure]}}
integrations: []
"""
    result = audit(make_resolved(text), date(2026, 11, 1))
    found = {finding.id: finding for finding in result.findings}
    action = found["unmeasured-channel:mail/email"].action
    assert action is not None
    assert action.text == "Decide where the results of Mail are measured"
