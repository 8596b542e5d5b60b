"""Confirmed findings that say the same share a card, and nothing of what they say is lost."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import sample
from page import Page

from stackaudit.audit import audit
from stackaudit.opening import open_inventory
from stackaudit.report import render_html
from stackaudit.result import Subject
from stackaudit.testing import DAY

FEW = """stackaudit: 1
company: {name: Acme, profile: b2b-saas, as_of: 2026-11-01}
complete: [tools, integrations]
tools:
  - {name: Base, product: none, capabilities: [crm]}
"""


def test_missing_capabilities_are_a_line_each_under_what_they_share(tmp_path: Path) -> None:
    path = tmp_path / "stack.yaml"
    path.write_text(FEW, "utf-8")
    result = audit(open_inventory(path), DAY)
    html = render_html(result)
    page = html[html.index('<section id="findings"') : html.index('<section id="not-judged"')]
    block = page[page.index('<div class="together sure">') :]
    block = block[: block.index("</ul></div>")]
    gaps = [f for f in result.findings if f.check == "missing-capability" and not f.leads]
    mine = [f for f in gaps if f.severity == "high"]
    assert len(mine) > 5
    text = unescape(re.sub(r"<[^>]*>", "", block))
    for finding in mine:
        assert text.count(finding.sentence) == 1
        assert all(e.text in text for e in finding.evidence)
    assert text.count("The list of tools is stated to be complete") == 1
    assert text.count("Decide how to get …, or record that it is not needed") == 1
    assert text.count(mine[0].harmless_if) == 1
    lines = re.findall(r'<li id="f-[^"]*" class="high confirmed" data-o="-">', block)
    assert len(lines) == len(mine)


def test_no_finding_is_lost_or_said_twice_in_the_register(tmp_path: Path) -> None:
    path = tmp_path / "stack.yaml"
    path.write_text(FEW, "utf-8")
    result = audit(open_inventory(path), DAY)
    html = render_html(result)
    anchors = re.findall(r'<(?:li|article)[^>]* id="(f-[^"]*)"', html)
    anchors += re.findall(r'<li id="(f-[^"]*)"', html)
    assert len(set(anchors)) == len([f for f in result.findings if not f.accepted])
    words = Page(html).words
    assert [f.id for f in result.findings if f.sentence.replace("`", "") not in words] == []


def test_a_question_about_many_names_all_of_them() -> None:
    result = sample.scaled(30)
    tools = [t for t in result.tools if t.in_use][:9]
    asked = result.questions[0].model_copy(
        update={
            "text": f"Is a contract signed for {tools[0].name} and 8 more?",
            "subjects": [Subject(kind="tool", id=t.id, name=t.name) for t in tools],
            "fills": [f"tools/{t.id}/privacy.dpa" for t in tools],
        }
    )
    result = result.model_copy(update={"questions": [asked]})
    html = unescape(re.sub(r"<[^>]*>", "", render_html(result)))
    assert f"All of them: {'; '.join(t.name for t in tools)}" in html
    assert "tools/*/privacy.dpa" in html
