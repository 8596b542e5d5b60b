"""Lists of others beside an inventory: what is written, what is kept, and what is only asked."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from stackaudit.importers.listing import Listing, guess, listing, together
from stackaudit.importers.model import Found, FoundTool, Place
from stackaudit.importers.observe import observe
from stackaudit.opening import open_inventory
from stackaudit.resolve import Resolved
from stackaudit.resolve.observed import Row, reconciled

INVENTORY = """\
# Our stack, by hand
stackaudit: 1
company: {name: Acme}   # the company
tools:
  - HubSpot        # marketing
  - {name: Klaviyo, status: live}
  - {name: Intercom, status: retired}
# the end
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    made = tmp_path / "acme.yaml"
    made.write_text(INVENTORY, encoding="utf-8")
    return made


def entries(*names: str | dict[str, Any]) -> list[dict[str, Any]]:
    return [{"name": n} if isinstance(n, str) else n for n in names]


def okta(*names: str | dict[str, Any]) -> Listing:
    return Listing("Okta", "logins", "Okta applications", entries(*names))


def write(path: Path, *lists: Listing, **said: Any) -> list[str]:
    merged, _ = observe(lists, path, opened(path), **said)
    for file, text in merged.files.items():
        file.write_bytes(text.encode("utf-8"))
    return merged.changes


def opened(path: Path) -> Resolved:
    return open_inventory(path)


def states(path: Path) -> dict[str, str]:
    return {row.name: row.state for row in reconciled(opened(path))}


def test_a_list_is_added_and_nothing_else_is_touched(path: Path) -> None:
    write(path, okta("HubSpot", {"name": "Hotjar", "evidence": "3 people"}))
    text = path.read_text(encoding="utf-8")
    assert text == INVENTORY.removesuffix("# the end\n") + (
        "\n"
        "observed:\n"
        "  - name: Okta\n"
        "    shows: logins\n"
        "    entries:\n"
        "      - HubSpot\n"
        "      - {name: Hotjar, evidence: 3 people}\n"
        "# the end\n"
    )


def test_the_same_list_read_again_changes_nothing(path: Path) -> None:
    first = okta("HubSpot", {"name": "Hotjar", "evidence": "3 people", "cost": {"amount": "5"}})
    write(path, first, as_of=date(2026, 10, 20), complete=True)
    before = path.read_bytes()
    assert write(path, first, as_of=date(2026, 10, 20), complete=True) == []
    assert path.read_bytes() == before


def test_what_a_person_said_of_an_entry_stays_when_the_list_is_read_again(path: Path) -> None:
    write(path, okta("HS Hub 7", "Zoom", "Hotjar", "Workday"))
    text = path.read_text(encoding="utf-8")
    text = text.replace("- HS Hub 7", "- {name: HS Hub 7, tool: hubspot}   # asked IT")
    text = text.replace("- Zoom", "- {name: Zoom, ignore: not marketing}")
    path.write_text(text.replace("- Workday", "- {name: Workday, ignore: of HR}"), "utf-8")
    changes = write(path, okta({"name": "HS Hub 7", "evidence": "9 people"}, "Zoom", "Mixpanel"))
    after = path.read_text(encoding="utf-8")
    assert "- {name: HS Hub 7, tool: hubspot, evidence: 9 people}   # asked IT" in after
    assert "- {name: Zoom, ignore: not marketing}" in after
    assert "- {name: Workday, ignore: of HR}" in after, "it may come back"
    assert "Hotjar" not in after
    assert "      - Mixpanel\n" in after
    assert changes == [
        "Okta: new on it: Mixpanel",
        "Okta: no longer on it: Hotjar",
        "Okta: entries with new evidence: 1",
    ]
    assert states(path)["HubSpot"] == "both"


@pytest.mark.parametrize("old", ["[HubSpot, {name: Zoom, ignore: no}, Hotjar]", "none", "[]"])
def test_entries_on_one_line_are_brought_up_to_date_too(path: Path, old: str) -> None:
    text = f"{INVENTORY}observed: [{{name: Okta, shows: logins, entries: {old}}}]  # lists\n"
    path.write_text(text, encoding="utf-8")
    write(path, okta("HubSpot", "Mixpanel"))
    made = opened(path).inventory.observed[0]
    kept = ["Zoom"] if "Zoom" in old else []
    assert sorted(e.name for e in made.entries) == sorted(["HubSpot", "Mixpanel", *kept])
    assert path.read_text(encoding="utf-8").endswith("# lists\n")


def test_what_is_said_of_a_list_is_changed_when_it_is_said_again(path: Path) -> None:
    write(path, okta("HubSpot"), complete=True)
    assert write(path, okta("HubSpot"), complete=False, shows="register") == [
        "Okta: shows is register",
        "Okta: complete is no",
    ]
    made = opened(path).inventory.observed[0]
    assert (made.shows, made.complete) == ("register", False)


def test_a_list_that_is_empty_now_has_no_entries(path: Path) -> None:
    write(path, okta("Hotjar", "Zoom"))
    write(path, okta())
    assert opened(path).inventory.observed[0].entries == ()
    assert path.read_text(encoding="utf-8").endswith("# the end\n")


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_lines_keep_their_ends(path: Path, newline: str) -> None:
    path.write_bytes(INVENTORY.replace("\n", newline).encode())
    write(path, okta("HubSpot", "Hotjar", "Zoom"))
    write(path, okta("HubSpot", "Zoom", "Mixpanel"))
    data = path.read_bytes().decode()
    assert data.count("\n") == data.count(newline)
    assert [e.name for e in opened(path).inventory.observed[0].entries] == [
        "HubSpot",
        "Zoom",
        "Mixpanel",
    ]


def test_a_folder_keeps_its_lists_in_the_file_that_has_them(tmp_path: Path) -> None:
    folder = tmp_path / "acme"
    folder.mkdir()
    (folder / "tools.yaml").write_text(INVENTORY, encoding="utf-8")
    lists = folder / "lists.yaml"
    lists.write_text("observed:\n  - {name: Site, shows: website, entries: [HubSpot]}\n", "utf-8")
    write(folder, okta("Hotjar"))
    assert (folder / "tools.yaml").read_text(encoding="utf-8") == INVENTORY
    assert [shown.name for shown in opened(folder).inventory.observed] == ["Site", "Okta"]


def test_a_row_for_every_tool_and_name_says_who_has_it(path: Path) -> None:
    cards = Listing("Cards", "spend", "payments", entries("HS *HUBSPOT", "HOTJAR LTD", "Musterbau"))
    write(path, okta("Hotjar", "Intercom", {"name": "Zoom", "ignore": "x"}), cards)
    assert states(path) == {
        "Hotjar": "only-observed",
        "Intercom": "retired",
        "HS *HUBSPOT": "likely",
        "Klaviyo": "only-declared",
        "Musterbau": "unrecognised",
        "Zoom": "ignored",
    }
    rows: dict[str, Row] = {row.name: row for row in reconciled(opened(path))}
    assert rows["Hotjar"].lists == ("Okta", "Cards")
    assert rows["HS *HUBSPOT"].maybe == ("hubspot",)


def test_payments_to_people_are_not_written_down(path: Path) -> None:
    place = Place("cards.csv", "row 2")
    found = Found("spreadsheet", "cards.csv", "payments", counts={"payments": 3})
    found.tools = [FoundTool("a", "Klaviyo Inc", place)]
    found.strangers = [
        FoundTool("b", "HS *HUBSPOT", place),
        FoundTool("c", "Max Mustermann", place),
        FoundTool("d", "MAILCHIMP *MISC", place),
    ]
    made = listing(found, opened(path))
    assert made.shows == "spend"
    assert [e["name"] for e in made.entries] == ["HS *HUBSPOT", "Klaviyo Inc", "MAILCHIMP *MISC"]
    assert made.notes == ["in no catalogue and like no tool of the inventory, not taken: 1"]


def test_addresses_secrets_and_hints_are_no_part_of_a_list(path: Path) -> None:
    place = Place("okta", "app 1")
    secret = "sk_live_" + "4eC39HqLyjWDarjtT1zdp7dc"
    found = Found("okta", "okta:acme", "Okta")
    found.tools = [
        FoundTool("a", "Hotjar (mia.chen@acme.example)", place, evidence=f"key {secret}"),
        FoundTool("b", "Maybe", place, confidence="possible"),
        FoundTool("c", "Gone", place, facts={"status": "retired"}),
        FoundTool("d", "Website", place, facts={"kind": "own-channel"}),
    ]
    made = listing(found, opened(path))
    assert made.shows == "logins"
    text = str(made.entries)
    assert "acme.example" not in text
    assert secret not in text
    assert len(made.entries) == 1
    assert made.dropped


@pytest.mark.parametrize(
    ("importer", "source", "shows"),
    [
        ("gtm", "GTM-ABC", "tags"),
        ("okta", "okta:acme", "logins"),
        ("spreadsheet", "SSO export.xlsx", "logins"),
        ("spreadsheet", "card-payments.csv", "spend"),
        ("spreadsheet", "tools.xlsx", "register"),
        ("har", "www.acme.example", "website"),
        ("subprocessors", "acme", "register"),
        ("segment", "acme", "other"),
    ],
)
def test_what_a_source_shows_is_guessed(importer: str, source: str, shows: str) -> None:
    assert guess(Found(importer, source, "")) == shows


def test_a_spreadsheet_with_the_day_of_the_last_login_is_a_list_of_logins() -> None:
    columns = {"Application": "name", "Last login": "login"}
    found = Found("spreadsheet", "apps.csv", "", mapping={"sheets": {"*": {"columns": columns}}})
    assert guess(found) == "logins"


def test_hostile_names_neither_break_the_file_nor_the_terminal(path: Path) -> None:
    place = Place("x.csv", "row 2")
    names = [
        "\x1b[31mRed\x07 Tool",
        "- a: [b, {c",
        "'quoted' # no comment",
        "???",
        "yes",
        "a\nb",
        "\u202ex",
    ]
    found = Found("spreadsheet", "x.csv", "", [FoundTool(n, n, place) for n in names])
    made = listing(found, opened(path), "logins")
    write(path, made)
    read = opened(path).inventory.observed[0]
    assert sorted(e.name for e in read.entries) == sorted(e["name"] for e in made.entries)
    assert len(read.entries) == len(names) - 1
    assert all(c.isprintable() or c == "\n" for c in path.read_text(encoding="utf-8"))
    assert write(path, made) == []


def test_the_files_of_one_source_are_one_list() -> None:
    whole = together([okta("Hotjar"), Listing("okta", "logins", "", entries("Zoom", "HOTJAR"))])
    assert [(one.name, [e["name"] for e in one.entries]) for one in whole] == [
        ("Okta", ["Hotjar", "Zoom"])
    ]
