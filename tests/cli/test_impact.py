"""``stackaudit impact``."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import Said, Tool

STACK = """\
stackaudit: 1
company: {name: Acme, as_of: 2026-11-01}
systems_of_record: {order: shop}
tools:
  - {name: Shop, product: none, data: {order: capture}, capabilities: [ecommerce-storefront],
     owner: Mia Chen, contract: {ends: 2027-03-01}}
  - {name: Hub, product: none, data: {order: store}, capabilities: [data-warehouse],
     owner: none}
  - {name: Mailer, product: none, data: {order: activate}, capabilities: [email-marketing],
     owner: Mia Chen, technical_owner: Ravi Patel}
  - {name: Desk, product: none, data: {order: store}, capabilities: [ticketing-helpdesk]}
  - {name: Widget, product: none, runs_inside: hub}
integrations:
  - {from: Shop, to: Hub, objects: order, method: native-connector, owner: Ravi Patel}
  - {from: Hub, to: Mailer, objects: order, method: native-connector}
  - {from: Hub, to: Desk, objects: order, method: native-connector}
  - {id: by-hand, from: Shop, to: Desk, objects: order, method: manual-export}
processes:
  - {name: Order mail, carries: order, steps: [tool:shop, tool:mailer], owner: Mia Chen}
  - {name: Order help, carries: order, steps: [tool:shop, tool:desk]}
"""

Ask = Callable[[str], Said]


@pytest.fixture
def ask(tool: Tool, write: Callable[[str, str], Path]) -> Ask:
    stack = write("acme.yaml", STACK)
    return lambda name: tool("impact", name, stack)


def test_a_tool_in_the_middle_names_what_falls_and_what_survives(ask: Ask) -> None:
    said = ask("hub")
    out = " ".join(said.out.split())
    assert said.code == 0
    assert "Hub (tool)" in out
    assert "Widget run inside and go with it." in out
    assert "nobody owns it, says the inventory" in out
    assert "1 needed flow would stop, 1 of them musts: - Orders from Shop to Mailer (must)" in out
    assert "Served another way without it: - Orders from Shop to Desk, by hand (must)" in out


def test_a_tool_says_who_owns_it_and_what_is_only_there(ask: Ask) -> None:
    out = ask("shop").out
    assert "owned by Mia Chen" in out
    assert "Its contract ends on 2027-03-01." in out
    assert "Only here is the record of: Order" in out


def test_an_integration_is_lost_by_itself(ask: Ask) -> None:
    out = ask("hub-mailer").out
    assert "hub-mailer (integration)" in out
    assert "Who answers for it: not known" in out
    assert "1 needed flow would stop" in out


def test_an_integration_nothing_needs_is_harmless(ask: Ask) -> None:
    assert "No needed flow that works today would stop." in ask("by-hand").out


def test_a_person_keeps_things_alone_or_with_others(ask: Ask) -> None:
    out = ask("mia chen").out
    assert "Keeps alone: Shop" in out
    assert "Keeps with others: Mailer" in out
    assert "Processes: Order mail" in out
    assert "depend on what nobody else keeps: Shop." in " ".join(out.split())
    assert "Integrations: shop-hub" in ask("person:ravi patel").out


def test_a_slip_gets_the_nearest_name(ask: Ask) -> None:
    said = ask("Mailr")
    assert said.code == 2
    assert "no tool or vendor or integration or person called 'Mailr'" in said.err
    assert "did you mean `Mailer`?" in said.err


def test_vendors_are_found_by_name(tool: Tool, write: Callable[[str, str], Path]) -> None:
    stack = write(
        "g.yaml",
        "stackaudit: 1\ncompany: {name: G, as_of: 2026-11-01}\n"
        "tools: [Google Ads, Looker Studio]\n",
    )
    out = tool("impact", "google", stack).out
    assert "Google (vendor)" in out
    assert "Its tools: Google Ads, Looker Studio" in out
