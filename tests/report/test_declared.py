"""Declared and observed: in the result, in the page, and in nobody's copy who must not see it."""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path

import jsonschema
import pytest

from stackaudit.audit import audit
from stackaudit.compare import compare
from stackaudit.opening import open_inventory
from stackaudit.redact import redact
from stackaudit.report import render_html
from stackaudit.report.words import Words
from stackaudit.result import AuditResult, result_schema
from stackaudit.testing import DAY, make_resolved

SAMPLE = Path(__file__).parents[2] / "inventories" / "reconciled.yaml"
PLAIN = "stackaudit: 1\ncompany: {name: X}\ncomplete: [tools]\ntools: [Klaviyo]\n"
SEEN = "observed: [{name: Okta, shows: logins, as_of: 2026-10-20, entries: [Hotjar]}]\n"


@cache
def sample() -> AuditResult:
    return audit(open_inventory(SAMPLE), DAY)


def text_of(page: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def table(page: str) -> dict[str, list[str]]:
    """Return the rows of the table by what they are about."""
    body = page.split('<table id="declared"', 1)[1].split("</table>", 1)[0]
    rows = body.split("<tbody>", 1)[1].split("<tr>")[1:]
    cells = [re.findall(r"(?s)<t[hd]>(.*?)(?=<t[hd]>|</t|$)", row) for row in rows]
    return {text_of(row[0]): [text_of(cell) for cell in row[1:]] for row in cells}


def test_without_lists_the_result_and_the_page_do_not_speak_of_them() -> None:
    result = audit(make_resolved(PLAIN), DAY)
    assert result.observed is None
    assert "observed" not in json.loads(result.to_json())
    assert "declared-and-observed" not in render_html(result)
    assert AuditResult.model_validate_json(result.to_json()) == result


def test_the_result_with_lists_fits_its_schema_and_comes_back_the_same() -> None:
    result = sample()
    jsonschema.Draft202012Validator(result_schema()).validate(json.loads(result.to_json()))
    assert AuditResult.model_validate_json(result.to_json()) == result


def test_every_tool_and_list_is_in_the_table_with_words() -> None:
    clean = table(render_html(sample()))
    assert clean["Hotjar"] == ["only on lists: not declared", "no", "HOTJAR LTD", "yes", "no"]
    assert clean["Asana"] == ["in both", "PlanIT", "", "no", "no"]
    assert clean["VWO"] == ["only in the inventory", "no", "", "no", "no"]
    assert "HubSpot Marketing Hub" in clean["HS *HUBSPOT EMEA"][0]
    assert set(clean).isdisjoint({"Slack", "Workday", "MAILCHIMP *MISC"})


def test_the_title_counts_what_is_not_declared() -> None:
    page = text_of(render_html(sample()))
    assert "3 tools that lists of others show are not in the inventory" in page
    german = text_of(render_html(sample(), words=Words("de")))
    assert "3 Tools, die andere Listen zeigen, stehen nicht im Inventar" in german
    assert "and the inventory does not list it" not in german


@pytest.mark.parametrize(
    ("audience", "there"), [("cmo", False), ("ops", True), ("finance", True), ("privacy", True)]
)
def test_who_looks_into_what_is_missing_sees_the_lists(audience: str, there: bool) -> None:
    page = render_html(sample(), audience=audience)  # type: ignore[arg-type]
    assert ('id="declared-and-observed"' in page) is there


@pytest.mark.parametrize("what", [["vendors"], ["vendors", "people", "costs"]])
def test_a_copy_without_vendors_names_nothing_that_is_on_a_list(what: list[str]) -> None:
    copy = redact(sample(), what)
    both = copy.to_json() + render_html(copy)
    on_lists = ("Hotjar", "HUBSPOT", "MAILCHIMP", "Miro", "Meta Ads", "Workday", "Slack", "PlanIT")
    for name in (*on_lists, "Intercom", "VWO", "Zendesk", "intercom.io", "cookiebot"):
        assert not re.search(rf"(?i)\b{re.escape(name)}\b", both), name


def test_a_copy_without_costs_has_no_amount_of_a_list() -> None:
    copy = redact(sample(), ["costs"])
    assert "1188" not in copy.to_json()
    assert "10 payments" not in copy.to_json(), "what a list says of an entry is its own words"


def test_a_finding_of_a_list_that_is_gone_is_not_resolved() -> None:
    old = audit(make_resolved(PLAIN + SEEN), DAY)
    assert [f.id for f in old.findings if f.check == "undeclared-tool"] == [
        "undeclared-tool:hotjar"
    ]
    gone = compare(old, audit(make_resolved(PLAIN), DAY))
    change = next(c for c in gone.changes if c.id == "undeclared-tool:hotjar")
    assert change.state != "resolved"
    listed = PLAIN.replace("[Klaviyo]", "[Klaviyo, Hotjar]")
    mended = compare(old, audit(make_resolved(listed + SEEN), DAY))
    change = next(c for c in mended.changes if c.id == "undeclared-tool:hotjar")
    assert change.state == "resolved"
