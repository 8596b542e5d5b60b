"""Pictures of few tools and of many: what is drawn, what is counted, and where the rest stands."""

from __future__ import annotations

import re

import pytest
import sample
from page import Page

from stackaudit.report import render_html
from stackaudit.report.context import Context
from stackaudit.report.heat import shade
from stackaudit.report.matrix import matrices
from stackaudit.report.scores import scores
from stackaudit.report.stackmap import CHIPS, CHIPS_MANY, stack_map
from stackaudit.report.trust import trust
from stackaudit.report.words import Words
from stackaudit.result import AuditResult


def _context(result: AuditResult) -> Context:
    return Context(result, Words())


def _section(html: str, name: str) -> str:
    start = html.index(f'<section id="{name}"')
    return html[start : html.index("</section>", start)]


@pytest.mark.parametrize(("count", "most"), [(30, CHIPS), (150, CHIPS_MANY), (300, CHIPS_MANY)])
def test_a_box_of_the_map_shows_some_tools_counts_the_others_and_names_all_in_the_table(
    count: int, most: int
) -> None:
    result = sample.scaled(count)
    drawn = stack_map(_context(result))
    assert drawn is not None
    boxes = [b for s in [*drawn.stages, *([drawn.band] if drawn.band else [])] for b in s.boxes]
    assert max(len(b.chips) for b in boxes) <= most
    for box in boxes:
        assert len(box.chips) + box.more == len(box.capability.providers)
    table = Page(_section(render_html(result), "stack-map")).words.split("Capabilities of the")[1]
    names = {t.id: t.name for t in result.tools}
    folded = [names[p.tool] for b in boxes if b.more for p in b.capability.providers]
    assert [n for n in folded if n not in table] == []
    if count > 60:
        assert folded


def test_a_name_too_long_for_its_chip_is_shown_whole_on_hover() -> None:
    html = _section(render_html(sample.long_names(30)), "stack-map")
    titles = re.findall(r'<li class="chip[^"]*long" title="([^"]*)"', html)
    assert titles
    assert {len(t) >= 40 for t in titles} == {True}


def test_a_gap_in_one_part_of_the_company_is_not_said_to_be_a_capability_without_a_tool() -> None:
    result = sample.retailer()
    gap = next(f for f in result.findings if f.check == "missing-capability" and not f.accepted)
    name = gap.subjects[0].id
    other = next(c for c in result.capabilities if c.id != name and c.providers)
    partly = [
        c.model_copy(
            update={"providers": other.providers, "missing_in": ["us"], "expected": "must"}
        )
        if c.id == name
        else c
        for c in result.capabilities
    ]
    before = stack_map(_context(result))
    after = stack_map(_context(result.model_copy(update={"capabilities": partly})))
    assert before is not None
    assert after is not None
    assert "in part of the company" not in before.title
    assert "in part of the company" in after.title.striptags()


def test_the_legend_of_a_matrix_by_area_says_how_many_pairs_a_shade_stands_for() -> None:
    result = sample.scaled(150)
    drawn = matrices(_context(result))
    assert drawn is not None
    spans = [re.findall(r"\d+", str(word)) for _, word in drawn.legend]
    ends = [(int(s[0]), int(s[-1])) for s in spans]
    assert ends[0][0] == 1
    assert [b[0] for b in ends[1:]] == [a[1] + 1 for a in ends[:-1]]
    cells = [int(n) for n in re.findall(r'class="ct num">(\d+)<', drawn.picture)]
    assert max(cells) == ends[-1][1]
    for first, last in ends:
        assert any(first <= n <= last for n in cells)


def test_a_cell_of_the_heat_table_is_as_dark_as_its_share_of_the_fullest() -> None:
    assert [shade(n) for n in (0, 1, 2, 3, 4)] == [0, 1, 2, 3, 3]
    assert [shade(n, 54) for n in (0, 1, 18, 19, 36, 37, 54)] == [0, 1, 1, 2, 2, 3, 3]


def test_a_reason_that_says_no_score_is_not_said_to_have_no_score_twice() -> None:
    result = sample.retailer()
    twice = [
        s.model_copy(update={"low": None, "high": None, "why": "no score: too little is known"})
        for s in result.scores
    ]
    shown = scores(_context(result.model_copy(update={"scores": twice})))
    assert shown is not None
    assert {str(row[-1]) for row in shown.table.rows} == {"no score: too little is known"}


def test_where_nothing_is_known_of_permission_no_zero_is_said() -> None:
    result = sample.retailer()
    unknown = [s.model_copy(update={"served": "unknown"}) for s in result.senders]
    shown = trust(_context(result.model_copy(update={"senders": unknown})))
    assert shown is not None
    said = shown.title.striptags()
    assert "not known for any of the" in said
    assert " 0 " not in said


def test_silos_past_the_first_are_folded_and_all_there() -> None:
    result = sample.scaled(150)
    html = _section(render_html(result), "silos")
    page = Page(html)
    assert {"silo-table", "silo-rest"} <= set(page.ids)
    silos = [f for f in result.findings if f.check == "trapped-data" and not f.accepted]
    assert [f.id for f in silos if f.sentence not in page.words] == []


def test_losses_without_a_must_do_not_say_how_many_are_musts() -> None:
    result = sample.retailer()
    none = [f.model_copy(update={"must": 0}) for f in result.falls]
    html = render_html(result.model_copy(update={"falls": none}))
    words = Page(_section(html, "ownership")).words
    assert "stop, 0 of them" not in words
    assert "of them musts" not in words
