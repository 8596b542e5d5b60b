"""`stackaudit reconcile`: what it says, and that it writes only where it is told to."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from tests.cli.conftest import Tool

INVENTORY = """\
stackaudit: 1
company: {name: Acme, as_of: 2026-11-01}
complete: [tools]
tools: [HubSpot, Klaviyo]
"""


@pytest.fixture
def acme(tmp_path: Path) -> Path:
    path = tmp_path / "acme.yaml"
    path.write_text(INVENTORY, encoding="utf-8")
    (tmp_path / "okta.csv").write_text(
        "Application,Status\nHubSpot,Active\nHotjar,Active\nQuuxportal,Active\n", encoding="utf-8"
    )
    (tmp_path / "other.yaml").write_text(
        'stackaudit: 1\ncompany: {name: Acme 2025}\ntools: [Klaviyo, Mixpanel, "=1+1"]\n',
        encoding="utf-8",
    )
    return path


def test_the_preview_writes_nothing(tool: Tool, acme: Path) -> None:
    said = tool("reconcile", acme, "okta.csv", "other.yaml")
    assert said.code == 0
    assert acme.read_text(encoding="utf-8") == INVENTORY
    assert "okta.csv: logins, 3 names" in said.out
    assert "other.yaml: register, 3 names" in said.out
    assert "Only on a list, not in the inventory: 2" in said.out
    assert "Nothing was written" in said.out


def test_lists_are_written_and_the_audit_finds_what_is_on_them(tool: Tool, acme: Path) -> None:
    said = tool(
        *("reconcile", acme, "okta.csv", "--name", "Okta", "--complete"),
        *("--as-of", "2026-10-20", "-o", acme),
    )
    assert (said.code, "new list Okta: 3" in said.out) == (0, True)
    again = tool("reconcile", acme, "okta.csv", "--name", "okta", "-o", acme)
    assert "holds all of it already" in again.out
    assert tool("audit", acme, "-o", "out").code == 0
    result = json.loads(Path("out/acme.json").read_text(encoding="utf-8"))
    found = {f["id"]: f["confidence"] for f in result["findings"]}
    assert found["undeclared-tool:hotjar"] == "confirmed"
    assert found["unseen-tool:klaviyo"] == "possible", "nobody says that people log in to it"


def test_json_and_csv_hold_every_row_and_nothing_else(tool: Tool, acme: Path) -> None:
    data = json.loads(tool("reconcile", acme, "okta.csv", "--format", "json").out)
    assert {row["name"]: row["state"] for row in data["rows"]} == {
        "Hotjar": "only-observed",
        "Klaviyo": "only-declared",
        "HubSpot": "both",
        "Quuxportal": "unrecognised",
    }
    text = tool("reconcile", acme, "okta.csv", "other.yaml", "--format", "csv").out
    rows = list(csv.DictReader(io.StringIO(text)))
    assert [row["okta.csv"] for row in rows if row["name"] == "HubSpot"] == ["HubSpot"]
    assert [row["other.yaml"] for row in rows if row["state"] == "unrecognised"] == ["'=1+1", ""]
    assert not [cell for row in rows for cell in row.values() if cell.startswith("=")]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((), "there is no list to compare with"),
        (("--complete",), "said of lists that are read"),
        (("okta.csv", "--shows", "money"), "--shows money is not known"),
        (("okta.csv", "--format", "xml"), "is not a format"),
        (("okta.csv", "--as-of", "yesterday"), "is not a day"),
        (("okta.csv", "-o", "other.yaml"), "the inventory they are compared with"),
        (("okta.csv", "-o", "new.yaml"), "is not there"),
        (("okta.csv", "other.yaml", "--name", "Both"), "--name is for one list"),
        (("nothing.csv",), "nothing.csv"),
    ],
)
def test_what_cannot_be_done_is_said(
    tool: Tool, acme: Path, words: tuple[str, ...], said: str
) -> None:
    got = tool("reconcile", acme, *words)
    assert got.code in (2, 3)
    assert said in got.err
    assert acme.read_text(encoding="utf-8") == INVENTORY


def test_a_file_without_a_list_is_left_out_and_is_no_empty_list(
    tool: Tool, acme: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "lists"
    folder.mkdir()
    (folder / "okta.csv").write_bytes((tmp_path / "okta.csv").read_bytes())
    (folder / "readme.txt").write_text("These are\nour lists.\n", encoding="utf-8")
    (folder / "container.json").write_text(
        '{"exportFormatVersion": 2, "containerVersion": ', encoding="utf-8"
    )
    said = tool("reconcile", acme, folder, "-o", acme)
    assert said.code == 0
    assert "container.json is left out" in said.err
    assert acme.read_text(encoding="utf-8").count("  - name: ") == 1


def test_what_is_asked_of_a_list_is_answered_on_its_entries(tool: Tool, acme: Path) -> None:
    lists = (
        'observed:\n  - {name: Cards, shows: spend, entries: ["HS *HUBSPOT", Quux]}\n'
        "  - name: Okta\n    shows: logins\n    entries:\n      - Quux   # what is it?\n"
    )
    acme.write_text(INVENTORY + lists, encoding="utf-8")
    sheet = tool("questions", acme, "--format", "yaml").out
    for line in ("seen/cards/hs-hubspot/tool:", "seen/cards/quux/ignore:"):
        assert line in sheet
    Path("sheet.yaml").write_text(
        "stackaudit-answers: 1\nanswers:\n  seen/cards/hs-hubspot/tool: hubspot\n"
        "  seen/cards/quux/ignore: of the shop\n  seen/okta/quux/ignore: of the shop\n"
        "  observed/okta/complete: no\n",
        encoding="utf-8",
    )
    assert tool("answer", "sheet.yaml", acme).code == 0
    said = tool("reconcile", acme)
    assert "In both: 1" in said.out
    assert "Quux (of the shop)" in said.out
    assert "# what is it?" in acme.read_text(encoding="utf-8")
    assert tool("reconcile", acme, "--format", "json").code == 0
