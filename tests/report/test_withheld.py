"""What is withheld is said to be withheld: never unknown, never missing."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from page import Page

from stackaudit.audit import audit
from stackaudit.opening import open_inventory
from stackaudit.redact import PARTS, redact
from stackaudit.report import render_html
from stackaudit.result import AuditResult
from stackaudit.testing import DAY, make_resolved

ROOT = Path(__file__).resolve().parents[2]


@cache
def whole() -> AuditResult:
    return audit(open_inventory(ROOT / "inventories/northwind"), DAY)


@cache
def html(*parts: str) -> str:
    return render_html(redact(whole(), parts))


def section(text: str, name: str) -> str:
    start = text.index(f'<section id="{name}"')
    return Page(text[start : text.index("</section>", start)]).words


def cells(text: str, table: str, column: int) -> list[str]:
    body = text[text.index(f'<table id="{table}"') :]
    body = body[body.index("<tbody>") : body.index("</table>")]
    rows = [re.split(r"<t[dh][^>]*>", row) for row in body.split("<tr")[1:]]
    return [Page(row[column + 1]).words for row in rows]


def test_a_cost_that_was_stated_is_withheld_and_one_that_was_not_is_not_known() -> None:
    shown = cells(html("costs"), "tools", 7)
    stated = [t.cost is not None for t in whole().tools]
    known = ["cost" in t.known or t.contract is not None for t in whole().tools]
    assert shown == ["withheld" if k else "not known" for k in known]
    assert [s for s, there in zip(shown, stated, strict=True) if there and s == "not known"] == []
    assert {"withheld", "not known"} == set(shown)


def test_the_section_on_money_says_withheld_and_keeps_what_is_known_of_contracts() -> None:
    words = section(html("costs"), "money")
    assert words.startswith("What is spent a year is withheld; it is known for 35 of 41 tools")
    assert "No yearly cost is known" not in words
    assert set(cells(html("costs"), "contract-table", 2)) == {"withheld"}


def test_tiles_of_withheld_amounts_say_withheld() -> None:
    words = section(html("costs"), "answer")
    assert "withheld known cost a year" in words
    assert "withheld a year could be freed" in words
    assert "not known known cost" not in words


def test_a_total_that_nobody_knew_is_still_not_known_when_costs_are_redacted() -> None:
    text = "stackaudit: 1\ncompany: {name: X}\ntools: [{name: A}, {name: B}]\n"
    redacted = redact(audit(make_resolved(text), DAY), ["costs"])
    tile = next(t for t in redacted.summary.tiles if t.id == "spend")
    assert tile.text == "not known"


def test_owners_of_a_copy_without_people_are_neither_unknown_nor_missing() -> None:
    before, after = (cells(text, "tools", 4) for text in (render_html(whole()), html("people")))
    for word in ("not known", "no owner"):
        assert [word in c for c in before] == [word in c for c in after]
    assert any(c.startswith("Owner ") for c in after)


def test_a_reason_that_was_given_is_withheld_and_not_missing() -> None:
    for part in PARTS:
        assert set(cells(html(part), "accepted", 1)) == {"withheld"}


def test_the_redaction_is_said_once_and_above_everything() -> None:
    text = html(*PARTS)
    said = "This copy is redacted: people, costs and names of tools and vendors are left out"
    assert text.count("This copy is redacted") == 1
    assert text.index(said) < text.index("<h1")
    assert "This copy is redacted" not in render_html(whole())


def test_a_copy_redacted_twice_says_both() -> None:
    twice = redact(redact(whole(), ["costs"]), ["people"])
    assert twice.redacted == ["people", "costs"]
    assert "people and costs are left out" in render_html(twice)
