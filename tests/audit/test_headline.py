"""The first screen's sentences: what is missing is counted once, named, and reads well."""

from __future__ import annotations

from pathlib import Path

import pytest

from stackaudit.audit import audit
from stackaudit.opening import open_inventory
from stackaudit.result import AuditResult
from stackaudit.testing import DAY

PARTS = """stackaudit: 1
company: {name: Acme, profile: agency-smb, scopes: [east, west], as_of: 2026-11-01}
complete: [tools, integrations]
tools:
  - {id: mail, name: Mailer, product: none, capabilities: [email-marketing], scopes: [east]}
"""
ONE_FLOW = """stackaudit: 1
company: {name: Acme, as_of: 2026-11-01}
complete: [tools, integrations]
tools:
  - {id: forms, name: Forms, product: none, capabilities: [form-capture]}
  - {id: crm, name: CRM, product: none, capabilities: [crm]}
integrations:
  - {from: forms, to: crm, objects: [lead], method: manual-export}
processes:
  - {name: Follow up, carries: lead, steps: [form-capture, crm], owner: none}
"""


def _audited(text: str, tmp_path: Path) -> AuditResult:
    path = tmp_path / "stack.yaml"
    path.write_text(text, "utf-8")
    return audit(open_inventory(path), DAY)


def test_a_capability_missing_in_one_part_of_the_company_is_not_said_to_have_no_tool(
    tmp_path: Path,
) -> None:
    result = _audited(PARTS, tmp_path)
    gone = [
        f
        for f in result.findings
        if f.check == "missing-capability" and f.confidence == "confirmed" and f.severity != "info"
    ]
    nowhere = {f.subjects[0].id for f in gone if not f.scopes}
    partly = {f.subjects[0].id for f in gone} - nowhere
    assert partly == {"email-marketing"}
    assert result.summary.headline.startswith(f"{len(nowhere)} expected capabilities have no tool")
    assert "1 more has none in part of the company" in result.summary.headline


def test_where_the_headline_is_about_gaps_the_next_sentence_names_the_gravest(
    tmp_path: Path,
) -> None:
    result = _audited(PARTS, tmp_path)
    named = result.summary.so_what[0]
    assert named.startswith("This kind of company must have what is missing here: ")
    first = named.split(": ", 1)[1].split(";")[0]
    assert first in {c.name for c in result.capabilities if c.expected == "must"}


def test_one_needed_flow_is_not_said_to_be_one_of_one(tmp_path: Path) -> None:
    result = _audited(ONE_FLOW, tmp_path)
    said = [result.summary.headline, *result.summary.so_what]
    assert [s for s in said if "1 of 1" in s or "0 of 1" in s] == []


@pytest.mark.parametrize("name", ["inventories/minimal.yaml", "inventories/northwind"])
def test_no_sentence_of_the_first_screen_begins_with_not_known(
    request: pytest.FixtureRequest, name: str
) -> None:
    summary = audit(open_inventory(request.config.rootpath / name), DAY).summary
    assert [s for s in (summary.headline, *summary.so_what) if s.startswith("Not known")] == []
