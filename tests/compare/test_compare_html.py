"""The comparison as a page: every change with its reason, both stacks on the same axes."""

from __future__ import annotations

import json
import re
import sys
from base64 import b64encode
from datetime import date
from functools import cache
from hashlib import sha256
from html import unescape
from itertools import pairwise
from pathlib import Path
from typing import TypeVar

import pytest
from pydantic import BaseModel

from stackaudit.audit import audit
from stackaudit.compare import NotComparableError, compare
from stackaudit.report import render_html
from stackaudit.report.compared import render_comparison
from stackaudit.report.pairs import scale
from stackaudit.result import AuditResult
from stackaudit.testing import make_resolved

sys.path.insert(0, str(Path(__file__).parents[1] / "report"))

from hostile import PAYLOADS, planted
from page import Page

Model = TypeVar("Model", bound=BaseModel)

OLD = """
stackaudit: 1
company: {name: Lumen, currency: EUR, profile: b2c-ecommerce}
complete: [tools, integrations]
systems_of_record: {contact: crm}
tools:
  - {name: CRM, product: none, owner: none, data: {contact: store}, cost: 1000}
  - {name: Form, product: none, owner: Mia, data: {contact: capture}, cost: 200}
  - name: Mail
    product: none
    capabilities: [email-marketing]
    owner: Mia
    data: {contact: activate}
    cost: 600
    seats: {paid: 10, active: 4, price: 50}
    contract: {ends: 2027-06-30, notice_days: 30, auto_renews: yes}
  - {name: Old Wiki, product: none, owner: Mia, capabilities: [seo], cost: 300}
integrations:
  - {from: form, to: mail, objects: [contact], status: broken, owner: Mia}
  - {from: crm, to: mail, objects: [contact], method: rest-api, every: hourly, owner: Mia}
"""
CHANGES = [
    ("owner: none, data", "owner: Ravi, data"),
    ("cost: 1000", "cost: 1200"),
    ("cost: 200}", "}"),
    ("active: 4", "active: 10"),
    ("  - {name: Old Wiki, product: none, owner: Mia, capabilities: [seo], cost: 300}\n", ""),
    ("status: broken", "method: webhook, status: live"),
    (
        "integrations:\n",
        "  - {name: Survey, product: none, owner: none, cost: 50}\nintegrations:\n",
    ),
    ("every: hourly, owner: Mia}", "every: hourly, owner: Mia}\n  - Form -> CRM: contact"),
]


def audited(text: str, day: date = date(2026, 11, 1)) -> AuditResult:
    return audit(make_resolved(text), day)


@cache
def both() -> tuple[AuditResult, AuditResult]:
    text = OLD
    for was, now in CHANGES:
        assert was in text
        text = text.replace(was, now)
    return audited(OLD), audited(text, date(2027, 2, 1))


@cache
def drawn() -> str:
    return render_comparison(*both())


def said(html: str) -> str:
    """Return the text of a piece of a page, as it is read."""
    text = re.sub(r"<(style|title)\b.*?</\1>", " ", html, flags=re.DOTALL)
    return " ".join(unescape(re.sub(r"<[^>]+>", "", text)).replace("\u00ad", "").split())


def part(html: str, identity: str) -> str:
    """Return a section, figure or table by its id."""
    start = re.search(rf'<(\w+) id="{identity}"', html)
    assert start is not None, identity
    return html[start.start() : html.index(f"</{start[1]}>", start.start())]


def rows(html: str, identity: str) -> list[list[str]]:
    body = part(html, identity).split("<tbody>")[1]
    return [
        [said(cell) for cell in re.split(r"<t[hd][^>]*>", row)[1:]]
        for row in re.split(r"<tr[^>]*>", body)[1:]
    ]


def dangling(html: str) -> set[str]:
    """Return the links inside a page that lead nowhere."""
    page = Page(html)
    links = {v for _, n, v in page.attributes if n == "href" and v and v.startswith("#")}
    return {link[1:] for link in links} - set(page.ids)


def fact(html: str, key: str) -> float:
    found = {
        float(v) for v in re.findall(rf'data-fact="{re.escape(key)}" data-value="([^"]+)"', html)
    }
    [value] = found
    return value


def changed(part: Model, **update: object) -> Model:
    return part.model_copy(update=update)


def test_the_headline_has_the_numbers_of_the_comparison() -> None:
    comparison = json.loads(compare(*both()).to_json())
    counted = dict.fromkeys(("new", "resolved", "open"), 0)
    for change in comparison["changes"]:
        if change["state"] in counted and (change["severity"] or change["was_severity"]) != "info":
            counted[change["state"]] += 1
    assert counted["new"] > 0 < counted["resolved"]
    assert {k: fact(drawn(), f"count-{k}") for k in counted} == counted
    title = said(part(drawn(), "headline"))
    assert title.startswith("Since 1 Nov 2026, ")
    assert [int(n) for n in re.findall(r"\b\d+\b", title)[2:]] == [
        counted["resolved"],
        counted["new"],
        counted["open"],
    ]


def test_every_number_of_the_table_is_that_of_the_json() -> None:
    measures = {m.label: m for m in compare(*both()).measures}
    found = {row[0]: row for row in rows(drawn(), "numbers-table")}
    assert len(found) == len(measures)
    for label, title in (("live integrations", "Live integrations"), ("open questions", None)):
        m = measures[label]
        row = found[title or "Open questions"]
        assert row[1:3] == [f"{m.before:g}", f"{m.after:g}"]
        step = (m.after or 0) - (m.before or 0)
        assert row[3] == ("no change" if not step else f"{step:+g}".replace("-", "\u2212"))


def test_every_finding_of_either_result_is_on_the_page() -> None:
    text = said(drawn())
    comparison = compare(*both())
    missing = [c.sentence for c in comparison.changes if " ".join(c.sentence.split()) not in text]
    assert missing == []


def test_a_changed_fact_is_told_with_both_values_and_its_place() -> None:
    resolved = said(part(drawn(), "state-resolved"))
    assert re.search(r"owner was none, is Ravi \S+:\d+", resolved)
    assert "status was broken, is live" in resolved


def test_what_time_alone_brought_says_so() -> None:
    old, _ = both()
    later = audited(OLD, date(2027, 5, 15))
    html = render_comparison(old, later)
    assert re.search(r"Of what is new, \d+ comes? from time alone", said(part(html, "answer")))
    new = said(part(html, "state-new"))
    assert "Time passed: no fact about it differs, the day does." in new
    assert "The inventory is the same, byte for byte" in said(html)


def test_nothing_changed_is_the_headline_then() -> None:
    result, _ = both()
    html = render_comparison(result, result)
    assert said(part(html, "headline")).startswith("Since 1 Nov 2026 nothing has changed: ")
    assert 'id="state-new"' not in html
    assert said(html).count("No fact of the inventory differs") == 1


def test_both_heat_tables_have_the_same_rows_and_columns() -> None:
    heads = [
        [
            [row[0] for row in rows(drawn(), name)],
            re.findall(r'<th scope="col">(.*?)</th>', part(drawn(), name)),
        ]
        for name in ("heat-before", "heat-after")
    ]
    assert heads[0] == heads[1]
    assert len(heads[0][0]) > 5


def test_a_changed_cell_is_marked_with_a_word_in_the_newer_table_only() -> None:
    assert 'class="mark"' not in part(drawn(), "heat-before")
    marks = re.findall(r'<em class="mark">(.*?)</em>', part(drawn(), "heat-after"))
    assert marks
    assert {said(m) for m in marks} == {"1 fewer"}
    table = rows(drawn(), "heat-table")
    assert len(table) == len(marks) == fact(drawn(), "heat-changed")
    assert {row[4] for row in table} == {"went: Old Wiki"}


def test_both_matrices_have_the_same_tools_in_the_same_places() -> None:
    pictures = re.findall(r'<svg class="pic matrix pairmatrix".*?</svg>', drawn(), re.DOTALL)
    assert len(pictures) == 2
    labels = [
        re.findall(r'<text x="([\d.]+)" y="([\d.]+)" class="lab [^"]*"[^>]*>([^<]+)', picture)
        for picture in pictures
    ]
    assert labels[0] == labels[1]
    names = {name for *_, name in labels[0]}
    assert {"Old Wiki (gone)", "Survey (new)", "CRM"} <= names


def test_the_table_of_pairs_says_what_became_of_each() -> None:
    assert rows(drawn(), "pairs-table") == [
        ["Form → CRM", "no connection", "method not known", "new"],
        ["Form → Mail", "broken or paused", "automatic", "connected otherwise"],
    ]


def test_paired_bars_lie_on_one_scale() -> None:
    figure = part(drawn(), "spend")
    bars = re.findall(
        r'<rect x="([\d.]+)" y="[\d.]+" width="([\d.]+)" height="14" class="(was|now)"', figure
    )
    amounts = [
        float(t.replace(",", "")) for t in re.findall(r'class="val (?:was|now)">€([\d,]+)<', figure)
    ]
    assert len({x for x, *_ in bars}) == 1
    long = [float(w) for _, w, _ in bars if float(w)]
    assert len(long) == len([a for a in amounts if a]) >= 4
    ratios = [w / a for w, a in zip(long, [a for a in amounts if a], strict=True) if a > 100]
    assert max(ratios) / min(ratios) < 1.05


@pytest.mark.parametrize(
    ("top", "ticks"),
    [(0, [0, 1]), (1, [0, 1]), (45, [0, 10, 20, 30, 40, 50]), (100, [0, 20, 40, 60, 80, 100])],
)
def test_an_axis_begins_at_nought_and_holds_the_longest_bar(top: float, ticks: list[float]) -> None:
    assert scale(top) == ticks


@pytest.mark.parametrize("top", [3, 7, 99, 101, 1234, 205520, 12_417_978])
def test_an_axis_has_few_round_ticks(top: float) -> None:
    ticks = scale(top)
    assert ticks[0] == 0
    assert ticks[-2] < top <= ticks[-1]
    assert 3 <= len(ticks) <= 7


def test_a_cost_that_only_one_result_knows_is_no_change_of_cost() -> None:
    moves = {row[0]: row[1:] for row in rows(drawn(), "moved-table")}
    assert moves == {
        "CRM": ["dearer", "€1,000", "€1,200", "+€200"],
        "Survey": ["new in the stack", "", "€50", "+€50"],
        "Old Wiki": ["no longer in use", "€300", "", "\u2212€300"],
        "Form": ["known before, not now", "€200", "", "no change of cost"],
    }
    money = said(part(drawn(), "money"))
    assert money.startswith("€50 a year less is spent than before")
    assert "1 cost of €200 in all is no longer known: no fall of cost." in money
    assert "cannot be traced" not in money


def test_what_moved_the_cost_adds_up_to_the_totals() -> None:
    old, new = both()
    assert old.spend.total is not None
    assert new.spend.total is not None
    assert new.spend.total.high - old.spend.total.high == 200 + 50 - 300 - 200


def test_what_was_promised_is_set_against_what_came() -> None:
    old, _ = both()
    assert old.funds is not None
    assert fact(drawn(), "promised") == old.funds.high == 300
    assert fact(drawn(), "promised-settled") == 300
    [row] = rows(drawn(), "promised-table")
    assert row[1:] == ["€300", row[2], "Resolved", "Mail: no change"]


def test_another_currency_is_never_on_one_axis() -> None:
    old, new = both()
    dollars = changed(new, company=changed(new.company, currency="USD"))
    html = render_comparison(old, dollars)
    assert "The currency was EUR and is USD: no amount is compared with another." in said(html)
    assert "<svg" not in part(html, "spend")
    assert {row[3] for row in rows(html, "spend-table")} == {"not to be compared"}
    assert 'id="moved-table"' not in html


def test_scores_under_other_rules_are_not_compared() -> None:
    old, new = both()
    html = render_comparison(old, changed(new, version="9.9.9"))
    assert "<svg" not in part(html, "scores")
    assert {row[3] for row in rows(html, "scores-table")} == {"not to be compared"}
    assert "1 rule differs between the two audits." in said(html)
    assert "the version of stackaudit was" in said(html).lower()


def test_what_a_result_lacks_is_said() -> None:
    old, new = both()
    more = changed(new, funds=old.funds)
    html = render_comparison(changed(old, funds=None, scores=[], quality=None), more)
    answer = said(part(html, "answer"))
    for word in ("has no scores", "knows of no saving", "how complete the inventory is"):
        assert word in answer


def test_two_companies_are_refused() -> None:
    old, new = both()
    with pytest.raises(NotComparableError, match="different companies"):
        render_comparison(old, changed(new, company=changed(new.company, name="Else")))


def test_the_same_results_give_the_same_bytes() -> None:
    assert render_comparison(*both()) == drawn()


def test_there_is_no_script_and_the_policy_knows_the_style_alone() -> None:
    page = Page(drawn())
    assert "script" not in page.tags
    assert not [n for _, n, _ in page.attributes if n == "style" or n.startswith("on")]
    style = re.search(r"<style>(.*?)</style>", drawn(), re.DOTALL)
    assert style is not None
    name = b64encode(sha256(style[1].encode()).digest()).decode()
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]+)"', drawn())
    assert policy is not None
    assert unescape(policy[1]) == (
        f"default-src 'none'; style-src 'sha256-{name}'; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )


def test_every_id_is_there_once_and_every_link_leads_somewhere() -> None:
    page = Page(drawn())
    assert len(page.ids) == len(set(page.ids))
    links = {v for _, n, v in page.attributes if n == "href" and v}
    assert {link for link in links if not link.startswith("#")} == set()
    assert {link[1:] for link in links} <= set(page.ids)


def test_headings_skip_no_level() -> None:
    levels = [int(n) for n in re.findall(r"<h([1-6])\b", drawn())]
    assert levels.count(1) == 1
    assert [(a, b) for a, b in pairwise(levels) if b > a + 1] == []


@cache
def tags(text: str) -> dict[str, int]:
    """Return how often which element is on the page of two results with `text` in every text."""
    old, new = (planted(result, text) for result in both())
    page = Page(render_comparison(old, new))
    assert not [n for _, n, _ in page.attributes if n.startswith("on") or n == "style"]
    # Names that are cut get a title; code and isolation depend on the characters.
    return {t: n for t, n in page.tags.items() if t not in ("bdi", "code", "title", "text")}


@pytest.mark.parametrize("payload", PAYLOADS[::6])
def test_a_payload_in_every_text_of_both_results_adds_no_element(payload: str) -> None:
    assert tags(payload) == tags(" zz")


def test_a_report_knows_what_changed_since_last_time() -> None:
    old, new = both()
    comparison = compare(old, new)
    html = render_html(new, since=comparison)
    line = re.search(r'<p class="since">(.*?)</p>', html, re.DOTALL)
    assert line is not None
    for state in ("new", "resolved", "open"):
        counted = [c for c in comparison.of(state) if (c.severity or c.was_severity) != "info"]
        assert fact(line[1], f"since-{state}") == len(counted)
    fresh = re.findall(r'id="(f-[^"]+)"[^>]*>(?:(?!id="f-).)*?class="tag fresh"', html, re.DOTALL)
    assert fresh
    assert html.count('class="tag fresh"') == len(comparison.of("new"))
    table = rows(html, "since")
    told = [c for c in comparison.changes if c.state != "open"]
    assert len(table) == len(told)
    assert any("owner was none, is Ravi" in row[3] for row in table)
    assert dangling(html) <= dangling(render_html(new))


def test_a_report_without_an_earlier_audit_says_nothing_of_it() -> None:
    html = render_html(both()[1])
    assert "since-" not in html
    assert 'class="tag fresh"' not in html
