"""``stackaudit path``."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import Said, Tool

STACK = """\
stackaudit: 1
company: {name: Acme, as_of: 2026-11-01, scopes: [eu, us]}
tools:
  - {name: Shop, product: none, data: {order: capture, contact: capture}}
  - {name: Mailer, product: none, data: {contact: store, order: store}}
  - {name: Warehouse, product: none, data: {order: store, contact: store}}
  - {name: Sheet, product: none, data: {order: store}}
  - {name: Ads, product: none, data: {contact: activate}}
  - {name: Helpdesk, product: none, data: {contact: store}}
  - {name: Web EU, product: none, scopes: [eu], data: {contact: capture}}
  - {name: Web US, product: none, scopes: [us], data: {contact: capture}}
  - {name: Old, product: none, status: retired}
  - {name: Pipe, product: none}
integrations:
  - {from: Shop, to: Warehouse, objects: order, method: etl-elt, every: daily, via: Pipe}
  - {from: Warehouse, to: Mailer, objects: order, method: reverse-etl, every: 4h}
  - {from: Warehouse, to: Sheet, objects: order, method: manual-export, every: weekly}
  - {from: Shop, to: Ads, objects: contact, method: native-connector, status: broken}
  - Shop -> Helpdesk
  - {from: Web EU, to: Mailer, objects: contact, method: native-connector, every: hourly}
"""

Write = Callable[[str, str], Path]
Ask = Callable[..., Said]


@pytest.fixture
def ask(tool: Tool, write: Write) -> Ask:
    stack = write("acme.yaml", STACK)

    def run(source: str, target: str, *options: str) -> Said:
        return tool("path", source, target, stack, *options)

    return run


def test_a_path_shows_every_hop_and_the_worst_case(ask: Ask) -> None:
    said = ask("shop", "mailer", "--object", "order")
    assert said.code == 0
    lines = said.out.splitlines()
    assert lines[0] == "Orders get from Shop to Mailer."
    assert lines[1].startswith("  1. Shop → Warehouse: ")
    assert "through Pipe, at most 1 day" in lines[1]
    assert lines[2] == "     shop-warehouse (acme.yaml:15:5)"
    assert lines[3].startswith("  2. Warehouse → Mailer: ")
    assert lines[-1] == "  At worst 28 hours old on arrival."


def test_work_by_hand_is_said(ask: Ask) -> None:
    out = ask("Shop", "Sheet", "--object", "orders").out
    assert out.startswith("Orders get from Shop to Sheet, but only by hand.")
    assert "by hand, at most" in out


def test_a_broken_way_names_the_integration_and_its_repair(ask: Ask) -> None:
    out = ask("Shop", "Ads", "--object", "contact").out
    assert "Contacts do not get from Shop to Ads: the way there is broken." in out
    assert "Shop → Ads: broken" in out
    assert "Cheapest: repair Shop → Ads (shop-ads)." in out


def test_unknown_content_is_no_path_and_no_absence(ask: Ask) -> None:
    out = ask("Shop", "Helpdesk", "--object", "contact").out
    assert "Contacts may get from Shop to Helpdesk" in out
    assert "content not recorded" in out
    assert "To settle it, write what these carry: shop-helpdesk." in out


def test_no_path_says_what_is_known_and_what_would_close_it(ask: Ask) -> None:
    out = " ".join(ask("Sheet", "Mailer", "--object", "contact").out.split())
    assert "Contacts do not get from Sheet to Mailer." in out
    assert "From Sheet, contacts get to no other tool." in out
    assert "Mailer gets contacts from Web EU." in out
    assert "not stated to be complete" in out
    assert "Cheapest: connect Sheet to Mailer for contacts." in out


def test_without_an_object_everything_that_gets_there_is_shown(ask: Ask) -> None:
    out = ask("Shop", "Mailer").out
    assert out.splitlines()[0] == "Orders get from Shop to Mailer."
    assert "Contacts get" not in out


def test_without_any_path_the_other_way_round_is_named(ask: Ask) -> None:
    out = ask("Mailer", "Shop").out
    assert "No data is known to get from Mailer to Shop." in out
    assert "The other way round it does: orders." in out


def test_scopes_are_kept_apart(ask: Ask) -> None:
    assert "in eu." in ask("Web EU", "Mailer", "--object", "contact").out
    assert "serve no scope in common: eu and us" in ask("Web EU", "Web US").out
    assert "serve no scope in common" in ask("Web EU", "Mailer", "--scope", "us").out
    said = ask("Web EU", "Mailer", "--scope", "asia")
    assert (said.code, "there is no scope 'asia'" in said.err) == (2, True)


@pytest.mark.parametrize(
    ("words", "message", "hint"),
    [
        (("Shopp", "Mailer"), "there is no tool 'Shopp'", "did you mean `Shop`?"),
        (("Web", "Mailer"), "'Web' can mean several tools", "web-eu, web-us"),
        (("Shop", "Mailer", "--object", "ordr"), "no data object 'ordr'", "did you mean `order`?"),
    ],
)
def test_a_slip_gets_the_nearest_name(
    ask: Ask, words: tuple[str, ...], message: str, hint: str
) -> None:
    said = ask(*words)
    assert said.code == 2
    assert message in said.err
    assert hint in said.err


def test_a_retired_tool_has_no_paths(ask: Ask) -> None:
    assert ask("Old", "Mailer").out == "Old is retired: no data goes through it.\n"
    assert "is one tool" in ask("Shop", "shop").out
