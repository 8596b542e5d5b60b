"""--since, and the comparison as a page: what is written, what is refused."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

STACK = """
stackaudit: 1
company: {name: Lumen, currency: EUR, as_of: 2026-11-01}
complete: [tools, integrations]
tools:
  - {name: CRM, product: none, owner: none, cost: 1000}
"""


@pytest.fixture
def audits(tool, write) -> tuple[Path, Path]:
    """The result of an audit, and the inventory some months later."""
    assert tool("audit", write("then.yaml", STACK), "-o", "then.json", "-q").code == 0
    later = STACK.replace("owner: none", "owner: Mia").replace("2026-11-01", "2027-02-01")
    return Path("then.json"), write("now.yaml", later)


def test_a_report_drawn_with_since_says_what_is_resolved(tool, audits) -> None:
    then, now = audits
    said = tool("audit", now, "--since", then, "-o", "now.html", "-q")
    assert said.code == 0, said.err
    html = Path("now.html").read_text("utf-8")
    assert 'data-fact="since-resolved" data-value="1"' in html
    assert "owner was none, is Mia" in html


def test_the_json_is_the_same_with_and_without_since(tool, audits) -> None:
    then, now = audits
    assert tool("audit", now, "-o", "a.json", "-q").code == 0
    assert tool("audit", now, "-o", "b.json", "-q", "--since", then).code == 0
    assert Path("a.json").read_bytes() == Path("b.json").read_bytes()


def test_report_takes_since_too(tool, audits) -> None:
    then, now = audits
    assert tool("audit", now, "-o", "now.json", "-q").code == 0
    assert tool("report", "now.json", "--since", then, "-o", "r.html", "-q").code == 0
    assert 'id="since"' in Path("r.html").read_text("utf-8")


def test_since_a_later_audit_or_another_company_is_refused(tool, write, audits) -> None:
    then, now = audits
    assert tool("audit", now, "-o", "now.json", "-q").code == 0
    said = tool("audit", "then.yaml", "--since", "now.json", "-o", "x.html", "-q")
    assert said.code == 3
    assert "a later day than the second" in said.err
    assert not Path("x.html").exists()
    other = write("other.yaml", STACK.replace("Lumen", "Else"))
    said = tool("audit", other, "--since", then, "-o", "x.html", "-q")
    assert said.code == 3
    assert "different companies" in said.err


def test_since_and_redact_do_not_go_together(tool, audits) -> None:
    then, now = audits
    said = tool("audit", now, "--since", then, "--redact", "people", "-o", "x.html", "-q")
    assert said.code == 2
    assert "--since and --redact do not go together" in said.err
    assert not Path("x.html").exists()


def test_a_comparison_is_written_as_a_page(tool, audits) -> None:
    then, now = audits
    assert tool("audit", now, "-o", "now.json", "-q").code == 0
    assert tool("compare", then, "now.json", "-o", "c.html").code == 0
    by_ending = Path("c.html").read_text("utf-8")
    assert by_ending.startswith("<!DOCTYPE html>")
    comparison = json.loads(tool("compare", then, "now.json", "--format", "json").out)
    assert f'data-value="{comparison["counts"]["resolved"]}"' in by_ending
    assert tool("compare", then, "now.json", "--format", "html").out == by_ending


def test_a_comparison_needs_an_engine_for_a_pdf_before_any_work(
    tool, audits, monkeypatch: pytest.MonkeyPatch
) -> None:
    then, now = audits
    monkeypatch.setenv("PATH", "/nowhere")
    monkeypatch.setenv("STACKAUDIT_CHROMIUM", "/nowhere/chromium")
    said = tool("compare", then, now, "-o", "c.pdf", "--pdf-engine", "chromium")
    assert said.code == 2
    assert "no PDF can be made" in said.err
    assert not Path("c.pdf").exists()
