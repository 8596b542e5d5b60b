"""What scripts add for a reader: finding, sorting and copying, and views for one of them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import sample

from stackaudit.audit import audit
from stackaudit.opening import open_inventory
from stackaudit.report import render_html
from stackaudit.report.audience import AUDIENCES, Audience
from stackaudit.result import AuditResult
from stackaudit.testing import DAY

pytestmark = pytest.mark.browser

ROOT = Path(__file__).resolve().parents[2]
TEXT = """() => {
  const copy = document.body.cloneNode(true);
  for (const gone of copy.querySelectorAll('[data-control], script, style')) gone.remove();
  return copy.textContent.replace(/\\s+/g, ' ');
}"""
WIDE = {"width": 1280, "height": 800}
STUB = """() => {
  window.kept = [];
  const keep = async (items) => {
    for (const item of items) {
      const parts = {};
      for (const kind of item.types) parts[kind] = await (await item.getType(kind)).text();
      window.kept.push(parts);
    }
  };
  Object.defineProperty(navigator, 'clipboard', { value: { write: keep }, configurable: true });
}"""


class Sight:
    """A page, and what it asked for or complained of while it was open."""

    def __init__(self, browser: Any, **options: Any) -> None:
        self.context = browser.new_context(**options)
        self.page = self.context.new_page()
        self.requests: list[str] = []
        self.complaints: list[str] = []
        self.page.on("request", lambda r: self.requests.append(r.url))
        self.page.on("console", lambda m: self.complaints.append(m.text))
        self.page.on("pageerror", lambda e: self.complaints.append(str(e)))

    def open(self, path: Path) -> Any:
        self.page.goto(path.as_uri())
        return self.page


@cache
def northwind() -> AuditResult:
    return audit(open_inventory(ROOT / "inventories/northwind"), DAY)


@pytest.fixture
def look(browser: Any) -> Iterator[Callable[..., Sight]]:
    open_: list[Sight] = []

    def make(**options: Any) -> Sight:
        open_.append(Sight(browser, **options))
        return open_[-1]

    yield make
    for sight in open_:
        sight.context.close()


@pytest.fixture(scope="module")
def drawn_for(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Audience | None], Path]:
    folder = tmp_path_factory.mktemp("views")

    @cache
    def draw(who: Audience | None) -> Path:
        path = folder / f"{who}.html"
        path.write_text(render_html(northwind(), audience=who), "utf-8")
        return path

    return draw


@pytest.fixture
def page(look: Callable[..., Sight], drawn_for: Callable[[Audience | None], Path]) -> Any:
    return look(viewport=WIDE).open(drawn_for(None))


def shown(page: Any) -> list[str]:
    return [
        str(i)
        for i in page.evaluate(
            "[...document.querySelectorAll('#findings .card, #findings .each > li')]"
            ".filter((one) => one.checkVisibility()).map((one) => one.id)"
        )
    ]


def said(page: Any) -> tuple[int, int]:
    numbers = re.findall(r"\d+", page.locator("#filter-count").text_content())
    return int(numbers[0]), int(numbers[1])


def anchor(finding: str) -> str:
    return "f-" + re.sub(r"[^a-z0-9]+", "-", finding.lower()).strip("-")


def test_the_filter_says_how_many_of_all_open_findings_are_shown(page: Any) -> None:
    of = sum(f.accepted is None or f.accepted.lapsed for f in northwind().findings)
    assert said(page) == (of, of)
    page.select_option("#filter-area", "spend")
    spend = [f for f in northwind().findings if f.category == "spend" and f.accepted is None]
    assert said(page) == (len(spend), of)
    assert set(shown(page)) == {anchor(f.id) for f in spend}


def test_findings_are_filtered_by_the_tool_they_are_about_or_lead_to(page: Any) -> None:
    page.select_option("#filter-tool", "mailchimp")
    about = {f.id for f in northwind().findings if any(s.id == "mailchimp" for s in f.subjects)}
    tops = {
        anchor(f.led_by if f.led_by in {g.id for g in northwind().findings} else f.id)
        for f in northwind().findings
        if f.id in about and f.accepted is None
    }
    assert set(shown(page)) == tops
    assert 0 < len(tops) < said(page)[1]


def test_findings_are_filtered_by_who_would_act_and_by_nobody(page: Any) -> None:
    page.select_option("#filter-owner", "-")
    nobody = set(shown(page))
    assert nobody
    by_anchor = {anchor(f.id): f for f in northwind().findings}
    assert {by_anchor[i].action.owner for i in nobody if by_anchor[i].action} == {None}
    owner = next(f.action.owner for f in northwind().findings if f.action and f.action.owner)
    page.select_option("#filter-owner", owner)
    assert {by_anchor[i].action.owner for i in shown(page)} == {owner}


def test_filters_add_up_and_one_key_shows_all_again(page: Any) -> None:
    every = shown(page)
    page.select_option("#filter-severity", "high")
    high = set(shown(page))
    page.select_option("#filter-area", "trust")
    both = set(shown(page))
    assert both < high < set(every)
    page.locator("#filter-reset").focus()
    page.keyboard.press("Enter")
    assert shown(page) == every
    assert page.locator("#filter-area").input_value() == ""


def test_groups_and_areas_without_a_finding_left_are_hidden(page: Any) -> None:
    page.select_option("#filter-area", "trust")
    areas = page.locator("#findings .area:visible").evaluate_all("(all) => all.map((a) => a.id)")
    assert areas == ["area-trust"]
    page.fill("#filter-word", "zzz nothing has this")
    assert said(page)[0] == 0
    assert page.locator("#findings .group:visible").count() == 0


@pytest.mark.parametrize("key", ["severity", "deadline", "saving"])
def test_sorted_findings_stand_in_their_order_and_go_back_to_their_places(
    page: Any, key: str
) -> None:
    before = shown(page)
    page.select_option("#filter-sort", key)
    after = shown(page)
    assert sorted(after) == sorted(before)
    by_anchor = {anchor(f.id): f for f in northwind().findings}
    grades = ["high", "medium", "low", "info"]

    def rank(i: str) -> float:
        f = by_anchor[i]
        if key == "severity":
            return (f.confidence == "possible") * 10 + grades.index(f.severity)
        if key == "deadline":
            day = f.action.deadline if f.action else None
            return day.toordinal() if day else float("inf")
        return -f.action.saving.high if f.action and f.action.saving else 1

    ranks = [rank(i) for i in after]
    assert ranks == sorted(ranks)
    assert len(set(ranks)) > 1
    assert page.locator("#findings .flat .from").first.text_content()
    page.select_option("#filter-sort", "")
    assert shown(page) == before


def test_a_filtered_view_has_an_address_that_opens_it_again(
    page: Any, look: Callable[..., Sight]
) -> None:
    page.select_option("#filter-area", "silos")
    page.fill("#filter-word", "klaviyo")
    page.select_option("#filter-sort", "severity")
    want, url = shown(page), page.url
    assert "#findings?" in url
    assert want
    other = look(viewport=WIDE).page
    other.goto(url)
    assert shown(other) == want
    assert other.locator("#filter-word").input_value() == "klaviyo"
    page.click("#filter-reset")
    assert page.url.endswith("#findings")


def test_a_link_to_a_finding_that_is_filtered_out_shows_it(page: Any) -> None:
    page.select_option("#filter-area", "spend")
    gap = anchor(next(f.id for f in northwind().findings if f.category == "gaps" and not f.led_by))
    assert gap not in shown(page)
    page.evaluate(f"location.hash = '#{gap}'")
    page.wait_for_timeout(100)
    assert gap in shown(page)
    assert page.url.endswith(f"#{gap}")


def test_an_address_of_nothing_known_breaks_nothing(
    look: Callable[..., Sight], drawn_for: Callable[[Audience | None], Path]
) -> None:
    sight = look(viewport=WIDE)
    sight.page.goto(drawn_for(None).as_uri() + "#findings?area=no&tool=%22%3E&x=%E0%A4%A")
    assert sight.complaints == []
    assert said(sight.page)[0] in (0, said(sight.page)[1])


def test_a_filtered_register_says_on_paper_that_it_is_a_part(page: Any) -> None:
    note = page.locator("#findings p.paper")
    assert note.text_content() == ""
    page.select_option("#filter-area", "trust")
    page.emulate_media(media="print")
    assert note.is_visible()
    assert note.text_content() == f"{page.locator('#filter-count').text_content()} · Area: Trust"
    assert not page.locator("#filter").is_visible()


# Copying


def copied(page: Any, table: str) -> dict[str, str]:
    page.evaluate("document.querySelectorAll('details').forEach((d) => { d.open = true; })")
    page.evaluate(f"({STUB})()")
    page.locator(f".scroll:has(> #{table}) .copies button").click()
    page.wait_for_function("window.kept.length > 0")
    return dict(page.evaluate("window.kept[0]"))


def test_a_table_is_copied_as_text_for_a_sheet_and_as_a_table(page: Any) -> None:
    parts = copied(page, "tools")
    rows = [line.split("\t") for line in parts["text/plain"].split("\n")]
    assert len(rows) == len(northwind().tools) + 1
    assert {len(row) for row in rows} == {len(rows[0])}
    assert rows[0][0] == "Tool"
    firsts = {row[0] for row in rows[1:]}
    assert [
        t.name for t in northwind().tools if not any(f.startswith(t.name) for f in firsts)
    ] == []
    assert parts["text/html"].startswith("<table>")
    assert parts["text/html"].count("<tr>") == len(rows)
    page.wait_for_function("document.getElementById('copied').textContent !== ''")
    assert page.locator("#copied").text_content() == f"Copied, {len(rows) - 1} rows"
    assert page.locator("#copied").get_attribute("role") == "status"


def test_rows_that_are_data_only_are_copied_too(look: Callable[..., Sight], drawn: Any) -> None:
    page = look(viewport=WIDE).open(drawn("three-hundred"))
    text = copied(page, "tools")["text/plain"]
    names = [line.split("\t")[0] for line in text.split("\n")[1:]]
    tools = sample.scaled(300).tools
    assert len(names) == len(tools) > page.locator("#tools tbody tr").count()
    assert names[-1].startswith(tools[-1].name)


def test_a_page_from_the_disk_copies_the_old_way(page: Any) -> None:
    page.evaluate(
        "Object.defineProperty(navigator, 'clipboard', {value: undefined, configurable: true})"
    )
    page.evaluate("document.querySelectorAll('details').forEach((d) => { d.open = true; })")
    page.evaluate(
        "() => { const set = DataTransfer.prototype.setData; window.old = {};"
        " DataTransfer.prototype.setData = function (kind, text)"
        " { window.old[kind] = text; return set.call(this, kind, text); }; }"
    )
    page.locator(".scroll:has(> #spend-table) .copies button").click()
    page.wait_for_function("document.getElementById('copied').textContent !== ''")
    old = page.evaluate("window.old")
    rows = old["text/plain"].split("\n")
    assert len(rows) == len(northwind().spend.by_domain) + 1
    assert page.locator("#copied").text_content() == f"Copied, {len(rows) - 1} rows"
    assert "<th>" in old["text/html"]


def test_a_cell_that_a_sheet_would_run_is_copied_as_text(
    look: Callable[..., Sight], tmp_path: Path
) -> None:
    base = sample.bare(1)
    bad = '=HYPERLINK("http://evil.example","x")'
    tool = base.tools[0].model_copy(update={"name": bad, "vendor": "@SUM(1)", "team": "-2+3"})
    path = tmp_path / "bad.html"
    path.write_text(render_html(base.model_copy(update={"tools": [tool]})), "utf-8")
    page = look(viewport=WIDE).open(path)
    parts = copied(page, "tools")
    cells = parts["text/plain"].split("\n")[1].split("\t")
    assert cells[0].startswith("'=")
    assert [c for c in cells if re.match(r"[=+@]", c)] == []


def test_a_copy_key_names_its_table_and_is_large_enough(page: Any) -> None:
    page.evaluate("document.querySelectorAll('details').forEach((d) => { d.open = true; })")
    keys = page.locator(".copies button").evaluate_all(
        "(all) => all.map((b) => [b.getAttribute('aria-label'), b.textContent,"
        " b.getBoundingClientRect().height])"
    )
    assert len(keys) >= 15
    assert len({label for label, _, _ in keys}) == len(keys)
    assert [label for label, text, high in keys if not label.startswith(text) or high < 24] == []


# Views for one reader


@pytest.mark.parametrize("who", AUDIENCES)
def test_a_view_is_quiet_and_says_the_same_without_scripts(
    look: Callable[..., Sight], drawn_for: Callable[[Audience | None], Path], who: Audience
) -> None:
    sight = look(viewport=WIDE)
    on = sight.open(drawn_for(who))
    off = look(java_script_enabled=False).open(drawn_for(who))
    still = look().page
    still.set_content(re.sub(r"<script.*?</script>", "", off.content(), flags=re.DOTALL))
    assert still.evaluate(TEXT) == on.evaluate(TEXT)
    assert sight.requests == [drawn_for(who).as_uri()]
    assert sight.complaints == []


@pytest.mark.parametrize("who", AUDIENCES)
def test_a_view_never_scrolls_sideways_and_its_first_screen_holds_the_first_action(
    look: Callable[..., Sight], drawn_for: Callable[[Audience | None], Path], who: Audience
) -> None:
    page = look(viewport={"width": 390, "height": 844}).open(drawn_for(who))
    box = page.locator(".todo li:first-child strong").bounding_box()
    assert box["y"] + box["height"] <= 844
    page.evaluate("document.querySelectorAll('details').forEach((d) => { d.open = true; })")
    for width in (320, 390, 768, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_view_for_a_cmo_is_at_most_four_pages(
    look: Callable[..., Sight], drawn_for: Callable[[Audience | None], Path]
) -> None:
    page = look(viewport=WIDE).open(drawn_for("cmo"))
    pdf = page.pdf(format="A4", prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b(?!s)", pdf)) <= 4


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("who", ["finance", "privacy"])
def test_axe_finds_nothing_in_a_view(
    look: Callable[..., Sight],
    drawn_for: Callable[[Audience | None], Path],
    who: Audience,
    scheme: str,
) -> None:
    axe = pytest.importorskip(
        "axe_playwright_python", reason="axe-playwright-python is not installed"
    )
    source = (Path(axe.__file__).parent / "axe.min.js").read_text("utf-8")
    sight = look(viewport={"width": 768, "height": 800}, color_scheme=scheme, bypass_csp=True)
    page = sight.open(drawn_for(who))
    page.evaluate("document.querySelectorAll('details').forEach((d) => { d.open = true; })")
    page.select_option("#filter-sort", "severity")
    page.evaluate(source)
    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
    found = page.evaluate(
        "(tags) => axe.run(document, {runOnly: {type: 'tag', values: tags}}).then((r) => "
        "r.violations.map((v) => [v.id, v.nodes.slice(0, 3).map((n) => n.html.slice(0, 160))]))",
        tags,
    )
    assert found == []
