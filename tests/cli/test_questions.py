"""``stackaudit questions``."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from stackaudit.answering import read_sheet
from tests.cli.conftest import Tool

STACK = """\
stackaudit: 1
company: {name: "Acme <b>", profile: b2c-ecommerce, as_of: 2026-11-01}
tools:
  - {name: Shopify, owner: Mia Chen}
  - {name: Klaviyo, owner: Ravi Patel}
  - Zendesk
"""


@pytest.fixture
def stack(write: Callable[[str, str], Path]) -> Path:
    return write("acme.yaml", STACK)


def test_markdown_is_printed_with_nobody_named_last(tool: Tool, stack: Path) -> None:
    said = tool("questions", stack)
    heads = [line for line in said.out.splitlines() if line.startswith("## ")]
    assert said.code == 0
    assert "Acme \\<b\\>" in said.out
    assert heads[-1] == "## Nobody named"
    assert set(heads) == {"## Mia Chen", "## Ravi Patel", "## Nobody named"}


def test_the_ending_decides_the_form(tool: Tool, stack: Path) -> None:
    assert tool("questions", stack, "-o", "sheet.yaml").code == 0
    text = Path("sheet.yaml").read_text(encoding="utf-8")
    assert text == tool("questions", stack, "--format", "yaml").out
    answers, left = read_sheet(text, "sheet.yaml")
    assert (answers, left > 5) == ([], True)


def test_the_json_of_an_audit_gives_the_same_sheet(tool: Tool, stack: Path) -> None:
    assert tool("audit", stack, "-q", "-o", "acme.json").code == 0
    assert tool("questions", "acme.json").out == tool("questions", stack).out
    assert json.loads(Path("acme.json").read_text(encoding="utf-8"))["questions"]
    assert tool("questions", "acme.json", "--as-of", "2026-11-01").code == 2


def test_an_input_is_not_written_over(tool: Tool, stack: Path) -> None:
    said = tool("questions", stack, "-o", stack)
    assert (said.code, "is an input" in said.err) == (2, True)
    assert stack.read_text(encoding="utf-8") == STACK
