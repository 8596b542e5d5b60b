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


MIXED = """stackaudit: 1
company: {name: Acme, profile: b2b-saas, as_of: 2026-11-01}
complete: [tools, integrations]
tools:
  - {id: forms, name: Forms, product: none, capabilities: [form-capture, marketing-automation]}
  - {id: crm, name: CRM, product: none, capabilities: [crm, seo]}
integrations:
  - {from: forms, to: crm, objects: [lead], status: broken}
"""


def test_what_is_broken_is_named_before_what_a_profile_would_like_to_see(tmp_path: Path) -> None:
    # Many missing capabilities are one comparison; leads that do not arrive are lost every day.
    result = _audited(MIXED, tmp_path)
    sure = [f for f in result.findings if f.confidence == "confirmed"]
    assert sum(f.check == "missing-capability" for f in sure) > 5
    assert result.summary.headline == "The integration Forms → CRM is broken (leads)"


def test_a_contract_is_called_one_even_beside_other_spend(tmp_path: Path) -> None:
    contract = "contract: {ends: 2026-12-20, notice_days: 30, auto_renews: yes}"
    tools = "".join(f"  - {{id: t{i}, name: T{i}, product: none, {contract}}}\n" for i in range(2))
    text = (
        "stackaudit: 1\ncompany: {name: Acme, as_of: 2026-11-01, currency: EUR}\n"
        f"tools:\n{tools}"
        "  - {id: s, name: S, product: none, seats: {paid: 20, active: 4, price: 90}}\n"
    )
    result = _audited(text, tmp_path)
    assert any(f.check == "unused-seats" and f.confidence == "confirmed" for f in result.findings)
    assert result.summary.headline == "2 contracts need a decision before they renew"


def test_a_sum_that_is_known_is_said_once(tmp_path: Path) -> None:
    result = _audited(
        "stackaudit: 1\ncompany: {name: Acme, as_of: 2026-11-01, currency: EUR}\ntools:\n"
        "  - {name: S, product: none, seats: {paid: 20, active: 4, price: 90}}\n",
        tmp_path,
    )
    [tile] = [t for t in result.summary.tiles if t.id == "saving"]
    assert tile.text == "EUR 1,440"
    assert tile.coverage == "the day the contracts can end is not known"


RISKS = """stackaudit: 1
company: {name: Acme, as_of: 2026-11-01, people_in: [EU], rules: [gdpr]}
tools:
  - name: List vendor
    product: none
    data: {contact: store}
    privacy: {dpa: missing, hosted_in: US, transfer: none}
  - {name: Forms, product: none, data: {lead: capture}}
  - {name: CRM, product: none, data: {lead: store}}
integrations:
  - {from: Forms, to: CRM, objects: [lead], status: broken}
"""


def test_two_findings_about_one_tool_are_one_cause(tmp_path: Path) -> None:
    result = _audited(RISKS, tmp_path)
    sure = [f for f in result.findings if f.confidence == "confirmed" and f.severity == "high"]
    assert sum(f.category == "trust" for f in sure) == 2
    assert result.summary.headline == "The integration Forms → CRM is broken (leads)"
