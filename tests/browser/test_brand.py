"""A report in a house's look, with an author's voice, in a real browser."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import sample

from stackaudit.audit.override import overridden
from stackaudit.branding.comments import bind
from stackaudit.branding.contrast import DARK, LIGHT, readable
from stackaudit.branding.model import Brand, Comments, Logo, Remark, Shade
from stackaudit.report import render_html

pytestmark = pytest.mark.browser

SVG = (
    b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 150 40">'
    b'<rect width="150" height="40" fill="#b01030"/></svg>'
)
SHORT = "The three things to settle this quarter are **consent**, the record, and the renewals."
LONG = f"{SHORT} It takes a decision of the board.\n\n" + "Why these three. " * 60
AXE = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")


def branded(executive: str, accent: str = "#d94f00") -> str:
    brand = Brand(
        name="Lighthaus Advisory",
        logo=Logo("image/svg+xml", SVG, 150.0, 40.0, "Lighthaus"),
        accent=Shade(readable(accent, LIGHT), readable(accent, DARK)),
        second=Shade("#a87a08", "#d4a017"),
        footer="Lighthaus Advisory GmbH, Hamburg",
        confidentiality="Confidential: for the board",
        contact=("hello@lighthaus.example", "https://lighthaus.example"),
    )
    result = sample.retailer()
    ids = [f.id for f in result.findings]
    remarks = {i: Remark(comment=f"See [the note]({n}), `{i}`.") for n, i in enumerate(ids)}
    remarks[ids[0]] = Remark(hide=True, reason="Settled in May")
    remarks[ids[1]] = Remark(severity="low", reason="A fix is under way", comment="- a\n- b")
    comments = Comments(
        author="Dana Whitfield",
        executive=executive,
        sections={"silos": "## Look\n\n> here\n\n[a](https://e.org)", "money": "`code`"},
        findings=remarks,
    )
    voice, _ = bind(comments, result.findings)
    counted = overridden(result, voice.severities, [h.id for h in voice.hidden])
    return render_html(counted, brand=brand, voice=voice)


@pytest.fixture
def opened(browser: Any, tmp_path: Path) -> Iterator[Any]:
    contexts: list[Any] = []

    def make(html: str, **options: Any) -> Any:
        path = tmp_path / f"{len(contexts)}.html"
        path.write_text(html, encoding="utf-8")
        contexts.append(browser.new_context(**options))
        page = contexts[-1].new_page()
        page.said = []
        page.on("console", lambda m: page.said.append(m.text))
        page.on("request", lambda r: page.said.append(r.url) if r.url[:4] == "http" else None)
        page.goto(path.as_uri())
        return page

    yield make
    for context in contexts:
        context.close()


@pytest.mark.parametrize("executive", [SHORT, LONG])
def test_the_first_action_stays_on_the_first_screen(opened: Any, executive: str) -> None:
    page = opened(branded(executive), viewport={"width": 1280, "height": 800})
    for part in ("h1", ".voice.exec", ".tiles", ".changed", ".todo li:first-child"):
        box = page.locator(part).first.bounding_box()
        assert box is not None, part
        assert box["y"] + box["height"] <= 800, part
    assert page.said == []


@pytest.mark.parametrize(
    ("accent", "width", "scheme"),
    [("#d94f00", 320, "light"), ("#ffff00", 1280, "dark"), ("#000000", 1280, "light")],
)
def test_axe_finds_nothing_in_the_colours_of_a_house(
    opened: Any, accent: str, width: int, scheme: str
) -> None:
    axe = pytest.importorskip(
        "axe_playwright_python", reason="axe-playwright-python is not installed"
    )
    source = (Path(axe.__file__).parent / "axe.min.js").read_text("utf-8")
    size = {"width": width, "height": 800}
    html = branded(LONG, accent)
    page = opened(html, viewport=size, color_scheme=scheme, bypass_csp=True)
    page.evaluate("document.querySelectorAll('details').forEach((d) => { d.open = true; })")
    page.wait_for_timeout(50)
    page.evaluate(source)
    found = page.evaluate(
        "(tags) => axe.run(document, {runOnly: {type: 'tag', values: tags}}).then((r) => "
        "r.violations.map((v) => [v.id, v.nodes.slice(0, 3).map((n) => n.html.slice(0, 160))]))",
        list(AXE),
    )
    assert found == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_on_paper_the_whole_comment_is_there_and_the_house_is_on_the_cover(opened: Any) -> None:
    page = opened(branded(LONG), viewport={"width": 720, "height": 1000})
    rest = page.locator(".voice.exec details p").first
    assert not rest.is_visible()
    page.emulate_media(media="print")
    box = rest.bounding_box()
    assert box is not None
    assert box["height"] > 20
    logo = page.locator(".cover .logo").bounding_box()
    assert logo is not None
    assert logo["width"] / logo["height"] == pytest.approx(150 / 40, rel=0.02)
    assert page.locator(".cover .address").is_visible()


def test_the_text_is_the_same_with_and_without_scripts(opened: Any) -> None:
    html = branded(LONG)
    texts = [
        opened(html, java_script_enabled=on).locator(".voice, .house, .changed").all_inner_texts()
        for on in (True, False)
    ]
    assert texts[0] == texts[1]
    assert len(texts[0]) > 20
