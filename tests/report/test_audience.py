"""A view for one reader: the same numbers and findings, in another order, and no loose ends."""

from __future__ import annotations

import itertools
import re
from functools import cache
from pathlib import Path

import pytest
import sample
from page import Page

from stackaudit.audit import audit
from stackaudit.cli.outputs import Outputs, plan
from stackaudit.opening import open_inventory
from stackaudit.report import render_html
from stackaudit.report.audience import AUDIENCES, Audience, unlinked
from stackaudit.report.order import SECTIONS
from stackaudit.result import AuditResult, Finding
from stackaudit.testing import DAY

ROOT = Path(__file__).resolve().parents[2]


@cache
def result() -> AuditResult:
    return audit(open_inventory(ROOT / "inventories/northwind"), DAY)


@cache
def html(who: Audience | None = None) -> str:
    return render_html(result(), audience=who)


@cache
def page(who: Audience | None = None) -> Page:
    return Page(html(who))


def section(who: Audience, name: str) -> str:
    text = html(who)
    start = text.index(f'<section id="{name}"')
    return Page(text[start : text.index("</section>", start)]).words


def open_findings() -> list[Finding]:
    return [f for f in result().findings if f.accepted is None or f.accepted.lapsed]


@pytest.mark.parametrize("who", AUDIENCES)
def test_no_number_is_another_one_than_in_the_full_report(who: Audience) -> None:
    whole, part = page().facts, page(who).facts
    shared = whole.keys() & part.keys()
    assert {k: part[k] for k in shared} == {k: whole[k] for k in shared}
    assert len(shared) >= 10
    tiles = {k for k in whole if k.startswith("tile-")}
    assert tiles <= part.keys()


@pytest.mark.parametrize("who", AUDIENCES)
def test_the_headline_stays(who: Audience) -> None:
    h1 = re.compile(r"<h1.*?</h1>", re.DOTALL)
    assert h1.findall(html(who)) == h1.findall(html())


@pytest.mark.parametrize("make", [sample.retailer, sample.sparse, lambda: sample.bare(1)])
@pytest.mark.parametrize("who", AUDIENCES)
def test_every_link_leads_somewhere_and_every_id_is_there_once(who: Audience, make) -> None:  # type: ignore[no-untyped-def]
    shown = Page(render_html(make(), audience=who))
    there = set(shown.ids)
    assert sorted({i for i in shown.ids if shown.ids.count(i) > 1}) == []
    lost = [
        v
        for _, n, v in shown.attributes
        if (n == "href" and v.startswith("#") and v[1:] not in there)
        or (n in ("aria-labelledby", "for") and not set(v.split()) <= there)
    ]
    assert lost == []
    levels = [int(h[1]) for h in shown.headings]
    assert levels.count(1) == 1
    assert [(a, b) for a, b in itertools.pairwise(levels) if b > a + 1] == []


@pytest.mark.parametrize("who", AUDIENCES)
def test_the_contents_follow_the_order_of_the_view(who: Audience) -> None:
    links = re.search(r'<nav class="toc".*?</nav>', html(who), re.DOTALL)
    assert links is not None
    named = re.findall(r'href="#([^"]+)"', links[0])
    assert named == [name for name, _ in page(who).sections]


@pytest.mark.parametrize("who", AUDIENCES)
def test_the_first_line_says_for_whom_it_is_and_every_section_that_is_left_out(
    who: Audience,
) -> None:
    names = {
        "stack-map": "Stack map",
        "coverage": "Gaps & overlaps",
        "silos": "Silos & data flow",
        "ownership": "Ownership",
        "money": "Money & renewals",
        "trust": "Trust",
        "roadmap": "Roadmap",
        "findings": "Findings",
        "not-judged": "Not judged",
        "appendix": "Appendix",
    }
    assert len(names) == len(SECTIONS) - 1
    head = Page(html(who)[: html(who).index("<h1")]).words
    said = head.partition("Left out here")[2].partition("full report: ")[2].partition(".")[0]
    gone = {name for at, name in names.items() if at not in dict(page(who).sections)}
    assert {name for name in names.values() if name in said} == gone
    assert "This view is for" in head


def test_marketing_operations_has_everything_the_full_report_has() -> None:
    assert sorted(name for name, _ in page("ops").sections) == sorted(
        name for name, _ in page().sections
    )
    assert sorted(page("ops").ids) == sorted(page().ids)


def test_a_cmo_gets_no_register_and_is_told_how_long_the_tables_are() -> None:
    shown = page("cmo")
    assert not {"tools", "integrations", "findings", "contract-table"} & set(shown.ids)
    rows = html("cmo").count("<tr")
    assert rows < html().count("<tr") / 3
    assert "all are in the full report" in section("cmo", "trust") + section("cmo", "roadmap")


def test_finance_has_overlaps_and_spend_in_full_and_other_money_in_a_line() -> None:
    words = section("finance", "findings")
    ids = set(page("finance").ids)
    anchors = {
        f.id: "f-" + re.sub(r"[^a-z0-9]+", "-", f.id.lower()).strip("-") for f in open_findings()
    }
    full = [f for f in open_findings() if f.category in ("redundancies", "spend")]
    assert full
    for finding in full:
        assert anchors[finding.id] in ids
        assert finding.sentence in words
    others = [f for f in open_findings() if f not in full]
    lines = [f for f in others if f.money is not None or f.saving is not None]
    gone = [f for f in others if f not in lines and f.led_by is None and not f.leads]
    assert [f.id for f in lines if f.sentence not in words] == []
    assert gone
    assert [f.id for f in gone if anchors[f.id] in ids] == []


def test_finance_has_the_money_first_and_its_own_actions() -> None:
    tiles = re.findall(r'data-fact="tile-([a-z]+)"', html("finance"))
    assert tiles[:2] == ["spend", "saving"]
    first = re.findall(r'<ol class="todo">.*?</ol>', html("finance"), re.DOTALL)[0]
    acts = [
        a
        for a in result().actions
        if a.saving is not None
        or a.deadline is not None
        or any(
            f.category in ("redundancies", "spend") for f in result().findings if f.id in a.settles
        )
    ]
    shown = [a.text for a in result().actions if a.text in Page(first).words]
    assert shown
    assert set(shown) <= {a.text for a in acts}


def test_the_tools_of_finance_have_cost_contract_and_seats() -> None:
    text = html("finance")
    table = text[text.index('<table id="tools"') :]
    head = Page(table[: table.index("</thead>")]).words
    for word in ("Cost a year", "Ends", "Notice by", "Seats paid", "Seats used"):
        assert word in head
    assert Page(table[: table.index("</table>")]).tags["tr"] == len(result().tools) + 1


def test_privacy_has_every_finding_on_trust_even_one_that_follows_from_another() -> None:
    moved = result()
    trust = next(f for f in open_findings() if f.category == "trust")
    cause = next(f for f in open_findings() if f.category == "gaps" and not f.led_by)
    findings = [
        f.model_copy(update={"led_by": cause.id})
        if f.id == trust.id
        else f.model_copy(update={"leads": [*f.leads, trust.id]})
        if f.id == cause.id
        else f
        for f in moved.findings
    ]
    text = render_html(moved.model_copy(update={"findings": findings}), audience="privacy")
    register = text[text.index('<section id="findings"') :]
    words = Page(register[: register.index("</section>")]).words
    assert [
        f.id for f in open_findings() if f.category == "trust" and f.sentence not in words
    ] == []


def test_privacy_lists_the_integrations_that_carry_data_about_people_or_may() -> None:
    people = {o.id for o in result().objects if o.personal in ("yes", "pseudonymous")}
    want = [
        f
        for f in result().integrations
        if f.objects is None or people & {o.partition("/")[0] for o in f.objects}
    ]
    text = html("privacy")
    table = text[text.index('<table id="integrations"') :]
    assert Page(table[: table.index("</table>")]).tags["tr"] == len(want) + 1
    assert 0 < len(want) < len(result().integrations)


def test_questions_of_a_view_say_how_many_they_are_of_all() -> None:
    words = section("privacy", "not-judged")
    assert f"of {len(result().questions)} questions that are about this" in words
    assert words.startswith(f"{len(result().questions)} questions would settle")


def test_links_without_a_target_become_text_and_numbers_of_findings_a_count() -> None:
    text = (
        '<p id="a">x</p><a href="#a">here</a> <a title="t" href="#b">gone <b>away</b></a> '
        '<a class="ref" href="#b" title="q">1</a> <a class="ref" href="#a" title="q">2</a>'
        '<i><a class="ref" href="#b">1</a> <a class="ref" href="#c">2</a></i>'
    )
    assert unlinked(text) == (
        '<p id="a">x</p><a href="#a">here</a> gone <b>away</b> '
        '<a class="ref" href="#a" title="q">2</a> +1<i>2</i>'
    )


def test_the_file_of_a_view_bears_its_name_and_the_data_do_not() -> None:
    assert plan(Path("acme.yaml"), None, ["html", "json", "pdf"], "finance") == Outputs(
        {
            "html": Path("reports/acme-finance.html"),
            "json": Path("reports/acme.json"),
            "pdf": Path("reports/acme-finance.pdf"),
        }
    )
    assert plan(Path("acme.yaml"), Path("q4.html"), None, "cmo").files["html"] == Path("q4.html")


@pytest.mark.parametrize("who", AUDIENCES)
def test_a_view_is_the_same_bytes_every_time(who: Audience) -> None:
    assert render_html(result(), audience=who) == html(who)
