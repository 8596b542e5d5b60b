"""What importers found, joined and merged into an inventory that is there."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from stackaudit.catalogue.load import load_catalogue
from stackaudit.importers.combine import combine
from stackaudit.importers.merge import Merged
from stackaudit.importers.model import Found, FoundContract
from stackaudit.importers.plan import merged_inventory, new_inventory
from stackaudit.importers.text import inventory_text
from stackaudit.inventory.load import parse_inventory
from stackaudit.opening import open_inventory

Make = Callable[..., Found]

HAND = """\
# Our stack, kept by hand.
stackaudit: 1
company: {name: Northwind, profile: b2c-ecommerce}   # do not touch

tools:
  - Shopify            # the shop
  - id: mail           # everybody calls it mail
    name: Newsletter tool
    product: klaviyo
    cost: 48000        # from the contract
  - {name: OneTrust, owner: Mia Chen}

integrations:
  - Shopify -> mail    # by the app
"""


def merged(tmp_path: Path, text: str, *founds: Found) -> tuple[Merged, str]:
    """Merge into an inventory of this text; return what changes and the new text."""
    path = tmp_path / "inventory.yaml"
    path.write_text(text, "utf-8")
    there = open_inventory(path)
    outcome = merged_inventory(combine(founds, there.catalogue, there), path, there)
    for file, new in outcome.files.items():
        file.write_text(new, "utf-8")
    return outcome, path.read_text("utf-8")


def test_a_new_inventory_names_the_source_of_every_tool_and_integration(make: Make) -> None:
    one = make("tools.csv", ("Shopify", {"cost": 12000}), ("SFDC", {}), flows=("Shopify -> SFDC",))
    text = inventory_text(combine([one], load_catalogue()), "Acme", None, "EUR")
    assert "source: tools.csv, row 2" in text or 'source: "tools.csv, row 2"' in text
    assert "product: salesforce-sales-cloud" in text
    assert text.count("source:") == 3


def test_the_new_inventory_is_read_back_before_anybody_gets_it(make: Make, tmp_path: Path) -> None:
    one = make("tools.csv", ("Shopify: the shop", {"notes": "a # b: c"}), ('say "hi"', {}))
    plan = new_inventory(
        combine([one], load_catalogue()), tmp_path / "new.yaml", load_catalogue(), "Acme"
    )
    (path,) = plan.files
    path.write_text(plan.files[path], "utf-8")
    tools = open_inventory(path).inventory.tools
    assert {t.name for t in tools} == {"Shopify: the shop", 'say "hi"'}
    assert next(t for t in tools if t.name.startswith("Shop")).notes == "a # b: c"


def test_merging_keeps_every_line_that_was_there(make: Make, tmp_path: Path) -> None:
    one = make(
        "tools.csv",
        ("Klaviyo", {"owner": "Ravi Patel"}),
        ("Google Analytics 4", {"status": "live"}),
        flows=("Shopify -> Google Analytics 4",),
    )
    _, text = merged(tmp_path, HAND, one)
    for line in HAND.splitlines():
        assert line in text.splitlines(), line
    assert "owner: Ravi Patel" in text
    assert text.count("name: Google Analytics 4") == 1
    assert "to: google-analytics-4" in text


def test_merging_the_same_source_twice_changes_nothing_the_second_time(
    make: Make, tmp_path: Path
) -> None:
    one = make(
        "tools.csv",
        ("Klaviyo", {"owner": "Ravi Patel", "seats": {"paid": 5}}),
        ("Shopify", {"cost": "12000-14000", "used_by": ["Shop team"]}),
        ("A tool nobody knows", {"notes": "x"}),
        flows=("Shopify -> Klaviyo", "Klaviyo -> A tool nobody knows"),
    )
    one.integrations[0].facts = {"objects": ["contact"], "method": "native-connector"}
    first, text = merged(tmp_path, HAND, one)
    assert first.changes
    second, again = merged(tmp_path, text, one)
    assert second.changes == []
    assert second.files == {}
    assert again == text


def test_what_a_person_wrote_stays_and_what_the_source_says_instead_is_shown(
    make: Make, tmp_path: Path
) -> None:
    path = tmp_path / "inventory.yaml"
    path.write_text(HAND, "utf-8")
    there = open_inventory(path)
    draft = combine([make("finance.csv", ("Klaviyo", {"cost": 52000}))], there.catalogue, there)
    (clash,) = draft.clashes
    assert (clash.key, clash.kept.value, clash.other.value) == ("cost", "48000", "52000")
    assert merged_inventory(draft, path, there).files == {}


def test_two_new_sources_that_differ_keep_the_first_and_mark_the_tool_disputed(make: Make) -> None:
    a = make("team.csv", ("Klaviyo", {"cost": 48000, "owner": "Mia"}))
    b = make("finance.csv", ("Klaviyo, Inc.", {"cost": 52000, "owner": "Ravi"}))
    draft = combine([a, b], load_catalogue())
    assert [t.name for t in draft.tools] == ["Klaviyo"]
    text = inventory_text(draft, "Acme", None, None)
    assert "cost: 48000" in text
    assert "disputed: finance.csv says cost 52000" in text
    assert len(draft.clashes) == 2


def test_secrets_and_addresses_are_left_behind_and_counted(make: Make) -> None:
    one = make(
        "tools.csv",
        ("Klaviyo", {"owner": "mia.chen@example.com", "notes": "key AKIAIOSFODNN7EXAMPLE"}),
        (
            "Shopify",
            {"owner": "Ravi Patel <ravi@example.com>", "url": "https://u:p@shop.test/a?k=1"},
        ),
    )
    text = inventory_text(combine([one], load_catalogue()), "Acme", None, None)
    assert "example.com" not in text
    assert "AKIA" not in text
    assert "u:p" not in text
    assert "owner: withheld" in text
    assert "owner: Ravi Patel" in text
    assert one.dropped["e-mail address"] == 2
    assert one.dropped["secret"] >= 1


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_an_inventory_of_names_alone_and_one_in_flow_style_can_be_merged_into(
    make: Make, tmp_path: Path, newline: str
) -> None:
    text = "stackaudit: 1\ncompany: {name: A}\ntools: [Shopify, {name: Klaviyo}]\n"
    path = tmp_path / "inventory.yaml"
    path.write_bytes(text.replace("\n", newline).encode())
    there = open_inventory(path)
    one = make(
        "x.csv", ("Shopify", {"cost": 9}), ("Braze", {"cost": 8}), flows=("Shopify -> Braze",)
    )
    plan = merged_inventory(combine([one], there.catalogue, there), path, there)
    (new,) = plan.files.values()
    path.write_bytes(new.encode())
    after = open_inventory(path).inventory
    assert {t.name: str(t.cost.amount) if t.cost else None for t in after.tools}.keys() == {
        "Shopify",
        "Klaviyo",
        "Braze",
    }
    assert after.integrations is not None
    assert len(after.integrations) == 1
    assert (newline == "\r\n") == ("\r\n" in new)
    assert "\r\n" not in new or new.count("\n") == new.count("\r\n")


def test_a_cost_stands_on_the_contract_or_the_tool_and_the_other_is_asked_about(
    make: Make, tmp_path: Path
) -> None:
    both = make("tools.csv", ("Klaviyo", {"cost": 9000}), ("Braze", {"cost": 8}))
    place = both.tools[0].place
    both.contracts.append(FoundContract("suite", place, {"cost": 12000}, ["Klaviyo"]))
    text = inventory_text(combine([both], load_catalogue()), "Acme", None, None)
    assert "cost: 9000" not in text
    assert "cost: 12000" in text
    there = tmp_path / "inventory.yaml"
    there.write_text(text, "utf-8")
    draft = combine([make("finance.csv", ("Klaviyo", {"cost": 52000}))], load_catalogue(),
                    open_inventory(there))  # fmt: skip
    assert "cost" not in draft.tools[0].facts
    assert "its contract suite has a cost too" in draft.questions[0].text
    outcome, new = merged(tmp_path, HAND, both)  # there the tool has a cost of its own
    assert "new contract suite" in outcome.changes
    assert "contract: suite" not in new


def test_a_list_that_comes_back_is_known_by_its_ids(make: Make, tmp_path: Path) -> None:
    one = make("stack.xlsx", ("Renamed", {"owner": "Jo"}), flows=("Renamed -> Shopify",))
    one.tools[0].id = "mail"
    one.integrations[0].id = "shopify -> mail"
    one.integrations[0].facts = {"via": "none"}
    outcome, text = merged(tmp_path, HAND, one)
    assert "Newsletter tool: owner: Jo" in outcome.changes
    assert "name: Renamed" not in text
    assert "via: none" in text
    assert len(open_inventory(tmp_path / "inventory.yaml").inventory.integrations or ()) == 1


def test_a_note_with_a_secret_and_an_address_loses_both(make: Make) -> None:
    one = make("tools.csv", ("Klaviyo", {"notes": "key AKIAABCDEFGHIJKLMNOP of mia@acme.example"}))
    text = inventory_text(combine([one], load_catalogue()), "Acme", None, None)
    assert "AKIA" not in text
    assert "mia@" not in text
    assert "key •••" in text


def test_names_that_an_inventory_could_not_hold_are_made_good(make: Make) -> None:
    strange = ("Mail\x00 \u200b list", {"owner": "J\x07o"})
    one = make("tools\x01.csv", ("None", {}), ("Unknown", {}), strange)
    draft = combine([one], load_catalogue())
    assert [(t.id, t.name) for t in draft.tools] == [
        ("mail-list", "Mail list"),
        ("none-2", "None"),
        ("unknown-2", "Unknown"),
    ]
    text = inventory_text(draft, "Acme", None, None)
    assert parse_inventory(text, "i.yaml").inventory is not None


def test_remarks_of_two_sources_stand_side_by_side(make: Make) -> None:
    one = make("a.csv", ("Klaviyo", {"notes": "for the shop"}))
    other = make(
        "b.csv", ("Klaviyo", {"notes": "renewed in May"}), ("Klaviyo", {"notes": "in May"})
    )
    draft = combine([one, other], load_catalogue(None))
    assert draft.clashes == []
    assert draft.tools[0].facts["notes"].value == "for the shop; renewed in May"
