"""The report in a real browser: quiet, whole without scripts, readable, safe, on paper."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import sample
from hostile import PAYLOADS, planted

from stackaudit.report import render_html

pytestmark = pytest.mark.browser

SAMPLES = ["retailer", "sparse", "nothing", "one-tool", "sixty", "three-hundred"]
Draw = Callable[[str], Path]
TEXT = """() => {
  const copy = document.body.cloneNode(true);
  for (const gone of copy.querySelectorAll('[data-control], script, style')) gone.remove();
  return copy.textContent.replace(/\\s+/g, ' ');
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


@pytest.fixture
def look(browser: Any) -> Iterator[Callable[..., Sight]]:
    open_: list[Sight] = []

    def make(**options: Any) -> Sight:
        open_.append(Sight(browser, **options))
        return open_[-1]

    yield make
    for sight in open_:
        sight.context.close()


@pytest.mark.parametrize("name", SAMPLES)
def test_the_page_asks_for_nothing_and_the_console_stays_empty(
    look: Callable[..., Sight], drawn: Draw, name: str
) -> None:
    sight = look(viewport={"width": 1280, "height": 800})
    page = sight.open(drawn(name))
    page.mouse.move(640, 400)
    page.wait_for_timeout(100)
    assert sight.requests == [drawn(name).as_uri()]
    assert sight.complaints == []


@pytest.mark.parametrize("name", SAMPLES)
def test_the_text_is_the_same_with_and_without_scripts(
    look: Callable[..., Sight], drawn: Draw, name: str
) -> None:
    off = look(java_script_enabled=False).open(drawn(name))
    on = look().open(drawn(name))
    # A page without scripts cannot be asked; its markup is read in one that has them.
    still = look().page
    still.set_content(re.sub(r"<script.*?</script>", "", off.content(), flags=re.DOTALL))
    assert still.evaluate(TEXT) == on.evaluate(TEXT)


@pytest.mark.parametrize("name", SAMPLES)
def test_the_page_never_scrolls_sideways(
    look: Callable[..., Sight], drawn: Draw, name: str
) -> None:
    page = look(viewport={"width": 1280, "height": 800}).open(drawn(name))
    page.evaluate("document.querySelectorAll('details').forEach((d) => { d.open = true; })")
    wide = {}
    for width in (320, 390, 768, 1280):
        page.set_viewport_size({"width": width, "height": 800})
        wide[width] = page.evaluate("document.documentElement.scrollWidth")
    assert {w: is_ for w, is_ in wide.items() if is_ > w} == {}


@pytest.mark.parametrize("size", [(1280, 800), (390, 844)])
@pytest.mark.parametrize("name", ["northwind", "minimal", "meltano", "sixty", "northwind:de"])
def test_the_problem_and_the_first_action_are_seen_without_scrolling(
    look: Callable[..., Sight], drawn: Draw, size: tuple[int, int], name: str
) -> None:
    page = look(viewport={"width": size[0], "height": size[1]}).open(drawn(name))
    for part in ("h1", ".todo li:first-child strong"):
        box = page.locator(part).bounding_box()
        assert box is not None
        assert box["y"] + box["height"] <= size[1], part


@pytest.mark.parametrize("size", [(1280, 800), (390, 844)])
def test_the_first_screen_holds_the_problem_and_the_first_action(
    look: Callable[..., Sight], drawn: Draw, size: tuple[int, int]
) -> None:
    page = look(viewport={"width": size[0], "height": size[1]}).open(drawn("retailer"))
    for part in ("h1", ".sowhat", ".tiles", ".todo li:first-child"):
        box = page.locator(part).bounding_box()
        assert box is not None
        assert box["y"] + box["height"] <= size[1], part
    if size[0] == 1280:
        for part in (".todo", ".three", ".known"):
            box = page.locator(part).bounding_box()
            assert box["y"] + box["height"] <= size[1], part


def test_pointing_at_a_tool_shows_its_connections_and_leaving_it_all_of_them(
    look: Callable[..., Sight], drawn: Draw
) -> None:
    page = look(viewport={"width": 1280, "height": 800}).open(drawn("retailer"))
    node = page.locator("svg.flow .node", has_text="Snowflake")
    node.hover()
    said = page.locator("#flow-say").text_content()
    assert "Snowflake → Looker" in said
    assert page.locator("svg.flow.focus .e.on").count() >= 5
    page.locator("h1").hover()
    assert page.locator("svg.flow.focus").count() == 0


def test_the_flow_map_is_walked_with_the_arrow_keys(
    look: Callable[..., Sight], drawn: Draw
) -> None:
    page = look(viewport={"width": 1280, "height": 800}).open(drawn("retailer"))
    first = page.locator("svg.flow .node[tabindex='0']")
    first.focus()
    before = page.evaluate("document.activeElement.textContent")
    page.keyboard.press("ArrowRight")
    after = page.evaluate("document.activeElement.textContent")
    assert before != after
    assert page.locator("svg.flow .node[tabindex='0']").count() == 1
    page.keyboard.press("Escape")
    assert page.locator("svg.flow.focus").count() == 0


def test_choosing_an_object_shows_only_what_carries_it(
    look: Callable[..., Sight], drawn: Draw
) -> None:
    page = look(viewport={"width": 1280, "height": 800}).open(drawn("retailer"))
    page.select_option("#flow-object", label="Consent")
    assert page.locator("svg.flow .e.on").count() == 2
    assert page.locator("#flow-say").text_content().startswith("Consent: 2 of ")


def test_filtering_findings_hides_the_others_and_says_how_many_are_left(
    look: Callable[..., Sight], drawn: Draw
) -> None:
    page = look(viewport={"width": 1280, "height": 800}).open(drawn("retailer"))
    page.fill("#filter-word", "mailchimp")
    shown = page.locator("#findings .card:visible").count()
    assert 0 < shown < page.locator("#findings .card").count()
    said = int(page.locator("#filter-count").text_content().split()[0])
    assert said == shown + page.locator("#findings .card:visible .led > ul > li").count()


def test_a_link_into_a_folded_table_opens_it(look: Callable[..., Sight], drawn: Draw) -> None:
    page = look(viewport={"width": 1280, "height": 800}).open(drawn("retailer"))
    page.evaluate("location.hash = '#tool-klaviyo'")
    page.wait_for_timeout(100)
    assert page.locator("#tool-klaviyo").is_visible()


def test_the_rows_past_two_hundred_are_scrolled_into_view(
    look: Callable[..., Sight], drawn: Draw
) -> None:
    page = look(viewport={"width": 1280, "height": 800}).open(drawn("three-hundred"))
    page.evaluate("document.querySelectorAll('details').forEach((d) => { d.open = true; })")
    page.evaluate("document.getElementById('rest-tools').scrollTop = 1e6")
    page.wait_for_timeout(100)
    last = sample.scaled(300).tools[-1].name
    assert last in page.locator("#rest-tools tr").last.text_content()
    assert page.locator("#rest-tools tr").count() < 60


# Hostile text: with both belts, with escaping alone, and with the policy alone.


def _attack(page: Any) -> bool:
    page.mouse.move(200, 200)
    page.wait_for_timeout(20)
    clean = "window.__pwn === undefined && document.getElementById('clickme') === null"
    return bool(page.evaluate(clean))


def test_hostile_text_runs_nothing_with_escaping_alone(
    look: Callable[..., Sight], tmp_path: Path
) -> None:
    sight = look(viewport={"width": 1280, "height": 800})
    for number, payload in enumerate(PAYLOADS):
        html = render_html(planted(sample.bare(1), payload))
        html = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", html)
        path = tmp_path / f"{number}.html"
        path.write_text(html, "utf-8")
        assert _attack(sight.open(path)), payload
    assert [r for r in sight.requests if not r.startswith("file:")] == []


def test_hostile_text_runs_nothing_with_the_policy_alone(
    look: Callable[..., Sight], tmp_path: Path
) -> None:
    mark = "qzqz"
    html = render_html(planted(sample.bare(1), mark))
    head, body = html.split("</head>")
    body, script = body.rsplit("<script>", 1)
    sight = look(viewport={"width": 1280, "height": 800})
    # What gets here was not stopped by the policy. A link that is clicked leads away, as links do;
    # nothing may be loaded by itself.
    got_out: list[str] = []

    def stop(route: Any) -> None:
        if not route.request.is_navigation_request():
            got_out.append(route.request.url)
        route.fulfill(status=204)  # no content: the page stays where it is

    sight.context.route(re.compile("^https?:"), stop)
    for number, payload in enumerate(PAYLOADS):
        path = tmp_path / f"{number}.html"
        page_text = f"{head}</head>{body.replace(mark, payload)}<script>{script}"
        path.write_text(page_text, "utf-8")
        page = sight.open(path)
        # A payload may take the name of a method of the document; the prototype keeps its own.
        page.evaluate("Document.prototype.querySelector.call(document, '#clickme')?.click?.()")
        page.wait_for_timeout(20)
        assert page.evaluate("window.__pwn") is None, payload
        assert got_out == [], payload


def test_hostile_text_runs_nothing_in_the_page_as_it_is(
    look: Callable[..., Sight], tmp_path: Path
) -> None:
    path = tmp_path / "all.html"
    path.write_text(render_html(planted(sample.retailer(), " ".join(PAYLOADS[:40]))), "utf-8")
    sight = look(viewport={"width": 1280, "height": 800})
    assert _attack(sight.open(path))
    assert sight.complaints == []


# Paper


@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_the_pdf_holds_every_finding_and_counts_its_pages(
    look: Callable[..., Sight], drawn: Draw, tmp_path: Path, paper: str
) -> None:
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext (poppler-utils) is not installed")
    page = look(viewport={"width": 1280, "height": 800}).open(drawn("retailer"))
    path = tmp_path / "report.pdf"
    page.pdf(path=str(path), format=paper, prefer_css_page_size=paper == "A4")
    out = subprocess.run(
        ["pdftotext", "-raw", str(path), "-"], capture_output=True, text=True, check=True
    ).stdout
    bare = re.sub(r"\s+", "", re.sub(r"-\n", "", out))
    result = sample.retailer()
    missing = [f.id for f in result.findings if re.sub(r"\s+", "", f.sentence)[:40] not in bare]
    assert missing == []
    pages = out.count("\f")
    assert f"Page {pages} of {pages}" in out


def test_on_paper_everything_is_unfolded_light_and_without_controls(
    look: Callable[..., Sight], drawn: Draw
) -> None:
    sight = look(
        viewport={"width": 1280, "height": 800}, color_scheme="dark", java_script_enabled=True
    )
    page = sight.open(drawn("retailer"))
    page.emulate_media(media="print", color_scheme="dark")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    hidden = page.evaluate(
        "[...document.querySelectorAll('details table')]"
        ".filter((t) => !t.checkVisibility()).map((t) => t.id)"
    )
    assert hidden == []
    assert (
        page.locator(".tools, summary, #matrix-say, #flow-say").evaluate_all(
            "(all) => all.filter((e) => e.checkVisibility()).length"
        )
        == 0
    )
