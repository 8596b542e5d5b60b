"""The page as a page: what it is made of, that it is whole, safe and the same every time."""

from __future__ import annotations

import itertools
import os
import re
import subprocess
import sys
from base64 import b64encode
from hashlib import sha256
from pathlib import Path

import jinja2
import pytest
import sample
from page import Page

from stackaudit.report import compiled, render_html
from stackaudit.report.compile import source
from stackaudit.report.findings import without_remark
from stackaudit.result import AuditResult

SAMPLES = {
    "retailer": sample.retailer,
    "sparse": sample.sparse,
    "nothing": lambda: sample.bare(0),
    "one-tool": lambda: sample.bare(1),
    "sixty": lambda: sample.scaled(60),
    "hundred-and-fifty": lambda: sample.scaled(150),
}


@pytest.fixture(scope="module", params=sorted(SAMPLES))
def html(request: pytest.FixtureRequest) -> str:
    return render_html(SAMPLES[request.param]())


def test_the_same_result_gives_the_same_bytes_under_any_hash_seed() -> None:
    here = str(Path(__file__).parent)
    code = (
        f"import sys; sys.path.insert(0, {here!r}); import sample, hashlib;"
        "from stackaudit.report import render_html;"
        "print(hashlib.sha256(render_html(sample.retailer()).encode()).hexdigest())"
    )
    seen = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": "C"},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed, zone in (("0", "UTC"), ("4711", "Asia/Tokyo"))
    }
    assert seen == {sha256(render_html(sample.retailer()).encode()).hexdigest() + "\n"}


def test_a_report_of_a_result_read_back_from_its_json_is_the_same() -> None:
    result = sample.retailer()
    assert render_html(AuditResult.model_validate_json(result.to_json())) == render_html(result)


def test_the_policy_names_the_hashes_of_the_style_and_the_script_and_nothing_else(
    html: str,
) -> None:
    page = Page(html)
    policy = next(
        v
        for tag, name, v in page.attributes
        if tag == "meta" and name == "content" and "default-src" in v
    )
    (style,) = page.raw["style"]
    scripts = re.findall(r"<script>(.*?)</script>", html, re.DOTALL)
    assert len(scripts) == 1
    want = {
        "default-src": "'none'",
        "script-src": f"'sha256-{b64encode(sha256(scripts[0].encode()).digest()).decode()}'",
        "style-src": f"'sha256-{b64encode(sha256(style.encode()).digest()).decode()}'",
        "img-src": "data:",
        "base-uri": "'none'",
        "form-action": "'none'",
    }
    got = dict(part.strip().split(" ", 1) for part in policy.split(";"))
    assert got == want


def test_the_policy_stands_in_front_of_everything_it_governs(html: str) -> None:
    assert html.index("Content-Security-Policy") < html.index("<style>")


def test_no_attribute_holds_style_or_script(html: str) -> None:
    bad = [(t, n) for t, n, _ in Page(html).attributes if n == "style" or n.startswith("on")]
    assert bad == []


def test_nothing_is_loaded_from_anywhere(html: str) -> None:
    page = Page(html)
    loads = [
        (t, n, v)
        for t, n, v in page.attributes
        if n in ("src", "srcset", "poster", "data", "action", "ping")
    ]
    links = [
        v for t, n, v in page.attributes if n in ("href", "xlink:href") and not v.startswith("#")
    ]
    assert loads == []
    assert [v for v in links if not v.startswith(("http://", "https://", "mailto:"))] == []
    assert not page.tags["link"]
    assert not page.tags["iframe"]
    assert not re.search(r"url\((?!#)|@import", page.raw["style"][0])


def test_every_id_is_there_once_and_every_link_inside_leads_somewhere(html: str) -> None:
    page = Page(html)
    twice = sorted({i for i in page.ids if page.ids.count(i) > 1})
    assert twice == []
    there = set(page.ids)
    lost = [
        v
        for _, n, v in page.attributes
        if (n == "href" and v.startswith("#") and v[1:] not in there)
        or (n in ("aria-labelledby", "aria-describedby", "for") and v not in there)
    ]
    assert lost == []


def test_there_is_one_first_heading_and_no_level_is_skipped(html: str) -> None:
    levels = [int(h[1]) for h in Page(html).headings]
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert [(a, b) for a, b in itertools.pairwise(levels) if b > a + 1] == []


def test_no_section_is_a_heading_alone(html: str) -> None:
    empty = [
        name
        for name, tags in Page(html).sections
        if not {"p", "ul", "table", "svg", "div", "details"} & set(tags)
    ]
    assert empty == []


def test_a_number_says_the_same_wherever_it_stands(html: str) -> None:
    assert {k: v for k, v in Page(html).facts.items() if len(v) != 1} == {}


def test_numbers_in_prose_are_those_of_the_result() -> None:
    result = sample.retailer()
    facts = {k: float(next(iter(v))) for k, v in Page(render_html(result)).facts.items()}
    in_use = [t for t in result.tools if t.in_use]
    live = [f for f in result.findings if f.accepted is None and f.severity != "info"]
    answer = next(a for a in result.answers if a.id == "support-integrated")
    want = {
        "tools-in-use": len(in_use),
        "integrations": len(result.integrations),
        "unconnected": sum(not (t.sends_to or t.receives_from or t.carries) for t in in_use),
        "findings-confirmed": sum(f.confidence == "confirmed" for f in live),
        "findings-possible": sum(f.confidence == "possible" for f in live),
        "area-silos-confirmed": sum(
            f.category == "silos" and f.confidence == "confirmed" for f in live
        ),
        "capabilities-missing": 1,
        "owned": sum(bool(t.owner) for t in in_use),
        "stated-unowned": sum(t.owner == [] for t in in_use),
        "owner-unknown": sum(t.owner is None for t in in_use),
        "flows-automatic": answer.done,
        "flows-needed": answer.of,
        "actions": len(result.actions),
        "questions": len(result.questions),
        "spend-total": result.spend.total.high if result.spend.total else None,
        "cost-known": result.spend.known_for,
    }
    assert {k: facts.get(k) for k in want} == want


def test_every_finding_is_in_the_page_with_its_sentence_and_its_place() -> None:
    result = sample.retailer()
    words = Page(render_html(result)).words
    assert [f.id for f in result.findings if f.sentence not in words] == []
    places = {
        f"{e.place.file}:{e.place.line}" for f in result.findings for e in f.evidence if e.place
    }
    assert sorted(p for p in places if p not in words) == []


def test_a_finding_keeps_its_address_whatever_the_order() -> None:
    result = sample.retailer()
    other = result.model_copy(update={"findings": list(reversed(result.findings))})

    def addresses(r: AuditResult) -> set[str]:
        return {i for i in Page(render_html(r)).ids if i.startswith("f-")}

    assert addresses(result) == addresses(other)
    assert len(addresses(result)) == len(result.findings)


def test_what_is_only_possible_never_bears_a_bare_severity() -> None:
    html = render_html(sample.sparse())
    register = html[html.index('<section id="findings"') : html.index('<section id="not-judged"')]
    assert "if true" in register
    assert re.findall(r'class="sev (high|medium|low)"', register) == []


def test_many_possible_findings_of_one_check_share_a_block_and_say_common_facts_once() -> None:
    result = sample.sparse()
    html = render_html(result)
    fact = "The list of tools is not stated to be complete."
    assert sum(any(e.text == fact for e in f.evidence) for f in result.findings) > 5
    assert html.count(fact) == 1


def test_a_possible_finding_that_others_follow_from_keeps_its_card_beside_many_others() -> None:
    result = sample.sparse()
    gaps = [f for f in result.findings if f.check == "missing-capability"]
    assert len(gaps) > 5
    follower = gaps[0].model_copy(
        update={"check": "journey-break", "led_by": gaps[1].id, "leads": []}
    )
    follower = follower.model_copy(update={"id": "journey-break:made", "key": "made"})
    lead = gaps[1].model_copy(update={"leads": [follower.id], "led_by": None})
    findings = [lead if f.id == lead.id else f for f in result.findings] + [follower]
    html = render_html(result.model_copy(update={"findings": findings}))
    assert 'id="f-journey-break-made"' in html


def test_an_empty_inventory_gives_no_pictures_and_no_alarm() -> None:
    page = Page(render_html(sample.bare(0)))
    assert {name for name, _ in page.sections} == {"answer", "appendix"}


@pytest.mark.parametrize(("count", "limit"), [(50, 300_000), (300, 700_000)])
def test_the_page_stays_within_its_size(count: int, limit: int) -> None:
    assert len(render_html(sample.scaled(count)).encode()) <= limit


def test_a_page_of_many_tools_has_not_many_more_elements() -> None:
    page = Page(render_html(sample.scaled(300)))
    assert sum(page.tags.values()) < 14_000


def test_a_long_table_shows_two_hundred_rows_and_carries_the_others_as_data() -> None:
    html = render_html(sample.scaled(300))
    body = html[html.index('<table id="tools"') :]
    body = body[: body.index("</table>")]
    assert body.count("<tr") == 201
    assert '<script type="application/json" id="rest">' in html


def test_above_sixty_tools_the_matrix_is_drawn_by_area_and_says_so() -> None:
    few, many = (
        Page(render_html(sample.scaled(60))).words,
        Page(render_html(sample.scaled(61))).words,
    )
    assert "Drawn by area" not in few
    assert "Drawn by area" in many


def test_the_report_needs_nothing_of_graph_inventory_or_catalogue() -> None:
    code = "import sys, stackaudit.report; print(*sys.modules)"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    outside = ("networkx", "yaml", "httpx", "typer")
    inside = ("graph", "inventory", "catalogue", "checks", "audit", "importers", "resolve")
    far = (*outside, *(f"stackaudit.{part}" for part in inside))
    assert [m for m in ran.stdout.split() if m in far] == []


def test_the_compiled_template_is_that_of_the_template() -> None:
    if jinja2.__version__ != compiled.JINJA:
        pytest.skip(f"compiled with Jinja {compiled.JINJA}; with another one it is not used")
    there = Path(compiled.__file__).read_text("utf-8")
    assert there == source(), "run: python -m stackaudit.report.compile"


def test_past_forty_findings_of_a_check_the_others_are_said_in_a_line_each() -> None:
    result = sample.scaled(1600)
    page = Page(render_html(result))
    words = page.words
    assert {i for i in page.ids if i.startswith("f-")} >= {"f-unowned-awin", "f-unowned-awin-48"}
    assert page.tags["article"] < 700
    assert [f.id for f in result.findings if f.sentence not in words] == []


def _section(html: str, name: str) -> str:
    start = html.index(f'<section id="{name}"')
    return Page(html[start : html.index("</section>", start)]).words


def test_scopes_and_channels_that_permission_reaches_in_the_same_way_share_a_row() -> None:
    words = _section(render_html(sample.retailer()), "trust")
    assert "Permission travels by itself to 2 of 4 tools" in words
    assert "for 1 it is not known" in words
    assert words.count("15 min") == 1
    assert "eu, us" in words
    assert "Chat and Email" in words


def test_messages_about_orders_do_not_count_as_contacting_people() -> None:
    result = sample.retailer()
    only = [s for s in result.senders if s.transactional]
    words = _section(render_html(result.model_copy(update={"senders": only})), "trust")
    assert "Only messages about orders and accounts" in words
    assert "Permission travels" not in words


def test_what_is_freed_names_its_first_day_and_keeps_what_is_only_possible_apart() -> None:
    words = _section(render_html(sample.retailer()), "money")
    assert (
        "Up to €9,000 a year for campaigns, the first of it from 1\xa0Feb\xa02027"
        in words.replace("1 Feb 2027", "1\xa0Feb\xa02027")
    )
    assert "up to €1,200 a year more if the possible findings are true" in words
    assert "day not known" in words


def test_repairs_count_what_is_settled_so_far() -> None:
    words = _section(render_html(sample.retailer()), "silos")
    assert "2 integrations would settle 3 of 4 findings about the flow of data" in words


def test_losses_are_said_with_their_musts_and_people_by_what_they_keep_alone() -> None:
    words = _section(render_html(sample.retailer()), "ownership")
    assert "If HubSpot fails, 4 needed flows" in words
    assert "1 person keeps tools alone: Ana Ruiz, 2 of them" in words


def test_an_area_without_a_score_says_why() -> None:
    words = _section(render_html(sample.retailer()), "answer")
    assert "Gaps: 70–84 of 100; for the other areas too little is known" in words
    assert "no score: too little is known" in words


def test_the_new_sections_are_not_there_without_their_facts() -> None:
    result = sample.retailer()
    gone: dict[str, object] = {
        "senders": [],
        "falls": [],
        "funds": None,
        "repairs": [],
        "scores": [],
        "findings": [],
    }
    page = Page(render_html(result.model_copy(update={**gone, "actions": []})))
    assert "trust" not in {name for name, _ in page.sections}
    assert not {"funds-table", "repairs", "loss-table", "score-table", "quadrant-table"} & set(
        page.ids
    )


@pytest.mark.parametrize(
    ("quote", "shown"),
    [
        ("status: planned   # not in use yet", "status: planned"),
        ('name: "C # 4"  # a name', 'name: "C # 4"'),
        ("name: 'a # b'", "name: 'a # b'"),
        ("url: https://a.example/#top", "url: https://a.example/#top"),
        ("owner: O'Hara # lone", "owner: O'Hara # lone"),
    ],
)
def test_a_quote_is_without_the_remark_behind_it(quote: str, shown: str) -> None:
    assert without_remark(quote) == shown


def test_questions_stand_under_who_may_know_with_what_they_decide() -> None:
    words = _section(render_html(sample.retailer()), "not-judged")
    assert "Nobody named: to be asked around" in words
    assert "decides" in words
