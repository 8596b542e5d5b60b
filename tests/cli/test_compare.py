"""stackaudit compare: the words, the files, the refusals."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from stackaudit.audit import audit
from stackaudit.testing import DAY, make_resolved

STACK = """
stackaudit: 1
company: {name: "X | *Y*", currency: EUR}
tools:
  - {name: "<b>CRM</b>", id: crm, owner: none, cost: 1000}
"""


@pytest.fixture
def results(write) -> tuple[Path, Path]:
    old = audit(make_resolved(STACK), DAY)
    new = audit(make_resolved(STACK.replace("owner: none", "owner: Mia")), DAY)
    return write("old.json", old.to_json()), write("new.json", new.to_json())


def test_the_terminal_has_the_headline_the_numbers_and_the_reason(tool, results) -> None:
    said = tool("compare", *results)
    assert said.code == 0
    assert "1 resolved" in said.out
    assert "Resolved (1)" in said.out
    assert "Fact changed: <b>CRM</b>: owner was none, is Mia." in said.out
    assert "known cost a year" in said.out


def test_markdown_shows_strangers_text_as_text(tool, results) -> None:
    said = tool("compare", *results, "--format", "md")
    assert said.out.startswith("# X \\| \\*Y\\*: what changed\n")
    assert "<b>" not in said.out
    assert "\\<b\\>CRM" in said.out


def test_the_ending_of_the_file_says_what_is_written(tool, results) -> None:
    assert tool("compare", *results, "-o", "c.json").code == 0
    assert json.loads(Path("c.json").read_text("utf-8"))["counts"]["resolved"] == 1
    assert tool("compare", *results, "-o", "c.md").code == 0
    assert Path("c.md").read_text("utf-8").startswith("# ")
    assert tool("compare", *results, "-o", "c.txt").code == 0
    assert "\x1b" not in Path("c.txt").read_text("utf-8")
    assert tool("compare", *results, "-o", results[0]).code == 2


def test_results_that_cannot_be_compared_are_invalid_input(tool, results, write) -> None:
    text = results[1].read_text("utf-8").replace("X | *Y*", "Other")
    said = tool("compare", results[0], write("other.json", text))
    assert said.code == 3
    assert "different companies" in said.err
    assert tool("compare", results[0], "none.json").code == 2
