"""The commands that look things up or begin something."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from stackaudit.checks import built_in
from stackaudit.cli import init as init_command


def test_the_list_of_checks_has_every_check_under_its_area(tool) -> None:
    out = tool("checks").out
    for check in built_in():
        assert f"\n  {check.id}\n" in out
        assert out.index(check.category.capitalize()) < out.index(f"  {check.id}\n")


def test_the_list_of_checks_as_json_has_their_thresholds(tool) -> None:
    found = {entry["id"]: entry for entry in json.loads(tool("checks", "--format", "json").out)}
    assert set(found) == {check.id for check in built_in()}
    for check in built_in():
        assert found[check.id]["thresholds"] == check().thresholds()
        assert found[check.id]["summary"]


@pytest.mark.parametrize("check", built_in(), ids=lambda check: check.id)
def test_every_check_is_explained(tool, check) -> None:
    said = tool("explain", check.id)
    assert said.code == 0
    assert said.out.startswith(f"{check.id}: {check.title}\n")
    for heading in ("Why it matters", "What to do", "Example", "Known false positives"):
        assert f"\n{heading}\n" in said.out


def test_a_mistyped_check_is_answered_with_the_nearest(tool) -> None:
    said = tool("explain", "mising-flow")
    assert said.code == 2
    assert "did you mean 'missing-flow'?" in said.err


def test_pages_of_the_checks_are_written_where_asked(tool, tmp_path: Path) -> None:
    assert tool("checks", "--docs", "pages").code == 0
    assert {path.stem for path in (tmp_path / "pages").iterdir()} == {
        "README",
        *(check.id for check in built_in()),
    }


def test_the_catalogue_is_found_by_name_and_by_alias(tool) -> None:
    assert "klaviyo" in tool("catalogue", "search", "KLAV").out
    by_alias = tool("catalogue", "show", "GA4")
    assert by_alias.code == 0
    assert "Google Analytics" in by_alias.out
    assert "(capability)" in tool("catalogue", "show", "email-marketing").out
    assert "(profile)" in tool("catalogue", "show", "b2b-saas").out
    assert "(data object)" in tool("catalogue", "show", "contact").out


def test_what_the_catalogue_does_not_know_is_said_with_the_nearest(tool) -> None:
    said = tool("catalogue", "show", "klavyo")
    assert said.code == 2
    assert "did you mean 'klaviyo'?" in said.err
    assert tool("catalogue", "search", "qqqqqq").code == 2
    assert "needs a word" in tool("catalogue", "search").err


def test_the_catalogue_alone_says_how_much_it_knows(tool) -> None:
    out = tool("catalogue").out
    assert "products" in out
    assert "b2b-saas" in out


def test_own_products_are_looked_up_too(tool, write) -> None:
    own = write(
        "catalogue.yaml",
        "stackaudit-catalogue: 1\nproducts:\n"
        "  acme-mailer: {name: Acme Mailer, capabilities: [email-marketing]}\n",
    )
    said = tool("catalogue", "show", "acme-mailer", "--catalogue", own)
    assert said.code == 0
    assert "Acme Mailer" in said.out


def test_a_first_inventory_is_written_and_valid(tool, tmp_path: Path) -> None:
    said = tool("init")
    assert said.code == 0
    assert "Wrote inventory.yaml. Next:" in said.out
    text = (tmp_path / "inventory.yaml").read_text(encoding="utf-8")
    assert text.count("#") > 10
    assert tool("validate", "--strict", "inventory.yaml").code == 0


def test_an_inventory_that_is_there_is_not_written_over_unless_forced(tool, write) -> None:
    path = write("mine.yaml", "precious")
    said = tool("init", "mine.yaml")
    assert said.code == 2
    assert "mine.yaml is there already" in said.err
    assert path.read_text() == "precious"
    assert tool("init", "mine.yaml", "--force").code == 0
    assert path.read_text() != "precious"


def test_a_first_inventory_ends_in_yaml(tool) -> None:
    said = tool("init", "mine.txt")
    assert said.code == 2
    assert "stackaudit init mine.yaml" in said.err


def answers(monkeypatch: pytest.MonkeyPatch, *given: str) -> None:
    waiting = list(given)
    monkeypatch.setattr(init_command, "at_terminal", lambda: True)
    monkeypatch.setattr("builtins.input", lambda _: waiting.pop(0))


def test_answers_become_an_inventory(tool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    answers(
        monkeypatch,
        "O'Neill: Sons & #1 Daughters",
        "b2b-saas",
        "eur",
        "HubSpot, Salesforce Sales Cloud, Our: odd tool",
        "HubSpot <-> Salesforce Sales Cloud",
    )
    assert tool("init", "mine.yaml").code == 0
    monkeypatch.undo()
    monkeypatch.chdir(tmp_path)
    data = json.loads(tool("validate", "mine.yaml", "--format", "json").out)
    assert data["valid"] is True
    text = (tmp_path / "mine.yaml").read_text(encoding="utf-8")
    assert "O'Neill" in text
    assert "profile: b2b-saas" in text
    assert "currency: EUR" in text
    assert tool("validate", "mine.yaml").out.endswith("3 tools, 1 integration\n")


def test_no_answers_give_a_valid_inventory_too(
    tool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers(monkeypatch, "", "", "", "", "")
    assert tool("init", "mine.yaml").code == 0
    assert tool("validate", "mine.yaml").code == 0


def test_the_schema_of_inventories_is_one_and_describes_every_field(tool) -> None:
    jsonschema = pytest.importorskip("jsonschema")
    schema = json.loads(tool("schema").out)
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(
        {"stackaudit": 1, "company": {"name": "Acme"}, "tools": ["Klaviyo"]}, schema
    )
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({"stackaudit": 1, "company": {"nme": "Acme"}}, schema)
