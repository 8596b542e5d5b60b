"""Accepted findings stay in the result, marked; what lapsed or matches nothing is said."""

from __future__ import annotations

import pytest

from stackaudit.audit import audit
from stackaudit.result import AuditResult
from stackaudit.testing import DAY, make_resolved

STACK = """
stackaudit: 1
company: {name: X}
complete: [integrations]
systems_of_record: {contact: crm}
tools:
  - {name: CRM, owner: none, data: {contact: store}}
  - {name: Form, owner: Mia, data: {contact: capture}}
  - {name: Mail, owner: Mia, data: {contact: activate}}
integrations: [{from: form, to: mail, objects: [contact], status: broken, owner: Mia}]
accepted:
"""


def audited(*entries: str) -> AuditResult:
    return audit(make_resolved(STACK + "".join(f"  - {e}\n" for e in entries)), DAY)


def accepted(result: AuditResult) -> set[str]:
    return {f.id for f in result.findings if f.accepted is not None and not f.accepted.lapsed}


@pytest.mark.parametrize(
    ("entry", "marked"),
    [
        ("{check: unowned, key: crm, because: b, until: 2027-01-01}", {"unowned:crm"}),
        ("{check: unowned, key: 'c*', because: b, until: 2027-01-01}", {"unowned:crm"}),
        ("{check: unowned, tool: CRM, because: b, until: 2027-01-01}", {"unowned:crm"}),
        (
            "{check: broken-integration, integration: form-mail, because: b, until: 2027-01-01}",
            {"broken-integration:form-mail"},
        ),
        (
            "{check: trapped-data, object: contact, because: b, until: 2027-01-01}",
            {"trapped-data:form/contact"},
        ),
        ("{check: unowned, key: mail, because: b, until: 2027-01-01}", set()),
        ("{check: blind-tool, key: crm, because: b, until: 2027-01-01}", set()),
    ],
)
def test_an_entry_marks_what_it_names_and_nothing_else(entry: str, marked: set[str]) -> None:
    result = audited(entry)
    assert accepted(result) == marked
    assert len(result.accepted_unmatched) == (not marked)


def test_an_accepted_finding_stays_with_its_reason_and_asks_for_nothing() -> None:
    before = audited("{check: unowned, key: nobody, because: b, until: 2027-01-01}")
    result = audited(
        "{check: unowned, key: crm, because: it goes, by: Mia, until: 2027-01-01, ticket: T-1}"
    )
    assert [f.id for f in result.findings] == [f.id for f in before.findings]
    [finding] = [f for f in result.findings if f.id == "unowned:crm"]
    mark = finding.accepted
    assert mark is not None
    assert (mark.because, mark.by, mark.ticket, mark.lapsed) == ("it goes", "Mia", "T-1", False)
    assert mark.place is not None
    assert mark.place.line == STACK.count("\n") + 1
    assert "owner:crm" in {a.id for a in before.actions}
    assert "owner:crm" not in {a.id for a in result.actions}
    assert next(c for c in result.checks if c.id == "unowned").accepted == 1


def test_an_acceptance_holds_on_its_last_day_and_lapses_on_the_next() -> None:
    holds = audited("{check: unowned, key: crm, because: b, until: 2026-11-01}")
    assert accepted(holds) == {"unowned:crm"}
    assert holds.accepted_lapsed == []
    lapsed = audited("{check: unowned, key: crm, because: b, until: 2026-10-31}")
    assert accepted(lapsed) == set()
    assert [left.name for left in lapsed.accepted_lapsed] == ["unowned, key crm"]
    assert lapsed.accepted_unmatched == []
    assert "owner:crm" in {a.id for a in lapsed.actions}
    assert next(c for c in lapsed.checks if c.id == "unowned").accepted == 0


def test_of_two_entries_the_one_that_still_holds_counts() -> None:
    result = audited(
        "{check: unowned, key: crm, because: old, until: 2026-10-01}",
        "{check: unowned, key: crm, because: new, until: 2027-10-01}",
    )
    [finding] = [f for f in result.findings if f.id == "unowned:crm"]
    assert finding.accepted is not None
    assert finding.accepted.because == "new"


def test_an_entry_that_matches_nothing_is_reported_with_its_place() -> None:
    result = audited("{check: unowned, key: mail, because: b, until: 2027-01-01}")
    [left] = result.accepted_unmatched
    assert left.place is not None
    assert left.place.line == STACK.count("\n") + 1
