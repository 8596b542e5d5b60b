"""The roadmap: what is many times the same decision is one row."""

from __future__ import annotations

from pathlib import Path

import pytest
from page import Page

from stackaudit.audit import audit
from stackaudit.opening import open_inventory
from stackaudit.report import render_html
from stackaudit.report.words import Words
from stackaudit.testing import DAY

FEW = """stackaudit: 1
company: {name: Acme, profile: b2b-saas, as_of: 2026-11-01}
complete: [tools, integrations]
tools:
  - {name: Base, product: none, capabilities: [crm]}
"""


def test_decisions_on_missing_capabilities_are_one_row_and_all_are_named(tmp_path: Path) -> None:
    path = tmp_path / "stack.yaml"
    path.write_text(FEW, "utf-8")
    result = audit(open_inventory(path), DAY)
    same = [
        a
        for a in result.actions
        if a.id.startswith("add:") and a.severity == "medium" and a.when == "next"
    ]
    assert len(same) > 5
    words = Page(render_html(result)).words
    assert words.count("expected capabilities how to get it, or record that it is not") == 1
    names = {c.id: c.name for c in result.capabilities}
    row = words.split("expected capabilities how to get it", 1)[1].split("Findings ")[0]
    assert [names[a.id[4:]] for a in same if names[a.id[4:]] not in row] == []


WAITS = """stackaudit: 1
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


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", "after: Decide on the renewal of HubSpot Marketing Hub"),
        ("de", "zuvor: Über die Verlängerung von HubSpot Marketing Hub entscheiden"),
    ],
)
def test_the_roadmap_and_the_finding_say_what_is_to_be_done_before(
    tmp_path: Path, language: str, said: str
) -> None:
    path = tmp_path / "stack.yaml"
    path.write_text(WAITS, "utf-8")
    result = audit(open_inventory(path), DAY)
    words = Page(render_html(result, words=Words(language))).words
    assert words.count(said) == 2
