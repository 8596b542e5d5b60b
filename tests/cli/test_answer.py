"""``stackaudit answer``."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from tests.cli.conftest import Tool

STACK = """\
stackaudit: 1
company: {name: Acme}
tools:
  - Shopify
  - {name: OneTrust, privacy: {dpa: signed}}
"""
SHEET = """\
stackaudit-answers: 1
answers:
  tools/shopify/owner: Mia
  tools/onetrust/privacy.dpa: missing
  tools/onetrust/owner:
"""

Write = Callable[[str, str], Path]


def test_answers_are_written_and_contradictions_are_listed(tool: Tool, write: Write) -> None:
    stack, sheet = write("acme.yaml", STACK), write("sheet.yaml", SHEET)
    said = tool("answer", sheet, stack)
    assert said.code == 0
    assert "Shopify: owner: Mia" in said.out
    assert (
        "1 change written; 1 contradiction left to settle by hand; 1 place left empty" in said.out
    )
    assert "sheet.yaml:4:31: contradiction: tools/onetrust/privacy.dpa" in said.err
    assert "the inventory says signed (acme.yaml:5:37)" in said.err
    assert "owner: Mia" in stack.read_text(encoding="utf-8")


def test_a_dry_run_writes_nothing(tool: Tool, write: Write) -> None:
    stack, sheet = write("acme.yaml", STACK), write("sheet.yaml", SHEET)
    said = tool("answer", sheet, stack, "--dry-run")
    assert (said.code, "1 change would be written" in said.out) == (0, True)
    assert stack.read_text(encoding="utf-8") == STACK


def test_a_wrong_answer_stops_everything_and_says_its_place(tool: Tool, write: Write) -> None:
    wrong = SHEET + "  tools/shopify/contract.ends: 2026-02-30\n"
    stack, sheet = write("acme.yaml", STACK), write("sheet.yaml", wrong)
    said = tool("answer", sheet, stack)
    assert said.code == 3
    assert "sheet.yaml:6:32: error[E031]" in said.err
    assert "nothing was written" in said.err
    assert stack.read_text(encoding="utf-8") == STACK


def test_an_empty_sheet_of_questions_can_be_answered_as_it_is(tool: Tool, write: Write) -> None:
    stack = write("acme.yaml", STACK)
    assert tool("questions", stack, "-o", "sheet.yaml").code == 0
    said = tool("answer", "sheet.yaml", stack)
    assert (said.code, said.out) == (0, "The sheet holds no answers yet.\n")


def test_a_missing_file_and_an_inventory_in_its_place_are_said(tool: Tool, write: Write) -> None:
    stack = write("acme.yaml", STACK)
    assert tool("answer", "shet.yaml", stack).code == 2
    said = tool("answer", stack, stack)
    assert (said.code, "this is no sheet" in said.err) == (3, True)
