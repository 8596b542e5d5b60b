"""The workbook that goes out, is filled in, and comes back."""

from __future__ import annotations

import datetime as dt
import io
import re
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from stackaudit.__main__ import main
from stackaudit.catalogue.load import load_catalogue
from stackaudit.importers.combine import combine
from stackaudit.importers.merge import Merged
from stackaudit.importers.model import Bundle, Found, Setting, SourceFile
from stackaudit.importers.plan import merged_inventory
from stackaudit.importers.spreadsheet.headers import meaning
from stackaudit.importers.spreadsheet.importer import Spreadsheets
from stackaudit.importers.spreadsheet.layout import SHEETS
from stackaudit.importers.spreadsheet.write import (
    Content,
    content_of,
    export_workbook,
    guarded,
    template_workbook,
    write_content,
)
from stackaudit.inventory import schema
from stackaudit.inventory.shape import keys_of
from stackaudit.opening import open_inventory

pytest.importorskip("xlsxwriter")
pytest.importorskip("python_calamine")

ROOT = Path(__file__).resolve().parents[2]
CATALOGUE = load_catalogue()

EVERYTHING = """\
# Kept by hand.
stackaudit: 1
company: {name: Northwind, currency: EUR, scopes: [EU, US]}
teams:
  - {id: mops, name: Marketing Operations}
  - {id: "2", name: Sales & Success}
contracts:
  - {id: suite, vendor: Acme, cost: {amount: 9000, per: quarter, currency: EUR}, ends: 2027-01-31,
     owner: Mia Chen}
tools:
  - Shopify
  - id: mail
    name: Newsletter tool     # everybody calls it mail
    product: klaviyo
    instance: EU
    kind: software
    environment: production
    status: retiring
    retires_on: 2027-06-30
    capabilities: {email-marketing: primary, sms-messaging: unused}
    scopes: [EU]
    data: {contact: [store, activate], order: store}
    integrations_known: partial
    channels: [email, {sms: transactional}]
    personal_data: yes
    gated_by: none
    owner: [Sales & Marketing, "team:mops", role:CMO]
    technical_owner: none
    team: mops
    used_by: [mops, "2"]
    cost: 40000-60000
    contract: {ends: 2027-03-31, notice_days: 90, auto_renews: no}
    seats: {paid: 25, active: 0, price: 216.5}
    fit: {business: 4, technical: 2}
    privacy: {dpa: missing, hosted_in: [USA, eu-west-1], transfer: none, retention_days: 30}
    url: https://mail.example
    notes: |
      =SUM(1) is a note,
      over two lines; with - and 1.200
    reviewed: 2026-10-01
    disputed: yes
  - {name: OneTrust, owner: Mia Chen, contract: suite}
  - {name: "=cmd|'/C calc'!A0", product: none, runs_inside: Shopify, gated_by: [OneTrust],
     capabilities: none}
  - {name: "Foo, Inc.", contract: none, channels: none, data: none, used_by: none}
integrations:
  - Shopify -> mail: contact, order
  - Shopify <-> OneTrust
  - {from: Shopify, to: mail, method: sftp-file, every: 15m-4h, via: none, objects: [order]}
  - {id: fan, from: [Shopify, OneTrust], to: "Foo, Inc.", method: ipaas, match_on: [email, id],
     status: absent,
     field_owner: none, direction: unknown, only: paid ones, last_verified: 2026-09-30}
  - {from: unknown, to: mail, gated_by: OneTrust, owner: none}
"""


def exported(path: Path, change: Callable[[Content], None] | None = None) -> Found:
    """Return what is found in the workbook of an inventory, after somebody filled it in."""
    stack = open_inventory(path)
    content = content_of(stack)
    if change is not None:
        change(content)
    data = write_content(content, stack.catalogue)
    bundle = Bundle("stack.xlsx", (SourceFile("stack.xlsx", data),))
    assert Spreadsheets().recognises(bundle)
    return Spreadsheets().parse(bundle, Setting(stack.catalogue, currency="EUR"))


def merged(path: Path, found: Found) -> tuple[Merged, list[str]]:
    """Return what importing would change, and what the sources say against the inventory."""
    there = open_inventory(path)
    draft = combine([found], there.catalogue, there)
    plan = merged_inventory(draft, path, there)
    for file, text in plan.files.items():
        file.write_text(text, "utf-8")
    clashes = [f"{c.what}: {c.key} {c.kept.value} / {c.other.value}" for c in draft.clashes]
    return plan, clashes


@pytest.fixture
def everything(tmp_path: Path) -> Path:
    path = tmp_path / "inventory.yaml"
    path.write_text(EVERYTHING, "utf-8")
    return path


@pytest.mark.parametrize("name", ["everything", "northwind", "meltano.yaml", "minimal.yaml"])
def test_a_workbook_that_nobody_touched_changes_nothing(
    name: str, everything: Path, tmp_path: Path
) -> None:
    path = everything
    if name != "everything":
        path = tmp_path / name
        source = ROOT / "inventories" / name
        (shutil.copytree if source.is_dir() else shutil.copy)(source, path)  # type: ignore[operator]
    found = exported(path)
    plan, clashes = merged(path, found)
    assert plan.changes == []
    assert plan.files == {}
    assert clashes == []
    assert [n.text for n in found.notices if n.kind != "note"] == []


def test_the_rows_hold_what_the_inventory_states_and_nothing_else(everything: Path) -> None:
    rows = content_of(open_inventory(everything)).rows
    shopify, mail, _, danger, foo = rows["Tools"]
    assert {k: v for k, v in shopify.items() if v is not None} == {
        "id": "shopify",
        "name": "Shopify",
        "product": "shopify",
    }
    assert mail["cost"] == "40000-60000"
    assert mail["contract.ends"] == dt.date(2027, 3, 31)
    assert mail["channels"] == "email; sms (transactional)"
    assert mail["data"] == "contact: store, activate; order: store"
    assert danger["gated_by"] == "OneTrust"
    assert foo["contract"] == "none"
    assert [r["id"] for r in rows["Integrations"]] == [
        "fan",
        "shopify -> mail",
        "shopify -> onetrust",
        "shopify -> mail #2",
        "unknown -> mail",
    ]


def test_filling_in_cells_adds_just_these_facts_and_where_they_come_from(everything: Path) -> None:
    def fill(content: Content) -> None:
        shopify, mail, *_ = content.rows["Tools"]
        shopify |= {"owner": "Ravi Patel; Mia Chen", "cost": 12000.0, "cost_per": "month"}
        shopify |= {"contract.ends": dt.date(2027, 12, 31), "privacy.dpa": "signed"}
        mail["name"] = "Klaviyo EU"  # another name: the row is still known by its id
        mail["technical_owner"] = None  # emptied: takes nothing away
        content.rows["Tools"].append({"name": "Braze", "status": "planned", "team": "mops"})
        content.rows["Integrations"][1] |= {"method": "native-connector", "every": "daily"}
        content.rows["Integrations"].append({"from": "Braze", "to": "Newsletter tool"})
        content.rows["Teams"].append({"name": "Retail"})

    before = everything.read_text("utf-8").splitlines()
    found = exported(everything, fill)
    plan, clashes = merged(everything, found)
    assert clashes == ["Newsletter tool: name Newsletter tool / Klaviyo EU"]
    after = open_inventory(everything).inventory
    tools = {t.id: t for t in after.tools}
    assert set(tools) == {"shopify", "mail", "onetrust", "cmd-c-calc-a0", "foo-inc", "braze"}
    shopify = tools["shopify"]
    assert shopify.owner == ("Ravi Patel", "Mia Chen")
    assert shopify.cost is not None
    assert shopify.cost.per == "month"
    assert shopify.source == ("stack.xlsx, sheet Tools, row 2",)
    assert tools["mail"].technical_owner == ()
    assert tools["braze"].team == "mops"
    flows = [f for f in after.integrations or () if f.method == "native-connector"]
    assert [(f.from_, f.to, f.objects, f.every) for f in flows] == [
        (("shopify",), ("mail",), ("contact", "order"), "daily")
    ]
    assert any(f.from_ == ("braze",) and f.to == ("mail",) for f in after.integrations or ())
    assert len(after.integrations or ()) == 6
    lines = everything.read_text("utf-8").splitlines()
    changed = {"  - Shopify", "  - Shopify -> mail: contact, order"}
    assert [line for line in before if line not in lines and line not in changed] == []
    assert len(plan.changes) == 5
    again, _ = merged(everything, exported(everything))
    assert again.changes == []


def test_what_a_cell_says_instead_is_shown_and_does_not_replace_anything(everything: Path) -> None:
    def fill(content: Content) -> None:
        content.rows["Tools"][1] |= {"status": "live", "cost": 50000.0}
        content.rows["Integrations"][2]["to"] = "Newsletter tool"

    plan, clashes = merged(everything, exported(everything, fill))
    assert plan.files == {}
    assert len(clashes) == 3
    assert "Newsletter tool: status retiring / live" in clashes


def test_an_exported_workbook_makes_the_same_tools_in_a_new_inventory(
    everything: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["export", str(everything), "-o", "stack.xlsx"]) == 0
    assert main(["import", "stack.xlsx", "-o", "copy.yaml"]) == 0
    old, new = open_inventory(everything).inventory, open_inventory("copy.yaml").inventory
    assert {t.id for t in new.tools} == {t.id for t in old.tools}
    assert new.company.currency == "EUR"
    assert {(t.id, t.name) for t in new.teams} == {(t.id, t.name) for t in old.teams}
    assert {t.id: (t.cost, t.seats, t.status) for t in new.tools} == {
        t.id: (t.cost, t.seats, t.status) for t in old.tools
    }


def test_every_header_of_the_workbook_is_read_as_the_key_it_stands_for() -> None:
    for sheet, fields in SHEETS.items():
        keys = [f.key for f in fields]
        assert len(set(keys)) == len(keys)
        for column in fields:
            key, per, _, why = meaning(sheet.lower(), column.header)
            assert (key or "").removeprefix("~") == column.key, column.header
            assert not why
            assert per == ("year" if column.key == "seats.price" else None)


def test_every_key_of_a_tool_and_an_integration_has_a_column_or_is_left_out_on_purpose() -> None:
    there = {f.key.partition(".")[0] for f in SHEETS["Tools"]}
    assert set(keys_of(schema.Tool)) - there == {"source", "overlaps_on_purpose"}
    flows = {f.key for f in SHEETS["Integrations"]}
    assert set(keys_of(schema.Integration)) - flows == {"source"}


# -------------------------------------------------------------------- the file itself


def parts(data: bytes) -> dict[str, str]:
    """Return the XML parts of a workbook."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {n: archive.read(n).decode() for n in archive.namelist() if n.endswith("ml")}


def test_the_workbook_has_lists_comments_frozen_heads_and_no_formula(everything: Path) -> None:
    stack = open_inventory(everything)
    files = parts(export_workbook(stack))
    book = files["xl/workbook.xml"]
    names = re.findall(r'<sheet name="([^"]+)"', book)
    assert names == [
        "Read me",
        "Tools",
        "Integrations",
        "Contracts",
        "Teams",
        "Company &amp; lists",
    ]
    tools = files["xl/worksheets/sheet2.xml"]
    assert 'state="frozen"' in tools
    assert tools.count("<dataValidation ") == sum(f.choices is not None for f in SHEETS["Tools"])
    assert "ISBLANK" in tools
    assert files["xl/comments1.xml"].count("<comment ") == len(SHEETS["Tools"])
    for name, text in files.items():
        if name.startswith("xl/worksheets/"):
            assert not re.search(r"<c [^>]*><f", text), name
            assert "<hyperlink" not in text
    shared = files["xl/sharedStrings.xml"]
    assert "<t>'=cmd|'/C calc'!A0</t>" in shared.replace("&apos;", "'")


def test_the_same_inventory_gives_the_same_bytes(everything: Path) -> None:
    assert export_workbook(open_inventory(everything)) == export_workbook(
        open_inventory(everything)
    )


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", "\ufeff=1", "＝1", "＋1", "－1", "＠x"],
)
def test_a_text_that_may_be_taken_for_a_formula_is_guarded(text: str) -> None:
    assert guarded(text).startswith("'")


def test_a_secret_in_an_inventory_does_not_reach_the_workbook(tmp_path: Path) -> None:
    path = tmp_path / "i.yaml"
    path.write_text(
        "stackaudit: 1\ncompany: {name: A}\ntools:\n"
        "  - {name: Shopify, owner: mia@acme.test, url: 'https://x.test/?token=abcdefgh'}\n",
        "utf-8",
    )
    stack = open_inventory(path)
    shown = "".join(parts(export_workbook(stack)).values())
    assert "acme.test" not in shown
    assert "abcdefgh" not in shown
    assert "2 cells are left empty here" in shown


def test_a_template_is_not_imported_until_it_is_filled_in(tmp_path: Path) -> None:
    profile = CATALOGUE.profiles["b2b-saas"]
    data = template_workbook(CATALOGUE, profile)
    bundle = Bundle("t.xlsx", (SourceFile("t.xlsx", data),))
    found = Spreadsheets().parse(bundle, Setting(CATALOGUE))
    assert (found.tools, found.integrations, found.contracts) == ([], [], [])
    assert "3 example rows" in "".join(n.text for n in found.notices)
    strings = parts(data)["xl/sharedStrings.xml"]
    for capability in profile.expected:
        name = CATALOGUE.capabilities[capability].name.replace("&", "&amp;")
        assert f"<t>{name}</t>" in strings


def test_the_commands_write_workbooks_and_never_over_one(
    everything: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["export", "inventory.yaml"]) == 0
    assert Path("inventory.xlsx").exists()
    assert main(["export", "inventory.yaml"]) == 2
    assert "somebody may have filled it in" in capsys.readouterr().err
    assert main(["export", "inventory.yaml", "--force"]) == 0
    assert main(["export", "inventory.yaml", "-o", "stack.csv"]) == 2
    assert main(["import", "inventory.xlsx", "-o", "inventory.yaml"]) == 0
    assert everything.read_text("utf-8") == EVERYTHING
    assert main(["template", "new.xlsx", "--profile", "b2b-sass"]) == 2
    assert "b2b-saas" in capsys.readouterr().err
    assert main(["template", "new.xlsx", "--profile", "b2b-saas"]) == 0
    assert main(["template", "new.xlsx"]) == 2
