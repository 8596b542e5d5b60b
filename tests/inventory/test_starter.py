"""The starter inventory is valid, whatever was answered."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from stackaudit.catalogue.load import load_catalogue
from stackaudit.inventory.load import parse_inventory
from stackaudit.inventory.starter import starter
from stackaudit.resolve import resolve
from stackaudit.source.problems import Problem
from stackaudit.source.words import make_id


def problems_of(text: str) -> list[Problem]:
    loaded = parse_inventory(text)
    problems = list(loaded.problems)
    if loaded.inventory is not None:
        resolve(loaded, load_catalogue(), problems)
    return problems


def test_the_starter_without_answers_has_no_problem() -> None:
    assert problems_of(starter()) == []


def test_answers_stand_in_the_inventory() -> None:
    text = starter(
        name="R&D: Acme #1",
        profile="b2b-saas",
        currency="eur",
        tools=["HubSpot", "No"],
        integrations=["HubSpot -> GA4: contact, lead", "Mailer <-> HubSpot", "not an integration"],
    )
    inventory = parse_inventory(text).inventory
    assert inventory is not None
    assert (inventory.company.name, inventory.company.profile) == ("R&D: Acme #1", "b2b-saas")
    assert inventory.company.currency == "EUR"
    assert [tool.name for tool in inventory.tools] == ["HubSpot", "No", "GA4", "Mailer"]
    assert [record.objects for record in inventory.integrations or ()] == [
        ("contact", "lead"),
        None,
    ]
    assert problems_of(text) == []


def test_no_integrations_leave_the_list_unsaid() -> None:
    inventory = parse_inventory(starter(tools=["A"])).inventory
    assert inventory is not None
    assert inventory.integrations is None


@settings(max_examples=150, deadline=None)
@given(
    st.text(),
    st.text(max_size=4) | st.none(),
    st.lists(st.text(), max_size=4),
    st.lists(
        st.builds(
            "{} {} {}".format,
            st.text(max_size=5),
            st.sampled_from(["->", "<->", "--"]),
            st.text(max_size=5),
        ),
        max_size=3,
    ),
)
def test_no_answer_makes_it_invalid(
    name: str, currency: str | None, tools: list[str], integrations: list[str]
) -> None:
    text = starter(name, "b2b-saas", currency, tools, integrations)
    result = parse_inventory(text)
    assert [problem for problem in result.problems if problem.level == "error"] == []
    assert result.inventory is not None
    shown = {tool.id for tool in result.inventory.tools}
    assert {make_id(tool) for tool in tools if make_id(tool)} <= shown
